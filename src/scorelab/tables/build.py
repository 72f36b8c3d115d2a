"""From an experiment to the integers that the kernel reads."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scorelab.kernel.layout import (
    ARREARS,
    CLEARING,
    JOB_LOSS,
    MISTAKE,
    NEED,
    OCCASION,
    Int64s,
    Kinds,
    Law,
    UInt8s,
)
from scorelab.spec.resolved import Resolved, ResolvedWorld
from scorelab.spec.scheme import Scheme
from scorelab.tables.gamma import class_means
from scorelab.tables.kinds import WEIGHT_ONE, Shares, kinds_table, mistake_kinds, steady_kinds
from scorelab.tables.law import check_purposes, law_table
from scorelab.tables.names import Names, grouping
from scorelab.tables.rules import grades_of

WHAT_WORDS = {
    OCCASION: "occasion",
    MISTAKE: "mistake",
    NEED: "need",
    JOB_LOSS: "job-loss",
    ARREARS: "arrears",
    CLEARING: "clearing",
}
ATTRIBUTES = 8


@dataclass(frozen=True)
class Built:
    """An experiment as tables: what the kernel reads, and what a county's candidates are drawn from.

    ``weight`` [K, C], ``trait_weight`` [K, 64] and ``attribute_weight`` [K, attributes] are in units of 1 / 65536: a
    person's rate is ``intensity`` [K] per week times all three. ``trait`` [K] is the trait's column in the people, or
    -1. ``group`` [C, 2 ** attributes] is the group of a person with such attributes; ``exempt`` [2 ** attributes] has
    bit w where no scheme of world w applies to such a person.
    """

    names: Names
    kinds: Kinds
    law: Law
    group: UInt8s
    exempt: UInt8s
    weight: Int64s
    trait: Int64s
    trait_weight: Int64s
    attribute_weight: Int64s
    intensity: tuple[float, ...]

    def digest(self) -> str:
        """Digest of all tables; equal tables live equal lives."""
        digest = hashlib.blake2b(digest_size=16)
        arrays = (self.group, self.exempt, self.weight, self.trait, self.trait_weight, self.attribute_weight)
        for array in (*self.kinds, *self.law, *arrays):
            digest.update(np.ascontiguousarray(array).tobytes())
        digest.update(",".join(value.hex() for value in self.intensity).encode())
        return digest.hexdigest()


def _schemes(resolved: Resolved) -> list[Scheme]:
    return [scheme for world in resolved.worlds for scheme in world.schemes]


def _union(resolved: Resolved, part: str) -> tuple[str, ...]:
    return tuple(sorted({name for scheme in _schemes(resolved) for name in getattr(scheme, part)}))


def _grades(world: ResolvedWorld) -> tuple[str, ...]:
    return next((grades_of(scheme) for scheme in world.schemes if scheme.score is not None), ())


def _exempt(worlds: list[ResolvedWorld], attributes: tuple[str, ...]) -> list[int]:
    """The worlds (bits) in which no scheme applies to a person, by the person's attributes (bits)."""
    found = [0] * (1 << len(attributes))
    for person in range(len(found)):
        has = {name for a, name in enumerate(attributes) if person >> a & 1}
        for w, world in enumerate(worlds):
            left_out = world.exempts in has or (world.covers is not None and world.covers not in has)
            found[person] |= int(left_out) << w
    return found


def build(resolved: Resolved, shares: Shares) -> Built:
    """Compile an experiment into tables. Only + - * / in a fixed order, so that every machine gets the same bits."""
    society = resolved.society
    behaviours, services = tuple(sorted(society.behaviours)), tuple(sorted(society.services))
    attributes, sources = tuple(sorted(society.attributes)), _union(resolved, "sources")
    groups, group = grouping(list(resolved.groups), attributes)
    kinds = sorted(
        steady_kinds(resolved, shares, behaviours, services) + mistake_kinds(resolved, shares, sources),
        key=lambda kind: kind.order(),
    )
    names = Names(
        worlds=tuple(world.name for world in resolved.worlds),
        behaviours=behaviours,
        services=services,
        sources=sources,
        lists=_union(resolved, "lists"),
        schemes=tuple(sorted({scheme.scheme for scheme in _schemes(resolved)})),
        domains=tuple(sorted({behaviour.domain for behaviour in society.behaviours.values()})),
        attributes=attributes,
        grades=tuple(_grades(world) for world in resolved.worlds),
        groups=groups,
        kinds=tuple((WHAT_WORDS[kind.what], kind.name, kind.layer) for kind in kinds),
    )
    law = law_table(resolved, names)
    table, weight = kinds_table(kinds, len(names.worlds))
    first_layers = {int(word) for word in table.purpose}
    hashes = [value for field, value in law._asdict().items() if field.endswith("_purpose")]
    check_purposes(sorted(first_layers) + [int(word) for value in hashes for word in value.ravel()])
    traits = sorted(society.traits)
    means = {name: class_means(trait.shape.value) for name, trait in society.traits.items()}

    def weights(values: Sequence[Sequence[float]], width: int) -> Int64s:
        return np.array([[int(m * WEIGHT_ONE + 0.5) for m in row] for row in values], np.int64).reshape(-1, width)

    return Built(
        names=names,
        kinds=table,
        law=law,
        group=np.array(group, np.uint8),
        exempt=np.array(_exempt(resolved.worlds, attributes), np.uint8),
        weight=weight,
        trait=np.array([traits.index(kind.trait) if kind.trait else -1 for kind in kinds], np.int64),
        trait_weight=weights([means[kind.trait] if kind.trait else [1.0] * 64 for kind in kinds], 64),
        attribute_weight=weights(
            [
                [*(kind.attribute.get(name, 1.0) for name in attributes), *[1.0] * ATTRIBUTES][:ATTRIBUTES]
                for kind in kinds
            ],
            ATTRIBUTES,
        ),
        intensity=tuple(kind.intensity_per_week for kind in kinds),
    )
