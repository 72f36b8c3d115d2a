"""Lists one by one: how many are on each, how they come and go, how a listing ends and how long it lasted."""

from collections.abc import Iterator

from scorelab.kernel.counted import ENDINGS
from scorelab.measures.cube import PER, Axes, cube, levels, per_year, population, shares
from scorelab.measures.lab import YEAR_WEEKS, Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

HOW = tuple(word for word in ENDINGS if word != "weeks")
TRUTHS = ("true", "false")
_RED = "Red lists, which honour, stand beside the others here."
_SIDES = (
    "Listings on true and on false records are counted each by itself; somebody on a list by both leaves it when both"
    " have ended."
)
_LEFT = "Only of listings that have ended: whoever is still on the list is not in it, so long stays are missing."

register(
    Measure(
        "list_persons",
        "lists",
        "Persons on the list",
        "How many persons are on this list at the end of the year, or of the run.",
        "lists.listed in the last week / adults",
        "per 100,000 adults",
        item="the list",
        period="year",
        caveats=("Somebody on two lists is counted on each.", _RED),
        interval="count",
    ),
    Measure(
        "list_entries",
        "lists",
        "Entries onto the list",
        "How often somebody is put on this list.",
        "(lists.entries_true + lists.entries_false) / (adults x years)",
        "per 100,000 adults and year",
        item="the list",
        period="year",
        caveats=(_RED,),
        interval="count",
    ),
    Measure(
        "list_exits",
        "lists",
        "Exits from the list",
        "How often somebody leaves this list.",
        "lists.exits / (adults x years)",
        "per 100,000 adults and year",
        item="the list",
        period="year",
        caveats=(_RED,),
        interval="count",
    ),
    Measure(
        "list_exit_rate",
        "lists",
        "Rate of leaving the list",
        "How often somebody leaves this list, for each year that a person is on it.",
        "lists.exits / (sum of lists.listed / 52)",
        "exits for each person-year on the list",
        item="the list",
        period="year",
        caveats=("One divided by it is the mean stay only where stays do not depend on how long one is there.",),
        interval="count",
    ),
    Measure(
        "list_endings",
        "lists",
        "How listings end",
        "Of 100 listings that end, how many end in this way.",
        "100 x endings of this kind / all endings",
        "of 100 listings that end",
        item="how it ended, after true or false; how alone: all listings",
        caveats=(_SIDES,),
        interval="share",
    ),
    Measure(
        "list_weeks",
        "lists",
        "Weeks on a list",
        "How many weeks a listing lasted that has ended.",
        "endings.weeks / all endings",
        "weeks",
        item="true or false; the list; the list after true or false; null: all listings",
        caveats=(_SIDES, _LEFT),
    ),
)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family; a run without lists has none."""
    if lab.facts.lists:
        yield from _stocks(lab)
        yield from _flows(lab)
        yield from _endings(lab)


def _stocks(lab: Lab) -> Iterator[Row]:
    run = lab.facts
    last = f"week % {YEAR_WEEKS} = {YEAR_WEEKS - 1} OR week = {run.weeks - 1}"
    query = f"SELECT unit_no, world AS label, list AS item, week // {YEAR_WEEKS} AS period, listed, week FROM lists"
    yearly = cube(
        lab, f"{query} WHERE {last}", ("listed",), run.names, Axes((("item", "period"),), run.lists, run.years)
    )
    end = cube(lab, f"{query} WHERE week = {run.weeks - 1}", ("listed",), run.names, Axes((("item",),), run.lists))
    for found in (yearly, end):
        yield from levels(lab, "list_persons", found, "listed", population(lab, found.cells, "adults"), PER)


def _flows(lab: Lab) -> Iterator[Row]:
    run = lab.facts
    query = (
        f"SELECT unit_no, world AS label, list AS item, week // {YEAR_WEEKS} AS period, "
        "entries_true + entries_false AS entries, exits, listed FROM lists"
    )
    axes = Axes((("item",), ("item", "period")), run.lists, run.years)
    found = cube(lab, query, ("entries", "exits", "listed"), run.names, axes)
    adults, scale = population(lab, found.cells, "adults"), per_year(lab, found.cells, YEAR_WEEKS)
    yield from levels(lab, "list_entries", found, "entries", adults, scale)
    yield from levels(lab, "list_exits", found, "exits", adults, scale)
    yield from levels(lab, "list_exit_rate", found, "exits", found.counts["listed"], float(YEAR_WEEKS))


def _endings(lab: Lab) -> Iterator[Row]:
    """How listings end, each way as a share of all; and how many weeks they had lasted."""
    run = lab.facts
    ended = " + ".join(HOW)
    ways = " UNION ALL ".join(
        f"SELECT unit_no, world AS label, {item} AS item, {how} AS n, {ended} AS ended FROM endings"
        for how in HOW
        for item in (f"'{how}'", f"truth || ' {how}'")
    )
    items = (*HOW, *(f"{truth} {how}" for truth in TRUTHS for how in HOW))
    found = cube(lab, ways, ("n", "ended"), run.names, Axes((("item",),), items))
    yield from shares(lab, "list_endings", found, "n", "ended")
    lasted = f"SELECT unit_no, world AS label, weeks, {ended} AS ended"
    every = cube(lab, f"{lasted} FROM endings", ("weeks", "ended"), run.names, Axes(((),)))
    by_item = " UNION ALL ".join(
        f"{lasted}, {item} AS item FROM endings" for item in ("truth", "list", "list || ' ' || truth")
    )
    items = (*TRUTHS, *run.lists, *(f"{name} {truth}" for name in run.lists for truth in TRUTHS))
    each = cube(lab, by_item, ("weeks", "ended"), run.names, Axes((("item",),), items))
    for one in (every, each):
        yield from levels(lab, "list_weeks", one, "weeks", one.counts["ended"], 1.0, counted="clustered")
