"""What can happen to one person in one world: points, grades, lists, perceived risk."""

import numpy as np

from scorelab.kernel.agenda import schedule
from scorelab.kernel.counted import (
    E_WEEKS,
    RESTRICTED,
    RUN_SHIFT,
    W_ENTRIES,
    W_EXITS,
)
from scorelab.kernel.fate import BY_PERSON, philox
from scorelab.kernel.jit import inlined, jit
from scorelab.kernel.layout import (
    ACCOUNT_LIMIT,
    ACCOUNT_ZERO,
    BECAUSE,
    BEGAN,
    CHECK,
    CHECK_DUE,
    CONDITION,
    END,
    FALSE_LISTS,
    FELT,
    GRADES,
    IN_ARREARS,
    KNOWN,
    LIFE,
    LIST_DISMISS,
    LIST_NOTICE,
    LIST_REPEAT,
    LIST_SCHEME,
    LIST_TERM,
    LIST_WITHIN,
    LISTING_COLUMNS,
    MARKED,
    MARKS,
    NEVER,
    OPEN,
    OWN_FALSE,
    OWN_TRUE,
    REPEATS,
    RISK,
    RISK_WEEK,
    SCORED,
    SEEN_BY,
    SETTLED,
    SIDE,
    SINCE,
    STANDING,
    THROTTLED,
    TIE_FALSE,
    TIE_TRUE,
    TIED_FALSE,
    TIED_TRUE,
    TRACED,
    TRUE_LISTS,
    WHY_DISMISS,
    WHY_NOTICE,
)
from scorelab.kernel.parts import (
    ACTIVES,
    BEHAVIOUR_DOMAIN,
    FILES,
    FULL,
    HAS_MOVED,
    IS_ACTIVE,
    LIST_WHY,
    MIND,
    MOVERS,
    NEWS_USED,
    PUBLIC_NEWS,
    SCORE_HIGHEST,
    SCORE_LOWEST,
    SCORE_RECOVERY,
    SCORE_START,
    STOCK_ARREARS,
    STOCK_JOBLESS,
    STOCK_LISTED,
    STOCK_THROTTLED,
    WORLD_PUBLISHED,
    WORLD_RED,
    WORLD_SCORE,
    WORLD_SPIRAL,
    WORLD_TALK,
    WORLD_THROTTLE_GRADES,
    WORLD_THROTTLE_LISTS,
    WORLD_THROTTLE_TIED,
)
from scorelab.kernel.trace import CAME_OFF, CAME_ON, DISMISSED, OWING, WORK, note
from scorelab.words import Condition

_WORKING = int(Condition.working)
_JOBLESS = int(Condition.jobless)


@jit
def words_by_person(fate, p, c1, purpose):  # type: ignore[no-untyped-def]
    """The four words of a person, a week and a purpose."""
    c2 = fate.county * np.uint64(4096) + np.uint64(BY_PERSON)
    return philox(np.uint64(p), np.uint64(c1), c2, np.uint64(purpose), fate.key0, fate.key1)


@jit
def by_person(fate, p, t, purpose):  # type: ignore[no-untyped-def]
    """The word of a person, a week and a purpose."""
    word, _, _, _ = words_by_person(fate, p, t, purpose)
    return np.int64(word)


@jit
def bring_accounts(world, rest, t):  # type: ignore[no-untyped-def]
    """Let the recovery since the last time fall due: on false accounts before true ones, those of ties before own ones.

    ``world`` is the world's row of ``Rules.world``.
    """
    if rest[SCORED] != 0 and world[WORLD_SCORE + SCORE_RECOVERY] > 0:
        left = world[WORLD_SCORE + SCORE_RECOVERY] * (t + 1 - np.int64(rest[SCORED]))
        for account in range(TIE_FALSE, 0, -1):
            points = np.int64(rest[account]) - ACCOUNT_ZERO
            if points < 0 and left > 0:
                back = min(left, -points)
                rest[account] = points + back + ACCOUNT_ZERO
                left -= back
    rest[SCORED] = t + 1


