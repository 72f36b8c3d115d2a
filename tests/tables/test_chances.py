"""Chances become thresholds, and responses curves: against the formulas, written a second time in plain floats."""

import itertools
import math

import pytest

from scorelab.kernel.layout import (
    ALWAYS,
    CURVE_ONE,
    LARGEST_EXPONENT,
    NORM_RANGE,
    ONE,
)
from scorelab.tables.chances import (
    deterrence_curve,
    exponential_curve,
    fading,
    layers,
    power_curve,
    share,
    slope,
    threshold,
    weekly_chance,
)
from tests.twin.place import read


@pytest.mark.parametrize(
    ("chance", "wanted"), [(0.0, 0), (1.0, ALWAYS), (0.5, ALWAYS // 2), (2.0**-32, 1), (7.0, ALWAYS), (-1.0, 0)]
)
def test_a_threshold_is_the_chance_in_units_of_a_word(chance: float, wanted: int) -> None:
    """Catches a chance of one that sometimes fails, and one beyond it that wraps."""
    assert threshold(chance) == wanted


@pytest.mark.parametrize(
    ("value", "wanted"), [(1.0, ONE), (-1.0, -ONE), (0.5 / ONE, 1), (-0.5 / ONE, -1), (3.0, 196608)]
)
def test_a_share_is_rounded_away_from_zero_on_both_sides(value: float, wanted: int) -> None:
    """Catches campaigns that persuade by a hair more in one direction."""
    assert share(value) == wanted


def test_a_yearly_rate_is_met_over_52_weeks() -> None:
    """Catches a weekly chance that is a fifty-second of the yearly one."""
    weekly = weekly_chance(0.3)
    assert 1 - (1 - weekly) ** 52 == pytest.approx(1 - math.exp(-0.3), rel=1e-12)


def test_fading_halves_in_a_half_life() -> None:
    """Catches a logarithm of another base."""
    left = fading(26.0, 104)
    assert left[0] == ALWAYS
    assert [left[week] / ALWAYS for week in (26, 52, 104)] == pytest.approx([0.5, 0.25, 0.0625], abs=1e-9)


def formula(risk: int, beta: float, a: float, c: float, alpha: float, years: float) -> float:
    """The same in floats."""
    return alpha + (1 - alpha) * math.exp(-beta * (risk / 65536) ** a * years**c)


@pytest.mark.parametrize("beta", [0.3, 3.0, 12.0])
@pytest.mark.parametrize(("a", "least"), [(1.0, 0), (1.5, 0), (2.0, 0), (0.5, 1024), (0.7, 1024)])
def test_deterrence_read_from_the_tables_is_the_formula_within_a_thousandth(beta: float, a: float, least: int) -> None:
    """Catches a wrong sign, exponent or order of alpha and base, and steps of a table that are too long.

    The kernel reads between entries twice: of p ** a there are 257, of the exponential 513. With an exponent below 1
    the first of them is so steep near 0 that a thousandth is kept only from a risk of 1/64 on. Slopes
    (beta * years ** c) go up to 12 here; at 40 the error comes to three thousandths.
    """
    power = power_curve(a)
    for alpha in (0.0, 0.3, 0.9):
        curve = deterrence_curve(alpha)
        for c, years in itertools.product((0.0, 0.3, 1.0), (0.1, 0.5, 1.0)):
            steep = slope(beta, years, c)
            for risk in range(least, 65536, 97):
                exponent = min(steep * read(power, risk, 8) >> 16, LARGEST_EXPONENT - 1)
                acting = read(curve, exponent, 11) / CURVE_ONE
                assert acting == pytest.approx(formula(risk, beta, a, c, alpha, years), abs=1e-3), (risk, c, years)


def test_the_largest_exponent_leaves_what_no_risk_deters() -> None:
    """Catches a table that ends where people still act."""
    assert read(deterrence_curve(0.3), LARGEST_EXPONENT - 1, 11) / CURVE_ONE == pytest.approx(0.3, abs=1e-6)


def test_a_slope_that_is_out_of_bounds_is_kept_within_its_integer() -> None:
    """Catches an exponent that wraps: steepest sensitivity, highest power, longest stake."""
    assert 0 < slope(1000.0, 10.0, 10.0) * ONE < 2**63
    assert slope(3.0, 0.0, 0.3) == 0 and slope(3.0, 0.0, 0.0) == 3 * ONE


def test_norms_are_exponential_within_a_ten_thousandth() -> None:
    """Catches another base, and steps that are too long; the kernel reads 385 entries from -3 to 3."""
    curve = exponential_curve()
    for x in range(-NORM_RANGE, NORM_RANGE, 101):
        assert read(curve, x + NORM_RANGE, 10) / ONE == pytest.approx(math.exp(x / ONE), rel=1e-4, abs=2.1 / ONE)


@pytest.mark.parametrize("rate", [0.1, 1.0, 1.5, 2.0, 3.0, 9.0, 33.0])
def test_layers_add_up_to_the_rate_and_lower_ones_never_move(rate: float) -> None:
    """Catches a layer's share that is taken of the whole: a higher rate would move the candidates of a lower one."""
    found = layers(rate, 1.0)
    assert sum(intensity * part for intensity, part in found) == pytest.approx(rate)
    higher = layers(2 * rate, 1.0)
    assert [intensity for intensity, _ in higher[: len(found)]] == [intensity for intensity, _ in found]
    assert all(part == 1.0 for _, part in found[:-1])
