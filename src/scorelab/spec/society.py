"""A society: who lives in a county, what they meet, what they need, and how they respond."""

from typing import Annotated, Literal

from pydantic import Field

from scorelab.spec.limits import MOST_COUNTIES, MOST_PERSONS
from scorelab.spec.quantity import Cite, Note, Number, Strict
from scorelab.spec.who import Group, Name, Title, Who


class Trait(Strict):
    """A lasting difference between persons (a frailty): gamma distributed with mean 1."""

    shape: Number = Field(description="shape of the gamma distribution; small means that few people meet most of it")


class Behaviour(Strict):
    """What an occasion is about, and what people do when nothing deters them."""

    domain: Name = Field(description="the part of life that it belongs to, within which experience carries over")
    standing: Literal["unlawful", "lawful", "prosocial"] = Field(
        description="what the law or the neighbours think of it: only unlawful acts are misconduct"
    )
    gravity: Number | None = Field(
        default=None,
        description="gravity of an unlawful act, for measures alone: 1 minor (also unsaid), 2 serious, 3 crime-like",
    )
    trait: Name | None = Field(default=None, description="the lasting difference that it depends on")
    per_year: Number = Field(description="occasions per year, mean over all persons of the society at week 0")
    act: Number = Field(description="chance of acting on an occasion when nothing deters")
    settles_per_year: Number | None = Field(
        default=None, description="rate per year at which somebody who is listed for it makes good; default 0"
    )
    substitute: Name | None = Field(default=None, description="the behaviour that some turn to when deterred from it")
    who: Who = Field(default=Who(), description="who meets more occasions")
    title: Title = ""


class Exposure(Strict):
    """Something at which one can be mistaken for another: a passage, a name shared with others."""

    ceiling_per_year: Number = Field(
        description="false records per year and person drawn at once; a source may ask for more"
    )
    who: Who = Field(default=Who(), description="who is taken for somebody else more often")
    title: Title = ""


class Service(Strict):
    """What people need and ask for."""

    domain: Name = Field(description="the part of life that it belongs to")
    trait: Name | None = Field(default=None, description="the lasting difference that it depends on")
    per_year: Number = Field(description="needs per year, mean over all persons of the society at week 0")
    success: Number = Field(description="chance of getting it when no scheme bars it")
    retry: Number | None = Field(default=None, description="chance of trying once more after a denial; default 0")
    grants_work: bool = Field(default=False, description="whoever is jobless and gets it, works")
    life_chance: bool = Field(default=False, description="a place whose loss lasts: school, university, work")
    online: Number | None = Field(default=None, description="share of asks that need a working connection; default 0")
    refill: Number | None = Field(
        default=None, description="share of places refused to some that others get in the next week; default 0"
    )
    arrears_if_denied: Number | None = Field(
        default=None, description="chance that whoever is denied it falls into arrears; default 0"
    )
    who: Who = Field(default=Who(), description="who needs it more often")
    title: Title = ""


class JobLoss(Strict):
    """The life event by which a working person becomes jobless."""

    per_year: Number = Field(description="per year, mean over all persons of the society at week 0")
    who: Who = Field(default=Who(), description="who loses work more often")


class Arrears(Strict):
    """Falling behind with payments, and getting out of it."""

    share: Number = Field(description="share of adults who are in arrears at week 0")
    begins_per_year: Number = Field(description="per year, mean over all persons of the society at week 0")
    ends_per_year: Number = Field(description="rate per year of those who are in arrears and work")
    when_not_working: Number = Field(description="factor on getting out while not working")
    over_a_fine: Number = Field(description="chance of falling into arrears over a fine")
    who: Who = Field(default=Who(), description="who falls into arrears")
    fined: Group = Field(default=Group(), description="factors on falling into arrears over a fine")


class Attribute(Strict):
    """Something else that a person is: with a chance by what the person is, or as the household has it."""

    share: Number | None = Field(default=None, description="mean share of persons of the society who are so")
    who: Group = Field(default=Group(), description="who is so more often; only with share")
    household: Literal["lone-parent"] | None = Field(
        default=None, description="instead of a share: who lives in such a household"
    )
    title: Title = ""


class Circles(Strict):
    """A kind of tie that comes from circles of people: everybody in a circle is tied to everybody else in it."""

    circles: Annotated[int, Field(ge=0, le=4)] = Field(description="circles that a person is in")
    smallest: Annotated[int, Field(ge=2, le=12)] = Field(description="people in the smallest circles")
    largest: Annotated[int, Field(ge=2, le=12)] = Field(description="people in the largest circles")
    mixing: Number = Field(description="share of people who stand in their circle by chance, not by likeness")
    cite: Cite = []
    note: Note = ""


