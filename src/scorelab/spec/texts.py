"""Checking and resolving from texts instead of files: nothing is written to disk, and no word leads to it.

A word in one of the texts that looks like a file is another of the texts, or nothing. Any other word is a name of the
catalogue, and a text that is called ``NAME.yaml`` stands before the catalogue's own. Marginal tables are those of the
catalogue's societies.
"""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorelab.errors import InputError, Problem
from scorelab.spec import defaults, find, inplace
from scorelab.spec.desk import Desk, shipped_margins
from scorelab.spec.load import Options, check_singly, neither, resolve_from
from scorelab.spec.places import mapping, sequence
from scorelab.spec.problems import found, in_order, nearest_or_all
from scorelab.spec.resolved import Resolved
from scorelab.spec.template import template
from scorelab.spec.text import BREAK, Document, parse

__all__ = ["World", "as_files", "check_texts", "document_of", "named_in", "replaced", "resolve_texts", "worlds_of"]

MOST_FILES = 8
NAME = re.compile(r"[A-Za-z0-9._-]{1,76}\.ya?ml")
AS_WRITTEN = Options()
_KEPT = 24
_MOST_CHANGES = 4
"""Documents that are kept, and places in which a text may differ from one of them to be told from it."""


@dataclass(frozen=True)
class World:
    """A world of an experiment: ``role`` is against, focus or other."""

    name: str
    title: str
    role: str


class _Documents:
    """The documents of the last texts, by name and text."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str], Document] = OrderedDict()

    def get(self, name: str, text: str) -> Document | None:
        with self._lock:
            document = self._kept.get((name, text))
            if document is not None:
                self._kept.move_to_end((name, text))
            return document

    def put(self, document: Document) -> None:
        with self._lock:
            self._kept[document.file, document.text] = document
            self._kept.move_to_end((document.file, document.text))
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)

    def of(self, name: str) -> list[Document]:
        """Those of a name, the last first."""
        with self._lock:
            return [document for (file, _), document in reversed(self._kept.items()) if file == name]


_documents = _Documents()


def document_of(name: str, text: str) -> Document:
    """The document of a text, called ``name`` in messages; a text that differs from an earlier one in a few single
    values is not read again. Raises InputError where it is not YAML."""
    text = text.removeprefix("\ufeff")
    document = _documents.get(name, text)
    if document is None:
        document = _from_earlier(name, text)
        if document is None:
            document = parse(text.encode("utf-8", "surrogatepass"), name)
        _documents.put(document)
    return document


def replaced(document: Document, path: tuple[str | int, ...], value: Any) -> tuple[str, Document]:
    """One value of a text rewritten in its place, as :func:`scorelab.spec.inplace.replaced` does, and kept."""
    text, new = inplace.replaced(document, path, value)
    _documents.put(new)
    return text, new


def _from_earlier(name: str, text: str) -> Document | None:
    """The document of a text that differs in single values alone from one that was read before."""
    lines = BREAK.split(text)
    for earlier in _documents.of(name)[:_MOST_CHANGES]:
        if len(earlier.lines) != len(lines) or earlier.problems:
            continue
        changed = [at for at, pair in enumerate(zip(earlier.lines, lines, strict=True)) if pair[0] != pair[1]]
        if not 0 < len(changed) <= _MOST_CHANGES:
            continue
        document: Document | None = earlier
        for at in changed:
            document = document and inplace.with_line(document, at, lines[at])
        if document is not None and document.text == text:
            return document
    return None


class Texts:
    """A shelf of texts by their names, beside the catalogue."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files

    def find(self, word: str, kinds: tuple[str, ...], _folder: Path, /) -> Path:
        """The text that is called so, or the file of the catalogue. Raises InputError for anything else."""
        if word in self.files and NAME.fullmatch(word):
            return Path(word)
        if find.looks_like_a_file(word):
            text = f"{found(word)} is not among the files given here{nearest_or_all(word, self.files)}"
            raise InputError([Problem(word[:80], 0, 0, text)])
        path = find.find(word, kinds, Path())
        return Path(path.name) if path.name in self.files else path

    def opened(self, path: Path) -> Document:
        if path.is_absolute():
            return find.opened(path)
        return document_of(path.name, self.files[path.name])

    def margins(self, _society: Path, word: str, /) -> Path | str:
        """The folder of a society of the catalogue; none of one's own can be named here."""
        shipped = shipped_margins()
        if word in shipped:
            return shipped[word]
        near = nearest_or_all(word, shipped)
        return f"margins: here they are those of a society of the catalogue, not {found(word)}{near}"


