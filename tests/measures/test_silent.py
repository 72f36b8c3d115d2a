"""Clauses that never fired are named, and no others."""

from pathlib import Path
from typing import Any

import pytest

from scorelab.measures.lab import Lab, facts
from scorelab.measures.silent import silent
from tests.measures import sound, village
from tests.measures.handmade import LAW, Rows, manifest, world, write_county, write_manifest

PEOPLE = [{**village.POOR, "persons": 20, "adults": 20}]


def clauses(folder: Path) -> dict[str, float | None]:
    with Lab(facts(folder)) as lab:
        return {one.clause: one.expected for one in silent(lab)}


def lived(folder: Path, law: dict[str, Any], rows: Rows | None = None, weeks: int = 13, **more: Any) -> Path:
    """A run of one law, in which nothing happens but what the rows say."""
    write_manifest(folder, manifest([world("no-scheme", ()), world("as-written", (law,), **more)], weeks))
    write_county(folder, sound.WORLDS, {"people": PEOPLE, **(rows or {})})
    return folder


def test_only_what_never_fired_is_named(tmp_path: Path) -> None:
    assert set(clauses(village.write(tmp_path))) == {
        "source staff: no true record of smoke",
        "source staff: no false record",
        "rule 2 (gamble): no record",
        "list never: nobody entered it",
        "list black bars hotel: nobody was denied it for that",
        "list black bars school for the child: nobody was denied it for that",
        "grade poor bars hotel: nobody was denied it for that",
    }


def test_where_nothing_happens_every_clause_is_silent(tmp_path: Path) -> None:
    assert {
        "told: nobody was told of a record",
        "window: no record was made good",
        "window: nobody objected",
        "appeal: nobody appealed",
        "grade good favours school: nobody got it for that",
        "grade poor throttles: nobody's connection was",
        "rule 1 (smoke, default): no record",
        "source court: no true record of default",
        "list black: nobody entered it",
    } <= set(clauses(lived(tmp_path, village.SCHEME)))


def test_a_scheme_that_begins_after_the_run_says_that_alone(tmp_path: Path) -> None:
    assert list(clauses(lived(tmp_path, {**LAW, "in_force": "2019-01-01"}))) == [
        "in force from 2019-01-01, after the run"
    ]


def test_what_the_calendar_never_brings_is_named(tmp_path: Path) -> None:
    steps = [{"date": "2018-01-01", "share": 0.5}, {"date": "2018-06-04", "share": 1}]
    spells = [
        {"start": "2017-01-02", "end": "2018-01-01", "lifts": 0.1},
        {"start": "2018-01-08", "end": "2018-02-05", "lifts": 0.1},
    ]
    found = clauses(lived(tmp_path, {**LAW, "rollout": steps, "campaigns": spells}))
    assert "rollout 2 (2018-06-04): after the run" in found
    assert "campaign 1 (2017-01-02 to 2018-01-01): not in the weeks of the run" in found
    assert not any(clause.startswith("campaign 2") for clause in found)


RECORDS = {"year": 0, **sound.HERE, "source": "staff", "behaviour": "smoke"}


@pytest.mark.parametrize(
    ("rule", "points", "said"),
    [
        ({"points": -10}, {}, "rule 1 (smoke): no points moved"),
        ({"points": -10}, {"taken": 10}, None),
        ({"points": -10, "after": {"count": 3, "within_weeks": 52}}, {}, None),
        ({"to_grade": "poor"}, {}, "rule 1 (smoke): no points moved"),
        ({"points": -1, "along": {"friend": 0.1}}, {"taken": 1}, "rule 1 (smoke): no points along ties"),
        ({"points": -9, "along": {"friend": 0.5}}, {"taken": 9, "taken_along_ties": 4}, None),
        ({"onto": "black"}, {}, None),
    ],
    ids=["points", "points that moved", "after some", "grade", "rounded away", "along ties", "no points"],
)
def test_a_rule_with_records_can_still_move_nothing(
    tmp_path: Path, rule: dict[str, Any], points: dict[str, int], said: str | None
) -> None:
    law = {**LAW, "rules": [{"when": ["smoke"], **rule}]}
    rows: Rows = {"records": [{**RECORDS, "true": 3, "alerts_true": 3}]}
    rows["points"] = [{**RECORDS, "truth": "true", **points}] if points else []
    found = [clause for clause in clauses(lived(tmp_path, law, rows)) if clause.startswith("rule")]
    assert found == ([said] if said else [])


def test_rules_keep_their_numbers_in_a_world_without_escalation(tmp_path: Path) -> None:
    often = {"when": ["smoke"], "onto": "black", "after": {"count": 3, "within_weeks": 52}}
    law = {**LAW, "rules": [often, {"when": ["default"], "onto": "black"}]}
    found = clauses(lived(tmp_path, law, without=("escalation",)))
    assert [clause for clause in found if clause.startswith("rule")] == ["rule 2 (default): no record"]


def test_ways_off_a_list_that_nobody_took_are_named(tmp_path: Path) -> None:
    black = {"until": "settled", "corrected_per_year": 1, "repair": {"after_weeks": 4, "per_year": 1}}
    law = {**LAW, "lists": {"black": black, "never": {"term_weeks": 4}}}
    rows: Rows = {
        "lists": [{"week": 0, **sound.HERE, "list": "black", "entries_true": 2, "listed": 2}],
        "endings": [{"year": 0, **sound.HERE, "list": "black", "truth": "true", "settled": 1, "weeks": 5}],
    }
    found = [clause for clause in clauses(lived(tmp_path, law, rows)) if clause.startswith("list black: ")]
    assert found == ["list black: no listing was corrected", "list black: no listing was repaired"]


def test_a_denial_by_points_of_ties_is_one_by_the_grade(tmp_path: Path) -> None:
    """Such a denial is for a tie, though it is the person's own grade that bars."""
    flow = [
        {
            "year": 0,
            **sound.HERE,
            "status": "grade poor",
            "service": "hotel",
            "origin": "tie",
            "truth": "true",
            "count": 1,
        }
    ]
    found = clauses(lived(tmp_path, LAW, {"flow": flow}))
    assert "grade poor bars hotel: nobody was denied it for that" not in found
    alone = {**LAW, "rules": [{"when": ["smoke"], "points": -10}]}
    found = clauses(lived(tmp_path / "alone", alone, {"flow": flow}))
    assert "grade poor bars hotel: nobody was denied it for that" in found


def test_a_review_that_drops_nothing_is_named(tmp_path: Path) -> None:
    law = {**LAW, "sources": {"camera": village.CAMERA}}
    rows: Rows = {"records": [{**RECORDS, "source": "camera", "alerts_true": 3, "true": 3}]}
    assert "source camera: the review dropped no alert" in clauses(lived(tmp_path, law, rows))
    rows["records"][0]["alerts_true"] = 4
    assert "source camera: the review dropped no alert" not in clauses(lived(tmp_path, law, rows))
