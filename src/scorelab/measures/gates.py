"""Gates: what must be true of every run, whatever the scheme; one that fails means that a number cannot be trusted."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from scorelab.errors import RunError
from scorelab.measures.conduct import acts_cube
from scorelab.measures.cube import Cube, Int64s, group_columns
from scorelab.measures.interval import estimate, rate, student_quantile
from scorelab.measures.lab import Lab, facts
from scorelab.measures.needs import needs_cube
from scorelab.measures.restricted import listed_cube
from scorelab.measures.table import Cell

FILE = "gates.json"
FAMILY_WISE = 1e-4
"""Chance with which a sound run would ever be flagged by its placebo, over all comparisons together."""
BY_WORLD = ("weekly", "lists", "records", "denials", "flow", "tries", "persons", "histogram")


@dataclass(frozen=True)
class Gate:
    """One gate and how it went: what was asked, in a sentence, and everything that went wrong."""

    name: str
    status: Literal["holds", "fails", "not tested"]
    sentence: str
    faults: tuple[str, ...] = ()


def check(run_dir: Path) -> tuple[Gate, ...]:
    """All gates of a finished run, tried anew on its ledger."""
    with Lab(facts(run_dir)) as lab:
        return tuple(gates(lab))


def write(found: Iterable[Gate], path: Path) -> None:
    """Write how the gates went, under a temporary name that is renamed when all is on disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with temporary.open("w", encoding="utf-8") as stream:
        json.dump([asdict(gate) for gate in found], stream, indent=1)
        stream.write("\n")
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)


def read(run_dir: Path) -> tuple[Gate, ...]:
    """How the gates went when the measures were computed. Raises RunError where they have not been."""
    try:
        found = json.loads((run_dir / FILE).read_text(encoding="utf-8"))
        return tuple(Gate(**{**gate, "faults": tuple(gate["faults"])}) for gate in found)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise RunError(f"{run_dir} holds no readable {FILE}; `scorelab run` writes it with the measures") from error


def gates(lab: Lab) -> Iterator[Gate]:
    """All gates, over an open ledger."""
    yield _null(lab)
    yield _placebo(lab)
    yield _cannot_hurt(lab)
    yield _conservation(lab)


def _gate(name: str, sentence: str, faults: list[str]) -> Gate:
    return Gate(name, "fails" if faults else "holds", sentence, tuple(faults))


def _number(lab: Lab, query: str) -> int:
    found = lab.con.execute(query).fetchone()
    return int(found[0] or 0) if found else 0


def _null(lab: Lab) -> Gate:
    worlds = lab.facts.worlds
    pairs = [(a, b) for i, a in enumerate(worlds) for b in worlds[i + 1 :] if a.meaning == b.meaning]
    if not pairs:
        return Gate(
            "null", "not tested", "No two worlds of this experiment are equal in everything, so nothing tests this."
        )
    faults: list[str] = []
    for a, b in pairs:
        for table, column in (("occasions", "count"), ("needs", "count"), ("stocks", "persons"), ("ever", "persons")):
            lost = _number(
                lab, f'SELECT sum({column})::BIGINT FROM {table} WHERE "{a.name}" IS DISTINCT FROM "{b.name}"'
            )
            if lost:
                faults.append(f"{a.name} and {b.name} differ in {lost:,} entries of {table}")
        for table in BY_WORLD:
            sides = [f"(SELECT * EXCLUDE (world) FROM {table} WHERE world = '{world.name}')" for world in (a, b)]
            if len({_rows(lab, f"SELECT count(*), sum(hash(s)::HUGEINT) FROM {side} s")[0] for side in sides}) == 1:
                continue
            odd = _number(
                lab,
                f"SELECT count(*) FROM (({sides[0]} EXCEPT ALL {sides[1]}) UNION ALL ({sides[1]} EXCEPT ALL"
                f" {sides[0]}))",
            )
            if odd:
                faults.append(f"{a.name} and {b.name} differ in {odd:,} rows of {table}")
    names = "; ".join(f"{a.name} and {b.name}" for a, b in pairs)
    return _gate(
        "null", f"Worlds that are equal in everything ({names}) have exactly equal counts in every table.", faults
    )


