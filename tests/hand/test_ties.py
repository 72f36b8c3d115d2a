"""What reaches people along ties, against answers worked out on paper; person 1 has the records, person 0 the needs."""

import itertools
from typing import Any

import pytest

from scorelab.kernel.counted import denial_key, flow_key
from scorelab.kernel.layout import (
    ALWAYS,
    GRADE_STATUS,
    MISTAKE,
    NEED,
    OCCASION,
    ONE,
)
from scorelab.words import BACK, Tie
from tests.hand.tiny import HALF, Happens, column, number, scale, scores, tiny, weeks_of, weeks_on

EVERY = set(range(8))
ALL = [Happens(NEED, EVERY, person) for person in (0, *range(2, 7))]
ONE_OF_EACH = {(1, tie): [0 if tie == 0 else tie + 1] for tie in Tie}
"""Person 1's partner is 0, parent 2, child 3, member of the household 4, friend 5, colleague 6."""
BY_LIST: dict[str, Any] = {"onto": 1, "term": 3}
BY_GRADE: dict[str, Any] = {"points": -30, "score": [0, 50, 0, 100, 10], "grades": (0, 50)}
FAMILY: dict[str, Any] = {"weeks": 8, "persons": 2, "tied": {(0, Tie.parent): [1]}, "bar_tied": 1}


@pytest.mark.parametrize("kind", ["list", "grade"])
@pytest.mark.parametrize("tie", list(Tie))
def test_a_channel_runs_along_its_tie_in_its_direction_a_week_later(tie: Tie, kind: str) -> None:
    """In week 2 person 1 is listed for three weeks; or falls to 20, and has 30, 40, 50 in weeks 3, 4, 5.

    Whoever is so to person 1 is barred in weeks 3 to 5, and nobody else. Catches ties that are read from the wrong end:
    the partner, friend and others are the same from both, a parent is a child.
    """
    channel = (tie, 0, 0) if kind == "list" else (tie, -1, 0b01)
    rules: dict[str, Any] = {"weeks": 8, "persons": 7, "tied": ONE_OF_EACH, "channels": [channel], "bar_tied": 1}
    counts = tiny([Happens(OCCASION, {2}, 1), *ALL], apart=True, **rules, **(BY_LIST if kind == "list" else BY_GRADE))
    hit = ONE_OF_EACH[1, tie][0]
    assert weeks_of(counts, "denied_tie", group=hit) == weeks_of(counts, "denied", group=hit) == [3, 4, 5]
    assert sum(column(counts, "denied")) == 3


def test_a_tie_reaches_on_while_one_of_two_still_holds_the_channel() -> None:
    """Parents 0 and 1 are listed in weeks 0 to 3 and 2 to 5: their child 2 is barred in weeks 1 to 6.

    The cause is the first parent's record while that parent held the list at the end of the week before: weeks 1 to 4,
    also in week 4, in which that listing has ended. Catches a channel that the first to let go takes away.
    """
    happening = [Happens(OCCASION, {0}, 0, which=0), Happens(OCCASION, {2}, 1, which=1), Happens(NEED, EVERY, 2)]
    rules: dict[str, Any] = FAMILY | {"persons": 3, "tied": {(2, Tie.parent): [0, 1]}}
    counts = tiny(happening, behaviours=2, onto=1, term=4, channels=[(Tie.child, 0, 0)], **rules)
    assert weeks_of(counts, "denied_tie") == [1, 2, 3, 4, 5, 6]
    assert counts.flow.tolist() == [[flow_key(0, 0, 0, 0, 0, 0, 2), 4], [flow_key(0, 0, 1, 0, 0, 0, 2), 2]]


def test_the_two_sides_of_a_tie_are_let_go_of_by_themselves() -> None:
    """True side weeks 0 to 2, false side weeks 1 to 3: the child's denial is true in weeks 1 to 3, false in week 4."""
    happening = [Happens(OCCASION, {0}, 1), Happens(MISTAKE, {1}, 1), Happens(NEED, EVERY, 0)]
    counts = tiny(happening, channels=[(Tie.child, 0, 0)], **BY_LIST, **FAMILY)
    assert weeks_of(counts, "denied") == [1, 2, 3, 4]
    assert weeks_of(counts, "denied_false") == [4]
    assert weeks_of(counts, "denied_tainted") == [2, 3, 4]


