"""The register of measures: what each number means, how it is made, and how it can mislead."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Every = Literal["run", "week", "13 weeks", "year"]
Interval = Literal["count", "clusters", "share", "share of clusters", "difference", "ratio", "none"]
INTERVALS: dict[Interval, str] = {
    "count": "count of what happens one by one: symmetric in the logarithm; of none, 0 to 3.7 events",
    "clusters": (
        "count of which one person can bring many: symmetric in the logarithm, with as many degrees of freedom as"
        " units have any, less one; none where fewer than ten units have any"
    ),
    "share": "share of cases: symmetric in the log odds; of none or all, the exact binomial one",
    "share of clusters": (
        "share of what comes in clusters: symmetric in the log odds, with the degrees of freedom of clusters; none"
        " where fewer than ten units have any"
    ),
    "difference": (
        "difference of two counts: symmetric as it stands, and in the logarithm where all units differ in the same"
        " direction; none where fewer than ten units differ"
    ),
    "ratio": "ratio of two rates: symmetric in the logarithm; not given for fewer than ten cases on a side",
    "none": "none: the number is stated or read off, not counted",
}
"""How the interval of chance is made, in words; the units that carry it are replicates or counties."""


@dataclass(frozen=True)
class Measure:
    """A number derived from the ledger: a page of the documentation in a few fields.

    ``definition`` is a sentence for a lay reader, ``formula`` says it in the words of the ledger's columns, ``item``
    says what the column of that name holds, and ``period`` what a value of the column ``period`` counts (the measure
    itself is for the whole run where that column is null). ``interval`` says how the interval is made of rows that are
    about one world, or for a measure that only compares worlds, of these; what else compares is a difference.
    ``cite`` holds ids of the bibliography, of works that the definition comes from.
    """

    name: str
    family: str
    title: str
    definition: str
    formula: str
    unit: str
    item: str = ""
    period: Every = "run"
    caveats: tuple[str, ...] = ()
    cite: tuple[str, ...] = ()
    interval: Interval = "clusters"


_REGISTER: dict[str, Measure] = {}


def register(*measures: Measure) -> None:
    """Enter measures; a name can be entered only once."""
    for measure in measures:
        if measure.name in _REGISTER:
            raise ValueError(f"two measures are called {measure.name!r}")
        _REGISTER[measure.name] = measure


def measure(name: str) -> Measure:
    """The measure of that name; KeyError where there is none."""
    return _REGISTER[name]


def measures(families: Iterable[str] = ()) -> tuple[Measure, ...]:
    """All measures, or those of some families, in the order in which they were entered."""
    wanted = tuple(families)
    return tuple(entry for entry in _REGISTER.values() if not wanted or entry.family in wanted)
