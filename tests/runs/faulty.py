"""A run that meets a fault between any two of its file operations, over and over: a process for tests to start.

``python -m tests.runs.faulty WORK FAULT WHAT POINT...`` makes everything ready once, and then for each point forks a
process in which the fault strikes before the operation of that number on a file of the run. ``kill`` is SIGKILL; a
name of :mod:`errno` is what every later attempt to write answers. Afterwards the same is done without a fault. ``WHAT``
is ``run`` or ``gather``. Point 0 only counts. Prints one JSON object: ``operations``, and ``faults`` in words.

Operations are those that Python reports to audit hooks (open, mkdir, rename, remove ...), and each table that DuckDB
is asked to write for a county; within such a table a process dies by the clock, in
``verification/test_killed_runs.py``.
"""

import contextlib
import errno
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scorelab import api
from scorelab.errors import RunError
from scorelab.ledger import write as ledger_write
from scorelab.ledger.manifest import FILE, read_manifest
from scorelab.runs.lives import lives, prepare
from scorelab.runs.tasks import Shard, Task
from tests.runs.trial import ledger_bytes, trial

COUNTIES = 2
TABLE = "scorelab.tests.table"
CHANGES = (TABLE, "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
DONE, REFUSED, UNFORESEEN = 0, 11, 12


def strike_at(folder: Path, point: int, fault: str, tell: Callable[[int], None]) -> None:
    """From now on, count this process's operations on files of a folder, and let the fault strike at one of them."""
    seen = 0

    def hook(event: str, args: tuple[Any, ...]) -> None:
        nonlocal seen
        if event != "open" and event not in CHANGES:
            return
        if not (isinstance(args[0], str | os.PathLike) and os.fspath(args[0]).startswith(str(folder))):
            return
        seen += 1
        tell(seen)
        if point == 0 or seen < point:
            return
        if fault == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if event in (TABLE, "os.mkdir", "os.rename") or (event == "open" and int(args[2]) & WRITES):
            raise OSError(getattr(errno, fault), os.strerror(getattr(errno, fault)))

    write = ledger_write.write_table

    def reported(path: Path, *rest: Any) -> None:
        sys.audit(TABLE, path)
        write(path, *rest)

    ledger_write.write_table = reported  # type: ignore[assignment]
    sys.addaudithook(hook)


def forked(work: Callable[[], None], log: Path) -> int:
    """Do the work in a process of its own and return its exit code, or minus the signal that ended it."""
    child = os.fork()
    if child == 0:
        code = UNFORESEEN
        try:
            work()
            code = DONE
        except RunError as error:
            log.write_text(str(error))
            code = REFUSED
        except BaseException:
            log.write_text(traceback.format_exc())
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def whole(folder: Path, wanted: dict[str, bytes]) -> list[str]:
    """What is wrong with a folder that a fault left behind: nothing in it may look whole and not be."""
    faults = []
    if (folder / FILE).exists():
        try:
            read_manifest(folder)
        except RunError as error:
            faults.append(str(error))
    for county in (folder / "ledger").glob("r*-c*"):
        files = {f"ledger/{county.name}/{path.name}": path.read_bytes() for path in county.iterdir()}
        if files != {name: content for name, content in wanted.items() if f"/{county.name}/" in name}:
            faults.append(f"{county.name} is not what it should be")
    measures = folder / "measures.parquet"
    if measures.exists() and measures.read_bytes() != wanted[measures.name]:
        faults.append("measures.parquet is not what it should be")
    return faults


def main() -> None:
    """See the module."""
    work, fault, what, *points = sys.argv[1:]
    root = Path(work).resolve()
    log = root / "log"
    resolved = trial(counties=COUNTIES)
    for _ in lives(prepare(resolved), Task(0, 0)):  # compiles, so that no child has to
        pass
    shares = [root / f"share-{number}" for number in (1, 2)]

    def live(folder: Path) -> None:
        api.live(resolved, folder, workers=1) if what == "run" else api.gather(shares, folder)

    def prepared() -> None:
        for number, share in enumerate(shares, 1):
            api.live_share(resolved, share, Shard(number, 2), workers=1)

    faults: list[str] = []
    if forked(lambda: live_alone(resolved, root / "alone"), log) or forked(prepared, log):
        faults.append(log.read_text())
    wanted = ledger_bytes(root / "alone")
    counted = root / "counted"
    struck = 0
    for point in map(int, points):
        folder = root / f"{fault}-{point}"
        note = counted if point == 0 else root / "ignored"

        def struck_run(folder: Path = folder, point: int = point, note: Path = note) -> None:
            strike_at(folder, point, fault, lambda seen: _note(note, seen))
            live(folder)

        code = forked(struck_run, log)
        expected = {0: DONE}.get(point, -signal.SIGKILL if fault == "kill" else REFUSED)
        struck += code == expected
        if code not in (expected, DONE):
            faults.append(f"{fault} at {point}: ended with {code}: {log.read_text()}")
        if code == REFUSED and not any(word in log.read_text() for word in ("cannot write", "cannot read")):
            faults.append(f"{fault} at {point}: {log.read_text()}")
        faults += [f"{fault} at {point}: {said}" for said in whole(folder, wanted)]
        if forked(lambda folder=folder: live(folder), log):  # type: ignore[misc]
            faults.append(f"{fault} at {point}, gone on with: {log.read_text()}")
        elif ledger_bytes(folder) != wanted or list(folder.glob(".*.part")) or list((folder / "ledger").glob(".*")):
            faults.append(f"{fault} at {point}, gone on with: not the same bytes, or something was left behind")
    found = {"operations": int(counted.read_text()) if counted.exists() else 0, "struck": struck, "faults": faults}
    print(json.dumps(found))


def live_alone(resolved: Any, folder: Path) -> None:
    """The run without a fault."""
    api.live(resolved, folder, workers=1)


def _note(path: Path, seen: int) -> None:
    with contextlib.suppress(OSError):
        path.write_text(str(seen))


if __name__ == "__main__":
    main()
