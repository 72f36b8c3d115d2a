"""Work, arrears and throttled connections: what a scheme does to lives beside closing doors."""

from collections.abc import Iterator

import numpy as np

from scorelab.measures.cube import (
    Axes,
    Base,
    Cube,
    cube,
    difference,
    differences,
    levels,
    once,
    per_year,
    population,
    rows_of,
    single_groups,
)
from scorelab.measures.interval import estimate, rate
from scorelab.measures.lab import PERIOD_WEEKS, YEAR_WEEKS, Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

STATES: dict[str, tuple[str, str, Base]] = {
    "jobless": ("Years without work", "looking for work", "adults"),
    "arrears": ("Years in arrears", "behind with payments", "adults"),
    "throttled": ("Years with a throttled connection", "online only in part", "persons"),
}
SPIRAL = ("jobless", "arrears")
_SLOWER = "It counts persons, not how much slower: that stands in the scheme, and may differ between its clauses."
_TURNS = "Most of it has nothing to do with a scheme; compare worlds."

register(
    *(
        Measure(
            f"{name}_person_years",
            "economy",
            title,
            f"Years of life spent {words}, for each 100,000 {base} and year; the same number as the {base} who are so"
            " in an average week.",
            f"sum of weekly.{name} / 52 / ({base} x years)",
            f"person-years per 100,000 {base} and year",
            period="13 weeks",
            caveats=(_SLOWER,) if name == "throttled" else (_TURNS,),
        )
        for name, (title, words, base) in STATES.items()
    ),
    *(
        Measure(
            f"spiral_{name}",
            "economy",
            f"{STATES[name][0]}, by the spiral",
            f"Years of life spent {STATES[name][1]} in this world, less those in the same world in which what a scheme"
            " does changes nobody's work or arrears.",
            f"(sum of weekly.{name} of world - of against) / 52 / (adults x years)",
            "person-years per 100,000 adults and year",
            caveats=(
                "Against is the sibling without the switch spiral, everything else being equal.",
                "That those who were once without work are so again more often does not show a spiral: those who lose"
                " work easily are among them either way. Only the other world tells the two apart.",
            ),
            cite=("HECKMAN-1981",),
            interval="difference",
        )
        for name in SPIRAL
    ),
)


@once
def jobless_cube(lab: Lab) -> Cube:
    """Person-weeks without work and in arrears over the whole run, by world and group."""
    return cube(lab, "SELECT *, world AS label FROM weekly", SPIRAL, lab.facts.names, Axes(single_groups(lab)))


@once
def states_cube(lab: Lab) -> Cube:
    """Person-weeks in each state, by world and group over the whole run, and by 13 weeks."""
    query = f"SELECT *, world AS label, week // {PERIOD_WEEKS} AS period FROM weekly"
    axes = Axes((*single_groups(lab), ("period",)), periods=lab.facts.periods)
    return cube(lab, query, tuple(STATES), lab.facts.names, axes)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family; the spiral's only for worlds that have a sibling without it."""
    run = lab.facts
    found = states_cube(lab)
    whole_run = jobless_cube(lab)
    scale = per_year(lab, found.cells) / YEAR_WEEKS
    for name, (_, _, base) in STATES.items():
        below = population(lab, found.cells, base)
        yield from levels(lab, f"{name}_person_years", found, name, below, scale, counted="clustered")
        yield from differences(lab, f"{name}_person_years", found, name, below, scale)
    adults, scale = population(lab, whole_run.cells, "adults"), per_year(lab, whole_run.cells) / YEAR_WEEKS
    for world in run.names:
        other = run.sibling("spiral", world)
        if other is None:
            continue
        here, there = run.names.index(world), run.names.index(other)
        for name in SPIRAL:
            counts = whole_run.counts[name]
            parts = np.stack([counts[:, here] - counts[:, there], adults])
            how = difference(lab, world, other)
            estimates = estimate(parts, rate, scale, lab.by_replicate, signed=True, counted=how)
            yield from rows_of(f"spiral_{name}", world, other, whole_run.cells, estimates, parts)
