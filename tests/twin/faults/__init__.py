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
    Fault("layers share their chance", "candidates.py", "c1 = t + 16 * CALL * kinds.layer[k]", "c1 = t"),
    Fault(
        "number of candidates off by one at a cut", "candidates.py", "<= np.int64(word):", "< np.int64(word) - 2**28:"
    ),
    Fault(
        "alias table read the wrong way round", "candidates.py", "if coin < accept[slot]:", "if coin >= accept[slot]:"
    ),
    Fault("candidates of week 0 every week", "candidates.py", "c1 = np.uint64(t + 16", "c1 = np.uint64(0 + 16"),
    # calendar, knowledge
    Fault("schemes begin a week late", "weeks.py", "if law.in_force[w, h] <= t:", "if law.in_force[w, h] < t:"),
    Fault("nobody knows beforehand", "census.py", "known |= 1 << h", "known |= 0"),
    Fault(
        "rules begin before their scheme",
        "lives.py",
        "law.onto[w, b] >> l & 1 and law.in_force[w, law.list_scheme[w, l]] <= t",
        "law.onto[w, b] >> l & 1",
    ),
    # acts
    Fault(
        "condition does not matter for occasions", "occasions.py", "if reach >= row[now & 7]:", "if reach >= row[0]:"
    ),
    Fault("nobody is deterred", "occasions.py", "if now & deters[w]:", "if now & 0:"),
    Fault(
        "deterred by schemes not in force",
        "occasions.py",
        "(law.deters[w, b] & scratch.in_force[w]) << 8",
        "law.deters[w, b] << 8",
    ),
    Fault("risk is not interpolated", "occasions.py", "(risk & 255)", "(risk & 0)"),
    Fault("risk does not fade", "lives.py", "* fade[weeks]) >> 32)", "* fade[0]) >> 32)"),
    Fault(
        "reading a risk from another domain",
        "occasions.py",
        "domain = law.prior, law.fade, law.domain[b]",
        "domain = law.prior, law.fade, 0",
    ),
    # records
    Fault("a source sees too well", "records.py", "if word < chance:", "if word < 2 * chance:"),
    Fault("all sources see with the same word", "records.py", "law.record_purpose[r, b])", "law.record_purpose[0, b])"),
    Fault(
        "a scheme not in force has eyes",
        "records.py",
        "return scheme >= 0 and in_force[w] >> scheme & 1 == 1",
        "return scheme >= 0",
    ),
    Fault("expected records are not counted", "records.py", "tally.records[year, w, r, b, 1] += chance", "pass"),
    Fault("placebo mistakes in every world", "records.py", "kinds.worlds[k] >> w & 1 == 0 or", ""),
    Fault("the share of mistakes is ignored", "records.py", " or words[3, e] >= kinds.share[k, w]", ""),
    Fault(
        "the last behaviour is never named", "records.py", "(which * named) >> 32", "(which * max(1, named - 1)) >> 32"
    ),
    Fault("delay is one week short", "records.py", "entry[0] = t + delay", "entry[0] = t + delay - 1"),
    Fault(
        "delayed records get lost",
        "clocks.py",
        "kept += 1\n    state.counters[1] = kept",
        "kept += 1\n    state.counters[1] = 0",
    ),
    Fault("false records are applied as true ones", "records.py", "p, w, b, r, 1, t)", "p, w, b, r, 0, t)"),
    # points
    Fault("points without recovery", "lives.py", "left = law.score[w, 4] * (t", "left = 0 * (t"),
    Fault(
        "recovery begins with the true account",
        "lives.py",
        "for account in (OWN_FALSE, OWN_TRUE):",
        "for account in (OWN_TRUE, OWN_FALSE):",
    ),
    Fault("no lower bound", "lives.py", "under = law.score[w, 2] - total", "under = 0"),
    Fault("no upper bound", "lives.py", "over = total - law.score[w, 3]", "over = 0"),
    Fault(
        "the bound takes from the true account first",
        "lives.py",
        "for bounded in (OWN_FALSE, OWN_TRUE):",
        "for bounded in (OWN_TRUE, OWN_FALSE):",
    ),
    Fault(
        "points on the wrong account", "lives.py", "account = OWN_FALSE if truth else OWN_TRUE", "account = OWN_TRUE"
    ),
    # lists
    Fault(
        "entry at the cut, not below it",
        "lives.py",
        "score(law, life, w, True) < below:",
        "score(law, life, w, True) <= below:",
    ),
    Fault(
        "entry by score is always true",
        "lives.py",
        "side = 1 if score(law, life, w, False) >= below else 0",
        "side = 0",
    ),
    Fault(
        "terms are one week longer",
        "clocks.py",
        "if until <= t:\n            state.until",
        "if until < t:\n            state.until",
    ),
    Fault(
        "the first cause stays",
        "lives.py",
        "state.cause[p, w, l, side, 0] = b",
        "state.cause[p, w, l, side, 0] = max(b, state.cause[p, w, l, side, 0])",
    ),
    Fault(
        "score is back only above the mark",
        "clocks.py",
        "if score(law, life, w, True) >= law.leave_at[w, l]:\n            state",
        "if score(law, life, w, True) > law.leave_at[w, l]:\n            state",
    ),
    Fault(
        "a true listing ends without making good",
        "clocks.py",
        "law.settle_purpose[l]) < law.settle[w, b,",
        "law.settle_purpose[l]) <= 2**32 + 0 * law.settle[w, b,",
    ),
    Fault("making good does not depend on the condition", "clocks.py", "np.int64(life[LIFE]) & 7]", "0]"),
    Fault("escalation one repeat too late", "clocks.py", ">= law.repeat[w, l, 0]:", "> law.repeat[w, l, 0]:"),
    Fault(
        "escalation lasts a week less",
        "clocks.py",
        "end = t + law.repeat[w, l, 2]",
        "end = t + law.repeat[w, l, 2] - 1",
    ),
    Fault("the window never closes", "lives.py", "t + 1 - first <= law.repeat[w, l, 1]", "t + 1 - first <= 1000"),
    Fault(
        "nobody is corrected",
        "clocks.py",
        "law.correct_purpose[l]) < law.correct[w, l]",
        "law.correct_purpose[l]) < 0 * law.correct[w, l]",
    ),
    Fault("correction leaves the points", "clocks.py", "life[OWN_FALSE] = ACCOUNT_ZERO", "pass"),
    Fault(
        "nobody is told",
        "lives.py",
        "law.notice_purpose[l]) < law.notice[w, l]",
        "law.notice_purpose[l]) < 0 * law.notice[w, l]",
    ),
    # ties and needs
    Fault(
        "parents' listings of this very week count", "needs.py", "if life[CHANGED] == t + 1:", "if life[CHANGED] == 0:"
    ),
    Fault(
        "the second parent has no weight",
        "needs.py",
        "father = parent_lists(county.parents, hot, p, w, 1, t) & bars",
        "father = np.int64(0)",
    ),
    Fault("a false listing bars nobody", "needs.py", "(bar_self[w] | bar_self[w] << 8)", "bar_self[w]"),
    Fault("everybody asks", "needs.py", "if word < law.not_asking[w]:", "if word < 0 * law.not_asking[w]:"),
    Fault("a refusal teaches nothing", "needs.py", "life[LIFE] |= np.uint16(schemes << 8)", "pass"),
    Fault("unlucky askers are denied", "needs.py", "if not lucky:", "if not lucky and t < 0:"),
    Fault("own and tie change places", "needs.py", "origin = 0 if own != 0 else 1", "origin = 0 if tie == 0 else 1"),
    Fault(
        "pivotal only by own records",
        "needs.py",
        "truth = 0 if (own | tie) & 255 else 1",
        "truth = 0 if own & 255 else 1",
    ),
    Fault(
        "tainted only by ties", "needs.py", "tainted = 1 if (own | tie) >> 8 else 0", "tainted = 1 if tie >> 8 else 0"
    ),
    Fault("never both", "needs.py", "both = 1 if own != 0 and tie != 0 else 0", "both = 0"),
    Fault(
        "the cause is a false record before a true one",
        "needs.py",
        "return l, 0 if lists >> l & 1 else 1",
        "return l, 1 if lists >> (l + 8) & 1 else 0",
    ),
    Fault("retries share the first call", "needs.py", "(1 + made // 4)", "1"),
    Fault(
        "the first refusal is not counted",
        "needs.py",
        "return made + 1\n            made += 1",
        "return made\n            made += 1",
    ),
    Fault("32 further tries", "layout.py", "MAX_TRIES = 31", "MAX_TRIES = 32"),
    Fault(
        "a sibling's denial counts as granted",
        "needs.py",
        "bits |= _DENIED_TOO << (2 * j)",
        "bits |= _GRANTED_THERE << (2 * j)",
    ),
    Fault(
        "denied persons are not marked",
        "needs.py",
        "|= np.uint8(WRONGED | WRONGED << RUN_SHIFT)",
        "|= np.uint8(WRONGED)",
    ),
    # work
    Fault("nobody is hired", "needs.py", "hired |= 1 << w", "hired |= 0"),
    Fault(
        "hired before jobs are lost",
        "economy.py",
        "if kinds.what[k] == JOB_LOSS:",
        "if kinds.what[k] == JOB_LOSS and t % 2:",
    ),
    Fault("students lose jobs", "economy.py", " and condition == _WORKING:", " and condition in (1, _WORKING):"),
    # response
    Fault("unrecorded acts teach nothing", "response.py", "target = 65535 if act[6] >> w & 1 else 0", "target = 65535"),
    Fault(
        "no learning passes to other domains", "response.py", "passed = (law.spread[w] * change) >> 16", "passed = 0"
    ),
    Fault("rounding down", "response.py", "((moved + half) >> 16)", "((moved + 0 * half) >> 16)"),
    Fault("one half-word for all domains", "response.py", "(16 * (d % 2))", "0"),
    Fault("fading twice", "response.py", "life[RISK_WEEK] = t", "pass"),
    # counts
    Fault("exits are not counted", "lives.py", "tally.weekly[t, w, g, W_EXITS] += 1", "pass"),
    Fault("the year's marks stay", "census.py", "&= np.uint8(0xF0)", "&= np.uint8(0xFF)"),
    Fault("a new year forgets who is listed", "census.py", "state.marks[p, w] |= np.uint8(RESTRICTED)", "pass"),
    Fault("stocks by true records only", "census.py", "if (lists | lists >> 8) >> l & 1:", "if lists >> l & 1:"),
    Fault(
        "a table that grows loses its last rows",
        "tables.py",
        "for row in range(source.shape[0]):",
        "for row in range(source.shape[0] // 2):",
    ),
)
"""Old and new lines, in the order of the week."""
