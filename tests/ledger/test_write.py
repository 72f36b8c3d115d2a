"""A county on disk: whole or not at all, and the same bytes each time."""

import threading
from pathlib import Path

import duckdb
import numpy as np
import pytest

from scorelab.errors import RunError
from scorelab.kernel.counted import WEEKLY
from scorelab.ledger import write as writing
from scorelab.ledger.columns import TABLES, Type, columns
from scorelab.ledger.read import Ledger, counties, ledger_digest
from scorelab.ledger.rows import Coded, Rows, tables
from scorelab.ledger.write import rows_digest, sweep, write_county
from tests.ledger.random_counts import MARGINS, random_counts, words


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}


def test_what_is_read_is_what_was_counted(tmp_path: Path) -> None:
    names = words()
    counts = [random_counts(names, seed) for seed in (1, 2)]
    for county, one in enumerate(counts):
        write_county(tmp_path, one, names, MARGINS, 0, county)
    ledger = Ledger(tmp_path)
    for place, name in enumerate(WEEKLY):
        total = ledger.sql(f"SELECT county, sum({name})::BIGINT FROM weekly GROUP BY county ORDER BY county").fetchall()
        assert total == [(county, int(one.weekly[..., place].sum())) for county, one in enumerate(counts)]
    for table in ("occasions", "needs", "denials", "flow"):
        found = ledger.sql(f"SELECT sum(count)::BIGINT FROM {table}").fetchall()
        assert found == [(sum(int(getattr(one, table)[:, 1].sum()) for one in counts),)]
    assert ledger.table("margins").filter("county = 1").fetchall() == [(0, 1, *row) for row in MARGINS]


def test_columns_have_the_declared_types(tmp_path: Path) -> None:
    names = words(8)
    write_county(tmp_path, random_counts(names, 1), names, MARGINS, 3, 7)
    ledger = Ledger(tmp_path)
    for table in TABLES:
        schema = columns(table, ("quintile", "residence"), names.worlds)
        assert ledger.columns(table) == [column.name for column in schema]
        assert [str(kind) for kind in ledger.table(table).types] == [column.type.value for column in schema]
        assert ledger.sql(f'SELECT DISTINCT replicate, county FROM "{table}"').fetchall() == [(3, 7)]


def test_the_same_counts_give_the_same_bytes_in_any_thread(tmp_path: Path) -> None:
    """A time, a path, a hash order or a thread's number in a file would show here."""
    names = words()
    write_county(tmp_path / "a", random_counts(names, 1, rows=3000), names, MARGINS, 0, 0)

    def again() -> None:
        write_county(tmp_path / "elsewhere" / "b", random_counts(names, 1, rows=3000), names, MARGINS, 0, 0)

    threads = [threading.Thread(target=again), threading.Thread(target=lambda: None)]
    for thread in threads:
        thread.start()
        thread.join()
    one, other = _bytes(tmp_path / "a"), _bytes(tmp_path / "elsewhere" / "b")
    assert len(one) == len(TABLES)
    assert one == other


def test_one_more_count_gives_another_digest(tmp_path: Path) -> None:
    names = words()
    counts = random_counts(names, 1)
    weekly = counts.weekly.copy()
    weekly[0, 0, 0, 0] += 1
    write_county(tmp_path / "a", counts, names, MARGINS, 0, 0)
    write_county(tmp_path / "b", counts._replace(weekly=weekly), names, MARGINS, 0, 0)
    assert ledger_digest(tmp_path / "a") != ledger_digest(tmp_path / "b")


def test_the_digest_of_rows_can_be_made_from_the_file(tmp_path: Path) -> None:
    """It is a digest of what the file says, not of how it was made: recomputed here from the file alone."""
    names = words()
    place = write_county(tmp_path, random_counts(names, 1), names, MARGINS, 0, 0)
    made = tables(random_counts(names, 1), names, MARGINS)
    for table in TABLES:
        schema = columns(table, ("quintile", "residence"), names.worlds)
        relation = duckdb.read_parquet(str(place / f"{table}.parquet"))
        rows: Rows = {}
        for column in schema[2:]:
            values = [row[0] for row in relation.select(duckdb.ColumnExpression(column.name)).fetchall()]
            if column.type is Type.word:
                vocabulary = tuple(sorted(set(values), reverse=True))
                rows[column.name] = Coded(np.array([vocabulary.index(word) for word in values], np.int32), vocabulary)
            else:
                rows[column.name] = np.array(values)
        stored = duckdb.execute(
            f"SELECT decode(value) FROM parquet_kv_metadata('{place / table}.parquet') WHERE decode(key) = 'rows'"
        ).fetchall()
        assert stored == [(rows_digest(schema, made[table]),)] == [(rows_digest(schema, rows),)]


def test_words_with_quotes_survive(tmp_path: Path) -> None:
    """Words come from files that people write; a quote must not end a string."""
    names = words()
    margins = [('it\'s "odd"; DROP', "a'b", 1.0, 2)]
    write_county(tmp_path, random_counts(names, 1), names, margins, 0, 0)
    assert Ledger(tmp_path).table("margins").fetchall() == [(0, 0, *margins[0])]


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A half-written county would be taken for a whole one when the run goes on."""
    names = words()
    written = 0

    def failing(*args: object) -> None:
        nonlocal written
        written += 1
        assert counties(tmp_path) == []  # whoever is killed here must not leave something that looks whole
        if written == 5:
            raise OSError(28, "No space left on device")
        Path(str(args[0])).write_bytes(b"half")

    monkeypatch.setattr(writing, "write_table", failing)
    with pytest.raises(RunError, match="No space left on device"):
        write_county(tmp_path, random_counts(names, 1), names, MARGINS, 0, 0)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_writer_left_is_not_read_and_is_swept(tmp_path: Path) -> None:
    names = words()
    write_county(tmp_path, random_counts(names, 1), names, MARGINS, 0, 0)
    half = tmp_path / ".r000-c0001.4711.1"
    half.mkdir()
    (half / "weekly.parquet").write_bytes(b"PAR1")
    assert [path.name for path in counties(tmp_path)] == ["r000-c0000"]
    assert len(Ledger(tmp_path).sql("SELECT DISTINCT county FROM weekly").fetchall()) == 1
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["r000-c0000"]


def test_an_unknown_format_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = words()
    monkeypatch.setattr(writing, "FORMAT", 1)
    write_county(tmp_path, random_counts(names, 1), names, MARGINS, 0, 0)
    with pytest.raises(RunError, match="ledger format 1; this version of scorelab reads format 3"):
        Ledger(tmp_path)


def test_an_empty_ledger_and_an_unknown_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="holds no county"):
        Ledger(tmp_path)
    names = words()
    write_county(tmp_path, random_counts(names, 1), names, MARGINS, 0, 0)
    with pytest.raises(RunError, match="no table 'week' in the ledger; it has weekly"):
        Ledger(tmp_path).table("week")
