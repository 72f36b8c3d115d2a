"""Whom a job tells how far it is, and how it hears that it was given up."""

import threading
import time
from collections.abc import Callable

from scorelab.explorer.lines import line

TELL_SECONDS = 0.1
"""How often progress is told."""


class Stopped(Exception):
    """The job was given up."""


class Told:
    """Whom a job tells how far it is, and whether it is to go on."""

    def __init__(self, say: Callable[[bytes], None], stop: threading.Event) -> None:
        """``say`` takes a line; ``stop`` is set from outside."""
        self._say = say
        self.stop = stop
        self._last = time.monotonic()

    def alive(self) -> None:
        """Raises Stopped where the job was given up; to be called at least every second."""
        if self.stop.is_set():
            raise Stopped

    def progress(self, done: int, of: int) -> None:
        """Tell how many weeks are lived, now and then. Raises Stopped where the job was given up."""
        self.alive()
        now = time.monotonic()
        if now - self._last >= TELL_SECONDS:
            self._last = now
            self._say(line("progress", done=done, of=of))
