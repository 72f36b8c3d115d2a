"""What changes with the weeks: knowing, joining, fear, habit, room; against answers worked out on paper."""

import math
from typing import Any

import pytest

from scorelab.kernel.counted import occasion_key
from scorelab.kernel.layout import (
    ALWAYS,
    MISTAKE,
    NEED,
    OCCASION,
    ONE,
)
from scorelab.words import Tie
from tests.hand.tiny import FEARS, HALF, Happens, about, column, tiny, weeks_of, weeks_on

EVERY = set(range(8))


def acts_at(happening: list[Happens], risks: list[int], **rules: Any) -> None:
    """Assert the perceived risk in each week, to the bit.

    Each week has a behaviour of its own, which happens then and is ``innocent`` at that risk, so that one acts, or, in
    world 1, at one less, so that one does not.
    """
    weeks = len(risks)
    innocent = [[[max(0, risk - less) for risk in risks]] for less in (0, 1)]
    watched = [Happens(OCCASION, {week}, which=week) for week in range(weeks)]
    both = sorted([*happening, *watched], key=lambda one: one.what)
    counts = tiny(both, weeks=weeks, worlds=2, behaviours=weeks, innocent=innocent, **(FEARS | rules))
    assert column(counts, "acts", 0) == weeks * [1]
    assert [week for week in weeks_of(counts, "acts", 1) if risks[week]] == []