def test_a_channel_is_not_touched_by_what_happens_to_another() -> None:
    """A parent is on list 0 in weeks 0 to 4, on list 1 in weeks 1 and 2: doors are closed in 1 to 5 and in 2 and 3."""
    happening = [Happens(OCCASION, {0}, 1, which=0), Happens(OCCASION, {1}, 1, which=1)]
    happening += [Happens(NEED, EVERY, 0, which=0), Happens(NEED, EVERY, 0, which=1)]
    rules: dict[str, Any] = FAMILY | {"behaviours": 2, "lists": 2, "services": 2, "onto": [1, 2], "term": [5, 2]}
    counts = tiny(happening, channels=[(Tie.child, 0, 0), (Tie.child, 1, 0)], **(rules | {"bar_tied": [1, 2]}))
    assert column(counts, "denied") == [0, 1, 2, 2, 1, 1, 0, 0]


def test_of_two_channels_the_lowest_is_the_cause() -> None:
    """List 1 along friends is channel 0, list 0 along children channel 1: the friend's record and list are named."""
    happening = [Happens(OCCASION, {0}, 1, which=0), Happens(OCCASION, {0}, 2, which=1), Happens(NEED, {1}, 0)]
    rules: dict[str, Any] = FAMILY | {"persons": 3, "tied": {(0, Tie.parent): [1], (0, Tie.friend): [2]}}
    rules |= {"behaviours": 2, "lists": 2, "onto": [1, 2], "bar_tied": 3}
    rules |= {"sources": 2, "alert": [[ALWAYS, 0], [0, ALWAYS]]}
    counts = tiny(happening, channels=[(Tie.friend, 1, 0), (Tie.child, 0, 0)], **rules)
    assert counts.flow.tolist() == [[flow_key(0, 0, 1, 1, 1, 0, 2), 1]]
    counts = tiny(happening, channels=[(Tie.child, 0, 0), (Tie.friend, 1, 0)], **rules)
    assert counts.flow.tolist() == [[flow_key(0, 0, 0, 0, 0, 0, 2), 1]]


SIDES = ("", "true", "false", "true and false")


@pytest.mark.parametrize(("own", "parent"), [*itertools.product(SIDES, SIDES)])
def test_each_cell_of_own_or_tie_by_true_or_false_where_grades_bar(own: str, parent: str) -> None:
    """A record takes 10 of 50 points, the lower grade is below 45: one record is enough, for oneself and for a child.

    Who has one of each is in the grade by the true one: without the false ones the grade would be the same.
    """
    happening = [Happens(OCCASION, {0}, person) for person, what in ((0, own), (1, parent)) if "true" in what]
    happening += [Happens(MISTAKE, {0}, person) for person, what in ((0, own), (1, parent)) if "false" in what]
    rules: dict[str, Any] = {"points": -10, "score": [0, 50, 0, 100, 0], "grades": (0, 45), "bar_grades": 0b01}
    counts = tiny([*happening, Happens(NEED, {1}, 0)], channels=[(Tie.child, -1, 0b01)], **rules, **FAMILY)
    if not own and not parent:
        assert column(counts, "granted")[1] == 1
        return
    is_false = "true" not in own and "true" not in parent
    is_tie = not own if is_false else "true" not in own
    tainted = "false" in own or parent == "false"
    flags = 8 * is_tie + 4 * is_false + 2 * tainted + (bool(own) and bool(parent))
    assert counts.denials.tolist() == [[denial_key(0, 0, 0, 0, 0, flags, 0), 1]]
    assert counts.flow.tolist() == [[flow_key(0, 0, 0, 0, GRADE_STATUS, 0, 2 * is_tie + is_false), 1]]


ALONG: dict[str, Any] = {"persons": 3, "tied": {(0, Tie.parent): [1], (1, Tie.parent): [2]}, "score": scale(40)}


@pytest.mark.parametrize(("points", "part", "shared"), [(-7, HALF, 3), (7, HALF, 3), (-7, ONE, 7), (-1, HALF, 0)])
def test_a_part_of_points_comes_along_a_tie_next_week_and_goes_no_further(points: int, part: int, shared: int) -> None:
    """Person 1's record moves 7, the child's half of it is 3, taken or given; the parent and the child's have none."""
    happening = [Happens(OCCASION, {0}, 1)]
    sign = 1 if points > 0 else -1
    rules: dict[str, Any] = {"points": points, "along": {Tie.child: part}, **ALONG}
    now = tiny(happening, weeks=1, **rules)
    assert scores(now) == sorted([40, 40, 40 + points])
    for weeks in (2, 6):
        later = tiny(happening, weeks=weeks, **rules)
        assert scores(later) == sorted([40, 40 + points, 40 + sign * shared])
    words = ("taken", "taken_along_ties") if points < 0 else ("given", "given_along_ties")
    assert [number(later, "points", word) for word in words] == [abs(points), shared]
    assert later.points.sum() == abs(points) + shared


