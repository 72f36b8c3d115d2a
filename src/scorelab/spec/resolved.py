"""The file as a program needs it: one experiment with every reference followed and every default filled in.

Nothing downstream reads what a person wrote; it reads this. Two files that mean the same resolve to the same text
and so to the same digest, whatever the order of their keys.
"""

import dataclasses
import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from scorelab.errors import InputError, Problem
from scorelab.spec.limits import GROUP_SIZES, MOST_COUNTIES, MOST_PERSONS, MOST_WORLDS
from scorelab.spec.quantity import Strict
from scorelab.spec.scheme import Scheme
from scorelab.spec.society import Response, Society
from scorelab.spec.who import Name
from scorelab.words import Switch

if TYPE_CHECKING:
    from scorelab.spec.margins import Margins

FORMAT = 1

SOURCE = "source:"
"""Begins the word that takes one source away from a world."""


@dataclasses.dataclass(frozen=True)
class ResolvedWorld:
    """One world: the schemes in it and the response of its people, after everything that was set for it.

    ``without`` holds words of :class:`scorelab.words.Switch` and names of sources after :data:`SOURCE`, sorted and
    without repetition. ``exempts`` and ``covers``, at most one of them, name an attribute of the society: no scheme
    applies to whoever has it, or to whoever does not.
    """

    name: str
    title: str
    schemes: list[Scheme]
    response: Response
    without: list[str]
    placebo: bool
    exempts: str | None = None
    covers: str | None = None


@dataclasses.dataclass(frozen=True)
class Resolved:
    """A whole experiment: which worlds are lived, by how many people, for how long, and what chance they share.

    ``counties`` and ``persons`` (per county) and the society's own two numbers are equal. Where the society has a
    ``country``, so many of its counties are lived, each of its own size, and ``persons`` is that of the mean county;
    otherwise no country plays a part. ``against`` and ``focus``
    name worlds, ``groups`` quintile, residence, age, sex or attributes of the society. Mappings are in the order of
    their keys.
    """

    name: str
    title: str
    about: str
    start: datetime.date
    weeks: int
    seed: int
    replicates: int
    counties: int
    persons: int
    groups: list[str]
    against: str
    focus: str
    society: Society
    margins: "Margins"
    worlds: list[ResolvedWorld]

    def to_json(self) -> str:
        """The canonical text: sorted keys, no spaces, every float in its shortest exact form."""
        parts = {name: _plain(getattr(self, name)) for name in _FIELDS}
        if self.society.country is None:
            del parts["society"]["country"]
        return canonical({"format": FORMAT, **parts})

    @classmethod
    def from_json(cls, text: str, *, file: str = "resolved experiment") -> Self:
        """Read back what :meth:`to_json` wrote.

        Raises InputError where the text is something else; ``file`` is the name given to it in the message.
        """
        from scorelab.spec.margins import Margins

        try:
            parts = _Text.model_validate_json(text)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"]) or "the text"
            message = f"not a resolved experiment: {where}: {first['msg'].lower()}"
            raise InputError([Problem(file, 0, 0, message)]) from None
        names = [world.name for world in parts.worlds]
        if not {parts.against, parts.focus} <= set(names) or len(set(names)) < len(names):
            raise InputError([Problem(file, 0, 0, "not a resolved experiment: its worlds are not those it names")])
        if (parts.counties, parts.persons) != (parts.society.counties, parts.society.persons):
            raise InputError([Problem(file, 0, 0, "not a resolved experiment: it has two sizes of its society")])
        country = parts.society.country
        if country is not None and parts.counties > country.counties.value:
            raise InputError([Problem(file, 0, 0, "not a resolved experiment: its country has fewer counties")])
        if not set(parts.groups) <= {*GROUP_SIZES, *parts.society.attributes}:
            raise InputError(
                [Problem(file, 0, 0, "not a resolved experiment: its groups are not those of its society")]
            )
        left_out = {word for world in parts.worlds for word in (world.exempts, world.covers) if word}
        if not left_out <= set(parts.society.attributes) or any(one.exempts and one.covers for one in parts.worlds):
            raise InputError(
                [Problem(file, 0, 0, "not a resolved experiment: its worlds leave out people whom nobody can tell")]
            )
        typed = {name: getattr(parts, name) for name in _FIELDS}
        typed["margins"] = Margins.from_json(parts.margins, file)
        typed["worlds"] = [
            ResolvedWorld(**{name: getattr(world, name) for name in _WORLD_FIELDS}) for world in parts.worlds
        ]
        return cls(**typed)

    @property
    def national(self) -> bool:
        """Whether counties of the society's country are lived, each of its own size."""
        return self.society.country is not None

    def world(self, name: str) -> ResolvedWorld:
        """The world of that name; KeyError where there is none."""
        for world in self.worlds:
            if world.name == name:
                return world
        raise KeyError(name)


_FIELDS = tuple(field.name for field in dataclasses.fields(Resolved))
_WORLD_FIELDS = tuple(field.name for field in dataclasses.fields(ResolvedWorld))


def _switch(word: str) -> str:
    if word not in set(Switch) and not word.startswith(SOURCE):
        raise ValueError(f"no switch {word!r}")
    return word


class _World(Strict):
    name: Name
    title: str
    schemes: list[Scheme]
    response: Response
    without: list[Annotated[str, AfterValidator(_switch)]]
    placebo: bool
    exempts: Name | None = None
    covers: Name | None = None


class _Text(Strict):
    """What stands in the text: the same fields, with the types and bounds of what a person may write."""

    format: Literal[1]
    name: Name
    title: str
    about: str
    start: datetime.date
    weeks: Annotated[int, Field(ge=1, le=2080)]
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)]
    replicates: Annotated[int, Field(ge=1, le=1000)]
    counties: Annotated[int, Field(ge=1, le=MOST_COUNTIES)]
    persons: Annotated[int, Field(ge=1, le=MOST_PERSONS)]
    groups: list[str]
    against: Name
    focus: Name
    society: Society
    margins: dict[str, Any]
    worlds: Annotated[list[_World], Field(min_length=1, max_length=MOST_WORLDS)]


def digest(resolved: Resolved) -> str:
    """32 hexadecimal digits that are equal for two experiments exactly when they are the same experiment."""
    return hashlib.blake2b(resolved.to_json().encode(), digest_size=16).hexdigest()


def canonical(value: Any) -> str:
    """JSON in one spelling only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, ResolvedWorld):
        return {name: _plain(getattr(value, name)) for name in _WORLD_FIELDS}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "to_json"):
        return value.to_json()
    return value
