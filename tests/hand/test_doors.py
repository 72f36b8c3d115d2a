"""Doors that open more easily, that close in part, and who meets less, against answers worked out on paper."""

from typing import Any

import pytest

from scorelab.kernel.counted import Counts, denial_key, flow_key
from scorelab.kernel.layout import (
    ALWAYS,
    CHANNEL_STATUS,
    GRADE_STATUS,
    LISTS,
    MISTAKE,
    NEED,
    OCCASION,
    STATUSES,
)
from scorelab.words import Tie
from tests.hand.tiny import Happens, column, tiny, weeks_of, weeks_on

EVER = set(range(12))
LUCK = {"granted": (0.0, 0.5), "favoured": (0.5, 0.75), "unsuccessful": (0.75, 1.0)}


def outcome(counts: Counts, group: int | None = None) -> list[str]:
    """What the needs of a run came to."""
    words = ("not_asked", "unsuccessful", "granted", "favoured", "denied")
    return [word for word in words if weeks_of(counts, word, group=group)]


def lift(**by_status: float) -> list[int]:
    """Thresholds of success with favours: ``list_0``, ``grade_1``, ..."""
    table = (STATUSES - LISTS) * [0]
    for word, chance in by_status.items():
        kind, place = word.split("_")
        table[int(place) + (GRADE_STATUS if kind == "grade" else 0)] = int(chance * ALWAYS)
    return table


