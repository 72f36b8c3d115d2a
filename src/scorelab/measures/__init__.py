"""Measures: pure functions from the ledger's counts to numbers with a definition, a unit and an interval."""

from pathlib import Path

from scorelab.measures import (
    ablation,
    assumed,
    chances,
    codebook,
    conduct,
    denials,
    disparity,
    economy,
    gates,
    grades,
    lists,
    needs,
    noise,
    persons,
    points,
    process,
    restricted,
    sources,
)
from scorelab.measures.lab import Lab, facts
from scorelab.measures.register import Measure, measure, measures
from scorelab.measures.table import FILE, Cell, Measures, Row, read, write

__all__ = ["Cell", "Measure", "Measures", "Row", "compute", "measure", "measures", "read"]

FAMILIES = (
    *(restricted, lists, needs, denials, persons, conduct, economy, chances),
    *(points, grades, process, noise, sources, disparity, ablation),
)


def compute(run_dir: Path) -> Path:
    """Compute every measure of a run whose counties have all been lived, and try its gates.

    Writes ``codebook.csv``, ``gates.json`` and ``measures.parquet`` and returns the path of the latter; where the run
    has been studied, with its intervals of assumptions. Raises
    RunError where the folder holds no run.
    """
    run = facts(run_dir)
    codebook.write(run, run_dir / codebook.FILE)
    with Lab(run) as lab:
        rows = [row for family in FAMILIES for row in family.rows(lab)]
        gates.write(gates.gates(lab), run_dir / gates.FILE)
    return write(assumed.merged(run, rows), run_dir / FILE)
