"""Step 4, acts: who meets an occasion, and who goes through with it in which world."""

import numpy as np

from scorelab.kernel.candidates import event, first_counter, meet
from scorelab.kernel.counted import RUN_SHIFT, W_ACTS, W_DISPLACED, W_OCCASIONS
from scorelab.kernel.fate import CALL
from scorelab.kernel.jit import inlined, jit, prefetch
from scorelab.kernel.layout import (
    ALWAYS,
    BELOW,
    CONDITION,
    CONTRARY,
    CURVE_ONE,
    ELSEWHERE_CALL,
    FAR,
    GRIEVANCE,
    KNOWN,
    LARGEST_EXPONENT,
    LIFE,
    MARKS,
    NEAR,
    NEVER,
    NEXT,
    ONE,
    PERIOD_WEEKS,
    TRACED,
)
from scorelab.kernel.lives import bring_accounts, faded, score
from scorelab.kernel.parts import (
    BEHAVIOUR_DOMAIN,
    BEHAVIOUR_SUBSTITUTE,
    BEHAVIOUR_WHY_DISPLACE,
    NORM,
    NORM_CONTRARY,
    NORM_DONE,
    NORM_SEEN,
    PUBLIC_RISK,
    SCORE_SCHEME,
    STAKE_CROWDING,
    STAKE_INNOCENT,
    STAKE_REWARD,
    WORLD_DISPLACEMENT,
    WORLD_PRIOR,
    WORLD_SCORE,
)
from scorelab.kernel.records import event_word
from scorelab.kernel.sparse import add
from scorelab.kernel.trace import MET, note
from scorelab.words import Act

MINDED = CONDITION | CONTRARY | 15 << GRIEVANCE
"""Bits of LIFE on which acting depends, whatever scheme there is."""

_REFRAINED = int(Act.refrained)
_ACTED = int(Act.acted)
_DISPLACED = int(Act.displaced)


@jit
def band(mind, rest, w, b, t):  # type: ignore[no-untyped-def]
    """How far a score is from the next cut, in records of the behaviour."""
    points = mind.next_points[w, b]
    cuts = mind.cuts[w]
    if points == 0 or cuts.shape[0] == 0 or cuts[0] == NEVER:
        return FAR
    bring_accounts(mind.world[w], rest, t)
    now = score(mind.world[w], rest, True, True)
    highest = -NEVER
    for cut in cuts:
        if cut > now:
            break
        highest = cut
    if highest == -NEVER:
        return BELOW
    if now - highest < points:
        return NEXT
    return NEAR if now - highest < 3 * points else FAR


@jit
def read(table, at, shift):  # type: ignore[no-untyped-def]
    """A table read by interpolation: ``at`` counts in units of which ``2 ** shift`` make a step."""
    i = at >> shift
    low = table[i]
    return low + (((table[i + 1] - low) * (at & ((1 << shift) - 1))) >> shift)


@inlined
def deterred(mind, rest, climate, natural, w, b, schemes, t):  # type: ignore[no-untyped-def]
    """Threshold of acting for whoever knows these schemes (bits): by the one that deters most, and the largest pull."""
    world = mind.world[w]
    d = mind.behaviours[b, BEHAVIOUR_DOMAIN]
    risk = faded(rest, t, d, world[WORLD_PRIOR], mind.fade[w]) + climate.public[w, d, PUBLIC_RISK]
    risk = min(65535, risk)
    most = np.int64(0)
    pull = np.int64(0)
    first = True
    for h in range(mind.stakes.shape[1]):
        if schemes >> h & 1 == 0:
            continue
        stakes = mind.stakes[w, h, b]
        power = read(mind.power[w], max(0, risk - stakes[STAKE_INNOCENT]), 8)
        distance = band(mind, rest, w, b, t) if world[WORLD_SCORE + SCORE_SCHEME] == h else FAR
        most = max(most, (stakes[distance] * power) >> 16)
        here = ((stakes[STAKE_REWARD] * power) >> 16) - stakes[STAKE_CROWDING]
        pull = here if first else max(pull, here)
        first = False
    bound = (natural * read(mind.curve[w], min(most, LARGEST_EXPONENT - 1), 11)) >> 30
    if pull == 0:
        return bound
    return min(ALWAYS, max(0, (bound * (ONE + pull)) >> 16))


@inlined
def undeterred(mind, climate, life, w, b):  # type: ignore[no-untyped-def]
    """Threshold of acting by habit, norm and grievance, before any scheme is thought of."""
    norm = climate.norms[w, b, NORM_CONTRARY if life & CONTRARY else NORM]
    natural = min(ALWAYS, (mind.base[w, b] * norm) >> 16)
    return min(ALWAYS, (natural * mind.grievance[w, life >> GRIEVANCE & 15]) >> 16)


@jit
def enter_act(acts, queued, p, b, e, c1, c2, worlds):  # type: ignore[no-untyped-def]
    """Remember an act for the records and the response of this week."""
    act = acts[queued[0]]
    act[0] = p
    act[1] = b
    act[2] = e
    act[3] = c1
    act[4] = c2
    act[5] = worlds
    act[6] = 0
    queued[0] += 1


