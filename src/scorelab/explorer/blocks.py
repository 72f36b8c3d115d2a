"""Where the entries of a text begin and end, in lines and in braces, so that they can be put in and taken out."""

import re
from dataclasses import dataclass
from typing import Any

from scorelab.errors import InputError
from scorelab.spec.inplace import starts, value_at
from scorelab.spec.text import Document, Path

MARK = "#off# "
ALSO = "#off+# "
"""Begin the lines of what is switched off: by hand, and because it rests on what was."""
MARKS = (MARK, ALSO)

_LEADING = re.compile(r"(?:[ ]*-[ ]+)*[ ]*")
_CLOSES = {"{": "}", "[": "]"}


def marked(line: str) -> str:
    """The mark that a line begins with, or nothing."""
    return next((mark for mark in MARKS if line.startswith(mark)), "")


def bare(line: str) -> str:
    """A line without the mark that it begins with."""
    return line[len(marked(line)) :]


def content(line: str) -> str:
    """A line without any mark, however often it was switched off."""
    while marked(line):
        line = bare(line)
    return line


def indent(line: str) -> int:
    """How many spaces a line begins with, after its marks."""
    text = content(line)
    return len(text) - len(text.lstrip(" "))


def empty(line: str) -> bool:
    """Whether nothing but a comment stands there; what is switched off is no comment."""
    text = content(line).strip()
    return not text or text.startswith("#")


@dataclass(frozen=True)
class Entry:
    """A key with its value, or an item of a list: lines ``first`` to ``last`` (from 0) where it has its own lines.

    In braces it stands between two places of the text, ``begin`` and ``end``, and has no lines of its own.
    """

    first: int = -1
    last: int = -1
    begin: int = -1
    end: int = -1

    @property
    def in_lines(self) -> bool:
        return self.first >= 0


def entry_at(document: Document, path: Path) -> Entry:
    """Where the entry at a path stands. Raises InputError where it has no lines and no braces around it."""
    value_at(document, path)
    line, column = document.keys.get(path) or document.values[path]
    before = document.lines[line - 1][: column - 1]
    if isinstance(path[-1], str) and not before.strip():
        return Entry(line - 1, last_line(document.lines, line - 1, column - 1))
    dash = before.rfind("-")
    if isinstance(path[-1], int) and re.fullmatch(r"[ ]*-[ ]+", before):
        return Entry(line - 1, last_line(document.lines, line - 1, dash))
    if _LEADING.fullmatch(before):
        raise InputError([document.problem(path, "this is the first line of an entry; write it by hand")])
    begin = starts(document)[line - 1] + column - 1
    return Entry(begin=begin, end=_end_of_value(document, path))


def last_line(lines: list[str], first: int, column: int) -> int:
    """The last line of an entry that begins in a line, at a column: whatever stands further to the right follows."""
    last = first
    is_item = content(lines[first])[column : column + 1] == "-"
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if empty(line):
            continue
        deeper = indent(line) > column
        item = indent(line) == column and not is_item and re.match(r"-([ ]|$)", content(line)[column:])
        if not deeper and not item:
            break
        last = at
    return last


def _end_of_value(document: Document, path: Path) -> int:
    """Where in the text the value in braces ends."""
    line, column = document.values[path]
    begin = starts(document)[line - 1] + column - 1
    return end_of(document.text, begin)


def end_of(text: str, begin: int) -> int:
    """Where the value that begins in the text, within braces or as braces, ends."""
    closing: list[str] = []
    at, quote = begin, ""
    while at < len(text):
        sign = text[at]
        if quote:
            if sign == "\\" and quote == '"':
                at += 1
            elif sign == quote:
                quote = ""
        elif sign in "\"'" and (at == begin or text[at - 1] in " ,:[{\n"):
            quote = sign
        elif sign == "#" and text[at - 1] in " \n\t":
            at = _end_of_line(text, at)
            continue
        elif sign in _CLOSES and (closing or at == begin):
            closing.append(_CLOSES[sign])
        elif closing and sign == closing[-1]:
            closing.pop()
            if not closing:
                return at + 1
        elif not closing and sign in ",}]":
            return begin + len(text[begin:at].rstrip())
        at += 1
    return at


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def opened(document: Document, path: Path) -> int | None:
    """Where the brace stands with which the mapping or list at a path begins; None where it has lines of its own."""
    line, column = document.values[path]
    begin = starts(document)[line - 1] + column - 1
    return begin if document.text[begin : begin + 1] in ("{", "[") else None


def without(data: Any, path: Path) -> Any:
    """The data without the entry at a path."""
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    if len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = without(copy[path[0]], path[1:])
    return copy


def with_entry(data: Any, path: Path, value: Any) -> Any:
    """The data with a value at a path, whose missing mappings are made."""
    if not path:
        return value
    copy: Any = dict(data) if isinstance(data, dict) else list(data) if isinstance(data, list) else {}
    there = path[0] in copy if isinstance(copy, dict) else True
    copy[path[0]] = with_entry(copy[path[0]] if there else None, path[1:], value)
    return copy
