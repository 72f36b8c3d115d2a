"""How much of each documented scheme rests on a source, and that the rest is on a list that somebody has read."""

import itertools
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

from scorelab.spec.find import catalogue
from scorelab.spec.quantity import Quantity
from scorelab.spec.scheme import Scheme
from scorelab.spec.text import read

SCHEMES = [entry.name for entry in catalogue() if entry.kind == "scheme"]
UNCITED = {
    "spc-defaulters-2013": [],
    "spc-defaulters-2020": ["due_process.window.objects", "due_process.window.upheld_if_false"],
    "china-rail-2018": [
        "sources.rail-staff.mistakes.per_year",
        "lists.rail-conduct.corrected_per_year",
        "lists.rail-fare.corrected_per_year",
        "due_process.window.objects",
        "due_process.window.upheld_if_false",
    ],
    "china-air-2018": [
        "sources.air-police.mistakes.per_year",
        "lists.air-conduct.corrected_per_year",
        "due_process.window.objects",
        "due_process.window.upheld_if_false",
    ],
    "credit-repair-2026": [
        "lists.minor-record.repair.per_year",
        "lists.general-record.repair.per_year",
        "lists.serious-record.repair.per_year",
    ],
    "suining-2010": [
        "sources.traffic-police.mistakes.per_year",
        "sources.credit-office.mistakes.per_year",
        "rules.3.discretion.disagreement",
        "rules.4.discretion.disagreement",
    ],
    "rongcheng-2016": ["sources.committee.mistakes.per_year"],
    "rongcheng-2021": [
        "sources.market-office.watches.sharp-practice",
        "sources.volunteers-register.watches.volunteering",
        "sources.volunteers-register.watches.helping-in-hardship",
    ],
    "suzhou-osmanthus": ["sources.volunteers-register.watches.helping-in-hardship"],
    "hangzhou-qianjiang": ["sources.commercial.mistakes.per_year"],
    "zhima": ["sources.payment-history.mistakes.per_year", "sources.habits.mistakes.per_year"],
}
"""What no source speaks of, in the documented schemes of China."""


@cache
def scheme(name: str) -> Scheme:
    """A scheme of the catalogue, as it is written."""
    path = next(entry.path for entry in catalogue() if entry.name == name)
    return Scheme.model_validate(read(path).data)


def quantities(value: Any, path: str = "") -> Iterator[tuple[str, Quantity]]:
    """Every number of a part of a scheme, with the way to it."""
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from quantities(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from quantities(item, f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from quantities(item, f"{path}.{index}")


def clauses(written: Scheme) -> Iterator[tuple[str, list[str]]]:
    """Every clause of a scheme, and every number in it, with what it cites."""
    yield from ((f"sources.{name}", source.cite) for name, source in written.sources.items())
    yield from ((f"lists.{name}", clause.cite) for name, clause in written.lists.items())
    for part in ("rules", "consequences", "campaigns"):
        yield from ((f"{part}.{index}", clause.cite) for index, clause in enumerate(getattr(written, part)))
    for part in ("score", "opt_in", "fusion", "due_process"):
        if getattr(written, part) is not None:
            yield part, getattr(written, part).cite
    for path, quantity in quantities(written):
        yield path[1:], quantity.cite


@pytest.mark.parametrize("name", UNCITED)
def test_seven_tenths_of_a_documented_scheme_are_cited_and_the_rest_is_listed(name: str) -> None:
    found = list(clauses(scheme(name)))
    uncited = [path for path, cite in found if not cite]
    assert uncited == UNCITED[name]
    assert len(uncited) <= 0.3 * len(found), f"{len(uncited)} of {len(found)}"


def _shape(value: Any) -> Any:
    """What is left of a clause without its numbers, names and words."""
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items() if key not in ("cite", "note", "title", "about")}
    if isinstance(value, list):
        return [_shape(item) for item in value]
    return None


def _sources_of(name: str) -> set[str]:
    return {word for _, cite in clauses(scheme(name)) for word in cite}


def test_no_two_schemes_differ_in_numbers_only_unless_their_sources_do() -> None:
    """A copy with other numbers would look like a second case, and be none."""
    keys = ("sources", "score", "lists", "rules", "due_process", "consequences", "opt_in", "campaigns", "fusion")
    shapes = {}
    for name in SCHEMES:
        path = next(entry.path for entry in catalogue() if entry.name == name)
        shapes[name] = _shape({key: read(path).data.get(key) for key in keys})
    for one, other in itertools.combinations(SCHEMES, 2):
        assert shapes[one] != shapes[other] or not _sources_of(one) & _sources_of(other), (one, other)


@pytest.mark.parametrize("name", UNCITED)
def test_a_number_that_rests_on_nothing_says_so(name: str) -> None:
    for path, quantity in quantities(scheme(name)):
        assert quantity.cite or (quantity.basis == "assumed" and quantity.note), path
