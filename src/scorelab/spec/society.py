"""A society: who lives in a county, what they meet, what they need, and how they respond."""

from typing import Annotated, Literal

from pydantic import Field

from scorelab.spec.quantity import Number, Strict
from scorelab.spec.scheme import Name

AgeWord = Literal["0-5", "6-17", "18-29", "30-44", "45-59", "60+"]
SexWord = Literal["female", "male"]
ResidenceWord = Literal["urban", "rural"]
QuintileWord = Literal["q1", "q2", "q3", "q4", "q5"]
ConditionWord = Literal["child", "student", "working", "jobless", "retired"]
Factor = Annotated[float, Field(ge=0, le=1000)]


class Who(Strict):
    """Relative rates by attribute; an attribute or a word that is not named has the factor 1.

    The factors multiply, and the product is scaled so that the mean over the society at week 0 is 1.
    """

    age: dict[AgeWord, Factor] = {}
    sex: dict[SexWord, Factor] = {}
    residence: dict[ResidenceWord, Factor] = {}
    quintile: dict[QuintileWord, Factor] = {}
    condition: dict[ConditionWord, Factor] = {}
    cite: list[str] = []
    note: str = ""


class Trait(Strict):
    """A lasting difference between persons (a frailty): gamma distributed with mean 1."""

    shape: Number = Field(description="shape of the gamma distribution; small means that few people meet most of it")


class Behaviour(Strict):
    """What an occasion is about, and what people do when nothing deters them."""

    domain: Name
    standing: Literal["unlawful", "lawful", "prosocial"]
    trait: Name | None = None
    per_year: Number = Field(description="occasions per year, mean over all persons of the society at week 0")
    act: Number = Field(description="chance of acting on an occasion when nothing deters")
    settles_per_year: Number | None = Field(
        default=None, description="rate per year at which somebody who is listed for it makes good; default 0"
    )
    who: Who = Who()
    title: str = ""


class Exposure(Strict):
    """Something at which one can be mistaken for another: a passage, a name shared with others."""

    ceiling_per_year: Number = Field(
        description="false records per year and person drawn at once; a source may ask for more"
    )
    who: Who = Who()
    title: str = ""


class Service(Strict):
    """What people need and ask for."""

    domain: Name
    trait: Name | None = None
    per_year: Number = Field(description="needs per year, mean over all persons of the society at week 0")
    success: Number = Field(description="chance of getting it when no scheme bars it")
    retry: Number | None = Field(default=None, description="chance of trying once more after a denial; default 0")
    grants_work: bool = Field(default=False, description="whoever is jobless and gets it, works")
    who: Who = Who()
    title: str = ""


class JobLoss(Strict):
    """The life event by which a working person becomes jobless."""

    per_year: Number = Field(description="per year, mean over all persons of the society at week 0")
    who: Who = Who()


class Response(Strict):
    """How people respond to what they believe. Symbols as in the model's page on response."""

    undeterrable: Number = Field(description="alpha: the share of acting that no risk deters")
    sensitivity: Number = Field(description="beta: how strongly perceived risk deters")
    certainty_power: Number = Field(description="a: exponent of perceived risk")
    severity_power: Number = Field(description="c: exponent of what is at stake (years on a list)")
    prior_risk: Number = Field(description="perceived chance of a record before any experience")
    learning: Number = Field(description="lambda: how far one experience moves perceived risk")
    half_life_weeks: Number = Field(description="after which a departure from the prior has halved")
    spread: Number = Field(description="tau: share of a change that passes to the other domains")
    not_asking: Number = Field(description="v: chance that someone who knows of a bar does not ask")
    settling_when_jobless: Number = Field(description="factor on the rate of making good while jobless")


class Society(Strict):
    """A synthetic society, generated from published marginal tables only."""

    format: Literal[1]
    society: Name
    title: str
    about: str
    margins: str = Field(description="folder of the marginal tables (CSV), relative to this file")
    counties: Annotated[int, Field(ge=1, le=4000)]
    persons: Annotated[int, Field(ge=1, le=1_000_000)] = Field(description="per county")
    trait_correlation: Number
    traits: dict[Name, Trait] = {}
    behaviours: dict[Name, Behaviour] = {}
    exposures: dict[Name, Exposure] = {}
    services: dict[Name, Service] = {}
    job_loss: JobLoss | None = None
    response: Response
    left_out: list[str] = []
