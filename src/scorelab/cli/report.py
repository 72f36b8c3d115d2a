"""``scorelab report``: the page of a finished run."""

from enum import StrEnum
from pathlib import Path

import typer

from scorelab import api
from scorelab.cli.console import guarded, out


class Format(StrEnum):
    """What the report can be written as."""

    html = "html"
    pdf = "pdf"
    csv = "csv"


@guarded
def report(
    folder: Path = typer.Argument(..., metavar="DIR", help="The folder of a finished run."),
    format_: Format = typer.Option(Format.html, "--format", help="A page, the same on paper, or the measures alone."),
) -> None:
    """Write the report of a finished run into its folder."""
    done = api.load(folder)
    if format_ is Format.csv:
        path = done.measures_csv()
    else:
        path = done.report()
        if format_ is Format.pdf:
            from scorelab.report.pdf import write_pdf

            path = write_pdf(path)
    out.print(str(path), markup=False)
