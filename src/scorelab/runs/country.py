"""The counties of a country: how large each is, which of them a run lives, and in which group their counts are merged.

How many persons a county has depends on the country alone, not on the run's seed: the country is the same in every
run. Which counties a sample takes is keyed by the seed: all counties stand in a row that chance has shuffled, and a
sample of n is the first n of it, a simple random sample that a larger one contains. The row also deals the counties
out to the groups in turn, so that the groups of a sample are parts of those of the whole country.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from scorelab.errors import InputError, Problem
from scorelab.kernel.fate import key, person_words
from scorelab.spec.limits import LARGEST_COUNTY
from scorelab.spec.resolved import Resolved
from scorelab.tables.elementary import exp, normal_quantile

GROUPS = 32
"""County groups into which the counts of a country are merged; they carry the jackknife."""


class Place(NamedTuple):
    """Where a county of a country stands."""

    group: int
    county: int
    persons: int


def places(resolved: Resolved) -> tuple[Place, ...]:
    """The counties that each replicate of a run at full scale lives: group by group, and by number within a group.

    Raises InputError where a county would be larger than can be lived.
    """
    country = resolved.society.country
    if country is None:
        raise ValueError("the society has no country")
    counties = int(country.counties.value)
    persons = sizes(counties, int(country.persons.value), country.spread.value)
    chosen = row(counties, resolved.seed)[: resolved.counties]
    return tuple(sorted(Place(rank % GROUPS, county, persons[county]) for rank, county in enumerate(chosen)))


def persons_of(resolved: Resolved, county: int) -> int:
    """How many persons a county of the run has."""
    country = resolved.society.country
    if country is None:
        return resolved.persons
    return sizes(int(country.counties.value), int(country.persons.value), country.spread.value)[county]


def persons_lived(resolved: Resolved) -> int:
    """Persons of all counties of one replicate together."""
    if not resolved.national:
        return resolved.persons * resolved.counties
    return sum(place.persons for place in places(resolved))


@lru_cache(maxsize=8)
def sizes(counties: int, persons: int, spread: float) -> tuple[int, ...]:
    """Persons of each county, in the order of their numbers: lognormal, together exactly ``persons``, none without any.

    Raises InputError where a county would be larger than can be lived.
    """
    words = person_words(counties, 0, 0, "country/size", key(0))[0]
    weights = [exp(spread * normal_quantile((int(word) + 0.5) / 2.0**32)) for word in words]
    mass = sum(weights)
    exact = [(persons - counties) * weight / mass for weight in weights]
    found = [1 + int(value) for value in exact]
    by_rest = sorted(range(counties), key=lambda county: (int(exact[county]) - exact[county], county))
    for county in by_rest[: persons - sum(found)]:
        found[county] += 1
    largest = max(found)
    if largest > LARGEST_COUNTY:
        message = (
            f"the largest county of this country would have {largest:,} persons, and there is room for "
            f"{LARGEST_COUNTY:,}; state more counties, fewer persons or a smaller spread"
        )
        raise InputError([Problem("society.country", 0, 0, message)])
    return tuple(found)


@lru_cache(maxsize=8)
def row(counties: int, seed: int) -> tuple[int, ...]:
    """All counties of a country in an order that chance made, keyed by the seed."""
    words = person_words(counties, 0, 0, "country/row", key(seed))
    order = np.lexsort((np.arange(counties), words[1], words[0]))
    return tuple(int(county) for county in order)
