"""Mechanisms' parts of the denials, which add up, beside what falls away without each by itself, which does not."""

from typing import Any

from scorelab.charts.ablation import lacks
from scorelab.charts.dots import dots, point
from scorelab.charts.numbers import with_interval
from scorelab.charts.register import chart
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, ORANGE, label
from scorelab.measures.ablation import said
from scorelab.measures.lab import Facts
from scorelab.measures.shapley import mechanisms, split
from scorelab.measures.table import Cell, Measures

PART, ALONE = "its part, all parts adding up", "what falls away without it alone"
TOGETHER = label("all together")


def _row(mechanism: str) -> str:
    words = lacks(mechanism)
    return label(f"{words[0].upper()}{words[1:]}")


def order(run: Facts, measures: Measures, against: str) -> list[str]:
    """The mechanisms of the split whose all-off world is ``against``, the largest part of the denials first."""
    rows = measures.where("shapley_denials", world=run.focus, against=against)
    value = {str(row.item): row.value or 0.0 for row in rows}
    return sorted(value, key=lambda item: (-value[item], item))


@chart("shapley")
def shapley(run: Facts, measures: Measures) -> Chart | None:
    """Denials: each mechanism's part, what falls away without it, and what all of them are together."""
    subsets = split(run)
    if subsets is None:
        return None
    everything = subsets[mechanisms(subsets)]
    names = order(run, measures, everything)
    whole = said(tuple(sorted(mechanisms(subsets))))
    wanted = [(_row(name), PART, "shapley_denials", everything, name) for name in names]
    wanted += [(_row(name), ALONE, "without_denials", subsets[frozenset({name})], name) for name in names]
    wanted += [(TOGETHER, PART, "without_denials", everything, whole)]
    data: list[dict[str, Any]] = []
    for row, kind, measure, against, item in wanted:
        found = measures.one(measure, run.focus, against, Cell(item=item))
        shown = point(found, row=row, kind=kind) if found is not None else None
        data += [shown] if shown else []
    if not any(one["value"] for one in data):
        return None
    alt = "; ".join(
        f"{' '.join(one['row'].split())}, {one['kind']}: {with_interval(one['value'], one['low'], one['high'])}"
        for one in data
    )
    lines = "; lines are 95 % intervals of chance" if any(one["low"] is not None for one in data) else ""
    return Chart(
        "shapley",
        "Mechanisms' parts of the denials",
        f"what “{run.world(run.focus).title}” has more than “{run.world(everything).title}”; below zero, there are"
        f" fewer denials for it{lines}",
        f"{alt[0].upper()}{alt[1:]}.",
        dots(
            data,
            [*map(_row, names), TOGETHER],
            {PART: BLUE, ALONE: ORANGE},
            "needs denied per 100,000 persons and year",
        ),
    )
