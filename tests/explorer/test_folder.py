"""What may be opened from the disk: what the folder lists, and nothing else."""

import json
import shutil
from pathlib import Path

import pytest

import scorelab
from scorelab.errors import InputError
from scorelab.explorer.folder import Folder
from scorelab.spec.new import starter


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a scheme, something else, a secret beside it, and links that lead out."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "mine.yaml").write_text(starter("scheme", "mine"))
    (inside / "notes.txt").write_text("no scheme")
    (inside / "list.yaml").write_text("- 1\n- 2\n")
    (inside / "broken.yml").write_text("a: [\n")
    (tmp_path / "secret.yaml").write_text(starter("scheme", "secret"))
    (inside / "linked.yaml").symlink_to(tmp_path / "secret.yaml")
    (inside / "door").symlink_to(tmp_path)
    return inside


def test_it_lists_what_can_be_opened(folder: Path) -> None:
    """A file that is broken is shown, so that its owner learns why; what is nothing of ours is not."""
    assert [(file.name, file.kind) for file in Folder(folder).files()] == [("broken.yml", ""), ("mine.yaml", "scheme")]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.yaml",
        "linked.yaml",
        "door/secret.yaml",
        "/etc/passwd",
        "notes.txt",
        "",
        ".",
        "mine.yaml/",
        "mine.yaml\0",
    ],
)
def test_no_name_leads_out_of_it(folder: Path, name: str) -> None:
    """Otherwise a page could read whatever its user can."""
    with pytest.raises(KeyError):
        Folder(folder).text(name)
    with pytest.raises(KeyError):
        Folder(folder).run(name)


def test_finished_runs_are_found_where_they_usually_lie(folder: Path) -> None:
    """The folder itself, those in it, and those in its folder of runs; an unfinished one is none."""
    for place in (folder / "runs" / "one", folder / "two"):
        scorelab.run("live-face-cardiff", persons=300, counties=1, weeks=1, out=place)
    stolen = folder / "stolen"
    shutil.copytree(folder / "two", stolen)
    (stolen / "measures.parquet").unlink()
    (stolen / "measures.parquet").symlink_to(folder.parent / "secret.yaml")
    other = json.loads((folder / "two" / "manifest.json").read_text())
    shutil.copytree(folder / "two", folder / "torn")
    (folder / "torn" / "manifest.json").write_text(json.dumps(other | {"resolved": {"title": 1}}))
    (folder / "three").mkdir()
    (folder / "three" / "manifest.json").write_text("{}")
    assert [run.name for run in Folder(folder).runs()] == ["two", "runs/one"]
    assert [run.name for run in Folder(folder / "two").runs()] == ["this"]
    assert Folder(folder / "two").run("this").path == (folder / "two").resolve()
    assert Folder(folder).run("runs/one").path == (folder / "runs" / "one").resolve()


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    """An empty gallery would leave its user wondering."""
    with pytest.raises(InputError, match="no such folder"):
        Folder(tmp_path / "nowhere")
