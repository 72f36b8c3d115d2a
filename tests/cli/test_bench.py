"""``scorelab bench``: rows for programs, a table for people, and no speed without work."""

import dataclasses
import json
import math
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scorelab.errors import RunError
from scorelab.kernel.counted import WEEKLY
from scorelab.runs import bench
from scorelab.spec.load import Options
from tests.cli.command import inside

TINY = ("--quick", "--persons", "400", "--weeks", "6")
PROMISED = {
    *("case", "persons", "weeks", "worlds", "events", "ns_per_person_week_core", "ns_per_event", "peak_mb"),
    "compile_s",
}


def test_json_is_a_list_of_rows_with_what_was_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that has another name breaks every script that reads it."""
    monkeypatch.setattr(bench, "CASES", ("2", "nothing"))
    done = inside("bench", "--json", *TINY)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)
    assert [(row["case"], row["worlds"], row["persons"]) for row in rows] == [
        ("reported-and-documented", 2, 400),
        ("no-scheme", 4, 400),
        ("village", 2, 400),
    ]
    for row in rows:
        assert row.keys() >= PROMISED
        assert row["weeks"] == 6
        assert row["events"] > 0 and row["drawn_per_event"] >= 1
        lived = row["persons"] * row["weeks"]
        assert math.isclose(row["ns_per_person_week_core"], row["seconds"] * row["cores"] / lived * 1e9)
        assert math.isclose(row["ns_per_event"], row["seconds"] * row["cores"] / row["events"] * 1e9)
        assert row["peak_mb"] > 10
    assert rows[0]["times_words_alone"] > 1 and rows[0]["times_memory_alone"] > 1


def test_the_table_has_a_line_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that are only in the JSON are seen by nobody."""
    from scorelab.cli import bench as command

    made = {**json.loads(inside("bench", "--case", "1", *TINY).stdout), "compile_s": 40.0}
    worlds = [{**made, "worlds": count} for count in (1, 2, 4, 8)]
    monkeypatch.setattr(command, "_rows", lambda options, quick: [*worlds, {**made, "case": "village"}])
    done = inside("bench")
    lines = done.stdout.splitlines()
    assert len([line for line in lines if line.startswith("reported-and-documented")]) == 4
    assert any(line.startswith("village") for line in lines)
    assert "One world more costs 0% of the first" in done.stdout
    assert "Compiling takes 40 s" in done.stdout


def test_a_world_in_which_too_little_happens_is_refused() -> None:
    """The fastest kernel of all does nothing."""
    _, resolved = bench.of_case("2", Options(persons=1000, weeks=364, counties=100))
    many = dict.fromkeys(WEEKLY, 10_000)
    bench.must_have_worked(resolved, {world.name: many for world in resolved.worlds})
    for what in ("acts", "records_true", "records_false", "entries", "denied", "denied_tie"):
        none = {"no-scheme": many, "as-reported": {**many, what: 0}}
        with pytest.raises(RunError, match=f"{what} of as-reported are 0, and"):
            bench.must_have_worked(resolved, none)
    nothing = {world.name: dict.fromkeys(WEEKLY, 0) for world in resolved.worlds}
    bench.must_have_worked(dataclasses.replace(resolved, weeks=52), nothing)


def test_a_wrong_size_is_refused_at_once() -> None:
    done = inside("bench", "--persons", "0")
    assert done.returncode == 1
    assert done.stderr == "--persons: persons should be at least 1, but is 0\n"


def test_interrupted_it_ends_with_130_and_leaves_no_process() -> None:
    """A child that went on measuring would spoil the next measurement."""
    command = [sys.executable, "-m", "scorelab", "bench", "--quick", "--persons", "20000"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    time.sleep(4)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode == 130, said
    assert said.strip().endswith("interrupted; nothing was written")
    left = [path for path in Path("/proc").glob("[0-9]*/stat") if f" {running.pid} " in _group(path)]
    assert left == []


def _group(stat: Path) -> str:
    try:
        return " " + stat.read_text().rpartition(")")[2].split()[2] + " "
    except OSError:
        return ""
