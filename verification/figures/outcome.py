"""One experiment lived in memory: counts by county, and sums over them or over all but one."""

import dataclasses
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from scorelab.kernel.counted import (
    ENDINGS,
    POINTS,
    PROCESS,
    RECORDS,
    TURNOVER,
    WEEKLY,
    Counts,
)
from scorelab.runs.lives import Prepared, lives, prepare
from scorelab.runs.tasks import Task
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved
from scorelab.tables.names import Names

Array = npt.NDArray[Any]
_COLUMNS = {
    "weekly": WEEKLY,
    "lists": TURNOVER,
    "records": RECORDS,
    "points": POINTS,
    "process": PROCESS,
    "endings": ENDINGS,
}
_LEAVE_OUT = 1.959963984540054


@dataclasses.dataclass(frozen=True)
class Outcome:
    """Counts of an experiment, by county; ``chosen`` are the counties that are summed over."""

    resolved: Resolved
    names: Names
    by_county: tuple[Counts, ...]
    chosen: tuple[int, ...]

    def table(self, name: str) -> Array:
        """A dense table, summed over the chosen counties."""
        parts = [np.asarray(getattr(self.by_county[c], name), np.int64) for c in self.chosen]
        return np.asarray(np.sum(parts, axis=0))

    def column(self, table: str, column: str) -> Array:
        """One column of a dense table, without its last axis."""
        found: Array = self.table(table)[..., _COLUMNS[table].index(column)]
        return found

    def weekly(self, world: str, column: str) -> Array:
        """A weekly count of everybody in a world [weeks]."""
        return np.asarray(self.column("weekly", column)[:, self.names.worlds.index(world)].sum(axis=1))

    def sparse(self, name: str) -> Array:
        """Rows (key, count) of a sparse table of all chosen counties; a key can stand in several rows."""
        return np.asarray(np.concatenate([getattr(self.by_county[c], name) for c in self.chosen]))

    @property
    def persons(self) -> int:
        """Persons in the chosen counties."""
        return int(self.table("size")[:, 0].sum())

    @property
    def adults(self) -> int:
        """Of them, persons of 18 and older."""
        return int(self.table("size")[:, 1].sum())

    def world(self, name: str) -> int:
        """The number of a world."""
        return self.names.worlds.index(name)


Reading = Callable[[Outcome], float]


def live(resolved: Resolved) -> Outcome:
    """Live all counties of an experiment, one after another."""
    prepared = prepare(resolved)
    found = tuple(_county(prepared, number) for number in range(resolved.counties))
    return Outcome(resolved, prepared.built.names, found, tuple(range(len(found))))


def _county(prepared: Prepared, number: int) -> Counts:
    steps = lives(prepared, Task(0, number))
    while True:
        try:
            next(steps)
        except StopIteration as end:
            counts: Counts = end.value[0]
            return counts


def read(outcome: Outcome, reading: Reading) -> tuple[float, float, float]:
    """A figure and its 95 % interval of chance, by leaving out one county at a time (jackknife)."""
    value = reading(outcome)
    count = len(outcome.by_county)
    if count < 2:
        return value, float("nan"), float("nan")
    left = [
        reading(dataclasses.replace(outcome, chosen=tuple(c for c in range(count) if c != out))) for out in range(count)
    ]
    spread = np.array(left) - np.mean(left)
    error = float(np.sqrt((count - 1) / count * (spread**2).sum()))
    return value, value - _LEAVE_OUT * error, value + _LEAVE_OUT * error


@lru_cache(maxsize=8)
def _resolved(what: str, options: Options) -> Resolved:
    return resolve(what, options=options)


def experiment(what: str, sets: Sequence[str] = (), worlds: Sequence[str] = (), **size: Any) -> Resolved:
    """An experiment of the catalogue or a file, of a given size, with some numbers set and some of its worlds."""
    found = _resolved(what, Options(sets=tuple(sets), **size))
    if not worlds:
        return found
    kept = [found.world(name) for name in worlds]
    return dataclasses.replace(found, worlds=kept, against=worlds[0], focus=worlds[-1])
