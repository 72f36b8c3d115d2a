"""The kinds of candidates: how many are drawn, for whom, and which of them a condition or a world keeps."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np

from scorelab.errors import InputError, Problem
from scorelab.kernel import layout
from scorelab.kernel.fate import purpose
from scorelab.kernel.layout import (
    ALWAYS,
    ARREARS,
    CLEARING,
    JOB_LOSS,
    MISTAKE,
    NEED,
    OCCASION,
    YEAR_WEEKS,
    Int64s,
    Kinds,
)
from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import Resolved
from scorelab.spec.scheme import Source
from scorelab.spec.society import Arrears
from scorelab.spec.switches import left
from scorelab.spec.who import Who
from scorelab.tables.chances import layers
from scorelab.tables.names import CELL_ATTRIBUTES, cell_factor
from scorelab.tables.sources import group_factors, mistakes_per_year
from scorelab.words import CELLS, Age, Condition, cell_parts

SMALLEST_SHARE = 1e-7
"""A rate that only a smaller share of the people has is nobody's; it keeps the weights within their integers."""

SMALLEST_RATE = 1e-18
"""A smaller rate a week is none."""

LARGEST_SHARE = layout.LARGEST_RATE // ALWAYS
"""So many times as often as its exposure's ceiling a false record can be, at most."""

WEIGHT_ONE = 65536
"""The weight of a person whose rate is the society's mean."""

LEAST_UNITS = 500
"""Units that the largest weight of a kind has at least, so that rounding moves no mean by more than a thousandth."""

LARGEST_FACTOR = 2.0**30
"""The most that the factors by attribute of one kind may make of a weight together."""

CODES = layout.CONDITION + 1


class Shares(Protocol):
    """What the tables need to know of a society's composition at week 0."""

    @property
    def cell_share(self) -> Sequence[float]:
        """Expected share of persons by cell."""

    @property
    def condition_share(self) -> Sequence[Sequence[float]]:
        """Share of persons by age band and condition."""

    @property
    def attribute_share(self) -> Mapping[str, Sequence[float]]:
        """Expected share of the persons of each cell who have an attribute, by attribute."""

    @property
    def arrears_share(self) -> Sequence[float]:
        """Expected share of the persons of each cell who are in arrears."""


@dataclass
class Kind:
    """One kind of candidate, before it becomes a row of the tables. ``weight`` is relative to the society's mean.

    ``attribute`` are the factors for whoever has an attribute, ``thin`` is by age band and condition code, ``share``
    (mistakes only) by world and cell. ``share``, and ``thin`` of job losses, are relative to layer 0 and may exceed 1.
    """

    what: int
    name: str
    index: int
    layer: int
    why: str
    worlds: int
    intensity_per_week: float
    trait: str | None
    weight: list[float]
    thin: list[list[float]]
    attribute: dict[str, float] = field(default_factory=dict)
    share: list[list[float]] = field(default_factory=list)

    def order(self) -> tuple[int, str, int, str]:
        """By what it is about, then by name, layer and variant; never by position in a file."""
        return self.what, self.name, self.layer, self.why


@dataclass(frozen=True)
class Reach:
    """Who meets something, how often: weight by cell, the share of it by age band and condition code."""

    weight: list[float]
    thin: list[list[float]]
    attribute: dict[str, float]


def _codes(who: Who) -> list[float]:
    """The factor of each condition code."""
    factor = {str(word): float(value) for word, value in who.condition.items()}
    found = []
    for code in range(CODES):
        value = factor.get(Condition(code & 7).name, 1.0) if code & 7 < len(Condition) else 0.0
        value *= factor.get("arrears", 1.0) if code & layout.IN_ARREARS else 1.0
        value *= factor.get("throttled", 1.0) if code & layout.THROTTLED else 1.0
        found.append(value)
    return found


def _possible(usual: Sequence[float]) -> list[bool]:
    """Which condition codes somebody of an age can ever have: working and jobless can always follow one another."""
    works = usual[Condition.working] > 0 or usual[Condition.jobless] > 0
    may = [usual[q] > 0 or (works and q in (Condition.working, Condition.jobless)) for q in Condition]
    return [code & 7 < len(Condition) and may[code & 7] for code in range(CODES)]


