"""Chances by what people are: relative factors, scaled so that the mean over the society is what it is to be.

Floats with + - * / in a fixed order and exact sums, so that they are the same everywhere.
"""

from collections.abc import Sequence
from math import fsum

import numpy as np
import numpy.typing as npt

from scorelab.spec.who import Group
from scorelab.words import AGE_LABELS, CELLS, cell_parts

NEAR = 1e-9
"""Less than this share of the people is nobody."""


def cell_factors(who: Group) -> tuple[float, ...]:
    """[cell] the product of the factors by age, sex, residence and income fifth."""
    factors = []
    for cell in range(CELLS):
        age, sex, residence, quintile = cell_parts(cell)
        words = {"age": AGE_LABELS[age], "sex": sex.name, "residence": residence.name, "quintile": quintile.name}
        product = 1.0
        for attribute, word in words.items():
            product *= getattr(who, attribute).get(word, 1.0)
        factors.append(product)
    return tuple(factors)


def scaled(weight: Sequence[float], mass: Sequence[float], mean: float, what: str) -> tuple[float, ...]:
    """Chances in proportion to the weights, at most 1, with that mean over people who weigh as ``mass`` says.

    Where a chance would be more than 1 it is 1, and the others are raised until the mean is right. Raises ValueError
    where that cannot be: ``what`` names the chance.
    """
    if not 0.0 <= mean <= 1.0:
        raise ValueError(f"{what} lies between 0 and 1, not at {mean:g}")
    everybody = fsum(mass)
    rising = {i for i, (w, m) in enumerate(zip(weight, mass, strict=True)) if w > 0.0 and m > 0.0}
    most = fsum(mass[i] for i in sorted(rising))
    missing = mean * everybody
    if missing > most + NEAR * everybody:
        raise ValueError(
            f"{what} cannot be {mean:g}: the factors leave {most / everybody:.4g} of the people who could be so at all"
        )
    factor = 0.0
    while rising:
        ordered = sorted(rising)
        factor = missing / fsum(weight[i] * mass[i] for i in ordered)
        full = [i for i in ordered if factor * weight[i] >= 1.0]
        if not full:
            break
        missing = max(0.0, missing - fsum(mass[i] for i in full))
        rising -= set(full)
    return tuple(min(1.0, factor * w) for w in weight)


def thresholds(chances: Sequence[float]) -> npt.NDArray[np.int64]:
    """The numbers below which a word lies with these chances."""
    return np.array([int(chance * 2**32 + 0.5) for chance in chances], np.int64)
