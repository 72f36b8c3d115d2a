"""What stands beside the tables of a run: a codebook of every column, and how the gates went."""

import csv
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from scorelab import api
from scorelab.cli.summary import summary

COLUMNS = "SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet(?))"


def test_every_column_of_every_file_has_its_line(finished: api.Run) -> None:
    with (finished.dir / "codebook.csv").open(newline="", encoding="utf-8") as stream:
        lines = list(csv.DictReader(stream))
    assert all(line["meaning"] for line in lines)
    told = {(line["file"], line["name"]): line["type"] for line in lines}
    files = [(f"ledger/*/{path.name}", path) for path in (finished.dir / "ledger" / "r000-c0000").glob("*.parquet")]
    for name, path in (*files, ("measures.parquet", finished.measures_file)):
        for column, kind in duckdb.execute(COLUMNS, [str(path)]).fetchall():
            assert told.pop((name, column)) == kind, (name, column)
    assert {file for file, _ in told} == {"measures"}


def test_gates_are_kept_with_the_run(finished: api.Run) -> None:
    assert [gate.name for gate in finished.gates] == ["null", "placebo", "cannot hurt", "conservation"]
    assert not [gate for gate in finished.gates if gate.status == "fails"]


def test_a_gate_that_fails_is_said_loudly(
    finished: api.Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "run"
    shutil.copytree(finished.dir, folder)
    gates = json.loads((folder / "gates.json").read_text())
    gates[0] |= {"status": "fails", "faults": ["weekly: 3 rows differ"]}
    (folder / "gates.json").write_text(json.dumps(gates))
    summary(api.load(folder))
    said = capsys.readouterr()
    assert "null fails" in said.out
    assert "GATE FAILS: null" in said.err and "weekly: 3 rows differ" in said.err
    assert "cannot be trusted" in said.err
