"""All charts of a report for an experiment that was just lived; its ledger is written for them and removed again."""

import json
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from scorelab.charts import Chart, names
from scorelab.charts.register import draw
from scorelab.ledger.manifest import Manifest, write_manifest
from scorelab.ledger.write import write_county
from scorelab.measures import FAMILIES
from scorelab.measures.lab import Lab, facts
from scorelab.measures.table import Row, in_memory
from scorelab.report.figures import drawn_again
from scorelab.runs.again import THREADS, Lived, LivedCounty
from scorelab.runs.folder import LEDGER
from scorelab.runs.lives import margins_of
from scorelab.spec.resolved import digest


def charts(lived: Lived, alive: Callable[[], None] = lambda: None) -> list[dict[str, Any]]:
    """Every chart with something to show, in the order of the report: its name, words, and Vega-Lite specification.

    ``alive`` is called between the parts of the work; what it raises ends it.
    """

    def families() -> Iterator[Row]:
        for family in FAMILIES:
            alive()
            yield from family.rows(lab)

    def drawn(name: str) -> Chart | None:
        alive()
        return draw(name, run, measures)

    with tempfile.TemporaryDirectory(prefix="scorelab-") as folder:
        run_dir = Path(folder)
        _write(lived, run_dir)
        run = facts(run_dir)
        with Lab(run) as lab:
            measures = in_memory(families())
    found = [drawn(name) for name in names()]
    return [
        {
            "name": chart.name,
            "title": chart.title,
            "subtitle": chart.subtitle,
            "alt": chart.alt,
            "spec": drawn_again(chart.spec),
        }
        for chart in found
        if chart is not None
    ]


def _write(lived: Lived, run_dir: Path) -> None:
    """The manifest and the ledger of what was lived."""
    resolved, words = lived.resolved, lived.prepared.built.names
    write_manifest(run_dir, Manifest(digest=digest(resolved), resolved=json.loads(resolved.to_json())))

    def county(one: LivedCounty) -> None:
        margins = margins_of(one.who, resolved)
        write_county(run_dir / LEDGER, one.counts, words, margins, one.task.replicate, one.task.county)

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(county, lived.counties))
