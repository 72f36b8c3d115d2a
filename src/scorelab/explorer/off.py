"""Parts of a text switched off, and on again: their lines become comments, so that nothing of them is lost.

A line that is switched off begins with a mark. Where only a part of a line goes, as it does in braces, the whole line
is switched off and a copy without that part stands in for it, which ends in the same mark. A mapping that loses its
last entry is written as an empty one in the same way.
"""

import bisect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from scorelab.errors import InputError
from scorelab.explorer.blocks import (
    ALSO,
    MARK,
    MARKS,
    Entry,
    bare,
    empty,
    entry_at,
    indent,
    last_line,
    marked,
    opened,
    without,
)
from scorelab.spec.inplace import replaced, starts, value_at
from scorelab.spec.text import BREAK, Document, Path, parse
from scorelab.spec.texts import document_of

OFF = "#off#"
"""Stands in a path before the number of a line, for an entry that is switched off there."""

MOST = 300
"""Entries that are off are told up to so many; nobody has more, and a text full of marks costs no more."""

_BREAKS = re.compile(r"(\r\n|\n|\r)")


@dataclass(frozen=True)
class Off:
    """Something that is switched off: in which lines (from 0), inside of what, and what it was.

    ``key`` is None where it is an item of a list. ``inside`` is the way to it within its line, where only a part of the
    line is off and a copy without it follows.
    """

    first: int
    last: int
    parent: Path
    key: str | None
    value: Any
    also: bool
    inside: Path | None = None


@dataclass(frozen=True)
class _Step:
    """Lines (from 0, to the last of them) and what becomes of them."""

    line: int
    last: int
    change: Callable[[list[str]], list[str]]


def switched_off(document: Document, path: Path, mark: str = MARK) -> Document:
    """The document with an entry switched off. Raises InputError where that cannot be done."""
    return all_off(document, [path], mark)


def all_off(document: Document, paths: Sequence[Path], mark: str) -> Document:
    """The document with several entries switched off; what stands in another of them goes with it."""
    paths = [path for path in paths if not any(path[: len(other)] == other for other in paths if other != path)]
    steps: dict[int, _Step] = {}
    cuts: dict[int, list[Entry]] = {}
    for path in paths:
        entry = entry_at(document, path)
        if entry.in_lines:
            step = _lines_step(document, entry, mark)
            steps[step.line] = step
        else:
            cuts.setdefault(_line_of(document, entry, path), []).append(entry)
    for line, entries in cuts.items():
        steps[line] = _cut_step(document, line, entries, mark)
    for parent in dict.fromkeys(path[:-1] for path in paths):
        size = len(value_at(document, parent))
        if parent and opened(document, parent) is None and sum(path[:-1] == parent for path in paths) == size:
            step = _hollow(document, parent, mark)
            steps[step.line] = step
    wanted = document.data
    for path in sorted(paths, key=_last_first, reverse=True):
        wanted = without(wanted, path)
    return _found_again(_parsed(document, _after(document, steps), wanted, paths[0]), document, paths)


def _last_first(path: Path) -> tuple[int, ...]:
    """Items of a list are taken out from its end on, so that the places of those before stay."""
    return tuple(part for part in path if isinstance(part, int))


def _lines_step(document: Document, entry: Entry, mark: str) -> _Step:
    """The step that switches off the lines of an entry, with the line for which the first of them stands in."""
    first, lines = entry.first, document.lines
    if first and _stands_in(lines[first]) and marked(lines[first - 1]):
        first -= 1
    return _Step(first, entry.last, lambda lines: [mark + line if line.strip() else line for line in lines])


def _line_of(document: Document, entry: Entry, path: Path) -> int:
    """The line in which a part of braces stands. Raises InputError where it stands in several."""
    part = document.text[entry.begin : entry.end]
    if "\n" in part or "\r" in part:
        raise InputError([document.problem(path, "this stands in braces over several lines; write it by hand")])
    return bisect.bisect_right(starts(document), entry.begin) - 1


def _cut_step(document: Document, line: int, entries: Sequence[Entry], mark: str) -> _Step:
    """The step that switches off parts of a line; a line that stands in already loses them as well."""
    offset = starts(document)[line]
    spans = [(entry.begin - offset, entry.end - offset) for entry in entries]
    again = line > 0 and _stands_in(document.lines[line]) and bool(marked(document.lines[line - 1]))

    def cut(lines: list[str]) -> list[str]:
        text, broken = _split(lines[0])
        shorter = _cut(text, spans)
        return [shorter + broken] if again else [mark + text + (broken or "\n"), f"{shorter} {mark.strip()}{broken}"]

    return _Step(line, line, cut)


