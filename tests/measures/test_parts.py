"""Measures whose parts add up, direct and spillover effects and Shapley shares, against ledgers worked out on paper."""

import itertools
import json
import random
from math import factorial
from pathlib import Path

import numpy as np
import pytest

from scorelab.measures import Cell, Measures, compute, measures, read
from scorelab.measures.ablation import WHAT
from scorelab.measures.cube import Int64s
from scorelab.measures.gates import check
from scorelab.measures.lab import Facts, facts
from scorelab.measures.saturation import DIRECT, OUTCOMES, PARTS, REST, SPILLOVER, TOTAL, halves
from scorelab.measures.shapley import complete, weighted
from scorelab.spec.load import resolve
from tests.measures.handmade import manifest, world, write_county, write_manifest
from tests.measures.parts import HALVES, MOVED, SUBSETS, TAILS, halves_rows, write_halves, write_subsets
from tests.measures.village import write as write_village

THREE = ("false_records", "spiral", "ties")


@pytest.fixture(scope="module")
def halved(tmp_path_factory: pytest.TempPathFactory) -> Measures:
    folder = write_halves(tmp_path_factory.mktemp("halves"))
    compute(folder)
    return read(folder)


@pytest.fixture(scope="module")
def subsets(tmp_path_factory: pytest.TempPathFactory) -> Measures:
    folder = write_subsets(tmp_path_factory.mktemp("subsets"))
    compute(folder)
    return read(folder)


@pytest.mark.parametrize(
    ("outcome", "spillover", "direct", "rest", "scale"),
    [
        # left out: heads 2 + tails 1, covered: heads 8 + tails 7, all covered 21, nobody 0
        ("denials", 3, 12, 6, 100_000 / 100),
        ("ever_denied", 2, 6, 3, 100_000 / 100),
        # left out 104 + 82, covered 120 + 95, all covered 230, nobody 180
        ("jobless_years", 6, 29, 15, 100_000 / 90 / 52),
        # left out 30 + 15, covered 20 + 10, all covered 30, nobody 48
        ("unlawful_acts", -3, -15, 0, 100_000 / 90),
        ("lawful_acts", 0, 0, -3, 100_000 / 90),
    ],
)
def test_an_effect_is_split_as_on_paper(
    halved: Measures, outcome: str, spillover: int, direct: int, rest: int, scale: float
) -> None:
    """Catches half-worlds that are taken for one another, and people of the other half counted with one's own."""
    expected = {SPILLOVER: spillover, DIRECT: direct, REST: rest, TOTAL: spillover + direct + rest}
    for part, count in expected.items():
        row = halved.one(f"saturation_{outcome}", "as-written", "no-scheme", Cell(item=part))
        assert row is not None
        assert row.numerator == count
        assert row.value == pytest.approx(count * scale)


def test_only_worlds_with_both_halves_and_a_reference_without_schemes_are_split(
    halved: Measures, tmp_path: Path
) -> None:
    """Catches a half that is split itself, a half of another law, and a coin that no table tells apart."""
    rows = [row for row in halved if row.measure.startswith("saturation_")]
    assert {row.world for row in rows} == {"as-written"} and len(rows) == len(OUTCOMES) * len(PARTS)
    loose = [world("no-scheme", ()), world("as-written"), world("a", exempts="coin"), world("b", covers="coin")]
    mixed = [*loose[:3], world("b", covers="coin", without=("ties",))]
    for worlds, groups, against, found in (
        (loose, ["coin"], "no-scheme", ("a", "b")),
        (loose, ["quintile"], "no-scheme", None),
        (loose, ["coin"], "a", None),
        (mixed, ["coin"], "no-scheme", None),
        (loose[:3], ["coin"], "no-scheme", None),
    ):
        write_manifest(tmp_path, manifest(worlds, 52, groups=groups, against=against))
        assert halves(facts(tmp_path), "as-written") == found
        assert halves(facts(tmp_path), "a") is None


def test_the_gate_finds_whom_a_scheme_should_not_have_touched(tmp_path: Path) -> None:
    """Catches a record, a listing or a denial of one's own in a world to whose schemes one is not subject."""
    assert {gate.name: gate.status for gate in check(write_halves(tmp_path / "sound"))}["cannot hurt"] == "holds"
    rows = halves_rows()
    rows["weekly"] += [
        {"week": 0, "world": "but-heads", **MOVED, "listed": 1},
        {"week": 0, "world": "but-heads", **TAILS, "records_true": 1},
        {"week": 0, "world": "but-tails", **TAILS, "records_false": 1},
    ]
    folder = write_halves(tmp_path / "wrong")
    write_county(folder, HALVES, rows, groups=("quintile", "attributes"))
    gate = next(gate for gate in check(folder) if gate.name == "cannot hurt")
    assert gate.faults == (
        "but-heads exempts people who have yet 1 times a week on a list",
        "but-tails exempts people who have yet 1 times a record",
    )
    assert "Who is exempt" in gate.sentence


