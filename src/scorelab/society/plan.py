"""From margins to a plan: how many households of each kind a county has, per person, so that every margin is met.

The weights are the ones nearest to the assumed archetypes (least Kullback-Leibler divergence) among all that meet
every margin: each margin in turn is met exactly by the smallest change, again and again until all hold together
(cyclic I-projection: Csiszár 1975, Annals of Probability 3:146; for one table this is iterative proportional
fitting, for households and persons at once it is the exact form of what Ye et al. 2009 approximate).

Sex, residence and income fifth need no iteration. No margin ties them to the kind of household, so the nearest
weights are products: every household kind has the same shares of residence x fifth, and everybody who is not one
of a couple is male with one and the same chance, which makes the sex ratio right.

Only + - * / of Python floats in a fixed order, and exact sums: the same bits everywhere.
"""

from functools import cache
from math import fsum
from typing import NamedTuple

from scorelab.errors import InputError, Problem
from scorelab.society.archetypes import Archetype, Part, archetypes, limits
from scorelab.spec.margins import AGE_BANDS, Margins
from scorelab.words import AGE_LABELS, CELLS, Age, Condition, Quintile, Residence, Sex, cell_of

LARGEST_HOUSEHOLD = 8
MEMBERS = LARGEST_HOUSEHOLD
SWEEPS = 1000
CLOSE = 1e-10
"""The fit is done when no share is further than this from its margin."""
WIDEST_GAP = 1e-6
"""A fit that is not this close after all sweeps is refused: the margins contradict each other."""

FIRST_AGE = {Age.a0_5: 0, Age.a6_17: 6, Age.a18_29: 18, Age.a30_44: 30, Age.a45_59: 45, Age.a60_up: 60}


class Plan(NamedTuple):
    """What a county looks like on average, with everything that drawing one needs."""

    archetypes: tuple[Archetype, ...]
    weight: tuple[float, ...]
    """[archetype] households per person of the county; collective residents count as households of one."""
    age_share: tuple[float, ...]
    """[band of the age margin] of persons; likewise the next ones."""
    male_share: float
    male_free: float
    """Chance to be male of everybody who is not one of a couple."""
    collective_share: float
    place_share: tuple[float, ...]
    """[residence x fifth, fifth faster]"""
    size_share: tuple[float, ...]
    """[members - 1] of the households that are not collective."""
    cell_share: tuple[float, ...]
    """[cell] expected share of persons; adds up to 1."""
    condition_share: tuple[tuple[float, ...], ...]
    """[age][condition] share of the persons of that age band."""


def age_of_band(band: int) -> Age:
    """The age band of the vocabulary in which a band of the age margin lies."""
    return max(age for age, first in FIRST_AGE.items() if first <= AGE_BANDS[band][0])


def _scaled(shares: tuple[float, ...]) -> tuple[float, ...]:
    total = fsum(shares)
    return tuple(share / total for share in shares)


@cache
def _archetypes() -> tuple[Archetype, ...]:
    return tuple(archetypes())


@cache
def all_limits() -> tuple[tuple[list[int], list[int], list[list[int]]], ...]:
    """The limits of the members' ages for each archetype."""
    found = []
    for archetype in _archetypes():
        item = limits(archetype.parts, archetype.bands)
        assert item is not None  # archetypes that nobody can live in are left out
        found.append(item)
    return tuple(found)


class _Margin(NamedTuple):
    """Something that is counted: its share per person, and per household of which archetypes how often."""

    name: str
    wanted: float
    counts: tuple[tuple[int, int], ...]


def _margins_to_fit(kinds: tuple[Archetype, ...], margins: Margins) -> list[_Margin]:
    sizes = _scaled(margins.shares("household-size"))
    collective = _scaled(margins.shares("collective"))[1]
    households = (1.0 - collective) / fsum(share * (size + 1) for size, share in enumerate(sizes))

    def where(keep: list[int]) -> tuple[tuple[int, int], ...]:
        return tuple((index, count) for index, count in enumerate(keep) if count)

    wanted = [_Margin("collective", collective, where([int(kind.generations == 0) for kind in kinds]))]
    for size, share in enumerate(sizes, 1):
        members = [int(kind.generations > 0 and len(kind.parts) == size) for kind in kinds]
        wanted.append(_Margin("household-size", share * households, where(members)))
    for generations, share in enumerate(_scaled(margins.shares("household-generations")), 1):
        deep = [int(kind.generations == generations) for kind in kinds]
        wanted.append(_Margin("household-generations", share * households, where(deep)))
    for band, share in enumerate(_scaled(margins.shares("age"))):
        wanted.append(_Margin("age", share, where([kind.bands.count(band) for kind in kinds])))
    return wanted


def _value_and_slope(parts: list[float], r: float) -> tuple[float, float]:
    value = slope = 0.0
    power = 1.0
    for n in range(1, len(parts)):
        slope += n * n * parts[n] * power
        power *= r
        value += n * parts[n] * power
    return value, slope