def _hollow(document: Document, parent: Path, mark: str) -> _Step:
    """The step that writes a mapping or a list, all of whose entries are off, as an empty one."""
    at = document.keys[parent][0] - 1 if parent in document.keys else -1
    header = re.match(r"([^#]*:)[ \t]*(?:#.*)?$", document.lines[at]) if at >= 0 else None
    if header is None:
        raise InputError([document.problem(parent, "the last entry here cannot be switched off")])
    hollow = "{}" if isinstance(value_at(document, parent), dict) else "[]"

    def swap(lines: list[str]) -> list[str]:
        text, broken = _split(lines[0])
        return [mark + text + broken, f"{header[1]} {hollow} {mark.strip()}{broken}"]

    return _Step(at, at, swap)


def _found_again(new: Document, document: Document, paths: Sequence[Path]) -> Document:
    """The document, if what is off in it can be told and switched on again."""
    before = [off.value for off in offs(document)]
    fresh = []
    for off in offs(new):
        if off.value in before:
            before.remove(off.value)
        else:
            fresh.append(off)
    if len(fresh) != len(paths) or all_on(new, fresh).text != document.text:
        raise InputError([document.problem(paths[0], "this could not be switched on again; write it by hand")])
    return new


def switched_on(document: Document, off: Off) -> Document:
    """The document with what was switched off there switched on again, as it was. Raises InputError where it cannot."""
    return all_on(document, [off])


def all_on(document: Document, several: Sequence[Off]) -> Document:
    """The document with all of these switched on again."""
    steps: dict[int, _Step] = {}
    for off in several:
        if off.inside is not None:
            mine = [one.inside for one in several if one.first == off.first and one.inside is not None]
            steps[off.first] = _Step(off.first, off.last, partial(_restored, mine))
            continue
        steps[off.first] = _Step(off.first, off.last, lambda lines: [bare(line) for line in lines])
        header = document.keys[off.parent][0] - 1 if off.parent in document.keys else -1
        hollow = header > 0 and not value_at(document, off.parent) and _stands_in(document.lines[header])
        if hollow and marked(document.lines[header - 1]):
            steps[header - 1] = _Step(header - 1, header, lambda lines: [bare(lines[0])])
    return _parsed(document, _after(document, steps))


def _restored(parts: Sequence[Path], lines: list[str]) -> list[str]:
    """A line and the copy that stands in for it, after some of the parts that the copy lacks are on again."""
    mark, (text, broken) = marked(lines[0]), _split(_kept(bare(lines[0]), lines[1]))
    column = indent(text)
    _, lost = _parts(lines[0], _split(lines[1])[0])
    rest = [path for path, _ in lost if path not in parts]
    if not rest:
        return [text + broken]
    line = document_of("line.yaml", text[column:])
    spans = [(column + entry.begin, column + entry.end) for entry in (entry_at(line, path) for path in rest)]
    return [mark + text + (broken or "\n"), f"{_cut(text, spans)} {mark.strip()}{broken}"]


def _after(document: Document, steps: Mapping[int, _Step]) -> str:
    """The text after some steps, from its end to its beginning, so that no line moves before its step."""
    lines = _lines(document)
    for _, step in sorted(steps.items(), reverse=True):
        lines[step.line : step.last + 1] = step.change(lines[step.line : step.last + 1])
    return "".join(lines)


def offs(document: Document) -> list[Off]:
    """Everything that is switched off, in the order of the text; not what lies inside of something that is."""
    found: list[Off] = []
    at, tried, lines = 0, 0, document.lines
    while at < len(lines) and tried < MOST:
        if not marked(lines[at]):
            at += 1
            continue
        tried += 1
        if at + 1 < len(lines) and _stands_in(lines[at + 1]) and indent(lines[at]) == indent(lines[at + 1]):
            found += _parts_off(document, at)
            at += 2
            continue
        last = at
        for below in range(at + 1, last_line(lines, at, indent(lines[at])) + 1):
            if marked(lines[below]):
                last = below
            elif not empty(lines[below]):
                break
        one = _block(document, at, last)
        found += [one] if one is not None else []
        at = last + 1
    return found


def _block(document: Document, first: int, last: int) -> Off | None:
    lines = document.lines[first : last + 1]
    column = indent(lines[0])
    also = marked(lines[0]) == ALSO
    try:
        inside = parse("\n".join(_shown(line, column) for line in lines).encode(), "off").data
    except InputError:
        return None
    parent = _around(document, first, column, isinstance(inside, list))
    if isinstance(inside, list) and len(inside) == 1:
        return Off(first, last, parent, None, inside[0], also)
    if isinstance(inside, dict) and len(inside) == 1:
        ((key, value),) = inside.items()
        return Off(first, last, parent, key, value, also)
    return None


def _shown(line: str, column: int) -> str:
    """What a line of an entry says once the entry is on; nothing where it is a comment, or is off by itself."""
    text = bare(line)
    return "" if text.lstrip().startswith("#") else text[column:]


