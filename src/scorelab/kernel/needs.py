"""Step 8, needs: who asks for what, and who is turned away, favoured or served."""

import numpy as np

from scorelab.kernel.candidates import event, first_counter, meet
from scorelab.kernel.counted import (
    DENIED,
    FOR_ANOTHER,
    RUN_SHIFT,
    W_DENIED_FALSE,
    W_DENIED_TAINTED,
    W_DENIED_TIE,
    W_NEEDS,
    W_UNSUCCESSFUL_BARRED,
    WRONGED,
)
from scorelab.kernel.doors import any_closed, closed, lifted, maybe_closed, schemes_behind, tie_behind, why
from scorelab.kernel.fate import CALL, philox
from scorelab.kernel.jit import inlined, jit
from scorelab.kernel.layout import (
    ASKED,
    CONDITION,
    FELT,
    KNOWN,
    LIFE,
    MARKED,
    MARKS,
    MAX_TRIES,
    PERIOD_WEEKS,
    TRACED,
    YEAR_WEEKS,
)
from scorelab.kernel.lives import fall_behind, listing_of
from scorelab.kernel.parts import (
    DOOR_GRADES,
    DOOR_OWING,
    DOOR_PARTIAL,
    FAVOUR_GRADES,
    FAVOUR_LISTS,
    PLACE_FAILED,
    PLACE_FREED,
    PLACE_OPEN,
    SCORE_SCHEME,
    SERVICE_RETRY,
    SERVICE_SUCCESS,
    SERVICE_WHY_ASK,
    SERVICE_WHY_DOOR,
    SERVICE_WHY_OWE,
    SERVICE_WORK,
    WORLD_NOT_ASKING,
    WORLD_SCORE,
    WORLD_SPIRAL,
)
from scorelab.kernel.process import more_grievance
from scorelab.kernel.records import applies, event_word
from scorelab.kernel.sparse import add
from scorelab.kernel.trace import AFTER_DENIAL, NEEDED, REFUSED, note
from scorelab.words import Condition, Elsewhere, Need

_NOT_ASKED = int(Need.not_asked)
_UNSUCCESSFUL = int(Need.unsuccessful)
_GRANTED = int(Need.granted)
_FAVOURED = int(Need.favoured)
_DENIED = int(Need.denied)
_DENIED_TOO = int(Elsewhere.denied_too)
_GRANTED_THERE = int(Elsewhere.granted)
_OTHERWISE = int(Elsewhere.otherwise)
_JOBLESS = int(Condition.jobless)


