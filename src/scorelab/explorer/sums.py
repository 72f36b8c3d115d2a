"""Sums of what was lived, county by county, as the measures need them: straight from the counts, nothing written.

Everything here is an integer; a number with an interval is made of it by :mod:`scorelab.measures`, as it is from a
ledger. Tables lie in memory as those do that come from a ledger, since floats are added in the order of memory.
"""

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from scorelab.kernel.counted import PERSONS, WEEKLY, Counts
from scorelab.kernel.layout import GRADE_STATUS, PERIOD_WEEKS
from scorelab.measures.cube import Cube, Int64s
from scorelab.measures.interval import LEAST_REPLICATES
from scorelab.measures.lab import Facts, facts_of
from scorelab.measures.table import Cell
from scorelab.runs.again import Lived
from scorelab.spec.resolved import Resolved
from scorelab.words import Act, Origin, Truth

NOWHERE = Path()
"""The folder of a run that has none."""

Way = tuple[str, str, str, str, str, str]
"""behaviour, source, list or grade, service, truth and origin of a denial."""


def _added(where: Int64s, number: Int64s, size: int) -> Int64s:
    """Numbers added up by where they belong; exact, as none comes near 2**53."""
    return np.bincount(where, weights=number, minlength=size).astype(np.int64)


def facts_in_memory(resolved: Resolved) -> Facts:
    """What measures and charts need to know of an experiment that has no folder."""
    return facts_of({"resolved": json.loads(resolved.to_json())}, NOWHERE)


