"""The kinds of candidates: how many are drawn, for whom, and which of them a condition or a world keeps."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from scorelab.kernel.fate import purpose
from scorelab.kernel.layout import ALWAYS, JOB_LOSS, MISTAKE, NEED, OCCASION, YEAR_WEEKS, Int64s, Kinds
from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import Resolved
from scorelab.spec.society import Who
from scorelab.tables.chances import layers, threshold
from scorelab.tables.names import cell_words
from scorelab.words import CELLS, Condition, cell_parts

SMALLEST_SHARE = 1e-7
"""A rate that only a smaller share of the people has is nobody's; it keeps the weights within their integers."""

SMALLEST_RATE = 1e-18
"""A smaller rate a week is none."""

WEIGHT_ONE = 65536
"""The weight of a person whose rate is the society's mean."""


class Shares(Protocol):
    """What the tables need to know of a society's composition at week 0."""

    @property
    def cell_share(self) -> Sequence[float]:
        """Expected share of persons by cell."""

    @property
    def condition_share(self) -> Sequence[Sequence[float]]:
        """Share of persons by age band and condition."""


@dataclass
class Kind:
    """One kind of candidate, before it becomes a row of the tables. ``weight`` is relative to the society's mean."""

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
    share: list[float] = field(default_factory=list)

    def order(self) -> tuple[int, str, int, str]:
        """By what it is about, then by name, layer and variant; never by position in a file."""
        return self.what, self.name, self.layer, self.why


def reach(who: Who, shares: Shares) -> tuple[list[float], list[list[float]]]:
    """Relative rate of each cell in its busiest condition, and the share of it in each condition.

    The rate of a person is the society's mean times weight times thin. Conditions that nobody of that age can be
    in do not count towards the busiest; working and jobless can always follow one another. Where fewer than one in
    ten million persons could be meant, nobody is.
    """
    weight: list[float] = []
    thin: list[list[float]] = []
    mean = 0.0
    for cell in range(CELLS):
        words = cell_words(cell)
        base = 1.0
        for attribute in ("age", "sex", "residence", "quintile"):
            base *= getattr(who, attribute).get(words[attribute], 1.0)
        factors = [float(who.condition.get(condition.name, 1.0)) for condition in Condition]  # type: ignore[call-overload]
        usual = shares.condition_share[cell_parts(cell)[0]]
        works = usual[Condition.working] > 0 or usual[Condition.jobless] > 0
        possible = [usual[q] > 0 or (works and q in (Condition.working, Condition.jobless)) for q in Condition]
        highest = max((factor for factor, may in zip(factors, possible, strict=True) if may), default=0.0)
        weight.append(base * highest)
        thin.append([min(1.0, factor / highest) if highest > 0 else 0.0 for factor in factors])
        for q in Condition:
            mean += shares.cell_share[cell] * usual[q] * base * factors[q]
    if mean <= SMALLEST_SHARE * max(weight):
        return [0.0] * CELLS, thin
    return [value / mean for value in weight], thin


def _steady(what: int, name: str, index: int, per_year: Quantity, worlds: int) -> list[Kind]:
    """Kinds whose rate is the same in all worlds, one a layer; ``weight`` and ``thin`` are still to be filled in."""
    prefix = {OCCASION: "occasion/", NEED: "need/", JOB_LOSS: ""}[what]
    ceiling = (per_year.range[1] if per_year.range and per_year.range[1] > 0 else per_year.value) / YEAR_WEEKS
    if ceiling < SMALLEST_RATE:
        return []
    kinds = []
    for layer, (intensity, kept) in enumerate(layers(per_year.value / YEAR_WEEKS, ceiling)):
        kind = Kind(what, name, index, layer, prefix + name, worlds, intensity, None, [], [])
        kind.share = [kept]
        kinds.append(kind)
    return kinds


