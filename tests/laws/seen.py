"""What can be counted of one world of a county, by names: equal for equal lives, whatever other worlds there are."""

from collections import Counter
from collections.abc import Hashable, Iterator
from functools import cache
from typing import Any

import numpy as np

from scorelab.kernel.counted import (
    ENDINGS,
    POINTS,
    PROCESS,
    RECORDS,
    TURNOVER,
    WEEKLY,
    Counts,
)
from scorelab.kernel.fate import key
from scorelab.runs.lives import composition
from scorelab.society.county import people
from scorelab.spec.resolved import Resolved
from scorelab.tables.build import Built, build
from scorelab.tables.county import county
from scorelab.tables.names import Names
from tests.twin.compare import lived
from tests.twin.specs import plan
from tests.twin.strategies import Case

Seen = Counter[tuple[Hashable, ...]]


def tables(resolved: Resolved) -> Built:
    """The tables of an experiment."""
    return build(resolved, composition(plan(), resolved.society))


def counts_of(resolved: Resolved, number: int = 1) -> tuple[Counts, Names]:
    """Live one county."""
    built, words = tables(resolved), key(resolved.seed)
    who = people(plan(), resolved.society, resolved.persons, number, words)
    groups = len(built.names.groups)
    return lived(Case(county(built, who, number, words), built.kinds, built.law, resolved.weeks, groups)), built.names


def seen(resolved: Resolved, number: int = 1) -> dict[str, Seen]:
    """World -> everything that is counted in it, in one county."""
    counts, names = counts_of(resolved, number)
    return {name: Counter(dict(_of_world(counts, names, w))) for w, name in enumerate(names.worlds)}


def _of_world(counts: Counts, names: Names, w: int) -> Iterator[tuple[tuple[Hashable, ...], int]]:
    """Counts that are not 0; each axis by the words for it."""
    groups = tuple(tuple(sorted(group.items())) for group in names.groups)
    by_axes: dict[str, tuple[tuple[Hashable, ...] | None, ...]] = {
        "weekly": (None, groups, WEEKLY),
        "lists": (None, names.lists, TURNOVER),
        "records": (None, names.sources, names.behaviours, RECORDS),
        "points": (None, names.sources, names.behaviours, None, POINTS),
        "process": (None, names.schemes, None, PROCESS),
        "endings": (None, names.lists, None, ENDINGS),
        "tries": (None, groups, names.services),
        "grades": (None, groups, None),
        "scores": (None, None),
        "persons": (None, groups, None),
    }
    for table, axes in by_axes.items():
        yield from _entries(table, getattr(counts, table)[:, w], axes)
    yield from _entries("histogram", counts.histogram[w], (groups, None))
    denied = np.arange(counts.ever.shape[1]) >> w & 1 == 1
    yield from _entries("ever", counts.ever[:, denied].sum(axis=1), (groups,))
    yield from _sparse(counts, names, groups, w).items()


def _entries(
    table: str, values: Any, axes: tuple[tuple[Hashable, ...] | None, ...]
) -> Iterator[tuple[tuple[Hashable, ...], int]]:
    for at in np.argwhere(values != 0).tolist():
        words = [axis[index] if axis is not None else index for axis, index in zip(axes, at, strict=True)]
        yield (table, *words), int(values[tuple(at)])


def _sparse(counts: Counts, names: Names, groups: tuple[Hashable, ...], w: int) -> Seen:
    """The tables of patterns, of which only this world's part is looked at, and those that have a row a world."""
    found: Seen = Counter()
    for table, bits, words in (("occasions", 2, names.behaviours), ("needs", 3, names.services)):
        for code, count in getattr(counts, table).tolist():
            rest, pattern = divmod(code, 1 << 8 * bits)
            rest, what = divmod(rest, 64)
            outcome = pattern >> bits * w & (1 << bits) - 1
            found[table, rest // 256, groups[rest % 256], words[what], outcome] += count if outcome else 0
    for code, count in counts.stocks.tolist():
        rest, pattern = divmod(code, 256)
        rest, group = divmod(rest, 256)
        found["stocks", rest // 16, names.lists[rest % 16], groups[group]] += count if pattern >> w & 1 else 0
    for code, count in counts.denials.tolist():
        rest, flags = divmod(code // 64, 16)
        rest, domain = divmod(rest, 16)
        rest, service = divmod(rest, 64)
        rest, group = divmod(rest, 256)
        if rest % 8 == w:
            found["denials", rest // 8, groups[group], names.services[service], names.domains[domain], flags] += count
    for code, count in counts.flow.tolist():
        rest, flags = divmod(code, 4)
        rest, service = divmod(rest, 64)
        rest, status = divmod(rest, 32)
        rest, source = divmod(rest, 32)
        rest, behaviour = divmod(rest, 64)
        if rest % 8 == w:
            status_word = names.lists[status] if status < 16 else status
            source_word = names.sources[source] if names.sources else ""
            key_ = (rest // 8, names.behaviours[behaviour], source_word, status_word, names.services[service], flags)
            found[("flow", *key_)] += count
    return +found


@cache
def _all_tables() -> frozenset[str]:
    return frozenset(Counts._fields)


def missing_tables(found: Seen) -> set[str]:
    """Tables of a county that these laws do not look at: how many candidates there were is of no world."""
    return set(_all_tables()) - {str(entry[0]) for entry in found} - {"candidates", "size"}
