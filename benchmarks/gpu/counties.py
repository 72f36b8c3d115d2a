"""The counties of the comparison: tables of the catalogue's experiment, and many counties' state side by side.

All counties of a size have the same people and other numbers, so other chance; all arrays are copied for each of them,
as a run would have them. Every scheme is in force from the first day.
"""

import dataclasses
import hashlib
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from scorelab.kernel import blank, census
from scorelab.kernel.layout import KNOWN, ONE, County, Kinds, Law, Scratch
from scorelab.kernel.parts import NORM, NORM_CONTRARY, Climate, Fate, Lives, Queues, split
from scorelab.kernel.sparse import entries

SIZES = (2_000, 10_000, 25_000)
WORLDS = 4


class Case(NamedTuple):
    """What counties of one size are lived from."""

    county: County
    kinds: Kinds
    law: Law
    groups: int

    @property
    def weeks(self) -> int:
        """Weeks for which there are tables."""
        return int(self.law.aware.shape[2])


class State(NamedTuple):
    """What a county's weeks change, and the room that they need: one county's arrays or, stacked, many counties'."""

    lives: Lives
    climate: Climate
    queues: Queues
    tally: Any
    scratch: Scratch


def make(file: Path, weeks: int) -> None:
    """Write the tables; only this needs all of scorelab."""
    from scorelab.kernel.fate import key
    from scorelab.runs.bench import EXPERIMENT, with_worlds
    from scorelab.runs.lives import prepare
    from scorelab.society.county import people
    from scorelab.spec.load import Options, resolve
    from scorelab.tables.county import county

    found: dict[str, Any] = {}
    for persons in SIZES:
        resolved = with_worlds(resolve(EXPERIMENT, options=Options(persons=persons, weeks=weeks, counties=1)), WORLDS)
        everywhere = [
            dataclasses.replace(one, without=sorted({*one.without, "rollout"})) if one.schemes else one
            for one in resolved.worlds
        ]
        resolved = dataclasses.replace(resolved, worlds=everywhere)
        prepared, words = prepare(resolved), key(resolved.seed)
        built = prepared.built
        who = people(prepared.plan, resolved.society, persons, 0, words)
        parts: dict[str, Any] = {"county": county(built, who, 0, words), "kinds": built.kinds, "law": built.law}
        for part, values in parts.items():
            found |= {f"{persons}/{part}/{name}": value for name, value in values._asdict().items()}
        found[f"{persons}/groups"] = len(built.names.groups)
    np.savez(file, **found)


def load(file: Path, persons: int) -> Case:
    """The tables of counties of one size."""
    with np.load(file) as found:

        def part(kind: Any, name: str) -> Any:
            values = [found[f"{persons}/{name}/{field}"] for field in kind._fields]
            return kind(*(value if value.ndim else int(value) for value in values))

        return Case(part(County, "county"), part(Kinds, "kinds"), part(Law, "law"), int(found[f"{persons}/groups"]))


def law_of(case: Case) -> Any:
    """The law by what needs it, in contiguous arrays."""
    return nested(split(case.law), np.ascontiguousarray)


def _power(rows: int) -> int:
    return 1 << (rows - 1).bit_length()


def begin(case: Case) -> State:
    """One county's state before the people's condition is entered, with room for the weeks that are lived."""
    persons = case.county.cell.shape[0]
    county, law, kinds, groups = case.county, case.law, case.kinds, case.groups
    tally = blank.tally(kinds, law, case.weeks, groups)
    few, many = (np.zeros((_power(rows), 2), np.int64) for rows in (2 * persons, 4 * persons + 1000))
    tally = tally._replace(occasions=few, needs=few, denials=many, flow=many)
    scratch = blank.scratch(county, kinds, WORLDS, groups)._replace(
        words=np.zeros((4, persons // 2 + 64), np.uint32),
        whom=np.zeros(persons // 2 + 64, np.uint32),
        left=np.zeros(persons // 2 + 64, np.uint32),
        acts=np.zeros((persons + persons // 4, 7), np.int64),
        hires=np.zeros((persons // 2, 2), np.int64),
    )
    return State(
        blank.lives(county, law, groups, persons // 8 + 1024)._replace(trace=np.zeros((1, 16), np.int64)),
        blank.climate(law),
        blank.queues(case.weeks, persons * WORLDS // 8 + 1024),
        tally,
        scratch,
    )


def begun(case: Case, state: State, number: int) -> State:
    """A copy of the state in which the people of a county are in the condition in which they start."""
    mine: State = nested(state, np.copy)
    world = split(case.law)[0].world
    census.begin(fate_of(case, number), case.county, world, case.law.contrary_purpose[0], mine.lives)
    return mine


def told(state: State) -> State:
    """The same, but half of the people know the scheme already, and norms are set: the reduced week has no calendar."""
    hot, norms = state.lives.hot.copy(), state.climate.norms.copy()
    hot[::2, :, KNOWN] = 0x0101
    norms[:, :, [NORM, NORM_CONTRARY]] = ONE
    return state._replace(lives=state.lives._replace(hot=hot), climate=state.climate._replace(norms=norms))


def nested(values: Any, each: Any) -> Any:
    """The same named tuples with ``each`` applied to every array; numbers stay."""
    if getattr(values, "ndim", 0) > 0:
        return each(values)
    if isinstance(values, tuple):
        made = [nested(value, each) for value in values]
        return type(values)(*made) if hasattr(values, "_fields") else tuple(made)
    return values


def fate_of(case: Case, number: int) -> Fate:
    """What keys the chance of a county."""
    return Fate(np.uint64(number), np.uint64(case.county.key0), np.uint64(case.county.key1))


def digest_of(rows: Any) -> str:
    """Of one array."""
    return hashlib.blake2b(np.ascontiguousarray(rows).tobytes(), digest_size=8).hexdigest()


def digest(state: State) -> str:
    """Of everything that a county's weeks counted, and of everybody's state at the end."""
    found = hashlib.blake2b(digest_size=8)
    tally = state.tally
    for name in ("weekly", "lists", "records", "points", "process", "endings", "tries", "candidates"):
        found.update(np.ascontiguousarray(getattr(tally, name)).tobytes())
    for name in ("occasions", "needs", "denials", "flow"):
        found.update(entries(getattr(tally, name)).tobytes())
    for rows in (state.lives.hot, state.lives.rest, state.lives.list_stock, state.climate.norms, state.climate.public):
        found.update(np.ascontiguousarray(rows).tobytes())
    return found.hexdigest()
