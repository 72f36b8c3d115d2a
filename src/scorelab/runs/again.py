"""Living an experiment again after a change of it: what the change does not touch is kept, and nothing is written.

A :class:`Village` holds the people of one society, or of two, in memory; of each county the tables from which its
candidates are drawn, and how it stood when the first scheme came into force. An experiment that is lived in it has the
same counts, to the bit, as one that :mod:`scorelab.runs.execute` lives and writes down.
"""

import hashlib
import json
import math
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from scorelab.kernel.counted import WEEKLY, Counts
from scorelab.kernel.early import Early, kinds_key, law_key
from scorelab.kernel.fate import key
from scorelab.kernel.layout import NEVER, County, UInt8s
from scorelab.kernel.live import Beginning, Trace, live
from scorelab.kernel.people import People
from scorelab.runs.country import persons_lived, persons_of
from scorelab.runs.lives import Prepared, prepare
from scorelab.runs.tasks import Task, all_tasks
from scorelab.society.county import people
from scorelab.spec.limits import GROUP_SIZES
from scorelab.spec.resolved import Resolved
from scorelab.tables.build import Built
from scorelab.tables.county import county, first_weeks

SOCIETIES = 2
"""Societies whose people are kept."""
KEPT = 3
"""So many sets of tables, and states to be lived on from, are kept of a county."""
MOST_PERSONS = 400_000
"""So many people of all kept societies together; of a larger one only its people and their last tables are kept."""
BYTES_PER_PERSON = 2_500
"""What a person and all that is kept of a county take, measured: a society of 100,000 takes a quarter of a gigabyte."""
COUNTS = 3
"""Times the weekly counts are in memory: as they were last, as they are made, and where they are added up."""
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
class _County:
    """What is kept of one county. One thread at a time."""

    who: People
    tables: OrderedDict[bytes, County] = field(default_factory=OrderedDict)
    """By what they are made from; their weeks of coming into force are those of the law that made them."""
    early: OrderedDict[tuple[bytes, bytes], Early] = field(default_factory=OrderedDict)
    """By the kinds of candidates and the law."""

    def from_kept(self, built: Built, number: int, words: tuple[int, int], *, keep_more: bool) -> County:
        """The county's tables: kept ones, where the same are meant, with the weeks in which schemes come into force."""
        made_from = _tables_key(built)
        if made_from in self.tables:
            found = self.tables[made_from]._replace(in_force=first_weeks(built.law, number, words))
        else:
            found = county(built, self.who, number, words)
        if not keep_more:
            self.tables.clear()
        _keep(self.tables, made_from, found)
        return found

    def beginning(self, built: Built, tables: County, weeks: int) -> tuple[Beginning, bytes]:
        """Where to live on from, and the kinds' key under which to keep how the county stands later."""
        beside = (built.weight, built.trait, built.trait_weight, built.attribute_weight)
        kinds = kinds_key(built.kinds, *beside, np.array(built.intensity)) + _people_key(built)
        first = min(int(tables.in_force.min(initial=NEVER)), weeks - 1)
        fitting = [
            early
            for (of_kinds, of_law), early in self.early.items()
            if early.week <= first and of_kinds == kinds and of_law == law_key(built.law, early.week)
        ]
        latest = max(fitting, key=lambda early: early.week, default=None)
        return Beginning(latest, first if latest is None or latest.week < first else 0), kinds


Value = TypeVar("Value")


def _keep(kept: OrderedDict[Any, Value], key: Any, value: Value) -> None:
    """Keep the latest few."""
    kept[key] = value
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)


def _people_key(built: Built) -> bytes:
    """What the people of a county are told apart by, and which worlds' schemes never apply to whom."""
    names = built.names
    return repr((names.schemes, len(names.groups), built.group.tobytes(), built.exempt.tobytes())).encode()


def _tables_key(built: Built) -> bytes:
    """Equal where the tables of a county are equal, but for the weeks in which schemes come into force."""
    digest = hashlib.blake2b(_people_key(built), digest_size=16)
    for table in (built.weight, built.trait, built.trait_weight, built.attribute_weight, np.array(built.intensity)):
        digest.update(repr(table.shape).encode())
        digest.update(table.tobytes())
    return digest.digest()


@dataclass
class _Society:
    """What is kept of one society, county by county."""

    persons: int
    counties: dict[Task, _County] = field(default_factory=dict)


