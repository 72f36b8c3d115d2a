"""Every family of measures against a ledger of a few rows that can be worked out on paper."""

from pathlib import Path
from typing import Any

import pytest

from scorelab.measures import Cell, Measures, compute, read
from scorelab.measures import measure as measure_of
from tests.measures.handmade import LAW, Rows, manifest, world, write_county, write_manifest

WORLDS = ("no-scheme", "as-written", "without-false-records", "without-ties")
POOR = {"quintile": "q1", "residence": "rural", "age": "18-29"}
RICH = {"quintile": "q5", "residence": "urban", "age": "18-29"}
CHILD = {"quintile": "q1", "residence": "rural", "age": "6-17"}


def pattern(*outcomes: str) -> dict[str, str]:
    return dict(zip(WORLDS, outcomes, strict=True))


def tiny_rows() -> Rows:
    """Two groups of 100 adults and one of 20 children, 52 weeks."""
    here = {"world": "as-written"}
    denial = {"period": 0, **here, "service": "train", "cause_domain": "travel", "origin": "own", "truth": "true"}
    elsewhere = {"without_false_records": "denied_too", "without_ties": "denied_too", "without_either": "no_such_world"}
    spread: Any = [{"world": w, "span": "run", **group} for w in WORLDS for group in (POOR, RICH, CHILD)]
    return {
        "people": [
            {**POOR, "persons": 100, "adults": 100},
            {**RICH, "persons": 100, "adults": 100},
            {**CHILD, "persons": 20, "adults": 0},
        ],
        "weekly": [
            {"week": 3, **here, **POOR, "listed": 4, "entries": 4, "denied": 8},
            {"week": 4, **here, **POOR, "listed": 3, "exits": 1, "denied": 2},
            {"week": 4, **here, **RICH, "listed": 1, "entries": 1, "denied": 0},
        ],
        "lists": [
            {"week": 3, **here, "list": "black", "entries_true": 3, "entries_false": 1, "listed": 4},
            {"week": 4, **here, "list": "black", "entries_true": 1, "exits": 1, "listed": 4},
        ],
        "needs": [
            {"period": 0, **POOR, "service": "train", **pattern("granted", "denied", "denied", "denied"), "count": 5},
            {"period": 0, **POOR, "service": "train", **pattern("granted", "denied", "granted", "denied"), "count": 3},
            {
                "period": 0,
                **CHILD,
                "service": "school",
                **pattern("granted", "denied", "denied", "granted"),
                "count": 2,
            },
            {
                "period": 0,
                **RICH,
                "service": "train",
                **pattern("granted", "granted", "granted", "granted"),
                "count": 30,
            },
            {
                "period": 0,
                **RICH,
                "service": "train",
                **pattern("granted", "not_asked", "granted", "granted"),
                "count": 4,
            },
        ],
        "denials": [
            {**denial, **POOR, **elsewhere, "tainted": True, "count": 1},
            {**denial, **POOR, **elsewhere, "cause_domain": "debt", "count": 4},
            {
                **denial,
                **POOR,
                **elsewhere,
                "truth": "false",
                "tainted": True,
                "without_false_records": "granted",
                "count": 3,
            },
            {
                **denial,
                **CHILD,
                **elsewhere,
                "service": "school",
                "cause_domain": "debt",
                "origin": "tie",
                "without_ties": "granted",
                "count": 2,
            },
        ],
        "tries": [{"period": 0, **here, **POOR, "service": "train", "refused": 25}],
        "persons": [
            {
                **row,
                "persons": 20 if row["age"] == "6-17" else 100,
                "denied": 6 if row["world"] == "as-written" and row["quintile"] == "q1" and row["age"] != "6-17" else 0,
                "wronged": 2
                if row["world"] == "as-written" and row["quintile"] == "q1" and row["age"] != "6-17"
                else 0,
                "restricted": 4
                if row["world"] == "as-written" and row["quintile"] == "q1" and row["age"] != "6-17"
                else 0,
            }
            for row in spread
        ],
        "occasions": [
            {"period": 0, **POOR, "behaviour": "smoke", **pattern("acted", "acted", "acted", "acted"), "count": 60},
            {
                "period": 0,
                **POOR,
                "behaviour": "smoke",
                **pattern("acted", "refrained", "refrained", "acted"),
                "count": 30,
            },
            {"period": 0, **RICH, "behaviour": "smoke", **pattern("refrained", "acted", "acted", "acted"), "count": 10},
            {"period": 0, **RICH, "behaviour": "gamble", **pattern("acted", "refrained", "acted", "acted"), "count": 7},
        ],
        "records": [
            {
                "year": 0,
                **here,
                "source": "staff",
                "behaviour": "smoke",
                "watched": 70,
                "expected": 14.0,
                "true": 15,
                "false": 5,
            },
            {"year": 0, **here, "source": "court", "behaviour": "default", "watched": 12, "expected": 10.8, "true": 11},
        ],
        "flow": [
            {
                "year": 0,
                **here,
                "behaviour": "smoke",
                "source": "staff",
                "status": "black",
                "service": "train",
                "origin": "own",
                "truth": "true",
                "count": 9,
            },
            {
                "year": 0,
                **here,
                "behaviour": "smoke",
                "source": "staff",
                "status": "black",
                "service": "train",
                "origin": "own",
                "truth": "false",
                "count": 3,
            },
        ],
        "stocks": [
            {"period": 0, "list": "black", **POOR, "as-written": True, "without-false-records": False, "persons": 2},
            {"period": 0, "list": "black", **POOR, "as-written": True, "without-false-records": True, "persons": 1},
        ],
        "histogram": [{**here, **POOR, "denials": 0, "persons": 94}, {**here, **POOR, "denials": 11, "persons": 1}],
        "ever": [{**POOR, "persons": 100}],
    }


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Measures:
    folder = tmp_path_factory.mktemp("tiny")
    worlds = [
        world("no-scheme", ()),
        world("as-written"),
        world("without-false-records", without=("false_records",)),
        world("without-ties", without=("ties",)),
    ]
    write_manifest(folder, manifest(worlds, 52))
    write_county(folder, WORLDS, tiny_rows())
    compute(folder)
    return read(folder)