def test_a_scheme_is_known_by_those_whose_word_is_below_the_weeks_level() -> None:
    """Levels 0, 1 from week 2, a half from week 4: words 0, 1 and a half know from week 2, from week 4 and never."""
    aware = [[[0, 0, 1, 1, ALWAYS // 2, ALWAYS // 2]]]
    place = {"aware_rank": [[0, 1, ALWAYS // 2]], "aware_order": [[2, 0, 1]]}
    happening = [Happens(OCCASION, set(range(6)), person) for person in range(3)]
    rules: dict[str, Any] = {"place": place, "weeks": 6, "persons": 3, "apart": True, "prior": 65535}
    counts = tiny(happening, **(FEARS | rules | {"aware": aware}))
    assert [weeks_of(counts, "acts", group=person) for person in range(3)] == [[0, 1, 2, 3], [0, 1, 2, 3, 4, 5], [0, 1]]


JOINS: dict[str, Any] = {"open_to_all": 0, "persons": 3, "apart": True, "weeks": 8, "in_force": 2}
JOINS |= {"joins": [[[1, 1, 1, ALWAYS, ALWAYS, ALWAYS, ALWAYS, ALWAYS]]]}
JOINS |= {"place": {"join_rank": [[0, 1, 0]], "join_order": [[0, 1, -1]]}}
"""In force from week 2 on; person 0 joins at once, person 1 in the fourth week, person 2, a child, never."""


def test_only_members_are_recorded_and_they_know_what_they_joined() -> None:
    """Person 0 from week 2 on, person 1 from week 5 on. Joined, the scheme is known: who is barred does not ask."""
    happening = [Happens(what, EVERY, person) for what in (OCCASION, MISTAKE, NEED) for person in range(3)]
    counts = tiny(happening, onto=1, term=1, bar_lists=1, not_asking=ALWAYS, **JOINS)
    recorded = [[2, 3, 4, 5, 6, 7], [5, 6, 7], []]
    for word in ("records_true", "records_false", "listed", "not_asked"):
        assert [weeks_of(counts, word, group=person) for person in range(3)] == recorded
    assert sum(column(counts, "denied")) == 0


def test_everybody_can_join() -> None:
    """Catches a list of those who join that is read beyond its end."""
    counts = tiny([Happens(OCCASION, EVERY)], weeks=8, open_to_all=0, joins=ALWAYS, in_force=3, onto=1, term=1)
    assert weeks_on(counts) == [3, 4, 5, 6, 7]


def test_points_of_a_tie_pass_by_who_is_no_member() -> None:
    """Person 0 has a record in week 3; its points would reach persons 1 and 2 in week 4, and 1 joins in 5."""
    happening = [Happens(OCCASION, {3}, 0), *(Happens(NEED, EVERY, person) for person in range(3))]
    rules: dict[str, Any] = {"tied": {(0, Tie.friend): [1, 2]}, "along": {Tie.friend: ONE}, "bar_grades": 1, **JOINS}
    counts = tiny(happening, points=-10, score=[0, 50, 0, 100, 0], grades=(0, 45), **rules)
    assert [weeks_of(counts, "denied", group=p) for p in range(3)] == [[3, 4, 5, 6, 7], [], []]
    assert counts.grades[0, 0, :, :2].tolist() == [[1, 0], [0, 1], [0, 0]]
    assert counts.scores[0, 0].sum() == 2


@pytest.mark.parametrize("joining", [False, True])
def test_no_scheme_ever_applies_to_the_exempt(joining: bool) -> None:
    """Persons 0 and 1 act, are mistaken and ask each week, for eight weeks; each is exempt in one of two worlds.

    The other one has a true and a false record a week, is listed and barred. Catches a false record, a listing or a
    grade of somebody whom the scheme leaves out, and one who is left out of all worlds, or joins all the same.
    """
    happening = [Happens(what, EVERY, person) for what in (OCCASION, MISTAKE, NEED) for person in range(2)]
    rules: dict[str, Any] = {"worlds": 2, "persons": 2, "apart": True, "weeks": 8, "onto": 1, "term": 1, "bar_lists": 1}
    rules |= {"points": -10, "score": [0, 50, 0, 100, 0], "grades": (0, 45), "place": {"exempt": [0b01, 0b10]}}
    rules |= {"open_to_all": 0, "joins": ALWAYS} if joining else {}
    counts = tiny(happening, **rules)
    for world, exempt, other in ((0, 0, 1), (1, 1, 0)):
        for word in ("records_true", "records_false", "listed", "denied"):
            assert weeks_of(counts, word, world, exempt) == []
            assert column(counts, word, world, other) == 8 * [1]
        assert column(counts, "acts", world, exempt) == column(counts, "granted", world, exempt) == 8 * [1]
        assert counts.grades[0, world, exempt].sum() == 0
        assert counts.grades[0, world, other].sum() == counts.scores[0, world].sum() == 1


def test_what_others_have_done_reaches_the_exempt_along_ties() -> None:
    """Person 1 is listed in weeks 2 to 4, person 0, exempt, is the child and tied by points, too.

    The door is closed in weeks 3 to 5 by the parent's listing; the parent's points pass by. The exempt child hears of
    it and knows the scheme then, so it does not ask; but it is never deterred, as it would be if the scheme applied.
    """
    happening = [Happens(OCCASION, EVERY, 0), Happens(OCCASION, {2}, 1, which=1), Happens(NEED, EVERY, 0)]
    ties: dict[str, Any] = {"tied": {(0, Tie.parent): [1], (0, Tie.friend): [1]}, "along": {Tie.friend: ONE}}
    rules: dict[str, Any] = {"weeks": 8, "persons": 2, "apart": True, "onto": 1, "term": 3, "bar_child": 1, **ties}
    rules |= {"points": -10, "score": [0, 50, 0, 100, 0], "grades": (0, 45), "talk": ALWAYS, "heard": ONE}
    rules |= {**FEARS, "aware": 0, "not_asking": ALWAYS, "behaviours": 2, "alert": [0, ALWAYS]}
    assert weeks_of(tiny(happening, **rules), "acts", group=0) == [0, 1, 2]
    counts = tiny(happening, **rules, place={"exempt": [1, 0]})
    assert weeks_of(counts, "acts", group=0) == sorted(EVERY)
    assert weeks_of(counts, "listed", group=1) == [2, 3, 4]
    assert weeks_of(counts, "not_asked", group=0) == [3, 4, 5]
    assert counts.grades[0, 0, 0].sum() == 0 and counts.grades[0, 0, 1].tolist()[:2] == [1, 0]


def test_a_scheme_is_in_force_from_its_week_in_each_world_on() -> None:
    """World 0 from week 0 on, world 1 from week 3 on, world 2 never; before, nobody is deterred either."""
    happening = [Happens(OCCASION, {1, 2, 3, 4}), Happens(MISTAKE, {2, 3})]
    counts = tiny(happening, worlds=3, in_force=[[0], [3], [99]], onto=1, term=1, weeks=6)
    assert [weeks_on(counts, world=world) for world in range(3)] == [[1, 2, 3, 4], [3, 4], []]
    assert [weeks_of(counts, "records_false", world) for world in range(3)] == [[2, 3], [3], []]
    counts = tiny(happening, worlds=3, in_force=[[0], [3], [99]], weeks=6, prior=65535, **FEARS)
    assert [weeks_of(counts, "acts", world) for world in range(3)] == [[], [1, 2], [1, 2, 3, 4]]


def test_what_is_feared_fades_between_and_a_prior_stays() -> None:
    """The prior alone, and nothing learned: the same each week."""
    acts_at([], 4 * [20_000], prior=20_000, fade=[ALWAYS >> week for week in range(5)])


def test_public_risk_rises_with_campaigns_and_halves_each_week() -> None:
    """Half of 65,535 in week 1; halved, 16,383; halved, 8,191, and a quarter of the rest: 8,191 + 14,336 = 22,527."""
    media = [[[0, HALF, 0, ONE // 4, 0]]]
    acts_at([], [0, 32_767, 16_383, 22_527, 11_263], media=media, public_fade=ALWAYS // 2)
    acts_at([], [100, 32_867, 16_483, 22_627, 11_363], media=media, public_fade=ALWAYS // 2, prior=100)
    acts_at([], [60_000, 65_535, 65_535], media=[[[0, HALF, 0]]], public_fade=ALWAYS // 2, prior=60_000)


@pytest.mark.parametrize(
    ("records", "adults", "risk"), [(1, 4, 16_383), (2, 4, 32_767), (8, 4, 65_535), (1, 0, 65_535)]
)
def test_public_risk_rises_with_published_listings_next_week(records: int, adults: int, risk: int) -> None:
    """Each listing of week 1 is a quarter of the rest in a county of four adults; more than the whole is the whole."""
    happening = [Happens(MISTAKE, {1}, person) for person in range(records)]
    rules: dict[str, Any] = {"onto": 1, "published": 1, "published_lift": ONE, "public_fade": ALWAYS // 2}
    rules |= {"persons": 8, "place": {"adults": adults}, "alert": 0}
    acts_at(happening, [0, 0, risk, risk // 2], **rules)
    acts_at(happening, [0, 0, 0, 0], **(rules | {"published": 0}))
    acts_at(happening, [0, 0, 0, 0], **(rules | {"red": 1}))


def test_what_is_published_is_feared_in_its_own_domain() -> None:
    """A record of behaviour 1, of domain 1, in week 0: in week 1 behaviour 1 is not done and behaviour 0 is."""
    happening = [Happens(OCCASION, {1}, which=0), Happens(OCCASION, {0, 1}, which=1)]
    rules: dict[str, Any] = {"behaviours": 2, "domains": 2, "onto": 1, "published": 1, "published_lift": ONE}
    counts = tiny(happening, weeks=2, public_fade=ALWAYS, **FEARS, **rules)
    found = [occasion_key(0, 0, 0, 2), occasion_key(0, 0, 1, 1), occasion_key(0, 0, 1, 2)]
    assert counts.occasions.tolist() == [[key, 1] for key in found]


def test_a_record_in_one_domain_is_feared_in_others_by_the_spread() -> None:
    """All of it in its own, half of 65,535 in the other: 32,767 or, rounded by chance, 32,768."""
    for innocent, acts in ((32_766, 0), (32_768, 1)):
        happening = [Happens(OCCASION, {0}, which=0), Happens(OCCASION, {1}, which=1)]
        rules: dict[str, Any] = {"behaviours": 2, "domains": 2, "spread": HALF, "learning": ONE, "weeks": 2}
        counts = tiny(happening, innocent=innocent, **(FEARS | rules))
        assert column(counts, "acts") == [1, acts]


def test_campaigns_push_the_norm_and_contrary_persons_the_other_way() -> None:
    """A quarter act; pushed by ln 2 in week 1 a half, in week 3 nearly all; contrary ones an eighth, then a sixteenth.

    Pushed down far, it stops at e to the -2. Catches a push that is of its week only, or that has no bound.
    """
    twice = round(math.log(2) * ONE)
    rules: dict[str, Any] = {"weeks": 5, "base": ALWAYS // 4, "norm_push": [[[0, twice, 0, twice - 3000, -9 * ONE]]]}
    nearly = 4 * math.exp(-3000 / ONE)
    for contrary, factors in ((0, [1, 2, 2, nearly, math.exp(-2)]), (ALWAYS, [1, 1 / 2, 1 / 2, 1 / nearly])):
        for week, factor in enumerate(factors):
            for acts, luck in about(factor / 4):
                counts = tiny([Happens(OCCASION, {week}, luck=luck)], contrary=contrary, **rules)
                assert sum(column(counts, "acts")) == acts


def test_habits_are_caught_from_others() -> None:
    """Half would act, but 32 acts a week are deterred, all of them. Who knows of nothing catches that, at contagion 1:

    occasions remembered 2, then 2 + 30 / 16 = 3.875, then 5.633; acts 0 of 1, 1.9375, 2.816 usual ones. With 16 of the
    prior the departure is -1 / 17, -1.9375 / 17.9375, -2.816 / 18.816, and the norm e to that power.
    """
    chances = [0.5 * math.exp(way) for way in (0, -1 / 17, -1.9375 / 17.9375, -2.81640625 / 18.81640625)]
    place = {"aware_rank": [[0, ALWAYS - 1]], "aware_order": [[0, 1]]}
    rules: dict[str, Any] = {"base": ALWAYS // 2, "contagion": ONE, "prior": 65535, "aware": 1}
    rules = FEARS | rules | {"persons": 2, "place": place, "apart": True}
    for week, chance in enumerate(chances):
        for acts, luck in about(chance):
            others = Happens(OCCASION, set(range(week)), 0, times=32)
            counts = tiny([others, Happens(OCCASION, {week}, 1, luck=luck)], weeks=week + 1, **rules)
            assert sum(column(counts, "acts", group=1)) == acts
            assert sum(column(counts, "acts", group=0)) == 0


def test_a_contagion_of_acts_raises_them_and_is_bounded() -> None:
    """One in 16 act, but whoever has a grievance always does: 8 acts in week 1 are remembered as 0.5 of 0.03125.

    Departure 0.46875 / 2.03125, the norm e to that power. With 64 acts it is 3.75 / 2.25, cut to 1: the norm is e.
    8 acts in week 2 as well: remembered 0.5 + 7.5 / 16 = 0.96875 of 0.0605, departure 0.9082 / 2.0605.
    """
    for times, weeks, way in ((8, 1, 0.46875 / 2.03125), (64, 1, 1.0), (8, 2, 0.908203125 / 2.060546875)):
        for acts, luck in about(math.exp(way) / 16):
            others = Happens(OCCASION, set(range(1, weeks + 1)), 0, times=times)
            happening = [others, Happens(OCCASION, {weeks + 1}, 1, luck=luck), Happens(MISTAKE, {0}, 0)]
            rules: dict[str, Any] = {"base": ALWAYS // 16, "contagion": ONE, "persons": 2, "apart": True}
            counts = tiny(happening, weeks=weeks + 2, grievance=[ONE, *15 * [16 * ONE]], **rules)
            assert column(counts, "acts", group=0) == [0, *weeks * [times], 0]
            assert sum(column(counts, "acts", group=1)) == acts


def test_a_norm_has_a_largest_value() -> None:
    """Pushed by 2 and caught at 1, the largest of each: e to the 3. One in 64 would act without."""
    for acts, luck in about(math.exp(3) / 64):
        happening = [
            Happens(OCCASION, {1}, 0, times=64),
            Happens(OCCASION, {2}, 1, luck=luck),
            Happens(MISTAKE, {0}, 0),
        ]
        rules: dict[str, Any] = {"base": ALWAYS // 64, "contagion": ONE, "persons": 2, "weeks": 3, "apart": True}
        rules |= {"norm_push": [[[2 * ONE, 0, 2 * ONE]]], "grievance": [ONE, *15 * [64 * ONE]]}
        assert column(tiny(happening, **rules), "acts", group=1) == [0, 0, acts]


def test_the_places_of_those_who_are_denied_are_filled_by_others() -> None:
    """Half succeed. In week 1 one is denied and two fail; half of the places freed are given again, a quarter to each.

    Chance 0.5 + 0.5 / 4 in week 2; 0.75 if all places are given again, 31/32 if there are two for each but an eighth;
    0.5 if none, and in a world without. In week 2 one is denied and one fails: 0.75 in week 3 by half of the places.
    """
    barred = [Happens(OCCASION, {0}, 0), Happens(NEED, {1, 2}, 0, luck=(0.0, 0.5))]
    failed = [Happens(NEED, {1}, 1, luck=(0.5, 1.0)), Happens(NEED, {1}, 2, luck=(0.5, 1.0))]
    later = Happens(NEED, {2}, 4, luck=(0.98, 1.0))
    rules: dict[str, Any] = {"weeks": 4, "persons": 5, "apart": True, "onto": 1, "bar_lists": 1, "success": ALWAYS // 2}
    cases = ((HALF, 5 / 8, 2), (ONE, 3 / 4, 2), (15 * HALF // 4, 31 / 32, 2), (0, 1 / 2, 2), (HALF, 3 / 4, 3))
    for refill, chance, week in cases:
        for granted, luck in about(chance):
            happening = [*barred, *failed, later, Happens(NEED, {week}, 3, luck=luck)]
            counts = tiny(happening, worlds=2, refill=[[refill], [0]], **rules)
            assert sum(column(counts, "granted", 0, group=3)) == granted
            assert sum(column(counts, "granted", 1, group=3)) == (luck[1] < 0.5)
            assert column(counts, "denied", group=0)[1] == 1