def society_digest(resolved: Resolved) -> str:
    """Equal for experiments whose counties hold the same people under the same chance."""
    society = resolved.society.model_dump(mode="json")
    parts = [society, resolved.margins.to_json(), resolved.seed, resolved.replicates, resolved.counties]
    text = json.dumps([*parts, resolved.persons], sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class _Given:
    """Whether living is given up: by the caller, or here because a county failed."""

    there: threading.Event
    here: threading.Event = field(default_factory=threading.Event)

    def is_set(self) -> bool:
        """Whether it is."""
        return self.there.is_set() or self.here.is_set()


def kept_bytes(resolved: Resolved) -> int:
    """What a village holds once an experiment was lived in it, roughly."""
    groups = math.prod(GROUP_SIZES.get(name, 2) for name in resolved.groups)
    weekly = resolved.weeks * len(resolved.worlds) * groups * len(WEEKLY) * 4
    counties = resolved.counties * resolved.replicates
    return COUNTS * counties * weekly + persons_lived(resolved) * resolved.replicates * BYTES_PER_PERSON


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

    def forget_weeks(self) -> None:
        """Forget how counties stood, so that every week is lived once more; for whoever compares the two."""
        for society in self._societies.values():
            for kept in society.counties.values():
                kept.early.clear()

    def live(
        self, resolved: Resolved, *, progress: Watcher | None = None, stop: threading.Event | None = None
    ) -> Lived:
        """Live every county of an experiment.

        ``progress`` is called in the caller's thread. Raises :class:`Stopped` soon after ``stop`` is set, and
        InputError where margins contradict each other or a share cannot be what it is to be.
        """
        prepared = prepare(resolved)
        society = self._society(resolved)
        tasks = all_tasks(resolved)
        lived: dict[Task, int] = {}
        given_up = _Given(stop or threading.Event())
        begun = {
            task: self._pool.submit(self._county, prepared, society, task, lived, given_up)
            for task in sorted(tasks, key=lambda task: self._first_week(prepared, task))
        }
        try:
            _watch(list(begun.values()), lived, resolved.weeks * len(tasks), progress)
        except BaseException:
            given_up.here.set()
            wait(begun.values())
            raise
        return Lived(prepared, tuple(begun[task].result() for task in tasks))

    @staticmethod
    def _first_week(prepared: Prepared, task: Task) -> int:
        """The first week with a scheme; counties that have it early take longest and are begun first."""
        words = key(prepared.resolved.seed, task.replicate)
        return int(first_weeks(prepared.built.law, task.county, words).min(initial=NEVER))

    def _society(self, resolved: Resolved) -> _Society:
        """What is kept of a society; the one that was lived in longest ago goes, at once where both are large."""
        digest = society_digest(resolved)
        found = self._societies.setdefault(digest, _Society(persons_lived(resolved) * resolved.replicates))
        self._societies.move_to_end(digest)
        kept = self._societies
        while len(kept) > SOCIETIES or (len(kept) > 1 and sum(one.persons for one in kept.values()) > MOST_PERSONS):
            kept.popitem(last=False)
        return found

    def _county(
        self, prepared: Prepared, society: _Society, task: Task, lived: dict[Task, int], stop: _Given
    ) -> LivedCounty:
        resolved, built = prepared.resolved, prepared.built
        words = key(resolved.seed, task.replicate)
        if stop.is_set():
            raise Stopped
        if task not in society.counties:
            persons = persons_of(resolved, task.county)
            who = people(prepared.plan, resolved.society, persons, task.county, words)
            society.counties[task] = _County(who)
        kept = society.counties[task]
        tables = kept.from_kept(built, task.county, words, keep_more=society.persons <= MOST_PERSONS)
        begun, of_kinds = kept.beginning(built, tables, resolved.weeks)
        trace = Trace()
        steps = live(tables, built.kinds, built.law, resolved.weeks, len(built.names.groups), trace, begun)
        while not stop.is_set():
            try:
                lived[task] = next(steps)
            except StopIteration as end:
                if begun.kept is not None and society.persons <= MOST_PERSONS:
                    _keep(kept.early, (of_kinds, law_key(built.law, begun.kept.week)), begun.kept)
                return LivedCounty(task, kept.who, end.value, tables.group, trace.marks.astype(np.uint8))
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
