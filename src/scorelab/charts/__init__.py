"""Charts: pictures of measures, as plain Vega-Lite specs, drawn without a browser and without the network."""

from pathlib import Path

from scorelab.charts import ablation, conduct, denied, flow, grades, groups, over_time, shapley, sources
from scorelab.charts.register import draw, names
from scorelab.charts.render import Chart, svg
from scorelab.measures import read
from scorelab.measures.lab import facts

__all__ = ["Chart", "chart", "names", "svg"]

FAMILIES = (over_time, flow, denied, conduct, ablation, shapley, grades, groups, sources)


def chart(run_dir: Path, name: str) -> Chart | None:
    """The chart of that name for a finished run, or None where the run has nothing to show in it."""
    return draw(name, facts(run_dir), read(run_dir))
