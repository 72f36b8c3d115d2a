"""Up to three questions at the head of a section, each answered in one look from the measures."""

from collections.abc import Iterator
from typing import NamedTuple

from scorelab.charts.numbers import two_figures, written
from scorelab.measures import Row
from scorelab.report.markup import Html, tag, text

MOST = 3


class Asked(NamedTuple):
    """A question that a reader brings, its answer as a number or a word, what the number counts, and its interval."""

    question: str
    answer: str
    words: str
    interval: str = ""


def counts(question: str, row: Row | None, words: str) -> Iterator[Asked]:
    """A question that a measure answers: its value, what it counts, and its interval; nothing where it has no value."""
    if row is not None and row.value is not None:
        value, interval = written(row.value, row.chance_low, row.chance_high)
        yield Asked(question, value, words, interval)


def share(question: str, part: int, whole: int, words: str) -> Iterator[Asked]:
    """A question that a share of two counts answers, of 100; nothing where the whole is nothing."""
    if whole > 0:
        yield Asked(question, f"{two_figures(100.0 * part / whole)} of 100", words)


def _interval(one: Asked) -> list[Html]:
    return [Html(" "), tag("small", text(f"({one.interval})"))] if one.interval else []


def box(found: list[Asked]) -> Html:
    """The questions beside each other."""
    if not found:
        return Html("")
    cells = [
        tag(
            "div",
            tag("dt", text(one.question)),
            tag("dd", tag("b", text(one.answer)), *_interval(one), tag("span", text(one.words))),
        )
        for one in found[:MOST]
    ]
    return tag("dl", *cells, class_="asked")