@jit
def score(world, rest, with_false, with_ties):  # type: ignore[no-untyped-def]
    """The score as the accounts stand, with or without the points of false records and of ties."""
    points = world[WORLD_SCORE + SCORE_START] + np.int64(rest[OWN_TRUE]) - ACCOUNT_ZERO
    if with_false:
        points += np.int64(rest[OWN_FALSE]) - ACCOUNT_ZERO
    if with_ties:
        points += np.int64(rest[TIE_TRUE]) - ACCOUNT_ZERO
        if with_false:
            points += np.int64(rest[TIE_FALSE]) - ACCOUNT_ZERO
    return min(max(points, world[WORLD_SCORE + SCORE_LOWEST]), world[WORLD_SCORE + SCORE_HIGHEST])


@jit
def add_points(world, rest, t, points, account):  # type: ignore[no-untyped-def]
    """Put points on an account and keep account and score within their bounds."""
    bring_accounts(world, rest, t)
    now = np.int64(rest[account]) - ACCOUNT_ZERO + points
    rest[account] = min(max(now, -ACCOUNT_LIMIT), ACCOUNT_LIMIT) + ACCOUNT_ZERO
    total = world[WORLD_SCORE + SCORE_START] - 4 * ACCOUNT_ZERO
    for one in range(OWN_TRUE, TIE_FALSE + 1):
        total += np.int64(rest[one])
    under = world[WORLD_SCORE + SCORE_LOWEST] - total
    over = total - world[WORLD_SCORE + SCORE_HIGHEST]
    for bounded in range(TIE_FALSE, 0, -1):
        held = np.int64(rest[bounded]) - ACCOUNT_ZERO
        if under > 0 and held < 0:
            back = min(under, -held)
            under -= back
            rest[bounded] = held + back + ACCOUNT_ZERO
        elif over > 0 and held > 0:
            back = min(over, held)
            over -= back
            rest[bounded] = held - back + ACCOUNT_ZERO


@jit
def take_back(world, rest, t, points, account):  # type: ignore[no-untyped-def]
    """Undo points on an account, as far as they are still there."""
    bring_accounts(world, rest, t)
    held = np.int64(rest[account]) - ACCOUNT_ZERO
    if points < 0 and held < 0:
        rest[account] = held + min(-points, -held) + ACCOUNT_ZERO
    elif points > 0 and held > 0:
        rest[account] = held - min(points, held) + ACCOUNT_ZERO


@jit
def grade(grade_from, points):  # type: ignore[no-untyped-def]
    """The grade of a score; ``grade_from`` is the world's row."""
    g = 0
    while g + 1 < GRADES and grade_from[g + 1] <= points:
        g += 1
    return g


@jit
def standing(world, grade_from, rest):  # type: ignore[no-untyped-def]
    """The four grades of accounts that are brought up to date, and the smallest way up to another one (0: none)."""
    found = 0
    nearest = 0
    for variant in range(4):
        points = score(world, rest, variant & 1 == 0, variant & 2 == 0)
        g = grade(grade_from, points)
        found |= g << (4 * variant)
        if g + 1 < GRADES and grade_from[g + 1] != NEVER:
            way = grade_from[g + 1] - points
            if nearest == 0 or way < nearest:
                nearest = way
    return found, nearest


@jit
def move(lives, p):  # type: ignore[no-untyped-def]
    """Remember that a person's lists or standing changed this week."""
    if lives.flag[p] & HAS_MOVED == 0:
        lives.flag[p] |= HAS_MOVED
        lives.movers[lives.counter[MOVERS]] = p
        lives.counter[MOVERS] += 1


@jit
def restate(world, lives, p, w):  # type: ignore[no-untyped-def]
    """Bring the marks up to date that follow from lists, standing and channels: whether marked, whether throttled."""
    life = lives.hot[p, w]
    lists = np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])
    tied = np.int64(life[TIED_TRUE]) | np.int64(life[TIED_FALSE])
    now = np.int64(life[STANDING])
    marked = lists | tied != 0 or now != lives.start[w]
    moved = now & 15 != lives.start[w] & 15
    throttled = lists & world[WORLD_THROTTLE_LISTS] != 0 or tied & world[WORLD_THROTTLE_TIED] != 0
    throttled = throttled or (moved and world[WORLD_THROTTLE_GRADES] >> (now & 15) & 1 == 1)
    before = np.int64(life[LIFE])
    after = before & ~(MARKED | THROTTLED)
    after |= MARKED if marked else 0
    after |= THROTTLED if throttled else 0
    if (before ^ after) & THROTTLED:
        lives.stock[w, lives.group[p], STOCK_THROTTLED] += 1 if throttled else -1
    life[LIFE] = after


