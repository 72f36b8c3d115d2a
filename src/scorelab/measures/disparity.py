"""How unequally it falls: rates of two groups as a ratio and as a difference."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from scorelab.measures.cube import PER, Base, Int64s, compare, not_given, population
from scorelab.measures.interval import SMALLEST_CELL, gap, ratio
from scorelab.measures.lab import Lab
from scorelab.measures.needs import needs_cube
from scorelab.measures.persons import persons_cube
from scorelab.measures.register import Measure, measure, register
from scorelab.measures.restricted import listed_cube
from scorelab.measures.table import Cell, Row

CONTRASTS = {
    "quintile": (("q1", "q5"),),
    "residence": (("rural", "urban"),),
    "sex": (("male", "female"),),
}
"""attribute -> (first, second): the first group's rate is set against the second's"""


class Contrast(NamedTuple):
    """Two sides whose rates are set against each other: what the pair is called, the column, the values of each."""

    item: str
    column: str
    first: tuple[str, ...]
    second: tuple[str, ...]


def with_and_without(attribute: str) -> str:
    """What a society's attribute is called among the items: who has it, set against who has not."""
    return f"{attribute} to others"


def contrasts(lab: Lab) -> Iterator[Contrast]:
    """The pairs of groups that the run's breakdown has; of an attribute of the society, those with it and without."""
    for column, pairs in CONTRASTS.items():
        for first, second in pairs:
            if column in lab.facts.groups and {first, second} <= set(lab.values[column]):
                yield Contrast(f"{first} to {second}", column, (first,), (second,))
    for name in lab.facts.attributes:
        values = lab.values["attributes"]
        having = tuple(value for value in values if name in value.split(" + "))
        others = tuple(value for value in values if value not in having)
        if having and others:
            yield Contrast(with_and_without(name), "attributes", having, others)


_BASES = ("restricted_person_years", "ever_restricted", "ever_denied", "ever_wronged", "needs_denied", "denied_share")
_SHARES = ("denied_share",)
_ASSUMED = (
    "What is assumed about the groups (occasions, acts, needs by group) is in it; it is not the scheme's doing alone.",
)


def _register() -> None:
    for name in _BASES:
        base = measure(name)
        register(
            Measure(
                f"{name}_ratio",
                "disparity",
                f"{base.title}: ratio of two groups",
                f"{base.definition} The first group's number for each one of the second group's.",
                f"({base.formula}) of the first group / of the second",
                "times",
                item="first group to second group; an attribute of the society to others: who has it, and who has not",
                caveats=_ASSUMED,
                interval="ratio",
            ),
            Measure(
                f"{name}_gap",
                "disparity",
                f"{base.title}: difference of two groups",
                f"{base.definition} The first group's number less the second group's.",
                f"({base.formula}) of the first group - of the second",
                "percentage points" if name in _SHARES else base.unit,
                item="first group to second group; an attribute of the society to others: who has it, and who has not",
                caveats=_ASSUMED,
                interval="difference",
            ),
        )


_register()


FEW_PERSONS = f"not given: fewer than {SMALLEST_CELL} persons on one side"


class Counted(NamedTuple):
    """What is counted of a measure, and among whom."""

    who: str
    """column of the table of persons: whoever brings what is counted"""
    cells: tuple[Cell, ...]
    top: Int64s
    """[units, worlds, cells]"""
    below: Int64s
    """[units, worlds, cells]"""
    scale: float


def bases(lab: Lab) -> Iterator[tuple[str, Counted]]:
    """The measures whose rates are set against each other."""
    names = lab.facts.names
    weekly = listed_cube(lab)
    people = np.repeat(population(lab, weekly.cells, "adults")[:, None, :], len(names), axis=1)
    yield (
        "restricted_person_years",
        Counted("restricted", weekly.cells, weekly.counts["listed"], people, PER / lab.facts.weeks),
    )
    persons = persons_cube(lab)
    for count in ("restricted", "denied", "wronged"):
        base: Base = "adults" if count == "restricted" else "persons"
        people = np.repeat(population(lab, persons.cells, base)[:, None, :], len(names), axis=1)
        yield f"ever_{count}", Counted(count, persons.cells, persons.counts[count], people, PER)
    needs = needs_cube(lab)
    people = np.repeat(population(lab, needs.cells)[:, None, :], len(names), axis=1)
    yield "needs_denied", Counted("denied", needs.cells, needs.counts["denied"], people, PER * 52 / lab.facts.weeks)
    yield "denied_share", Counted("denied", needs.cells, needs.counts["denied"], needs.counts["open"], 100.0)


def side(counted: Counted, column: str, values: tuple[str, ...]) -> list[int]:
    """The cells of one side of a contrast."""
    return [counted.cells.index(Cell(**{column: value})) for value in values]  # type: ignore[arg-type]


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family: for each world, of the groups that the run's breakdown has."""
    how: dict[str, Any] = {"signed": True, "counted": "clustered"}
    found = persons_cube(lab)
    for name, counted in bases(lab):
        where = [found.cells.index(cell) if cell in found.cells else -1 for cell in counted.cells]
        persons = found.counts[counted.who].sum(axis=0)[:, where]
        for contrast in contrasts(lab):
            sides = [side(counted, contrast.column, values) for values in (contrast.first, contrast.second)]
            cell = (Cell(item=contrast.item),)
            for w, world in enumerate(lab.facts.names):
                parts = np.stack(
                    [part[:, w, cells].sum(axis=1) for cells in sides for part in (counted.top, counted.below)]
                )
                enough = all(persons[w, cells].sum() >= SMALLEST_CELL for cells in sides)
                ratios = compare(lab, f"{name}_ratio", world, cell, parts[:, :, None], ratio, 1.0, logarithmic=True)
                # No ratio of a few persons, however many weeks or denials each of them brings.
                yield from (row if enough else not_given(row, FEW_PERSONS) for row in ratios)
                yield from compare(lab, f"{name}_gap", world, cell, parts[:, :, None], gap, counted.scale, **how)
