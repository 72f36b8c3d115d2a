"""What a disparity of two groups owes to sources that treat groups differently: the ratio beside that without it."""

from collections.abc import Iterator

import numpy as np

from scorelab.measures.cube import Int64s, not_given, rows_of
from scorelab.measures.disparity import FEW_PERSONS, Counted, bases, contrasts, side
from scorelab.measures.flow import BETWEEN
from scorelab.measures.interval import SMALLEST_CELL, Floats, Statistic, estimate, ratio
from scorelab.measures.lab import Lab
from scorelab.measures.persons import persons_cube
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Cell, Row
from scorelab.words import Switch

SPLIT = frozenset({Switch.unequal_exposure.value, Switch.unequal_error.value, Switch.selection.value})
"""Switches by which sources treat groups alike."""
_ITEM = f"the measure{BETWEEN}what the other world lacks{BETWEEN}first group to second group"
_WHOLE_WORLDS = (
    "It compares whole worlds, so it contains what people do about it; the parts of several switches need not add up.",
    "Factors by age stay, and so do consequences, which the language of schemes cannot set by group.",
)

register(
    Measure(
        "disparity_without",
        "disparity",
        "Ratio of two groups where sources treat them alike",
        "What the ratio of two groups is in the world that is this one but for sources that see, mistake or select some"
        " groups more than others: the part that is left rests on what is assumed about behaviour and needs.",
        "the measure's ratio of the two groups in the world against",
        "times",
        item=_ITEM,
        caveats=(
            "What is left is assumed behaviour and needs, and what the society says of exposures; read it beside the"
            " same measure's ratio in this world.",
            *_WHOLE_WORLDS,
        ),
        interval="ratio",
    ),
    Measure(
        "disparity_by_treatment",
        "disparity",
        "Ratio of two groups, over that where sources treat them alike",
        "How many times the ratio of two groups is what it would be if sources saw, mistook or selected all groups"
        " alike.",
        "the measure's ratio of the two groups in this world / in the world against",
        "times",
        item=_ITEM,
        caveats=_WHOLE_WORLDS,
        interval="ratio",
    ),
)


def _there(totals: Floats) -> Floats:
    """The ratio in the other world, of eight parts."""
    return ratio(totals[4:])


def _here_over_there(totals: Floats) -> Floats:
    return np.asarray(ratio(totals[:4]) / ratio(totals[4:]))


_STATISTICS: dict[str, Statistic] = {"disparity_without": _there, "disparity_by_treatment": _here_over_there}


def _siblings(lab: Lab) -> Iterator[tuple[str, str, str]]:
    """World, the world that it is but for equal treatment, and what that lacks."""
    for world in lab.facts.names:
        for other, lacks in lab.facts.siblings(world).items():
            if set(lacks) <= SPLIT:
                yield world, other, " + ".join(lacks)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family; a run without such a sibling has none."""
    siblings = list(_siblings(lab))
    if not siblings:
        return
    for name, counted in bases(lab):
        for contrast in contrasts(lab):
            sides = [side(counted, contrast.column, values) for values in (contrast.first, contrast.second)]
            for world, other, lacks in siblings:
                worlds = [lab.facts.names.index(one) for one in (world, other)]
                cell = (Cell(item=BETWEEN.join((name, lacks, contrast.item))),)
                enough = _enough(lab, counted, sides, worlds)
                for measure, statistic in _STATISTICS.items():
                    with np.errstate(divide="ignore", invalid="ignore"):
                        found = estimate(
                            _parts(counted, sides, worlds), statistic, 1.0, lab.by_replicate, logarithmic=True
                        )
                    for row in rows_of(measure, world, other, cell, found):
                        yield row if enough else not_given(row._replace(value=0.0), FEW_PERSONS)


def _parts(counted: Counted, sides: list[list[int]], worlds: list[int]) -> Int64s:
    """What is counted and among whom, of both sides, here and there [8, units, 1]."""
    tables = [(w, side, table) for w in worlds for side in sides for table in (counted.top, counted.below)]
    return np.stack([table[:, w, side].sum(axis=1) for w, side, table in tables])[:, :, None]


def _enough(lab: Lab, counted: Counted, sides: list[list[int]], worlds: list[int]) -> bool:
    """Whether enough different persons stand behind each side in both worlds."""
    found = persons_cube(lab)
    persons = found.counts[counted.who].sum(axis=0)
    where = [[found.cells.index(counted.cells[k]) for k in side] for side in sides]
    return all(persons[w, cells].sum() >= SMALLEST_CELL for w in worlds for cells in where)
