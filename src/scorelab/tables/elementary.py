"""exp, log, power and the normal quantile from + - * / in a fixed order: the same to the bit on every machine.

The mathematical library of a machine may round these functions as it likes; the four operations of IEEE 754 may
not. Splitting a number into fraction and exponent and putting it together again is exact. Errors stay below two
units in the last place for exp and log; the error of power grows with ``abs(y * log(x))``. Pinned in
``tests/tables/test_elementary.py`` against values with 40 digits.
"""

from math import frexp, isnan, ldexp, sqrt

_LN2_HIGH = 0.693147180369123816490  # 33 bits, so that whole multiples up to 2**20 of it are exact
_LN2_LOW = 1.90821492927058770002e-10
_SQRT_HALF = 0.7071067811865476
LARGEST = 709.0
"""The largest argument of :func:`exp`."""


def exp(x: float) -> float:
    """e to the power x; 0 below -708, where the result would lose digits.

    Raises ValueError above ``LARGEST`` and for what is not a number.
    """
    if isnan(x) or x > LARGEST:
        raise ValueError(f"exp({x!r}) is too large")
    if x < -708.0:
        return 0.0
    halves = int(x * 1.4426950408889634 + (0.5 if x >= 0 else -0.5))
    high = x - halves * _LN2_HIGH
    low = halves * _LN2_LOW
    rest = high - low
    lost = (high - rest) - low
    term = 1.0
    for n in range(14, 2, -1):  # exp(r) = 1 + r + r*r/2 * (1 + r/3 * (1 + r/4 * ...))
        term = 1.0 + rest / n * term
    value = 1.0 + (rest + (rest * rest * 0.5 * term + lost))
    return ldexp(value, halves)


def log(x: float) -> float:
    """The natural logarithm. Raises ValueError unless 0 < x < infinity."""
    if not 0.0 < x < float("inf"):
        raise ValueError(f"log({x!r}) is undefined")
    fraction, exponent = frexp(x)
    if fraction < _SQRT_HALF:
        fraction *= 2.0
        exponent -= 1
    f = fraction - 1.0
    s = f / (2.0 + f)
    z = s * s
    series = 0.0
    for n in range(25, 1, -2):
        series = z * (1.0 / n + series)
    # log(1+f) = 2s + 2s*series, and 2s = f - s*f: the large part f is exact (fdlibm's arrangement)
    half = 0.5 * f * f
    tail = s * (half + 2.0 * series)
    high = exponent * _LN2_HIGH
    low = exponent * _LN2_LOW
    return high - ((half - (tail + low)) - f)


def power(x: float, y: float) -> float:
    """x to the power y for x >= 0. 0**0 is 1; raises ValueError for negative x and for 0 to a negative power."""
    if y == 0.0:
        return 1.0
    if x == 0.0 and y > 0.0:
        return 0.0
    return exp(y * log(x))


_CENTRE_TOP = (
    *(-39.69683028665376, 220.9460984245205, -275.9285104469687),
    *(138.3577518672690, -30.66479806614716, 2.506628277459239),
)
_CENTRE_BELOW = (
    *(-54.47609879822406, 161.5858368580409, -155.6989798598866),
    *(66.80131188771972, -13.28068155288572, 1.0),
)
_TAIL_TOP = (
    *(-7.784894002430293e-3, -0.3223964580411365, -2.400758277161838),
    *(-2.549732539343734, 4.374664141464968, 2.938163982698783),
)
_TAIL_BELOW = (7.784695709041462e-3, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1.0)
_LOW_TAIL = 0.02425


def normal_quantile(p: float) -> float:
    """The value that a standard normal number falls below with chance p; relative error below 2e-9 (Acklam 2003).

    IEEE 754 rounds the square root correctly, as it does the four operations. Raises ValueError unless 0 < p < 1.
    """
    if not 0.0 < p < 1.0:
        raise ValueError(f"normal_quantile({p!r}) is undefined")
    if p > 1.0 - _LOW_TAIL:
        return -normal_quantile(1.0 - p)
    if p < _LOW_TAIL:
        q = sqrt(-2.0 * log(p))
        return _horner(_TAIL_TOP, q) / _horner(_TAIL_BELOW, q)
    q = p - 0.5
    return _horner(_CENTRE_TOP, q * q) * q / _horner(_CENTRE_BELOW, q * q)


def _horner(coefficients: tuple[float, ...], x: float) -> float:
    value = 0.0
    for one in coefficients:
        value = value * x + one
    return value
