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
SAME_PIXELS = 2.5
"""Lines that are never further apart than this look like one."""


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


def _top(data: list[dict[str, Any]]) -> float:
    return max([float(point["high"] or point["value"]) for point in data] + [1e-9]) * 1.05


def alike(data: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Worlds whose lines cannot be told apart in the picture, each group under its most important one.

    The focus comes first where the data say which world it is, then the order of the data.
    """
    near = _top(data) * SAME_PIXELS / HEIGHT
    courses: dict[str, dict[float, float]] = {}
    for point in sorted(data, key=lambda point: not point["focus"]):
        courses.setdefault(str(point["world"]), {})[float(point["year"])] = float(point["value"])
    found: dict[str, list[str]] = {}
    for name, course in courses.items():
        for leader in found:
            other = courses[leader]
            if other.keys() == course.keys() and all(abs(other[at] - value) <= near for at, value in course.items()):
                found[leader].append(name)
                break
        else:
            found[name] = []
    return found


def lie_together(data: list[dict[str, Any]]) -> str:
    """What a reader has to know about lines that lie on one another, to go after a subtitle; or nothing."""
    said = [
        f"the line of “{leader}” covers " + ", ".join(f"“{name}”" for name in others)
        for leader, others in alike(data).items()
        if others
    ]
    return "".join(f"; {one} (no difference to be seen at this scale)" for one in said)


def lines(run: Facts, data: list[dict[str, Any]], y_title: str, dashed: str | None = None) -> dict[str, Any]:
    """Lines over the run with their names at their ends, and the focus's interval as a band; y begins at 0."""
    colours = {world.title: world_colours(run)[world.name] for world in run.shown}
    shown = list(dict.fromkeys(str(point["world"]) for point in data))
    last = {name: [point for point in data if point["world"] == name][-1] for name in shown}
    top = _top(data)
    groups = alike(data)
    heights = _spread([(name, float(last[name]["value"])) for name in groups], top)
    years = run.weeks / YEAR_WEEKS
    labels = [
        {
            "world": name,
            "label": name + (f" and {len(groups[name])} more" if groups[name] else ""),
            "year": max(float(point["year"]) for point in data),
            "value": height,
        }
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
        "encoding": {"x": x, "y": y, "color": paint, "text": {"field": "label"}},
    }
    above = {**line, "transform": [{"filter": "datum.focus"}]}
    layers = [band, line, above, end]
    room = {"left": 4, "right": 10, "top": 22, "bottom": 4}
    return spec(data, layers, HEIGHT, padding=room, usermeta={"names": "at the lines' ends"})


BAND = "; the band is the 95 % interval of chance"


def _banded(data: list[dict[str, Any]]) -> bool:
    return any(point["focus"] and point["low"] is not None for point in data)


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
        f"per 100,000 adults, at the end of every fourth week{BAND if _banded(data) else ''}{lie_together(data)}",
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
        f"per 100,000 persons and year, in each 13 weeks{BAND if _banded(data) else ''}{lie_together(data)}",
        f"Lines over {run.weeks} weeks. {_ends(data)}",
        lines(run, data, "per 100,000 persons and year"),
    )
