"""``scorelab list``: what the catalogue holds."""

from rich.table import Table

from scorelab.cli.console import guarded, out
from scorelab.spec.load import catalogue


@guarded
def listing() -> None:
    """List the schemes, societies and experiments of the catalogue."""
    table = Table(box=None, pad_edge=False, show_header=True)
    for heading in ("kind", "name", "title"):
        table.add_column(heading)
    for item in catalogue():
        table.add_row(item.kind, item.name, item.title)
    out.print(table)
    if out.is_terminal:
        out.print("scorelab run NAME lives an experiment, or a scheme beside the same years without it", markup=False)
