"""The table at the end of a run: the main measures, world by world."""

import duckdb
from rich.table import Table

from scorelab.api import Run
from scorelab.cli.console import out

ROWS = (
    ("ever_restricted", None, False),
    ("restricted_person_years", None, False),
    ("needs_denied", None, False),
    ("ever_denied", None, False),
    ("ever_wronged", None, False),
    ("wrongful_counterfactual", None, False),
    ("collateral", None, False),
    ("acts_net_prevented", "unlawful", True),
)
"""Measure, item, and whether it compares with the base world; those that a run does not have are left out."""


def summary(run: Run) -> None:
    """Print the main measures of all persons over the whole run, one column a world."""
    worlds = [world.name for world in run.resolved.worlds]
    values = _values(run)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for world in worlds:
        table.add_column(world, justify="right")
    table.add_column("unit")
    for row in ROWS:
        unit, by_world = values.get(row, ("", {}))
        if by_world:
            table.add_row(_title(row[0]), *[_number(by_world.get(world)) for world in worlds], unit)
    out.print(table, soft_wrap=False)


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


def _title(measure: str) -> str:
    from scorelab.measures.register import measure as registered

    try:
        return registered(measure).title
    except KeyError:
        return measure.replace("_", " ")


def _number(value: float | None) -> str:
    """Two significant digits: more would say that the model knows more than it does."""
    if value is None:
        return "–"
    return f"{float(f'{value:.2g}'):,.10g}"
