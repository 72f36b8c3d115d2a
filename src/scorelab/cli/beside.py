"""The table at the end of a report of two runs: the main numbers of each, and the difference."""

from rich.table import Table

from scorelab.api import BesideRuns
from scorelab.charts.numbers import two_figures, with_interval
from scorelab.cli.console import out
from scorelab.measures.beside import Beside
from scorelab.measures.table import Cell

ROWS = (
    ("ever_restricted", None, "persons ever on a list"),
    ("restricted_person_years", None, "years spent on a list"),
    ("needs_denied", None, "needs denied"),
    ("ever_denied", None, "persons ever denied"),
    ("ever_wronged", None, "persons ever denied by error alone"),
    ("ever_for_another", None, "persons ever denied for another's record"),
    ("acts_net_prevented", "unlawful", "unlawful acts prevented, net"),
    ("acts_net_prevented", "lawful", "lawful acts given up, net"),
    ("jobless_person_years", None, "years without work"),
)
"""Measure, item and its words; what is 0 under both is left out."""


def told(runs: BesideRuns) -> None:
    """Print both runs' names, the main numbers, and what belongs under them."""
    first, second = runs.pair.titles
    out.print(f"A: {first}\nB: {second}", markup=False)
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for name in ("A", "B", "A less B"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("unit")
    for measure, item, words in ROWS:
        row = runs.pair.one(measure, Cell(item=item))
        if row is not None and (row.value_a or row.value_b):
            table.add_row(words, _number(row.value_a), _number(row.value_b), _difference(row), row.unit)
    out.print(table, soft_wrap=False)
    out.print("Net differences, in brackets their 95 % interval of chance. Less harm is not a recommendation.")


def _number(value: float | None) -> str:
    return "–" if value is None else two_figures(value)


def _difference(row: Beside) -> str:
    return "–" if row.difference is None else with_interval(row.difference, row.low, row.high)
