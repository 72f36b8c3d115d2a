"""The card's share of the comparison. Nothing of the kernel may be imported before ``prefetch`` is left out."""

import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

if not hasattr(np, "row_stack"):  # numba-cuda 0.30 asks for it, and numpy 2.5 has dropped it
    setattr(np, "row_stack", np.vstack)  # noqa: B010

from numba import cuda

import scorelab.kernel.jit

if not os.environ.get("NUMBA_DISABLE_JIT"):  # else it does nothing already; the card's compiler has no such instruction

    def _no_prefetch(rows, row):  # type: ignore[no-untyped-def]
        """Nothing."""

    scorelab.kernel.jit.prefetch = scorelab.kernel.jit.inlined(_no_prefetch)

from benchmarks.gpu.counties import (
    SIZES,
    WORLDS,
    Case,
    State,
    begin,
    begun,
    digest,
    digest_of,
    law_of,
    load,
    nested,
    told,
)
from benchmarks.gpu.reduced import ACT_FIELDS, define
from scorelab.kernel import census
from scorelab.kernel.counted import WEEKLY, Tally
from scorelab.kernel.layout import County, Scratch
from scorelab.kernel.parts import Climate, Fate, Lives, Queues  # noqa: F401  # Fate is in the sources below
from scorelab.kernel.weeks import live_weeks  # noqa: F401  # as is this

REPEATS = 3
COMPARED = 16
LANES = (64, 256)
PATIENCE = 8.0
"""Seconds of repeats after which a case is not measured again, nor with more counties."""
THREADS, EACH = 1 << 20, 1 << 10


def here() -> bool:
    """Whether there is a card."""
    return bool(cuda.is_available())


def _jit(function: Any) -> Any:
    return cuda.jit(device=True)(function)


@_jit
def _add(table, at, n):  # type: ignore[no-untyped-def]
    table[at] += n


@_jit
def _nothing():  # type: ignore[no-untyped-def]
    pass


@_jit
def _add_together(table, at, n):  # type: ignore[no-untyped-def]
    cuda.atomic.add(table, at, n)


@_jit
def _wait():  # type: ignore[no-untyped-def]
    cuda.syncthreads()


alone, shared = define(_jit, _add, _nothing), define(_jit, _add_together, _wait)
alone_words, alone_week, alone_meet = alone
_, shared_week, shared_meet = shared
start_county = census.begin


@cuda.jit
def spread(source, target):  # type: ignore[no-untyped-def]
    """Copy an array again and again."""
    at = cuda.grid(1)
    while at < target.shape[0]:
        target[at] = source[at % source.shape[0]]
        at += cuda.gridsize(1)


@cuda.jit
def words(each, into):  # type: ignore[no-untyped-def]
    """The words of ``each`` counters a thread, folded."""
    at = cuda.grid(1)
    if at < into.shape[0]:
        into[at] = alone_words(at * each, each)


def _own(kind: Any, name: str) -> str:
    """Source of one county's part of stacked arrays."""
    return f"{kind.__name__}({', '.join(f'{name}.{field}[c]' for field in kind._fields)})"


_TABLES = ", ".join(
    f"county.{name}" + ("" if name in {"key0", "key1", "adults"} else "[c]") for name in County._fields[1:]
)
_PLACE = f"""
    if c < done.shape[0]:
        mine = County(np.int64(c), {_TABLES})
        fate = Fate(np.uint64(c), np.uint64(county.key0), np.uint64(county.key1))
        own = {_own(Lives, "lives")}
"""
_LIVES = f"""
        air = {_own(Climate, "climate")}
        t, total, largest = live_weeks(mine, fate, kinds, law, own, air, {_own(Queues, "queues")},
            {_own(Tally, "tally")}, {_own(Scratch, "scratch")}, 0, weeks)
        done[c] = t
"""
_BEGINS = "        start_county(fate, mine, world, contrary, own)\n"
_REDUCED = f"""
        air = {_own(Climate, "climate")}
        drawn = np.int64(0)
        for t in range(weeks):
            drawn += week(mine, fate, kinds, law[3], success, own, air, ends[c], acts[c], weekly[c], t, lane, lanes)
        if lane == 0:
            done[c] = drawn
"""
_MEETS = """
        drawn = np.int64(0)
        for t in range(weeks):
            drawn += meet(mine, fate, kinds, own, ends[c], met[c], t, lane, lanes)
        if lane == 0:
            done[c] = drawn
"""
_ALONE = "    c, lane, lanes = cuda.grid(1), 0, 1\n"
_SHARED = "    c, lane, lanes = cuda.blockIdx.x, cuda.threadIdx.x, cuda.blockDim.x\n"


def _kernel(name: str, arguments: str, body: str, place: str, **functions: Any) -> Any:
    """A kernel that finds its county and works on it."""
    named = {**globals(), **functions}
    exec(f"def {name}(county, {arguments}, done):\n{place}{_PLACE}{body}", named)
    return named[name]


