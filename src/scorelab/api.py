"""The door for Python: run an experiment, check a file, open a finished run, and ask it for its results.

Everything heavy (numba, DuckDB, the charts) is imported when it is first needed.
"""

import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorelab.errors import InputError, Problem, RunError
from scorelab.results import BesideRuns, Run, ToldLife, beside, load
from scorelab.spec.load import Options, resolve
from scorelab.spec.load import check as check_files
from scorelab.spec.resolved import Resolved, digest

if TYPE_CHECKING:
    from scorelab.ledger.manifest import Manifest
    from scorelab.ledger.study import Study
    from scorelab.runs.draws import Wanted
    from scorelab.runs.execute import Progress, Watcher
    from scorelab.runs.lives import Prepared
    from scorelab.runs.tasks import Shard

__all__ = [
    "BesideRuns",
    "Run",
    "ToldLife",
    "beside",
    "check",
    "find",
    "gather",
    "live",
    "live_share",
    "load",
    "run",
    "study",
    "to_study",
]

DERIVED = (
    *("ledger", "lives", "measures", "charts", "report", "words.py", "errors.py", "api.py", "results.py"),
    *("kernel/counted.py", "kernel/layout.py", "spec/scheme.py", "spec/society.py", "spec/switches.py"),
)
"""What turns counts into measures and pages; when it changes, both are made anew from the ledger."""


def run(
    what: str | Path,
    *,
    persons: int | None = None,
    counties: int | None = None,
    weeks: int | None = None,
    seed: int | None = None,
    replicates: int | None = None,
    scale: str | None = None,
    set: Mapping[str, Any] | Sequence[str] = (),
    out: str | Path | None = None,
    workers: int | None = None,
    cluster: str | None = None,
    progress: "bool | Watcher" = False,
) -> Run:
    """Live an experiment and return its results; what was lived before is not lived again.

    ``what`` is a name of the catalogue, a file, or the manifest.json of a run. ``persons`` is per county. With
    ``scale="full"`` the counties of the society's country are lived, each of its own size: all of them, or a sample of
    so many ``counties``. ``set`` holds "path=value" texts or a mapping from paths to values. ``out`` is the run's
    folder, by default ``runs/NAME-DIGEST``. ``workers`` counties are lived at once; with ``cluster``, the address of a
    dask scheduler such as "tcp://127.0.0.1:8786", as many as its workers have threads. ``progress`` may be True (a line
    on standard error) or a function that is called with :class:`scorelab.runs.execute.Progress`.

    Raises InputError where the input is wrong, RunError where the run cannot go on.
    """
    options = Options(
        persons=persons,
        counties=counties,
        weeks=weeks,
        seed=seed,
        replicates=replicates,
        sets=_assignments(set),
        scale=scale,
    )
    watch = (_line() if progress is True else progress) or None
    folder = None if out is None else Path(out)
    return live(find(what, options), folder, workers=workers, cluster=cluster, watch=watch)


def check(file: str | Path) -> list[Problem]:
    """Every problem of a scheme, society or experiment file, in the order of its lines; empty where it is right.

    A name of the catalogue is as good as a file.
    """
    return check_files([Path(file)])


def find(what: str | Path, options: Options) -> Resolved:
    """The resolved experiment behind a catalogue name, a file, or the manifest of an earlier run.

    Raises InputError where it is wrong.
    """
    from scorelab.ledger.manifest import FILE, read_manifest

    path = Path(what)
    if path.name != FILE or not path.is_file():
        return resolve(str(what), options=options)
    if options != Options():
        message = (
            "a manifest says all that was run: it takes no persons, counties, weeks, seed, replicates, scale or set"
        )
        raise InputError([Problem(str(path), 0, 0, message)])
    return Resolved.from_json(json.dumps(read_manifest(path.parent).resolved), file=str(path))


def folder_of(resolved: Resolved, out: Path | None) -> Path:
    """The folder that a run goes to."""
    from scorelab.runs.folder import default_folder

    return out if out is not None else default_folder(resolved.name, digest(resolved))


def live(
    resolved: Resolved,
    out: Path | None,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    watch: "Watcher | None" = None,
) -> Run:
    """Live a resolved experiment in its folder: the counties that are missing, then the measures."""
    run, _ = live_share(resolved, folder_of(resolved, out), None, workers=workers, cluster=cluster, watch=watch)
    return run


def live_share(
    resolved: Resolved,
    folder: Path,
    shard: "Shard | None",
    *,
    workers: int | None = None,
    cluster: str | None = None,
    watch: "Watcher | None" = None,
) -> "tuple[Run, int]":
    """Live one share of an experiment's counties, or with None all of them, and return how many others are missing.

    Only where none is missing the measures are made, and the run can be asked for its results.
    """
    from scorelab.runs.execute import lacking
    from scorelab.runs.folder import begun, locked

    if workers is not None and workers < 1:
        raise InputError([Problem("--workers", 0, 0, f"at least 1 thread is needed, not {workers}")])
    if workers is not None and cluster is not None:
        raise InputError([Problem("--workers", 0, 0, "with --cluster, the cluster's workers say how many they are")])
    begun(folder)
    with locked(folder):
        manifest = _lived(resolved, folder, shard, workers, cluster, watch)
        if not manifest.finished:
            return Run(folder), len(lacking(resolved, folder))
        _measured(folder, manifest)
    return Run(folder), 0


