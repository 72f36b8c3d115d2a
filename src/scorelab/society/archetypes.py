"""Kinds of households: who lives together, in which age bands, and how plausible each is before the margins speak.

An archetype is a list of members, each with a part and an age band of the age margin. The kinds and the tables
below are assumed; they only shape what the margins leave open, since the plan is the set of weights nearest to
them that meets every margin. Bounds on ages between relatives are kept exactly.

Not drawn: unrelated adults and grown siblings who share a dwelling, more than one couple of a generation, twins,
couples of one sex, households of more than eight.
"""

from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from math import fsum
from typing import NamedTuple

from scorelab.spec.margins import AGE_BANDS


class Part(IntEnum):
    """Part in an archetype; the sex of wife, husband, grandmother and grandfather is fixed, that of others is free."""

    alone = 0
    wife = 1
    husband = 2
    lone = 3
    """a parent without partner"""
    child = 4
    grandmother = 5
    """one of a couple of elders: parents of the wife or the husband, or grandparents of the children"""
    grandfather = 6
    grandparent = 7
    """an elder without partner"""
    collective = 8


class Bound(NamedTuple):
    """The first person is at least ``least`` and at most ``most`` years older than the second."""

    least: int
    most: int


HUSBAND_WIFE = Bound(-15, 15)
PARENT_CHILD = Bound(16, 45)
GRANDPARENT_CHILD = Bound(36, 75)
SIBLINGS = Bound(1, 20)
YOUNGEST_MARRIED = {Part.wife: 20, Part.husband: 22}
"""Marriage Law of 1980 and Civil Code of 2020, article 1047."""

GAP_FIRST = -6
GAP = (2, 4, 8, 18, 40, 80, 150, 160, 150, 120, 90, 60, 40, 25, 16, 10, 6, 4, 2)
"""Relative frequency of husband's minus wife's age, from -6 to 12 years; mean 2. Assumed."""
BIRTH_FIRST = 16
BIRTH = (1, 2, 5, 10, 22, 35, 52, 66, 77, 83, 86, 84, 78, 70, 60, 51, 43, 36, 30, 25, 20, 16, 13, 10, 7, 5, 3, 2, 1, 1)
"""Relative frequency of a parent's age at a child's birth, from 16 to 45; mean 27. Assumed."""

_W, _H, _P, _C = Part.wife, Part.husband, Part.lone, Part.child
_GM, _GF, _G = Part.grandmother, Part.grandfather, Part.grandparent

KINDS: tuple[tuple[int, float, tuple[Part, ...]], ...] = (
    (1, 25.0, (Part.alone,)),
    (1, 24.0, (_W, _H)),
    (2, 20.0, (_W, _H, _C)),
    (2, 8.5, (_W, _H, _C, _C)),
    (2, 1.4, (_W, _H, _C, _C, _C)),
    (2, 0.15, (_W, _H, _C, _C, _C, _C)),
    (2, 4.5, (_P, _C)),
    (2, 1.0, (_P, _C, _C)),
    (2, 0.1, (_P, _C, _C, _C)),
    (2, 1.5, (_W, _H, _G)),
    (2, 1.2, (_W, _H, _GM, _GF)),
    (2, 1.0, (_G, _C)),
    (2, 0.3, (_G, _C, _C)),
    (2, 0.8, (_GM, _GF, _C)),
    (2, 0.3, (_GM, _GF, _C, _C)),
    (3, 0.8, (_P, _C, _G)),
    (3, 0.6, (_P, _C, _GM, _GF)),
    (3, 0.2, (_P, _C, _C, _GM, _GF)),
    (3, 4.0, (_W, _H, _C, _G)),
    (3, 2.6, (_W, _H, _C, _GM, _GF)),
    (3, 2.0, (_W, _H, _C, _C, _G)),
    (3, 2.0, (_W, _H, _C, _C, _GM, _GF)),
    (3, 0.5, (_W, _H, _C, _C, _C, _G)),
    (3, 1.0, (_W, _H, _C, _C, _C, _GM, _GF)),
    (3, 0.7, (_W, _H, _C, _C, _C, _C, _GM, _GF)),
)
"""Generations, relative frequency (assumed), members. A couple with an elder only counts as two generations."""

AT_HOME = ((17, 1.0), (24, 0.6), (29, 0.4), (34, 0.25), (44, 0.15), (99, 0.1))
"""Relative chance that a child of at most this age lives with its parents. Assumed."""
COLLECTIVE = (0.0, 0.03, 0.1, 0.35, 0.14, 0.1, 0.06, 0.05, 0.04, 0.03, 0.02, 0.02, 0.02, 0.02, 0.01, 0.01)
"""Relative frequency of the age bands in collective households: boarders, students, workers, homes. Assumed."""

RAREST = 0.002
"""Archetypes with a smaller share of their kind are left out."""
FORGET = 1e-5
"""Branches with less weight than this are not followed further."""


class Archetype(NamedTuple):
    """Members in the order wife, husband | lone, children from the eldest, elders; with their age bands."""

    kind: int
    generations: int
    """0 for collective residents."""
    parts: tuple[Part, ...]
    bands: tuple[int, ...]
    prior: float


def bound(first: Part, second: Part) -> Bound | None:
    """How much older than the second the first may be, or None where nothing binds the two."""
    elders = (Part.grandmother, Part.grandfather, Part.grandparent)
    if (first, second) in ((Part.husband, Part.wife), (Part.grandfather, Part.grandmother)):
        return HUSBAND_WIFE
    if first in (Part.wife, Part.husband, Part.lone) and second is Part.child:
        return PARENT_CHILD
    if first in elders and second in (Part.wife, Part.husband, Part.lone):
        return PARENT_CHILD
    if first in elders and second is Part.child:
        return GRANDPARENT_CHILD
    if first is Part.child and second is Part.child:
        return SIBLINGS
    return None


