"""``scorelab new``: a file to start from."""

from enum import StrEnum
from pathlib import Path

import typer

from scorelab.cli.console import guarded, out
from scorelab.errors import InputError, Problem


class Kind(StrEnum):
    """What a file can be about."""

    scheme = "scheme"
    society = "society"
    experiment = "experiment"


@guarded
def new(
    kind: Kind = typer.Argument(..., help="What to start."),
    file: Path = typer.Argument(..., metavar="FILE", help="Where to write it; an existing file is left alone."),
) -> None:
    """Write a commented file to start from, which `scorelab check` accepts."""
    from scorelab.spec.new import starter

    text = starter(kind.value, file.stem)
    try:
        with file.open("x", encoding="utf-8") as new_file:
            new_file.write(text)
    except FileExistsError:
        raise InputError([Problem(str(file), 0, 0, "there is such a file already; choose another name")]) from None
    except OSError as error:
        raise InputError([Problem(str(file), 0, 0, f"cannot be written: {error.strerror}")]) from None
    out.print(str(file), markup=False)
