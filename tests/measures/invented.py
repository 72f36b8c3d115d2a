"""A run that looks like one, drawn from plain distributions; no mechanism is in it."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from scorelab.ledger.columns import TABLES
from tests.measures.handmade import WORLDS, Rows, five_worlds, manifest, write_county, write_manifest

ERRS = ("as-written", "without-ties", "placebo")
"""Worlds with a scheme and false records."""
ALONG = ("as-written", "without-false-records", "placebo")
"""Worlds with a scheme and consequences along ties."""
PLACES = tuple(itertools.product(("q1", "q2", "q3", "q4", "q5"), ("rural", "urban"), ("6-17", "18-29", "30-44", "60+")))


def invent(folder: Path, counties: int = 20, weeks: int = 104, seed: int = 1, adults: int = 4000) -> Path:
    """Write a run of the five worlds into a folder and return it."""
    rng = np.random.default_rng(seed)
    write_manifest(folder, manifest(five_worlds(), weeks, counties=counties, persons=adults * 5 // 4))
    for county in range(counties):
        write_county(folder, WORLDS, _county(rng, weeks, adults), county)
    return folder


def _county(rng: np.random.Generator, weeks: int, adults: int) -> Rows:
    rows: Rows = {name: [] for name in TABLES}
    grown = adults // 30
    for q, r, a in PLACES:
        group = {"quintile": q, "residence": r, "age": a}
        harder = (6 - int(q[1])) / 3
        rows["people"].append({**group, "persons": grown, "adults": 0 if a == "6-17" else grown})
        rows["ever"].append({**group, "persons": grown})
        for world in WORLDS:
            _persons(rng, rows, group, world, grown, harder)
            if a != "6-17":
                _weekly(rng, rows, group, world, weeks, harder)
        for period in range(weeks // 13):
            _needs(rng, rows, group, period, harder)
            _acts(rng, rows, group, period)
            for world in WORLDS[1:]:
                rows["grades"] += _grades(rng, {"period": period, "world": world, **group}, grown, period)
    for world in WORLDS[1:]:
        rows["lists"] += _lists(rng, world, weeks)
        for year in range(weeks // 52):
            _year(rng, rows, {"year": year, "world": world}, world in ERRS, world in ALONG)
            rows["scores"] += _scores(rows, world, year)
    for margin, parts in (("sex", ("female", "male")), ("residence", ("urban", "rural"))):
        for part in parts:
            rows["margins"].append(
                {"margin": margin, "category": part, "wanted": adults * 0.625 + 0.4, "persons": adults * 5 // 8}
            )
    return rows


def _persons(
    rng: np.random.Generator, rows: Rows, group: dict[str, str], world: str, grown: int, harder: float
) -> None:
    on = world != "no-scheme"
    denied = int(rng.poisson(2 * harder)) if on else 0
    wronged = int(rng.binomial(denied, 0.15)) if world in ERRS else 0
    another = int(rng.binomial(denied, 0.2)) if world in ALONG else 0
    counts = {"persons": grown, "asked": grown - 3, "restricted": min(grown, denied * 2)}
    counts |= {"denied": denied, "wronged": wronged, "for_another": another}
    rows["persons"].append({"span": "run", "world": world, **group, **counts})
    rows["histogram"].append({"world": world, **group, "denials": 0, "persons": grown - denied})
    if denied:
        rows["histogram"].append({"world": world, **group, "denials": 1, "persons": denied})


def _weekly(rng: np.random.Generator, rows: Rows, group: dict[str, str], world: str, weeks: int, harder: float) -> None:
    on = world != "no-scheme"
    for week in range(weeks):
        level = harder * 3 * (1 - np.exp(-week / 20)) if on else 0.0
        rows["weekly"].append(
            {
                "week": week,
                "world": world,
                **group,
                "listed": int(rng.poisson(level)),
                "entries": int(rng.poisson(harder * 0.15)) if on else 0,
                "jobless": int(rng.poisson(4.0 + 0.3 * level)),
                "arrears": int(rng.poisson(2.0 + 0.2 * level)),
            }
        )


def _grades(rng: np.random.Generator, base: dict[str, Any], grown: int, period: int) -> Iterator[dict[str, Any]]:
    falls = min(0.4, 0.02 * (period + 1))
    parts = rng.multinomial(grown, [falls, 0.9 - falls, 0.1])
    for grade, persons in zip(("poor", "fair", "good"), parts, strict=True):
        yield {**base, "grade": grade, "persons": int(persons)}


def _scores(rows: Rows, world: str, year: int) -> Iterator[dict[str, Any]]:
    """As many persons as have grades at the end of the year, each grade in one bin."""
    bins = {"poor": 20, "fair": 42, "good": 55}
    for grade, place in bins.items():
        persons = sum(
            row["persons"]
            for row in rows["grades"]
            if (row["world"], row["period"], row["grade"]) == (world, 4 * year + 3, grade)
        )
        yield {"year": year, "world": world, "bin": place, "persons": persons}


def _lists(rng: np.random.Generator, world: str, weeks: int) -> Iterator[dict[str, Any]]:
    stock = 0
    for week in range(weeks):
        entries, wrong, exits = int(rng.poisson(5)), int(rng.poisson(0.6)), int(rng.binomial(stock, 0.03))
        wrong = wrong if world in ERRS else 0
        stock += entries + wrong - exits
        counts = {"entries_true": entries, "entries_false": wrong, "exits": exits, "listed": stock}
        yield {"week": week, "world": world, "list": "black", **counts}


def _year(rng: np.random.Generator, rows: Rows, base: dict[str, Any], errs: bool, along: bool) -> None:
    """Records, what becomes of them, and what they lead to."""
    for source, behaviour, watched, chance in (("staff", "smoke", 3000, 0.2), ("court", "default", 300, 0.9)):
        true = int(rng.binomial(watched, chance))
        wrong = int(rng.poisson(60)) if source == "staff" and errs else 0
        counts = {"watched": watched, "expected": watched * chance, "true": true, "false": wrong}
        alerts = {"alerts_true": true + 20, "alerts_false": 2 * wrong}
        rows["records"].append({**base, "source": source, "behaviour": behaviour, **counts, **alerts})
        for truth, records in (("true", true), ("false", wrong)):
            if records:
                tied = {"taken_along_ties": 2 * records if along else 0}
                where = {"source": source, "behaviour": behaviour, "truth": truth}
                rows["points"].append({**base, **where, "taken": 10 * records, "given": records // 4, **tied})
    for truth, arrived in (("true", 800), ("false", 50)):
        if errs or truth == "true":
            part = {"told": 0.9, "made_good": 0.1 if truth == "true" else 0.0, "objected": 0.3, "in_effect": 0.8}
            process = {name: int(rng.binomial(arrived, share)) for name, share in part.items()}
            later = {"objection_upheld": process["objected"] // 5, "appealed": process["in_effect"] // 6}
            done = {"appeal_upheld": later["appealed"] // 3}
            rows["process"].append(
                {**base, "scheme": "tiny-law", "truth": truth, "arrived": arrived, **process, **later, **done}
            )
            ends = {
                "term": int(rng.poisson(150 if truth == "true" else 10)),
                "undone": int(rng.poisson(4)),
                "weeks": 3500,
            }
            rows["endings"].append({**base, "list": "black", "truth": truth, **ends})
    for source, truth, mean in (("staff", "true", 80), ("staff", "false", 14), ("court", "true", 50)):
        if errs or truth == "true":
            what = {"behaviour": "smoke", "source": source, "status": "black", "service": "train", "origin": "own"}
            rows["flow"].append({**base, **what, "truth": truth, "count": int(rng.poisson(mean))})


NEEDS = (
    (("granted", "denied", "denied", "denied", "denied"), "own", "true", 0.55),
    (("granted", "denied", "granted", "denied", "granted"), "own", "false", 0.12),
    (("granted", "denied", "denied", "granted", "denied"), "tie", "true", 0.25),
    (("granted", "granted", "granted", "granted", "denied"), "own", "true", 0.08),
    (("granted", "not_asked", "not_asked", "not_asked", "not_asked"), "own", "true", 0.4),
    (("unsuccessful", "favoured", "favoured", "favoured", "favoured"), "own", "true", 0.2),
)
"""Outcomes in the five worlds, whose record it is, whether it is true, and how often."""


def _needs(rng: np.random.Generator, rows: Rows, group: dict[str, str], period: int, harder: float) -> None:
    base = {"period": period, **group}
    child = group["age"] == "6-17"
    for service, mean, bar in (("school", 12, 0.5),) if child else (("train", 60, 2.0), ("hotel", 30, 1.0)):
        for outcome, often in (("granted", mean), ("unsuccessful", 3)):
            same = dict.fromkeys(WORLDS, outcome)
            rows["needs"].append({**base, "service": service, **same, "count": int(rng.poisson(often))})
        for outcomes, origin, truth, part in NEEDS:
            if child != (origin == "tie") and outcomes[1] == "denied":
                continue
            count = int(rng.poisson(bar * harder * part * (0.4 + 0.6 * min(1, period / 4))))
            if count:
                there = dict(zip(WORLDS, outcomes, strict=True))
                rows["needs"].append({**base, "service": service, **there, "count": count})
                _denials(rng, rows, {**base, "service": service, "origin": origin, "truth": truth}, there, count)


def _denials(rng: np.random.Generator, rows: Rows, base: dict[str, Any], there: dict[str, str], count: int) -> None:
    for world, outcome in there.items():
        if outcome != "denied":
            continue
        here = world == "as-written"
        elsewhere = {
            f"without_{word}": _elsewhere(there[f"without-{word.replace('_', '-')}"]) if here else "no_such_world"
            for word in ("false_records", "ties")
        }
        domain = "debt" if base["service"] == "hotel" else "travel"
        flags = {"tainted": base["truth"] == "false", "own_and_tie": False, "without_either": "no_such_world"}
        rows["denials"].append({**base, "world": world, "cause_domain": domain, **flags, **elsewhere, "count": count})
        tried = {name: value for name, value in base.items() if name not in ("origin", "truth")}
        rows["tries"].append({**tried, "world": world, "refused": count + int(rng.poisson(count))})


def _elsewhere(outcome: str) -> str:
    return {"denied": "denied_too", "granted": "granted"}.get(outcome, "otherwise")


def _acts(rng: np.random.Generator, rows: Rows, group: dict[str, str], period: int) -> None:
    if group["age"] == "6-17":
        return
    for behaviour, mean, effect in (("smoke", 80, 4.0), ("default", 8, 0.6), ("gamble", 50, 1.5)):
        patterns = (
            (("acted",) * 5, mean * 0.6),
            (("refrained",) * 5, mean * 0.4),
            (("acted", *("displaced" if behaviour == "smoke" else "refrained",) * 4), effect * 0.2),
            (("acted", *("refrained",) * 4), effect * 0.8),
            (("refrained", *("acted",) * 4), effect * 0.15),
            (("acted", "refrained", "refrained", "refrained", "acted"), effect * 0.1),
            (("acted", "acted", "acted", "acted", "refrained"), effect * 0.1),
        )
        for pattern, expected in patterns:
            count = int(rng.poisson(expected))
            if count:
                there = dict(zip(WORLDS, pattern, strict=True))
                rows["occasions"].append({"period": period, **group, "behaviour": behaviour, **there, "count": count})
