"""Clocks of lists against answers worked out on paper: one person, and things that happen in known weeks."""

from typing import Any

from scorelab.kernel.layout import (
    ALWAYS,
    MISTAKE,
    NEED,
    OCCASION,
)
from tests.hand.tiny import Happens, column, tiny, weeks_on

EVER = set(range(12))


def test_a_term_of_four_weeks_lasts_exactly_four_weeks() -> None:
    """Catches terms that are a week short or long: recorded in week 2, listed in weeks 2, 3, 4, 5."""
    counts = tiny([Happens(OCCASION, {2})], onto=1, term=4)
    assert weeks_on(counts) == [2, 3, 4, 5]
    assert column(counts, "listed") == [0, 0, 1, 1, 1, 1] + 6 * [0]
    assert column(counts, "entries") == [0, 0, 1] + 9 * [0]
    assert column(counts, "exits") == 6 * [0] + [1] + 5 * [0]


def test_a_second_record_starts_the_term_anew_and_is_no_second_entry() -> None:
    """Catches terms that are added up, or entries that count records."""
    counts = tiny([Happens(OCCASION, {2, 4})], onto=1, term=4)
    assert weeks_on(counts) == [2, 3, 4, 5, 6, 7]
    assert sum(column(counts, "entries")) == 1


def test_a_record_in_the_week_of_the_exit_is_an_entry_again() -> None:
    """Catches clocks that run after the rules: the term ends in step 2 of week 6, the record comes in step 6."""
    counts = tiny([Happens(OCCASION, {2, 6})], onto=1, term=4)
    assert weeks_on(counts) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert sum(column(counts, "entries")) == 2


def test_who_always_makes_good_is_listed_for_one_week_and_who_never_does_for_ever() -> None:
    """Catches settlement in the wrong step, or an open end that ends."""
    assert weeks_on(tiny([Happens(OCCASION, {2})], onto=1, settle=ALWAYS)) == [2]
    assert weeks_on(tiny([Happens(OCCASION, {2})], onto=1)) == list(range(2, 12))


def test_a_false_listing_cannot_be_made_good() -> None:
    """Catches settlement of what was never done; only correction ends an open false listing."""
    assert weeks_on(tiny([Happens(MISTAKE, {2})], onto=1, settle=ALWAYS)) == list(range(2, 12))
    assert weeks_on(tiny([Happens(MISTAKE, {2})], onto=1, correct=ALWAYS)) == [2]
    assert weeks_on(tiny([Happens(OCCASION, {2})], onto=1, correct=ALWAYS)) == list(range(2, 12))


def test_who_comes_back_within_the_window_stays_for_the_longer_term() -> None:
    """Settled in week 1 (window opens), back in week 2 (first repeat), settles in week 3: three weeks more, 3 to 5."""
    counts = tiny([Happens(OCCASION, {0, 2})], onto=1, settle=ALWAYS, repeat=[1, 10, 3])
    assert weeks_on(counts) == [0, 2, 3, 4, 5]
    assert column(counts, "exits") == [0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]


def test_two_repeats_are_needed_where_the_count_is_two() -> None:
    """Catches a count that is off by one: settled in weeks 1 and 3; after the second return, weeks 4 to 7."""
    counts = tiny([Happens(OCCASION, {0, 2, 4})], onto=1, settle=ALWAYS, repeat=[2, 10, 3])
    assert weeks_on(counts) == [0, 2, 4, 5, 6, 7]


def test_who_comes_back_after_the_window_starts_afresh() -> None:
    """The window opens in week 1; week 3 is two weeks later. A window of two weeks still counts it, of one does not."""
    happening = [Happens(OCCASION, {0, 3})]
    assert weeks_on(tiny(happening, onto=1, settle=ALWAYS, repeat=[1, 2, 3])) == [0, 3, 4, 5, 6]
    assert weeks_on(tiny(happening, onto=1, settle=ALWAYS, repeat=[1, 1, 3])) == [0, 3]


