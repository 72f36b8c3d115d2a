"""Counties large enough for formulas: many persons to whom the same happens at known rates."""

import math
from typing import Any

import numpy as np

from scorelab.kernel.fate import BLOCK
from scorelab.kernel.layout import (
    ALWAYS,
    CONDITION,
    County,
    Kinds,
)
from scorelab.tables.county import _alias, cumulative
from scorelab.words import CELLS, Age
from tests.hand.tiny import county

SIGMAS = 4.9
"""Two-sided, a normal number is further out once in a million times."""


def plain_kinds(what: list[int]) -> Kinds:
    """Kinds without thinning, each for the one behaviour, service or job."""
    count = len(what)
    return Kinds(
        what=np.array(what, np.uint8),
        item=np.zeros(count, np.int32),
        layer=np.zeros(count, np.int64),
        purpose=np.arange(1, count + 1, dtype=np.uint64),
        worlds=np.ones(count, np.int64),
        thin=np.full((count, len(Age), CONDITION + 1), ALWAYS, np.int64),
        share=np.full((count, 1, CELLS), ALWAYS, np.int64),
    )


def county_with_rates(rates: list[Any], group: Any, key: tuple[int, int]) -> County:
    """A county in which person i meets Poisson(rates[k][i]) candidates of kind k a week, by the shipped tables."""
    persons = len(rates[0])
    begins = range(0, persons, BLOCK)
    alias = np.zeros((len(rates), persons, 2), np.uint32)
    means = np.zeros((len(rates), len(begins)))
    for k, rate in enumerate(rates):
        weights = np.array([int(value * 2**20 + 0.5) for value in rate], np.int64)
        for block, begin in enumerate(begins):
            part = slice(begin, begin + BLOCK)
            total = int(weights[part].sum())
            _alias(weights[part], total, alias[k, part])
            means[k, block] = total / 2**20
    first, cut, cut_from = cumulative(means)
    return county([], [], persons, {})._replace(
        number=3,
        key0=key[0],
        key1=key[1],
        group=group.astype(np.uint8),
        alias=alias,
        alias_of=np.arange(len(rates)),
        first=first,
        cut=cut,
        cut_from=cut_from,
    )


def deviation(found: float, persons: int, chance: float) -> float:
    """Standard deviations of a binomial number by which ``found`` lies off."""
    return (found - persons * chance) / math.sqrt(persons * chance * (1 - chance))
