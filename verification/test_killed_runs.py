"""A run that is killed at random moments, twenty times over, ends each time with the same bytes as one left alone."""

import random
from pathlib import Path

from scorelab import api
from tests.laws.test_same_bytes import kill_and_go_on
from tests.runs.trial import ledger_bytes, trial

KILLS = 20
LATEST_SECONDS = 0.25
"""After the first county is written; by then most runs are through."""


def test_twenty_killed_runs_end_with_the_same_bytes(tmp_path: Path) -> None:
    alone = ledger_bytes(api.live(trial(), tmp_path / "alone").dir)
    chance = random.Random(20)
    interrupted = 0
    for number in range(KILLS):
        folder = tmp_path / f"killed-{number}"
        moment = chance.uniform(0, LATEST_SECONDS)
        left = kill_and_go_on(folder, moment)
        interrupted += not (folder / "measures.parquet").exists()
        assert ledger_bytes(api.live(trial(), folder).dir) == alone, (number, moment, left)
    assert interrupted >= KILLS // 2, f"only {interrupted} of {KILLS} were killed before they were through"
