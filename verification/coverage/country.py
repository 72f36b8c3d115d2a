"""How often the totals of a small country, from samples of its counties, cover what the whole country counts.

A country of 300 counties of 1,000 persons in the mean is lived whole under several fates. From each, many samples of
three sizes are drawn, as ``--counties`` would draw them under another seed; a county's life does not depend on which
others are lived, so nothing is lived again. The first interval of a total is held against what all 300 counties counted
under that fate, the second against the mean over the other fates.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from scorelab.kernel.counted import PERSONS, WEEKLY, Counts
from scorelab.measures.interval import Counted, Int64s
from scorelab.measures.national import totals
from scorelab.runs.country import places, row
from scorelab.runs.lives import Prepared, lives, prepare
from scorelab.runs.tasks import Task
from tests.runs.trial import trial

COUNTIES, PERSONS_OF_COUNTRY = 300, 300_000
FATES = 10
SAMPLES = (30, 100, 200)
SUBSAMPLES = 200
COUNTS: dict[str, tuple[str, str, Counted]] = {
    "persons ever on a list": ("persons", "restricted", "events"),
    "persons ever denied": ("persons", "denied", "events"),
    "denials": ("weekly", "denied", "clustered"),
    "denials by error": ("weekly", "denied_false", "clustered"),
}
WORLD = 1


class Coverage(NamedTuple):
    """How often both intervals of one count cover, for samples of one size; standard errors are over fates."""

    what: str
    sample: int
    country: float
    country_error: float
    chance: float
    chance_error: float
    without: float
    """share of samples without an interval, since too few counties had any case"""


@cache
def lived() -> tuple[Int64s, Int64s]:
    """Persons of each county, and what it counts under each fate [fates, counties, counts]."""
    sets = (f"society.country.counties={COUNTIES}", f"society.country.persons={PERSONS_OF_COUNTRY}")
    prepared = prepare(trial(scale="full", sets=sets))
    sizes = {place.county: place.persons for place in places(prepared.resolved)}
    found = [[_counts(prepared, Task(fate, county)) for county in range(COUNTIES)] for fate in range(FATES)]
    return np.array([sizes[county] for county in range(COUNTIES)]), np.array(found)


def _counts(prepared: Prepared, task: Task) -> list[int]:
    steps = lives(prepared, task)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            counts: Counts = end.value[0]
            break
    tables = {
        "weekly": dict(zip(WEEKLY, counts.weekly[:, WORLD].sum(axis=(0, 1), dtype=np.int64), strict=True)),
        "persons": dict(zip(PERSONS, counts.persons[-1, WORLD].sum(axis=0, dtype=np.int64), strict=True)),
    }
    return [int(tables[table][column]) for table, column, _ in COUNTS.values()]


def coverage() -> Iterator[Coverage]:
    """For each count and size of sample."""
    persons, counts = lived()
    whole = counts.sum(axis=1)
    for at, (name, (_, _, how)) in enumerate(COUNTS.items()):
        for sample in SAMPLES:
            hits = np.full((FATES, SUBSAMPLES, 2), np.nan)
            for fate in range(FATES):
                others = (whole[:, at].sum() - whole[fate, at]) / (FATES - 1)
                for draw in range(SUBSAMPLES):
                    chosen = list(row(COUNTIES, 10_000 * fate + draw)[:sample])
                    found = totals(persons[chosen], counts[fate, chosen, at], PERSONS_OF_COUNTRY, COUNTIES, counted=how)
                    for which, (one, truth) in enumerate(zip(found, (whole[fate, at], others), strict=True)):
                        if not np.isnan(one.low[0]):
                            hits[fate, draw, which] = one.low[0] <= truth <= one.high[0]
            by_fate = np.nanmean(hits, axis=1)
            errors = by_fate.std(axis=0, ddof=1) / np.sqrt(FATES)
            yield Coverage(
                name,
                sample,
                float(by_fate[:, 0].mean()),
                float(errors[0]),
                float(by_fate[:, 1].mean()),
                float(errors[1]),
                float(np.isnan(hits[:, :, 0]).mean()),
            )


def table(found: list[Coverage]) -> str:
    """The table of docs/scale.md."""
    lines = ["| count | counties lived, of 300 | covers the country | covers the expectation | no interval |"]
    lines.append("|---|---|---|---|---|")
    lines += [
        f"| {one.what} | {one.sample} | {one.country:.1%} ± {one.country_error:.1%} | {one.chance:.1%} ± "
        f"{one.chance_error:.1%} | {one.without:.1%} |"
        for one in found
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(table(list(coverage())))