def check_texts(files: Mapping[str, str], main: str, options: Options = AS_WRITTEN) -> list[Problem]:
    """Everything that is wrong with a scheme or an experiment and keeps it from being lived; nothing if all is well.

    ``files`` are texts by their names, ``main`` is the one that is asked about.
    """
    try:
        resolve_texts(files, main, options, ())  # every world is looked at, whichever are kept
    except InputError as error:
        return error.problems
    return []


def resolve_texts(
    files: Mapping[str, str], main: str, options: Options = AS_WRITTEN, worlds: Sequence[str] | None = None
) -> Resolved:
    """The whole experiment that a text stands for, a scheme for the template experiment around it.

    ``worlds`` are kept beside the two that are compared; None keeps all. Raises InputError with everything that is
    wrong with the texts, or where an option or a world makes no sense.
    """
    shelf = _shelf(files, main)
    document = shelf.opened(Path(main))
    kind = find.kind_of(document)
    if not kind:
        raise InputError(in_order(neither(document)))
    if kind == "scheme":
        desk = Desk([], shelf=shelf)
        file = desk.files[Path(main).absolute()] = desk.examine(Path(main), document, kind)
        problems = check_singly(desk, [file])
        if problems:
            raise InputError(in_order(problems))
    return resolve_from(shelf, main, options, worlds)


def worlds_of(files: Mapping[str, str], main: str) -> list[World]:
    """The worlds of an experiment, or of the template around a scheme, as far as they can be read."""
    try:
        document = _shelf(files, main).opened(Path(main))
    except InputError:
        return []
    if find.kind_of(document) == "scheme":
        document = template(document, Path(main), main)
    data = mapping(document.data)
    roles = {str(data.get("against")): "against"} | {str(data.get("focus")): "focus"}
    worlds = []
    for name, world in mapping(data.get("worlds")).items():
        title = mapping(world).get("title")
        titled = title if isinstance(title, str) and title else defaults.title(name)
        worlds.append(World(name, titled, roles.get(name, "other")))
    return worlds


def named_in(files: Mapping[str, str], main: str) -> dict[str, Document]:
    """The main text, and the schemes and the society that it names, by the names of their files, as far as they can
    be read; a file of the catalogue that is not among the texts is called by its own name."""
    shelf = _shelf(files, main)
    named: dict[str, Document] = {}
    for word, kinds in _words(shelf, main):
        try:
            path = shelf.find(word, kinds, Path())
            named.setdefault(path.name, shelf.opened(path))
        except InputError:
            continue
    return named


def as_files(files: Mapping[str, str], main: str) -> dict[str, str]:
    """The texts as they mean the same in a folder, where a name of the catalogue is always the catalogue's own.

    Words of the main text for which another text stands become the name of that file.
    """
    document = _shelf(files, main).opened(Path(main))
    for path in list(document.values):
        word = inplace.value_at(document, path)
        named = path == ("society",) or (path[:1] == ("worlds",) and path[2:3] == ("schemes",) and len(path) == 4)
        if named and isinstance(word, str) and f"{word}.yaml" in files:
            document = replaced(document, path, f"{word}.yaml")[1]
    return {**files, main: document.text}


def _words(shelf: Texts, main: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The words for files in a text, and for itself, each with what it may be."""
    yield main, ("experiment", "scheme")
    document = shelf.opened(Path(main))
    data = mapping(document.data)
    if find.kind_of(document) == "scheme":
        data = template(document, Path(main), main).data
    for world in mapping(data.get("worlds")).values():
        for word in sequence(mapping(world).get("schemes")):
            if isinstance(word, str):
                yield word, ("scheme",)
    if isinstance(data.get("society"), str):
        yield data["society"], ("society",)


def _shelf(files: Mapping[str, str], main: str) -> Texts:
    """Raises InputError where the texts are too many, or their names are none."""
    problems = [
        Problem(
            name[:80], 0, 0, "a file is called by letters, digits, dots, hyphens and underscores, and ends in .yaml"
        )
        for name in files
        if not NAME.fullmatch(name) or len(name) > 80
    ]
    if len(files) > MOST_FILES:
        problems.append(Problem(main[:80], 0, 0, f"{len(files)} files; there is room for {MOST_FILES}"))
    if main not in files and not problems:
        problems.append(Problem(main[:80], 0, 0, f"there is no such file{nearest_or_all(main, files)}"))
    if problems:
        raise InputError(problems)
    return Texts(files)
