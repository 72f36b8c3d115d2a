"""Measures of what schemes do beside denying, against a ledger that can be worked out on paper."""

from pathlib import Path

import pytest

from scorelab.measures import Cell, Measures, compute, measures, read
from scorelab.measures.grades import bin_of, quantile
from scorelab.spec.scheme import Score
from tests.measures.village import write


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Measures:
    folder = write(tmp_path_factory.mktemp("village"))
    compute(folder)
    return read(folder)


ADULTS = 100_000 / 200 / 2
"""One event in two years among 200 adults, per 100,000 and year."""
PERSONS = 100_000 / 220 / 2
"""One event in two years among 200 adults and 20 children, per 100,000 and year."""
POINT = 100 / 200 / 2
"""One point in two years among 200 adults, per 100 and year."""
LAWFUL = Cell(item="lawful in leisure")
ERRORS, TIES, BOTH = Cell(item="false_records"), Cell(item="ties"), Cell(item="false_records + ties")


@pytest.mark.parametrize(
    ("measure", "against", "cell", "expected"),
    [
        # points: 500 taken, 70 of them along ties and 50 for false records; 100 given
        ("points_taken", None, Cell(), 500 * POINT),
        ("points_taken", None, Cell(item="staff"), 410 * POINT),
        ("points_taken", "without-ties", Cell(), 70 * POINT),
        ("points_given", None, Cell(), 100 * POINT),
        ("points_taken_by_cause", None, Cell(item="own true"), 390 * POINT),
        ("points_taken_by_cause", None, Cell(item="own false"), 40 * POINT),
        ("points_taken_by_cause", None, Cell(item="tie true"), 60 * POINT),
        ("points_taken_by_cause", None, Cell(item="tie false"), 10 * POINT),
        ("points_given_by_cause", None, Cell(item="own true"), 100 * POINT),
        ("points_taken_share", None, Cell(item="staff"), 82),
        ("points_taken_share", None, Cell(item="court"), 18),
        ("points_given_share", None, Cell(item="court"), 100),
        ("points_moved_share", None, Cell(item="staff"), 100 * 410 / 600),
        ("points_moved_share_of_behaviour", None, Cell(item="default"), 100 * 190 / 600),
        # grades: 30 poor, 170 fair, 20 good at the end; 10 of 100 poor at first
        ("grade_share", None, Cell(item="poor"), 100 * 30 / 220),
        ("grade_share", None, Cell(item="good", quintile="q5"), 10),
        ("grade_share", None, Cell(item="poor", quintile="q1"), 25),
        ("grade_share", None, Cell(item="poor", period=0), 10),
        ("grade_share", None, Cell(item="fair", period=7), 100 * 170 / 220),
        ("grade_moved", None, Cell(item="below"), 100 * 30 / 220),
        ("grade_moved", None, Cell(item="above"), 100 * 20 / 220),
        ("grade_moved", None, Cell(item="above", quintile="q5"), 10),
        ("grade_moved", None, Cell(item="below", period=0), 10),
        ("score_members", None, Cell(), 100_000),
        ("score_members", None, Cell(period=0), 100_000 * 100 / 220),
        # scores of 0 to 150 in 64 parts: the 20th holds 48 and 49, the 42nd 100 and 101, the 55th 130 to 132
        ("score_quantile", None, Cell(item="P10", period=1), 48.5),
        ("score_quantile", None, Cell(item="P50"), 100.5),
        ("score_quantile", None, Cell(item="P90"), 131),
        # due process, by truth
        ("process_told", None, Cell(item="true"), 90),
        ("process_told", None, Cell(), 100 * 108 / 120),
        ("process_made_good", None, Cell(item="true"), 10),
        ("process_objected", None, Cell(item="false"), 50),
        ("process_objection_upheld", None, Cell(item="true"), 25),
        ("process_objection_upheld", None, Cell(item="false"), 60),
        ("process_appealed", None, Cell(item="false"), 100 * 10 / 12),
        ("process_appeal_upheld", None, Cell(item="true"), 25),
        ("process_appeal_upheld", None, Cell(item="false"), 50),
        ("records_in_effect", None, Cell(item="true"), 80 * ADULTS),
        ("records_in_effect", None, Cell(), 92 * ADULTS),
        ("records_in_effect", None, Cell(item="false", period=0), 12 * ADULTS * 2),
        # lists: 14 in the first year, 10 in the second; 22 listings end
        ("list_persons", None, Cell(item="black", period=0), 14 * ADULTS * 2),
        ("list_persons", None, Cell(item="black"), 10 * ADULTS * 2),
        ("list_entries", None, Cell(item="black"), 14 * ADULTS),
        ("list_entries", None, Cell(item="black", period=1), 0),
        ("list_exits", None, Cell(item="black", period=1), 4 * ADULTS * 2),
        ("list_exit_rate", None, Cell(item="black"), 4 / 24),
        ("list_exit_rate", None, Cell(item="black", period=1), 0.4),
        ("list_endings", None, Cell(item="term"), 50),
        ("list_endings", None, Cell(item="true term"), 75),
        ("list_endings", None, Cell(item="false corrected"), 80),
        ("list_weeks", None, Cell(), 400 / 22),
        ("list_weeks", None, Cell(item="true"), 20),
        ("list_weeks", None, Cell(item="black false"), 16),
        # work: 130 weeks without it, 30 more than without a scheme, 25 of them by the spiral
        ("jobless_person_years", None, Cell(), 130 / 52 * ADULTS),
        ("jobless_person_years", "no-scheme", Cell(), 30 / 52 * ADULTS),
        ("jobless_person_years", None, Cell(period=0), 130 / 13 * 100_000 / 200),
        ("arrears_person_years", "no-scheme", Cell(quintile="q1", age=None), 20 / 52 * 100_000 / 100 / 2),
        ("throttled_person_years", None, Cell(), PERSONS),
        ("spiral_jobless", "without-spiral", Cell(), 25 / 52 * ADULTS),
        ("spiral_arrears", "without-spiral", Cell(), 20 / 52 * ADULTS),
        # life chances: five places lost, three gained by favour, two that only one world needs
        ("chances_lost", "no-scheme", Cell(), 5 * PERSONS),
        ("chances_gained", "no-scheme", Cell(item="school"), 3 * PERSONS),
        ("chances_net", "no-scheme", Cell(), 2 * PERSONS),
        ("chances_lost", "no-scheme", Cell(age="6-17"), 5 * 100_000 / 20 / 2),
        ("chances_lost", "without-ties", Cell(), 0),
        ("needs_favoured", None, Cell(item="school"), 3 * PERSONS),
        # conduct: ten acts turn into another; thirty lawful ones are given up
        ("acts_displaced", None, Cell(item="smoke"), 10 * ADULTS),
        ("acts_displaced", None, Cell(item="unlawful"), 10 * ADULTS),
        ("acts_net_prevented", "no-scheme", LAWFUL, 30 * ADULTS),
        ("acts_net_share", "no-scheme", LAWFUL, 30),
        ("acts", None, LAWFUL, 70 * ADULTS),
        ("acts_recorded", None, Cell(item="smoke"), 75),
        ("acts_recorded", None, Cell(item="default"), 80),
        ("acts_recorded", None, Cell(item="unlawful"), 100 * 23 / 30),
        # sources: 50 alerts, 20 of them false, of which five pass the review; 44,000 scans
        ("alerts_true", None, Cell(), 38 * ADULTS),
        ("alerts_false", None, Cell(item="camera"), 20 * ADULTS),
        ("true_of_alerts", None, Cell(item="camera"), 60),
        ("true_of_records", None, Cell(item="camera"), 75),
        ("scans", None, Cell(item="camera"), 100 * 100_000),
        ("false_alerts_of_scans", None, Cell(item="camera"), 1e6 * 20 / 44_000),
        # refused tries: 30 and 20, for ten and five entries and ten persons
        ("tries_so_far", None, Cell(period=0), 30 * PERSONS * 2),
        ("tries_so_far", None, Cell(period=1), 50 * PERSONS * 2),
        ("tries_per_entry", None, Cell(period=0), 3),
        ("tries_per_entry", None, Cell(), 50 / 15),
        ("tries_per_person_denied", None, Cell(), 5),
        ("ever_for_another", None, Cell(), 3 * PERSONS * 2),
        # what falls away of 105 denials: 40 without errors, 30 without ties, 90 without both
        ("without_denials", "without-errors", ERRORS, 40 * PERSONS),
        ("without_denials", "without-ties", TIES, 30 * PERSONS),
        ("without_denials", "without-either", BOTH, 90 * PERSONS),
        ("without_both_denials", "without-either", BOTH, 20 * PERSONS),
        ("without_denials_share", "without-errors", ERRORS, 100 * 40 / 105),
        ("without_restricted_years", "without-errors", ERRORS, 40 / 52 * ADULTS),
        ("without_both_restricted_years", "without-either", BOTH, -5 / 52 * ADULTS),
        ("without_jobless_years", "without-spiral", Cell(item="spiral"), 25 / 52 * ADULTS),
        ("without_unlawful_prevented", "without-errors", ERRORS, 10 * ADULTS),
        ("without_lawful_forgone", "without-errors", ERRORS, 0),
    ],
)
def test_is_what_paper_says(village: Measures, measure: str, against: str | None, cell: Cell, expected: float) -> None:
    row = village.one(measure, "as-written", against, cell)
    assert row is not None
    assert row.value == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_every_row_is_about_something_else(village: Measures) -> None:
    keys = [(row.measure, row.world, row.against, *row.cell) for row in village]
    assert len(set(keys)) == len(keys)


