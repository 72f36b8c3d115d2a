"""Who did something against who is treated as if: the four cells of one group, and what the literature makes of them.

Everything here works on plain cells and knows no ledger, so that published tables go through the same lines. The
differences and the ratio are those of fairlearn (Weerts et al. 2023): without a sign, and never above 1.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scorelab.measures.interval import Estimates, Floats, Int64s, over


class Confusion(NamedTuple):
    """The cells of one group, or of several in arrays of one shape.

    *Positive* is who is treated as if (restricted, denied), *true* where that person did something.
    """

    true_negative: Int64s
    false_positive: Int64s
    false_negative: Int64s
    true_positive: Int64s

    @property
    def selected(self) -> Int64s:
        """Those treated as if."""
        return self.false_positive + self.true_positive

    @property
    def acted(self) -> Int64s:
        """Those who did something."""
        return self.false_negative + self.true_positive

    @property
    def others(self) -> Int64s:
        """Those who did not."""
        return self.true_negative + self.false_positive

    @property
    def everybody(self) -> Int64s:
        """All of the group."""
        return self.acted + self.others


Share = tuple[Int64s, Int64s]
"""What is counted, and among whom."""


def selection_rate(cells: Confusion) -> Share:
    """Treated as if, among everybody."""
    return cells.selected, cells.everybody


def false_positive_rate(cells: Confusion) -> Share:
    """Treated as if, among those who did nothing."""
    return cells.false_positive, cells.others


def false_negative_rate(cells: Confusion) -> Share:
    """Not treated as if, among those who did something."""
    return cells.false_negative, cells.acted


def true_positive_rate(cells: Confusion) -> Share:
    """Treated as if, among those who did something."""
    return cells.true_positive, cells.acted


def precision(cells: Confusion) -> Share:
    """Those who did something, among the treated."""
    return cells.true_positive, cells.selected


RATES = {
    "selection_rate": selection_rate,
    "false_positive_rate": false_positive_rate,
    "false_negative_rate": false_negative_rate,
    "true_positive_rate": true_positive_rate,
    "precision": precision,
}


def rate_of(share: Share) -> Floats:
    """The share as a number from 0 to 1; NaN where there is nobody to share among."""
    top, below = share
    return over(np.asarray(top, np.float64), np.asarray(below, np.float64))


def cells_of(selected: Int64s, others_selected: Int64s, acted: Int64s, everybody: Int64s) -> Confusion:
    """The cells from those selected who acted, those selected who did not, all who acted, and everybody."""
    others = everybody - acted
    return Confusion(others - others_selected, others_selected, acted - selected, selected)


class Contrast(NamedTuple):
    """A definition of how far apart two groups are: the largest difference of these rates, or the ratio of one."""

    rates: tuple[str, ...]
    is_ratio: bool = False


CONTRASTS = {
    "demographic_parity_difference": Contrast(("selection_rate",)),
    "demographic_parity_ratio": Contrast(("selection_rate",), is_ratio=True),
    "equalised_odds_difference": Contrast(("true_positive_rate", "false_positive_rate")),
    "equal_opportunity_difference": Contrast(("true_positive_rate",)),
    "predictive_parity_difference": Contrast(("precision",)),
}


def parts_of(rate: str, first: Confusion, second: Confusion) -> tuple[Int64s, Int64s, Int64s, Int64s]:
    """What is counted and among whom, of the first group and of the second."""
    return (*RATES[rate](first), *RATES[rate](second))


def apart(name: str, first: Confusion, second: Confusion) -> Floats:
    """How far apart two groups are by one of ``CONTRASTS``; NaN where one has nobody to share among."""
    contrast = CONTRASTS[name]
    values = [(rate_of(RATES[rate](first)), rate_of(RATES[rate](second))) for rate in contrast.rates]
    if contrast.is_ratio:
        [(one, other)] = values
        return over(np.minimum(one, other), np.maximum(one, other))
    return np.asarray(np.max([np.abs(one - other) for one, other in values], axis=0), np.float64)


def without_sign(found: Estimates) -> Estimates:
    """The size of a difference. Where its interval has zero in it, the one of the size begins at zero."""
    low, high = np.abs(found.low), np.abs(found.high)
    least = np.where((found.low <= 0) & (found.high >= 0), 0.0, np.minimum(low, high))
    return found._replace(value=np.abs(found.value), low=least + 0.0 * low, high=np.maximum(low, high))


def below_one(found: Estimates) -> Estimates:
    """The smaller rate for each one of the larger. Where the interval has 1 in it, the one of the ratio ends at 1."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = [np.where(end > 1, 1 / end, end) for end in (found.value, found.low, found.high)]
    around = (found.low <= 1) & (found.high >= 1)
    highest = np.where(around, 1.0, np.maximum(ends[1], ends[2]))
    return found._replace(value=ends[0], low=np.minimum(ends[1], ends[2]), high=highest)


def largest(found: Sequence[Estimates]) -> Estimates:
    """The largest of several sizes, none where one of them is not given; its interval reaches as far as theirs."""
    methods = zip(*(one.method for one in found), strict=True)
    method = [next((word for word in words if word.startswith("not given")), words[0]) for words in methods]
    value, low, high, error = (np.max(columns, axis=0) for columns in zip(*(one[:4] for one in found), strict=True))
    return Estimates(value, low, high, error, method)
