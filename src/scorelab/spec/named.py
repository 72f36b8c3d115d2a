"""The words by which the clauses of a scheme name one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scorelab.spec.places import mapping, misspelt, unknown_words, whole
from scorelab.spec.problems import Finding, called
from scorelab.spec.scheme import Scheme, Score
from scorelab.spec.text import Path


@dataclass(frozen=True)
class Named:
    """Lists, sources and grades of a scheme; None where a fault elsewhere hides which there are.

    ``scored`` tells whether there is a score clause, ``first`` in which grade everybody begins, where that is clear.
    """

    lists: dict[str, Any] | None
    sources: dict[str, Any] | None
    grades: dict[str, Any] | None
    scored: bool
    first: str | None


def named(data: Any) -> Named:
    """What a scheme names, as far as it can be told."""
    scheme = mapping(data)
    score = _part(scheme, Scheme, "score")
    grades = None if score is None else _part(score, Score, "grades")
    start = whole(mapping(score).get("start"))
    reached = [
        (lowest, word)
        for word, value in mapping(grades).items()
        if (lowest := whole(value)) is not None and start is not None and lowest <= start
    ]
    nearest = [word for lowest, word in reached if lowest == max(reached)[0]]
    return Named(
        lists=_part(scheme, Scheme, "lists"),
        sources=_part(scheme, Scheme, "sources"),
        grades=grades,
        scored=scheme.get("score") is not None or misspelt(scheme, Scheme, "score"),
        first=nearest[0] if len(nearest) == 1 else None,
    )


def _part(around: dict[str, Any], model: type[Scheme] | type[Score], key: str) -> dict[str, Any] | None:
    value = around.get(key)
    hidden = misspelt(around, model, key) or not (value is None or isinstance(value, dict))
    return None if hidden else mapping(value)


def unknown_lists(path: Path, value: Any, names: Named) -> Iterator[Finding]:
    """A word, or words, that name no list of the scheme."""
    if names.lists is not None:
        yield from unknown_words(path, value, names.lists, "list", " in this scheme")


def unknown_grades(path: Path, value: Any, names: Named) -> Iterator[Finding]:
    """A word, or words, that name no grade of the scheme; one fault where it has none at all."""
    if not value or names.grades is None:
        return
    if not names.grades:
        lacks = "has no grades in its score" if names.scored else "has no score clause, and so no grades"
        yield Finding(path, f"{called(path)}: this scheme {lacks}", key=True)
        return
    yield from unknown_words(path, value, names.grades, "grade", " in this scheme")
