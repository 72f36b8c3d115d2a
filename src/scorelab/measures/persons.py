"""Different persons: who was ever asked, denied, denied by error; and how denials gather on few."""

from collections.abc import Iterator

from scorelab.measures.cube import (
    PER,
    PER_ADULT,
    Axes,
    Base,
    Cube,
    cube,
    differences,
    levels,
    once,
    population,
    single_groups,
)
from scorelab.measures.lab import PERIOD_WEEKS, YEAR_WEEKS, Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Cell, Row

MOST = 11
_GROWS = "It grows with the length of the run; compare it only between runs of equal length."
_OFFICIAL = "Official figures count refused tries; persons and denials are far fewer."
_SAID = {
    "restricted": ("Persons ever on a list", "How many different persons were on a list at any time of the run."),
    "asked": ("Persons who ever asked", "How many different persons asked for a service at any time of the run."),
    "denied": ("Persons ever denied", "How many different persons were denied a service at any time of the run."),
    "wronged": (
        "Persons ever denied by error",
        "How many different persons were, at any time of the run, denied something by false records alone.",
    ),
    "for_another": (
        "Persons ever denied for somebody else's record",
        "How many different persons were, at any time of the run, denied something for somebody else's record alone.",
    ),
}


def _base(name: str) -> Base:
    """Whom a count is set against: children ask and are denied, but it is adults who are listed."""
    return "adults" if name == "restricted" else "persons"


def _is_share(name: str) -> bool:
    """Whether all who are counted are among those below the line: not children among the adults."""
    return _base(name) == "persons"


register(
    *(
        Measure(
            f"ever_{name}",
            "persons",
            title,
            definition,
            f"persons.{name} (span run) / {_base(name)}",
            f"per 100,000 {_base(name)}",
            period="year",
            caveats=(_GROWS, PER_ADULT) if name == "restricted" else (_GROWS,),
            interval="share" if _is_share(name) else "count",
        )
        for name, (title, definition) in _SAID.items()
    ),
    Measure(
        "persons_by_denials",
        "persons",
        "Persons by number of denials",
        "How many persons were denied something so many times in the whole run.",
        "histogram.persons / persons",
        "per 100,000 persons",
        item="number of denials; 11: eleven or more",
        caveats=("Needs differ between persons, so chance alone already gathers denials on few.",),
        interval="share",
    ),
    Measure(
        "tries_so_far",
        "persons",
        "Refused tries so far",
        "How often somebody has been turned away at the counter from the start to the end of the year, further tries"
        " for the same need included.",
        "sum of tries.refused up to the year / persons",
        "per 100,000 persons",
        period="year",
        caveats=(_OFFICIAL, _GROWS),
    ),
    Measure(
        "tries_per_person_denied",
        "persons",
        "Refused tries for each person ever denied",
        "How many refused tries there are for each different person who was ever denied anything.",
        "tries.refused / persons.denied (span run)",
        "tries for each person",
        caveats=(_OFFICIAL, _GROWS),
    ),
    Measure(
        "entries_per_person_listed",
        "persons",
        "Entries for each person ever on a list",
        "How often, in the whole run, those come onto a list who are ever on one: what is above 1 is coming back, or a"
        " second list.",
        "sum of weekly.entries / persons.restricted (span run)",
        "entries for each person",
        caveats=(
            "That some come back again and again does not show that the list brings them back: whoever is recorded"
            " often is so either way. Only a world without the spiral tells the two apart: see spiral_arrears.",
            _GROWS,
        ),
        cite=("HECKMAN-1981",),
    ),
    Measure(
        "tries_per_entry",
        "persons",
        "Refused tries for each entry onto a list",
        "How many refused tries there have been for each time that somebody was put on a list, from the start to the"
        " end of the year, or of the run.",
        "sum of tries.refused up to the year / sum of weekly.entries up to the year",
        "tries for each entry",
        period="year",
        caveats=("Both are running totals, as official figures are; entries are not persons.", _GROWS),
    ),
)


@once
def persons_cube(lab: Lab) -> Cube:
    """Different persons over the whole run, by world and group."""
    counts = tuple(_SAID)
    query = "SELECT *, world AS label FROM persons WHERE span = 'run'"
    return cube(lab, query, counts, lab.facts.names, Axes(single_groups(lab)))


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    names = lab.facts.names
    found = persons_cube(lab)
    for name in _SAID:
        persons = population(lab, found.cells, _base(name))
        yield from levels(lab, f"ever_{name}", found, name, persons, PER, share=_is_share(name))
        yield from differences(lab, f"ever_{name}", found, name, persons, PER)
    yearly = cube(
        lab,
        "SELECT *, world AS label, CAST(substr(span, 6) AS INTEGER) - 1 AS period FROM persons WHERE span LIKE 'year"
        " %'",
        tuple(_SAID),
        names,
        Axes((("period",),), periods=lab.facts.years),
    )
    for name in _SAID:
        below = population(lab, yearly.cells, _base(name))
        yield from levels(lab, f"ever_{name}", yearly, name, below, PER, share=_is_share(name))
    histogram = cube(
        lab,
        "SELECT unit_no, world AS label, CAST(denials AS VARCHAR) AS item, persons FROM histogram",
        ("persons",),
        names,
        Axes((("item",),), tuple(str(number) for number in range(MOST + 1))),
    )
    everybody = population(lab, histogram.cells)
    yield from levels(lab, "persons_by_denials", histogram, "persons", everybody, PER, share=True)
    yield from _tries(lab, found)


def _tries(lab: Lab, persons: Cube) -> Iterator[Row]:
    """Refused tries as official figures count them, beside the persons and the entries behind them."""
    run = lab.facts
    year = f"period * {PERIOD_WEEKS} // {YEAR_WEEKS} AS y"
    tries = f"SELECT unit_no, world AS label, {year}, refused, 0 AS entries FROM tries"
    entries = f"SELECT unit_no, world AS label, week // {YEAR_WEEKS} AS y, 0 AS refused, entries FROM weekly"
    so_far = (
        f"SELECT * FROM ({tries} UNION ALL {entries}) JOIN (SELECT unnest(range({run.years})) AS period) ON y <= period"
    )
    counts = ("refused", "entries")
    yearly = cube(lab, so_far, counts, run.names, Axes((("period",),), periods=run.years))
    total = cube(lab, f"{tries} UNION ALL {entries}", counts, run.names, Axes(((),)))
    below = population(lab, yearly.cells)
    yield from levels(lab, "tries_so_far", yearly, "refused", below, PER, counted="clustered")
    for found in (yearly, total):
        yield from levels(lab, "tries_per_entry", found, "refused", found.counts["entries"], 1.0, counted="clustered")
    denied, listed = (persons.counts[name][:, :, [persons.cells.index(Cell())]] for name in ("denied", "restricted"))
    yield from levels(lab, "entries_per_person_listed", total, "entries", listed, 1.0, counted="clustered")
    yield from levels(lab, "tries_per_person_denied", total, "refused", denied, 1.0, counted="clustered")
