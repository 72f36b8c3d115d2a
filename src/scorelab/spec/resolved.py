"""The file as a program needs it: one experiment with every reference followed and every default filled in.

Nothing downstream reads what a person wrote; it reads this. Two files that mean the same resolve to the same text
and so to the same digest, whatever the order of their keys.
"""

import dataclasses
import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any, Self

from pydantic import BaseModel, ValidationError

from scorelab.errors import InputError, Problem
from scorelab.spec.scheme import Scheme
from scorelab.spec.society import Response, Society

if TYPE_CHECKING:
    from scorelab.spec.margins import Margins

FORMAT = 1


@dataclasses.dataclass(frozen=True)
class ResolvedWorld:
    """One world: the schemes in it and the response of its people, after everything that was set for it.

    ``without`` holds words of :class:`scorelab.words.Switch`, sorted and without repetition.
    """

    name: str
    title: str
    schemes: list[Scheme]
    response: Response
    without: list[str]
    placebo: bool


@dataclasses.dataclass(frozen=True)
class Resolved:
    """A whole experiment: which worlds are lived, by how many people, for how long, and what chance they share.

    ``counties`` and ``persons`` (per county) and the society's own two numbers are equal. ``against`` and ``focus``
    name worlds. Mappings are in the order of their keys.
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
        return canonical({"format": FORMAT, **{name: _plain(getattr(self, name)) for name in _FIELDS}})

    @classmethod
    def from_json(cls, text: str, *, file: str = "resolved experiment") -> Self:
        """Read back what :meth:`to_json` wrote.

        Raises InputError where the text is something else; ``file`` is the name given to it in the message.
        """
        try:
            parts = json.loads(text)
            if not isinstance(parts, dict):
                raise ValueError("it is not a mapping")
            if parts.pop("format", None) != FORMAT:
                raise ValueError(f"its format is not {FORMAT}, the only one that this version reads")
            return cls(**_typed(parts))
        except ValidationError as error:
            first = error.errors()[0]
            reason = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        except KeyError as error:
            reason = f"{error} is missing"
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            reason = str(error)
        raise InputError([Problem(file, 0, 0, f"not a resolved experiment: {reason}")])

    def world(self, name: str) -> ResolvedWorld:
        """The world of that name; KeyError where there is none."""
        for world in self.worlds:
            if world.name == name:
                return world
        raise KeyError(name)


_FIELDS = tuple(field.name for field in dataclasses.fields(Resolved))


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
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if hasattr(value, "to_json"):
        return value.to_json()
    return value


def _typed(parts: dict[str, Any]) -> dict[str, Any]:
    from scorelab.spec.margins import Margins

    unknown = sorted(set(parts) - set(_FIELDS))
    if unknown:
        raise ValueError(f"it has unknown keys {unknown}")
    typed = {name: parts[name] for name in _FIELDS}
    for name in ("weeks", "seed", "replicates", "counties", "persons"):
        if type(typed[name]) is not int:
            raise ValueError(f"{name} is not a whole number")
    typed["start"] = datetime.date.fromisoformat(parts["start"])
    typed["society"] = Society.model_validate_json(canonical(parts["society"]))
    typed["margins"] = Margins.from_json(parts["margins"])
    typed["worlds"] = [_world(world) for world in parts["worlds"]]
    return typed


def _world(parts: dict[str, Any]) -> ResolvedWorld:
    typed = {field.name: parts[field.name] for field in dataclasses.fields(ResolvedWorld)}
    typed["schemes"] = [Scheme.model_validate_json(canonical(scheme)) for scheme in parts["schemes"]]
    typed["response"] = Response.model_validate_json(canonical(parts["response"]))
    return ResolvedWorld(**typed)
