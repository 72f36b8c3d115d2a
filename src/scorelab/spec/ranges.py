"""The numbers that nobody knows: the stated ranges of an experiment, once for all worlds, and other values put in.

A parameter is called by its part (``society``, ``response``, or the name of a scheme) and its path, as ``--set`` and
the ``set:`` of a world have it: ``response.sensitivity``, ``as-reported.consequences.0.share``. What stands in several
worlds under one name is one parameter.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from scorelab.spec.checks import CHECKS
from scorelab.spec.odd import numbers
from scorelab.spec.problems import called
from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import Resolved

SOCIETY, RESPONSE = "society", "response"
MOST_LINEAR = 10.0
"""A positive range whose ends lie further apart than this factor is drawn by ratio, else a small end is never tried."""
_STATED = ("ceiling_per_year", "gravity")
"""Never drawn: how finely the chance of an exposure is drawn, and bands, whole numbers that a reader moves."""


@dataclass(frozen=True)
class Parameter:
    """A number with a stated range: where it stands, its stated value, and how it is drawn."""

    part: str
    path: str
    value: float
    low: float
    high: float
    basis: str

    @property
    def name(self) -> str:
        """Part and path; by this name its draws are keyed."""
        return f"{self.part}.{self.path}"

    @property
    def clause(self) -> str:
        """Part and first word of the path."""
        return f"{self.part}.{self.path.split('.')[0]}"

    @property
    def by_ratio(self) -> bool:
        """Whether it is drawn evenly on the logarithm of its range."""
        return self.low > 0 and self.high / self.low > MOST_LINEAR

    @property
    def words(self) -> str:
        """What it is called in prose: share in consequence 1 of as-reported."""
        way = tuple(int(word) if word.isdigit() else word for word in self.path.split("."))
        return f"{called(way)} of {'people’s response' if self.part == RESPONSE else self.part}"


@dataclass(frozen=True)
class Ranges:
    """What is drawn, in the order of its names; and names with a range that some world has set on purpose."""

    drawn: tuple[Parameter, ...]
    left: tuple[str, ...]


def ranges(resolved: Resolved, *, every: bool = False) -> Ranges:
    """The parameters of an experiment: numbers with a range that are assumed, or of which no basis is said.

    With ``every``, those that are documented or derived and have a range, too. A value that was set by hand stays what
    it was set to, in the worlds where it was; it is named in ``left``. A range of one point is none, and the ceiling
    of an exposure is no assumption: it says how finely chance is drawn.
    """
    met: dict[tuple[str, str], list[Quantity]] = {}
    for part, model in _parts(resolved):
        for way, quantity in numbers(model):
            wide = quantity.range is not None and quantity.range[0] < quantity.range[1]
            if wide and way[-1] not in _STATED and (part, way[0]) != (SOCIETY, RESPONSE):
                met.setdefault((part, ".".join(way)), []).append(quantity)
    drawn, left = [], []
    for (part, path), found in sorted(met.items()):
        free = [one for one in found if not one.by_hand and (every or one.basis in (None, "assumed"))]
        stated = {(one.value, *(one.range or ())) for one in free}
        if len(stated) == 1:
            one = free[0]
            assert one.range is not None
            drawn.append(Parameter(part, path, one.value, one.range[0], one.range[1], one.basis or "not said"))
        if len(stated) > 1 or any(one.by_hand for one in found):
            left.append(f"{part}.{path}")
    return Ranges(tuple(drawn), tuple(left))


def with_values(resolved: Resolved, values: Mapping[str, float]) -> Resolved:
    """The experiment with these values of its parameters in every world that did not set its own by hand.

    Raises InputError where a value is none that a file could have.
    """
    parts = json.loads(resolved.to_json())
    society = parts["society"]
    targets = [(SOCIETY, society), (RESPONSE, society["response"])]
    for world in parts["worlds"]:
        targets += [(RESPONSE, world["response"]), *((scheme["scheme"], scheme) for scheme in world["schemes"])]
    for part, data in targets:
        for path, value in values.items():
            owner, _, rest = path.partition(".")
            quantity = _at(data, rest) if owner == part else None
            if quantity is not None and not quantity["by_hand"]:
                quantity["value"] = value
    return Resolved.from_json(json.dumps(parts), file="draw")


def refusals(resolved: Resolved) -> dict[str, str]:
    """What the checks of files say against an experiment's schemes and society: the sentence -> the clause it is about.

    A clause is a part and the first word of its paths, such as ``as-reported.rollout``.
    """
    found = {}
    for part, model in {(part, id(model)): (part, model) for part, model in _parts(resolved)}.values():
        kind = "society" if part == SOCIETY else "scheme"
        if part != RESPONSE:
            for finding in CHECKS[kind](_written(model)):
                found[f"{part}: {finding.message}"] = ".".join((part, *map(str, finding.path[:1])))
    return found


def reaching(drawn: Iterable[Parameter], schemes: Iterable[str]) -> tuple[Parameter, ...]:
    """The parameters that can change a world with these schemes: those of another scheme cannot."""
    parts = {SOCIETY, RESPONSE, *schemes}
    return tuple(parameter for parameter in drawn if parameter.part in parts)


def _parts(resolved: Resolved) -> Iterator[tuple[str, BaseModel]]:
    """Every part with the name of its parameters; the response of the society stands by itself."""
    society = resolved.society
    yield SOCIETY, society
    yield RESPONSE, society.response
    for world in resolved.worlds:
        yield RESPONSE, world.response
        yield from ((scheme.scheme, scheme) for scheme in world.schemes)


def _written(model: BaseModel) -> dict[str, Any]:
    """A model as a file would have it: what is not said is not there."""
    return model.model_dump(mode="python", exclude_none=True)


def _at(data: Any, path: str) -> dict[str, Any] | None:
    """The quantity at a path of plain data, or None where this world's part has none."""
    for word in path.split("."):
        if isinstance(data, list):
            data = data[int(word)] if word.isdigit() and int(word) < len(data) else None
        else:
            data = data.get(word) if isinstance(data, dict) else None
    return data if isinstance(data, dict) and "by_hand" in data else None
