"""Tables to take away: every number in them, nothing twice by mistake, and the same bytes each time."""

import csv
import datetime
from pathlib import Path

import duckdb
import pytest

from scorelab.measures import compute, measure, read
from scorelab.measures.takeaway import COLUMNS, MAIN, write
from tests.measures import village


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = village.write(tmp_path_factory.mktemp("takeaway") / "run [1]")
    compute(folder)
    return folder


@pytest.fixture(scope="module")
def tables(run: Path) -> Path:
    return write(run)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def number(text: str) -> float | None:
    return float(text) if text else None


def families(tables: Path) -> list[Path]:
    return sorted(path for path in tables.glob("*.csv") if path.stem not in ("measures", "codebook", MAIN))


def test_every_number_of_the_run_stands_in_the_table_of_its_family_and_in_no_other(run: Path, tables: Path) -> None:
    told = [(path.stem, row) for path in families(tables) for row in rows(path)]
    assert len(told) == len(read(run))
    assert all(measure(row["measure"]).family == family for family, row in told)
    wanted = {(row.measure, row.world, row.against or "", row.item or "", row.period, row.value) for row in read(run)}
    found = {
        (row["measure"], row["world"], row["against"], row["item"], number(row["period"]), number(row["value"]))
        for _, row in told
    }
    assert found == wanted


def test_parquet_has_the_same_rows_in_the_same_order(tables: Path) -> None:
    for path in (*families(tables), tables / f"{MAIN}.csv"):
        parquet = path.with_suffix(".parquet").as_posix()
        with duckdb.connect() as con:
            found = con.execute("SELECT * FROM read_parquet($1)", [parquet.replace("[", "[[]")])
            names = [column[0] for column in found.description or ()]
            values = [["" if value is None else str(value) for value in row] for row in found.fetchall()]
        assert names == list(COLUMNS)
        assert [[row[name] for name in ("measure", "world", "item")] for row in rows(path)] == [
            [row[names.index(name)] for name in ("measure", "world", "item")] for row in values
        ]


def test_the_main_numbers_are_about_everybody_and_the_whole_run(tables: Path) -> None:
    found = rows(tables / f"{MAIN}.csv")
    assert {"ever_denied", "restricted_person_years"} <= {row["measure"] for row in found}
    empty = ("quintile", "residence", "age", "sex", "attributes", "item", "period")
    assert all(not row[name] for row in found for name in empty)
    assert {row["against"] for row in found} == {"", "no-scheme"}


def test_each_name_has_its_title_and_each_period_its_first_day(tables: Path) -> None:
    needs = rows(tables / "needs.csv")
    assert ("train", "Train ticket") in {(row["item"], row["item_title"]) for row in needs}
    second = next(row for row in needs if row["period"] == "1")
    start = datetime.date(2018, 1, 1) + datetime.timedelta(weeks=13)
    assert "run" not in {row["period_is"] for path in families(tables) for row in rows(path)}
    assert (second["period_is"], second["period_starts"]) == ("13 weeks", start.isoformat())
    assert {row["title"] for row in needs if row["measure"] == "needs_denied"} == {"Denied"}


def test_every_column_and_every_measure_is_explained(tables: Path) -> None:
    assert [row["column"] for row in rows(tables / "codebook.csv")] == list(COLUMNS)
    explained = {row["name"] for row in rows(tables / "measures.csv") if row["definition"] and row["unit"]}
    assert {row["measure"] for path in families(tables) for row in rows(path)} == explained


def test_the_readme_names_every_file_and_says_that_nobody_is_real(tables: Path) -> None:
    readme = (tables / "README.txt").read_text(encoding="utf-8")
    assert "ALL PERSONS ARE SYNTHETIC" in readme and "seed 7" in readme
    assert all(f"  {path.name} " in readme for path in tables.glob("*.csv"))
    assert max(map(len, readme.splitlines())) <= 120


def test_the_same_run_gives_the_same_bytes(run: Path, tables: Path) -> None:
    before = {path.name: path.read_bytes() for path in tables.iterdir()}
    assert {path.name: path.read_bytes() for path in write(run).iterdir()} == before
