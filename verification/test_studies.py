"""A study that is stopped goes on where it was, and ends as if it had not been."""

import shutil
from pathlib import Path

import pytest

from scorelab import api
from scorelab.ledger.study import FOLDER, complete
from scorelab.runs.draws import Wanted
from scorelab.runs.execute import Progress
from tests.runs.test_draws import DRAWS, lived, studied

__all__ = ["lived", "studied"]


def test_a_study_that_was_stopped_ends_with_the_same_bytes(lived: api.Run, studied: api.Run, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(lived.dir, folder)

    def stop(done: Progress) -> None:
        if done.counties_done >= 5 * 4 + 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        api.study(api.Run(folder), Wanted(draws=DRAWS), workers=1, watch=stop)
    assert complete(folder) is None
    api.study(api.Run(folder), Wanted(), workers=2)
    assert _bytes(folder) == _bytes(studied.dir)


def _bytes(folder: Path) -> dict[str, bytes]:
    """All that a study writes; the manifest of the run says when it was lived."""
    files = [*(folder / FOLDER).rglob("*"), *folder.glob("*.parquet"), folder / "codebook.csv"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.is_file()}
