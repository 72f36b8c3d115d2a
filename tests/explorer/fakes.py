"""Workers that do nothing, each in its own way: what stands in for the worker process in tests."""

import os
import threading
import time
from multiprocessing.connection import Connection
from typing import Any

from scorelab.explorer.lines import line


def obedient(pipe: Connection, _: str) -> None:
    """Does what the job's payload says: answers, works until it is stopped, does not listen, or dies."""
    pipe.send(("ready", 0, None))
    stopped: set[int] = set()
    jobs: list[tuple[int, Any]] = []
    come = threading.Condition()

    def listen() -> None:
        while True:
            try:
                what, number, *more = pipe.recv()
            except (EOFError, OSError):
                os._exit(0)
            with come:
                if what == "job":
                    jobs.append((number, more[1]))
                else:
                    stopped.add(number)
                come.notify()

    threading.Thread(target=listen, daemon=True).start()
    while True:
        with come:
            come.wait_for(lambda: bool(jobs))
            number, payload = jobs.pop(0)
        if payload == "die":
            os._exit(9)
        if payload == "deaf":
            time.sleep(600)
        if payload == "long":
            pipe.send(("said", number, line("progress", done=1, of=2)))
            while number not in stopped:
                time.sleep(0.01)
        pipe.send(("over", number, line("picture", picture=payload)))


def slow_to_start(pipe: Connection, scratch: str) -> None:
    """Takes longer to get ready than a flag may go unanswered."""
    time.sleep(3.0)
    obedient(pipe, scratch)


def dies_young(pipe: Connection, _: str) -> None:
    """Dies before it is ready, each time."""
    del pipe
    os._exit(3)
