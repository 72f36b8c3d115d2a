"""The planted faults, which the long checks try one by one, still fit the kernel as it is."""

from pathlib import Path

import pytest

import scorelab
from tests.twin.faults import FAULTS, Fault


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_each_planted_fault_has_exactly_one_place_in_the_kernel(fault: Fault) -> None:
    """Catches a kernel that was rewritten while its faults were not: they would no longer prove anything."""
    text = (Path(scorelab.__path__[0]) / "kernel" / fault.file).read_text()
    assert text.count(fault.old) == 1
    assert fault.new != fault.old


def test_no_two_faults_have_one_name() -> None:
    """Catches a fault that hides another in the list of results."""
    assert len({fault.name for fault in FAULTS}) == len(FAULTS)