class Sums:
    """The counts of an experiment that was lived: it stands in for a laboratory where measures make rows of counts."""

    def __init__(self, lived: Lived) -> None:
        """Counties, or replicates where there are enough of them, are the units that carry an interval."""
        self.lived = lived
        self.names = lived.prepared.built.names
        resolved = lived.resolved
        self.facts = facts_in_memory(resolved)
        self.by_replicate = resolved.replicates >= LEAST_REPLICATES
        tasks = [one.task for one in lived.counties]
        whose = [(task.replicate if self.by_replicate else task) for task in tasks]
        units = sorted(set(whose))
        self.units = len(units)
        self._unit = np.array([units.index(one) for one in whose])
        self.cells, self._onto = self._breakdown()

    @property
    def worlds(self) -> tuple[str, ...]:
        """All worlds, in the order of the counts."""
        return self.names.worlds

    def _breakdown(self) -> tuple[tuple[Cell, ...], Int64s]:
        """Everybody, then each group with somebody in it by each attribute alone; and which groups each is made of."""
        size = sum(one.counts.size[:, 0] for one in self.lived.counties)
        cells: list[Cell] = [Cell()]
        rows = [np.ones(len(self.names.groups), np.int64)]
        for attribute in self.names.groups[0]:
            words = np.array([group[attribute] for group in self.names.groups])
            for word in dict.fromkeys(words.tolist()):
                row = (words == word).astype(np.int64)
                if (row * size).sum() > 0:
                    cells.append(Cell(**{attribute: word}))
                    rows.append(row)
        return tuple(cells), np.stack(rows, axis=1)

    def _by_unit(self, made: Callable[[Counts], Int64s]) -> Int64s:
        """A table of each county, added up unit by unit; the units are the first axis."""
        first = np.asarray(made(self.lived.counties[0].counts), np.int64)
        total = np.zeros((self.units, *first.shape), np.int64)
        for unit, one in zip(self._unit, self.lived.counties, strict=True):
            total[unit] += made(one.counts)
        return total

    def _grouped(self, counted: Int64s) -> Int64s:
        """A table whose last axis is the group, as one whose last axis is the cells of the breakdown."""
        found: Int64s = counted @ self._onto
        return found

    @cached_property
    def _size(self) -> Int64s:
        return self._grouped(self._by_unit(lambda counts: counts.size).transpose(0, 2, 1))

    def below(self, cells: Sequence[Cell], of: str = "persons") -> Int64s:
        """Persons, or adults, behind each cell [units, cells]; in a cell of one age band, everybody in it."""
        at = {cell: k for k, cell in enumerate(self.cells)}
        where = [at[cell._replace(item=None, period=None)] for cell in cells]
        child = np.array([cell.age is not None for cell in cells])
        persons, adults = self._size[:, 0, where], self._size[:, 1, where]
        return np.where(child, persons, adults) if of == "adults" else persons

    def weekly(self, name: str) -> Int64s:
        """A weekly count by unit, week, world and cell of the breakdown [units, weeks, W, cells]."""
        column = WEEKLY.index(name)
        return self._grouped(self._by_unit(lambda counts: counts.weekly[..., column].astype(np.int64)))

    def whole_run(self, name: str, weekly: Int64s) -> Cube:
        """What was counted weekly, over the whole run and by group."""
        return Cube(self.worlds, self.cells, {name: np.ascontiguousarray(weekly.sum(axis=1))})

    def by_period(self, name: str, weekly: Int64s) -> Cube:
        """The same of everybody, by 13 weeks."""
        begins = np.arange(0, weekly.shape[1], PERIOD_WEEKS)
        table = np.add.reduceat(weekly[..., 0], begins, axis=1).transpose(0, 2, 1)
        return Cube(self.worlds, tuple(Cell(period=p) for p in range(len(begins))), {name: np.ascontiguousarray(table)})

    def by_week(self, name: str, weekly: Int64s, weeks: Sequence[int]) -> Cube:
        """The same of everybody in some weeks, numbered from 0."""
        table = weekly[..., 0][:, weeks].transpose(0, 2, 1)
        return Cube(self.worlds, tuple(Cell(period=week) for week in weeks), {name: np.ascontiguousarray(table)})

    @cached_property
    def persons(self) -> Cube:
        """Different persons over the whole run, by group; the counts are named as in the ledger."""
        table = self._by_unit(lambda counts: counts.persons[-1])  # [units, W, G, len(PERSONS)]
        counted = np.ascontiguousarray(self._grouped(table.transpose(3, 0, 1, 2)))
        return Cube(self.worlds, self.cells, dict(zip(PERSONS, counted, strict=True)))

    @cached_property
    def acts(self) -> Cube:
        """Acts over the whole run by standing: unlawful, lawful and prosocial ones."""
        standings = ("unlawful", "lawful", "prosocial")
        of = np.array([standings.index(self.facts.standing[name]) for name in self.names.behaviours])

        def table(counts: Counts) -> Int64s:
            packed, number = counts.occasions[:, 0], counts.occasions[:, 1]
            pattern, standing = packed & 0xFFFF, of[packed >> 16 & 63]
            acted = [pattern >> 2 * w & 3 == int(Act.acted) for w in range(len(self.worlds))]
            return np.stack([_added(standing[did], number[did], len(standings)) for did in acted])

        cells = tuple(Cell(item=word) for word in standings)
        return Cube(self.worlds, cells, {"acted": self._by_unit(table)})

    def causes(self, words: Sequence[str]) -> Cube:
        """Denials over the whole run by origin and truth of the record behind them, in the order of ``words``."""
        place = {f"{o.name} {t.name}": 2 * int(o) + int(t) for o in Origin for t in Truth}
        order = [place[word] for word in words]

        def table(counts: Counts) -> Int64s:
            packed, number = counts.denials[:, 0], counts.denials[:, 1]
            world, flags = packed >> 10 + 4 + 6 + 8 & 7, packed >> 6 & 15
            return _added(4 * world + (flags >> 2), number, 4 * len(self.worlds)).reshape(-1, 4)[:, order]

        return Cube(self.worlds, tuple(Cell(item=word) for word in words), {"n": self._by_unit(table)})

    def ways(self) -> dict[str, list[tuple[Way, int]]]:
        """The ways that denials of each world took over the whole run, the widest first, with how many took it."""
        table = np.concatenate([one.counts.flow for one in self.lived.counties])
        years = 1 << 27  # what is below the year
        keys, where = np.unique(table[:, 0] % years, return_inverse=True)
        number = _added(where, table[:, 1], len(keys))
        found: dict[str, list[tuple[Way, int]]] = {name: [] for name in self.worlds}
        for packed, count in sorted(
            zip(keys.tolist(), number.tolist(), strict=True), key=lambda one: (-one[1], one[0])
        ):
            world, way = self._way(packed)
            found[world].append((way, count))
        return found

    def _way(self, packed: int) -> tuple[str, Way]:
        names, flags = self.names, packed & 3
        service, status = packed >> 2 & 63, packed >> 8 & 31
        source, behaviour, world = packed >> 13 & 31, packed >> 18 & 63, packed >> 24 & 7
        if status < GRADE_STATUS:
            closed_by = names.lists[status]
        else:
            closed_by = f"grade {(names.grades[world] or ('none',))[status - GRADE_STATUS]}"
        way = (names.behaviours[behaviour], names.sources[source], closed_by, names.services[service])
        return names.worlds[world], (*way, Truth(flags & 1).name, Origin(flags >> 1).name)
