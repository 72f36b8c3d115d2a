"""One person left out: nothing of the schemes is this person's own any more, and nothing else has changed."""

import dataclasses

import pytest

from scorelab import api
from scorelab.lives import choose, lived
from scorelab.lives.alone import alone, with_alone
from scorelab.lives.choose import Again
from scorelab.lives.life import ALONE
from scorelab.spec.limits import MOST_WORLDS
from tests.cli.command import inside


@pytest.fixture(scope="module")
def again(finished: api.Run) -> Again:
    return lived.again(finished.dir)


@pytest.mark.parametrize("number", range(3))
def test_who_is_left_out_has_no_record_and_no_denial_of_their_own(again: Again, number: int) -> None:
    """Catches a bit that is set too late, or in another world or for another person."""
    found = choose.draw(again, "wrongful", number)
    life = alone(again, found)
    here, there = life.of(life.focus), life.of(ALONE)
    assert any(event.what == "record" for event in here)
    assert not [event for event in there if event.what in ("record", "arrival", "effect", "entry", "joins")]
    denied = [event for event in there if event.what == "need" and event.outcome == "denied"]
    assert all(event.tie for event in denied)


def test_all_other_worlds_are_as_they_were(again: Again) -> None:
    """Catches a world more that moves fate, or a person left out in the focus as well."""
    found = choose.draw(again, "collateral")
    [plain] = lived.lives(again, [found])
    life = alone(again, found)
    kept = {world.name for world in life.worlds} - {ALONE}
    assert {plain.focus, plain.against} <= kept
    for name in kept:
        told, before = ([dataclasses.replace(one, case=0) for one in one_life.of(name)] for one_life in (life, plain))
        assert told == before
        assert [w for w in life.worlds if w.name == name] == [w for w in plain.worlds if w.name == name]


def test_the_focus_and_the_reference_keep_their_place_where_there_is_no_room(again: Again) -> None:
    resolved = again.resolved
    focus = next(world for world in resolved.worlds if world.name == resolved.focus)
    others = [dataclasses.replace(focus, name=f"other-{n}") for n in range(MOST_WORLDS - 2)]
    against = next(world for world in resolved.worlds if world.name == resolved.against)
    full = dataclasses.replace(resolved, worlds=[*others, against, focus])
    names = [world.name for world in with_alone(full).worlds]
    assert names == [*(f"other-{n}" for n in range(MOST_WORLDS - 3)), against.name, focus.name, ALONE]
    few = dataclasses.replace(resolved, worlds=[against, focus])
    assert [world.name for world in with_alone(few).worlds] == [against.name, focus.name, ALONE]


def test_the_command_tells_of_the_world_more(finished: api.Run) -> None:
    done = inside("life", str(finished.dir), "--wrongful", "--alone")
    assert done.returncode == 0, done.stderr
    assert "but not for this person" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("-alone.html")