def test_who_has_stayed_for_the_longer_term_starts_afresh() -> None:
    """Settled in 1, back in 2, on until 5. Week 7 is in no window; settled in 8, back in 9, on until 12."""
    counts = tiny([Happens(OCCASION, {0, 2, 7, 9})], weeks=14, onto=1, settle=ALWAYS, repeat=[1, 10, 3])
    assert weeks_on(counts) == [0, 2, 3, 4, 5, 7, 9, 10, 11, 12]


def test_a_window_that_is_over_is_forgotten() -> None:
    """Settled in week 1, back in week 3, too late for a window of a week; settled in week 4, back in 5: in time."""
    counts = tiny([Happens(OCCASION, {0, 3, 5})], onto=1, settle=ALWAYS, repeat=[1, 1, 3])
    assert weeks_on(counts) == [0, 3, 5, 6, 7, 8]


def test_who_is_on_two_lists_is_listed_once_and_enters_each() -> None:
    """List 0 in weeks 0 to 3, list 1 in weeks 2 to 5: listed in weeks 0 to 5, two entries and two exits."""
    happening = [Happens(OCCASION, {0}, which=0), Happens(OCCASION, {2}, which=1)]
    counts = tiny(happening, behaviours=2, lists=2, onto=[1, 2], term=4, weeks=8)
    assert (weeks_on(counts, 0), weeks_on(counts, 1)) == ([0, 1, 2, 3], [2, 3, 4, 5])
    assert column(counts, "listed") == [1, 1, 1, 1, 1, 1, 0, 0]
    assert column(counts, "entries") == [1, 0, 1, 0, 0, 0, 0, 0]
    assert column(counts, "exits") == [0, 0, 0, 0, 1, 0, 1, 0]


def test_a_score_falls_below_the_cut_and_recovers() -> None:
    """100 - 30 = 70 < 80 in week 1; 5 points a week: 75, 80, 85, and 90 in week 5, where the listing ends."""
    rules: dict[str, Any] = {"points": -30, "score": [0, 100, 0, 120, 5], "by_score": 1, "leave_at": 90}
    assert weeks_on(tiny([Happens(OCCASION, {1})], enter_below=80, **rules)) == [1, 2, 3, 4]
    assert weeks_on(tiny([Happens(OCCASION, {1})], enter_below=70, **rules)) == []
    assert weeks_on(tiny([Happens(OCCASION, {1})], enter_below=71, **rules)) == [1, 2, 3, 4]


def test_points_given_put_nobody_on_a_list() -> None:
    """Everybody starts at 50, below the cut of 60: who is given 5 points has not fallen below it."""
    rules: dict[str, Any] = {"score": [0, 50, 0, 100, 0], "enter_below": 60, "term": 3}
    assert weeks_on(tiny([Happens(OCCASION, {1})], points=5, **rules)) == []
    assert weeks_on(tiny([Happens(OCCASION, {1})], points=-5, **rules)) == [1, 2, 3]


def test_recovery_stops_at_the_start() -> None:
    """Record in week 0 (-10), full recovery by week 2; in week 6 the next record starts from 100, not from 120."""
    rules: dict[str, Any] = {"points": -10, "score": [0, 100, 0, 200, 5], "term": 1}
    assert weeks_on(tiny([Happens(OCCASION, {0, 6})], enter_below=91, **rules)) == [0, 6]
    assert weeks_on(tiny([Happens(OCCASION, {0, 6})], enter_below=90, **rules)) == []


def test_the_score_does_not_fall_below_its_lowest() -> None:
    """Three records of 60 points leave 100 - 100, not 100 - 180: with 10 a week it is back at 50 in five weeks."""
    rules: dict[str, Any] = {
        "points": -60,
        "score": [0, 100, 0, 100, 10],
        "by_score": 1,
        "leave_at": 50,
        "enter_below": 41,
    }
    assert weeks_on(tiny([Happens(OCCASION, {0, 1, 2})], **rules)) == [0, 1, 2, 3, 4, 5, 6]


