"""Who was denied what, for whose record, and wrongly in which sense."""

from typing import Any

from scorelab.charts.dots import dots, point
from scorelab.charts.numbers import with_interval, written
from scorelab.charts.register import chart, world_colours
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, ORANGE, SKY, VERMILLION, colour, label, spec
from scorelab.measures.lab import Facts
from scorelab.measures.register import measure
from scorelab.measures.table import Cell, Measures

_PER = "per 100,000 persons and year"

MOST_SERVICES = 10
"""Services that one picture shows."""
READINGS = (
    "wrongful_tainted",
    "wrongful_pivotal",
    "wrongful_counterfactual",
    "wrongful_overdetermined",
    "wrongful_otherwise",
)
CAUSES = {"own true": BLUE, "own false": VERMILLION, "tie true": SKY, "tie false": ORANGE}
CAUSE_WORDS = {
    "own true": "own record, true",
    "own false": "own record, false",
    "tie true": "somebody else's record, true",
    "tie false": "somebody else's record, false",
}


def _bars_said(data: list[dict[str, Any]]) -> str:
    return "; lines are 95 % intervals of chance" if any(one["low"] is not None for one in data) else ""


def denied_services(run: Facts, measures: Measures) -> list[str]:
    """Services that were denied in some world, the most denied in the focus first."""
    rows = [
        row
        for row in measures.where("needs_denied", against=None, quintile=None, residence=None, age=None, sex=None)
        if row.item is not None and row.period is None and row.value
    ]
    top = {str(row.item): 0.0 for row in rows}
    for row in rows:
        if row.world == run.focus and row.value is not None:
            top[str(row.item)] = row.value
    return sorted(top, key=lambda name: (-top[name], name))


def _say(data: list[dict[str, Any]]) -> str:
    return (
        "; ".join(
            f"{' '.join(str(one['row']).split())} {with_interval(one['value'], one['low'], one['high'])}"
            for one in data
        )
        + "."
    )


@chart("denied-services")
def services(run: Facts, measures: Measures) -> Chart | None:
    """Denials by service and world."""
    names = denied_services(run, measures)[:MOST_SERVICES]
    more = f", the {MOST_SERVICES} most denied services" if len(denied_services(run, measures)) > len(names) else ""
    colours = {
        run.world(name).title: paint
        for name, paint in world_colours(run).items()
        if run.world(name) in run.shown and run.world(name).schemes
    }
    data = []
    for service in names:
        for world in run.shown:
            row = measures.one("needs_denied", world.name, None, Cell(item=service))
            found = point(row, row=label(run.said(service)), kind=world.title) if row and world.schemes else None
            data += [found] if found else []
    if not data:
        return None
    focus = run.world(run.focus).title
    return Chart(
        "denied-services",
        "Denials by service and world",
        f"{_PER}{more}{_bars_said(data)}",
        f"{focus}: {_say([one for one in data if one['kind'] == focus])}",
        dots(data, [label(run.said(name)) for name in names], colours, f"denials {_PER}"),
    )


@chart("causes")
def causes(run: Facts, measures: Measures) -> Chart | None:
    """Whose record closed the door, and whether it was true, in the focus world."""
    data = []
    for cause in CAUSES:
        row = measures.one("denials_by_cause", run.focus, None, Cell(item=cause))
        found = point(row, row=CAUSE_WORDS[cause], kind=cause) if row else None
        data += [found] if found else []
    if not any(one["value"] for one in data):
        return None
    return Chart(
        "causes",
        "Whose record closed the door",
        f"denials {_PER}, “{run.world(run.focus).title}”{_bars_said(data)}",
        _say(data),
        _bars(data, [CAUSE_WORDS[cause] for cause in CAUSES], CAUSES, f"denials {_PER}"),
    )


@chart("wrongful")
def wrongful(run: Facts, measures: Measures) -> Chart | None:
    """Denials that rest on error, in the readings of the word."""
    data = []
    for name in READINGS:
        row = measures.one(name, run.focus)
        found = point(row, row=measure(name).title, kind=name) if row else None
        data += [found] if found else []
    if not any(one["value"] for one in data):
        return None
    paints = {name: VERMILLION if name in READINGS[:3] else SKY for name in READINGS}
    return Chart(
        "wrongful",
        "Wrongful, in three readings",
        f"denials {_PER}, “{run.world(run.focus).title}”{_bars_said(data)}",
        _say(data),
        _bars(data, [one["row"] for one in data], paints, f"denials {_PER}"),
    )


def _bars(data: list[dict[str, Any]], rows: list[str], paints: dict[str, str], title: str) -> dict[str, Any]:
    """Horizontal bars from 0 with their intervals and their numbers."""
    for one in data:
        one["text"] = written(one["value"], one["low"], one["high"])[0]
        one["end"] = one["high"] if one["high"] is not None else one["value"]
    top = max(one["end"] for one in data) * 1.12
    x: dict[str, Any] = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": {"title": title, "tickCount": 6},
    }
    y: dict[str, Any] = {
        "field": "row",
        "type": "nominal",
        "sort": rows,
        "scale": {"domain": rows, "padding": 0.3},
        "axis": {"title": None, "labelPadding": 8, "grid": False},
    }
    paint = colour("kind", list(paints), list(paints.values()), legend=False)
    bar = {"mark": {"type": "bar"}, "encoding": {"x": x, "y": y, "color": paint}}
    line = {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "rule", "strokeWidth": 1.5, "color": "#1b1b1b"},
        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y},
    }
    text = {
        "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": "bold"},
        "encoding": {"x": {**x, "field": "end"}, "y": y, "text": {"field": "text"}},
    }
    return spec(data, [bar, line, text], 34 * len(rows))
