"""Counts over all persons that are taken at set dates: who is on which list or of which grade, what a year brought."""

import numpy as np

from scorelab.kernel.counted import (
    ACTED,
    DENIED,
    FOR_ANOTHER,
    N_ACTED,
    N_ASKED,
    N_DENIED,
    N_FOR_ANOTHER,
    N_OTHER_RESTRICTED,
    N_PERSONS,
    N_RECORDABLE,
    N_RECORDABLE_RESTRICTED,
    N_RESTRICTED,
    N_WRONGED,
    RECORDABLE,
    RESTRICTED,
    RUN_SHIFT,
    SCORE_BINS,
    WRONGED,
)
from scorelab.kernel.jit import jit
from scorelab.kernel.layout import (
    CONTRARY,
    FALSE_LISTS,
    IN_ARREARS,
    KNOWN,
    LIFE,
    MARKS,
    STANDING,
    TRUE_LISTS,
)
from scorelab.kernel.lives import bring_accounts, by_person, score
from scorelab.kernel.parts import (
    ACTIVES,
    SCORE_HIGHEST,
    SCORE_LOWEST,
    SCORE_SCHEME,
    STOCK_ARREARS,
    STOCK_JOBLESS,
    WORLD_CONTRARY,
    WORLD_OPEN_TO_ALL,
    WORLD_RED,
    WORLD_SCORE,
)
from scorelab.kernel.records import applies
from scorelab.kernel.sparse import add
from scorelab.words import Condition

_JOBLESS = int(Condition.jobless)
_ADULT = 2
"""The first age band of adults."""


@jit
def begin(fate, county, worlds, contrary, lives):  # type: ignore[no-untyped-def]
    """Set everybody's condition, standing and membership before week 0; ``contrary`` is the purpose."""
    for p in range(lives.hot.shape[0]):
        for w in range(lives.hot.shape[1]):
            life = lives.hot[p, w]
            now = np.int64(county.condition[p])
            chance = worlds[w, WORLD_CONTRARY]
            if chance > 0 and by_person(fate, p, 0, contrary) < chance:
                now |= CONTRARY
            life[LIFE] = now
            if np.int64(county.exempt[p]) >> w & 1 == 0:
                life[KNOWN] = worlds[w, WORLD_OPEN_TO_ALL] << 8
            life[STANDING] = lives.start[w]
            if now & 7 == _JOBLESS:
                lives.stock[w, lives.group[p], STOCK_JOBLESS] += 1
            if now & IN_ARREARS:
                lives.stock[w, lives.group[p], STOCK_ARREARS] += 1


@jit
def stocks(lives, table, used, period):  # type: ignore[no-untyped-def]
    """Count the persons on each list by group and by the worlds in which they are on it."""
    for row in range(lives.counter[ACTIVES]):
        p = lives.active[row]
        for l in range(lives.list_stock.shape[1]):  # noqa: E741
            pattern = 0
            for w in range(lives.hot.shape[1]):
                lists = np.int64(lives.hot[p, w, TRUE_LISTS]) | np.int64(lives.hot[p, w, FALSE_LISTS])
                if lists >> l & 1:
                    pattern |= 1 << w
            if pattern != 0:
                add(table, used, 0, ((period * 16 + l) * 256 + np.int64(lives.group[p])) * 256 + pattern, 1)


@jit
def grades(lives, worlds, in_force, counts):  # type: ignore[no-untyped-def]
    """Persons to whom a score applies, by group and grade [W, G, GRADES]."""
    for w in range(lives.hot.shape[1]):
        h = worlds[w, WORLD_SCORE + SCORE_SCHEME]
        if h < 0 or in_force[w] >> h & 1 == 0:
            continue
        for p in range(lives.hot.shape[0]):
            life = lives.hot[p, w]
            if applies(life, h, in_force[w]):
                counts[w, lives.group[p], np.int64(life[STANDING]) & 15] += 1


@jit
def scores(lives, worlds, in_force, counts, t):  # type: ignore[no-untyped-def]
    """Persons to whom a score applies, by equal parts of its scale [W, SCORE_BINS]."""
    for w in range(lives.hot.shape[1]):
        world = worlds[w]
        h = world[WORLD_SCORE + SCORE_SCHEME]
        if h < 0 or in_force[w] >> h & 1 == 0:
            continue
        lowest = world[WORLD_SCORE + SCORE_LOWEST]
        width = world[WORLD_SCORE + SCORE_HIGHEST] - lowest + 1
        for p in range(lives.hot.shape[0]):
            if applies(lives.hot[p, w], h, in_force[w]):
                rest = lives.rest[p, w]
                bring_accounts(world, rest, t)
                counts[w, (score(world, rest, True, True) - lowest) * SCORE_BINS // width] += 1


@jit
def year(lives, counts, shift):  # type: ignore[no-untyped-def]
    """Add up the marks of a year (shift 0) or of the run (RUN_SHIFT) into ``counts`` [W, G, len(PERSONS)]."""
    asked = 6 if shift else 5
    for p in range(lives.hot.shape[0]):
        g = lives.group[p]
        adult = lives.age[p] >= _ADULT
        for w in range(lives.hot.shape[1]):
            marks = np.int64(lives.hot[p, w, MARKS]) >> shift
            restricted = 1 if marks & RESTRICTED else 0
            denied = 1 if marks & DENIED else 0
            row = counts[w, g]
            row[N_PERSONS] += 1
            row[N_ASKED] += np.int64(lives.hot[p, w, LIFE]) >> asked & 1
            row[N_RESTRICTED] += restricted
            row[N_DENIED] += denied
            row[N_WRONGED] += 1 if marks & WRONGED else 0
            row[N_FOR_ANOTHER] += 1 if marks & FOR_ANOTHER else 0
            if adult:
                recordable = marks & RECORDABLE != 0
                row[N_ACTED] += 1 if marks & ACTED else 0
                row[N_RECORDABLE] += 1 if recordable else 0
                treated = N_RECORDABLE_RESTRICTED if recordable else N_OTHER_RESTRICTED
                row[treated] += restricted
                row[treated + 1] += denied


@jit
def new_year(lives, worlds):  # type: ignore[no-untyped-def]
    """Clear the year's marks; who is on a list is restricted in the new year too."""
    for p in range(lives.hot.shape[0]):
        for w in range(lives.hot.shape[1]):
            life = lives.hot[p, w]
            life[MARKS] &= np.uint16(0xFF00)
            life[LIFE] &= np.uint16(0xFFDF)
            lists = np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])
            if lists & ~worlds[w, WORLD_RED]:
                life[MARKS] |= np.uint16(RESTRICTED)


@jit
def run_totals(lives, histogram, ever):  # type: ignore[no-untyped-def]
    """Persons by number of denials in the run, and by the worlds in which they were ever denied."""
    denials = lives.rest.shape[2] - 1
    for p in range(lives.hot.shape[0]):
        g = lives.group[p]
        pattern = 0
        for w in range(lives.hot.shape[1]):
            histogram[w, g, min(11, np.int64(lives.rest[p, w, denials]))] += 1
            if np.int64(lives.hot[p, w, MARKS]) >> RUN_SHIFT & DENIED:
                pattern |= 1 << w
        ever[g, pattern] += 1
