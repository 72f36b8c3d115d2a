"""The flow of denials: from what was recorded, by whom, over the list or grade that bars, to the service lost."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from scorelab.charts.denied import CAUSE_WORDS, CAUSES
from scorelab.charts.numbers import two_figures
from scorelab.charts.register import chart
from scorelab.charts.render import Chart
from scorelab.charts.theme import INK, colour, spec
from scorelab.measures.flow import BETWEEN
from scorelab.measures.lab import Facts
from scorelab.measures.table import Measures

STAGES = ("what the record says", "who wrote it down", "what closed the door", "what was refused")
NOTHING = "nothing: a false record"
MOST = 7
"""Nodes of a stage that are shown by name; the others are one node together."""
TALL = 380
"""Pixels that all denials together are high."""
SLOT = 30
"""Pixels that a node has at least, so that labels of two lines do not meet."""
GAP = 7
HALF = 0.022
"""Half the width of a node, in stages."""
STEPS = 12
LETTERS = 25
WIDE, LEAST = 860, 780
"""Pixels of the picture where there is room, and where there is not: it can be moved sideways then."""


class Path(NamedTuple):
    """Denials that took the same way: one name a stage, whose record (as in CAUSES), and how many of all."""

    nodes: tuple[str, ...]
    cause: str
    size: int


class _Bands(NamedTuple):
    """Bands, one row each, and the points of their edges, which name them by number."""

    said: list[dict[str, Any]]
    points: list[dict[str, Any]]


class _Place(NamedTuple):
    top: float
    height: float
    middle: float


def paths(run: Facts, measures: Measures) -> list[Path]:
    """The ways of all denials in the focus world, the widest first, in words."""
    found: Counter[tuple[tuple[str, ...], str]] = Counter()
    for row in measures.where("denials_flow", world=run.focus):
        if not row.numerator:
            continue
        behaviour, source, status, service, cause = str(row.item).split(BETWEEN)
        said = NOTHING if cause.endswith("false") else run.said(behaviour)
        found[(said, run.said(source), run.said(status), run.said(service)), cause] += row.numerator
    return [Path(nodes, cause, size) for (nodes, cause), size in found.most_common()]


def _named(found: Sequence[Path]) -> list[Path]:
    """The same with the small nodes of each stage made one."""
    names: list[dict[str, str]] = []
    for stage in range(len(STAGES)):
        sizes = Counter[str]()
        for path in found:
            sizes[path.nodes[stage]] += path.size
        order = [name for name, _ in sizes.most_common()]
        small = order[MOST:] if len(order) > MOST + 1 else []
        names.append({name: f"{len(small)} others" if name in small else name for name in order})
    return [path._replace(nodes=tuple(names[i][node] for i, node in enumerate(path.nodes))) for path in found]


def _placed(sizes: Counter[str], total: int) -> dict[str, _Place]:
    """Where the nodes of one stage stand, the largest on top and what is left over last."""
    places: dict[str, _Place] = {}
    at = 0.0
    for name in sorted(sizes, key=lambda name: (name.endswith(" others"), -sizes[name], name)):
        height = TALL * sizes[name] / total
        slot = max(height, SLOT)
        places[name] = _Place(at + (slot - height) / 2, height, at + slot / 2)
        at += slot + GAP
    return places


def _add(bands: _Bands, found: Sequence[Path], stage: int, places: Sequence[dict[str, _Place]]) -> None:
    """Add the bands between a stage and the next; those of a node lie in the order of where they lead."""
    here, there = places[stage], places[stage + 1]
    sizes = Counter[tuple[str, str, str]]()
    for path in found:
        sizes[path.nodes[stage], path.nodes[stage + 1], path.cause] += path.size
    total = sum(sizes.values())
    causes = list(CAUSES)
    begin: dict[tuple[str, str, str], float] = {}
    used = {name: place.top for name, place in here.items()}
    for key in sorted(sizes, key=lambda key: (there[key[1]].top, causes.index(key[2]))):
        begin[key] = used[key[0]]
        used[key[0]] += TALL * sizes[key] / total
    used = {name: place.top for name, place in there.items()}
    for key in sorted(sizes, key=lambda key: (here[key[0]].top, causes.index(key[2]))):
        thick, number = TALL * sizes[key] / total, len(bands.said)
        said = {"from": key[0], "to": key[1], "cause": CAUSE_WORDS[key[2]]}
        bands.said.append({"band": number, **said, "of100": round(100.0 * sizes[key] / total, 2)})
        for step in range(STEPS + 1):
            part = step / STEPS
            y = begin[key] + (used[key[1]] - begin[key]) * part * part * (3.0 - 2.0 * part)
            x = round(stage + HALF + (1 - 2 * HALF) * part, 3)
            bands.points.append({"band": number, "x": x, "y": round(y, 1), "y2": round(y + thick, 1)})
        used[key[1]] += thick


def _label(name: str, share: float) -> str:
    lines = textwrap.wrap(name, LETTERS, max_lines=2, placeholder=" …")
    return "\n".join([f"{two_figures(share)} · {lines[0]}", *lines[1:]])


def _nodes(stage: int, sizes: Counter[str], places: dict[str, _Place]) -> Iterable[dict[str, Any]]:
    total = sum(sizes.values())
    side = "left" if stage == 0 else "right" if stage == len(STAGES) - 1 else "inside"
    for name, place in places.items():
        yield {
            "node": name,
            "label": _label(name, 100.0 * sizes[name] / total),
            "side": side,
            "of100": round(100.0 * sizes[name] / total, 2),
            "x": stage - HALF,
            "x2": stage + HALF,
            "at": stage - 2 * HALF if side == "left" else stage + 2 * HALF,
            "y": round(place.top, 2),
            "y2": round(place.top + place.height, 2),
            "middle": round(place.middle, 2),
        }


@chart("flow")
def flow(run: Facts, measures: Measures) -> Chart | None:
    """The flow behaviour, source, list or grade, service, of all denials in the focus world."""
    found = paths(run, measures)
    if not found:
        return None
    known = _named(found)
    total = sum(path.size for path in known)
    sizes = [Counter[str]() for _ in STAGES]
    for path in known:
        for stage, node in enumerate(path.nodes):
            sizes[stage][node] += path.size
    places = [_placed(one, total) for one in sizes]
    height = round(max(max(place.middle + max(place.height, SLOT) / 2 for place in one.values()) for one in places))
    nodes = [node for stage in range(len(STAGES)) for node in _nodes(stage, sizes[stage], places[stage])]
    bands = _Bands([], [])
    for stage in range(len(STAGES) - 1):
        _add(bands, known, stage, places)
    return Chart(
        "flow",
        "From the record to the service lost",
        f"of 100 denials, “{run.world(run.focus).title}”; a band is as wide as the denials that it stands for, its"
        " colour says whose record it was and whether it is true",
        _say(found),
        _drawing(nodes, bands, height, [cause for cause in CAUSES if any(path.cause == cause for path in found)]),
    )


def _say(found: Sequence[Path]) -> str:
    total = sum(path.size for path in found)
    ways = [
        f"{two_figures(100.0 * path.size / total)} of 100 denials go from {path.nodes[0]} over {path.nodes[1]} and"
        f" {path.nodes[2]} to {path.nodes[3]} ({CAUSE_WORDS[path.cause]})"
        for path in found[:4]
    ]
    return "; ".join(ways) + "."


def _drawing(nodes: list[dict[str, Any]], bands: _Bands, height: int, causes: list[str]) -> dict[str, Any]:
    """The picture: bands below, nodes and their labels above; it is not made narrower than its labels allow."""
    edge = 1.02
    head = {"orient": "top", "values": list(range(len(STAGES))), "title": None, "grid": False, "domain": False}
    words = {"labelExpr": f"{list(STAGES)}[datum.value]", "labelFontWeight": "bold", "labelPadding": 8, "ticks": False}
    place = {"type": "quantitative", "scale": {"domain": [0, height], "nice": False, "reverse": True}, "axis": None}
    scale = {"domain": [-edge, len(STAGES) - 1 + edge], "nice": False}
    axes = {
        "x": {"field": "x", "type": "quantitative", "scale": scale, "axis": {**head, **words}},
        "y": {"field": "y", **place},
    }
    paint = colour("cause", [CAUSE_WORDS[cause] for cause in causes], [CAUSES[cause] for cause in causes])
    paint["legend"]["columns"] = 2
    drawn = spec(nodes, [_band(bands, axes, paint), _bar(axes), *_labels(axes)], height, usermeta={"least": LEAST})
    drawn["width"] = WIDE
    return drawn


_SHARE = {"field": "of100", "type": "quantitative", "format": ".2~f", "title": "of 100 denials"}


def _band(bands: _Bands, axes: dict[str, Any], paint: dict[str, Any]) -> dict[str, Any]:
    said = {"data": {"values": bands.said}, "key": "band", "fields": ["from", "to", "cause", "of100"]}
    tooltip = [{"field": "from"}, {"field": "to"}, {"field": "cause", "title": "record"}, _SHARE]
    return {
        "data": {"values": bands.points},
        "transform": [{"lookup": "band", "from": said}],
        "mark": {"type": "area", "opacity": 0.5, "line": False},
        "encoding": {**axes, "y2": {"field": "y2"}, "detail": {"field": "band"}, "color": paint, "tooltip": tooltip},
    }


def _bar(axes: dict[str, Any]) -> dict[str, Any]:
    tooltip = [{"field": "node", "title": " "}, _SHARE]
    return {
        "mark": {"type": "rect", "color": INK},
        "encoding": {**axes, "x2": {"field": "x2"}, "y2": {"field": "y2"}, "tooltip": tooltip},
    }


def _labels(axes: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """Names of nodes; those that stand on bands have a light edge round their letters."""
    where = {
        "x": {**axes["x"], "field": "at"},
        "y": {**axes["y"], "field": "middle"},
        "text": {"field": "label"},
    }
    light = {"stroke": "#ffffff", "strokeWidth": 3.5, "strokeOpacity": 0.85, "strokeJoin": "round"}
    for side, align, edges in (("left", "right", ({},)), ("right", "left", ({},)), ("inside", "left", (light, {}))):
        for edge in edges:
            mark = {"type": "text", "align": align, "baseline": "middle", "lineBreak": "\n", "fontSize": 11.5, **edge}
            yield {"transform": [{"filter": f"datum.side === '{side}'"}], "mark": mark, "encoding": where}
