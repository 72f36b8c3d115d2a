"""How pictures look: one palette that colour-blind readers can tell apart, one font, honest axes."""

import textwrap
from typing import Any

FONT = "Liberation Sans"
STACK = f"{FONT}, Arial, Helvetica, sans-serif"
"""vl-convert carries Liberation Sans, and Arial has the same widths, so that letters take the same room everywhere."""

INK = "#1b1b1b"
QUIET = "#5d5d5d"
RULE = "#d9d6cf"
# Okabe & Ito's palette, darkened where text is set in it.
BLUE, VERMILLION, GREEN, ORANGE, SKY, PURPLE, GREY = (
    "#005b96",
    "#c44e00",
    "#00795a",
    "#b07a00",
    "#3d96c9",
    "#a04e7d",
    "#6f6f6f",
)
BROWN = "#5b3a1a"
SPARE = (PURPLE, SKY, ORANGE, GREEN, VERMILLION, BROWN)
"""Colours of worlds that have none of their own, in the order in which they are given away."""
LOW, MIDDLE, HIGH = "#c44e00", "#dad4c6", "#005b96"
"""The ends and the middle of what has an order, such as grades."""
WIDTH = 640
LABEL = 34
"""Characters of a label that have room in one line beside a picture."""
LINES = "split(datum.label, '\\n')"
"""How an axis shows labels of several lines, as :func:`label` makes them."""
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

CONFIG: dict[str, Any] = {
    "font": STACK,
    "background": "#ffffff",
    "view": {"stroke": None},
    "axis": {
        "labelFont": STACK,
        "titleFont": STACK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": INK,
        "titleColor": QUIET,
        "gridColor": RULE,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "labelLimit": 220,
        "titlePadding": 8,
    },
    "axisY": {
        "domain": False,
        "ticks": False,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": 0,
        "titleY": -12,
        "titleBaseline": "bottom",
    },
    "header": {"labelFont": STACK, "labelFontSize": 13, "labelFontWeight": "bold", "labelColor": INK, "title": None},
    "legend": {
        "labelFont": STACK,
        "labelFontSize": 12,
        "titleFont": STACK,
        "symbolSize": 90,
        "orient": "top",
        "title": None,
        "direction": "horizontal",
        "offset": 6,
        "labelLimit": 300,
        "columns": 5,
        "symbolType": "circle",
        "symbolOpacity": 1,
    },
    "title": {
        "font": STACK,
        "subtitleFont": STACK,
        "fontSize": 16,
        "anchor": "start",
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": 12,
        "offset": 14,
    },
    "text": {"font": STACK, "fontSize": 12, "color": INK},
}


def spec(
    data: list[dict[str, Any]], layers: list[dict[str, Any]], height: int | dict[str, int], **more: Any
) -> dict[str, Any]:
    """A layered picture in the part of Vega-Lite that versions 5 and 6 share.

    A layer that draws intervals is left out where no datum has one: its scale would have no ends.
    """
    if not any(one.get("low") is not None for one in data):
        layers = [layer for layer in layers if not _of_intervals(layer)]
    return {
        "$schema": SCHEMA,
        "config": CONFIG,
        "width": WIDTH,
        "height": height,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"left": 4, "right": 10, "top": 8, "bottom": 4},
        "data": {"values": data},
        "layer": layers,
        **more,
    }


def _of_intervals(layer: dict[str, Any]) -> bool:
    """Whether a layer's place on an axis is the lower end of an interval."""
    encoding = layer.get("encoding", {})
    return any(encoding.get(axis, {}).get("field") == "low" for axis in ("x", "y"))


def label(words: str) -> str:
    """A label for an axis whose ``labelExpr`` is LINES, in two lines at most."""
    return "\n".join(textwrap.wrap(words, LABEL, max_lines=2, placeholder=" …")) or words


def colour(field: str, names: list[str], colours: list[str], *, legend: bool = True) -> dict[str, Any]:
    """A nominal colour scale with its words in a fixed order."""
    scale = {"domain": names, "range": colours}
    return {
        "field": field,
        "type": "nominal",
        "scale": scale,
        "legend": {"columns": columns(names)} if legend else None,
    }


def columns(names: list[str]) -> int:
    """Columns of a legend: as many as have room, and no line of it much shorter than the others."""
    longest = max((len(name) for name in names), default=0)
    most = max(1, min(len(names), 84 // (longest + 4)))
    return -(-len(names) // max(1, -(-len(names) // most)))


def ramp(count: int) -> list[str]:
    """So many colours from the lowest to the highest of something that has an order."""

    def between(one: str, other: str, part: float) -> str:
        channels = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
        return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in channels)

    places = [number / (count - 1) if count > 1 else 1.0 for number in range(count)]
    return [between(LOW, MIDDLE, 2 * at) if at < 0.5 else between(MIDDLE, HIGH, 2 * at - 1) for at in places]
