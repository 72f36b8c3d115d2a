"""How numbers are written for lay readers: two significant figures, and never more certainty than there is."""

import math


def two_figures(value: float, figures: int = 2) -> str:
    """The number with two significant figures: 1234 -> 1,200; 0.0456 -> 0.046; 0 -> 0. NaN and infinity are refused."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number to show")
    if value == 0:
        return "0"
    digits = figures - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, digits)
    digits = figures - 1 - math.floor(math.log10(abs(rounded)))
    text = f"{rounded:,.{max(0, digits)}f}"
    return text.replace("-", "−")


def between(low: float | None, high: float | None) -> str:
    """An interval in words, both ends with two figures (three where they are the same in two), or nothing."""
    if low is None or high is None:
        return ""
    figures = 3 if two_figures(low) == two_figures(high) else 2
    return f"{two_figures(low, figures)} to {two_figures(high, figures)}"
