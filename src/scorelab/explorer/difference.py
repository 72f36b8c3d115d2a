"""What was changed in a file, in words: nothing is passed over in silence."""

import difflib
from collections.abc import Iterator
from typing import Any

from scorelab.explorer.control import plain
from scorelab.explorer.row import Row
from scorelab.explorer.rows import (
    CAMPAIGN,
    CONSEQUENCE,
    FUSION,
    LIST,
    OPT_IN,
    PROCESS,
    RESPONSE,
    RULE,
    SCORE,
    SOURCE,
    WHOLE,
)
from scorelab.explorer.titles import Titles, amount, listed
from scorelab.spec.places import mapping
from scorelab.spec.problems import called
from scorelab.spec.text import Path

_TABLES = {
    "sources": SOURCE,
    "lists": LIST,
    "rules": RULE,
    "consequences": CONSEQUENCE,
    "campaigns": CAMPAIGN,
    "score": SCORE,
    "due_process": PROCESS,
    "fusion": FUSION,
    "opt_in": OPT_IN,
    "response": RESPONSE,
}
_NAMED = ("sources", "lists", "rules", "consequences", "campaigns")
"""Parts whose entries are spoken of one by one."""
_PARTS = {"rules": "Rule", "consequences": "Consequence", "campaigns": "Campaign", "sources": "Source", "lists": "List"}
_ROWS: list[tuple[Path, Row]] = [((part,), row) for part, rows in _TABLES.items() for row in rows]
_LABELS: dict[Path, str] = {
    (*part, *row.key.split(".")): row.label for part, row in [*_ROWS, *(((), row) for row in WHOLE)]
}
_QUANTITY = frozenset({"value", "range", "basis", "cite", "note", "by_hand"})
_ALIKE, _FEW, _LONG = 0.5, 2, 100
"""An item is taken for a changed one where so much of it is the same, or where it has few keys and has them still."""
_LONGEST = 60


def differences(before: Any, after: Any) -> list[str]:
    """The differences between the plain values of two texts, each in one sentence; none where they are equal."""
    return list(dict.fromkeys(_Words().between((), before, after)))


