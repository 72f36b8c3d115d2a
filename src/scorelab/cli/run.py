"""``scorelab run``: live an experiment."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
from rich.text import Text

from scorelab import api
from scorelab.cli.console import err, guarded, out
from scorelab.spec.load import Options
from scorelab.spec.resolved import Resolved

if TYPE_CHECKING:
    from scorelab.runs.execute import Progress as Lived
    from scorelab.runs.execute import Watcher
    from scorelab.runs.tasks import Shard


@guarded
def run(
    what: str = typer.Argument(
        ..., metavar="EXPERIMENT", help="A name of the catalogue, a file, or the manifest.json of an earlier run."
    ),
    out_: Path | None = typer.Option(None, "--out", metavar="DIR", help="The run's folder, else runs/NAME-DIGEST."),
    persons: int | None = typer.Option(None, "--persons", help="Persons per county."),
    counties: int | None = typer.Option(None, "--counties", help="Number of counties."),
    scale: str | None = typer.Option(
        None, "--scale", metavar="full", help="The society's whole country; --counties N then lives a sample of N."
    ),
    weeks: int | None = typer.Option(None, "--weeks", help="Weeks to live."),
    seed: int | None = typer.Option(None, "--seed", help="What all chance is keyed by."),
    replicates: int | None = typer.Option(None, "--replicates", help="So many fresh societies and fates."),
    set_: list[str] = typer.Option([], "--set", metavar="PATH=VALUE", help="Change one value; may be repeated."),
    workers: int | None = typer.Option(None, "--workers", min=1, help="Counties lived at once."),
    cluster: str | None = typer.Option(
        None, "--cluster", metavar="ADDRESS", help="Live on the workers of a dask scheduler, as tcp://127.0.0.1:8786."
    ),
    shard_: str | None = typer.Option(
        None, "--shard", metavar="I/N", help="Live the I-th of N shares of the counties; then `scorelab gather`."
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what the run would take, and live nothing."),
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Print nothing but the report's path."),
) -> None:
    """Live an experiment in all its worlds and write its report.

    Run again on the same folder, it goes on where it stopped, or prints the results.
    """
    options = Options(
        persons=persons,
        counties=counties,
        weeks=weeks,
        seed=seed,
        replicates=replicates,
        sets=tuple(set_),
        scale=scale,
    )
    resolved = api.find(what, options)
    from scorelab.runs.folder import share_folder
    from scorelab.runs.tasks import Shard

    shard = None if shard_ is None else Shard.parse(shard_)
    folder = api.folder_of(resolved, out_)
    if shard is not None and out_ is None:
        folder = share_folder(folder, shard.number, shard.of)
    if dry_run:
        _dry_run(resolved, folder, workers, shard, elsewhere=cluster is not None)
        return
    started = time.monotonic()
    with progress(resolved, shown=not quiet) as watch:
        done, others = api.live_share(resolved, folder, shard, workers=workers, cluster=cluster, watch=watch)
    if shard is not None and others:
        _share_done(folder, shard, others, quiet)
        return
    told(done, started, quiet)


def told(done: api.Run, started: float, quiet: bool) -> None:
    """Write the report of a finished run, unless there is one, and say what came out."""
    from scorelab.runs.folder import REPORT

    page = done.dir / REPORT
    if not page.exists():
        with contextlib.nullcontext() if quiet else err.status("writing the report ..."):
            page = done.report()
    if quiet:
        print(page)  # noqa: T201
        return
    from scorelab.cli.summary import summary

    summary(done)
    out.print(f"{page} ({time.monotonic() - started:.1f} s)", markup=False)


def _share_done(folder: Path, shard: "Shard", others: int, quiet: bool) -> None:
    """A share has no report; say where it is and what comes next."""
    if quiet:
        print(folder)  # noqa: T201
        return
    out.print(
        f"{folder}: share {shard} is lived; {others} counties of the run are not in it. When all {shard.of} shares are "
        "lived: scorelab gather and their folders",
        markup=False,
    )


class Clock(ProgressColumn):
    """How long it has taken, and about how long it will take."""

    def render(self, task: Task) -> Text:
        spent, left = task.elapsed or 0, task.time_remaining
        return Text(f"{spent:.0f} s" + (f", about {left:.0f} s left" if left else ""))


@contextlib.contextmanager
def progress(resolved: Resolved, *, shown: bool) -> Iterator["Watcher | None"]:
    """A live bar on a terminal; in a pipe, one line at each tenth of the way."""
    if not shown:
        yield None
        return
    err.print(
        f"{resolved.title}: {len(resolved.worlds)} worlds, {resolved.counties * resolved.replicates} counties of "
        f"{'about ' if resolved.national else ''}{resolved.persons:,} synthetic persons, {resolved.weeks} weeks",
        markup=False,
        soft_wrap=not err.is_terminal,
    )
    if not err.is_terminal:
        told = [0]

        def line(lived: "Lived") -> None:
            tenth = 10 * lived.weeks_done // max(1, lived.weeks)
            if lived.counties_done < lived.counties:
                tenth = min(tenth, 9)
            if tenth > told[0]:
                told[0] = tenth
                written = f"{lived.counties_done} of {lived.counties} counties written"
                err.print(f"{10 * tenth} % lived, {written}", markup=False)

        yield line
        return
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[counties]}"),
        Clock(),
        console=err,
        transient=True,
    )
    with bar:
        task = bar.add_task("preparing", total=None, counties="")

        def show(lived: "Lived") -> None:
            doing = "living" if lived.weeks_done else "compiling"
            measuring = lived.counties_done == lived.counties
            bar.update(
                task,
                description="measuring" if measuring else doing,
                total=None if measuring else lived.weeks,
                completed=lived.weeks_done,
                counties=f"{lived.counties_done} of {lived.counties} counties",
            )

        yield show


def _dry_run(resolved: Resolved, folder: Path, workers: int | None, shard: "Shard | None", *, elsewhere: bool) -> None:
    from scorelab.runs.estimate import estimate, free_disk, free_memory, megabytes, must_fit
    from scorelab.runs.execute import default_workers
    from scorelab.runs.lives import prepare
    from scorelab.runs.tasks import all_tasks

    prepare(resolved)  # refuses what only the whole society can tell
    threads = workers or default_workers()
    tasks = all_tasks(resolved)
    wanted = estimate(resolved, threads, len(tasks if shard is None else shard.share(tasks)))
    memory = free_memory()
    country = resolved.society.country
    of_all = f" of the {country.counties.value:,.0f} of the country" if country else ""
    each = f" ({resolved.counties:,} in each of {resolved.replicates} replicates)"
    rows = [
        ("folder", str(folder)),
        ("worlds", f"{wanted.worlds}"),
        ("counties", f"{wanted.counties:,}{of_all}{each if resolved.replicates > 1 and shard is None else ''}"),
        ("persons", f"{wanted.persons:,}"),
        ("weeks", f"{wanted.weeks:,}"),
        ("events expected", f"{wanted.events:,}"),
        ("time", f"about {minutes(wanted.seconds)} with {threads} workers, after compiling (up to a minute, once)"),
        ("memory", f"about {megabytes(wanted.memory_bytes)}" + (f" of {megabytes(memory)} free" if memory else "")),
        ("disk", f"about {megabytes(wanted.disk_bytes)} of {megabytes(free_disk(folder))} free"),
    ]
    for name, text in rows:
        out.print(f"{name:<16} {text}", markup=False)
    must_fit(wanted, folder, elsewhere=elsewhere)


def minutes(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:,.0f} minutes" if seconds < 5400 else f"{seconds / 3600:,.1f} hours"
