"""What becomes of a record from its arrival to the day it is undone, against answers worked out on paper."""

import itertools
from typing import Any

import pytest

from scorelab.kernel.counted import Counts
from scorelab.kernel.fate import BY_PERSON
from scorelab.kernel.layout import (
    ALWAYS,
    MISTAKE,
    NEED,
    OCCASION,
    ONE,
)
from scorelab.words import Tie
from tests.hand.tiny import (
    ANYBODY,
    HALF,
    Happens,
    chance_words,
    column,
    law,
    number,
    scale,
    tiny,
    week_by_week,
    weeks_of,
    weeks_on,
)

WHAT = (OCCASION, MISTAKE)
"""What leads to a record, by its truth."""


def process(counts: Counts, truth: int = 0) -> dict[str, int]:
    """What is not zero of what became of records."""
    words = ("arrived", "told", "made_good", "objected", "objection_upheld", "in_effect", "appealed", "appeal_upheld")
    found = {word: number(counts, "process", word, 0, truth) for word in (*words, "expired")}
    return {word: count for word, count in found.items() if count}


@pytest.mark.parametrize("truth", [0, 1])
def test_who_is_told_of_a_record_knows_the_scheme_at_once(truth: int) -> None:
    """Told in week 2: the need of that week is not asked for. Not told: refused, and only then known."""
    happening = [Happens(WHAT[truth], {2}), Happens(NEED, {1, 2, 3})]
    rules: dict[str, Any] = {"onto": 1, "term": 9, "bar_lists": 1, "not_asking": ALWAYS}
    counts = tiny(happening, told=ALWAYS, **rules)
    assert weeks_of(counts, "granted") == [1]
    assert weeks_of(counts, "not_asked") == [2, 3]
    assert process(counts, truth) == {"arrived": 1, "told": 1, "in_effect": 1}
    counts = tiny(happening, told=0, **rules)
    assert weeks_of(counts, "denied") == [2]
    assert process(counts, truth) == {"arrived": 1, "in_effect": 1}


def test_a_record_with_a_window_takes_effect_weeks_later() -> None:
    """Written down in week 2, in effect in week 5 for four weeks. It is a record, and known as one, from week 2 on."""
    counts = tiny([Happens(OCCASION, {2})], onto=1, term=4, window=3, told=ALWAYS)
    assert weeks_on(counts) == [5, 6, 7, 8]
    assert weeks_of(counts, "records_true") == [2]
    assert process(counts) == {"arrived": 1, "told": 1, "in_effect": 1}
    assert process(tiny([Happens(OCCASION, {10})], onto=1, window=3)) == {"arrived": 1}


def test_in_the_window_what_was_done_is_made_good_and_what_was_not_done_is_not() -> None:
    """Catches mistakes that are made good, records made good after all, and making good without a window."""
    true, false = (tiny([Happens(what, {2})], onto=1, window=3, makes_good=ONE) for what in WHAT)
    assert weeks_on(true) == [] and process(true) == {"arrived": 1, "made_good": 1}
    assert weeks_on(false) == list(range(5, 12)) and process(false, 1) == {"arrived": 1, "in_effect": 1}
    assert weeks_on(tiny([Happens(OCCASION, {2})], onto=1, makes_good=ONE)) == list(range(2, 12))


@pytest.mark.parametrize(("truth", "if_true", "if_false"), [*itertools.product([0, 1], [0, ONE], [0, ONE])])
def test_who_knows_may_object_and_is_heard_by_the_truth_of_the_record(truth: int, if_true: int, if_false: int) -> None:
    """All object. Catches an objection upheld at the chance of the other truth, and objections of who knows nothing."""
    rules: dict[str, Any] = {"onto": 1, "window": 3, "objects": ONE, "objection": if_true, "objection_false": if_false}
    upheld = bool(if_false if truth else if_true)
    counts = tiny([Happens(WHAT[truth], {2})], told=ALWAYS, **rules)
    found = process(counts, truth)
    assert found.pop("told") == found.pop("arrived") == found.pop("objected") == 1
    assert found == ({"objection_upheld": 1} if upheld else {"in_effect": 1})
    assert weeks_on(counts) == ([] if upheld else list(range(5, 12)))
    unknown = tiny([Happens(WHAT[truth], {2})], **rules)
    assert process(unknown, truth) == {"arrived": 1, "in_effect": 1}
    at_once = tiny([Happens(WHAT[truth], {2})], told=ALWAYS, **(rules | {"window": 0}))
    assert process(at_once, truth) == {"arrived": 1, "told": 1, "in_effect": 1}


