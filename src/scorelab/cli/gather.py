"""``scorelab gather``: the shares of a run become one run."""

import time
from pathlib import Path

import typer

from scorelab import api
from scorelab.cli.console import guarded
from scorelab.cli.run import told


@guarded
def gather(
    folders: list[Path] = typer.Argument(..., metavar="DIR...", help="The folders of the shares; they are only read."),
    out_: Path | None = typer.Option(
        None, "--out", metavar="DIR", help="The whole run's folder, else runs/NAME-DIGEST."
    ),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Print nothing but the report's path."),
) -> None:
    """Put the shares of a run together, as `scorelab run --shard` left them, and write the report.

    Given again, the command goes on where it stopped; counties that are missing are named, and the others are kept.
    """
    started = time.monotonic()
    told(api.gather(folders, out_), started, quiet)
