"""The catalogue's sources: what was said, by whom, and whether it was checked.

A file cites them by their ids, which are single words. A source that is not among them is written out in words, such
as ``Smith 2019, table 2``, and stands in a report as it was written.
"""

import difflib
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from scorelab.errors import InputError
from scorelab.spec.find import CATALOGUE
from scorelab.spec.problems import Finding, called, found, located, validate
from scorelab.spec.quantity import Strict
from scorelab.spec.text import Path, read

WRITTEN_OUT = "A source that is not in it is written out in words, such as 'Smith 2019, table 2'"
_NEAR = 0.75
"""How alike two ids are of which one was meant for the other; years alone make other words alike."""


class Reference(Strict):
    """One source: the full citation and the figure or rule that was taken from it.

    ``read`` is seen (in the source or a copy of it), unchecked (not checked against the work itself) or derived
    (arithmetic on others); ``confidence`` is that in the figure as stated, not in how representative it is.
    """

    citation: str
    figure: str
    confidence: Literal["high", "medium", "low"]
    read: Literal["seen", "unchecked", "derived"]


class _Bibliography(Strict):
    references: dict[str, Reference]


@cache
def load() -> dict[str, Reference]:
    """Every reference by its id. Raises InputError where the file is not in order."""
    document = read(CATALOGUE / "bibliography.yaml")
    document.data = {"references": document.data}
    model, findings = validate(document, _Bibliography)
    if findings or document.problems or not isinstance(model, _Bibliography):
        raise InputError(located(document, findings))
    return model.references


def unknown(word: str) -> str:
    """What is wrong with a citation: a single word that is no id of the bibliography, or an empty one; else nothing."""
    if len(word.split()) > 1 or word in load():
        return ""
    if not word.strip():
        return "this citation is empty"
    near = difflib.get_close_matches(word[:100].upper(), load(), n=1, cutoff=_NEAR)
    hint = f"; did you mean {near[0]!r}?" if near else "."
    return f"no source {found(word)} in the catalogue's bibliography{hint} {WRITTEN_OUT}"


def check_cited(data: Any, path: Path = ()) -> Iterator[Finding]:
    """Citations that name nothing, however deep, in the order of the text."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key != "cite" or not isinstance(value, list):
                yield from check_cited(value, (*path, key))
                continue
            for index, word in enumerate(value):
                wrong = unknown(word) if isinstance(word, str) else ""
                if wrong:
                    yield Finding((*path, key, index), f"{called((*path, key))}: {wrong}")
    elif isinstance(data, list):
        for index, item in enumerate(data):
            yield from check_cited(item, (*path, index))


def cited(data: Any) -> Iterator[str]:
    """Every id that stands under a key ``cite``, however deep, in the order of the text."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "cite" and isinstance(value, list):
                yield from value
            else:
                yield from cited(value)
    elif isinstance(data, list):
        for item in data:
            yield from cited(item)
