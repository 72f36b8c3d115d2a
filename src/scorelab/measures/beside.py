"""Two finished runs beside each other: what one scheme does less what another does, to the same people.

Runs that share fate are lived by the same people with the same luck, so a county of one is paired with the same county
of the other, and the interval of a difference is that of the paired counties. No ledger holds patterns over two runs:
who is denied here and granted there is not known between them, and only net differences are given.
"""

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from scorelab.errors import RunError
from scorelab.measures.chances import places_cube
from scorelab.measures.conduct import acts_cube, label
from scorelab.measures.cube import PER, Base, Cube, Floats, Int64s, levels, per_year, population, rows_of
from scorelab.measures.denials import causes_cube, readings_cube
from scorelab.measures.economy import STATES, states_cube
from scorelab.measures.fate import must_share
from scorelab.measures.interval import Counted, estimate, gap, rate
from scorelab.measures.lab import YEAR_WEEKS, Lab, World
from scorelab.measures.needs import needs_cube
from scorelab.measures.persons import persons_cube
from scorelab.measures.points import PER_FEW, moved_cube
from scorelab.measures.possible import impossible
from scorelab.measures.register import measure
from scorelab.measures.restricted import entries_cube, false_entries_cube, listed_cube
from scorelab.measures.table import Cell, Row

OTHER_COINS = "not given: the two scores have other bounds, so a point is not the same in both"
PERCENTAGE_POINTS = "percentage points"


class Beside(NamedTuple):
    """One number of two runs, a and b, and the difference a - b; None where a number is not given.

    ``low_a`` to ``high_b`` are the intervals of chance of each side by itself; ``low`` and ``high`` that of the
    difference, from paired counties or replicates, as ``interval_method`` says. ``counted_a`` and ``counted_b`` are
    integer sums before any scaling.
    """

    measure: str
    quintile: str | None
    residence: str | None
    age: str | None
    sex: str | None
    attributes: str | None
    item: str | None
    value_a: float | None
    low_a: float | None
    high_a: float | None
    value_b: float | None
    low_b: float | None
    high_b: float | None
    difference: float | None
    low: float | None
    high: float | None
    interval_method: str
    unit: str
    difference_unit: str
    counted_a: int | None
    counted_b: int | None

    @property
    def cell(self) -> Cell:
        return Cell(self.quintile, self.residence, self.age, self.sex, self.attributes, self.item)

    @property
    def apart(self) -> bool | None:
        """Whether chance alone would hardly bring such a difference; None where there is no interval to tell by."""
        if self.low is None or self.high is None:
            return None
        return not self.low <= 0.0 <= self.high


@dataclass(frozen=True)
class Compared:
    """One measure of one world: what was counted and over whom, each [units, cells]."""

    name: str
    cells: tuple[Cell, ...]
    top: Int64s
    below: Int64s
    scale: Floats
    counted: Counted = "clustered"
    share: bool = False
    own_base: bool = False
    """what it is per was counted in each world by itself, and so differs"""
    signed: bool = False


def beside(a: Lab, b: Lab, worlds: tuple[str, str] | None = None) -> list[Beside]:
    """Every measure of a world of run a beside the same of a world of run b, by default of the focus of each.

    Raises RunError where the two runs do not share fate, or one has no such world.
    """
    here, there = worlds or (a.facts.focus, b.facts.focus)
    for lab, name in ((a, here), (b, there)):
        if name not in lab.facts.names:
            raise RunError(f"no world '{name}' in {lab.facts.run_dir}; it has {', '.join(lab.facts.names)}")
    must_share(a, b)
    mine, others = list(compared(a, here)), {one.name: one for one in compared(b, there)}
    sides = (a, a.facts.world(here)), (b, b.facts.world(there))
    return [row for one in mine for row in _pairs(one, others[one.name], *sides)]


def compared(lab: Lab, world: str) -> Iterator[Compared]:
    """The measures of one world that can stand beside those of a world of another run."""
    yield from _listed(lab, world)
    yield from _persons(lab, world)
    yield from _needs(lab, world)
    yield from _acts(lab, world)
    yield from _lives(lab, world)
    yield from _points(lab, world)


