"""``scorelab check``: is this file right?"""

import json
from pathlib import Path

import typer

from scorelab import api
from scorelab.cli.console import guarded, out, say_problems
from scorelab.errors import InputError
from scorelab.spec.load import Options
from scorelab.spec.load import check as problems_of


@guarded
def check(
    files: list[Path] = typer.Argument(
        ..., metavar="FILE...", help="Schemes, societies or experiments: files, or names of the catalogue."
    ),
    resolved: bool = typer.Option(
        False, "--resolved", help="Print what a program reads: every reference followed, every default filled in."
    ),
    scale: str | None = typer.Option(
        None, "--scale", metavar="full", help="With --resolved: as run --scale has it, the society's whole country."
    ),
) -> None:
    """Check files; every fault is shown with its line and column.

    Exits with 1 where there is one.
    """
    problems = problems_of(files)
    if problems:
        say_problems(InputError(problems))
        raise typer.Exit(1)
    for file in files:
        if resolved:
            text = api.find(str(file), Options(scale=scale)).to_json()
            print(json.dumps(json.loads(text), indent=2, ensure_ascii=False) if out.is_terminal else text)  # noqa: T201
        else:
            out.print(f"{file}: right", markup=False)
