"""Frailty in classes: how much of a trait the people in each of 64 equally large classes have.

A trait is gamma distributed with mean 1 (Vaupel, Manton & Stallard 1979, Demography 16:439). With shape k, the
mean of the class between the quantiles a and b of a gamma(k, 1) variable is classes * (P(k+1, b) - P(k+1, a)),
where P is the regularised incomplete gamma function (its recurrence: DLMF 8.8.5; series 8.7.1; fraction 8.9.2).
Everything is computed from + - * / in a fixed order.
"""

from functools import lru_cache
from math import fsum

from scorelab.tables.elementary import exp, log

SMALLEST_SHAPE = 0.05
LARGEST_SHAPE = 100.0
_HALF_LOG_2PI = 0.9189385332046727


def log_gamma(x: float) -> float:
    """The logarithm of the gamma function for x > 0: Stirling's series above 16, the recurrence below."""
    product = 1.0
    while x < 16.0:
        product *= x
        x += 1.0
    z = 1.0 / (x * x)
    series = (1.0 / 12 - z * (1.0 / 360 - z * (1.0 / 1260 - z * (1.0 / 1680 - z * (1.0 / 1188))))) / x
    return (x - 0.5) * log(x) - x + _HALF_LOG_2PI + series - log(product)


def incomplete(k: float, b: float) -> float:
    """P(k, b): the chance that a gamma(k, 1) variable is at most b."""
    if b <= 0.0:
        return 0.0
    front = exp(k * log(b) - b - log_gamma(k + 1.0))
    if b < k + 1.0:
        term = total = 1.0
        n = k
        while term > total * 1e-17:
            n += 1.0
            term *= b / n
            total += term
        return front * total
    return 1.0 - front * k * _fraction(k, b)


def _fraction(k: float, b: float) -> float:
    """The continued fraction of the upper tail, evaluated forwards (modified Lentz); wanted for b >= k + 1 only."""
    step = b + 1.0 - k
    c = 1e300
    d = 1.0 / step
    value = d
    for i in range(1, 2000):
        a = -i * (i - k)
        step += 2.0
        d = 1.0 / (a * d + step)
        c = step + a / c
        value *= d * c
        if -1e-16 < d * c - 1.0 < 1e-16:
            break
    return value


def quantile(k: float, p: float) -> float:
    """The b with P(k, b) = p, for 0 < p < 1.

    Newton's method for log P as a function of log b. That function is concave and lies below its tangents, so
    the steps rise towards the solution from the first guess, which is the solution for small b.
    """
    wanted = log(p)
    scale = log_gamma(k)
    u = (wanted + log_gamma(k + 1.0)) / k
    for _ in range(200):
        b = exp(u)
        reached = incomplete(k, b)
        slope = exp(k * u - b - scale) / reached
        step = (wanted - log(reached)) / slope
        if not step > 1e-15 * (1.0 + abs(u)):
            break
        u += step
    return exp(u)


@lru_cache(maxsize=64)
def class_means(shape: float, classes: int = 64) -> tuple[float, ...]:
    """The means of equally likely classes of a gamma variable with mean 1, in rising order; they add up to ``classes``.

    Raises ValueError unless 0.05 <= shape <= 100.
    """
    if not SMALLEST_SHAPE <= shape <= LARGEST_SHAPE:
        raise ValueError(f"the shape {shape:g} of a trait must lie between {SMALLEST_SHAPE:g} and {LARGEST_SHAPE:g}")
    below = [0.0]
    for i in range(1, classes):
        below.append(incomplete(shape + 1.0, quantile(shape, i / classes)))
    below.append(1.0)
    means = [classes * (below[i + 1] - below[i]) for i in range(classes)]
    for _ in range(4):
        means[-1] -= fsum(means) - classes
    return tuple(means)
