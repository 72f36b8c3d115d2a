"""A run that is killed at random moments, twenty times over, ends with the same bytes as one left alone."""

import random
from pathlib import Path

import pytest
from tests.laws.test_same_bytes import kill_and_go_on
from tests.runs.trial import ledger_bytes, trial

from scorelab import api


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return ledger_bytes(api.live(trial(), tmp_path_factory.mktemp("alone") / "run").dir)


@pytest.mark.parametrize("number", range(20))
def test_killed_once_and_gone_on_with(alone: dict[str, bytes], tmp_path: Path, number: int) -> None:
    """Moments are spread over the writing of the counties and the computing of the measures."""
    moment = random.Random(number).uniform(0, 1.5)
    left = kill_and_go_on(tmp_path / "run", moment)
    assert ledger_bytes(api.live(trial(), tmp_path / "run").dir) == alone, (moment, left)
