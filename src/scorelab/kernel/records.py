"""Step 5, records: what the sources notice and write down, true and false; each record then goes to its office."""

import numpy as np

from scorelab.kernel.agenda import schedule
from scorelab.kernel.candidates import event, first_counter, in_layer, meet, times
from scorelab.kernel.counted import (
    R_ALERTS_FALSE,
    R_ALERTS_TRUE,
    R_EXPECTED,
    R_FALSE,
    R_TRUE,
    R_WATCHED,
    W_RECORDS_FALSE,
    W_RECORDS_TRUE,
)
from scorelab.kernel.fate import philox
from scorelab.kernel.jit import inlined, jit
from scorelab.kernel.layout import (
    ALWAYS,
    ARRIVAL,
    FALSE_LISTS,
    KNOWN,
    LIFE,
    STANDING,
    TRACED,
    TRUE_LISTS,
)
from scorelab.kernel.lives import condition_of
from scorelab.kernel.parts import (
    SCORE_SCHEME,
    SOURCE_ATTENTION,
    SOURCE_ATTENTION_GRADES,
    SOURCE_ATTENTION_LISTS,
    SOURCE_DELAY,
    SOURCE_FUSED,
    SOURCE_KEEP_FALSE,
    SOURCE_KEEP_TRUE,
    SOURCE_NAMED,
    SOURCE_OTHERWISE,
    SOURCE_SCHEME,
    SOURCE_VARIED,
    SOURCE_WHY_WHICH,
    WORLD_FUSION_NEEDS,
    WORLD_SCORE,
)
from scorelab.kernel.trace import WRITTEN, note
from scorelab.words import CELLS

_CELLS = CELLS
_ATTRIBUTES = 8
_LARGEST_FACTOR = 1 << 30


@jit
def event_words(fate, e, c1, c2, purpose):  # type: ignore[no-untyped-def]
    """The four words of an event for a purpose."""
    x0, x1, x2, x3 = philox(np.uint64(e), np.uint64(c1), np.uint64(c2), purpose, fate.key0, fate.key1)
    return np.int64(x0), np.int64(x1), np.int64(x2), np.int64(x3)


@jit
def event_word(fate, e, c1, c2, purpose):  # type: ignore[no-untyped-def]
    """The word of an event for a purpose."""
    word, _, _, _ = event_words(fate, e, c1, c2, purpose)
    return word


@jit
def applies(life, h, in_force):  # type: ignore[no-untyped-def]
    """Whether a scheme applies to a person in a world: it is in force (bits) and the person is a member."""
    return h >= 0 and (in_force & np.int64(life[KNOWN]) >> 8) >> h & 1 == 1


@inlined
def factor(source, select, life, attributes, cell, in_force, sees, world):  # type: ignore[no-untyped-def]
    """How much more or less a source looks at this person: by group, by status, and as its rule of risk selects."""
    f = sees
    if source[SOURCE_ATTENTION_LISTS] | source[SOURCE_ATTENTION_GRADES]:
        lists = np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])
        close = lists & source[SOURCE_ATTENTION_LISTS] != 0
        if source[SOURCE_ATTENTION_GRADES] >> (np.int64(life[STANDING]) & 15) & 1:
            close = close or applies(life, world[WORLD_SCORE + SCORE_SCHEME], in_force)
        if close:
            f = (f * source[SOURCE_ATTENTION]) >> 16
    weight = select[1 + cell] + select[1 + _CELLS + _ATTRIBUTES + condition_of(life[LIFE])]
    for a in range(_ATTRIBUTES):
        if attributes >> a & 1:
            weight += select[1 + _CELLS + a]
    if weight < select[0]:
        f = (f * source[SOURCE_OTHERWISE]) >> 16
    return min(f, _LARGEST_FACTOR)


@inlined
def notice(watch, source, life, attributes, cell, w, r, b, in_force):  # type: ignore[no-untyped-def]
    """Thresholds of an alert and of a record of an act."""
    alert = watch.alert[w, r, b]
    if source[SOURCE_VARIED]:
        sees, select = watch.sees[w, r, cell], watch.select[w, r]
        f = factor(source, select, life, attributes, cell, in_force, sees, watch.world[w])
        alert = min(ALWAYS, (alert * f) >> 16)
    return alert, (alert * source[SOURCE_KEEP_TRUE]) >> 16


@jit
def fuse(fusing, w, r, words):  # type: ignore[no-untyped-def]
    """Remember that a fused source wrote something about the act at hand."""
    row = fusing[w]
    if row[0] == 0:
        row[1] = r
        row[2], row[3], row[4] = words
    row[0] += 1


@inlined
def hand_over(queues, source, p, w, b, r, truth, words, t):  # type: ignore[no-untyped-def]
    """A record is on its way to its office, where it arrives in step 6, or after its delay."""
    due = t + source[SOURCE_DELAY]
    schedule(queues, due, ARRIVAL, p, w, b, r, truth + 2 * source[SOURCE_SCHEME], words[0], words[1], words[2])


