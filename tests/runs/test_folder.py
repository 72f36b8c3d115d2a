"""The folder of a run: gone on with, printed again, or refused with a sentence."""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import scorelab as package
from scorelab import api
from scorelab.errors import InputError, RunError
from scorelab.ledger.manifest import FILE, Manifest, read_manifest, write_manifest
from scorelab.measures import compute
from scorelab.runs import estimate as estimating
from scorelab.runs.estimate import Estimate, estimate, must_fit
from scorelab.runs.folder import differences, locked
from scorelab.runs.lives import prepare
from scorelab.spec.load import Options
from scorelab.spec.society import Attribute
from tests.runs.trial import TRIAL, ledger_bytes, trial


def test_the_same_run_again_lives_nothing(finished: api.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run takes seconds because nothing is compiled, fitted or lived."""
    before = {path: path.stat().st_mtime_ns for path in finished.dir.rglob("*.parquet")}

    def never(_: object) -> None:
        raise AssertionError("a finished run was prepared again")

    monkeypatch.setattr(api, "_prepared", never)
    again = api.live(trial(), finished.dir)
    assert again.manifest == finished.manifest
    assert {path: path.stat().st_mtime_ns for path in finished.dir.rglob("*.parquet")} == before


def test_another_experiment_is_refused_and_the_difference_named(finished: api.Run) -> None:
    before = ledger_bytes(finished.dir)
    with pytest.raises(RunError) as refused:
        api.live(trial(weeks=31, seed=8), finished.dir)
    message = str(refused.value)
    assert "holds another run, trial" in message
    assert "seed: 7 -> 8; weeks: 30 -> 31" in message
    assert ledger_bytes(finished.dir) == before


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(RunError, match=r"is not the folder of a run: it has no manifest.json, but thesis.tex"):
        api.live(trial(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    place = tmp_path / "run"
    place.write_text("")
    with pytest.raises(RunError, match="is a file; choose a folder with --out"):
        api.live(trial(), place)
    with pytest.raises(RunError):
        api.live(trial(), place / "below")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(RunError, match="cannot write in"):
        api.live(trial(), tmp_path / "run")


def test_a_device_without_room_is_a_sentence() -> None:
    """Whatever the system says when a folder cannot be made must not come out as a traceback."""
    with pytest.raises(RunError, match="cannot write in /proc/"):
        api.live(trial(), Path("/proc/nobody/run"))


def test_two_runs_in_one_folder_at_once_are_refused(folder: Path) -> None:
    """Two writers would sweep away each other's half-written counties."""
    script = (
        "import sys, time; from pathlib import Path; from scorelab.runs.folder import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(RunError, match=rf"another run is at work in .* \(process {holder.pid}\)"):
            api.live(trial(), folder)
    finally:
        holder.kill()
        holder.communicate()
    for _ in range(50):
        try:
            with locked(folder):
                break
        except RunError:
            time.sleep(0.1)
    else:
        raise AssertionError("the lock outlived its process")


def test_part_of_a_run_from_other_versions_is_not_gone_on_with(folder: Path, finished: api.Run) -> None:
    """Half of the counties from one version and half from another would be nobody's results."""
    folder.mkdir()
    old = dataclasses.replace(
        finished.manifest, ledger_digest="", versions={**finished.manifest.versions, "numba": "0.1"}
    )
    write_manifest(folder, old)
    with pytest.raises(RunError, match=r"begun under other versions \(numba 0.1 -> "):
        api.live(trial(), folder)
    write_manifest(folder, dataclasses.replace(finished.manifest, ledger_digest="", tables_digest="0"))
    with pytest.raises(RunError, match="scorelab's tables differ"):
        api.live(trial(), folder)


def test_a_folder_may_be_called_like_a_pattern(finished: api.Run, tmp_path: Path) -> None:
    """Catches a ledger that is read together with that of a run beside it, or not found at all."""
    shutil.copytree(finished.dir, tmp_path / "r1")
    shutil.copytree(finished.dir, tmp_path / "r[1]?*")
    for county in (tmp_path / "r1" / "ledger").glob("*c0001"):
        shutil.rmtree(county)
    run = package.load(tmp_path / "r[1]?*")
    compute(run.dir)
    assert ledger_bytes(run.dir) == ledger_bytes(finished.dir)
    assert run.ledger.sql("SELECT count(*) FROM people").fetchall() == finished.ledger.sql(
        "SELECT count(*) FROM people"
    ).fetchall()
    assert len(run.measures) == len(finished.measures)
    assert run.measures_csv().is_file()


def test_a_share_that_cannot_be_is_refused_before_anything_is_lived(folder: Path) -> None:
    society = trial().society
    young = dict.fromkeys(("0-5", "6-17", "18-29", "30-44", "45-59"), 0)
    old = Attribute.model_validate({"share": 0.5, "who": {"age": young}})
    resolved = dataclasses.replace(trial(), society=society.model_copy(update={"attributes": {"old": old}}))
    with pytest.raises(InputError, match="the share of the attribute old cannot be 0.5"):
        prepare(resolved)


def test_a_manifest_repeats_its_run(finished: api.Run, folder: Path) -> None:
    """Every output can be run again: from the manifest alone, to the same bytes."""
    again = api.run(finished.dir / FILE, out=folder)
    assert ledger_bytes(again.dir) == ledger_bytes(finished.dir)
    with pytest.raises(InputError, match="a manifest says all that was run"):
        api.find(finished.dir / FILE, Options(weeks=5))


def test_what_stands_outside_provenance_is_the_same_each_time(finished: api.Run, folder: Path) -> None:
    again = api.live(trial(), folder, workers=1)
    one, other = (json.loads((run.dir / FILE).read_text()) for run in (finished, again))
    assert one.pop("provenance") != other.pop("provenance")
    assert one == other


def test_an_unfinished_run_is_not_opened(folder: Path, finished: api.Run) -> None:
    folder.mkdir()
    write_manifest(folder, dataclasses.replace(finished.manifest, ledger_digest=""))
    with pytest.raises(RunError, match="is not finished: `scorelab run "):
        api.load(folder)


def test_the_default_folder_is_named_by_the_experiment(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = api.folder_of(trial(), None), api.folder_of(trial(seed=8), None)
    assert one.parent == Path("runs")
    assert one.name.startswith("trial-") and len(one.name) == len("trial-") + 8
    assert one != other


def test_what_does_not_fit_is_refused_with_the_numbers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = estimate(trial(), 2)
    monkeypatch.setattr(estimating, "free_memory", lambda: 10_000_000)
    with pytest.raises(RunError, match=r"needs about [\d,]+ MB of memory and 10 MB are free"):
        api.live(trial(), folder)
    monkeypatch.setattr(estimating, "free_memory", lambda: None)
    monkeypatch.setattr(estimating, "free_disk", lambda _: 1000)
    with pytest.raises(RunError, match="on the disk and 1 MB are free there"):
        must_fit(wanted, folder)


def test_the_estimate_grows_with_what_is_asked_for() -> None:
    def one(**options: int) -> Estimate:
        return estimate(trial(**options), 1)

    base = one()
    assert (base.counties, base.persons, base.worlds, base.weeks) == (4, 1200, 4, 30)
    assert one(weeks=60).events == pytest.approx(2 * base.events, abs=1)
    assert one(counties=8).disk_bytes == 2 * base.disk_bytes
    assert one(persons=600).memory_bytes > base.memory_bytes
    assert estimate(trial(), 4).memory_bytes > base.memory_bytes


def test_differences_name_the_path_and_both_values() -> None:
    one = {"a": 1, "worlds": [{"name": "x", "set": {}}], "b": {"c": [1, 2]}}
    other = {"a": 2, "worlds": [{"name": "x", "set": {"k": 3}}], "b": {"c": [1]}}
    assert differences(one, other) == ["a: 1 -> 2", "b.c: 2 items -> 1 items", "worlds.x.set.k: None -> 3"]
    assert differences(one, one) == []


def test_a_manifest_of_another_format_is_refused(folder: Path) -> None:
    folder.mkdir()
    write_manifest(
        folder, Manifest("d", trial_dict(), versions={"scorelab": "", "numpy": "", "numba": "", "duckdb": ""})
    )
    text = (folder / FILE).read_text().replace('"format": 1', '"format": 9', 1)
    (folder / FILE).write_text(text)
    with pytest.raises(RunError, match="has the format 9; this version of scorelab reads format 1"):
        api.live(trial(), folder)
    with pytest.raises(RunError, match="has the format 9"):
        read_manifest(folder)


def trial_dict() -> dict[str, object]:
    found: dict[str, object] = json.loads(trial().to_json())
    assert TRIAL.exists()
    return found
