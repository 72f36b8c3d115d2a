"""How numbers are written for lay readers: two significant figures, and never more certainty than there is."""

import math
from collections.abc import Callable

_POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _decimals(value: float, figures: int) -> int:
    """Decimals with which a number other than zero has so many figures; negative where it is rounded to tens."""
    digits = figures - 1 - math.floor(math.log10(abs(value)))
    return figures - 1 - math.floor(math.log10(abs(round(value, digits))))


def _rounded(value: float, decimals: int) -> str:
    text = f"{round(value, decimals):,.{max(0, decimals)}f}"
    bare = text.lstrip("-")
    return bare if not bare.strip("0.,") else text.replace("-", "−")


def two_figures(value: float, figures: int = 2) -> str:
    """The number with two significant figures: 1234 -> 1,200; 0.0456 -> 0.046; 0 -> 0. NaN and infinity are refused."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number to show")
    return "0" if value == 0 else _rounded(value, _decimals(value, figures))


def written(value: float, low: float | None, high: float | None) -> tuple[str, str]:
    """A number and its interval in words, all three with the same decimals, so that rounding moves none past another.

    There are as many as give the number two figures and half the interval's width one, but never more than give the
    latter three. The interval is empty where there is none or where it is a point.
    """
    if low is None or high is None or low == high:
        return two_figures(value), ""
    if not all(map(math.isfinite, (value, low, high))):
        raise ValueError(f"{value} ({low} to {high}) is not a number to show")
    decimals = _shared(value, low, high)
    shown, *ends = (_rounded(one, decimals) if one else "0" for one in (value, low, high))
    return shown, " to ".join(ends)


def _shared(value: float, low: float | None, high: float | None) -> int:
    """The decimals with which a number and its interval are shown."""
    if low is None or high is None or low == high:
        return _decimals(value, 2)
    half = _decimals((high - low) / 2, 1)
    decimals = half if value == 0 else max(half, min(_decimals(value, 2), half + 2))
    on_an_end = (
        value != 0
        and low < value < high
        and _rounded(value, decimals) in (_rounded(low, decimals), _rounded(high, decimals))
    )
    return decimals + 1 if on_an_end else decimals


def as_fine(value: float, difference: float, low: float | None, high: float | None) -> str:
    """One of two numbers, with as many decimals as their difference has, so that a reader can take it away.

    A number that these would hide is shown with two figures, though not with decimals of its own.
    """
    if value == 0 or (difference == 0 and (low is None or low == high)):
        return two_figures(value)
    return _rounded(value, max(_shared(difference, low, high), min(_decimals(value, 2), 0)))


def with_interval(value: float, low: float | None, high: float | None) -> str:
    """The same in one piece: 1,234 (1,210 to 1,260)."""
    shown, interval = written(value, low, high)
    return f"{shown} ({interval})" if interval else shown


def outward(low: float, high: float) -> str:
    """Two bounds with two figures, the lower one rounded down and the upper one up, so that they stay bounds."""

    def cut(value: float, towards: Callable[[float], int]) -> float:
        if value == 0:
            return 0.0
        step = 10.0 ** -_decimals(value, 2)
        return towards(round(value / step, 6)) * step

    return f"{two_figures(cut(low, math.floor))} to {two_figures(cut(high, math.ceil))}"


def surplus(value: float) -> str:
    """A whole number that is too much or too little: +3, −10 or 0."""
    whole = round(value)
    return f"+{whole:,}" if whole > 0 else f"−{-whole:,}" if whole < 0 else "0"


def as_given(value: float) -> str:
    """A number as its file has it: 0.45, −30, 1.4 × 10⁻⁸."""
    mantissa, _, power = f"{value:g}".partition("e")
    sign = mantissa.replace("-", "−")
    return f"{sign} × 10{str(int(power)).translate(_POWERS)}" if power else sign
