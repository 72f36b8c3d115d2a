"""Needs and denials against answers worked out on paper: person 0 has needs, person 1 is the parent."""

import itertools
from typing import Any

import numpy as np
import pytest

from scorelab.kernel.counted import (
    denial_key,
    flow_key,
    need_key,
    occasion_key,
    stock_key,
)
from scorelab.kernel.fate import CALL
from scorelab.kernel.layout import (
    ALWAYS,
    CHANNEL_STATUS,
    GRADE_STATUS,
    JOB_LOSS,
    MISTAKE,
    NEED,
    OCCASION,
    STATUSES,
)
from scorelab.words import Condition, Tie
from tests.hand.tiny import Happens, chance_words, column, law, tiny

EVERY = set(range(8))
TWO: dict[str, Any] = {"weeks": 8, "persons": 2, "tied": {(0, Tie.parent): [1]}}


def test_an_own_listing_bars_at_once_and_a_parents_listing_a_week_later() -> None:
    """Recorded in week 2 for three weeks: weeks 2, 3, 4 for oneself; the child is barred in weeks 3, 4, 5."""
    needs = Happens(NEED, EVERY, person=0)
    own = tiny([Happens(OCCASION, {2}, person=0), needs], onto=1, term=3, bar_lists=1, bar_child=1, **TWO)
    assert column(own, "denied") == [0, 0, 1, 1, 1, 0, 0, 0]
    assert column(own, "denied_tie") == 8 * [0]
    tie = tiny([Happens(OCCASION, {2}, person=1), needs], onto=1, term=3, bar_lists=1, bar_child=1, **TWO)
    assert column(tie, "denied") == column(tie, "denied_tie") == [0, 0, 0, 1, 1, 1, 0, 0]
    assert column(tie, "granted") == [1, 1, 1, 0, 0, 0, 1, 1]


SIDES = ("", "true", "false", "true and false")


@pytest.mark.parametrize(("own", "parent"), [*itertools.product(SIDES, SIDES)])
def test_each_cell_of_own_or_tie_by_true_or_false(own: str, parent: str) -> None:
    """Catches a denial in the wrong cell of the table; both persons' records are of week 0, the need is of week 1."""
    happening = [Happens(OCCASION, {0}, person) for person, what in ((0, own), (1, parent)) if "true" in what]
    happening += [Happens(MISTAKE, {0}, person) for person, what in ((0, own), (1, parent)) if "false" in what]
    counts = tiny([*happening, Happens(NEED, {1}, 0)], onto=1, term=5, bar_lists=1, bar_child=1, behaviours=1, **TWO)
    assert counts.size.tolist() == [[2, 2]]
    if not own and not parent:
        assert counts.denials.tolist() == []
        assert column(counts, "granted") == [0, 1, 0, 0, 0, 0, 0, 0]
        return
    is_false = "true" not in own and "true" not in parent
    is_tie = not own if is_false else "true" not in own
    tainted = "false" in own or "false" in parent
    both = bool(own) and bool(parent)
    flags = 8 * is_tie + 4 * is_false + 2 * tainted + both
    assert counts.denials.tolist() == [[denial_key(0, 0, 0, 0, 0, flags, 0), 1]]
    assert counts.flow.tolist() == [[flow_key(0, 0, 0, 0, 0, 0, 2 * is_tie + is_false), 1]]
    found = [column(counts, name)[1] for name in ("denied", "denied_tie", "denied_false", "denied_tainted")]
    assert found == [1, is_tie, is_false, tainted]
    assert counts.persons[-1, 0, 0, :6].tolist() == [2, 1, bool(own) + bool(parent), 1, is_false, is_tie]


def test_a_false_record_is_not_the_cause_where_a_true_one_bars() -> None:
    """Behaviour 0 (a mistake) leads onto list 0, behaviour 1 (an act) onto list 1: the act is to be named."""
    rules: dict[str, Any] = {
        "behaviours": 2,
        "domains": 2,
        "lists": 2,
        "mistaken_for": [0, -1],
        "onto": [1, 2],
        "term": 5,
        "bar_lists": 3,
        **TWO,
    }
    happening = [Happens(OCCASION, {0}, 0, which=1), Happens(MISTAKE, {0}, 0), Happens(NEED, {1}, 0)]
    counts = tiny(happening, **rules)
    assert counts.flow.tolist() == [[flow_key(0, 0, 1, 0, 1, 0, 0), 1]]
    assert counts.denials.tolist() == [[denial_key(0, 0, 0, 0, 1, 2, 0), 1]]


