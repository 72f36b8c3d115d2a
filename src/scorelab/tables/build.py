"""From an experiment to the integers that the kernel reads."""

import hashlib
from dataclasses import dataclass

import numpy as np

from scorelab.kernel.layout import JOB_LOSS, MISTAKE, NEED, OCCASION, Int64s, Kinds, Law, UInt8s
from scorelab.spec.resolved import Resolved
from scorelab.tables.gamma import class_means
from scorelab.tables.kinds import WEIGHT_ONE, Shares, kinds_table, mistake_kinds, steady_kinds
from scorelab.tables.law import check_purposes, law_table
from scorelab.tables.names import Names, grouping

WHAT_WORDS = {OCCASION: "occasion", MISTAKE: "mistake", NEED: "need", JOB_LOSS: "job-loss"}


@dataclass(frozen=True)
class Built:
    """An experiment as tables: what the kernel reads, and what a county's candidates are drawn from.

    ``weight`` [K, C] and ``trait_weight`` [K, 64] are in units of 1 / 65536: a person's rate is ``intensity``
    [K] per week times both. ``trait`` [K] is the trait's column in the people, or -1.
    """

    names: Names
    kinds: Kinds
    law: Law
    group_of_cell: UInt8s
    weight: Int64s
    trait: Int64s
    trait_weight: Int64s
    intensity: tuple[float, ...]

    def digest(self) -> str:
        """Digest of all tables; equal tables live equal lives."""
        digest = hashlib.blake2b(digest_size=16)
        for array in (*self.kinds, *self.law, self.group_of_cell, self.weight, self.trait, self.trait_weight):
            digest.update(np.ascontiguousarray(array).tobytes())
        digest.update(",".join(value.hex() for value in self.intensity).encode())
        return digest.hexdigest()


def _union(resolved: Resolved, part: str) -> tuple[str, ...]:
    schemes = (scheme for world in resolved.worlds for scheme in world.schemes)
    return tuple(sorted({name for scheme in schemes for name in getattr(scheme, part)}))


def build(resolved: Resolved, shares: Shares) -> Built:
    """Compile an experiment into tables. Only + - * / in a fixed order, so that every machine gets the same bits."""
    society = resolved.society
    behaviours, services = tuple(sorted(society.behaviours)), tuple(sorted(society.services))
    sources = _union(resolved, "sources")
    groups, group_of_cell = grouping(list(resolved.groups))
    kinds = sorted(
        steady_kinds(resolved, shares, behaviours, services) + mistake_kinds(resolved, shares, sources),
        key=lambda kind: kind.order(),
    )
    domains = {behaviour.domain for behaviour in society.behaviours.values()}
    names = Names(
        worlds=tuple(world.name for world in resolved.worlds),
        behaviours=behaviours,
        services=services,
        sources=sources,
        lists=_union(resolved, "lists"),
        schemes=tuple(sorted({scheme.scheme for world in resolved.worlds for scheme in world.schemes})),
        domains=tuple(sorted(domains)),
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
    return Built(
        names=names,
        kinds=table,
        law=law,
        group_of_cell=np.array(group_of_cell, np.uint8),
        weight=weight,
        trait=np.array([traits.index(kind.trait) if kind.trait else -1 for kind in kinds], np.int64),
        trait_weight=np.array(
            [[int(m * WEIGHT_ONE + 0.5) for m in (means[kind.trait] if kind.trait else [1.0] * 64)] for kind in kinds],
            np.int64,
        ).reshape(len(kinds), 64),
        intensity=tuple(kind.intensity_per_week for kind in kinds),
    )
