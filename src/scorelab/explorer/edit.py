"""Changes of a page applied to a text: values set, parts switched off and on; every other byte stays as it is."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from scorelab.errors import InputError, Problem
from scorelab.explorer.blocks import ALSO, end_of, last_line, opened, with_entry
from scorelab.explorer.loose import loose
from scorelab.explorer.made import made
from scorelab.explorer.off import OFF, Off, all_off, all_on, offs, switched_off, switched_on
from scorelab.spec import shape
from scorelab.spec.find import MODELS, kind_of
from scorelab.spec.inplace import starts, value_at, written
from scorelab.spec.places import mapping
from scorelab.spec.problems import called, found
from scorelab.spec.text import Document, Path, parse
from scorelab.spec.texts import document_of, named_in, replaced

Action = Literal["set", "off", "on"]
_MOST_STEPS = 200
_PROCESS = ("told", "window", "appeal")
"""The last of these takes the clause along, which would do nothing without."""


@dataclass(frozen=True)
class Edit:
    """One change: a value ``set`` at a path, or the entry there switched ``off`` or ``on``.

    What is off has no path of its own; it is called by the path around it, :data:`scorelab.explorer.off.OFF` and the
    number of its first line, from 1.
    """

    file: str
    path: Path
    value: Any = None
    action: Action = "set"


@dataclass(frozen=True)
class Edited:
    """The texts after some edits, and what was switched besides, in words."""

    files: dict[str, str]
    notes: list[str]


def edited(text: str, file: str, path: Sequence[str | int], action: Action, value: Any = None) -> str:
    """One text, called ``file``, after one edit. Raises InputError where it cannot be made."""
    return edited_text(text, Edit(file, tuple(path), value, action))[0]


def edited_files(files: Mapping[str, str], main: str, edits: Sequence[Edit]) -> Edited:
    """The texts after some edits, one after another; each path is one of the text after those before it.

    A file of the catalogue that the main text names may be edited, too; its text is then one of the texts. Raises
    InputError where an edit cannot be made.
    """
    texts, notes = dict(files), []
    for edit in edits:
        if edit.file not in texts:
            named = named_in(texts, main)
            if edit.file not in named:
                text = f"{found(edit.file)} is not among the files of {main}"
                raise InputError([Problem(edit.file[:80], 0, 0, text)])
            texts[edit.file] = named[edit.file].text
        texts[edit.file], said = edited_text(texts[edit.file], edit)
        notes += said
    return Edited(texts, notes)


def edited_text(text: str, edit: Edit) -> tuple[str, list[str]]:
    """One text after one edit, and what was switched besides, in words. Raises InputError where it cannot be made."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    document = document_of(edit.file, text)
    if not edit.path:
        raise InputError([document.problem((), "an edit says where it is to be made, but this path is empty")])
    notes: list[str] = []
    if edit.action == "set":
        document = set_value(document, edit.path, edit.value)
    elif edit.action == "off":
        document, notes = put_off(document, edit.path)
    else:
        document, notes = put_on(document, edit.path)
    return mark + document.text, notes


def set_value(document: Document, path: Path, value: Any) -> Document:
    """The document with a value at a path: instead of the one that is there, or where it goes if none is.

    A path that ends in ``*`` means every entry of a mapping.
    """
    if path[-1:] == ("*",):
        for key in mapping(value_at(document, path[:-1])):
            document = set_value(document, (*path[:-1], key), value)
        return document
    annotation = shape.walk(_model(document), path)
    if annotation is None and path and path[-1] == "value":
        path, annotation = path[:-1], shape.walk(_model(document), path[:-1])
    if annotation is None:
        raise InputError([document.problem(path, f"there is no {called(path) or 'such place'} in this language")])
    value = _typed(value, annotation)
    try:
        here = value_at(document, path)
    except InputError:
        return _inserted(document, path, value)
    if isinstance(here, dict) and shape.is_quantity(annotation):
        path = (*path, "value")
    return replaced(document, path, value)[1]


def put_off(document: Document, path: Path) -> tuple[Document, list[str]]:
    """The document with an entry switched off, and with it whatever rests on it; and what that was, in words."""
    process = mapping(mapping(document.data).get("due_process"))
    if path[:1] == ("due_process",) and [key for key in _PROCESS if key in process] == list(path[1:]):
        path = path[:1]
    known = {one.path for one in loose(document.data)}
    document = switched_off(document, path)
    if kind_of(document) != "scheme" or known:
        return document, []
    return _tightened(document)


