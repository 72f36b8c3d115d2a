"""A part of the week in one definition for a processor and a graphics card: the words, whom they meet, acts, learning.

The tables, the words of chance and the arithmetic are the kernel's own, called unchanged. Left out are records, lists,
scores, ties, doors and the economy, and whatever changes with the calendar. A candidate is drawn, picks its person, is
thinned in each world, and is then an occasion (habit, grievance and perceived risk decide) or a need (granted or not);
sums are integers. At the end of the week everybody learns from the own acts, in their order.

Events of a week read what none of them changes, and their sums commute: so many threads may share a county's week, if
they add atomically, wait for each other before the learning, and leave each person's learning to one thread. ``define``
makes the functions for either machine: with one lane a call lives the week by itself.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from scorelab.kernel.candidates import first_counter, pick
from scorelab.kernel.counted import W_ACTS, W_GRANTED, W_OCCASIONS
from scorelab.kernel.fate import BLOCK, COUNT, philox
from scorelab.kernel.layout import (
    CONDITION,
    FAR,
    KNOWN,
    LARGEST_EXPONENT,
    LIFE,
    NEED,
    OCCASION,
)
from scorelab.kernel.lives import faded
from scorelab.kernel.occasions import read, undeterred
from scorelab.kernel.parts import (
    BEHAVIOUR_DOMAIN,
    BEHAVIOUR_WHY_ROUND,
    PUBLIC_RISK,
    STAKE_INNOCENT,
    WORLD_LEARNING,
    WORLD_PRIOR,
)
from scorelab.kernel.response import learn

ACT_FIELDS = 5
"""Of an act: the person or -1, the behaviour and four bits higher the worlds, and the three words of its counter."""


def define(jit: Callable[[Any], Any], add: Any, sync: Any) -> tuple[Any, Any, Any]:
    """(words, week, meet), compiled by ``jit``; ``add(table, at, n)`` adds, ``sync()`` waits for the other lanes."""

    @jit
    def words(first, count):  # type: ignore[no-untyped-def]
        """The words of so many counters, folded into one."""
        folded = np.uint64(0)
        for i in range(count):
            a, b, c, d = philox(
                np.uint64(first + i), np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4), np.uint64(5)
            )
            folded ^= a ^ (b << np.uint64(1)) ^ (c << np.uint64(2)) ^ (d << np.uint64(3))
        return folded

    @jit
    def number(county, fate, kinds, k, block, blocks, t):  # type: ignore[no-untyped-def]
        """Candidates of a kind in a block, as in the kernel."""
        c2 = fate.county * np.uint64(4096) + np.uint64(block)
        c1 = np.uint64(first_counter(kinds, k, t))
        word, _, _, _ = philox(np.uint64(COUNT), c1, c2, kinds.purpose[k], fate.key0, fate.key1)
        low = county.cut_from[k * blocks + block]
        high = county.cut_from[k * blocks + block + 1]
        begin = low
        while low < high:
            middle = (low + high) // 2
            if np.int64(county.cut[middle]) <= np.int64(word):
                low = middle + 1
            else:
                high = middle
        return county.first[k, block] + low - begin

    @jit
    def draw(county, fate, kinds, ends, t, lane, lanes):  # type: ignore[no-untyped-def]
        """Draw how many candidates each kind and block has; ``ends`` [K * blocks] are their running sums."""
        blocks = county.first.shape[1]
        for at in range(lane, ends.shape[0], lanes):
            ends[at] = number(county, fate, kinds, at // blocks, at % blocks, blocks, t)
        sync()
        if lane == 0:
            for at in range(1, ends.shape[0]):
                ends[at] += ends[at - 1]
        sync()

    @jit
    def whom(county, fate, kinds, k, block, e, t):  # type: ignore[no-untyped-def]
        """Whom an event meets, and the words that are left."""
        c2 = fate.county * np.uint64(4096) + np.uint64(block)
        c1 = np.uint64(first_counter(kinds, k, t))
        slot, coin, reach, chance = philox(np.uint64(e), c1, c2, kinds.purpose[k], fate.key0, fate.key1)
        begin = block * BLOCK
        p = begin + pick(slot, coin, county.alias[county.alias_of[k]][begin : begin + BLOCK])
        return p, np.int64(reach), np.int64(chance)

    @jit
    def bound(mind, climate, rest, natural, w, b, t):  # type: ignore[no-untyped-def]
        """The threshold of acting for whoever knows scheme 0 and is far from every cut."""
        d = mind.behaviours[b, BEHAVIOUR_DOMAIN]
        risk = faded(rest, t, d, mind.world[w, WORLD_PRIOR], mind.fade[w]) + climate.public[w, d, PUBLIC_RISK]
        stakes = mind.stakes[w, 0, b]
        power = read(mind.power[w], max(0, min(65535, risk) - stakes[STAKE_INNOCENT]), 8)
        most = min((stakes[FAR] * power) >> 16, LARGEST_EXPONENT - 1)
        return (natural * read(mind.curve[w], most, 11)) >> 30

    @jit
    def respond(fate, mind, lives, acts, total, t, lane, lanes):  # type: ignore[no-untyped-def]
        """Let the lane's own persons learn from their acts, in the order of the acts."""
        for row in range(total):
            p = acts[row, 0]
            if p < 0 or p % lanes != lane:
                continue
            b, worlds = acts[row, 1] >> 4, acts[row, 1] & 15
            why = np.uint64(mind.behaviours[b, BEHAVIOUR_WHY_ROUND])
            counter = (np.uint64(acts[row, 2]), np.uint64(acts[row, 3]), np.uint64(acts[row, 4]))
            rounding = philox(counter[0], counter[1], counter[2], why, fate.key0, fate.key1)
            target = 65535 if np.int64(rounding[3]) & 7 == 0 else 0
            for w in range(lives.hot.shape[1]):
                if worlds >> w & 1:
                    met = mind.behaviours[b, BEHAVIOUR_DOMAIN]
                    learn(mind, lives.rest[p, w], w, t, met, target, mind.world[w, WORLD_LEARNING], rounding)

    @jit
    def week(county, fate, kinds, mind, success, lives, climate, ends, acts, weekly, t, lane, lanes):  # type: ignore[no-untyped-def]
        """A week, or a lane's share in it; returns how many candidates the county had."""
        blocks = county.first.shape[1]
        draw(county, fate, kinds, ends, t, lane, lanes)
        total = ends[ends.shape[0] - 1]
        at, before = 0, np.int64(0)
        for row in range(lane, total, lanes):
            while ends[at] <= row:
                before = ends[at]
                at += 1
            k, block, e = at // blocks, at % blocks, row - before
            p, reach, chance = whom(county, fate, kinds, k, block, e, t)
            g, what, item = np.int64(lives.group[p]), kinds.what[k], np.int64(kinds.item[k])
            acted = np.int64(0)
            for w in range(lives.hot.shape[1]):
                life = np.int64(lives.hot[p, w, LIFE])
                if reach >= kinds.thin[k, lives.age[p], life & CONDITION]:
                    continue
                if what == OCCASION:
                    add(weekly, (w, g, W_OCCASIONS), 1)
                    threshold = undeterred(mind, climate, life, w, item)
                    known = np.int64(lives.hot[p, w, KNOWN])
                    if known & known >> 8 & mind.deters[w, item] & 1:
                        threshold = bound(mind, climate, lives.rest[p, w], threshold, w, item, t)
                    if chance < threshold:
                        acted |= np.int64(1) << w
                        add(weekly, (w, g, W_ACTS), 1)
                elif what == NEED and chance < success[item]:
                    add(weekly, (w, g, W_GRANTED), 1)
            acts[row, 0] = p if acted else -1
            acts[row, 1] = item << 4 | acted
            acts[row, 2] = e
            acts[row, 3] = first_counter(kinds, k, t)
            acts[row, 4] = np.int64(fate.county) * 4096 + block
        sync()
        respond(fate, mind, lives, acts, total, t, lane, lanes)
        sync()
        return total

    @jit
    def meet(county, fate, kinds, lives, ends, met, t, lane, lanes):  # type: ignore[no-untyped-def]
        """Only draw the week's events, and add to ``met`` how many lives they reach; returns how many there are."""
        blocks = county.first.shape[1]
        draw(county, fate, kinds, ends, t, lane, lanes)
        total = ends[ends.shape[0] - 1]
        at, before, found = 0, np.int64(0), np.int64(0)
        for row in range(lane, total, lanes):
            while ends[at] <= row:
                before = ends[at]
                at += 1
            k, block = at // blocks, at % blocks
            p, reach, _ = whom(county, fate, kinds, k, block, row - before, t)
            for w in range(lives.hot.shape[1]):
                if reach < kinds.thin[k, lives.age[p], np.int64(lives.hot[p, w, LIFE]) & CONDITION]:
                    found += 1
        add(met, 0, found)
        sync()
        return total

    return words, week, meet