@pytest.mark.parametrize(("truth", "if_true", "if_false"), [*itertools.product([0, 1], [0, ONE], [0, ONE])])
def test_an_appeal_that_is_upheld_undoes_everything(truth: int, if_true: int, if_false: int) -> None:
    """Recorded in week 2, decided in step 2 of week 5: 10 points are back and the listing has lasted three weeks."""
    rules: dict[str, Any] = {"onto": 1, "points": -10, "score": scale(40), "aware": ALWAYS}
    rules |= {"appeals": ONE, "appeal_weeks": 3, "appeal": if_true, "appeal_false": if_false}
    upheld = bool(if_false if truth else if_true)
    happening = [Happens(WHAT[truth], {2})]
    counts = tiny(happening, **rules)
    expected = {"arrived": 1, "in_effect": 1, "appealed": 1} | ({"appeal_upheld": 1} if upheld else {})
    assert process(counts, truth) == expected
    assert weeks_on(counts) == ([2, 3, 4] if upheld else list(range(2, 12)))
    assert number(counts, "endings", "undone", 0, truth) == upheld
    assert number(counts, "endings", "weeks", 0, truth) == 3 * upheld
    assert week_by_week(happening, 6, **rules) == [40, 40, 30, 30, 30, 40 if upheld else 30]
    assert process(tiny(happening, **(rules | {"aware": 0})), truth) == {"arrived": 1, "in_effect": 1}


def test_an_appeal_ends_no_listing_that_a_later_record_renewed() -> None:
    """Records of weeks 2 and 3, decided in weeks 5 and 6: each gives its points back, the second ends the listing."""
    rules: dict[str, Any] = {"onto": 1, "points": -10, "score": scale(40), "aware": ALWAYS}
    rules |= {"appeals": ONE, "appeal_weeks": 3, "appeal": ONE}
    counts = tiny([Happens(OCCASION, {2, 3})], **rules)
    assert weeks_on(counts) == [2, 3, 4, 5]
    assert number(counts, "endings", "undone") == 1 and number(counts, "endings", "weeks") == 4
    assert week_by_week([Happens(OCCASION, {2, 3})], 7, **rules) == [40, 40, 30, 20, 20, 30, 40]


def test_no_more_comes_back_than_is_left() -> None:
    """30, 32, 34 by recovery, then 40 and not 44; 60 + 10 is 63, then 60 and not 53."""
    rules: dict[str, Any] = {"aware": ALWAYS, "appeals": ONE, "appeal_weeks": 3, "appeal": ONE}
    happening = [Happens(OCCASION, {0})]
    assert week_by_week(happening, 5, points=-10, score=scale(40, 2), **rules) == [30, 32, 34, 40, 40]
    assert week_by_week(happening, 5, points=10, score=scale(60), **rules) == [63, 63, 63, 60, 60]


@pytest.mark.parametrize("truth", [0, 1])
def test_points_expire_after_their_weeks(truth: int) -> None:
    """Of week 1, for four weeks: gone in step 2 of week 5, taken or given. 40 - 10 + 3 a week is 40 in week 5 anyway.

    Points of week 3 expire in week 7. Catches expiry that is a week off, or that gives back what recovery gave.
    """
    happening = [Happens(WHAT[truth], {1, 3})]
    rules: dict[str, Any] = {"expires": 4}
    assert week_by_week(happening, 8, points=-10, score=scale(40), **rules) == [40, 30, 30, 20, 20, 30, 30, 40]
    assert week_by_week(happening, 8, points=10, score=scale(40), **rules) == [40, 50, 50, 60, 60, 50, 50, 40]
    once = [Happens(WHAT[truth], {1})]
    assert week_by_week(once, 7, points=-10, score=scale(40, 3), **rules) == [40, 30, 33, 36, 39, 40, 40]
    assert process(tiny(happening, points=-10, score=scale(40), **rules), truth)["expired"] == 2
    appealed: dict[str, Any] = {"aware": ALWAYS, "appeals": ONE, "appeal_weeks": 6, "appeal": ONE, "appeal_false": ONE}
    counts = tiny(once, points=-10, score=scale(40), **rules, **appealed)
    assert process(counts, truth) == {"arrived": 1, "in_effect": 1, "appealed": 1, "appeal_upheld": 1}


