"""``scorelab bench``: how fast is this machine?"""

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import typer

from scorelab import api
from scorelab.cli.console import err, guarded, out, say
from scorelab.errors import RunError
from scorelab.spec.load import Options

VILLAGE = "village"
VILLAGE_COUNTIES = 4
COMPILING = "compile"
QUICK = {"persons": 20_000, "weeks": 364}
USUAL = {"persons": 100_000, "weeks": 364}
COLUMNS = {
    "persons": "persons",
    "weeks": "weeks",
    "worlds": "worlds",
    "events": "events",
    "drawn_per_event": "drawn an event",
    "seconds": "seconds",
    "ns_per_person_week_core": "ns a person-week and core",
    "ns_per_event": "ns an event",
    "times_words_alone": "times words alone",
    "times_memory_alone": "times memory alone",
    "peak_mb": "peak MB",
}


@guarded
def bench(
    json_: bool = typer.Option(False, "--json", help="Print a list of rows, for programs."),
    persons: int | None = typer.Option(None, "--persons", help="Persons of each case, by default 100,000."),
    weeks: int | None = typer.Option(None, "--weeks", help="Weeks that they live, by default 364."),
    quick: bool = typer.Option(
        False, "--quick", help="20,000 persons, each case once; how long compiling takes is left out."
    ),
    case: str | None = typer.Option(None, hidden=True, help="Measure this one alone, in this process."),
) -> None:
    """Measure how fast this machine lives weeks, on the catalogue's own experiments.

    Each case runs in a process of its own. An event is a candidate that some world keeps. The limits beside it, the
    words of chance alone and reading the lives alone, are measured in the same process. Seconds are of the processor;
    those of the village are on the clock, and mean nothing while the machine does something else.
    """
    size = QUICK if quick else USUAL
    options = Options(persons=size["persons"] if persons is None else persons)
    options = dataclasses.replace(options, weeks=size["weeks"] if weeks is None else weeks, counties=1)
    if case is not None:
        print(json.dumps(_measured(case, options, 1 if quick else 2)))  # noqa: T201
        return
    api.find("reported-and-documented", options)  # refuses a wrong size before anything takes long
    try:
        rows = _rows(options, quick)
    except KeyboardInterrupt:
        say("interrupted; nothing was written")
        raise typer.Exit(130) from None
    if json_:
        print(json.dumps(rows, indent=1))  # noqa: T201
    else:
        _show(rows)


def _rows(options: Options, quick: bool) -> list[dict[str, Any]]:
    """Every case, each in a process of its own."""
    from scorelab.runs.bench import CASES

    words = ["--persons", str(options.persons), "--weeks", str(options.weeks), *(["--quick"] if quick else [])]
    compile_s = None if quick else _compiling()
    rows = []
    for name in (*CASES, VILLAGE):
        with err.status(f"measuring {name} ..."):
            rows.append({**_alone(name, words), "compile_s": compile_s})
    return rows


