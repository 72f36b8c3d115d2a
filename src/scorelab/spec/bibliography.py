"""The catalogue's sources: what was said, by whom, and whether it was read or remembered."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from scorelab.errors import InputError
from scorelab.spec.find import CATALOGUE
from scorelab.spec.problems import located, validate
from scorelab.spec.quantity import Strict
from scorelab.spec.text import read


class Reference(Strict):
    """One source: the full citation and the figure or rule that was taken from it.

    ``read`` is seen (in the source or a copy of it), recalled (from memory, not confirmed) or derived (arithmetic on
    others); ``confidence`` is that in the figure as stated, not in how representative it is.
    """

    citation: str
    figure: str
    confidence: Literal["high", "medium", "low"]
    read: Literal["seen", "recalled", "derived"]


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