def test_nothing_is_forgotten_when_more_happens_than_was_expected() -> None:
    """3,000 records of a week that come a week later, and half of their points to one friend in the week after that."""
    rules: dict[str, Any] = {"persons": 2, "weeks": 4, "delay": 1, "points": -2, "score": [0, 0, -9999, 0, 0]}
    counts = tiny([Happens(OCCASION, {0}, times=3_000)], tied={(0, Tie.friend): [1]}, along={Tie.friend: HALF}, **rules)
    assert process(counts) == {"arrived": 3_000, "in_effect": 3_000}
    assert number(counts, "points", "taken") == 6_000
    assert number(counts, "points", "taken_along_ties") == 3_000


ENDINGS: list[tuple[str, int, dict[str, Any]]] = [
    ("term", 4, {"term": 4}),
    ("score", 2, {"by_score": 1, "leave_at": 40, "points": -10, "score": scale(40, 5)}),
    ("settled", 1, {"settle": ALWAYS}),
    ("corrected", 1, {"correct": ALWAYS}),
    ("repaired", 3, {"repair_after": 3, "repair": ALWAYS}),
    ("undone", 5, {"aware": ALWAYS, "appeals": ONE, "appeal_weeks": 5, "appeal": ONE, "appeal_false": ONE}),
]


@pytest.mark.parametrize("truth", [0, 1])
@pytest.mark.parametrize(("how", "lasted", "rules"), ENDINGS, ids=[how for how, _, _ in ENDINGS])
def test_each_way_off_a_list_is_counted_with_its_weeks(
    how: str, lasted: int, rules: dict[str, Any], truth: int
) -> None:
    """On the list from week 2 on, for so many weeks. What was done is not corrected, what was not is not made good."""
    counts = tiny([Happens(WHAT[truth], {2})], onto=1, **rules)
    if how == ("settled" if truth else "corrected"):
        assert weeks_on(counts) == list(range(2, 12))
        assert counts.endings.sum() == 0
        return
    assert weeks_on(counts) == list(range(2, 2 + lasted))
    assert number(counts, "endings", how, 0, truth) == 1
    assert number(counts, "endings", "weeks", 0, truth) == lasted
    assert counts.endings.sum() == 1 + lasted


def test_a_correction_gives_all_false_points_back_and_an_undoing_those_of_its_record() -> None:
    """Two false records of 10 points, of weeks 0 and 1; below 35 one is listed.

    Corrected in the week after each: 30, 40 - 10 = 30, 40. Undone after three weeks each: 30, 20, 20, 30, 40. The grade
    below 35 is left at once.
    """
    happening = [Happens(MISTAKE, {0, 1})]
    rules: dict[str, Any] = {"points": -10, "score": scale(40), "enter_below": 35}
    assert week_by_week(happening, 5, correct=ALWAYS, **rules) == [30, 30, 40, 40, 40]
    appeals: dict[str, Any] = {"aware": ALWAYS, "appeals": ONE, "appeal_weeks": 3, "appeal_false": ONE}
    assert week_by_week(happening, 5, **rules, **appeals) == [30, 20, 20, 30, 40]
    needs = [*happening, Happens(NEED, set(range(5)))]
    graded: dict[str, Any] = {"grades": (0, 35), "bar_grades": 1, "weeks": 5}
    assert weeks_of(tiny(needs, correct=ALWAYS, **rules, **graded), "denied") == [0, 1]
    assert weeks_of(tiny(needs, **rules, **graded, **appeals), "denied") == [0, 1, 2, 3]
    once: dict[str, Any] = {"points": -10, "score": scale(40), "onto": 1, "correct": ALWAYS}
    assert week_by_week(happening, 5, **once) == [30, 20, 20, 20, 20], "a list that no score leads to"


