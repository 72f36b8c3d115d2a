"""Gates: what must be true of every run, whatever the scheme; one that fails means that a number cannot be trusted."""

import json
import math
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from scorelab.errors import RunError
from scorelab.ledger.columns import TABLES, WORLD, Column, Spread
from scorelab.measures import conservation, harmless
from scorelab.measures.conduct import acts_cube
from scorelab.measures.cube import Cube, Int64s
from scorelab.measures.economy import jobless_cube
from scorelab.measures.harmless import exempting, spirals
from scorelab.measures.interval import estimate, rate, student_quantile
from scorelab.measures.lab import Lab, facts
from scorelab.measures.needs import needs_cube
from scorelab.measures.restricted import listed_cube
from scorelab.measures.table import Cell

FILE = "gates.json"
FAMILY_WISE = 1e-4
"""Chance with which a sound run would ever be flagged by its placebo, over all comparisons together."""
BY_WORLD = tuple(name for name, parts in TABLES.items() if WORLD in parts)
"""Tables with a row for each world."""
PATTERNS = {
    name: "count" if "count" in {part.name for part in parts if isinstance(part, Column)} else "persons"
    for name, parts in TABLES.items()
    if any(isinstance(part, Spread) and part is not Spread.groups for part in parts)
}
"""Tables with a column for each world, and what they count."""


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
        for table, column in PATTERNS.items():
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
    yield from by_cell(jobless_cube(lab), "jobless", "weeks without work")


def allowed(difference: npt.NDArray[np.int64], error: float, tail: float) -> float:
    """How far from 0 the mean over units of a difference may lie by chance; ``error`` is its standard error.

    Few units can differ all alike by chance, and then seem to have no spread; counts vary at least as Poisson's do.
    """
    units = len(difference)
    least = NormalDist().inv_cdf(1.0 - tail) * math.sqrt(float(np.abs(difference).sum())) / units
    return max(student_quantile(tail, units - 1) * error, least)


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
        if abs(float(difference.mean())) > allowed(difference, 100.0 * float(found.error[0]), tail):
            faults.append(f"{name}: {int(difference.sum()):+,} in total, more than chance explains")
    told = (
        f"{'none' if not faults else len(faults)} {'are' if len(faults) > 1 else 'is'} larger than chance allows"
        f" (in a sound run, all {len(compared)} together raise a false alarm at most once in {1 / FAMILY_WISE:,.0f}"
        " runs)."
    )
    return _gate("placebo", asked + told, faults)


def _cannot_hurt(lab: Lab) -> Gate:
    sentence = (
        "A world without consequences denies nobody, one without sources records nobody, one without false records"
        " wrongs nobody; nor is anybody reached along ties, favoured, throttled, shy, displaced, scored or listed where"
        " nothing does that."
    )
    if exempting(lab):
        sentence += " Who is exempt in a world has no record, list, grade or denial of their own there."
    if spirals(lab):
        sentence += " Where the spiral is off, work and arrears are in every week those of a world without a scheme."
    return _gate("cannot hurt", sentence, list(harmless.faults(lab)))


def _conservation(lab: Lab) -> Gate:
    return _gate("conservation", conservation.SENTENCE, list(conservation.faults(lab)))


def _rows(lab: Lab, query: str) -> list[tuple[Any, ...]]:
    return lab.con.execute(query).fetchall()