class _Of(NamedTuple):
    """One world of a cube over the whole run."""

    lab: Lab
    world: str
    found: Cube

    def keep(self) -> list[int]:
        """Cells of the whole run; series over time are left to each run's own report."""
        return [k for k, cell in enumerate(self.found.cells) if cell.period is None]

    def measure(
        self, name: str, count: str, base: Base, scale: Callable[[Lab, Sequence[Cell]], Floats], **how: Any
    ) -> Compared:
        """A count over so many persons or adults."""
        keep = self.keep()
        cells = tuple(self.found.cells[k] for k in keep)
        top = self.found.counts[count][:, self.found.labels.index(self.world)][:, keep]
        return Compared(name, cells, top, population(self.lab, cells, base), scale(self.lab, cells), **how)


def _once(_: Lab, cells: Sequence[Cell]) -> Floats:
    """Per 100,000, whatever the number of years."""
    return np.full(len(cells), float(PER))


def _years_of_life(lab: Lab, cells: Sequence[Cell]) -> Floats:
    """From person-weeks to person-years per 100,000 and year."""
    return per_year(lab, cells) / YEAR_WEEKS


def _listed(lab: Lab, world: str) -> Iterator[Compared]:
    on = _Of(lab, world, listed_cube(lab))
    yield on.measure("restricted_person_years", "listed", "adults", _years_of_life)
    yield _Of(lab, world, entries_cube(lab)).measure("listings", "entries", "adults", per_year, counted="events")
    false = _Of(lab, world, false_entries_cube(lab))
    yield false.measure("listings_by_error", "entries_false", "adults", per_year, counted="events")


def _persons(lab: Lab, world: str) -> Iterator[Compared]:
    persons = _Of(lab, world, persons_cube(lab))
    yield persons.measure("ever_restricted", "restricted", "adults", _once, counted="events")
    for name in ("denied", "wronged", "for_another"):
        yield persons.measure(f"ever_{name}", name, "persons", _once, counted="events", share=True)


def _needs(lab: Lab, world: str) -> Iterator[Compared]:
    needs = _Of(lab, world, needs_cube(lab))
    for name in ("denied", "not_asked", "favoured"):
        yield needs.measure(f"needs_{name}", name, "persons", per_year)
    denied, asks = (needs.measure("denied_share", name, "persons", _once) for name in ("denied", "open"))
    hundred = np.full(len(denied.cells), 100.0)
    yield Compared("denied_share", denied.cells, denied.top, asks.top, hundred, share=True, own_base=True)
    yield _Of(lab, world, causes_cube(lab)).measure("denials_by_cause", "n", "persons", per_year)
    readings = _Of(lab, world, readings_cube(lab))
    for name, count in (("wrongful_pivotal", "pivotal"), ("unrelated_context", "elsewhere")):
        yield readings.measure(name, count, "persons", per_year)


def _acts(lab: Lab, world: str) -> Iterator[Compared]:
    """Acts, and how many fewer there are than in the reference, which is the same world in both runs."""
    found = acts_cube(lab)
    acts = _Of(lab, world, found).measure("acts", "acted", "adults", per_year)
    yield acts
    reference = _Of(lab, lab.facts.against, found).measure("acts", "acted", "adults", per_year)
    fewer = reference.top - acts.top
    yield Compared("acts_net_prevented", acts.cells, fewer, acts.below, acts.scale, signed=True)


def _lives(lab: Lab, world: str) -> Iterator[Compared]:
    states = _Of(lab, world, states_cube(lab))
    for name, (_, _, base) in STATES.items():
        yield states.measure(f"{name}_person_years", name, base, _years_of_life)
    pair = (world, lab.facts.against)
    if lab.facts.life_chances and pair in lab.facts.pairs:
        places = _Of(lab, label(pair), places_cube(lab))
        lost, gained = (places.measure("chances_net", name, "persons", per_year) for name in ("lost", "gained"))
        yield Compared("chances_net", lost.cells, lost.top - gained.top, lost.below, lost.scale, signed=True)


def _few(lab: Lab, cells: Sequence[Cell]) -> Floats:
    return per_year(lab, cells) * PER_FEW / PER


def _points(lab: Lab, world: str) -> Iterator[Compared]:
    """All sources together, since two schemes have other sources."""
    points = _Of(lab, world, moved_cube(lab))
    everything = points.found.cells.index(Cell())
    counts = {name: count[:, :, [everything]] for name, count in points.found.counts.items()}
    total = _Of(lab, world, Cube(points.found.labels, (Cell(),), counts))
    for name in ("taken", "given"):
        yield total.measure(f"points_{name}", name, "adults", _few)


_Side = tuple[Lab, World]


