"""Step 2, clocks: terms pass, people make good, listings are repaired, errors are struck off."""

import numpy as np

from scorelab.kernel.counted import (
    E_CORRECTED,
    E_REPAIRED,
    E_SCORE,
    E_SETTLED,
    E_TERM,
)
from scorelab.kernel.jit import inlined, jit
from scorelab.kernel.layout import (
    ACCOUNT_ZERO,
    ALWAYS,
    BECAUSE,
    END,
    FALSE_LISTS,
    FELT,
    LIFE,
    LIST_BY_SCORE,
    LIST_CORRECT,
    LIST_ENTER,
    LIST_LEAVE,
    LIST_REPAIR,
    LIST_REPAIR_AFTER,
    LIST_REPEAT,
    LIST_THEN,
    NEVER,
    ONE,
    OPEN,
    OWN_FALSE,
    REPEATS,
    SETTLED,
    SIDE,
    SINCE,
    TRUE_LISTS,
    WHY_CORRECT,
    WHY_REPAIR,
    WHY_SETTLE,
    WHY_UNABLE,
    YEAR_WEEKS,
)
from scorelab.kernel.lives import (
    bring_accounts,
    by_person,
    condition_of,
    leave_side,
    listing_of,
    refresh,
    score,
    set_lists,
)
from scorelab.kernel.parts import ACTIVES, IS_ACTIVE, LIST_WHY, WORLD_CANNOT_PAY, WORLD_FELT_LOSS

_STAYS = -1
_LONGER = -2


@jit
def run_out(clause, world, rest, end, t):  # type: ignore[no-untyped-def]
    """How a listing ends by its term or by the score, if it does."""
    if end != OPEN:
        return E_TERM if end <= t else _STAYS
    if clause[LIST_BY_SCORE]:
        bring_accounts(world, rest, t)
        return E_SCORE if score(world, rest, True, True) >= clause[LIST_LEAVE] else _STAYS
    return _STAYS


