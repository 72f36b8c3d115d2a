"""Where counties come from: the threads of this process, the workers of a cluster, or the folders of other runs.

A place begins a county and, when it is through, puts it into the run's ledger. Whoever fills a ledger
(:mod:`scorelab.runs.execute`) does not know which place it is.
"""

import threading
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any, Protocol

from scorelab.errors import RunError
from scorelab.ledger.write import write_county
from scorelab.runs.lives import Prepared, lives
from scorelab.runs.room import Room
from scorelab.runs.tasks import Task

GRACE_SECONDS = 5.0
"""How long an interrupted run waits for its counties to stop; a thread that compiles cannot be stopped."""


class Place(Protocol):
    """Where counties come from."""

    @property
    def workers(self) -> int:
        """Counties that are lived at once, for the record."""

    def at_once(self) -> int:
        """How many counties may be begun and not finished; it may change as a cluster grows."""

    def begin(self, task: Task) -> "Future[Any]":
        """Begin a county. The future is done when it can be finished."""

    def finish(self, task: Task, future: "Future[Any]") -> None:
        """Put a county that is done into the ledger. Raises RunError where it could not be lived or written."""

    def weeks(self, tasks: Iterable[Task]) -> int:
        """Weeks lived so far of counties that were begun; 0 where nobody knows."""

    def close(self, *, patient: bool) -> None:
        """Give up what was begun. Whoever is not patient waits for a few seconds at most."""


class _Stopped(Exception):
    """A county was given up because the run is being stopped."""


class Threads:
    """The threads of this process. The kernel does not hold Python's lock, so counties run side by side."""

    def __init__(self, prepared: Prepared, ledger: Path, threads: int) -> None:
        """``threads`` counties are lived at once, or as many as there is room for, and written into ``ledger``."""
        self.workers = threads
        self._prepared = prepared
        self._ledger = ledger
        self._lived: dict[Task, int] = {}
        self._begun: set[Future[None]] = set()
        self._stop = threading.Event()
        self._room = Room(prepared.resolved, threads, self._stop)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="county")

    def at_once(self) -> int:
        """A few wait, so that no thread does while the ledger is looked after."""
        return 2 * self.workers

    def begin(self, task: Task) -> "Future[None]":
        """Live the county and write it."""
        future = self._pool.submit(self._room.within, self._live, task)
        self._begun.add(future)
        return future

    def finish(self, task: Task, future: "Future[None]") -> None:
        """The thread has written the county; here its failure is told."""
        self._begun.discard(future)
        try:
            future.result()
        except MemoryError:
            raise RunError(
                f"not enough memory for {self.workers} counties at once; the counties that were lived are kept. "
                "Try again with fewer --workers, or another run with fewer --persons"
            ) from None
        del self._lived[task]

    def weeks(self, tasks: Iterable[Task]) -> int:
        """Weeks lived so far."""
        return sum(self._lived.get(task, 0) for task in tasks)

    def close(self, *, patient: bool) -> None:
        """Threads look at the flag every few weeks of their county."""
        self._stop.set()
        if not patient:
            wait(self._begun, timeout=GRACE_SECONDS)
        self._pool.shutdown(wait=patient, cancel_futures=True)

    def _live(self, task: Task) -> None:
        steps = lives(self._prepared, task)
        while not self._stop.is_set():
            try:
                self._lived[task] = next(steps)
            except StopIteration as end:
                counts, margins = end.value
                names = self._prepared.built.names
                write_county(self._ledger, counts, names, margins, task.replicate, task.county)
                return
        raise _Stopped