@pytest.mark.parametrize(("mechanism", "value"), [("false_records", 34), ("ties", 9.5), ("spiral", 6.5)])
def test_shares_of_mechanisms_are_those_on_paper(subsets: Measures, mechanism: str, value: float) -> None:
    """60 denials with all three, 10 with none: errors bring 30 first, 30 after ties, 34 after the spiral, 40 last."""
    row = subsets.one("shapley_denials", "with-all", "with-none", Cell(item=mechanism))
    share = subsets.one("shapley_denials_share", "with-all", "with-none", Cell(item=mechanism))
    assert row is not None and share is not None
    assert row.value == pytest.approx(value * 1000)
    assert (row.numerator, row.denominator) == (value * 6 * 20, 100 * 6 * 20)
    assert share.value == pytest.approx(100 * value / 50)
    assert row.chance_low == pytest.approx(row.value), "all units are alike"


def test_what_three_do_together_is_all_of_it_less_each_alone(subsets: Measures) -> None:
    """50 fall away without all three, 40, 15 and 10 without each; in pairs only worlds without two mechanisms count."""
    row = subsets.one("without_all_denials", "with-all", "with-none", Cell(item=" + ".join(THREE)))
    assert row is not None
    assert row.value == pytest.approx(-15 * 1000)
    pairs = {row.item: row.value for row in subsets.where("without_both_denials", world="with-all")}
    assert pairs == {
        "false_records + ties": pytest.approx(-10_000),
        "false_records + spiral": pytest.approx(-6_000),
        "ties + spiral": pytest.approx(-5_000),
    }


def test_no_share_is_given_of_what_may_be_nothing(subsets: Measures) -> None:
    """Nobody is listed in this ledger: a share of nothing can be anything."""
    row = subsets.one("shapley_restricted_years_share", "with-all", "with-none", Cell(item="ties"))
    assert row is not None and row.value is None


def test_a_split_needs_every_subset_and_takes_the_largest(tmp_path: Path) -> None:
    """Catches a share made of worlds that are not there, and the same worlds split twice."""

    def found(*names: str) -> list[set[str]]:
        write_subsets(tmp_path, names, 1)
        return [set().union(*one) for one in complete(facts(tmp_path))]

    assert found(*SUBSETS) == [set(THREE)]
    assert found(*(name for name in SUBSETS if name != "no-ties")) == [{"false_records", "spiral"}]
    assert found("with-all", "no-errors", "no-ties", "no-spiral") == []
    assert found("with-all", "no-errors", "no-ties", "only-spiral") == [{"false_records", "ties"}]


@pytest.mark.parametrize("count", [2, 3])
def test_parts_of_mechanisms_add_up_to_the_last_integer_and_are_means_over_orders(count: int) -> None:
    """The second way: add the mechanisms one by one in every order, and note what each adds. Catches a wrong weight."""
    dice = random.Random(count)
    names = THREE[:count]
    for _ in range(50):
        worlds: dict[frozenset[str], Int64s] = {
            frozenset(lacks): np.array([dice.randrange(-999, 999) for _ in range(3)])
            for size in range(count + 1)
            for lacks in itertools.combinations(names, size)
        }
        by_order = dict.fromkeys(names, np.zeros(3, np.int64))
        for order in itertools.permutations(names):
            lacks = frozenset(names)
            for name in order:
                by_order[name] = by_order[name] + worlds[lacks - {name}] - worlds[lacks]
                lacks -= {name}
        parts = {name: weighted(worlds, name) for name in names}
        for name in names:
            np.testing.assert_array_equal(parts[name], by_order[name])
        whole = worlds[frozenset()] - worlds[frozenset(names)]
        np.testing.assert_array_equal(sum(parts.values()), factorial(count) * whole)


def test_every_measure_of_the_register_has_rows_and_every_row_its_measure(
    halved: Measures, subsets: Measures, tmp_path: Path
) -> None:
    compute(write_village(tmp_path))
    found = {row.measure for table in (halved, subsets, read(tmp_path)) for row in table}
    assert found == {entry.name for entry in measures()}
    assert {f"shapley_{name}" for name in WHAT} <= found


def test_the_experiments_of_the_catalogue_have_the_worlds_that_their_parts_need(tmp_path: Path) -> None:
    """Catches an experiment whose worlds differ in one thing too many, so that nothing is split."""

    def run_of(name: str) -> Facts:
        write_manifest(tmp_path, {"resolved": json.loads(resolve(name).to_json())})
        return facts(tmp_path)

    run = run_of("direct-and-spillover")
    assert halves(run, run.focus) == ("but-heads", "but-tails")
    assert halves(run, "without-ties") == ("but-heads-without-ties", "but-tails-without-ties")
    assert [len(some) for some in complete(run_of("shapley"))] == [8]
