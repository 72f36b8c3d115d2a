"""Shapley shares: what a world has more than the same world without several mechanisms, split among these.

A mechanism's share is what it adds to a world, averaged over all orders in which the mechanisms can be added one after
the other (Shapley 1953). The shares add up exactly to the whole. They need every subset of the mechanisms as a world.
"""

from collections.abc import Iterator
from itertools import combinations
from math import factorial

import numpy as np

from scorelab.measures.ablation import WHAT, counts_of
from scorelab.measures.cube import Int64s, not_given, per_year, population, rows_of
from scorelab.measures.interval import estimate, rate
from scorelab.measures.lab import YEAR_WEEKS, Facts, Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Cell, Row

UNSURE = "not given: whether the focus has more than the world without all of them is not certain"
FEWEST, MOST = 2, 3
"""So many mechanisms: of three, all subsets fill the eight worlds that a run can have."""
_ITEM = "the mechanism"
_ORDERS = (
    "The average over all orders of adding one mechanism after the other: what several do together is shared out evenly"
    " among them, which is a convention and not a finding."
)
_SET = "It depends on which mechanisms the split is over; all others are at work throughout."

register(
    *(
        Measure(
            f"shapley_{name}",
            "shapley",
            f"{title}: a mechanism's part",
            f"How many of the {words} that the focus has more than the same world without all of some mechanisms are"
            " one mechanism's, so that the parts add up to the whole.",
            "sum over the sets S of other mechanisms, k the number of all, of |S|! (k - |S| - 1)! x"
            f" (({formula}) with S and the mechanism - with S alone) / (k! x {base} x years)",
            unit,
            item=_ITEM,
            caveats=(_ORDERS, _SET),
            cite=("SHAPLEY-1953",),
            interval="difference",
        )
        for name, (title, words, formula, base, unit) in WHAT.items()
    ),
    *(
        Measure(
            f"shapley_{name}_share",
            "shapley",
            f"{title}: a mechanism's part of 100",
            f"Of 100 {words} that the focus has more than the same world without all of some mechanisms, how many are"
            " one mechanism's; the shares add up to 100.",
            f"100 x shapley_{name} / ({formula}) of world - of against",
            "of 100 that the focus has more than the world without all of them",
            item=_ITEM,
            caveats=(_ORDERS, _SET, "Given only where it is certain that the focus has more than the other world."),
            cite=("SHAPLEY-1953",),
            interval="difference",
        )
        for name, (title, words, formula, base, unit) in WHAT.items()
    ),
)

Subsets = dict[frozenset[str], str]
"""mechanisms that a world lacks -> its name"""


def complete(run: Facts) -> list[Subsets]:
    """Sets of mechanisms of which the focus and its siblings are all subsets, none part of a larger one."""
    worlds: Subsets = {frozenset(): run.focus} | {frozenset(lacks): name for name, lacks in run.siblings().items()}
    sets: list[Subsets] = []
    for whole in sorted(worlds, key=lambda lacks: (-len(lacks), sorted(lacks))):
        subsets = [frozenset(some) for size in range(len(whole) + 1) for some in combinations(sorted(whole), size)]
        fits = FEWEST <= len(whole) <= MOST and all(some in worlds for some in subsets)
        if fits and not any(whole < larger for larger in map(mechanisms, sets)):
            sets.append({some: worlds[some] for some in subsets})
    return sets


def split(run: Facts) -> Subsets | None:
    """The split over most mechanisms, the first by their names; None where the run has none."""
    return next(iter(complete(run)), None)


def mechanisms(subsets: Subsets) -> frozenset[str]:
    """All the mechanisms of a split."""
    return max(subsets, key=len)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    sets = complete(lab.facts)
    if not sets:
        return
    at = {name: place for place, name in enumerate(lab.facts.names)}
    for name, counts in counts_of(lab).items():
        for subsets in sets:
            by_lacks = {lacks: counts[:, at[world]] for lacks, world in subsets.items()}
            for mechanism in sorted(mechanisms(subsets)):
                yield from _rows(lab, name, subsets[mechanisms(subsets)], mechanism, by_lacks)


def weighted(by_lacks: dict[frozenset[str], Int64s], mechanism: str) -> Int64s:
    """A mechanism's Shapley value [units], times the factorial of the number of mechanisms so that it is whole.

    ``by_lacks`` holds the count of each world by the mechanisms that it lacks.
    """
    count = len(max(by_lacks, key=len))
    found = np.zeros_like(by_lacks[frozenset()])
    for lacks, without in by_lacks.items():
        if mechanism in lacks:
            there = count - len(lacks)
            found += factorial(there) * factorial(count - there - 1) * (by_lacks[lacks - {mechanism}] - without)
    return found


def _rows(lab: Lab, name: str, against: str, mechanism: str, by_lacks: dict[frozenset[str], Int64s]) -> Iterator[Row]:
    """A mechanism's part and share of what the focus has more than ``against``, the world without all mechanisms."""
    everything = max(by_lacks, key=len)
    orders = factorial(len(everything))
    part, more = weighted(by_lacks, mechanism), by_lacks[frozenset()] - by_lacks[everything]
    focus, cells, people = lab.facts.focus, (Cell(item=mechanism),), population(lab, (Cell(),), WHAT[name][3])
    parts = np.stack([part[:, None], people * orders])
    scale = per_year(lab, cells) / (YEAR_WEEKS if name.endswith("_years") else 1)
    found = estimate(parts, rate, scale, lab.by_replicate, signed=True, counted="clustered")
    yield from rows_of(f"shapley_{name}", focus, against, cells, found, parts)
    sure = estimate(np.stack([more[:, None], people]), rate, 1.0, lab.by_replicate, signed=True, counted="clustered")
    parts = np.stack([part, more * orders])[:, :, None]
    found = estimate(parts, rate, 100.0, lab.by_replicate, signed=True, counted="clustered")
    for row in rows_of(f"shapley_{name}_share", focus, against, cells, found, parts):
        yield row if sure.low[0] > 0 else not_given(row, UNSURE)
