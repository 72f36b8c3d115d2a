"""The manifest: read back as written, and refused when it is something else."""

import json
from pathlib import Path

import pytest

from scorelab.errors import RunError
from scorelab.ledger.manifest import FILE, Manifest, read_manifest, versions, write_manifest


def _manifest() -> Manifest:
    return Manifest("ab" * 16, {"name": "trial", "weeks": 52}, "cd", "ef", versions(), {"machine": "x", "seconds": 1.5})


def test_it_is_read_back_as_written(tmp_path: Path) -> None:
    write_manifest(tmp_path, _manifest())
    assert read_manifest(tmp_path) == _manifest()
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_time_and_machine_stand_in_provenance_alone(tmp_path: Path) -> None:
    """Whatever changes from run to run must be left out when two runs are compared."""
    write_manifest(tmp_path, _manifest().with_provenance(started="2026-01-01"))
    parts = json.loads((tmp_path / FILE).read_text())
    assert parts.pop("provenance") == {"machine": "x", "seconds": 1.5, "started": "2026-01-01"}
    assert list(parts) == [
        *("format", "scorelab", "numpy", "numba", "duckdb"),
        *("digest", "resolved", "tables_digest", "ledger_digest"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "is not the folder of a run"),
        ("{", "is damaged"),
        ("[" * 100_000, "is damaged"),
        ("[1]", "is not the manifest of a run"),
        ('{"format": 7}', "has the format 7; this version of scorelab reads format 1"),
        ('{"format": 1}', "is damaged: 'digest' is missing"),
        ('{"format": 1, "digest": "x", "resolved": 5}', "is damaged"),
    ],
)
def test_anything_else_is_refused_with_a_sentence(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / FILE).write_text(text)
    with pytest.raises(RunError, match=message):
        read_manifest(tmp_path)
