"""Every switch takes away what it says and nothing else, from a scheme that has everything."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from scorelab.spec.load import resolve
from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import ResolvedWorld
from scorelab.spec.switches import Left, left
from scorelab.words import Switch

EXPERIMENT = str(Path(__file__).parent / "valid" / "experiment.yaml")
GONE = "gone"

EXPECTED: dict[str, dict[str, Any]] = {
    "false_records": {"sources.wardens.mistakes": None, "sources.cameras.mistakes": None},
    "ties": {"rules.0.along": {}, "consequences": ["low", "d", "a", "model"]},
    "information_ties": {"response.talk": 0},
    "publicity": {"lists.low.published": False},
    "campaigns": {"campaigns": []},
    "awareness": {"aware": 0, "campaigns.0.informs": 0},
    "deterrence": {"response.sensitivity": 0, "response.reward": 0, "response.crowding": 0},
    "chilling": {"response.chilling": 0},
    "nearness": {"response.nearness": 0},
    "spread": {"response.spread": 0},
    "diffusion": {"response.diffusion": 0},
    "displacement": {"response.displacement": 0},
    "contagion": {"response.contagion": 0},
    "backlash": {"response.backlash": 0},
    "defiance": {"response.defiance": 0},
    "crowding_out": {"response.crowding": 0},
    "not_asking": {"response.not_asking": 0},
    "refill": {"refill": False},
    "spiral": {"spiral": False},
    "stigma": {"response.stigma": 0, "response.shunned": 0, "lists.low.loses_work": 0},
    "fines": {"fines": False},
    "felt_loss": {"response.felt_loss": 0},
    "favours": {"consequences.3.favour": {}, "consequences.4.favour": {}},
    "throttling": {"consequences.2.throttle": None},
    "recovery": {"score.recovery_per_week": 0},
    "discretion": {"rules.0.discretion.disagreement": 0},
    "escalation": {"lists.unpaid.repeat": None, "rules": ["-60", "-30", "20"]},
    "caps": {"rules.0.at_most": None},
    "review": {"sources.wardens.review": None},
    "delay": {"sources.wardens.delay_weeks": 0},
    "fusion": {"fusion": None},
    "attention": {"sources.wardens.attention": None},
    "selection": {"sources.cameras.selects": None},
    "unequal_exposure": {"sources.judge.sees.residence": {}},
    "unequal_error": {"sources.wardens.mistakes.who.quintile": {}},
    "notice": {"lists.low.notice": 0, "lists.unpaid.notice": 0, "lists.model.notice": 0, "due_process.told": 0},
    "window": {"due_process.window": None},
    "appeals": {"due_process.appeal": None},
    "corrections": {"lists.low.corrected_per_year": 0},
    "expiry": {"rules.0.expires_weeks": None},
    "repair": {"lists.unpaid.repair": None},
    "rollout": {"rollout": []},
    "opt_in": {"opt_in": None},
    "source:judge": {"sources.judge": GONE},
    "source:cameras": {"sources.cameras": GONE, "fusion.of": ["wardens"], "fusion.needs": 1},
    "source:of-another-scheme": {},
}
"""Word -> path within the scheme (or ``response``, or a mark of what is left) -> what is there afterwards."""


@pytest.fixture(scope="module")
def world() -> ResolvedWorld:
    """A world with the one scheme that has every clause, and nothing switched off."""
    both = resolve(EXPERIMENT).world("both")
    return replace(both, schemes=[scheme for scheme in both.schemes if scheme.scheme == "points"])


def _plain(value: Any) -> Any:
    """Numbers for quantities, and mappings for models."""
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _whole(found: Left) -> dict[str, Any]:
    marks = {"response": _plain(found.response), "spiral": found.spiral, "refill": found.refill, "fines": found.fines}
    return {**_plain(found.schemes[0]), **marks}


def _changes(before: Any, after: Any, way: str = "") -> dict[str, Any]:
    """The places where two plain values differ, with what is there afterwards."""
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after) and before:
        before, after = dict(enumerate(before)), dict(enumerate(after))
    if not isinstance(before, dict) or not isinstance(after, dict) or not (before and after):
        return {} if before == after else {way: after}
    found: dict[str, Any] = {}
    for key in before:
        inner = f"{way}.{key}" if way else str(key)
        found |= _changes(before[key], after[key], inner) if key in after else {inner: GONE}
    return found


def _told(way: str, value: Any) -> Any:
    """Lists of clauses by what tells one from another."""
    if way == "consequences":
        return [clause["while_on"] or clause["while_grade"][0] for clause in value]
    return [str(rule["points"]) for rule in value] if way == "rules" else value


def test_every_switch_is_tried() -> None:
    assert {word for word in EXPECTED if ":" not in word} == set(Switch)


@pytest.mark.parametrize("word", EXPECTED)
def test_a_switch_takes_away_what_it_says_and_nothing_else(word: str, world: ResolvedWorld) -> None:
    """Else two worlds that differ by one word would differ by more, and nobody could say what did what."""
    found = _changes(_whole(left(world)), _whole(left(replace(world, without=[word]))))
    assert {way: _told(way, value) for way, value in found.items()} == EXPECTED[word]


def test_a_world_without_anything_switched_off_is_as_it_was_written(world: ResolvedWorld) -> None:
    whole = left(world)
    assert whole.schemes == tuple(world.schemes) and whole.response == world.response
    assert whole.spiral and whole.refill and whole.fines


def test_switches_add_up_and_do_not_ask_for_an_order(world: ResolvedWorld) -> None:
    words = [word for word in EXPECTED if word != "source:of-another-scheme"]
    forwards, backwards = (left(replace(world, without=order)) for order in (words, words[::-1]))
    assert _whole(forwards) == _whole(backwards)
    assert forwards.schemes[0].fusion is None and "judge" not in forwards.schemes[0].sources


def test_sources_that_are_all_gone_are_joined_no_more(world: ResolvedWorld) -> None:
    """A fusion of nothing would ask for records that nobody writes."""
    found = left(replace(world, without=["source:cameras", "source:wardens"])).schemes[0]
    assert found.fusion is None and set(found.sources) == {"judge", "street"}


def test_an_unknown_word_is_no_switch(world: ResolvedWorld) -> None:
    with pytest.raises(ValueError, match="colour"):
        left(replace(world, without=["colour"]))
