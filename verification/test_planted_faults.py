"""Every fault planted in a copy of the kernel is noticed by the comparison with the twin.

Each is tried in a process of its own, without the compiler, and most are found within a second or two; all of them
take some twenty minutes on two cores. `pytest verification/test_planted_faults.py -k list` tries some.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import scorelab
from tests.twin.clauses import TABLES
from tests.twin.faults import FAULTS, Fault
from tests.twin.faults.probe import RED

ROOT = Path(__file__).parent.parent
LONGEST_SECONDS = 900


def probe(folder: Path, fault: Fault | None) -> subprocess.CompletedProcess[str]:
    """Copy the package to ``folder``, plant the fault, and compare kernel and twin in a process of its own."""
    assert scorelab.__file__ is not None
    package = folder / "scorelab"
    without = shutil.ignore_patterns("__pycache__", "catalogue")
    shutil.copytree(Path(scorelab.__file__).parent, package, ignore=without)
    if fault is not None:
        file = package / "kernel" / fault.file
        text = file.read_text()
        assert text.count(fault.old) == 1, (
            f"kernel/{file.name} has the line of this fault {text.count(fault.old)} times"
        )
        file.write_text(text.replace(fault.old, fault.new))
    path = f"{folder}{os.pathsep}{ROOT}"
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": path}
    command = [sys.executable, "-W", "error", "-m", "tests.twin.faults.probe", str(TABLES)]
    result = subprocess.run(
        command, check=False, cwd=folder, env=environment, capture_output=True, text=True, timeout=LONGEST_SECONDS
    )
    shutil.rmtree(package)
    return result


def test_the_kernel_without_a_fault_is_not_accused(tmp_path: Path) -> None:
    """Catches a probe that turns red for another reason than the fault."""
    result = probe(tmp_path, None)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_each_planted_fault_turns_the_twin_red(fault: Fault, tmp_path: Path) -> None:
    """Catches a comparison that is blind to a mechanism."""
    result = probe(tmp_path, fault)
    assert result.returncode == RED, f"{fault.name}: exit {result.returncode}\n{result.stdout}{result.stderr}"
