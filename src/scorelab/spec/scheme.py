"""A scheme: what watches, what a record leads to, and which doors a listing or a grade closes or opens."""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from scorelab.spec.quantity import Cite, Note, Number, Strict
from scorelab.spec.who import AgeWord, ConditionWord, Group, Name, QuintileWord, ResidenceWord, SexWord, TieWord

Points = Annotated[int, Field(ge=-1000, le=1000)]
Weeks = Annotated[int, Field(ge=1, le=2080)]
Weight = Annotated[int, Field(ge=-10_000, le=10_000)]


class Matching(Strict):
    """False matches of a recogniser: so many scans of a person a year, each compared with a whole gallery."""

    scans_per_year: Number = Field(description="passages of a person by the sensors, per year")
    false_match_rate: Number = Field(description="chance that a comparison of two different people is a match")
    gallery: Number = Field(description="people with whom each scan is compared")


class Mistakes(Strict):
    """False records of a source: somebody else's act, or nobody's, is written down against a person.

    How many there are is said either by ``per_year`` or by ``matching``, whose three numbers are multiplied.
    """

    exposure: Name = Field(description="the society's exposure on which mistakes happen, such as same-name")
    per_year: Number | None = Field(default=None, description="false alerts per year and person of the society")
    matching: Matching | None = Field(default=None, description="instead of per_year: what makes false matches")
    who: Group = Field(default=Group(), description="factors on the chance of a mistake; their mean is not scaled")


class Review(Strict):
    """A human looks at each alert before it becomes a record."""

    keeps_true: Number = Field(description="share of true alerts that become records")
    keeps_false: Number = Field(description="share of false alerts that become records all the same")


class Attention(Strict):
    """A source looks more closely at whoever is already on a list or has a low grade."""

    while_on: list[Name] = Field(default=[], description="lists of this scheme; being on any of them is enough")
    while_grade: list[Name] = Field(default=[], description="grades; having any of them is enough")
    times: Number = Field(description="factor on noticing and on erring")


class Weights(Strict):
    """Integer weights on declared attributes, added up into a score of risk."""

    age: dict[AgeWord, Weight] = Field(default={}, description="age band in completed years -> weight")
    sex: dict[SexWord, Weight] = Field(default={}, description="sex -> weight")
    residence: dict[ResidenceWord, Weight] = Field(default={}, description="urban or rural -> weight")
    quintile: dict[QuintileWord, Weight] = Field(default={}, description="fifth of persons by income -> weight")
    attribute: dict[Name, Weight] = Field(default={}, description="attribute of the society -> weight of having it")
    condition: dict[ConditionWord, Weight] = Field(default={}, description="what life is like now -> weight")


class Selects(Strict):
    """A rule of kind risk: only whoever has at least so much weight is looked at; others as ``otherwise`` says."""

    at_least: Weight = Field(description="the sum of weights from which on one is selected")
    weights: Weights = Field(description="what adds to the sum; what is not named adds nothing")
    otherwise: Number | None = Field(
        default=None, description="factor on noticing and on erring for who is not selected; default 0"
    )
    cite: Cite = []
    note: Note = ""


class Source(Strict):
    """What watches. An error model, never a sensor."""

    kind: Literal[
        "staff",
        "police",
        "court",
        "administration",
        "bank",
        "employer",
        "camera",
        "web",
        "purchases",
        "platform",
        "neighbours",
        "averaging",
    ] = Field(description="what it is; a word for readers, without effect")
    watches: dict[Name, Number] = Field(
        min_length=1, description="behaviour -> chance that an act of it is noticed (sensitivity)"
    )
    mistakes: Mistakes | None = Field(default=None, description="its false records; none: it is never wrong")
    sees: Group = Field(default=Group(), description="factors on noticing; their mean is not scaled")
    review: Review | None = Field(default=None, description="a look at each alert; none: each becomes a record")
    attention: Attention | None = Field(default=None, description="a closer look at those with a record")
    selects: Selects | None = Field(default=None, description="a look at those alone who are thought likely")
    delay_weeks: Annotated[int, Field(ge=0, le=52)] = Field(default=0, description="weeks from an act to its record")
    cite: Cite = []
    note: Note = ""


class Fusion(Strict):
    """What several sources write about one act is joined into one record."""

    of: list[Name] = Field(min_length=2, description="sources of this scheme")
    needs: Annotated[int, Field(ge=1, le=32)] = Field(
        default=1, description="how many of them must have written an act down for a record of it"
    )
    confirms: Number | None = Field(
        default=None, description="share of their false records that the others seem to confirm; default 1"
    )
    cite: Cite = []
    note: Note = ""


class Repeat(Strict):
    """Escalation on repetition: who comes back onto the list soon after settling stays on it longer."""

    count: Annotated[int, Field(ge=1, le=200)] = Field(description="records after settling that it takes")
    within_weeks: Annotated[int, Field(ge=1, le=520)] = Field(description="weeks after settling in which they count")
    then_weeks: Annotated[int, Field(ge=1, le=520)] = Field(description="weeks that one stays on after settling again")


