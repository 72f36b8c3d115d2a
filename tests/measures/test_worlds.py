"""Worlds that are equal, and runs whose counts do not go together."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scorelab.measures import compute, read
from scorelab.measures.gates import Gate, check
from scorelab.measures.lab import Lab, facts
from scorelab.measures.silent import silent
from tests.measures.handmade import WORLDS, five_worlds, manifest, world, write_county, write_manifest
from tests.measures.invented import invent
from tests.measures.test_by_hand import tiny_rows

TWO = ("as-written", "as-written-again")


def twins(folder: Path, **change: Any) -> Path:
    """Twenty counties of two worlds that are the same scheme; ``change`` maps a table to a function of its rows."""
    write_manifest(folder, manifest([world(name) for name in TWO], 52, against=TWO[1], focus=TWO[0]))
    for county in range(20):
        rows = tiny_rows()
        for table, found in rows.items():
            copies = []
            for row in found:
                kept = {key: value for key, value in row.items() if key not in WORLDS}
                if table in ("needs", "occasions"):
                    kept |= dict.fromkeys(TWO, row["as-written"])
                    copies.append({**kept, "count": row["count"] + county})
                elif table == "stocks":
                    copies.append({**kept, **dict.fromkeys(TWO, row["as-written"])})
                elif "world" not in row or table in ("people", "ever"):
                    copies.append(kept)
                elif row["world"] == "as-written":
                    copies += [{**kept, "world": name} for name in TWO]
            rows[table] = change[table](copies) if table in change and county == 3 else copies
        write_county(folder, TWO, rows, county)
    return folder


def gate(folder: Path, name: str) -> Gate:
    return next(found for found in check(folder) if found.name == name)


def test_two_equal_worlds_differ_by_exactly_nothing(tmp_path: Path) -> None:
    compute(twins(tmp_path))
    table = read(tmp_path)
    compared = [row for row in table if row.against is not None and row.measure != "acts_prevented_most"]
    compared = [row for row in compared if row.measure != "restricted_years_per_act_prevented"]
    assert len(compared) > 500
    assert {row.value for row in compared} <= {0.0, None}
    nets = [row for row in compared if row.measure in ("needs_denied", "acts_net_prevented", "restricted_person_years")]
    given = [row for row in nets if row.value is not None]
    assert given
    assert {(row.chance_low, row.chance_high) for row in given} == {(0.0, 0.0)}
    assert gate(tmp_path, "null").status == "holds"


def _one_more(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    first = {**rows[0], "denied": rows[0]["denied"] + 1} if "denied" in rows[0] else {**rows[0], "count": 1}
    return [first, *rows[1:]]


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("weekly", _one_more),
        ("needs", lambda rows: [*rows, {**rows[0], "as-written-again": "granted", "count": 1}]),
        ("stocks", lambda rows: [*rows, {**rows[0], "as-written-again": False, "persons": 1}]),
        ("flow", lambda rows: rows[1:]),
    ],
)
def test_the_null_gate_sees_a_single_count_that_differs(tmp_path: Path, table: str, change: Any) -> None:
    twins(tmp_path, **{table: change})
    found = gate(tmp_path, "null")
    assert found.status == "fails"
    assert table in found.faults[0]


def test_a_run_without_equal_worlds_says_that_nothing_tests_it(invented: Path) -> None:
    assert gate(invented, "null").status == "not tested"


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invent(tmp_path_factory.mktemp("invented"), counties=20, weeks=26, adults=900)


def altered(invented: Path, folder: Path, table: str, sql: str) -> Path:
    """A copy of the run in which one county's table is what ``sql`` makes of it (as ``t``)."""
    copy = folder / "run"
    shutil.copytree(invented, copy)
    path = (copy / "ledger" / "r000-c0004" / f"{table}.parquet").as_posix()
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE t AS SELECT * FROM read_parquet('{path}')")
        con.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet)")
    return copy


