"""Step 10, response: what one's own acts teach about the risk of a record, and what one hears of others."""

import numpy as np

from scorelab.kernel.fate import CALL, philox
from scorelab.kernel.jit import inlined, jit, prefetch
from scorelab.kernel.layout import KNOWN, RISK, RISK_WEEK
from scorelab.kernel.lives import faded, words_by_person
from scorelab.kernel.parts import (
    BEHAVIOUR_DOMAIN,
    BEHAVIOUR_WHY_ROUND,
    MIND,
    NEWS_USED,
    PROCESS_WHY_HEAR,
    WORLD_HEARD,
    WORLD_LEARNING,
    WORLD_PRIOR,
    WORLD_SPREAD,
    WORLD_TALK,
)
from scorelab.words import Tie

_HEARERS = (int(Tie.household), int(Tie.friend), int(Tie.colleague))


@inlined
def learn(mind, rest, w, t, met, target, rate, rounding):  # type: ignore[no-untyped-def]
    """Move perceived risk towards what was met; a share of the change passes to the other domains."""
    world = mind.world[w]
    domains = rest.shape[0] - MIND - RISK - 1
    for d in range(domains):
        rest[MIND + RISK + d] = faded(rest, t, d, world[WORLD_PRIOR], mind.fade[w])
    rest[MIND + RISK_WEEK] = t
    change = rate * (target - np.int64(rest[MIND + RISK + met]))
    passed = (world[WORLD_SPREAD] * change) >> 16
    for d in range(domains):
        half = (np.int64(rounding[d // 2]) >> (16 * (d % 2))) & 65535
        moved = change if d == met else passed
        now = np.int64(rest[MIND + RISK + d]) + ((moved + half) >> 16)
        rest[MIND + RISK + d] = min(max(now, 0), 65535)


@jit
def response(fate, mind, lives, scratch, t):  # type: ignore[no-untyped-def]
    """Let everybody who acted and has a scheme to think of learn, world by world, in the order of the acts."""
    hot = lives.hot
    for row in range(scratch.queued[0]):
        act = scratch.acts[row]
        p, b = act[0], act[1]
        prefetch(lives.rest, scratch.acts[min(row + 4, scratch.queued[0] - 1), 0])
        learning = 0
        for w in range(hot.shape[1]):
            known = np.int64(hot[p, w, KNOWN])
            if act[5] >> w & 1 and known & known >> 8 & mind.deters[w, b] & scratch.in_force[w]:
                learning |= 1 << w
        if learning == 0:
            continue
        behaviour = mind.behaviours[b]
        why = np.uint64(behaviour[BEHAVIOUR_WHY_ROUND])
        rounding = philox(np.uint64(act[2]), np.uint64(act[3]), np.uint64(act[4]), why, fate.key0, fate.key1)
        for w in range(hot.shape[1]):
            if learning >> w & 1:
                target = 65535 if act[6] >> w & 1 else 0
                rate = mind.world[w, WORLD_LEARNING]
                learn(mind, lives.rest[p, w], w, t, behaviour[BEHAVIOUR_DOMAIN], target, rate, rounding)


@jit
def news(county, fate, mind, process, lives, queues, t):  # type: ignore[no-untyped-def]
    """Households, friends and colleagues hear of the week's entries onto lists; ``process`` as in Rules."""
    for row in range(queues.counter[NEWS_USED]):
        p, w, b, h = queues.news[row]
        world = mind.world[w]
        why = process[w, h, PROCESS_WHY_HEAR]
        met = mind.behaviours[b, BEHAVIOUR_DOMAIN]
        for tie in _HEARERS:
            for at in range(county.tie_from[tie, p], county.tie_from[tie, p + 1]):
                q = np.int64(county.tie[at])
                word, _, _, _ = words_by_person(fate, q, t, why)
                if np.int64(word) < world[WORLD_TALK]:
                    lives.hot[q, w, KNOWN] |= np.uint16(1 << h)
                    rounding = words_by_person(fate, q, t + CALL, why)
                    learn(mind, lives.rest[q, w], w, t, met, 65535, world[WORLD_HEARD], rounding)
    queues.counter[NEWS_USED] = 0
