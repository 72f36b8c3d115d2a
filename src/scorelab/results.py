"""What a run is to whoever asks it for its results: a folder with measures, charts, a report, lives; and two beside."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorelab.errors import InputError, Problem, RunError
from scorelab.spec.resolved import Resolved

if TYPE_CHECKING:
    import pandas

    from scorelab.ledger.manifest import Manifest
    from scorelab.ledger.read import Ledger
    from scorelab.lives.life import Life
    from scorelab.measures.gates import Gate
    from scorelab.report.beside_words import Pair


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

    @cached_property
    def national(self) -> "pandas.DataFrame":
        """Totals of the country, one row a total and world, where the run was lived at full scale. Needs pandas.

        ``country_low`` to ``country_high`` is the 95 % interval for what the whole country counts under this seed, and
        ``chance_low`` to ``chance_high`` that for what is to be expected over all fates. Raises RunError for a run of
        another scale.
        """
        from scorelab.measures.national import National, read

        try:
            import pandas
        except ImportError:
            raise RunError(
                "run.national is a pandas DataFrame: pip install -e '.[pandas]' in the folder of scorelab, or read "
                f"{self.dir / 'national.parquet'} with anything that reads Parquet"
            ) from None
        if not self.resolved.national:
            raise RunError(f"the run in {self.dir} has no national totals: it was not lived with --scale full")
        return pandas.DataFrame(read(self.dir), columns=list(National._fields))

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
