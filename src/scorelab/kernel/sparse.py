"""Sparse counts: hash tables of keys and counts, with open addressing.

A table is an array [room, 2] of 64-bit integers, room a power of two; column 0 holds 1 + the key (0: free),
column 1 the count. Whoever adds makes sure beforehand that there is room; the order of the rows means nothing.
"""

import numpy as np

from scorelab.kernel.jit import jit
from scorelab.kernel.layout import Int64s


@jit
def add(table, used, which, key, count):  # type: ignore[no-untyped-def]
    """Add ``count`` to the entry of ``key``; ``used[which]`` is the number of entries."""
    mask = table.shape[0] - 1
    mixed = (key & 0x7FFFFFFF) * 0x1E3779B1 + (key >> 31) * 0x05EBCA6B  # never beyond 63 bits, so never wrapping
    mixed = ((mixed ^ (mixed >> 30)) & 0x7FFFFFFF) * 0x2545F491
    slot = (mixed >> 24) & mask
    while table[slot, 0] != key + 1:
        if table[slot, 0] == 0:
            table[slot, 0] = key + 1
            used[which] += 1
            break
        slot = (slot + 1) & mask
    table[slot, 1] += count


@jit
def copy(source, target, used, which):  # type: ignore[no-untyped-def]
    """Move all entries of one table to a larger, empty one."""
    used[which] = 0
    for row in range(source.shape[0]):
        if source[row, 0] != 0:
            add(target, used, which, source[row, 0] - 1, source[row, 1])


def grown(table: Int64s, used: Int64s, which: int, room: int) -> Int64s:
    """The same entries in a table of at least ``room`` rows; the table itself where it has them."""
    rows = table.shape[0]
    if rows >= room:
        return table
    while rows < room:
        rows *= 2
    larger = np.zeros((rows, 2), np.int64)
    copy(table, larger, used, which)
    return larger


def entries(table: Int64s) -> Int64s:
    """Keys and counts, sorted by key (axes: entry, [key, count])."""
    taken = np.flatnonzero(table[:, 0])
    keys = table[taken, 0]
    rows: Int64s = table[taken[np.argsort(keys)]]  # no key stands twice, so that any way of sorting will do
    rows[:, 0] -= 1
    return rows
