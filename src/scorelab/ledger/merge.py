"""Many counties become one county group: the same tables, in which counts are summed, and some totals of each county.

Sums are of integers, and the two columns that are none (expected records, wanted persons) are added county by county in
the order of their numbers; so the bytes depend on the counties alone, not on when or in which order they were lived.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from scorelab.ledger.columns import (
    COUNTY_TABLES,
    EVER,
    MONTH_WEEKS,
    TABLES,
    WEEKLY_MEANINGS,
    Column,
    Type,
    Words,
    columns,
)
from scorelab.ledger.read import literal
from scorelab.ledger.rows import Coded, Rows
from scorelab.ledger.write import connection, quoted, write_table, written_whole

_VALUES = (Type.count, Type.number)


class Country(NamedTuple):
    """How many counties a country has, and how many of them are lived."""

    counties: int
    lived: int


def merge(place: Path, parts: Sequence[Path], words: Words, country: Country) -> Path:
    """Merge counties of one replicate, in the order of their numbers, into the group whose folder ``place`` will be.

    The folder appears whole or not at all; the parts stay. Raises RunError where the disk does not take it.
    """
    replicate, group = (int(word[1:]) for word in place.name.split("-"))
    attributes = tuple(words.groups[0])

    with written_whole(place) as beside:
        for table in TABLES:
            schema = columns(table, attributes, words.worlds)
            rows = _rows(schema[2:], _summed(schema[2:], _files(parts, table)))
            write_table(beside / f"{table}.parquet", table, schema, rows, (replicate, group))
        for table, query in _of_each_county(parts, attributes, group, country).items():
            schema = columns(table, attributes, words.worlds)
            rows = _rows(schema[1:], query)
            write_table(beside / f"{table}.parquet", table, schema, rows, (replicate,))
    return place


def _files(parts: Sequence[Path], table: str) -> str:
    names = ", ".join("'" + literal(part / f"{table}.parquet").replace("'", "''") + "'" for part in parts)
    return f"read_parquet([{names}])"


def _summed(schema: Sequence[Column], files: str) -> str:
    """A query for the sums of all counties."""
    keys = [quoted(column.name) for column in schema if column.type not in _VALUES]
    sums = []
    for column in schema:
        name = quoted(column.name)
        if column.type is Type.count:
            sums.append(f"sum({name})::BIGINT AS {name}")
        elif column.type is Type.number:
            sums.append(f"sum({name} ORDER BY county) AS {name}")
    grouped = f" GROUP BY {', '.join(keys)}" if keys else ""
    return f"SELECT {', '.join([*keys, *sums])} FROM {files}{grouped}"


def _of_each_county(parts: Sequence[Path], attributes: Sequence[str], group: int, country: Country) -> dict[str, str]:
    """A query for each table that keeps something of each county."""
    weekly, persons = _files(parts, "weekly"), _files(parts, "persons")
    sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in WEEKLY_MEANINGS)
    by = ", ".join(("county", "world", *map(quoted, attributes)))
    found = ", ".join(f"coalesce(w.{name}, 0) AS {name}" for name in WEEKLY_MEANINGS)
    ever = ", ".join(f"p.{name} AS ever_{name}" for name in EVER)
    made = {
        "county_months": f"SELECT county, week // {MONTH_WEEKS} AS month, world, {sums} FROM {weekly} GROUP BY ALL",
        "county_totals": f"SELECT {by}, p.persons AS persons, {found}, {ever} FROM {persons} p "
        f"LEFT JOIN (SELECT {by}, {sums} FROM {weekly} GROUP BY ALL) w USING ({by}) WHERE p.span = 'run'",
        "county_sizes": f"SELECT county, {group}::INTEGER AS county_group, sum(persons)::BIGINT AS persons, "
        f"sum(adults)::BIGINT AS adults, {country.counties}::DOUBLE / {country.lived}::DOUBLE AS weight "
        f"FROM {_files(parts, 'people')} GROUP BY county",
    }
    assert set(made) == set(COUNTY_TABLES)
    return made


def _rows(schema: Sequence[Column], query: str) -> Rows:
    """The answer to a query, which has these columns, sorted by those of them that are no counts."""
    database = connection()
    database.execute(f"CREATE OR REPLACE TEMP TABLE merged AS {query}")
    try:
        vocabularies = _vocabularies(schema)
        chosen = []
        for column in schema:
            name, words = quoted(column.name), vocabularies.get(column.name)
            if words is not None:
                listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
                name = f"(list_position([{listed}]::VARCHAR[], {name}) - 1)::INTEGER AS {name}"
            chosen.append(name)
        keys = [str(place + 1) for place, column in enumerate(schema) if column.type not in _VALUES]
        order = f" ORDER BY {', '.join(keys)}" if keys else ""
        answer = database.execute(f"SELECT {', '.join(chosen)} FROM merged{order}").fetchnumpy()
    finally:
        database.execute("DROP TABLE IF EXISTS merged")
    rows: Rows = {}
    for column in schema:
        values = np.ascontiguousarray(answer[column.name])
        vocabulary = vocabularies.get(column.name)
        rows[column.name] = values if vocabulary is None else Coded(values.astype(np.int32), vocabulary)
    return rows


def _vocabularies(schema: Sequence[Column]) -> dict[str, tuple[str, ...]]:
    """The words that occur in each column of words of the merged rows, sorted."""
    names = [column.name for column in schema if column.type is Type.word]
    if not names:
        return {}
    lists = ", ".join(f"list(DISTINCT {quoted(name)})" for name in names)
    [found] = connection().execute(f"SELECT {lists} FROM merged").fetchall()
    return {name: tuple(sorted(words or ())) for name, words in zip(names, found, strict=True)}