def test_of_a_prevention_that_is_not_certain_no_share_falls_away(village: Measures) -> None:
    """A share of a net that may be nothing can be anything."""
    row = village.one("without_unlawful_prevented_share", "as-written", "without-errors", ERRORS)
    assert row is not None
    assert row.value is None
    assert "not certain" in row.interval_method


def test_a_score_read_from_parts_says_how_far_off_it_can_be(village: Measures) -> None:
    row = village.one("score_quantile", "as-written", None, Cell(item="P90"))
    assert row is not None
    assert row.interval_method == "none: read from bins, right to within ±1"
    assert (row.chance_low, row.numerator) == (None, None)
    empty = village.one("score_quantile", "as-written", None, Cell(item="P50", period=0))
    assert empty is not None
    assert empty.value is None


@pytest.mark.parametrize(
    ("lowest", "highest"), [(0, 150), (-1000, 1000), (0, 9), (350, 950), (-10_000, 10_000), (0, 63)]
)
def test_every_score_lies_in_the_part_that_the_ledger_counts_it_in(lowest: int, highest: int) -> None:
    """A middle that lies in another part would move the quantiles."""
    score = Score(start=highest, lowest=lowest, highest=highest)
    width = highest - lowest + 1
    for points in range(lowest, highest + 1, max(1, width // 500)):
        place = bin_of(score, (points - lowest) * 64 // width)
        assert place.middle - place.half <= points <= place.middle + place.half


def test_a_quantile_is_the_first_part_up_to_which_enough_people_lie() -> None:
    persons = [0, 10, 0, 80, 10]
    assert [quantile(persons, percent) for percent in (1, 10, 11, 50, 90, 91)] == [1, 1, 3, 3, 3, 4]


def test_a_world_without_a_score_has_no_grades_and_one_without_process_no_steps(village: Measures) -> None:
    for name in ("grade_share", "grade_moved", "score_quantile", "points_taken_share", "process_told"):
        assert village.where(name, world="as-written")
        assert not village.where(name, world="no-scheme"), name


@pytest.mark.parametrize(
    ("measure", "world"),
    [
        ("points_taken", "no-scheme"),
        ("alerts_false", "without-errors"),
        ("ever_for_another", "without-ties"),
        ("throttled_person_years", "no-scheme"),
        ("acts_displaced", "no-scheme"),
        ("needs_favoured", "no-scheme"),
        ("list_persons", "no-scheme"),
    ],
)
def test_what_cannot_happen_is_zero_by_construction(village: Measures, measure: str, world: str) -> None:
    row = next(row for row in village.where(measure, world=world, against=None) if row.value is not None)
    assert (row.value, row.interval_method) == (0.0, "zero by construction")


def test_codes_and_caveats_are_there_for_every_measure(tmp_path: Path) -> None:
    for entry in measures():
        assert entry.definition.endswith("."), entry.name
        assert entry.formula and entry.unit and entry.title, entry.name
        assert "  " not in entry.definition + entry.formula + "".join(entry.caveats), entry.name
