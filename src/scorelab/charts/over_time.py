"""The worlds over time."""

import json
from typing import Any

from scorelab.charts.numbers import two_figures
from scorelab.charts.register import chart, world_colours
from scorelab.charts.render import Chart
from scorelab.charts.theme import colour, spec
from scorelab.measures.lab import PERIOD_WEEKS, YEAR_WEEKS, Facts
from scorelab.measures.table import Measures, Row

HEIGHT = 280
ROOM = 205
"""Most pixels that a line's label at the right may take."""
STEP_WEEKS = 4


def _lines(run: Facts, rows: list[Row], week_of: dict[int, float]) -> list[dict[str, Any]]:
    title = {world.name: world.title for world in run.shown}
    return [
        {
            "world": title[row.world],
            "year": week_of[row.period] / YEAR_WEEKS,
            "value": row.value,
            "low": row.chance_low,
            "high": row.chance_high,
            "focus": row.world == run.focus,
        }
        for row in rows
        if row.period in week_of and row.value is not None and row.world in title
    ]


def _spread(ends: list[tuple[str, float]], top: float) -> dict[str, float]:
    """Heights of the labels at the lines' ends, moved apart where they would cover one another, first up, then down."""
    gap = top * 16 / HEIGHT
    order = sorted(ends, key=lambda end: end[1])
    heights: list[float] = []
    for _, value in order:
        heights.append(max(value, heights[-1] + gap) if heights else value)
    roof = top
    for number in range(len(heights) - 1, -1, -1):
        heights[number] = min(heights[number], roof)
        roof = heights[number] - gap
    return {name: height for (name, _), height in zip(order, heights, strict=True)}


def lines(run: Facts, data: list[dict[str, Any]], y_title: str, dashed: str | None = None) -> dict[str, Any]:
    """Lines over the run with their names at their ends, and the focus's interval as a band; y begins at 0."""
    colours = {world.title: world_colours(run)[world.name] for world in run.shown}
    shown = list(dict.fromkeys(str(point["world"]) for point in data))
    last = {name: [point for point in data if point["world"] == name][-1] for name in shown}
    top = max([float(point["high"] or point["value"]) for point in data] + [1e-9]) * 1.05
    heights = _spread([(name, float(last[name]["value"])) for name in shown], top)
    years = run.weeks / YEAR_WEEKS
    labels = [
        {"world": name, "year": max(float(point["year"]) for point in data), "value": height}
        for name, height in heights.items()
    ]
    x = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [0, years], "nice": False},
        "axis": {"title": "years since the start", "grid": False, "tickMinStep": 1, "format": "~g", "tickCount": 8},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": True},
        "axis": {"title": y_title, "tickCount": 5},
    }
    paint = colour("world", shown, [colours[name] for name in shown], legend=False)
    band: dict[str, Any] = {
        "transform": [{"filter": "datum.focus && isValid(datum.low)"}],
        "mark": {"type": "area", "opacity": 0.16},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "color": paint},
    }
    line: dict[str, Any] = {
        "mark": {"type": "line", "clip": True},
        "encoding": {
            "x": x,
            "y": y,
            "color": paint,
            "strokeWidth": {"condition": {"test": "datum.focus", "value": 3}, "value": 1.75},
            "strokeDash": {
                "condition": {"test": f"datum.world === {json.dumps(dashed)}", "value": [5, 3]},
                "value": [1, 0],
            },
        },
    }
    end: dict[str, Any] = {
        "data": {"values": labels},
        "mark": {"type": "text", "align": "left", "dx": 6, "dy": -3, "fontWeight": "bold", "limit": ROOM},
        "encoding": {"x": x, "y": y, "color": paint, "text": {"field": "world"}},
    }
    above = {**line, "transform": [{"filter": "datum.focus"}]}
    layers = [band, line, above, end]
    room = {"left": 4, "right": 10, "top": 22, "bottom": 4}
    return spec(data, layers, HEIGHT, padding=room, usermeta={"names": "at the lines' ends"})


def _ends(data: list[dict[str, Any]]) -> str:
    shown = list(dict.fromkeys(str(point["world"]) for point in data))
    parts = [f"{name} {two_figures([float(p['value']) for p in data if p['world'] == name][-1])}" for name in shown]
    return "At the end: " + ", ".join(parts) + "."


@chart("listed")
def listed(run: Facts, measures: Measures) -> Chart | None:
    """Persons on a list, world by world, every fourth week."""
    weeks = {week: week + 1.0 for week in range(run.weeks) if (week + 1) % STEP_WEEKS == 0 or week == run.weeks - 1}
    data = _lines(run, measures.where("listed", against=None), weeks)
    if not any(point["value"] for point in data):
        return None
    return Chart(
        "listed",
        "Persons on a list",
        "per 100,000 adults, at the end of every fourth week; the band is the 95 % interval of chance",
        f"Lines over {run.weeks} weeks. {_ends(data)}",
        lines(run, data, "per 100,000 adults"),
    )


@chart("denials")
def denials(run: Facts, measures: Measures) -> Chart | None:
    """Denials, world by world, every 13 weeks."""
    middles = {
        period: (period * PERIOD_WEEKS + min(run.weeks, (period + 1) * PERIOD_WEEKS)) / 2
        for period in range(run.periods)
    }
    rows = [row for row in measures.where("needs_denied", against=None, item=None) if row.period is not None]
    data = _lines(run, rows, middles)
    if not any(point["value"] for point in data) or run.periods < 2:
        return None
    return Chart(
        "denials",
        "Denials",
        "per 100,000 adults and year, in each 13 weeks; the band is the 95 % interval of chance",
        f"Lines over {run.weeks} weeks. {_ends(data)}",
        lines(run, data, "per 100,000 adults and year"),
    )
