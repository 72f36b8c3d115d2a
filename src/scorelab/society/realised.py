"""The margins that a society was to have beside those that it has, as counts that can be added over counties."""

from collections.abc import Iterable
from math import fsum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorelab.kernel.layout import IN_ARREARS
from scorelab.kernel.people import People
from scorelab.spec.margins import AGE_BANDS, MARGINS, Margins
from scorelab.words import AGE_LABELS, Age, Condition, Quintile, Residence, Role, Sex


class MarginRow(NamedTuple):
    """One category of one margin."""

    margin: str
    category: str
    wanted: float
    """The share that the margin asks for, scaled so that the shares of its table add up to 1."""
    realised: float
    """persons / of; 0 where there is nobody to have a share of."""
    persons: int
    """Persons in the category; households for household-size and household-generations."""
    of: int
    """All persons, all households that are not collective, or all persons of the age band (condition)."""


def realised(people: People, margins: Margins) -> list[MarginRow]:
    """Every category of every margin, in the order of the margins."""
    rows = []
    for margin, counts in _counts(people).items():
        categories = MARGINS[margin]
        shares = margins.shares(margin)
        for part in _parts(margin):
            of = int(sum(counts[i] for i in part))
            mass = fsum(shares[i] for i in part)
            for i in part:
                share = int(counts[i]) / of if of else 0.0
                rows.append(MarginRow(margin, categories[i], shares[i] / mass, share, int(counts[i]), of))
    return rows


def together(counties: Iterable[list[MarginRow]]) -> list[MarginRow]:
    """The rows of several counties of one society as those of all of them."""
    total: list[MarginRow] = []
    for rows in counties:
        if not total:
            total = list(rows)
            continue
        for i, (a, b) in enumerate(zip(total, rows, strict=True)):
            if a[:2] != b[:2]:
                raise ValueError(f"rows of different margins: {a.margin} {a.category} and {b.margin} {b.category}")
            persons, of = a.persons + b.persons, a.of + b.of
            total[i] = a._replace(realised=persons / of if of else 0.0, persons=persons, of=of)
    return total


def absolute_error(rows: list[MarginRow], margin: str) -> float:
    """The total absolute error of a margin: the sum of the absolute differences between realised and wanted shares.

    Twice the share of persons (or households) who stand in a wrong category. Conditions of an age band count by the
    band's part of all persons.
    """
    mine = [row for row in rows if row.margin == margin]
    persons = sum(row.persons for row in mine)
    if not persons:
        return 0.0
    return sum(abs(row.realised - row.wanted) * row.of for row in mine) / persons


def _parts(margin: str) -> list[list[int]]:
    categories = MARGINS[margin]
    if margin != "condition":
        return [list(range(len(categories)))]
    bands = [category.split()[0] for category in categories]
    return [[i for i, band in enumerate(bands) if band == AGE_LABELS[age]] for age in Age]


def _counts(people: People) -> dict[str, npt.NDArray[np.int64]]:
    band_of_year = np.array([sum(first <= year for first, _ in AGE_BANDS) - 1 for year in range(100)])
    places = len(Residence) * len(Quintile)
    place = people.cell % places
    age, sex = np.divmod(people.cell // places, len(Sex))
    collective = people.role == Role.collective
    sizes, generations = _households(people, collective)
    condition = people.condition & (IN_ARREARS - 1)  # of the condition code, without arrears
    crossed = np.bincount(age.astype(np.int64) * len(Condition) + condition, minlength=len(Age) * len(Condition))
    index = [
        next(i for i in Age if AGE_LABELS[i] == band) * len(Condition) + Condition[word]
        for band, word in (category.split() for category in MARGINS["condition"])
    ]
    return {
        "age": np.bincount(band_of_year[people.age], minlength=len(AGE_BANDS)),
        "sex": np.bincount(sex, minlength=len(Sex)),
        "residence": np.bincount(place // len(Quintile), minlength=len(Residence)),
        "collective": np.array([np.count_nonzero(~collective), np.count_nonzero(collective)]),
        "household-size": np.bincount(sizes, minlength=9)[1:],
        "household-generations": np.bincount(generations, minlength=4)[1:],
        "income": np.bincount(place, minlength=places),
        "condition": crossed[index],
    }


def _households(
    people: People, collective: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Members and generations of each household that is not collective."""
    parent = people.parents
    has_parent = parent[:, 0] >= 0
    below = has_parent | (people.role == Role.child)
    above = has_parent & (has_parent[parent[:, 0]] | ((parent[:, 1] >= 0) & has_parent[parent[:, 1]]))
    depth = 1 + below.astype(np.int64) + above
    starts = np.flatnonzero(np.diff(people.household, prepend=-1))
    sizes = np.diff(starts, append=len(parent))
    deepest = np.maximum.reduceat(depth, starts)
    families = ~collective[starts]
    return sizes[families], deepest[families]
