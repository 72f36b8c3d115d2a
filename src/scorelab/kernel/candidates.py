"""Step 3, fate: how many candidates of a kind there are in a block, and whom they meet."""

import numpy as np

from scorelab.kernel.fate import BLOCK, CALL, COUNT, fill, philox
from scorelab.kernel.jit import jit, prefetch
from scorelab.kernel.layout import ALWAYS

DRAWN_AT_ONCE = 16
"""Words are drawn in multiples of this many events."""


@jit
def first_counter(kinds, k, t):  # type: ignore[no-untyped-def]
    """The word c1 of the events of a kind in a week."""
    return t + 16 * CALL * kinds.layer[k]


@jit
def count(county, fate, kinds, numbers, t):  # type: ignore[no-untyped-def]
    """Draw the week's candidates of each kind and block into ``numbers``; return their sum and the most of a kind."""
    total = 0
    largest = 0
    blocks = numbers.shape[1]
    for k in range(numbers.shape[0]):
        of_kind = 0
        c1 = np.uint64(first_counter(kinds, k, t))
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
            of_kind += n
        total += of_kind
        largest = max(largest, of_kind)
    return total, largest


@jit
def pick(slot_word, coin, slots):  # type: ignore[no-untyped-def]
    """Whom an event meets, counted from the block's first person: its slot's own person, or the slot's other one.

    ``slots`` is one block of an alias table (Walker 1977).
    """
    slot = (np.int64(slot_word) * slots.shape[0]) >> 32
    other = np.int64(slots[slot, 1])
    return slot if coin < slots[slot, 0] else other


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
def meet(fate, alias, numbers, purpose, c1, hot, words, whom, begins):  # type: ignore[no-untyped-def]
    """Draw the week's events of one kind, ``numbers`` of them in each block; returns how many there are.

    ``alias`` is the kind's table. The words of the events go to ``words``, whom they meet to ``whom``, and the number
    of each block's first event to ``begins``. All persons are found before any is looked at, so that the processor can
    fetch the memory of many of them at a time; and a few more words are drawn than there are events, so that vector
    loops draw them all.
    """
    n = 0
    for block in range(numbers.shape[0]):
        begins[block] = n
        for e in range(numbers[block]):
            words[0, n + e] = e
            words[1, n + e] = block
        n += numbers[block]
    end = n + -n % DRAWN_AT_ONCE
    c2 = fate.county * np.uint64(4096)
    row0, row1, row2, row3 = words[0, :end], words[1, :end], words[2, :end], words[3, :end]
    fill(row0, row1, row2, row3, np.uint64(c1), c2, purpose, fate.key0, fate.key1)
    for block in range(numbers.shape[0]):
        first = block * BLOCK
        slots = alias[first : first + BLOCK]
        for e in range(begins[block], begins[block] + numbers[block]):
            p = first + pick(row0[e], row1[e], slots)
            whom[e] = p
            prefetch(hot, p)
    return n


@jit
def event(county, begins, c1, e, p):  # type: ignore[no-untyped-def]
    """The first three words of the counter of event ``e``, which meets person ``p``; ``county`` as in Fate."""
    block = p // BLOCK
    return e - begins[block], c1, np.int64(county) * 4096 + block
