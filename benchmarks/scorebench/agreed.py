"""Do all tools live the same model? Nobody is timed before they do.

Counts per person of the whole run and of each quarter of it are compared in three worlds, each tool with each other.
The standard error of a count comes from many small runs of the reference, since households are independent of each
other. Two tools disagree where a difference is above ``ERRORS`` standard errors; in scorelab, where perceived risk
stands for fear, above that and ``OTHER_LAW`` of the count.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Tool
from benchmarks.scorebench.tools import REFERENCE

ERRORS = 5.0
OTHER_LAW = 0.005
WORLDS = (900, 930, 970)
SMALL, SMALL_RUNS = 3_000, 60
PERIODS = ("all weeks", "quarter 1", "quarter 2", "quarter 3", "quarter 4")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """What a tool counted per person, [periods, worlds, COLUMNS], over so many persons."""

    rates: Floats
    persons: int


def sample(tool: Tool, persons: int, weeks: int, seeds: range) -> Sample:
    """Live the model with several seeds."""
    runs = [tool.made(persons, weeks, seed, WORLDS, Change())() for seed in seeds]
    return Sample(np.mean([_by_period(run) for run in runs], axis=0) / persons, persons * len(seeds))


def _by_period(counts: m.Counts) -> Floats:
    by_week = counts.sum(axis=2).astype(float)
    quarters = [part.sum(axis=1) for part in np.array_split(by_week, 4, axis=1)]
    return np.stack([by_week.sum(axis=1), *quarters])


def variances(reference: Tool, weeks: int) -> Floats:
    """Variance of each count of one person."""
    runs = [reference.made(SMALL, weeks, seed, WORLDS, Change())() for seed in range(1000, 1000 + SMALL_RUNS)]
    found: Floats = np.var([_by_period(run) for run in runs], axis=0, ddof=1) / SMALL
    return found


def disagreements(samples: dict[str, Sample], variance: Floats) -> tuple[list[str], float]:
    """What two tools disagree about, in words, and the largest difference of all in standard errors.

    ``samples`` are by the module of the tool.
    """
    said: list[str] = []
    largest = 0.0
    for one, other in combinations(samples, 2):
        a, b = samples[one], samples[other]
        error = np.sqrt(variance * (1 / a.persons + 1 / b.persons))
        allowed = OTHER_LAW * b.rates if "in_scorelab" in (one, other) else np.zeros_like(b.rates)
        excess = np.maximum(np.abs(a.rates - b.rates) - allowed, 0)
        away = np.divide(excess, error, out=np.where(excess > 0, np.inf, 0.0), where=error > 0)
        largest = max(largest, float(away.max()))
        for period, world, column in np.argwhere(away > ERRORS):
            place = period, world, column
            said.append(
                f"{one} and {other} disagree: {m.COLUMNS[column]} a person in {PERIODS[period]} below {WORLDS[world]}: "
                f"{a.rates[place]:.5f} and {b.rates[place]:.5f}, {away[place]:.1f} standard errors"
            )
    return said, largest


def persons_of(name: str, tool: Tool) -> tuple[int, range]:
    """How many persons a tool lives to be compared, with which seeds: many for the reference, few where it is slow."""
    seeds = range(1, 6) if name in (REFERENCE, "in_scorelab") else range(1, 4)
    return min(tool.PERSONS, 60_000) // m.HOUSEHOLD * m.HOUSEHOLD, seeds
