"""Step 10, response: what one's own acts teach about the risk of a record."""

import numpy as np

from scorelab.kernel.fate import philox
from scorelab.kernel.jit import jit
from scorelab.kernel.layout import RISK, RISK_WEEK
from scorelab.kernel.lives import faded


@jit
def learn(mind, rest, w, t, b, target, rounding):  # type: ignore[no-untyped-def]
    """Move perceived risk towards what was met; a share of the change passes to the other domains."""
    domains = rest.shape[0] - RISK
    for d in range(domains):
        rest[RISK + d] = faded(rest, t, d, mind.prior[w], mind.fade[w])
    rest[RISK_WEEK] = t
    met = mind.domain[b]
    change = mind.learning[w] * (target - np.int64(rest[RISK + met]))
    passed = (mind.spread[w] * change) >> 16
    for d in range(domains):
        half = (np.int64(rounding[d // 2]) >> (16 * (d % 2))) & 65535
        moved = change if d == met else passed
        now = np.int64(rest[RISK + d]) + ((moved + half) >> 16)
        rest[RISK + d] = min(max(now, 0), 65535)


@jit
def response(fate, mind, rests, scratch, t):  # type: ignore[no-untyped-def]
    """Let everybody who acted learn, world by world, in the order of the acts."""
    for row in range(scratch.queued[0]):
        act = scratch.acts[row]
        rounding = philox(
            np.uint64(act[2]),
            np.uint64(act[3]),
            np.uint64(act[4]),
            mind.round_purpose[act[1]],
            fate.key0,
            fate.key1,
        )
        for w in range(rests.shape[1]):
            if act[5] >> w & 1:
                target = 65535 if act[6] >> w & 1 else 0
                learn(mind, rests[act[0], w], w, t, act[1], target, rounding)
