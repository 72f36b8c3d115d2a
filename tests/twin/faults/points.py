"""Accounts, the score, the standing, and what follows from it at once."""

from tests.twin.faults.fault import Fault

FAULTS = (
    # accounts
    Fault("points never come back", "lives.py", "left = world[WORLD_SCORE + SCORE_RECOVERY] * (t", "left = 0 * (t"),
    Fault(
        "recovery begins with the own true account",
        "lives.py",
        "for account in range(TIE_FALSE, 0, -1):",
        "for account in range(1, TIE_FALSE + 1):",
    ),
    Fault("each account recovers by itself", "lives.py", "                left -= back\n", ""),
    Fault("a week's recovery comes late", "lives.py", "    rest[SCORED] = t + 1\n", "    rest[SCORED] = t + 2\n"),
    Fault(
        "the bounds begin with the own true account",
        "lives.py",
        "for bounded in range(TIE_FALSE, 0, -1):",
        "for bounded in range(1, TIE_FALSE + 1):",
    ),
    Fault("no lower bound", "lives.py", "under = world[WORLD_SCORE + SCORE_LOWEST] - total", "under = 0 * total"),
    Fault("no upper bound", "lives.py", "over = total - world[WORLD_SCORE + SCORE_HIGHEST]", "over = 0 * total"),
    Fault("an account holds twice as much", "layout.py", "ACCOUNT_LIMIT = 30000", "ACCOUNT_LIMIT = 32767"),
    Fault(
        "points are added before recovery",
        "lives.py",
        "    bring_accounts(world, rest, t)\n    now = np.int64(rest[account])",
        "    now = np.int64(rest[account])",
    ),
    Fault(
        "points that came back are undone once more",
        "lives.py",
        "held + min(-points, -held) + ACCOUNT_ZERO",
        "held - points + ACCOUNT_ZERO",
    ),
    Fault(
        "points given are never undone",
        "lives.py",
        "    elif points > 0 and held > 0:\n",
        "    elif points > 0 and held > 0 and t < 0:\n",
    ),
    Fault(
        "more points are undone than there are",
        "lives.py",
        "held - min(points, held) + ACCOUNT_ZERO",
        "held - points + ACCOUNT_ZERO",
    ),
    # score and standing
    Fault(
        "the score without false points has those of ties",
        "lives.py",
        "        if with_false:\n            points += np.int64(rest[TIE_FALSE]) - ACCOUNT_ZERO",
        "        if with_ties:\n            points += np.int64(rest[TIE_FALSE]) - ACCOUNT_ZERO",
    ),
    Fault("points of ties do not count", "lives.py", "    if with_ties:\n", "    if with_ties and False:\n"),
    Fault("a grade begins a point later", "lives.py", "grade_from[g + 1] <= points", "grade_from[g + 1] < points"),
    Fault(
        "parts of the standing are mixed up",
        "lives.py",
        "variant & 1 == 0, variant & 2 == 0",
        "variant & 2 == 0, variant & 1 == 0",
    ),
    Fault(
        "the standing has one grade",
        "lives.py",
        "found |= g << (4 * variant)",
        "found |= g << (4 * variant) if variant == 0 else found << 4",
    ),
    # checks
    Fault(
        "grades come back with the farthest",
        "lives.py",
        "if nearest == 0 or way < nearest:",
        "if nearest == 0 or way > nearest:",
    ),
    Fault(
        "grades come back a week late",
        "lives.py",
        "(nearest + recovery - 1) // recovery",
        "(nearest + recovery - 1) // recovery + 1",
    ),
    Fault(
        "a check is never brought forward",
        "lives.py",
        "(rest[CHECK_DUE] == 0 or due < np.int64(rest[CHECK_DUE]))",
        "rest[CHECK_DUE] == 0",
    ),
    Fault(
        "only true points come back to a grade",
        "lives.py",
        "owing = owing or rest[account] < ACCOUNT_ZERO",
        "owing = owing or (account == OWN_TRUE and rest[account] < ACCOUNT_ZERO)",
    ),
    Fault("a check is made once", "process.py", "lives.rest[p, w, CHECK_DUE] = 0", "lives.rest[p, w, CHECK_DUE] = 1"),
    # throttled and marked
    Fault(
        "throttled by list without effect",
        "lives.py",
        "throttled = lists & world[WORLD_THROTTLE_LISTS] != 0 or tied",
        "throttled = tied",
    ),
    Fault("throttled along ties without effect", "lives.py", " or tied & world[WORLD_THROTTLE_TIED] != 0\n", "\n"),
    Fault(
        "throttled in the grade of the start",
        "lives.py",
        "throttled = throttled or (moved and world",
        "throttled = throttled or (world",
    ),
    Fault(
        "throttled without points of ties",
        "lives.py",
        "world[WORLD_THROTTLE_GRADES] >> (now & 15) & 1 == 1",
        "world[WORLD_THROTTLE_GRADES] >> (now >> 8 & 15) & 1 == 1",
    ),
    Fault(
        "the throttled are not counted",
        "lives.py",
        "STOCK_THROTTLED] += 1 if throttled else -1",
        "STOCK_THROTTLED] += 1 if throttled else 0",
    ),
    Fault("whom channels reach is as others", "lives.py", "marked = lists | tied != 0 or", "marked = lists != 0 or"),
    Fault("whoever changed the grade is as others", "lives.py", " or now != lives.start[w]\n", "\n"),
    Fault(
        "throttled when the lists are next looked at",
        "lives.py",
        "    move(lives, p)\n    restate(world, lives, p, w)\n\n\n@jit\ndef file_row",
        "    move(lives, p)\n\n\n@jit\ndef file_row",
    ),
    Fault(
        "a new grade is felt when the lists change",
        "lives.py",
        "        move(lives, p)\n        restate(world, lives, p, w)\n",
        "        move(lives, p)\n",
    ),
)
