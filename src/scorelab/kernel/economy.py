"""Step 9, economy: jobs are lost and found, people fall behind with payments and catch up."""

import numpy as np

from scorelab.kernel.candidates import first_counter, in_layer, meet, times
from scorelab.kernel.jit import jit
from scorelab.kernel.layout import (
    ARREARS,
    CONDITION,
    FALSE_LISTS,
    IN_ARREARS,
    JOB_LOSS,
    LIFE,
    ONE,
    TRACED,
    TRUE_LISTS,
)
from scorelab.kernel.lives import become, fall_behind
from scorelab.kernel.parts import STOCK_ARREARS, WORLD_PUBLISHED, WORLD_STIGMA
from scorelab.kernel.trace import BEHIND, CLEARED, HIRED, LOST, OWING, note
from scorelab.words import Condition

_WORKING = int(Condition.working)
_JOBLESS = int(Condition.jobless)


@jit
def life_event(lives, what, p, w, t):  # type: ignore[no-untyped-def]
    """One life event that was reached in one world; returns 1 if it changes anything."""
    now = np.int64(lives.hot[p, w, LIFE])
    if what == JOB_LOSS:
        if now & 7 != _WORKING:
            return 0
        become(lives, p, w, _JOBLESS, LOST, t)
    elif (now & IN_ARREARS != 0) == (what == ARREARS):
        return 0
    elif what == ARREARS:
        fall_behind(lives, p, w, BEHIND, t)
    else:
        lives.hot[p, w, LIFE] = now & ~IN_ARREARS
        lives.stock[w, lives.group[p], STOCK_ARREARS] -= 1
        if now & TRACED:
            note(lives, t, p, w, OWING, CLEARED)
    return 1


@jit
def raised(rate, life, world):  # type: ignore[no-untyped-def]
    """How often work is lost, which is more for whoever is on a published list."""
    lists = np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])
    if lists & world[WORLD_PUBLISHED]:
        return times(rate, ONE + world[WORLD_STIGMA])
    return rate


@jit
def life_events(county, fate, kinds, worlds, lives, scratch, candidates, k, t):  # type: ignore[no-untyped-def]
    """All events of one kind that befall people: work lost, arrears begun, arrears cleared; ``worlds`` as in Rules.

    Most are drawn for people who are not concerned in any world; so whether one is reached is decided here.
    """
    words, thin, hot, whom = scratch.words, kinds.thin[k], lives.hot, scratch.whom
    what = kinds.what[k]
    c1 = first_counter(kinds, k, t)
    alias = county.alias[county.alias_of[k]]
    n = meet(fate, alias, scratch.numbers[k], kinds.purpose[k], c1, hot, words, whom, scratch.begins)
    for e in range(n):
        p = np.int64(whom[e])
        reach = np.int64(words[2, e])
        kept = 0
        for w in range(hot.shape[1]):
            chance = thin[lives.age[p], np.int64(hot[p, w, LIFE]) & CONDITION]
            if what == JOB_LOSS and chance > 0:
                chance = in_layer(kinds.layer[k], raised(chance, hot[p, w], worlds[w]))
            if reach < chance:
                kept |= life_event(lives, what, p, w, t)
        candidates[k, 1] += kept
    candidates[k, 0] += n


@jit
def hires(lives, scratch, t):  # type: ignore[no-untyped-def]
    """Jobless persons whom the needs of step 8 led to a job."""
    for row in range(scratch.queued[1]):
        p = scratch.hires[row, 0]
        for w in range(lives.hot.shape[1]):
            if scratch.hires[row, 1] >> w & 1 and np.int64(lives.hot[p, w, LIFE]) & 7 == _JOBLESS:
                become(lives, p, w, _WORKING, HIRED, t)
