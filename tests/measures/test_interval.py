"""Intervals: Student's quantiles against scipy, jackknife against closed forms, and coverage over 2,000 draws."""

import math

import numpy as np
import pytest
from scipy import stats

from scorelab.measures.conduct import at_least_nothing
from scorelab.measures.interval import estimate, few_lower, rate, ratio, student_quantile, student_tail
from tests.measures.drawn import CASES, DESIGNS, USUALLY, Covered, covered

DRAWS = 2000


@pytest.mark.parametrize("freedom", [1, 2, 4, 19, 39, 399])
@pytest.mark.parametrize("tail", [0.025, 0.005, 1e-4, 1e-7])
def test_quantiles_are_those_of_scipy(freedom: int, tail: float) -> None:
    assert student_quantile(tail, freedom) == pytest.approx(stats.t.isf(tail, freedom), rel=1e-8)


def test_tail_of_nothing_is_one_half() -> None:
    assert student_tail(0.0, 7) == 0.5


def test_equal_units_make_the_jackknife_the_ordinary_standard_error() -> None:
    counts = np.array([3, 5, 1, 0, -7, 4, 4, 6, 2, 9], np.int64)
    found = estimate(np.stack([counts, np.full(10, 50)])[:, :, None], rate, 100.0, True, signed=True)
    by_unit = counts / 50 * 100
    assert found.value[0] == pytest.approx(by_unit.mean())
    assert found.error[0] == pytest.approx(by_unit.std(ddof=1) / math.sqrt(10))
    assert found.high[0] - found.value[0] == pytest.approx(stats.t.isf(0.025, 9) * found.error[0])
    assert found.value[0] - found.low[0] == pytest.approx(stats.t.isf(0.025, 9) * found.error[0])


def test_the_interval_of_a_count_is_as_many_times_as_it_is_parts() -> None:
    """exp(t * error / value) on either side: a symmetric one lies below the answer too often where little happens."""
    counts = np.array([3, 5, 1, 0, 7, 4, 4, 6, 2, 9], np.int64)
    found = estimate(np.stack([counts, np.full(10, 50)])[:, :, None], rate, 100.0, True)
    times = math.exp(stats.t.isf(0.025, 9) * found.error[0] / found.value[0])
    assert found.high[0] == pytest.approx(found.value[0] * times)
    assert found.low[0] == pytest.approx(found.value[0] / times)


def test_clusters_have_the_freedom_of_the_units_that_have_any() -> None:
    counts = np.array([3, 5, 1, 0, 7, 4, 4, 6, 2, 9, 5, 8, *[0] * 8], np.int64)
    parts = np.stack([counts, np.full(20, 50)])[:, :, None]
    found = estimate(parts, rate, 1.0, False, counted="clustered")
    assert found.high[0] == pytest.approx(
        found.value[0] * math.exp(stats.t.isf(0.025, 10) * found.error[0] / found.value[0])
    )


def test_the_interval_of_a_share_is_symmetric_in_the_log_odds() -> None:
    top = np.array([9, 10, 8, 10, 10], np.int64)
    found = estimate(np.stack([top, np.full(5, 10)])[:, :, None], rate, 100.0, True, share=True)
    low, value, high = (math.log(end / (100 - end)) for end in (found.low[0], found.value[0], found.high[0]))
    assert value - low == pytest.approx(high - value)
    assert high - value == pytest.approx(stats.t.isf(0.025, 4) * found.error[0] / 100 / 0.94 / 0.06)


def test_a_difference_of_one_direction_is_as_skewed_as_a_count_and_of_few_units_no_surer() -> None:
    """Ten units that all differ one way are no chance; of five the interval may still reach zero."""
    for units, both in ((10, False), (5, True)):
        counts = -np.arange(1, units + 1, dtype=np.int64)
        parts = np.stack([counts, np.full(units, 50)])[:, :, None]
        net = estimate(parts, rate, 1.0, True, signed=True, counted="clustered")
        reach = stats.t.isf(0.025, units - 1) * net.error[0]
        times = math.exp(reach / -net.value[0])
        assert net.low[0] == pytest.approx(net.value[0] * times)
        assert net.high[0] == pytest.approx(net.value[0] + reach if both else net.value[0] / times)


def test_the_least_that_was_prevented_is_the_net_or_nothing() -> None:
    """Leaving out counties from a bound that is cut at zero would make it surer than its net."""
    counts = np.array([[3, -5], [5, 1], [-4, 2]] * 5, np.int64)
    net = estimate(np.stack([counts, np.full(counts.shape, 50)]), rate, 1.0, True, signed=True)
    least = at_least_nothing(net)
    assert least.value[0] == net.value[0] > 0 > net.low[0]
    assert (least.low[0], least.high[0]) == (0.0, net.high[0])
    assert net.value[1] < 0 == least.value[1] and least.high[1] == net.high[1] > 0


def test_nothing_counted_is_not_certainly_nothing() -> None:
    parts = np.stack([np.zeros(20, np.int64), np.full(20, 500)])[:, :, None]
    found = estimate(parts, rate, 100_000.0, False)
    assert found.value[0] == 0.0
    assert found.high[0] == pytest.approx(-math.log(0.025) / 10_000 * 100_000)


