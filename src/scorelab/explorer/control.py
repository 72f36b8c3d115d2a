"""One control of the page from one place of a text: between which ends it moves, on what scale, in what steps."""

import datetime
import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypedDict, get_origin

from scorelab.explorer.row import Row
from scorelab.spec import shape
from scorelab.spec.bounds import SCHEME_BOUNDS, SOCIETY_BOUNDS
from scorelab.spec.find import MODELS
from scorelab.spec.places import mapping, sequence
from scorelab.spec.text import Path

FLOOR = 1e-4
"""The lowest of a control by ratio whose lowest would be 0, as a part of its highest."""
_DECADES = 100.0


class Choice(TypedDict):
    value: str
    label: str


class Control(TypedDict):
    """One thing that can be moved; ``path`` is where an edit goes. A ``part`` is edited by off and on."""

    kind: str
    file: str
    path: list[str | int]
    label: str
    help: str
    unit: str
    value: Any
    low: float | None
    high: float | None
    step: float | None
    scale: str
    choices: list[Choice] | None
    assumed: bool
    cite: list[str]
    note: str
    original: Any
    more: bool


MISSING = object()


def at(data: Any, path: Path) -> Any:
    """What stands at a path, or :data:`MISSING`."""
    for part in path:
        inside = range(len(data)) if isinstance(data, list) else data if isinstance(data, dict) else ()
        if part not in inside:
            return MISSING
        data = data[part]
    return data


def plain(value: Any) -> Any:
    """A value for a page: of a quantity its number, a date as text, None where there is nothing to show."""
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if isinstance(value, int | float | str) and value == value else None


def control(kind: str, file: str, path: Path, row: Row, value: Any, before: Any) -> Control:
    """The control of a place of a text of a ``kind``; ``before`` is what stood there at first, or MISSING."""
    quantity = mapping(value)
    shown = row.unsaid if value is MISSING else plain(value)
    low, high, step, scale = None, None, None, "linear"
    if row.kind in ("rate", "number", "weeks", "points", "share"):
        low, high = _ends(kind, path, row, quantity, shown)
        whole = _is_whole(kind, path)
        scale = "linear" if whole and row.kind != "number" else _scale(low, high, shown, row.kind)
        if scale == "log" and low <= 0:
            low = min(high * FLOOR, shown or high)
        step = 1.0 if whole else None if scale == "log" else _step(low, high)
    return Control(
        kind=row.kind,
        file=file,
        path=list(path),
        label=row.label,
        help=row.help,
        unit=row.unit,
        value=shown,
        low=low,
        high=high,
        step=step,
        scale=scale,
        choices=None,
        assumed=quantity.get("basis") == "assumed",
        cite=[word for word in sequence(quantity.get("cite")) if isinstance(word, str)],
        note=str(quantity.get("note", "")),
        original=_first(row, before),
        more=row.more,
    )


def _first(row: Row, before: Any) -> Any:
    if before is MISSING:
        return False if row.kind == "part" else row.unsaid
    return plain(before)


def _ends(kind: str, path: Path, row: Row, quantity: dict[str, Any], value: Any) -> tuple[float, float]:
    """The ends between which a number moves: the stated range, or what is usual, within what the language allows."""
    lowest, highest = bounds(kind, path)
    stated = [end for end in sequence(quantity.get("range")) if isinstance(end, int | float)]
    low, high = row.usual or ((0, 1) if row.kind == "share" else (lowest, highest))
    if len(stated) == 2 and stated[0] < stated[1]:
        low, high = stated
    if isinstance(value, int | float):
        if row.kind == "points" and row.usual is None:
            low, high = value - 500, value + 500
        low, high = min(low, value), max(high, value)
    return max(low, lowest), min(high, highest)


@lru_cache(maxsize=4096)
def bounds(kind: str, path: Path) -> tuple[float, float]:
    """The lowest and the highest number that the language allows at a place."""
    table = {"scheme": SCHEME_BOUNDS, "society": SOCIETY_BOUNDS}.get(kind, {})
    for pattern, (low, high, _) in table.items():
        if len(pattern) == len(path) and all(
            word in ("*", part) for word, part in zip(pattern, map(str, path), strict=True)
        ):
            return low, high
    limits = list(_metadata(kind, path))
    lows = [item.ge for item in limits if getattr(item, "ge", None) is not None]
    highs = [item.le for item in limits if getattr(item, "le", None) is not None]
    return (lows or [-1e6])[0], (highs or [1e6])[0]


def _metadata(kind: str, path: Path) -> Iterator[Any]:
    """What the language says of a place besides its type."""
    owner = shape.model_of(shape.walk(MODELS[kind], path[:-1]))
    if owner is not None and path[-1] in owner.model_fields:
        field = owner.model_fields[str(path[-1])]
        yield from field.metadata
        yield from _inside(field.annotation)
    elif get_origin(shape.bare(shape.walk(MODELS[kind], path[:-1]))) is dict:
        yield from _inside(shape.walk(MODELS[kind], path))


def _inside(annotation: Any) -> Iterator[Any]:
    for item in getattr(annotation, "__metadata__", ()):
        yield from getattr(item, "metadata", None) or [item]
    for inner in getattr(annotation, "__args__", ()):
        yield from _inside(inner)


@lru_cache(maxsize=4096)
def _is_whole(kind: str, path: Path) -> bool:
    return shape.bare(shape.walk(MODELS[kind], path)) is int


def _scale(low: float, high: float, value: Any, kind: str) -> str:
    """By ratio where the ends lie two decades apart, or where a small rate would stick to the left."""
    if low > 0:
        return "log" if high / low >= _DECADES else "linear"
    small = isinstance(value, int | float) and 0 < value <= high / _DECADES
    return "log" if low == 0 and kind == "rate" and small else "linear"


def _step(low: float, high: float) -> float:
    """About two hundred steps, of 1, 2 or 5 at some decimal place."""
    rough = (high - low) / 200
    if not 1e-300 < rough < 1e300:
        return 0.01
    power = 10.0 ** math.floor(math.log10(rough))
    return float(f"{next(power * size for size in (1, 2, 5, 10) if power * size >= rough * 0.999):.12g}")
