"""How much of a society is lived: what --scale full makes of an experiment, and what it refuses or leaves alone."""

import json

import pytest

from scorelab.errors import InputError
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved, digest
from tests.runs.trial import TRIAL


def _resolved(**options: object) -> Resolved:
    return resolve(str(TRIAL), options=Options(**options))  # type: ignore[arg-type]


def _refused(**options: object) -> str:
    with pytest.raises(InputError) as refused:
        _resolved(**options)
    [problem] = refused.value.problems
    return str(problem)


def test_without_a_scale_a_country_leaves_no_trace() -> None:
    """A digest that moved with a clause that plays no part would refuse to go on with every earlier run."""
    plain = _resolved()
    assert not plain.national
    assert "country" not in plain.to_json()
    moved = _resolved(sets=("society.country.persons=7000",))
    assert digest(moved) == digest(plain)


def test_at_full_scale_every_county_of_the_country_is_lived() -> None:
    whole = _resolved(scale="full")
    assert whole.national
    assert (whole.counties, whole.persons) == (40, 150)
    assert (whole.society.counties, whole.society.persons) == (40, 150)
    assert json.loads(whole.to_json())["society"]["country"]["persons"]["value"] == 6000


def test_the_scale_belongs_to_the_experiment_and_is_read_back() -> None:
    """A manifest that lost the scale would repeat another run."""
    some = [_resolved(), _resolved(scale="full"), _resolved(scale="full", counties=8)]
    some.append(_resolved(scale="full", sets=("society.country.spread=0.1",)))
    assert len({digest(one) for one in some}) == len(some)
    for one in some:
        assert Resolved.from_json(one.to_json()) == one


def test_a_country_can_be_made_smaller() -> None:
    small = _resolved(scale="full", sets=("society.country.persons=300", "society.country.counties=3"))
    assert (small.counties, small.persons) == (3, 100)


def test_counties_say_how_many_of_the_country_are_lived() -> None:
    sample = _resolved(scale="full", counties=8)
    assert sample.counties == 8 and sample.society.country is not None
    assert sample.society.country.counties.value == 40


def test_what_cannot_be_lived_at_full_scale_is_refused() -> None:
    assert _refused(scale="ful") == "--scale: there is no scale 'ful'; did you mean 'full'?"
    assert _refused(scale="full", counties=41) == (
        "--counties: between 1 and 40 counties of the country can be lived, not 41"
    )
    assert _refused(scale="full", persons=10) == (
        "--persons: at full scale every county has its own size; --set society.country.persons=N makes the country "
        "smaller"
    )


def test_a_society_without_a_country_has_no_full_scale() -> None:
    with pytest.raises(InputError) as refused:
        resolve("toeslagen-netherlands", options=Options(scale="full"))
    assert str(refused.value.problems[0]) == (
        "--scale: the society western-stylised has no country; it needs a clause country with counties, persons and "
        "spread"
    )


def test_a_text_with_more_counties_than_its_country_is_refused() -> None:
    text = _resolved(scale="full").to_json().replace('"counties":40', '"counties":41')
    with pytest.raises(InputError, match="its country has fewer counties"):
        Resolved.from_json(text)