def _factor(parts: list[float], wanted: float) -> float:
    """The r > 0 with sum of n * parts[n] * r**n = wanted, by Newton's method from the right (a convex function)."""
    r = 1.0
    while _value_and_slope(parts, r)[0] < wanted:
        r *= 2.0
    for _ in range(60):
        value, slope = _value_and_slope(parts, r)
        step = (value - wanted) / slope
        if not step > 1e-16 * r:
            break
        r -= step
    return r


def _project(weight: list[float], margin: _Margin) -> float:
    """Meet one margin by the smallest change of the weights; returns how far off it was."""
    most = max((count for _, count in margin.counts), default=0)
    parts: list[list[float]] = [[] for _ in range(most + 1)]
    for index, count in margin.counts:
        parts[count].append(weight[index])
    sums = [fsum(part) for part in parts]
    now = fsum(count * part for count, part in enumerate(sums))
    if now > 0.0 and margin.wanted > 0.0:
        r = _factor(sums, margin.wanted)
        powers = [1.0]
        for _ in range(most):
            powers.append(powers[-1] * r)
        for index, count in margin.counts:
            weight[index] *= powers[count]
    elif margin.wanted == 0.0:
        for index, _ in margin.counts:
            weight[index] = 0.0
    return abs(now - margin.wanted)


def _fit(kinds: tuple[Archetype, ...], margins: Margins) -> list[float]:
    wanted = _margins_to_fit(kinds, margins)
    weight = [kind.prior for kind in kinds]
    gaps: list[float] = []
    for _ in range(SWEEPS):
        gaps = [_project(weight, margin) for margin in wanted]
        if max(gaps) < CLOSE:
            break
    worst = max(range(len(gaps)), key=gaps.__getitem__)
    if gaps[worst] > WIDEST_GAP:
        message = (
            f"these margins contradict each other: no mix of households meets {wanted[worst].name!r} together with "
            f"the others (still {gaps[worst]:.2g} of the persons away after {SWEEPS} rounds)"
        )
        raise InputError([Problem("margins", 0, 0, message)])
    return weight


def plan(margins: Margins) -> Plan:
    """The plan that meets all margins. Raises InputError where the margins contradict each other."""
    kinds = _archetypes()
    weight = _fit(kinds, margins)
    ages = _scaled(margins.shares("age"))
    males = _scaled(margins.shares("sex"))[Sex.male]
    places = _scaled(margins.shares("income"))
    women, men = _coupled(kinds, weight)
    free = 1.0 - fsum(women) - fsum(men)
    male_free = (males - fsum(men)) / free
    if not 0.0 < male_free < 1.0:
        message = f"a share of {males:.4f} men cannot be met with the couples that the other margins imply"
        raise InputError([Problem("margins", 0, 0, message)])
    by_sex = [[0.0] * len(Sex) for _ in Age]
    for band, share in enumerate(ages):
        alone = share - women[band] - men[band]
        by_sex[age_of_band(band)][Sex.male] += men[band] + alone * male_free
        by_sex[age_of_band(band)][Sex.female] += women[band] + alone * (1.0 - male_free)
    cells = [0.0] * CELLS
    for age in Age:
        for sex in Sex:
            for place, share in enumerate(places):
                residence, quintile = divmod(place, len(Quintile))
                cells[cell_of(age, sex, Residence(residence), quintile)] = by_sex[age][sex] * share
    return Plan(
        archetypes=kinds,
        weight=tuple(weight),
        age_share=ages,
        male_share=males,
        male_free=male_free,
        collective_share=_scaled(margins.shares("collective"))[1],
        place_share=places,
        size_share=_scaled(margins.shares("household-size")),
        cell_share=_scaled(tuple(cells)),
        condition_share=_conditions(margins),
    )


def _coupled(kinds: tuple[Archetype, ...], weight: list[float]) -> tuple[list[float], list[float]]:
    """Women and men of couples per person of the county, by band of the age margin."""
    women: list[list[float]] = [[] for _ in AGE_BANDS]
    men: list[list[float]] = [[] for _ in AGE_BANDS]
    for kind, share in zip(kinds, weight, strict=True):
        for part, band in zip(kind.parts, kind.bands, strict=True):
            if part in (Part.wife, Part.grandmother):
                women[band].append(share)
            elif part in (Part.husband, Part.grandfather):
                men[band].append(share)
    return [fsum(part) for part in women], [fsum(part) for part in men]


def _conditions(margins: Margins) -> tuple[tuple[float, ...], ...]:
    found = {row.category: row.share for row in margins.rows if row.margin == "condition"}
    return tuple(
        _scaled(tuple(found.get(f"{AGE_LABELS[age]} {condition.name}", 0.0) for condition in Condition)) for age in Age
    )
