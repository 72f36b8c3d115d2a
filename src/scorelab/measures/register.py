"""The register of measures: what each number means, how it is made, and how it can mislead."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Every = Literal["run", "week", "13 weeks", "year"]


@dataclass(frozen=True)
class Measure:
    """A number derived from the ledger: a page of the documentation in a few fields.

    ``definition`` is a sentence for a lay reader, ``formula`` says it in the words of the ledger's columns, ``item``
    says what the column of that name holds, and ``period`` what a value of the column ``period`` counts (the measure
    itself is for the whole run where that column is null).
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
