"""The answers to what a page asks of texts: what can be opened, what is wrong, what was changed, what it would take.

Nothing here lives a society. Every function takes texts and gives plain data.
"""

import hashlib
import threading
from collections import OrderedDict
from functools import cache
from typing import Any

import scorelab
from scorelab.errors import InputError, Problem
from scorelab.explorer import completion as completing
from scorelab.explorer import controls, difference, repeat
from scorelab.explorer import gallery as shelves
from scorelab.explorer import glossary as terms
from scorelab.explorer.asked import (
    MOST_BYTES,
    MOST_COUNTIES,
    MOST_PERSONS,
    MOST_SECONDS,
    MOST_WEEKS,
    ArrangeAsked,
    Document,
    EditAsked,
    NamedText,
)
from scorelab.explorer.edit import Edit as Change
from scorelab.explorer.edit import edited_files
from scorelab.explorer.folder import Folder
from scorelab.explorer.lines import problem
from scorelab.report.background import LABORATORY
from scorelab.runs.again import kept_bytes
from scorelab.runs.estimate import SECONDS_OF_RESULTS_PER_WORLD, Estimate, estimate, free_memory, megabytes
from scorelab.runs.execute import default_workers
from scorelab.spec.limits import MOST_WORLDS
from scorelab.spec.load import Options
from scorelab.spec.resolved import Resolved
from scorelab.spec.text import LARGEST_FILE
from scorelab.spec.texts import document_of, resolve_texts, worlds_of

MOST_RESOLVED = 16
"""Experiments that are kept, so that what was just checked need not be read again to be lived."""


class TooLarge(Exception):
    """What is asked for would take longer, or more memory, than a page is for; ``command`` does it all the same."""

    def __init__(self, message: str, command: str) -> None:
        super().__init__(message)
        self.command = command


