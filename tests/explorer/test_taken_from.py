"""A finished run as texts that can be changed: they must mean what was run."""

import json

import pytest

from scorelab.errors import InputError
from scorelab.explorer.asked import Document
from scorelab.explorer.taken_from import MAIN, SOCIETY, document_of_run
from scorelab.spec.find import catalogue
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved
from scorelab.spec.texts import resolve_texts

EXPERIMENTS = [entry.name for entry in catalogue() if entry.kind == "experiment"]


def again(document: Document) -> Resolved:
    setting = document.setting
    options = Options(persons=setting.persons, counties=setting.counties, weeks=setting.weeks, seed=setting.seed)
    return resolve_texts(document.texts, document.main, options)


def of(run: Resolved) -> Document:
    return document_of_run(json.loads(run.to_json()), 10**6, 4000, 2080)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_texts_of_a_run_mean_the_run(name: str) -> None:
    """A value lost on the way would be lived as another scheme than the one that was run."""
    run = resolve(name)
    made = again(of(run))
    assert made.world(made.focus) == run.world(run.focus)
    assert made.world(made.against) == run.world(run.against)
    assert (made.society.response, made.margins, made.weeks) == (run.society.response, run.margins, run.weeks)
    for world in made.worlds:
        assert world == run.world(world.name)


def test_what_was_set_by_hand_stays_set() -> None:
    """The manifest holds what was lived, not what the catalogue says."""
    options = Options(sets=("china-rail-2018.rules.0.points=-7", "society.response.sensitivity=2"), persons=500)
    run = resolve("rail-and-defaulters", options=Options(sets=options.sets[1:], persons=500))
    document = of(run)
    assert SOCIETY in document.texts
    assert again(document).world(run.focus).response == run.world(run.focus).response


def test_a_page_lives_no_more_than_it_asks_for() -> None:
    """A run of a million persons must not be lived when it is only opened."""
    run = resolve("rail-and-defaulters", options=Options(persons=100_000, counties=10))
    document = document_of_run(json.loads(run.to_json()), 25_000, 4, 364)
    assert (document.setting.persons, document.setting.counties) == (25_000, 4)
    assert document.main == MAIN


def test_margins_of_ones_own_are_refused_with_what_to_do() -> None:
    """A page has nowhere to take them from."""
    run = json.loads(resolve("rail-and-defaulters").to_json())
    row = next(row for row in run["margins"]["rows"] if row["margin"] == run["margins"]["rows"][0]["margin"])
    row["note"] = "another table"
    with pytest.raises(InputError, match="margins of their own"):
        document_of_run(run, 100, 1, 10)
