"""One county of a run, from the experiment to its counts: the only place where society, tables and kernel meet."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scorelab.errors import InputError, Problem
from scorelab.kernel.counted import Counts
from scorelab.kernel.fate import key
from scorelab.kernel.live import live
from scorelab.kernel.people import People
from scorelab.ledger.rows import Margin
from scorelab.runs.country import persons_of
from scorelab.runs.tasks import Task
from scorelab.society.arrears import arrears_shares
from scorelab.society.attributes import attribute_shares
from scorelab.society.county import people
from scorelab.society.plan import Plan, plan
from scorelab.society.realised import realised
from scorelab.spec.margins import Margins
from scorelab.spec.resolved import Resolved
from scorelab.spec.society import Society
from scorelab.tables.build import Built, build
from scorelab.tables.county import county


@dataclass(frozen=True)
class Prepared:
    """An experiment made ready to be lived, equal for all its counties."""

    resolved: Resolved
    plan: Plan
    built: Built


@dataclass(frozen=True)
class Composition:
    """What the tables need to know of a society at week 0: see :class:`scorelab.tables.kinds.Shares`."""

    cell_share: Sequence[float]
    condition_share: Sequence[Sequence[float]]
    attribute_share: Mapping[str, Sequence[float]]
    arrears_share: Sequence[float]


def composition(fitted: Plan, society: Society) -> Composition:
    """The expected composition of a society whose margins a plan meets."""
    return Composition(
        fitted.cell_share,
        fitted.condition_share,
        attribute_shares(fitted, society.attributes),
        arrears_shares(fitted, society),
    )


@lru_cache(maxsize=4)
def _fitted(margins: Margins) -> Plan:
    return plan(margins)


@lru_cache(maxsize=4)
def _composed(margins: Margins, society: str) -> Composition:
    """The composition of a society that is given as text: one object for one society, by which tables are kept."""
    return composition(_fitted(margins), Society.model_validate_json(society))


def prepare(resolved: Resolved) -> Prepared:
    """Fit the society to its margins and compile the schemes into tables.

    Raises InputError where margins contradict each other, or a share cannot be what it is to be.
    """
    fitted = _fitted(resolved.margins)
    try:
        composed = _composed(resolved.margins, resolved.society.model_dump_json())
    except ValueError as error:
        raise InputError([Problem("society", 0, 0, str(error))]) from None
    return Prepared(resolved, fitted, build(resolved, composed))


def lives(prepared: Prepared, task: Task) -> Generator[int, None, tuple[Counts, list[Margin]]]:
    """Live one county; yields the weeks lived so far and returns the counts and the realised margins."""
    resolved = prepared.resolved
    words = key(resolved.seed, task.replicate)
    who = people(prepared.plan, resolved.society, persons_of(resolved, task.county), task.county, words)
    tables = county(prepared.built, who, task.county, words)
    yield 0
    built = prepared.built
    counts = yield from live(tables, built.kinds, built.law, resolved.weeks, len(built.names.groups))
    return counts, margins_of(who, resolved)


def margins_of(who: People, resolved: Resolved) -> list[Margin]:
    """How far the people of a county meet the margins of their society."""
    return [(row.margin, row.category, row.wanted * row.of, row.persons) for row in realised(who, resolved.margins)]
