"""Step 1, the calendar: schemes in force, who knows them and who joins, what is in the papers, norms, places freed."""

import numpy as np

from scorelab.kernel.jit import jit
from scorelab.kernel.layout import (
    ALWAYS,
    KNOWN,
    NORM_BOUND,
    NORM_PRIOR,
    NORM_RANGE,
    ONE,
)
from scorelab.kernel.parts import (
    NORM,
    NORM_ACTS,
    NORM_CONTRARY,
    NORM_DONE,
    NORM_OCCASIONS,
    NORM_PUSH,
    NORM_SEEN,
    PLACE_FAILED,
    PLACE_FREED,
    PLACE_OPEN,
    PUBLIC_NEWS,
    PUBLIC_RISK,
    WORLD_CONTAGION,
    WORLD_OPEN_TO_ALL,
    WORLD_PUBLIC_FADE,
    WORLD_PUBLISHED_LIFT,
)


@jit
def spread_word(seasons, county, hot, told, w, h, t):  # type: ignore[no-untyped-def]
    """Whoever knows a scheme by now, or joins it; ``told`` says how far the ranks are through. The exempt join none."""
    level = seasons.aware[w, h, t]
    at = told[w, h, 0]
    while at < county.aware_rank.shape[1] and np.int64(county.aware_rank[h, at]) < level:
        hot[county.aware_order[h, at], w, KNOWN] |= np.uint16(1 << h)
        at += 1
    told[w, h, 0] = at
    if county.in_force[w, h] > t or seasons.world[w, WORLD_OPEN_TO_ALL] >> h & 1:
        return
    level = seasons.joins[w, h, t - county.in_force[w, h]]
    at = told[w, h, 1]
    while at < county.join_rank.shape[1] and county.join_order[h, at] >= 0 and county.join_rank[h, at] < level:
        p = county.join_order[h, at]
        if np.int64(county.exempt[p]) >> w & 1 == 0:
            hot[p, w, KNOWN] |= np.uint16(257 << h)
        at += 1
    told[w, h, 1] = at


@jit
def exponential(table, x):  # type: ignore[no-untyped-def]
    """exp(x), both in units of 2**-16."""
    y = min(max(x, -NORM_RANGE), NORM_RANGE - 1) + NORM_RANGE
    i = y >> 10
    return table[i] + (((table[i + 1] - table[i]) * (y & 1023)) >> 10)


@jit
def norm(seasons, row, w, b, t):  # type: ignore[no-untyped-def]
    """Move a behaviour's norm: by campaigns, and by how much others did of it lately."""
    push = min(max(row[NORM_PUSH] + seasons.norm_push[w, b, t], -NORM_BOUND), NORM_BOUND)
    row[NORM_PUSH] = push
    row[NORM_OCCASIONS] += ((row[NORM_SEEN] << 16) - row[NORM_OCCASIONS]) >> 4
    row[NORM_ACTS] += ((row[NORM_DONE] << 16) - row[NORM_ACTS]) >> 4
    row[NORM_SEEN] = 0
    row[NORM_DONE] = 0
    chance = seasons.base[w, b] >> 16
    usual = (row[NORM_OCCASIONS] * chance) >> 16
    weight = usual + NORM_PRIOR * chance
    caught = np.int64(0)
    if weight > 0:
        departure = min(max(((row[NORM_ACTS] - usual) << 16) // weight, -ONE), ONE)
        caught = (seasons.world[w, WORLD_CONTAGION] * departure) >> 16
    row[NORM] = exponential(seasons.exponential, caught + push)
    row[NORM_CONTRARY] = exponential(seasons.exponential, caught - push)


@jit
def calendar(seasons, county, hot, climate, in_force, t):  # type: ignore[no-untyped-def]
    """Everything that the week begins with, world by world."""
    for w in range(hot.shape[1]):
        world = seasons.world[w]
        in_force[w] = 0
        for h in range(county.in_force.shape[1]):
            if county.in_force[w, h] <= t:
                in_force[w] |= 1 << h
            spread_word(seasons, county, hot, climate.told, w, h, t)
        for d in range(climate.public.shape[1]):
            row = climate.public[w, d]
            row[PUBLIC_RISK] = (row[PUBLIC_RISK] * world[WORLD_PUBLIC_FADE]) >> 32
            lift = row[PUBLIC_NEWS] * world[WORLD_PUBLISHED_LIFT] // max(1, county.adults)
            row[PUBLIC_RISK] += ((65535 - row[PUBLIC_RISK]) * min(ONE, seasons.media[w, d, t] + lift)) >> 16
            row[PUBLIC_NEWS] = 0
        for b in range(climate.norms.shape[1]):
            norm(seasons, climate.norms[w, b], w, b, t)
        for s in range(climate.places.shape[1]):
            row = climate.places[w, s]
            row[PLACE_OPEN] = seasons.success[s]
            if row[PLACE_FAILED] > 0:
                share = min(ONE, seasons.refill[w, s] * row[PLACE_FREED] // row[PLACE_FAILED])
                row[PLACE_OPEN] += ((ALWAYS - seasons.success[s]) * share) >> 16
            row[PLACE_FREED] = 0
            row[PLACE_FAILED] = 0
