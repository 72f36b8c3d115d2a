"""What random files are thrown with: numbers with and without their reasons, factors, and the words that there are."""

import datetime
import random
from typing import Any, NamedTuple

START = datetime.date(2020, 1, 6)
AGES = ("0-5", "6-17", "18-29", "30-44", "45-59", "60+")
GROUPS = {
    "age": AGES,
    "sex": ("female", "male"),
    "residence": ("urban", "rural"),
    "quintile": ("q1", "q2", "q3", "q4", "q5"),
}
CONDITIONS = ("child", "student", "working", "jobless", "retired", "arrears", "throttled")
FAMILY = ("partner", "parent", "child", "household")
CIRCLES = ("friend", "colleague")
Plain = dict[str, Any]


class Words(NamedTuple):
    """What a society has, so that schemes can speak of it."""

    behaviours: list[str]
    services: list[str]
    exposures: list[str]
    domain: dict[str, str]
    """of each behaviour"""
    traits: list[str]
    attributes: list[str]
    prosocial: list[str]
    """behaviours"""
    arrears: bool
    ties: bool
    weeks: int

    def domains(self) -> list[str]:
        """Domains of behaviours."""
        return sorted(set(self.domain.values()))

    def tied(self) -> tuple[str, ...]:
        """Kinds of ties that somebody has."""
        return (*FAMILY, *CIRCLES) if self.ties else FAMILY


def number(dice: random.Random, low: float, high: float) -> Any:
    """A number alone, or with what one should think of it."""
    value = round(dice.uniform(low, high), 3)
    basis = dice.choice(("", "", "", "assumed", "documented", "derived"))
    if not basis:
        return value
    if basis != "assumed":
        return {"value": value, "basis": basis, "cite": ["Somebody 2020, table 1"], "note": "as read"}
    return {"value": value, "range": [low, high], "basis": basis}


def rate(dice: random.Random, low: float, high: float) -> Any:
    """A rate per year; the upper end of its range lies at it or above, where candidates are thinned."""
    value = round(dice.uniform(low, high), 3)
    if dice.random() < 0.5:
        return value
    return {"value": value, "range": [value, value * dice.choice((1.0, 1.5, 3.0))], "basis": "assumed"}


def maybe(dice: random.Random, chance: float, **clauses: Any) -> Plain:
    """These keys, or none of them."""
    return clauses if dice.random() < chance else {}


def some(dice: random.Random, words: Any, least: int = 1) -> list[str]:
    """Some of the words, in any order."""
    return dice.sample(list(words), dice.randint(min(least, len(words)), len(words)))


def factors(dice: random.Random, words: Any, low: float, high: float) -> dict[str, float]:
    """Factors for about a third of the words."""
    return {word: round(dice.uniform(low, high), 2) for word in words if dice.random() < 0.3}


def group(dice: random.Random, low: float = 0.2, high: float = 2.0) -> Plain:
    """Factors by what people are."""
    found = {name: factors(dice, words, low, high) for name, words in GROUPS.items() if dice.random() < 0.5}
    return {name: by_word for name, by_word in found.items() if by_word}


def who(dice: random.Random, attributes: list[str]) -> Plain:
    """The same, and by attributes, and by what life is like now."""
    return {
        **group(dice),
        "attribute": factors(dice, attributes, 0.3, 3.0),
        "condition": factors(dice, CONDITIONS, 0.2, 2.0),
    }


def weeks_later(weeks: int, days: int = 0) -> datetime.date:
    """A day of the run."""
    return START + datetime.timedelta(days=7 * weeks + days)