@cache
def limits(parts: tuple[Part, ...], bands: tuple[int, ...]) -> tuple[list[int], list[int], list[list[int]]] | None:
    """Earliest and latest age of each member, and by how much at most each may be older than each other.

    All bounds are tightened until they are minimal (shortest paths), so that ages which are drawn one after the
    other within them always leave room for the rest (Dechter, Meiri & Pearl 1991, Artificial Intelligence 49:61,
    theorem 2.2). None where nobody can have such ages.
    """
    size = len(parts)
    most = [[0 if i == j else 200 for j in range(size + 1)] for i in range(size + 1)]  # the last one is of age 0
    for i, part in enumerate(parts):
        first, last = AGE_BANDS[bands[i]]
        first = max(first, YOUNGEST_MARRIED.get(part, 18 if part in (Part.alone, Part.lone) else 0))
        if part in (Part.grandmother, Part.grandfather, Part.grandparent):
            first = max(first, 40)
        most[i][size] = last
        most[size][i] = -first
        for j, other in enumerate(parts):
            between = bound(part, other) if i != j else None
            if between is not None and not (part is Part.child and other is Part.child and i > j):
                most[i][j] = min(most[i][j], between.most)
                most[j][i] = min(most[j][i], -between.least)
    for k in range(size + 1):
        for i in range(size + 1):
            for j in range(size + 1):
                most[i][j] = min(most[i][j], most[i][k] + most[k][j])
    if any(most[i][i] < 0 for i in range(size + 1)):
        return None
    return [-most[size][i] for i in range(size)], [most[i][size] for i in range(size)], most


def _at_home(age: int) -> float:
    return next(chance for last, chance in AT_HOME if age <= last)


def _frequency(table: tuple[int, ...], first: int, difference: int) -> float:
    at = difference - first
    return table[at] / 1000.0 if 0 <= at < len(table) else 0.0


def _chance(part: Part, reference: Part, age: int, of_reference: int) -> float:
    """Relative frequency of a member's age, given the age of the one it is measured from."""
    if part in (Part.husband, Part.grandfather):
        return _frequency(GAP, GAP_FIRST, age - of_reference)
    if part is Part.child:
        if reference in (Part.grandmother, Part.grandparent):
            return _at_home(age) / 20.0 if 45 <= of_reference - age <= 64 and age <= 17 else 0.0
        return _frequency(BIRTH, BIRTH_FIRST, of_reference - age) * _at_home(age)
    return _frequency(BIRTH, BIRTH_FIRST, age - of_reference)


def reference_of(parts: tuple[Part, ...], member: int) -> int:
    """The member from whose age another's is measured: the partner for a man of a couple, else the first."""
    return parts.index(Part.grandmother) if parts[member] is Part.grandfather else 0


@cache
def _by_band(part: Part, reference: Part) -> list[list[float]]:
    """[band of the member][age of the reference] the relative frequency of the band."""
    return [
        [fsum(_chance(part, reference, age, y) for age in range(first, last + 1)) for y in range(100)]
        for first, last in AGE_BANDS
    ]


def _grow(
    parts: tuple[Part, ...], bands: tuple[int, ...], years: list[float]
) -> Iterator[tuple[tuple[int, ...], float]]:
    """Every way to choose the bands of the remaining members; ``years``: weight of each age of the first member."""
    member = len(bands)
    if member == len(parts):
        yield bands, fsum(years)
        return
    reference = reference_of(parts, member)
    table = _by_band(parts[member], parts[reference])
    oldest = bands[-1] if parts[member] is Part.child and parts[member - 1] is Part.child else len(AGE_BANDS) - 1
    low, high = AGE_BANDS[bands[reference]]
    total = fsum(years)
    for band in range(oldest + 1):
        row = table[band][low : high + 1]
        if max(row) * total < FORGET:
            continue
        if reference != 0:
            row = [fsum(row) / len(row)] * len(years)
        narrowed = [weight * chance for weight, chance in zip(years, row, strict=True)]
        if fsum(narrowed) >= FORGET:
            yield from _grow(parts, (*bands, band), narrowed)


def _of_kind(number: int, generations: int, parts: tuple[Part, ...]) -> list[Archetype]:
    """All archetypes of a kind that are not too rare; their priors add up to 1."""
    youngest = 45 if parts[0] in (Part.grandmother, Part.grandparent) else 18
    found: list[tuple[tuple[int, ...], float]] = []
    for band, (first, last) in enumerate(AGE_BANDS):
        years = [1.0 if youngest <= y <= 94 else 0.0 for y in range(first, last + 1)]
        found += _grow(parts, (band,), years)
    least = RAREST * fsum(prior for _, prior in found)
    kept = [(bands, prior) for bands, prior in found if prior >= least and limits(parts, bands) is not None]
    total = fsum(prior for _, prior in kept)
    return [Archetype(number, generations, parts, bands, prior / total) for bands, prior in kept]


def archetypes() -> list[Archetype]:
    """Every archetype, collective residents first, then kind by kind; the priors add up to 1 within families."""
    found = [Archetype(0, 0, (Part.collective,), (band,), prior) for band, prior in enumerate(COLLECTIVE) if prior > 0]
    mass = fsum(share for _, share, _ in KINDS)
    for number, (generations, share, parts) in enumerate(KINDS, 1):
        found += [a._replace(prior=a.prior * share / mass) for a in _of_kind(number, generations, parts)]
    return found
