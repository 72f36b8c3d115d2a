"""Walks over plain values, and the faults that can be anywhere: too many, unknown, said twice, of another age.

Everything here passes over what has the wrong shape, so that a misspelt word is reported together with a missing key
elsewhere. Every check yields findings, each at the value that is to be changed.
"""

import datetime
import re
from collections.abc import Collection, Iterator
from typing import Any

from pydantic import BaseModel

from scorelab.spec.limits import FIRST_YEAR, LAST_YEAR
from scorelab.spec.problems import Finding, a, called, found, nearest_or_all, nearest_word
from scorelab.spec.text import Path
from scorelab.words import TAKEN

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else nothing."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """The value if it is a list, else nothing."""
    return value if isinstance(value, list) else []


def whole(value: Any) -> int | None:
    """The value if it is a whole number, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number(value: Any) -> float | None:
    """The value of a quantity, bare or with its basis, else None."""
    inside = value.get("value") if isinstance(value, dict) else value
    return inside if isinstance(inside, int | float) and not isinstance(inside, bool) else None


def each(data: Any, *pattern: str) -> Iterator[tuple[Path, Any]]:
    """Every place of the data that a pattern fits, ``*`` standing for any key or position, with its value."""
    places: list[tuple[Path, Any]] = [((), data)]
    for part in pattern:
        inside: list[tuple[Path, Any]] = []
        for path, value in places:
            if part != "*":
                if part in mapping(value):
                    inside.append(((*path, part), value[part]))
            elif isinstance(value, dict):
                inside += [((*path, key), item) for key, item in value.items()]
            else:
                inside += [((*path, index), item) for index, item in enumerate(sequence(value))]
        places = inside
    yield from places


def misspelt(clause: dict[str, Any], model: type[BaseModel], *keys: str) -> bool:
    """Whether one of these keys is probably there, misspelt: what it would lack is then no second fault."""
    known = model.model_fields
    return any(nearest_word(word.partition(":")[0], known) in keys for word in clause if word not in known)


def absent(clause: dict[str, Any], model: type[BaseModel], *keys: str) -> bool:
    """Whether none of these keys says anything, and none is there misspelt."""
    return all(_nothing(clause.get(key)) for key in keys) and not misspelt(clause, model, *keys)


def _nothing(value: Any) -> bool:
    return value is None or value is False or value == [] or value == {}


def taken(path: Path, kind: str, name: Any = None) -> Iterator[Finding]:
    """A name (by default the last word of the path) that something else has."""
    word = path[-1] if name is None else name
    words, why = TAKEN[kind]
    if isinstance(word, str) and word in words:
        yield Finding(path, f"{a(kind)} cannot be called '{word}': {why}; choose another word", key=name is None)


def most(data: Any, limit: int, what: str, *way: str) -> Iterator[Finding]:
    """A mapping or a list with more entries than fit."""
    for path, value in each(data, *way):
        count = len(value) if isinstance(value, dict | list) else 0
        if count > limit:
            yield Finding(path, f"{count} {what}; there is room for {limit}", key=True)


def unknown(path: Path, word: Any, words: Collection[str], what: str, where: str = "") -> Iterator[Finding]:
    """A word that names nothing."""
    if isinstance(word, str) and word not in words:
        at = path[:-1] if path and isinstance(path[-1], int) else path
        yield Finding(path, f"{called(at)}: no {what} {found(word)}{where}{nearest_or_all(word, words)}")


def unknown_words(path: Path, value: Any, words: Collection[str], what: str, where: str = "") -> Iterator[Finding]:
    """Words of a list, keys of a mapping, or the one word of a place, that name nothing."""
    if isinstance(value, dict):
        for word in value:
            if isinstance(word, str) and _NAME.fullmatch(word):
                for finding in unknown((*path, word), word, words, what, where):
                    yield finding._replace(key=True)
    elif isinstance(value, list):
        for index, word in enumerate(value):
            yield from unknown((*path, index), word, words, what, where)
    else:
        yield from unknown(path, value, words, what, where)


def repeated(data: Any, *pattern: str) -> Iterator[Finding]:
    """A word that stands twice in the same list."""
    for path, items in each(data, *pattern):
        seen: set[str] = set()
        for index, item in enumerate(sequence(items)):
            if isinstance(item, str):
                if item in seen:
                    yield Finding((*path, index), f"{called(path)}: {found(item)} stands here twice")
                seen.add(item)


def sane_date(data: Any, *pattern: str) -> Iterator[Finding]:
    """A date of another age."""
    for path, date in each(data, *pattern):
        if isinstance(date, datetime.date) and not FIRST_YEAR <= date.year <= LAST_YEAR:
            between = f"between the years {FIRST_YEAR} and {LAST_YEAR}"
            yield Finding(path, f"{called(path)} should lie {between}, but is {found(date)}")