@jit
def mark_act(hot, misdeed, p, b, worlds):  # type: ignore[no-untyped-def]
    """Mark a person for the year and the run in the worlds (bits) of an act; ``misdeed`` [W, B] says with what."""
    for w in range(misdeed.shape[0]):
        if worlds >> w & 1:
            mark = misdeed[w, b]
            hot[p, w, MARKS] |= np.uint16(mark | mark << RUN_SHIFT)


@inlined
def one_occasion(mind, fate, lives, climate, scratch, weekly, thin, p, b, event, reach, chance, t):  # type: ignore[no-untyped-def]
    """What a person does on one occasion: the pattern, and as bits the worlds of acting and of turning elsewhere."""
    e, c1, c2 = event
    hot = lives.hot
    g = np.int64(lives.group[p])
    pattern = 0
    acted = 0
    displaced = 0
    elsewhere = np.int64(-1)
    for w in range(hot.shape[1]):
        life = np.int64(hot[p, w, LIFE])
        if reach >= thin[lives.age[p], life & CONDITION]:
            continue
        weekly[w, g, W_OCCASIONS] += 1
        norms = climate.norms[w, b]
        norms[NORM_SEEN] += 1
        natural = undeterred(mind, climate, life, w, b)
        bound = natural
        known = np.int64(hot[p, w, KNOWN])
        known &= known >> 8 & scratch.deters[w]
        if known:
            bound = deterred(mind, lives.rest[p, w], climate, natural, w, b, known, t)
        if chance < bound:
            acted |= 1 << w
            weekly[w, g, W_ACTS] += 1
            norms[NORM_DONE] += 1
            pattern |= _ACTED << (2 * w)
            continue
        outcome = _REFRAINED
        if chance < natural and mind.behaviours[b, BEHAVIOUR_SUBSTITUTE] >= 0:
            if elsewhere < 0:
                elsewhere = event_word(fate, e, c1, c2, np.uint64(mind.behaviours[b, BEHAVIOUR_WHY_DISPLACE]))
            if elsewhere < mind.world[w, WORLD_DISPLACEMENT]:
                outcome = _DISPLACED
                displaced |= 1 << w
                weekly[w, g, W_DISPLACED] += 1
        pattern |= outcome << (2 * w)
    return pattern, acted, displaced


@jit
def reached(hot, ages, thin, words, whom, left, n):  # type: ignore[no-untyped-def]
    """Enter into ``left`` the events that may be reached in some world; returns how many there are.

    An entry is twice the event's number, plus one if it has to be lived world by world: if the person is traced, or not
    of one mind in all worlds. Nearly everybody else is reached in all worlds or in none. No occasion changes who is
    reached by another one of the week; so this can be asked beforehand. Whether an event is left is added and not
    asked, since a processor would guess wrongly at every second one.
    """
    m = np.int64(0)
    for e in range(n):
        p = np.int64(whom[e])
        first, apart = np.int64(hot[p, 0, LIFE]), np.int64(0)
        for w in range(1, hot.shape[1]):
            apart |= np.int64(hot[p, w, LIFE]) ^ first
        several = np.int64(apart & MINDED | first & TRACED != 0)
        left[m] = 2 * e + several
        m += np.int64(np.int64(words[2, e]) < thin[ages[p], first & CONDITION]) | several
    return m


@jit
def look_ahead(mind, climate, deters, spans, b):  # type: ignore[no-untyped-def]
    """Thresholds below which people act in every world, and from which on in none, whatever they know and believe.

    ``spans`` has a row for each mind that is the same in all worlds: 16 grievances without backlash, then 16 with it.
    Where a reward may pull, nothing can be said.
    """
    for row in range(spans.shape[0]):
        low, high = ALWAYS, 0
        for w in range(deters.shape[0]):
            usual = min(ALWAYS, (mind.base[w, b] * climate.norms[w, b, NORM if row < 16 else NORM_CONTRARY]) >> 16)
            natural = min(ALWAYS, (usual * mind.grievance[w, row & 15]) >> 16)
            left = mind.mildest[w, b] if deters[w] else CURVE_ONE
            low = min(low, (natural * left) >> 30)
            high = max(high, natural if left >= 0 else ALWAYS)
        spans[row, 0], spans[row, 1] = low, high


