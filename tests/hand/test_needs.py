"""Needs and denials against answers worked out on paper: person 0 has needs, person 1 is the parent."""

import itertools
from typing import Any

import pytest

from scorelab.kernel.layout import ALWAYS, JOB_LOSS, MISTAKE, NEED, OCCASION, denial_key, flow_key
from tests.hand.tiny import Happens, column, tiny

EVERY = set(range(8))
TWO: dict[str, Any] = {"weeks": 8, "persons": 2, "parents": {0: (1, -1)}}


def test_an_own_listing_bars_at_once_and_a_parents_listing_a_week_later() -> None:
    """Recorded in week 2 for three weeks: weeks 2, 3, 4 for oneself; the child is barred in weeks 3, 4, 5."""
    needs = Happens(NEED, EVERY, person=0)
    own = tiny([Happens(OCCASION, {2}, person=0), needs], onto=1, term=3, bar_self=1, bar_child=1, **TWO)
    assert column(own, "denied") == [0, 0, 1, 1, 1, 0, 0, 0]
    assert column(own, "denied_tie") == 8 * [0]
    tie = tiny([Happens(OCCASION, {2}, person=1), needs], onto=1, term=3, bar_self=1, bar_child=1, **TWO)
    assert column(tie, "denied") == column(tie, "denied_tie") == [0, 0, 0, 1, 1, 1, 0, 0]
    assert column(tie, "granted") == [1, 1, 1, 0, 0, 0, 1, 1]


SIDES = ("", "true", "false", "true and false")


@pytest.mark.parametrize(("own", "parent"), [*itertools.product(SIDES, SIDES)])
def test_each_cell_of_own_or_tie_by_true_or_false(own: str, parent: str) -> None:
    """Catches a denial in the wrong cell of the table; both persons' records are of week 0, the need is of week 1."""
    happening = [Happens(OCCASION, {0}, person) for person, what in ((0, own), (1, parent)) if "true" in what]
    happening += [Happens(MISTAKE, {0}, person) for person, what in ((0, own), (1, parent)) if "false" in what]
    counts = tiny([*happening, Happens(NEED, {1}, 0)], onto=1, term=5, bar_self=1, bar_child=1, behaviours=1, **TWO)
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
    assert counts.persons[-1, 0, 0].tolist() == [2, 1, bool(own) + bool(parent), 1, is_false]


def test_a_false_record_is_not_the_cause_where_a_true_one_bars() -> None:
    """Behaviour 0 (a mistake) leads onto list 0, behaviour 1 (an act) onto list 1: the act is to be named."""
    rules: dict[str, Any] = {
        "behaviours": 2,
        "domains": 2,
        "lists": 2,
        "mistaken_for": [0, -1],
        "onto": [1, 2],
        "term": 5,
        "bar_self": 3,
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
        "bar_self": 3,
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
    rules: dict[str, Any] = {"onto": 1, "term": 5, "bar_self": 1}
    assert tiny(happening, retry=ALWAYS, **rules).tries.sum() == 32
    assert tiny(happening, retry=0, **rules).tries.sum() == 1


def test_who_was_refused_knows_and_does_not_ask_again() -> None:
    """Listed in week 0 without notice: refused in week 1, not asking while it lasts, asking again afterwards."""
    happening = [Happens(OCCASION, {0}), Happens(NEED, {1, 2, 3, 4, 5})]
    counts = tiny(happening, onto=1, term=4, bar_self=1, not_asking=ALWAYS, weeks=8)
    assert column(counts, "denied") == [0, 1, 0, 0, 0, 0, 0, 0]
    assert column(counts, "not_asked") == [0, 0, 1, 1, 0, 0, 0, 0]
    assert column(counts, "granted") == [0, 0, 0, 0, 1, 1, 0, 0]
    told = tiny(happening, onto=1, term=4, bar_self=1, not_asking=ALWAYS, notice=ALWAYS, weeks=8)
    assert column(told, "not_asked") == [0, 1, 1, 1, 0, 0, 0, 0]


def test_who_would_not_have_got_it_anyway_is_unsuccessful_not_denied() -> None:
    """Catches denials that count bad luck."""
    counts = tiny([Happens(OCCASION, {0}), Happens(NEED, {1, 6})], onto=1, term=5, bar_self=1, success=0)
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
