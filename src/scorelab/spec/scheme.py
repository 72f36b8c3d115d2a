"""A scheme: what watches, what a record leads to, and which doors a listing closes."""

import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from scorelab.spec.quantity import Number, Strict

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
"""A word of a file: lower-case letters, digits and single hyphens."""


class Mistakes(Strict):
    """False records of a source: somebody else's act, or nobody's, is written down against a person."""

    exposure: Name = Field(description="the society's exposure on which mistakes happen, such as same-name")
    per_year: Number = Field(description="false records per year and person of the society")


class Source(Strict):
    """What watches. An error model, never a sensor."""

    kind: Literal["staff", "court"]
    watches: dict[Name, Number] = Field(
        min_length=1, description="behaviour -> chance that an act of it ends in a record (sensitivity)"
    )
    mistakes: Mistakes | None = None
    delay_weeks: Annotated[int, Field(ge=0, le=52)] = 0
    cite: list[str] = []
    note: str = ""


class Repeat(Strict):
    """Escalation on repetition: who comes back onto the list soon after settling stays on it longer."""

    count: Annotated[int, Field(ge=1, le=200)]
    within_weeks: Annotated[int, Field(ge=1, le=520)]
    then_weeks: Annotated[int, Field(ge=1, le=520)]


class ListClause(Strict):
    """A list: how long one stays on it and how one leaves it.

    Exactly one of ``term_weeks`` (a fixed term, counted anew from each record) and ``until`` says when it ends:
    ``settled``, when the person has made good, or ``score``, when the score is back at ``leave_at``.
    """

    term_weeks: Annotated[int, Field(ge=1, le=2080)] | None = None
    until: Literal["settled", "score"] | None = None
    enter_below: Annotated[int, Field(ge=-10_000, le=10_000)] | None = Field(
        default=None, description="whoever's score falls below this is listed"
    )
    leave_at: Annotated[int, Field(ge=-10_000, le=10_000)] | None = Field(
        default=None, description="with until: score, the score at which one leaves"
    )
    notice: Number | None = Field(default=None, description="chance of being told when listed; default 1")
    corrected_per_year: Number | None = Field(
        default=None, description="rate per year at which a listing on false records is struck off; default 0"
    )
    repeat: Repeat | None = Field(default=None, description="only with until: settled")
    cite: list[str] = []
    note: str = ""


class Rule(Strict):
    """What a record of these behaviours leads to: points, a listing, or both."""

    when: list[Name] = Field(min_length=1)
    points: Annotated[int, Field(ge=-1000, le=1000)] | None = None
    onto: Name | None = Field(default=None, description="the list that a record puts the person on")
    cite: list[str] = []
    note: str = ""


class Score(Strict):
    """The number: where everybody starts, its bounds, and how fast it comes back."""

    start: Annotated[int, Field(ge=-10_000, le=10_000)]
    lowest: Annotated[int, Field(ge=-10_000, le=10_000)]
    highest: Annotated[int, Field(ge=-10_000, le=10_000)]
    recovery_per_week: Annotated[int, Field(ge=0, le=1000)] = 0
    cite: list[str] = []
    note: str = ""


class Consequence(Strict):
    """Services barred while a person is on a list: for that person, or for the person's child in the household."""

    while_on: Name
    bar: list[Name] = Field(min_length=1)
    whom: Literal["self", "child"]
    cite: list[str] = []
    note: str = ""


class Scheme(Strict):
    """A scoring scheme, as a person writes it."""

    format: Literal[1]
    scheme: Name
    title: str
    about: str
    in_force: datetime.date
    aware: Number | None = Field(default=None, description="share who know of the scheme beforehand; default 0")
    sources: dict[Name, Source] = {}
    score: Score | None = None
    lists: dict[Name, ListClause] = {}
    rules: list[Rule] = []
    consequences: list[Consequence] = []
    left_out: list[str] = Field(default=[], description="what the real rules say that this file does not model")
