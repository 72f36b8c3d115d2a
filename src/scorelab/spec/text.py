"""YAML as plain values with the place of every one of them, from files that may hold anything.

Read is YAML 1.2 (its core schema, and dates) without what a specification has no need of and an attacker has:
anchors, aliases, merge keys, tags, directives and further documents are refused. The composer is a loop over the
parser's events, not a recursion, and stops at :data:`LARGEST_FILE` bytes, :data:`MOST_EVENTS` events and
:data:`DEEPEST` levels, so that no file costs more than about a second.
"""

import codecs
import datetime
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, NoReturn

from scorelab.errors import InputError, Problem
from scorelab.spec.slips import slip

LARGEST_FILE = 200_000
MOST_EVENTS = 20_000
DEEPEST = 20
LONGEST_NUMBER = 40
WIDEST_EXCERPT = 160

Path = tuple[str | int, ...]
"""The way to a value: keys of mappings and positions in lists, from the top of the file."""

BREAK = re.compile("\r\n|\n|\r")
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class Place:
    """Where something stands: ``line`` and ``column`` count from 1, both 0 where there is no file behind it."""

    file: str
    line: int = 0
    column: int = 0
    excerpt: str = ""

    def problem(self, message: str) -> Problem:
        return Problem(self.file, self.line, self.column, message, self.excerpt)


@dataclass
class Document:
    """One file: its plain values, and where each key and value stands.

    ``problems`` are faults found while reading that do not keep the rest from being read; ``bad`` are the ways to
    the values that they concern. ``moved`` holds places of values that came from elsewhere (an option, a world).
    ``text`` is what was read, without a byte order mark. ``known`` holds what was found out about this very document,
    so that it is not found out again; a changed copy knows nothing.
    """

    file: str
    lines: list[str]
    data: Any = None
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    bad: set[Path] = field(default_factory=set)
    moved: dict[Path, Place] = field(default_factory=dict)
    text: str = field(default="", repr=False)
    known: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The place of a value (of its key, if ``key``), or of the nearest thing around it that has a place."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.moved:
                return self.moved[path[:end]]
            wanted = self.keys if key and end == len(path) else self.values
            at = wanted.get(path[:end]) or self.keys.get(path[:end])
            if at and (end or not path):
                return self.at(*at)
        return self.at(*self.values.get((), (1, 1)))

    def at(self, line: int, column: int) -> Place:
        if not self.lines:
            return Place(self.file)
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        excerpt = HIDDEN.sub("\u00b7", text[:WIDEST_EXCERPT]).replace("\t", " ").rstrip()
        return Place(self.file, line, column, excerpt if column <= WIDEST_EXCERPT else "")

    def problem(self, path: Path, message: str, *, key: bool = False) -> Problem:
        return self.place(path, key=key).problem(message)

    def is_bad(self, path: Path) -> bool:
        """Whether a fault was already reported at this place or around it."""
        return any(path[:end] in self.bad for end in range(len(path) + 1))


def read(path: FilePath, name: str = "") -> Document:
    """The document in a file, called ``name`` in messages. Raises InputError where it cannot be read at all."""
    name = HIDDEN.sub("\u00b7", name or str(path))
    try:
        if path.is_dir():
            run = "; it holds a run, and scorelab run lives its manifest.json again"
            holds = (path / "manifest.json").is_file()
            raise InputError([Problem(name, 0, 0, f"this is a folder, not a file{run if holds else ''}")])
        if not path.exists():
            raise InputError([Problem(name, 0, 0, "there is no such file")])
        if not path.is_file():
            raise InputError([Problem(name, 0, 0, "this is not an ordinary file")])
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise InputError([Problem(name[:200], 0, 0, f"cannot be read: {reason}")]) from None
    return parse(raw, name)


def parse(raw: bytes, name: str) -> Document:
    """The document in some bytes, called ``name`` in messages. Raises InputError where it is not YAML."""
    if len(raw) > LARGEST_FILE:
        raise InputError([Problem(name, 0, 0, f"larger than {LARGEST_FILE:,} bytes, the most that a file may have")])
    text = _decoded(raw, name)
    document = Document(name, BREAK.split(text), text=text)
    hidden = HIDDEN.search(text)
    if hidden:
        line, column = _line_and_column(text, hidden.start())
        message = f"not text: the invisible character U+{ord(hidden.group()):04X} is not allowed"
        raise InputError([document.at(line, column).problem(message)])
    _Composer(document).compose(text)
    return document


