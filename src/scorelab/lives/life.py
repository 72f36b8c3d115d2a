"""A life as data: who, what happened in each world, and the state of each week. It reads nothing and lives nothing."""

import dataclasses
import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ALONE = "this person left out"
"""The world in which one person alone is left out of the schemes; no world of a file is called so, as it has spaces."""
INVENTED = "Invented. This person does not exist."

Steps = tuple[tuple[int, int], ...]
"""A number over the weeks, as (week from which it holds, number), rising; it holds until the next one."""
Span = tuple[int, int]
"""Weeks from the first up to but not including the second."""


@dataclass(frozen=True)
class Event:
    """Something that happened to the person in one world.

    ``what`` is one of: occasion, need, record, arrival, effect, points, entry (onto a list), exit (from one side of
    it), taken-back, work, arrears, knows, joins, reached (by somebody else's status) and released (from it).
    ``case`` is equal for the same occasion or need in all worlds. What an event has nothing to say of is empty.
    """

    week: int
    world: str
    what: str
    about: str = ""
    """behaviour, service, list or scheme"""
    outcome: str = ""
    source: str = ""
    truth: str = ""
    """true or false: of the record, or of the denial (pivotal)"""
    because: str = ""
    """behaviour of the record that is behind a listing or a denial"""
    status: str = ""
    """what closed the door: a list, or the word grade and the grade"""
    tie: str = ""
    """what the other is to this person, whose record it is"""
    points: int = 0
    case: int = -1


@dataclass(frozen=True)
class World:
    """A life in one world, week by week."""

    name: str
    title: str
    score: Steps
    """empty where the world keeps no score, or the person is never a member"""
    grade: Steps
    """numbers of ``grades``"""
    grades: tuple[str, ...]
    condition: Steps
    """numbers of :class:`scorelab.words.Condition`"""
    arrears: tuple[Span, ...]
    throttled: tuple[Span, ...]
    listed: tuple[tuple[str, str, int, int], ...]
    """list, side (true or false), weeks from and until"""
    without: tuple[str, ...]
    """mechanisms that this world is lived without"""
    risk: Steps
    """the highest perceived risk of a record among the domains, in per cent"""


@dataclass(frozen=True)
class Who:
    """The person as at week 0, equal in every world."""

    id: str
    age: int
    sex: str
    residence: str
    quintile: int
    role: str
    condition: str
    in_arrears: bool
    attributes: tuple[str, ...]
    ties: tuple[tuple[str, int], ...]
    """what others are to the person, and how many are so"""


@dataclass(frozen=True)
class Choice:
    """How the person was chosen, and how many are like it."""

    kind: str
    """wrongful, collateral, spiral, random or named"""
    draw: int
    like: int
    of: int
    """synthetic persons among whom ``like`` are like this one"""
    words: str
    """a sentence"""


@dataclass(frozen=True)
class Life:
    """One synthetic person in all worlds of a run."""

    who: Who
    chosen: Choice
    start: str
    """the day on which week 0 begins"""
    weeks: int
    focus: str
    against: str
    worlds: tuple[World, ...]
    happened: tuple[Event, ...]
    """by week, then in the order in which it happened"""
    said: tuple[tuple[str, str], ...]
    """names of behaviours, services, lists and others, and what they are called in prose"""
    honours: tuple[str, ...] = ()
    """lists that honour and do not restrict"""
    account: tuple[str, ...] = ()
    """the life in sentences"""

    def date(self, week: int) -> datetime.date:
        """The first day of a week."""
        return datetime.date.fromisoformat(self.start) + datetime.timedelta(weeks=week)

    def world(self, name: str) -> World:
        """The world of that name; KeyError where there is none."""
        for world in self.worlds:
            if world.name == name:
                return world
        raise KeyError(name)

    def of(self, world: str, *what: str) -> list[Event]:
        """What happened in a world, of these kinds or of all."""
        return [event for event in self.happened if event.world == world and (not what or event.what in what)]

    def alike(self) -> list[list[World]]:
        """The worlds, those together in which the life is the same to the event; first that of the focus."""
        found: dict[Any, list[World]] = {}
        for world in sorted(self.worlds, key=lambda one: one.name != self.focus):
            events = tuple(dataclasses.replace(event, world="", case=-1) for event in self.of(world.name))
            states = dataclasses.replace(world, name="", title="", without=(), risk=())
            found.setdefault((events, states), []).append(world)
        return list(found.values())

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types."""
        parts: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(self)))
        usual = {field.name: field.default for field in dataclasses.fields(Event)}
        parts["happened"] = [
            {name: value for name, value in event.items() if value != usual[name]} for event in parts["happened"]
        ]
        return parts

    @staticmethod
    def from_json(parts: dict[str, Any]) -> "Life":
        """Read back what :meth:`to_json` made. Raises KeyError, TypeError or ValueError where it is something else."""
        given = dict(parts)
        given["who"] = Who(**{**given["who"], **{name: _deep(given["who"][name]) for name in ("attributes", "ties")}})
        given["chosen"] = Choice(**given["chosen"])
        given["worlds"] = tuple(
            World(**{name: _deep(value) for name, value in world.items()}) for world in given["worlds"]
        )
        given["happened"] = tuple(Event(**event) for event in given["happened"])
        for name in ("said", "honours", "account"):
            given[name] = _deep(given[name])
        return Life(**given)


def _deep(value: Any) -> Any:
    """Lists made tuples, at any depth."""
    return tuple(_deep(item) for item in value) if isinstance(value, list) else value


def steps(numbers: Iterable[int]) -> Steps:
    """A number for each week, as the weeks in which it changes."""
    found: list[tuple[int, int]] = []
    for week, number in enumerate(numbers):
        if not found or found[-1][1] != number:
            found.append((week, int(number)))
    return tuple(found)


def spans(so: Iterable[bool], weeks: int) -> tuple[Span, ...]:
    """The stretches of weeks in which something is so."""
    turns = steps(map(int, so))
    ends = [week for week, _ in turns[1:]] + [weeks]
    return tuple((week, end) for (week, value), end in zip(turns, ends, strict=True) if value)
