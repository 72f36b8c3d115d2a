"""Intervals: Student's quantiles against scipy, jackknife against closed forms, and coverage over 2,000 draws."""

import math

import numpy as np
import pytest
from scipy import stats

from scorelab.measures.interval import estimate, gap, rate, ratio, student_quantile, student_tail

DRAWS = 2000


@pytest.mark.parametrize("freedom", [1, 2, 4, 19, 39, 399])
@pytest.mark.parametrize("tail", [0.025, 0.005, 1e-4, 1e-7])
def test_quantiles_are_those_of_scipy(freedom: int, tail: float) -> None:
    assert student_quantile(tail, freedom) == pytest.approx(stats.t.isf(tail, freedom), rel=1e-8)


def test_tail_of_nothing_is_one_half() -> None:
    assert student_tail(0.0, 7) == 0.5


def test_equal_units_make_the_jackknife_the_ordinary_standard_error() -> None:
    counts = np.array([3, 5, 1, 0, 7, 4, 4, 6, 2, 9], np.int64)
    found = estimate(np.stack([counts, np.full(10, 50)])[:, :, None], rate, 100.0, True)
    by_unit = counts / 50 * 100
    assert found.value[0] == pytest.approx(by_unit.mean())
    assert found.error[0] == pytest.approx(by_unit.std(ddof=1) / math.sqrt(10))
    assert found.high[0] - found.value[0] == pytest.approx(stats.t.isf(0.025, 9) * found.error[0])


def test_nothing_counted_is_not_certainly_nothing() -> None:
    parts = np.stack([np.zeros(20, np.int64), np.full(20, 500)])[:, :, None]
    found = estimate(parts, rate, 100_000.0, False)
    assert found.value[0] == 0.0
    assert found.high[0] == pytest.approx(-math.log(0.025) / 10_000 * 100_000)


def test_nineteen_counties_are_too_few() -> None:
    parts = np.ones((2, 19, 1), np.int64) * 50
    found = estimate(parts, rate, 1.0, False)
    assert np.isnan(found.low[0])
    assert found.value[0] == 1.0


def _covered(hits: int) -> None:
    """95 % coverage over 2,000 draws: between 93.2 % and 96.8 % unless a chance of 2e-4 comes up; 90 % would fail."""
    assert 0.932 <= hits / DRAWS <= 0.968


def test_intervals_of_a_rate_cover_it() -> None:
    """Counties whose rates differ (gamma) and whose counts are Poisson; 20 of them."""
    rng = np.random.default_rng(20)
    rates = rng.gamma(8.0, 0.01 / 8.0, (20, DRAWS))
    parts = np.stack([rng.poisson(rates * 4000), np.full((20, DRAWS), 4000)]).astype(np.int64)
    found = estimate(parts, rate, 1.0, False)
    _covered(int(np.sum((found.low <= 0.01) & (found.high >= 0.01))))


def test_intervals_of_a_ratio_of_two_groups_cover_it() -> None:
    rng = np.random.default_rng(21)
    county = rng.gamma(8.0, 1 / 8.0, (20, DRAWS))
    people = np.full((20, DRAWS), 2000)
    parts = np.stack([rng.poisson(county * 40), people, rng.poisson(county * 20), people]).astype(np.int64)
    found = estimate(parts, ratio, 1.0, False, logarithmic=True)
    _covered(int(np.sum((found.low <= 2.0) & (found.high >= 2.0))))


def test_intervals_of_a_difference_over_five_replicates_cover_it() -> None:
    rng = np.random.default_rng(22)
    people = np.full((5, DRAWS), 100_000)
    parts = np.stack([rng.poisson(900, (5, DRAWS)), people, rng.poisson(700, (5, DRAWS)), people]).astype(np.int64)
    found = estimate(parts, gap, 100_000.0, True, signed=True)
    _covered(int(np.sum((found.low <= 200) & (found.high >= 200))))


def _clustered(rng: np.random.Generator, persons: float) -> np.ndarray:
    """Denials [20 counties, draws]: Poisson persons, at rates that differ, each of whom brings nine in the mean."""
    number = rng.poisson(persons / 20 * rng.gamma(8.0, 1 / 8.0, (20, DRAWS)))
    out = np.zeros((20, DRAWS), np.int64)
    for k in range(number.max()):
        out += np.where(number > k, 1 + rng.poisson(rng.gamma(0.5, 8.0 / 0.5, (20, DRAWS))), 0)
    return out


@pytest.mark.parametrize("persons", [15.0, 20.0, 40.0, 400.0])
def test_intervals_of_what_comes_in_clusters_cover_it_where_they_are_given(persons: float) -> None:
    """A symmetric interval would cover 87 to 93 % of the time, since few persons carry the count."""
    parts = np.stack([_clustered(np.random.default_rng(23), persons), np.full((20, DRAWS), 4000)])
    found = estimate(parts, rate, 1.0, False, counted="clustered")
    given = ~np.isnan(found.low)
    true = persons * 9 / 80_000
    assert given.mean() > 0.5
    assert 0.925 <= np.mean((found.low <= true) & (found.high >= true), where=given) <= 0.968


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


def test_a_share_stops_at_all() -> None:
    parts = np.stack([np.full(20, 10), np.full(20, 10)])[:, :, None]
    parts[0, :3] = 7
    found = estimate(parts, rate, 100.0, False, share=True)
    assert found.high[0] == 100.0
    assert found.low[0] < found.value[0] < 100.0


def test_what_cannot_be_otherwise_is_sure_at_either_end() -> None:
    """All who acted go free where nobody can be listed: 100 of 100, and no binomial interval about it."""
    parts = np.full((2, 20, 1), 10)
    found = estimate(parts, rate, 100.0, False, counted="sure", share=True)
    assert (found.low[0], found.value[0], found.high[0]) == (100.0, 100.0, 100.0)
    assert found.method == ["all by construction"]
