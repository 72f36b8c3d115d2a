"""Measures: pure functions from the ledger's counts to numbers with a definition, a unit and an interval."""

from pathlib import Path

from scorelab.measures import (
    ablation,
    chances,
    codebook,
    conduct,
    denials,
    disparity,
    economy,
    flow,
    gates,
    grades,
    lists,
    needs,
    noise,
    persons,
    points,
    process,
    restricted,
    saturation,
    shapley,
    sources,
)
from scorelab.measures.lab import Lab, facts
from scorelab.measures.register import Measure, measure, measures
from scorelab.measures.table import FILE, Cell, Measures, Row, read, write

__all__ = ["Cell", "Measure", "Measures", "Row", "compute", "measure", "measures", "read"]

FAMILIES = (
    *(restricted, lists, needs, denials, flow, persons, conduct, economy, chances),
    *(points, grades, process, noise, sources, disparity, ablation, shapley, saturation),
)


def compute(run_dir: Path) -> Path:
    """Compute every measure of a run whose counties have all been lived, and try its gates.

    Writes ``codebook.csv``, ``gates.json`` and ``measures.parquet`` and returns the path of the latter. Raises
    RunError where the folder holds no run.
    """
    run = facts(run_dir)
    codebook.write(run, run_dir / codebook.FILE)
    with Lab(run) as lab:
        rows = [row for family in FAMILIES for row in family.rows(lab)]
        gates.write(gates.gates(lab), run_dir / gates.FILE)
    return write(rows, run_dir / FILE)