PER_YEAR = 100_000 / 200
"""One event in a year among 200 adults, per 100,000."""
PER_PERSON = 100_000 / 220
"""One event in a year among 200 adults and 20 children, per 100,000."""


@pytest.mark.parametrize(
    ("measure", "against", "cell", "expected"),
    [
        # restricted: 4 + 3 + 1 person-weeks among 200 adults in 52 weeks
        ("restricted_person_years", None, Cell(), 8 / 52 * PER_YEAR),
        ("restricted_person_years", "no-scheme", Cell(), 8 / 52 * PER_YEAR),
        ("restricted_person_years", None, Cell(quintile="q5"), 1 / 52 * 1000),
        ("listed", None, Cell(period=4), 4 * PER_YEAR),
        ("listed", None, Cell(period=5), 0),
        ("ever_restricted", None, Cell(), 4 * PER_YEAR),
        ("listings", None, Cell(), 5 * PER_YEAR),
        ("listings", None, Cell(item="black"), 5 * PER_YEAR),
        ("listings", None, Cell(period=0), 5 * PER_YEAR * 4),
        ("listings_by_error", None, Cell(item="black"), 1 * PER_YEAR),
        # needs: eight and two denied, four not asked, 30 granted
        ("needs_denied", None, Cell(), 10 * PER_PERSON),
        ("needs_denied", None, Cell(item="school"), 2 * PER_PERSON),
        ("needs_denied", None, Cell(item="school", age="6-17"), 2 * 5000),
        ("needs_denied", None, Cell(item="school", age="18-29"), 0),
        ("needs_denied", "without-false-records", Cell(), 3 * PER_PERSON),
        ("needs_denied", None, Cell(period=0), 10 * PER_PERSON * 4),
        ("needs_not_asked", None, Cell(item="train"), 4 * PER_PERSON),
        ("needs_granted", None, Cell(), 30 * PER_PERSON),
        ("needs_asked", None, Cell(), 40 * PER_PERSON),
        ("needs_reached", None, Cell(), 44 * PER_PERSON),
        ("refused_tries", None, Cell(), 25 * PER_PERSON),
        ("denied_share", None, Cell(), 100 * 10 / 40),
        # denials by cause and the readings of wrongful
        ("denials_by_cause", None, Cell(item="own true"), 5 * PER_PERSON),
        ("denials_by_cause", None, Cell(item="own false"), 3 * PER_PERSON),
        ("denials_by_cause", None, Cell(item="tie true"), 2 * PER_PERSON),
        ("denials_by_cause", None, Cell(item="tie false"), 0),
        ("wrongful_tainted", None, Cell(), 4 * PER_PERSON),
        ("wrongful_pivotal", None, Cell(), 3 * PER_PERSON),
        ("wrongful_overdetermined", None, Cell(), 1 * PER_PERSON),
        ("wrongful_counterfactual", None, Cell(), 3 * PER_PERSON),
        ("wrongful_otherwise", None, Cell(), 0),
        ("collateral", None, Cell(), 2 * PER_PERSON),
        ("collateral", None, Cell(item="school"), 2 * PER_PERSON),
        ("unrelated_context", None, Cell(), 6 * PER_PERSON),
        # the flow of denials
        ("denials_flow", None, Cell(item="smoke > staff > black > train > own true"), 9 * PER_PERSON),
        ("denials_flow", None, Cell(item="smoke > staff > black > train > own false"), 3 * PER_PERSON),
        # persons
        ("ever_denied", None, Cell(), 6 * PER_PERSON),
        ("ever_wronged", None, Cell(quintile="q1"), 2 * 100_000 / 120),
        ("persons_by_denials", None, Cell(item="11"), 1 * PER_PERSON),
        # conduct: 90 acts without the scheme, 70 with it; 30 prevented, 10 provoked
        ("acts", None, Cell(item="smoke"), 70 * PER_YEAR),
        ("acts_prevented", "no-scheme", Cell(item="smoke"), 30 * PER_YEAR),
        ("acts_provoked", "no-scheme", Cell(item="smoke"), 10 * PER_YEAR),
        ("acts_net_prevented", "no-scheme", Cell(item="unlawful"), 20 * PER_YEAR),
        ("acts_prevented", "no-scheme", Cell(item="lawful"), 7 * PER_YEAR),
        ("acts_prevented_least", "no-scheme", Cell(item="smoke"), 20 * PER_YEAR),
        ("acts_prevented_most", "no-scheme", Cell(item="smoke"), 30 * PER_YEAR),
        ("acts_prevented_share", "no-scheme", Cell(item="smoke"), 100 * 30 / 90),
        ("acts_net_share", "no-scheme", Cell(item="smoke"), 100 * 20 / 90),
        # noise: 3 denied here and granted there; none the other way
        ("denied_only_here", "without-false-records", Cell(), 3 * PER_PERSON),
        ("denied_only_there", "without-false-records", Cell(), 0),
        ("parted_denials", "without-false-records", Cell(), 3 * PER_PERSON),
        ("parted_listings", "without-false-records", Cell(period=0), 2 * PER_YEAR),
        # sources
        ("records_true", None, Cell(), 26 * PER_YEAR),
        ("records_false", None, Cell(item="staff"), 5 * PER_YEAR),
        ("records_expected", None, Cell(item="staff"), 14 * PER_YEAR),
        ("recorded_of_watched", None, Cell(item="staff"), 100 * 15 / 70),
        ("true_of_records", None, Cell(item="staff"), 75),
        ("true_of_records", None, Cell(item="court"), 100),
        ("true_of_denials", None, Cell(item="staff"), 75),
    ],
)
def test_is_what_paper_says(tiny: Measures, measure: str, against: str | None, cell: Cell, expected: float) -> None:
    row = tiny.one(measure, "as-written", against, cell)
    assert row is not None
    assert row.value == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_the_unit_says_whom_a_rate_is_per_and_the_denominator_is_theirs(tiny: Measures) -> None:
    """Children need, ask and are denied, so those rates are per person; at most everybody is denied something."""
    seen = set()
    for row in tiny:
        if row.cell != Cell(item=row.item, period=row.period) or row.denominator is None or "100,000" not in row.unit:
            continue
        word = "adults" if "100,000 adults" in row.unit else "persons"
        assert f"100,000 {word}" in row.unit, row
        assert row.denominator == {"adults": 200, "persons": 220}[word], row
        seen.add(row.measure)
        if word == "persons":
            assert "adults" not in measure_of(row.measure).formula
    assert {"needs_denied", "ever_denied", "persons_by_denials", "listings", "acts"} <= seen
    everybody = [row.value for row in tiny.where("persons_by_denials", world="no-scheme")]
    assert all(value is None or value <= 100_000 for value in everybody)


