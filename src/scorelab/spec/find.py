"""Which file a word means: a name of the catalogue, or a file of the user's own."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scorelab.errors import InputError, Problem
from scorelab.spec.experiment import Experiment
from scorelab.spec.problems import a, found, nearest_or_all
from scorelab.spec.scheme import Scheme
from scorelab.spec.society import Society
from scorelab.spec.text import Document, read

MODELS: dict[str, type[BaseModel]] = {"experiment": Experiment, "scheme": Scheme, "society": Society}
FOLDERS = {"experiment": "experiments", "scheme": "schemes", "society": "societies"}
CATALOGUE = Path(__file__).parents[1] / "catalogue"

_LOOKS_LIKE_A_FILE = re.compile(r"[/\\]|\.(yaml|yml|json)$")


@dataclass(frozen=True)
class Entry:
    """One thing of the catalogue: ``kind`` is experiment, scheme or society."""

    kind: str
    name: str
    title: str
    path: Path


def opened(path: Path) -> Document:
    """The document in a file; one of the catalogue is read only once. Raises InputError where it cannot be read."""
    return _shipped(path) if path.is_relative_to(CATALOGUE) and ".." not in path.parts else read(path)


@cache
def _shipped(path: Path) -> Document:
    return read(path)


@cache
def catalogue() -> list[Entry]:
    """Everything that comes with scorelab, experiments first, by name."""
    entries = []
    for kind, folder in FOLDERS.items():
        for path in sorted((CATALOGUE / folder).glob("*.yaml")):
            data = opened(path).data
            entries.append(Entry(kind, path.stem, str(data.get("title", "")), path))
    return entries


def looks_like_a_file(word: str) -> bool:
    """Whether a word is the path of a file, and so no name of the catalogue."""
    return bool(_LOOKS_LIKE_A_FILE.search(word))


def find(word: str, kinds: tuple[str, ...], folder: Path) -> Path:
    """The file that a word means; a relative file is looked for in ``folder``.

    A word is compared with the names of the catalogue and never put into a path, so no name leads out of it.
    Raises InputError, without a place, where there is no such name; whether a file exists is seen when it is read.
    """
    if looks_like_a_file(word):
        return folder / word
    for kind in kinds:
        for path in (CATALOGUE / FOLDERS[kind]).glob("*.yaml"):
            if path.stem == word:
                return path
    names = [entry.name for entry in catalogue() if entry.kind in kinds]
    text = f"no {' or '.join(kinds)} {found(word)} in the catalogue{nearest_or_all(word, names)}"
    others = [entry for entry in catalogue() if entry.name == word]
    if others:
        text = f"{found(word)} is {a(others[0].kind)} of the catalogue; {a(' or '.join(kinds))} was expected"
    elif not word.strip():
        text = f"the name of {a(' or '.join(kinds))} is empty"
    raise InputError([Problem("catalogue", 0, 0, text)])


def file_or_name(given: Path) -> Path:
    """The file that is called by its path, or else by its name in the catalogue. Raises InputError for neither."""
    word = str(given)
    try:
        there = given.exists()
    except (OSError, ValueError):
        there = True
    if there or looks_like_a_file(word):
        return given
    try:
        return find(word, tuple(MODELS), Path())
    except InputError as error:
        said = f"there is no such file, and {error.problems[0].message}"
        raise InputError([Problem(word, 0, 0, said)]) from None


def kind_of(document: Document) -> str:
    """What a file wants to be, judged by its keys; nothing where it has none of their keys."""
    data: Any = document.data
    if not isinstance(data, dict):
        return ""
    points = {kind: len(set(data) & set(model.model_fields)) + 3 * (kind in data) for kind, model in MODELS.items()}
    shared = {"format", "title", "about"}
    best = max(points, key=lambda kind: points[kind])
    return best if points[best] > len(shared & set(data)) else ""