def test_a_correction_takes_what_recovery_has_left_of_the_false_points() -> None:
    """40 - 10 true - 10 false = 20, below 25. By week 1 two of the false points are back; the rest goes: 30."""
    happening = [Happens(OCCASION, {0}), Happens(MISTAKE, {0})]
    found = week_by_week(happening, 4, points=-10, score=scale(40, 2), enter_below=25, correct=ALWAYS)
    assert found == [20, 30, 32, 34]


def test_a_listing_is_repaired_so_many_weeks_after_the_last_record() -> None:
    """Three weeks after a record of week 2 is week 5; a record of week 4 puts it off to week 7."""
    rules: dict[str, Any] = {"onto": 1, "repair_after": 3, "repair": ALWAYS}
    assert weeks_on(tiny([Happens(OCCASION, {2})], **rules)) == [2, 3, 4]
    assert weeks_on(tiny([Happens(OCCASION, {2, 4})], **rules)) == [2, 3, 4, 5, 6]
    assert weeks_on(tiny([Happens(OCCASION, {2})], term=2, **rules)) == [2, 3]
    assert weeks_on(tiny([Happens(OCCASION, {2})], term=9, **rules)) == [2, 3, 4]


def test_who_cannot_pay_cannot_all_year() -> None:
    """Some 40 persons are listed in week 40 and would all make good: in week 41, or in the first week of a later year.

    Catches an inability that is drawn anew each week: then all would have paid within weeks.
    """
    happening = [Happens(OCCASION, {40}, ANYBODY, times=200)]
    counts = tiny(happening, weeks=110, persons=40, onto=1, settle=ALWAYS, cannot_pay=ALWAYS // 2)
    assert column(counts, "entries")[40] > 35
    left = column(counts, "exits")
    assert [week for week, exits in enumerate(left) if exits] == [41, 52, 104]
    assert 5 < left[41] < 35, "half, within some five standard deviations"
    assert weeks_on(tiny([Happens(OCCASION, {2})], onto=1, settle=ALWAYS, cannot_pay=ALWAYS)) == list(range(2, 12))


def test_a_denial_while_listed_makes_good_more_likely_until_the_next_listing() -> None:
    """Alone the chance is one in 16,384 a week; 16,384-fold after a denial: denied in week 1, settled in week 2.

    Listed again in week 4 without a denial: on it to the end, although the list before was felt.
    """
    rules: dict[str, Any] = {"onto": 1, "bar_lists": 1, "settle": 2**18, "felt_loss": (2**14 - 1) * ONE}
    assert weeks_on(tiny([Happens(OCCASION, {0, 4})], **rules)) == list(range(12))
    assert weeks_on(tiny([Happens(OCCASION, {0, 4}), Happens(NEED, {1})], **rules)) == [0, 1, *range(4, 12)]


def test_what_is_done_to_a_person_in_another_condition_is_done_at_another_chance() -> None:
    """Only who is in arrears makes good: fined in week 2, listed by that record, off in week 3."""
    settle = [ALWAYS if code & 8 else 0 for code in range(32)]
    rules: dict[str, Any] = {"onto": 1, "settle": settle, "fined": ALWAYS}
    assert weeks_on(tiny([Happens(OCCASION, {2})], fine=1, **rules)) == [2]
    assert weeks_on(tiny([Happens(OCCASION, {2})], fine=0, **rules)) == list(range(2, 12))


def test_the_same_person_is_told_by_the_same_word_in_a_week() -> None:
    """Half are told: of two records of a week both are told or neither; of 60 weeks about 30, within six deviations."""
    rules: dict[str, Any] = {"weeks": 60, "behaviours": 2, "told": ALWAYS // 2}
    every = set(range(60))
    both = tiny([Happens(OCCASION, every, which=0), Happens(OCCASION, every, which=1)], **rules)
    why = int(law(1).told_purpose[0])
    expected = sum(chance_words(0, week, why, BY_PERSON)[0] < ALWAYS // 2 for week in range(60))
    assert process(both)["told"] == 2 * expected
    assert 7 < expected < 53