def test_a_rate_of_children_does_not_say_adults(tiny: Measures) -> None:
    row = tiny.one("restricted_person_years", "as-written", None, Cell(age="6-17"))
    assert row is not None
    assert row.unit == "person-years per 100,000 children of that age and year"
    assert row.denominator == 20


def test_only_unlawful_acts_are_set_against_years_on_a_list(tiny: Measures) -> None:
    """Fewer good deeds are nothing that is bought with years on a list."""
    assert {row.item for row in tiny.where("restricted_years_per_act_prevented")} == {"unlawful"}


def test_a_world_without_a_scheme_denies_nobody_by_construction(tiny: Measures) -> None:
    row = tiny.one("needs_denied", "no-scheme")
    assert row is not None
    assert (row.value, row.interval_method) == (0.0, "zero by construction")


@pytest.mark.parametrize(
    ("measure", "cell", "reason"),
    [
        ("true_of_listings", Cell(item="black"), "fewer than 10 in the denominator"),  # 4 of 5 entries
        ("never_wronged_of_denied", Cell(), "fewer than 10 in the denominator"),  # 4 of 6 persons
        ("ever_denied_ratio", Cell(item="q1 to q5"), "fewer than 10 cases on one side"),  # 6 to 0
    ],
)
def test_no_bare_ratio_of_a_few_cases(tiny: Measures, measure: str, cell: Cell, reason: str) -> None:
    row = tiny.one(measure, "as-written", None, cell)
    assert row is not None
    assert row.value is None
    assert reason in row.interval_method


