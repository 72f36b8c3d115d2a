"""Reading the ledger of a run, lazily: nothing is loaded until a query asks for it."""

import hashlib
import re
from pathlib import Path

import duckdb

from scorelab.errors import RunError
from scorelab.ledger.columns import COUNTY_TABLES, FORMAT, TABLES
from scorelab.ledger.write import quoted


def counties(folder: Path) -> list[Path]:
    """The whole counties of a ledger folder, or its county groups, in the order of replicate and number."""
    return sorted(folder.glob("r[0-9]*-[cg][0-9]*"))


def tables_of(place: Path) -> tuple[str, ...]:
    """The tables in a county's folder, or in that of a county group, which keeps some of each county as well."""
    return (*TABLES, *COUNTY_TABLES) if "-g" in place.name else tuple(TABLES)


def literal(path: Path) -> str:
    """A path for DuckDB, which would take ``[``, ``*`` and ``?`` in it for a pattern, and read other files."""
    return re.sub(r"([\[*?])", r"[\1]", path.as_posix())


class Ledger:
    """The tables of one run. Counts are integers: ``sum(...)::BIGINT`` keeps them so in a query's answer.

    >>> run.ledger.sql("SELECT world, sum(denied)::BIGINT AS denied FROM weekly GROUP BY world").fetchall()
    """

    def __init__(self, folder: Path) -> None:
        """``folder`` is the ``ledger`` folder of a run. Raises RunError where it holds no county of this format."""
        self.folder = folder
        self._counties = counties(folder)
        if not self._counties:
            raise RunError(f"{folder} holds no county")
        first = self._counties[0] / "weekly.parquet"
        found = _metadata([first]).get(first, {}).get("format")
        if found != str(FORMAT):
            raise RunError(f"{folder} has the ledger format {found}; this version of scorelab reads format {FORMAT}")
        self._database = duckdb.connect(":memory:")
        self.tables = tables_of(self._counties[0])
        """Names of all tables; :mod:`scorelab.ledger.columns` says what their columns mean."""
        for table in self.tables:
            files = ", ".join(_text(county / f"{table}.parquet") for county in self._counties)
            self._database.execute(f"CREATE VIEW {quoted(table)} AS SELECT * FROM read_parquet([{files}])")

    def table(self, name: str) -> duckdb.DuckDBPyRelation:
        """One table of all counties and replicates, as a lazy relation (``.fetchall()``, ``.df()``, ``.filter()``)."""
        if name not in self.tables:
            raise RunError(f"no table '{name}' in the ledger; it has {', '.join(self.tables)}")
        return self._database.table(name)

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """The answer to a query over the tables, as a lazy relation."""
        return self._database.sql(query)

    def columns(self, name: str) -> list[str]:
        """Names of a table's columns."""
        return list(self.table(name).columns)

    def __repr__(self) -> str:
        what = "county groups" if "county_sizes" in self.tables else "counties"
        return f"<ledger of {len(self._counties)} {what}: {', '.join(self.tables)}>"


def ledger_digest(folder: Path) -> str:
    """Digest of all rows of a ledger, which does not depend on how they are stored."""
    files = [county / f"{table}.parquet" for county in counties(folder) for table in tables_of(county)]
    rows = {path: values["rows"] for path, values in _metadata(files).items()}
    digest = hashlib.blake2b(digest_size=16)
    for path in files:
        digest.update(f"{path.parent.name}/{path.stem} {rows[path]}\n".encode())
    return digest.hexdigest()


def whole(county: Path) -> None:
    """Raise RunError unless every table of a county is there, can be opened, and is of this format.

    A folder that was copied from elsewhere may have been cut off on the way.
    """
    files = [county / f"{table}.parquet" for table in TABLES]
    found = _metadata(files)
    odd = {found.get(path, {}).get("format") for path in files} - {str(FORMAT)}
    if odd:
        raise RunError(f"{county} has the ledger format {odd.pop()}; this version of scorelab reads format {FORMAT}")


def _metadata(files: list[Path]) -> dict[Path, dict[str, str]]:
    """What scorelab wrote into the files beside the rows."""
    found: dict[Path, dict[str, str]] = {}
    names = ", ".join(_text(path) for path in files)
    query = f"SELECT file_name, decode(key), decode(value) FROM parquet_kv_metadata([{names}])"
    with duckdb.connect(":memory:") as database:
        try:
            for name, key, value in database.execute(query).fetchall():
                found.setdefault(Path(name), {})[key] = value
        except duckdb.Error as error:
            raise RunError(f"cannot read {files[0].parent.parent}: {str(error).splitlines()[0]}") from error
    return found


def _text(path: Path) -> str:
    return "'" + literal(path).replace("'", "''") + "'"