@pytest.mark.parametrize("cases", [1, 2, 3])
def test_a_few_cases_may_be_as_rare_as_exactly_poisson(cases: int) -> None:
    """By the logarithm, one case could not come of an expected 0.1, which happens every tenth time."""
    assert few_lower(cases) == pytest.approx(stats.chi2.ppf(0.025, 2 * cases) / 2)
    counts = np.zeros((2, 20, 1), np.int64)
    counts[0, :cases], counts[1] = 1, 500
    assert estimate(counts, rate, 1.0, False).low[0] == pytest.approx(few_lower(cases) / 10_000)
    counts[0] = 500 - counts[0]
    assert estimate(counts, rate, 100.0, False, share=True).high[0] == pytest.approx(100 - few_lower(cases) / 100)


def test_counties_within_replicates_are_no_less_sure() -> None:
    """Of five replicates of twenty counties, either may carry the interval: the same error in the mean, both cover.

    Replicates go first; their error is known with 4 degrees of freedom and not with 99, so that it scatters more.
    """
    rng = np.random.default_rng(17)
    counties = rng.poisson(rng.gamma(8.0, 5 / 8.0, (5, 20, DRAWS)))
    errors = []
    for counts, replicates in ((counties.sum(axis=1), True), (counties.reshape(100, DRAWS), False)):
        people = np.full(counts.shape, 100_000 // len(counts), np.int64)
        found = estimate(np.stack([counts, people]), rate, 1.0, replicates)
        errors.append(found.error**2)
        hits = (found.low <= 500 / 100_000) & (found.high >= 500 / 100_000)
        assert held(Covered("rate", "500", DESIGNS[2], DRAWS, 1.0, 1.0 - float(hits.mean()), 0.0))
    assert errors[0].mean() == pytest.approx(errors[1].mean(), rel=0.1)
    assert errors[0].std() > 3 * errors[1].std()


def test_nineteen_counties_are_too_few() -> None:
    parts = np.ones((2, 19, 1), np.int64) * 50
    found = estimate(parts, rate, 1.0, False)
    assert np.isnan(found.low[0])
    assert found.value[0] == 1.0


SLACK = 3.7
"""Standard errors of the coverage that chance is allowed: it goes beyond them once in 10,000 tests."""


def held(found: Covered) -> bool:
    """Whether as many intervals cover the answer as should: 93 to 97 %, and chance on either side.

    Of 2,000 draws, coverage of 90 % would be seen with a chance of 0.9 at least. More than 97 % is no fault where so
    little is counted that few different intervals are possible.
    """
    allowed = SLACK * np.sqrt(0.07 * 0.93 / found.number)
    return bool(found.coverage >= 0.93 - allowed)


FEW = (DESIGNS[0], DESIGNS[2])


@pytest.mark.parametrize("number", range(len(CASES)))
def test_intervals_cover_what_they_are_about(number: int) -> None:
    """Every kind of number, of twenty counties and of five replicates; with more draws in ``verification``."""
    for design in FEW:
        found = covered(CASES[number], design, DRAWS, 41 + number)
        assert found.given < USUALLY or held(found), (found.kind, found.what, design.title, found.coverage)


def test_a_symmetric_interval_of_a_rare_count_would_be_seen() -> None:
    """Of five expected events it lies below the answer every eighth time."""
    rng = np.random.default_rng(20)
    counts = rng.poisson(5 / 20 * rng.gamma(8.0, 1 / 8.0, (20, DRAWS)))
    high = counts.sum(axis=0) + stats.t.isf(0.025, 19) * math.sqrt(20) * counts.std(axis=0, ddof=1)
    below = float((np.where(counts.sum(axis=0) == 0, 3.7, high) < 5).mean())
    assert not held(Covered("rate", "5 expected", DESIGNS[0], DRAWS, 1.0, below, 0.0))


def test_clusters_in_a_few_counties_get_no_interval() -> None:
    counts = np.zeros((2, 20, 1), np.int64)
    counts[0, :9, 0] = 30
    counts[1] = 500
    found = estimate(counts, rate, 1.0, False, counted="clustered")
    assert np.isnan(found.low[0])
    assert found.method == ["none: fewer than 10 of the units have any"]
    counts[0, 9, 0] = 30
    assert np.isfinite(estimate(counts, rate, 1.0, False, counted="clustered").low[0])


def test_a_ratio_that_one_county_carries_says_why_it_has_no_interval() -> None:
    parts = np.zeros((4, 20, 1), np.int64)
    parts[1] = parts[3] = 100
    parts[0, 0], parts[2] = 40, 3
    found = estimate(parts, ratio, 1.0, False, logarithmic=True)
    assert np.isnan(found.low[0])
    assert found.method == ["none: one unit carries all cases of one side"]


def test_a_share_stops_before_all() -> None:
    parts = np.stack([np.full(20, 10), np.full(20, 10)])[:, :, None]
    parts[0, :3] = 7
    found = estimate(parts, rate, 100.0, False, share=True)
    assert found.low[0] < found.value[0] < found.high[0] < 100.0
    assert found.value[0] + (found.value[0] - found.low[0]) > 100.0, "a symmetric one would not stop"


def test_what_cannot_be_otherwise_is_sure_at_either_end() -> None:
    """All who acted go free where nobody can be listed: 100 of 100, and no binomial interval about it."""
    parts = np.full((2, 20, 1), 10)
    found = estimate(parts, rate, 100.0, False, counted="sure", share=True)
    assert (found.low[0], found.value[0], found.high[0]) == (100.0, 100.0, 100.0)
    assert found.method == ["all by construction"]
