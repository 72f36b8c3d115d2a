"""Faults to plant in the kernel, at least one a mechanism: each must make the kernel differ from the twin."""

from typing import NamedTuple


class Fault(NamedTuple):
    """One wrong line in a copy of the kernel: in ``file``, ``old`` stands exactly once and becomes ``new``."""

    name: str
    file: str
    old: str
    new: str


FAULTS = (
    # chance and candidates
    Fault("nine rounds of Philox", "fate.py", "for _ in range(10):", "for _ in range(9):"),
    Fault(
        "layers share their chance",
        "candidates.py",
        "    c1 = t + 16 * CALL * kinds.layer[k]\n    c2",
        "    c1 = t\n    c2",
    ),
    Fault("number of candidates wrong at a cut", "candidates.py", "<= np.int64(word):", "< np.int64(word) - 2**28:"),
    Fault(
        "alias table read the wrong way round", "candidates.py", "if coin < accept[slot]:", "if coin >= accept[slot]:"
    ),
    Fault(
        "every week has the same number of candidates",
        "candidates.py",
        "c1 = np.uint64(t + 16",
        "c1 = np.uint64(0 + 16",
    ),
    Fault("every block meets the first block's persons", "candidates.py", "first = block * BLOCK", "first = 0 * BLOCK"),
    # calendar and knowledge
    Fault("schemes begin a week late", "weeks.py", "if first_week[w, h] <= t:", "if first_week[w, h] < t:"),
    Fault("nobody knows beforehand", "census.py", "known |= 1 << h", "known |= 0"),
    Fault(
        "records meet the rules of other schemes",
        "lives.py",
        "if onto >> l & 1 and clause[L_SCHEME] == scheme:",
        "if onto >> l & 1 and clause[L_SCHEME] >= 0:",
    ),
    Fault("records meet the score of other schemes", "lives.py", "if scale[0] == scheme and", "if scale[0] >= 0 and"),
    Fault(
        "records put people on other schemes' lists by score",
        "lives.py",
        "clause[L_SCHEME] != scheme:",
        "clause[L_SCHEME] < 0:",
    ),
    Fault("false records count as repeats", "lives.py", "clause[L_REPEAT] > 0 and side == 0:", "clause[L_REPEAT] > 0:"),
    # acts
    Fault("no thinning of occasions by condition", "occasions.py", "thin[cell, now & 7]", "thin[cell, 0]"),
    Fault("nobody is deterred", "occasions.py", "                if known:", "                if known and t < 0:"),
    Fault("the mildest scheme deters", "occasions.py", "least = min(least, low", "least = max(low, low"),
    Fault(
        "schemes not in force deter",
        "occasions.py",
        "(mind.deters[w, b] & scratch.in_force[w]) << 8",
        "mind.deters[w, b] << 8",
    ),
    Fault("risk is not interpolated", "occasions.py", "(risk & 255)", "(risk & 0)"),
    Fault("risk does not fade", "lives.py", "* fade[weeks]) >> 32)", "* fade[0]) >> 32)"),
    Fault("the risk of another domain", "occasions.py", "mind.domain[b]", "np.int64(0)"),
    # records
    Fault("a source sees twice as well", "records.py", "if word < chance:", "if word < 2 * chance:"),
    Fault(
        "all sources see with the same word", "records.py", "watch.record_purpose[r, b]", "watch.record_purpose[0, b]"
    ),
    Fault("sources watch before their scheme is in force", "records.py", " and in_force >> scheme & 1 == 1", ""),
    Fault(
        "expected records are not added up",
        "records.py",
        "records[w, r, b, 1] += chance",
        "records[w, r, b, 1] = chance",
    ),
    Fault("placebo mistakes in every world", "records.py", "if concerned == 0 or not", "if not"),
    Fault("the share of mistakes is ignored", "records.py", " or words[3, e] >= kinds.share[k, w]", ""),
    Fault(
        "the last behaviour is never named", "records.py", "(word * named) >> 32", "(word * max(1, named - 1)) >> 32"
    ),
    Fault("a delay is one week short", "records.py", "entry[0] = t + delay", "entry[0] = t + delay - 1"),
    Fault("delayed records get lost", "clocks.py", "pending.used[0] = kept", "pending.used[0] = 0"),
    Fault("false records work as true ones", "records.py", "b, r, np.int64(1))", "b, r, np.int64(0))"),
    # points
    Fault("points without recovery", "lives.py", "left = scale[4] * (t", "left = 0 * (t"),
    Fault(
        "recovery begins with the true account",
        "lives.py",
        "for account in (OWN_FALSE, OWN_TRUE):",
        "for account in (OWN_TRUE, OWN_FALSE):",
    ),
    Fault("no lower bound", "lives.py", "under = scale[2] - total", "under = 0"),
    Fault("no upper bound", "lives.py", "over = total - scale[3]", "over = 0"),
    Fault(
        "the bounds begin with the true account",
        "lives.py",
        "for bounded in (OWN_FALSE, OWN_TRUE):",
        "for bounded in (OWN_TRUE, OWN_FALSE):",
    ),
    Fault(
        "points on the wrong account", "lives.py", "account = OWN_FALSE if truth else OWN_TRUE", "account = OWN_TRUE"
    ),
    # lists
    Fault(
        "entry at the cut and not below it",
        "lives.py",
        "score(scale, rest, True) < below:",
        "score(scale, rest, True) <= below:",
    ),
    Fault(
        "entry by score is always true", "lives.py", "side = 1 if score(scale, rest, False) >= below else 0", "side = 0"
    ),
    Fault("terms are a week longer", "clocks.py", "return end <= t", "return end < t"),
    Fault(
        "the highest cause stays",
        "lives.py",
        "listing[side * SIDE + BECAUSE] = b",
        "listing[side * SIDE + BECAUSE] = max(b, listing[side * SIDE + BECAUSE])",
    ),
    Fault(
        "the score must pass the mark",
        "clocks.py",
        "score(scale, rest, True) >= clause[L_LEAVE]",
        "score(scale, rest, True) > clause[L_LEAVE]",
    ),
    Fault(
        "everybody makes good at once",
        "clocks.py",
        "clause[L_SETTLE_WHY]) < chance",
        "clause[L_SETTLE_WHY]) < chance + 2**32",
    ),
    Fault("making good does not depend on the condition", "clocks.py", "B_SETTLE + condition", "B_SETTLE"),
    Fault("escalation a repeat too late", "clocks.py", ">= clause[L_REPEAT]:", "> clause[L_REPEAT]:"),
    Fault("escalation a week too short", "clocks.py", "end = t + clause[L_THEN]", "end = t + clause[L_THEN] - 1"),
    Fault("the window never closes", "lives.py", "<= clause[L_WITHIN]", "<= 1000"),
    Fault("nobody is corrected", "clocks.py", "< clause[L_CORRECT]:", "< 0 * clause[L_CORRECT]:"),
    Fault("a correction keeps the points", "clocks.py", "rest[OWN_FALSE] = ACCOUNT_ZERO", "pass"),
    Fault("nobody is told", "lives.py", "< clause[L_NOTICE]:", "< 0 * clause[L_NOTICE]:"),
    # ties and needs
    Fault("a parent's listing of this very week counts", "needs.py", "== t + 1:", "== 0:"),
    Fault(
        "the second parent has no weight",
        "needs.py",
        "parent_lists(county.parents, lives, p, w, 1, t) & (bars | bars << 8)",
        "np.int64(0)",
    ),
    Fault(
        "a false listing bars nobody",
        "needs.py",
        "np.int64(hot[p, w, LISTS]) & (bars | bars << 8)",
        "np.int64(hot[p, w, LISTS]) & bars",
    ),
    Fault("everybody asks", "needs.py", "< doors.not_asking[w]:", "< 0 * doors.not_asking[w]:"),
    Fault("a refusal teaches nothing", "needs.py", "np.uint16(schemes << 8)", "np.uint16(0)"),
    Fault("the unlucky are denied", "needs.py", "if not lucky:", "if not lucky and t < 0:"),
    Fault(
        "tie before own",
        "needs.py",
        "origin = 0 if barring != 0 else 1",
        "origin = 0 if barring != 0 and tie >> (8 * truth) & 255 == 0 else 1",
    ),
    Fault(
        "a false record decides where a true one bars too",
        "needs.py",
        "truth = 0 if (own | tie) & 255 else 1",
        "truth = 1 if (own | tie) >> 8 else 0",
    ),
    Fault(
        "tainted by ties only", "needs.py", "tainted = 1 if (own | tie) >> 8 else 0", "tainted = 1 if tie >> 8 else 0"
    ),
    Fault("never own and tie", "needs.py", "both = 1 if own != 0 and tie != 0 else 0", "both = 0"),
    Fault(
        "a false own record before a parent's true one",
        "needs.py",
        "barring = own >> (8 * truth) & 255",
        "barring = (own | own >> 8) & 255",
    ),
    Fault("points given list people", "lives.py", "if points > 0 or below == -NEVER", "if below == -NEVER"),
    Fault("retries share the first call", "needs.py", "(1 + made // 4)", "1"),
    Fault(
        "the last refusal is not counted",
        "needs.py",
        "return made + 1\n            made += 1",
        "return made\n            made += 1",
    ),
    Fault("32 further tries", "layout.py", "MAX_TRIES = 31", "MAX_TRIES = 32"),
    Fault("a sibling's denial counts as granted", "needs.py", "_DENIED_TOO <<", "_GRANTED_THERE <<"),
    Fault("the wronged are not marked", "needs.py", "WRONGED | WRONGED << RUN_SHIFT", "WRONGED"),
    # work
    Fault("all worlds are alike where lists differ", "needs.py", "same and hot[p, w, LISTS] == 0 and", "same and"),
    Fault("all worlds are alike where conditions differ", "needs.py", " and now == condition", ""),
    Fault("nobody is hired", "needs.py", "hired |= 1 << w", "hired |= 0"),
    Fault("jobs are lost by those who have none", "economy.py", " and condition == _WORKING:", ":"),
    Fault(
        "hires before losses",
        "weeks.py",
        "    for k in every:\n        if kinds.what[k] == JOB_LOSS:",
        "    hires(lives, scratch)\n    for k in every:\n        if kinds.what[k] == JOB_LOSS:",
    ),
    # response
    Fault("unrecorded acts frighten too", "response.py", "if act[6] >> w & 1 else 0", "if act[6] >> w & 1 else 65535"),
    Fault("nothing passes to other domains", "response.py", "* change) >> 16", "* change) >> 40"),
    Fault("always rounded down", "response.py", "((moved + half) >> 16)", "((moved + 0 * half) >> 16)"),
    Fault("one half-word for all domains", "response.py", "(16 * (d % 2))", "0"),
    Fault("fading twice", "response.py", "[RISK_WEEK] = t", "[RISK_WEEK] = 0"),
    # counts
    Fault("exits are not counted", "lives.py", "weekly[g, W_EXITS] += 1", "weekly[g, W_EXITS] += 0"),
    Fault("the year's marks stay", "census.py", "np.uint8(0xF0)", "np.uint8(0xFF)"),
    Fault("a new year forgets who is listed", "census.py", "|= np.uint8(RESTRICTED)", "|= np.uint8(0)"),
    Fault("stocks by true records only", "census.py", "if (lists | lists >> 8) >> l & 1:", "if lists >> l & 1:"),
    Fault(
        "a table that grows loses rows",
        "tables.py",
        "for row in range(source.shape[0]):",
        "for row in range(source.shape[0] // 2):",
    ),
)
"""In the order of the week."""
