"""One value of a text rewritten where it stands: every other byte is kept, and nothing is read again.

Reading a long file takes a tenth of a second; moving a number should take none of it. The document of the new text is
made from that of the old one, and is the one that reading the new text would give.
"""

import datetime
import heapq
import json
import math
import re
import textwrap
from typing import Any, NamedTuple

from scorelab.errors import InputError, Problem
from scorelab.spec.text import BREAK, HIDDEN, LARGEST_FILE, Document, Path, parse, scalar

WIDEST_LINE = 118
_SHORT = re.compile(r"[A-Za-z0-9+.-](?:[\w+./%-]| (?=[\w+./%-]))*")
"""What may stand without quotes anywhere, whatever is around it."""
_SAFE = re.compile(r"(?:[A-Za-z0-9]|[+-](?=\.?\d)|\.(?=\d))(?:[A-Za-z0-9+._-]| (?=[A-Za-z0-9]))*")
"""A word or a number that cannot change where other values begin and end."""


class Span(NamedTuple):
    """Where a value stands in its line: ``line`` counts from 0, and so do the columns ``start`` and ``end``."""

    line: int
    start: int
    end: int


def replaced(document: Document, path: Path, value: Any) -> tuple[str, Document]:
    """The text with another value at a place that holds one, in the quotes that are there; and its document.

    Raises InputError where no single value stands there, or where the new one cannot be written there.
    """
    old = value_at(document, path)
    if isinstance(value, float) and math.isfinite(value):
        value = scalar(_number(value))
    if isinstance(old, dict | list):
        raise InputError([document.problem(path, "this is not one value, so no other can be put in its place")])
    span = span_of(document, path)
    if span is None:
        return _read_again(document, path, value)
    was = document.lines[span.line][span.start : span.end]
    return with_word(document, path, span, written(value, was[0] if was[0] in "\"'" else ""), value)


def value_at(document: Document, path: Path) -> Any:
    """What stands at the end of a path. Raises InputError where it leads nowhere."""
    here = document.data
    for part in path:
        inside = part in here if isinstance(here, dict) else isinstance(here, list) and part in range(len(here))
        if not inside:
            raise InputError([document.problem(path, "there is no such place in this file")])
        here = here[part]
    return here


def written(value: Any, quote: str = "") -> str:
    """A value as YAML has it on one line: without quotes where it can do so, or in the ``quote`` that is asked for."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float() if math.isfinite(value):
            return _number(value)
        case int():
            return str(value)
        case datetime.date():
            return value.isoformat()
        case str() if quote == "'" and "\n" not in value:
            return "'" + value.replace("'", "''") + "'"
        case str() if not quote and _SHORT.fullmatch(value) and _is_text(value):
            return value
        case str():
            return json.dumps(value, ensure_ascii=False)
    raise InputError([Problem("value", 0, 0, f"this cannot be written into a file: {str(value)[:60]}")])


def _is_text(word: str) -> bool:
    try:
        return scalar(word) == word and isinstance(scalar(word), str) and not word.startswith(("- ", "---", "..."))
    except ValueError:
        return False


def _number(value: float) -> str:
    """The shortest text of a number, whole ones without a point, small ones as 1.0e-7."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    digits, e, power = repr(value).partition("e")
    return f"{digits if '.' in digits else digits + '.0'}e{int(power):+d}" if e else digits


def span_of(document: Document, path: Path) -> Span | None:
    """Where a value stands that is written on one line; None for what is not written, or on several lines."""
    at = document.values.get(path)
    if at is None or not path or at == document.keys.get(path) or at[0] > len(document.lines):
        return None
    line, start = at[0] - 1, at[1] - 1
    text, value = document.lines[line], value_at(document, path)
    for end in _ends(text, start):
        if same(_read(text[start:end]), value):
            return Span(line, start, end)
    return None


def _ends(text: str, start: int) -> list[int]:
    """Where a value that begins there may end: as one in quotes, as one of a block, or as one in braces."""
    quote = text[start : start + 1]
    if quote in ("'", '"'):
        end = start + 1
        while end < len(text):
            doubled = "\\" if quote == '"' else "''"
            if text.startswith(doubled, end):
                end += 2
            elif text[end] == quote:
                return [end + 1]
            else:
                end += 1
        return []
    comment = re.search(r"[ \t]#", text[start:])
    rest = text[start : start + comment.start() if comment else len(text)].rstrip(" \t")
    inside = re.search(r"[,\[\]{}]", rest)
    return [start + len(rest), *([start + len(rest[: inside.start()].rstrip(" \t"))] if inside else [])]


def _read(written_text: str) -> Any:
    """The value of a word as it stands in a file; a value that is like no other where it is none."""
    if written_text[:1] == "'":
        return written_text[1:-1].replace("''", "'")
    if written_text[:1] == '"':
        try:
            return json.loads(written_text)
        except ValueError:
            return _NONE
    try:
        return scalar(written_text) if written_text else _NONE
    except ValueError:
        return _NONE