@pytest.mark.parametrize(
    ("table", "sql", "said"),
    [
        (
            "denials",
            "SELECT * REPLACE (CASE WHEN world = 'as-written' THEN 'no-scheme' ELSE world END AS world) FROM t",
            "no-scheme has no consequence",
        ),
        ("denials", "SELECT * REPLACE (true AS tainted) FROM t", "without-false-records has no false records"),
        ("denials", "SELECT * REPLACE ('tie' AS origin) FROM t", "without-ties has no consequences along ties"),
        ("records", "SELECT * REPLACE ('no-scheme' AS world) FROM t", "no-scheme has no source"),
    ],
)
def test_what_cannot_hurt_does_not(invented: Path, tmp_path: Path, table: str, sql: str, said: str) -> None:
    weeks = 52 if table == "records" else 26
    run = invent(tmp_path / "year", counties=1, weeks=weeks, adults=300) if table == "records" else invented
    if table == "records":
        place = run / "ledger" / "r000-c0000"
        place.rename(run / "ledger" / "r000-c0004")
    assert gate(run, "cannot hurt").status == "holds"
    found = gate(altered(run, tmp_path, table, sql), "cannot hurt")
    assert found.status == "fails"
    assert any(said in fault for fault in found.faults)


@pytest.mark.parametrize(
    ("table", "sql", "said"),
    [
        ("lists", "SELECT * REPLACE (exits + 1 AS exits) FROM t", "entered less those who left"),
        ("persons", "SELECT * REPLACE (persons + 1 AS persons) FROM t", "number of persons differs"),
        ("ever", "SELECT * REPLACE (persons - 1 AS persons) FROM t", "ever denied do not add up"),
        ("occasions", "SELECT * FROM t", "candidates kept"),
        ("denials", "SELECT * FROM t WHERE service <> 'hotel'", "denials among the needs"),
    ],
)
def test_conservation_finds_what_is_lost(invented: Path, tmp_path: Path, table: str, sql: str, said: str) -> None:
    found = gate(altered(invented, tmp_path, table, sql), "conservation")
    assert found.status == "fails"
    assert any(said in fault for fault in found.faults)


def test_the_placebo_is_flagged_when_it_differs_by_more_than_chance(invented: Path, tmp_path: Path) -> None:
    copy = tmp_path / "run"
    shutil.copytree(invented, copy)
    for path in (copy / "ledger").glob("*/needs.parquet"):
        with duckdb.connect() as con:
            con.execute(
                f"CREATE TABLE t AS SELECT * REPLACE ('granted' AS placebo) FROM read_parquet('{path.as_posix()}')"
            )
            con.execute(f"COPY t TO '{path.as_posix()}' (FORMAT parquet)")
    found = gate(copy, "placebo")
    assert found.status == "fails"
    assert any(fault.startswith("denials train") for fault in found.faults)


def test_the_placebo_is_not_flagged_when_it_is_the_focus_itself(tmp_path: Path) -> None:
    twins(tmp_path)
    contents = manifest([world(TWO[0]), world(TWO[1], placebo=True)], 52, against=TWO[1], focus=TWO[0])
    write_manifest(tmp_path, contents)
    found = gate(tmp_path, "placebo")
    assert found.status == "holds"
    assert "12 differences were looked at; none is larger than chance allows" in found.sentence
    assert "once in 10,000 runs" in found.sentence


def test_every_clause_that_never_fired_is_named(invented: Path) -> None:
    with Lab(facts(invented)) as lab:
        found = {one.clause: one.expected for one in silent(lab)}
    assert "list never: nobody entered it" in found
    assert "rule 2 (gamble): no record" in found
    assert not any(clause.startswith("list black: nobody") for clause in found)


def test_a_source_with_a_record_is_not_silent(tmp_path: Path) -> None:
    run = invent(tmp_path, counties=1, weeks=52, adults=300)
    with Lab(facts(run)) as lab:
        clauses = [one.clause for one in silent(lab)]
    assert not any(clause.startswith("source") for clause in clauses)
    assert "list black bars hotel: nobody was denied it for that" in clauses
    assert "list black bars train: nobody was denied it for that" not in clauses


def test_five_worlds_are_what_the_default_experiment_has() -> None:
    assert [entry["name"] for entry in five_worlds()] == list(WORLDS)