_WHOLE = "kinds, law, lives, climate, queues, tally, scratch, weeks"
_PART = "kinds, law, success, lives, climate, ends, acts, weekly, weeks"
_DRAWN = "kinds, lives, ends, met, weeks"
SOURCES = {
    "begin": _kernel("begin_all", "world, contrary, lives", _BEGINS, _ALONE),
    "live_weeks": _kernel("live_all", _WHOLE, _LIVES, _ALONE),
    "reduced/thread": _kernel("reduced_alone", _PART, _REDUCED, _ALONE, week=alone_week),
    "reduced/block": _kernel("reduced_shared", _PART, _REDUCED, _SHARED, week=shared_week),
    "meet/thread": _kernel("meet_alone", _DRAWN, _MEETS, _ALONE, meet=alone_meet),
    "meet/block": _kernel("meet_shared", _DRAWN, _MEETS, _SHARED, meet=shared_meet),
}


class Stack:
    """Many counties' copies of one county's arrays on the card."""

    def __init__(self, one: Any, count: int) -> None:
        self.pairs: list[tuple[Any, Any]] = []
        self.bytes = 0

        def each(rows: Any) -> Any:
            source = cuda.to_device(np.ascontiguousarray(rows).ravel())
            target = cuda.device_array(count * rows.size, rows.dtype)
            self.pairs.append((source, target))
            self.bytes += target.nbytes
            return target.reshape((count, *rows.shape))

        self.many = nested(one, each)
        self.reset()

    def reset(self) -> None:
        """Every county at the start again."""
        for source, target in self.pairs:
            spread[min(1024, -(-target.shape[0] // 256)), 256](source, target)


def size_of(one: Any) -> int:
    """Bytes of one county's arrays."""
    total = 0

    def each(rows: Any) -> Any:
        nonlocal total
        total += rows.nbytes
        return rows

    nested(one, each)
    return total


def on_card(values: Any) -> Any:
    """Arrays that all counties share."""
    return nested(values, lambda rows: cuda.to_device(np.ascontiguousarray(rows)))


def grid(form: str, count: int) -> tuple[int, int]:
    """Blocks and threads for a form of sharing out the work."""
    if form == "thread":
        return -(-count // 32), 32
    if form == "8 in a warp":
        return -(-count // 8), 8
    return count, 1 if form == "warp" else int(form.rsplit(" ", 1)[1])


def seconds(blocks: int, threads: int, kernel: Any, *arguments: Any) -> float:
    """How long the card takes for a kernel."""
    cuda.synchronize()
    started = time.perf_counter()
    kernel[blocks, threads](*arguments)
    cuda.synchronize()
    return time.perf_counter() - started


class Card:
    """The compiled kernels; what does not compile is noted and left out."""

    def __init__(self, tables: Path) -> None:
        device = cuda.get_current_device()
        self.name = device.name.decode() if isinstance(device.name, bytes) else str(device.name)
        self.notes: list[str] = []
        self.kernels: dict[str, Any] = {}
        self.slowest: dict[tuple[str, str, int], float] = {}
        case = load(tables, SIZES[0])
        for name, source in SOURCES.items():
            started = time.perf_counter()
            try:
                kernel = cuda.jit(source)
                work = Work(case, 1, name)
                kernel[1, 1](*work.arguments(name, 0))
                cuda.synchronize()
                self.kernels[name] = kernel
                [registers], [local] = (
                    list(x().values()) for x in (kernel.get_regs_per_thread, kernel.get_local_mem_per_thread)
                )
                about = f"{registers} registers, {local} bytes of local memory a thread"
            except Exception as error:
                about = f"does not compile: {type(error).__name__}: {str(error)[:300]}"
            self.notes.append(f"{name}: {about}; {time.perf_counter() - started:.0f} s")
            print(self.notes[-1], file=sys.stderr, flush=True)

    def measure(
        self,
        tables: Path,
        persons: int,
        counts: Sequence[int],
        only: Sequence[str],
        results: dict[str, list[str]],
    ) -> Iterator[dict[str, Any]]:
        """Rows of times for counties of one size."""
        case = load(tables, persons)
        for count in counts:
            for what, forms in (
                ("meet", ("thread", *(f"block of {lanes}" for lanes in LANES))),
                ("reduced", ("thread", "warp", *(f"block of {lanes}" for lanes in LANES))),
                ("live_weeks", ("thread", "8 in a warp", "warp")),
            ):
                if what not in only:
                    continue
                need = count * size_of((case.county, begin(case) if what == "live_weeks" else ()))
                if need > 0.9 * cuda.current_context().get_memory_info()[0]:
                    print(
                        f"{what}: {count} counties of {persons} do not fit ({need / 1e9:.0f} GB)",
                        file=sys.stderr,
                        flush=True,
                    )
                    continue
                work = Work(case, count, what)
                for form in forms:
                    yield from self._row(work, what, form, results)
                del work

    def _row(self, work: "Work", what: str, form: str, results: dict[str, list[str]]) -> Iterator[Any]:
        name = what if what == "live_weeks" else f"{what}/{'block' if form.startswith('block') else 'thread'}"
        if name not in self.kernels:
            return
        case = work.case
        persons = case.county.cell.shape[0]
        if self.slowest.get((what, form, persons), 0.0) > PATIENCE:
            return
        times: list[float] = []
        while len(times) <= REPEATS and sum(times) < PATIENCE:
            work.reset(self.kernels)
            times.append(seconds(*grid(form, work.count), self.kernels[name], *work.arguments(what, case.weeks)))
        found, candidates = work.results(what)
        wanted = results[f"{what}/{persons}"][: len(found)]
        median = self.slowest[what, form, persons] = statistics.median(times[1:] or times)
        yield {
            "what": what,
            "on": form,
            "persons": persons,
            "counties": work.count,
            "seconds": median,
            "candidates": candidates,
            "ns": median / candidates * 1e9,
            "bytes_per_person": round(work.bytes / work.count / persons),
            "same": found[: len(wanted)] == wanted and len(wanted) > 0,
        }

    def words(self, results: dict[str, list[str]]) -> dict[str, Any]:
        into = cuda.device_array(THREADS, np.uint64)
        times = [seconds(THREADS // 256, 256, words, EACH, into) for _ in range(REPEATS + 1)]
        compared = (1 << 24) // EACH
        folded = int(np.bitwise_xor.reduce(into[:compared].copy_to_host()))
        median = statistics.median(times[1:])
        return {
            "what": "words",
            "on": "all threads",
            "persons": 0,
            "counties": 1,
            "seconds": median,
            "candidates": THREADS * EACH,
            "ns": median / THREADS / EACH * 1e9,
            "same": str(folded) == results["words"][0],
        }


class Work:
    """Counties on the card, and what one way of working needs of them."""

    def __init__(self, case: Case, count: int, what: str) -> None:
        self.case, self.count = case, count
        self.whole = what in ("live_weeks", "begin")
        start = begin(case)
        self.kinds, self.law = on_card(case.kinds), on_card(law_of(case))
        self.success = cuda.to_device(case.law.success)
        self.tables = Stack(case.county, count)
        if self.whole:
            self.state = Stack(start, count)
        else:
            informed = told(begun(case, start, 0))
            self.state = Stack((informed.lives, informed.climate), count)
            persons = case.county.cell.shape[0]
            self.ends = cuda.device_array((count, case.county.first.size), np.int64)
            self.acts = cuda.device_array((count, persons, ACT_FIELDS), np.int64)
            self.sums = Stack((np.zeros((WORLDS, case.groups, len(WEEKLY)), np.int32), np.zeros(1, np.int64)), count)
        self.done = cuda.to_device(np.zeros(count, np.int64))
        self.bytes = self.tables.bytes + self.state.bytes
        cuda.synchronize()

    def arguments(self, what: str, weeks: int) -> tuple[Any, ...]:
        """What the kernel is called with."""
        tables = self.tables.many
        if what == "begin":
            return tables, self.law[0].world, self.case.law.contrary_purpose[0], self.state.many[0], self.done
        if what == "live_weeks":
            return tables, self.kinds, self.law, *self.state.many, weeks, self.done
        weekly, met = self.sums.many
        lives, climate = self.state.many
        if what.startswith("meet"):
            return tables, self.kinds, lives, self.ends, met, weeks, self.done
        return (
            tables,
            self.kinds,
            self.law,
            self.success,
            lives,
            climate,
            self.ends,
            self.acts,
            weekly,
            weeks,
            self.done,
        )

    def reset(self, kernels: dict[str, Any]) -> None:
        """Every county before week 0."""
        self.state.reset()
        if not self.whole:
            self.sums.reset()
            return
        kernels["begin"][grid("thread", self.count)](
            *(self.tables.many, self.law[0].world, self.case.law.contrary_purpose[0], self.state.many[0], self.done)
        )

    def results(self, what: str) -> tuple[list[str], int]:
        """What the first counties came to, as on the processor; and all candidates."""
        few = min(COMPARED, self.count)
        first = nested(self.state.many, lambda rows: rows[:few].copy_to_host())
        done = self.done.copy_to_host()
        if what == "live_weeks":
            assert (done == self.case.weeks).all(), "no room"
            drawn = int(self.state.many[3].candidates.copy_to_host()[:, :, 0].sum())
            return [digest(State(*nested(tuple(first), lambda rows, c=c: rows[c]))) for c in range(few)], drawn
        weekly, met = nested(self.sums.many, lambda rows: rows[:few].copy_to_host())
        if what == "meet":
            return [str(int(row[0])) for row in met], int(done.sum())
        return [f"{digest_of(weekly[c])}/{digest_of(first[0].rest[c])}" for c in range(few)], int(done.sum())
