"""Faults of the machine, each at many moments: a sentence or a death, and afterwards the same bytes."""

import errno
import json
import os
import random
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scorelab import api
from scorelab.errors import RunError
from scorelab.ledger.text import writing
from scorelab.runs import places
from scorelab.runs.execute import Progress
from scorelab.runs.lives import lives
from tests.runs.trial import TRIAL, ledger_bytes, trial

OPERATIONS = 100
"""Points are drawn up to here; there are fewer operations in a run, and a point beyond the last one strikes nothing."""

POINTS = 5


def faulty(work: Path, fault: str, what: str, points: list[int]) -> dict[str, Any]:
    """What came out of :mod:`tests.runs.faulty`."""
    work.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "tests.runs.faulty", str(work), fault, what, *map(str, points)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("fault", "what"), [("kill", "run"), ("kill", "gather"), ("ENOSPC", "run"), ("EROFS", "run")])
def test_a_fault_between_two_file_operations_loses_nothing(tmp_path: Path, fault: str, what: str) -> None:
    """SIGKILL, a full disk and one that becomes read-only, at points that change with the process.

    ``verification/test_faults.py`` takes every point.
    """
    points = sorted({1, *(random.Random(os.getpid()).randrange(2, OPERATIONS) for _ in range(POINTS))})
    found = faulty(tmp_path, fault, what, points)
    assert found["faults"] == [], points
    assert found["struck"] >= 1


def test_what_nobody_wrote_down_as_a_disks_answer_is_not_taken_for_one(tmp_path: Path) -> None:
    """A fault of ours must not read as a full disk."""
    with pytest.raises(FileNotFoundError), writing(tmp_path):
        (tmp_path / "nothing").read_text()
    with pytest.raises(RunError, match="not enough memory to make the results in .*; the counts are kept"):
        with writing(tmp_path):
            raise MemoryError
    for number in (errno.EACCES, errno.ENOSPC):
        with pytest.raises(RunError, match=f"cannot write in .*: {os.strerror(number)}"), writing(tmp_path):
            raise OSError(number, os.strerror(number))


def test_a_county_without_memory_is_a_sentence_and_the_others_are_kept(
    finished: api.Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """numpy raises MemoryError in a thread; it must not end in a hang, a traceback or a lost county."""
    def small(prepared: Any, task: Any) -> Any:
        if task.county == 2:
            raise MemoryError("Unable to allocate 9.31 GiB")
        return lives(prepared, task)

    monkeypatch.setattr(places, "lives", small)
    with pytest.raises(RunError, match=r"not enough memory for 1 counties at once; the counties that were lived are k"):
        api.live(trial(), folder, workers=1)
    assert sorted(path.name for path in (folder / "ledger").iterdir())[:2] == ["r000-c0000", "r000-c0001"]
    monkeypatch.setattr(places, "lives", lives)
    told: list[Progress] = []
    assert ledger_bytes(api.live(trial(), folder, watch=told.append).dir) == ledger_bytes(finished.dir)
    assert told[0].counties_done >= 2


def test_a_process_that_may_take_no_more_memory_says_so(folder: Path) -> None:
    """The limit is set by whoever runs the program (ulimit, a job's memory); the program must not know of it."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from scorelab import api\n"
        "from scorelab.runs import execute, estimate\n"
        "from tests.runs.trial import trial\n"
        "api.live(trial(counties=1), Path(sys.argv[1]).with_name('first'), workers=1)\n"  # everything is loaded
        "used = int(Path('/proc/self/statm').read_text().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + 60_000_000,) * 2)\n"
        "api.live(trial(persons=400_000, counties=1), Path(sys.argv[1]), workers=1)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 1
    assert "scorelab.errors.RunError: not enough memory for 1 counties at once" in done.stderr, done.stderr
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY


def test_a_resumed_run_begins_its_bar_where_it_stopped(finished: api.Run, folder: Path) -> None:
    def interrupt(lived: Progress) -> None:
        if lived.counties_done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        api.live(trial(), folder, workers=1, watch=interrupt)
    done = len(list((folder / "ledger").iterdir()))
    command = [sys.executable, "-m", "scorelab", "run", str(TRIAL), "--out", str(folder)]
    second = subprocess.run(command, capture_output=True, text=True, check=True)
    first = next(line for line in second.stderr.splitlines() if " % lived" in line)
    assert f"{done} of 4 counties written" in first
    assert ledger_bytes(folder) == ledger_bytes(finished.dir)

