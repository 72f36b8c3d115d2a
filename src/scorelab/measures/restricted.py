"""Restricted persons: who is on a list, how many enter, how long they stay."""

from collections.abc import Iterator

from scorelab.measures.cube import (
    NO_PAIR,
    PER,
    PER_ADULT,
    Axes,
    Cube,
    cube,
    differences,
    levels,
    once,
    per_year,
    population,
    single_groups,
)
from scorelab.measures.lab import PERIOD_WEEKS, Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

_MORE_ADULTS = "Who is deterred without ever being listed is not counted here: being listed is not the treatment."
_ENTRIES = "Entries, not persons: one person can enter several lists, and the same list again."
_RED = "Red lists, which honour, have rows of their own and are in no total."

register(
    Measure(
        "listed",
        "restricted",
        "Persons on a list",
        "How many persons are on at least one list at the end of the week.",
        "weekly.listed / adults",
        "per 100,000 adults",
        period="week",
        caveats=(_MORE_ADULTS, PER_ADULT),
    ),
    Measure(
        "restricted_person_years",
        "restricted",
        "Years spent on a list",
        "Years of life spent on at least one list, for each 100,000 adults and year; the same number as the persons"
        " on a list"
        " in an average week of the run.",
        "sum of weekly.listed / 52 / (adults x years)",
        "person-years per 100,000 adults and year",
        caveats=(_MORE_ADULTS, PER_ADULT),
    ),
    Measure(
        "listings",
        "restricted",
        "Entries onto lists",
        "How often somebody is put on a list, each list counted by itself.",
        "lists.entries_true + lists.entries_false, or weekly.entries by group / (adults x years)",
        "per 100,000 adults and year",
        item="the list; null: all lists that restrict",
        period="13 weeks",
        caveats=(_ENTRIES, _RED, PER_ADULT),
        interval="count",
    ),
    Measure(
        "listings_by_error",
        "restricted",
        "Entries onto lists by a false record",
        "How often somebody is put on a list by a record of something that this person did not do.",
        "lists.entries_false / (adults x years)",
        "per 100,000 adults and year",
        item="the list; null: all lists that restrict",
        caveats=(_RED,),
        interval="count",
    ),
)


@once
def listed_cube(lab: Lab) -> Cube:
    """Person-weeks on a list over the whole run, by world and group."""
    query = "SELECT *, world AS label FROM weekly"
    return cube(lab, query, ("listed",), lab.facts.names, Axes(single_groups(lab)))


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    run = lab.facts
    weekly = cube(
        lab,
        "SELECT *, world AS label, week AS period FROM weekly",
        ("listed",),
        run.names,
        Axes((("period",),), periods=run.weeks),
    )
    yield from levels(
        lab, "listed", weekly, "listed", population(lab, weekly.cells, "adults"), PER, counted="clustered"
    )
    summed = listed_cube(lab)
    adults = population(lab, summed.cells, "adults")
    scale = PER / run.weeks
    yield from levels(lab, "restricted_person_years", summed, "listed", adults, scale, counted="clustered")
    yield from differences(lab, "restricted_person_years", summed, "listed", adults, scale)
    yield from _listings(lab)


def restricting(lab: Lab, table: str = "lists") -> str:
    """The rows of a table by list without those of lists that honour, to stand after FROM."""
    red = ", ".join(f"('{world.name}', '{name}')" for world in lab.facts.worlds for name in sorted(world.red))
    return f"(SELECT * FROM {table} ANTI JOIN (VALUES {red or NO_PAIR}) AS r(world, list) USING (world, list))"


@once
def entries_cube(lab: Lab) -> Cube:
    """Entries onto all lists that restrict, by world and group over the whole run, and by 13 weeks."""
    query = f"SELECT *, world AS label, week // {PERIOD_WEEKS} AS period FROM weekly"
    axes = Axes((*single_groups(lab), ("period",)), periods=lab.facts.periods)
    return cube(lab, query, ("entries",), lab.facts.names, axes)


@once
def false_entries_cube(lab: Lab) -> Cube:
    """Entries onto all lists that restrict by a false record, by world."""
    query = f"SELECT unit_no, world AS label, entries_false FROM {restricting(lab)}"
    return cube(lab, query, ("entries_false",), lab.facts.names, Axes(((),)))


def _listings(lab: Lab) -> Iterator[Row]:
    run = lab.facts
    entries = entries_cube(lab)
    yield from levels(
        lab, "listings", entries, "entries", population(lab, entries.cells, "adults"), per_year(lab, entries.cells)
    )
    by_list = cube(
        lab,
        "SELECT unit_no, world AS label, list AS item, entries_true + entries_false AS entries, entries_false FROM"
        " lists",
        ("entries", "entries_false"),
        run.names,
        Axes((("item",),), items=run.lists),
    )
    everybody = population(lab, by_list.cells, "adults")
    scale = per_year(lab, by_list.cells)
    yield from levels(lab, "listings", by_list, "entries", everybody, scale)
    yield from levels(lab, "listings_by_error", by_list, "entries_false", everybody, scale)
    total = false_entries_cube(lab)
    below, by_year = population(lab, total.cells, "adults"), per_year(lab, total.cells)
    for make in (levels, differences):
        yield from make(lab, "listings_by_error", total, "entries_false", below, by_year)
