"""How often what is written down is true: by record, by entry onto a list, by denial."""

from typing import Any

from scorelab.charts.numbers import two_figures
from scorelab.charts.register import chart
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, VERMILLION, spec
from scorelab.measures.lab import Facts
from scorelab.measures.table import Measures

WORDS = {
    "true_of_records": "100 records, {}",
    "true_of_listings": "100 entries, list {}",
    "true_of_denials": "100 denials, {}",
    "never_wronged_of_denied": "100 persons denied{}",
}


@chart("sources")
def sources(run: Facts, measures: Measures) -> Chart | None:
    """Of 100 records, entries, denials and persons: how many rest on a false record."""
    data: list[dict[str, Any]] = []
    for name, words in WORDS.items():
        for row in measures.where(name, world=run.focus, against=None):
            if row.value is None or (row.item is None) != (name == "never_wronged_of_denied"):
                continue
            label = words.format(run.said(row.item) if row.item else "")
            data.append({"row": label, "kind": "true", "value": row.value})
            data.append({"row": label, "kind": "false", "value": 100.0 - row.value})
    if not data:
        return None
    for one in data:
        shown = one["kind"] == "false" and one["value"] > 0
        one["text"] = two_figures(one["value"]) + " false" if shown else ""
    rows = list(dict.fromkeys(str(one["row"]) for one in data))
    y: dict[str, Any] = {
        "field": "row",
        "type": "nominal",
        "sort": rows,
        "scale": {"domain": rows, "padding": 0.3},
        "axis": {"title": None, "labelPadding": 8, "grid": False},
    }
    x: dict[str, Any] = {
        "field": "value",
        "type": "quantitative",
        "stack": "zero",
        "scale": {"domain": [0, 100]},
        "axis": {"title": "of 100", "tickCount": 6},
    }
    paint = {"field": "kind", "type": "nominal", "scale": {"domain": ["true", "false"], "range": [BLUE, VERMILLION]}}
    order = {"field": "kind", "sort": "descending"}
    bar = {"mark": {"type": "bar"}, "encoding": {"x": x, "y": y, "color": paint, "order": order}}
    text = {
        "transform": [{"filter": "datum.text != ''"}],
        "mark": {"type": "text", "align": "right", "dx": -8, "color": "#ffffff", "fontWeight": "bold"},
        "encoding": {"x": {"datum": 100}, "y": y, "text": {"field": "text"}},
    }
    alt = "; ".join(f"{one['row']}: {two_figures(one['value'])} true" for one in data if one["kind"] == "true")
    return Chart(
        "sources",
        "How often it is true",
        f"of 100 records, entries onto a list, denials and persons denied; “{run.world(run.focus).title}”",
        alt + ".",
        spec(data, [bar, text], 32 * len(rows)),
    )
