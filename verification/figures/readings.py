"""How each figure is read off the counts of a run: small functions from an outcome to a number."""

import datetime
from collections.abc import Iterable

import numpy as np

from scorelab.kernel.layout import PERIOD_WEEKS, YEAR_WEEKS
from scorelab.words import Act, Need
from verification.figures.outcome import Array, Outcome

PEOPLE_OF_CHINA = 1_411.78e6
"""P1."""
WORKING_AGE = ("18-29", "30-44", "45-59")
WRITTEN = "as-written"
NONE = "no-scheme"


def week(outcome: Outcome, year: int, month: int, day: int = 1) -> int:
    """The week of the run in which a day lies, or the last one."""
    days = (datetime.date(year, month, day) - outcome.resolved.start).days
    return min(max(days // 7, 0), outcome.resolved.weeks - 1)


def people(outcome: Outcome, attribute: str, words: Iterable[str], adults: bool = False) -> int:
    """Persons, or adults, whose group has one of these words."""
    wanted = set(words)
    chosen = [g for g, group in enumerate(outcome.names.groups) if group[attribute] in wanted]
    return int(outcome.table("size")[chosen, int(adults)].sum())


def on_list(outcome: Outcome, name: str, column: str, world: str = WRITTEN) -> Array:
    """A column of turnover of a list [weeks]; entries by either side together under ``entries``."""
    at = (slice(None), outcome.world(world), outcome.names.lists.index(name))
    if column == "entries":
        both = outcome.column("lists", "entries_true") + outcome.column("lists", "entries_false")
        return np.asarray(both[at])
    return np.asarray(outcome.column("lists", column)[at])


def of_china(outcome: Outcome, count: float) -> float:
    """A count of a run as one of the whole country."""
    return count * PEOPLE_OF_CHINA / outcome.persons


def listed_share(outcome: Outcome, name: str, at: int, world: str = WRITTEN) -> float:
    """Persons on a list for each 100 people of working age."""
    return 100.0 * float(on_list(outcome, name, "listed", world)[at]) / people(outcome, "age", WORKING_AGE)


def exits_per_listed_year(outcome: Outcome, name: str, weeks: slice, world: str = WRITTEN) -> float:
    """Exits for each year spent on a list."""
    years = float(on_list(outcome, name, "listed", world)[weeks].sum()) / YEAR_WEEKS
    return float(on_list(outcome, name, "exits", world)[weeks].sum()) / years if years else float("nan")


def refused(outcome: Outcome, services: Iterable[str], until: int, world: str = WRITTEN, begin: int = 0) -> float:
    """Refused asks, further tries included, from the period of one week to that of another."""
    periods = slice(begin // PERIOD_WEEKS, until // PERIOD_WEEKS + 1)
    chosen = [outcome.names.services.index(service) for service in services]
    return float(outcome.table("tries")[periods, outcome.world(world)][:, :, chosen].sum())


def denials(outcome: Outcome, service: str, world: str, period: int) -> int:
    """Needs of a service that were denied in one period."""
    chosen, shift = outcome.names.services.index(service), 3 * outcome.world(world)
    keys, counts = outcome.sparse("needs").T
    there = (keys >> 38 == period) & (keys >> 24 & 63 == chosen) & (keys >> shift & 7 == Need.denied)
    return int(counts[there].sum())


def acts(outcome: Outcome, behaviours: Iterable[str], world: str, periods: slice = slice(None)) -> float:
    """Acts of some behaviours in some periods."""
    chosen = {outcome.names.behaviours.index(name) for name in behaviours}
    total = 0
    first, last, _ = periods.indices(10**6)
    for key, count in outcome.sparse("occasions"):
        period, behaviour = int(key) >> 30, int(key) >> 16 & 63
        outcome_there = int(key) >> (2 * outcome.world(world)) & 3
        if behaviour in chosen and first <= period < last and outcome_there == Act.acted:
            total += int(count)
    return float(total)


def fall(outcome: Outcome, behaviours: Iterable[str], periods: slice, world: str = WRITTEN) -> float:
    """How many of 100 acts of the world without a scheme are not done."""
    names = tuple(behaviours)
    before = acts(outcome, names, NONE, periods)
    return 100.0 * (1.0 - acts(outcome, names, world, periods) / before) if before else float("nan")


def early_fall(outcome: Outcome, behaviours: Iterable[str], weeks: slice) -> float:
    """The same over a few weeks: the difference of all acts, over those of these behaviours in the other world."""
    per_week = acts(outcome, behaviours, NONE) / outcome.resolved.weeks
    fewer = float(outcome.weekly(NONE, "acts")[weeks].sum() - outcome.weekly(WRITTEN, "acts")[weeks].sum())
    return 100.0 * fewer / float(per_week * (weeks.stop - weeks.start))


def written(outcome: Outcome, sources: Iterable[str], column: str, world: str = WRITTEN) -> float:
    """What some sources wrote, all years and behaviours together."""
    chosen = [outcome.names.sources.index(name) for name in sources]
    return float(outcome.column("records", column)[:, outcome.world(world), chosen].sum())


def records_of(outcome: Outcome, behaviours: Iterable[str], world: str = WRITTEN) -> float:
    """Records of some behaviours, true and false."""
    chosen = [outcome.names.behaviours.index(name) for name in behaviours]
    both = outcome.column("records", "true") + outcome.column("records", "false")
    return float(both[:, outcome.world(world)][:, :, chosen].sum())


def ever(outcome: Outcome, column: int, attribute: str, words: Iterable[str], world: str = WRITTEN) -> int:
    """Persons of some groups who ever asked (1), were restricted (2), denied (3), wronged (4), denied for a tie (5)."""
    wanted = set(words)
    chosen = [g for g, group in enumerate(outcome.names.groups) if group[attribute] in wanted]
    return int(outcome.table("persons")[-1, outcome.world(world), chosen, column].sum())


def everybody(outcome: Outcome, column: int, world: str = WRITTEN) -> int:
    """The same of all groups."""
    return int(outcome.table("persons")[-1, outcome.world(world), :, column].sum())
