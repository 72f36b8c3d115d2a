"""``scorelab study``: how much the assumptions matter."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.progress import BarColumn, Progress, TextColumn

from scorelab import api
from scorelab.cli.console import err, guarded, out
from scorelab.cli.run import Clock, minutes
from scorelab.spec.load import Options
from scorelab.spec.resolved import Resolved

if TYPE_CHECKING:
    from scorelab.ledger.study import Study
    from scorelab.runs.draws import Wanted
    from scorelab.runs.execute import Progress as Lived
    from scorelab.runs.execute import Watcher


@guarded
def study(
    what: str = typer.Argument(
        ..., metavar="DIR", help="The folder of a finished run, or an experiment, which is then run first."
    ),
    draws: int | None = typer.Option(None, "--draws", min=1, help="How often everything is drawn; 40 if not said."),
    persons: int | None = typer.Option(None, "--persons", min=1, help="Persons per county of a draw; 2,000 at most."),
    counties: int | None = typer.Option(None, "--counties", min=1, help="Counties of a draw; 20 at most."),
    weeks: int | None = typer.Option(None, "--weeks", min=1, help="Weeks of a draw; as many as the run if not said."),
    seed: int | None = typer.Option(None, "--seed-of-draws", min=0, help="What the draws are keyed by."),
    documented: bool = typer.Option(False, "--documented", help="Draw documented and derived ranges as well."),
    groups: bool = typer.Option(False, "--groups", help="Keep the run's groups apart, at several times the time."),
    workers: int | None = typer.Option(None, "--workers", min=1, help="Counties lived at once."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what it would take, and live nothing."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Print nothing but the report's path."),
) -> None:
    """Draw everything assumed over its stated range, live each draw, and say which assumptions matter.

    The draws are lived smaller than the run. Given again, the command goes on where it stopped; with more --draws, it
    adds to those there are.
    """
    from scorelab.runs.draws import Wanted

    wanted = Wanted(draws, counties, persons, weeks, seed, documented, groups)
    if dry_run:
        _dry_run(what, wanted, workers)
        return
    started = time.monotonic()
    run = _finished(what, workers, quiet)
    small, planned = api.to_study(run, wanted)
    with _progress(small, planned, shown=not quiet) as watch:
        done = api.study(run, wanted, workers=workers, watch=watch)
    with contextlib.nullcontext() if quiet else err.status("writing the report ..."):
        page = done.report()
    if quiet:
        print(page)  # noqa: T201
        return
    from scorelab.cli.sensitivities import told

    told(done)
    out.print(f"{page} ({time.monotonic() - started:.1f} s)", markup=False)


def _is_run(what: str) -> Path | None:
    """The folder of a run, where one was named, by itself or by its manifest."""
    from scorelab.ledger.manifest import FILE

    path = Path(what)
    if path.is_dir():
        return path
    return path.parent if path.name == FILE and path.is_file() else None


def _finished(what: str, workers: int | None, quiet: bool) -> api.Run:
    """The run to be studied, lived first where an experiment was named."""
    from scorelab.cli.run import progress

    folder = _is_run(what)
    if folder is not None:
        return api.load(folder)
    resolved = api.find(what, Options())
    with progress(resolved, shown=not quiet) as watch:
        return api.live(resolved, None, workers=workers, watch=watch)


@contextlib.contextmanager
def _progress(small: Resolved, planned: "Study", *, shown: bool) -> Iterator["Watcher | None"]:
    """A live bar on a terminal; in a pipe, one line at each tenth of the way."""
    if not shown:
        yield None
        return
    err.print(
        f"{small.title}: {planned.draws} draws of {len(planned.parameters)} assumed numbers, each {len(small.worlds)} "
        f"worlds, {planned.society}, {planned.weeks} weeks",
        markup=False,
        soft_wrap=not err.is_terminal,
    )
    if not err.is_terminal:
        yield _lines(planned)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[draws]}"), Clock())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("living", total=None, draws="")

        def show(lived: "Lived") -> None:
            done = max(0, lived.counties_done // planned.counties - 1)
            bar.update(task, total=lived.weeks, completed=lived.weeks_done, draws=f"{done} of {planned.draws} draws")

        yield show


def _lines(planned: "Study") -> "Watcher":
    told = [0]

    def line(lived: "Lived") -> None:
        done = lived.counties_done // planned.counties - 1
        tenth = 10 * done // planned.draws
        if tenth > told[0]:
            told[0] = tenth
            err.print(f"{10 * tenth} % lived, {done} of {planned.draws} draws", markup=False)

    return line


def _dry_run(what: str, wanted: "Wanted", workers: int | None) -> None:
    from scorelab.runs.draws import base, expected, study_of
    from scorelab.runs.estimate import free_disk, free_memory, megabytes, must_fit
    from scorelab.runs.execute import default_workers

    folder = _is_run(what)
    if folder is not None:
        small, planned = api.to_study(api.load(folder), wanted)
    else:
        small = base(api.find(what, Options()), wanted)
        folder, planned = api.folder_of(small, None), study_of(small, wanted)
    threads = workers or default_workers()
    each, seconds = expected(small, planned.draws, threads)
    memory = free_memory()
    scales = sum(parameter.by_ratio for parameter in planned.parameters)
    first = "" if _is_run(what) else "; the run itself comes before (`scorelab run --dry-run` tells)"
    rows = [
        ("draws", f"{planned.draws}, and the stated values once at the same size{first}"),
        ("drawn", f"{len(planned.parameters)} numbers over their ranges, {scales} of them by ratio"),
        ("left as set", f"{len(planned.left)}{': ' if planned.left else ''}{', '.join(planned.left)}"),
        ("each draw", f"{each.worlds} worlds, {planned.society}, {each.weeks:,} weeks, {each.events:,} events"),
        ("time", f"about {minutes(seconds)} with {threads} workers, after compiling (up to a minute, once)"),
        ("memory", f"about {megabytes(each.memory_bytes)}" + (f" of {megabytes(memory)} free" if memory else "")),
        ("disk", f"about {megabytes(each.disk_bytes)} while a draw is lived, of {megabytes(free_disk(folder))} free"),
    ]
    for name, text in rows:
        out.print(f"{name:<16} {text}", markup=False)
    must_fit(each, folder)
