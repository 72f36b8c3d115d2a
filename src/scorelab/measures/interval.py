"""Chance intervals of sums, ratios and differences, from parts that are independent of one another.

A *unit* is a replicate or a county; the parts of a statistic are integer totals per unit. The statistic is a function
of the totals over all units, and its standard error is that of the delete-one jackknife (Efron & Tibshirani 1993, ch.
11). For a sum this is the ordinary standard error of a mean over units.
"""

import functools
import math
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Int64s = npt.NDArray[np.int64]

LEAST_UNITS = 20
"""Counties below which no interval is given for a single replicate."""
LEAST_REPLICATES = 5
"""Replicates from which on they, not the counties, carry the interval."""
LEAST_CARRYING = 10
"""Units with any case below which clustered counts get no interval: it would cover far less than it says."""
SMALLEST_CELL = 10
"""A rate over fewer persons, or a share of fewer cases, is not given."""
CONFIDENCE = 0.95
NONE_COUNTED = "none counted: upper end is the exact Poisson one, 3.7 events"
ALL_OR_NONE = "all or none counted: the other end is the exact binomial one"
NONE_IN_CLUSTERS = "all or none counted, and one person can bring many: no interval"
NO_DIFFERENCE = "nothing counted that differs: no interval"
NEVER = "zero by construction"
ALWAYS = "all by construction"


Counted = Literal["events", "clustered", "sure"]
"""What was counted: things that happen one by one (a record, a listing, a person), things of which one person brings
many (acts, denials), or something that could not have come out otherwise."""


class Estimates(NamedTuple):
    """One statistic for each of K cells; NaN stands for 'not given', for the reason in ``reason``."""

    value: Floats
    low: Floats
    high: Floats
    error: Floats
    """[K] standard error; NaN where there is no interval"""
    method: list[str]


def _continued(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method (Abramowitz & Stegun 26.5.8)."""
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    fraction = d
    for m in range(1, 400):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + step * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + step / c
            c = c if abs(c) > tiny else tiny
            fraction *= d * c
        if abs(d * c - 1.0) < 1e-15:
            break
    return fraction


def student_tail(t: float, freedom: int) -> float:
    """The chance that Student's t with so many degrees of freedom exceeds ``t`` >= 0 (Abramowitz & Stegun 26.7.1)."""
    a, b = freedom / 2.0, 0.5
    x = freedom / (freedom + t * t)
    if t == 0.0:
        return 0.5
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    if x < (a + 1.0) / (a + b + 2.0):
        beta = front * _continued(a, b, x) / a
    else:
        beta = 1.0 - front * _continued(b, a, 1.0 - x) / b
    return beta / 2.0


@functools.cache
def student_quantile(tail: float, freedom: int) -> float:
    """The value that Student's t exceeds with chance ``tail`` (0 < tail < 0.5)."""
    low, high = 0.0, 1.0
    while student_tail(high, freedom) > tail:
        high *= 2.0
    for _ in range(200):
        middle = (low + high) / 2.0
        if student_tail(middle, freedom) > tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def zero_upper(confidence: float = CONFIDENCE) -> float:
    """The largest expected count with which none at all is still plausible: the exact Poisson one, two-sided, 3.7."""
    return -math.log((1.0 - confidence) / 2.0)


def share_edge(cases: Floats, confidence: float = CONFIDENCE) -> Floats:
    """The largest share with which none of so many cases is still plausible (Clopper & Pearson 1934)."""
    return 1.0 - ((1.0 - confidence) / 2.0) ** (1.0 / np.maximum(cases, 1.0))


# A statistic takes totals [P, ..., K] as floats and returns [..., K]; NaN where it has no value.
Statistic = Callable[[Floats], Floats]


def over(top: Floats, bottom: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), np.nan)


def rate(totals: Floats) -> Floats:
    """Counted / at risk."""
    return over(totals[0], totals[1])


def gap(totals: Floats) -> Floats:
    """Difference of two rates: counted / at risk less the other group's."""
    return over(totals[0], totals[1]) - over(totals[2], totals[3])


def ratio(totals: Floats) -> Floats:
    """Ratio of two rates."""
    return over(over(totals[0], totals[1]), over(totals[2], totals[3]))


def least_prevented(totals: Floats) -> Floats:
    """Lower Frechet bound of what happened there and not here: (there, here, candidates, at risk)."""
    return over(np.maximum(0.0, totals[0] - totals[1]), totals[3])


def most_prevented(totals: Floats) -> Floats:
    """Upper Frechet bound of what happened there and not here: (there, here, candidates, at risk)."""
    return over(np.minimum(totals[0], totals[2] - totals[1]), totals[3])


def _method(units: int, replicates: bool) -> str:
    if replicates:
        return f"replicates: t over {units}"
    if units >= LEAST_UNITS:
        return f"jackknife over {units} counties"
    return f"none: {units} counties; an interval needs {LEAST_UNITS} counties or {LEAST_REPLICATES} replicates"


