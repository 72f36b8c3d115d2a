"""Random experiments as a person could write them, loud and small, and the tables that the compiler makes of them."""

import datetime
import random
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import scorelab
from scorelab.kernel.fate import key
from scorelab.society.county import people
from scorelab.society.plan import Plan
from scorelab.society.plan import plan as make_plan
from scorelab.spec import defaults
from scorelab.spec.margins import Margins, load_margins
from scorelab.spec.resolved import Resolved, ResolvedWorld
from scorelab.spec.scheme import Scheme
from scorelab.spec.society import Response, Society
from scorelab.tables.build import build
from scorelab.tables.county import county
from tests.twin.strategies import Case

START = datetime.date(2020, 1, 6)
AGES = ("0-5", "6-17", "18-29", "30-44", "45-59", "60+")
CONDITIONS = ("child", "student", "working", "jobless", "retired")


@cache
def margins() -> Margins:
    """The catalogue's margins."""
    return load_margins(Path(scorelab.__path__[0]) / "catalogue" / "societies" / "china-2020")


@cache
def plan() -> Plan:
    """The plan that meets them."""
    return make_plan(margins())


def random_experiment(seed: int) -> Resolved:
    """An experiment from one number: a society, a scheme or two, and worlds that differ from the first."""
    dice = random.Random(seed)
    words = {
        what: [f"{what}-{number}" for number in range(dice.randint(low, high))]
        for what, low, high in (
            ("behaviour", 1, 4),
            ("service", 1, 3),
            ("exposure", 1, 2),
            ("domain", 1, 4),
            ("trait", 0, 2),
        )
    }
    weeks = dice.choice((6, 13, 20, 30, 55))
    society = defaults.society(_society(dice, words))
    schemes = [_scheme(dice, words, number, weeks) for number in range(dice.choice((1, 1, 2)))]
    return Resolved(
        name="random",
        title="Random",
        about="",
        start=START,
        weeks=weeks,
        seed=seed,
        replicates=1,
        counties=3,
        persons=society.persons,
        groups=sorted(dice.sample(["quintile", "residence", "age", "sex"], dice.randint(0, 2))),
        against="world-0",
        focus="world-0",
        society=society,
        margins=margins(),
        worlds=_worlds(dice, words, society, schemes, weeks),
    )


def case_of(resolved: Resolved, number: int = 1) -> Case:
    """What the kernel gets for one county of an experiment."""
    built = build(resolved, plan())
    words = key(resolved.seed)
    society = resolved.society
    traits = tuple(sorted(society.traits))
    who = people(plan(), traits, society.trait_correlation.value, resolved.persons, number, words)
    return Case(county(built, who, number, words), built.kinds, built.law, resolved.weeks, len(built.names.groups))


def experiments() -> st.SearchStrategy[Resolved]:
    """Random experiments, one number each."""
    return st.integers(0, 2**32 - 1).map(random_experiment)


def _number(dice: random.Random, low: float, high: float, *, ceiling: bool = False) -> Any:
    value = round(dice.uniform(low, high), 3)
    if not ceiling or dice.random() < 0.5:
        return value
    # A range whose upper end lies above or below what is asked for: candidates are thinned, or drawn in layers.
    return {"value": value, "range": [value, value * dice.choice((1.0, 1.5, 3.0))], "basis": "assumed"}


def _who(dice: random.Random) -> dict[str, Any]:
    return {
        "age": {word: round(dice.uniform(0, 2), 2) for word in AGES if dice.random() < 0.3},
        "quintile": {"q1": 2.0} if dice.random() < 0.3 else {},
        "condition": {word: round(dice.uniform(0.2, 2), 2) for word in CONDITIONS if dice.random() < 0.3},
    }


def _society(dice: random.Random, words: dict[str, list[str]]) -> Society:
    def some_trait() -> Any:
        return dice.choice([None, *words["trait"]])

    behaviours = {
        name: {
            "domain": dice.choice(words["domain"]),
            "standing": dice.choice(("unlawful", "lawful", "prosocial")),
            "trait": some_trait(),
            "per_year": _number(dice, 2, 15, ceiling=True),
            "act": _number(dice, 0.3, 1),
            "settles_per_year": _number(dice, 5, 50),
            "who": _who(dice),
        }
        for name in words["behaviour"]
    }
    services = {
        name: {
            "domain": dice.choice(words["domain"]),
            "trait": some_trait(),
            "per_year": _number(dice, 2, 15, ceiling=True),
            "success": _number(dice, 0.5, 1),
            "retry": _number(dice, 0, 1),
            "grants_work": dice.random() < 0.5,
            "who": _who(dice),
        }
        for name in words["service"]
    }
    return Society.model_validate(
        {
            "format": 1,
            "society": "random",
            "title": "Random",
            "about": "",
            "margins": "china-2020",
            "counties": 3,
            "persons": dice.randint(40, 200),
            "trait_correlation": _number(dice, 0, 0.9),
            "traits": {name: {"shape": _number(dice, 0.2, 4)} for name in words["trait"]},
            "behaviours": behaviours,
            "exposures": {name: {"ceiling_per_year": 4.0, "who": _who(dice)} for name in words["exposure"]},
            "services": services,
            "job_loss": {"per_year": _number(dice, 1, 6), "who": _who(dice)},
            "response": _response(dice),
        }
    )


