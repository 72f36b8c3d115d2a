"""The one tidy table of measures: a row is one number, with what it is about and how sure it is."""

import math
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from scorelab.errors import RunError
from scorelab.ledger.read import literal


class Cell(NamedTuple):
    """What a number is about besides measure and worlds; None means all."""

    quintile: str | None = None
    residence: str | None = None
    age: str | None = None
    sex: str | None = None
    attributes: str | None = None
    item: str | None = None
    period: int | None = None


class Row(NamedTuple):
    """One row of ``measures.parquet``.

    With ``against``, the number compares ``world`` with that world; whether it is a difference, a ratio or a count of
    lives that parted is said by the measure. ``numerator`` and ``denominator`` are the integer sums before any scaling
    (null where the number is no simple ratio). ``assumed_low`` and ``assumed_high`` are null outside a study.
    """

    measure: str
    world: str
    against: str | None
    quintile: str | None
    residence: str | None
    age: str | None
    sex: str | None
    attributes: str | None
    item: str | None
    period: int | None
    value: float | None
    chance_low: float | None
    chance_high: float | None
    assumed_low: float | None
    assumed_high: float | None
    interval_method: str
    unit: str
    numerator: int | None
    denominator: int | None

    @property
    def cell(self) -> Cell:
        return Cell(self.quintile, self.residence, self.age, self.sex, self.attributes, self.item, self.period)


_TYPES = {
    "period": "INTEGER",
    "value": "DOUBLE",
    "chance_low": "DOUBLE",
    "chance_high": "DOUBLE",
    "assumed_low": "DOUBLE",
    "assumed_high": "DOUBLE",
    "numerator": "BIGINT",
    "denominator": "BIGINT",
    **dict.fromkeys(("stated", "low", "median", "high", "correlation", "threshold"), "DOUBLE"),
    **dict.fromkeys(("differs", "by_ratio", "apart"), "BOOLEAN"),
    "draws": "INTEGER",
    **dict.fromkeys(("country_low", "country_high"), "DOUBLE"),
    **dict.fromkeys(("counted", "counties", "counties_of_country"), "BIGINT"),
}
_ORDER = ("measure", "world", "against", "item", "quintile", "residence", "age", "sex", "attributes", "period")
FILE = "measures.parquet"
FORMAT = "2"


class Measures:
    """All numbers of a run, in a fixed order; looked up by what they are about."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = tuple(rows)
        self._index: dict[tuple[object, ...], Row] = {}
        self._by_measure: dict[str, list[Row]] = {}
        for row in self._rows:
            self._index[(row.measure, row.world, row.against, *row.cell)] = row
            self._by_measure.setdefault(row.measure, []).append(row)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def one(self, measure: str, world: str, against: str | None = None, cell: Cell = Cell()) -> Row | None:  # noqa: B008
        """The row about exactly this, or None where the run has no such number."""
        return self._index.get((measure, world, against, *cell))

    def where(self, measure: str, **columns: object) -> list[Row]:
        """The rows of a measure whose named columns have these values (None: null), in the table's order."""
        found = self._by_measure.get(measure, [])
        return [row for row in found if all(getattr(row, name) == value for name, value in columns.items())]

    def frame(self) -> Any:
        """The whole table as a pandas data frame; needs pandas."""
        import pandas

        return pandas.DataFrame(list(self._rows), columns=list(Row._fields))


def _null(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else value


def in_memory(rows: Iterable[Row]) -> Measures:
    """The measures as they would be read from a table into which these rows were written."""

    def place(row: Row) -> list[tuple[bool, Any]]:
        return [(value is not None, value) for value in (getattr(row, name) for name in _ORDER)]

    numbers = [name for name, kind in _TYPES.items() if kind == "DOUBLE" and name in Row._fields]

    def clean(row: Row) -> Row:
        found: dict[str, Any] = {name: _null(getattr(row, name)) for name in numbers}
        return row._replace(**found)

    return Measures(sorted(map(clean, rows), key=place))


def write(rows: Iterable[Row], path: Path) -> Path:
    """Write the rows in a fixed order, under a temporary name that is renamed when all is on disk."""
    return write_rows(rows, Row, path, _ORDER)


def write_rows(rows: Iterable[tuple[Any, ...]], kind: type[Any], path: Path, ordered: tuple[str, ...] = ()) -> Path:
    """Write named tuples of one kind as a table, in the order of some columns or else as they come.

    Columns whose name has no type in ``_TYPES`` hold text. The file appears whole or not at all.
    """
    columns: dict[str, list[object]] = {name: [] for name in kind._fields}
    for row in rows:
        for name, value in zip(kind._fields, row, strict=True):
            columns[name].append(_null(value) if _TYPES.get(name) == "DOUBLE" else value)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    select = ", ".join(f"unnest(${name}::{_TYPES.get(name, 'VARCHAR')}[]) AS {name}" for name in kind._fields)
    order = f" ORDER BY {', '.join(f'{name} NULLS FIRST' for name in ordered)}" if ordered else ""
    quoted = temporary.as_posix().replace("'", "''")
    with duckdb.connect(config={"threads": 1}) as con:
        con.execute(f"CREATE TABLE written AS SELECT {select}", columns)
        con.execute(
            f"COPY (SELECT * FROM written{order}) TO '{quoted}' "
            f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{scorelab_format: '{FORMAT}'}})"
        )
    with temporary.open("rb") as stream:
        os.fsync(stream.fileno())
    temporary.replace(path)
    return path


def read_rows(kind: type[Any], path: Path) -> list[tuple[Any, ...]]:
    """The rows of a table of named tuples of one kind, in its order; none where there is no such file."""
    if not path.is_file():
        return []
    with duckdb.connect(config={"threads": 1}) as con:
        columns = ", ".join(kind._fields)
        return con.execute(f"SELECT {columns} FROM read_parquet($1)", [literal(path)]).fetchall()


def read(run_dir: Path) -> Measures:
    """The measures of a run. Raises RunError where they have not been computed."""
    path = run_dir / FILE
    if not path.is_file():
        raise RunError(f"{run_dir} holds no {FILE}; `scorelab run` writes it when every county has been lived")
    return Measures(Row(*row) for row in read_rows(Row, path))
