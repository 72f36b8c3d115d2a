"""Step 5: what sources see and miss, whom they mistake, and what is handed over."""

from tests.twin.faults.fault import Fault

_LISTS = "lists = np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])"
_TRUE = "    true_records(county, fate, watch, lives, queues, book, scratch, t)\n"
_FALSE = """\
    for k in every:
        if kinds.what[k] == MISTAKE:
            mistakes(county, fate, kinds, watch, lives, queues, book, scratch, tally.candidates, k, t)
"""

FAULTS = (
    Fault(
        "all sources see with the same word", "records.py", "watch.record_purpose[r, b]", "watch.record_purpose[0, b]"
    ),
    Fault(
        "sources watch whoever is no member",
        "records.py",
        "(in_force & np.int64(life[KNOWN]) >> 8) >> h",
        "in_force >> h",
    ),
    Fault(
        "sources watch before their scheme is in force",
        "records.py",
        "(in_force & np.int64(life[KNOWN]) >> 8) >> h",
        "np.int64(life[KNOWN]) >> 8 >> h",
    ),
    # factors
    Fault("sources see everybody alike", "records.py", "watch.sees[w, r, cell], watch", "np.int64(65536), watch"),
    Fault("attention is on true records only", "records.py", _LISTS, "lists = np.int64(life[TRUE_LISTS])"),
    Fault(
        "attention by list without effect",
        "records.py",
        "close = lists & source[SOURCE_ATTENTION_LISTS] != 0",
        "close = False",
    ),
    Fault("attention by grade without effect", "records.py", "close = close or applies(", "close = close and applies("),
    Fault(
        "attention by grade where no score applies",
        "records.py",
        "close or applies(life, world[WORLD_SCORE + SCORE_SCHEME], in_force)",
        "True",
    ),
    Fault(
        "attention is doubled",
        "records.py",
        "f = (f * source[SOURCE_ATTENTION]) >> 16",
        "f = (f * source[SOURCE_ATTENTION]) >> 15",
    ),
    Fault("who one is does not select", "records.py", "weight = select[1 + cell] + select", "weight = select"),
    Fault(
        "what life is like does not select",
        "records.py",
        " + select[1 + _CELLS + _ATTRIBUTES + condition_of(life[LIFE])]",
        "",
    ),
    Fault(
        "attributes do not select",
        "records.py",
        "            weight += select[1 + _CELLS + a]\n",
        "            weight += 0\n",
    ),
    Fault("attributes speak for the next one", "records.py", "if attributes >> a & 1:", "if attributes >> a & 2:"),
    Fault("the least weight is not enough", "records.py", "if weight < select[0]:", "if weight <= select[0]:"),
    Fault("the selected are looked at otherwise", "records.py", "if weight < select[0]:", "if weight >= select[0]:"),
    Fault("a factor without a largest one", "records.py", "return min(f, _LARGEST_FACTOR)", "return f"),
    Fault(
        "sources that vary are as others",
        "records.py",
        "    if source[SOURCE_VARIED]:\n        sees, select",
        "    if source[SOURCE_VARIED] < 0:\n        sees, select",
    ),
    Fault(
        "mistakes do not depend on whom one looks at",
        "records.py",
        "        if source[SOURCE_VARIED]:\n            select, one",
        "        if source[SOURCE_VARIED] < 0:\n            select, one",
    ),
    Fault(
        "whom a source sees well it mistakes often",
        "records.py",
        "np.int64(65536)\n            f = factor",
        "watch.sees[w, r, cell]\n            f = factor",
    ),
    # review and counts
    Fault(
        "review keeps all true alerts",
        "records.py",
        "return alert, (alert * source[SOURCE_KEEP_TRUE]) >> 16",
        "return alert, alert",
    ),
    Fault(
        "review keeps all false alerts",
        "records.py",
        "if chance < (alert * source[SOURCE_KEEP_FALSE]) >> 16:",
        "if chance < alert:",
    ),
    Fault("a seen act is not counted", "records.py", "counted[R_WATCHED] += 1", "counted[R_WATCHED] += 0"),
    Fault(
        "alerts are expected, not records", "records.py", "counted[R_EXPECTED] += kept", "counted[R_EXPECTED] += alert"
    ),
    Fault(
        "true alerts are true records",
        "records.py",
        "counted[R_ALERTS_TRUE] += 1 if x0 < alert else 0",
        "counted[R_ALERTS_TRUE] += 1 if x0 < kept else 0",
    ),
    Fault(
        "false alerts are false records",
        "records.py",
        "        counted[R_ALERTS_FALSE] += 1\n",
        "        counted[R_ALERTS_FALSE] += chance < (alert * source[SOURCE_KEEP_FALSE]) >> 16\n",
    ),
    # fusion
    Fault(
        "one source more must have seen it",
        "records.py",
        "row[0] >= watch.world[w, WORLD_FUSION_NEEDS]",
        "row[0] > watch.world[w, WORLD_FUSION_NEEDS]",
    ),
    Fault("the last source writes the joint record", "records.py", "    if row[0] == 0:\n", "    if row[0] >= 0:\n"),
    Fault("sources still remember the act before", "records.py", "        row[0] = 0\n", ""),
    Fault(
        "joint records are no experience",
        "records.py",
        "            act[6] |= 1 << w\n            source = watch",
        "            source = watch",
    ),
    Fault(
        "records are no experience",
        "records.py",
        "            act[6] |= 1 << w\n            hand_over(queues, source, p",
        "            hand_over(queues, source, p",
    ),
    Fault(
        "fused sources write for themselves", "records.py", "if source[SOURCE_FUSED]:", "if source[SOURCE_FUSED] < 0:"
    ),
    # mistakes
    Fault(
        "everybody is exposed",
        "records.py",
        "if reach < thin[lives.age[p], condition_of(lives.hot[p, w, LIFE])]:",
        "if reach >= 0:",
    ),
    Fault("placebo mistakes in every world", "records.py", "worlds |= kinds.worlds[k] & 1 << w", "worlds |= 1 << w"),
    Fault("every world has the share of the first", "records.py", "rate = share[w, cell]", "rate = share[0, cell]"),
    Fault("every layer has the whole rate", "candidates.py", "rate - (ALWAYS << (layer - 1))", "rate"),
    Fault(
        "every layer is as high as the first",
        "candidates.py",
        "max(0, rate - (ALWAYS << (layer - 1))) >> (layer - 1)",
        "max(0, rate - (ALWAYS << (layer - 1)))",
    ),
    Fault("a layer begins one too high", "candidates.py", "ALWAYS << (layer - 1)", "ALWAYS << layer"),
    Fault("a factor counts in whole times", "candidates.py", " + ((rate * (factor & 65535)) >> 16)", ""),
    Fault("every cell has the share of the first", "records.py", "rate = share[w, cell]", "rate = share[w, 0]"),
    Fault(
        "the last behaviour is never named",
        "records.py",
        "(y0 * source[SOURCE_NAMED]) >> 32",
        "(y0 * max(1, source[SOURCE_NAMED] - 1)) >> 32",
    ),
    Fault(
        "false records take along the words of the choice",
        "records.py",
        "np.int64(1), (y1, y2, y3)",
        "np.int64(1), (y0, y1, y2)",
    ),
    Fault(
        "true records take along the word of noticing",
        "records.py",
        "np.int64(0), (x1, x2, x3)",
        "np.int64(0), (x0, x1, x2)",
    ),
    Fault("false records work as true ones", "records.py", "b, r, np.int64(1), (y1", "b, r, np.int64(0), (y1"),
    # handing over
    Fault(
        "a delay is a week short",
        "records.py",
        "due = t + source[SOURCE_DELAY]",
        "due = t + max(0, source[SOURCE_DELAY] - 1)",
    ),
    Fault(
        "a record knows no scheme",
        "records.py",
        "truth + 2 * source[SOURCE_SCHEME]",
        "truth + 0 * source[SOURCE_SCHEME]",
    ),
    Fault("false records come first", "weeks.py", _TRUE + _FALSE, _FALSE + _TRUE),
)
