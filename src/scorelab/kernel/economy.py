"""Step 9, economy: jobs are lost and found."""

import numpy as np

from scorelab.kernel.candidates import meet
from scorelab.kernel.jit import jit
from scorelab.kernel.layout import LIFE
from scorelab.words import Condition

_WORKING = int(Condition.working)
_JOBLESS = int(Condition.jobless)


@jit
def become(lives, p, w, condition):  # type: ignore[no-untyped-def]
    """Change a person's condition in one world between working and jobless."""
    life = lives.hot[p, w]
    life[LIFE] = (life[LIFE] & np.uint16(0xFFF8)) | np.uint16(condition)
    lives.jobless[w, lives.group[p]] += 1 if condition == _JOBLESS else -1


@jit
def job_losses(county, fate, kinds, lives, scratch, candidates, k, t):  # type: ignore[no-untyped-def]
    """Working persons who lose their job."""
    words, thin = scratch.words, kinds.thin[k]
    for block in range(scratch.numbers.shape[1]):
        n, _, _, _ = meet(county, fate, kinds, lives.hot, scratch, k, block, t)
        for e in range(n):
            p = np.int64(scratch.whom[e])
            kept = 0
            for w in range(lives.hot.shape[1]):
                condition = np.int64(lives.hot[p, w, LIFE]) & 7
                if words[2, e] < thin[county.cell[p], condition] and condition == _WORKING:
                    become(lives, p, w, _JOBLESS)
                    kept = 1
            candidates[k, 1] += kept
        candidates[k, 0] += n


@jit
def hires(lives, scratch):  # type: ignore[no-untyped-def]
    """Jobless persons whom the needs of step 8 led to a job."""
    for row in range(scratch.queued[1]):
        p = scratch.hires[row, 0]
        for w in range(lives.hot.shape[1]):
            if scratch.hires[row, 1] >> w & 1 and np.int64(lives.hot[p, w, LIFE]) & 7 == _JOBLESS:
                become(lives, p, w, _WORKING)
