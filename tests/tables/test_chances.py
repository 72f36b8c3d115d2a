"""Chances become thresholds: against the formulas, written a second time in plain floats."""

import math

import pytest

from scorelab.kernel.layout import ALWAYS, RISK_STEPS
from scorelab.spec.society import Response
from scorelab.tables.chances import acting_curve, fading, layers, threshold, weekly_chance


def response(**changed: float) -> Response:
    """A response with the values of the model's page, some of them changed."""
    values = {
        "undeterrable": 0.3,
        "sensitivity": 3.0,
        "certainty_power": 1.0,
        "severity_power": 0.3,
        "prior_risk": 0.1,
        "learning": 0.06,
        "half_life_weeks": 26.0,
        "spread": 0.1,
        "not_asking": 0.5,
        "settling_when_jobless": 0.3,
    }
    return Response.model_validate({**values, **changed})


@pytest.mark.parametrize(
    ("chance", "wanted"), [(0.0, 0), (1.0, ALWAYS), (0.5, ALWAYS // 2), (2.0**-32, 1), (7.0, ALWAYS)]
)
def test_a_threshold_is_the_chance_in_units_of_a_word(chance: float, wanted: int) -> None:
    assert threshold(chance) == wanted


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("stake", [0.0, 0.5, 3.3])
def test_the_curve_of_acting_is_the_formula(power: float, stake: float) -> None:
    """A wrong sign, exponent or order of alpha and base would show at some risk."""
    people = response(certainty_power=power)
    curve = acting_curve(0.7, stake, people)
    assert len(curve) == RISK_STEPS + 1
    for step, got in enumerate(curve):
        fear = math.exp(-3.0 * (step / RISK_STEPS) ** power * stake**0.3)
        assert got / ALWAYS == pytest.approx(0.7 * (0.3 + 0.7 * fear), abs=1e-9)


@pytest.mark.parametrize("sensitivity", [0.5, 3.0, 10.0])
def test_reading_between_two_entries_of_the_curve_stays_within_a_thousandth(sensitivity: float) -> None:
    """The kernel interpolates between 257 entries; the error against the formula must not matter."""
    curve = acting_curve(1.0, 1.0, response(sensitivity=sensitivity))
    for risk in range(0, 65536, 37):
        low, high = curve[risk >> 8], curve[(risk >> 8) + 1]
        read = (low + ((high - low) * (risk & 255) >> 8)) / ALWAYS
        assert read == pytest.approx(0.3 + 0.7 * math.exp(-sensitivity * risk / 65536), abs=1e-3)


def test_fading_halves_in_a_half_life() -> None:
    left = fading(26.0, 104)
    assert left[0] == ALWAYS
    assert [left[week] / ALWAYS for week in (26, 52, 104)] == pytest.approx([0.5, 0.25, 0.0625], abs=1e-9)


def test_a_yearly_rate_is_met_over_52_weeks() -> None:
    weekly = weekly_chance(0.3)
    assert 1 - (1 - weekly) ** 52 == pytest.approx(1 - math.exp(-0.3), rel=1e-12)


@pytest.mark.parametrize("rate", [0.1, 1.0, 1.5, 2.0, 3.0, 9.0, 33.0])
def test_layers_add_up_to_the_rate_and_lower_ones_never_move(rate: float) -> None:
    """Were a layer's share taken of the whole, a higher rate would move the candidates of a lower one."""
    found = layers(rate, 1.0)
    assert sum(intensity * share for intensity, share in found) == pytest.approx(rate)
    higher = layers(2 * rate, 1.0)
    assert [intensity for intensity, _ in higher[: len(found)]] == [intensity for intensity, _ in found]
    assert all(share == 1.0 for _, share in found[:-1])
