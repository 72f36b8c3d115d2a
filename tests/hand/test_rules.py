"""What a record leads to by the rules of its scheme, against answers worked out on paper."""

from typing import Any

from scorelab.kernel.counted import PROCESS
from scorelab.kernel.layout import (
    ALWAYS,
    NEED,
    OCCASION,
    OFFICIALS,
    ONE,
)
from tests.hand.tiny import CELL, Happens, chance_words, law, number, scale, tiny, week_by_week, weeks_of, weeks_on


def test_a_rule_applies_from_the_third_record_within_its_weeks_on() -> None:
    """The window of four weeks begins with the first record: weeks 0 to 4. A record after it begins the next window."""

    def on(*weeks: int) -> list[int]:
        return weeks_on(tiny([Happens(OCCASION, set(weeks))], onto=1, term=1, after=3, within=4))

    assert on(0, 1) == []
    assert on(0, 1, 2) == [2]
    assert on(0, 1, 2, 3) == [2, 3]
    assert on(0, 1, 4) == [4]
    assert on(0, 1, 5) == []
    assert on(0, 3, 5, 6) == []
    assert on(0, 1, 5, 6, 7) == [7]


def test_each_rule_remembers_each_person_by_itself() -> None:
    """The second record counts: one of each of two behaviours, or of two persons, or in each of two worlds, is none.

    Catches memories that are shared, as those of who has no file yet.
    """
    rules: dict[str, Any] = {"behaviours": 2, "onto": 1, "term": 1, "after": 2, "within": 9, "persons": 2, "weeks": 5}

    def on(*happening: Happens) -> list[int]:
        return weeks_on(tiny([*happening], **rules))

    assert on(Happens(OCCASION, {0}, which=0), Happens(OCCASION, {1}, which=1)) == []
    assert on(Happens(OCCASION, {0}, 0), Happens(OCCASION, {1}, 1)) == []
    assert on(Happens(OCCASION, {0}, which=1), Happens(OCCASION, {2}, which=1)) == [2]
    assert on(Happens(OCCASION, {0, 3}, 0), Happens(OCCASION, {1}, 1), Happens(OCCASION, {2}, which=1)) == [3]
    counts = tiny([Happens(OCCASION, {0, 1})], worlds=2, in_force=[[0], [1]], **rules)
    assert [weeks_on(counts, world=world) for world in (0, 1)] == [[1], []]


def test_of_two_schemes_each_has_its_own_records_rules_and_process() -> None:
    """Both see an act of week 1. Scheme 0 lists at once and for good, on list 0; the score is not its own.

    Scheme 1 tells, waits three weeks, lists on list 1 in week 4 and takes 10 points, until the appeal of week 6.
    """
    rules: dict[str, Any] = {"schemes": 2, "sources": 2, "source_scheme": [0, 1], "lists": 2, "list_scheme": [0, 1]}
    rules |= {"behaviours": 2, "rule_of": [[[1, 0], [2, 0]]], "rule_scheme": [0, 1], "onto": [1, 2], "points": -10}
    rules |= {"told": [0, ALWAYS], "window": [0, 3], "appeals": ONE, "appeal_weeks": 2, "appeal": ONE}
    rules |= {"score": [1, 40, 0, 63, 0]}
    counts = tiny([Happens(OCCASION, {1})], **rules)
    assert (weeks_on(counts, 0), weeks_on(counts, 1)) == (list(range(1, 12)), [4, 5])
    of_scheme = [{word: number(counts, "process", word, h) for word in PROCESS} for h in (0, 1)]
    assert {word for word, count in of_scheme[0].items() if count} == {"arrived", "in_effect"}
    assert {word for word, count in of_scheme[1].items() if count} == {
        *("arrived", "told", "in_effect", "appealed", "appeal_upheld")
    }
    assert week_by_week([Happens(OCCASION, {1})], 7, **rules) == [40, 40, 40, 40, 30, 30, 40]
    expiring = week_by_week([Happens(OCCASION, {1})], 7, **(rules | {"appeals": 0, "expires": 1}))
    assert expiring == [40, 40, 40, 40, 30, 40, 40]
    recovers = rules | {"appeals": 0, "score": [1, 40, 0, 63, 5], "grades": (0, 40), "bar_grades": 1}
    assert weeks_of(tiny([Happens(OCCASION, {1}), Happens(NEED, set(range(12)))], **recovers), "denied") == [4, 5]


def test_no_more_points_are_moved_within_the_weeks_than_the_cap() -> None:
    """At most 15 in weeks 0 to 4: 10, then 5, then nothing; week 5 begins anew."""
    happening = [Happens(OCCASION, {0, 1, 2, 5})]
    rules: dict[str, Any] = {"cap": 15, "within": 4, "score": scale(40)}
    assert week_by_week(happening, 6, points=-10, **rules) == [30, 25, 25, 25, 25, 15]
    assert week_by_week(happening, 6, points=10, **rules) == [50, 55, 55, 55, 55, 63]


def test_points_within_a_range_are_in_its_middle_or_as_the_official_always_does() -> None:
    """From -10 to -2 are nine values: the middle is -6. With discretion, 40 cases of one week, one a behaviour.

    Each goes to one of 64 officials: the cases of one official are alike, and not all officials are.
    """
    middle = tiny([Happens(OCCASION, {0})], weeks=1, points=-10, most=-2, score=scale(40))
    assert number(middle, "points", "taken") == 6
    cases = range(40)
    rules: dict[str, Any] = {"behaviours": 40, "points": -1000, "most": -1, "score": [0, 0, -20_000, 0, 0]}
    counts = tiny([Happens(OCCASION, {0}, which=b) for b in cases], weeks=1, disagree=ALWAYS, **rules)
    taken = [number(counts, "points", "taken", 0, b) for b in cases]
    why = law(1, behaviours=40).record_purpose[0]
    official = [chance_words(0, 0, int(why[b]))[2] * OFFICIALS >> 32 for b in cases]
    by_official = dict(zip(official, taken, strict=True))
    assert len(by_official) < 40, "no two cases of one official"
    assert [by_official[one] for one in official] == taken
    assert len(set(by_official.values())) > len(by_official) // 2
    assert min(taken) < 300 and max(taken) > 700


def test_a_fine_is_arrears_for_whom_it_hits() -> None:
    """Fined in week 2. Not where fines hit others, and not in a world whose scheme changes no life."""
    fined = [ALWAYS if cell == CELL else 0 for cell in range(120)]
    others = [ALWAYS - chance for chance in fined]
    happening = [Happens(OCCASION, {2})]
    assert weeks_of(tiny(happening, weeks=6, fine=1, fined=fined), "arrears") == [2, 3, 4, 5]
    assert weeks_of(tiny(happening, weeks=6, fine=1, fined=others), "arrears") == []
    assert weeks_of(tiny(happening, weeks=6, fine=0, fined=fined), "arrears") == []
    assert weeks_of(tiny(happening, weeks=6, fine=1, fined=fined, spiral=0), "arrears") == []
