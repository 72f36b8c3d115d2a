"""The kernel against formulas; each check is wrong by chance once in a million worlds, and its seed is fixed."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scorelab.kernel.counted import SCORE_BINS, WEEKLY
from scorelab.kernel.layout import (
    ALWAYS,
    CURVE_ONE,
    CURVE_STEPS,
    JOB_LOSS,
    MISTAKE,
    NEED,
    OCCASION,
    ONE,
)
from scorelab.tables.gamma import class_means
from scorelab.words import Tie
from tests.hand.many import SIGMAS, county_with_rates, deviation, plain_kinds
from tests.hand.tiny import ANYBODY, FEARS, HALF, Happens, column, law, lived, number, scale, ties_of, tiny, weeks_of

AFRAID: dict[str, Any] = {
    "aware": ALWAYS,
    "deters": 1,
    "slope": CURVE_STEPS * ONE // 32,
    "power": np.arange(0, ONE + 1, ONE // 256),
}
"""Everybody knows the scheme; the curve of deterrence is read at the perceived risk itself: step 0 at 0, 512 at 1."""


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "rate", "term"), [(0.5, 0.02, 10), (1.0, 0.05, 26), (4.0, 0.01, 4)])
def test_prevalence_of_a_list_with_constant_entry_and_fixed_term(shape: float, rate: float, term: int) -> None:
    """Share on the list = 1 - (1 + rate * T / k) ** -k: terms start anew, frailty is gamma(k) with mean 1.

    Without frailty it would be 1 - exp(-rate * T), which for k = 0.5 and these numbers is 9 standard deviations off.
    """
    persons = 16_000
    frailty = np.repeat(class_means(shape), persons // 64)
    place = county_with_rates([rate * frailty], np.zeros(persons), (11, 12))
    weeks = term + 3
    counts = lived(place, plain_kinds([OCCASION]), law(weeks, onto=1, term=term), weeks)
    listed = column(counts, "listed")[-1]
    expected = 1 - (1 + rate * term / shape) ** -shape
    assert abs(deviation(listed, persons, expected)) < SIGMAS


@pytest.mark.slow
def test_a_working_life_is_a_two_state_chain() -> None:
    """With chances a of losing and b of finding work a week, the jobless share tends to a / (a + b)."""
    persons, weeks = 8_000, 60
    rates = [np.full(persons, 0.2), np.full(persons, 0.1)]
    place = county_with_rates(rates, np.zeros(persons), (21, 22))
    counts = lived(place, plain_kinds([NEED, JOB_LOSS]), law(weeks, grants_work=1), weeks)
    loses, finds = 1 - math.exp(-0.1), 1 - math.exp(-0.2)
    jobless = column(counts, "jobless")
    for week in (0, 1, 5, 59):
        share = loses / (loses + finds) * (1 - (1 - loses - finds) ** (week + 1))
        assert abs(deviation(jobless[week], persons, share)) < SIGMAS


@pytest.mark.parametrize("half_life", [4, 8, 13])
def test_perceived_risk_halves_in_its_half_life(half_life: int) -> None:
    """One record makes risk 1; who acts only at a risk of at most one half acts again after just one half-life."""
    weeks = 3 * half_life + 1
    fade = [int(ALWAYS * 0.5 ** (week / half_life)) for week in range(weeks + 1)]
    curve = [CURVE_ONE if step <= CURVE_STEPS // 2 else 0 for step in range(CURVE_STEPS + 1)]
    counts = tiny(
        [Happens(OCCASION, set(range(weeks)))],
        weeks=weeks,
        onto=1,
        term=1,
        learning=ONE,
        fade=fade,
        curve=curve,
        **AFRAID,
    )
    acts = column(counts, "acts")
    assert [week for week in range(weeks) if acts[week]] == list(range(0, weeks, half_life))


def test_an_unrecorded_act_lowers_risk_by_the_learning_rate() -> None:
    """From a prior of 1, n unseen acts leave (1 - 0.2) ** n: whoever acts only above 0.3 stops after six."""
    assert 0.8**5 > 0.3 > 0.8**6
    base: dict[str, Any] = {
        "weeks": 12,
        "alert": 0,
        "prior": 65535,
        "learning": round(0.2 * ONE),
    }
    risky = [CURVE_ONE if step > 0.3 * CURVE_STEPS else 0 for step in range(CURVE_STEPS + 1)]
    counts = tiny([Happens(OCCASION, set(range(12)))], curve=risky, **base, **AFRAID)
    assert column(counts, "acts") == 6 * [1] + 6 * [0]


RATES: tuple[Callable[[Any], Any], ...] = (
    lambda who: np.full(len(who), 0.4),
    lambda who: np.where(who % 10 == 0, 3.0, 0.0),
    lambda who: 0.02 * 1.03**who,
)


@pytest.mark.slow
@pytest.mark.parametrize("number", range(len(RATES)))
def test_candidates_follow_each_persons_own_poisson_law(number: int) -> None:
    """Drawing a number for the block and then persons by alias is the same law as drawing for each person.

    Each person is a group of one. Totals by person, weeks without any, and the variance are compared.
    """
    weeks, persons = 2_000, 200
    rate = RATES[number](np.arange(persons))
    place = county_with_rates([rate], np.arange(persons), (31, 32 + number))
    counts = lived(place, plain_kinds([OCCASION]), law(weeks), weeks, persons)
    met = counts.weekly[:, 0, :, WEEKLY.index("occasions")].astype(np.int64)
    mean = weeks * rate
    assert met[:, rate == 0].sum() == 0
    busy = rate > 0
    one_in_a_million_per_person = math.sqrt(2 * math.log(2e6 * persons))
    assert np.abs((met.sum(axis=0) - mean)[busy] / np.sqrt(mean[busy])).max() < one_in_a_million_per_person
    none = np.exp(-rate[busy])
    off = ((met[:, busy] == 0).sum(axis=0) - weeks * none) / np.sqrt(weeks * none * (1 - none))
    assert np.abs(off).max() < one_in_a_million_per_person
    chi = float((((met - rate) ** 2)[:, busy] / rate[busy]).sum())
    freedom = weeks * int(busy.sum())
    spread = math.sqrt(weeks * float((2 + 1 / rate[busy]).sum()))
    assert abs(chi - freedom) < SIGMAS * spread
    sums = met.sum(axis=1)
    index = float(((sums - sums.mean()) ** 2).sum() / sums.mean())
    assert abs(index - (weeks - 1)) < SIGMAS * math.sqrt(2 * weeks)


@pytest.mark.slow
@pytest.mark.parametrize("prevalence", [0.3, 0.01])
def test_the_share_of_false_alerts_follows_from_how_rare_misconduct_is(prevalence: float) -> None:
    """By Bayes f / (f + p s) of the alerts are false: f = 0.01 false alerts a passage, seen s = 0.9, misconduct p.

    At 0.3 it is 4 of 100, at 0.01 it is 53; among records that a review keeps (half of the false, all true) 2 and 36.
    """
    persons, weeks, sensitivity, false = 4_000, 25, 0.9, 0.01
    passages = np.full(persons, 1.0)
    place = county_with_rates([passages, passages], np.zeros(persons), (61, 62))
    kinds = plain_kinds([OCCASION, MISTAKE])
    kinds.share[:] = round(false * 2**32)
    rules = law(weeks, base=round(prevalence * 2**32), alert=round(sensitivity * 2**32), keep_false=HALF)
    counts = lived(place, kinds, rules, weeks)
    for words, kept in ((("alerts_true", "alerts_false"), 1.0), (("true", "false"), 0.5)):
        right, wrong = (number(counts, "records", word) for word in words)
        share = false * kept / (false * kept + prevalence * sensitivity)
        assert abs(deviation(wrong, right + wrong, share)) < SIGMAS
        assert abs(right + wrong - persons * weeks * prevalence * sensitivity / (1 - share)) < SIGMAS * math.sqrt(
            right + wrong
        )


@pytest.mark.slow
def test_how_many_have_a_listed_friend() -> None:
    """Each is listed with chance p by itself, and of d friends one is with chance 1 - (1 - p) ** d, here about 0.7.

    Two persons who have friends in common are not independent: neither is reached with chance (1 - p) to the number of
    all friends of both, and the spread of the sum is reckoned from that.
    """
    persons, rate = 2_000, 0.3
    chosen = np.random.default_rng(71).integers(0, persons, (5_000, 2))
    friends: dict[int, set[int]] = {person: set() for person in range(persons)}
    for one, other in chosen.tolist():
        if one != other:
            friends[one].add(other)
            friends[other].add(one)
    place = county_with_rates([np.full(persons, rate)], np.zeros(persons), (71, 72))
    tied = ties_of(persons, {(person, Tie.friend): others for person, others in friends.items()})
    rules = law(2, onto=1, channels=[(Tie.friend, 0, 0)], throttle_tied=1)
    counts = lived(place._replace(tie_from=tied[0], tie=tied[1]), plain_kinds([OCCASION]), rules, 2)
    unlisted = math.exp(-rate)
    none = {person: unlisted ** len(others) for person, others in friends.items()}
    variance = sum(chance * (1 - chance) for chance in none.values())
    for person, others in friends.items():
        near = {second for friend in others for second in friends[friend]} - {person}
        variance += sum(unlisted ** len(others | friends[other]) - none[person] * none[other] for other in near)
    found = column(counts, "throttled")[1]
    assert abs(found - (persons - sum(none.values()))) < SIGMAS * math.sqrt(variance)
    assert 0.65 * persons < found < 0.75 * persons


@pytest.mark.slow
def test_scores_without_feedback_are_a_poisson_number_below_the_start() -> None:
    """A point a record, 0.25 records a week for 20 weeks, nothing comes back: 63 - n has the chance e^-5 5^n / n!."""
    persons, weeks = 8_000, 20
    place = county_with_rates([np.full(persons, 0.25)], np.zeros(persons), (81, 82))
    rules = law(weeks, points=-1, score=scale(SCORE_BINS - 1))
    counts = lived(place, plain_kinds([OCCASION]), rules, weeks)
    assert counts.scores.sum() == persons
    one_in_a_million_of_fifteen = math.sqrt(2 * math.log(2e6 * 15))
    for records in range(15):
        chance = math.exp(-5) * 5**records / math.factorial(records)
        found = int(counts.scores[0, 0, SCORE_BINS - 1 - records])
        assert abs(deviation(found, persons, chance)) < one_in_a_million_of_fifteen


@pytest.mark.slow
def test_a_repair_takes_its_weeks_and_then_a_geometric_time() -> None:
    """Listed in week 0, repaired from four weeks after on with chance 0.1 a week: 0.9 ** (t - 3) are left."""
    after, chance, weeks = 4, 0.1, 30
    counts = tiny(
        [Happens(OCCASION, {0}, ANYBODY, times=3_000)],
        persons=4_000,
        weeks=weeks,
        onto=1,
        repair_after=after,
        repair=round(chance * 2**32),
    )
    listed = column(counts, "listed")
    assert listed[:after] == after * [listed[0]]
    assert listed[0] > 2_000
    for week in (4, 5, 8, 16, 29):
        assert abs(deviation(listed[week], listed[0], (1 - chance) ** (week - after + 1))) < SIGMAS
    weeks_on_it = number(counts, "endings", "weeks") / number(counts, "endings", "repaired")
    assert 10 < weeks_on_it < after - 1 + 1 / chance


@pytest.mark.parametrize("half_life", [1, 4, 13])
def test_public_risk_halves_in_its_half_life(half_life: int) -> None:
    """Certainty in week 0: a half of it is left after one half-life, a quarter after two, and one acts from then on."""
    weeks = 2 * half_life + 2
    media = [[[ONE] + (weeks - 1) * [0]]]
    rules: dict[str, Any] = {"weeks": weeks, "media": media, "public_fade": int(ALWAYS * 0.5 ** (1 / half_life))}
    for half_lives, innocent in ((1, 32_767), (2, 16_383)):
        counts = tiny([Happens(OCCASION, set(range(weeks)))], innocent=innocent, **FEARS, **rules)
        assert weeks_of(counts, "acts") == list(range(half_lives * half_life, weeks))
