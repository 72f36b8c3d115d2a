"""Totals of a small country: samples of three sizes cover what the whole of it counts, and what is to be expected."""

from verification.coverage.country import COUNTS, SAMPLES, coverage


def test_samples_of_a_country_cover_its_totals() -> None:
    """300 counties are lived whole under ten fates, 200 samples of each size and fate.

    The first interval is measured to half a point: it must lie between 93 and 97.5 %, where 95 % fails once in 1,000
    times for each of the twelve; an interval without the correction (99.9 % of 200 counties), or narrower by a fifth
    (88 %), fails. The second is known to a few points only, as there are ten fates: it must lie within 2 points and 3.5
    standard errors of 95 %. What it can miss is found by the drawn countries of tests/measures/test_national.py.
    """
    found = list(coverage())
    assert len(found) == len(COUNTS) * len(SAMPLES)
    for one in found:
        assert 0.93 <= one.country <= 0.975, one
        assert abs(one.chance - 0.95) <= 0.02 + 3.5 * one.chance_error, one
        assert one.without < 0.01, one
