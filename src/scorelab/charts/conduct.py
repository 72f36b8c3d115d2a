"""Acts prevented and provoked, with the net and the floor of noise."""

import json
from typing import Any

from scorelab.charts.numbers import two_figures, with_interval
from scorelab.charts.over_time import lie_together, lines
from scorelab.charts.register import chart
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, INK, QUIET, VERMILLION, spec
from scorelab.measures.lab import PERIOD_WEEKS, YEAR_WEEKS, Facts
from scorelab.measures.table import Cell, Measures

_KINDS = {"prevented": BLUE, "provoked": VERMILLION}


def behaviours(run: Facts, measures: Measures) -> list[str]:
    """Behaviours that the schemes of the focus speak of or that change, the unlawful ones first."""
    order = {"unlawful": 0, "lawful": 1, "prosocial": 2}
    changed = {
        str(row.item)
        for row in measures.where("acts_prevented_share", world=run.focus, against=run.against)
        if row.item in run.standing and row.value is not None
    }
    return sorted(changed, key=lambda name: (order[run.standing[name]], name))


def _data(run: Facts, measures: Measures) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = []
    for name in behaviours(run, measures):
        cell = Cell(item=name)
        for kind, sign in (("prevented", 1.0), ("provoked", -1.0)):
            row = measures.one(f"acts_{kind}_share", run.focus, run.against, cell)
            if row is not None and row.value is not None:
                data.append({"row": run.said(name), "kind": kind, "value": sign * row.value, "size": row.value})
        net = measures.one("acts_net_share", run.focus, run.against, cell)
        if net is not None and net.value is not None:
            data.append(
                {
                    "row": run.said(name),
                    "kind": "net",
                    "value": net.value,
                    "low": net.chance_low,
                    "high": net.chance_high,
                }
            )
        if run.placebo is not None:
            floor = [measures.one(f"acts_{kind}_share", run.focus, run.placebo, cell) for kind in _KINDS]
            sizes = [row.value for row in floor if row is not None and row.value is not None]
            if len(sizes) == 2:
                data.append({"row": run.said(name), "kind": "noise", "low": -sizes[1], "high": sizes[0]})
    return data


@chart("conduct")
def conduct(run: Facts, measures: Measures) -> Chart | None:
    """Of 100 acts without the scheme: how many are prevented, how many provoked, and the net."""
    data = _data(run, measures)
    if not any(one.get("size") for one in data):
        return None
    rows = list(dict.fromkeys(str(one["row"]) for one in data))
    y: dict[str, Any] = {
        "field": "row",
        "type": "nominal",
        "sort": rows,
        "scale": {"domain": rows, "padding": 0.35},
        "axis": {"title": None, "labelPadding": 8, "grid": False},
    }
    x: dict[str, Any] = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": True},
        "axis": {
            "title": "← provoked  ·  of 100 acts  ·  prevented →",
            "labelExpr": "abs(datum.value)",
            "tickCount": 7,
        },
    }
    names = ["prevented", "provoked", "net", "noise"]
    said = ["prevented", "provoked", "net, with its 95 % interval", "noise: the placebo's"]
    paint = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": names, "range": [BLUE, VERMILLION, INK, "#b9b4a8"]},
        "legend": {"labelExpr": f"{json.dumps(dict(zip(names, said, strict=True)))}[datum.label]", "columns": 4},
    }
    layers: list[dict[str, Any]] = [
        _layer(
            "datum.kind == 'prevented' || datum.kind == 'provoked'", {"type": "bar"}, {"x": x, "y": y, "color": paint}
        ),
        _layer(
            "datum.kind == 'noise'",
            {"type": "bar", "height": 5},
            {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": paint},
        ),
        _layer(
            "datum.kind == 'net' && isValid(datum.low)",
            {"type": "rule", "strokeWidth": 2},
            {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": paint},
        ),
        _layer(
            "datum.kind == 'net'",
            {"type": "point", "filled": True, "size": 70, "opacity": 1},
            {"x": x, "y": y, "color": paint},
        ),
        {"data": {"values": [{}]}, "mark": {"type": "rule", "color": QUIET}, "encoding": {"x": {"datum": 0}}},
    ]
    against = run.world(run.against).title
    net = [one for one in data if one["kind"] == "net"]
    alt = "; ".join(
        f"{one['row']}: net {with_interval(one['value'], one['low'], one['high'])} fewer of 100" for one in net
    )
    return Chart(
        "conduct",
        "Acts prevented and provoked",
        f"of 100 acts in the world “{against}”; “{run.world(run.focus).title}”, whole run",
        alt + ".",
        spec(data, layers, 38 * len(rows) + 10),
    )


def _layer(test: str, mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    return {"transform": [{"filter": test}], "mark": mark, "encoding": encoding}


@chart("noise")
def noise(run: Facts, measures: Measures) -> Chart | None:
    """Denials that only one of two worlds has, over time, with the placebo's as the floor."""
    shown = {world.name for world in run.shown if world.schemes}
    data: list[dict[str, Any]] = []
    for row in measures.where("parted_denials", world=run.focus, item=None):
        if row.period is None or row.value is None or row.against is None or row.against not in shown:
            continue
        middle = (row.period * PERIOD_WEEKS + min(run.weeks, (row.period + 1) * PERIOD_WEEKS)) / 2
        data.append(
            {
                "world": run.world(row.against).title,
                "year": middle / YEAR_WEEKS,
                "value": row.value,
                "low": row.chance_low,
                "high": row.chance_high,
                "focus": False,
            }
        )
    if run.placebo is None or run.periods < 2 or not any(one["value"] for one in data):
        return None
    totals = [
        measures.one("parted_denials", run.focus, name) for name in run.names if name != run.focus and name in shown
    ]
    alt = "; ".join(
        f"{run.world(str(row.against)).title} {two_figures(row.value)}"
        for row in totals
        if row and row.value is not None
    )
    return Chart(
        "noise",
        "Denied in only one of two worlds",
        f"“{run.world(run.focus).title}” against each other world that has a scheme, either way; the dashed line is the"
        f" floor that chance alone makes{lie_together(data)}",
        f"Over the whole run, per 100,000 persons and year: {alt}.",
        lines(run, data, "per 100,000 persons and year", run.world(run.placebo).title),
    )
