"""Gates hold in a sound run, and each fault that they are there for makes one fail."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scorelab.measures.gates import allowed, check
from scorelab.measures.lab import facts
from scorelab.measures.possible import lives_without_the_spiral
from tests.measures import sound
from tests.measures.handmade import LAW, manifest, world, write_county, write_manifest

JOB: dict[str, Any] = {"domain": "work", "title": "Job", "grants_work": True}


def test_a_sound_run_fails_no_gate(tmp_path: Path) -> None:
    found = check(sound.write(tmp_path))
    assert [(gate.name, gate.faults) for gate in found if gate.status == "fails"] == []
    assert {gate.status for gate in found if gate.name in ("cannot hurt", "conservation")} == {"holds"}


@pytest.mark.parametrize(
    ("table", "columns", "said"),
    [
        ("candidates", "kept + 1 AS kept", "occasion smoke: 13 candidates kept, 12 outcomes counted"),
        ("weekly", "2 * acts AS acts", "as-written: 16 times acts by week, 8 times among the occasions"),
        ("weekly", "displaced + 1 AS displaced", "as-written: 3 times displaced by week, 1 times among the occasions"),
        ("weekly", "favoured + 1 AS favoured", "as-written: 2 times favoured by week, 0 times among the needs"),
        ("weekly", "2 * not_asked AS not_asked", "as-written: 2 times not_asked by week"),
        ("persons", "persons + 1 AS persons", "the number of persons differs between worlds in 2 groups"),
        ("ever", "persons - 1 AS persons", "ever denied do not add up to the persons in 1 groups"),
        (
            "lists",
            "2 * exits AS exits",
            "in 1 weeks the persons on a list are not those who entered less those who left",
        ),
        ("weekly", "2 * entries AS entries", "as-written: 4 entries and 1 exits by group, 2 and 1 by list"),
        ("endings", "0 AS term", "as-written, list black: 1 exits where 0 listings ended"),
        ("records", '"true" - 1 AS "true"', "as-written, tiny-law: 4 records written, 5 reached the office"),
        ("records", '"false" + 1 AS "false"', "as-written, tiny-law: 6 records written, 5 reached the office"),
        ("process", "in_effect + 1 AS in_effect", "in 2 entries records are lost between the office and their effect"),
        ("process", "arrived - told AS told, 9 AS appeal_upheld", "in 2 entries records are lost"),
        ("grades", "persons + 1 AS persons", "as-written: persons by grade are not those to whom the score applies"),
        ("grades", "persons - 1 AS persons", "as-written: persons by grade are not those to whom the score applies"),
        ("scores", "persons + 1 AS persons", "as-written: in 1 counties and years there are more or fewer scores"),
        ("flow", "count - 1 AS count", "3 denials among the needs, 3 by cause, 3 by week, 2 by source"),
    ],
)
def test_conservation_finds_what_is_lost_or_made_up(tmp_path: Path, table: str, columns: str, said: str) -> None:
    folder = sound.change(sound.write(tmp_path), table, f"SELECT * REPLACE ({columns}) FROM t")
    found = next(gate for gate in check(folder) if gate.name == "conservation")
    assert found.status == "fails"
    assert any(said in fault for fault in found.faults), found.faults


def test_a_few_units_that_happen_to_differ_alike_are_within_chance() -> None:
    """Catches a limit of 0 where five replicates differ by one each; a hundred each are still beyond it."""
    tail = 1e-4 / (2 * 45)
    assert abs(np.mean([-1] * 5)) < allowed(np.array([-1] * 5), 0.0, tail)
    assert abs(np.mean([-100] * 5)) > allowed(np.array([-100] * 5), 0.0, tail)
    assert allowed(np.array([9, -9, 5, -5, 0]), 2.0, tail) > 20.0


def test_a_red_list_is_in_no_entries_by_group(tmp_path: Path) -> None:
    """An honour is no restriction: weekly counts leave it out, and the gate must not miss it there."""
    law = {**LAW, "lists": {**LAW["lists"], "never": {"term_weeks": 4, "red": True}}}
    write_manifest(tmp_path, manifest([world("no-scheme", ()), world("as-written", (law,))], 13))
    rows = sound.rows()
    rows["lists"].append({"week": 0, **sound.HERE, "list": "never", "entries_true": 5, "listed": 5})
    write_county(tmp_path, sound.WORLDS, rows)
    assert [gate.faults for gate in check(tmp_path) if gate.status == "fails"] == []


@pytest.mark.parametrize(
    ("table", "columns", "said"),
    [
        ("weekly", "1 AS throttled", "as-written has no throttle and yet 2 times a throttled person-week"),
        ("weekly", "1 AS favoured", "no-scheme has no favours and yet 1 times a favoured need"),
        ("weekly", "1 AS not_asked", "no-scheme has nothing to be shy of and yet 1 times a need not asked for"),
        ("weekly", "1 AS displaced", "no-scheme has no displacement and yet 1 times a displaced act"),
        ("weekly", "1 AS listed", "no-scheme has no list that restricts and yet 1 times a person-week on a list"),
        ("grades", "'no-scheme' AS world", "no-scheme has no score and yet 20 times a person with a grade"),
        ("persons", "1 AS for_another", "no-scheme has no consequences along ties and yet 1 times a person denied for"),
        ("persons", "1 AS wronged", "no-scheme has no false records and yet 1 times a person wronged"),
        (
            "process",
            "'no-scheme' AS world",
            "no-scheme has no false records and yet 1 times a false record at an office",
        ),
    ],
)
def test_what_a_world_lacks_does_nothing_in_it(tmp_path: Path, table: str, columns: str, said: str) -> None:
    folder = sound.change(sound.write(tmp_path), table, f"SELECT * REPLACE ({columns}) FROM t")
    found = next(gate for gate in check(folder) if gate.name == "cannot hurt")
    assert found.status == "fails"
    assert any(said in fault for fault in found.faults), found.faults


def test_without_the_spiral_work_is_what_it_is_without_a_scheme(tmp_path: Path) -> None:
    worlds = [world("no-scheme", ()), world("as-written"), world("calm", without=("spiral",))]
    write_manifest(tmp_path, manifest(worlds, 13))
    names = [one["name"] for one in worlds]
    week: dict[str, Any] = {"week": 3, **sound.POOR, "arrears": 1}
    jobless = {"no-scheme": 4, "as-written": 9, "calm": 4}
    weekly = [{**week, "world": name, "jobless": jobless[name]} for name in names]
    people = [{**sound.POOR, "persons": 20, "adults": 20}]
    write_county(tmp_path, names, {"people": people, "weekly": weekly})
    found = next(gate for gate in check(tmp_path) if gate.name == "cannot hurt")
    assert (found.status, found.faults) == ("holds", ())
    assert "Where the spiral is off" in found.sentence
    weekly[2]["jobless"] = 5
    write_county(tmp_path, names, {"people": people, "weekly": weekly})
    found = next(gate for gate in check(tmp_path) if gate.name == "cannot hurt")
    assert found.faults == ("calm has no spiral and yet work or arrears differ from no-scheme in 2 entries",)


BARS_JOB = {"while_on": "black", "bar": ["job"], "whom": "self"}
THROTTLES = {"while_grade": ["poor"], "throttle": 0.5, "whom": "self"}
LOOKS_FOR_LESS = {"who": {"condition": {"throttled": 0.5}}}


@pytest.mark.parametrize(
    ("clauses", "job", "without", "expected"),
    [
        ([], {}, ["spiral"], True),
        ([BARS_JOB], {"refill": {"value": 0.5}}, ["spiral"], True),
        ([{"while_grade": ["good"], "favour": {"job": 0.9}, "whom": "self"}], {}, ["spiral"], True),
        ([THROTTLES], {"online": {"value": 0.5}}, ["spiral"], True),
        ([THROTTLES], LOOKS_FOR_LESS, ["spiral"], False),
        ([THROTTLES], LOOKS_FOR_LESS, ["spiral", "throttling"], True),
        ([], LOOKS_FOR_LESS, ["spiral"], True),
        ([], {}, [], False),
    ],
    ids=[
        *("nothing on work", "bar and refill", "favour", "work online", "throttled look for less", "never throttled"),
        *("nobody throttles", "with the spiral"),
    ],
)
def test_the_spiral_is_tested_wherever_nobody_is_throttled_into_another_life(
    tmp_path: Path, clauses: list[dict[str, Any]], job: dict[str, Any], without: list[str], expected: bool
) -> None:
    lists = {"black": {"term_weeks": 26, "published": True}, "never": {"term_weeks": 4}}
    law = {**LAW, "lists": lists, "consequences": clauses}
    calm = world("calm", (law,), without=tuple(without))
    contents = manifest([world("no-scheme", ()), calm], 13, focus="calm")
    contents["resolved"]["society"]["services"]["job"] = {**JOB, **job}
    write_manifest(tmp_path, contents)
    run = facts(tmp_path)
    assert lives_without_the_spiral(run, run.world("calm")) is expected
