"""The one process that lives societies for all pages, seen from the server: who waits, who is at work, who is stopped.

The server itself never lives anything, so it answers at any moment. Its worker is asked to stop by a flag that it looks
at every few weeks of a county; where it does not answer within two seconds it is ended, and another one begins.
"""

import asyncio
import contextlib
import multiprocessing
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from scorelab.explorer import worker
from scorelab.explorer.lines import FAILED, REFUSED, STOPPED, line

MOST_WAITING = 64
"""Requests that may wait for the worker; a page has one or two."""
ANSWER_SECONDS = 2.0
"""How long a flag may go unanswered before the worker is ended."""
LONGEST_SECONDS = 1800.0
"""After that a job is given up, whatever was expected of it; others wait for it."""
MOST_TABS = 1000
"""Tabs whose newest turn is remembered."""
BEAT_SECONDS = 1.0
"""How often whoever waits hears so; a closed connection is noticed then."""
PREPARING = "Getting ready. The first start on a machine compiles the model, which takes a minute or two."
PREPARING_AGAIN = "Getting ready again, which takes some seconds."
ENDLESS = "This took far longer than was expected and was given up. Try fewer persons, weeks or worlds."
LOST = "The work ended before it was done, perhaps for want of memory, and can begin anew. Try a smaller society."


class Busy(Exception):
    """Too many wait already."""


@dataclass(eq=False)
class Job:
    """Something that a tab asked for. ``lines`` is what it hears; None is the end."""

    number: int
    tab: str
    kind: str
    payload: Any
    lines: "asyncio.Queue[bytes | None]" = field(default_factory=asyncio.Queue)
    over: bool = False

    def end(self, last: bytes | None = None) -> None:
        """Say the last line, once."""
        if not self.over:
            self.over = True
            if last is not None:
                self.lines.put_nowait(last)
            self.lines.put_nowait(None)


