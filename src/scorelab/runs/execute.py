"""Living the counties that are missing, wherever that is done.

What a county's counts are depends on the experiment and the county's number alone; so the bytes are the same for any
number of threads or workers, in any order, and after any interruption.
"""

import os
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scorelab.ledger.manifest import Manifest, write_manifest
from scorelab.ledger.read import ledger_digest
from scorelab.runs.folder import LEDGER
from scorelab.runs.lives import Prepared
from scorelab.runs.merging import Merging
from scorelab.runs.places import Place, Threads
from scorelab.runs.tasks import Shard, Task, all_tasks, missing, parts
from scorelab.spec.resolved import Resolved

LOOK_SECONDS = 0.1
"""How often the caller hears of progress."""


@dataclass(frozen=True)
class Progress:
    """How far a run has come. Weeks are those of all counties together, including counties lived earlier."""

    counties_done: int
    counties: int
    weeks_done: int
    weeks: int


Watcher = Callable[[Progress], None]


def default_workers() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def lacking(resolved: Resolved, folder: Path, shard: Shard | None = None) -> list[Task]:
    """The tasks of a run, or of one share of it, whose county its folder lacks."""
    share = None if shard is None else set(shard.share(all_tasks(resolved)))
    return [task for task in missing(resolved, folder / LEDGER) if share is None or task in share]


def execute(
    prepared: Prepared,
    folder: Path,
    manifest: Manifest,
    *,
    workers: int | None = None,
    cluster: str | None = None,
    shard: Shard | None = None,
    watch: Watcher | None = None,
) -> Manifest:
    """Live every county that the folder lacks and return the finished manifest, which is also written there.

    Counties are lived on ``workers`` threads, or on the cluster whose scheduler has the address ``cluster``. With a
    ``shard`` only its share is lived; where that leaves counties missing, the manifest stays unfinished.

    The caller holds the folder's lock and has written ``manifest``. A KeyboardInterrupt leaves whole counties behind.
    Raises RunError where the disk, the memory or the cluster does not suffice.
    """
    todo = lacking(prepared.resolved, folder, shard)

    def place() -> Place:
        if cluster is not None:
            from scorelab.runs.cluster import Cluster

            return Cluster(cluster, prepared, parts(prepared.resolved, folder / LEDGER))
        return Threads(prepared, parts(prepared.resolved, folder / LEDGER), max(1, min(workers or default_workers(), len(todo) or 1)))

    merging = Merging(prepared.resolved, folder / LEDGER, prepared.built.names)
    return fill(prepared.resolved, folder, manifest, todo, place, merging, shard=shard, watch=watch)


def fill(
    resolved: Resolved,
    folder: Path,
    manifest: Manifest,
    todo: list[Task],
    place: Callable[[], Place],
    merging: Merging,
    *,
    shard: Shard | None = None,
    watch: Watcher | None = None,
) -> Manifest:
    """Fetch the counties ``todo`` from a place, which is opened only if there are any, and finish the manifest.

    Where counties are still missing afterwards, the manifest keeps the time that was spent and stays unfinished. Of a
    country, counties are merged into their groups as they come; those of a share wait until it is gathered.
    """
    ledger = folder / LEDGER
    merging.sweep()
    if shard is None:
        merging.merge()
    started = time.monotonic()
    total = len(all_tasks(resolved) if shard is None else shard.share(all_tasks(resolved)))
    before = total - len(lacking(resolved, folder, shard))
    workers = 1
    if todo:
        opened = place()
        workers = opened.workers
        arrived = merging.arrived if shard is None else None
        _fetch(opened, todo, _Told(before, total, resolved.weeks, watch), arrived)
    seconds = float(manifest.provenance.get("seconds", 0.0)) + time.monotonic() - started
    done = manifest.with_provenance(seconds=round(seconds, 3))
    if shard is not None:
        done = done.with_provenance(shard=str(shard))
    if not missing(resolved, ledger):
        merging.merge()
        done = replace(done, ledger_digest=ledger_digest(ledger)).with_provenance(
            finished=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), workers=workers
        )
    write_manifest(folder, done)
    return done


@dataclass(frozen=True)
class _Told:
    """Whom to tell of progress, and how many counties there were before, are in all, and have how many weeks."""

    before: int
    total: int
    weeks: int
    watch: Watcher | None

    def tell(self, done: int, weeks: int) -> None:
        """``done`` counties have come since, and of those that were begun ``weeks`` are lived."""
        if self.watch is not None:
            counties = self.before + done
            self.watch(Progress(counties, self.total, counties * self.weeks + weeks, self.total * self.weeks))


def _fetch(place: Place, todo: list[Task], told: _Told, arrived: Callable[[Task], None] | None) -> None:
    """Keep a place busy until every county of ``todo`` is in the ledger."""
    waiting = iter(todo)
    begun: dict[Future[Any], Task] = {}
    done = 0
    patient = True
    try:
        told.tell(0, 0)
        while done < len(todo):
            while len(begun) < place.at_once() and (task := next(waiting, None)) is not None:
                begun[place.begin(task)] = task
            ready, _ = wait(begun, timeout=LOOK_SECONDS, return_when=FIRST_COMPLETED)
            for future in ready:
                task = begun.pop(future)
                place.finish(task, future)  # from here on the county is whole on the disk
                if arrived is not None:
                    arrived(task)
                done += 1
            told.tell(done, place.weeks(begun.values()))
    except KeyboardInterrupt:
        patient = False
        raise
    finally:
        place.close(patient=patient)