@inlined
def refresh(rules, lives, queues, p, w, t):  # type: ignore[no-untyped-def]
    """Find the standing anew, and when recovery could next change it."""
    world = rules.world[w]
    rest = lives.rest[p, w]
    bring_accounts(world, rest, t)
    found, nearest = standing(world, rules.grade_from[w], rest)
    if found != np.int64(lives.hot[p, w, STANDING]):
        lives.hot[p, w, STANDING] = found
        move(lives, p)
        restate(world, lives, p, w)
    recovery = world[WORLD_SCORE + SCORE_RECOVERY]
    if recovery > 0 and nearest > 0:
        owing = False
        for account in range(OWN_TRUE, TIE_FALSE + 1):
            owing = owing or rest[account] < ACCOUNT_ZERO
        due = t + (nearest + recovery - 1) // recovery
        if owing and due < queues.due.shape[0] and (rest[CHECK_DUE] == 0 or due < np.int64(rest[CHECK_DUE])):
            rest[CHECK_DUE] = due
            schedule(queues, due, CHECK, p, w, 0, 0, 0, 0, 0, 0)


@jit
def set_lists(rules, lives, book, p, w, true_lists, false_lists):  # type: ignore[no-untyped-def]
    """Change the lists a person is on, and count who comes and goes."""
    life = lives.hot[p, w]
    world = rules.world[w]
    g = lives.group[p]
    before = np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])
    after = true_lists | false_lists
    life[TRUE_LISTS] = true_lists
    life[FALSE_LISTS] = false_lists
    black = ~world[WORLD_RED]
    lives.stock[w, g, STOCK_LISTED] += (1 if after & black else 0) - (1 if before & black else 0)
    for l in range(book.turnover.shape[1]):  # noqa: E741
        change = (after >> l & 1) - (before >> l & 1)
        if change == 0:
            continue
        lives.list_stock[w, l] += change
        if change < 0:
            book.turnover[w, l, 2] += 1
        if black >> l & 1:
            book.weekly[w, g, W_ENTRIES if change > 0 else W_EXITS] += 1
    move(lives, p)
    restate(world, lives, p, w)


@jit
def file_row(lives, queues, p):  # type: ignore[no-untyped-def]
    """The person's row in the files, which is opened if need be; 0, a row of nobody's, if there is no room."""
    row = lives.file_of[p]
    if row == 0:
        if lives.counter[FILES] + 1 >= lives.files.shape[0]:
            queues.counter[FULL] = 1
            return row
        lives.counter[FILES] += 1
        row = np.int32(lives.counter[FILES])
        lives.file_of[p] = row
    return row


@inlined
def listing_of(lives, row, w, l):  # type: ignore[no-untyped-def]  # noqa: E741
    """What is kept of a person on a list in a world."""
    return lives.files[row, w, l * LISTING_COLUMNS : (l + 1) * LISTING_COLUMNS]


@jit
def become(lives, p, w, condition, why, t):  # type: ignore[no-untyped-def]
    """Change a person's condition in one world between working and jobless; ``why`` is for the trace."""
    life = lives.hot[p, w]
    if np.int64(life[LIFE]) & TRACED:
        note(lives, t, p, w, WORK, why)
    life[LIFE] = (np.int64(life[LIFE]) & 0xFFF8) | condition
    lives.stock[w, lives.group[p], STOCK_JOBLESS] += 1 if condition == _JOBLESS else -1


@jit
def fall_behind(lives, p, w, why, t):  # type: ignore[no-untyped-def]
    """A person falls into arrears, if that is not so already; ``why`` is for the trace."""
    life = np.int64(lives.hot[p, w, LIFE])
    if life & IN_ARREARS == 0:
        lives.hot[p, w, LIFE] = life | IN_ARREARS
        lives.stock[w, lives.group[p], STOCK_ARREARS] += 1
        if life & TRACED:
            note(lives, t, p, w, OWING, why)


