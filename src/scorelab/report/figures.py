"""A chart in the page: drawn already, drawn again by the script where one runs, and told in words."""

import json
import re
from typing import Any

from scorelab.charts import Chart, svg
from scorelab.report.context import Context
from scorelab.report.markup import Html, tag, text


def figure(context: Context, name: str) -> Html:
    """The figure of that name, or nothing where the run has nothing to show in it."""
    chart = context.charts.get(name)
    return Html("") if chart is None else drawn(chart)


def drawn(chart: Chart) -> Html:
    """A chart as a figure of a page."""
    name = chart.name
    drawing = tag(
        "div", _own_names(name, svg(chart.spec)), class_="drawing", role="img", aria_label=f"{chart.title}. {chart.alt}"
    )
    again = json.dumps(drawn_again(chart.spec), sort_keys=True)
    spec = tag("script", Html(_inline(again)), type="application/json")
    words = [tag("strong", text(chart.title)), tag("span", text(chart.subtitle))]
    return tag("figure", tag("figcaption", *words), drawing, spec, id=f"chart-{name}", class_="chart")


def drawn_again(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification for the script that draws in a page, which is of the sixth Vega-Lite."""
    return {**spec, "$schema": "https://vega.github.io/schema/vega-lite/v6.json"}


def _own_names(name: str, drawing: str) -> Html:
    """Names inside a drawing made its own, since several drawings share one page."""
    drawing = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', drawing)
    return Html(re.sub(r"url\(#([^)]+)\)", rf"url(#{name}-\1)", drawing))


def _inline(data: str) -> str:
    """JSON that cannot end its script element."""
    return data.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
