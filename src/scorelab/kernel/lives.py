"""What can happen to one person in one world: points, lists, records, perceived risk (steps 2, 6 and 10)."""

import numpy as np

from scorelab.kernel.fate import BY_PERSON, philox
from scorelab.kernel.jit import jit
from scorelab.kernel.layout import (
    ACCOUNT_LIMIT,
    ACCOUNT_ZERO,
    CHANGED,
    LIFE,
    LISTS,
    LISTS_BEFORE,
    NEVER,
    OPEN,
    OWN_FALSE,
    OWN_TRUE,
    RESTRICTED,
    RISK,
    RISK_WEEK,
    RUN_SHIFT,
    SCORED,
    W_ENTRIES,
    W_EXITS,
)
from scorelab.kernel.parts import (
    B_ONTO,
    B_POINTS,
    BECAUSE,
    END,
    L_ENTER,
    L_NOTICE,
    L_NOTICE_WHY,
    L_REPEAT,
    L_SCHEME,
    L_TERM,
    L_WITHIN,
    REPEATS,
    SEEN_BY,
    SETTLED,
    SIDE,
)


@jit
def by_person(fate, p, t, purpose):  # type: ignore[no-untyped-def]
    """The word of a person, a week and a purpose."""
    c2 = fate.county * np.uint64(4096) + np.uint64(BY_PERSON)
    word, _, _, _ = philox(np.uint64(p), np.uint64(t), c2, np.uint64(purpose), fate.key0, fate.key1)
    return np.int64(word)


@jit
def bring_accounts(scale, rest, t):  # type: ignore[no-untyped-def]
    """Let the recovery since the last time fall due: first on the false account, then on the true one.

    ``scale`` is the world's row of ``Rules.score``.
    """
    if rest[SCORED] != 0:
        left = scale[4] * (t + 1 - np.int64(rest[SCORED]))
        for account in (OWN_FALSE, OWN_TRUE):
            points = np.int64(rest[account]) - ACCOUNT_ZERO
            if points < 0:
                back = min(left, -points)
                rest[account] = points + back + ACCOUNT_ZERO
                left -= back
    rest[SCORED] = t + 1


@jit
def score(scale, rest, with_false):  # type: ignore[no-untyped-def]
    """The score as the accounts stand, with or without the points of false records."""
    points = scale[1] + np.int64(rest[OWN_TRUE]) - ACCOUNT_ZERO
    if with_false:
        points += np.int64(rest[OWN_FALSE]) - ACCOUNT_ZERO
    return min(max(points, scale[2]), scale[3])


@jit
def add_points(scale, rest, t, points, truth):  # type: ignore[no-untyped-def]
    """Put points on the account of their truth and keep account and score within their bounds."""
    bring_accounts(scale, rest, t)
    account = OWN_FALSE if truth else OWN_TRUE
    now = np.int64(rest[account]) - ACCOUNT_ZERO + points
    rest[account] = min(max(now, -ACCOUNT_LIMIT), ACCOUNT_LIMIT) + ACCOUNT_ZERO
    total = scale[1] + np.int64(rest[OWN_TRUE]) + np.int64(rest[OWN_FALSE]) - 2 * ACCOUNT_ZERO
    under = scale[2] - total
    over = total - scale[3]
    for bounded in (OWN_FALSE, OWN_TRUE):
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
def set_lists(lives, weekly, turnover, p, w, t, lists):  # type: ignore[no-untyped-def]
    """Change the lists a person is on; remembers how they stood at the end of last week, and counts who is on any.

    ``weekly`` and ``turnover`` are the rows of this week and world.
    """
    life = lives.hot[p, w]
    rest = lives.rest[p, w]
    g = lives.group[p]
    before = np.int64(life[LISTS])
    if rest[CHANGED] != t + 1:
        rest[LISTS_BEFORE] = before
        rest[CHANGED] = t + 1
    life[LISTS] = lists
    if before == 0 and lists != 0:
        lives.stock[w, g] += 1
    elif before != 0 and lists == 0:
        lives.stock[w, g] -= 1
    for l in range(turnover.shape[0]):  # noqa: E741
        was = (before | before >> 8) >> l & 1
        now = (lists | lists >> 8) >> l & 1
        if was > now:
            turnover[l, 2] += 1
            weekly[g, W_EXITS] += 1
            lives.list_stock[w, l] -= 1
        elif now > was:
            weekly[g, W_ENTRIES] += 1
            lives.list_stock[w, l] += 1


