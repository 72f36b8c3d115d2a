"""Two runs beside each other: only runs that share fate, only net differences, and nothing at all between equals."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from scorelab.errors import RunError
from scorelab.measures import Cell, compute, read
from scorelab.measures.beside import OTHER_COINS, PERCENTAGE_POINTS, Beside, beside
from scorelab.measures.lab import Lab, facts
from tests.measures.handmade import LAW, RESPONSE
from tests.measures.invented import invent
from tests.measures.pair import Edit, constant, copy


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = invent(tmp_path_factory.mktemp("beside") / "one", counties=20, weeks=52, adults=900)
    compute(folder)
    return folder


def set_beside(a: Path, b: Path, worlds: tuple[str, str] | None = None) -> list[Beside]:
    with Lab(facts(a)) as one, Lab(facts(b)) as other:
        return beside(one, other, worlds)


def without_errors(resolved: dict[str, Any]) -> None:
    resolved["focus"] = "without-false-records"


def renamed(resolved: dict[str, Any]) -> None:
    resolved["name"], resolved["title"], resolved["about"] = "another", "Another", "Said otherwise."
    for one in resolved["worlds"]:
        one["title"] = f"{one['title']}, as others call it"


@pytest.fixture(scope="module")
def other(run: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same fate under another scheme: the world without false records is its focus."""
    return copy(run, tmp_path_factory.mktemp("other") / "run", without_errors)


@pytest.fixture(scope="module")
def rows(run: Path, other: Path) -> list[Beside]:
    return set_beside(run, other)


def find(rows: list[Beside], measure: str, cell: Cell = Cell()) -> Beside:  # noqa: B008
    (found,) = [row for row in rows if row.measure == measure and row.cell == cell]
    return found


def test_equal_schemes_differ_by_nothing_under_whatever_name(run: Path, tmp_path: Path) -> None:
    for there in (run, copy(run, tmp_path / "renamed", renamed)):
        found = set_beside(run, there)
        given = [row for row in found if row.difference is not None]
        assert len(given) > 400
        assert {row.difference for row in given} == {0.0}
        assert {end for row in given for end in (row.low, row.high)} <= {0.0, None}
        assert all((row.value_a, row.low_a, row.high_a) == (row.value_b, row.low_b, row.high_b) for row in found)
        assert not any(row.apart for row in found)


def test_turned_round_every_difference_changes_its_sign_and_nothing_else(
    run: Path, other: Path, rows: list[Beside]
) -> None:
    turned = {(row.measure, row.cell): row for row in set_beside(other, run)}
    assert any(row.difference for row in rows) and len(turned) == len(rows)
    for row in rows:
        back = turned[row.measure, row.cell]
        assert (back.value_a, back.value_b, back.unit) == (row.value_b, row.value_a, row.unit)
        assert back.interval_method == row.interval_method
        if row.difference is None:
            assert back.difference is None
            continue
        assert back.difference == -row.difference
        if row.low is not None and row.high is not None:
            assert (back.low, back.high) == (-row.high, -row.low)


def test_each_side_is_what_its_own_report_says(run: Path, other: Path, rows: list[Beside]) -> None:
    mine = read(run)
    for row in rows:
        against = "no-scheme" if row.measure in ("acts_net_prevented", "chances_net") else None
        for name, end in (("as-written", "a"), ("without-false-records", "b")):
            said = mine.one(row.measure, name, against, row.cell)
            assert said is not None, (row.measure, row.cell)
            shown = tuple(getattr(row, f"{part}_{end}") for part in ("value", "low", "high"))
            for number, wanted in zip(shown, (said.value, said.chance_low, said.chance_high), strict=True):
                assert number == (None if wanted is None else pytest.approx(wanted)), (row.measure, row.cell, name)


def test_a_difference_is_that_of_the_two_numbers_in_the_same_unit(rows: list[Beside]) -> None:
    for row in rows:
        if row.difference is not None and row.value_a is not None and row.value_b is not None:
            assert row.difference == pytest.approx(row.value_a - row.value_b, rel=1e-9, abs=1e-9)
            shares = row.measure == "denied_share"
            assert row.difference_unit == (PERCENTAGE_POINTS if shares else row.unit)


