"""exp, log and power from + - * / in a fixed order, so that tables are the same to the bit on every machine.

The mathematical library of a machine may round these functions as it likes; the four operations of IEEE 754 may
not. Splitting a number into fraction and exponent and putting it together again is exact. Errors stay below two
units in the last place for exp and log; the error of power grows with ``abs(y * log(x))``. Pinned in
``tests/tables/test_elementary.py`` against values with 40 digits.
"""

from math import frexp, isnan, ldexp

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
