"""What measures hold to in every run: which worlds are compared, whom a rate is per, and when no interval is given."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scorelab.measures import Cell, Measures, compute, read
from scorelab.measures.gates import check
from scorelab.measures.lab import facts
from tests.measures.handmade import LAW, RESPONSE, Rows, manifest, world, write_county, write_manifest
from tests.measures.test_by_hand import CHILD, POOR, RICH, tiny_rows

DELAYED: dict[str, Any] = {**LAW, "about": "The same, but for one word."}
TIMID = {
    **RESPONSE,
    "learning": {"value": 0.2, "range": [0.02, 0.2], "basis": "assumed", "cite": [], "note": ""},
}


def told(worlds: list[dict[str, Any]], folder: Path) -> Any:
    write_manifest(folder, manifest(worlds, 52))
    return facts(folder)


@pytest.mark.parametrize(
    "other",
    [
        world("cleaner", (DELAYED,), without=("false_records",)),
        world("cleaner", (), without=("false_records",)),
        world("cleaner", without=("false_records",), response=TIMID),
        world("cleaner", without=("false_records",), placebo=True),
        world("cleaner", without=("false_records", "ties")),
    ],
    ids=["other scheme", "no scheme", "other response", "placebo", "two switches"],
)
def test_a_world_that_differs_in_more_is_no_sibling(tmp_path: Path, other: dict[str, Any]) -> None:
    """The ledger compares a denial with no such world, so a reading of it would be a false zero."""
    run = told([world("no-scheme", ()), world("as-written"), other], tmp_path)
    assert run.sibling("false_records") is None
    sibling = world("cleaner", without=("false_records",))
    assert told([world("no-scheme", ()), world("as-written"), sibling], tmp_path).sibling("false_records") == "cleaner"


def test_no_sibling_no_counterfactual_reading(tmp_path: Path) -> None:
    names = ("no-scheme", "as-written", "cleaner")
    write_manifest(
        tmp_path,
        manifest([world("no-scheme", ()), world("as-written"), world("cleaner", (DELAYED,), ("false_records",))], 52),
    )
    people = [{**POOR, "persons": 50, "adults": 50}]
    write_county(tmp_path, names, {"people": people})
    compute(tmp_path)
    assert read(tmp_path).where("wrongful_counterfactual") == []
    assert read(tmp_path).where("wrongful_pivotal")


@pytest.mark.parametrize(
    "other",
    [world("plac", (DELAYED,), placebo=True), world("plac", without=("ties",), placebo=True)],
    ids=["other scheme", "without ties"],
)
def test_the_placebo_of_another_law_is_not_this_one_s(tmp_path: Path, other: dict[str, Any]) -> None:
    assert told([world("as-written"), other], tmp_path).placebo is None
    assert told([world("as-written"), world("plac", placebo=True)], tmp_path).placebo == "plac"
    write_manifest(tmp_path, manifest([world("as-written"), other], 52))
    write_county(tmp_path, ("as-written", "plac"), {"people": [{**POOR, "persons": 50, "adults": 50}]})
    assert {gate.name: gate.status for gate in check(tmp_path)}["placebo"] == "not tested"


def test_a_run_without_a_breakdown_has_its_measures_and_its_report(tmp_path: Path) -> None:
    from scorelab.report.page import write

    names = ("no-scheme", "as-written")
    attributes = set(POOR)
    rows: Rows = {}
    for table, found in tiny_rows().items():
        kept = [{key: value for key, value in row.items() if key not in attributes} for row in found]
        rows[table] = [
            {key: value for key, value in row.items() if key not in ("without-false-records", "without-ties")}
            for row in kept
            if row.get("world", names[0]) in names
        ]
    rows["people"] = [{"persons": 220, "adults": 200}]
    rows["ever"] = [{"persons": 220}]
    rows["persons"] = [{"world": name, "span": "run", "persons": 220, "denied": 6} for name in names]
    write_manifest(tmp_path, manifest([world("no-scheme", ()), world("as-written")], 52, groups=[]))
    write_county(tmp_path, names, rows, groups=())
    compute(tmp_path)
    row = read(tmp_path).one("needs_denied", "as-written")
    assert row is not None
    assert row.value == pytest.approx(10 / 220 * 100_000)
    assert not [gate for gate in check(tmp_path) if any("persons differs" in fault for fault in gate.faults)]
    assert "<table" in write(tmp_path).read_text(encoding="utf-8")


def with_attributes(folder: Path) -> Path:
    """Two attributes of the society among the groups: thirty people with one, ten with both, sixty with none."""
    contents = manifest([world("no-scheme", ()), world("as-written")], 52, groups=["quintile", "migrant", "veteran"])
    contents["resolved"]["society"]["attributes"] = {
        "migrant": {"title": "From elsewhere"},
        "veteran": {"title": "Veteran"},
    }
    write_manifest(folder, contents)
    size = {"none": 60, "migrant": 30, "migrant + veteran": 10}
    denied = {"none": 15, "migrant": 20, "migrant + veteran": 5}
    groups = {word: {"quintile": "q1", "attributes": word} for word in size}
    span = {"span": "run", "world": "as-written"}
    rows: Rows = {
        "people": [{**groups[word], "persons": count, "adults": count} for word, count in size.items()],
        "persons": [{**span, **groups[word], "persons": size[word], "denied": count} for word, count in denied.items()],
    }
    write_county(folder, ("no-scheme", "as-written"), rows, groups=("quintile", "attributes"))
    compute(folder)
    return folder


def test_all_attributes_of_a_society_are_one_column_of_the_breakdown(tmp_path: Path) -> None:
    run = facts(with_attributes(tmp_path))
    assert (run.groups, run.attributes) == (("quintile", "attributes"), ("migrant", "veteran"))
    table = read(tmp_path)
    both = table.one("ever_denied", "as-written", None, Cell(attributes="migrant + veteran"))
    assert both is not None
    assert (both.numerator, both.denominator) == (5, 10)


def test_whoever_has_an_attribute_is_set_against_all_who_have_not(tmp_path: Path) -> None:
    """25 of 40 with it, 15 of 60 without it; those who have the other one too are among the first."""
    table = read(with_attributes(tmp_path))
    ratio, gap = (
        table.one(f"ever_denied_{how}", "as-written", None, Cell(item="migrant to others")) for how in ("ratio", "gap")
    )
    assert ratio is not None and gap is not None
    assert ratio.value == pytest.approx((25 / 40) / (15 / 60))
    assert gap.value == pytest.approx(100_000 * (25 / 40 - 15 / 60))
    few = table.one("ever_denied_ratio", "as-written", None, Cell(item="veteran to others"))
    assert few is not None
    assert few.value is None


def test_siblings_are_worlds_that_lack_more_and_nothing_else(tmp_path: Path) -> None:
    worlds = [
        world("as-written"),
        world("calm", without=("spiral",)),
        world("calm-again", without=("spiral",)),
        world("no-web", without=("source:web", "spiral")),
        world("timid", without=("ties",), response=TIMID),
    ]
    run = told(worlds, tmp_path)
    assert run.siblings() == {"calm": ("spiral",), "no-web": ("source:web", "spiral")}
    assert run.siblings("calm") == {"no-web": ("source:web",)}
    assert (run.sibling("spiral"), run.sibling("ties")) == ("calm", None)


def counties(folder: Path, change: Any, worlds: list[dict[str, Any]] | None = None) -> Measures:
    """Twenty counties; ``change`` makes the rows of each from its number."""
    worlds = worlds or [world("no-scheme", ()), world("as-written")]
    write_manifest(folder, manifest(worlds, 52))
    people = [{**POOR, "persons": 100, "adults": 100}, {**RICH, "persons": 100, "adults": 100}]
    people.append({**CHILD, "persons": 20, "adults": 0})
    for county in range(20):
        write_county(folder, [one["name"] for one in worlds], {"people": people, **change(county)}, county)
    compute(folder)
    return read(folder)


def test_no_ratio_rests_on_a_few_persons_who_bring_much(tmp_path: Path) -> None:
    """Two persons a side, each 20 weeks on a list and ten denials: forty person-weeks are not forty cases."""

    def rows(county: int) -> Rows:
        if county % 10:
            return {}
        here = {"world": "as-written"}
        needs = {"period": 0, "service": "train", "no-scheme": "granted", "as-written": "denied", "count": 10}
        weeks = [{"week": week, **here, **group, "listed": 1} for week in range(20) for group in (POOR, RICH)]
        persons = [{"span": "run", **here, **group, "restricted": 1, "denied": 1} for group in (POOR, RICH)]
        return {"weekly": weeks, "persons": persons, "needs": [{**needs, **POOR}, {**needs, **RICH}]}

    table = counties(tmp_path, rows)
    for name in ("restricted_person_years_ratio", "needs_denied_ratio", "denied_share_ratio"):
        row = table.one(name, "as-written", None, Cell(item="q1 to q5"))
        assert row is not None
        assert row.value is None, name
        assert "persons on one side" in row.interval_method


def test_the_bounds_of_what_was_prevented_do_not_move_with_a_third_world(tmp_path: Path) -> None:
    """Occasions that only another world reaches cannot have been prevented between these two."""

    def rows(county: int) -> Rows:
        acts = {"period": 0, **POOR, "behaviour": "smoke", "without-ties": "acted"}
        return {
            "occasions": [
                {**acts, "no-scheme": "acted", "as-written": "refrained", "count": 3},
                {**acts, "no-scheme": "acted", "as-written": "acted", "count": 40},
                {**acts, "no-scheme": "not_reached", "as-written": "not_reached", "count": 500},
            ]
        }

    worlds = [world("no-scheme", ()), world("as-written"), world("without-ties", without=("ties",))]
    table = counties(tmp_path, rows, worlds)
    row = table.one("acts_prevented_most", "as-written", "no-scheme", Cell(item="smoke"))
    assert row is not None
    assert row.value == pytest.approx(3 / 200 * 100_000)


def test_worlds_that_are_equal_differ_by_construction_and_others_only_happen_to(tmp_path: Path) -> None:
    worlds = [world("no-scheme", ()), world("as-written"), world("again"), world("without-ties", without=("ties",))]
    table = counties(tmp_path, lambda county: {}, worlds)
    again, ties = (table.one("parted_denials", "as-written", name) for name in ("again", "without-ties"))
    assert again is not None and ties is not None
    assert (again.value, again.chance_low, again.chance_high) == (0.0, 0.0, 0.0)
    assert again.interval_method == "zero by construction"
    assert (ties.value, ties.chance_low, ties.chance_high) == (0.0, None, None)
    assert "one person can bring many" in ties.interval_method


def test_a_share_of_all_or_none_is_not_certain(tmp_path: Path) -> None:
    """Twelve records, none of them false: that all are true is not known, and nothing is above 100 of 100."""

    def rows(county: int) -> Rows:
        one = {"year": 0, "world": "as-written", "behaviour": "smoke", "watched": 2, "true": int(county < 12)}
        return {"records": [{**one, "source": "staff", "expected": 0.4}]}

    row = counties(tmp_path, rows).one("true_of_records", "as-written", None, Cell(item="staff"))
    assert row is not None
    assert (row.value, row.chance_high) == (100.0, 100.0)
    assert row.chance_low == pytest.approx(100 * 0.025 ** (1 / 12))


def test_what_no_unit_has_gets_the_interval_of_what_it_counts(tmp_path: Path) -> None:
    table = counties(tmp_path, lambda county: {})
    records = table.one("records_false", "as-written")
    denials = table.one("needs_denied", "as-written")
    assert records is not None and denials is not None
    assert records.chance_high == pytest.approx(-np.log(0.025) / 4000 * 100_000)
    assert "exact Poisson" in records.interval_method
    assert (denials.value, denials.chance_low, denials.chance_high) == (0.0, None, None)
