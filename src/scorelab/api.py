"""The door for Python: run an experiment, check a file, open a finished run, and ask it for its results.

Everything heavy (numba, DuckDB, the charts) is imported when it is first needed.
"""

import hashlib
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorelab.errors import InputError, Problem, RunError
from scorelab.spec.load import Options, resolve
from scorelab.spec.load import check as check_files
from scorelab.spec.resolved import Resolved, digest

if TYPE_CHECKING:
    import pandas

    from scorelab.ledger.manifest import Manifest
    from scorelab.ledger.read import Ledger
    from scorelab.ledger.study import Study
    from scorelab.lives.life import Life
    from scorelab.measures.gates import Gate
    from scorelab.report.beside_words import Pair
    from scorelab.runs.draws import Wanted
    from scorelab.runs.execute import Progress, Watcher
    from scorelab.runs.lives import Prepared

DERIVED = (
    *("ledger", "lives", "measures", "charts", "report", "words.py", "errors.py", "api.py"),
    *("kernel/counted.py", "kernel/layout.py", "spec/scheme.py", "spec/society.py", "spec/switches.py"),
)
"""What turns counts into measures and pages; when it changes, both are made anew from the ledger."""


@dataclass(frozen=True)
class Run:
    """A finished run: a folder with a manifest, a ledger of counts, measures, and a report."""

    dir: Path

    @cached_property
    def manifest(self) -> "Manifest":
        """What was run: the resolved experiment, versions, digests, provenance."""
        from scorelab.ledger.manifest import read_manifest

        return read_manifest(self.dir)

    @cached_property
    def resolved(self) -> Resolved:
        """The experiment as it was lived, every default filled in."""
        from scorelab.ledger.manifest import FILE

        return Resolved.from_json(json.dumps(self.manifest.resolved), file=str(self.dir / FILE))

    @cached_property
    def ledger(self) -> "Ledger":
        """The tables of counts, read lazily: ``.table("weekly")``, ``.sql("SELECT ...")``."""
        from scorelab.ledger.read import Ledger
        from scorelab.runs.folder import LEDGER

        return Ledger(self.dir / LEDGER)

    @cached_property
    def measures(self) -> "pandas.DataFrame":
        """All measures, tidy: one row a measure, world, group and item, with both intervals. Needs pandas."""
        try:
            import pandas
        except ImportError:
            raise RunError(
                "run.measures is a pandas DataFrame: pip install -e '.[pandas]' in the folder of scorelab, "
                f"or read {self.measures_file} with anything that reads Parquet"
            ) from None
        import duckdb

        from scorelab.ledger.read import literal

        with duckdb.connect(":memory:") as database:
            found: pandas.DataFrame = database.read_parquet(literal(self.measures_file)).df()
        return found

    @property
    def gates(self) -> "tuple[Gate, ...]":
        """What must be true of every run, and whether it is of this one."""
        from scorelab.measures.gates import read

        return read(self.dir)

    @property
    def measures_file(self) -> Path:
        """The file of all measures."""
        from scorelab.runs.folder import MEASURES

        return self.dir / MEASURES

    def measures_csv(self) -> Path:
        """Write all measures as a table that any program reads and return its path."""
        import duckdb

        from scorelab.ledger.read import literal
        from scorelab.runs.folder import MEASURES

        path = self.dir / Path(MEASURES).with_suffix(".csv")
        try:
            with duckdb.connect(":memory:", config={"threads": 1}) as database:
                database.read_parquet(literal(self.measures_file)).write_csv(str(path))
        except (OSError, duckdb.Error) as error:
            raise RunError(f"cannot write {path}: {str(error).splitlines()[0]}") from error
        return path

    def tables(self) -> Path:
        """Write all measures as tables to take away, one file a family, and return their folder."""
        from scorelab.measures.takeaway import write

        return write(self.dir)

    def chart(self, name: str) -> Any:
        """One picture of the report by its name; it shows itself in a notebook."""
        from scorelab.charts import chart, names

        if name not in names():
            raise RunError(f"no chart '{name}'; there are {', '.join(names())}")
        found = chart(self.dir, name)
        if found is None:
            raise RunError(f"the run in {self.dir} has nothing to show in the chart '{name}'")
        return found

    def report(self) -> Path:
        """Write the report anew and return its path: one self-contained HTML file."""
        from scorelab.report.page import write

        return write(self.dir)

    def beside(self, other: "Run | str | Path") -> "BesideRuns":
        """This run beside another one that shares its fate."""
        return beside(self, other)

    def life(
        self,
        *,
        wrongful: bool = False,
        collateral: bool = False,
        spiral: bool = False,
        random: bool = False,
        person: str | None = None,
        draw: int = 0,
        alone: bool = False,
    ) -> "ToldLife":
        """One synthetic person, lived again in every world: drawn by lot among those of a kind, or the one of an ID.

        Without a choice: somebody denied by false records alone if there is anybody, else anybody; the lives that this
        takes are kept in lives.json for the report. ``draw`` asks for another lot. With ``alone`` there is one world
        more, in which the schemes apply to everybody but this person. Raises InputError for an ID or a draw that cannot
        be, RunError where nobody is of the kind.
        """
        from scorelab.lives import choose, lived
        from scorelab.lives.alone import alone as left_out

        wanted = {"wrongful": wrongful, "collateral": collateral, "spiral": spiral, "random": random}
        kinds = [kind for kind, so in wanted.items() if so]
        if len(kinds) + (person is not None) > 1:
            raise InputError([Problem("life", 0, 0, "one person at a time: choose one kind or one person")])
        if person is not None:
            choose.named(self.resolved, person)
        if not kinds and person is None and draw == 0 and not alone:
            told = {life.chosen.kind: life for life in lived.chosen(self.dir)}
            return ToldLife(self.dir, told.get("wrongful", told["random"]), told["random"])
        counties = lived.again(self.dir)
        if person is not None:
            found = choose.named(self.resolved, person)
        else:
            usual = "wrongful" if choose.anybody(counties, "wrongful") else "random"
            found = choose.draw(counties, kinds[0] if kinds else usual, draw)
        return ToldLife(self.dir, left_out(counties, found) if alone else lived.lives(counties, [found])[0])

    def __repr__(self) -> str:
        manifest = self.manifest
        worlds = ", ".join(str(world["name"]) for world in manifest.resolved["worlds"])
        return f"<run of {manifest.name} in {self.dir}: worlds {worlds}>"