@jit
def tries(fate, e, c1, c2, purpose, retry):  # type: ignore[no-untyped-def]
    """How often somebody who is refused asks in that week, the first time included."""
    made = 0
    while made < MAX_TRIES:
        further = np.uint64(c1 + CALL * (1 + made // 4))
        a, b, c, d = philox(np.uint64(e), further, np.uint64(c2), np.uint64(purpose), fate.key0, fate.key1)
        for word in (a, b, c, d):
            if made == MAX_TRIES or np.int64(word) >= retry:
                return made + 1
            made += 1
    return made + 1


@inlined
def tally_denial(county, doors, lives, tally, denied, shut, p, w, s, t):  # type: ignore[no-untyped-def]
    """Count one denial: truth, origin, cause, marks. Its domain and flags go to ``denied[w]``."""
    g = np.int64(lives.group[p])
    flags, status, b, r = why(county, doors, lives, shut, p, w, t)
    origin, truth = flags >> 3, flags >> 2 & 1
    weekly = tally.weekly[t, w, g]
    weekly[W_DENIED_TIE] += origin
    weekly[W_DENIED_FALSE] += truth
    weekly[W_DENIED_TAINTED] += flags >> 1 & 1
    mark = DENIED | (WRONGED if truth else 0) | (FOR_ANOTHER if origin else 0)
    lives.hot[p, w, MARKS] |= np.uint16(mark | mark << RUN_SHIFT)
    rest = lives.rest[p, w]
    last = rest.shape[0] - 1
    rest[last] = min(65535, np.int64(rest[last]) + 1)
    flow = (((((t // YEAR_WEEKS) * 8 + w) * 64 + b) * 32 + r) * 32 + status) * 64 + s
    add(tally.flow, tally.used, 3, flow * 4 + 2 * origin + truth, 1)
    if np.int64(lives.hot[p, w, LIFE]) & TRACED:
        note(lives, t, p, w, REFUSED, s, status, flags, b, r, tie_behind(doors.channels[w], shut, origin, truth))
    denied[w, 0] = doors.domain[b]
    denied[w, 1] = flags


@jit
def feel(lives, shut, p, w):  # type: ignore[no-untyped-def]
    """Whoever is denied something while listed feels what the listing costs."""
    lists = shut.true_lists | shut.false_lists
    l = 0  # noqa: E741
    while lists >> l:
        if lists >> l & 1:
            listing_of(lives, lives.file_of[p], w, l)[FELT] = 1
        l += 1  # noqa: E741


@inlined
def refuse(county, fate, doors, lives, tally, denied, shut, schemes, p, w, s, t, event):  # type: ignore[no-untyped-def]
    """What a denial does to the person, beside being counted."""
    e, c1, c2 = event
    life = lives.hot[p, w]
    service = doors.services[s]
    tally_denial(county, doors, lives, tally, denied, shut, p, w, s, t)
    if np.int64(life[KNOWN]) & schemes == 0:
        more_grievance(life)
    life[KNOWN] |= np.uint16(schemes)
    feel(lives, shut, p, w)
    owing = doors.doors[w, s, DOOR_OWING]
    bound = owing if doors.world[w, WORLD_SPIRAL] else 0
    if bound > 0 and event_word(fate, e, c1, c2, np.uint64(service[SERVICE_WHY_OWE])) < bound:
        fall_behind(lives, p, w, AFTER_DENIAL, t)
    made = tries(fate, e, c1, c2, service[SERVICE_WHY_ASK], service[SERVICE_RETRY])
    tally.tries[t // PERIOD_WEEKS, w, lives.group[p], s] += made


@inlined
def ask(county, fate, doors, lives, tally, scratch, p, w, s, t, event, luck, place):  # type: ignore[no-untyped-def]
    """One need in one world; returns its outcome. ``place`` is the world's row of the service in ``Climate.places``."""
    e, c1, c2 = event
    door = doors.doors[w, s]
    life = lives.hot[p, w]
    word = np.int64(0)
    possible = maybe_closed(door, life)
    if door[DOOR_PARTIAL] and possible:
        word = event_word(fate, e, c1, c2, np.uint64(doors.services[s, SERVICE_WHY_DOOR]))
    scored = applies(life, doors.world[w, WORLD_SCORE + SCORE_SCHEME], scratch.in_force[w])
    lucky = luck < place[PLACE_OPEN]
    if possible:
        shut = closed(door, doors.strength[w, s], life, scored, word)
        if any_closed(shut):
            schemes = schemes_behind(shut, doors.status_scheme[w])
            if np.int64(life[KNOWN]) & schemes:
                shy = event_word(fate, e, c1, c2, np.uint64(doors.services[s, SERVICE_WHY_ASK]))
                if shy < doors.world[w, WORLD_NOT_ASKING]:
                    return _NOT_ASKED
            life[LIFE] |= np.uint16(ASKED)
            if not lucky:
                tally.weekly[t, w, lives.group[p], W_UNSUCCESSFUL_BARRED] += 1
                return _UNSUCCESSFUL
            refuse(county, fate, doors, lives, tally, scratch.denied, shut, schemes, p, w, s, t, event)
            return _DENIED
    life[LIFE] |= np.uint16(ASKED)
    if lucky:
        return _GRANTED
    if door[FAVOUR_LISTS] | door[FAVOUR_GRADES] and luck < lifted(door, doors.lift[w, s], life, scored):
        return _FAVOURED
    return _UNSUCCESSFUL


@jit
def elsewhere(sibling, pattern):  # type: ignore[no-untyped-def]
    """What became of the need in the three sibling worlds, two bits each."""
    bits = 0
    for j in range(3):
        other = sibling[j]
        if other >= 0:
            outcome = pattern >> (3 * other) & 7
            if outcome == _DENIED:
                bits |= _DENIED_TOO << (2 * j)
            elif outcome in (_GRANTED, _FAVOURED):
                bits |= _GRANTED_THERE << (2 * j)
            else:
                bits |= _OTHERWISE << (2 * j)
    return bits


@jit
def count_denials(sibling, table, used, denied, pattern, g, s, period):  # type: ignore[no-untyped-def]
    """Enter the denials of one need in the table of denials, one row a world."""
    for w in range(sibling.shape[0]):
        if pattern >> (3 * w) & 7 == _DENIED:
            key = (((period * 8 + w) * 256 + g) * 64 + s) * 16 + denied[w, 0]
            key = key * 1024 + denied[w, 1] * 64 + elsewhere(sibling[w], pattern)
            add(table, used, 2, key, 1)


@inlined
def one_need(county, fate, doors, lives, climate, tally, scratch, thin, s, p, event, reach, luck, t):  # type: ignore[no-untyped-def]
    """Live one need world by world; returns 1 if it is reached in some world, else 0."""
    hot = lives.hot
    g = np.int64(lives.group[p])
    weekly, used = tally.weekly[t], tally.used
    work = doors.services[s, SERVICE_WORK]
    pattern = 0
    hired = 0
    denied = False
    for w in range(hot.shape[1]):
        condition = np.int64(hot[p, w, LIFE]) & CONDITION
        if reach >= thin[lives.age[p], condition]:
            continue
        place = climate.places[w, s]
        outcome = ask(county, fate, doors, lives, tally, scratch, p, w, s, t, event, luck, place)
        pattern |= outcome << (3 * w)
        weekly[w, g, W_NEEDS + outcome] += 1
        served = outcome in (_GRANTED, _FAVOURED)
        if doors.world[w, WORLD_SPIRAL] == 0:
            served = luck < doors.services[s, SERVICE_SUCCESS]
        if outcome == _DENIED:
            denied = True
            place[PLACE_FREED] += 1
        elif outcome == _UNSUCCESSFUL:
            place[PLACE_FAILED] += 1
        if served and work and condition & 7 == _JOBLESS:
            hired |= 1 << w
    if pattern == 0:
        return 0
    if np.int64(hot[p, 0, LIFE]) & TRACED:
        note(lives, t, p, -1, NEEDED, s, pattern)
    period = t // PERIOD_WEEKS
    add(tally.needs, used, 1, ((period * 256 + g) * 64 + s) * 16777216 + pattern, 1)
    if denied:
        count_denials(doors.sibling, tally.denials, used, scratch.denied, pattern, g, s, period)
    if hired != 0:
        scratch.hires[scratch.queued[1], 0] = p
        scratch.hires[scratch.queued[1], 1] = hired
        scratch.queued[1] += 1
    return 1


@jit
def count_alike(tally, places, alike, s, t, worlds):  # type: ignore[no-untyped-def]
    """Enter the needs that met the same in all worlds, by group and luck, and clear their counts for the next kind."""
    weekly = tally.weekly[t]
    every = 0
    for w in range(worlds):
        every |= 1 << (3 * w)
    for g in range(alike.shape[0]):
        for luck in range(2):
            number = alike[g, luck]
            if number == 0:
                continue
            alike[g, luck] = 0
            outcome = _GRANTED if luck else _UNSUCCESSFUL
            for w in range(worlds):
                weekly[w, g, W_NEEDS + outcome] += number
                places[w, s, PLACE_FAILED] += 0 if luck else number
            key = ((t // PERIOD_WEEKS * 256 + g) * 64 + s) * 16777216 + outcome * every
            add(tally.needs, tally.used, 1, key, number)


@jit
def plain(doors, start, s):  # type: ignore[no-untyped-def]
    """Whether whoever has no status at all can meet nothing special at this service."""
    same = doors.services[s, SERVICE_WORK] == 0
    for w in range(start.shape[0]):
        door = doors.doors[w, s]
        same = same and (door[FAVOUR_GRADES] | door[DOOR_GRADES]) >> (start[w] & 15) & 1 == 0
    return same


@jit
def needs(county, fate, kinds, doors, lives, climate, tally, scratch, k, t):  # type: ignore[no-untyped-def]
    """Live all needs of one kind.

    Nearly everybody has no status and is in the same condition in all worlds, and then meets the same in all of them:
    that is decided once. Everybody else goes to ``one_need``, and so do the traced, and everybody where work matters.
    """
    hot, groups, words, whom, alike = lives.hot, lives.group, scratch.words, scratch.whom, scratch.alike
    worlds = hot.shape[1]
    s = np.int64(kinds.item[k])
    thin, places = kinds.thin[k], climate.places
    simple = plain(doors, lives.start, s)
    lowest, highest = places[0, s, PLACE_OPEN], places[0, s, PLACE_OPEN]
    for w in range(1, worlds):
        lowest = min(lowest, places[w, s, PLACE_OPEN])
        highest = max(highest, places[w, s, PLACE_OPEN])
    c1 = first_counter(kinds, k, t)
    alias = county.alias[county.alias_of[k]]
    n = meet(fate, alias, scratch.numbers[k], kinds.purpose[k], c1, hot, words, whom, scratch.begins)
    kept = 0
    for e in range(n):
        p = np.int64(whom[e])
        reach, luck = np.int64(words[2, e]), np.int64(words[3, e])
        first, apart = np.int64(hot[p, 0, LIFE]), np.int64(0)
        for w in range(1, worlds):
            apart |= np.int64(hot[p, w, LIFE]) ^ first
        if apart | first & TRACED == 0:
            if reach >= thin[lives.age[p], first & CONDITION]:
                continue
            if simple and first & MARKED == 0 and (luck < lowest or luck >= highest):
                kept += 1
                alike[groups[p], 1 if luck < lowest else 0] += 1
                if first & ASKED != ASKED:
                    for w in range(worlds):
                        hot[p, w, LIFE] |= np.uint16(ASKED)
                continue
        which = event(fate.county, scratch.begins, c1, e, p)
        kept += one_need(county, fate, doors, lives, climate, tally, scratch, thin, s, p, which, reach, luck, t)
    tally.candidates[k, 0] += n
    tally.candidates[k, 1] += kept
    if kept > 0:
        count_alike(tally, places, alike, s, t, worlds)
