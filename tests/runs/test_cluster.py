"""Counties on the workers of a cluster: the same bytes, and a sentence for whatever goes wrong on the way."""

import gc
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scorelab import api
from scorelab.errors import InputError, RunError
from scorelab.runs import cluster as on_cluster
from scorelab.runs.cluster import facts, unlike
from scorelab.runs.execute import Progress
from tests.cli.command import scorelab
from tests.runs.nodes import OTHER, WITHOUT, Nodes, nodes
from tests.runs.trial import TRIAL, ledger_bytes, trial


def needs_dask() -> None:
    """Skip a test where the extra is not installed."""
    pytest.importorskip("distributed", reason="the extra 'cluster' is not installed: pip install -e '.[cluster]'")


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Nodes]:
    """A scheduler and two workers, three processes on 127.0.0.1."""
    needs_dask()
    with nodes(tmp_path / "nodes") as found:
        found.scheduler()
        found.worker("one")
        found.worker("two")
        yield found


def test_a_worker_that_is_killed_costs_time_and_nothing_else(finished: api.Run, folder: Path, cluster: Nodes) -> None:
    """Its counties are lived again by the other one; a county lost or lived otherwise would show in the bytes."""
    told: list[Progress] = []

    def watch(lived: Progress) -> None:
        told.append(lived)
        if lived.counties_done >= 1 and "one" in cluster.processes:
            cluster.kill("one")

    run = api.live(trial(), folder, cluster=cluster.address, watch=watch)
    assert "one" not in cluster.processes
    assert ledger_bytes(run.dir) == ledger_bytes(finished.dir)
    assert run.manifest.ledger_digest == finished.manifest.ledger_digest
    assert {lived.counties_done for lived in told} >= {0, 4} and told[-1].weeks_done == told[-1].weeks
    left = [path.name for place in ("one", "two") for path in (cluster.folder / place).rglob("county-*")]
    assert len(left) <= 1, "only the worker that was killed may leave something behind"


def test_a_scheduler_that_goes_away_loses_nothing(finished: api.Run, folder: Path, cluster: Nodes) -> None:
    """Whoever comes back to a cluster that is gone goes on without it."""

    def watch(lived: Progress) -> None:
        if lived.counties_done >= 1 and "scheduler" in cluster.processes:
            cluster.kill("scheduler")

    with pytest.raises(RunError, match=rf"the connection to the scheduler at {cluster.address} was lost; the counties"):
        api.live(trial(counties=4), folder, cluster=cluster.address, watch=watch)
    kept = list((folder / "ledger").iterdir())
    assert kept and not (folder / "measures.parquet").exists()
    told: list[Progress] = []
    assert ledger_bytes(api.live(trial(), folder, watch=told.append).dir) == ledger_bytes(finished.dir)
    assert told[0].counties_done == len(kept)


def test_a_run_goes_from_a_machine_to_a_cluster_and_is_interrupted_there(
    finished: api.Run, folder: Path, cluster: Nodes
) -> None:
    def interrupt(lived: Progress) -> None:
        if lived.counties_done >= 2:
            raise KeyboardInterrupt

    shutil.copytree(finished.dir, folder)
    for name in ("measures.parquet", "manifest.json"):
        (folder / name).unlink()
    with pytest.raises(RunError, match="is not the folder of a run"):
        api.live(trial(), folder, cluster=cluster.address)
    shutil.rmtree(folder)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            api.live(trial(), folder, cluster=cluster.address, watch=interrupt)
        assert len(list((folder / "ledger").iterdir())) == 2
    assert ledger_bytes(api.live(trial(), folder, cluster=cluster.address).dir) == ledger_bytes(finished.dir)


def test_workers_with_other_code_are_refused_before_anything_is_lived(folder: Path, tmp_path: Path) -> None:
    """Half of the counties from one code and half from another would be nobody's results."""
    needs_dask()
    with nodes(tmp_path / "nodes") as found:
        found.scheduler()
        found.worker("changed", OTHER)
        message = r"worker tcp://\S+: scorelab has the same version, but kernel/needs\.py differs"
        with pytest.raises(RunError, match=message):
            api.live(trial(), folder, cluster=found.address)
        found.worker("bare", WITHOUT)
        found.kill("changed")
        with pytest.raises(RunError, match=r"worker tcp://\S+: scorelab is not installed there"):
            api.live(trial(), folder, cluster=found.address)
    assert not (folder / "ledger").exists()


def test_a_worker_that_joins_later_is_looked_at_too(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_dask()
    monkeypatch.setattr(on_cluster.Cluster, "_check", lambda self: None)
    with nodes(tmp_path / "nodes") as found:
        found.scheduler()
        found.worker("changed", OTHER)
        with pytest.raises(RunError, match=r"a worker that joined .* cannot be used: .*kernel/needs\.py differs"):
            api.live(trial(), folder, cluster=found.address)


def test_a_scheduler_without_workers_or_without_answer_is_a_sentence(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs_dask()
    monkeypatch.setattr(on_cluster, "PATIENCE_SECONDS", 1.0)
    monkeypatch.setattr(on_cluster, "CONNECT_SECONDS", 1.0)
    with nodes(tmp_path / "nodes") as found:
        found.scheduler()
        with pytest.raises(RunError, match=r"has had no worker for 1 seconds; .*`dask worker tcp://127\.0\.0\.1"):
            api.live(trial(), folder, cluster=found.address)
        address = found.address
    with pytest.raises(RunError, match=rf"no scheduler answers at {address}\. `dask scheduler` starts one"):
        api.live(trial(), folder, cluster=address)


@pytest.mark.parametrize("address", ["", "nowhere", "http://127.0.0.1:1", "tcp://", "tcp://127.0.0.1:port"])
def test_an_address_that_is_none_is_refused(folder: Path, address: str) -> None:
    needs_dask()
    with pytest.raises(InputError, match=r"^--cluster: the address of a dask scheduler was expected"):
        api.live(trial(), folder, cluster=address)


def test_a_wrong_address_is_one_line_until_the_end_of_the_process(tmp_path: Path) -> None:
    """A client that is half made tells of itself in a traceback when Python lets go of it."""
    needs_dask()
    for address in ("nowhere", "tcp://127.0.0.1:9", "tcp://no-such-host.invalid:8786", "tls://127.0.0.1:9"):
        done = scorelab("run", TRIAL, "--cluster", address, "--quiet", folder=tmp_path)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.count("\n") == 1 and address in done.stderr


def test_threads_of_this_machine_and_a_cluster_exclude_each_other(folder: Path) -> None:
    with pytest.raises(InputError, match="--workers: with --cluster"):
        api.live(trial(), folder, workers=2, cluster="tcp://127.0.0.1:8786")
    assert not folder.exists()


def test_without_the_extra_a_person_reads_what_to_install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gc.collect()  # clients of other tests must not be let go of while the module is away
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RunError, match=r"--cluster needs dask\.distributed, .* pip install -e '\.\[cluster\]'"):
        api.live(trial(), folder, cluster="tcp://127.0.0.1:8786")


def test_differences_between_installations_are_named() -> None:
    here = facts()
    assert unlike(here, facts()) == ""
    assert unlike(here, {**here, "numba": "0.1"}) == f"numba 0.1 there, {here['numba']} here"
    without = {name: digest for name, digest in here.items() if name != "kernel/needs.py"}
    assert unlike(here, without) == "scorelab has the same version, but kernel/needs.py differs"
    changed = {**here, "kernel/needs.py": "x", "kernel/acts.py": "x", "spec/who.py": "x"}
    assert unlike(here, changed).startswith("scorelab has the same version, but kernel/acts.py and 2 more of")
