"""A dask cluster on this machine: one scheduler and some workers, each a process of its own."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

WITHOUT = """
import sys
class Gone:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] == 'scorelab':
            raise ModuleNotFoundError("No module named 'scorelab'", name=name)
sys.meta_path.insert(0, Gone())
"""
"""What a worker runs first, on which scorelab is not installed."""

OTHER = """
import scorelab.runs.code as code
found = code.code_digests
code.code_digests = lambda parts: {**found(parts), 'kernel/needs.py': 'another'}
"""
"""What a worker runs first, whose scorelab was changed."""


@dataclass
class Nodes:
    """The scheduler's address, and processes by their names."""

    folder: Path
    address: str = ""
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def scheduler(self, port: int = 0) -> None:
        """Start one and learn its address."""
        told = self.folder / "scheduler.json"
        told.unlink(missing_ok=True)
        words = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--scheduler-file", str(told)]
        self._start("scheduler", "distributed.cli.dask_scheduler", words)
        deadline = time.monotonic() + 60
        while not told.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        while True:  # the file appears before it is whole
            with contextlib.suppress(ValueError):
                self.address = json.loads(told.read_text())["address"]
                return
            time.sleep(0.05)

    def worker(self, name: str, first: str = "", address: str = "") -> None:
        """Start one of a single thread and no guardian that would start it anew."""
        words = [address or self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--name", name]
        words += ["--local-directory", str(self.folder / name), "--death-timeout", "60"]
        self._start(name, "distributed.cli.dask_worker", words, first)

    def kill(self, name: str) -> None:
        """End a process as a failing machine would."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def _start(self, name: str, module: str, words: list[str], first: str = "") -> None:
        script = f"{first}\nimport sys; sys.argv[1:] = {words!r}\nfrom {module} import main; main()"
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-c", script],
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**os.environ, "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "False"},
            )


@contextlib.contextmanager
def nodes(folder: Path) -> Iterator[Nodes]:
    """No process outlives the block."""
    folder.mkdir(parents=True, exist_ok=True)
    found = Nodes(folder)
    try:
        yield found
    finally:
        for name in list(found.processes):
            found.kill(name)
