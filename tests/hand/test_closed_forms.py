"""The kernel against formulas; each check is wrong by chance once in a million worlds, and its seed is fixed."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from scorelab.kernel.fate import BLOCK
from scorelab.kernel.layout import ALWAYS, JOB_LOSS, NEED, OCCASION, RISK_STEPS, WEEKLY, County, Kinds
from scorelab.tables.county import _alias, cumulative
from scorelab.tables.gamma import class_means
from scorelab.words import CELLS, Condition
from tests.hand.tiny import Happens, column, law, lived, tiny

SIGMAS = 4.9
"""Two-sided, a normal number is further out once in a million times."""


def plain_kinds(what: list[int]) -> Kinds:
    """Kinds without thinning, each for the one behaviour, service or job."""
    count = len(what)
    return Kinds(
        what=np.array(what, np.uint8),
        index=np.zeros(count, np.int32),
        layer=np.zeros(count, np.int64),
        purpose=np.arange(1, count + 1, dtype=np.uint64),
        worlds=np.ones(count, np.int64),
        thin=np.full((count, CELLS, len(Condition)), ALWAYS, np.int64),
        share=np.full((count, 1), ALWAYS, np.int64),
    )


def county_with_rates(rates: list[Any], group: Any, key: tuple[int, int]) -> County:
    """A county in which person i meets Poisson(rates[k][i]) candidates of kind k a week, by the shipped tables."""
    persons = len(rates[0])
    begins = range(0, persons, BLOCK)
    accept = np.full((len(rates), persons), 2**32 - 1, np.uint32)
    other = np.zeros((len(rates), persons), np.uint16)
    means = np.zeros((len(rates), len(begins)))
    for k, rate in enumerate(rates):
        weights = np.array([int(value * 2**20 + 0.5) for value in rate], np.int64)
        for block, begin in enumerate(begins):
            part = slice(begin, begin + BLOCK)
            total = int(weights[part].sum())
            _alias(weights[part], total, accept[k, part], other[k, part])
            means[k, block] = total / 2**20
    first, cut, cut_from = cumulative(means)
    return County(
        number=3,
        key0=key[0],
        key1=key[1],
        cell=np.full(persons, 60, np.uint8),
        group=group.astype(np.uint8),
        condition=np.full(persons, int(Condition.working), np.uint8),
        parents=np.full((persons, 2), -1, np.int32),
        accept=accept,
        other=other,
        first=first,
        cut=cut,
        cut_from=cut_from,
    )


def deviation(found: float, persons: int, chance: float) -> float:
    """Standard deviations of a binomial number by which ``found`` lies off."""
    return (found - persons * chance) / math.sqrt(persons * chance * (1 - chance))


@pytest.mark.slow
@pytest.mark.parametrize(("shape", "rate", "term"), [(0.5, 0.02, 10), (1.0, 0.05, 26), (4.0, 0.01, 4)])
def test_prevalence_of_a_list_with_constant_entry_and_fixed_term(shape: float, rate: float, term: int) -> None:
    """Share on the list = 1 - (1 + rate * T / k) ** -k: terms start anew, frailty is gamma(k) with mean 1.

    Without frailty it would be 1 - exp(-rate * T), which for k = 0.5 and these numbers is 9 standard deviations off.
    """
    persons = 16_000
    frailty = np.repeat(class_means(shape), persons // 64)
    county = county_with_rates([rate * frailty], np.zeros(persons), (11, 12))
    weeks = term + 3
    counts = lived(county, plain_kinds([OCCASION]), law(weeks, onto=1, term=term), weeks)
    listed = column(counts, "listed")[-1]
    expected = 1 - (1 + rate * term / shape) ** -shape
    assert abs(deviation(listed, persons, expected)) < SIGMAS


@pytest.mark.slow
def test_a_working_life_is_a_two_state_chain() -> None:
    """With chances a of losing and b of finding work a week, the jobless share tends to a / (a + b)."""
    persons, weeks = 8_000, 60
    rates = [np.full(persons, 0.2), np.full(persons, 0.1)]
    county = county_with_rates(rates, np.zeros(persons), (21, 22))
    counts = lived(county, plain_kinds([NEED, JOB_LOSS]), law(weeks, grants_work=1), weeks)
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
    acting = [ALWAYS if step <= RISK_STEPS // 2 else 0 for step in range(RISK_STEPS + 1)]
    counts = tiny(
        [Happens(OCCASION, set(range(weeks)))],
        weeks=weeks,
        onto=1,
        term=1,
        knows=ALWAYS,
        deters=1,
        learning=65536,
        fade=fade,
        acting=acting,
    )
    acts = column(counts, "acts")
    assert [week for week in range(weeks) if acts[week]] == list(range(0, weeks, half_life))


def test_an_unrecorded_act_lowers_risk_by_the_learning_rate() -> None:
    """From a prior of 1, n unseen acts leave (1 - 0.2) ** n: whoever acts only above 0.3 stops after six."""
    assert 0.8**5 > 0.3 > 0.8**6
    base: dict[str, Any] = {
        "weeks": 12,
        "knows": ALWAYS,
        "deters": 1,
        "sensitivity": 0,
        "prior": 65535,
        "learning": round(0.2 * 65536),
    }
    risky = [ALWAYS if step > 0.3 * RISK_STEPS else 0 for step in range(RISK_STEPS + 1)]
    counts = tiny([Happens(OCCASION, set(range(12)))], acting=risky, **base)
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
    county = county_with_rates([rate], np.arange(persons), (31, 32 + number))
    counts = lived(county, plain_kinds([OCCASION]), law(weeks), weeks, persons)
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
