"""Many counties as one: a county group holds what its counties hold together, and something of each."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from scorelab.kernel.counted import Counts
from scorelab.ledger.columns import COUNTY_TABLES, EVER, TABLES, Column, Type, columns
from scorelab.ledger.merge import Country, merge
from scorelab.ledger.read import Ledger, ledger_digest, tables_of
from scorelab.ledger.write import write_county
from tests.ledger.random_counts import MARGINS, random_counts, words

NAMES = words(3)
ATTRIBUTES = tuple(NAMES.groups[0])
COUNTIES = (3, 8, 21)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three counties, the last of which lacks whole tables."""
    folder = tmp_path_factory.mktemp("parts")
    made = []
    for county in COUNTIES:
        counts = random_counts(NAMES, county)
        if county == COUNTIES[-1]:
            counts = _emptied(counts)
        made.append(write_county(folder, counts, NAMES, MARGINS, 0, county))
    return made


def _emptied(counts: Counts) -> Counts:
    return counts._replace(flow=counts.flow[:0], lists=np.zeros_like(counts.lists))


@pytest.fixture(scope="module")
def merged(parts: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return merge(tmp_path_factory.mktemp("merged") / "r000-g07", parts, NAMES, Country(2850, 100))


def _rows(file: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect(":memory:") as database:
        return database.read_parquet(str(file)).fetchall()


def _keys(schema: list[Column]) -> list[int]:
    return [at for at, column in enumerate(schema) if column.type not in (Type.count, Type.number)]


@pytest.mark.parametrize("table", TABLES)
def test_a_group_holds_the_sums_of_its_counties(parts: list[Path], merged: Path, table: str) -> None:
    """Summed once more in plain Python, row by row."""
    schema = columns(table, ATTRIBUTES, NAMES.worlds)
    keys = [at for at in _keys(schema) if at > 1]
    values = [at for at in range(2, len(schema)) if at not in keys]
    wanted: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0] * len(values))
    for part in parts:
        for row in _rows(part / f"{table}.parquet"):
            sums = wanted[tuple(row[at] for at in keys)]
            for place, at in enumerate(values):
                sums[place] += row[at]
    found = _rows(merged / f"{table}.parquet")
    assert {row[:2] for row in found} <= {(0, 7)}
    assert {tuple(row[at] for at in keys): [row[at] for at in values] for row in found} == dict(wanted)
    assert len(found) == len(wanted) > 0
    order = [tuple(row[at] for at in keys) for row in found]
    assert order == sorted(order)


def test_a_group_has_the_columns_of_a_county_in_their_types(parts: list[Path], merged: Path) -> None:
    """A measure must not have to ask what it reads."""
    for table in TABLES:
        with duckdb.connect(":memory:") as database:
            described = [
                database.execute(f"DESCRIBE SELECT * FROM '{place / table}.parquet'").fetchall()
                for place in (parts[0], merged)
            ]
        assert described[0] == described[1], table


def test_each_county_keeps_its_months_and_its_totals(parts: list[Path], merged: Path) -> None:
    with duckdb.connect(":memory:") as database:
        for table in ("weekly", "persons", "people"):
            files = [str(part / f"{table}.parquet") for part in parts]
            database.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet({files})")
        for table in COUNTY_TABLES:
            database.execute(f"CREATE VIEW {table} AS SELECT * FROM '{merged / table}.parquet'")

        def same(one: str, other: str) -> None:
            rows = database.execute(one).fetchall()
            assert rows == database.execute(other).fetchall() and len(rows) > 3

        by_month = "SELECT county, {} AS month, world, sum(acts)::BIGINT FROM {} GROUP BY ALL ORDER BY ALL"
        same(by_month.format("month", "county_months"), by_month.format("week // 4", "weekly"))
        keys = "county, world, quintile, residence"
        by_group = f"SELECT {keys}, sum({{}})::BIGINT AS n FROM {{}} GROUP BY ALL HAVING n > 0 ORDER BY ALL"
        same(by_group.format("denied", "county_totals"), by_group.format("denied", "weekly"))
        for name in EVER:
            same(
                by_group.format(f"ever_{name}", "county_totals"),
                by_group.format(name, "(FROM persons WHERE span = 'run')"),
            )
        persons = database.execute("SELECT county, persons, adults FROM county_sizes").fetchall()
        people = "SELECT county, sum(persons)::BIGINT, sum(adults)::BIGINT FROM people GROUP BY 1 ORDER BY 1"
        assert persons == database.execute(people).fetchall()
        sizes = database.execute("SELECT county, county_group, weight FROM county_sizes").fetchall()
    assert sizes == [(county, 7, 28.5) for county in COUNTIES]


def test_the_same_counties_give_the_same_bytes(parts: list[Path], merged: Path, tmp_path: Path) -> None:
    again = merge(tmp_path / "r000-g07", parts, NAMES, Country(2850, 100))
    names = sorted(path.name for path in merged.iterdir())
    assert names == sorted(f"{table}.parquet" for table in tables_of(merged))
    assert [(again / name).read_bytes() for name in names] == [(merged / name).read_bytes() for name in names]


def test_a_ledger_of_groups_is_read_as_one_of_counties(merged: Path) -> None:
    ledger = Ledger(merged.parent)
    assert ledger.sql("SELECT DISTINCT county FROM weekly").fetchall() == [(7,)]
    assert ledger.table("county_months").aggregate("count(DISTINCT county)").fetchall() == [(3,)]
    assert "1 county groups" in repr(ledger)
    assert len(ledger_digest(merged.parent)) == 32
