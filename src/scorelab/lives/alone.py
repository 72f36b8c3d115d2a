"""One person left out: a world more, in which the focus's schemes apply to everybody but this person."""

import dataclasses

from scorelab.lives.account import account
from scorelab.lives.choose import Again, Found
from scorelab.lives.life import ALONE, Life
from scorelab.lives.replay import life_of, replay
from scorelab.runs.lives import prepare
from scorelab.spec.limits import MOST_WORLDS
from scorelab.spec.resolved import Resolved


def with_alone(resolved: Resolved) -> Resolved:
    """The experiment with one world more, a copy of the focus, in which whoever is looked at can be left out.

    Where there is no room, the last world goes that is neither the focus nor the reference: what is lived in a world
    does not depend on which others there are.
    """
    focus = next(world for world in resolved.worlds if world.name == resolved.focus)
    copy = dataclasses.replace(focus, name=ALONE, title=f"{focus.title}, but not for this person")
    kept = list(resolved.worlds)
    for world in reversed(resolved.worlds):
        if len(kept) < MOST_WORLDS:
            break
        if world.name not in (resolved.focus, resolved.against):
            kept.remove(world)
    return dataclasses.replace(resolved, worlds=[*kept, copy])


def alone(counties: Again, found: Found) -> Life:
    """The life of a person who, in one world more, is left out alone.

    What differs between that world and the focus is what the schemes do to this person by way of this person's own
    records; what reaches it along ties, and what everybody else does for fear of the schemes, is in both.
    """
    prepared = prepare(with_alone(counties.resolved))
    last = len(prepared.resolved.worlds) - 1
    lived = replay(prepared, found.task, [found.person], left_out=last)
    life = life_of(prepared, lived, found.person, found.chosen)
    return dataclasses.replace(life, account=account(life))
