"""Living an experiment again after a change of it: what the change does not touch is kept, and nothing is written.

A :class:`Village` holds the people of one society, or of two, in memory. An experiment that is lived in it has the same
counts, to the bit, as one that :mod:`scorelab.runs.execute` lives and writes down.
"""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

import numpy as np

from scorelab.kernel.counted import Counts
from scorelab.kernel.fate import key
from scorelab.kernel.layout import UInt8s
from scorelab.kernel.live import Trace, live
from scorelab.kernel.people import People
from scorelab.runs.country import persons_of
from scorelab.runs.lives import Prepared, prepare
from scorelab.runs.tasks import Task, all_tasks
from scorelab.society.county import people
from scorelab.spec.resolved import Resolved
from scorelab.tables.county import county

SOCIETIES = 2
"""Societies whose people are kept."""
THREADS = 2
LOOK_SECONDS = 0.05
"""How often the caller hears of progress."""

Watcher = Callable[[int, int], None]
"""Is told the weeks lived, and how many there are, of all counties together."""


class Stopped(Exception):
    """Living was given up because the caller wanted it so."""


@dataclass(frozen=True)
class LivedCounty:
    """One county after it was lived."""

    task: Task
    who: People
    counts: Counts
    group: UInt8s
    """[N] number of the person's group in ``names.groups``."""
    marks: UInt8s
    """[N, W] what everybody did and met in the run: RESTRICTED, DENIED, WRONGED, FOR_ANOTHER, ACTED, RECORDABLE."""


@dataclass(frozen=True)
class Lived:
    """An experiment after it was lived: its counties in the order of their tasks."""

    prepared: Prepared
    counties: tuple[LivedCounty, ...]

    @property
    def resolved(self) -> Resolved:
        """The experiment."""
        return self.prepared.resolved


@dataclass
class _Society:
    """What is kept of one society: its people, county by county."""

    who: dict[Task, People] = field(default_factory=dict)


def society_digest(resolved: Resolved) -> str:
    """Equal for experiments whose counties hold the same people under the same chance."""
    society = resolved.society.model_dump(mode="json")
    parts = [society, resolved.margins.to_json(), resolved.seed, resolved.replicates, resolved.counties]
    text = json.dumps([*parts, resolved.persons], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class Village:
    """Counties that are lived again and again, each time under another law. One caller at a time."""

    def __init__(self, threads: int = THREADS) -> None:
        """``threads`` counties are lived at once."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="village")
        self._societies: OrderedDict[str, _Society] = OrderedDict()

    def close(self) -> None:
        """Give back the threads and forget everybody."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._societies.clear()

    def live(
        self, resolved: Resolved, *, progress: Watcher | None = None, stop: threading.Event | None = None
    ) -> Lived:
        """Live every county of an experiment.

        ``progress`` is called in the caller's thread. Raises :class:`Stopped` soon after ``stop`` is set, and
        InputError where margins contradict each other or a share cannot be what it is to be.
        """
        prepared = prepare(resolved)
        society = self._society(society_digest(resolved))
        tasks = all_tasks(resolved)
        lived: dict[Task, int] = {}
        given_up = stop or threading.Event()
        begun = [self._pool.submit(self._county, prepared, society, task, lived, given_up) for task in tasks]
        try:
            _watch(begun, lived, resolved.weeks * len(tasks), progress)
        except BaseException:
            given_up.set()
            wait(begun)
            raise
        return Lived(prepared, tuple(future.result() for future in begun))

    def _society(self, digest: str) -> _Society:
        """What is kept of a society; the one that was lived in longest ago goes."""
        found = self._societies.setdefault(digest, _Society())
        self._societies.move_to_end(digest)
        while len(self._societies) > SOCIETIES:
            self._societies.popitem(last=False)
        return found

    def _county(
        self, prepared: Prepared, society: _Society, task: Task, lived: dict[Task, int], stop: threading.Event
    ) -> LivedCounty:
        resolved, built = prepared.resolved, prepared.built
        words = key(resolved.seed, task.replicate)
        if stop.is_set():
            raise Stopped
        if task not in society.who:
            persons = persons_of(resolved, task.county)
            society.who[task] = people(prepared.plan, resolved.society, persons, task.county, words)
        who = society.who[task]
        tables = county(built, who, task.county, words)
        trace = Trace()
        steps = live(tables, built.kinds, built.law, resolved.weeks, len(built.names.groups), trace)
        while not stop.is_set():
            try:
                lived[task] = next(steps)
            except StopIteration as end:
                return LivedCounty(task, who, end.value, tables.group, trace.marks.astype(np.uint8))
        raise Stopped


def _watch(begun: list["Future[LivedCounty]"], lived: dict[Task, int], of: int, progress: Watcher | None) -> None:
    """Tell of progress until all are done. Raises what one of them raised."""
    waiting = set(begun)
    while waiting:
        ready, waiting = wait(waiting, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
        for future in ready:
            future.result()
        if progress is not None:
            progress(sum(lived.values()), of)
