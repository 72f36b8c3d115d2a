"""Chances as thresholds: the step from numbers that people write to the integers that the kernel compares."""

from scorelab.kernel.layout import ALWAYS, RISK_STEPS, YEAR_WEEKS
from scorelab.spec.society import Response
from scorelab.tables.elementary import exp, power

LONGEST_STAKE_YEARS = 10.0
"""What is at stake is never counted as more than this, also where a listing has no end."""

_LN2 = 0.6931471805599453


def threshold(chance: float) -> int:
    """A chance in units of 2**-32, rounded to the nearest, from 0 (never) to 2**32 (always)."""
    return min(max(int(chance * ALWAYS + 0.5), 0), ALWAYS)


def weekly_chance(rate_per_year: float) -> float:
    """The chance within a week of something with a constant rate: 1 - exp(-rate / 52)."""
    return 1.0 - exp(-rate_per_year / YEAR_WEEKS)


def acting_curve(base: float, stake_years: float, response: Response) -> list[int]:
    """Thresholds of acting at perceived risks 0, 1/256 ... 1.

    P(act) = base * (alpha + (1 - alpha) * exp(-beta * p**a * S**c)), S the years on a list that are at stake. A
    small c makes certainty matter more than severity (Nagin 2013); alpha is the share of acting that no risk
    deters (Pogarsky 2002).
    """
    alpha = response.undeterrable.value
    strength = response.sensitivity.value * power(stake_years, response.severity_power.value)
    curve = []
    for step in range(RISK_STEPS + 1):
        risk = power(step / RISK_STEPS, response.certainty_power.value)
        curve.append(threshold(base * (alpha + (1.0 - alpha) * exp(-min(strength * risk, 700.0)))))
    return curve


def fading(half_life_weeks: float, weeks: int) -> list[int]:
    """What is left of a departure from the prior after 0, 1 ... ``weeks`` weeks, in units of 2**-32."""
    return [threshold(exp(-_LN2 * week / half_life_weeks)) for week in range(weeks + 1)]


def layers(rate: float, ceiling: float) -> list[tuple[float, float]]:
    """(intensity drawn, share kept) for each layer of candidates that a rate needs.

    Layer 0 is drawn at the ceiling; each further one is as high as all before it together, so that a higher rate
    adds candidates and never moves those that were there.
    """
    drawn = [(ceiling, min(1.0, rate / ceiling))]
    reached = ceiling
    while rate > reached:
        drawn.append((reached, min(1.0, (rate - reached) / reached)))
        reached += reached
    return drawn
