"""Measures: pure functions from the ledger's counts to numbers with a definition, a unit and an interval."""

from pathlib import Path

from scorelab.measures import (
    ablation,
    assumed,
    chances,
    codebook,
    concentration,
    conduct,
    denials,
    disparity,
    economy,
    fairness,
    flow,
    gates,
    grades,
    legs,
    lists,
    national,
    needs,
    noise,
    persons,
    points,
    process,
    restricted,
    saturation,
    shapley,
    sources,
    split,
)
from scorelab.measures.lab import Lab, facts
from scorelab.measures.register import Measure, measure, measures
from scorelab.measures.table import FILE, Cell, Measures, Row, read, write

__all__ = ["Cell", "Measure", "Measures", "Row", "compute", "measure", "measures", "read"]

FAMILIES = (
    *(restricted, lists, needs, denials, flow, persons, conduct, economy, chances, points, grades, process),
    *(noise, sources, disparity, split, fairness, concentration, legs, ablation, shapley, saturation),
)


def compute(run_dir: Path) -> Path:
    """Compute every measure of a run whose counties have all been lived, and try its gates.

    Writes ``codebook.csv``, ``gates.json`` and ``measures.parquet`` and returns the path of the latter; where the run
    has been studied, with its intervals of assumptions; where a country was lived, ``national.parquet`` besides. Raises
    RunError where the folder holds no run.
    """
    run = facts(run_dir)
    codebook.write(run, run_dir / codebook.FILE)
    with Lab(run) as lab:
        rows = [row for family in FAMILIES for row in family.rows(lab)]
        gates.write(gates.gates(lab), run_dir / gates.FILE)
        national.write(lab, run_dir)
        if run.national:
            rows = [row._replace(interval_method=_of_groups(row.interval_method)) for row in rows]
    return write(assumed.merged(run, rows), run_dir / FILE)


def _of_groups(method: str) -> str:
    """How an interval was made, where the units are groups of a country's counties."""
    return method.replace(" counties", " county groups")
