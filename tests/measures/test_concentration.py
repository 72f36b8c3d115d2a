"""How denials gather on few, against tables that can be added up on paper and the exact law of chance."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import ive

from scorelab.measures import Cell, compute, read
from scorelab.measures.concentration import by_chance, gini, poisson, top_share
from tests.measures.handmade import manifest, world, write_county, write_manifest
from tests.measures.test_by_hand import POOR


def one_by_one(persons: list[int]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Everybody's number, rising."""
    return np.repeat(np.arange(len(persons), dtype=np.float64), persons)


def test_the_gini_is_the_mean_difference_of_two_persons() -> None:
    """90 with none, 8 with one, 2 with three; and ten random tables, pair by pair."""
    tables = [[90, 8, 0, 2], *np.random.default_rng(1).integers(0, 30, (10, 12)).tolist()]
    for table in tables:
        each = one_by_one(table)
        wanted = np.abs(each[:, None] - each[None]).mean() / (2 * each.mean())
        assert float(gini(np.array(table, float))) == pytest.approx(wanted)
    assert float(gini(np.array([0.0, 0.0, 7.0]))) == 0.0
    assert np.isnan(gini(np.array([5.0, 0.0])))


def test_the_most_denied_are_taken_from_the_top_and_a_tie_in_part() -> None:
    """Of 100 persons 2 have three and 8 one, 14 in all: the first has 3, the first five 9, the first ten all."""
    table = np.array([90.0, 8.0, 0.0, 2.0])
    assert float(top_share(table, 0.01)) == pytest.approx(3 / 14)
    assert float(top_share(table, 0.05)) == pytest.approx((6 + 3) / 14)
    assert float(top_share(table, 0.10)) == pytest.approx(1.0)


@pytest.mark.parametrize("mean", [0.001, 0.14, 1.0, 4.5, 10.9])
def test_chance_is_the_poisson_law_to_the_last_digit(mean: float) -> None:
    """Its Gini is exp(-2m) (I0(2m) + I1(2m)), here by another library's Bessel functions."""
    law = poisson(np.array(mean))
    assert law.sum() == pytest.approx(1.0, abs=1e-12)
    assert (np.arange(len(law)) * law).sum() == pytest.approx(mean, rel=1e-12)
    assert float(gini(law)) == pytest.approx(ive(0, 2 * mean) + ive(1, 2 * mean), abs=1e-12)


def test_chance_has_the_mean_of_the_table_and_knows_no_denials() -> None:
    table = np.array([[90.0, 100.0], [8.0, 0.0], [0.0, 0.0], [2.0, 0.0]])
    found = by_chance(table, gini)
    assert found[0] == pytest.approx(ive(0, 0.28) + ive(1, 0.28))
    assert np.isnan(found[1])


def test_a_run_s_concentration_stands_beside_chance(tmp_path: Path) -> None:
    """Two counties of 90, 8, 0 and 2 together; ten ever denied in each, and too few in the other world."""
    names = ("no-scheme", "as-written", "mild")
    worlds = [world("no-scheme", ()), world("as-written"), world("mild", without=("false_records",))]
    write_manifest(tmp_path, manifest(worlds, 52))
    table = {0: 90, 1: 8, 3: 2}
    few = {0: 97, 1: 3}
    for county in (0, 1):
        rows = [
            {"world": name, **POOR, "denials": number, "persons": persons}
            for name, counts in (("as-written", table), ("mild", few))
            for number, persons in counts.items()
        ]
        write_county(tmp_path, names, {"people": [{**POOR, "persons": 100, "adults": 100}], "histogram": rows}, county)
    compute(tmp_path)
    found = read(tmp_path)
    wanted = {
        "denials_of_top_1": 100 * 3 / 14,
        "denials_of_top_10": 100.0,
        "denials_gini": float(gini(np.array([90.0, 8.0, 0.0, 2.0]))),
        "denials_gini_by_chance": ive(0, 0.28) + ive(1, 0.28),
        "denials_of_top_10_by_chance": 100 * float(top_share(poisson(np.array(0.14)), 0.1)),
    }
    for name, value in wanted.items():
        for cell in (Cell(), Cell(quintile="q1")):
            row = found.one(name, "as-written", None, cell)
            assert row is not None
            assert row.value == pytest.approx(value), name
        row = found.one(name, "mild")
        assert row is not None and row.value is None and row.interval_method.startswith("not given"), name
        assert not found.where(name, world="no-scheme"), "what denies nobody has no concentration"