def test_points_of_one_week_come_in_the_next_one_and_those_of_that_week_a_week_later() -> None:
    """Ten of week 0 from person 1 to 0, four of week 1 from person 3 to 2: each once. Catches a queue in disorder."""
    happening = [Happens(OCCASION, {0}, 1, which=0), Happens(OCCASION, {1}, 3, which=1)]
    rules: dict[str, Any] = {"persons": 4, "tied": {(0, Tie.parent): [1], (2, Tie.parent): [3]}, "score": scale(40)}
    rules |= {"behaviours": 2, "points": [-10, -4], "along": {Tie.child: ONE}}
    assert scores(tiny(happening, weeks=2, **rules)) == [30, 30, 36, 40]
    for weeks in (3, 4):
        assert scores(tiny(happening, weeks=weeks, **rules)) == [30, 30, 36, 36]


def test_points_come_along_a_tie_in_the_world_of_the_record() -> None:
    """Ten in world 0, four in world 1, none in world 2, whose scheme is not in force."""
    rules: dict[str, Any] = {"worlds": 3, "points": [[-10], [-4], [-1]], "in_force": [[0], [0], [9]], "weeks": 2}
    counts = tiny([Happens(OCCASION, {0}, 1)], along={Tie.child: ONE}, **rules, **ALONG)
    assert [scores(counts, world) for world in range(2)] == [[30, 30, 40], [36, 36, 40]]
    assert [number(counts, "points", "taken_along_ties", world=world) for world in range(3)] == [10, 4, 0]


def test_everybody_who_is_so_to_a_person_has_a_part_by_each_tie() -> None:
    """Ten points, half to each child, all to each friend: 1 has children 0 and 2, who is a friend as well."""
    tied = {(1, Tie.child): [0, 2], (1, Tie.friend): [2]}
    along = {Tie.child: HALF, Tie.friend: ONE}
    counts = tiny([Happens(OCCASION, {0}, 1)], persons=3, tied=tied, along=along, points=-10, score=scale(40), weeks=2)
    assert scores(counts) == [25, 30, 35]
    assert number(counts, "points", "taken_along_ties") == 20


@pytest.mark.parametrize("truth", [0, 1])
def test_points_along_a_tie_are_as_true_as_the_record_and_list_nobody(truth: int) -> None:
    """The child has 30 of 40 points: below the cut of 35, and on no list. Its grade is by a tie, true as the record."""
    happening = [Happens((OCCASION, MISTAKE)[truth], {0}, 1), Happens(NEED, {0, 1}, 0)]
    rules: dict[str, Any] = {"points": -10, "along": {Tie.child: ONE}, "grades": (0, 35), "bar_grades": 1, **ALONG}
    counts = tiny(happening, enter_below=35, **rules)
    assert counts.denials.tolist() == [[denial_key(0, 0, 0, 0, 0, 8 + 6 * truth, 0), 1]]
    assert weeks_of(counts, "denied") == [1]
    assert column(counts, "listed") == 12 * [1], "the parent alone"


def test_the_cause_along_a_channel_of_grades_is_the_others_own_record_or_what_reached_the_other() -> None:
    """Person 2's record takes points of the partner 1, whose grade bars the child 0 in week 2; 2's record is named.

    If 1 has a record of the same truth as well, that is named. The channel's status is the grade of person 1.
    """
    tied = {(0, Tie.parent): [1], (1, Tie.partner): [2]}
    rules: dict[str, Any] = FAMILY | {"persons": 3, "tied": tied, "behaviours": 2, "along": {Tie.partner: ONE}}
    rules |= {"points": -10, "score": [0, 50, 0, 100, 0], "grades": (0, 20, 45), "channels": [(Tie.child, -1, 0b10)]}
    theirs = Happens(OCCASION, {0}, 2, which=1)
    counts = tiny([theirs, Happens(NEED, EVERY, 0)], **rules)
    assert weeks_of(counts, "denied_tie") == [2, 3, 4, 5, 6, 7]
    assert counts.flow.tolist() == [[flow_key(0, 0, 1, 0, GRADE_STATUS + 1, 0, 2), 6]]
    counts = tiny([theirs, Happens(OCCASION, {3}, 1, which=0), Happens(NEED, {2, 5}, 0)], **rules)
    expected = [[flow_key(0, 0, behaviour, 0, GRADE_STATUS + 1, 0, 2), 1] for behaviour in (0, 1)]
    assert counts.flow.tolist() == expected


