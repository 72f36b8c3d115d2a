"""The process in which societies are lived for the pages, one job after the other.

It hears ("job", number, kind, payload) and ("stop", number), and says ("ready", 0, None), then for each job any number
of ("said", number, line) and at last ("over", number, line). It ends when the server does.
"""

import functools
import os
import queue
import signal
import tempfile
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from scorelab.errors import InputError, ScorelabError
from scorelab.explorer.lines import FAILED, PROBLEMS, REFUSED, STOPPED, line, problem
from scorelab.explorer.told import Stopped, Told


def main(pipe: Connection, scratch: str) -> None:
    """Do what comes through the pipe until it closes. Files that nobody keeps go into the folder ``scratch``."""
    tempfile.tempdir = scratch
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it closes the pipe
    jobs: queue.Queue[tuple[int, str, Any]] = queue.Queue()
    stops: dict[int, threading.Event] = {}
    threading.Thread(target=_listen, args=(pipe, jobs, stops), daemon=True, name="listener").start()
    from scorelab.explorer.lived import Lived

    lived = Lived()
    lived.warm()
    _say(pipe, ("ready", 0, None))
    lived.expect()
    while True:
        number, kind, payload = jobs.get()
        told = Told(functools.partial(_tell, pipe, number), stops[number])
        last = _done(getattr(lived, kind), payload, told)
        del stops[number]
        _say(pipe, ("over", number, last))


def _listen(pipe: Connection, jobs: "queue.Queue[tuple[int, str, Any]]", stops: dict[int, threading.Event]) -> None:
    while True:
        try:
            what, number, *more = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        if what == "job":
            stops[number] = threading.Event()
            jobs.put((number, more[0], more[1]))
        elif (stop := stops.get(number)) is not None:
            stop.set()


def _tell(pipe: Connection, number: int, said: bytes) -> None:
    _say(pipe, ("said", number, said))


def _say(pipe: Connection, message: tuple[Any, ...]) -> None:
    try:
        pipe.send(message)
    except OSError:
        os._exit(0)


def _done(do: Callable[[Any, Told], bytes], payload: Any, told: Told) -> bytes:
    """The last line of a job."""
    try:
        return do(payload, told)
    except Stopped:
        return STOPPED
    except InputError as error:
        return line(PROBLEMS, problems=[problem(one) for one in error.problems])
    except ScorelabError as error:
        return line(REFUSED, message=str(error), command="")
    except MemoryError:
        return line(REFUSED, message="Not enough memory for this society; try fewer persons.", command="")
    except Exception as error:  # the worker goes on for the others
        if os.environ.get("SCORELAB_TRACEBACK"):
            import traceback

            traceback.print_exc()
        return line(FAILED, message=f"Nobody foresaw this: {type(error).__name__}: {error}. Please report it.")
