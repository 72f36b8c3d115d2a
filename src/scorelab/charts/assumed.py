"""How much the assumptions matter: the two intervals of each headline number, and which parameters move it."""

from typing import Any

from scorelab.charts.numbers import two_figures, with_interval
from scorelab.charts.register import chart
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, INK, LINES, QUIET, SKY, VERMILLION, colour, label, spec
from scorelab.measures import sensitivity
from scorelab.measures.lab import Facts
from scorelab.measures.sensitivity import HEADLINES, Headline
from scorelab.measures.table import Measures, Row

CHANCE, ASSUMPTIONS = "95 % interval of chance", "assumptions, drawn over their ranges"
RISES, FALLS = "the higher it is, the higher the number", "the higher it is, the lower the number"
TICKS = (0, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST = 5
_ROW = 34


def with_intervals(run: Facts, measures: Measures) -> list[tuple[Headline, Row]]:
    """The headline numbers of the focus that have an interval of assumptions."""
    found = []
    for headline in HEADLINES:
        row = sensitivity.row_of(measures, headline, run.focus, run.against)
        if row is not None and row.value is not None and row.assumed_low is not None and row.assumed_high is not None:
            found.append((headline, row))
    return found


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _y(rows: list[str]) -> dict[str, Any]:
    axis = {"title": None, "grid": False, "labelPadding": 8, "labelExpr": LINES}
    return {"field": "row", "type": "nominal", "sort": rows, "scale": {"domain": rows}, "axis": axis}


def _bars(found: list[tuple[Headline, Row]]) -> list[dict[str, Any]]:
    """One datum for each number and interval, in multiples of the run's own number."""
    data = []
    for headline, row in found:
        own = row.value or 0.0
        for kind, low, high in (
            (ASSUMPTIONS, row.assumed_low, row.assumed_high),
            (CHANCE, row.chance_low, row.chance_high),
        ):
            if low is not None and high is not None:
                ends = sorted((low / own, high / own))
                data.append({"row": label(headline.words), "kind": kind, "low": ends[0], "high": ends[1], "own": 1.0})
    return data


@chart("assumptions")
def assumptions(run: Facts, measures: Measures) -> Chart | None:
    """Each headline number with its wide interval of assumptions and its narrow one of chance."""
    found = [(headline, row) for headline, row in with_intervals(run, measures) if row.value]
    if not found:
        return None
    data = _bars(found)
    rows = [label(headline.words) for headline, _ in found]
    furthest = max(1.0, *(one["high"] for one in data))
    lowest = min(0.0, *(one["low"] for one in data))
    ticks = [tick for tick in TICKS if tick <= 1.1 * furthest]
    ticks = [-tick for tick in reversed(ticks) if tick and -tick >= 1.1 * lowest] + ticks
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"type": "symlog", "constant": 1, "domain": [1.1 * lowest, 1.1 * furthest], "nice": False},
        "axis": {"title": "times the run’s own number", "values": ticks, "format": ",.1~f"},
    }
    kinds = [ASSUMPTIONS, CHANCE]
    common = {"y": _y(rows), "color": colour("kind", kinds, [SKY, INK])}

    def bar(kind: str, width: int, opacity: float) -> dict[str, Any]:
        return {
            "transform": [{"filter": {"field": "kind", "equal": kind}}],
            "mark": {"type": "rule", "strokeWidth": width, "opacity": opacity},
            "encoding": {**common, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
        }

    own = {
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1, "color": INK},
        "encoding": {"y": _y(rows), "x": {**x, "field": "own"}},
    }
    alt = "; ".join(
        f"{headline.words} {with_interval(row.value or 0.0, row.chance_low, row.chance_high)} by chance, "
        f"{two_figures(row.assumed_low or 0.0)} to {two_figures(row.assumed_high or 0.0)} by assumptions"
        for headline, row in found
    )
    return Chart(
        "assumptions",
        "How far chance reaches, and how far the assumptions do",
        f"“{run.world(run.focus).title}”, each number in multiples of itself; the axis draws large multiples together",
        f"{alt[0].upper()}{alt[1:]}.",
        spec(data, [bar(ASSUMPTIONS, 14, 0.45), bar(CHANCE, 3, 1.0), own], _ROW * len(rows)),
    )


@chart("sensitivity")
def sensitivities(run: Facts, measures: Measures) -> Chart | None:  # noqa: ARG001
    """For each headline number the assumptions that are told apart from chance, the strongest first."""
    found = sensitivity.read(run.run_dir)
    data: list[dict[str, Any]] = []
    for headline in HEADLINES:
        for number, one in enumerate(sensitivity.told_apart(found, headline, MOST)):
            name = f"{headline.words}:" if number == 0 else ""
            row = label(one.words) + " " * len(data)  # equal words of two numbers are two rows
            kind = RISES if one.correlation > 0 else FALLS
            data.append({"row": row, "of": name, "value": one.correlation, "kind": kind, "said": one.words})
            data[-1]["headline"] = headline.words
    if not data:
        return None
    rows: list[str] = []
    for datum in data:
        rows += [datum["of"] + " " * len(rows)] if datum["of"] else []
        rows.append(datum["row"])
    least = max(one.threshold for one in found)
    x: dict[str, Any] = {
        "type": "quantitative",
        "scale": {"domain": [-1, 1]},
        "axis": {"title": "rank correlation over the draws", "tickCount": 5},
    }
    kinds = list(dict.fromkeys(datum["kind"] for datum in data))
    paint = colour("kind", kinds, [BLUE if kind == RISES else VERMILLION for kind in kinds])
    ends = {"mark": {"type": "rule", "color": QUIET, "strokeDash": [3, 3]}, "encoding": {"x": {**x, "field": "at"}}}
    bounds = {**ends, "data": {"values": [{"at": -least}, {"at": least}]}}
    zero = {"data": {"values": [{}]}, "mark": {"type": "rule", "color": QUIET}, "encoding": {"x": {"datum": 0}}}
    dot = {
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {"y": _y(rows), "x": {**x, "field": "value"}, "color": paint},
    }
    alt = "; ".join(f"{datum['headline']}, {datum['said']} {_signed(datum['value'])}" for datum in data)
    return Chart(
        "sensitivity",
        "Which assumptions matter",
        f"“{run.world(run.focus).title}”; of each number at most {MOST} assumptions beyond the dashed lines, which all"
        f" correlations of the study together pass by chance in {100 * sensitivity.FALSE_ALARM:.0f} of 100 studies",
        f"Rank correlations: {alt}.",
        spec(data, [zero, bounds, dot], _ROW * len(rows)),
    )