@jit
def enter(fate, rules, lives, queues, book, p, w, l, b, t):  # type: ignore[no-untyped-def]  # noqa: E741
    """What follows from coming onto a list: notice, news, publicity, the loss of work."""
    clause = rules.lists[w, l]
    world = rules.world[w]
    life = lives.hot[p, w]
    if by_person(fate, p, t, clause[LIST_WHY + WHY_NOTICE]) < clause[LIST_NOTICE]:
        life[KNOWN] |= np.uint16(1 << clause[LIST_SCHEME])
    if lives.flag[p] & IS_ACTIVE == 0:
        lives.flag[p] |= IS_ACTIVE
        lives.active[lives.counter[ACTIVES]] = p
        lives.counter[ACTIVES] += 1
    if world[WORLD_RED] >> l & 1:
        return
    life[MARKS] |= np.uint16(RESTRICTED | RESTRICTED << RUN_SHIFT)
    if world[WORLD_TALK] > 0:
        if queues.counter[NEWS_USED] < queues.news.shape[0]:
            entry = queues.news[queues.counter[NEWS_USED]]
            entry[0] = p
            entry[1] = w
            entry[2] = b
            entry[3] = clause[LIST_SCHEME]
            queues.counter[NEWS_USED] += 1
        else:
            queues.counter[FULL] = 1
    if world[WORLD_PUBLISHED] >> l & 1:
        book.public[w, rules.behaviours[b, BEHAVIOUR_DOMAIN], PUBLIC_NEWS] += 1
    works = np.int64(life[LIFE]) & 7 == _WORKING
    if not works or world[WORLD_SPIRAL] == 0 or clause[LIST_DISMISS] == 0:
        return
    if by_person(fate, p, t, clause[LIST_WHY + WHY_DISMISS]) < clause[LIST_DISMISS]:
        become(lives, p, w, _JOBLESS, DISMISSED, t)


@jit
def put_on(fate, rules, lives, queues, book, p, w, l, side, b, r, t):  # type: ignore[no-untyped-def]  # noqa: E741
    """Put a person on list ``l`` by true (side 0) or false (side 1) records, for behaviour ``b`` seen by ``r``."""
    clause = rules.lists[w, l]
    listing = listing_of(lives, file_row(lives, queues, p), w, l)
    if clause[LIST_REPEAT] > 0 and side == 0:
        if listing[SETTLED] != 0 and t + 1 - np.int64(listing[SETTLED]) <= clause[LIST_WITHIN]:
            listing[REPEATS] = min(255, listing[REPEATS] + 1)
        else:
            listing[SETTLED] = 0
            listing[REPEATS] = 0
    true_lists = np.int64(lives.hot[p, w, TRUE_LISTS])
    false_lists = np.int64(lives.hot[p, w, FALSE_LISTS])
    there = (false_lists if side else true_lists) >> l & 1
    at = side * SIDE
    end = t + clause[LIST_TERM] if clause[LIST_TERM] > 0 else OPEN
    listing[at + END] = max(np.int64(listing[at + END]), end) if there else end
    listing[at + BECAUSE] = b
    listing[at + SEEN_BY] = r
    listing[at + SINCE] = t + 1
    if there:
        return
    listing[at + BEGAN] = t + 1
    fresh = (true_lists | false_lists) >> l & 1 == 0
    if np.int64(lives.hot[p, w, LIFE]) & TRACED:
        note(lives, t, p, w, CAME_ON, l, side, b, r, 1 if fresh else 0)
    set_lists(rules, lives, book, p, w, true_lists | (1 - side) << l, false_lists | side << l)
    if fresh:
        listing[FELT] = 0
        book.turnover[w, l, side] += 1
        enter(fate, rules, lives, queues, book, p, w, l, b, t)


@jit
def leave_side(lives, book, p, w, l, side, how, t):  # type: ignore[no-untyped-def]  # noqa: E741
    """Count the end of one side of a listing; the caller takes the person off it."""
    listing = listing_of(lives, lives.file_of[p], w, l)
    book.endings[w, l, side, how] += 1
    lasted = t + 1 - np.int64(listing[side * SIDE + BEGAN])
    book.endings[w, l, side, E_WEEKS] += lasted
    if np.int64(lives.hot[p, w, LIFE]) & TRACED:
        note(lives, t, p, w, CAME_OFF, l, side, how, lasted)


@jit
def faded(rest, t, d, prior, fade):  # type: ignore[no-untyped-def]
    """Perceived risk in domain ``d``, faded towards the prior (16 bits)."""
    weeks = t - np.int64(rest[MIND + RISK_WEEK])
    return prior + (((np.int64(rest[MIND + RISK + d]) - prior) * fade[weeks]) >> 32)


@jit
def condition_of(life):  # type: ignore[no-untyped-def]
    """The condition code in a word of LIFE."""
    return np.int64(life) & CONDITION
