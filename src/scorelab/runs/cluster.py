"""Living counties on the workers of a ``dask.distributed`` cluster.

Scheduling, queueing and the network are dask's. A worker lives a county, writes it into a folder of its own with the
code that writes it everywhere, and returns the bytes of the files; only this process writes in the run's folder. The
prepared experiment travels once, as a result that the tasks share, and a county whose worker dies is lived elsewhere.
"""

import contextlib
import functools
import logging
import tempfile
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

from scorelab.errors import InputError, Problem, RunError
from scorelab.ledger.manifest import versions
from scorelab.ledger.write import Files, county_files, put_county, write_county
from scorelab.runs.code import COUNTS, code_digests
from scorelab.runs.lives import Prepared, lives
from scorelab.runs.tasks import Task

CONNECT_SECONDS = 10.0
"""How long a scheduler may take to answer."""

PATIENCE_SECONDS = 120.0
"""How long a run waits while the scheduler has no worker at all."""

LOOK_SECONDS = 2.0
"""How often the scheduler is asked for its workers."""

AHEAD = 2
"""Counties begun for each thread of the cluster: one that is lived, and one that waits at the worker."""

Facts = dict[str, str]
"""Versions of packages and digests of files by their names: what must be the same wherever counties are lived."""


class WrongWorker(Exception):
    """A worker has other code than whoever asks it; says where they differ."""


@functools.cache
def facts() -> Facts:
    """What this process lives counties with: what was on the disk when it was first asked, and its code was loaded."""
    return {**versions(), **code_digests(COUNTS)}


def unlike(here: Facts, there: Facts) -> str:
    """How another installation differs from this one, in words; empty where it does not."""
    names = sorted({*here, *there}, key=lambda name: ("." in name, name))
    other = [name for name in names if here.get(name) != there.get(name)]
    packages = [f"{name} {there.get(name)} there, {here.get(name)} here" for name in other if "." not in name]
    files = [name for name in other if "." in name]
    if packages or not files:
        return "; ".join(packages)
    more = f" and {len(files) - 1} more of scorelab's files" if len(files) > 1 else ""
    return f"scorelab has the same version, but {files[0]}{more} differ{'' if more else 's'}"


def same(prepared: Prepared) -> Prepared:
    """On a worker: the prepared experiment as a result that tasks can share."""
    return prepared


def live_county(prepared: Prepared, task: Task, wanted: Facts, tables_digest: str) -> Files:
    """On a worker: the files of one county.

    Raises WrongWorker where the worker's code or tables are not those of whoever asks: a worker may have joined after
    the others were looked at.
    """
    difference = unlike(wanted, facts())
    if not difference and prepared.built.digest() != tables_digest:
        difference = "the tables that arrived there are not those that were sent"
    if difference:
        raise WrongWorker(difference)
    steps = lives(prepared, task)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            counts, margins = end.value
            break
    from distributed import get_worker

    with tempfile.TemporaryDirectory(dir=get_worker().local_directory, prefix="county-") as folder:
        place = Path(folder)
        return county_files(write_county(place, counts, prepared.built.names, margins, task.replicate, task.county))


