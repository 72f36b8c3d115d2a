"""What denials are for, by domain and by gravity, and the way that they took: a ledger to be added up on paper."""

from pathlib import Path
from typing import Any

import pytest

from scorelab.measures import Cell, Measures, compute, read
from scorelab.measures.lab import facts
from tests.measures.handmade import Rows, manifest, world, write_county, write_manifest
from tests.measures.test_by_hand import POOR, RICH

WORLDS = ("no-scheme", "as-written")
HERE = {"world": "as-written"}
TO_TRAIN = {"year": 0, **HERE, "status": "black", "service": "train", "origin": "own", "truth": "true"}


def rows() -> Rows:
    """Smoking is minor, not paying serious, playing for money lawful; 200 adults, two years."""
    denial = {"period": 0, **HERE, "cause_domain": "travel", "service": "train", "origin": "own", "truth": "true"}
    smoke, default = {"source": "staff", "behaviour": "smoke"}, {"source": "court", "behaviour": "default"}
    gamble = {"source": "staff", "behaviour": "gamble"}
    act = {"period": 0, **POOR, "no-scheme": "acted"}
    return {
        "people": [{**POOR, "persons": 100, "adults": 100}, {**RICH, "persons": 100, "adults": 100}],
        "denials": [
            {**denial, **POOR, "count": 12},
            {**denial, **POOR, "cause_domain": "debt", "count": 20},
            {**denial, **RICH, "cause_domain": "debt", "service": "school", "count": 8},
            {**denial, **RICH, "cause_domain": "leisure", "count": 10},
        ],
        "flow": [
            {**TO_TRAIN, **smoke, "count": 5},
            {**TO_TRAIN, **smoke, "year": 1, "count": 4},
            {**TO_TRAIN, **smoke, "truth": "false", "count": 3},
            {**TO_TRAIN, **default, "count": 20},
            {**TO_TRAIN, **default, "service": "school", "origin": "tie", "count": 8},
            {**TO_TRAIN, **gamble, "status": "grade poor", "count": 10},
        ],
        "occasions": [
            {**act, "behaviour": "smoke", "as-written": "acted", "count": 30},
            {**act, "behaviour": "smoke", "as-written": "displaced", "count": 10},
            {**act, "behaviour": "default", "as-written": "acted", "count": 90},
            {**act, "behaviour": "gamble", "as-written": "acted", "count": 400},
            {**act, "behaviour": "gamble", "as-written": "refrained", "count": 50},
        ],
        "points": [
            {"year": 0, **HERE, **smoke, "truth": "true", "taken": 30, "taken_along_ties": 10},
            {"year": 1, **HERE, **smoke, "truth": "false", "taken": 7},
            {"year": 0, **HERE, **gamble, "truth": "true", "taken": 50},
            {"year": 0, **HERE, **default, "truth": "true", "taken": 60, "given": 5},
        ],
    }


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("legs")
    contents = manifest([world("no-scheme", ()), world("as-written")], 104)
    contents["resolved"]["society"]["behaviours"]["default"]["gravity"] = {"value": 2.0}
    write_manifest(folder, contents)
    write_county(folder, WORLDS, rows())
    compute(folder)
    return folder


@pytest.fixture(scope="module")
def table(run: Path) -> Measures:
    return read(run)


A_YEAR = 100_000 / 200 / 2


@pytest.mark.parametrize(
    ("measure", "cell", "value"),
    [
        ("unrelated_context_share", Cell(), 100 * (20 + 8 + 10) / 50),
        ("unrelated_context_share", Cell(quintile="q1"), 100 * 20 / 32),
        ("unrelated_context_share", Cell(quintile="q5"), 100.0),
        ("denials_by_domain", Cell(item="travel > travel"), 100 * 12 / 50),
        ("denials_by_domain", Cell(item="debt > travel"), 100 * 20 / 50),
        ("denials_by_domain", Cell(item="debt > school"), 100 * 8 / 50),
        # nobody smoked in the three that rest on false records, and playing for money is lawful
        ("denials_by_gravity", Cell(item="0"), 13 * A_YEAR),
        ("denials_by_gravity", Cell(item="1"), 9 * A_YEAR),
        ("denials_by_gravity", Cell(item="2"), 28 * A_YEAR),
        ("denials_by_gravity", Cell(item="3"), 0.0),
        ("denials_by_gravity_share", Cell(item="2"), 100 * 28 / 50),
        # ten who would have smoked did not pay instead
        ("denials_per_act", Cell(item="0"), 1000 * 10 / 400),
        ("denials_per_act", Cell(item="1"), 1000 * 9 / 30),
        ("denials_per_act", Cell(item="2"), 1000 * 28 / 100),
        ("denials_per_act", Cell(item="3"), None),
        ("points_taken_by_gravity", Cell(item="0"), (50 + 7) / 200 / 2 * 100),
        ("points_taken_by_gravity", Cell(item="1"), 40 / 200 / 2 * 100),
        ("points_taken_by_gravity", Cell(item="2"), 60 / 200 / 2 * 100),
        ("denials_flow", Cell(item="smoke > staff > black > train > own true"), 9 * A_YEAR),
        ("denials_flow", Cell(item="smoke > staff > black > train > own false"), 3 * A_YEAR),
        ("denials_flow", Cell(item="default > court > black > school > tie true"), 8 * A_YEAR),
        ("denials_flow", Cell(item="gamble > staff > grade poor > train > own true"), 10 * A_YEAR),
    ],
)
def test_each_number_is_the_one_worked_out_on_paper(
    table: Measures, measure: str, cell: Cell, value: float | None
) -> None:
    row = table.one(measure, "as-written", None, cell)
    assert row is not None
    assert row.value == (None if value is None else pytest.approx(value))


def test_only_what_occurs_has_a_row_and_the_rows_add_up(table: Measures) -> None:
    """A picture drawn from them shows every denial once."""
    found = table.where("denials_flow")
    assert {row.world for row in found} == {"as-written"}
    assert sum(row.numerator or 0 for row in found) == 50
    assert len(found) == 5
    assert not [row for row in table.where("denials_by_domain") if not row.numerator]
    assert sum(row.value or 0 for row in table.where("denials_by_domain", world="as-written")) == pytest.approx(100)
    assert sum(row.value or 0 for row in table.where("denials_by_gravity_share")) == pytest.approx(100)


def test_what_is_unlawful_and_says_nothing_is_minor(run: Path) -> None:
    assert facts(run).gravity == {"smoke": "1", "default": "2", "gamble": "0"}


def test_no_leg_says_that_anything_is_allowed_or_forbidden() -> None:
    from scorelab.measures import measures

    told: Any = [(one.title, one.definition, *one.caveats) for one in measures(("legs",))]
    for texts in told:
        words = " ".join(texts).lower()
        assert "art. 5(1)(c)" in words
        assert not any(word in words for word in ("complian", "violat", "infring", "passes", "fails", "prohibited"))