def _comparisons(lab: Lab, other: str) -> Iterator[tuple[str, Int64s]]:
    """What is compared with the placebo: a name and the difference by unit."""

    def by_cell(found: Cube, count: str, what: str) -> Iterator[tuple[str, Int64s]]:
        here, there = found.labels.index(lab.facts.focus), found.labels.index(other)
        for k, cell in enumerate(found.cells):
            if cell == Cell(item=cell.item):
                difference = found.counts[count][:, here, k] - found.counts[count][:, there, k]
                yield f"{what} {cell.item or ''}".strip(), difference

    yield from by_cell(needs_cube(lab), "denied", "denials")
    yield from by_cell(acts_cube(lab), "acted", "acts")
    yield from by_cell(listed_cube(lab), "listed", "weeks on a list")


def _placebo(lab: Lab) -> Gate:
    other = lab.facts.placebo
    if other is None:
        return Gate(
            "placebo",
            "not tested",
            f"No world of this experiment is {lab.facts.focus} with fresh errors and otherwise the same, so the noise"
            " floor is not known.",
        )
    compared = list(_comparisons(lab, other))
    tail = FAMILY_WISE / (2 * len(compared))
    asked = (
        f"The same law with fresh errors ({other}) is set against {lab.facts.focus}: {len(compared)} differences were"
        " looked at; "
    )
    faults: list[str] = []
    adults = np.full((lab.units, 1), 100, np.int64)
    for name, difference in compared:
        found = estimate(np.stack([difference[:, None], adults]), rate, 1.0, lab.by_replicate, signed=True)
        if np.isnan(found.error[0]):
            return Gate("placebo", "not tested", f"{asked}not decided here: {found.method[0]}.")
        limit = student_quantile(tail, lab.units - 1) * float(found.error[0])
        if abs(float(found.value[0])) > limit:
            faults.append(f"{name}: {int(difference.sum()):+,} in total, more than chance explains")
    told = (
        f"{'none' if not faults else len(faults)} {'are' if len(faults) > 1 else 'is'} larger than chance allows"
        f" (in a sound run, all {len(compared)} together raise a false alarm at most once in {1 / FAMILY_WISE:,.0f}"
        " runs)."
    )
    return _gate("placebo", asked + told, faults)


def _cannot_hurt(lab: Lab) -> Gate:
    faults: list[str] = []
    for world in lab.facts.worlds:
        where = f"WHERE world = '{world.name}'"
        promises = []
        if not any(scheme.consequences for scheme in world.schemes):
            promises.append(("no consequence", "denial", f"SELECT sum(count)::BIGINT FROM denials {where}"))
        if not any(scheme.sources for scheme in world.schemes):
            promises.append(("no source", "record", f'SELECT sum("true" + "false")::BIGINT FROM records {where}'))
        erring = any(
            source.mistakes is not None and source.mistakes.per_year.value > 0
            for scheme in world.schemes
            for source in scheme.sources.values()
        )
        if "false_records" in world.without or not erring:
            tainted = f"SELECT sum(count)::BIGINT FROM denials {where} AND (tainted OR truth = 'false')"
            promises.append(("no false records", "tainted denial", tainted))
            promises.append(("no false records", "false record", f'SELECT sum("false")::BIGINT FROM records {where}'))
        if "ties" in world.without:
            tied = f"SELECT sum(count)::BIGINT FROM denials {where} AND (origin = 'tie' OR own_and_tie)"
            promises.append(("no consequences along ties", "denial along a tie", tied))
        for lacks, what, query in promises:
            found = _number(lab, query)
            if found:
                faults.append(f"{world.name} has {lacks} and yet {found:,} times a {what}")
    return _gate(
        "cannot hurt",
        "A world without consequences denies nobody, one without sources records nobody, one without false records"
        " wrongs nobody.",
        faults,
    )


def _conservation(lab: Lab) -> Gate:
    faults = [*_candidates_kept(lab), *_same_persons(lab), *_stocks(lab), *_denials_agree(lab)]
    sentence = (
        "Candidates equal the sum over their outcomes, persons are the same in every world, entries less exits are"
        " the change of"
        " the stock, and every table counts the same denials."
    )
    return _gate("conservation", sentence, faults)