class Ties(Strict):
    """Friends and colleagues; partners, parents, children and households come from the margins."""

    friends: Circles = Field(description="circles of friends")
    colleagues: Circles = Field(description="circles of people who work together")


class Response(Strict):
    """How people respond to what they believe. Symbols as in the model's page on response."""

    undeterrable: Number = Field(description="alpha: the share of acting that no risk deters")
    sensitivity: Number = Field(description="beta: how strongly perceived risk deters")
    chilling: Number = Field(description="factor on beta for lawful acts")
    certainty_power: Number = Field(description="a: exponent of perceived risk")
    severity_power: Number = Field(description="c: exponent of what is at stake (years on a list)")
    nearness: Number = Field(description="nu: how much more is at stake just above a cut of the score")
    prior_risk: Number = Field(description="perceived chance of a record before any experience")
    learning: Number = Field(description="lambda: how far one experience moves perceived risk")
    half_life_weeks: Number = Field(description="after which a departure from the prior has halved")
    spread: Number = Field(description="tau: share of a change that passes to the other domains")
    talk: Number = Field(description="chance of hearing of a listing in the household, of a friend or a colleague")
    heard: Number = Field(description="how far a listing that one hears of moves perceived risk")
    publicity: Number = Field(description="how far one published listing for 1,000 adults moves everybody's")
    displacement: Number = Field(description="d: chance that a deterred act moves to its substitute")
    diffusion: Number = Field(description="g: fear of unwatched acts, as a share of that of the domain's watched ones")
    backlash: Number = Field(description="B: share of people whom a campaign pushes the other way")
    contagion: Number = Field(description="c: how far others' acting more or less than usual carries one along")
    grievance: Number = Field(description="fall of legitimacy with each false record or denial without notice")
    defiance: Number = Field(description="eta: exponent of acting more as legitimacy falls")
    reward: Number = Field(description="gamma: what certainty of a reward adds to acting, for each 10 points")
    crowding: Number = Field(description="kappa: what being rewarded at all takes away from it")
    not_asking: Number = Field(description="v: chance that someone who knows of a bar does not ask")
    cannot_pay: Number = Field(description="share of listed people who cannot make good in a year")
    felt_loss: Number = Field(description="h1: how much faster people make good once something was denied")
    settling_when_jobless: Number = Field(description="factor on the rate of making good while jobless")
    stigma: Number = Field(description="how much more often people on a published list lose their job")
    shunned: Number = Field(description="share of jobs that employers refuse to people on a published list")


class Country(Strict):
    """The country that the counties of a society are counties of; lived with ``--scale full``.

    The persons of its counties are lognormal, one draw a county, scaled so that together they are the country's.
    """

    counties: Number = Field(description="how many counties the country has")
    persons: Number = Field(description="how many people live in them together")
    spread: Number = Field(description="standard deviation of the logarithm of a county's persons; 0: all are equal")


class Society(Strict):
    """A synthetic society, generated from marginal tables of whole populations only."""

    format: Literal[1] = Field(description="the version of this language")
    society: Name = Field(description="its name, by which other files call it")
    title: str = Field(description="what it is called in a report")
    about: str = Field(description="which society it stands for, and on what it rests")
    margins: str = Field(description="folder of the marginal tables (CSV), relative to this file")
    counties: Annotated[int, Field(ge=1, le=MOST_COUNTIES)] = Field(description="number of counties")
    persons: Annotated[int, Field(ge=1, le=MOST_PERSONS)] = Field(description="persons per county")
    country: Country | None = Field(
        default=None, description="the country that it stands for, lived with --scale full; none: it has no such size"
    )
    trait_correlation: Number = Field(description="correlation between the traits of a person")
    traits: dict[Name, Trait] = Field(default={}, description="name -> a lasting difference between persons")
    behaviours: dict[Name, Behaviour] = Field(default={}, description="name -> what people do")
    exposures: dict[Name, Exposure] = Field(default={}, description="name -> how one is taken for somebody else")
    services: dict[Name, Service] = Field(default={}, description="name -> what people ask for")
    job_loss: JobLoss | None = Field(default=None, description="losing work; none: nobody does")
    arrears: Arrears | None = Field(default=None, description="falling behind with payments; none: nobody does")
    attributes: dict[Name, Attribute] = Field(default={}, description="name -> something else that some people are")
    ties: Ties | None = Field(default=None, description="friends and colleagues; none: nobody has any")
    response: Response = Field(description="how people respond")
    left_out: list[str] = Field(default=[], description="what matters in the real society and is not modelled")
