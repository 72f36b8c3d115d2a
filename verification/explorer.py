"""An explorer that really runs, for the checks that meet it as a browser or a program would."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

READY_SECONDS = 600.0
"""Time for a machine that has to compile first."""


@dataclass(frozen=True)
class Running:
    """A server of its own process: its address and its process number."""

    address: str
    pid: int

    def get(self, path: str) -> Any:
        """The JSON at a path."""
        with urllib.request.urlopen(self.address + path.lstrip("/"), timeout=60) as answer:
            return json.load(answer)

    def post(self, path: str, body: Mapping[str, Any], timeout: float = 300) -> list[dict[str, Any]]:
        """The lines of an answer; a single object is a single line."""
        request = urllib.request.Request(
            self.address + path.lstrip("/"), json.dumps(body).encode(), {"content-type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return [json.loads(said) for said in answer.read().splitlines() if said]

    def memory_mb(self) -> float:
        """What the server and its worker hold, in megabytes."""
        pids = [self.pid, *children(self.pid)]
        return sum(_resident(pid) for pid in pids) / 1e6


@contextlib.contextmanager
def running(folder: Path, *, ready: bool = True) -> Iterator[Running]:
    """Start ``scorelab explore`` over a folder on a free port; with ``ready``, wait until the model is compiled."""
    command = [sys.executable, "-m", "scorelab", "explore", str(folder), "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = Running(said.split(" is at ")[1].split()[0], process.pid)
        until = time.monotonic() + READY_SECONDS
        while ready and not found.get("api/about")["compiled"]:
            assert time.monotonic() < until, "the model was not compiled in time"
            time.sleep(0.2)
        yield found
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


def children(pid: int) -> list[int]:
    """The processes that a process began."""
    place = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in place.read_text().split()] if place.exists() else []


def _resident(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