def _pairs(mine: Compared, other: Compared, a: _Side, b: _Side) -> Iterator[Beside]:
    """One measure of both sides, cell by cell; groups that only one run tells apart are left out."""
    at = {cell: k for k, cell in enumerate(other.cells)}
    shared = [(k, at[cell]) for k, cell in enumerate(mine.cells) if cell in at]
    if a[0].facts.attributes != b[0].facts.attributes:
        shared = [(k, m) for k, m in shared if mine.cells[k].attributes is None]
    one, two = _some(mine, [k for k, _ in shared]), _some(other, [m for _, m in shared])
    rows_a, rows_b = _alone(one, *a), _alone(two, *b)
    for row_a, row_b, (value, low, high, method) in zip(rows_a, rows_b, _difference(one, two, a, b), strict=True):
        yield Beside(
            *(one.name, row_a.quintile, row_a.residence, row_a.age, row_a.sex, row_a.attributes, row_a.item),
            *(_given(row_a.value), _given(row_a.chance_low), _given(row_a.chance_high)),
            *(_given(row_b.value), _given(row_b.chance_low), _given(row_b.chance_high)),
            *(_given(value), _given(low), _given(high)),
            *(method, row_a.unit, PERCENTAGE_POINTS if one.own_base else row_a.unit),
            *(row_a.numerator, row_b.numerator),
        )


def _some(one: Compared, keep: list[int]) -> Compared:
    cells = tuple(one.cells[k] for k in keep)
    return replace(one, cells=cells, top=one.top[:, keep], below=one.below[:, keep], scale=one.scale[keep])


def _alone(one: Compared, lab: Lab, world: World) -> list[Row]:
    """The numbers of one side as its own report has them."""
    if one.signed:
        sure = world.meaning == lab.facts.world(lab.facts.against).meaning
        counted: Counted = "sure" if sure else one.counted
        parts = np.stack([one.top, one.below])
        found = estimate(parts, rate, one.scale, lab.by_replicate, signed=True, counted=counted)
        return list(rows_of(one.name, world.name, lab.facts.against, one.cells, found, parts))
    found_cube = Cube((world.name,), one.cells, {"top": one.top[:, None, :]})
    how: dict[str, Any] = {"counted": one.counted, "share": one.share}
    return list(levels(lab, one.name, found_cube, "top", one.below, one.scale, **how))


def _difference(one: Compared, two: Compared, a: _Side, b: _Side) -> Iterator[tuple[float, float, float, str]]:
    """Value, low, high and method of a - b for each cell, from the units of both runs in pairs."""
    sure = a[1].meaning == b[1].meaning or all(impossible(world, one.name) for _, world in (a, b))
    how: dict[str, Any] = {"signed": True, "counted": "sure" if sure else "clustered"}
    if one.own_base:
        parts = np.stack([one.top, one.below, two.top, two.below])
        found = estimate(parts, gap, one.scale, a[0].by_replicate, **how)
    else:
        parts = np.stack([one.top - two.top, one.below])
        found = estimate(parts, rate, one.scale, a[0].by_replicate, **how)
    other_coins = one.name.startswith("points_") and scores(a[1]) != scores(b[1])
    for k, method in enumerate(found.method):
        if other_coins:
            yield np.nan, np.nan, np.nan, OTHER_COINS
        else:
            yield float(found.value[k]) + 0.0, float(found.low[k]), float(found.high[k]), method


def scores(world: World) -> list[tuple[int, int, int]]:
    """Start and bounds of each score of a world; points can be compared where these are equal."""
    found = (scheme.score for scheme in world.left.schemes)
    return [(score.start, score.lowest, score.highest) for score in found if score is not None]


def _given(number: float | None) -> float | None:
    return None if number is None or np.isnan(number) else float(number)


COLUMNS = ("run_a", "world_a", "run_b", "world_b", "title", *Beside._fields)
"""Columns of the table that is written and of the data frame."""


def write_csv(rows: Sequence[Sequence[object]], path: Path) -> Path:
    """Write rows of these columns as a CSV, whole or not at all. Raises RunError where the disk does not take it."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("w", newline="", encoding="utf-8") as stream:
            written = csv.writer(stream, lineterminator="\n")
            written.writerow(COLUMNS)
            written.writerows(rows)
        temporary.replace(path)
    except OSError as error:
        raise RunError(f"cannot write {path}: {error.strerror}") from error
    return path


def titled(row: Beside) -> str:
    """What the measure is called."""
    return measure(row.measure).title
