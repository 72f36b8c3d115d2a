"""Random experiments as a person could write them: files that scorelab itself reads, and the tables made of them."""

import datetime
import itertools
import json
import random
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from scorelab.kernel.fate import key
from scorelab.runs.lives import composition
from scorelab.society.county import people
from scorelab.society.plan import Plan
from scorelab.society.plan import plan as make_plan
from scorelab.spec.find import CATALOGUE
from scorelab.spec.load import Options, resolve
from scorelab.spec.margins import Margins, load_margins
from scorelab.spec.resolved import Resolved
from scorelab.tables.build import build
from scorelab.tables.county import county
from scorelab.words import COIN, Switch
from tests.twin.spec_dice import START, Plain, Words
from tests.twin.spec_schemes import random_scheme
from tests.twin.spec_societies import RESPONSE, random_society, random_words
from tests.twin.strategies import Case

SWITCHES = [switch.value for switch in Switch]
SWITCHES_A_SEED = 3
"""So fifteen seeds in a row use every switch."""


@cache
def margins() -> Margins:
    """The catalogue's margins."""
    return load_margins(CATALOGUE / "societies" / "china-2020")


@cache
def plan() -> Plan:
    """The plan that meets them."""
    return make_plan(margins())


def random_files(seed: int) -> tuple[dict[str, Plain], tuple[str, ...]]:
    """File -> what is in it, and options such as one may give on the command line."""
    dice = random.Random(seed)
    words = random_words(dice)
    count = dice.choice((1, 1, 2))
    keeps, joins = dice.choice((0, 0, 0, count - 1, -1)), dice.randrange(count)

    def scheme(number: int) -> Plain:
        return random_scheme(dice, words, number, scored=number == keeps, fusing=number == joins)

    schemes = {f"scheme-{number}.yaml": scheme(number) for number in range(count)}
    changed = scheme(0)
    worlds = _worlds(dice, seed, list(schemes.values()), [*words.attributes, COIN])
    files = {
        "society.yaml": random_society(dice, words),
        **schemes,
        "changed.yaml": changed,
        "experiment.yaml": _experiment(dice, seed, words, worlds),
    }
    return files, _options(dice, words)


def random_experiment(seed: int) -> Resolved:
    """An experiment from one number, read from its files: nothing that scorelab would refuse is ever built."""
    files, options = random_files(seed)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_text(written(data))
        return resolve(str(Path(folder) / "experiment.yaml"), options=Options(sets=options))


def case_of(resolved: Resolved, number: int = 1) -> Case:
    """What the kernel gets for one county of an experiment."""
    built = build(resolved, composition(plan(), resolved.society))
    words = key(resolved.seed)
    who = people(plan(), resolved.society, resolved.persons, number, words)
    return Case(county(built, who, number, words), built.kinds, built.law, resolved.weeks, len(built.names.groups))


def experiments() -> st.SearchStrategy[Resolved]:
    """Random experiments, one number each."""
    return st.integers(0, 2**32 - 1).map(random_experiment)


def written(data: Plain) -> str:
    """The YAML of a file, one key of the top a line."""
    return "".join(f"{name}: {_flow(value)}\n" for name, value in data.items())


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(name)}: {_flow(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(item) for item in value) + "]"
    return value.isoformat() if isinstance(value, datetime.date) else json.dumps(value)


def _options(dice: random.Random, words: Words) -> tuple[str, ...]:
    """A rate that is set beyond its range, so that candidates are drawn in layers."""
    if dice.random() < 0.6:
        return ()
    return (f"society.behaviours.{dice.choice(words.behaviours)}.per_year={dice.randint(20, 60)}",)


def _experiment(dice: random.Random, seed: int, words: Words, worlds: dict[str, Plain]) -> Plain:
    breakdown = ["quintile", "residence", "age", "sex", *words.attributes]
    return {
        "format": 1,
        "experiment": "random",
        "title": "Random",
        "about": "What is what?",
        "society": "./society.yaml",
        "start": START,
        "weeks": words.weeks,
        "seed": seed,
        "worlds": worlds,
        "against": "world-0",
        "focus": next(iter(worlds)),
        "groups": dice.sample(breakdown, dice.randint(0, 2)),
    }


def _worlds(dice: random.Random, seed: int, schemes: list[Plain], attributes: list[str]) -> dict[str, Plain]:
    """A first world with all schemes, and others that are like it but for one thing or a few."""
    first = {"schemes": [f"./{scheme['scheme']}.yaml" for scheme in schemes]}
    like: Plain = {"like": "world-0"}
    sources = [name for scheme in schemes for name in scheme["sources"]]
    response = {f"response.{name}": _within(dice, RESPONSE[name]) for name in dice.sample(sorted(RESPONSE), 5)}
    others = [
        {"schemes": []},
        {**like, "title": "Once more"},
        {**like, "placebo": True},
        {**like, "without": ["false_records"]},
        {**like, "without": ["ties"]},
        {**like, "without": ["false_records", "ties"]},
        {**like, "without": ["spiral"]},
        {**like, "without": [f"source:{dice.choice(sources)}"]},
        {**like, "set": response},
        {**like, "exempts": dice.choice(attributes)},
        {**like, "covers": dice.choice(attributes)},
        {"schemes": ["./changed.yaml", *first["schemes"][1:]]},
        {**like, "set": _set_in(dice, schemes[0])},
    ]
    without = [{**like, "without": words} for words in _switches(dice, seed)]
    chosen = [*without, *dice.sample(others, dice.choice((0, 1, 1, 2, 4)))]
    worlds = [first, *(world for number, world in enumerate(chosen) if world not in chosen[:number])]
    return {f"world-{number}": world for number, world in enumerate(worlds)}


def _switches(dice: random.Random, seed: int) -> list[list[str]]:
    """The next switches in a row that goes round with the seeds: together, or some of them by themselves."""
    words = [SWITCHES[(SWITCHES_A_SEED * seed + step) % len(SWITCHES)] for step in range(SWITCHES_A_SEED)]
    cuts = dice.choice(((0, 3), (0, 3), (0, 1, 3), (0, 2, 3), (0, 1, 2, 3)))
    return [words[begin:end] for begin, end in itertools.pairwise(cuts)]


def _within(dice: random.Random, ends: tuple[float, float]) -> float:
    return round(dice.uniform(*ends), 3)


def _set_in(dice: random.Random, scheme: Plain) -> Plain:
    """Another value of something in a scheme that is set in a world."""
    source = dice.choice(sorted(scheme["sources"]))
    behaviour = dice.choice(sorted(scheme["sources"][source]["watches"]))
    found = {f"sources.{source}.watches.{behaviour}": _within(dice, (0.1, 1)), "aware": _within(dice, (0, 1))}
    for name, clause in scheme["lists"].items():
        if "term_weeks" in clause and "repair" not in clause:
            found[f"lists.{name}.term_weeks"] = dice.randint(1, 9)
    return {f"{scheme['scheme']}.{path}": value for path, value in found.items()}