class _Asked(NamedTuple):
    """Who is meant, in which society; a society is the same where it is the same object."""

    who: Who
    shares: Shares
    text: str

    def __hash__(self) -> int:
        return hash((id(self.shares), self.text))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.shares is other.shares and self.text == other.text


def reach(who: Who, shares: Shares) -> Reach:
    """Relative rate of each cell in its busiest condition, and the share of it in each condition.

    The rate of a person is the society's mean times weight, the attributes' factors, and thin. Conditions that nobody
    of that age can be in do not count towards the busiest. Where fewer than one in ten million persons could be meant,
    nobody is.
    """
    return _reach(_Asked(who, shares, who.model_dump_json()))


@lru_cache(maxsize=1024)
def _reach(asked: _Asked) -> Reach:
    who, shares, _ = asked
    given = {name: dict(getattr(who, name)) for name in CELL_ATTRIBUTES if getattr(who, name)}
    factors = _codes(who)
    owing = float(who.condition.get("arrears", 1.0))
    attributes = {str(name): float(value) for name, value in who.attribute.items() if value != 1.0}
    highest: list[float] = []
    thin: list[list[float]] = []
    for age in Age:
        possible = _possible(shares.condition_share[age])
        most = max((factor for factor, may in zip(factors, possible, strict=True) if may), default=0.0)
        highest.append(most)
        thin.append([min(1.0, factor / most) if most > 0 else 0.0 for factor in factors])
    weight: list[float] = []
    mean = 0.0
    for cell in range(CELLS):
        age = cell_parts(cell)[0]
        base = cell_factor(given, cell)
        weight.append(base * highest[age])
        usual = shares.condition_share[age]
        mean += (
            shares.cell_share[cell]
            * base
            * sum(usual[q] * factors[q] for q in Condition)
            * (1.0 + shares.arrears_share[cell] * (owing - 1.0))
            * _attributed(attributes, shares, cell)
        )
    if mean <= SMALLEST_SHARE * max(weight):
        return Reach([0.0] * CELLS, thin, attributes)
    return Reach([value / mean for value in weight], thin, attributes)


def _attributed(attributes: dict[str, float], shares: Shares, cell: int) -> float:
    """The mean factor of a cell's attributes, taken as independent of one another."""
    product = 1.0
    for name, factor in attributes.items():
        product *= 1.0 + shares.attribute_share[name][cell] * (factor - 1.0)
    return product


def _highest(per_year: Quantity) -> float:
    return per_year.range[1] if per_year.range and per_year.range[1] > 0 else per_year.value


def _steady(what: int, name: str, index: int, per_year: Quantity, worlds: int) -> list[Kind]:
    """Kinds whose rate is the same in all worlds, one a layer; whom they meet is still to be filled in."""
    prefix = {OCCASION: "occasion/", NEED: "need/"}.get(what, "")
    ceiling = _highest(per_year) / YEAR_WEEKS
    if ceiling < SMALLEST_RATE:
        return []
    kinds = []
    for layer, (intensity, kept) in enumerate(layers(per_year.value / YEAR_WEEKS, ceiling)):
        kind = Kind(what, name, index, layer, prefix + name, worlds, intensity, None, [], [])
        kind.share = [[kept]]
        kinds.append(kind)
    return kinds


def _filled(kinds: Iterable[Kind], who: Who, trait: str | None, shares: Shares) -> list[Kind]:
    """Steady kinds with whom they meet."""
    found = reach(who, shares)
    done = []
    for kind in kinds:
        kept = kind.share[0][0]
        kind.weight, kind.trait, kind.attribute = found.weight, trait, found.attribute
        kind.thin = [[chance * kept for chance in row] for row in found.thin]
        kind.share = []
        done.append(kind)
    return done


def only(who: Who, **conditions: float) -> Who:
    """The same people, but only in some conditions; what is said of these stays a factor."""
    wanted = {word: conditions.get(word, 0.0) for word in (q.name for q in Condition)}
    given = {str(word): float(value) for word, value in who.condition.items()}
    mixed = {word: factor * given.get(word, 1.0) for word, factor in wanted.items()}
    rest = {word: value for word, value in given.items() if word not in wanted}
    return who.model_copy(update={"condition": {**mixed, **rest}})


