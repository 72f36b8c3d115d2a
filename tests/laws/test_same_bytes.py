"""The laws of a run: what cannot change a result does not change a byte of it."""

import dataclasses
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from scorelab import api
from scorelab.ledger.columns import TABLES
from scorelab.ledger.read import Ledger
from scorelab.runs import execute as executing
from scorelab.runs.execute import Progress
from scorelab.runs.places import Threads
from scorelab.runs.tasks import Task, missing
from tests.runs.trial import TRIAL, ledger_bytes, trial

BY_WORLD = (
    *("weekly", "lists", "records", "points", "process", "endings", "tries", "grades", "scores"),
    *("persons", "histogram", "flow"),
)
"""Tables with a row for each world. Denials have one too, and say as well what became of them in another world."""


def _rows(run: api.Run, query: str) -> list[Any]:
    return run.ledger.sql(query).fetchall()


def _world_rows(ledger: Ledger, world: str) -> dict[str, list[Any]]:
    """Everything that is counted in one world alone."""
    found = {}
    for table in BY_WORLD:
        found[table] = ledger.sql(f"SELECT * FROM {table} WHERE world = '{world}' ORDER BY ALL").fetchall()
    for table, column in (("occasions", "count"), ("needs", "count"), ("stocks", "persons"), ("ever", "persons")):
        keys = [
            name for name in ledger.columns(table) if name in ("county", "period", "quintile", "behaviour", "service")
        ]
        listed = ", ".join([*keys, f'"{world}"'])
        query = f"SELECT {listed}, sum({column})::BIGINT FROM {table} GROUP BY {listed} ORDER BY ALL"
        found[table] = [row for row in ledger.sql(query).fetchall() if table != "stocks" or row[-2]]
    return found


def test_the_trial_lets_everything_happen(finished: api.Run) -> None:
    """A law about a run in which nothing happens says nothing."""
    sums = _rows(
        finished,
        "SELECT sum(records_true)::BIGINT, sum(records_false)::BIGINT, sum(denied_tie)::BIGINT, "
        "sum(denied_false)::BIGINT, sum(not_asked)::BIGINT, sum(exits)::BIGINT FROM weekly WHERE world = 'as-written'",
    )[0]
    assert min(sums) > 20
    assert _rows(finished, "SELECT sum(denied)::BIGINT FROM weekly WHERE world = 'no-scheme'") == [(0,)]


@pytest.mark.parametrize("workers", [1, 3])
def test_other_thread_counts_give_the_same_bytes(finished: api.Run, folder: Path, workers: int) -> None:
    """State shared between threads would show here."""
    assert ledger_bytes(api.live(trial(), folder, workers=workers).dir) == ledger_bytes(finished.dir)


def test_another_order_of_counties_gives_the_same_bytes(
    finished: api.Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stream of random numbers that runs on from county to county would show here."""
    order: list[Task] = []
    begin = Threads.begin

    def noted(self: Threads, task: Task) -> "Future[None]":
        order.append(task)
        return begin(self, task)

    monkeypatch.setattr(executing, "missing", lambda *args: missing(*args)[::-1])
    monkeypatch.setattr(Threads, "begin", noted)
    assert ledger_bytes(api.live(trial(), folder, workers=1).dir) == ledger_bytes(finished.dir)
    assert [task.county for task in order] == [3, 2, 1, 0]


def test_fewer_counties_leave_the_others_as_they_are(finished: api.Run, folder: Path) -> None:
    fewer = ledger_bytes(api.live(trial(counties=2), folder).dir)
    whole = ledger_bytes(finished.dir)
    counties = {path for path in fewer if path.startswith("ledger/")}
    assert len(counties) == 2 * len(TABLES)
    assert {path: fewer[path] for path in counties} == {path: whole[path] for path in counties}


def test_another_seed_changes_lives(finished: api.Run, folder: Path) -> None:
    """Without this the other laws could hold because chance plays no part."""
    other = api.live(trial(seed=8), folder)
    query = "SELECT sum(acts)::BIGINT FROM weekly"
    assert _rows(other, query) != _rows(finished, query)


def test_one_world_more_changes_no_other_world(finished: api.Run, folder: Path) -> None:
    """Worlds that shared a draw in the order in which they stand would move each other."""
    resolved = trial()
    more = dataclasses.replace(resolved.worlds[1], name="placebo", placebo=True)
    worlds = [resolved.worlds[0], more, *resolved.worlds[1:]]
    run = api.live(dataclasses.replace(resolved, worlds=worlds), folder)
    for world in ("no-scheme", "as-written", "no-false", "no-ties"):
        assert _world_rows(run.ledger, world) == _world_rows(finished.ledger, world)
    assert _world_rows(run.ledger, "placebo")["weekly"] != _world_rows(run.ledger, "as-written")["weekly"]


def test_the_order_of_worlds_changes_no_world(finished: api.Run, folder: Path) -> None:
    resolved = trial()
    run = api.live(dataclasses.replace(resolved, worlds=resolved.worlds[::-1]), folder)
    for world in ("no-scheme", "as-written", "no-false", "no-ties"):
        assert _world_rows(run.ledger, world) == _world_rows(finished.ledger, world)


def test_another_breakdown_changes_no_life(finished: api.Run, folder: Path) -> None:
    """Groups are labels: whoever looks by sex must not find other lives than whoever looks by income."""
    run = api.live(dataclasses.replace(trial(), groups=["sex"]), folder)
    sums = "sum(acts)::BIGINT, sum(denied)::BIGINT, sum(listed)::BIGINT"
    query = f"SELECT week, world, {sums} FROM weekly GROUP BY ALL ORDER BY ALL"
    assert [row for row in _rows(run, query) if any(row[2:])] == [row for row in _rows(finished, query) if any(row[2:])]


def test_an_interrupted_run_leaves_whole_counties_and_goes_on(finished: api.Run, folder: Path) -> None:
    """A county that is written in part, or lived twice, would show in the bytes."""

    def interrupt(lived: Progress) -> None:
        if lived.counties_done >= 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        api.live(trial(), folder, workers=1, watch=interrupt)
    done = [path.name for path in (folder / "ledger").iterdir()]
    assert 1 <= len(done) < 4
    assert not (folder / "measures.parquet").exists()
    assert ledger_bytes(api.live(trial(), folder).dir) == ledger_bytes(finished.dir)


def kill_and_go_on(folder: Path, wait_seconds: float) -> int:
    """Start the trial in a process of its own, kill it after a while, and return the counties that it left."""
    command = [sys.executable, "-m", "scorelab", "run", str(TRIAL), "--out", str(folder), "--quiet", "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 120
    while not (folder / "ledger").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(wait_seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return len(list((folder / "ledger").glob("r*"))) if (folder / "ledger").exists() else 0


def test_a_killed_run_goes_on_to_the_same_bytes(finished: api.Run, folder: Path) -> None:
    """SIGKILL at a random moment of the writing; the verification does it twenty times."""
    chance = random.Random(os.getpid())
    moments = [round(chance.uniform(0, 0.4), 3) for _ in range(2)]
    left = [kill_and_go_on(folder, moment) for moment in moments]
    assert ledger_bytes(api.live(trial(), folder).dir) == ledger_bytes(finished.dir), (moments, left)