class Repair(Strict):
    """A way off a list before its term: on request, from some time after the last record on."""

    after_weeks: Annotated[int, Field(ge=0, le=2080)] = Field(description="weeks since the last record")
    per_year: Number = Field(description="rate per year at which it is asked for and granted, from then on")


class ListClause(Strict):
    """A list: how long one stays on it and how one leaves it.

    Exactly one of ``term_weeks`` (a fixed term, counted anew from each record) and ``until`` says when it ends:
    ``settled``, when the person has made good, or ``score``, when the score is back at ``leave_at``.
    """

    term_weeks: Weeks | None = Field(default=None, description="weeks on the list, counted anew from each record")
    until: Literal["settled", "score"] | None = Field(default=None, description="instead of a term: what ends it")
    enter_below: Annotated[int, Field(ge=-10_000, le=10_000)] | None = Field(
        default=None, description="whoever's score falls below this is listed"
    )
    leave_at: Annotated[int, Field(ge=-10_000, le=10_000)] | None = Field(
        default=None, description="with until: score, the score at which one leaves"
    )
    red: bool = Field(default=False, description="an honour: being on it is no restriction")
    published: bool = Field(default=False, description="everybody can read who is on it")
    notice: Number | None = Field(default=None, description="chance of being told when listed; default 1")
    corrected_per_year: Number | None = Field(
        default=None, description="rate per year at which a listing on false records is struck off; default 0"
    )
    repeat: Repeat | None = Field(default=None, description="longer stays on return, only with until: settled")
    repair: Repair | None = Field(default=None, description="a way off the list before its end")
    loses_work: Number | None = Field(default=None, description="chance of losing one's job over the entry; default 0")
    cite: Cite = []
    note: Note = ""


class Discretion(Strict):
    """An official may go from the rule's points to ``to``; how far is the official's own way, or half of it."""

    to: Points = Field(description="the other end of the points that an official may give")
    disagreement: Number = Field(description="share of cases that the official decides by own severity")


class Within(Strict):
    """So many records within so many weeks, counted from the first of them."""

    count: Annotated[int, Field(ge=2, le=200)] = Field(description="records that it takes")
    within_weeks: Weeks = Field(description="weeks, counted from the first of them")


class AtMost(Strict):
    """No more points than that within so many weeks, counted from the first of them."""

    points: Annotated[int, Field(ge=1, le=10_000)] = Field(description="points at most, given or taken")
    within_weeks: Weeks = Field(description="weeks, counted from the first record")


class Rule(Strict):
    """What a record of these behaviours leads to: points, a listing, a grade, a fine."""

    when: list[Name] = Field(min_length=1, description="behaviours, a record of any of which is enough")
    points: Points | None = Field(default=None, description="points that are given, or taken if negative")
    discretion: Discretion | None = Field(default=None, description="how far an official may go from the points")
    to_grade: Name | None = Field(default=None, description="takes as many points as lead down into this grade")
    onto: Name | None = Field(default=None, description="the list that a record puts the person on")
    after: Within | None = Field(default=None, description="the rule applies from that repetition on")
    at_most: AtMost | None = Field(default=None, description="the rule moves no more points than that")
    expires_weeks: Weeks | None = Field(default=None, description="its points are taken back after so many weeks")
    fine: bool = Field(default=False, description="a fine, over which some fall into arrears")
    along: dict[TieWord, Number] = Field(default={}, description="share of the points that such ties get as well")
    cite: Cite = []
    note: Note = ""


class Score(Strict):
    """The number: where everybody starts, its bounds, its grades, and how fast it comes back."""

    start: Annotated[int, Field(ge=-10_000, le=10_000)] = Field(description="points with which everybody begins")
    lowest: Annotated[int, Field(ge=-10_000, le=10_000)] = Field(description="no score is below it")
    highest: Annotated[int, Field(ge=-10_000, le=10_000)] = Field(description="no score is above it")
    recovery_per_week: Annotated[int, Field(ge=0, le=1000)] = Field(
        default=0, description="points that come back in a week, of those that were taken"
    )
    grades: dict[Name, Annotated[int, Field(ge=-10_000, le=10_000)]] = Field(
        default={}, description="grade -> lowest score of it; one of them begins at the lowest score of all"
    )
    cite: Cite = []
    note: Note = ""


class Consequence(Strict):
    """What a status does to a person's asks, or to those of the people who are tied to that person.

    The status is being on a list (``while_on``) or having one of some grades (``while_grade``).
    """

    while_on: Name | None = Field(default=None, description="the list, of this scheme")
    while_grade: list[Name] = Field(default=[], description="instead of a list: grades, any of which is enough")
    whom: Literal["self", "partner", "parent", "child", "household", "friend", "colleague"] = Field(
        description="whom it concerns: the person, or those who are so to the person"
    )
    bar: list[Name] = Field(default=[], description="services that are closed")
    share: Number | None = Field(default=None, description="share of a barred service that is closed; default 1")
    favour: dict[Name, Number] = Field(default={}, description="service -> chance of getting it, with the favour")
    throttle: Number | None = Field(default=None, description="share of what is done online that no longer works")
    lose_favours: bool = Field(default=False, description="whoever it reaches along the tie has no favours")
    cite: Cite = []
    note: Note = ""


