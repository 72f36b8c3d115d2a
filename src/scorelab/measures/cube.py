"""From the ledger's rows to dense integer arrays, and from these to rows of measures."""

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Any, Literal, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from scorelab.measures.interval import NEVER, Counted, Estimates, Statistic, estimate, rate
from scorelab.measures.lab import ATTRIBUTES, PERIOD_WEEKS, YEAR_WEEKS, Facts, Lab
from scorelab.measures.possible import impossible
from scorelab.measures.register import measure
from scorelab.measures.table import Cell, Row
from scorelab.words import AGE_LABELS, Age

Int64s = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
PER = 100_000
"""Natural frequencies are given for so many persons or adults."""
Base = Literal["persons", "adults"]
"""What a rate is per: adults for what is recorded and listed, persons for what children meet as well."""
PER_ADULT = (
    "Per adult, since only adults do what the catalogue's schemes record; a child that a false record puts on a list is"
    " counted above the line all the same."
)
CHILDREN = (AGE_LABELS[Age.a0_5], AGE_LABELS[Age.a6_17])


class Units(Protocol):
    """What rows are made from besides counts; a :class:`~scorelab.measures.lab.Lab` is one."""

    @property
    def facts(self) -> Facts: ...
    @property
    def by_replicate(self) -> bool:
        """Whether the units are replicates."""


class Cube(NamedTuple):
    """Integer sums: counts [names][units, labels, cells]."""

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    counts: dict[str, Int64s]


class Axes(NamedTuple):
    """What a cube is broken down by: each of ``sets`` names the columns that are not summed over."""

    sets: tuple[tuple[str, ...], ...]
    items: tuple[str, ...] = ()
    periods: int = 0


def once(make: Callable[[Lab], Cube]) -> Callable[[Lab], Cube]:
    """Keep a cube that several families read, for as long as its ledger is open."""

    @functools.wraps(make)
    def kept(lab: Lab) -> Cube:
        if make.__name__ not in lab.kept:
            lab.kept[make.__name__] = make(lab)
        found = lab.kept[make.__name__]
        assert isinstance(found, Cube)
        return found

    return kept


def single_groups(lab: Lab) -> tuple[tuple[str, ...], ...]:
    """Everybody, and each attribute of the breakdown by itself."""
    return ((), *((name,) for name in lab.facts.groups))


NO_PAIR = "(NULL::VARCHAR, NULL::VARCHAR)"
"""What a table of two words holds where there are none; it joins with nothing."""


def group_columns(lab: Lab) -> str:
    """The attributes of the breakdown for a SELECT, each with its comma; nothing where there is no breakdown."""
    return "".join(f"{name}, " for name in lab.facts.groups)


def cells_of(lab: Lab, axes: Axes) -> tuple[Cell, ...]:
    """Every cell of every set, whether or not anything was counted in it."""
    found: list[Cell] = []
    for columns in axes.sets:
        values: list[Sequence[str | int]] = []
        for column in columns:
            if column == "item":
                values.append(axes.items)
            elif column == "period":
                values.append(range(axes.periods))
            else:
                values.append(lab.values[column])
        for choice in product(*values):
            named: dict[str, Any] = dict(zip(columns, choice, strict=True))
            found.append(Cell(**named))
    return tuple(dict.fromkeys(found))


def cube(lab: Lab, query: str, names: Sequence[str], labels: Sequence[str], axes: Axes) -> Cube:
    """Sum ``names`` of a query over the ledger.

    The query yields ``unit_no``, ``label`` and the names, and where the axes ask for them the attributes, ``item`` and
    ``period``.
    """
    cells = cells_of(lab, axes)
    used = [name for name in (*ATTRIBUTES, "item", "period") if any(name in columns for columns in axes.sets)]
    at = {(label, cell): (i, k) for i, label in enumerate(labels) for k, cell in enumerate(cells)}
    counts = {name: np.zeros((lab.units, len(labels), len(cells)), np.int64) for name in names}
    if not axes.sets:
        return Cube(tuple(labels), cells, counts)
    sets = ", ".join("(" + ", ".join(("unit_no", "label", *columns)) + ")" for columns in dict.fromkeys(axes.sets))
    selected = ", ".join((*(f"{name}" if name in used else f"NULL AS {name}" for name in Cell._fields),))
    sums = ", ".join(f"sum({name})::BIGINT" for name in names)
    rows = lab.con.execute(
        f"SELECT unit_no, label, {selected}, {sums} FROM ({query}) GROUP BY GROUPING SETS ({sets})"
    ).fetchall()
    for unit, label, *rest in rows:
        place = at.get((label, Cell(*rest[: len(Cell._fields)])))
        if place is not None:
            for name, value in zip(names, rest[len(Cell._fields) :], strict=True):
                counts[name][unit, place[0], place[1]] = value
    return Cube(tuple(labels), cells, counts)