def gather(parts: Sequence[str | Path], out: str | Path | None = None, *, watch: "Watcher | None" = None) -> Run:
    """Put the shares of a run together in one folder and make its measures; what was gathered before stays.

    ``out`` is by default ``runs/NAME-DIGEST``. The shares are only read. Raises RunError where they are of different
    runs or versions, where a county differs between two of them, and where counties are missing: these are named, and
    the others are kept.
    """
    from scorelab.runs.folder import begun, locked
    from scorelab.runs.gather import bring, incomplete, opened

    resolved, wanted, shares = opened([Path(part) for part in parts])
    folder = folder_of(resolved, None if out is None else Path(out))
    begun(folder)
    with locked(folder):
        manifest = bring(resolved, wanted.with_provenance(started=_now(), machine=_machine()), shares, folder, watch)
        if not manifest.finished:
            raise RunError(incomplete(resolved, shares, folder))
        _measured(folder, manifest)
    return Run(folder)


def to_study(run: Run, wanted: "Wanted") -> "tuple[Resolved, Study]":
    """What a study of a run would live: the experiment at the draws' size, and what is drawn; nothing is lived.

    What was not asked for is as in the study that the run's folder holds, else as usual. Raises RunError where there is
    nothing to draw or the folder holds another study.
    """
    from scorelab.ledger.study import read_study
    from scorelab.runs.draws import base, completed, same_study, study_of

    found = read_study(run.dir)
    asked = completed(wanted, found)
    small = base(run.resolved, asked)
    study = study_of(small, asked)
    study = replace(study, tables_digest=_prepared(small).built.digest())
    if found is not None:
        same_study(run.dir, found, study)
    return small, study


def study(run: Run, wanted: "Wanted", *, workers: int | None = None, watch: "Watcher | None" = None) -> Run:
    """Live a run's experiment again with everything assumed drawn over its range: what does that do to its numbers?

    The draws that are missing are lived; then the run's measures get their intervals of assumptions, and
    ``assumed.parquet`` and ``sensitivity.parquet`` are written beside them.
    """
    from scorelab.ledger.study import write_study
    from scorelab.ledger.text import writing
    from scorelab.measures import assumed, codebook, compute, sensitivity
    from scorelab.measures.lab import facts
    from scorelab.runs.draws import live_draws
    from scorelab.runs.estimate import estimate, must_fit
    from scorelab.runs.execute import default_workers
    from scorelab.runs.folder import REPORT, locked

    def measure(work: Path, made: Path) -> None:
        compute(work)
        assumed.keep(work, made)

    with locked(run.dir):
        small, planned = to_study(run, wanted)
        must_fit(estimate(small, workers or default_workers()), run.dir)
        write_study(run.dir, planned)
        live_draws(small, planned, run.dir, measure, workers, watch)
        with writing(run.dir):
            told = facts(run.dir)
            assumed.write(told)
            sensitivity.write(told)
            codebook.write(told, run.dir / codebook.FILE)
            (run.dir / REPORT).unlink(missing_ok=True)
    return Run(run.dir)


def _lived(
    resolved: Resolved,
    folder: Path,
    shard: "Shard | None",
    workers: int | None,
    cluster: str | None,
    watch: "Watcher | None",
) -> "Manifest":
    from scorelab.ledger.manifest import Manifest, write_manifest
    from scorelab.ledger.manifest import versions as installed
    from scorelab.runs.folder import begun, same_run

    wanted = Manifest(digest=digest(resolved), resolved=json.loads(resolved.to_json()))
    found = begun(folder)
    if found is not None and (found.finished or found.digest != wanted.digest):
        same_run(folder, found, wanted)
        return found

    from scorelab.runs.estimate import estimate, must_fit
    from scorelab.runs.execute import default_workers, execute, lacking

    todo = lacking(resolved, folder, shard)
    if todo:
        must_fit(estimate(resolved, workers or default_workers(), len(todo)), folder, elsewhere=cluster is not None)
    prepared = _prepared(resolved)
    wanted = replace(wanted, tables_digest=prepared.built.digest(), versions=installed())
    if found is None:
        found = wanted.with_provenance(started=_now(), machine=_machine())
        write_manifest(folder, found)
    same_run(folder, found, wanted)
    return execute(prepared, folder, found, workers=workers, cluster=cluster, shard=shard, watch=watch)


def _prepared(resolved: Resolved) -> "Prepared":
    from scorelab.runs.lives import prepare

    return prepare(resolved)


def _measured(folder: Path, manifest: "Manifest") -> None:
    """Compute the measures, unless the same code has already done so."""
    from scorelab.ledger.manifest import write_manifest
    from scorelab.runs.folder import MEASURES, REPORT

    code = derived_code()
    if (folder / MEASURES).exists() and manifest.provenance.get("measured_by") == code:
        return
    from scorelab.ledger.text import sweep_parts, writing
    from scorelab.measures import compute

    with writing(folder):
        sweep_parts(folder)
        compute(folder)
        (folder / REPORT).unlink(missing_ok=True)
    write_manifest(folder, manifest.with_provenance(measured_by=code))


def derived_code() -> str:
    """Digest of the code that turns counts into measures and pages."""
    from scorelab.runs.code import code_digest

    return code_digest(DERIVED)


def _assignments(given: Mapping[str, Any] | Sequence[str]) -> tuple[str, ...]:
    if isinstance(given, str):
        return (given,)
    if isinstance(given, Mapping):
        return tuple(f"{path}={value}" for path, value in given.items())
    return tuple(given)


def _line() -> "Watcher":
    """A watcher that keeps one line on standard error up to date."""
    told = [""]

    def tell(lived: "Progress") -> None:
        text = f"{lived.counties_done} of {lived.counties} counties, {lived.weeks_done / lived.weeks:.0%}"
        if text != told[0]:
            told[0] = text
            sys.stderr.write(f"\r{text}{chr(10) if lived.counties_done == lived.counties else ''}")
            sys.stderr.flush()

    return tell


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _machine() -> str:
    import platform

    return f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
