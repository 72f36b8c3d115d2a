"""Steps 7 and 11, ties: points that came along them last week, and whom a listing or a grade reaches next week."""

import numpy as np

from scorelab.kernel.counted import P_GIVEN_TIE, P_TAKEN_TIE
from scorelab.kernel.jit import jit
from scorelab.kernel.layout import (
    CAUSE,
    FALSE_LISTS,
    LIFE,
    STANDING,
    TIE_FALSE,
    TIE_TRUE,
    TIED_FALSE,
    TIED_TRUE,
    TRACED,
    TRUE_LISTS,
)
from scorelab.kernel.lives import add_points, refresh, restate
from scorelab.kernel.parts import (
    CHANNEL_GRADES,
    CHANNEL_LIST,
    CHANNEL_TIE,
    HAS_MOVED,
    MOVERS,
    SCORE_SCHEME,
    SHARED_READY,
    SHARED_USED,
    WORLD_SCORE,
)
from scorelab.kernel.records import applies
from scorelab.kernel.trace import MOVED, note


@jit
def shared_points(county, rules, lives, queues, book, in_force, t):  # type: ignore[no-untyped-def]
    """Step 7: ties to whom the score's scheme applies get their part of the points of last week."""
    ready = queues.counter[SHARED_READY]
    for row in range(ready):
        p, w, tie, k, truth, b, r = queues.shared[row]
        account = TIE_FALSE if truth else TIE_TRUE
        for at in range(county.tie_from[tie, p], county.tie_from[tie, p + 1]):
            q = np.int64(county.tie[at])
            if not applies(lives.hot[q, w], rules.world[w, WORLD_SCORE + SCORE_SCHEME], in_force[w]):
                continue
            rest = lives.rest[q, w]
            add_points(rules.world[w], rest, t, k, account)
            if k < 0:
                rest[CAUSE + account] = 1 + b + 64 * r
            book.points[w, r, b, truth, P_TAKEN_TIE if k < 0 else P_GIVEN_TIE] += abs(k)
            if np.int64(lives.hot[q, w, LIFE]) & TRACED:
                note(lives, t, q, w, MOVED, b, r, truth, k, account, tie)
            refresh(rules, lives, queues, q, w, t)
    for row in range(ready, queues.counter[SHARED_USED]):
        for column in range(queues.shared.shape[1]):
            queues.shared[row - ready, column] = queues.shared[row, column]
    queues.counter[SHARED_USED] -= ready
    queues.counter[SHARED_READY] = 0


@jit
def holds(life, channels, start):  # type: ignore[no-untyped-def]
    """The channels that a person holds now, as bits: on the true side, on the false side; the start's grade is none."""
    true_side = np.int64(0)
    false_side = np.int64(0)
    now = np.int64(life[STANDING])
    for x in range(channels.shape[0]):
        if channels[x, CHANNEL_TIE] < 0:
            continue
        l = channels[x, CHANNEL_LIST]  # noqa: E741
        if l >= 0:
            true_side |= (np.int64(life[TRUE_LISTS]) >> l & 1) << x
            false_side |= (np.int64(life[FALSE_LISTS]) >> l & 1) << x
        elif channels[x, CHANNEL_GRADES] >> (now & 15) & 1 and now & 15 != start & 15:
            if channels[x, CHANNEL_GRADES] >> (now >> 4 & 15) & 1:
                true_side |= 1 << x
            else:
                false_side |= 1 << x
    return true_side, false_side


@jit
def push(county, channels, lives, rules, p, w, side, change, now):  # type: ignore[no-untyped-def]
    """Tell everybody who is tied to a person which channels the person began or ceased to hold."""
    for x in range(channels.shape[0]):
        if change >> x & 1 == 0:
            continue
        step = 1 if now >> x & 1 else -1
        tie = channels[x, CHANNEL_TIE]
        for at in range(county.tie_from[tie, p], county.tie_from[tie, p + 1]):
            q = np.int64(county.tie[at])
            number = np.int64(lives.reached[q, w, x, side]) + step
            lives.reached[q, w, x, side] = number
            field = TIED_FALSE if side else TIED_TRUE
            bits = np.int64(lives.hot[q, w, field]) & ~(1 << x)
            lives.hot[q, w, field] = bits | (1 << x if number > 0 else 0)
            restate(rules.world[w], lives, q, w)


@jit
def channels_of_movers(county, rules, channels, lives):  # type: ignore[no-untyped-def]
    """Step 11: pass on what the week changed, to be felt next week; ``channels`` as in Doors."""
    for row in range(lives.counter[MOVERS]):
        p = np.int64(lives.movers[row])
        lives.flag[p] = lives.flag[p] & ~np.uint8(HAS_MOVED)
        if lives.held.shape[0] == 0:
            continue
        for w in range(lives.hot.shape[1]):
            true_side, false_side = holds(lives.hot[p, w], channels[w], lives.start[w])
            held = lives.held[p, w]
            for side in range(2):
                now = false_side if side else true_side
                change = now ^ np.int64(held[side])
                if change:
                    push(county, channels[w], lives, rules, p, w, side, change, now)
                    held[side] = now
    lives.counter[MOVERS] = 0
