"""Chances as thresholds: the step from numbers that people write to the integers that the kernel compares."""

from functools import lru_cache

from scorelab.kernel.layout import (
    ALWAYS,
    CURVE_ONE,
    CURVE_STEPS,
    NORM_STEPS,
    ONE,
    POWER_STEPS,
    YEAR_WEEKS,
)
from scorelab.tables.elementary import exp, power

LONGEST_STAKE_YEARS = 10.0
"""What is at stake is never counted as more than this, also where a listing has no end."""

LARGEST_SLOPE = 1 << 40

_LN2 = 0.6931471805599453


def rounded(value: float) -> int:
    """The nearest whole number."""
    return int(value + 0.5) if value >= 0 else -int(0.5 - value)


def threshold(chance: float) -> int:
    """A chance in units of 2**-32, rounded to the nearest, from 0 (never) to 2**32 (always)."""
    return min(max(int(chance * ALWAYS + 0.5), 0), ALWAYS)


def share(value: float) -> int:
    """A factor or a share in units of 2**-16."""
    return rounded(value * ONE)


@lru_cache(maxsize=4096)
def weekly_chance(rate_per_year: float) -> float:
    """The chance within a week of something with a constant rate: 1 - exp(-rate / 52)."""
    return 1.0 - exp(-rate_per_year / YEAR_WEEKS)


@lru_cache(maxsize=64)
def deterrence_curve(undeterrable: float) -> tuple[int, ...]:
    """alpha + (1 - alpha) * exp(-x) at x = 0, 1/32, 2/32, ... in units of 2**-30.

    P(act) is the base times this, with x = beta * max(0, p1 - p0)**a * S**c: p1 and p0 the perceived chances of a
    record with and without the act, S the years that are at stake. A small c makes certainty matter more than
    severity (Nagin 2013); alpha is the share of acting that no risk deters (Pogarsky 2002).
    """
    return tuple(
        rounded((undeterrable + (1.0 - undeterrable) * exp(-step / 32.0)) * CURVE_ONE)
        for step in range(CURVE_STEPS + 1)
    )


@lru_cache(maxsize=64)
def power_curve(exponent: float) -> tuple[int, ...]:
    """p**a at p = 0, 1/256, ... 1, in units of 2**-16."""
    return tuple(share(power(step / POWER_STEPS, exponent)) for step in range(POWER_STEPS + 1))


@lru_cache(maxsize=64)
def exponential_curve() -> tuple[int, ...]:
    """exp(x) at x = -3, -3 + 1/64, ... 3, in units of 2**-16."""
    return tuple(share(exp(step / 64.0 - NORM_STEPS / 128.0)) for step in range(NORM_STEPS + 1))


def slope(sensitivity: float, stake_years: float, severity_power: float) -> int:
    """beta * S**c in units of 2**-16: the exponent of deterrence at certainty."""
    return min(LARGEST_SLOPE, share(min(sensitivity * power(stake_years, severity_power), 1e6)))


@lru_cache(maxsize=64)
def fading(half_life_weeks: float, weeks: int) -> tuple[int, ...]:
    """What is left of a departure from the prior after 0, 1 ... ``weeks`` weeks, in units of 2**-32."""
    return tuple(threshold(exp(-_LN2 * week / half_life_weeks)) for week in range(weeks + 1))


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
