"""The kernel and the twin side by side, to the bit."""

import hashlib
import sys
from collections import Counter
from typing import Any

import numpy as np

from scorelab.kernel.counted import Counts
from scorelab.kernel.live import live as kernel_live
from tests.twin.county import live_and_explain
from tests.twin.dice import Size
from tests.twin.strategies import Case, random_tables

SMALL = Size(
    persons=40,
    weeks=9,
    groups=2,
    worlds=3,
    behaviours=3,
    services=2,
    sources=2,
    rules=3,
    lists=3,
    channels=2,
    schemes=2,
    domains=3,
)
"""Small enough for the kernel without its compiler."""


def lived(case: Case) -> Counts:
    """The kernel's counts."""
    generator = kernel_live(case.county, case.kinds, case.law, case.weeks, case.groups)
    while True:
        try:
            next(generator)
        except StopIteration as end:
            counts: Counts = end.value
            return counts


def differences(case: Case, fired: Counter[str] | None = None) -> list[str]:
    """One line a table in which kernel and twin differ, with the first place; ``fired`` takes up the twin's clauses."""
    slow, explained = live_and_explain(*case)
    if fired is not None:
        fired.update(explained)
    fast = lived(case)
    if set(slow) != set(Counts._fields):
        return [f"tables: {sorted(set(slow) ^ set(Counts._fields))}"]
    return [line for name in Counts._fields for line in _difference(name, slow[name], np.asarray(getattr(fast, name)))]


def _difference(name: str, slow: Any, fast: Any) -> list[str]:
    if slow.ndim == 2 and name in ("occasions", "needs", "denials", "flow", "stocks"):
        if np.array_equal(slow, fast):
            return []
        only = sorted({tuple(row) for row in slow.tolist()} ^ {tuple(row) for row in fast.tolist()})
        return [f"{name}: {len(only)} rows (key, count) in one of the two only, first {only[:1]}"]
    if slow.shape != fast.shape:
        return [f"{name}: the twin has shape {slow.shape}, the kernel {fast.shape}"]
    where = np.argwhere(slow != fast)
    if len(where) == 0:
        return []
    first = tuple(where[0].tolist())
    return [f"{name}: {len(where)} cells, first {first}: the twin has {slow[first]}, the kernel {fast[first]}"]


def digest(counts: Counts) -> str:
    """One line that is equal for equal counts of equal types."""
    sums = hashlib.blake2b(digest_size=16)
    for name in Counts._fields:
        table = np.asarray(getattr(counts, name))
        sums.update(f"{name} {table.dtype} {table.shape}".encode())
        sums.update(np.ascontiguousarray(table).tobytes())
    return sums.hexdigest()


def main(seeds: list[str]) -> None:
    """Print the digests of small cases; run in a process of its own to see the kernel without its compiler."""
    for seed in seeds:
        sys.stdout.write(digest(lived(random_tables(int(seed), SMALL))) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
