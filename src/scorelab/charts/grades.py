"""Grades over time, and the sources that move the score."""

from typing import Any

from scorelab.charts.dots import dots, point
from scorelab.charts.numbers import two_figures, with_interval
from scorelab.charts.register import chart
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, VERMILLION, ramp, spec
from scorelab.measures.grades import first_grade
from scorelab.measures.lab import PERIOD_WEEKS, YEAR_WEEKS, Facts
from scorelab.measures.table import Cell, Measures

HEIGHT = 240


@chart("grades")
def grades(run: Facts, measures: Measures) -> Chart | None:
    """Of 100 persons with a score in the focus world, how many have which grade, every 13 weeks."""
    names = run.world(run.focus).grades
    data: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        for row in measures.where("grade_share", world=run.focus, item=name):
            if row.period is not None and row.value is not None:
                year = min(run.weeks, (row.period + 1) * PERIOD_WEEKS) / YEAR_WEEKS
                data.append({"grade": name, "order": number, "year": year, "value": row.value})
    if len({one["year"] for one in data}) < 2:
        return None
    data += _beginning(run, names)
    x = {
        "field": "year",
        "type": "quantitative",
        "scale": {"domain": [0, run.weeks / YEAR_WEEKS], "nice": False},
        "axis": {"title": "years since the start", "grid": False, "tickMinStep": 1, "format": "~g", "tickCount": 8},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "stack": "zero",
        "scale": {"domain": [0, 100]},
        "axis": {"title": None, "tickCount": 5},
    }
    paint = {
        "field": "grade",
        "type": "nominal",
        "scale": {"domain": list(names), "range": ramp(len(names))},
        "sort": list(names),
        "legend": {"columns": max(1, min(len(names), 6)), "symbolType": "square"},
    }
    area: dict[str, Any] = {
        "mark": {"type": "area", "stroke": "#ffffff", "strokeWidth": 0.75},
        "encoding": {"x": x, "y": y, "color": paint, "order": {"field": "order", "type": "quantitative"}},
    }
    last = max(one["year"] for one in data)
    end = "; ".join(f"{one['grade']} {two_figures(one['value'])}" for one in data if one["year"] == last)
    return Chart(
        "grades",
        "Grades over time",
        f"of 100 persons to whom the score applies, at the end of each 13 weeks, “{run.world(run.focus).title}”; the"
        f" lowest grade at the bottom{_joining(run)}",
        f"At the end of the run, of 100 persons: {end}.",
        spec(data, [area], HEIGHT),
    )


def _joining(run: Facts) -> str:
    """That shares can fall back where people come to the score later."""
    scheme = next(scheme for scheme in run.world(run.focus).left.schemes if scheme.score is not None)
    late = len(scheme.rollout) > 1 or scheme.opt_in is not None
    return "; whoever comes to the score later begins in the grade of its start" if late else ""


def _beginning(run: Facts, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Everybody begins in the grade of the start, where the score is in force from the first week on."""
    scheme = next(scheme for scheme in run.world(run.focus).left.schemes if scheme.score is not None)
    if scheme.rollout or run.week_of(scheme.in_force) > 0:
        return []
    first = first_grade(run.world(run.focus))
    return [
        {"grade": name, "order": number, "year": 0.0, "value": 100.0 if name == first else 0.0}
        for number, name in enumerate(names)
    ]


@chart("points")
def points(run: Facts, measures: Measures) -> Chart | None:
    """Of 100 points taken, and of 100 given, how many come from which source, in the focus world."""
    kinds = {"taken": ("of 100 points taken", VERMILLION), "given": ("of 100 points given", BLUE)}
    data: list[dict[str, Any]] = []
    for name, (words, _) in kinds.items():
        for row in measures.where(f"points_{name}_share", world=run.focus, against=None):
            found = point(row, row=run.said(str(row.item)), kind=words)
            data += [found] if found and found["value"] else []
    if not data:
        return None
    moved = {
        run.said(str(row.item)): row.value or 0.0
        for row in measures.where("points_moved_share", world=run.focus, against=None)
    }
    rows = sorted({str(one["row"]) for one in data}, key=lambda name: (-moved.get(name, 0.0), name))
    shown = {words: paint for words, paint in kinds.values() if any(one["kind"] == words for one in data)}
    taken = measures.one("points_taken", run.focus, None, Cell())
    many = f"; {two_figures(taken.value)} points a year are taken from 100 adults" if taken and taken.value else ""
    alt = "; ".join(
        f"{one['kind']}, {one['row']} {with_interval(one['value'], one['low'], one['high'])}" for one in data
    )
    return Chart(
        "points",
        "Where the points come from",
        f"points by the source whose record moved them, those along ties among them, “{run.world(run.focus).title}”"
        f"{many}",
        f"{alt[0].upper()}{alt[1:]}.",
        dots(data, rows, shown, "of 100 points", apart=False),
    )