def _rows(lab: Lab, query: str) -> list[tuple[Any, ...]]:
    return lab.con.execute(query).fetchall()


def _candidates_kept(lab: Lab) -> Iterator[str]:
    for what, table, column in (("occasion", "occasions", "behaviour"), ("need", "needs", "service")):
        query = f"""
            SELECT coalesce(k.name, t.name), coalesce(kept, 0), coalesce(n, 0)
            FROM (SELECT name, sum(kept)::BIGINT AS kept FROM candidates WHERE what = '{what}' GROUP BY name) k
            FULL JOIN (SELECT {column} AS name, sum(count)::BIGINT AS n FROM {table} GROUP BY 1) t USING (name)
            WHERE coalesce(kept, 0) <> coalesce(n, 0) ORDER BY 1"""
        for name, kept, counted in _rows(lab, query):
            yield f"{what} {name}: {kept:,} candidates kept, {counted:,} outcomes counted"


def _same_persons(lab: Lab) -> Iterator[str]:
    groups = group_columns(lab)
    by = ", ".join(("replicate", "county", *lab.facts.groups))
    worlds = len(lab.facts.worlds)
    query = f"""
        WITH p AS (
                SELECT replicate, county, {groups}world, sum(persons) AS n FROM persons
                WHERE span = 'run' GROUP BY ALL
             ),
             q AS (SELECT replicate, county, {groups}sum(persons) AS n FROM people GROUP BY ALL),
             e AS (SELECT replicate, county, {groups}sum(persons) AS n FROM ever GROUP BY ALL)
        SELECT
            (SELECT count(*) FROM p FULL JOIN q USING ({by}) WHERE p.n IS DISTINCT FROM q.n)
            + abs((SELECT count(*) FROM p) - {worlds} * (SELECT count(*) FROM q)),
            (SELECT count(*) FROM e FULL JOIN q USING ({by}) WHERE e.n IS DISTINCT FROM q.n)"""
    for by_world, by_pattern in _rows(lab, query):
        if by_world:
            yield f"the number of persons differs between worlds in {by_world:,} groups"
        if by_pattern:
            yield f"the patterns of who was ever denied do not add up to the persons in {by_pattern:,} groups"


def _stocks(lab: Lab) -> Iterator[str]:
    query = """
        SELECT count(*) FROM (
            SELECT listed, sum(entries_true + entries_false - exits) OVER
                (PARTITION BY replicate, county, world, list ORDER BY week) AS moved FROM lists
        ) WHERE listed <> moved"""
    wrong = _number(lab, query)
    if wrong:
        yield f"in {wrong:,} weeks the persons on a list are not those who entered less those who left"


def _denials_agree(lab: Lab) -> Iterator[str]:
    patterns = " UNION ALL ".join(
        f"SELECT '{name}' AS world, count FROM needs WHERE \"{name}\" = 'denied'" for name in lab.facts.names
    )
    query = f"""
        SELECT w.world, n.n, d.n, k.n, f.n FROM (SELECT unnest({list(lab.facts.names)!r}) AS world) w
        LEFT JOIN (SELECT world, sum(count)::BIGINT AS n FROM ({patterns}) GROUP BY 1) n USING (world)
        LEFT JOIN (SELECT world, sum(count)::BIGINT AS n FROM denials GROUP BY 1) d USING (world)
        LEFT JOIN (SELECT world, sum(denied)::BIGINT AS n FROM weekly GROUP BY 1) k USING (world)
        LEFT JOIN (SELECT world, sum(count)::BIGINT AS n FROM flow GROUP BY 1) f USING (world) ORDER BY 1"""
    for world, *counts in _rows(lab, query):
        numbers = [int(count or 0) for count in counts]
        if len(set(numbers)) > 1:
            yield (
                f"{world}: {numbers[0]:,} denials among the needs, {numbers[1]:,} by cause, {numbers[2]:,} by week,"
                f" {numbers[3]:,} by source"
            )
