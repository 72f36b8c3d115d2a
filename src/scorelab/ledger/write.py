"""One county's counts on disk: a folder of Parquet files that appears whole or not at all.

The same counts give the same bytes under the same version of DuckDB: one thread, an explicit order, no time and no
path in a file. Each file carries the format and a digest of its rows that does not depend on how they are stored.
"""

import contextlib
import hashlib
import os
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np

from scorelab.errors import RunError
from scorelab.kernel.counted import Counts
from scorelab.ledger.columns import FORMAT, TABLES, Column, Type, Words, columns
from scorelab.ledger.rows import Array, Coded, Margin, Rows, tables
from scorelab.ledger.text import reason

Files = Mapping[str, bytes]
"""A county's files by their names, as they stand on a disk."""

_local = threading.local()


def county_name(replicate: int, county: int) -> str:
    """Name of a county's folder."""
    return f"r{replicate:03d}-c{county:04d}"


def group_name(replicate: int, group: int) -> str:
    """Name of the folder of a county group, into which the counties of a run at full scale are merged."""
    return f"r{replicate:03d}-g{group:02d}"


def write_county(
    folder: Path, counts: Counts, words: Words, margins: Sequence[Margin], replicate: int, county: int
) -> Path:
    """Write all tables of one county into ``folder`` and return the county's own folder in it.

    Files are written beside their place, flushed to the disk, and then renamed all at once, so that a folder of that
    name is always whole. Raises RunError where the disk does not take them.
    """
    with written_whole(folder / county_name(replicate, county)) as beside:
        made = tables(counts, words, margins)
        for table in TABLES:
            schema = columns(table, tuple(words.groups[0]), words.worlds)
            write_table(beside / f"{table}.parquet", table, schema, made[table], (replicate, county))
    return folder / county_name(replicate, county)


def county_files(place: Path) -> Files:
    """The files of a county's folder as they are. Raises RunError where one is missing or cannot be read."""
    try:
        return {f"{table}.parquet": (place / f"{table}.parquet").read_bytes() for table in TABLES}
    except OSError as error:
        raise RunError(f"cannot read {error.filename}: {reason(error)}") from error


def put_county(folder: Path, files: Files, replicate: int, county: int) -> Path:
    """Write a county that was lived elsewhere into ``folder``, whole or not at all, and return its own folder in it.

    Raises RunError where the disk does not take it, ValueError where the files are not those of a county.
    """
    if sorted(files) != sorted(f"{table}.parquet" for table in TABLES):
        raise ValueError(f"a county has a file for each table, not {', '.join(sorted(files)) or 'none'}")
    with written_whole(folder / county_name(replicate, county)) as beside:
        for name, content in files.items():
            (beside / name).write_bytes(content)
    return folder / county_name(replicate, county)


@contextlib.contextmanager
def written_whole(place: Path) -> Iterator[Path]:
    """A folder beside ``place`` to write files into; when the block is through and all is on the disk, it is renamed.

    Raises RunError where the disk does not take them.
    """
    folder = place.parent
    beside = folder / f".{place.name}.{os.getpid()}.{threading.get_ident()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        yield beside
        _flush(beside)
        beside.rename(place)
        _flush(folder)
    except (OSError, duckdb.Error) as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise RunError(f"cannot write {place}: {reason(error)}") from error


def sweep(folder: Path) -> None:
    """Remove what killed writers left half done."""
    for left in folder.glob(".r*-[cg]*.*.*"):
        shutil.rmtree(left, ignore_errors=True)


def rows_digest(schema: Sequence[Column], rows: Rows) -> str:
    """32 hexadecimal digits of the rows in their order, independent of any file format.

    A column of words is hashed as the sorted words that occur in it and the number of each row's word among them;
    all others as 64-bit little-endian values.
    """
    digest = hashlib.blake2b(digest_size=16)
    for column in schema:
        if column.name not in rows:
            continue
        values = rows[column.name]
        digest.update(f"{column.name} {column.type.value}\n".encode())
        if isinstance(values, Coded):
            present = np.flatnonzero(np.bincount(values.codes, minlength=len(values.words)))
            order = sorted(present.tolist(), key=lambda code: values.words[code])
            rank = np.zeros(len(values.words), "<i8")
            rank[order] = np.arange(len(order))
            digest.update("\n".join(values.words[code] for code in order).encode() + b"\n")
            digest.update(rank[values.codes].tobytes())
        else:
            digest.update(values.astype("<f8" if column.type is Type.number else "<i8").tobytes())
    return digest.hexdigest()


def connection() -> duckdb.DuckDBPyConnection:
    """This thread's own database in memory; it uses one thread, so that the order of rows is ours."""
    if not hasattr(_local, "connection"):
        _local.connection = duckdb.connect(":memory:", config={"threads": 1, "preserve_insertion_order": True})
    made: duckdb.DuckDBPyConnection = _local.connection
    return made


def write_table(path: Path, table: str, schema: Sequence[Column], rows: Rows, place: Sequence[int]) -> None:
    """One table as a file: the first columns of its schema are the same numbers in every row, ``place``."""
    own = schema[len(place) :]
    wanted = [column.name for column in own]
    if list(rows) != wanted:
        raise ValueError(f"table {table} has the columns {list(rows)} and should have {wanted}")
    length = len(_values(next(iter(rows.values()))))
    arrays: dict[str, Array] = {"place": np.arange(length)}
    chosen = [f"{number}::INTEGER AS {column.name}" for number, column in zip(place, schema, strict=False)]
    for number, column in enumerate(own):
        values = rows[column.name]
        arrays[f"c{number}"] = np.ascontiguousarray(_values(values))
        if isinstance(values, Coded):
            vocabulary = ", ".join(_text(word) for word in values.words)
            source = f"([{vocabulary}]::VARCHAR[])[c{number} + 1]"
        else:
            source = f"c{number}::{column.type.value}"
        chosen.append(f"{source} AS {quoted(column.name)}")
    database = connection()
    database.register("given", arrays)
    try:
        database.execute(
            f"COPY (SELECT {', '.join(chosen)} FROM given ORDER BY place) TO {_text(str(path))} "
            "(FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 122880, "
            f"KV_METADATA {{format: '{FORMAT}', table_name: '{table}', rows: '{rows_digest(schema, rows)}'}})"
        )
    finally:
        database.unregister("given")


def _values(values: Array | Coded) -> Array:
    return values.codes if isinstance(values, Coded) else values


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A name as SQL wants it, whatever characters it has."""
    return '"' + name.replace('"', '""') + '"'


def _flush(folder: Path) -> None:
    """Make the files of a folder, and the folder itself, survive a loss of power."""
    for path in (*sorted(folder.glob("*.parquet")), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
