"""The files that one question needs, each read once, and everything that is wrong with them."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel

from scorelab.errors import InputError, Problem
from scorelab.spec import bibliography, settings, text
from scorelab.spec.checks import CHECKS
from scorelab.spec.find import CATALOGUE, MODELS, catalogue, find, kind_of, opened
from scorelab.spec.margins import Margins, load_margins
from scorelab.spec.problems import Finding, a, found, in_order, located, validate
from scorelab.spec.settings import Setting
from scorelab.spec.society import Society
from scorelab.spec.text import Document, Place


def examined(document: Document, kind: str) -> tuple[BaseModel | None, list[Finding]]:
    """The model of a document, None where its shape is wrong, and everything that is wrong with it by itself."""
    if kind not in document.known:
        model, findings = validate(document, MODELS[kind])
        found = [*findings, *CHECKS[kind](document.data), *bibliography.check_cited(document.data)]
        document.known[kind] = model, tuple(found)
    model, found = document.known[kind]
    return model, list(found)


class Shelf(Protocol):
    """Where the files lie that words name."""

    def find(self, word: str, kinds: tuple[str, ...], folder: Path, /) -> Path:
        """The file that a word means, as :func:`scorelab.spec.find.find` has it."""

    def opened(self, path: Path) -> Document:
        """The document in a file. Raises InputError where it cannot be read."""

    def margins(self, society: Path, word: str, /) -> Path | str:
        """The folder of marginal tables that a society's word means, or what to say where there is none."""


class Disk:
    """The files of this machine, and the catalogue."""

    def find(self, word: str, kinds: tuple[str, ...], folder: Path, /) -> Path:
        return find(word, kinds, folder)

    def opened(self, path: Path) -> Document:
        return opened(path)

    def margins(self, society: Path, word: str, /) -> Path | str:
        folder = society.parent / word
        if not folder.is_dir():
            folder = shipped_margins().get(word, folder)
        if not word.strip() or not folder.is_dir():
            return f"margins: there is no folder {found(word)} beside this file, nor a society of that name"
        return folder


def shipped_margins() -> dict[str, Path]:
    """The folders of marginal tables that come with the societies of the catalogue, by the names of these."""
    return {entry.name: entry.path.with_suffix("") for entry in catalogue() if entry.kind == "society"}


_shipped = cache(load_margins)


@dataclass
class File:
    """A file that was read: the document, its model where its shape is right, and what is wrong with it."""

    kind: str
    path: Path
    document: Document
    model: BaseModel | None
    findings: list[Finding]

    def problems(self) -> list[Problem]:
        return located(self.document, self.findings)


@dataclass
class Desk:
    """The files of one resolution, each read once, and the problems found on the way."""

    changes: list[Setting]
    files: dict[Path, File] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    shelf: Shelf = field(default_factory=Disk)

    def changed(self, document: Document, kind: str, target: str) -> Document:
        """The document after the options that are meant for it."""
        for change in self.changes:
            if change.target == target:
                try:
                    document = settings.applied(document, MODELS[kind], change)
                except InputError as error:
                    self.problems += error.problems
        return document

    def open(self, path: Path, kind: str, place: Place | None = None) -> File | None:
        """The file of that kind, None (and a problem) where it cannot be read or is something else."""
        file = self.files.get(path.absolute())
        try:
            document = self.shelf.opened(path) if file is None else file.document
        except InputError as error:
            placed = [place.problem(f"{p.file}: {p.message}") if place and not p.line else p for p in error.problems]
            self.problems += placed
            return None
        actual = kind_of(document) if file is None else file.kind
        if actual and actual != kind:
            message = f"{path.name} is {a(actual)}; {a(kind)} was expected"
            self.problems.append(place.problem(message) if place else document.problem((), message))
            return None
        if file is None:
            file = self.files[path.absolute()] = self.examine(path, document, kind)
        return file

    def examine(self, path: Path, document: Document, kind: str) -> File:
        """A file with everything that can be said about it alone, after the options that are meant for it."""
        model, findings = examined(document, kind)
        data = document.data
        target = str(data.get(kind)) if kind == "scheme" and isinstance(data, dict) else kind
        if not findings and not document.problems and any(change.target == target for change in self.changes):
            document = self.changed(document, kind, target)
            model, findings = examined(document, kind)
        return File(kind, path, document, model, findings)

    def follow(self, file: File, path: text.Path, word: Any, kind: str) -> File | None:
        """The file that a word of another file names."""
        if not isinstance(word, str):
            return None
        place = file.document.place(path)
        try:
            return self.open(self.shelf.find(word, (kind,), file.path.parent), kind, place)
        except InputError as error:
            self.problems += [place.problem(problem.message) for problem in error.problems]
            return None

    def refuse(self) -> None:
        """Raises InputError with everything found so far, if anything was."""
        problems = [*(p for file in self.files.values() for p in file.problems()), *self.problems]
        if problems:
            raise InputError(in_order(problems))


def margins_of(society: File, shelf: Shelf) -> tuple[Margins | None, list[Problem]]:
    """The margins that a society names, None and what is wrong where they cannot be read."""
    if not isinstance(society.model, Society):
        return None, []
    try:
        folder = shelf.margins(society.path, society.model.margins)
        if isinstance(folder, str):
            return None, [society.document.problem(("margins",), folder)]
        return (_shipped if folder.is_relative_to(CATALOGUE) and ".." not in folder.parts else load_margins)(folder), []
    except InputError as error:
        return None, error.problems
    except (OSError, ValueError) as error:
        return None, [society.document.problem(("margins",), f"margins: the folder cannot be read: {error}")]