@jit
def count_alike(climate, tally, alike, b, t):  # type: ignore[no-untyped-def]
    """Enter the occasions that came out the same in all worlds, and clear their counts; returns how many there were."""
    worlds = climate.norms.shape[0]
    weekly = tally.weekly[t]
    every = 0
    for w in range(worlds):
        every |= 1 << (2 * w)
    total = 0
    for g in range(alike.shape[0]):
        for acted in range(2):
            number = alike[g, acted]
            if number == 0:
                continue
            alike[g, acted] = 0
            for w in range(worlds):
                weekly[w, g, W_OCCASIONS] += number
                climate.norms[w, b, NORM_SEEN] += number
                if acted:
                    weekly[w, g, W_ACTS] += number
                    climate.norms[w, b, NORM_DONE] += number
            outcome = _ACTED if acted else _REFRAINED
            key = ((t // PERIOD_WEEKS * 256 + g) * 64 + b) * 65536 + outcome * every
            add(tally.occasions, tally.used, 0, key, number)
            total += number
    return total


@jit
def foreseen(lives, scratch, m):  # type: ignore[no-untyped-def]
    """Count those who will act in no world, and keep the others in ``scratch.left``; returns how many there are.

    Entries are as in :func:`reached`: odd for those who have to be lived world by world, whose beliefs are fetched
    already; the others will act in all worlds.
    """
    hot, rest, words, whom = lives.hot, lives.rest, scratch.words, scratch.whom
    left, spans = scratch.left, scratch.spans
    kept = 0
    for row in range(m):
        entry = np.int64(left[row])
        p, chance = np.int64(whom[entry >> 1]), np.int64(words[3, entry >> 1])
        life = np.int64(hot[p, 0, LIFE])
        mind = (life >> GRIEVANCE & 15) + (16 if life & CONTRARY else 0)
        undecided = entry & 1 == 1 or spans[mind, 0] <= chance < spans[mind, 1]
        if undecided:
            prefetch(rest, p)
        elif chance >= spans[mind, 1]:
            scratch.alike[lives.group[p], 0] += 1
            continue
        left[kept] = entry | undecided
        kept += 1
    return kept


@inlined
def several_ways(mind, fate, lives, climate, tally, scratch, thin, p, b, event, words, heeded, t):  # type: ignore[no-untyped-def]
    """Live an occasion that may come out differently; returns 1 if it is met in some world, else 0."""
    e, c1, c2 = event
    pattern, acted, displaced = one_occasion(
        mind, fate, lives, climate, scratch, tally.weekly[t], thin, p, b, event, words[0], words[1], t
    )
    if pattern == 0:
        return 0
    key = ((t // PERIOD_WEEKS * 256 + np.int64(lives.group[p])) * 64 + b) * 65536 + pattern
    add(tally.occasions, tally.used, 0, key, 1)
    if np.int64(lives.hot[p, 0, LIFE]) & TRACED:
        note(lives, t, p, -1, MET, b, pattern)
    if acted != 0:
        mark_act(lives.hot, mind.misdeed, p, b, acted)
        if heeded:
            enter_act(scratch.acts, scratch.queued, p, b, e, c1, c2, acted)
    if displaced != 0:
        substitute = mind.behaviours[b, BEHAVIOUR_SUBSTITUTE]
        mark_act(lives.hot, mind.misdeed, p, substitute, displaced)
        if heeded:
            enter_act(scratch.acts, scratch.queued, p, substitute, e, c1 + CALL * ELSEWHERE_CALL, c2, displaced)
    return 1


@jit
def occasions(county, fate, kinds, mind, lives, climate, tally, scratch, k, t):  # type: ignore[no-untyped-def]
    """Live all occasions of one kind; appends to ``scratch.acts`` those acted on in some world.

    Most people are in the same condition in all worlds, and most words of chance lie beyond what any scheme could
    change: then the occasion comes out the same in all of them, and nothing else has to be looked at. Acts are only
    appended where some scheme is in force, since otherwise nobody sees them and nobody learns from them.
    """
    hot, groups, words, whom, alike = lives.hot, lives.group, scratch.words, scratch.whom, scratch.alike
    b = np.int64(kinds.item[k])
    thin, deters = kinds.thin[k], scratch.deters
    worlds, c1 = hot.shape[1], first_counter(kinds, k, t)
    every = (1 << worlds) - 1
    alias, left = county.alias[county.alias_of[k]], scratch.left
    n = meet(fate, alias, scratch.numbers[k], kinds.purpose[k], c1, hot, words, whom, scratch.begins)
    tally.candidates[k, 0] += n
    m = reached(hot, lives.age, thin, words, whom, left, n)
    if m == 0:
        return
    heeded = False
    for w in range(worlds):
        deters[w] = mind.deters[w, b] & scratch.in_force[w]
        heeded = heeded or scratch.in_force[w] != 0
    look_ahead(mind, climate, deters, scratch.spans, b)
    kept = 0
    for row in range(foreseen(lives, scratch, m)):
        entry = np.int64(left[row])
        e = entry >> 1
        p = np.int64(whom[e])
        which = event(fate.county, scratch.begins, c1, e, p)
        if entry & 1:
            told = (np.int64(words[2, e]), np.int64(words[3, e]))
            kept += several_ways(mind, fate, lives, climate, tally, scratch, thin, p, b, which, told, heeded, t)
            continue
        alike[groups[p], 1] += 1
        mark_act(hot, mind.misdeed, p, b, every)
        if heeded:
            number, _, c2 = which
            enter_act(scratch.acts, scratch.queued, p, b, number, c1, c2, every)
    tally.candidates[k, 1] += kept + count_alike(climate, tally, alike, b, t)
