"""What people do about a scheme: refrain, turn elsewhere, defy, earn; against answers worked out on paper."""

from typing import Any

import pytest

from scorelab.kernel.counted import occasion_key
from scorelab.kernel.fate import BY_PERSON, CALL
from scorelab.kernel.layout import (
    ALWAYS,
    BELOW,
    ELSEWHERE_CALL,
    FAR,
    MISTAKE,
    NEAR,
    NEED,
    NEXT,
    OCCASION,
    ONE,
)
from scorelab.words import Tie
from tests.hand.tiny import FEARS, HALF, Happens, about, chance_words, column, law, number, tiny, weeks_of, weeks_on

EVERY = set(range(8))


FOUR_FEARED = [[[4 * [2048 * ONE]] * 4 + [4 * [0]]]]
"""The slope where the first four behaviours are feared and the fifth is not."""


def risks_learned(how: str, week: int, rate: int, spread: int, prior: int) -> list[int]:
    """The perceived risk in four domains after one lesson in domain 1: the exact change, and a word that rounds it."""
    if how == "heard":
        words = chance_words(0, week + CALL, int(law(1).hear_purpose[0]), BY_PERSON)
    else:
        words = chance_words(0, week, int(law(1, behaviours=5).round_purpose[4]))
    halves = [words[0] & 65535, words[0] >> 16, words[1] & 65535, words[1] >> 16]
    change = rate * ((0 if how == "unseen" else 65535) - prior)
    part = spread * change >> 16
    changes = [part, change, part, part]
    return [prior + (one + half >> 16) for one, half in zip(changes, halves, strict=True)]


@pytest.mark.parametrize("how", ["recorded", "unseen", "heard"])
def test_a_lesson_moves_every_domain_by_its_part_and_is_rounded_by_chance(how: str) -> None:
    """A hundredth of the way from 20,000, half as far in the other domains, one word for the rounding of two of them.

    Person 0 does something that is not feared, or hears of person 1's listing; in the week after, one behaviour a
    domain shows the risk to the bit: done where it is innocent at that risk, not where at one less.
    """
    rates: dict[str, Any] = {"prior": 20_000, "learning": 0, "spread": HALF, "heard": 0, "talk": ALWAYS, "onto": 1}
    rates["heard" if how == "heard" else "learning"] = 652
    rates |= {"behaviours": 5, "domains": 4, "domain": [0, 1, 2, 3, 1], "persons": 2, "tied": {(0, Tie.friend): [1]}}
    rates |= {"alert": 0 if how == "unseen" else [0, 0, 0, 0, ALWAYS], "worlds": 2, "apart": True}
    differ = 0
    for week in range(4):
        risks = risks_learned(how, week, 652, HALF, 20_000)
        differ += len({risks[0], risks[2], risks[3]}) > 1
        innocent = [[[*(risk - less for risk in risks), 0]] for less in (0, 1)]
        first = Happens(OCCASION, {week}, int(how == "heard"), which=4)
        tries = [Happens(OCCASION, {week + 1}, which=b) for b in range(4)]
        counts = tiny([*tries, first], weeks=week + 2, innocent=innocent, **(FEARS | rates | {"slope": FOUR_FEARED}))
        assert [column(counts, "acts", world, 0)[week + 1] for world in (0, 1)] == [4, 0]
        assert counts.histogram[:, :, 0].tolist() == [[1, 1], [1, 1]], "a lesson is no denial"
        assert counts.persons[-1, :, 0, 3:6].sum() == 0
    assert differ, "each domain has its own half of a word"