def steady_kinds(
    resolved: Resolved, shares: Shares, behaviours: tuple[str, ...], services: tuple[str, ...]
) -> list[Kind]:
    """Occasions, needs and job losses."""
    society = resolved.society
    everywhere = (1 << len(resolved.worlds)) - 1
    parts: list[tuple[list[Kind], Who, str | None]] = []
    for index, name in enumerate(behaviours):
        behaviour = society.behaviours[name]
        parts.append((_steady(OCCASION, name, index, behaviour.per_year, everywhere), behaviour.who, behaviour.trait))
    for index, name in enumerate(services):
        service = society.services[name]
        parts.append((_steady(NEED, name, index, service.per_year, everywhere), service.who, service.trait))
    if society.job_loss is not None:
        who = society.job_loss.who
        only_working = {**{q.name: 0.0 for q in Condition}, "working": who.condition.get("working", 1.0)}
        who = who.model_copy(update={"condition": only_working})
        parts.append((_steady(JOB_LOSS, "job-loss", 0, society.job_loss.per_year, everywhere), who, None))
    kinds = []
    for group, who, trait in parts:
        weight, thin = reach(who, shares)
        for kind in group:
            kept = kind.share[0]
            kind.weight, kind.trait = weight, trait
            kind.thin = [[chance * kept for chance in row] for row in thin]
            kind.share = [1.0] * len(resolved.worlds)
            kinds.append(kind)
    return kinds


def mistake_kinds(resolved: Resolved, shares: Shares, sources: tuple[str, ...]) -> list[Kind]:
    """False records: each world keeps the share of the candidates that its source's rate asks for.

    A placebo world has candidates of its own: the same law with fresh chance.
    """
    kinds = []
    for index, name in enumerate(sources):
        rates: dict[tuple[str, bool], list[float]] = {}
        for w, world in enumerate(resolved.worlds):
            for scheme in world.schemes:
                source = scheme.sources.get(name)
                if source is None or source.mistakes is None or "false_records" in world.without:
                    continue
                row = rates.setdefault((source.mistakes.exposure, world.placebo), [0.0] * len(resolved.worlds))
                row[w] = source.mistakes.per_year.value / YEAR_WEEKS
        for (exposure, placebo), row in rates.items():
            if max(row) <= 0:
                continue
            described = resolved.society.exposures[exposure]
            ceiling = described.ceiling_per_year.value / YEAR_WEEKS
            weight, thin = reach(described.who, shares)
            why = f"mistake/{name}/{exposure}" + ("/placebo" if placebo else "")
            for layer, (intensity, _) in enumerate(layers(max(row), ceiling)):
                wanted = [layers(rate, ceiling) if rate > 0 else [] for rate in row]
                share = [kept[layer][1] if layer < len(kept) else 0.0 for kept in wanted]
                worlds = sum(1 << w for w, rate in enumerate(row) if rate > 0)
                kinds.append(Kind(MISTAKE, name, index, layer, why, worlds, intensity, None, weight, thin, share))
    return kinds


def kinds_table(kinds: list[Kind], worlds: int) -> tuple[Kinds, Int64s]:
    """The kernel's table of kinds, and each kind's weights by cell in units of 1 / ``WEIGHT_ONE`` [K, C]."""
    table = Kinds(
        what=np.array([kind.what for kind in kinds], np.uint8),
        index=np.array([kind.index for kind in kinds], np.int32),
        layer=np.array([kind.layer for kind in kinds], np.int64),
        purpose=np.array([purpose(kind.why) for kind in kinds], np.uint64),
        worlds=np.array([kind.worlds for kind in kinds], np.int64),
        thin=np.array([[[threshold(c) for c in row] for row in kind.thin] for kind in kinds], np.int64).reshape(
            len(kinds), CELLS, len(Condition)
        ),
        share=np.array(
            [[threshold(s) if kind.what == MISTAKE else ALWAYS for s in kind.share] for kind in kinds], np.int64
        ).reshape(len(kinds), worlds),
    )
    weights = np.array([[int(w * WEIGHT_ONE + 0.5) for w in kind.weight] for kind in kinds], np.int64)
    return table, weights.reshape(len(kinds), CELLS)
