"""Scores, grades and what they close and open, against answers worked out on paper."""

import itertools
from typing import Any

import pytest

from scorelab.kernel.counted import Counts, denial_key, flow_key
from scorelab.kernel.layout import (
    ALWAYS,
    GRADE_STATUS,
    MISTAKE,
    NEED,
    OCCASION,
    ONE,
)
from scorelab.words import Tie
from tests.hand.tiny import Happens, column, number, scale, scores, tiny, week_by_week, weeks_of

EVER = set(range(12))


def closed(counts: Counts) -> list[int]:
    """The weeks in which somebody is denied."""
    return weeks_of(counts, "denied")


@pytest.mark.parametrize(
    ("recovery", "lowest", "middle"),
    [(5, [1, 2], [3, 4, 5, 6]), (7, [1, 2], [3, 4, 5]), (30, [1], []), (0, list(range(1, 12)), [])],
)
def test_a_grade_is_left_in_the_very_week_in_which_the_score_is_back(
    recovery: int, lowest: list[int], middle: list[int]
) -> None:
    """50 - 30 = 20 in week 1. By 5 a week 30 in week 3, 50 in week 7; by 7 a week 27, 34 in week 3, 48, 50 in week 6.

    Catches a wait that is rounded down, or grades that are looked at only when something happens.
    """
    happening = [Happens(OCCASION, {1}), Happens(NEED, EVER)]
    rules: dict[str, Any] = {"grades": (0, 30, 50), "score": [0, 50, 0, 100, recovery], "points": -30}
    assert closed(tiny(happening, bar_grades=0b001, **rules)) == lowest
    assert closed(tiny(happening, bar_grades=0b010, **rules)) == middle
    top = [week for week in range(12) if week not in lowest + middle]
    assert closed(tiny(happening, bar_grades=0b100, **rules)) == top


@pytest.mark.parametrize(("first", "lowest", "middle"), [(0, [1, 2, 3, 4], []), (1, [2, 3, 4], [1])])
def test_a_second_record_on_the_way_up_is_waited_for_as_well(first: int, lowest: list[int], middle: list[int]) -> None:
    """50 - 30 = 20, 25 - 10 = 15, 20, 25, 30 in week 5; the other way round 40, 45 - 30 = 15, 20, 25, 30 in week 5.

    In both, something is already waited for in week 3 when the second record comes, and then it is still too early.
    Catches a wait that is forgotten because an earlier one was there. 50 is reached in week 9.
    """
    happening = [Happens(OCCASION, {1 + first}, which=0), Happens(OCCASION, {2 - first}, which=1), Happens(NEED, EVER)]
    rules: dict[str, Any] = {"grades": (0, 30, 50), "score": [0, 50, 0, 100, 5], "behaviours": 2, "points": [-30, -10]}
    assert closed(tiny(happening, bar_grades=0b001, **rules)) == lowest
    assert closed(tiny(happening, bar_grades=0b010, **rules)) == [*middle, 5, 6, 7, 8]


def test_recovery_gives_false_points_back_first() -> None:
    """Week 1: 50 - 10 true - 30 false = 10. All: 30 in week 5, 50 in week 9. Without the false ones: 40 until week 7.

    So in weeks 1 to 4 the lowest grade is a mistake, and in weeks 5 to 8 the middle one is not: also without the false
    points the score is below 50 until week 9.
    """
    happening = [Happens(OCCASION, {1}), Happens(MISTAKE, {1}), Happens(NEED, EVER)]
    rules: dict[str, Any] = {"grades": (0, 30, 50), "score": [0, 50, 0, 100, 5], "behaviours": 2, "points": [-10, -30]}
    rules |= {"mistaken_for": [1, -1]}
    counts = tiny(happening, bar_grades=0b001, **rules)
    assert closed(counts) == weeks_of(counts, "denied_false") == [1, 2, 3, 4]
    counts = tiny(happening, bar_grades=0b010, **rules)
    assert closed(counts) == [5, 6, 7, 8]
    assert weeks_of(counts, "denied_false") == []
    assert weeks_of(counts, "denied_tainted") == [5, 6]


def test_a_grade_is_tainted_until_the_false_points_are_back() -> None:
    """100 - 50 true - 4 false; two a week: of the false ones 2 are left in week 1, none in week 2. Always barred."""
    happening = [Happens(OCCASION, {0}), Happens(MISTAKE, {0}), Happens(NEED, EVER)]
    rules: dict[str, Any] = {"behaviours": 2, "points": [-50, -4], "mistaken_for": [1, -1], "grades": (0, 95)}
    counts = tiny(happening, score=[0, 100, 0, 100, 2], bar_grades=1, **rules)
    assert closed(counts) == list(range(12))
    assert weeks_of(counts, "denied_tainted") == [0, 1]


PARTS = ("own true", "own false", "tie true", "tie false")


