"""Step 8: whose record a denial is, whether it is true, and how it is counted."""

from tests.twin.faults.fault import Fault

_TRUTH = "truth = 0 if shut.true_lists | shut.true_tied != 0 or without_false else 1"

FAULTS = (
    # truth, origin
    Fault(
        "a false record decides where a true one bars too",
        "doors.py",
        _TRUTH,
        "truth = 1 if shut.false_lists | shut.false_tied != 0 else 0",
    ),
    Fault(
        "what comes along ties is false",
        "doors.py",
        _TRUTH,
        "truth = 0 if shut.true_lists != 0 or without_false else 1",
    ),
    Fault("a grade is false", "doors.py", _TRUTH, "truth = 0 if shut.true_lists | shut.true_tied != 0 else 1"),
    Fault(
        "a grade is true",
        "doors.py",
        "without_false = by_grade and shut.grades >> (standing >> 4 & 15) & 1 == 1",
        "without_false = by_grade",
    ),
    Fault("a grade is true without the points of ties", "doors.py", "standing >> 4 & 15", "standing >> 12 & 15"),
    Fault("false points of ties are own ones", "doors.py", "standing >> 8 & 15", "standing & 15"),
    Fault("true points of ties are own ones", "doors.py", "standing >> 12 & 15", "standing >> 4 & 15"),
    Fault(
        "own grades are another's doing",
        "doors.py",
        "own = shut.true_lists != 0 or (without_false and shut.grades >> (standing >> 12 & 15) & 1 == 1)",
        "own = shut.true_lists != 0",
    ),
    Fault(
        "own false grades are another's doing",
        "doors.py",
        "own = shut.false_lists != 0 or (by_grade and shut.grades >> (standing >> 8 & 15) & 1 == 1)",
        "own = shut.false_lists != 0",
    ),
    Fault(
        "tie before own",
        "doors.py",
        "return truth, 0 if own else 1",
        "return truth, 1 if shut.true_tied | shut.false_tied else 0 if own else 1",
    ),
    # tainted, both
    Fault(
        "tainted by lists only",
        "doors.py",
        "tainted = shut.false_lists | shut.false_tied != 0",
        "tainted = shut.false_lists != 0",
    ),
    Fault(
        "tainted by ties only",
        "doors.py",
        "tainted = shut.false_lists | shut.false_tied != 0",
        "tainted = shut.false_tied != 0",
    ),
    Fault(
        "not tainted by false points",
        "doors.py",
        "if shut.grade >= 0 and not tainted:",
        "if shut.grade >= 0 and not tainted and t < 0:",
    ),
    Fault(
        "not tainted by false points of ties",
        "doors.py",
        "rest[OWN_FALSE] < ACCOUNT_ZERO or rest[TIE_FALSE] < ACCOUNT_ZERO",
        "rest[OWN_FALSE] < ACCOUNT_ZERO",
    ),
    Fault(
        "tainted by points given", "doors.py", "rest[OWN_FALSE] < ACCOUNT_ZERO or", "rest[OWN_FALSE] != ACCOUNT_ZERO or"
    ),
    Fault(
        "tainted by what came back",
        "doors.py",
        "        bring_accounts(doors.world[w], rest, t)\n        tainted",
        "        tainted",
    ),
    Fault(
        "false points taint where no grade bars", "doors.py", "if shut.grade >= 0 and not tainted:", "if not tainted:"
    ),
    Fault(
        "never own and tie",
        "doors.py",
        "2 * (1 if tainted else 0) + (1 if both else 0)",
        "2 * (1 if tainted else 0) + 0 * both",
    ),
    Fault(
        "own and tie without the grade",
        "doors.py",
        "(shut.true_lists | shut.false_lists != 0 or shut.grade >= 0) and",
        "shut.true_lists | shut.false_lists != 0 and",
    ),
    # causes
    Fault(
        "the highest list is the cause",
        "doors.py",
        "        n += 1\n    return n\n",
        "        n += 1\n    while bits >> n > 1:\n        n += 1\n    return n\n",
    ),
    Fault(
        "the cause is that of the true side",
        "doors.py",
        "return flags, l, np.int64(listing[truth * SIDE + BECAUSE])",
        "return flags, l, np.int64(listing[BECAUSE])",
    ),
    Fault(
        "the source is that of the true side",
        "doors.py",
        "        return flags, l, np.int64(listing[truth * SIDE + BECAUSE]), np.int64(listing[truth * SIDE + SEEN_BY])",
        "        return flags, l, np.int64(listing[truth * SIDE + BECAUSE]), np.int64(listing[SEEN_BY])",
    ),
    Fault(
        "a false own record before a true one",
        "doors.py",
        "lists = shut.false_lists if truth else shut.true_lists",
        "lists = shut.true_lists | shut.false_lists",
    ),
    Fault(
        "the cause of own points is a tie's",
        "doors.py",
        "b, r = account_cause(rest, own, own)",
        "b, r = account_cause(rest, tie, own)",
    ),
    Fault(
        "own points have the cause of the other truth",
        "doors.py",
        "b, r = account_cause(rest, own, own)",
        "b, r = account_cause(rest, own, OWN_TRUE + OWN_FALSE - own)",
    ),
    Fault(
        "points of ties have no other cause",
        "doors.py",
        "account_cause(rest, tie, TIE_TRUE + TIE_FALSE - tie)",
        "account_cause(rest, tie, tie)",
    ),
    Fault(
        "points of ties have own causes",
        "doors.py",
        "account_cause(rest, tie, TIE_TRUE + TIE_FALSE - tie)",
        "account_cause(rest, tie, OWN_TRUE)",
    ),
    Fault(
        "the first tie is the cause",
        "doors.py",
        "        if np.int64(lives.held[q, w, truth]) >> x & 1 == 0:\n            continue\n",
        "",
    ),
    Fault("whoever holds a channel falsely is the cause", "doors.py", "lives.held[q, w, truth]", "lives.held[q, w, 0]"),
    Fault(
        "the cause along a tie is that of the true side",
        "doors.py",
        "return l, np.int64(listing[truth * SIDE + BECAUSE])",
        "return l, np.int64(listing[BECAUSE])",
    ),
    Fault(
        "a tie's points have no other cause",
        "doors.py",
        "account_cause(lives.rest[q, w], own, tie)",
        "account_cause(lives.rest[q, w], own, own)",
    ),
    Fault(
        "a tie's points have the asker's cause",
        "doors.py",
        "account_cause(lives.rest[q, w], own, tie)",
        "account_cause(lives.rest[p, w], own, tie)",
    ),
    Fault(
        "a tie's grade is the asker's",
        "doors.py",
        "np.int64(lives.hot[q, w, STANDING]) & 15), b, r",
        "np.int64(lives.hot[p, w, STANDING]) & 15), b, r",
    ),
    Fault(
        "causes come from the wrong source",
        "doors.py",
        "return (cause - 1) % 64, (cause - 1) // 64",
        "return (cause - 1) % 64, 0 * cause",
    ),
    Fault(
        "channels of both sides are causes",
        "doors.py",
        "tied = shut.false_tied if truth else shut.true_tied",
        "tied = shut.true_tied if truth else shut.false_tied",
    ),
    # counts
    Fault(
        "own denials are for others", "needs.py", "weekly[W_DENIED_TIE] += origin", "weekly[W_DENIED_TIE] += 1 - origin"
    ),
    Fault(
        "false denials are true", "needs.py", "weekly[W_DENIED_FALSE] += truth", "weekly[W_DENIED_FALSE] += 1 - truth"
    ),
    Fault(
        "tainted is own and tie",
        "needs.py",
        "weekly[W_DENIED_TAINTED] += flags >> 1 & 1",
        "weekly[W_DENIED_TAINTED] += flags & 1",
    ),
    Fault("the wronged are not marked", "needs.py", "(WRONGED if truth else 0)", "0"),
    Fault("who is denied for another is not marked", "needs.py", "(FOR_ANOTHER if origin else 0)", "0"),
    Fault(
        "who was denied is forgotten after a year", "needs.py", "np.uint16(mark | mark << RUN_SHIFT)", "np.uint16(mark)"
    ),
    Fault("denials are not added up", "needs.py", "np.int64(rest[last]) + 1)", "1)"),
    Fault("the flow has no truth", "needs.py", "flow * 4 + 2 * origin + truth", "flow * 4 + 2 * origin"),
    Fault("the flow has no source", "needs.py", "* 64 + b) * 32 + r) * 32", "* 64 + b) * 32) * 32"),
    Fault(
        "denials are of the first domain",
        "needs.py",
        "denied[w, 0] = doors.domain[b]",
        "denied[w, 0] = doors.domain[0]",
    ),
    Fault(
        "a sibling's denial counts as granted",
        "needs.py",
        "bits |= _DENIED_TOO << (2 * j)",
        "bits |= _GRANTED_THERE << (2 * j)",
    ),
    Fault(
        "a sibling's favour is not granted",
        "needs.py",
        "elif outcome in (_GRANTED, _FAVOURED):",
        "elif outcome == _GRANTED:",
    ),
    Fault("the third sibling is nobody's", "needs.py", "for j in range(3):", "for j in range(2):"),
)
