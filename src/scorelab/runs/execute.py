"""Living the counties that are missing, on threads.

The kernel does not hold Python's lock, so counties run side by side in one process. What a county's counts are
depends on the experiment and the county's number alone; so the bytes are the same for any number of threads, in
any order, and after any interruption.
"""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path

from scorelab.errors import RunError
from scorelab.ledger.manifest import Manifest, write_manifest
from scorelab.ledger.read import ledger_digest
from scorelab.ledger.write import write_county
from scorelab.runs.folder import LEDGER
from scorelab.runs.lives import Prepared, lives
from scorelab.runs.merging import Merging
from scorelab.runs.room import Room
from scorelab.runs.tasks import Task, all_tasks, missing

LOOK_SECONDS = 0.1
"""How often the caller hears of progress."""

GRACE_SECONDS = 5.0
"""How long an interrupted run waits for its counties to stop; a thread that compiles cannot be stopped."""


@dataclass(frozen=True)
class Progress:
    """How far a run has come. Weeks are those of all counties together, including counties lived earlier."""

    counties_done: int
    counties: int
    weeks_done: int
    weeks: int


Watcher = Callable[[Progress], None]


class _Stopped(Exception):
    """A county was given up because the run is being stopped."""


def default_workers() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def execute(
    prepared: Prepared, folder: Path, manifest: Manifest, *, workers: int | None = None, watch: Watcher | None = None
) -> Manifest:
    """Live every county that the folder lacks and return the finished manifest, which is also written there.

    The caller holds the folder's lock and has written ``manifest``. A KeyboardInterrupt leaves whole counties behind.
    Raises RunError where the disk or the memory does not suffice.
    """
    ledger = folder / LEDGER
    merging = Merging(prepared, ledger)
    merging.settle()
    started = time.monotonic()
    todo = missing(prepared.resolved, ledger)
    threads = max(1, min(workers or default_workers(), len(todo) or 1))
    _live_all(prepared, merging, todo, threads, watch)
    merging.settle()
    seconds = float(manifest.provenance.get("seconds", 0.0)) + time.monotonic() - started
    done = replace(manifest, ledger_digest=ledger_digest(ledger)).with_provenance(
        finished=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), workers=threads, seconds=round(seconds, 3)
    )
    write_manifest(folder, done)
    return done


def _live_all(prepared: Prepared, merging: Merging, todo: list[Task], threads: int, watch: Watcher | None) -> None:
    weeks = prepared.resolved.weeks
    total = len(all_tasks(prepared.resolved))
    before = total - len(todo)
    lived = dict.fromkeys(todo, 0)
    stop = threading.Event()
    room = Room(prepared.resolved, threads, stop)

    def tell(done: int) -> None:
        if watch is not None:
            weeks_done = before * weeks + sum(lived.values())
            watch(Progress(before + done, total, weeks_done, total * weeks))

    def one(task: Task) -> None:
        steps = lives(prepared, task)
        while not stop.is_set():
            try:
                lived[task] = next(steps)
            except StopIteration as end:
                counts, margins = end.value
                write_county(merging.folder, counts, prepared.built.names, margins, task.replicate, task.county)
                merging.arrived(task)
                return
        raise _Stopped

    pool = ThreadPoolExecutor(threads, thread_name_prefix="county")
    left: set[Future[None]] = {pool.submit(room.within, one, task) for task in todo}
    patient = True
    try:
        tell(0)
        while left:
            done, left = wait(left, timeout=LOOK_SECONDS, return_when=FIRST_EXCEPTION)
            for future in done:
                future.result()
            tell(len(todo) - len(left))
    except KeyboardInterrupt:
        patient = False
        raise
    except MemoryError:
        raise RunError(f"not enough memory for {threads} counties at once; try fewer --workers or --persons") from None
    finally:
        stop.set()
        if not patient:
            wait(left, timeout=GRACE_SECONDS)
        pool.shutdown(wait=patient, cancel_futures=True)