@dataclass(frozen=True)
class BesideRuns:
    """Two finished runs beside each other, a and b: net differences between a world of each."""

    a: Run
    b: Run
    pair: "Pair"
    """What is known of both: facts, names and numbers."""

    @cached_property
    def measures(self) -> "pandas.DataFrame":
        """Every number of both and its difference, tidy: one row a measure, group and item. Needs pandas."""
        try:
            import pandas
        except ImportError:
            raise RunError(
                "measures is a pandas DataFrame: pip install -e '.[pandas]' in the folder of scorelab, or write "
                "them with .csv(path)"
            ) from None
        from scorelab.measures.beside import COLUMNS

        return pandas.DataFrame(self.pair.table(), columns=list(COLUMNS))

    def report(self, path: str | Path | None = None) -> Path:
        """Write the page and return its path, by default ``beside-A-B.html`` in the current folder."""
        from scorelab.report.beside import write

        return write(self.pair, self.path(".html") if path is None else Path(path))

    def csv(self, path: str | Path | None = None) -> Path:
        """Write every number of both and its difference as a table and return its path."""
        from scorelab.measures.beside import write_csv

        return write_csv(self.pair.table(), self.path(".csv") if path is None else Path(path))

    def path(self, suffix: str) -> Path:
        """Where something about both goes when nobody says where."""
        return Path(f"beside-{self.a.manifest.name}-{self.b.manifest.name}{suffix}")

    def __repr__(self) -> str:
        return f"<{self.a.dir} beside {self.b.dir}>"


@dataclass(frozen=True)
class ToldLife:
    """One synthetic person of a run in all its worlds: ``life`` as data, ``account`` in words, ``write()`` the page."""

    dir: Path
    life: "Life"
    beside: "Life | None" = None
    """a random life, where one was drawn with it"""

    @property
    def invented(self) -> str:
        """What must stand beside every life."""
        from scorelab.lives.life import INVENTED

        return INVENTED

    @property
    def account(self) -> tuple[str, ...]:
        """The life in sentences."""
        return self.life.account

    @property
    def events(self) -> "pandas.DataFrame":
        """What happened, one row an event and world. Needs pandas."""
        from dataclasses import asdict

        try:
            import pandas
        except ImportError:
            raise RunError(
                "life.events is a pandas DataFrame: pip install -e '.[pandas]' in the folder of scorelab, "
                "or use life.life.happened"
            ) from None
        rows = [{"date": self.life.date(event.week), **asdict(event)} for event in self.life.happened]
        return pandas.DataFrame(rows)

    def write(self) -> Path:
        """Write the page of this life, ``lives/ID.html`` in the run's folder, and return its path."""
        from scorelab.report.life import write

        other = self.beside
        return write(self.dir, self.life, [other] if other and other.who != self.life.who else [])

    def __repr__(self) -> str:
        return f"<{self.invented} {self.life.who.id}: {self.life.chosen.words}>"


