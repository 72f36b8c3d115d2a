"""Who acted against who is treated as if: published tables, another library, and a ledger of a few rows."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scorelab.measures import Cell, Measures, compute, read
from scorelab.measures.confusion import CONTRASTS, RATES, Confusion, apart, cells_of, rate_of
from tests.measures.handmade import Rows, manifest, world, write_county, write_manifest
from tests.measures.test_by_hand import CHILD, POOR, RICH

WORLDS = ("no-scheme", "as-written")


def cells(*numbers: int) -> Confusion:
    """True negatives, false positives, false negatives, true positives."""
    return Confusion(*(np.array(number) for number in numbers))


BLACK, WHITE = cells(990, 805, 532, 1369), cells(1139, 349, 461, 505)
"""Defendants of Broward County by COMPAS score and new offence (Larson et al. 2016)."""


@pytest.mark.parametrize(
    ("rate", "black", "white"),
    [
        ("false_positive_rate", 44.9, 23.5),
        ("false_negative_rate", 28.0, 47.7),
        ("true_positive_rate", 72.0, 52.3),
        ("precision", 63.0, 59.1),
        ("selection_rate", 58.8, 34.8),
    ],
)
def test_the_published_rates_of_compas_come_out(rate: str, black: float, white: float) -> None:
    """Catches a rate over the wrong row or column; 44.85 % of Black defendants was published as 44.9, twice rounded."""
    for found, wanted in ((BLACK, black), (WHITE, white)):
        assert 100 * float(rate_of(RATES[rate](found))) == pytest.approx(wanted, abs=0.055)


def test_compas_is_nearly_fair_by_one_definition_and_not_by_others() -> None:
    """The dispute in numbers: precision 4 points apart, false positives 21."""
    found = {name: float(apart(name, BLACK, WHITE)) for name in CONTRASTS}
    assert found["predictive_parity_difference"] == pytest.approx(1369 / 2174 - 505 / 854)
    assert found["equalised_odds_difference"] == pytest.approx(805 / 1795 - 349 / 1488)
    assert found["demographic_parity_ratio"] == pytest.approx(854 / 2454 / (2174 / 3696))


def as_persons(first: Confusion, second: Confusion) -> tuple[Any, Any, Any]:
    """The table with a row for each person: acted, selected, group."""
    acted, selected, group = [], [], []
    for name, one in (("first", first), ("second", second)):
        for count, did, done in zip(one, (0, 0, 1, 1), (0, 1, 0, 1), strict=True):
            acted += [did] * int(count)
            selected += [done] * int(count)
            group += [name] * int(count)
    return np.array(acted), np.array(selected), np.array(group)


RANDOM = np.random.default_rng(3).integers(1, 200, (8, 2, 4))


@pytest.mark.parametrize("table", [(BLACK, WHITE), *((cells(*a), cells(*b)) for a, b in RANDOM)])
def test_every_number_is_that_of_fairlearn_on_the_same_table(table: tuple[Confusion, Confusion]) -> None:
    """Catches a definition of our own under a name that others know."""
    import fairlearn.metrics as fair
    from sklearn.metrics import precision_score

    acted, selected, group = as_persons(*table)
    functions = {
        "selection_rate": fair.selection_rate,
        "false_positive_rate": fair.false_positive_rate,
        "false_negative_rate": fair.false_negative_rate,
        "true_positive_rate": fair.true_positive_rate,
        "precision": precision_score,
    }
    frame = fair.MetricFrame(metrics=functions, y_true=acted, y_pred=selected, sensitive_features=group)
    for name, of in (("first", table[0]), ("second", table[1])):
        for rate, share in RATES.items():
            assert float(rate_of(share(of))) == pytest.approx(frame.by_group[rate][name], abs=1e-12), rate
    told = {"y_true": acted, "y_pred": selected, "sensitive_features": group}
    theirs = {
        "demographic_parity_difference": fair.demographic_parity_difference(**told),
        "demographic_parity_ratio": fair.demographic_parity_ratio(**told),
        "equalised_odds_difference": fair.equalized_odds_difference(**told),
        "equal_opportunity_difference": fair.equal_opportunity_difference(**told),
        "predictive_parity_difference": frame.difference(method="between_groups")["precision"],
    }
    assert set(theirs) == set(CONTRASTS)
    for name, wanted in theirs.items():
        assert float(apart(name, *table)) == pytest.approx(wanted, abs=1e-12), name


def test_equal_precision_and_equal_errors_exclude_each_other() -> None:
    """FPR = p / (1 - p) x (1 - precision) / precision x TPR, for any cells (Chouldechova 2017)."""
    for numbers in RANDOM.reshape(-1, 4):
        one = cells(*numbers)
        share = one.acted / one.everybody
        right = rate_of(RATES["precision"](one))
        implied = share / (1 - share) * (1 - right) / right * rate_of(RATES["true_positive_rate"](one))
        assert float(rate_of(RATES["false_positive_rate"](one))) == pytest.approx(float(implied))


def test_cells_come_from_who_acted_and_who_was_selected() -> None:
    numbers = [np.array(n) for n in (1369, 805, 1901, 3696)]
    assert [int(n) for n in cells_of(*numbers)] == [990, 805, 532, 1369]


def rows_of_counties(counties: int) -> Any:
    """By county: 100 poor adults of whom 40 acted, 100 rich of whom 20 did; 20 children of whom one is denied."""

    def rows(county: int) -> Rows:
        person = {"span": "run", "persons": 100}
        did = {"acted": 50, "recordable": 40}
        poor = {**did, "restricted": 20, "recordable_restricted": 14, "other_restricted": 6 + (county % 2)}
        rich = {"acted": 30, "recordable": 20, "restricted": 9, "recordable_restricted": 8, "other_restricted": 1}
        denied = {"recordable_denied": 5, "other_denied": 1}
        child = {"span": "run", "persons": 20, "denied": 1}
        return {
            "people": [
                {**POOR, "persons": 100, "adults": 100},
                {**RICH, "persons": 100, "adults": 100},
                {**CHILD, "persons": 20, "adults": 0},
            ],
            "persons": [
                {**person, "world": "as-written", **POOR, **poor, **denied},
                {**person, "world": "as-written", **RICH, **rich},
                *({**child, "world": name, **CHILD} for name in WORLDS),
                *({**person, "world": "no-scheme", **group, "acted": 50} for group in (POOR, RICH)),
            ],
        }

    return rows


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Measures:
    folder = tmp_path_factory.mktemp("fair")
    write_manifest(folder, manifest([world("no-scheme", ()), world("as-written")], 52))
    rows = rows_of_counties(20)
    for county in range(20):
        write_county(folder, WORLDS, rows(county), county)
    compute(folder)
    return read(folder)


@pytest.mark.parametrize(
    ("measure", "cell", "top", "below"),
    [
        ("adults_acted", Cell(), 80, 200),
        ("adults_recordable", Cell(quintile="q1"), 40, 100),
        ("restricted_selection_rate", Cell(quintile="q1"), 20.5, 100),
        ("restricted_selection_rate", Cell(), 29.5, 200),
        ("restricted_false_positive_rate", Cell(quintile="q1"), 6.5, 60),
        ("restricted_false_positive_rate", Cell(residence="urban"), 1, 80),
        ("restricted_false_negative_rate", Cell(age="18-29"), 38, 60),
        ("restricted_true_positive_rate", Cell(quintile="q5"), 8, 20),
        ("restricted_precision", Cell(quintile="q5"), 8, 9),
        ("denied_false_positive_rate", Cell(quintile="q1"), 1, 60),
    ],
)
def test_each_rate_of_a_group_is_the_one_worked_out(
    table: Measures, measure: str, cell: Cell, top: float, below: int
) -> None:
    row = table.one(measure, "as-written", None, cell)
    assert row is not None
    assert row.value == pytest.approx(100 * top / below)
    assert (row.numerator, row.denominator) == (20 * top, 20 * below)
    assert row.chance_low is not None and row.chance_high is not None and row.value is not None
    assert row.chance_low <= row.value <= row.chance_high


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("demographic_parity_difference", 100 * (20.5 / 100 - 9 / 100)),
        ("demographic_parity_ratio", 9 / 20.5),
        ("equalised_odds_difference", 100 * (6.5 / 60 - 1 / 80)),
        ("equal_opportunity_difference", 100 * (8 / 20 - 14 / 40)),
        ("predictive_parity_difference", 100 * (8 / 9 - 14 / 20.5)),
    ],
)
def test_two_groups_are_so_far_apart(table: Measures, name: str, wanted: float) -> None:
    row = table.one(f"restricted_{name}", "as-written", None, Cell(item="q1 to q5"))
    assert row is not None
    assert row.value == pytest.approx(wanted)


def test_children_are_in_no_cell(table: Measures) -> None:
    """A rate with adults above the line and children below would fall with the share of children."""
    assert not table.where("denied_selection_rate", age="6-17")
    row = table.one("denied_selection_rate", "as-written")
    assert row is not None and row.denominator == 20 * 200


def test_without_a_scheme_nobody_is_selected_and_nothing_is_compared(table: Measures) -> None:
    row, missed = (table.one(f"restricted_{name}", "no-scheme") for name in ("selection_rate", "false_negative_rate"))
    assert row is not None and missed is not None
    assert (row.value, row.chance_high, row.interval_method) == (0.0, 0.0, "zero by construction")
    assert missed.value is None and "fewer than 10" in missed.interval_method, "nothing watches anybody"
    assert not table.where("restricted_equalised_odds_difference", world="no-scheme")
    acted, could = (table.one(f"adults_{name}", "no-scheme") for name in ("acted", "recordable"))
    assert acted is not None and acted.value == 50.0
    assert could is not None and could.interval_method == "zero by construction"


def test_no_contrast_rests_on_a_few_persons(tmp_path: Path) -> None:
    """Nine of the rich are listed in one county: a ratio of that would be given by any library."""
    write_manifest(tmp_path, manifest([world("no-scheme", ()), world("as-written")], 52))
    write_county(tmp_path, WORLDS, rows_of_counties(1)(0))
    compute(tmp_path)
    for name in CONTRASTS:
        row = read(tmp_path).one(f"restricted_{name}", "as-written", None, Cell(item="q1 to q5"))
        assert row is not None
        assert row.value is None and row.interval_method.startswith("not given"), name
    few = read(tmp_path).one("restricted_precision", "as-written", None, Cell(quintile="q5"))
    assert few is not None and few.value is None and "fewer than 10" in few.interval_method
