"""Coverage of whole lived runs: many runs of one small experiment that differ in their seed alone.

The answer is the ratio of the sums over all runs, which is ten or more times as sure as any one run.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from scorelab.kernel.counted import WEEKLY, Counts
from scorelab.measures.interval import Estimates, Int64s, estimate, rate
from scorelab.runs.lives import lives, prepare
from scorelab.runs.tasks import Task
from tests.measures.drawn import Covered, Design
from verification.figures.outcome import experiment

RUNS = 200
SIZE = {"persons": 300, "counties": 20, "weeks": 52}
SETS = ("experiment.start=2020-01-06",)
"""The year in which everything is in force."""
EXPERIMENT, WORLDS = "reported-and-documented", ("no-scheme", "without-false-records", "as-reported")
NONE, CLEAN, HERE = range(3)
RESTRICTED, DENIED, WRONGED = 2, 3, 4
"""Columns of the table of persons."""
GROUP = 30
"""Persons in the small group, in the mean over the runs."""


class Totals(NamedTuple):
    """What is counted of all runs: [runs, counties, worlds, groups, ...]."""

    weekly: Int64s
    """summed over the weeks, by column of the weekly table"""
    persons: Int64s
    """of the whole run, by column of the table of persons"""
    size: Int64s
    """[runs, counties, groups, 2] persons and adults"""


def live(runs: int) -> Totals:
    """Live so many runs, each with its own society and fate, as the replicates of one experiment."""
    prepared = prepare(experiment(EXPERIMENT, SETS, WORLDS, **SIZE))
    order = [prepared.built.names.worlds.index(world) for world in WORLDS]
    found = [[_county(prepared, Task(run, county)) for county in range(SIZE["counties"])] for run in range(runs)]
    return Totals(
        np.array([[c.weekly.sum(axis=0, dtype=np.int64)[order] for c in run] for run in found]),
        np.array([[c.persons[-1][order] for c in run] for run in found]),
        np.array([[c.size for c in run] for run in found]),
    )


def _county(prepared: object, task: Task) -> Counts:
    steps = lives(prepared, task)  # type: ignore[arg-type]
    while True:
        try:
            next(steps)
        except StopIteration as end:
            counts: Counts = end.value[0]
            return counts


class Lived(NamedTuple):
    """A measure of a run: its name, the parts [2, runs, counties] and how the lab estimates it."""

    what: str
    parts: Int64s
    how: dict[str, object]


def measures(totals: Totals) -> Iterator[Lived]:
    """The measures whose intervals are tried, of everybody and of the group that is nearest to thirty persons."""
    mean = totals.size[..., 0].sum(axis=1).mean(axis=0)
    group = int(np.argmin(np.abs(mean - GROUP)))
    everybody = np.arange(len(mean))
    for who, of in ((f"; a group of {mean[group]:.0f}", [group]), ("", everybody)):
        weekly, persons, size = (table[..., of, :].sum(axis=-2) for table in totals)
        people, adults = size[..., 0], size[..., 1]
        column = {name: weekly[..., WEEKLY.index(name)] for name in ("listed", "denied", "denied_false", "acts")}
        one: dict[str, object] = {"counted": "events"}
        many: dict[str, object] = {"counted": "clustered"}
        net: dict[str, object] = {"counted": "clustered", "signed": True}
        below = people if who else adults
        for name, top, bottom, how in (
            ("persons ever on a list", persons[:, :, HERE, RESTRICTED], below, one),
            ("years spent on a list", column["listed"][:, :, HERE], below, many),
            ("persons ever denied", persons[:, :, HERE, DENIED], people, {"counted": "events", "share": True}),
            ("denials", column["denied"][:, :, HERE], people, many),
            ("denials by false records alone", column["denied_false"][:, :, HERE], people, many),
            ("persons ever denied by error", persons[:, :, HERE, WRONGED], people, {**one, "share": True}),
            ("denials, less those of no scheme", _less(column["denied"], NONE), people, net),
            ("denials, less those without false records", _less(column["denied"], CLEAN), people, net),
            ("acts, less those of no scheme", _less(column["acts"], NONE), below, net),
        ):
            yield Lived(name + who, np.stack([top, bottom]), how)


def _less(counts: Int64s, world: int) -> Int64s:
    return counts[:, :, HERE] - counts[:, :, world]


def tried(lived: Lived, replicates: int) -> Covered | None:
    """How often intervals cover the mean of all runs: one run each, or so many runs as the replicates of one.

    None where nothing was ever counted.
    """
    parts = lived.parts
    if not parts[0].any():
        return None
    truth = float(parts[0].sum() / parts[1].sum())
    if replicates > 1:
        sets = parts.shape[1] // replicates
        parts = parts[:, : sets * replicates].reshape(2, sets, replicates, -1).sum(axis=-1)
    units = np.moveaxis(parts, 1, 2)
    found: Estimates = estimate(units, rate, 1.0, replicates > 1, **lived.how)  # type: ignore[arg-type]
    given = ~np.isnan(found.low)
    number = max(1, int(given.sum()))
    below, above = (int((given & side).sum()) / number for side in (found.high < truth, found.low > truth))
    design = Design(replicates, True) if replicates > 1 else Design(SIZE["counties"], False)
    return Covered("lived", lived.what, design, units.shape[2], float(given.mean()), below, above)


def table(runs: int = RUNS) -> Iterator[Covered]:
    """Every measure of one run, and of five runs as replicates."""
    for lived in measures(live(runs)):
        for replicates in (1, 5):
            found = tried(lived, replicates)
            if found is not None:
                yield found