def test_counties_are_taken_in_pairs_so_what_they_have_in_common_is_no_chance(tmp_path: Path) -> None:
    a, b = constant(tmp_path / "a", 5), constant(tmp_path / "b", 2)
    row = find(set_beside(a, b), "ever_denied")
    assert (row.counted_a, row.counted_b) == (20 * 20 + 3 * 190 + 100, 20 * 20 + 3 * 190 + 40)
    assert row.difference == pytest.approx(3000.0)
    assert row.low == pytest.approx(3000.0) and row.high == pytest.approx(3000.0)
    assert row.high_a is not None and row.low_a is not None and row.high_a - row.low_a > 10_000
    assert row.interval_method == "jackknife over 20 counties"


def test_an_interval_is_that_of_the_paired_counties_worked_out_by_hand(tmp_path: Path) -> None:
    a, b = constant(tmp_path / "a", 5), constant(tmp_path / "b", 8)
    for county in range(0, 20, 2):
        path = a / "ledger" / f"r000-c{county:04d}" / "persons.parquet"
        with duckdb.connect() as con:
            con.execute(f"CREATE TABLE t AS SELECT * REPLACE (denied + 4 AS denied) FROM '{path}'")
            con.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    row = find(set_beside(a, b), "ever_denied")
    apart = np.array([1.0, -3.0] * 10) * 1000
    reach = 2.093024 * apart.std(ddof=1) / np.sqrt(20)
    assert row.difference == pytest.approx(-1000.0)
    assert row.low == pytest.approx(-1000.0 - reach) and row.high == pytest.approx(-1000.0 + reach)


def test_points_of_scores_with_other_bounds_are_not_subtracted(tmp_path: Path) -> None:
    a = constant(tmp_path / "a", 5)
    same = find(set_beside(a, constant(tmp_path / "b", 2)), "points_taken")
    assert same.difference == 0.0
    wider = constant(tmp_path / "c", 2, score={**LAW["score"], "highest": 1000})
    row = find(set_beside(a, wider), "points_taken")
    assert row.value_a and row.value_b and row.difference is None and row.interval_method == OTHER_COINS


def _seed(resolved: dict[str, Any]) -> None:
    resolved["seed"] = 8


def _service(resolved: dict[str, Any]) -> None:
    resolved["society"]["services"]["train"]["domain"] = "leisure"


def _reference(resolved: dict[str, Any]) -> None:
    fear = {**RESPONSE["learning"], "value": 0.1}
    resolved["worlds"][0]["response"] = {**resolved["worlds"][0]["response"], "learning": fear}


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (_seed, "seed: 7 -> 8"),
        (_service, "society.services.train.domain: travel -> leisure"),
        (_reference, "the reference world.response.learning.value: 0.06 -> 0.1"),
    ],
)
def test_runs_that_do_not_share_fate_are_refused_with_what_differs(
    run: Path, tmp_path: Path, edit: Edit, said: str
) -> None:
    apart = copy(run, tmp_path / "apart", edit)
    with pytest.raises(RunError, match="do not share fate") as refused:
        set_beside(run, apart)
    message = str(refused.value)
    assert f"\n  {said}\n" in message
    assert "scorelab run tiny --persons 1125 --counties 20 --weeks 52 --seed 7 --replicates 1" in message


def test_the_same_fate_that_came_out_otherwise_is_refused(run: Path, tmp_path: Path) -> None:
    for table, word, change in (
        ("people", "the people", "persons + 1 AS persons"),
        ("occasions", "acted", "2 * count AS count"),
    ):
        other = copy(run, tmp_path / table, without_errors)
        path = other / "ledger" / "r000-c0003" / f"{table}.parquet"
        with duckdb.connect() as con:
            con.execute(f"CREATE TABLE t AS SELECT * REPLACE ({change}) FROM '{path}'")
            con.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        with pytest.raises(RunError, match=f"but {word}.* differ in them: one of them was lived by another version"):
            set_beside(run, other)


def test_worlds_of_one_run_can_be_named(run: Path, rows: list[Beside]) -> None:
    assert set_beside(run, run, ("as-written", "without-false-records")) == rows


def test_a_breakdown_is_a_label_and_what_both_runs_tell_apart_is_compared(
    run: Path, rows: list[Beside], tmp_path: Path
) -> None:
    def fewer(resolved: dict[str, Any]) -> None:
        without_errors(resolved)
        resolved["groups"] = ["quintile"]

    found = set_beside(run, copy(run, tmp_path / "fewer", fewer))
    assert {(row.residence, row.age) for row in found} == {(None, None)} and any(row.quintile for row in found)
    whole = {(row.measure, row.cell): row for row in rows}
    assert [row.difference for row in found] == [whole[row.measure, row.cell].difference for row in found]
