"""Acts prevented and provoked, with the net and the floor of noise."""

import json
from typing import Any

from scorelab.charts.numbers import two_figures, with_interval
from scorelab.charts.over_time import lie_together, lines
from scorelab.charts.register import chart
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, INK, LINES, QUIET, VERMILLION, label, spec
from scorelab.measures.lab import PERIOD_WEEKS, YEAR_WEEKS, Facts
from scorelab.measures.table import Cell, Measures

_KINDS = {"prevented": BLUE, "provoked": VERMILLION}
WORDS = {
    "prevented": ("prevented", BLUE),
    "provoked": ("provoked", VERMILLION),
    "net": ("net, with its 95 % interval", INK),
    "noise": ("noise: the placebo's", "#b9b4a8"),
}


def behaviours(run: Facts, measures: Measures) -> list[str]:
    """Behaviours that a source of the focus watches or that change, the unlawful ones first."""
    order = {"unlawful": 0, "lawful": 1, "prosocial": 2}
    compared = set()
    changed = set()
    for kind in _KINDS:
        for row in measures.where(f"acts_{kind}_share", world=run.focus, against=run.against):
            if row.item in run.standing and row.value is not None:
                compared.add(str(row.item))
                changed |= {str(row.item)} if row.value else set()
    schemes = run.world(run.focus).left.schemes
    watched = {name for scheme in schemes for source in scheme.sources.values() for name in source.watches}
    return sorted(compared & (watched | changed), key=lambda name: (order[run.standing[name]], name))


def _data(run: Facts, measures: Measures) -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = []
    for name in behaviours(run, measures):
        cell = Cell(item=name)
        for kind, sign in (("prevented", 1.0), ("provoked", -1.0)):
            row = measures.one(f"acts_{kind}_share", run.focus, run.against, cell)
            if row is not None and row.value is not None:
                data.append({"row": label(run.said(name)), "kind": kind, "value": sign * row.value, "size": row.value})
        net = measures.one("acts_net_share", run.focus, run.against, cell)
        if net is not None and net.value is not None:
            data.append(
                {
                    "row": label(run.said(name)),
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
                data.append({"row": label(run.said(name)), "kind": "noise", "low": -sizes[1], "high": sizes[0]})
    return data


def _layers(data: list[dict[str, Any]], rows: list[str]) -> list[dict[str, Any]]:
    """Bars to both sides, the net with its interval on them, the noise as a thin bar, and a line at zero."""
    y: dict[str, Any] = {
        "field": "row",
        "type": "nominal",
        "sort": rows,
        "scale": {"domain": rows, "padding": 0.35},
        "axis": {"title": None, "labelPadding": 8, "grid": False, "labelExpr": LINES},
    }
    axis = {"title": "← provoked  ·  of 100 acts  ·  prevented →", "labelExpr": "abs(datum.value)", "tickCount": 7}
    x: dict[str, Any] = {"field": "value", "type": "quantitative", "scale": {"zero": True}, "axis": axis}
    shown = {kind: words for kind, words in WORDS.items() if any(one["kind"] == kind for one in data)}
    said = json.dumps({kind: words for kind, (words, _) in shown.items()})
    paint = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": list(shown), "range": [colour for _, colour in shown.values()]},
        "legend": {"labelExpr": f"{said}[datum.label]", "columns": 4},
    }
    whole = {"x": x, "y": y, "color": paint}
    ends = {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": paint}
    return [
        _layer("datum.kind == 'prevented' || datum.kind == 'provoked'", {"type": "bar"}, whole),
        _layer("datum.kind == 'noise'", {"type": "bar", "height": 5}, ends),
        _layer("datum.kind == 'net' && isValid(datum.low)", {"type": "rule", "strokeWidth": 2}, ends),
        _layer("datum.kind == 'net'", {"type": "point", "filled": True, "size": 70, "opacity": 1}, whole),
        {"data": {"values": [{}]}, "mark": {"type": "rule", "color": QUIET}, "encoding": {"x": {"datum": 0}}},
    ]


@chart("conduct")
def conduct(run: Facts, measures: Measures) -> Chart | None:
    """Of 100 acts without the scheme: how many are prevented, how many provoked, and the net."""
    data = _data(run, measures)
    if not any(one.get("size") for one in data):
        return None
    rows = list(dict.fromkeys(str(one["row"]) for one in data))
    against = run.world(run.against).title
    net = [one for one in data if one["kind"] == "net"]
    alt = "; ".join(
        f"{' '.join(one['row'].split())}: net {with_interval(one['value'], one['low'], one['high'])} fewer of 100"
        for one in net
    )
    return Chart(
        "conduct",
        "Acts prevented and provoked",
        f"of 100 acts in the world “{against}”; “{run.world(run.focus).title}”, whole run",
        alt + ".",
        spec(data, _layers(data, rows), 38 * len(rows) + 10),
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
        "How far other worlds are from this one: denials in only one of the two",
        f"“{run.world(run.focus).title}” against each other world that has a scheme, either way; the dashed line is the"
        f" floor that chance alone makes{lie_together(data)}",
        f"Over the whole run, per 100,000 persons and year: {alt}.",
        lines(run, data, "per 100,000 persons and year", run.world(run.placebo).title),
    )
