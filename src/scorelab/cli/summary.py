"""The table at the end of a run: the main measures, world by world."""

import math
from collections.abc import Sequence

import duckdb
from rich.table import Table

from scorelab.api import Run
from scorelab.cli.console import err, out
from scorelab.ledger.read import literal
from scorelab.spec.resolved import Resolved

ROWS = (
    ("ever_restricted", None, False, "persons ever on a list"),
    ("restricted_person_years", None, False, "years spent on a list"),
    ("needs_denied", None, False, "needs denied"),
    ("ever_denied", None, False, "persons ever denied"),
    ("ever_wronged", None, False, "persons ever denied by error alone"),
)
"""Measure, item, whether it compares with the base world, and its words; what a run does not have is left out."""
MORE = (
    ("ever_for_another", None, False, "persons ever denied for another's record"),
    ("wrongful_counterfactual", None, False, "denials that the world without false records lacks"),
    ("collateral", None, False, "denials that the world without ties lacks"),
    ("acts_net_prevented", "unlawful", True, "unlawful acts prevented, net"),
    ("acts_net_prevented", "lawful", True, "lawful acts given up, net"),
    ("points_taken", None, False, "points taken"),
    ("jobless_person_years", None, True, "more years without work"),
    ("chances_net", None, True, "places lost, net"),
)
"""The same; what is 0 in all worlds is left out too."""
_Line = tuple[str, str, dict[str, float]]
"""Words, unit, and the number of each world."""


def summary(run: Run) -> None:
    """Print the main measures of all persons over the whole run, one column a world.

    Where the terminal is too narrow for all worlds, whole systems are shown and their ablations left to the report.
    """
    worlds = [world.name for world in run.resolved.worlds]
    values = _values(run)
    rows = [
        (words, *values[measure, item, compared])
        for measure, item, compared, words in (*ROWS, *MORE)
        if (measure, item, compared) in values
        and ((measure, item, compared, words) in ROWS or any(values[measure, item, compared][1].values()))
    ]
    systems = _systems(run.resolved)
    for shown in (worlds, systems):
        table = _table(rows, shown)
        if table.__rich_measure__(out, out.options).minimum <= out.width:
            out.print(table, soft_wrap=False)
            break
    else:
        _stacked(rows, systems)
    if shown is not worlds and systems != worlds:
        others = ", ".join(world for world in worlds if world not in systems)
        out.print(f"also lived, and in the report: {others}", markup=False, soft_wrap=False)
    _gates(run)


def _systems(resolved: Resolved) -> list[str]:
    """The first world of each set of schemes that is lived whole."""
    found: dict[frozenset[str], str] = {}
    for world in resolved.worlds:
        if not (world.without or world.placebo or world.exempts or world.covers):
            found.setdefault(frozenset(scheme.scheme for scheme in world.schemes), world.name)
    return list(found.values())


def _table(rows: Sequence[_Line], worlds: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for world in worlds:
        table.add_column(world, justify="right", no_wrap=True)
    table.add_column("unit")
    for words, unit, by_world in rows:
        table.add_row(words, *_numbers(by_world, worlds), unit)
    return table


def _stacked(rows: Sequence[_Line], worlds: Sequence[str]) -> None:
    """The same on a narrow terminal: one measure after the other, one line a world."""
    widest = max(len(world) for world in worlds)
    for words, unit, by_world in rows:
        out.print(f"{words} ({unit})", markup=False, soft_wrap=False)
        for world, number in zip(worlds, _numbers(by_world, worlds), strict=True):
            out.print(f"  {world:<{widest}}  {number:>9}", markup=False)


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
        "AND residence IS NULL AND age IS NULL AND sex IS NULL AND attributes IS NULL AND period IS NULL "
        "AND value IS NOT NULL "
        "AND (against IS NULL OR against = ?)"
    )
    found: dict[tuple[str, str | None, bool], tuple[str, dict[str, float]]] = {}
    with duckdb.connect(":memory:") as database:
        rows = database.execute(query, [literal(run.measures_file), run.resolved.against]).fetchall()
    for measure, item, compared, unit, world, value in rows:
        found.setdefault((measure, item, compared), (unit, {}))[1][world] = value
    return found


def _numbers(by_world: dict[str, float], worlds: Sequence[str]) -> list[str]:
    """Three significant digits of the largest, and the same decimals for all: worlds are there to be compared."""
    largest = max((abs(by_world[world]) for world in worlds if world in by_world), default=0.0)
    digits = 2 - math.floor(math.log10(largest)) if largest > 0 else 0
    shown = []
    for world in worlds:
        value = by_world.get(world)
        shown.append("–" if value is None else f"{round(value, digits) + 0.0:,.{max(0, digits)}f}")
    return shown
