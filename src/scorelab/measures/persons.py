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
from scorelab.measures.lab import Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

MOST = 11
_GROWS = "It grows with the length of the run; compare it only between runs of equal length."
_SAID = {
    "restricted": ("Persons ever on a list", "How many different persons were on a list at any time of the run."),
    "asked": ("Persons who ever asked", "How many different persons asked for a service at any time of the run."),
    "denied": ("Persons ever denied", "How many different persons were denied a service at any time of the run."),
    "wronged": (
        "Persons ever denied by error",
        "How many different persons were, at any time of the run, denied something by false records alone.",
    ),
}


def _base(name: str) -> Base:
    """Whom a count is set against: children ask and are denied, but it is adults who are listed."""
    return "adults" if name == "restricted" else "persons"


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
    ),
)


@once
def persons_cube(lab: Lab) -> Cube:
    """Different persons over the whole run, by world and group."""
    counts = ("asked", "restricted", "denied", "wronged")
    query = "SELECT *, world AS label FROM persons WHERE span = 'run'"
    return cube(lab, query, counts, lab.facts.names, Axes(single_groups(lab)))


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    names = lab.facts.names
    found = persons_cube(lab)
    for name in _SAID:
        persons = population(lab, found.cells, _base(name))
        yield from levels(lab, f"ever_{name}", found, name, persons, PER)
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
        yield from levels(lab, f"ever_{name}", yearly, name, below, PER)
    histogram = cube(
        lab,
        "SELECT unit_no, world AS label, CAST(denials AS VARCHAR) AS item, persons FROM histogram",
        ("persons",),
        names,
        Axes((("item",),), tuple(str(number) for number in range(MOST + 1))),
    )
    yield from levels(lab, "persons_by_denials", histogram, "persons", population(lab, histogram.cells), PER)
