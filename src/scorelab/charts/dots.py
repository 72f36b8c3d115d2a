"""The dot with its interval: the picture of one number for each of several things."""

from typing import Any

from scorelab.charts.theme import LINES, QUIET, colour, spec
from scorelab.measures.table import Row

ROW = 26


def point(row: Row, /, **words: Any) -> dict[str, Any] | None:
    """A row of a measure as a datum, or None where its value is not given."""
    if row.value is None:
        return None
    return {**words, "value": row.value, "low": row.chance_low, "high": row.chance_high}


def dots(
    data: list[dict[str, Any]], rows: list[str], kinds: dict[str, str], title: str, *, apart: bool = True
) -> dict[str, Any]:
    """One line for each ``row``, in it one dot for each ``kind`` with its interval; zero is always on the axis.

    A row may have several lines (see theme). ``kinds`` gives each kind its colour; ``apart`` sets the kinds below one
    another.
    """
    many = apart and len(kinds) > 1
    height = (ROW if not many else 15 * len(kinds) + 12) * len(rows)
    # Dots alone stand on points, which have no breadth to leave free.
    banded = many or any(one["low"] is not None for one in data)
    room = {"paddingInner": 0.25} if banded else {}
    y: dict[str, Any] = {
        "field": "row",
        "type": "nominal",
        "sort": rows,
        "scale": {"domain": rows, **room},
        "axis": {"title": None, "grid": False, "labelPadding": 8, "labelExpr": LINES},
    }
    x = {"field": "value", "type": "quantitative", "scale": {"zero": True}, "axis": {"title": title, "tickCount": 6}}
    paint = colour("kind", list(kinds), list(kinds.values()), legend=len(kinds) > 1)
    common: dict[str, Any] = {"y": y, "color": paint}
    if many:
        common["yOffset"] = {"field": "kind", "type": "nominal", "sort": list(kinds), "scale": {"domain": list(kinds)}}
    tooltip = [
        {"field": "row", "title": " "},
        {"field": "kind", "title": " "},
        {"field": "value", "type": "quantitative", "format": ",.3~g", "title": "value"},
        {"field": "low", "type": "quantitative", "format": ",.3~g", "title": "from"},
        {"field": "high", "type": "quantitative", "format": ",.3~g", "title": "to"},
    ]
    line = {
        "transform": [{"filter": "isValid(datum.low)"}],
        "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.45},
        "encoding": {**common, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
    }
    dot = {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {**common, "x": x, "tooltip": tooltip},
    }
    layers: list[dict[str, Any]] = [line, dot]
    if any(one["value"] < 0 for one in data):
        layers.insert(
            1, {"data": {"values": [{}]}, "mark": {"type": "rule", "color": QUIET}, "encoding": {"x": {"datum": 0}}}
        )
    return spec(data, layers, height)