@inlined
def seen_by(fate, watch, lives, queues, book, scratch, act, r, attributes, t):  # type: ignore[no-untyped-def]
    """One act, as one source sees it in all worlds; returns whether a fused source wrote something anywhere."""
    p, b = act[0], act[1]
    cell = np.int64(lives.cell[p])
    drawn = False
    fused = False
    x0, x1, x2, x3 = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    for w in range(lives.hot.shape[1]):
        if act[5] >> w & 1 == 0 or watch.alert[w, r, b] == 0:
            continue
        source = watch.sources[w, r]
        life = lives.hot[p, w]
        if not applies(life, source[SOURCE_SCHEME], scratch.in_force[w]):
            continue
        if not drawn:
            x0, x1, x2, x3 = event_words(fate, act[2], act[3], act[4], watch.record_purpose[r, b])
            drawn = True
        alert, kept = notice(watch, source, life, attributes, cell, w, r, b, scratch.in_force[w])
        counted = book.records[w, r, b]
        counted[R_WATCHED] += 1
        counted[R_EXPECTED] += kept
        counted[R_ALERTS_TRUE] += 1 if x0 < alert else 0
        if x0 >= kept:
            continue
        counted[R_TRUE] += 1
        book.weekly[w, lives.group[p], W_RECORDS_TRUE] += 1
        if np.int64(life[LIFE]) & TRACED:
            note(lives, t, p, w, WRITTEN, b, r, 0)
        if source[SOURCE_FUSED]:
            fuse(scratch.fusing, w, r, (x1, x2, x3))
            fused = True
        else:
            act[6] |= 1 << w
            hand_over(queues, source, p, np.int64(w), b, np.int64(r), np.int64(0), (x1, x2, x3), t)
    return fused


@jit
def hand_over_fused(watch, queues, fusing, act, t):  # type: ignore[no-untyped-def]
    """What several sources wrote about one act becomes one record, where enough of them wrote something."""
    for w in range(fusing.shape[0]):
        row = fusing[w]
        if row[0] > 0 and row[0] >= watch.world[w, WORLD_FUSION_NEEDS]:
            act[6] |= 1 << w
            source = watch.sources[w, row[1]]
            words = (row[2], row[3], row[4])
            hand_over(queues, source, act[0], np.int64(w), act[1], row[1], np.int64(0), words, t)
        row[0] = 0


@jit
def true_records(county, fate, watch, lives, queues, book, scratch, t):  # type: ignore[no-untyped-def]
    """Each act of the week, as each source sees it; marks in ``scratch.acts`` the worlds in which it was recorded."""
    for row in range(scratch.queued[0]):
        act = scratch.acts[row]
        attributes = np.int64(county.attributes[act[0]])
        fused = False
        for r in range(watch.alert.shape[1]):
            if watch.watched[r, act[1]]:
                wrote = seen_by(fate, watch, lives, queues, book, scratch, act, r, attributes, t)
                fused = fused or wrote
        if fused:
            hand_over_fused(watch, queues, scratch.fusing, act, t)


@inlined
def one_mistake(fate, watch, lives, queues, book, scratch, share, layer, worlds, r, p, event, chance, attributes, t):  # type: ignore[no-untyped-def]
    """One false alert, in each world (bits) in which it is given; returns 1 if a record is written anywhere."""
    e, c1, c2 = event
    cell = np.int64(lives.cell[p])
    written = 0
    drawn = False
    y0, y1, y2, y3 = np.int64(0), np.int64(0), np.int64(0), np.int64(0)
    for w in range(lives.hot.shape[1]):
        source = watch.sources[w, r]
        life = lives.hot[p, w]
        if worlds >> w & 1 == 0 or not applies(life, source[SOURCE_SCHEME], scratch.in_force[w]):
            continue
        rate = share[w, cell]
        if source[SOURCE_VARIED]:
            select, one = watch.select[w, r], np.int64(65536)
            f = factor(source, select, life, attributes, cell, scratch.in_force[w], one, watch.world[w])
            rate = times(rate, f)
        alert = in_layer(layer, rate)
        if chance >= alert:
            continue
        if not drawn:
            y0, y1, y2, y3 = event_words(fate, e, c1, c2, np.uint64(source[SOURCE_WHY_WHICH]))
            drawn = True
        b = watch.mistaken_for[w, r, (y0 * source[SOURCE_NAMED]) >> 32]
        counted = book.records[w, r, b]
        counted[R_ALERTS_FALSE] += 1
        if chance < (alert * source[SOURCE_KEEP_FALSE]) >> 16:
            written = 1
            counted[R_FALSE] += 1
            book.weekly[w, lives.group[p], W_RECORDS_FALSE] += 1
            if np.int64(life[LIFE]) & TRACED:
                note(lives, t, p, w, WRITTEN, b, r, 1)
            hand_over(queues, source, p, np.int64(w), b, r, np.int64(1), (y1, y2, y3), t)
    return written


@jit
def mistakes(county, fate, kinds, watch, lives, queues, book, scratch, candidates, k, t):  # type: ignore[no-untyped-def]
    """All false records of one kind: somebody is written down who did nothing."""
    r = np.int64(kinds.item[k])
    words, thin, share, layer = scratch.words, kinds.thin[k], kinds.share[k], kinds.layer[k]
    c1 = first_counter(kinds, k, t)
    alias = county.alias[county.alias_of[k]]
    n = meet(fate, alias, scratch.numbers[k], kinds.purpose[k], c1, lives.hot, words, scratch.whom, scratch.begins)
    for e in range(n):
        p = np.int64(scratch.whom[e])
        reach = np.int64(words[2, e])
        worlds = np.int64(0)
        for w in range(lives.hot.shape[1]):
            if reach < thin[lives.age[p], condition_of(lives.hot[p, w, LIFE])]:
                worlds |= kinds.worlds[k] & 1 << w
        if worlds != 0:
            which = event(fate.county, scratch.begins, c1, e, p)
            chance, attributes = np.int64(words[3, e]), np.int64(county.attributes[p])
            candidates[k, 1] += one_mistake(
                fate, watch, lives, queues, book, scratch, share, layer, worlds, r, p, which, chance, attributes, t
            )
    candidates[k, 0] += n
