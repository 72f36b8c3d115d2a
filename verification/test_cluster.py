"""A cluster that loses workers again and again, and its scheduler: the same bytes as on this machine."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scorelab import api
from scorelab.errors import RunError
from scorelab.runs import cluster as clusters
from scorelab.runs.cluster import AHEAD, Cluster
from scorelab.runs.execute import Progress
from tests.runs.nodes import Nodes, nodes
from tests.runs.trial import TRIAL, ledger_bytes, trial

COUNTIES, PERSONS, KILLS = 40, 1500, 6

DIES = "import os, scorelab.runs.cluster as c; c.lives = lambda *_: os._exit(1)"
TOO_SMALL = """
import scorelab.runs.cluster as c
def lives(prepared, task):
    raise MemoryError('Unable to allocate 9.31 GiB')
    yield
c.lives = lives
"""
"""What workers run first that die in every county, or have too little memory for any."""


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Nodes]:
    """A scheduler alone."""
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed: pip install -e '.[cluster]'")
    with nodes(tmp_path / "nodes") as found:
        found.scheduler()
        yield found


def test_workers_that_are_killed_one_after_another(
    tmp_path: Path, cluster: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six of eight workers are killed, each in the middle of its counties, and new ones take their place."""
    chance = random.Random(os.getpid())
    resolved = trial(counties=COUNTIES, persons=PERSONS)
    alive = ["w0", "w1"]
    for name in alive:
        cluster.worker(name)
    at = sorted(chance.sample(range(1, COUNTIES - 4), KILLS))
    most = 0
    begin = Cluster.begin

    def begun(self: Cluster, task: object) -> object:
        nonlocal most
        future = begin(self, task)  # type: ignore[arg-type]
        most = max(most, len(self._begun))
        return future

    def watch(lived: Progress) -> None:
        if at and lived.counties_done >= at[0]:
            at.pop(0)
            cluster.kill(alive.pop(chance.randrange(2)))
            alive.append(f"w{KILLS + 2 - len(at)}")
            cluster.worker(alive[-1])

    monkeypatch.setattr(Cluster, "begin", begun)
    run = api.live(resolved, tmp_path / "there", cluster=cluster.address, watch=watch)
    assert not at
    assert ledger_bytes(run.dir) == ledger_bytes(api.live(resolved, tmp_path / "here").dir)
    assert most <= AHEAD * 3, "more counties were in flight than the workers that there may have been could hold"
    print(f"{KILLS} workers killed in {COUNTIES} counties; at most {most} counties in flight")


def command(folder: Path, address: str) -> list[str]:
    """The run as a person gives it."""
    words = ["run", str(TRIAL), "--counties", str(COUNTIES), "--persons", str(PERSONS), "--cluster", address]
    return [sys.executable, "-m", "scorelab", *words, "--out", str(folder)]


def until(folder: Path, counties: int) -> None:
    """Wait until so many counties are in the ledger."""
    deadline = time.monotonic() + 120
    while len(list((folder / "ledger").glob("r*"))) < counties and time.monotonic() < deadline:
        time.sleep(0.05)


def test_a_scheduler_that_is_killed_and_comes_back_and_a_run_that_is_interrupted(
    tmp_path: Path, cluster: Nodes
) -> None:
    """From the shell: exit code 1 and a sentence, 130, and at last 0 and the bytes of a run on this machine."""
    folder = tmp_path / "there"
    for name in ("one", "two"):
        cluster.worker(name)
    first = subprocess.Popen(command(folder, cluster.address), stderr=subprocess.PIPE, text=True)
    until(folder, 5)
    port = int(cluster.address.rpartition(":")[2])
    cluster.kill("scheduler")
    _, said = first.communicate(timeout=120)
    print(said)
    assert first.returncode == 1 and "Traceback" not in said
    assert f"scorelab: the connection to the scheduler at {cluster.address} was lost; the counties that were" in said
    kept = len(list((folder / "ledger").glob("r*")))
    assert 5 <= kept < COUNTIES

    for name in ("one", "two"):
        cluster.kill(name)
    cluster.scheduler(port)
    for name in ("three", "four"):
        cluster.worker(name)
    second = subprocess.Popen(command(folder, cluster.address), stderr=subprocess.PIPE, text=True)
    until(folder, kept + 3)
    second.send_signal(signal.SIGINT)
    _, said = second.communicate(timeout=120)
    print(said)
    assert second.returncode == 130 and "Traceback" not in said
    assert queued(cluster.address) == 0, "what was queued is still to be lived"

    third = subprocess.run(command(folder, cluster.address), check=False, capture_output=True, text=True, timeout=300)
    assert third.returncode == 0, third.stderr
    alone = api.live(trial(counties=COUNTIES, persons=PERSONS), tmp_path / "here")
    assert ledger_bytes(folder) == ledger_bytes(alone.dir)


def queued(address: str) -> int:
    """Tasks that the scheduler still knows, once it has heard that the client is gone."""
    from distributed import Client

    with contextlib.closing(Client(address, set_as_default=False)) as client:
        for _ in range(50):
            left: int = client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks))
            if not left:
                break
            time.sleep(0.2)
        return left


def test_a_county_that_kills_every_worker_is_given_up(tmp_path: Path, cluster: Nodes) -> None:
    """Without an end, it would take down each machine of the cluster in turn."""
    for number in range(5):
        cluster.worker(f"w{number}", DIES)
    with pytest.raises(RunError, match=r"county r000-c\d{4} was begun several times and each time its worker died"):
        api.live(trial(), tmp_path / "run", cluster=cluster.address)


def test_a_worker_without_memory_is_a_sentence(tmp_path: Path, cluster: Nodes) -> None:
    cluster.worker("small", TOO_SMALL)
    with pytest.raises(RunError, match=r"not enough memory on a worker of tcp://\S+ for county r000-c\d{4}; the count"):
        api.live(trial(), tmp_path / "run", cluster=cluster.address)


def test_a_cluster_that_loses_all_its_workers_is_given_up_and_gone_on_with(
    tmp_path: Path, cluster: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that waited for ever would look like one that is at work."""
    monkeypatch.setattr(clusters, "PATIENCE_SECONDS", 3.0)
    cluster.worker("one")

    def watch(lived: Progress) -> None:
        if lived.counties_done >= 2 and "one" in cluster.processes:
            cluster.kill("one")

    resolved = trial(counties=12)
    with pytest.raises(RunError, match=r"has had no worker for 3 seconds; the counties that were lived are kept"):
        api.live(resolved, tmp_path / "there", cluster=cluster.address, watch=watch)
    cluster.worker("two")
    run = api.live(resolved, tmp_path / "there", cluster=cluster.address)
    assert ledger_bytes(run.dir) == ledger_bytes(api.live(resolved, tmp_path / "here").dir)