class Cluster:
    """The workers of one scheduler; see :class:`scorelab.runs.places.Place`."""

    def __init__(self, address: str, prepared: Prepared, ledger: Path) -> None:
        """Connect and look at every worker.

        Raises InputError where the address is none, RunError where nobody answers, no worker comes, or a worker has
        other versions or other code.
        """
        self._address = address
        self._ledger = ledger
        self._quiet = contextlib.ExitStack()
        self._begun: set[Future[Files]] = set()
        self._wanted = facts()
        self._tables_digest = prepared.built.digest()
        self._client: Any = None
        try:
            self._client = _connected(address, self._quiet)
            self._looked = self._seen = time.monotonic()
            self._threads = self._wait_for_workers()
            self._check()
            self._executor = self._client.get_executor(pure=False)
            self._prepared = self._client.submit(same, prepared, pure=False)
        except BaseException:
            self.close(patient=False)
            raise

    @property
    def workers(self) -> int:
        """Threads of all workers when last looked at."""
        return self._threads

    def at_once(self) -> int:
        """Twice the cluster's threads. Raises RunError where there has been no worker for long, or no scheduler."""
        now = time.monotonic()
        if now - self._looked > LOOK_SECONDS:
            self._looked = now
            self._threads = self._count()
            if self._threads:
                self._seen = now
            elif now - self._seen > PATIENCE_SECONDS:
                raise RunError(self._no_worker())
        return max(1, AHEAD * self._threads)

    def begin(self, task: Task) -> "Future[Files]":
        """Hand the county to the scheduler."""
        future: Future[Files] = self._executor.submit(
            live_county, self._prepared, task, self._wanted, self._tables_digest
        )
        self._begun.add(future)
        return future

    def finish(self, task: Task, future: "Future[Files]") -> None:
        """Write what came back into the ledger."""
        self._begun.discard(future)
        put_county(self._ledger, self._files(task, future), task.replicate, task.county)

    def weeks(self, tasks: Iterable[Task]) -> int:
        """Nobody tells how far a worker is in its county."""
        return 0

    def close(self, *, patient: bool) -> None:
        """Cancel what is queued; a county that is being lived is lived to its end there, and thrown away."""
        for future in self._begun:
            future.cancel()
        if self._client is not None:
            with contextlib.suppress(Exception):
                self._client.close(timeout=CONNECT_SECONDS)
        self._quiet.close()

    def _files(self, task: Task, future: "Future[Files]") -> Files:
        from distributed import KilledWorker

        kept = "the counties that were lived are kept; the same command goes on"
        try:
            return future.result()
        except CancelledError:
            raise RunError(self._lost()) from None
        except KilledWorker as error:
            raise RunError(
                f"county {task.name} was begun several times and each time its worker died, the last at "
                f"{error.last_worker.address}: often a lack of memory, which the worker's own log tells; {kept}"
            ) from None
        except WrongWorker as error:  # it joined after the others were looked at
            raise RunError(f"a worker that joined {self._address} cannot be used: {error}; {kept}") from None
        except MemoryError:
            raise RunError(
                f"not enough memory on a worker of {self._address} for county {task.name}; {kept}, with fewer "
                "threads a worker or more memory"
            ) from None
        except Exception as error:
            raise RunError(
                f"a worker of {self._address} failed in county {task.name}: {type(error).__name__}: {error}; {kept}"
            ) from None

    def _wait_for_workers(self) -> int:
        while not (threads := self._count()):
            if time.monotonic() - self._seen > PATIENCE_SECONDS:
                raise RunError(self._no_worker())
            time.sleep(min(LOOK_SECONDS, PATIENCE_SECONDS))
        return threads

    def _count(self) -> int:
        """Threads of all workers. Raises RunError where the scheduler is gone."""
        try:
            return sum(self._client.nthreads().values())
        except Exception:
            raise RunError(self._lost()) from None

    def _check(self) -> None:
        """Raise RunError unless every worker has this installation's versions and code."""
        try:
            answers: dict[str, Any] = self._client.run(facts, on_error="return")
        except Exception:
            raise RunError(self._lost()) from None
        wrong = []
        for worker, found in sorted(answers.items()):
            if isinstance(found, OSError):
                continue  # it went away while it was asked
            if isinstance(found, dict):
                said = unlike(self._wanted, found)
            elif "No module named 'scorelab" in str(found):
                said = "scorelab is not installed there"
            else:
                said = f"it answers {type(found).__name__}: {found}"
            if said:
                wrong.append(f"worker {worker}: {said}")
        if wrong:
            raise RunError(
                f"the workers of {self._address} would not give the same bytes. {'. '.join(wrong)}. Install there what "
                "is installed here (pip install with the same constraints.txt), and start them again"
            )

    def _lost(self) -> str:
        return (
            f"the connection to the scheduler at {self._address} was lost; the counties that were lived are kept. The "
            "same command goes on once it is there again, and without --cluster on this machine"
        )

    def _no_worker(self) -> str:
        return (
            f"the scheduler at {self._address} has had no worker for {PATIENCE_SECONDS:.0f} seconds; the counties that "
            f"were lived are kept. Start some with `dask worker {self._address} --nthreads 1` and give the same "
            "command again"
        )


def _connected(address: str, quiet: contextlib.ExitStack) -> Any:
    """A client of the scheduler, which keeps quiet until the stack is closed. Raises RunError or InputError with what to do."""
    try:
        from distributed import Client, Security
        from distributed.comm import get_address_host_port
    except ImportError:
        raise RunError(
            "--cluster needs dask.distributed, which is not installed here: pip install -e '.[cluster]' in the folder "
            "of scorelab, and on every worker the same"
        ) from None
    quiet.enter_context(_quiet())
    try:
        get_address_host_port(address)  # a client of an address that is none would linger until the process ends
    except ValueError as error:
        message = f"the address of a dask scheduler was expected, such as tcp://127.0.0.1:8786; not {address} ({error})"
        raise InputError([Problem("--cluster", 0, 0, message)]) from None
    if address.startswith("tls:") and Security().get_connection_args("client").get("ssl_context") is None:
        raise RunError(
            f"{address} wants certificates, and dask's configuration has none: see distributed.comm.tls at "
            "https://distributed.dask.org/en/stable/tls.html"
        )
    try:
        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False, name="scorelab")
    except (OSError, TimeoutError):
        raise RunError(
            f"no scheduler answers at {address}. `dask scheduler` starts one and prints its address; then "
            f"`dask worker {address} --nthreads 1` for each worker"
        ) from None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep dask's own log of lost connections, with its tracebacks, from the terminal; what it means is said here."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in ("distributed", "asyncio")]
    loud = [logger for logger in map(logging.getLogger, names) if not logger.disabled]
    for logger in loud:
        logger.disabled = True
    try:
        yield
    finally:
        for logger in loud:
            logger.disabled = False