def test_the_cause_is_the_own_record_first_and_then_the_lowest_list() -> None:
    """Behaviour 0 leads onto list 1, behaviour 1 onto list 0; domains are the behaviours'."""
    rules: dict[str, Any] = {
        "behaviours": 2,
        "domains": 2,
        "lists": 2,
        "onto": [2, 1],
        "term": 5,
        "bar_lists": 3,
        "bar_child": 3,
        **TWO,
    }
    need = Happens(NEED, {1}, 0)
    own_high = Happens(OCCASION, {0}, 0, which=0)
    own_low = Happens(OCCASION, {0}, 0, which=1)
    parent_low = Happens(OCCASION, {0}, 1, which=1)
    assert tiny([own_high, own_low, need], **rules).flow.tolist() == [[flow_key(0, 0, 1, 0, 0, 0, 0), 1]]
    assert tiny([own_high, parent_low, need], **rules).flow.tolist() == [[flow_key(0, 0, 0, 0, 1, 0, 0), 1]]
    assert tiny([parent_low, need], **rules).flow.tolist() == [[flow_key(0, 0, 1, 0, 0, 0, 2), 1]]


def test_a_stubborn_person_asks_32_times_and_a_meek_one_once() -> None:
    """Catches a cap on retries that is off by one."""
    happening = [Happens(OCCASION, {0}), Happens(NEED, {1})]
    rules: dict[str, Any] = {"onto": 1, "term": 5, "bar_lists": 1}
    assert tiny(happening, retry=ALWAYS, **rules).tries.sum() == 32
    assert tiny(happening, retry=0, **rules).tries.sum() == 1


