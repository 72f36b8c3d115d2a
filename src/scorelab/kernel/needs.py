"""Steps 7 and 8, ties and needs: who asks for what, and who is turned away for whose record."""

import numpy as np

from scorelab.kernel.candidates import meet
from scorelab.kernel.fate import CALL, philox
from scorelab.kernel.jit import jit
from scorelab.kernel.layout import (
    ASKED,
    CHANGED,
    DENIED,
    LIFE,
    LISTS,
    LISTS_BEFORE,
    MAX_TRIES,
    PERIOD_WEEKS,
    RUN_SHIFT,
    W_DENIED_FALSE,
    W_DENIED_TAINTED,
    W_DENIED_TIE,
    W_NEEDS,
    W_UNSUCCESSFUL_BARRED,
    WRONGED,
    YEAR_WEEKS,
)
from scorelab.kernel.parts import BECAUSE, SEEN_BY, SIDE
from scorelab.kernel.records import event_word
from scorelab.kernel.tables import add
from scorelab.words import Condition, Elsewhere, Need

_NOT_ASKED = int(Need.not_asked)
_UNSUCCESSFUL = int(Need.unsuccessful)
_GRANTED = int(Need.granted)
_FAVOURED = int(Need.favoured)
_DENIED = int(Need.denied)
_JOBLESS = int(Condition.jobless)
_DENIED_TOO = int(Elsewhere.denied_too)
_GRANTED_THERE = int(Elsewhere.granted)
_OTHERWISE = int(Elsewhere.otherwise)


@jit
def last_week(lists, rest, t):  # type: ignore[no-untyped-def]
    """The lists a person was on at the end of last week."""
    if rest[CHANGED] == t + 1:
        return np.int64(rest[LISTS_BEFORE])
    return np.int64(lists)


@jit
def parent_lists(parents, lives, p, w, j, t):  # type: ignore[no-untyped-def]
    """The lists that parent ``j`` of a person was on at the end of last week; none without such a parent."""
    parent = parents[p, j]
    if parent < 0:
        return np.int64(0)
    return last_week(lives.hot[parent, w, LISTS], lives.rest[parent, w], t)


@jit
def schemes_of(list_scheme, lists):  # type: ignore[no-untyped-def]
    """The schemes that some lists of a world belong to, as bits; ``list_scheme`` is the world's."""
    schemes = 0
    for l in range(list_scheme.shape[0]):  # noqa: E741
        if (lists | lists >> 8) >> l & 1:
            schemes |= 1 << list_scheme[l]
    return schemes


