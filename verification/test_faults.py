"""Every moment at which a run can meet a fault, and real disks: one that fills up, and one that is read-only."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scorelab import api
from tests.runs.test_faults import faulty
from tests.runs.trial import TRIAL, ledger_bytes, trial

MOUNT = ("unshare", "--map-root-user", "--mount", "sh", "-eu", "-c")
"""A shell whose mounts nobody else sees, and which go when it ends."""


@pytest.mark.parametrize(
    ("fault", "what", "step"),
    [("kill", "run", 1), ("kill", "gather", 1), ("ENOSPC", "run", 3), ("EROFS", "run", 3), ("EACCES", "gather", 3)],
)
def test_a_fault_before_any_file_operation_loses_nothing(tmp_path: Path, fault: str, what: str, step: int) -> None:
    """SIGKILL before each operation; a disk that refuses from an operation on, before every third."""
    operations = int(faulty(tmp_path / "counting", fault, what, [0])["operations"])
    assert operations > 80
    points = list(range(1, operations + 1, step))
    found = faulty(tmp_path / "all", fault, what, points)
    assert found["faults"] == []
    assert found["struck"] > len(points) / 2, "the fault struck too seldom to say anything"
    print(f"{fault} at {len(points)} of {operations} operations of {what}: struck {found['struck']} times")


def in_a_disk(tmp_path: Path, script: str) -> str:
    """What a shell script prints that may mount things; ``$RUN FOLDER`` runs the trial there."""
    if shutil.which("unshare") is None or subprocess.run([*MOUNT, "mount -t tmpfs none /tmp"], check=False).returncode:
        pytest.skip("this system lets nobody mount a disk of their own (unshare --map-root-user --mount)")
    run = shlex.join([sys.executable, "-m", "scorelab", "run", str(TRIAL), "--quiet", "--workers", "1", "--out"])
    disk = tmp_path / "disk"
    disk.mkdir()
    head = f"RUN={shlex.quote(run)}; cd {shlex.quote(str(disk))}; DISK=$PWD\n"
    done = subprocess.run([*MOUNT, head + script], check=False, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_disk_that_fills_up_on_the_way(tmp_path: Path) -> None:
    """The run is refused where the disk is too small from the start, and stops with a sentence where it becomes so."""
    told = shlex.quote(str(tmp_path / "told"))
    said = in_a_disk(
        tmp_path,
        f"""
        mount -t tmpfs -o size=400k none $DISK; cd $DISK
        $RUN small || echo "ended with $?"
        mount -t tmpfs -o size=4m none $DISK; cd $DISK
        $RUN full > {told} 2>&1 & run=$!
        until [ -e full/ledger ]; do sleep 0.01; done
        dd if=/dev/zero of=ballast bs=1k count=9999 2> /dev/null || true
        wait $run || echo "ended with $?"
        cat {told}; ls full/ledger | wc -l
        rm ballast
        $RUN full
        cp -r full {shlex.quote(str(tmp_path))}
        """,
    )
    print(said)
    assert "on the disk and 1 MB are free there" in said or "on the disk and 0 MB are free there" in said
    assert re.search(r"scorelab: cannot write full/\S+: No space left on device\n", said)
    assert said.count("ended with 1") == 2
    assert ledger_bytes(tmp_path / "full") == ledger_bytes(api.live(trial(), tmp_path / "alone").dir)


def test_a_disk_that_becomes_read_only(tmp_path: Path) -> None:
    """Permissions do not stop the superuser; a read-only disk stops everybody."""
    said = in_a_disk(
        tmp_path,
        f"""
        mount -t tmpfs -o size=8m none $DISK; cd $DISK
        $RUN half --shard 1/2
        ls half/ledger | wc -l
        mount -o remount,ro $DISK
        $RUN half || echo "ended with $?"
        $RUN new || echo "ended with $?"
        mount -o remount,rw $DISK
        $RUN half
        cp -r half {shlex.quote(str(tmp_path))}
        """,
    )
    print(said)
    assert said.count("Read-only file system") == 2 and said.count("ended with 1") == 2
    assert "scorelab: cannot write in half: Read-only file system" in said
    assert ledger_bytes(tmp_path / "half") == ledger_bytes(api.live(trial(), tmp_path / "alone").dir)