def estimate(
    parts: Int64s,
    statistic: Statistic,
    scale: float | Floats,
    replicates: bool,
    *,
    signed: bool = False,
    logarithmic: bool = False,
    counted: Counted = "events",
    share: bool = False,
) -> Estimates:
    """The statistic of the totals of ``parts`` [P, units, K], times ``scale``, each with its 95 % interval.

    ``signed`` says that the value may be negative; otherwise the interval stops at 0, and that of a ``share`` at
    ``scale`` too. A rate of ``clustered`` counts is skewed, so its interval is symmetric in the logarithm, as that of
    what is ``logarithmic``. ``counted`` also says what an interval rests on where nothing was counted, or of a share
    nothing or all: units that agree in that tell nothing about how far chance reaches. Parts are summed as integers;
    floats appear after the last sum.
    """
    units = parts.shape[1]
    summed = parts.sum(axis=1)
    two_sided = statistic in (gap, ratio)
    below = summed[1::2] if two_sided or statistic is rate else summed[-1:]
    small = (below < SMALLEST_CELL).any(axis=0)
    rare = (summed[0::2] < SMALLEST_CELL).any(axis=0) & (statistic is ratio)
    value = np.where(small | rare, np.nan, statistic(summed.astype(np.float64)) * scale)
    method = _method(units, replicates)
    methods = np.full(value.shape, method, object)
    if method.startswith("none"):
        low = high = error = np.full(value.shape, np.nan)
    else:
        skewed = logarithmic or (counted == "clustered" and statistic is rate and not signed and not share)
        low, high, error = _jackknife(parts, summed, statistic, scale, value, skewed)
        if not signed and not skewed:
            low = np.maximum(low, 0.0)
        if share:
            high = np.minimum(high, scale)
        kind = _Kind(counted, share, signed, two_sided or statistic is not rate)
        for cells, ends, reason in _corrections(parts, summed, scale, kind):
            low, high = np.where(cells, ends[0], low), np.where(cells, ends[1], high)
            methods[cells] = reason
        lost = np.isnan(low) & (methods == method)
        methods[lost] = "none: one unit carries all cases of one side"
    methods[small] = f"not given: fewer than {SMALLEST_CELL} in the denominator"
    methods[rare & ~small] = f"not given: fewer than {SMALLEST_CELL} cases on one side"
    gone = np.where(small | rare, np.nan, 0.0)
    return Estimates(value, low + gone, high + gone, error, [str(word) for word in methods])


class _Kind(NamedTuple):
    """What a statistic is, as far as its interval needs to know."""

    counted: Counted
    share: bool
    signed: bool
    compound: bool
    """more than a count over a denominator"""


def _corrections(
    parts: Int64s, summed: Int64s, scale: float | Floats, kind: _Kind
) -> Iterator[tuple[npt.NDArray[np.bool_], tuple[Floats, Floats], str]]:
    """Cells whose units tell too little, what their interval is instead, and why; a later one stands."""
    nothing = np.full(parts.shape[2], np.nan)
    tops = parts[0::2] if kind.compound and parts.shape[0] == 4 and kind.signed else parts[:1]
    carrying = (tops != 0).any(axis=0).sum(axis=0)
    even = carrying == 0
    if kind.share:
        carrying = np.minimum(carrying, (parts[1] != parts[0]).sum(axis=0))
        even |= summed[0] == summed[1]
    if kind.counted == "sure":
        yield even, (np.zeros(len(even)), np.zeros(len(even))), NEVER
        if kind.share:
            yield even & (summed[0] > 0), (np.full(len(even), scale), np.full(len(even), scale)), ALWAYS
        return
    least = min(LEAST_CARRYING, parts.shape[1])
    if kind.counted == "clustered" and (kind.signed or not kind.compound):
        yield carrying < least, (nothing, nothing), f"none: fewer than {least} of the units have any"
    if kind.signed:
        yield even, (nothing, nothing), NO_DIFFERENCE
    elif kind.counted == "clustered" or kind.compound:
        yield even, (nothing, nothing), NONE_IN_CLUSTERS
    elif kind.share:
        yield even, _binomial(summed, scale), ALL_OR_NONE
    else:
        yield even, _poisson(summed, scale), NONE_COUNTED


def _poisson(summed: Int64s, scale: float | Floats) -> tuple[Floats, Floats]:
    """The ends of a rate of which nothing was counted."""
    upper = zero_upper() * scale / np.maximum(summed[1], 1)
    return np.zeros_like(upper), upper


def _binomial(summed: Int64s, scale: float | Floats) -> tuple[Floats, Floats]:
    """The ends of a share of which nothing or everything was counted."""
    edge = share_edge(summed[1].astype(np.float64))
    none = summed[0] == 0
    return np.where(none, 0.0, (1.0 - edge) * scale), np.where(none, edge * scale, scale)


def _jackknife(
    parts: Int64s, summed: Int64s, statistic: Statistic, scale: float | Floats, value: Floats, logarithmic: bool
) -> tuple[Floats, Floats, Floats]:
    units = parts.shape[1]
    without = (summed[:, None, :] - parts).astype(np.float64)
    left = statistic(without) * scale
    with np.errstate(divide="ignore", invalid="ignore"):
        if logarithmic:
            left = np.log(left)
        centre = left.sum(axis=0) / units
        error = np.sqrt((units - 1) / units * ((left - centre) ** 2).sum(axis=0))
        reach = student_quantile((1.0 - CONFIDENCE) / 2.0, units - 1) * error
        if logarithmic:
            return value * np.exp(-reach), value * np.exp(reach), error
        blank = np.where(np.isnan(value), np.nan, 0.0)
        return value - reach + blank, value + reach + blank, error + blank