def _job_loss(resolved: Resolved, shares: Shares, everywhere: int) -> list[Kind]:
    """Layer 0 has room for the largest rate and stigma of the ranges; the others for those that a world sets beyond."""
    job_loss, usual = resolved.society.job_loss, resolved.society.response.stigma
    if job_loss is None:
        return []
    per_week = job_loss.per_year.value / YEAR_WEEKS
    ceiling = _highest(job_loss.per_year) / YEAR_WEEKS * (1.0 + (usual.range[1] if usual.range else usual.value))
    if ceiling < SMALLEST_RATE:
        return []
    stigma = max(world.response.stigma.value for world in resolved.worlds)
    found = reach(only(job_loss.who, working=1.0), shares)
    thin = [[chance * per_week / ceiling for chance in row] for row in found.thin]
    drawn = [intensity for intensity, _ in layers(per_week * (1.0 + stigma), ceiling)]
    return [
        Kind(JOB_LOSS, "job-loss", 0, layer, "job-loss", everywhere, one, None, found.weight, thin, found.attribute)
        for layer, one in enumerate(drawn)
    ]


def _arrears(arrears: Arrears | None, shares: Shares, everywhere: int) -> list[Kind]:
    """Falling behind, for whoever is not; clearing, for whoever is: the latter is drawn for all who could be."""
    if arrears is None:
        return []
    begin = _filled(_steady(ARREARS, "arrears", 0, arrears.begins_per_year, everywhere), arrears.who, None, shares)
    for kind in begin:
        kind.thin = [[0.0 if code & layout.IN_ARREARS else c for code, c in enumerate(row)] for row in kind.thin]
    end = _steady(CLEARING, "clearing", 0, arrears.ends_per_year, everywhere)
    slow = arrears.when_not_working.value
    most = max(1.0, slow)
    by_age = Who.model_validate({"age": {"0-5": 0.0, "6-17": 0.0}})
    weight = [factor * most for factor in group_factors(by_age)]
    for kind in end:
        kept = kind.share[0][0]
        works = [1.0 if code & 7 == Condition.working else slow for code in range(CODES)]
        row = [kept * f / most if code & layout.IN_ARREARS else 0.0 for code, f in enumerate(works)]
        kind.weight, kind.thin, kind.share = weight, [row] * len(Age), []
    return begin + end


def steady_kinds(
    resolved: Resolved, shares: Shares, behaviours: tuple[str, ...], services: tuple[str, ...]
) -> list[Kind]:
    """Occasions, needs and life events."""
    society = resolved.society
    everywhere = (1 << len(resolved.worlds)) - 1
    kinds: list[Kind] = []
    for index, name in enumerate(behaviours):
        behaviour = society.behaviours[name]
        drawn = _steady(OCCASION, name, index, behaviour.per_year, everywhere)
        kinds += _filled(drawn, behaviour.who, behaviour.trait, shares)
    for index, name in enumerate(services):
        service = society.services[name]
        drawn = _steady(NEED, name, index, service.per_year, everywhere)
        kinds += _filled(drawn, service.who, service.trait, shares)
    kinds += _job_loss(resolved, shares, everywhere)
    return kinds + _arrears(society.arrears, shares, everywhere)


def _rates(source: Source) -> list[float]:
    """False alerts per week of each cell."""
    assert source.mistakes is not None
    per_week = mistakes_per_year(source.mistakes) / YEAR_WEEKS
    return [per_week * factor for factor in group_factors(source.mistakes.who)]


def _raised(source: Source) -> float:
    """How much more than usual a source can look at somebody."""
    most = source.attention.times.value if source.attention is not None else 1.0
    if source.selects is not None and source.selects.otherwise is not None:
        most *= max(1.0, source.selects.otherwise.value)
    return max(1.0, most)


