"""``scorelab report``: the page of a finished run, or of two beside each other."""

from enum import StrEnum
from pathlib import Path

import typer

from scorelab import api
from scorelab.cli.console import guarded, out
from scorelab.errors import InputError, Problem


class Format(StrEnum):
    """What the report can be written as."""

    html = "html"
    pdf = "pdf"
    csv = "csv"
    tables = "tables"


@guarded
def report(
    folders: list[Path] = typer.Argument(
        ..., metavar="DIR [DIR]", help="The folder of a finished run; with two, one beside the other."
    ),
    format_: Format = typer.Option(
        Format.html, "--format", help="A page, the same on paper, the measures alone, or a folder of tables."
    ),
    out_: Path | None = typer.Option(
        None, "--out", metavar="FILE", help="Of two runs: the file, else beside-A-B.html in the current folder."
    ),
    worlds: str | None = typer.Option(
        None, "--worlds", metavar="A,B", help="Of two runs: the world of each, else the focus of each."
    ),
) -> None:
    """Write the report of a finished run into its folder, or a page of two runs that share fate."""
    if len(folders) > 2:
        raise _wrong("DIR", f"a report is of one run or of two, not of {len(folders)}")
    if len(folders) == 2:
        _beside(folders[0], folders[1], format_, out_, worlds)
        return
    for name, given in (("--out", out_), ("--worlds", worlds)):
        if given is not None:
            raise _wrong(name, "it belongs to the report of two runs; that of one goes into its folder")
    done = api.load(folders[0])
    if format_ is Format.csv:
        path = done.measures_csv()
    elif format_ is Format.tables:
        path = done.tables()
    else:
        path = _printed(done.report(), format_)
    out.print(str(path), markup=False)


def _beside(a: Path, b: Path, format_: Format, to: Path | None, worlds: str | None) -> None:
    from scorelab.cli.beside import told

    if format_ is Format.tables:
        raise _wrong("--format tables", "it is of one run; csv writes the numbers of two")
    pair = api.beside(a, b, None if worlds is None else _two(worlds))
    if format_ is Format.csv:
        path = pair.csv(to)
    elif format_ is Format.pdf:
        path = _printed(pair.report((to or pair.path(".pdf")).with_suffix(".html")), format_)
    else:
        path = pair.report(to)
    told(pair)
    out.print(str(path), markup=False)


def _two(worlds: str) -> tuple[str, str]:
    names = [name.strip() for name in worlds.split(",")]
    if len(names) != 2 or not all(names):
        raise _wrong(
            "--worlds", f"the name of a world of each run was expected, such as as-written,placebo; not {worlds}"
        )
    return names[0], names[1]


def _printed(page: Path, format_: Format) -> Path:
    if format_ is not Format.pdf:
        return page
    from scorelab.report.pdf import write_pdf

    return write_pdf(page)


def _wrong(where: str, message: str) -> InputError:
    return InputError([Problem(where, 0, 0, message)])
