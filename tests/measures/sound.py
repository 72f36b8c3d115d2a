"""The smallest ledger in which every count that stands in two tables is the same in both."""

from pathlib import Path
from typing import Any

import duckdb

from tests.measures.handmade import Rows, manifest, world, write_county, write_manifest

WORLDS = ("no-scheme", "as-written")
POOR = {"quintile": "q1", "residence": "rural", "age": "18-29"}
HERE = {"world": "as-written"}


def write(folder: Path) -> Path:
    """Twenty people, thirteen weeks."""
    write_manifest(folder, manifest([world("no-scheme", ()), world("as-written")], 13))
    write_county(folder, WORLDS, rows())
    return folder


def across(there: str, here: str) -> dict[str, str]:
    """The outcome in the two worlds."""
    return dict(zip(WORLDS, (there, here), strict=True))


def rows() -> Rows:
    """All tables that gates look at."""
    smoke, train = {"period": 0, **POOR, "behaviour": "smoke"}, {"period": 0, **POOR, "service": "train"}
    there = {"week": 0, "world": "no-scheme", **POOR}
    here = {"week": 0, **HERE, **POOR}
    true = {"arrived": 4, "told": 3, "made_good": 1, "objected": 1, "in_effect": 3, "appealed": 1}
    counted: dict[str, Any] = {"span": "run", **POOR, "persons": 20}
    return {
        "people": [{**POOR, "persons": 20, "adults": 20}],
        "ever": [{**POOR, "persons": 18}, {**POOR, "as-written": True, "persons": 2}],
        "persons": [{**counted, "world": "no-scheme"}, {**counted, **HERE, "denied": 2}],
        "candidates": [
            {"what": "occasion", "name": "smoke", "drawn": 30, "kept": 12},
            {"what": "need", "name": "train", "drawn": 40, "kept": 30},
        ],
        "occasions": [
            {**smoke, **across("acted", "acted"), "count": 8},
            {**smoke, **across("acted", "displaced"), "count": 1},
            {**smoke, **across("acted", "refrained"), "count": 3},
        ],
        "needs": [
            {**train, **across("granted", "granted"), "count": 25},
            {**train, **across("granted", "denied"), "count": 3},
            {**train, **across("granted", "not_asked"), "count": 1},
            {**train, **across("unsuccessful", "unsuccessful"), "count": 1},
        ],
        "weekly": [
            {**there, "acts": 12, "granted": 29, "unsuccessful": 1},
            {
                **here,
                "acts": 8,
                "displaced": 1,
                "granted": 25,
                "denied": 3,
                "not_asked": 1,
                "unsuccessful": 1,
                "entries": 2,
            },
            {**here, "week": 5, "exits": 1},
        ],
        "lists": [
            {"week": 0, **HERE, "list": "black", "entries_true": 1, "entries_false": 1, "listed": 2},
            {"week": 5, **HERE, "list": "black", "exits": 1, "listed": 1},
        ],
        "endings": [{"year": 0, **HERE, "list": "black", "truth": "true", "term": 1, "weeks": 5}],
        "records": [{"year": 0, **HERE, "source": "staff", "behaviour": "smoke", "true": 4, "false": 1}],
        "process": [
            {"year": 0, **HERE, "scheme": "tiny-law", "truth": "true", **true},
            {"year": 0, **HERE, "scheme": "tiny-law", "truth": "false", "arrived": 1, "in_effect": 1},
        ],
        "grades": [
            {"period": 0, **HERE, **POOR, "grade": "fair", "persons": 18},
            {"period": 0, **HERE, **POOR, "grade": "poor", "persons": 2},
        ],
        "scores": [{"year": 0, **HERE, "bin": 20, "persons": 2}, {"year": 0, **HERE, "bin": 42, "persons": 18}],
        "denials": [
            {**{key: train[key] for key in ("period", "service")}, **HERE, **POOR, "truth": "true", "count": 3}
        ],
        "flow": [{"year": 0, **HERE, "status": "black", "truth": "true", "count": 3}],
    }


def change(folder: Path, table: str, sql: str) -> Path:
    """Make of one table of the run what ``sql`` makes of it (as ``t``)."""
    path = (folder / "ledger" / "r000-c0000" / f"{table}.parquet").as_posix()
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE t AS SELECT * FROM read_parquet('{path}')")
        con.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet)")
    return folder