_NONE = object()
_NEAREST = 4
"""Values before a change, from the nearest on, of which one may be what was changed."""


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of one kind: 1 is not true."""
    return type(one) is type(other) and bool(one == other)


def with_word(document: Document, path: Path, span: Span, word: str, value: Any) -> tuple[str, Document]:
    """The text with a word in place of what stands there, and its document, in which the word means ``value``."""
    line = document.lines[span.line]
    changed = line[: span.start] + word + line[span.end :]
    offset = starts(document)[span.line]
    text = document.text[: offset + span.start] + word + document.text[offset + span.end :]
    seen = word if not isinstance(value, str) else word + value
    clear = path and not document.problems and not HIDDEN.search(seen) and len(text.encode()) <= LARGEST_FILE
    if not clear or not same(_read(word), value) or (word[0] not in "\"'" and not _SAFE.fullmatch(word)):
        return _checked(document, path, text, value)
    delta = len(word) - (span.end - span.start)
    lines = list(document.lines)
    lines[span.line] = changed
    new = Document(
        document.file,
        lines,
        _with(document.data, path, value),
        _moved(document.keys, span, delta),
        _moved(document.values, span, delta),
        text=text,
    )
    before = document.known["starts"]
    new.known["starts"] = [at + delta if index > span.line else at for index, at in enumerate(before)]
    return text, new


def with_line(document: Document, line: int, text: str) -> Document | None:
    """The document with another text in one line, where the two differ in a single value; None where they do not."""
    was = document.lines[line]
    before = next((at for at, pair in enumerate(zip(was, text, strict=False)) if pair[0] != pair[1]), None)
    if before is None:
        before = min(len(was), len(text))
    after = len(was)
    while after > before and len(text) - (len(was) - after) > before and was[after - 1] == text[after - 1 - len(was)]:
        after -= 1
    near = [(at[1], path) for path, at in document.values.items() if at[0] == line + 1 and at[1] - 1 <= before]
    for _, path in heapq.nlargest(_NEAREST, near, key=lambda one: one[0]):
        span = span_of(document, path)
        if span is not None and span.start <= before and after <= span.end:
            word = text[span.start : span.end + len(text) - len(was)]
            value = _read(word)
            plain = was[span.start] not in "\"'" and _SAFE.fullmatch(was[span.start : span.end])
            if plain and _SAFE.fullmatch(word) and value is not _NONE:
                return with_word(document, path, span, word, value)[1]
    return None


def starts(document: Document) -> list[int]:
    """Where each line begins in the text."""
    if "starts" not in document.known:
        document.known["starts"] = [0, *(match.end() for match in BREAK.finditer(document.text))]
    found: list[int] = document.known["starts"]
    return found


def _moved(places: dict[Path, tuple[int, int]], span: Span, delta: int) -> dict[Path, tuple[int, int]]:
    """Places after a word of another length was put in."""
    number, column = span.line + 1, span.start + 1
    after = {path: at for path, at in places.items() if at[0] == number and at[1] > column} if delta else {}
    return {**places, **{path: (line, at + delta) for path, (line, at) in after.items()}}


def _with(data: Any, path: Path, value: Any) -> Any:
    """The data with another value at a place; what does not lie on the way there is shared."""
    if not path:
        return value
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = _with(copy[path[0]], path[1:], value)
    return copy


def _checked(document: Document, path: Path, text: str, value: Any) -> tuple[str, Document]:
    """The document of a text that was written for this value; InputError where it means anything else."""
    new = parse(text.encode("utf-8", "surrogatepass"), document.file)
    new.text = text
    if not same(value_at(new, path), value) or len(new.problems) != len(document.problems):
        raise InputError([document.problem(path, "this value cannot be written here")])
    return text, new


def _read_again(document: Document, path: Path, value: Any) -> tuple[str, Document]:
    """The same for a value that is not written at all, or on several lines."""
    line, column = document.values.get(path, (0, 0))
    at = document.keys.get(path)
    if not line or (at is None and not path):
        raise InputError([document.problem(path, "there is no value here that another could take the place of")])
    begin = starts(document)[line - 1] + column - 1
    if at == (line, column):
        end = begin = begin + re.match(r"[^:]*:", document.text[begin:]).end()  # type: ignore[union-attr]
        word = f" {written(value)}"
    else:
        end = _end_mark(document, line - 1, column - 1)
        word = _on_lines(document, begin, end, value)
    return _checked(document, path, document.text[:begin] + word + document.text[end:], value)


def _end_mark(document: Document, line: int, column: int) -> int:
    """Where the value that begins there ends, as the parser has it."""
    from ruamel.yaml import YAML
    from ruamel.yaml.events import ScalarEvent

    for event in YAML(typ="safe", pure=True).parse(document.text):
        mark = event.start_mark
        if isinstance(event, ScalarEvent) and (mark.line, mark.column) == (line, column):
            text = document.text[: starts(document)[event.end_mark.line] + event.end_mark.column]
            return len(text.rstrip()) if event.style in ("|", ">") else len(text)
    raise InputError([document.at(line + 1, column + 1).problem("this value cannot be rewritten; write it by hand")])


def _on_lines(document: Document, begin: int, end: int, value: Any) -> str:
    """A value for the place of one on several lines: folded as it was where that says the same, else in quotes."""
    header, *rest = BREAK.split(document.text[begin:end])
    folds = header.strip() in (">-", ">") and isinstance(value, str) and rest
    if not folds or not value or " ".join(value.split()) != value.rstrip("\n"):
        return written(value)
    filled = [item for item in rest if item.strip()]
    indent = filled[0][: len(filled[0]) - len(filled[0].lstrip())]
    broken = "\r\n" if "\r\n" in document.text else "\n"
    words = textwrap.wrap(value, WIDEST_LINE - len(indent), break_long_words=False, break_on_hyphens=False)
    return broken.join([header, *(indent + item for item in words)])
