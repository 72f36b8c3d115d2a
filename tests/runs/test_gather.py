"""Shares of a run, each lived in a folder of its own, and what becomes of them when they are put together."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from scorelab import api
from scorelab.errors import InputError, RunError
from scorelab.ledger.manifest import read_manifest, write_manifest
from scorelab.runs.execute import Progress
from scorelab.runs.tasks import Shard, all_tasks
from tests.runs.trial import ledger_bytes, trial

OF = 3


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The three shares of the trial."""
    root = tmp_path_factory.mktemp("shares")
    folders = [root / f"share-{number}" for number in range(1, OF + 1)]
    for number, folder in enumerate(folders, 1):
        _, others = api.live_share(trial(), folder, Shard(number, OF), workers=1)
        assert others == 4 - len(list((folder / "ledger").iterdir())) > 0
        assert not (folder / "measures.parquet").exists()
    return folders


@pytest.fixture
def shares(lived: list[Path], tmp_path: Path) -> list[Path]:
    """Copies of the shares, to be changed."""
    return [shutil.copytree(folder, tmp_path / folder.name) for folder in lived]


def test_shares_are_disjoint_and_leave_nothing_out() -> None:
    """A county in two shares would be lived twice, one in none never."""
    tasks = all_tasks(trial(replicates=2, counties=5))
    for of in (1, 2, 3, 7, 40):
        shared = [Shard(number, of).share(tasks) for number in range(1, of + 1)]
        assert sorted(task for share in shared for task in share) == tasks
        assert max(map(len, shared)) - min(map(len, shared)) <= 1


@pytest.mark.parametrize("text", ["", "0/4", "5/4", "1/0", "1", "a/b", "1/4/2", "-1/4", "²/4", "1/99999999"])
def test_a_share_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="--shard: the number of a share and the number of all shares were expected"):
        Shard.parse(text)
    assert Shard.parse(" 3/64 ") == Shard(3, 64)


def test_gathered_shares_are_the_run_to_the_byte(lived: list[Path], finished: api.Run, folder: Path) -> None:
    told: list[Progress] = []
    run = api.gather(lived, folder, watch=told.append)
    assert ledger_bytes(run.dir) == ledger_bytes(finished.dir)
    assert run.manifest.ledger_digest == finished.manifest.ledger_digest
    assert (told[0].counties_done, told[-1].counties_done, told[-1].counties) == (0, 4, 4)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")}
    assert api.gather(lived, folder).manifest == run.manifest
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*.parquet")} == before


def test_missing_counties_are_named_with_their_shares_and_the_rest_is_kept(
    shares: list[Path], finished: api.Run, folder: Path
) -> None:
    """Catches a gathering that loses what it has, or that calls a part of a run a run."""
    message = (
        r"2 of 4 counties are missing: r000-c0000, r000-c0003 \(of share 1/3\)\. The others are in .*run: gather again "
        r"with the same --out when they are lived, or live them with `scorelab run .*manifest\.json --out "
    )
    with pytest.raises(RunError, match=message):
        api.gather(shares[1:], folder)
    assert sorted(path.name for path in (folder / "ledger").iterdir()) == ["r000-c0001", "r000-c0002"]
    assert not read_manifest(folder).finished
    with pytest.raises(RunError, match="is not finished"):
        api.load(folder)
    alone = shutil.copytree(folder, folder.with_name("alone"))
    assert ledger_bytes(api.live(trial(), alone).dir) == ledger_bytes(finished.dir)
    assert ledger_bytes(api.gather(shares[:1], folder).dir) == ledger_bytes(finished.dir)


def test_an_unfinished_share_is_named_by_its_folder(shares: list[Path], folder: Path) -> None:
    shutil.rmtree(shares[0] / "ledger" / "r000-c0003")
    with pytest.raises(RunError, match=r"1 of 4 counties are missing: r000-c0003 \(of share 1/3, begun in .*share-1\)"):
        api.gather(shares, folder)


