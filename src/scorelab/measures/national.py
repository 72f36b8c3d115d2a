"""Totals of a country, from the counties of it that were lived: a ratio estimator to its known population.

The counties that are lived are a simple random sample of the country's (all of them, where none is left out). A total
is the count for each person lived times the persons of the country (Cochran 1977, ch. 6), and its standard error that
of the delete-one jackknife over counties. Two intervals answer two questions.

``country_low`` to ``country_high`` is about what the whole country would count under the run's own seed: the counties
that were not lived have their fate already, and only they are unknown. The finite population correction belongs here;
with every county lived the interval is a point.

``chance_low`` to ``chance_high`` is about what is to be expected over all fates and synthetic people, for counties of
these sizes, as all other intervals of chance are. Counties differ in nothing but size and chance, so how they differ is
how chance makes them differ, whether they were lived or not: no correction belongs here.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scorelab.measures.interval import Counted, Estimates, Int64s, estimate, rate
from scorelab.measures.lab import YEAR_WEEKS, Facts, Lab
from scorelab.measures.table import read_rows, write_rows

FILE = "national.parquet"


class Total(NamedTuple):
    """A count of which a country has a total."""

    title: str
    column: str
    """of the table ``county_totals``"""
    counted: Counted
    weeks: int = 1
    """weeks that make one of its units"""


TOTALS = {
    "ever_restricted": Total("persons ever on a list", "ever_restricted", "events"),
    "restricted_person_years": Total("person-years on a list", "listed", "clustered", YEAR_WEEKS),
    "entries": Total("entries onto a list", "entries", "clustered"),
    "records_true": Total("true records", "records_true", "clustered"),
    "records_false": Total("false records", "records_false", "events"),
    "acts": Total("acts of all kinds", "acts", "clustered"),
    "ever_denied": Total("persons ever denied", "ever_denied", "events"),
    "ever_wronged": Total("persons ever denied by error", "ever_wronged", "events"),
    "ever_for_another": Total("persons ever denied for somebody else's record", "ever_for_another", "events"),
    "denied": Total("denials", "denied", "clustered"),
    "denied_false": Total("denials by error", "denied_false", "clustered"),
    "denied_tie": Total("denials for somebody else's record", "denied_tie", "clustered"),
    "jobless_person_years": Total("person-years without work", "jobless", "clustered", YEAR_WEEKS),
    "arrears_person_years": Total("person-years in arrears", "arrears", "clustered", YEAR_WEEKS),
}
"""Totals of the whole run, by name; of several replicates, the mean of one."""


class National(NamedTuple):
    """One total of the country. ``counted`` is the sum in the counties lived, of all replicates.

    An interval is null where there are too few counties, or too few that have any case; ``interval_method`` says so.
    """

    total: str
    world: str
    against: str | None
    value: float | None
    country_low: float | None
    country_high: float | None
    chance_low: float | None
    chance_high: float | None
    interval_method: str
    unit: str
    counted: int
    counties: int
    counties_of_country: int


def write(lab: Lab, run_dir: Path) -> Path | None:
    """Write ``national.parquet`` of a run at full scale; of any other run nothing, and None is returned."""
    if not lab.facts.national:
        return None
    return write_rows(rows(lab), National, run_dir / FILE, ("total", "world", "against"))


def read(run_dir: Path) -> list[National]:
    """The totals of a run's country, in the order of the table; none where it was not run at full scale."""
    return [National(*row) for row in read_rows(National, run_dir / FILE)]


def rows(lab: Lab) -> Iterator[National]:
    """Every total of every world, and its difference from the reference world."""
    persons, counts = _counts(lab)
    for name, total in TOTALS.items():
        found = counts[total.column]
        for at, world in enumerate(lab.facts.names):
            yield from _rows(lab.facts, name, world, None, persons, found[at])
        there = lab.facts.names.index(lab.facts.against)
        for at, world in enumerate(lab.facts.names):
            if at != there:
                yield from _rows(lab.facts, name, world, lab.facts.against, persons, found[at] - found[there])


def _counts(lab: Lab) -> tuple[Int64s, dict[str, Int64s]]:
    """Persons of each county lived, times the replicates; and of each column the counts [worlds, counties]."""
    columns = tuple(dict.fromkeys(total.column for total in TOTALS.values()))
    sums = ", ".join(f"sum({column})::BIGINT" for column in ("persons", *columns))
    query = (
        f"SELECT county, world, {sums} FROM read_parquet('{lab.files('county_totals')}') "
        "GROUP BY county, world ORDER BY county"
    )
    found = lab.con.execute(query).fetchall()
    names, places = lab.facts.names, {county: at for at, county in enumerate(dict.fromkeys(row[0] for row in found))}
    made = np.zeros((len(columns) + 1, len(names), len(places)), np.int64)
    for county, world, *values in found:
        made[:, names.index(world), places[county]] = values
    return made[0, 0], dict(zip(columns, made[1:], strict=True))


def totals(
    persons: Int64s,
    counts: Int64s,
    population: int,
    counties: int,
    *,
    counted: Counted = "events",
    signed: bool = False,
) -> tuple[Estimates, Estimates]:
    """The total of a country of so many people and counties, by a sample of them, with its two intervals.

    ``persons`` and ``counts`` are those of each county lived. Returns the estimates for the country as this seed has
    it, and those of what is to be expected; they differ in their intervals alone.
    """
    parts = np.stack([counts, persons])[:, :, None]
    left = (1.0 - len(persons) / counties) ** 0.5

    def by(narrowed: float) -> Estimates:
        return estimate(parts, rate, float(population), False, signed=signed, counted=counted, narrowed=narrowed)

    return by(left), by(1.0)


def _rows(
    facts: Facts, name: str, world: str, against: str | None, persons: Int64s, counts: Int64s
) -> Iterator[National]:
    total = TOTALS[name]
    country = facts.resolved["society"]["country"]
    replicates = facts.resolved["replicates"]
    counties, of = len(persons), int(country["counties"]["value"])
    realised, expected = totals(
        persons,
        counts,
        int(country["persons"]["value"]),
        of,
        counted="clustered" if against else total.counted,
        signed=against is not None,
    )
    method = expected.method[0]
    if method.startswith("jackknife"):
        method = f"ratio estimator, jackknife over {counties:,} of {of:,} counties"

    value = float(realised.value[0])
    ends = (value, value) if counties == of else (float(realised.low[0]), float(realised.high[0]))
    value, low, high, lowest, highest = (
        end / total.weeks for end in (value, *ends, float(expected.low[0]), float(expected.high[0]))
    )
    unit = total.title + (", more or fewer than there" if against else "") + (", a replicate" if replicates > 1 else "")
    counted = int(counts.sum())
    yield National(name, world, against, value, low, high, lowest, highest, method, unit, counted, counties, of)