class _Kept:
    """The experiments resolved last, by all that they are made of."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, Resolved] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, document: Document) -> Resolved:
        name = hashlib.blake2b(document.model_dump_json().encode(), digest_size=16).hexdigest()
        with self._lock:
            if name in self._found:
                self._found.move_to_end(name)
                return self._found[name]
        setting = document.setting
        options = Options(
            persons=setting.persons, counties=setting.counties, weeks=setting.weeks, seed=setting.seed, replicates=1
        )
        found = resolve_texts(document.texts, document.main, options, document.worlds or [])
        with self._lock:
            self._found[name] = found
            while len(self._found) > MOST_RESOLVED:
                self._found.popitem(last=False)
        return found


_kept = _Kept()


def resolved(document: Document) -> Resolved:
    """The experiment that a document means. Raises InputError with every problem."""
    _must_have_main(document)
    return _kept.get(document)


def fitting(document: Document) -> Resolved:
    """The same, where it fits a page. Raises TooLarge where it does not."""
    found = resolved(document)
    must_fit(found, repeat.command(document))
    return found


def must_fit(found: Resolved, command: str) -> Estimate:
    """What an experiment is expected to take. Raises TooLarge where that is more than a page is for."""
    wanted = estimate(found, default_workers())
    if wanted.persons > MOST_PERSONS:
        raise TooLarge(
            f"This page lives up to {MOST_PERSONS:,} persons, and this society has {wanted.persons:,}. The command "
            "below lives it.",
            command,
        )
    if wanted.seconds > MOST_SECONDS:
        raise TooLarge(
            f"This would take about {told(wanted.seconds)}, and a page waits {told(MOST_SECONDS)} at most. Try fewer "
            "persons, weeks or worlds; the command below lives it all.",
            command,
        )
    memory, needed = free_memory(), max(wanted.memory_bytes, kept_bytes(found))
    if memory is not None and needed > memory // 2:
        raise TooLarge(
            f"This needs about {megabytes(needed)} of memory, and a page takes half of the {megabytes(memory)} that "
            "are free. Try fewer persons, counties, weeks or worlds.",
            command,
        )
    return wanted


def told(seconds: float) -> str:
    """A time as a person says it."""
    if seconds < 90:
        return f"{max(1, round(seconds))} seconds"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    return f"{round(seconds / 3600)} hours"


def about(folder: Folder, *, ready: bool) -> dict[str, Any]:
    """What this is, and its limits."""
    return {
        "version": scorelab.__version__,
        "laboratory": LABORATORY,
        "compiled": ready,
        "folder": folder.root.name or str(folder.root),
        "limits": {
            "bytes": MOST_BYTES,
            "file_bytes": LARGEST_FILE,
            "persons": MOST_PERSONS,
            "counties": MOST_COUNTIES,
            "weeks": MOST_WEEKS,
            "seconds": MOST_SECONDS,
            "worlds": MOST_WORLDS,
        },
    }


def expect() -> None:
    """Read what nearly every page asks for first, while nobody waits."""
    shelves.shipped()
    opened = Document.model_validate(shelves.arranged(shelves.text_of("scheme", shelves.USUAL_SCHEME))["document"])
    checked(opened, opened)
    completion()


def gallery(folder: Folder) -> dict[str, Any]:
    """What can be opened: the catalogue, and what is in the folder."""
    return shelves.cards(folder)


def opened(folder: Folder, kind: str, name: str) -> dict[str, Any]:
    """A document of the catalogue or the folder. Raises KeyError where there is none, InputError where it is wrong."""
    return shelves.document_of(folder, kind, name)


def arranged(asked: ArrangeAsked) -> dict[str, Any]:
    """A document of some files. Raises InputError where none of them can be opened."""
    return shelves.arranged({file.name: file.text for file in asked.files})


@cache
def glossary() -> dict[str, Any]:
    """Terms in plain words."""
    return terms.glossary()


@cache
def completion() -> dict[str, Any]:
    """What an editor can complete."""
    return completing.completion()


def _must_have_main(document: Document) -> None:
    if document.main not in document.texts:
        raise InputError([Problem(document.main, 0, 0, "no file of this name came with the request")])
    if len(document.texts) < len(document.files):
        raise InputError([Problem(document.main, 0, 0, "two files of one name came with the request")])


def checked(document: Document, original: Document | None) -> dict[str, Any]:
    """What is wrong with a document, its plain controls, its worlds, and what was changed of the original."""
    _must_have_main(document)
    found: Resolved | None = None
    problems: list[Problem] = []
    try:
        found = resolved(document)
    except InputError as error:
        problems = error.problems
    data = {name: _read(text, name) for name, text in document.texts.items()}
    before = {} if original is None else {name: _read(text, name) for name, text in original.texts.items()}
    main = data[document.main]
    said = main.get("title") if isinstance(main, dict) else None
    return {
        "problems": [problem(one) for one in problems],
        "kind": "experiment" if isinstance(main, dict) and "experiment" in main else "scheme",
        "title": said if isinstance(said, str) else document.main,
        "controls": controls.sections(document.texts, before or data),
        "differences": [
            word for name in data if name in before for word in difference.differences(before[name], data[name])
        ],
        "worlds": [
            {"name": world.name, "title": world.title, "role": world.role}
            for world in worlds_of(document.texts, document.main)
        ],
        "size": None if found is None else _size(found, repeat.command(document)),
        "command": repeat.command(document),
        "python": repeat.python(document),
    }


def edited(asked: EditAsked) -> dict[str, Any]:
    """A document with changes written into its texts, and what is then to be said of it.

    ``notes`` says in words what was switched besides. Raises InputError where an edit cannot be made.
    """
    _must_have_main(asked.document)
    edits = [Change(edit.file, tuple(edit.path), edit.value, edit.action) for edit in asked.edits]
    made = edited_files(asked.document.texts, asked.document.main, edits)
    files = [NamedText(name=name, text=text) for name, text in made.files.items()]
    document = asked.document.model_copy(update={"files": files})
    return {"document": document.model_dump(), "notes": made.notes, **checked(document, asked.original)}


def _read(text: str, name: str) -> Any:
    """The plain values of a text, nothing where it is no YAML."""
    try:
        return document_of(name, text).data
    except InputError:
        return None


def _size(found: Resolved, command: str) -> dict[str, Any]:
    wanted = estimate(found, default_workers())
    try:
        must_fit(found, command)
        refused = ""
    except TooLarge as error:
        refused = str(error)
    return {
        "persons": wanted.persons,
        "per_county": found.persons,
        "counties": found.counties,
        "weeks": wanted.weeks,
        "worlds": wanted.worlds,
        "seed": found.seed,
        "seconds": round(wanted.seconds - wanted.worlds * SECONDS_OF_RESULTS_PER_WORLD, 2),
        "refused": refused,
    }
