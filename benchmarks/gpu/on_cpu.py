"""The processor's share of the comparison: one core and all cores, and the results that the card has to equal."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numba
import numpy as np

from benchmarks.gpu.counties import (
    SIZES,
    WORLDS,
    State,
    begin,
    begun,
    digest,
    digest_of,
    fate_of,
    law_of,
    load,
    nested,
    told,
)
from benchmarks.gpu.reduced import ACT_FIELDS, define
from scorelab.kernel.counted import WEEKLY
from scorelab.kernel.weeks import live_weeks

REPEATS = 3
COMPARED = 16
"""Counties whose results are compared."""
WORDS = 1 << 24


def _jit(function: Any) -> Any:
    return numba.njit(nogil=True, error_model="numpy", _nrt=False)(function)


@_jit
def _add(table, at, n):  # type: ignore[no-untyped-def]
    table[at] += n


@_jit
def _sync():  # type: ignore[no-untyped-def]
    pass


words, week, meet = define(_jit, _add, _sync)


@_jit
def reduced_weeks(county, fate, kinds, mind, success, lives, climate, ends, acts, weekly, weeks):  # type: ignore[no-untyped-def]
    """All weeks of the reduced week; returns the number of candidates."""
    total = np.int64(0)
    for t in range(weeks):
        total += week(county, fate, kinds, mind, success, lives, climate, ends, acts, weekly, t, 0, 1)
    return total


@_jit
def meet_weeks(county, fate, kinds, lives, ends, met, weeks):  # type: ignore[no-untyped-def]
    """All weeks of drawing alone; returns the number of candidates."""
    total = np.int64(0)
    for t in range(weeks):
        total += meet(county, fate, kinds, lives, ends, met, t, 0, 1)
    return total


def timed(tasks: Sequence[Callable[[], int]], threads: int) -> tuple[float, int]:
    """Seconds until all tasks are done by so many threads, and the sum of what they return."""
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(time.sleep, [0.01] * threads))
        started = time.perf_counter()
        total = sum(pool.map(lambda task: task(), tasks))
        return time.perf_counter() - started, total


def _row(what: str, persons: int, threads: int, counties: int, runs: list[tuple[float, int]]) -> dict[str, Any]:
    seconds = statistics.median(run[0] for run in runs)
    return {
        "what": what,
        "on": "core" if threads == 1 else f"{threads} cores",
        "persons": persons,
        "counties": counties,
        "seconds": seconds,
        "candidates": runs[0][1],
        "ns": seconds / runs[0][1] * 1e9,
    }


class _Counties:
    """The counties of one size, and what can be done with each."""

    def __init__(self, tables: Path, persons: int) -> None:
        self.persons = persons
        self.case = load(tables, persons)
        self.law, self.start = law_of(self.case), begin(self.case)
        self.informed = told(begun(self.case, self.start, 0))

    def fresh(self, number: int) -> State:
        """A county's state before week 0."""
        return begun(self.case, self.start, number)

    def fresh_reduced(self) -> State:
        """The same for the reduced week: in all counties that of the first."""
        copy: State = nested(self.informed, np.copy)
        return copy

    def sums(self) -> Any:
        """Room for the sums of the reduced week."""
        return np.zeros((WORLDS, self.case.groups, len(WEEKLY)), np.int32)

    def whole(self, number: int, state: State) -> int:
        """Live the real weeks; the number of candidates."""
        case = self.case
        reached, *_ = live_weeks(case.county, fate_of(case, number), case.kinds, self.law, *state, 0, case.weeks)
        assert reached == case.weeks, ("no room", number, reached)
        return int(state.tally.candidates[:, 0].sum())

    def reduced(self, number: int, state: State, weekly: Any) -> int:
        """Live the reduced weeks; the number of candidates."""
        case = self.case
        ends, acts = np.zeros(case.county.first.size, np.int64), np.zeros((self.persons, ACT_FIELDS), np.int64)
        tables = (case.county, fate_of(case, number), case.kinds, self.law[3], case.law.success)
        return int(reduced_weeks(*tables, state.lives, state.climate, ends, acts, weekly, case.weeks))

    def drawn(self, number: int, state: State, met: Any) -> int:
        """Draw all events and look at whom they meet; the number of candidates."""
        case = self.case
        ends = np.zeros(case.county.first.size, np.int64)
        return int(meet_weeks(case.county, fate_of(case, number), case.kinds, state.lives, ends, met, case.weeks))

    def tasks(self, what: str, many: int) -> tuple[Sequence[Callable[[], int]], Callable[[], list[str]]]:
        """What is to be done, county by county, and what tells what came of it."""
        if what == "live_weeks":
            states = [self.fresh(number) for number in range(many)]
            lived = [partial(self.whole, *pair) for pair in enumerate(states)]
            return lived, lambda: [digest(state) for state in states[:COMPARED]]
        states = [self.fresh_reduced() for _ in range(many)]
        if what == "meet":
            met = [np.zeros(1, np.int64) for _ in states]
            drawn = [partial(self.drawn, c, states[c], met[c]) for c in range(many)]
            return drawn, lambda: [str(int(one[0])) for one in met[:COMPARED]]
        sums = [self.sums() for _ in states]
        reduced = [partial(self.reduced, c, states[c], sums[c]) for c in range(many)]
        return reduced, lambda: [
            f"{digest_of(sums[c])}/{digest_of(states[c].lives.rest)}" for c in range(min(many, COMPARED))
        ]


def _compile(tables: Path) -> None:
    some = _Counties(tables, SIZES[0])
    some.whole(0, some.fresh(0))
    some.reduced(0, some.fresh_reduced(), some.sums())
    some.drawn(0, some.start, np.zeros(1, np.int64))
    words(0, 10)


def measure(
    tables: Path, sizes: Sequence[int], counties: int, only: Sequence[str], ready: Callable[[], None]
) -> dict[str, Any]:
    """Rows of times, and digests by case and county. ``ready`` is called when everything is compiled."""
    cores = os.cpu_count() or 1
    _compile(tables)
    ready()
    rows: list[dict[str, Any]] = []
    results: dict[str, list[str]] = {}
    for threads in (1, cores):
        runs = [timed([lambda: int(words(0, WORDS))] * threads, threads) for _ in range(REPEATS)]
        results["words"] = [str(words(0, WORDS))]
        rows.append(_row("words", 0, threads, threads, [(seconds, threads * WORDS) for seconds, _ in runs]))
    for persons in sizes:
        here = _Counties(tables, persons)
        for threads, many in ((1, max(1, counties // 8)), (cores, counties)):
            for what in only:
                runs = []
                for _ in range(REPEATS):
                    tasks, found = here.tasks(what, many)
                    runs.append(timed(tasks, threads))
                rows.append(_row(what, persons, threads, many, runs))
                results[f"{what}/{persons}"] = found()
    return {"rows": rows, "results": results}