def _response(dice: random.Random) -> dict[str, Any]:
    return {
        "undeterrable": _number(dice, 0, 0.5),
        "sensitivity": _number(dice, 1, 20),
        "certainty_power": _number(dice, 0.5, 2),
        "severity_power": _number(dice, 0, 1),
        "prior_risk": _number(dice, 0, 1),
        "learning": _number(dice, 0, 1),
        "half_life_weeks": _number(dice, 2, 40),
        "spread": _number(dice, 0, 1),
        "not_asking": _number(dice, 0, 1),
        "settling_when_jobless": _number(dice, 0, 1),
    }


def _scheme(dice: random.Random, words: dict[str, list[str]], number: int, weeks: int) -> dict[str, Any]:
    """One scheme as plain values, so that worlds can change it; only the first keeps a score."""
    behaviours = words["behaviour"]
    score = number == 0 and dice.random() < 0.8
    lists = {f"list-{number}-{part}": _list(dice, score) for part in range(dice.randint(1, 3))}
    sources = {}
    for part in range(dice.randint(1, 3)):
        watched = dice.sample(behaviours, dice.randint(1, len(behaviours)))
        source: dict[str, Any] = {
            "kind": dice.choice(("staff", "court")),
            "watches": {name: _number(dice, 0.2, 1) for name in watched},
            "delay_weeks": 2 * (dice.random() < 0.4),
        }
        if dice.random() < 0.8:
            source["mistakes"] = {"exposure": dice.choice(words["exposure"]), "per_year": _number(dice, 0.5, 9)}
        sources[f"source-{number}-{part}"] = source
    rules: list[dict[str, Any]] = [
        {"when": [name], "onto": dice.choice(list(lists))} for name in behaviours if dice.random() < 0.5
    ]
    rules += [{"when": [name], "points": dice.choice((-40, -10, 10))} for name in behaviours if score]
    bars = [
        {"while_on": name, "bar": dice.sample(words["service"], dice.randint(1, len(words["service"]))), "whom": whom}
        for name in lists
        for whom in ("self", "child")
        if dice.random() < 0.7
    ]
    return {
        "format": 1,
        "scheme": f"scheme-{number}",
        "title": "Random",
        "about": "",
        "in_force": START + datetime.timedelta(days=dice.choice((-400, 0, 10, 7 * (weeks // 2)))),
        "aware": _number(dice, 0, 1),
        "sources": sources,
        "score": {"start": 100, "lowest": 0, "highest": 130, "recovery_per_week": dice.choice((0, 3))}
        if score
        else None,
        "lists": lists,
        "rules": rules,
        "consequences": bars,
    }


def _list(dice: random.Random, score: bool) -> dict[str, Any]:
    how = dice.choice(("term", "settled", "repeat", "score") if score else ("term", "settled", "repeat"))
    clause: dict[str, Any] = {"notice": _number(dice, 0, 1), "corrected_per_year": _number(dice, 0, 20)}
    if how == "term":
        clause["term_weeks"] = dice.randint(1, 12)
    else:
        clause["until"] = "score" if how == "score" else "settled"
    if how == "repeat":
        clause["repeat"] = {"count": dice.randint(1, 2), "within_weeks": dice.randint(1, 20), "then_weeks": 5}
    if how == "score" or (score and dice.random() < 0.4):
        clause["enter_below"] = dice.choice((70, 90))
    if how == "score":
        clause["leave_at"] = dice.choice((90, 100))
    return clause


def _worlds(
    dice: random.Random, words: dict[str, list[str]], society: Society, schemes: list[dict[str, Any]], weeks: int
) -> list[ResolvedWorld]:
    def world(
        laws: list[dict[str, Any]],
        response: Response = society.response,
        without: tuple[str, ...] = (),
        placebo: bool = False,
    ) -> ResolvedWorld:
        made = [defaults.scheme(Scheme.model_validate(law)) for law in laws]
        return ResolvedWorld("", "", made, response, list(without), placebo)

    others = [
        world([]),
        world(schemes),
        world(schemes, placebo=True),
        world(schemes, without=("false_records",)),
        world(schemes, without=("ties",)),
        world(schemes, without=("false_records", "ties")),
        world(schemes, Response.model_validate(_response(dice))),
        world([_scheme(dice, words, number, weeks) for number in range(len(schemes))]),
    ]
    chosen = [world(schemes), *dice.sample(others, dice.choice((0, 1, 3, 3, 7)))]
    names = [f"world-{number}" for number in range(len(chosen))]
    return [
        ResolvedWorld(name, name, one.schemes, one.response, one.without, one.placebo)
        for name, one in zip(names, chosen, strict=True)
    ]
