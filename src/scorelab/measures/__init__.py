"""Measures: pure functions from the ledger's counts to numbers with a definition, a unit and an interval."""

from pathlib import Path

from scorelab.measures import conduct, denials, disparity, needs, noise, persons, restricted, sources
from scorelab.measures.lab import Lab, facts
from scorelab.measures.register import Measure, measure, measures
from scorelab.measures.table import FILE, Cell, Measures, Row, read, write

__all__ = ["Cell", "Measure", "Measures", "Row", "compute", "measure", "measures", "read"]

FAMILIES = (restricted, needs, denials, persons, conduct, noise, sources, disparity)


def compute(run_dir: Path) -> Path:
    """Compute every measure of a run whose counties have all been lived; writes and returns ``measures.parquet``.

    Raises RunError where the folder holds no run.
    """
    with Lab(facts(run_dir)) as lab:
        rows = [row for family in FAMILIES for row in family.rows(lab)]
    return write(rows, run_dir / FILE)
