"""Totals drawn from a declared population whose answer is known: to see how often an interval covers it.

Counties differ (a factor from a gamma law of shape 8, a coefficient of variation of 0.35, the same for all that is
counted in a county). What happens one by one is Poisson in a county. What comes in clusters comes by Poisson persons,
each of whom brings one and a further number from a gamma-Poisson law of shape 1/2: nine in the mean, one for many and
some dozens for a few. A replicate is a fresh society of twenty such counties.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorelab.measures.conduct import at_least_nothing, years_per_act
from scorelab.measures.interval import Estimates, Int64s, estimate, gap, most_prevented, rate, ratio

COUNTY_SHAPE = 8.0
COUNTIES = 20
"""Counties of a replicate."""
SIZE = 9
"""What a person brings in the mean, of that which comes in clusters."""
PERSON_SHAPE = 0.5
PERSONS = 4000
"""Persons at risk in all units together are so many for each unit."""

USUALLY = 0.5
"""Where an interval is given in fewer than so many runs, it is given for the larger counts only, and covers less."""


class Design(NamedTuple):
    """So many counties of one replicate, or so many replicates."""

    units: int
    replicates: bool

    @property
    def title(self) -> str:
        return f"{self.units} {'replicates' if self.replicates else 'counties'}"


DESIGNS = (Design(20, False), Design(40, False), Design(5, True), Design(10, True), Design(20, True))


class Drawer:
    """Draws of one design: everything is [units, draws]."""

    def __init__(self, design: Design, draws: int, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.design, self.shape = design, (design.units, draws)
        shape = COUNTY_SHAPE * (COUNTIES if design.replicates else 1)
        self.factor = self.rng.gamma(shape, 1.0 / shape, self.shape)

    def each(self, total: float) -> Int64s:
        """What happens one by one, so often in the mean over all units."""
        found: Int64s = self.rng.poisson(self.factor * total / self.design.units)
        return found

    def clusters(self, persons: float) -> Int64s:
        """What so many persons bring, in the mean over all units."""
        carriers = self.each(persons)
        more = self.rng.gamma(np.maximum(carriers, 1) * PERSON_SHAPE, (SIZE - 1) / PERSON_SHAPE)
        return carriers + np.where(carriers > 0, self.rng.poisson(more), 0)

    def at_risk(self) -> Int64s:
        """Persons of each unit."""
        return np.full(self.shape, PERSONS, np.int64)

    def thirty(self) -> Int64s:
        """Where the persons of a group of thirty in the mean live; each replicate has its own thirty."""
        return self.rng.poisson(30.0 / (1 if self.design.replicates else self.design.units), self.shape)


class Case(NamedTuple):
    """A statistic of the population, how the lab estimates it, and what it is."""

    kind: str
    what: str
    estimates: Callable[[Drawer], Estimates]
    truth: Callable[[Design], float]


def _rate(total: float, each: bool) -> Case:
    def found(d: Drawer) -> Estimates:
        counted = d.each(total) if each else d.clusters(total)
        parts = np.stack([counted, d.at_risk()])
        return estimate(parts, rate, 1.0, d.design.replicates, counted="events" if each else "clustered")

    of = f"{total:g} expected" if each else f"brought by {total:g} persons"
    kind = "rate of what happens one by one" if each else "rate of what comes in clusters"
    return Case(kind, of, found, lambda d: total * (1 if each else SIZE) / d.units / PERSONS)


def _share(cases: float, part: float) -> Case:
    def found(d: Drawer) -> Estimates:
        below = d.each(cases)
        spread = 60.0 * (COUNTIES if d.design.replicates else 1)
        top = d.rng.binomial(below, d.rng.beta(part * spread, (1 - part) * spread, d.shape))
        return estimate(np.stack([top, below]), rate, 1.0, d.design.replicates, share=True)

    return Case("share", f"{100 * part:g} of 100, of {cases:g} cases", found, lambda _: part)


def _clustered_share(persons: float, others: float) -> Case:
    def found(d: Drawer) -> Estimates:
        top, rest = d.clusters(persons), d.clusters(others)
        parts = np.stack([top, top + rest])
        return estimate(parts, rate, 1.0, d.design.replicates, counted="clustered", share=True)

    what = f"brought by {persons:g} persons, of what {persons + others:g} bring"
    return Case("share of what comes in clusters", what, found, lambda _: persons / (persons + others))


def _ratio(first: float, second: float, each: bool) -> Case:
    def found(d: Drawer) -> Estimates:
        tops = [d.each(n) if each else d.clusters(n) for n in (first, second)]
        parts = np.stack([tops[0], d.at_risk(), tops[1], d.at_risk()])
        return estimate(parts, ratio, 1.0, d.design.replicates, logarithmic=True)

    kind = "ratio of two groups" if each else "ratio of two groups, in clusters"
    return Case(kind, f"{first:g} to {second:g}", found, lambda _: first / second)


def _gap(first: float, second: float) -> Case:
    def found(d: Drawer) -> Estimates:
        parts = np.stack([d.clusters(first), d.at_risk(), d.clusters(second), d.at_risk()])
        return estimate(parts, gap, 1.0, d.design.replicates, signed=True, counted="clustered")

    what = f"brought by {first:g} less by {second:g} persons"
    return Case("difference of two groups", what, found, lambda d: SIZE * (first - second) / d.units / PERSONS)


def _net(d: Drawer, here: float, there: float) -> Estimates:
    less = d.clusters(there) if there else 0
    parts = np.stack([d.clusters(here) - less, d.at_risk()])
    return estimate(parts, rate, 1.0, d.design.replicates, signed=True, counted="clustered")


def _difference(here: float, there: float) -> Case:
    what = f"{here:g} persons part in this direction, {there:g} in that"
    return Case(
        "difference of two worlds",
        what,
        lambda d: _net(d, here, there),
        lambda d: SIZE * (here - there) / d.units / PERSONS,
    )


def _least(here: float, there: float) -> Case:
    return Case(
        "lower Fréchet bound",
        f"{here:g} persons part in this direction, {there:g} in that",
        lambda d: at_least_nothing(_net(d, here, there)),
        lambda d: max(0.0, SIZE * (here - there) / d.units / PERSONS),
    )


def _most(acted: float, room: float) -> Case:
    def found(d: Drawer) -> Estimates:
        there, here, free = d.clusters(acted), d.clusters(acted / 2), d.clusters(room)
        parts = np.stack([there, here, here + free, d.at_risk()])
        return estimate(parts, most_prevented, 1.0, d.design.replicates, counted="clustered")

    what = f"acts of {acted:g} persons, occasions left by {room:g}"
    return Case("upper Fréchet bound", what, found, lambda d: SIZE * min(acted, room) / d.units / PERSONS)


def _years(listed: float, fewer: float, more: float) -> Case:
    def found(d: Drawer) -> Estimates:
        net = d.clusters(fewer) - d.clusters(more)
        return years_per_act(d.clusters(listed), net, d.at_risk(), d.design.replicates)

    what = f"weeks of {listed:g} persons; acts fewer by {fewer:g}, more by {more:g}"
    return Case("years for each act fewer", what, found, lambda _: listed / 52 / (fewer - more))


def _of_thirty(part: float, each: bool) -> Case:
    def found(d: Drawer) -> Estimates:
        people = d.thirty()
        who = d.rng.binomial(people, part)
        if each:
            return estimate(np.stack([who, people]), rate, 1.0, d.design.replicates, share=True)
        more = d.rng.poisson(d.rng.gamma(np.maximum(who, 1) * PERSON_SHAPE, (SIZE - 1) / PERSON_SHAPE))
        brought = who + np.where(who > 0, more, 0)
        return estimate(np.stack([brought, people]), rate, 1.0, d.design.replicates, counted="clustered")

    kind = "group of thirty: persons" if each else "group of thirty: what they bring"
    return Case(kind, f"{100 * part:g} of 100 are hit", found, lambda _: part * (1 if each else SIZE))


CASES: tuple[Case, ...] = (
    *(_rate(total, True) for total in (0.2, 1, 3, 5, 10, 30, 100, 1000)),
    *(_rate(persons, False) for persons in (10, 20, 40, 100, 400)),
    *(
        _share(cases, part)
        for cases, part in ((100, 0.002), (100, 0.02), (100, 0.5), (1000, 0.01), (1000, 0.99), (10000, 0.3))
    ),
    *(_clustered_share(persons, others) for persons, others in ((20, 200), (40, 40), (400, 4000))),
    *(_ratio(first, second, True) for first, second in ((15, 15), (20, 40), (400, 200))),
    *(_ratio(first, second, False) for first, second in ((20, 40), (40, 40), (400, 200))),
    *(_gap(first, second) for first, second in ((20, 20), (20, 40), (400, 200))),
    *(_difference(here, there) for here, there in ((20, 0), (40, 0), (400, 0), (10, 10), (100, 100), (400, 100))),
    *(_least(here, there) for here, there in ((20, 20), (400, 100))),
    *(_most(acted, room) for acted, room in ((40, 400), (400, 400))),
    *(_years(listed, fewer, more) for listed, fewer, more in ((100, 100, 20), (400, 400, 100))),
    *(_of_thirty(part, True) for part in (0.02, 0.1, 0.3, 0.6, 0.9)),
    *(_of_thirty(part, False) for part in (0.1, 0.3, 0.6)),
)


class Covered(NamedTuple):
    """How often the interval of a statistic covered its answer under a design."""

    kind: str
    what: str
    design: Design
    draws: int
    given: float
    """share of draws in which there was an interval"""
    below: float
    """share of those whose interval lay wholly below the answer"""
    above: float
    """share of those whose interval lay wholly above it"""

    @property
    def coverage(self) -> float:
        return 1.0 - self.below - self.above

    @property
    def number(self) -> int:
        """Intervals that were given."""
        return round(self.draws * self.given)

    @property
    def error(self) -> float:
        """Standard error of the coverage, from the number of draws."""
        return float(np.sqrt(self.coverage * (1 - self.coverage) / max(1, self.number)))


def covered(case: Case, design: Design, draws: int, seed: int) -> Covered:
    """Draw a case so often and see where its intervals lie; all is NaN where none was given."""
    found = case.estimates(Drawer(design, draws, seed))
    truth = case.truth(design)
    given: npt.NDArray[np.bool_] = ~np.isnan(found.low)
    number = max(1, int(given.sum()))
    below, above = (int((given & missed).sum()) / number for missed in (found.high < truth, found.low > truth))
    return Covered(case.kind, case.what, design, draws, float(given.mean()), below, above)


def table(draws: int, seed: int = 2300) -> Iterator[Covered]:
    """Every case under every design; the seed of each depends on its place alone."""
    for c, case in enumerate(CASES):
        for d, design in enumerate(DESIGNS):
            yield covered(case, design, draws, seed + 100 * c + d)
