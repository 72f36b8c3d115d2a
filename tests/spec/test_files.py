"""Files that must be accepted, and files with one fault each beside the very message that each must produce."""

from pathlib import Path

import pytest

from scorelab.spec.load import check

HERE = Path(__file__).parent
VALID = sorted((HERE / "valid").glob("*.yaml"))
INVALID = sorted((HERE / "invalid").glob("[!_]*.yaml"))


def _problems(file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the check says, with file names as they are seen from the file's own folder."""
    monkeypatch.chdir(file.parent)
    files = [Path(file.name)]
    if b"\nsociety:" not in file.read_bytes():
        files.append(Path("../valid/society.yaml"))
    return "\n".join(str(problem) for problem in check(files)) + "\n"


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.stem)
def test_a_valid_file_is_accepted(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _problems(file, monkeypatch) == "\n"


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.stem)
def test_a_wrong_file_gets_its_message(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _problems(file, monkeypatch) == file.with_suffix(".expected").read_text()


def test_every_wrong_file_has_a_message_and_every_message_a_file() -> None:
    assert len(INVALID) >= 45
    assert {file.stem for file in INVALID} == {file.stem for file in (HERE / "invalid").glob("*.expected")}


def test_no_message_is_empty_or_without_its_place() -> None:
    """A fault that nothing reports would have an empty file of expectations."""
    for file in (HERE / "invalid").glob("*.expected"):
        first = file.read_text().split("\n")[0]
        place, _, message = first.partition(": ")
        assert len(message) > 10, file.name
        assert place.split(":")[0].endswith(".yaml"), file.name


def test_the_caret_stands_under_what_is_wrong() -> None:
    """An excerpt that begins elsewhere than the line would shift every caret."""
    for file in (HERE / "invalid").glob("number-*.expected"):
        lines = file.read_text().rstrip("\n").split("\n")
        if len(lines) == 3:
            caret = lines[2].index("^")
            assert lines[1][caret - 1] in " [{" and lines[1][caret] not in " ,", file.name