def scalar(text: str) -> Any:
    """The value of a word without quotes: None, a truth value, a number, a date or the text itself.

    Raises ValueError, with a message, for a number that is not finite or too long to be meant.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"a number must be finite, but this is {text}")
    whole = _INT.fullmatch(text)
    if whole or _FLOAT.fullmatch(text):
        if len(text) > LONGEST_NUMBER:
            raise ValueError(f"a number of {len(text)} characters is too long")
        if whole:
            return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
        value = float(text) + 0.0
        if math.isinf(value):
            raise ValueError(f"the number {text} is too large")
        return value
    if _DATE.fullmatch(text):
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            raise ValueError(f"there is no day {text} in the calendar") from None
    return text


def _decoded(raw: bytes, name: str) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise InputError([Problem(name, 0, 0, "this file is UTF-16; save it as UTF-8")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8-sig", "replace")
        line, column = _line_and_column(good, len(good))
        message = f"not UTF-8 text: byte 0x{raw[error.start]:02X} does not belong here"
        raise InputError([Problem(name, line, column, message)]) from None


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    lines = BREAK.split(text[:index])
    return len(lines), len(lines[-1]) + 1


@dataclass
class _Open:
    """A mapping or a list whose end has not come yet.

    ``path`` is None under a key that was refused; ``key`` is the key that waits for its value, which is thrown away
    where ``refused``.
    """

    path: Path | None
    into: dict[str, Any] | list[Any]
    key: str | None = None
    refused: bool = False


class _Composer:
    """Puts the parser's events together. One use only."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[_Open] = []
        self.documents = 0

    def compose(self, text: str) -> None:
        from ruamel.yaml import events as kinds

        starts = (kinds.MappingStartEvent, kinds.SequenceStartEvent)
        for count, event in enumerate(self._events(text)):
            at = event.start_mark.line + 1, event.start_mark.column + 1
            if count > MOST_EVENTS:
                self._refuse(at, f"more than {MOST_EVENTS:,} keys and values, the most that a file may have")
            if isinstance(event, kinds.NodeEvent):
                self._check_node(event, at, isinstance(event, kinds.AliasEvent))
            if isinstance(event, kinds.DocumentStartEvent):
                self._start_document(event, at)
            elif isinstance(event, kinds.ScalarEvent):
                self._scalar(event, at)
            elif isinstance(event, starts):
                self._open(at, {} if isinstance(event, kinds.MappingStartEvent) else [])
            elif isinstance(event, kinds.CollectionEndEvent):
                self.stack.pop()

    def _events(self, text: str) -> Iterator[Any]:
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError

        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except InputError:
            raise
        except MarkedYAMLError as error:
            line, column, said = slip(error, self.document.lines)
            self._refuse((line, column), f"not valid YAML: {said}")
        except Exception as error:  # the parser is not ours: whatever it trips over, the file is at fault
            self._refuse((1, 1), f"not valid YAML: {str(error).strip()[:200] or type(error).__name__}")

    def _refuse(self, at: tuple[int, int], message: str) -> NoReturn:
        raise InputError([*self.document.problems, self.document.at(*at).problem(message)])

    def _start_document(self, event: Any, at: tuple[int, int]) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse(at, "a second document begins here; a file holds one")
        if event.version or event.tags:
            self._refuse(at, "directives such as %YAML are not used here; leave them out")

    def _check_node(self, event: Any, at: tuple[int, int], alias: bool) -> None:
        if alias:
            self._refuse(at, f"aliases such as *{event.anchor} are not used here; write the value out")
        if event.anchor is not None:
            self._refuse(at, f"anchors such as &{event.anchor} are not used here; write the value out each time")
        if event.tag not in (None, "!"):
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")[:100]
            self._refuse(at, f"tags such as {tag} are not used here; leave it out")

    def _open(self, at: tuple[int, int], into: dict[str, Any] | list[Any]) -> None:
        if len(self.stack) >= DEEPEST:
            self._refuse(at, f"nested more than {DEEPEST} levels deep")
        if self.stack and isinstance(self.stack[-1].into, dict) and self.stack[-1].key is None:
            self._refuse(at, "a key must be a word, not a mapping or a list")
        self.stack.append(_Open(self._put(into, at), into))

    def _scalar(self, event: Any, at: tuple[int, int]) -> None:
        top = self.stack[-1] if self.stack else None
        if top and isinstance(top.into, dict) and top.key is None:
            self._key(top, event.value, at)
            return
        value: Any = event.value
        fault = ""
        if top and top.path is not None and top.key is not None and not value and event.style is None:
            at = self.document.keys.get((*top.path, top.key), at)  # nothing was written: the place is that of the key
        if event.style is None and event.tag is None:
            try:
                value = scalar(value)
            except ValueError as error:
                value, fault = None, str(error)
        elif hidden := HIDDEN.search(value):
            value, fault = None, f"the invisible character U+{ord(hidden.group()):04X} is not allowed"
        path = self._put(value, at)
        if fault:
            self.document.problems.append(self.document.at(*at).problem(fault))
            if path is not None:
                self.document.bad.add(path)

    def _key(self, top: _Open, key: str, at: tuple[int, int]) -> None:
        top.key = key
        if top.path is None:
            return
        problem = ""
        if HIDDEN.search(key):
            problem = "a key holds an invisible character"
        elif key == "<<":
            problem = "merge keys (<<) are not used here; write the keys out"
        elif key in top.into:
            first = self.document.keys[(*top.path, key)][0]
            problem = f"the key {key[:60]!r} stands here twice, first in line {first}"
        if problem:
            self.document.problems.append(self.document.at(*at).problem(problem))
            top.refused = True
        else:
            self.document.keys[(*top.path, key)] = at

    def _put(self, value: Any, at: tuple[int, int]) -> Path | None:
        """Into what is open; returns the way to it, None where it lies under a key that was refused."""
        if not self.stack:
            self.document.data = value
            self.document.values[()] = at
            return ()
        top = self.stack[-1]
        part: str | int = len(top.into)
        if isinstance(top.into, dict):
            part, top.key = top.key or "", None
            refused, top.refused = top.refused, False
            if refused or top.path is None:
                return None
            top.into[part] = value
        else:
            top.into.append(value)
        if top.path is None:
            return None
        path = (*top.path, part)
        self.document.values[path] = at
        return path