def run(
    what: str | Path,
    *,
    persons: int | None = None,
    counties: int | None = None,
    weeks: int | None = None,
    seed: int | None = None,
    replicates: int | None = None,
    set: Mapping[str, Any] | Sequence[str] = (),
    out: str | Path | None = None,
    workers: int | None = None,
    progress: "bool | Watcher" = False,
) -> Run:
    """Live an experiment and return its results; what was lived before is not lived again.

    ``what`` is a name of the catalogue, a file, or the manifest.json of a run. ``persons`` is per county. ``set`` holds
    "path=value" texts or a mapping from paths to values. ``out`` is the run's folder, by default
    ``runs/NAME-DIGEST``. ``progress`` may be True (a line on standard error) or a function that is called with
    :class:`scorelab.runs.execute.Progress`.

    Raises InputError where the input is wrong, RunError where the run cannot go on.
    """
    options = Options(
        persons=persons, counties=counties, weeks=weeks, seed=seed, replicates=replicates, sets=_assignments(set)
    )
    watch = (_line() if progress is True else progress) or None
    return live(find(what, options), None if out is None else Path(out), workers=workers, watch=watch)


def check(file: str | Path) -> list[Problem]:
    """Every problem of a scheme, society or experiment file, in the order of its lines; empty where it is right.

    A name of the catalogue is as good as a file.
    """
    return check_files([Path(file)])


def load(folder: str | Path) -> Run:
    """Open a finished run. Raises RunError where the folder holds none."""
    from scorelab.ledger.manifest import read_manifest

    found = Run(Path(folder))
    if not read_manifest(found.dir).finished or not found.measures_file.exists():
        command = f"scorelab run {folder}/manifest.json --out {folder}"
        raise RunError(f"{folder} is not finished: `{command}` goes on with it")
    return found


def beside(a: Run | str | Path, b: Run | str | Path, worlds: tuple[str, str] | None = None) -> BesideRuns:
    """Set two finished runs beside each other, each a run or its folder; ``worlds`` names a world of each.

    By default the focus of each is compared. Raises RunError where a folder holds no finished run, where the two do
    not share fate (society, seed, weeks, start, counties, persons, replicates, and the reference world), or where a
    run has no such world.
    """
    from scorelab.report.beside import load as pair

    one, other = (found if isinstance(found, Run) else load(found) for found in (a, b))
    return BesideRuns(one, other, pair(one.dir, other.dir, worlds))


def find(what: str | Path, options: Options) -> Resolved:
    """The resolved experiment behind a catalogue name, a file, or the manifest of an earlier run.

    Raises InputError where it is wrong.
    """
    from scorelab.ledger.manifest import FILE, read_manifest

    path = Path(what)
    if path.name != FILE or not path.is_file():
        return resolve(str(what), options=options)
    if options != Options():
        message = "a manifest says all that was run: it takes no persons, counties, weeks, seed, replicates or set"
        raise InputError([Problem(str(path), 0, 0, message)])
    return Resolved.from_json(json.dumps(read_manifest(path.parent).resolved), file=str(path))


def folder_of(resolved: Resolved, out: Path | None) -> Path:
    """The folder that a run goes to."""
    from scorelab.runs.folder import default_folder

    return out if out is not None else default_folder(resolved.name, digest(resolved))


def live(resolved: Resolved, out: Path | None, *, workers: int | None = None, watch: "Watcher | None" = None) -> Run:
    """Live a resolved experiment in its folder: the counties that are missing, then the measures."""
    from scorelab.runs.folder import begun, locked

    if workers is not None and workers < 1:
        raise InputError([Problem("--workers", 0, 0, f"at least 1 thread is needed, not {workers}")])
    folder = folder_of(resolved, out)
    begun(folder)
    with locked(folder):
        manifest = _lived(resolved, folder, workers, watch)
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
        told = facts(run.dir)
        assumed.write(told)
        sensitivity.write(told)
        codebook.write(told, run.dir / codebook.FILE)
        (run.dir / REPORT).unlink(missing_ok=True)
    return Run(run.dir)


def _lived(resolved: Resolved, folder: Path, workers: int | None, watch: "Watcher | None") -> "Manifest":
    from scorelab.ledger.manifest import Manifest, write_manifest
    from scorelab.ledger.manifest import versions as installed
    from scorelab.runs.folder import begun, same_run

    wanted = Manifest(digest=digest(resolved), resolved=json.loads(resolved.to_json()))
    found = begun(folder)
    if found is not None and (found.finished or found.digest != wanted.digest):
        same_run(folder, found, wanted)
        return found

    from scorelab.runs.estimate import estimate, must_fit
    from scorelab.runs.execute import default_workers, execute

    must_fit(estimate(resolved, workers or default_workers()), folder)
    prepared = _prepared(resolved)
    wanted = replace(wanted, tables_digest=prepared.built.digest(), versions=installed())
    if found is None:
        found = wanted.with_provenance(started=_now(), machine=_machine())
        write_manifest(folder, found)
    same_run(folder, found, wanted)
    return execute(prepared, folder, found, workers=workers, watch=watch)


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
    from scorelab.measures import compute

    compute(folder)
    (folder / REPORT).unlink(missing_ok=True)
    write_manifest(folder, manifest.with_provenance(measured_by=code))


def derived_code() -> str:
    """Digest of the code that turns counts into measures and pages."""
    root = Path(__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for part in DERIVED:
        place = root / part
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


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
