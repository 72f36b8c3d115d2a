"""Who is behind with payments when the weeks begin."""

from collections.abc import Mapping, Sequence
from itertools import product
from math import fsum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorelab.kernel.fate import person_words
from scorelab.kernel.layout import IN_ARREARS
from scorelab.kernel.people import People
from scorelab.society.attributes import attribute_shares
from scorelab.society.chances import cell_factors, scaled, thresholds
from scorelab.society.plan import Plan
from scorelab.spec.society import Society
from scorelab.words import CELLS, Age, Condition, cell_parts

YOUNGEST = Age.a18_29
"""Children owe nothing."""


class _Table(NamedTuple):
    """People who are alike in all that arrears depend on. M: mixes, who has which of the attributes that matter."""

    named: tuple[str, ...]
    """the attributes that matter, the first of them in the lowest bit of a mix"""
    mass: npt.NDArray[np.float64]
    """[cell, condition, M] expected share of all persons"""
    chance: npt.NDArray[np.float64]
    """[cell, condition, M] of being in arrears at week 0"""


def arrears_shares(plan: Plan, society: Society) -> tuple[float, ...]:
    """[cell] expected share of the cell's persons who are in arrears at week 0; 0 of children.

    A lone parent is taken to be in each condition as often as others of that age. Raises ValueError where the factors
    rule out so large a share.
    """
    table = _table(plan, society)
    if table is None:
        return (0.0,) * CELLS
    owing = table.mass * table.chance
    return tuple(
        fsum(map(float, owing[cell].flat)) / share if (share := plan.cell_share[cell]) > 0.0 else 0.0
        for cell in range(CELLS)
    )


def draw_arrears(
    people: People, plan: Plan, society: Society, county: int, words: tuple[int, int]
) -> npt.NDArray[np.bool_]:
    """[N] is in arrears at week 0; needs the cells, the conditions and the attributes of the people."""
    table = _table(plan, society)
    if table is None:
        return np.zeros(len(people.cell), np.bool_)
    order = sorted(society.attributes)
    mix = np.zeros(len(people.cell), np.int64)
    for bit, name in enumerate(table.named):
        mix |= (people.attributes.astype(np.int64) >> order.index(name) & 1) << bit
    limit = thresholds(table.chance.ravel().tolist()).reshape(table.chance.shape)
    word = person_words(len(people.cell), 0, county, "society/arrears", words)[0]
    in_arrears: npt.NDArray[np.bool_] = word < limit[people.cell, people.condition & (IN_ARREARS - 1), mix]
    return in_arrears


def _table(plan: Plan, society: Society) -> _Table | None:
    if society.arrears is None:
        return None
    who = society.arrears.who
    named = tuple(sorted(who.attribute))
    shares = attribute_shares(plan, society.attributes)
    by_cell = cell_factors(who)
    by_condition = {str(word): factor for word, factor in who.condition.items()}
    mixes = [mix[::-1] for mix in product((0, 1), repeat=len(named))]
    mass = np.zeros((CELLS, len(Condition), len(mixes)))
    weight = np.zeros_like(mass)
    for cell in range(CELLS):
        age = cell_parts(cell)[0]
        if age < YOUNGEST:
            continue
        chances = [shares[name][cell] for name in named]
        for condition in Condition:
            usual = plan.cell_share[cell] * plan.condition_share[age][condition]
            factor = by_cell[cell] * by_condition.get(condition.name, 1.0)
            for number, mix in enumerate(mixes):
                mass[cell, condition, number] = usual * _of_mix(mix, chances)
                weight[cell, condition, number] = factor * _factor(mix, named, who.attribute)
    what = "the share of adults in arrears"
    chance = scaled(weight.ravel().tolist(), mass.ravel().tolist(), society.arrears.share.value, what)
    return _Table(named, mass, np.array(chance).reshape(mass.shape))


def _of_mix(mix: Sequence[int], chances: Sequence[float]) -> float:
    """The chance of having just these attributes; each is had by itself."""
    found = 1.0
    for has, chance in zip(mix, chances, strict=True):
        found *= chance if has else 1.0 - chance
    return found


def _factor(mix: Sequence[int], named: Sequence[str], factors: Mapping[str, float]) -> float:
    found = 1.0
    for has, name in zip(mix, named, strict=True):
        if has:
            found *= factors[name]
    return found
