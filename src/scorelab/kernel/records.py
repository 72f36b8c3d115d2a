"""Step 5, records: what the sources write down, true and false; each record then goes to the rules of step 6."""

import numpy as np

from scorelab.kernel.candidates import meet
from scorelab.kernel.fate import philox
from scorelab.kernel.jit import jit
from scorelab.kernel.layout import LIFE, W_RECORDS_FALSE, W_RECORDS_TRUE
from scorelab.kernel.lives import apply_record


@jit
def event_word(fate, e, c1, c2, purpose):  # type: ignore[no-untyped-def]
    """The word of an event for a purpose."""
    word, _, _, _ = philox(np.uint64(e), np.uint64(c1), np.uint64(c2), purpose, fate.key0, fate.key1)
    return np.int64(word)


@jit
def hand_over(fate, rules, lives, pending, weekly, turnover, delay, record, t):  # type: ignore[no-untyped-def]
    """Apply a record (person, world, behaviour, source, truth) at once, or keep it until its delay has passed."""
    p, w, b, r, truth = record
    if delay == 0:
        apply_record(fate, rules, lives, weekly[w], turnover[w], p, w, b, r, truth, t)
        return
    entry = pending.rows[pending.used[0]]
    entry[0] = t + delay
    entry[1] = p
    entry[2] = w
    entry[3] = b
    entry[4] = r
    entry[5] = truth
    pending.used[0] += 1


@jit
def watches(scheme, in_force):  # type: ignore[no-untyped-def]
    """Whether a source exists in a world (its scheme is not -1) and its scheme is in force there."""
    return scheme >= 0 and in_force >> scheme & 1 == 1


@jit
def true_records(fate, watch, rules, lives, pending, book, scratch, t):  # type: ignore[no-untyped-def]
    """Each act of the week, as each source sees it; marks in ``scratch.acts`` the worlds in which it was recorded.

    ``book`` is (weekly, turnover, records) of this week and year, by world.
    """
    weekly, turnover, records = book
    for row in range(scratch.queued[0]):
        act = scratch.acts[row]
        p = act[0]
        b = act[1]
        for r in range(watch.sensitivity.shape[1]):
            word = np.int64(-1)
            for w in range(weekly.shape[0]):
                chance = watch.sensitivity[w, r, b]
                if act[5] >> w & 1 == 0 or chance == 0 or not watches(watch.scheme[w, r], scratch.in_force[w]):
                    continue
                if word < 0:
                    word = event_word(fate, act[2], act[3], act[4], watch.record_purpose[r, b])
                records[w, r, b, 0] += 1
                records[w, r, b, 1] += chance
                if word < chance:
                    records[w, r, b, 2] += 1
                    weekly[w, lives.group[p], W_RECORDS_TRUE] += 1
                    act[6] |= 1 << w
                    record = (p, np.int64(w), b, np.int64(r), np.int64(0))
                    hand_over(fate, rules, lives, pending, weekly, turnover, watch.delay[w, r], record, t)


@jit
def which(fate, watch, w, r, e, c1, c2):  # type: ignore[no-untyped-def]
    """The behaviour that a false record names: each one that the source watches is as likely."""
    named = 0
    while named < watch.mistaken_for.shape[2] and watch.mistaken_for[w, r, named] >= 0:
        named += 1
    word = event_word(fate, e, c1, c2, watch.which_purpose[r])
    return watch.mistaken_for[w, r, (word * named) >> 32]


@jit
def mistakes(county, fate, kinds, watch, rules, lives, pending, book, scratch, candidates, k, t):  # type: ignore[no-untyped-def]
    """All false records of one kind: somebody is written down who did nothing."""
    weekly, turnover, records = book
    r = np.int64(kinds.index[k])
    words, thin = scratch.words, kinds.thin[k]
    for block in range(scratch.numbers.shape[1]):
        n, c1, c2, _ = meet(county, fate, kinds, lives.hot, scratch, k, block, t)
        for e in range(n):
            p = np.int64(scratch.whom[e])
            kept = 0
            for w in range(weekly.shape[0]):
                concerned = kinds.worlds[k] >> w & 1
                if concerned == 0 or not watches(watch.scheme[w, r], scratch.in_force[w]):
                    continue
                condition = np.int64(lives.hot[p, w, LIFE]) & 7
                if words[2, e] >= thin[county.cell[p], condition] or words[3, e] >= kinds.share[k, w]:
                    continue
                kept = 1
                b = which(fate, watch, w, r, e, c1, c2)
                records[w, r, b, 3] += 1
                weekly[w, lives.group[p], W_RECORDS_FALSE] += 1
                record = (p, np.int64(w), b, r, np.int64(1))
                hand_over(fate, rules, lives, pending, weekly, turnover, watch.delay[w, r], record, t)
            candidates[k, 1] += kept
        candidates[k, 0] += n