def test_one_county_gives_no_interval_and_says_why(tiny: Measures) -> None:
    row = tiny.one("needs_denied", "as-written")
    assert row is not None
    assert row.chance_low is None
    assert row.chance_high is None
    assert "20 counties or 5 replicates" in row.interval_method


def test_the_years_for_each_act_fewer_are_hidden_while_the_net_may_be_zero(tiny: Measures) -> None:
    row = tiny.one("restricted_years_per_act_prevented", "as-written", "no-scheme", Cell(item="unlawful"))
    assert row is not None
    assert row.value is None
    assert "includes zero" in row.interval_method


def test_every_row_is_about_something_else(tiny: Measures) -> None:
    keys = [(row.measure, row.world, row.against, *row.cell) for row in tiny]
    assert len(set(keys)) == len(keys)


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    write_manifest(tmp_path, manifest([world("no-scheme", ()), world("as-written", (LAW,))], 52))
    rows = {name: [] if name in ("needs", "occasions", "stocks") else found for name, found in tiny_rows().items()}
    for name in ("weekly", "persons", "records", "denials", "flow", "tries", "lists", "histogram"):
        rows[name] = [row for row in rows[name] if row["world"] in ("no-scheme", "as-written")]
    write_county(tmp_path, ("no-scheme", "as-written"), rows)
    first = compute(tmp_path).read_bytes()
    assert compute(tmp_path).read_bytes() == first