def _tightened(document: Document) -> tuple[Document, list[str]]:
    """The document without what hangs loose in it, and what that was, in words."""
    notes: list[str] = []
    for _ in range(_MOST_STEPS):
        rest = loose(document.data)
        if not rest:
            break
        document = all_off(document, [one.path for one in rest], ALSO)
        notes += [f"Switched off as well: {one.why}." for one in rest]
    return document, list(dict.fromkeys(notes))


def put_on(document: Document, path: Path) -> tuple[Document, list[str]]:
    """The document with an entry switched on again, and with it whatever was off because of it.

    A part that the file does not have, but could, is written as :data:`scorelab.explorer.made.MADE` has it.
    """
    text = None if path[-2:-1] == (OFF,) else made(path)
    if text is not None and not _there(document, path):
        return _put_in(document, path, text), []
    document = switched_on(document, _at_line(document, path))
    if kind_of(document) != "scheme":
        return document, []
    before = [off for off in offs(document) if off.also]
    if not before:
        return document, []
    every = document
    while any(off.also for off in offs(every)):
        every = all_on(every, [off for off in offs(every) if off.also])
    if loose(every.data):
        every, _ = _tightened(every)
    after = [off.value for off in offs(every) if off.also]
    return every, [f"Switched on again as well: {_words(off)}." for off in before if off.value not in after]


def _words(off: Off) -> str:
    return f"{off.key or 'an entry'} of {called(off.parent)}" if off.parent else str(off.key)


def _at_line(document: Document, path: Path) -> Off:
    for off in offs(document):
        if path[-2:] == (OFF, off.first + 1):
            return off
    raise InputError([document.problem(path[:-2], "nothing is switched off here")])


def _model(document: Document) -> Any:
    kind = kind_of(document)
    if not kind:
        raise InputError([document.problem((), "neither a scheme, a society nor an experiment")])
    return MODELS[kind]


def _typed(value: Any, annotation: Any) -> Any:
    """A value of a page, which knows no dates and one kind of number, as a file has it."""
    kind = shape.bare(annotation)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if kind is datetime.date and isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _put_in(document: Document, path: Path, text: str) -> Document:
    """The document with a clause that was not there; ``text`` is the clause in braces."""
    value = parse(text.encode(), document.file).data
    return _inserted(document, path, value, text)


def _inserted(document: Document, path: Path, value: Any, word: str = "") -> Document:
    """The document with a key that was not there, in the mapping around it, before what comes later in the language."""
    end = next(end for end in range(len(path) - 1, -1, -1) if _there(document, path[:end]))
    around, key, rest = path[:end], path[end], path[end + 1 :]
    there = value_at(document, around)
    if not isinstance(there, dict) or not isinstance(key, str):
        raise InputError([document.problem(around, f"there is no {called(path)} to set")])
    word = word or written(value)
    for part in reversed(rest):
        word = f"{{{written(part)}: {word}}}"
    entry = f"{written(key)}: {word}"
    brace = opened(document, around) if around or document.text.startswith("{") else None
    text = document.text
    if brace is not None:
        at = end_of(text, brace) - 1
        inside = text[brace + 1 : at].rstrip()
        at = brace + 1 + len(inside)
        text = text[:at] + (f", {entry}" if inside and not inside.endswith(",") else entry) + text[at:]
    else:
        text = _line_in(document, around, key, entry)
    new = document_of(document.file, text)
    if new.data != with_entry(document.data, path, value):
        raise InputError([document.problem(around, f"{called(path)} cannot be set here; write it by hand")])
    return new


def _there(document: Document, path: Path) -> bool:
    try:
        return value_at(document, path) is not None
    except InputError:
        return False


def _line_in(document: Document, around: Path, key: str, entry: str) -> str:
    """The text with a line for an entry, after the last of the keys that come before it in the language."""
    order = shape.keys(shape.walk(_model(document), around))
    mine = list(value_at(document, around))
    earlier = [word for word in mine if word in order and key in order and order.index(word) < order.index(key)]
    after = max(earlier, key=lambda word: document.keys[*around, word]) if earlier else mine[0]
    line, column = document.keys[*around, after]
    last = last_line(document.lines, line - 1, column - 1)
    at = starts(document)[last] + len(document.lines[last])
    broken = "\r\n" if "\r\n" in document.text else "\n"
    return f"{document.text[:at]}{broken}{' ' * (column - 1)}{entry}{document.text[at:]}"