def population(lab: Lab, cells: Sequence[Cell], of: Base = "persons") -> Int64s:
    """Persons, or adults, behind each cell [units, cells]; in a cell of one age band, everybody in it."""
    sets = tuple({tuple(name for name in lab.facts.groups if getattr(cell, name) is not None) for cell in cells})
    people = cube(lab, "SELECT *, 'all' AS label FROM people", ("persons", "adults"), ("all",), Axes(sets))
    at = {cell: k for k, cell in enumerate(people.cells)}
    out = np.zeros((lab.units, len(cells)), np.int64)
    for k, cell in enumerate(cells):
        group = cell._replace(item=None, period=None)
        out[:, k] = people.counts[of if cell.age is None else "persons"][:, 0, at[group]]
    return out


def per_year(lab: Units, cells: Sequence[Cell], span: int = PERIOD_WEEKS) -> Floats:
    """What turns a count over persons into a number per 100,000 of them and year, cell by cell [cells].

    ``span`` is how many weeks a period has; the last one may be shorter.
    """
    weeks = [
        lab.facts.weeks if cell.period is None else min(span, lab.facts.weeks - cell.period * span) for cell in cells
    ]
    return PER * YEAR_WEEKS / np.array(weeks, np.float64)


def whole(found: Cube, count: str) -> Int64s:
    """What stands in the cells of all items together, for each cell [units, labels, cells]; shares are of it."""
    at = {cell: k for k, cell in enumerate(found.cells)}
    return found.counts[count][:, :, [at[cell._replace(item=None)] for cell in found.cells]]


def rows_of(
    name: str, world: str, against: str | None, cells: Sequence[Cell], found: Estimates, parts: Int64s | None = None
) -> Iterator[Row]:
    """Rows of a measure from its estimates; ``parts`` [P, units, K] lend the numerator and the denominator."""
    said = measure(name).unit
    sums = None if parts is None else parts.sum(axis=1)
    for k, cell in enumerate(cells):
        top, bottom = (None, None) if sums is None else (int(sums[0, k]), int(sums[1, k]))
        value, low, high = (float(column[k]) for column in (found.value, found.low, found.high))
        unit = said.replace("adults", "children of that age") if cell.age in CHILDREN else said
        yield Row(name, world, against, *cell, value, low, high, None, None, found.method[k], unit, top, bottom)


def not_given(row: Row, why: str) -> Row:
    """The row without its number, and why; a row that has none for another reason keeps that."""
    if row.value is None or math.isnan(row.value):
        return row
    return row._replace(value=math.nan, chance_low=math.nan, chance_high=math.nan, interval_method=why)


def levels(
    lab: Units,
    name: str,
    found: Cube,
    count: str,
    below: Int64s,
    scale: float | Floats,
    *,
    counted: Counted = "events",
    share: bool = False,
) -> Iterator[Row]:
    """One row a world and cell: count / below, where ``below`` is [units, cells] or, by world, [units, labels, cells].

    What cannot happen in a world gets no interval for never having been counted.
    """
    for i, world in enumerate(found.labels):
        bottom = below if below.ndim == 2 else below[:, i]
        parts = np.stack([found.counts[count][:, i], bottom])
        never = impossible(lab.facts.world(world), name)
        estimates = estimate(parts, rate, scale, lab.by_replicate, counted="sure" if never else counted, share=share)
        for row in rows_of(name, world, None, found.cells, estimates, parts):
            yield row._replace(interval_method=NEVER) if never and row.value == 0.0 else row


def differences(lab: Units, name: str, found: Cube, count: str, below: Int64s, scale: float | Floats) -> Iterator[Row]:
    """One row a pair of worlds and cell: the world's rate less the other's, over the same persons."""
    for world, against in lab.facts.pairs:
        here, there = found.labels.index(world), found.labels.index(against)
        parts = np.stack([found.counts[count][:, here] - found.counts[count][:, there], below])
        never = all(impossible(lab.facts.world(one), name) for one in (world, against))
        how: Counted = "sure" if never else difference(lab, world, against)
        estimates = estimate(parts, rate, scale, lab.by_replicate, signed=True, counted=how)
        yield from rows_of(name, world, against, found.cells, estimates, parts)


def difference(lab: Units, world: str, against: str) -> Counted:
    """Worlds that are equal in everything differ by nothing for sure; others only happen to."""
    return "sure" if lab.facts.world(world).meaning == lab.facts.world(against).meaning else "clustered"


def shares(
    lab: Lab, name: str, found: Cube, count: str, of: str | Int64s, counted: Counted = "events"
) -> Iterator[Row]:
    """One row a world and cell: of 100 of ``of``, how many are ``count``; ``of`` is in the same cube or shaped so."""
    below = found.counts[of] if isinstance(of, str) else of
    yield from levels(lab, name, found, count, below, 100.0, counted=counted, share=True)


def compare(
    lab: Lab,
    name: str,
    world: str,
    cells: Sequence[Cell],
    parts: Int64s,
    statistic: Statistic,
    scale: float,
    **how: Any,
) -> Iterator[Row]:
    """One row a cell for a statistic of four parts; the numerator and the denominator are left out."""
    estimates = estimate(parts, statistic, scale, lab.by_replicate, **how)
    yield from rows_of(name, world, None, cells, estimates)