def _alone(name: str, words: list[str], **environment: str) -> dict[str, Any]:
    """One case, measured by a process that does nothing else. Raises RunError with what that process says."""
    done = subprocess.run(
        [sys.executable, "-m", "scorelab", "bench", "--case", name, *words],
        env={**os.environ, **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode in (130, -2):
        raise KeyboardInterrupt
    if done.returncode != 0:
        raise RunError(done.stderr.strip().removeprefix("scorelab: ") or f"the case {name} ended by {done.returncode}")
    row: dict[str, Any] = json.loads(done.stdout)
    return row


def _compiling() -> float:
    """Processor seconds that compiling takes: what a small case takes without compiled code, less with it.

    Measured once for each kernel: the number is kept beside the compiled code.
    """
    from scorelab.kernel.jit import CACHE_FOLDER

    kept = None if CACHE_FOLDER is None else Path(CACHE_FOLDER) / "compile-seconds"
    if kept is not None and kept.exists():
        return float(kept.read_text(encoding="utf-8"))

    def processor() -> float:
        spent = os.times()
        return spent.children_user + spent.children_system

    took = []
    with tempfile.TemporaryDirectory() as cache, err.status("measuring how long compiling takes ..."):
        for _ in range(2):
            started = processor()
            _alone(COMPILING, ["--persons", "1000", "--weeks", "8"], SCORELAB_CACHE=cache)
            took.append(processor() - started)
    seconds = round(took[0] - took[1], 1)
    if kept is not None:
        kept.write_text(str(seconds), encoding="utf-8")
    return seconds


def _measured(case: str, options: Options, repeats: int) -> dict[str, Any]:
    """One row, measured in this process."""
    from scorelab.runs.bench import CASES, of_case, one_county

    if case == VILLAGE:
        return _village(options, repeats)
    if case == COMPILING:
        return dataclasses.asdict(one_county(*of_case("2", options), 1))
    if case not in CASES:
        raise typer.BadParameter(f"{case} is none of {', '.join((*CASES, VILLAGE))}", param_hint="--case")
    return dataclasses.asdict(one_county(*of_case(case, options), repeats))


def _village(options: Options, repeats: int) -> dict[str, Any]:
    """Four counties in two worlds as Python has them: resolved, lived on all cores, written down and measured.

    The report is not part of it.
    """
    from scorelab.runs.bench import EXPERIMENT, Row, must_have_worked, peak_mb, with_worlds
    from scorelab.runs.execute import default_workers

    assert options.persons is not None
    each = max(1, options.persons // VILLAGE_COUNTIES)
    cores = min(default_workers(), VILLAGE_COUNTIES)
    best = living = float("inf")
    for _ in range(repeats):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            found = api.find(EXPERIMENT, dataclasses.replace(options, persons=each, counties=VILLAGE_COUNTIES))
            resolved = with_worlds(found, 2)
            run = api.live(resolved, Path(folder) / "run")
            best = min(best, time.perf_counter() - started)
            living = min(living, float(run.manifest.provenance["seconds"]))
            [(drawn, kept)] = run.ledger.sql("SELECT sum(drawn)::BIGINT, sum(kept)::BIGINT FROM candidates").fetchall()
            wanted = ("acts", "records_true", "records_false", "entries", "denied", "denied_tie")
            sums = ", ".join(f"sum({word})::BIGINT" for word in wanted)
            found_sums = run.ledger.sql(f"SELECT world, {sums} FROM weekly GROUP BY world").fetchall()
    must_have_worked(resolved, {world: dict(zip(wanted, numbers, strict=True)) for world, *numbers in found_sums})
    lived = each * VILLAGE_COUNTIES
    row = Row(
        case=VILLAGE,
        persons=lived,
        weeks=resolved.weeks,
        worlds=2,
        counties=VILLAGE_COUNTIES,
        cores=cores,
        events=kept,
        drawn_per_event=drawn / max(1, kept),
        seconds=best,
        ns_per_person_week_core=best * cores / (lived * resolved.weeks) * 1e9,
        ns_per_event=best * cores / max(1, kept) * 1e9,
        times_words_alone=None,
        times_memory_alone=None,
        society_s=0.0,
        measures_s=best - living,
        peak_mb=peak_mb(),
    )
    return dataclasses.asdict(row)


def _show(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("case", no_wrap=True)
    for title in COLUMNS.values():
        table.add_column(title, justify="right", min_width=6, max_width=11)
    for row in rows:
        table.add_row(row["case"], *(_number(row[name]) for name in COLUMNS))
    out.print(table)
    first, last, village = rows[0], rows[3], rows[-1]
    further = (last["seconds"] - first["seconds"]) / (last["worlds"] - 1) / first["seconds"]
    rate = first["events"] / first["persons"] / first["weeks"]
    said = [
        f"One world more costs {further:.0%} of the first; {rate:.3f} events a person-week.",
        f"The village is {village['counties']} counties on {village['cores']} cores, from Python, with its ledger and "
        f"{village['measures_s']:.1f} s of measures, without a report.",
    ]
    if first["compile_s"] is not None:
        said.append(f"Compiling takes {first['compile_s']:.0f} s, once for each installation.")
    for line in said:
        out.print(line, markup=False)


def _number(value: float | int | None) -> str:
    if value is None:
        return "–"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