@jit
def settled(fate, rules, world, clause, listing, p, w, condition, t):  # type: ignore[no-untyped-def]
    """Whether a person who is listed by true records without end makes good this week."""
    factor = ONE + world[WORLD_FELT_LOSS] if listing[FELT] else ONE
    chance = min(ALWAYS, (rules.settle[w, listing[BECAUSE], condition] * factor) >> 16)
    if by_person(fate, p, t, clause[LIST_WHY + WHY_SETTLE]) >= chance:
        return False
    return by_person(fate, p, t // YEAR_WEEKS, clause[LIST_WHY + WHY_UNABLE]) >= world[WORLD_CANNOT_PAY]


@jit
def settle(clause, listing, t):  # type: ignore[no-untyped-def]
    """A person makes good; with escalation, one who came back too often stays on the list for a while."""
    if clause[LIST_REPEAT] > 0:
        if listing[SETTLED] == 0:
            listing[SETTLED] = t + 1
            listing[REPEATS] = 0
        elif listing[REPEATS] >= clause[LIST_REPEAT]:
            listing[END] = t + clause[LIST_THEN]
            listing[SETTLED] = 0
            listing[REPEATS] = 0
            return _LONGER
    return E_SETTLED


@jit
def repaired(fate, clause, listing, side, p, t):  # type: ignore[no-untyped-def]
    """Whether a listing is repaired this week."""
    if clause[LIST_REPAIR] == 0 or t + 1 - np.int64(listing[side * SIDE + SINCE]) < clause[LIST_REPAIR_AFTER]:
        return False
    return by_person(fate, p, t, clause[LIST_WHY + WHY_REPAIR]) < clause[LIST_REPAIR]


@jit
def true_side(fate, rules, condition, rest, listing, p, w, l, t):  # type: ignore[no-untyped-def]  # noqa: E741
    """How the listing by true records ends this week, if it does."""
    clause = rules.lists[w, l]
    world = rules.world[w]
    end = np.int64(listing[END])
    how = run_out(clause, world, rest, end, t)
    lasting = how == _STAYS and end == OPEN and clause[LIST_BY_SCORE] == 0
    if lasting and settled(fate, rules, world, clause, listing, p, w, condition, t):
        how = settle(clause, listing, t)
    if how == _STAYS and repaired(fate, clause, listing, 0, p, t):
        return E_REPAIRED
    return how


@jit
def false_side(fate, rules, rest, listing, p, w, l, t):  # type: ignore[no-untyped-def]  # noqa: E741
    """How the listing by false records ends this week, if it does."""
    clause = rules.lists[w, l]
    how = run_out(clause, rules.world[w], rest, np.int64(listing[SIDE + END]), t)
    if how == _STAYS and by_person(fate, p, t, clause[LIST_WHY + WHY_CORRECT]) < clause[LIST_CORRECT]:
        return E_CORRECTED
    if how == _STAYS and repaired(fate, clause, listing, 1, p, t):
        return E_REPAIRED
    return how


@jit
def sides_left(fate, rules, lives, book, p, w, l, true_on, false_on, t):  # type: ignore[no-untyped-def]  # noqa: E741
    """The clocks of one listing: what is left of it (1 true side, 2 false side), and 4 if it was corrected."""
    rest = lives.rest[p, w]
    listing = listing_of(lives, lives.file_of[p], w, l)
    left = 0
    if true_on:
        how = true_side(fate, rules, condition_of(lives.hot[p, w, LIFE]), rest, listing, p, w, l, t)
        if how >= 0:
            leave_side(lives, book, p, w, l, 0, how, t)
        else:
            left |= 1
    if false_on:
        how = false_side(fate, rules, rest, listing, p, w, l, t)
        if how >= 0:
            leave_side(lives, book, p, w, l, 1, how, t)
        else:
            left |= 2
        if how == E_CORRECTED:
            left |= 4
    return left


@inlined
def one_listed(fate, rules, lives, queues, book, p, t):  # type: ignore[no-untyped-def]
    """Go through the lists of one person in all worlds; returns whether the person is on any afterwards."""
    on_any = False
    for w in range(lives.hot.shape[1]):
        true_lists = np.int64(lives.hot[p, w, TRUE_LISTS])
        false_lists = np.int64(lives.hot[p, w, FALSE_LISTS])
        both = true_lists | false_lists
        true_after = true_lists
        false_after = false_lists
        restored = False
        l = 0  # noqa: E741
        while both >> l:
            if both >> l & 1:
                left = sides_left(fate, rules, lives, book, p, w, l, true_lists >> l & 1, false_lists >> l & 1, t)
                true_after &= ~(1 << l) | (left & 1) << l
                false_after &= ~(1 << l) | (left >> 1 & 1) << l
                if left & 4 and rules.lists[w, l, LIST_ENTER] > -NEVER:
                    bring_accounts(rules.world[w], lives.rest[p, w], t)
                    lives.rest[p, w, OWN_FALSE] = ACCOUNT_ZERO
                    restored = True
            l += 1  # noqa: E741
        if true_after != true_lists or false_after != false_lists:
            set_lists(rules, lives, book, p, w, true_after, false_after)
        if restored:
            refresh(rules, lives, queues, p, w, t)
        on_any = on_any or true_after | false_after != 0
    return on_any


@jit
def listed(fate, rules, lives, queues, book, t):  # type: ignore[no-untyped-def]
    """Go through everybody who is on a list in some world, and forget those who no longer are."""
    kept = 0
    for row in range(lives.counter[ACTIVES]):
        p = np.int64(lives.active[row])  # one type everywhere, so that nothing is compiled twice
        if one_listed(fate, rules, lives, queues, book, p, t):
            lives.active[kept] = p
            kept += 1
        else:
            lives.flag[p] &= ~np.uint8(IS_ACTIVE)
    lives.counter[ACTIVES] = kept