class Work:
    """The worker and those who wait for it. All methods are called in the server's event loop."""

    def __init__(self, main: Callable[[Connection, str], None] = worker.main) -> None:
        """Begins nothing yet; :meth:`start` does. ``main`` is what the worker process runs."""
        self._main = main
        self._turns: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._scratch: Path | None = None
        self._numbers = count(1)
        self._waiting: list[Job] = []
        self._running: Job | None = None
        self._ready = False
        self._closed = False
        self.starts = 0
        """How often a worker was begun."""
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    @property
    def ready(self) -> bool:
        """Whether the worker has compiled or read all that it needs."""
        return self._ready

    def start(self) -> None:
        """Begin a worker process, which gets itself ready."""
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        self._scratch = Path(tempfile.mkdtemp(prefix="scorelab-worker-"))
        arguments = (there, str(self._scratch))
        process = context.Process(target=self._main, args=arguments, name="scorelab-worker", daemon=True)
        process.start()
        self.starts += 1
        there.close()
        self._process, self._pipe, self._ready = process, here, False
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, args=(loop, here), daemon=True, name="worker-listener").start()

    def close(self) -> None:
        """End the worker and tell everybody who waits."""
        self._closed = True
        for job in [*self._waiting, *([self._running] if self._running else [])]:
            job.end(STOPPED)
        self._waiting, self._running = [], None
        self._end_process()

    def submit(self, tab: str, turn: int, kind: str, payload: Any) -> Job:
        """Have something done, and give up what the same tab asked for before. Raises Busy where too many wait.

        Requests of one tab may overtake each other on their way here; an older turn is stopped at once.
        """
        if turn < self._turns.get((tab, kind), 0):
            late = Job(next(self._numbers), tab, kind, None)
            late.end(STOPPED)
            return late
        self._turns[tab, kind] = turn
        self._turns.move_to_end((tab, kind))
        while len(self._turns) > MOST_TABS:
            self._turns.popitem(last=False)
        for other in [*self._waiting, *([self._running] if self._running else [])]:
            if other.tab == tab and (other.kind == kind or (kind == "live" and other.kind == "charts")):
                self.stop(other)
        if len(self._waiting) >= MOST_WAITING:
            raise Busy
        if self._process is None:
            self.start()
        job = Job(next(self._numbers), tab, kind, payload)
        self._waiting.append(job)
        self._next()
        return job

    def stop(self, job: Job) -> None:
        """Give up a job; whoever listens hears at once that it was stopped."""
        if job in self._waiting:
            self._waiting.remove(job)
        job.end(STOPPED)
        if job is self._running:
            self._send(("stop", job.number))
            asyncio.get_running_loop().call_later(ANSWER_SECONDS, self._end_if_silent, job)

    def stop_tab(self, tab: str) -> int:
        """Give up all that a tab asked for; returns how many jobs that were."""
        found = [job for job in [*self._waiting, *([self._running] if self._running else [])] if job.tab == tab]
        for job in found:
            self.stop(job)
        return len(found)

    async def lines(self, job: Job) -> AsyncGenerator[bytes, None]:
        """What a job says, line by line, with a sign of life while it waits. Ending the loop early gives it up."""
        try:
            while True:
                try:
                    said = await asyncio.wait_for(job.lines.get(), BEAT_SECONDS)
                except TimeoutError:
                    yield self._beat(job)
                    continue
                if said is None:
                    return
                yield said
        finally:
            if not job.over:
                self.stop(job)

    def _beat(self, job: Job) -> bytes:
        if not self._ready:
            return line("preparing", message=PREPARING if self.starts == 1 else PREPARING_AGAIN)
        before = self._waiting.index(job) + 1 if job in self._waiting else 0
        return line("waiting", before=before) if before else line("working")

    def _next(self) -> None:
        if self._ready and self._running is None and self._waiting:
            job = self._running = self._waiting.pop(0)
            self._send(("job", job.number, job.kind, job.payload))
            asyncio.get_running_loop().call_later(LONGEST_SECONDS, self._end_if_endless, job)

    def _send(self, message: tuple[Any, ...]) -> None:
        if self._pipe is not None:
            with contextlib.suppress(OSError):  # a worker that has just died is noticed by the listener
                self._pipe.send(message)

    def _listen(self, loop: asyncio.AbstractEventLoop, pipe: Connection) -> None:
        """In a thread of its own: hand over what one worker says, until it is gone."""
        message: Any = ()
        while message is not None:
            try:
                message = pipe.recv()
            except (EOFError, OSError):
                message = None
            with contextlib.suppress(RuntimeError):  # the server's loop is closed
                loop.call_soon_threadsafe(self._heard, pipe, message)
        pipe.close()

    def _heard(self, pipe: Connection, message: Any) -> None:
        if pipe is not self._pipe or self._closed:
            return
        if message is None:
            self._lost()
            return
        what, number, said = message
        if what == "ready":
            self._ready = True
        elif self._running is not None and number == self._running.number:
            job = self._running
            if what == "over":
                self._running = None
                job.end(said)
            elif not job.over:
                job.lines.put_nowait(said)
        self._next()

    def _end_if_endless(self, job: Job) -> None:
        if job is self._running and not job.over:
            job.end(line(REFUSED, message=ENDLESS, command=""))
            self.stop(job)

    def _end_if_silent(self, job: Job) -> None:
        if job is self._running and not self._closed:
            self._again()

    def _lost(self) -> None:
        """The worker died by itself."""
        if self._running is not None:
            self._running.end(line(FAILED, message=LOST))
        if self._ready:
            self._again()
            return
        for job in self._waiting:  # one that cannot get ready is tried again when somebody asks for something
            job.end(line(FAILED, message=LOST))
        self._waiting = []
        self._end_process()

    def _again(self) -> None:
        self._running = None
        self._end_process()
        self.start()

    def _end_process(self) -> None:
        process = self._process
        self._process = self._pipe = None  # the listener, which may be reading, closes the pipe
        if process is not None:
            process.kill()
            process.join(5)
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