@jit
def tries(fate, e, c1, c2, purpose, retry):  # type: ignore[no-untyped-def]
    """How often somebody who is refused asks in that week, the first time included."""
    made = 0
    while made < MAX_TRIES:
        further = np.uint64(c1 + CALL * (1 + made // 4))
        a, b, c, d = philox(np.uint64(e), further, np.uint64(c2), purpose, fate.key0, fate.key1)
        for word in (a, b, c, d):
            if made == MAX_TRIES or np.int64(word) >= retry:
                return made + 1
            made += 1
    return made + 1


@jit
def lowest(lists):  # type: ignore[no-untyped-def]
    """The lowest list of some."""
    l = 0  # noqa: E741
    while lists >> l & 1 == 0:
        l += 1  # noqa: E741
    return l


@jit
def tally_denial(county, doors, lives, tally, p, w, s, t, closed):  # type: ignore[no-untyped-def]
    """Count one denial: truth, origin, cause, marks. Returns its domain and flags for the table of denials.

    ``closed`` are the barring lists: the person's own, the first and the second parent's. Where a true record bars,
    only true ones are asked whose they are and what they are about.
    """
    own, mother, father = closed
    g = np.int64(county.group[p])
    tie = mother | father
    truth = 0 if (own | tie) & 255 else 1
    tainted = 1 if (own | tie) >> 8 else 0
    both = 1 if own != 0 and tie != 0 else 0
    who = np.int64(p)
    barring = own >> (8 * truth) & 255
    origin = 0 if barring != 0 else 1
    if origin == 1:
        barring = mother >> (8 * truth) & 255
        who = np.int64(county.parents[p, 0])
        if barring == 0:
            barring = father >> (8 * truth) & 255
            who = np.int64(county.parents[p, 1])
    l = lowest(barring)  # noqa: E741
    b = np.int64(lives.listings[who, w, l, truth * SIDE + BECAUSE])
    r = np.int64(lives.listings[who, w, l, truth * SIDE + SEEN_BY])
    weekly = tally.weekly[t, w, g]
    weekly[W_DENIED_TIE] += origin
    weekly[W_DENIED_FALSE] += truth
    weekly[W_DENIED_TAINTED] += tainted
    lives.marks[p, w] |= np.uint8(DENIED | DENIED << RUN_SHIFT)
    if truth:
        lives.marks[p, w] |= np.uint8(WRONGED | WRONGED << RUN_SHIFT)
    lives.denials[p, w] = min(65535, np.int64(lives.denials[p, w]) + 1)
    flow = (((((t // YEAR_WEEKS) * 8 + w) * 64 + b) * 32 + r) * 8 + l) * 64 + s
    add(tally.flow, tally.used, 3, flow * 4 + 2 * origin + truth, 1)
    return doors.domain[b], 8 * origin + 4 * truth + 2 * tainted + both


@jit
def before_closed_door(county, fate, doors, lives, tally, denied, p, w, s, t, event, closed, lucky):  # type: ignore[no-untyped-def]
    """What a person does and meets whom a list bars.

    ``event`` is (e, c1, c2); ``closed`` the barring lists (own, first and second parent's); a denial's domain and
    flags go to ``denied[w]``.
    """
    life = lives.hot[p, w]
    e, c1, c2 = event
    schemes = schemes_of(doors.list_scheme[w], closed[0] | closed[1] | closed[2])
    knows = np.int64(life[LIFE]) >> 8 & schemes != 0
    if knows and event_word(fate, e, c1, c2, doors.ask_purpose[s]) < doors.not_asking[w]:
        return _NOT_ASKED
    life[LIFE] |= np.uint16(ASKED)
    if not lucky:
        tally.weekly[t, w, county.group[p], W_UNSUCCESSFUL_BARRED] += 1
        return _UNSUCCESSFUL
    life[LIFE] |= np.uint16(schemes << 8)
    denied[w, 0], denied[w, 1] = tally_denial(county, doors, lives, tally, p, w, s, t, closed)
    made = tries(fate, e, c1, c2, doors.ask_purpose[s], doors.retry[s])
    tally.tries[t // PERIOD_WEEKS, w, county.group[p], s] += made
    return _DENIED


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


@jit
def one_need(county, fate, kinds, doors, lives, tally, scratch, k, t, p, event, reach, lucky):  # type: ignore[no-untyped-def]
    """Live one need world by world; returns 1 if it is reached in some world, else 0."""
    hot = lives.hot
    s = np.int64(kinds.index[k])
    g = np.int64(county.group[p])
    weekly, used = tally.weekly[t], tally.used
    pattern = 0
    hired = 0
    denied = False
    for w in range(hot.shape[1]):
        condition = np.int64(hot[p, w, LIFE]) & 7
        if reach >= kinds.thin[k, county.cell[p], condition]:
            continue
        bars = doors.bar_self[w, s]
        own = np.int64(hot[p, w, LISTS]) & (bars | bars << 8)
        bars = doors.bar_child[w, s]
        mother = np.int64(0)
        father = np.int64(0)
        if bars != 0:
            mother = parent_lists(county.parents, lives, p, w, 0, t) & (bars | bars << 8)
            father = parent_lists(county.parents, lives, p, w, 1, t) & (bars | bars << 8)
        outcome = _GRANTED if lucky else _UNSUCCESSFUL
        if own | mother | father:
            closed = (own, mother, father)
            outcome = before_closed_door(
                county, fate, doors, lives, tally, scratch.denied, p, w, s, t, event, closed, lucky
            )
            denied = denied or outcome == _DENIED
        else:
            hot[p, w, LIFE] |= np.uint16(ASKED)
        pattern |= outcome << (3 * w)
        weekly[w, g, W_NEEDS + outcome] += 1
        if outcome == _GRANTED and doors.grants_work[s] and condition == _JOBLESS:
            hired |= 1 << w
    if pattern == 0:
        return 0
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
def count_alike(tally, alike, s, t, worlds):  # type: ignore[no-untyped-def]
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
            key = ((t // PERIOD_WEEKS * 256 + g) * 64 + s) * 16777216 + outcome * every
            add(tally.needs, tally.used, 1, key, number)


@jit
def needs(county, fate, kinds, doors, lives, tally, scratch, k, t):  # type: ignore[no-untyped-def]
    """Live all needs of one kind.

    Nearly everybody is on no list and in the same condition in all worlds, and then meets the same in all of them:
    that is decided once. Everybody else goes to ``one_need``, and so does everybody where parents or work matter.
    """
    hot, cells, groups = lives.hot, county.cell, county.group
    words, whom, alike = scratch.words, scratch.whom, scratch.alike
    worlds = hot.shape[1]
    s = np.int64(kinds.index[k])
    thin, success = kinds.thin[k], doors.success[s]
    plain = doors.grants_work[s] == 0
    for w in range(worlds):
        plain = plain and doors.bar_child[w, s] == 0
    kept = 0
    for block in range(scratch.numbers.shape[1]):
        n, c1, c2, _ = meet(county, fate, kinds, hot, scratch, k, block, t)
        for e in range(n):
            p = np.int64(whom[e])
            reach = np.int64(words[2, e])
            lucky = np.int64(words[3, e]) < success
            condition = np.int64(hot[p, 0, LIFE]) & 7
            cell = cells[p]
            reached = False
            same = plain
            for w in range(worlds):
                now = np.int64(hot[p, w, LIFE]) & 7
                reached = reached or reach < thin[cell, now]
                same = same and hot[p, w, LISTS] == 0 and now == condition
            if not reached:
                continue
            if not same:
                event = (np.int64(e), c1, c2)
                kept += one_need(county, fate, kinds, doors, lives, tally, scratch, k, t, p, event, reach, lucky)
            else:
                kept += 1
                alike[groups[p], 1 if lucky else 0] += 1
                for w in range(worlds):
                    hot[p, w, LIFE] |= np.uint16(ASKED)
        tally.candidates[k, 0] += n
    tally.candidates[k, 1] += kept
    count_alike(tally, alike, s, t, worlds)
