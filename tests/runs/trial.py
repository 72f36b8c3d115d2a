"""A small experiment that is lived for real, and what its folder holds."""

import functools
from pathlib import Path
from typing import Any

import pytest

from scorelab import api
from scorelab.spec.load import Options
from scorelab.spec.resolved import Resolved

FILES = Path(__file__).parent / "files"
TRIAL = FILES / "trial.yaml"


@functools.cache
def trial(**options: Any) -> Resolved:
    """The trial experiment, resolved."""
    return api.find(TRIAL, Options(**options))


def ledger_bytes(folder: Path) -> dict[str, bytes]:
    """Every file of the ledger and the measures, by its path."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in (folder / "ledger").rglob("*.parquet")}
    measures = folder / "measures.parquet"
    return {**files, measures.name: measures.read_bytes()}


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> api.Run:
    """One whole run that many tests look at, none of them changing it."""
    return api.live(trial(), tmp_path_factory.mktemp("finished") / "run", workers=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run may go."""
    return tmp_path / "run"