def test_who_is_deterred_may_do_something_else_instead_and_that_is_recorded() -> None:
    """Behaviour 0 is feared, behaviour 1 is its substitute and watched as well: refrained from 0, recorded for 1.

    Half the occasions would not have been acted on: those are no displacement.
    """
    rules: dict[str, Any] = {"behaviours": 2, "substitute": [1, -1], "deters": [1, 0], "prior": 65535}
    rules = FEARS | rules | {"base": ALWAYS // 2, "displacement": ALWAYS, "onto": [0, 1], "term": 2}
    counts = tiny([Happens(OCCASION, {2}, luck=(0.0, 0.5))], **rules)
    assert (weeks_of(counts, "displaced"), weeks_of(counts, "acts")) == ([2], [])
    assert [number(counts, "records", "true", 0, behaviour) for behaviour in (0, 1)] == [0, 1]
    assert weeks_on(counts) == [2, 3]
    assert counts.occasions.tolist() == [[occasion_key(0, 0, 0, 3), 1]]
    other_way = rules | {"substitute": [-1, 0], "deters": [0, 1], "onto": [1, 0]}
    assert weeks_on(tiny([Happens(OCCASION, {2}, which=1, luck=(0.0, 0.5))], **other_way)) == [2, 3]
    for other in ({"displacement": 0}, {"substitute": -1}):
        counts = tiny([Happens(OCCASION, {2}, luck=(0.0, 0.5))], **(rules | other))
        assert counts.occasions.tolist() == [[occasion_key(0, 0, 0, 1), 1]]
        assert counts.records.sum() == 0
    counts = tiny([Happens(OCCASION, {2}, luck=(0.5, 1.0))], **rules)
    assert counts.occasions.tolist() == [[occasion_key(0, 0, 0, 1), 1]]


def test_what_is_done_instead_is_seen_by_a_chance_of_its_own() -> None:
    """Half are seen: of 40 acts those whose own word, not that of an act of that behaviour, is below a half."""
    every = set(range(40))
    rules: dict[str, Any] = {"behaviours": 2, "substitute": [1, -1], "deters": [1, 0], "prior": 65535, "weeks": 40}
    counts = tiny([Happens(OCCASION, every)], **(FEARS | rules | {"displacement": ALWAYS, "alert": ALWAYS // 2}))
    why = int(law(1, behaviours=2).record_purpose[0, 1])
    seen = [week for week in every if chance_words(0, week + ELSEWHERE_CALL * CALL, why)[0] < ALWAYS // 2]
    assert weeks_of(counts, "records_true") == seen
    assert seen != [week for week in every if chance_words(0, week, why)[0] < ALWAYS // 2]


def test_a_grievance_makes_act_who_would_not_have() -> None:
    """Nobody acts without a grievance: a false record in week 2, a denial by an unknown scheme in week 4."""
    happening = [Happens(OCCASION, EVERY, which=0), Happens(MISTAKE, {2}), Happens(NEED, {4})]
    rules: dict[str, Any] = {"behaviours": 2, "mistaken_for": [1, -1], "weeks": 8, "alert": 0}
    for least, first in ((1, 3), (2, 8), (16, 8)):
        factors = [ONE if n >= least else 0 for n in range(16)]
        counts = tiny(happening, grievance=factors, **rules)
        assert weeks_of(counts, "acts") == list(range(first, 8))
    factors = [ONE if n >= 2 else 0 for n in range(16)]
    counts = tiny(happening, grievance=factors, onto=1, bar_lists=1, **rules)
    assert weeks_of(counts, "acts") == [5, 6, 7]
    counts = tiny(happening, grievance=factors, onto=1, bar_lists=1, aware=ALWAYS, **rules)
    assert weeks_of(counts, "acts") == [], "who knew is not aggrieved by a denial"
    many = [Happens(OCCASION, {1, 2}), Happens(MISTAKE, {0, 1}, times=14)]
    factors = [ONE if n == 15 else 0 for n in range(16)]
    assert weeks_of(tiny(many, grievance=factors, weeks=3), "acts") == [2], "no more than fifteen"


def test_a_reward_pulls_and_being_paid_for_it_puts_off() -> None:
    """A fifth act. Where a record is certain and worth 3, four fifths; with crowding 0.2 * 3.5, by it alone 0.2 * 0.5.

    Where it is worth 2 and is half certain, 0.2 * 2. Who does not know the scheme acts as ever.
    """
    base: dict[str, Any] = {"base": ALWAYS // 5, "slope": 0, "weeks": 1}
    cases = ((65535, 3, 0, 0.8), (65535, 3, 0.5, 0.7), (0, 3, 0.5, 0.1), (32768, 2, 0, 0.4))
    for prior, reward, crowding, chance in cases:
        for acts, luck in about(chance):
            given: dict[str, Any] = {"prior": prior, "reward": reward * ONE, "crowding": int(crowding * ONE)}
            assert column(tiny([Happens(OCCASION, {0}, luck=luck)], **(FEARS | base | given)), "acts") == [acts]
            unknown = tiny([Happens(OCCASION, {0}, luck=luck)], **(FEARS | base | given | {"aware": 0}))
            assert column(unknown, "acts") == [int(luck[1] < 0.2)]


def test_fear_is_read_between_the_entries_of_its_tables() -> None:
    """All act at an exponent of 0, none at a step of 1/32: at half a step a half. So it is half way up to a power."""
    half: dict[str, Any] = {"slope": ONE, "weeks": 1}
    for acts, luck in about(0.5):
        happening = [Happens(OCCASION, {0}, luck=luck)]
        assert column(tiny(happening, **(FEARS | half | {"prior": 1024})), "acts") == [acts]
        power = [0, *256 * [2048]]
        assert column(tiny(happening, **(FEARS | half | {"prior": 128, "power": power})), "acts") == [acts]


def test_what_was_recorded_last_week_is_not_what_is_recorded_now() -> None:
    """An act of week 0 is recorded, one of week 1 is not: all that is feared in week 2 is what the last one taught.

    The third behaviour alone is feared.
    """
    happening = [Happens(OCCASION, {week}, which=week) for week in range(3)]
    feared = {"slope": [[[4 * [0], 4 * [0], 4 * [2048 * ONE]]]]}
    rules: dict[str, Any] = {"behaviours": 3, "alert": [ALWAYS, 0, 0], "learning": ONE, "weeks": 3, **feared}
    assert column(tiny(happening, **(FEARS | rules)), "acts") == [1, 1, 1]
    assert column(tiny(happening, **(FEARS | rules | {"alert": ALWAYS})), "acts") == [1, 1, 0]


@pytest.mark.parametrize("recorded", [False, True])
def test_whoever_does_not_know_of_a_scheme_learns_nothing_about_it(recorded: bool) -> None:
    """An act of week 0 teaches who knows of the scheme then, is one of its members, and has something to fear of it."""
    happening = [Happens(OCCASION, {week}, which=week) for week in range(2)]
    rules: dict[str, Any] = {"behaviours": 2, "alert": ALWAYS if recorded else 0, "learning": ONE, "weeks": 2}
    rules |= {"slope": [[[4 * [0], 4 * [2048 * ONE]]]], "prior": HALF, "innocent": [[[0, HALF]]]}
    less, more = {"innocent": [[[0, HALF - 1]]]}, FEARS | rules
    for unconcerned in ({"aware": [0, ALWAYS]}, {"in_force": [[1]]}, {"deters": [0, 1]}):
        assert column(tiny(happening, **(more | unconcerned)), "acts") == [1, 1], "no risk but the prior"
        assert column(tiny(happening, **(more | unconcerned | less)), "acts") == [1, 0], "and that"
    assert column(tiny(happening, **(more | less)), "acts") == ([1, 0] if recorded else [1, 1])
    assert column(tiny(happening, **more), "acts") == ([1, 0] if recorded else [1, 1])


def test_of_two_schemes_the_one_that_deters_most_deters_and_the_one_that_pulls_most_pulls() -> None:
    """Scheme 0 stops at risks above 10,000, scheme 1 above 20,000: at 15,000 nobody acts, unless 1 alone is known.

    Rewards of 1 and 3 at certainty: 0.2 * 4 and not 0.2 * 5. Crowding of 1 and 0.5: 0.2 * 0.5, not nothing.
    """
    two: dict[str, Any] = {"schemes": 2, "weeks": 1, "deters": 3}
    stops = FEARS | two | {"innocent": [[[10_000], [20_000]]], "prior": 15_000}
    assert column(tiny([Happens(OCCASION, {0})], **stops), "acts") == [0]
    assert column(tiny([Happens(OCCASION, {0})], **(stops | {"deters": 2})), "acts") == [1]
    assert column(tiny([Happens(OCCASION, {0})], **(stops | {"in_force": [[9, 0]]})), "acts") == [1]
    for reward, crowding, chance in (([1, 3], [0, 0], 0.8), ([3, 1], [0, 0], 0.8), ([0, 0], [ONE, ONE // 2], 0.1)):
        pulls = {"reward": [[[one * ONE] for one in reward]], "crowding": [[[one] for one in crowding]]}
        for acts, luck in about(chance):
            rules = FEARS | two | pulls | {"base": ALWAYS // 5, "slope": 0, "prior": 65535}
            assert column(tiny([Happens(OCCASION, {0}, luck=luck)], **rules), "acts") == [acts]


@pytest.mark.parametrize(("band", "stops"), [(BELOW, [1]), (NEXT, [2]), (NEAR, [0, 3, 4, 5, 6, 7])])
def test_a_score_comes_nearer_to_a_cut_and_farther_from_it_by_recovery(band: int, stops: list[int]) -> None:
    """60 in week 0, 30 after its false record, then 40, 50, 60: near, below the cut, on it, and near again."""
    slope = [[[[ONE if place == band else 0 for place in range(4)]]]]
    rules = FEARS | {"slope": slope, "alert": 0, "prior": 65535, "next_points": 10, "weeks": 8, "points": -30}
    counts = tiny([Happens(OCCASION, EVERY), Happens(MISTAKE, {0})], score=[0, 60, 0, 60, 10], enter_below=50, **rules)
    assert [week for week in EVERY if week not in weeks_of(counts, "acts")] == stops


@pytest.mark.parametrize(("band", "stops"), [(FAR, [0, 1, 2]), (NEAR, [3, 4]), (NEXT, [5]), (BELOW, [6, 7])])
def test_how_near_a_score_is_to_the_next_cut_decides_what_is_at_stake(band: int, stops: list[int]) -> None:
    """90, 85, 80, 75, 65, 55, 45, 35 in weeks 0 to 7; the only cut is at 50, and a record takes 10.

    40, 35, 30 off it is far; 25, 15 is near; 5 is next; below there is no cut. Only who is in the band is deterred.
    """
    taken = [(0, 5), (1, 5), (2, 5), (3, 10), (4, 10), (5, 10), (6, 10)]
    slope = [[[[ONE if place == band else 0 for place in range(4)] for _ in range(8)]]]
    happening = [Happens(OCCASION, EVERY, which=7), *(Happens(MISTAKE, {week}, which=week) for week, _ in taken)]
    rules: dict[str, Any] = {"behaviours": 8, "sources": 7, "weeks": 8, "slope": slope, "alert": 0, "prior": 65535}
    rules |= {"mistaken_for": [[source, *7 * [-1]] for source in range(7)]}
    rules |= {"points": [*(-points for _, points in taken), 0]}
    rules |= {"next_points": [0, 0, 0, 0, 0, 0, 0, 10], "score": [0, 90, 0, 100, 0]}
    for cut in ({"grades": (0, 50)}, {"enter_below": 50}):
        counts = tiny(happening, **(FEARS | rules | cut))
        assert [week for week in EVERY if week not in weeks_of(counts, "acts")] == stops
        counts = tiny(happening, **(FEARS | rules | cut | {"next_points": 0}))
        assert weeks_of(counts, "acts") == ([] if band == FAR else sorted(EVERY)), "what takes no points"