def test_how_often_one_asks_again_is_a_chance_of_each_need() -> None:
    """Seven of eight ask again each time: as many words, four to a call, as come before the first above that."""
    bound = 7 * (ALWAYS // 8)
    counts = tiny([Happens(OCCASION, {0}), Happens(NEED, set(range(1, 12)))], onto=1, bar_lists=1, retry=bound)
    why, expected = int(law(1).ask_purpose[0]), 0
    for week in range(1, 12):
        words = [word for call in range(1, 9) for word in chance_words(0, week + call * CALL, why)]
        expected += 1 + next((n for n, word in enumerate(words) if word >= bound), 31)
    assert counts.tries.sum() == expected
    assert expected > 44


def test_what_happens_is_counted_where_it_belongs() -> None:
    """Person 1 is listed from week 0 on and refused service 1 in weeks 1 and 14; person 2 gets it in week 14.

    Each person is a group; week 13 begins a new period. Catches a count under another group, service or period.
    """
    happening = [Happens(OCCASION, {0}, 1), Happens(NEED, {1, 14}, 1, which=1), Happens(NEED, {14}, 2, which=1)]
    counts = tiny(happening, persons=3, apart=True, services=2, weeks=15, onto=1, bar_lists=[0, 1])
    assert counts.occasions.tolist() == [[occasion_key(0, 1, 0, 2), 1]]
    needs = [need_key(0, 1, 1, 5), need_key(1, 1, 1, 5), need_key(1, 2, 1, 3)]
    assert counts.needs.tolist() == [[key, 1] for key in needs]
    assert counts.denials.tolist() == [[denial_key(period, 0, 1, 1, 0, 0, 0), 1] for period in (0, 1)]
    assert counts.flow.tolist() == [[flow_key(0, 0, 0, 0, 0, 1, 0), 2]]
    assert counts.stocks.tolist() == [[stock_key(period, 0, 1, 1), 1] for period in (0, 1)]
    assert counts.tries[:, 0].tolist() == 2 * [[[0, 0], [0, 1], [0, 0]]]
    assert counts.candidates.tolist() == [[1, 1], [2, 2], [1, 1]]
    assert counts.persons[-1, 0, :, :6].tolist() == [[1, 0, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0], [1, 1, 0, 0, 0, 0]]
    assert [row.index(1) for row in counts.histogram[0].tolist()] == [0, 2, 0]
    assert counts.ever.tolist() == [[1, 0], [0, 1], [1, 0]]
    twice = tiny(happening, persons=3, services=2, weeks=15, onto=1, bar_lists=[0, 1], worlds=2)
    assert twice.flow.tolist() == [[flow_key(0, world, 0, 0, 0, 1, 0), 2] for world in (0, 1)]


def test_a_need_is_reached_in_the_worlds_whose_condition_it_fits() -> None:
    """Listed and throttled in world 0 alone from week 1 on: no needs there after week 0, and all of them in world 1."""
    seldom = [0 if code >> 4 & 1 else ALWAYS for code in range(32)]
    happening = [Happens(OCCASION, {1}), Happens(NEED, EVERY, reached=seldom)]
    counts = tiny(happening, weeks=8, worlds=2, in_force=[[0], [99]], onto=1, throttle_lists=1)
    assert [column(counts, "granted", world) for world in (0, 1)] == [[1, *7 * [0]], 8 * [1]]
    assert counts.needs.tolist() == sorted([[need_key(0, 0, 0, 3 + 8 * 3), 1], [need_key(0, 0, 0, 8 * 3), 7]])


def test_a_need_of_the_jobless_is_nobody_elses() -> None:
    """Drawn eight times, kept never, and none counted."""
    only = [ALWAYS if code & 7 == Condition.jobless else 0 for code in range(32)]
    counts = tiny([Happens(NEED, EVERY, reached=only)], weeks=8)
    assert column(counts, "needs") == 8 * [0]
    assert counts.candidates.tolist() == [[8, 0]]
    assert counts.persons[-1, 0, 0, :6].tolist() == [1, 0, 0, 0, 0, 0]


def test_who_was_refused_knows_and_does_not_ask_again() -> None:
    """Listed in week 0 without notice: refused in week 1, not asking while it lasts, asking again afterwards."""
    happening = [Happens(OCCASION, {0}), Happens(NEED, {1, 2, 3, 4, 5})]
    counts = tiny(happening, onto=1, term=4, bar_lists=1, not_asking=ALWAYS, weeks=8)
    assert column(counts, "denied") == [0, 1, 0, 0, 0, 0, 0, 0]
    assert column(counts, "not_asked") == [0, 0, 1, 1, 0, 0, 0, 0]
    assert column(counts, "granted") == [0, 0, 0, 0, 1, 1, 0, 0]
    told = tiny(happening, onto=1, term=4, bar_lists=1, not_asking=ALWAYS, notice=ALWAYS, weeks=8)
    assert column(told, "not_asked") == [0, 1, 1, 1, 0, 0, 0, 0]


@pytest.mark.parametrize("known", [0, 1, 2])
@pytest.mark.parametrize("status", [0, 1, 2])
def test_who_knows_the_scheme_behind_a_status_does_not_ask(status: int, known: int) -> None:
    """List 1 is scheme 0's, grade 1 scheme 1's, the channel of list 1 scheme 2's: one of them bars, one is known.

    Who asks is refused in week 1, and then knows the scheme that was behind it. Catches a scheme of another status.
    """
    schemes = np.zeros(STATUSES, np.int64)
    schemes[GRADE_STATUS + 1], schemes[CHANNEL_STATUS + 1] = 1, 2
    schemes[[0, GRADE_STATUS, GRADE_STATUS + 2, CHANNEL_STATUS]] = 3
    rules: dict[str, Any] = TWO | {"schemes": 4, "status_scheme": schemes, "lists": 2, "onto": 2, "not_asking": ALWAYS}
    rules |= {"grades": (0, 40, 50), "points": -5, "score": [0, 50, 0, 99, 0], "bar_lists": [2, 0, 0][status]}
    rules |= {"channels": [(Tie.child, 0, 0), (Tie.child, 1, 0)], "bar_grades": [0, 2, 0][status]}
    aware = [[[ALWAYS if scheme == known else 0] for scheme in range(4)]]
    happening = [Happens(OCCASION, {0}, int(status == 2)), Happens(NEED, {1, 2}, 0)]
    counts = tiny(happening, bar_tied=[0, 0, 2][status], aware=aware, **rules)
    assert column(counts, "not_asked")[1:3] == ([1, 1] if status == known else [0, 1])
    assert column(counts, "denied")[1:3] == ([0, 0] if status == known else [1, 0])


def test_who_would_not_have_got_it_anyway_is_unsuccessful_not_denied() -> None:
    """Catches denials that count bad luck."""
    counts = tiny([Happens(OCCASION, {0}), Happens(NEED, {1, 6})], onto=1, term=5, bar_lists=1, success=0)
    assert sum(column(counts, "unsuccessful")) == 2
    assert sum(column(counts, "denied")) == 0


def test_a_job_is_lost_at_the_end_of_a_week_and_found_at_the_end_of_another() -> None:
    """Lost in step 9 of week 2; the need of week 4 is granted in step 8, hired in step 9."""
    happening = [Happens(NEED, {2, 4}), Happens(JOB_LOSS, {2, 3, 6})]
    assert column(tiny(happening, grants_work=1, weeks=8), "jobless") == [0, 0, 1, 1, 0, 0, 1, 1]
    assert column(tiny(happening, grants_work=0, weeks=8), "jobless") == [0, 0, 1, 1, 1, 1, 1, 1]


def test_a_sibling_world_says_what_became_of_the_same_need() -> None:
    """World 1 has no ties: granted there. The third sibling of world 0 is world 0 itself: denied too."""
    happening = [Happens(OCCASION, {0}, 1), Happens(NEED, {1}, 0)]
    sibling = [[-1, 1, 0], [-1, -1, -1]]
    counts = tiny(happening, onto=1, term=5, worlds=2, bar_child=[[1], [0]], sibling=sibling, **TWO)
    elsewhere = 0 + 4 * 2 + 16 * 1
    assert counts.denials.tolist() == [[denial_key(0, 0, 0, 0, 0, 8, elsewhere), 1]]
    assert counts.ever.tolist() == [[1, 1, 0, 0]]
    shy: dict[str, Any] = {"worlds": 2, "aware": ALWAYS, "not_asking": [0, ALWAYS], "sibling": [[1, -1, -1], 3 * [-1]]}
    counts = tiny([Happens(OCCASION, {0}), Happens(NEED, {1})], onto=1, bar_lists=1, **shy)
    assert counts.denials.tolist() == [[denial_key(0, 0, 0, 0, 0, 0, 3), 1]], "neither denied nor granted"
