"""A country is killed between any two operations on files while its groups are merged: each time the same bytes."""

from pathlib import Path

from scorelab import api
from scorelab.runs.lives import Prepared
from tests.runs.test_merging import groups_of, kills, two_groups, waiting, whole

__all__ = ["two_groups", "waiting", "whole"]


def test_a_kill_at_every_moment_of_merging_loses_nothing(
    whole: api.Run, waiting: tuple[Prepared, Path], tmp_path: Path
) -> None:
    prepared, full = waiting
    seen = kills(prepared, full, tmp_path, groups_of(whole), every=True)
    assert seen == {"start", "mkdir", "table", "fsync", "rename", "unlink", "rmdir"}
