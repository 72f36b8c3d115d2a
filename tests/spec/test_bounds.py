"""Every number has bounds and, where it may be left out, a default that is said and kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from scorelab.spec import defaults, shape
from scorelab.spec.bounds import SCHEME_BOUNDS, SOCIETY_BOUNDS, Bounds, bounded
from scorelab.spec.quantity import Quantity
from scorelab.spec.reference import parts
from scorelab.spec.scheme import Scheme
from scorelab.spec.society import Society

EVERY = [(bounds, pattern) for bounds in (SCHEME_BOUNDS, SOCIETY_BOUNDS) for pattern in bounds]

BARE: dict[str, Any] = {
    "format": 1,
    "scheme": "bare",
    "title": "",
    "about": "",
    "in_force": "2020-01-06",
    "opt_in": {"share": 1},
    "campaigns": [{"start": "2020-01-06", "end": "2020-02-03"}],
    "sources": {
        "one": {"kind": "staff", "watches": {"x": 1}, "selects": {"at_least": 1, "weights": {}}},
        "two": {"kind": "staff", "watches": {"x": 1}, "mistakes": {"exposure": "x"}},
    },
    "fusion": {"of": ["one", "two"]},
    "lists": {"one": {"term_weeks": 1}},
    "due_process": {"window": {"weeks": 1}},
    "consequences": [{"while_on": "one", "bar": ["x"], "whom": "self"}],
}
"""A scheme whose clauses say no more than they must."""


def _nested(pattern: tuple[str, ...], value: Any) -> Any:
    return {pattern[0]: _nested(pattern[1:], value)} if pattern else value


@pytest.mark.parametrize(("bounds", "pattern"), EVERY, ids=lambda part: ".".join(part) if type(part) is tuple else "")
def test_a_number_outside_its_bounds_is_refused_and_one_at_them_is_not(
    bounds: Bounds, pattern: tuple[str, ...]
) -> None:
    low, high, what = bounds[pattern]
    for value in (low - 1, high * 2 + 1, {"value": low, "range": [low, high + 1]}):
        (finding,) = bounded(_nested(pattern, value), bounds)
        assert what in finding.message and finding.path[: len(pattern)] == pattern
    for value in (low, high, {"value": low, "range": [low, high]}):
        assert not list(bounded(_nested(pattern, value), bounds))


def test_every_number_of_a_scheme_or_a_society_has_bounds() -> None:
    """A chance of 20 where 0.2 was meant would otherwise be lived."""
    for name, part in parts().items():
        for key, field in part.model.model_fields.items():
            annotation = shape.bare(field.annotation)
            inner = getattr(annotation, "__args__", [None])[-1]
            if shape.model_of(annotation) is Quantity or shape.model_of(inner) is Quantity:
                assert key in part.bounds, f"{name}.{key}"


def _unsaid(model: BaseModel, way: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every number that may be left out: its path, its description and what it is."""
    for key, field in type(model).model_fields.items():
        value = getattr(model, key)
        if shape.model_of(field.annotation) is Quantity and not field.is_required():
            yield f"{way}.{key}", field.description or "", value
        inner = value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else [value]
        for item in inner:
            if isinstance(item, BaseModel) and not isinstance(item, Quantity):
                yield from _unsaid(item, f"{way}.{key}")


def test_what_is_left_out_has_the_default_that_its_description_says(society_data: dict[str, Any]) -> None:
    """Else the page, the schema and the run would each have another."""
    scheme = defaults.scheme(Scheme.model_validate(BARE, strict=False))
    society = defaults.society(Society.model_validate(society_data))
    found = [*_unsaid(scheme), *_unsaid(society)]
    assert len(found) > 20
    for way, description, value in found:
        _, says, default = description.partition("; default ")
        assert (None if value is None else value.value) == (float(default) if says else None), way


def test_a_share_of_a_bar_is_stated_only_where_something_is_barred() -> None:
    clauses = [{"while_on": "one", "favour": {"x": 1}, "whom": "self"}]
    scheme = defaults.scheme(Scheme.model_validate({**BARE, "consequences": clauses}, strict=False))
    assert scheme.consequences[0].share is None


@pytest.fixture
def society_data() -> dict[str, Any]:
    """A society whose parts say no more than they must."""
    return {
        "format": 1,
        "society": "bare",
        "title": "",
        "about": "",
        "margins": "x",
        "counties": 1,
        "persons": 1,
        "trait_correlation": 0.0,
        "behaviours": {"x": {"domain": "x", "standing": "lawful", "per_year": 1, "act": 1}},
        "services": {"x": {"domain": "x", "per_year": 1, "success": 1}},
        "attributes": {"x": {"household": "lone-parent"}},
        "response": dict.fromkeys(parts()["Response"].model.model_fields, 1.0),
    }
