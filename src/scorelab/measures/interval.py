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
FEW_CASES = 3
"""Cases up to which units tell too little of how few there may be in the mean, so that the exact end is held to."""
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


@functools.cache
def few_lower(cases: int, confidence: float = CONFIDENCE) -> float:
    """The smallest expected count with which so many cases (1 or more) are still plausible: the exact Poisson one."""
    low, high = 0.0, float(cases)
    for _ in range(100):
        middle = (low + high) / 2.0
        fewer = sum(math.exp(k * math.log(middle) - middle - math.lgamma(k + 1)) for k in range(cases))
        low, high = (middle, high) if 1.0 - fewer < (1.0 - confidence) / 2.0 else (low, middle)
    return (low + high) / 2.0


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
    narrowed: float = 1.0,
) -> Estimates:
    """The statistic of the totals of ``parts`` [P, units, K], times ``scale``, each with its 95 % interval.

    ``signed`` says that the value may be negative. The interval of a count or of a ratio (``logarithmic``) is symmetric
    in the logarithm, that of a ``share`` in the log odds, since both are skewed where little is counted; that of what
    is signed is symmetric as it stands, but where every unit that differs does so in the same direction.
    ``counted`` says how much the units tell: of ``clustered`` counts only those units that have any, and of what no
    unit has nothing about how far chance reaches. ``narrowed`` is a factor on the standard error, where part of what
    the units differ by is no longer open. Parts are summed as integers; floats appear after the last sum.
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
        kind = _Kind(counted, share, signed, logarithmic, two_sided or statistic is not rate)
        error = _error(parts, summed, statistic, scale, logarithmic)
        reach = _quantiles(parts, kind) * error * narrowed
        low, high = _ends(value, reach, scale, _shapes(parts, value, kind))
        if counted == "events" and not signed and not kind.compound:
            low, high = _few(summed, scale, share, low, high)
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
    logarithmic: bool
    compound: bool
    """more than a count over a denominator"""

    @property
    def two_signed(self) -> bool:
        """A difference of two rates, of which either side can carry the cases."""
        return self.compound and self.signed


def _carrying(parts: Int64s, kind: _Kind) -> Int64s:
    """How many units have any of what is counted [K]; of a share, how many have any on the scarcer side."""
    tops = parts[0::2] if kind.two_signed and parts.shape[0] == 4 else parts[:1]
    carrying: Int64s = (tops != 0).any(axis=0).sum(axis=0)
    if kind.share:
        carrying = np.minimum(carrying, (parts[1] != parts[0]).sum(axis=0))
    return carrying


def _quantiles(parts: Int64s, kind: _Kind) -> Floats:
    """Student's quantile for each cell [K]: its freedom is the units less one, of clustered counts the carrying ones.

    A unit without a single case of something that comes in clusters tells nothing about how clusters differ (Korn &
    Graubard 1999, ch. 5).
    """
    units = parts.shape[1]
    freedom = np.full(parts.shape[2], units - 1)
    if kind.counted == "clustered" and not kind.logarithmic:
        freedom = np.clip(_carrying(parts, kind) - 1, 1, units - 1)
    return np.array([student_quantile((1.0 - CONFIDENCE) / 2.0, int(free)) for free in freedom])


def _shapes(parts: Int64s, value: Floats, kind: _Kind) -> npt.NDArray[np.object_]:
    """In what each cell's interval is symmetric: ``log`` of a log statistic, ``relative``, ``odds`` or ``plain``.

    A difference that no unit carries the other way is as skewed as a count. Ten units of one direction are no chance;
    fewer may be, so that both ends are then the farther of the two shapes (``wider``).
    """
    if kind.logarithmic:
        return np.full(value.shape, "log", object)
    if kind.share and not kind.signed:
        return np.full(value.shape, "odds", object)
    if not kind.signed:
        return np.where(value > 0, "relative", "plain").astype(object)
    one_way = (parts[0] >= 0).all(axis=0) | (parts[0] <= 0).all(axis=0)
    one_way &= (value != 0.0) & (not kind.compound)
    enough = _carrying(parts, kind) >= LEAST_CARRYING
    return np.where(one_way, np.where(enough, "relative", "wider"), "plain").astype(object)


def _ends(
    value: Floats, reach: Floats, scale: float | Floats, shapes: npt.NDArray[np.object_]
) -> tuple[Floats, Floats]:
    """Both ends [K] around a value that chance moves by as much as ``reach`` in the shape of its cell."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        factor = np.exp(np.where(shapes == "log", reach, reach / np.abs(value)))
        part = value / scale
        odds, spread = part / (1.0 - part), np.exp(reach / scale / (part * (1.0 - part)))
        far, near = value * factor, value / factor
        low, high = np.minimum(far, near), np.maximum(far, near)
        wider = shapes == "wider"
        low = np.where(wider, np.minimum(low, value - reach), low)
        high = np.where(wider, np.maximum(high, value + reach), high)
        low = np.where(shapes == "plain", value - reach, low)
        high = np.where(shapes == "plain", value + reach, high)
        share = shapes == "odds"
        low = np.where(share, scale * odds / (odds + spread), low)
        high = np.where(share, scale * (1.0 - 1.0 / (1.0 + odds * spread)), high)
    return np.minimum(low, value), np.maximum(high, value)  # rounding may set an end on the wrong side of a point


def _corrections(
    parts: Int64s, summed: Int64s, scale: float | Floats, kind: _Kind
) -> Iterator[tuple[npt.NDArray[np.bool_], tuple[Floats, Floats], str]]:
    """Cells whose units tell too little, what their interval is instead, and why; a later one stands."""
    nothing = np.full(parts.shape[2], np.nan)
    carrying = _carrying(parts, kind)
    even = carrying == 0
    if kind.share:
        even |= (summed[0] == 0) | (summed[0] == summed[1])
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


def _few(summed: Int64s, scale: float | Floats, share: bool, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """The ends where there are one to three cases, or of a share all but so many: no nearer than the exact ones.

    One case in one county is 0.12 to 8 by the logarithm; but in the mean it may well be only 0.03.
    """
    below = np.maximum(summed[1], 1)
    for cases in range(1, FEW_CASES + 1):
        least = few_lower(cases) / below
        low = np.where(summed[0] == cases, np.minimum(low, least * scale), low)
        if share:
            high = np.where(summed[1] - summed[0] == cases, np.maximum(high, (1.0 - least) * scale), high)
    return low, high


def _poisson(summed: Int64s, scale: float | Floats) -> tuple[Floats, Floats]:
    """The ends of a rate of which nothing was counted."""
    upper = zero_upper() * scale / np.maximum(summed[1], 1)
    return np.zeros_like(upper), upper


def _binomial(summed: Int64s, scale: float | Floats) -> tuple[Floats, Floats]:
    """The ends of a share of which nothing or everything was counted."""
    edge = share_edge(summed[1].astype(np.float64))
    none = summed[0] == 0
    return np.where(none, 0.0, (1.0 - edge) * scale), np.where(none, edge * scale, scale)


def _error(parts: Int64s, summed: Int64s, statistic: Statistic, scale: float | Floats, logarithmic: bool) -> Floats:
    """Standard error [K] of the statistic, or of its logarithm, by leaving out one unit at a time."""
    units = parts.shape[1]
    without = (summed[:, None, :] - parts).astype(np.float64)
    left = statistic(without) * scale
    with np.errstate(divide="ignore", invalid="ignore"):
        if logarithmic:
            left = np.log(left)
        centre = left.sum(axis=0) / units
        error: Floats = np.sqrt((units - 1) / units * ((left - centre) ** 2).sum(axis=0))
    return error