@pytest.mark.parametrize(
    ("parts", "needed"),
    [(p, n) for size in range(5) for p in itertools.combinations(PARTS, size) for n in range(1, 5)],
)
def test_whose_points_and_which_brought_somebody_into_a_grade(parts: tuple[str, ...], needed: int) -> None:
    """Each part takes 10 of 50 points, and the door is closed to whoever lost so many parts as are needed.

    True: the true parts alone are enough. Own: without those of ties it is enough too, on the side of its truth. Each
    part has its own behaviour, the false ones their own source, and the cause is the own one or that of the tie, on the
    side of the denial's truth.
    """
    happening = [
        one
        for word, one in (
            ("own true", Happens(OCCASION, {0}, 0, which=0)),
            ("tie true", Happens(OCCASION, {0}, 1, which=2)),
            ("own false", Happens(MISTAKE, {0}, 0, which=1)),
            ("tie false", Happens(MISTAKE, {0}, 1, which=2)),
        )
        if word in parts
    ]
    counts = tiny(
        [*happening, Happens(NEED, {1}, 0)],
        weeks=3,
        persons=2,
        tied={(0, Tie.parent): [1]},
        behaviours=4,
        domains=4,
        sources=3,
        alert=[4 * [ALWAYS], 4 * [0], 4 * [0]],
        mistaken_for=[[0, -1, -1, -1], [1, -1, -1, -1], [3, -1, -1, -1]],
        along={Tie.child: ONE},
        points=-10,
        score=[0, 50, 0, 100, 0],
        grades=(0, 5, 51 - 10 * needed),
        bar_grades=0b010,
    )
    if len(parts) < needed:
        assert column(counts, "granted") == [0, 1, 0]
        return
    true = len({"own true", "tie true"} & set(parts)) >= needed
    own = ("own true" in parts and needed == 1) if true else len({"own true", "own false"} & set(parts)) >= needed
    tainted = "own false" in parts or "tie false" in parts
    if own:
        cause = 0 if true else 1
    else:
        cause = 2 if true or "tie false" not in parts else 3
    flags = 8 * (not own) + 4 * (not true) + 2 * tainted
    assert counts.denials.tolist() == [[denial_key(0, 0, 0, 0, cause, flags, 0), 1]]
    behind = flow_key(0, 0, cause, (0, 1, 0, 2)[cause], GRADE_STATUS + 1, 0, 2 * (not own) + (not true))
    assert counts.flow.tolist() == [[behind, 1]]


def test_a_score_stays_between_its_bounds() -> None:
    """60 + 20 is 63 and no more, so 20 less is 43; 10 - 20 is 0 and no less, so 20 more is 20."""
    happening = [Happens(OCCASION, {0}, which=0), Happens(OCCASION, {1}, which=1)]
    assert week_by_week(happening, 2, behaviours=2, points=[20, -20], score=scale(60)) == [63, 43]
    assert week_by_week(happening, 2, behaviours=2, points=[-20, 20], score=scale(10)) == [0, 20]


@pytest.mark.parametrize("false_first", [False, True])
def test_points_below_the_lowest_score_are_taken_off_the_false_ones(false_first: bool) -> None:
    """10 - 8 true - 8 false = -6: the false ones become -2. Without them 2, below 3: a true denial, in each order."""
    happening = [Happens(OCCASION, {int(false_first)}), Happens(MISTAKE, {int(not false_first)}), Happens(NEED, {2})]
    counts = tiny(happening, points=-8, score=[0, 10, 0, 100, 0], grades=(0, 3), bar_grades=0b01)
    assert closed(counts) == [2]
    assert weeks_of(counts, "denied_false") == []


@pytest.mark.parametrize(
    ("start", "to", "end"), [(50, 0, 19), (50, 1, 39), (50, 2, 50), (15, 0, 15), (15, 1, 15), (19, 0, 19), (20, 0, 19)]
)
def test_a_record_sends_down_to_the_top_of_a_grade_and_never_up(start: int, to: int, end: int) -> None:
    """Grades begin at 0, 20, 40: the top of the first is 19, of the second 39; above the third there is none."""
    counts = tiny([Happens(OCCASION, {0, 1})], score=scale(start), grades=(0, 20, 40), to_grade=to)
    assert scores(counts) == [end]
    assert number(counts, "points", "taken") == start - end


def test_a_record_sends_down_from_where_recovery_had_come() -> None:
    """50 to 19, 24, 29 in week 2: the second record takes 10."""
    counts = tiny([Happens(OCCASION, {0, 2})], score=scale(50, 5), grades=(0, 20, 40), to_grade=0, weeks=3)
    assert scores(counts) == [19]
    assert number(counts, "points", "taken") == 31 + 10


BY_GRADE: dict[str, Any] = {"points": -30, "score": [0, 50, 0, 100, 5], "grades": (0, 30, 50)}


def test_persons_are_counted_by_grade_at_the_end_of_a_period_and_by_score_at_the_end_of_a_year() -> None:
    """Person 0 falls to 20 in week 12, the last of the first period; by week 25 the 30 points are back.

    The scale from -100 to 155 has four values a bin: 100 is bin 50, 100 - 171 = -71 bin 7, -100 bin 0, 155 bin 63.
    """
    record = Happens(OCCASION, {12}, 0)
    counts = tiny([record], persons=2, weeks=26, **BY_GRADE)
    assert counts.grades[:, 0, 0, :4].tolist() == [[1, 0, 1, 0], [0, 0, 2, 0]]
    counts = tiny([record], persons=2, weeks=26, in_force=13, **BY_GRADE)
    assert counts.grades[:, 0, 0, :4].tolist() == [[0, 0, 0, 0], [0, 0, 2, 0]]
    for points, place in ((0, 50), (-171, 7), (-300, 0), (300, 63)):
        counts = tiny([Happens(OCCASION, {51}, 0)], persons=3, weeks=53, points=points, score=[0, 100, -100, 155, 0])
        found = [{place: 1, 50: 2} if place != 50 else {50: 3}]
        assert [{n: int(c) for n, c in enumerate(year) if c} for year in counts.scores[:, 0]] == 2 * found