def test_a_listing_by_score_is_false_where_the_true_points_alone_would_not_have_led_to_it() -> None:
    """True record in week 0: 85. False one in week 1: 65 < 70, but 85 without it: the listing is false."""
    rules: dict[str, Any] = {
        "points": -20,
        "score": [0, 105, 0, 105, 0],
        "by_score": 1,
        "leave_at": 105,
        "enter_below": 70,
    }
    counts = tiny([Happens(OCCASION, {0}), Happens(MISTAKE, {1})], **rules)
    assert counts.lists[:, 0, 0, :2].sum(axis=0).tolist() == [0, 1]
    counts = tiny([Happens(OCCASION, {1}), Happens(MISTAKE, {0})], **rules)
    assert counts.lists[:, 0, 0, :2].sum(axis=0).tolist() == [0, 1]
    counts = tiny([Happens(OCCASION, {0, 1}), Happens(MISTAKE, {2})], **rules)
    assert counts.lists[:, 0, 0, :2].sum(axis=0).tolist() == [1, 0]


def test_a_correction_gives_the_false_points_back() -> None:
    """90, then 40 by mistake: listed. Corrected: 90. The next true record gives 75, not below 70; uncorrected, 25."""
    rules: dict[str, Any] = {
        "behaviours": 2,
        "points": [-15, -50],
        "mistaken_for": [1, -1],
        "score": [0, 105, 0, 105, 0],
    }
    rules |= {"by_score": 1, "leave_at": 105, "enter_below": 70}
    happening = [Happens(OCCASION, {0, 3}), Happens(MISTAKE, {1})]
    assert weeks_on(tiny(happening, correct=ALWAYS, **rules)) == [1]
    assert weeks_on(tiny(happening, correct=0, **rules)) == list(range(1, 12))


def test_what_was_never_listed_is_never_corrected() -> None:
    """65 by mistake is not below 65; the true record of week 3 gives 45, falsely: 65 without the mistake."""
    rules: dict[str, Any] = {
        "points": -20,
        "score": [0, 105, 0, 105, 0],
        "by_score": 1,
        "leave_at": 105,
        "correct": ALWAYS,
    }
    counts = tiny([Happens(OCCASION, {0, 3}), Happens(MISTAKE, {1})], enter_below=65, **rules)
    assert weeks_on(counts) == [3]
    assert counts.lists[:, 0, 0, :2].sum(axis=0).tolist() == [0, 1]


def test_a_delayed_record_is_counted_when_written_and_works_when_it_arrives() -> None:
    """Written down in week 1, arrives in week 4."""
    counts = tiny([Happens(OCCASION, {1})], onto=1, term=3, delay=3)
    assert column(counts, "records_true") == [0, 1] + 10 * [0]
    assert weeks_on(counts) == [4, 5, 6]


def test_who_is_on_a_list_on_both_sides_leaves_once() -> None:
    """True side weeks 0 to 4, false side weeks 3 to 7: one entry, one exit in week 8."""
    counts = tiny([Happens(OCCASION, {0}), Happens(MISTAKE, {3})], onto=1, term=5)
    assert weeks_on(counts) == list(range(8))
    assert counts.lists[:, 0, 0, :3].sum(axis=0).tolist() == [1, 0, 1]


def test_nothing_is_recorded_before_the_scheme_is_in_force() -> None:
    """Catches sources that watch, or rules that work, before their day."""
    counts = tiny([Happens(OCCASION, {1, 2, 3, 4})], onto=1, term=1, in_force=3)
    assert column(counts, "acts") == [0, 1, 1, 1, 1] + 7 * [0]
    assert column(counts, "records_true") == [0, 0, 0, 1, 1] + 7 * [0]
    assert weeks_on(counts) == [3, 4]


def test_who_is_still_listed_when_a_year_begins_is_restricted_in_both_years() -> None:
    """Catches a new year that forgets who is listed: recorded in week 50, listed until week 52, whole run once."""
    counts = tiny([Happens(OCCASION, {50})], onto=1, term=3, weeks=60)
    assert counts.persons[:, 0, 0, 2].tolist() == [1, 1, 1]
    counts = tiny([Happens(OCCASION, {3}), Happens(NEED, {7})], onto=1, term=3, weeks=60)
    assert counts.persons[:, 0, 0, 2].tolist() == [1, 0, 1]
    assert counts.persons[:, 0, 0, 1].tolist() == [1, 0, 1], "nor one that forgets who asked, or does not"
