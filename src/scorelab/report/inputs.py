"""Every number that went in: its value, its range, on what it rests, and the works that are cited for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scorelab.measures.lab import Facts

BASES = ("documented", "derived", "assumed", "not said")
_QUANTITY = {"value", "range", "basis", "cite", "note", "by_hand"}


@dataclass(frozen=True)
class Input:
    """One number of a scheme, a society, its response or its margins."""

    part: str
    path: str
    value: float
    range: tuple[float, float] | None
    basis: str
    cite: tuple[str, ...]
    note: str


def walk(part: str, path: tuple[str, ...], value: Any) -> Iterator[Input]:
    """Every quantity below a value of a resolved file, the value itself among them."""
    if isinstance(value, dict):
        if "value" in value and set(value) <= _QUANTITY:
            bounds = value.get("range")
            yield Input(
                part,
                ".".join(path),
                value["value"],
                (bounds[0], bounds[1]) if bounds else None,
                value.get("basis") or "not said",
                tuple(value.get("cite") or ()),
                value.get("note") or "",
            )
            return
        for key, inner in value.items():
            yield from walk(part, (*path, str(key)), inner)
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from walk(part, (*path, str(number)), inner)


def inputs(run: Facts) -> list[Input]:
    """Every quantity that the run used, part by part: each scheme, the society, the response, the margins."""
    found: list[Input] = []
    seen: set[str] = set()
    for world in run.resolved["worlds"]:
        for scheme in world["schemes"]:
            found += walk(f"scheme {scheme['scheme']}", (), scheme)
    society = dict(run.resolved["society"])
    response = society.pop("response", None)
    found += walk(f"society {society.get('society', '')}", (), society)
    for world in run.resolved["worlds"]:
        found += walk("response", (), world.get("response") or response or {})
    for row in run.resolved.get("margins", {}).get("rows", []):
        basis, cite = row["basis"], tuple(row["cite"])
        found.append(
            Input("margins", f"{row['margin']}.{row['category']}", row["share"], None, basis, cite, row["note"])
        )
    unique = []
    for entry in found:
        key = repr((entry.part, entry.path, entry.value))
        if key not in seen:
            seen.add(key)
            unique.append(entry)
    return unique


def citations(value: Any) -> set[str]:
    """Every id that is cited anywhere in the resolved experiment, by a number or by a clause."""
    found: set[str] = set()
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "cite" and isinstance(inner, list):
                found.update(str(word) for word in inner)
            else:
                found |= citations(inner)
    elif isinstance(value, list):
        for inner in value:
            found |= citations(inner)
    return found
