"""Ledgers written by hand: rows in words, in the columns of the ledger, and the manifest that goes with them."""

import copy
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from scorelab.ledger.columns import TABLES, columns
from scorelab.ledger.write import county_name
from scorelab.spec.society import Response

WORLDS = ("no-scheme", "as-written", "without-false-records", "without-ties", "placebo")
GROUPS = ("quintile", "residence", "age")
Rows = dict[str, list[dict[str, Any]]]

LAW: dict[str, Any] = {
    "format": 1,
    "scheme": "tiny-law",
    "title": "A law of two clauses",
    "about": "Made up for tests.",
    "in_force": "2018-01-01",
    "sources": {
        "staff": {
            "kind": "staff",
            "watches": {
                "smoke": {"value": 0.2, "range": [0.1, 0.4], "basis": "assumed", "cite": [], "note": "nobody counted"}
            },
            "mistakes": {
                "exposure": "mix-up",
                "per_year": {"value": 0.001, "range": [0.0, 0.01], "basis": "assumed", "cite": [], "note": ""},
            },
        },
        "court": {
            "kind": "court",
            "watches": {"default": {"value": 0.9, "range": None, "basis": "documented", "cite": ["V4"], "note": ""}},
        },
    },
    "score": {"start": 100, "lowest": 0, "highest": 150, "grades": {"poor": 0, "fair": 80, "good": 120}},
    "lists": {"black": {"term_weeks": 26}, "never": {"term_weeks": 4}},
    "rules": [
        {"when": ["smoke", "default"], "onto": "black", "points": -10, "along": {"partner": 0.5}},
        {"when": ["gamble"], "onto": "never"},
    ],
    "due_process": {
        "told": 0.9,
        "window": {"weeks": 2, "makes_good": 0.1, "objects": 0.3, "upheld_if_true": 0.1, "upheld_if_false": 0.6},
        "appeal": {"asks": 0.2, "weeks": 4, "upheld_if_true": 0.1, "upheld_if_false": 0.5},
    },
    "consequences": [
        {"while_on": "black", "bar": ["train", "hotel"], "whom": "self"},
        {"while_on": "black", "bar": ["school"], "whom": "child"},
        {"while_grade": ["poor"], "bar": ["hotel"], "whom": "self"},
        {"while_grade": ["good"], "favour": {"school": 0.9}, "whom": "self"},
    ],
    "left_out": ["That staff also warn people."],
}
RESPONSE: dict[str, Any] = {
    name: {"value": 0.0, "range": None, "basis": None, "cite": [], "note": ""} for name in Response.model_fields
} | {
    "learning": {"value": 0.06, "range": [0.02, 0.2], "basis": "documented", "cite": ["D4"], "note": ""},
    "not_asking": {"value": 0.5, "range": None, "basis": None, "cite": [], "note": ""},
    "displacement": {"value": 0.2, "range": None, "basis": None, "cite": [], "note": ""},
}
"""Nobody responds to anything, but for what the ledgers of these tests count."""


def world(
    name: str, schemes: Sequence[dict[str, Any]] = (LAW,), without: Sequence[str] = (), **more: Any
) -> dict[str, Any]:
    """A resolved world in plain JSON types."""
    titles = {"no-scheme": "no scheme", "as-written": "as written"}
    return {
        "name": name,
        "title": titles.get(name, name.replace("-", " ")),
        "schemes": list(schemes),
        "response": copy.deepcopy(RESPONSE),
        "without": sorted(without),
        "placebo": False,
        **more,
    }


def five_worlds() -> list[dict[str, Any]]:
    """The worlds of the default experiment."""
    return [
        world("no-scheme", ()),
        world("as-written"),
        world("without-false-records", without=("false_records",)),
        world("without-ties", without=("ties",)),
        world("placebo", placebo=True),
    ]


def manifest(worlds: list[dict[str, Any]], weeks: int, **more: Any) -> dict[str, Any]:
    """A manifest with what measures and report read of it."""
    quantity = {"value": 2.0, "range": None, "basis": "derived", "cite": ["P1"], "note": "worked out"}
    behaviours = {
        "smoke": {
            "domain": "travel",
            "standing": "unlawful",
            "per_year": quantity,
            "substitute": "default",
            "title": "Smoking on a train",
        },
        "default": {"domain": "debt", "standing": "unlawful", "per_year": quantity, "title": "Not paying a judgment"},
        "gamble": {"domain": "leisure", "standing": "lawful", "per_year": quantity, "title": "Playing for money"},
    }
    services = {
        "train": {"domain": "travel", "per_year": quantity, "title": "Train ticket"},
        "hotel": {"domain": "travel", "per_year": quantity, "title": "Hotel room"},
        "school": {"domain": "school", "per_year": quantity, "life_chance": True, "title": "School place"},
    }
    resolved = {
        "format": 1,
        "name": "tiny",
        "title": "A tiny experiment",
        "about": "Made up for tests.",
        "start": "2018-01-01",
        "weeks": weeks,
        "seed": 7,
        "replicates": 1,
        "counties": 1,
        "persons": 100,
        "groups": list(GROUPS),
        "against": "no-scheme" if any(w["name"] == "no-scheme" for w in worlds) else worlds[0]["name"],
        "focus": "as-written" if any(w["name"] == "as-written" for w in worlds) else worlds[-1]["name"],
        "society": {
            "society": "tinyland",
            "title": "Tinyland",
            "about": "Made up.",
            "behaviours": behaviours,
            "services": services,
            "left_out": ["Nobody is born and nobody dies."],
        },
        "margins": {"format": 1, "rows": []},
        "worlds": worlds,
    }
    resolved.update(more)
    provenance = {"started": "2026-01-01T00:00:00Z", "finished": "2026-01-01T00:00:09Z", "seconds": 9.0}
    versions = {"scorelab": "0.1.0", "numpy": "2.4", "numba": "0.68", "duckdb": "2.0"}
    return {
        "format": 1,
        **versions,
        "digest": "00" * 16,
        "resolved": resolved,
        "tables_digest": "",
        "ledger_digest": "",
        "provenance": provenance,
    }


def write_manifest(folder: Path, contents: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(contents), encoding="utf-8")


def write_county(
    folder: Path,
    worlds: Sequence[str],
    rows: Rows,
    county: int = 0,
    replicate: int = 0,
    groups: Sequence[str] = GROUPS,
) -> None:
    """Write one county; counts that a row does not name are 0, words that it does not name are empty."""
    place = folder / "ledger" / county_name(replicate, county)
    place.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as con:
        for table in TABLES:
            schema = columns(table, groups, worlds)
            types = ", ".join(f'"{column.name}" {column.type.value}' for column in schema)
            con.execute(f"CREATE OR REPLACE TABLE t ({types})")
            found = [{"replicate": replicate, "county": county, **row} for row in rows.get(table, [])]
            unknown = {name for row in found for name in row} - {column.name for column in schema}
            assert not unknown, f"{table} has no column {unknown}"
            if found:
                blank = {"VARCHAR": "", "BOOLEAN": False}
                lists = [[row.get(column.name, blank.get(column.type.value, 0)) for row in found] for column in schema]
                select = ", ".join(f"unnest(${i + 1}::{c.type.value}[])" for i, c in enumerate(schema))
                con.execute(f"INSERT INTO t SELECT {select}", lists)
            con.execute(f"COPY t TO '{(place / f'{table}.parquet').as_posix()}' (FORMAT parquet)")
