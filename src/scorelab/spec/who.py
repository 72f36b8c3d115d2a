"""Whom something concerns: relative rates by what people are, and the words for it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from scorelab.spec.quantity import Cite, Note, Strict

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=40)]
"""A word of a file: lower-case letters, digits and single hyphens."""
Title = Annotated[str, Field(description="what it is called in a report; default its name, as words")]

AgeWord = Literal["0-5", "6-17", "18-29", "30-44", "45-59", "60+"]
SexWord = Literal["female", "male"]
ResidenceWord = Literal["urban", "rural"]
QuintileWord = Literal["q1", "q2", "q3", "q4", "q5"]
ConditionWord = Literal["child", "student", "working", "jobless", "retired", "arrears", "throttled"]
TieWord = Literal["partner", "parent", "child", "household", "friend", "colleague"]
Factor = Annotated[float, Field(ge=0, le=1000)]


class Group(Strict):
    """Factors by age, sex, residence and income; an attribute or a word that is not named has the factor 1."""

    age: dict[AgeWord, Factor] = Field(default={}, description="age band in completed years -> factor")
    sex: dict[SexWord, Factor] = Field(default={}, description="sex -> factor")
    residence: dict[ResidenceWord, Factor] = Field(default={}, description="urban or rural -> factor")
    quintile: dict[QuintileWord, Factor] = Field(
        default={}, description="fifth of persons by household income per head, the poorest first -> factor"
    )
    cite: Cite = []
    note: Note = ""


class Who(Group):
    """Relative rates by what people are, and by what their life is like now.

    The factors multiply (arrears and throttled come on top of the other conditions), and the product is scaled so
    that the mean over the society at week 0 is 1.
    """

    attribute: dict[Name, Factor] = Field(default={}, description="attribute of the society -> factor for who has it")
    condition: dict[ConditionWord, Factor] = Field(default={}, description="what life is like now -> factor")