@jit
def put_on(fate, clause, lives, weekly, turnover, p, w, l, side, b, r, t):  # type: ignore[no-untyped-def]  # noqa: E741
    """Put a person on list ``l`` by true (side 0) or false (side 1) records, for behaviour ``b`` seen by ``r``.

    ``clause`` is the list's row of ``Rules.lists``.
    """
    life = lives.hot[p, w]
    listing = lives.listings[p, w, l]
    if clause[L_REPEAT] > 0 and side == 0:
        if listing[SETTLED] != 0 and t + 1 - np.int64(listing[SETTLED]) <= clause[L_WITHIN]:
            listing[REPEATS] = min(255, listing[REPEATS] + 1)
        else:
            listing[SETTLED] = 0
            listing[REPEATS] = 0
    end = t + clause[L_TERM] if clause[L_TERM] > 0 else OPEN
    listing[side * SIDE + END] = max(np.int64(listing[side * SIDE + END]), end)
    listing[side * SIDE + BECAUSE] = b
    listing[side * SIDE + SEEN_BY] = r
    lists = np.int64(life[LISTS])
    if (lists | lists >> 8) >> l & 1 == 0:
        turnover[l, side] += 1
        if by_person(fate, p, t, clause[L_NOTICE_WHY]) < clause[L_NOTICE]:
            life[LIFE] |= np.uint16(1 << (8 + clause[L_SCHEME]))
        if lives.is_active[p] == 0:
            lives.is_active[p] = 1
            lives.active[lives.actives[0]] = p
            lives.actives[0] += 1
    lives.marks[p, w] |= np.uint8(RESTRICTED | RESTRICTED << RUN_SHIFT)
    set_lists(lives, weekly, turnover, p, w, t, lists | 1 << (l + 8 * side))


@jit
def apply_record(fate, rules, lives, weekly, turnover, p, w, b, r, truth, t):  # type: ignore[no-untyped-def]
    """Step 6, rules: what a record leads to in one world, by the rules of the scheme whose source wrote it."""
    scheme = rules.source_scheme[w, r]
    rest = lives.rest[p, w]
    scale = rules.score[w]
    points = rules.behaviours[w, b, B_POINTS]
    if scale[0] == scheme and points != 0:
        add_points(scale, rest, t, points, truth)
        for l in range(rules.lists.shape[1]):  # noqa: E741
            clause = rules.lists[w, l]
            below = clause[L_ENTER]
            if points > 0 or below == -NEVER or clause[L_SCHEME] != scheme:
                continue
            if score(scale, rest, True) < below:
                side = 1 if score(scale, rest, False) >= below else 0
                put_on(fate, clause, lives, weekly, turnover, p, w, l, side, b, r, t)
    onto = rules.behaviours[w, b, B_ONTO]
    for l in range(rules.lists.shape[1]):  # noqa: E741
        clause = rules.lists[w, l]
        if onto >> l & 1 and clause[L_SCHEME] == scheme:
            put_on(fate, clause, lives, weekly, turnover, p, w, l, truth, b, r, t)


@jit
def faded(rest, t, d, prior, fade):  # type: ignore[no-untyped-def]
    """Perceived risk in domain ``d``, faded towards the prior (16 bits)."""
    weeks = t - np.int64(rest[RISK_WEEK])
    return prior + (((np.int64(rest[RISK + d]) - prior) * fade[weeks]) >> 32)
