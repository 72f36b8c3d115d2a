"""What repeats a page's numbers elsewhere: a line for the shell and one for Python."""

import json
import shlex
from functools import cache
from typing import Any

from scorelab.errors import InputError
from scorelab.explorer.asked import Document
from scorelab.explorer.gallery import arranged
from scorelab.spec.find import Entry, catalogue
from scorelab.spec.places import mapping
from scorelab.spec.texts import document_of


def target(document: Document) -> str:
    """What is run: a name of the catalogue where nothing of it was changed, else the file as it is taken away."""
    for entry in catalogue():
        shipped = entry.kind in ("scheme", "experiment") and entry.path.name == document.main
        if shipped and document.texts == _as_opened(entry):
            return entry.name
    return document.main


@cache
def _as_opened(entry: Entry) -> dict[str, str]:
    """The texts that an entry of the catalogue is opened with."""
    opened = arranged({entry.path.name: entry.path.read_text(encoding="utf-8")})
    return {file["name"]: file["text"] for file in opened["document"]["files"]}


def _options(document: Document) -> dict[str, int]:
    given = {name: getattr(document.setting, name) for name in ("persons", "counties", "weeks", "seed")}
    if _replicates(document) not in (None, 1):
        given["replicates"] = 1  # a page lives one
    return {name: value for name, value in given.items() if value is not None}


def _replicates(document: Document) -> Any:
    """How many replicates the main file asks for, None where it says nothing or cannot be read."""
    try:
        return mapping(document_of(document.main, document.texts[document.main]).data).get("replicates")
    except InputError:
        return None


def command(document: Document) -> str:
    """The command that lives the same society, in all worlds of the experiment."""
    options = [part for name, value in _options(document).items() for part in (f"--{name}", str(value))]
    return shlex.join(["scorelab", "run", target(document), *options])


def python(document: Document) -> str:
    """The same from Python."""
    options = "".join(f", {name}={value:_}" for name, value in _options(document).items())
    return f"scorelab.run({json.dumps(target(document))}{options})"
