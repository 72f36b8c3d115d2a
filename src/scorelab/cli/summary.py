"""The table at the end of a run: the main measures, world by world."""

import duckdb
from rich.table import Table

from scorelab.api import Run
from scorelab.cli.console import err, out

ROWS = (
    ("ever_restricted", None, False, "persons ever on a list"),
    ("restricted_person_years", None, False, "years spent on a list"),
    ("needs_denied", None, False, "needs denied"),
    ("ever_denied", None, False, "persons ever denied"),
    ("ever_wronged", None, False, "persons ever denied by error alone"),
    ("wrongful_counterfactual", None, False, "denials that the world without false records lacks"),
    ("collateral", None, False, "denials for a relative's record alone"),
    ("acts_net_prevented", "unlawful", True, "unlawful acts prevented, net"),
)
"""Measure, item, whether it compares with the base world, and its words; what a run does not have is left out."""


def summary(run: Run) -> None:
    """Print the main measures of all persons over the whole run, one column a world."""
    worlds = [world.name for world in run.resolved.worlds]
    values = _values(run)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for world in worlds:
        table.add_column(world, justify="right")
    table.add_column("unit")
    for measure, item, compared, words in ROWS:
        unit, by_world = values.get((measure, item, compared), ("", {}))
        if by_world:
            table.add_row(words, *[_number(by_world.get(world)) for world in worlds], unit)
    out.print(table, soft_wrap=False)
    _gates(run)


def _gates(run: Run) -> None:
    """One line where all is well; where a gate fails, what failed, since no number above can be trusted then."""
    gates = run.gates
    out.print("gates: " + ", ".join(f"{gate.name} {gate.status}" for gate in gates), markup=False)
    for gate in gates:
        if gate.status == "fails":
            err.print(f"GATE FAILS: {gate.name}. {gate.sentence}", style="bold red", markup=False)
            for fault in gate.faults:
                err.print(f"  {fault}", markup=False)
    if any(gate.status == "fails" for gate in gates):
        err.print("The numbers of this run cannot be trusted.", style="bold red")


def _values(run: Run) -> dict[tuple[str, str | None, bool], tuple[str, dict[str, float]]]:
    """Measure, item, compared -> its unit, and world -> its value for everybody in the whole run."""
    query = (
        "SELECT measure, item, against IS NOT NULL, unit, world, value FROM read_parquet(?) WHERE quintile IS NULL "
        "AND residence IS NULL AND age IS NULL AND sex IS NULL AND period IS NULL AND value IS NOT NULL "
        "AND (against IS NULL OR against = ?)"
    )
    found: dict[tuple[str, str | None, bool], tuple[str, dict[str, float]]] = {}
    with duckdb.connect(":memory:") as database:
        rows = database.execute(query, [str(run.measures_file), run.resolved.against]).fetchall()
    for measure, item, compared, unit, world, value in rows:
        found.setdefault((measure, item, compared), (unit, {}))[1][world] = value
    return found


def _number(value: float | None) -> str:
    """Two significant digits: more would say that the model knows more than it does."""
    if value is None:
        return "–"
    return f"{float(f'{value:.2g}'):,.10g}"
