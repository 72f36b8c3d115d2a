"""What all random tables are thrown with."""

import random
from typing import Any, NamedTuple

import numpy as np

from scorelab.kernel.layout import ALWAYS, ONE

AGES, CELLS, ATTRIBUTES, CONDITIONS = 6, 120, 8, 32


class Size(NamedTuple):
    """How much there is of everything."""

    persons: int
    weeks: int
    groups: int
    worlds: int
    behaviours: int
    services: int
    sources: int
    rules: int
    lists: int
    channels: int
    schemes: int
    domains: int


def random_size(dice: random.Random) -> Size:
    """Small, with everything that a case can have, and sometimes without channels."""
    return Size(
        persons=dice.randint(40, 200),
        weeks=dice.choice((6, 9, 13, 14, 26, 40, 53, 60)),
        groups=dice.randint(1, 5),
        worlds=dice.choice((1, 2, 2, 3, 4, 4, 5, 8)),
        behaviours=dice.randint(1, 5),
        services=dice.randint(1, 4),
        sources=dice.randint(2, 4),
        rules=dice.randint(2, 5),
        lists=dice.randint(2, 5),
        channels=dice.choice((0, 2, 3, 4, 5)),
        schemes=dice.randint(1, 3),
        domains=dice.choice((1, 2, 3, 5, 8)),
    )


def threshold(dice: random.Random, low: float = 0.0, high: float = 1.0) -> int:
    """A chance between two numbers, sometimes exactly never or always where the range allows it."""
    if dice.random() < 0.1:
        if low == 0.0:
            return 0
        if high == 1.0:
            return ALWAYS
    return int(dice.uniform(low, high) * ALWAYS)


def share(dice: random.Random, low: float = 0.0, high: float = 1.0) -> int:
    """The same in units of 2**-16, also for factors above one."""
    if dice.random() < 0.1:
        if low == 0.0:
            return 0
        if high == 1.0:
            return ONE
    return int(dice.uniform(low, high) * ONE)


def rising(dice: random.Random, count: int, high: float = 1.0) -> list[int]:
    """Thresholds of having begun by then, with leaps and long waits."""
    return sorted(threshold(dice, 0.0, dice.choice((0.2, high))) for _ in range(count))


def bits(dice: random.Random, count: int, chance: float = 0.5) -> int:
    """A set of numbers below ``count``."""
    return sum(1 << number for number in range(count) if dice.random() < chance)


def words(dice: random.Random, *shape: int) -> Any:
    """Words of chance, or purposes."""
    count = int(np.prod(shape))
    return np.array([dice.getrandbits(32) for _ in range(count)], np.uint64).reshape(shape)
