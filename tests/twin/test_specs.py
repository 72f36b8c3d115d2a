"""The random experiments say everything that the language can say."""

import itertools
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import SOURCE, Resolved, digest
from scorelab.spec.scheme import Claim, Scheme, Shown
from scorelab.spec.society import Country, Society
from scorelab.words import COIN, Switch
from tests.twin.clauses import EXPERIMENTS
from tests.twin.specs import random_experiment

WITHOUT_EFFECT = {"gravity", "cite", "note", "society", "claims", "country"}
"""Words for readers, the society of a scheme where no experiment names one, and what measures alone read."""
FOR_READERS: set[type[BaseModel]] = {Claim, Country, Shown}
"""Clauses that change no life in a county: what they say is for readers, or how many counties there are."""


@pytest.fixture(scope="module")
def thrown() -> list[Resolved]:
    """Those whose lives are compared."""
    return [random_experiment(seed) for seed in range(EXPERIMENTS)]


def _clauses(value: Any) -> Iterator[BaseModel]:
    """Every clause of a file, from the outside to the inside."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from _clauses(getattr(value, name))
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _clauses(item)


def _files(one: Resolved) -> list[BaseModel]:
    """The society and the schemes of all worlds."""
    return [one.society, *(scheme for world in one.worlds for scheme in world.schemes)]


def _kinds(annotation: Any, found: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Every kind of clause that a file can have."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if annotation not in found:
            found.add(annotation)
            for field in annotation.model_fields.values():
                _kinds(field.annotation, found)
    else:
        for part in get_args(annotation):
            _kinds(part, found)
    return found


def test_every_key_of_schemes_and_societies_is_used(thrown: list[Resolved]) -> None:
    """Catches a clause that was added to the language and is compiled by nobody here."""
    used = {
        (type(clause), name)
        for file in itertools.chain(*map(_files, thrown))
        for clause in _clauses(file)
        for name, field in type(clause).model_fields.items()
        if getattr(clause, name) != field.get_default(call_default_factory=True)
    }
    wanted = {
        (kind, name)
        for kind in _kinds(Scheme, _kinds(Society, {Quantity})) - FOR_READERS
        for name in kind.model_fields
        if name not in WITHOUT_EFFECT
    }
    assert {f"{kind.__name__}.{name}" for kind, name in wanted - used} == set()


def _words(annotation: Any) -> set[str]:
    """The words that a key can have."""
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    return set().union(*(_words(part) for part in get_args(annotation)))


def test_every_word_of_a_closed_vocabulary_is_used(thrown: list[Resolved]) -> None:
    """Catches a tie, a condition, a standing or a way off a list that never occurs."""
    said: dict[tuple[type[BaseModel], str], set[str]] = {}
    for clause in itertools.chain(*(_clauses(file) for one in thrown for file in _files(one))):
        for name in type(clause).model_fields:
            value = getattr(clause, name)
            words = [value] if isinstance(value, str) else value if isinstance(value, dict | list) else []
            said.setdefault((type(clause), name), set()).update(word for word in words if isinstance(word, str))
    missing = {
        f"{kind.__name__}.{name}: {word}"
        for kind in _kinds(Scheme, _kinds(Society, set())) - FOR_READERS
        for name, field in kind.model_fields.items()
        for word in _words(field.annotation) - said.get((kind, name), set())
        if name != "format"
    }
    assert missing == set()


def test_every_switch_is_used(thrown: list[Resolved]) -> None:
    """Catches a world without something that no kernel has ever lived."""
    words = {word for one in thrown for world in one.worlds for word in world.without}
    assert {word.value for word in Switch} - words == set()
    assert any(word.startswith(SOURCE) for word in words)
    assert any(world.placebo for one in thrown for world in one.worlds)


def test_people_are_exempt_in_either_way(thrown: list[Resolved]) -> None:
    """Catches a world whose schemes leave people out, and no kernel ever lived it."""
    worlds = [world for one in thrown for world in one.worlds]
    assert any(world.exempts for world in worlds) and any(world.covers for world in worlds)
    assert COIN in {world.exempts or world.covers for world in worlds}


def test_a_number_names_one_experiment(thrown: list[Resolved]) -> None:
    """Catches chance that a failing case could not be thrown again with."""
    assert [digest(random_experiment(seed)) for seed in range(3)] == [digest(one) for one in thrown[:3]]