def mistake_kinds(resolved: Resolved, shares: Shares, sources: tuple[str, ...]) -> list[Kind]:
    """False records: each world keeps the share of the candidates that its source's rate asks for.

    A placebo world has candidates of its own: the same law with fresh chance.
    """
    kinds: list[Kind] = []
    for index, name in enumerate(sources):
        found: dict[tuple[str, bool], dict[int, Source]] = {}
        for w, world in enumerate(resolved.worlds):
            for scheme in left(world).schemes:
                source = scheme.sources.get(name)
                if source is not None and source.mistakes is not None and mistakes_per_year(source.mistakes) > 0:
                    found.setdefault((source.mistakes.exposure, world.placebo), {})[w] = source
        for (exposure, placebo), by_world in found.items():
            why = f"mistake/{name}/{exposure}" + ("/placebo" if placebo else "")
            kinds += _mistakes_of(resolved, shares, (name, index, exposure, why), by_world)
    return kinds


def _mistakes_of(
    resolved: Resolved, shares: Shares, named: tuple[str, int, str, str], by_world: dict[int, Source]
) -> list[Kind]:
    """The kinds of one source on one exposure: layers up to the highest rate, and each world's rate by cell."""
    name, index, exposure, why = named
    described = resolved.society.exposures[exposure]
    ceiling = described.ceiling_per_year.value / YEAR_WEEKS
    met = reach(described.who, shares)
    share = [[0.0] * CELLS for _ in resolved.worlds]
    for w, source in by_world.items():
        share[w] = [rate / ceiling for rate in _rates(source)]
        if max(share[w]) > LARGEST_SHARE:
            fault = (
                f"mistakes of sources.{name} are more than {LARGEST_SHARE:,} times the ceiling_per_year of {exposure!r}"
            )
            raise InputError([Problem("experiment", 0, 0, f"{fault}; please raise that in the society")])
    highest = max(max(share[w]) * _raised(source) for w, source in by_world.items())
    worlds = sum(1 << w for w in by_world)
    return [
        Kind(MISTAKE, name, index, layer, why, worlds, one, None, met.weight, met.thin, met.attribute, share)
        for layer, (one, _) in enumerate(layers(highest * ceiling, ceiling))
    ]


def _relative(rates: list[list[float]]) -> Int64s:
    """Rates in units of 2**-32 of layer 0, to the nearest."""
    return (np.array(rates) * ALWAYS + 0.5).astype(np.int64)


def _thresholds(chances: list[list[float]]) -> Int64s:
    """Chances in units of 2**-32, each as :func:`~scorelab.tables.chances.threshold` has it."""
    return np.clip(_relative(chances), 0, ALWAYS)


def _refuse_coarse(kind: Kind) -> None:
    """Raises InputError where factors by attribute leave everybody else a weight too small for integers."""
    together = math.prod(max(1.0, factor) for factor in kind.attribute.values())
    if 0.0 < max(kind.weight, default=0.0) * WEIGHT_ONE < LEAST_UNITS or together > LARGEST_FACTOR:
        fault = f"the factors by attribute of {kind.name!r} are so large that its mean rate cannot be kept"
        raise InputError([Problem("society", 0, 0, f"{fault}; please lower them, or set the others' factors instead")])


def kinds_table(kinds: list[Kind], worlds: int) -> tuple[Kinds, Int64s]:
    """The kernel's table of kinds, and each kind's weights by cell in units of 1 / ``WEIGHT_ONE`` [K, C].

    Raises InputError where factors lie too far apart for that.
    """
    for kind in kinds:
        _refuse_coarse(kind)
    share = np.full((len(kinds), worlds, CELLS), ALWAYS, np.int64)
    for k, kind in enumerate(kinds):
        if kind.what == MISTAKE:
            share[k] = _relative(kind.share)
    units = {JOB_LOSS: _relative}
    thin = [units.get(kind.what, _thresholds)(kind.thin) for kind in kinds]
    table = Kinds(
        what=np.array([kind.what for kind in kinds], np.uint8),
        item=np.array([kind.index for kind in kinds], np.int32),
        layer=np.array([kind.layer for kind in kinds], np.int64),
        purpose=np.array([purpose(kind.why) for kind in kinds], np.uint64),
        worlds=np.array([kind.worlds for kind in kinds], np.int64),
        thin=np.array(thin, np.int64).reshape(len(kinds), len(Age), CODES),
        share=share,
    )
    weights = np.array([kind.weight for kind in kinds], np.float64).reshape(len(kinds), CELLS)
    return table, (weights * WEIGHT_ONE + 0.5).astype(np.int64)
