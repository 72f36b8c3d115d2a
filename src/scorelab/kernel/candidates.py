"""Step 3, fate: how many candidates of a kind there are in a block, and whom they meet."""

import numpy as np

from scorelab.kernel.fate import BLOCK, CALL, COUNT, fill, philox
from scorelab.kernel.jit import jit, prefetch
from scorelab.kernel.layout import ALWAYS

DRAWN_AT_ONCE = 16
"""Words are drawn in multiples of this many events."""


@jit
def count(county, fate, kinds, numbers, t):  # type: ignore[no-untyped-def]
    """Draw the week's number of candidates of each kind and block into ``numbers``; return their sum and largest."""
    total = 0
    largest = 0
    blocks = numbers.shape[1]
    for k in range(numbers.shape[0]):
        c1 = np.uint64(t + 16 * CALL * kinds.layer[k])
        for block in range(blocks):
            c2 = fate.county * np.uint64(4096) + np.uint64(block)
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
            n = county.first[k, block] + low - begin
            numbers[k, block] = n
            total += n
            largest = max(largest, n)
    return total, largest


@jit
def pick(slot_word, coin, accept, other):  # type: ignore[no-untyped-def]
    """Whom an event meets, counted from the block's first person: its slot's own person, or the slot's other one.

    ``accept`` and ``other`` are one block of one kind of the alias tables (Walker 1977).
    """
    slot = (np.int64(slot_word) * accept.shape[0]) >> 32
    second = np.int64(other[slot])
    return slot if coin < accept[slot] else second


@jit
def times(rate, factor):  # type: ignore[no-untyped-def]
    """A rate of at most LARGEST_RATE times a factor in 2**-16, of at most 2**30."""
    return rate * (factor >> 16) + ((rate * (factor & 65535)) >> 16)


@jit
def in_layer(layer, rate):  # type: ignore[no-untyped-def]
    """The threshold of a rate, in 2**-32 of layer 0, within a layer: what lower layers have no room for falls to it."""
    if layer == 0:
        return min(ALWAYS, rate)
    return min(ALWAYS, max(0, rate - (ALWAYS << (layer - 1))) >> (layer - 1))


@jit
def meet(county, fate, kinds, hot, scratch, k, block, t):  # type: ignore[no-untyped-def]
    """Draw the words of a kind's events in a block to ``scratch.words`` and whom they meet to ``scratch.whom``.

    Returns (n, c1, c2). All persons are found first, so that the processor can fetch the memory of many of them at a
    time; and a few words more are drawn than there are events, so that all are drawn by vector loops.
    """
    n = scratch.numbers[k, block]
    words, whom = scratch.words, scratch.whom
    c1 = t + 16 * CALL * kinds.layer[k]
    c2 = np.int64(fate.county) * 4096 + block
    fill(words, n + -n % DRAWN_AT_ONCE, 0, np.uint64(c1), np.uint64(c2), kinds.purpose[k], fate.key0, fate.key1)
    first = block * BLOCK
    accept, other = county.accept[k, first : first + BLOCK], county.other[k, first : first + BLOCK]
    for e in range(n):
        p = first + pick(words[0, e], words[1, e], accept, other)
        whom[e] = p
        prefetch(hot, p)
    return n, c1, c2
