"""How unequally it falls: rates of two groups as a ratio and as a difference."""

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from scorelab.measures.cube import PER, Base, Int64s, compare, population
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
                item="first group to second group",
                caveats=_ASSUMED,
            ),
            Measure(
                f"{name}_gap",
                "disparity",
                f"{base.title}: difference of two groups",
                f"{base.definition} The first group's number less the second group's.",
                f"({base.formula}) of the first group - of the second",
                "percentage points" if name in _SHARES else base.unit,
                item="first group to second group",
                caveats=_ASSUMED,
            ),
        )


_register()


FEW_PERSONS = f"not given: fewer than {SMALLEST_CELL} persons on one side"


class _Counted(NamedTuple):
    who: str
    """column of the table of persons: whoever brings what is counted"""
    cells: tuple[Cell, ...]
    top: Int64s
    """[units, worlds, cells]"""
    below: Int64s
    """[units, worlds, cells]"""
    scale: float


def _bases(lab: Lab) -> Iterator[tuple[str, _Counted]]:
    names = lab.facts.names
    weekly = listed_cube(lab)
    people = np.repeat(population(lab, weekly.cells, "adults")[:, None, :], len(names), axis=1)
    yield (
        "restricted_person_years",
        _Counted("restricted", weekly.cells, weekly.counts["listed"], people, PER / lab.facts.weeks),
    )
    persons = persons_cube(lab)
    for count in ("restricted", "denied", "wronged"):
        base: Base = "adults" if count == "restricted" else "persons"
        people = np.repeat(population(lab, persons.cells, base)[:, None, :], len(names), axis=1)
        yield f"ever_{count}", _Counted(count, persons.cells, persons.counts[count], people, PER)
    needs = needs_cube(lab)
    people = np.repeat(population(lab, needs.cells)[:, None, :], len(names), axis=1)
    yield "needs_denied", _Counted("denied", needs.cells, needs.counts["denied"], people, PER * 52 / lab.facts.weeks)
    yield "denied_share", _Counted("denied", needs.cells, needs.counts["denied"], needs.counts["open"], 100.0)


def _few(row: Row) -> Row:
    """No ratio of a few persons, however many weeks or denials each of them brings."""
    if row.value is None or math.isnan(row.value):
        return row
    return row._replace(value=math.nan, chance_low=math.nan, chance_high=math.nan, interval_method=FEW_PERSONS)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family: for each world, of the groups that the run's breakdown has."""
    for name, counted in _bases(lab):
        at = {cell: k for k, cell in enumerate(counted.cells)}
        found = persons_cube(lab)
        where = [found.cells.index(cell) if cell in found.cells else -1 for cell in counted.cells]
        persons = found.counts[counted.who].sum(axis=0)[:, where]
        for attribute, contrasts in CONTRASTS.items():
            for first, second in contrasts:
                if attribute not in lab.facts.groups or not {first, second} <= set(lab.values[attribute]):
                    continue
                one, two = at[Cell(**{attribute: first})], at[Cell(**{attribute: second})]  # type: ignore[arg-type]
                cell = Cell(item=f"{first} to {second}")
                for w, world in enumerate(lab.facts.names):
                    sides = [counted.top[:, w, one], counted.below[:, w, one]]
                    sides += [counted.top[:, w, two], counted.below[:, w, two]]
                    parts = np.stack(sides)[:, :, None]
                    for row in compare(lab, f"{name}_ratio", world, (cell,), parts, ratio, 1.0, logarithmic=True):
                        yield row if persons[w, one] >= SMALLEST_CELL <= persons[w, two] else _few(row)
                    how: dict[str, Any] = {"signed": True, "counted": "clustered"}
                    yield from compare(lab, f"{name}_gap", world, (cell,), parts, gap, counted.scale, **how)
