"""Pictures of two runs beside each other: two dots and what lies between them, and differences with their intervals."""

from collections.abc import Iterator, Sequence
from typing import Any

from scorelab.charts.dots import dots
from scorelab.charts.numbers import two_figures, with_interval
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, LINES, QUIET, VERMILLION, colour, label, spec
from scorelab.measures.beside import Beside

ROW = 30
Lines = Sequence[tuple[str, Beside]]
"""What each line of a picture is called, and its numbers."""


def pairs(name: str, title: str, unit: str, lines: Lines, sides: tuple[str, str]) -> Chart | None:
    """A line for each number, on it a dot for each run; None where neither run has any. ``sides`` name the runs."""
    data = list(_points(lines, sides))
    if not any(one["value"] for one in data):
        return None
    said = "; ".join(
        f"{words}: {_plain(row.value_a)} under A, {_plain(row.value_b)} under B"
        for words, row in lines
        if row.value_a is not None and row.value_b is not None
    )
    names = list(dict.fromkeys(str(one["row"]) for one in data))
    return Chart(name, title, unit, f"{said}.", _dumbbell(data, names, sides, unit))


def _points(lines: Lines, sides: tuple[str, str]) -> Iterator[dict[str, Any]]:
    for words, row in lines:
        for side, value, other in ((sides[0], row.value_a, row.value_b), (sides[1], row.value_b, row.value_a)):
            if value is not None:
                yield {"row": label(words), "kind": side, "value": value, "other": other}


def _plain(value: float | None) -> str:
    return "not given" if value is None else two_figures(value)


def _dumbbell(data: list[dict[str, Any]], rows: list[str], sides: tuple[str, str], title: str) -> dict[str, Any]:
    y: dict[str, Any] = {
        "field": "row",
        "type": "nominal",
        "sort": rows,
        "scale": {"domain": rows},
        "axis": {"title": None, "grid": False, "labelPadding": 8, "labelExpr": LINES},
    }
    x = {"field": "value", "type": "quantitative", "scale": {"zero": True}, "axis": {"title": title, "tickCount": 6}}
    paint = colour("kind", list(sides), [BLUE, VERMILLION])
    paint["legend"] = {"columns": 1}
    shape = {"field": "kind", "type": "nominal", "scale": {"domain": list(sides), "range": ["circle", "square"]}}
    tooltip = [
        {"field": "row", "title": " "},
        {"field": "kind", "title": " "},
        {"field": "value", "type": "quantitative", "format": ",.3~g", "title": "value"},
    ]
    between = {
        "transform": [{"filter": "isValid(datum.other)"}],
        "mark": {"type": "rule", "strokeWidth": 2, "color": QUIET, "opacity": 0.5},
        "encoding": {"y": y, "x": x, "x2": {"field": "other"}},
    }
    dot = {
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 1},
        "encoding": {"y": y, "x": x, "color": paint, "shape": shape, "tooltip": tooltip},
    }
    return spec(data, [between, dot], ROW * len(rows))


def differences(name: str, title: str, unit: str, lines: Lines) -> Chart | None:
    """A line for each difference with its interval, and where none would be; None where nothing differs."""
    data = [
        {"row": label(words), "kind": "A less B", "value": row.difference, "low": row.low, "high": row.high}
        for words, row in lines
        if row.difference is not None
    ]
    if not any(one["value"] for one in data):
        return None
    said = "; ".join(
        f"{words}: {with_interval(row.difference, row.low, row.high)}"
        for words, row in lines
        if row.difference is not None
    )
    bars = "; lines are 95 % intervals of chance" if any(one["low"] is not None for one in data) else ""
    names = list(dict.fromkeys(str(one["row"]) for one in data))
    picture = dots(data, names, {"A less B": BLUE}, f"A less B, {unit}")
    return Chart(name, title, f"A less B, {unit}{bars}; left of zero: fewer under A", f"{said}.", picture)