@pytest.mark.parametrize(("grades", "weeks"), [(0b001, [2, 3, 4]), (0b010, []), (0b011, [2, 3, 4])])
def test_the_grade_of_the_start_reaches_nobody_before_moving_and_after_coming_back(
    grades: int, weeks: list[int]
) -> None:
    """All start at 50, in the middle. Person 1 has 30 in week 1, 50 again in week 4: the lowest grade reaches a child
    in weeks 2 to 4, the middle one never, though person 1 is in it before and after.
    """
    happening = [Happens(OCCASION, {1}, 1), Happens(NEED, EVERY, 0)]
    rules: dict[str, Any] = FAMILY | {"points": -20, "score": [0, 50, 0, 100, 0], "grades": (0, 45, 60), "expires": 3}
    assert weeks_of(tiny(happening, channels=[(Tie.child, -1, grades)], **rules), "denied") == weeks


HEARERS: dict[str, Any] = {"deters": 1, "slope": ONE, "power": [256 * n for n in range(257)], "weeks": 5}
HEARERS |= {"curve": [2**30] + 512 * [0], "talk": ALWAYS, "heard": ONE, "onto": 1, "term": 2}


@pytest.mark.parametrize("tie", list(Tie))
def test_households_friends_and_colleagues_hear_of_a_listing_and_partners_as_such_do_not(tie: Tie) -> None:
    """Listed in step 6 of week 1, heard of in step 10: who hears then knows the scheme and fears it from week 2 on.

    Partner, parent and child are in the household too where they live together, and then hear as such.
    """
    happening = [Happens(OCCASION, {1}, 1), Happens(OCCASION, set(range(5)), 0)]
    rules: dict[str, Any] = {"persons": 2, "tied": {(1, tie): [0]}, "apart": True, **HEARERS}
    hears = tie in (Tie.household, Tie.friend, Tie.colleague)
    happening = [one._replace(which=1 - one.person) for one in happening]
    rules |= {"behaviours": 2, "alert": [ALWAYS, 0]}
    counts = tiny(happening, **rules)
    assert column(counts, "acts", group=0) == ([1, 1, 0, 0, 0] if hears else 5 * [1])
    assert column(tiny(happening, **(rules | {"talk": 0})), "acts", group=0) == 5 * [1]
    assert column(tiny(happening, **(rules | {"red": 1})), "acts", group=0) == 5 * [1]


def test_only_the_entry_onto_a_list_is_news() -> None:
    """The risk heard of in week 0 is halved each week: in week 1 it is 32,767, in week 2 it is 16,383.

    The record of week 2 renews the listing and is no entry: whoever acts at up to 20,000 acts from week 2 on.
    """
    happening = [Happens(OCCASION, {0, 2}, 1, which=0), Happens(OCCASION, set(range(5)), 0, which=1)]
    fade = [ALWAYS >> week for week in range(6)]
    rules: dict[str, Any] = {"persons": 2, "tied": {(1, Tie.friend): [0]}, "apart": True, **HEARERS}
    rules |= {"behaviours": 2, "alert": [ALWAYS, 0], "term": 4, "fade": fade, "innocent": 20_000}
    assert column(tiny(happening, **rules), "acts", group=0) == [1, 0, 1, 1, 1]
    assert weeks_on(tiny(happening, **rules)) == [0, 1, 2, 3, 4]


def test_a_tie_is_the_other_persons_tie_seen_from_the_other_end() -> None:
    """Catches a county for these tests in which a child has no parent."""
    for tie in Tie:
        happening = [Happens(OCCASION, {0}, 0), Happens(NEED, {1}, 1)]
        rules: dict[str, Any] = {"weeks": 3, "persons": 2, "tied": {(0, tie): [1]}, "bar_tied": 1, "onto": 1}
        assert weeks_of(tiny(happening, channels=[(tie, 0, 0)], **rules), "denied_tie") == [1]
        happening = [Happens(OCCASION, {0}, 1), Happens(NEED, {1}, 0)]
        assert weeks_of(tiny(happening, channels=[(BACK[tie], 0, 0)], **rules), "denied_tie") == [1]
