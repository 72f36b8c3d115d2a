"""How pictures look: one palette that colour-blind readers can tell apart, one font, honest axes."""

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
SPARE = (PURPLE, SKY, ORANGE)
WIDTH = 640
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
    """A layered picture in the part of Vega-Lite that versions 5 and 6 share."""
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


def colour(field: str, names: list[str], colours: list[str], *, legend: bool = True) -> dict[str, Any]:
    """A nominal colour scale with its words in a fixed order."""
    scale = {"domain": names, "range": colours}
    longest = max((len(name) for name in names), default=0)
    shown = {"columns": max(1, min(len(names), 84 // (longest + 4)))} if legend else None
    return {"field": field, "type": "nominal", "scale": scale, "legend": shown}