def test_overlaps_that_agree_are_no_fault_and_others_are_refused(
    shares: list[Path], finished: api.Run, folder: Path
) -> None:
    """Which of two different counties came first must never decide what a run's results are."""
    shutil.copytree(shares[1] / "ledger" / "r000-c0001", shares[0] / "ledger" / "r000-c0001")
    assert ledger_bytes(api.gather(shares, folder).dir) == ledger_bytes(finished.dir)
    other = shares[0] / "ledger" / "r000-c0001"
    (other / "weekly.parquet").write_bytes((shares[2] / "ledger" / "r000-c0002" / "weekly.parquet").read_bytes())
    message = r"county r000-c0001 differs between .*share-1 and .*share-2 \(weekly\.parquet\)"
    with pytest.raises(RunError, match=message):
        api.gather(shares, folder.with_name("other"))
    with pytest.raises(RunError, match=r"county r000-c0001 differs between .*run and .*share-1"):
        api.gather(shares, folder)
    assert ledger_bytes(folder) == ledger_bytes(finished.dir)


def test_a_share_that_was_cut_off_on_its_way_is_refused(shares: list[Path], finished: api.Run, folder: Path) -> None:
    """Shares are copied between machines; a county of which half is there must not be brought."""
    weekly = shares[1] / "ledger" / "r000-c0001" / "weekly.parquet"
    content = weekly.read_bytes()
    weekly.write_bytes(content[:-100])
    with pytest.raises(RunError, match=r"cannot read .*r000-c0001"):
        api.gather(shares, folder)
    weekly.unlink()
    with pytest.raises(RunError, match=r"cannot read .*r000-c0001"):
        api.gather(shares, folder)
    weekly.write_bytes(content)
    assert ledger_bytes(api.gather(shares, folder).dir) == ledger_bytes(finished.dir)


def test_shares_of_other_runs_or_versions_are_refused(shares: list[Path], finished: api.Run, folder: Path) -> None:
    other = api.live_share(trial(seed=8), folder.with_name("other"), Shard(2, OF), workers=1)[0]
    with pytest.raises(RunError, match=r"share-1 and .*other hold different runs, .*: seed: 7 -> 8\. Gather the shares"):
        api.gather([shares[0], other.dir], folder)
    with pytest.raises(RunError, match=r"share-1 and .*other hold different runs"):
        api.gather(shares, other.dir)
    manifest = read_manifest(shares[1])
    write_manifest(shares[1], dataclasses.replace(manifest, versions={**manifest.versions, "numba": "0.1"}))
    with pytest.raises(RunError, match=r"were lived under different versions \(numba .* -> 0\.1\)"):
        api.gather(shares, folder)
    with pytest.raises(RunError, match=r"share-2 was lived under other versions than are installed here \(numba 0\.1"):
        api.gather([shares[1]], folder)
    write_manifest(shares[1], dataclasses.replace(manifest, tables_digest="0"))
    with pytest.raises(RunError, match="scorelab's tables differ"):
        api.gather(shares, folder)
    assert not folder.exists()


def test_what_is_no_share_is_refused(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(RunError, match=r"is not the folder of a run: it has no manifest\.json"):
        api.gather([tmp_path], folder)
    with pytest.raises(InputError, match="the folders of the shares were expected"):
        api.gather([], folder)


def test_a_gathering_that_is_interrupted_goes_on(lived: list[Path], finished: api.Run, folder: Path) -> None:
    def interrupt(seen: Progress) -> None:
        if seen.counties_done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        api.gather(lived, folder, watch=interrupt)
    assert len(list((folder / "ledger").iterdir())) == 2
    told: list[Progress] = []
    assert ledger_bytes(api.gather(lived, folder, watch=told.append).dir) == ledger_bytes(finished.dir)
    assert told[0].counties_done == 2


def test_a_whole_run_can_be_lived_in_one_folder_share_by_share(finished: api.Run, folder: Path) -> None:
    """The last share finds nothing missing, and makes the measures."""
    left = [api.live_share(trial(), folder, Shard(number, OF), workers=2)[1] for number in (1, 2, 3)]
    assert left == [2, 1, 0]
    assert ledger_bytes(folder) == ledger_bytes(finished.dir)