def _around(document: Document, line: int, column: int, item: bool) -> Path:
    """The path of what an entry in a line stands in: the nearest key before it that stands further to the left."""
    best: tuple[int, Path] = (-1, ())
    for path, (at, where) in document.keys.items():
        left = where - 1 < column or (item and where - 1 == column)
        if at - 1 < line and left and at > best[0] and not document.lines[at - 1][: where - 1].strip(" -"):
            best = (at, path)
    path = best[1] if column or item else ()
    here = value_at(document, path)
    if isinstance(here, list) and not item:
        path = (*path, max(n for n in range(len(here)) if document.values[*path, n][0] - 1 < line))
    return path


def _parts_off(document: Document, at: int) -> list[Off]:
    """The parts of a line that are off: what the original has and the copy in the next line lacks."""
    is_item, lost = _parts(document.lines[at], document.lines[at + 1])
    found = []
    for inside, value in lost:
        if is_item:
            items = (path for path, (line, _) in document.values.items() if line == at + 2 and path)
            path = (*next((path for path in items if isinstance(path[-1], int)), ()), *inside[1:])
        else:
            around = next((path for path, (line, _) in document.keys.items() if line == at + 2), ())
            path = (*around[:-1], *inside)
        key = path[-1] if isinstance(path[-1], str) else None
        found.append(Off(at, at + 1, path[:-1], key, value, marked(document.lines[at]) == ALSO, inside))
    return found


def _parts(line: str, copy: str) -> tuple[bool, list[tuple[Path, Any]]]:
    """Whether a line is an item of a list, and the parts of it that a copy lacks, each by its way within the line."""
    was, shown = bare(line), _copied(copy)
    column = indent(was)
    try:
        before, after = (parse(text[column:].encode(), "line.yaml").data for text in (was, shown))
    except InputError:
        return False, []
    return isinstance(before, list), _lost(before, after)


def _lost(before: Any, after: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    """The entries that one of two values has and the other lacks."""
    lost: list[tuple[Path, Any]] = []
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            lost += _lost(value, after[key], (*path, key)) if key in after else [((*path, key), value)]
    elif isinstance(before, list) and isinstance(after, list):
        at = 0
        for index, value in enumerate(before):
            spare = len(before) - index > len(after) - at
            if at < len(after) and (value == after[at] or not spare):
                lost += _lost(value, after[at], (*path, index))
                at += 1
            else:
                lost.append(((*path, index), value))
    return lost


def _stands_in(line: str) -> bool:
    """Whether a line is a copy that stands in for the one before it."""
    return not marked(line) and any(line.endswith(f" {mark.strip()}") for mark in MARKS)


def _copied(line: str) -> str:
    """A line that stands in, without the mark at its end."""
    return next(line[: -len(mark)] for mark in MARKS if line.endswith(f" {mark.strip()}"))


def _kept(was: str, copy: str) -> str:
    """The original of a line, with what was changed in the copy that stood in for it since."""
    shown, broken = _split(copy)
    text = _split(was)[0]
    column = indent(text)
    try:
        original = document_of("line.yaml", text[column:])
        now = parse(_copied(shown)[column:].encode(), "line.yaml")
    except InputError:
        return text + broken
    for path, value in _leaves(now.data):
        if any(isinstance(part, int) for part in path[1:]):
            continue
        try:
            if value_at(original, path) != value:
                original = replaced(original, path, value)[1]
        except InputError:
            continue
    return text[:column] + original.text + broken


def _leaves(data: Any, path: Path = ()) -> list[tuple[Path, Any]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if items is None:
        return [(path, data)]
    return [leaf for key, item in items for leaf in _leaves(item, (*path, key))]


def _cut(line: str, spans: Sequence[tuple[int, int]]) -> str:
    """The line without some entries of braces, each without the comma that parted it from another."""
    for begin, end in sorted(spans, reverse=True):
        after = re.match(r"[ ]*,[ ]*", line[end:])
        before = line[:begin].rstrip(" ")
        if after:
            line = line[:begin] + line[end + after.end() :]
        else:
            kept = before[:-1].rstrip(" ") if before.endswith(",") else line[:begin]
            line = kept + line[end:]
    return line


def _lines(document: Document) -> list[str]:
    """The lines of the text, each with its end."""
    parts = _BREAKS.split(document.text)
    return ["".join(parts[at : at + 2]) for at in range(0, len(parts), 2)]


def _split(line: str) -> tuple[str, str]:
    text = BREAK.split(line)[0]
    return text, line[len(text) :]


_ANY = object()


def _parsed(document: Document, text: str, wanted: Any = _ANY, path: Path = ()) -> Document:
    try:
        new = document_of(document.file, text)
    except InputError:
        new = None
    if new is None or (wanted is not _ANY and new.data != wanted):
        raise InputError([document.problem(path, "this cannot be switched here without harm to the rest of the file")])
    return new