class _Words:
    """Puts differences into words. Items of lists are called by their places before, counted from 1."""

    def __init__(self) -> None:
        self.titles = Titles()
        self.around: Any = {}

    def between(self, path: Path, before: Any, after: Any) -> Iterator[str]:
        """What differs at a place."""
        if not path:
            self.around = before
        if _same(before, after):
            return
        quantity = _is_quantity(before) or _is_quantity(after)
        if quantity and _worth(before) is not None and _worth(after) is not None:
            yield from self._quantities(path, before, after)
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from self._mappings(path, before, after)
        elif isinstance(before, list) and isinstance(after, list):
            yield from self._lists(path, before, after)
        else:
            yield f"{self.place(path)}: {_shown(before)} → {_shown(after)}"

    def _mappings(self, path: Path, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
        for key, value in before.items():
            if key in after:
                yield from self.between((*path, key), value, after[key])
            else:
                yield self.gone((*path, key), value)
        for key, value in after.items():
            if key not in before:
                yield self.new((*path, key), value)

    def _quantities(self, path: Path, before: Any, after: Any) -> Iterator[str]:
        if not _same(_worth(before), _worth(after)):
            yield f"{self.place(path)}: {amount(before)} → {amount(after)}"
        elif not (isinstance(before, dict) and isinstance(after, dict)):
            yield f"{self.place(path)}: {amount(after)} as before, but on what it rests was changed"
        was = before if isinstance(before, dict) else {"value": before}
        now = after if isinstance(after, dict) else {"value": after}
        for key in dict.fromkeys((*was, *now)):
            if key != "value" and isinstance(before, dict) and isinstance(after, dict):
                if key not in now:
                    yield self.gone((*path, key), was[key])
                elif key not in was:
                    yield self.new((*path, key), now[key])
                else:
                    yield from self.between((*path, key), was[key], now[key])

    def _lists(self, path: Path, before: list[Any], after: list[Any]) -> Iterator[str]:
        if all(not isinstance(item, dict | list) for item in (*before, *after)):
            yield f"{self.place(path)}: {_shown(before)} → {_shown(after)}"
            return
        for old, new in _aligned(before, after):
            if new is None and old is not None:
                yield self.gone((*path, old), before[old])
            elif old is None and new is not None:
                yield self.new((*path, new), after[new])
            elif old is not None and new is not None:
                yield from self.between((*path, old), before[old], after[new])

    def gone(self, path: Path, value: Any) -> str:
        """Something that is there no longer."""
        name = self.entry(path, value)
        if name:
            return f"{name} is switched off"
        part = isinstance(value, dict) and not _is_quantity(value)
        return f"{self.place(path)}: {'switched off' if part else f'{_shown(value)} → not said'}"

    def new(self, path: Path, value: Any) -> str:
        """Something that was not there."""
        name = self.entry(path, value)
        if name:
            return f"{name} is new"
        part = isinstance(value, dict) and not _is_quantity(value)
        return f"{self.place(path)}: {'put in' if part else f'not said → {_shown(value)}'}"

    def entry(self, path: Path, value: Any) -> str:
        """A whole clause as one speaks of it; nothing where it is only a value."""
        if len(path) == 2 and path[0] in _NAMED:
            part, kind = self.titles.part(path, value), _PARTS[str(path[0])]
            if isinstance(path[1], int):
                return f"{kind} {path[1] + 1} ({part})"
            return f"{kind} {part}" if path[0] == "sources" else part
        return ""

    def place(self, path: Path) -> str:
        """A place as one speaks of it: the part, and what of it."""
        if not path:
            return "The whole file"
        if path[0] in _NAMED and len(path) > 1:
            here: Any = mapping(self.around).get(str(path[0]))
            try:
                head = self.entry(path[:2], here[path[1]])
            except (KeyError, IndexError, TypeError):
                head = self.entry(path[:2], {})
            rest = path[2:]
            label = _LABELS.get((path[0], *rest)) or (self.within(rest) if rest else "")
            return f"{head}: {label}" if label else head
        return _LABELS.get(path) or _capital(called(path))

    def within(self, path: Path) -> str:
        """A place inside of an entry: its keys, and the words of the society in their titles."""
        if path[0] in ("watches", "favour") and len(path) > 1:
            what = "notices" if path[0] == "watches" else "favour"
            rest = f", {called(path[2:])}" if len(path) > 2 else ""
            return f"{what} {self.titles.of(path[1])!r}{rest}"
        return called(path)


def _is_quantity(value: Any) -> bool:
    return isinstance(value, dict) and "value" in value and set(value) <= _QUANTITY


def _worth(value: Any) -> Any:
    worth = value.get("value") if isinstance(value, dict) else value
    return worth if isinstance(worth, int | float) and not isinstance(worth, bool) else None


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal, whatever the order of their keys; 1 is not true, and no number in quotes."""
    if isinstance(one, dict) and isinstance(other, dict):
        return set(one) == set(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
    return bool(one == other) and (numbers or type(one) is type(other))


def _aligned(before: list[Any], after: list[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Which item of one list became which of the other: equal ones first, then those between them that are alike."""
    if max(len(before), len(after)) > _LONG:  # more than the language allows anywhere; comparing would take too long
        yield from zip(range(len(before)), range(len(after)), strict=False)
        yield from ((old, None) for old in range(len(after), len(before)))
        yield from ((None, new) for new in range(len(before), len(after)))
        return
    was, now = ([repr(item) for item in items] for items in (before, after))
    for tag, a, b, c, d in difflib.SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(a, b), range(c, d), strict=True)
            continue
        taken: list[int] = []
        for old in range(a, b):
            least = taken[-1] + 1 if taken else c
            near = next((new for new in range(least, d) if _alike(before[old], after[new])), None)
            taken += [] if near is None else [near]
            yield old, near
        yield from ((None, new) for new in range(c, d) if new not in taken)


def _alike(one: Any, other: Any) -> bool:
    """Whether one item may have become the other: most of what it says is the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = {*one, *other}
        if len(keys) <= _FEW and set(one) == set(other):
            return True
        return sum(key in one and key in other and _same(one[key], other[key]) for key in keys) >= _ALIKE * len(keys)
    return type(one) is type(other)


def _shown(value: Any) -> str:
    """A value as one speaks of it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return amount(value)
        case dict() if _worth(value) is not None and _is_quantity(value):
            return amount(value)
        case dict():
            return f"a clause with {listed([str(key) for key in value])}" if value else "an empty clause"
        case list():
            return _short(", ".join(_shown(item) for item in value)) if value else "none"
    return _short(str(plain(value) if not isinstance(value, str) else value)) or "nothing"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
