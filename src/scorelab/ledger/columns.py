"""Names, types and meanings of all columns of the ledger: the one place in which they are written down.

A ledger is a set of tables of counts. Every row begins with the replicate and the county that it belongs to; at full
scale the counties of a country are merged into groups, and the county is the number of the group. Where
a table is broken down by group it has one column for each attribute of the breakdown, and where it counts patterns
over the worlds it has one column for each world, named by the world.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from scorelab.kernel.counted import (
    ENDINGS,
    PERSONS,
    POINTS,
    PROCESS,
    RECORDS,
    TURNOVER,
    WEEKLY,
)

FORMAT = 3
"""Version of the ledger on disk; a reader refuses any other by name."""


class Type(Enum):
    """What a column holds, and the type that it has in a file."""

    integer = "INTEGER"
    count = "BIGINT"
    number = "DOUBLE"
    flag = "BOOLEAN"
    word = "VARCHAR"


@dataclass(frozen=True)
class Column:
    """One column: its name, its type, and what it means to a reader of the table."""

    name: str
    type: Type
    meaning: str


class Words(Protocol):
    """The words that stand for codes, each tuple in the order of the codes."""

    @property
    def worlds(self) -> tuple[str, ...]: ...
    @property
    def behaviours(self) -> tuple[str, ...]: ...
    @property
    def services(self) -> tuple[str, ...]: ...
    @property
    def sources(self) -> tuple[str, ...]: ...
    @property
    def lists(self) -> tuple[str, ...]: ...
    @property
    def schemes(self) -> tuple[str, ...]: ...
    @property
    def grades(self) -> tuple[tuple[str, ...], ...]: ...
    @property
    def domains(self) -> tuple[str, ...]: ...
    @property
    def groups(self) -> tuple[dict[str, str], ...]: ...
    @property
    def kinds(self) -> tuple[tuple[str, str, int], ...]: ...


def _integer(name: str, meaning: str) -> Column:
    return Column(name, Type.integer, meaning)


def _count(name: str, meaning: str) -> Column:
    return Column(name, Type.count, meaning)


def _word(name: str, meaning: str) -> Column:
    return Column(name, Type.word, meaning)


def _flag(name: str, meaning: str) -> Column:
    return Column(name, Type.flag, meaning)


class Spread(Enum):
    """A place in a table that stands for several columns, which depend on the experiment."""

    groups = "one column an attribute of the breakdown"
    acts = "one column a world: not_reached, refrained, acted or displaced"
    needs = "one column a world: not_reached, not_asked, unsuccessful, granted, favoured or denied"
    listed = "one column a world: on the list at the end of the period"
    denied = "one column a world: ever denied in the whole run"


REPLICATE = _integer("replicate", "number of the replicate, from 0")
COUNTY = _integer("county", "number of the county, from 0")
WEEK = _integer("week", "week of the run, from 0")
PERIOD = _integer("period", "13 weeks, numbered from 0; the last one may be shorter")
YEAR = _integer("year", "52 weeks, numbered from 0; the last one may be shorter")
WORLD = _word("world", "the world in which it was counted")
BEHAVIOUR = _word("behaviour", "what the occasion or the record is about")
SOURCE = _word("source", "what watches")
LIST = _word("list", "the list")
SCHEME = _word("scheme", "the scheme whose office got the record")
STATUS = _word("status", "what closed the door: the list, or the word grade and the grade")
GRADE = _word("grade", "the grade of the score")
RECORD_TRUTH = _word("truth", "true or false: whether the person did it")
SERVICE = _word("service", "what was asked for")
ORIGIN = _word("origin", "own or tie: whose record closed the door")
TRUTH = _word("truth", "true or false: whether the bar stands without the false records (pivotal reading)")
ELSEWHERE = "the same need in the sibling world: no_such_world, denied_too, granted or otherwise"

WEEKLY_MEANINGS = {
    "occasions": "candidate occasions that were reached",
    "acts": "occasions on which the person acted",
    "displaced": "occasions on which the person, deterred, turned to the substitute instead",
    "records_true": "true records written down",
    "records_false": "false records written down",
    "entries": "times that a person came onto a list, each list by itself",
    "exits": "times that a person left a list, each list by itself",
    "listed": "persons on at least one list at the end of the week",
    "needs": "candidate needs that were reached",
    "asked": "needs for which the person asked",
    "not_asked": "needs for which the person, knowing of a bar, did not ask",
    "unsuccessful": "asks that would have failed anyway",
    "unsuccessful_barred": "of the unsuccessful, those that a list would have barred too",
    "granted": "asks that were granted",
    "favoured": "asks that were granted because of a favour",
    "denied": "asks that the scheme denied and luck would have granted",
    "denied_tie": "of the denied, those closed by somebody else's record alone",
    "denied_false": "of the denied, those that fall away without the false records (pivotal)",
    "denied_tainted": "of the denied, those with a false record among the active ones",
    "jobless": "persons without work at the end of the week",
    "arrears": "persons in arrears at the end of the week",
    "throttled": "persons with a throttled connection at the end of the week",
}
TURNOVER_MEANINGS = {
    "entries_true": "persons put on the list by a true record",
    "entries_false": "persons put on the list by a false record",
    "exits": "persons who left the list",
    "listed": "persons on the list at the end of the week",
}
RECORDS_MEANINGS = {
    "watched": "acts that the source could have seen",
    "expected": "true records to be expected from the acts watched",
    "alerts_true": "acts that the source noticed, before any review",
    "alerts_false": "false alerts, before any review",
    "true": "true records",
    "false": "false records that name the behaviour",
}
POINTS_MEANINGS = {
    "taken": "points taken from the person of the record",
    "given": "points given to the person of the record",
    "taken_along_ties": "points taken from people tied to that person",
    "given_along_ties": "points given to people tied to that person",
}
PROCESS_MEANINGS = {
    "arrived": "records that reached the office",
    "told": "of those, records of which the person was told",
    "made_good": "records made good within the window, and so without effect",
    "objected": "records to which the person objected within the window",
    "objection_upheld": "of those, records dropped for it",
    "in_effect": "records that took effect",
    "appealed": "records in effect against which the person appealed",
    "appeal_upheld": "records undone on appeal, in the year of the decision",
    "expired": "records whose points had had their time",
}
ENDINGS_MEANINGS = {
    "term": "sides of listings that ended by their term",
    "score": "sides of listings that ended when the score was back",
    "settled": "listings that ended because the person made good",
    "corrected": "listings on false records that were struck off",
    "repaired": "sides of listings that ended on request",
    "undone": "sides of listings that ended on appeal",
    "weeks": "weeks that all of these had lasted",
}
PERSONS_MEANINGS = {
    "persons": "persons who live in the span",
    "asked": "distinct persons who ever asked for a service",
    "restricted": "distinct persons who were ever on a list",
    "denied": "distinct persons who were ever denied",
    "wronged": "distinct persons who were ever denied only because of false records (pivotal)",
    "for_another": "distinct persons who were ever denied for somebody else's record alone",
    "acted": "adults (18 and older at week 0) who ever did something unlawful",
    "recordable": "of these, adults who ever did something unlawful that a source of this world watches",
    "recordable_restricted": "of the recordable, those who were ever on a list",
    "recordable_denied": "of the recordable, those who were ever denied",
    "other_restricted": "adults who never did anything recordable and were ever on a list",
    "other_denied": "adults who never did anything recordable and were ever denied",
}


def _summed(name: str, over: str) -> str:
    """The meaning of a weekly column summed over weeks."""
    return f"sum over {over}: {WEEKLY_MEANINGS[name]}"


TABLES: dict[str, tuple[Column | Spread, ...]] = {
    "weekly": (
        *(WEEK, WORLD, Spread.groups),
        *(_count(name, WEEKLY_MEANINGS[name]) for name in WEEKLY),
    ),
    "lists": (*(WEEK, WORLD, LIST), *(_count(name, TURNOVER_MEANINGS[name]) for name in TURNOVER)),
    "records": (
        *(YEAR, WORLD, SOURCE, BEHAVIOUR),
        *(Column(name, Type.number if name == "expected" else Type.count, RECORDS_MEANINGS[name]) for name in RECORDS),
    ),
    "points": (
        *(YEAR, WORLD, SOURCE, BEHAVIOUR, RECORD_TRUTH),
        *(_count(name, POINTS_MEANINGS[name]) for name in POINTS),
    ),
    "process": (
        *(YEAR, WORLD, SCHEME, RECORD_TRUTH),
        *(_count(name, PROCESS_MEANINGS[name]) for name in PROCESS),
    ),
    "endings": (
        *(YEAR, WORLD, LIST, RECORD_TRUTH),
        *(_count(name, ENDINGS_MEANINGS[name]) for name in ENDINGS),
    ),
    "occasions": (*(PERIOD, Spread.groups, BEHAVIOUR, Spread.acts), _count("count", "candidate occasions")),
    "needs": (*(PERIOD, Spread.groups, SERVICE, Spread.needs), _count("count", "candidate needs")),
    "denials": (
        *(PERIOD, WORLD, Spread.groups, SERVICE),
        _word("cause_domain", "domain of the behaviour that the record is about"),
        *(ORIGIN, TRUTH),
        _flag("tainted", "a false record is among those that bar"),
        _flag("own_and_tie", "an own listing and a tie's both bar"),
        _word("without_false_records", ELSEWHERE),
        _word("without_ties", ELSEWHERE),
        _word("without_either", ELSEWHERE),
        _count("count", "denials"),
    ),
    "flow": (*(YEAR, WORLD, BEHAVIOUR, SOURCE, STATUS, SERVICE, ORIGIN, TRUTH), _count("count", "denials")),
    "stocks": (*(PERIOD, LIST, Spread.groups, Spread.listed), _count("persons", "persons with this pattern")),
    "grades": (
        *(PERIOD, WORLD, Spread.groups, GRADE),
        _count("persons", "persons to whom the score applies who have that grade at the end of the period"),
    ),
    "scores": (
        *(YEAR, WORLD),
        _integer("bin", "of 64 equal parts of the scale, from 0 for the lowest"),
        _count("persons", "persons to whom the score applies whose score lies there at the end of the year"),
    ),
    "tries": (
        *(PERIOD, WORLD, Spread.groups, SERVICE),
        _count("refused", "refused asks, further tries after a denial included"),
    ),
    "persons": (
        _word("span", "year 1, year 2, ... or run"),
        *(WORLD, Spread.groups),
        *(_count(name, PERSONS_MEANINGS[name]) for name in PERSONS),
    ),
    "histogram": (
        *(WORLD, Spread.groups),
        _integer("denials", "denials of a person in the whole run; 11 means 11 or more"),
        _count("persons", "persons with so many denials"),
    ),
    "ever": (Spread.groups, Spread.denied, _count("persons", "persons with this pattern")),
    "people": (Spread.groups, _count("persons", "persons"), _count("adults", "persons of 18 and older at week 0")),
    "margins": (
        _word("margin", "the marginal table"),
        _word("category", "the cell of the margin"),
        Column(
            "wanted",
            Type.number,
            "persons (households, where the margin is one of households) that the published shares ask for",
        ),
        _count("persons", "persons (or households) that the synthetic county has"),
    ),
    "candidates": (
        _word("what", "occasion, mistake, need, job-loss, arrears or clearing"),
        _word("name", "the behaviour, source or service; else the same word again"),
        _integer("layer", "layer of the draw; layers above 0 reach beyond the society's ceiling"),
        _count("drawn", "candidates drawn"),
        _count("kept", "candidates kept in at least one world"),
    ),
}
"""Columns of every table after replicate and county."""

MONTH_WEEKS = 4
EVER = ("asked", "restricted", "denied", "wronged", "for_another")
"""Columns of the table of persons that each county of a country keeps for the whole run."""
COUNTY_TABLES: dict[str, tuple[Column | Spread, ...]] = {
    "county_months": (
        *(_integer("month", "4 weeks, numbered from 0; the last one may be shorter"), WORLD),
        *(_count(name, _summed(name, "the weeks of the month")) for name in WEEKLY),
    ),
    "county_totals": (
        *(WORLD, Spread.groups, _count("persons", "persons who live in the county")),
        *(_count(name, _summed(name, "all weeks")) for name in WEEKLY),
        *(_count(f"ever_{name}", PERSONS_MEANINGS[name]) for name in EVER),
    ),
    "county_sizes": (
        _integer("county_group", "number of the county group that the county's counts are merged into"),
        *(_count("persons", "persons"), _count("adults", "persons of 18 and older at week 0")),
        Column("weight", Type.number, "counties of the country that it stands for: all by those that are lived"),
    ),
}
"""What the folder of a county group keeps of each of its counties, after replicate and county."""

SPREADS: dict[Spread, tuple[Type, str]] = {
    Spread.acts: (Type.word, "outcome in this world: not_reached, refrained, acted or displaced"),
    Spread.needs: (
        Type.word,
        "outcome in this world: not_reached, not_asked, unsuccessful, granted, favoured or denied",
    ),
    Spread.listed: (Type.flag, "on the list in this world at the end of the period"),
    Spread.denied: (Type.flag, "ever denied in this world"),
}

GROUP_MEANINGS = {
    "quintile": "fifth of persons by household income per head, the poorest first",
    "residence": "urban or rural",
    "age": "age band in completed years at week 0",
    "sex": "female or male",
    "attributes": "which of the attributes of the breakdown the person has, joined by a plus; none for none of them",
}


def columns(table: str, attributes: Sequence[str], worlds: Sequence[str]) -> list[Column]:
    """All columns of a table in their order, for a breakdown by these attributes and for these worlds."""
    out = [REPLICATE, COUNTY]
    for part in (TABLES if table in TABLES else COUNTY_TABLES)[table]:
        if isinstance(part, Column):
            out.append(part)
        elif part is Spread.groups:
            out += [_word(name, GROUP_MEANINGS.get(name, "attribute of the group")) for name in attributes]
        else:
            kind, meaning = SPREADS[part]
            out += [Column(world, kind, meaning) for world in worlds]
    return out
