"""Step 3, fate: how many candidates of a kind there are in a block, and whom they meet."""

import numpy as np

from scorelab.kernel.fate import BLOCK, CALL, COUNT, fill, philox
from scorelab.kernel.jit import jit


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
def draw(fate, layer, purpose, words, block, n, t):  # type: ignore[no-untyped-def]
    """Write the first four words of ``n`` events to ``words``; return (c1, c2) of their counters."""
    c1 = t + 16 * CALL * layer
    c2 = np.int64(fate.county) * 4096 + block
    fill(words, n, 0, np.uint64(c1), np.uint64(c2), purpose, fate.key0, fate.key1)
    return c1, c2


@jit
def pick(slot_word, coin, accept, other):  # type: ignore[no-untyped-def]
    """Whom an event meets, counted from the block's first person: its slot's own person, or the slot's other one.

    ``accept`` and ``other`` are one block of one kind of the alias tables (Walker 1977).
    """
    slot = (np.int64(slot_word) * accept.shape[0]) >> 32
    if coin < accept[slot]:
        return slot
    return np.int64(other[slot])