GRADED: dict[str, Any] = {"success": ALWAYS // 2, "score": [0, 50, 0, 100, 0], "grades": (0, 40)}


@pytest.mark.parametrize("came", LUCK)
def test_a_favour_is_for_those_who_would_have_failed_narrowly(came: str) -> None:
    """Half succeed; in the upper grade three quarters. Who is in the lower grade, or without the scheme, has none."""
    rules: dict[str, Any] = {"favour_grades": 0b10, "lift": lift(grade_1=0.75, list_0=1.0), **GRADED}
    need = Happens(NEED, {1}, luck=LUCK[came])
    plain = "granted" if came == "granted" else "unsuccessful"
    assert outcome(tiny([need], **rules)) == [came]
    assert outcome(tiny([Happens(OCCASION, {0}), need], points=-20, **rules)) == [plain]
    assert outcome(tiny([need], in_force=2, **rules)) == [plain]


@pytest.mark.parametrize("what", [OCCASION, MISTAKE])
@pytest.mark.parametrize("came", LUCK)
def test_a_red_list_favours_and_is_no_restriction(what: int, came: str) -> None:
    """Recorded, truly or not, in week 0, for two weeks: favoured in week 1, not in week 2. No entry, no restriction."""
    rules: dict[str, Any] = {"onto": 1, "term": 2, "red": 1, "favour_lists": 1, "lift": lift(list_0=0.75), **GRADED}
    counts = tiny([Happens(what, {0}), Happens(NEED, {1}, luck=LUCK[came])], **rules)
    assert outcome(counts) == [came]
    assert weeks_on(counts) == [0, 1]
    assert sum(column(counts, "listed")) == sum(column(counts, "entries")) == counts.persons[-1, 0, 0, 2] == 0
    counts = tiny([Happens(what, {0}), Happens(NEED, {2}, luck=LUCK[came])], **rules)
    assert outcome(counts) == ["granted" if came == "granted" else "unsuccessful"]


def test_of_two_favours_the_larger_holds_and_a_favour_opens_no_closed_door() -> None:
    """By list 0.6, by grade 0.75 and the other way round: chance 0.7 is favoured. On a barred list it is nothing."""
    happening = [Happens(OCCASION, {0}), Happens(NEED, {1}, luck=(0.6, 0.75))]
    rules: dict[str, Any] = {"onto": 1, "term": 2, "favour_lists": 1, "favour_grades": 0b10, **GRADED}
    assert outcome(tiny(happening, lift=lift(list_0=0.6, grade_1=0.75), **rules)) == ["favoured"]
    assert outcome(tiny(happening, lift=lift(list_0=0.75, grade_1=0.6), **rules)) == ["favoured"]
    counts = tiny(happening, lift=lift(list_0=0.75, grade_1=0.6), bar_lists=1, **rules)
    assert outcome(counts) == ["unsuccessful"]
    assert column(counts, "unsuccessful_barred") == [0, 1, *10 * [0]]


def test_a_favour_is_lost_while_a_parent_is_listed() -> None:
    """The parent is listed in weeks 1 and 2, which reaches the child in weeks 2 and 3."""
    happening = [Happens(OCCASION, {1}, 1), Happens(NEED, EVER, 0, luck=(0.5, 1.0))]
    rules: dict[str, Any] = {"onto": 1, "term": 2, "favour_grades": 0b10, "lift": lift(grade_1=1.0), **GRADED}
    rules |= {"persons": 2, "tied": {(0, Tie.parent): [1]}, "channels": [(Tie.child, 0, 0)], "unfavour_tied": 1}
    counts = tiny(happening, **rules)
    assert weeks_of(counts, "unsuccessful") == [2, 3]
    assert weeks_of(counts, "favoured") == [0, 1, *range(4, 12)]


BY_GRADE: dict[str, Any] = {"points": -30, "score": [0, 50, 0, 100, 5], "grades": (0, 30, 50)}


def test_who_is_throttled_by_a_list_a_grade_or_a_tie_and_when() -> None:
    """By a list in weeks 2 to 4, as long as it lasts; as its child a week later.

    By grade: 20 in week 1, 25, 30 in week 3. The grade of the start throttles nobody. Catches a mark that is not taken
    away, or that comes only with the next week.
    """
    listed: dict[str, Any] = {"onto": 1, "term": 3, "persons": 2, "tied": {(0, Tie.parent): [1]}, "apart": True}
    record = Happens(OCCASION, {2}, 1)
    counts = tiny([record], throttle_lists=1, **listed)
    assert weeks_of(counts, "throttled", group=1) == [2, 3, 4]
    assert weeks_of(counts, "throttled", group=0) == []
    counts = tiny([record], throttle_tied=1, channels=[(Tie.child, 0, 0)], **listed)
    assert weeks_of(counts, "throttled", group=0) == [3, 4, 5]
    assert weeks_of(counts, "throttled", group=1) == []
    record = Happens(OCCASION, {1})
    assert weeks_of(tiny([record], throttle_grades=0b001, **BY_GRADE), "throttled") == [1, 2]
    assert weeks_of(tiny([record], throttle_grades=0b110, **BY_GRADE), "throttled") == [3, 4, 5, 6]


def test_who_is_throttled_meets_less() -> None:
    """Listed in steps 6 of week 2 to 2 of week 5: occasions of weeks 3 and 4 and needs of weeks 2 to 4 do not come."""
    seldom = [0 if code >> 4 & 1 else ALWAYS for code in range(32)]
    happening = [Happens(OCCASION, {2}, which=0), Happens(OCCASION, set(range(8)), which=1, reached=seldom)]
    happening += [Happens(NEED, set(range(8)), reached=seldom)]
    counts = tiny(happening, weeks=8, behaviours=2, onto=[1, 0], term=3, throttle_lists=1)
    assert column(counts, "occasions") == [1, 1, 2, 0, 0, 1, 1, 1]
    assert column(counts, "needs") == [1, 1, 0, 0, 0, 1, 1, 1]


STRENGTHS = [0, ALWAYS // 4, 3 * (ALWAYS // 4), ALWAYS]


@pytest.mark.parametrize("what", [OCCASION, MISTAKE])
@pytest.mark.parametrize("status", ["list", "grade", "channel"])
def test_a_door_closes_in_part(status: str, what: int) -> None:
    """Of 400 asks 0, about 100 (six standard deviations are 52), about 300, and 400: each time those before, and more.

    Catches a strength that is read at another status, or chance that differs between worlds.
    """
    places = {"list": 1, "grade": GRADE_STATUS + 1, "channel": CHANNEL_STATUS + 1}
    strength = [[[bound if place == places[status] else ALWAYS for place in range(STATUSES)]] for bound in STRENGTHS]
    rules: dict[str, Any] = {"worlds": 4, "partial": 1, "strength": strength, "persons": 2}
    rules |= {"tied": {(0, Tie.parent): [1]}, "channels": [(Tie.child, 0, 0), (Tie.child, 1, 0)], "lists": 2}
    who = 1 if status == "channel" else 0
    happening = [Happens(what, {0}, who), Happens(NEED, {1}, 0, times=400)]
    if status == "grade":
        counts = tiny(happening, bar_grades=0b010, points=-1, score=[0, 10, 0, 20, 0], grades=(0, 5, 10), **rules)
    else:
        door: dict[str, Any] = {"bar_lists": 2} if status == "list" else {"bar_tied": 2}
        counts = tiny(happening, onto=2, term=5, **door, **rules)
    denied = [column(counts, "denied", world)[1] for world in range(4)]
    assert denied[0] == 0 and abs(denied[1] - 100) < 52 and abs(denied[2] - 300) < 52 and denied[3] == 400
    patterns = [int(key) % 2**24 for key, _ in counts.needs]
    shut = [[pattern >> 3 * world & 7 == 5 for world in range(4)] for pattern in patterns]
    assert sorted(shut) == [sorted(worlds) for worlds in sorted(shut)]


def test_a_status_that_lets_through_is_not_the_cause() -> None:
    """Own list at strength 0, the grade at full strength: it is by the grade; with the parent's list it is both."""
    strength = STATUSES * [ALWAYS]
    strength[0] = 0
    rules: dict[str, Any] = {"partial": 1, "strength": strength, "bar_lists": 1, "bar_grades": 1, "persons": 2}
    rules |= {"onto": 1, "points": -1, "score": [0, 10, 0, 20, 0], "grades": (0, 10), "bar_tied": 1}
    rules |= {"tied": {(0, Tie.parent): [1]}, "channels": [(Tie.child, 0, 0)], "weeks": 3}
    counts = tiny([Happens(OCCASION, {0}, 0), Happens(NEED, {1}, 0)], **rules)
    assert counts.flow.tolist() == [[flow_key(0, 0, 0, 0, GRADE_STATUS, 0, 0), 1]]
    assert counts.denials.tolist() == [[denial_key(0, 0, 0, 0, 0, 0, 0), 1]]
    counts = tiny([Happens(OCCASION, {0}, 0), Happens(OCCASION, {0}, 1), Happens(NEED, {1}, 0)], **rules)
    assert counts.denials.tolist() == [[denial_key(0, 0, 0, 0, 0, 1, 0), 1]]
