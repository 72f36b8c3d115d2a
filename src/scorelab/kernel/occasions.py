"""Step 4, acts: who meets an occasion, and who goes through with it in which world."""

import numpy as np

from scorelab.kernel.candidates import meet
from scorelab.kernel.jit import jit
from scorelab.kernel.layout import ALWAYS, LIFE, PERIOD_WEEKS, W_ACTS, W_OCCASIONS
from scorelab.kernel.lives import faded
from scorelab.kernel.tables import add
from scorelab.words import Act

_REFRAINED = int(Act.refrained)
_ACTED = int(Act.acted)


@jit
def deterred(rest, t, d, prior, fade, acting, schemes):  # type: ignore[no-untyped-def]
    """Threshold of acting at the perceived risk in domain ``d``: that of the scheme, of some, that deters most.

    ``acting`` holds the world's table of each scheme, read by interpolation; ``schemes`` are bits.
    """
    risk = faded(rest, t, d, prior, fade)
    step = risk >> 8
    least = np.int64(ALWAYS)
    for h in range(acting.shape[0]):
        if schemes >> h & 1:
            low = acting[h, step]
            least = min(least, low + (((acting[h, step + 1] - low) * (risk & 255)) >> 8))
    return least


@jit
def occasions(county, fate, kinds, mind, lives, tally, scratch, k, t):  # type: ignore[no-untyped-def]
    """Live all occasions of one kind; appends to ``scratch.acts`` those acted on in some world."""
    hot, groups, cells = lives.hot, county.group, county.cell
    words, acts, queued = scratch.words, scratch.acts, scratch.queued
    b = np.int64(kinds.index[k])
    thin, base, deters, acting = kinds.thin[k], mind.base[:, b], scratch.deters, mind.acting[:, :, b]
    prior, fade, domain = mind.prior, mind.fade, mind.domain[b]
    weekly, table, used = tally.weekly[t], tally.occasions, tally.used
    for w in range(hot.shape[1]):
        deters[w] = (mind.deters[w, b] & scratch.in_force[w]) << 8
    kept = 0
    for block in range(scratch.numbers.shape[1]):
        n, c1, c2, _ = meet(county, fate, kinds, hot, scratch, k, block, t)
        for e in range(n):
            p = np.int64(scratch.whom[e])
            reach = np.int64(words[2, e])
            chance = np.int64(words[3, e])
            cell = cells[p]
            g = np.int64(groups[p])
            pattern = 0
            acted = 0
            for w in range(hot.shape[1]):
                now = np.int64(hot[p, w, LIFE])
                if reach >= thin[cell, now & 7]:
                    continue
                weekly[w, g, W_OCCASIONS] += 1
                bound = base[w]
                known = (now & deters[w]) >> 8
                if known:
                    bound = deterred(lives.rest[p, w], t, domain, prior[w], fade[w], acting[w], known)
                if chance < bound:
                    acted |= 1 << w
                    weekly[w, g, W_ACTS] += 1
                    pattern |= _ACTED << (2 * w)
                else:
                    pattern |= _REFRAINED << (2 * w)
            if pattern != 0:
                kept += 1
                add(table, used, 0, ((t // PERIOD_WEEKS * 256 + g) * 64 + b) * 65536 + pattern, 1)
            if acted != 0:
                act = acts[queued[0]]
                act[0] = p
                act[1] = b
                act[2] = e
                act[3] = c1
                act[4] = c2
                act[5] = acted
                act[6] = 0
                queued[0] += 1
        tally.candidates[k, 0] += n
    tally.candidates[k, 1] += kept