class Window(Strict):
    """Time between the notice of a record and its effect."""

    weeks: Annotated[int, Field(ge=1, le=104)] = Field(description="from the notice of a record to its effect")
    makes_good: Number | None = Field(
        default=None, description="share of true records that are made good in that time; default 0"
    )
    objects: Number | None = Field(default=None, description="share of those who know of it who object; default 0")
    upheld_if_true: Number | None = Field(
        default=None, description="share upheld of objections to true records; default 0"
    )
    upheld_if_false: Number | None = Field(
        default=None, description="share upheld of objections to false records; default 0"
    )


class Appeal(Strict):
    """What can be done about a record that is in effect."""

    asks: Number = Field(description="share of those who know of it who appeal")
    weeks: Annotated[int, Field(ge=1, le=520)] = Field(description="until it is decided")
    upheld_if_true: Number = Field(description="share upheld of appeals against true records")
    upheld_if_false: Number = Field(description="share upheld of appeals against false records")


class DueProcess(Strict):
    """What a person is told of a record and can do about it."""

    told: Number | None = Field(default=None, description="chance of being told of a record; default 0")
    window: Window | None = Field(default=None, description="time before a record takes effect; none: at once")
    appeal: Appeal | None = Field(default=None, description="a review of a record in effect; none: there is no such")
    cite: Cite = []
    note: Note = ""


class Rollout(Strict):
    """From this date on the scheme is in force in so many of the counties."""

    date: datetime.date = Field(description="the day")
    share: Number = Field(description="share of the counties in which it is in force from then on")


class OptIn(Strict):
    """The scheme applies to adults who join it, and to nobody else."""

    share: Number = Field(description="share of adults who join at once")
    per_year: Number | None = Field(default=None, description="rate per year at which the others join; default 0")
    cite: Cite = []
    note: Note = ""


class Campaign(Strict):
    """Television, papers and the network speak of the scheme: to everybody, from one date to another."""

    start: datetime.date = Field(description="the day on which they begin")
    end: datetime.date = Field(description="the day on which they stop")
    domains: list[Name] = Field(default=[], description="of behaviours; none named: all")
    lifts: Number | None = Field(
        default=None, description="share of the way to certainty that belief moves a week; default 0"
    )
    informs: Number | None = Field(
        default=None, description="share of those who do not know who learn of it a week; default 0"
    )
    persuades: Number | None = Field(
        default=None,
        description="added each week to the exponent of prosocial acts, taken from that of unlawful ones; default 0",
    )
    cite: Cite = []
    note: Note = ""


class Shown(Strict):
    """A number of a report: a measure, and what of it."""

    measure: str = Field(description="the name of a measure, as docs/measures.md has it")
    item: str | None = Field(default=None, description="what of it, such as a service or a source; none: all")


class Claim(Strict):
    """What somebody says of the scheme, true or not; without effect, a report sets what came out beside it."""

    claim: str = Field(max_length=12, description="its number")
    says: str = Field(description="what is said")
    verdict: Literal["documented", "garbled", "unsupported"] = Field(
        description="whether rules or counts say so, say something else, or were not found"
    )
    because: str = Field(description="on what grounds")
    clauses: list[str] = Field(default=[], description="paths of the parts of this file that make it so")
    shown_by: list[Shown] = Field(default=[], description="numbers that show it at work")
    cite: Cite = []


class Scheme(Strict):
    """A scoring scheme, as a person writes it."""

    format: Literal[1] = Field(description="the version of this language")
    scheme: Name = Field(description="its name, by which other files and paths call it")
    title: str = Field(description="what it is called in a report")
    about: str = Field(description="what it does, in a sentence or two")
    society: str = Field(
        default="china-2020", description="where it is lived if no experiment says so: a name or a file"
    )
    in_force: datetime.date = Field(description="the day from which on it is in force")
    rollout: list[Rollout] = Field(default=[], description="share of counties by date; none: all at once")
    opt_in: OptIn | None = Field(default=None, description="to whom it applies; none: to everybody")
    aware: Number | None = Field(default=None, description="share who know of the scheme beforehand; default 0")
    campaigns: list[Campaign] = Field(default=[], description="what the media say of it")
    sources: dict[Name, Source] = Field(default={}, description="name -> what watches")
    fusion: Fusion | None = Field(default=None, description="sources whose records are joined; none: each by itself")
    score: Score | None = Field(default=None, description="the number, if there is one")
    lists: dict[Name, ListClause] = Field(default={}, description="name -> a list")
    rules: list[Rule] = Field(default=[], description="what a record leads to")
    due_process: DueProcess | None = Field(default=None, description="what people are told and can do about a record")
    consequences: list[Consequence] = Field(default=[], description="what a listing or a grade closes or opens")
    left_out: list[str] = Field(default=[], description="what the real rules say that this file does not model")
    claims: list[Claim] = Field(default=[], description="what is said of it, one by one; without effect")
