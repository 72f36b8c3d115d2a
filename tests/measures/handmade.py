"""Ledgers written by hand: rows in words, in the columns of the ledger, and the manifest that goes with them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from scorelab.ledger.columns import TABLES, columns
from scorelab.ledger.write import county_name

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
    "lists": {"black": {"term_weeks": 26}, "never": {"term_weeks": 4}},
    "rules": [{"when": ["smoke", "default"], "onto": "black"}, {"when": ["gamble"], "onto": "never"}],
    "consequences": [
        {"while_on": "black", "bar": ["train", "hotel"], "whom": "self"},
        {"while_on": "black", "bar": ["school"], "whom": "child"},
    ],
    "left_out": ["That staff also warn people."],
}


def world(
    name: str, schemes: Sequence[dict[str, Any]] = (LAW,), without: Sequence[str] = (), **more: Any
) -> dict[str, Any]:
    """A resolved world in plain JSON types."""
    titles = {"no-scheme": "no scheme", "as-written": "as written"}
    return {
        "name": name,
        "title": titles.get(name, name.replace("-", " ")),
        "schemes": list(schemes),
        "response": {
            "learning": {"value": 0.06, "range": [0.02, 0.2], "basis": "documented", "cite": ["D4"], "note": ""}
        },
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
        "smoke": {"domain": "travel", "standing": "unlawful", "per_year": quantity, "title": "Smoking on a train"},
        "default": {"domain": "debt", "standing": "unlawful", "per_year": quantity, "title": "Not paying a judgment"},
        "gamble": {"domain": "leisure", "standing": "lawful", "per_year": quantity, "title": "Playing for money"},
    }
    services = {
        "train": {"domain": "travel", "per_year": quantity, "title": "Train ticket"},
        "hotel": {"domain": "travel", "per_year": quantity, "title": "Hotel room"},
        "school": {"domain": "school", "per_year": quantity, "title": "School place"},
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


def invent(folder: Path, counties: int = 20, weeks: int = 104, seed: int = 1, adults: int = 4000) -> Path:
    """A run that looks like one, drawn from plain distributions; no mechanism is in it."""
    rng = np.random.default_rng(seed)
    write_manifest(folder, manifest(five_worlds(), weeks, counties=counties, persons=adults * 5 // 4))
    for county in range(counties):
        write_county(folder, WORLDS, _invented_county(rng, weeks, adults), county)
    return folder


def _invented_county(rng: np.random.Generator, weeks: int, adults: int) -> Rows:
    rows: Rows = {name: [] for name in TABLES}
    places = [
        (q, r, a)
        for q in ("q1", "q2", "q3", "q4", "q5")
        for r in ("rural", "urban")
        for a in ("6-17", "18-29", "30-44", "60+")
    ]
    grown = adults // 30
    for q, r, a in places:
        group = {"quintile": q, "residence": r, "age": a}
        rows["people"].append({**group, "persons": grown, "adults": 0 if a == "6-17" else grown})
        harder = (6 - int(q[1])) / 3
        rows["ever"].append({**group, "persons": grown})
        for w in WORLDS:
            on = w != "no-scheme"
            denied = int(rng.poisson(2 * harder)) if on else 0
            wronged = int(rng.binomial(denied, 0.15)) if on and w != "without-false-records" else 0
            rows["persons"].append(
                {
                    "span": "run",
                    "world": w,
                    **group,
                    "persons": grown,
                    "asked": grown - 3,
                    "restricted": min(grown, denied * 2),
                    "denied": denied,
                    "wronged": wronged,
                }
            )
            rows["histogram"].append({"world": w, **group, "denials": 0, "persons": grown - denied})
            if denied:
                rows["histogram"].append({"world": w, **group, "denials": 1, "persons": denied})
            if on and a != "6-17":
                for week in range(weeks):
                    level = harder * 3 * (1 - np.exp(-week / 20))
                    rows["weekly"].append(
                        {
                            "week": week,
                            "world": w,
                            **group,
                            "listed": int(rng.poisson(level)),
                            "entries": int(rng.poisson(harder * 0.15)),
                        }
                    )
        for period in range(weeks // 13):
            _invented_period(rng, rows, group, period, harder)
    for w in WORLDS[1:]:
        stock = 0
        for week in range(weeks):
            entries, wrong, exits = int(rng.poisson(5)), int(rng.poisson(0.6)), int(rng.binomial(stock, 0.03))
            wrong = 0 if w == "without-false-records" else wrong
            stock += entries + wrong - exits
            rows["lists"].append(
                {
                    "week": week,
                    "world": w,
                    "list": "black",
                    "entries_true": entries,
                    "entries_false": wrong,
                    "exits": exits,
                    "listed": stock,
                }
            )
        for year in range(weeks // 52):
            for source, behaviour, watched, chance in (("staff", "smoke", 3000, 0.2), ("court", "default", 300, 0.9)):
                wrong = int(rng.poisson(60)) if source == "staff" and w != "without-false-records" else 0
                rows["records"].append(
                    {
                        "year": year,
                        "world": w,
                        "source": source,
                        "behaviour": behaviour,
                        "watched": watched,
                        "expected": watched * chance,
                        "true": int(rng.binomial(watched, chance)),
                        "false": wrong,
                    }
                )
            for source, truth, mean in (("staff", "true", 80), ("staff", "false", 14), ("court", "true", 50)):
                rows["flow"].append(
                    {
                        "year": year,
                        "world": w,
                        "behaviour": "smoke",
                        "source": source,
                        "list": "black",
                        "service": "train",
                        "origin": "own",
                        "truth": truth,
                        "count": int(rng.poisson(mean)),
                    }
                )
    for margin, parts in (("sex", ("female", "male")), ("residence", ("urban", "rural"))):
        for part in parts:
            rows["margins"].append(
                {"margin": margin, "category": part, "wanted": adults * 0.625 + 0.4, "persons": adults * 5 // 8}
            )
    return rows


def _invented_period(rng: np.random.Generator, rows: Rows, group: dict[str, str], period: int, harder: float) -> None:
    base = {"period": period, **group}
    child = group["age"] == "6-17"
    for service, mean, bar in (
        ("train", 60, 2.0),
        ("hotel", 30, 1.0),
        ("school", 12 if child else 0, 0.5 if child else 0),
    ):
        if child != (service == "school"):
            continue
        rows["needs"].append(
            {**base, "service": service, **dict.fromkeys(WORLDS, "granted"), "count": int(rng.poisson(mean))}
        )
        rows["needs"].append(
            {**base, "service": service, **dict.fromkeys(WORLDS, "unsuccessful"), "count": int(rng.poisson(3))}
        )
        for outcomes, origin, truth, part in (
            (("granted", "denied", "denied", "denied", "denied"), "own", "true", 0.55),
            (("granted", "denied", "granted", "denied", "granted"), "own", "false", 0.12),
            (("granted", "denied", "denied", "granted", "denied"), "tie", "true", 0.25),
            (("granted", "granted", "granted", "granted", "denied"), "own", "true", 0.08),
            (("granted", "not_asked", "not_asked", "not_asked", "not_asked"), "own", "true", 0.4),
        ):
            if child != (origin == "tie") and outcomes[1] == "denied":
                continue
            count = int(rng.poisson(bar * harder * part * (0.4 + 0.6 * min(1, period / 4))))
            if not count:
                continue
            rows["needs"].append(
                {**base, "service": service, **dict(zip(WORLDS, outcomes, strict=True)), "count": count}
            )
            for w, outcome in zip(WORLDS, outcomes, strict=True):
                if outcome == "denied":
                    there = dict(zip(WORLDS, outcomes, strict=True))
                    rows["denials"].append(
                        {
                            **base,
                            "world": w,
                            "service": service,
                            "cause_domain": "debt" if service == "hotel" else "travel",
                            "origin": origin,
                            "truth": truth,
                            "tainted": truth == "false",
                            "own_and_tie": False,
                            "without_false_records": _elsewhere(there["without-false-records"])
                            if w == "as-written"
                            else "no_such_world",
                            "without_ties": _elsewhere(there["without-ties"]) if w == "as-written" else "no_such_world",
                            "without_either": "no_such_world",
                            "count": count,
                        }
                    )
                    rows["tries"].append(
                        {**base, "world": w, "service": service, "refused": count + int(rng.poisson(count))}
                    )
    for behaviour, mean, effect in (("smoke", 80, 4.0), ("default", 8, 0.6), ("gamble", 50, 1.5)):
        if child:
            continue
        patterns = [
            ("acted",) * 5,
            ("refrained",) * 5,
            ("acted", "refrained", "refrained", "refrained", "refrained"),
            ("refrained", "acted", "acted", "acted", "acted"),
            ("acted", "refrained", "refrained", "refrained", "acted"),
            ("acted", "acted", "acted", "acted", "refrained"),
        ]
        means = [mean * 0.6, mean * 0.4, effect, effect * 0.15, effect * 0.1, effect * 0.1]
        for pattern, expected in zip(patterns, means, strict=True):
            count = int(rng.poisson(expected))
            if count:
                rows["occasions"].append(
                    {**base, "behaviour": behaviour, **dict(zip(WORLDS, pattern, strict=True)), "count": count}
                )


def _elsewhere(outcome: str) -> str:
    return {"denied": "denied_too", "granted": "granted"}.get(outcome, "otherwise")
