"""The command ``study``: what it prints, and where it goes on."""

from pathlib import Path

import pytest

from tests.cli.command import inside
from tests.runs.uncertain import uncertain


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished run of the uncertain trial."""
    place = tmp_path_factory.mktemp("study")
    done = inside("run", str(uncertain(place)), "--out", str(place / "run"), "--quiet")
    assert done.returncode == 0, done.stderr
    return place / "run"


def test_a_dry_run_says_what_it_would_take_and_lives_nothing(folder: Path) -> None:
    done = inside("study", str(folder), "--dry-run")
    assert done.returncode == 0, done.stderr
    lines = {" ".join(line[:17].split()): line[17:] for line in done.stdout.splitlines()}
    assert lines["draws"] == "40, and the stated values once at the same size"
    assert lines["drawn"] == "3 numbers over their ranges, 0 of them by ratio"
    assert lines["left as set"] == "1: two-lists.sources.guards.watches.smoking-on-train"
    assert lines["each draw"].startswith("4 worlds, 4 counties of 300 synthetic persons, 30 weeks, ")
    assert lines["time"].startswith("about ")
    assert not (folder / "draws").exists()


def test_a_study_says_in_words_what_moves_each_number(folder: Path) -> None:
    done = inside("study", str(folder), "--draws", "20", "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert "20 draws of 3 assumed numbers, each 4 worlds, 4 counties of 300 synthetic persons, 30 weeks" in done.stderr
    assert "100 % lived, 20 of 20 draws" in done.stderr
    said = done.stdout.splitlines()
    assert said[0] == "In the world as-written, over 20 draws of 4 counties of 300 synthetic persons:"
    years = next(number for number, line in enumerate(said) if line.startswith("years on a list: "))
    assert "assumptions " in said[years]
    assert said[years + 1].startswith("  rises with sources.guards.watches.smoking-on-train of two-lists (+")
    assert any(line.startswith("Told apart: a rank correlation beyond 0.") for line in said)
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "How much the assumptions matter" in page


def test_another_size_is_refused_with_both_numbers(folder: Path) -> None:
    done = inside("study", str(folder), "--persons", "200")
    assert done.returncode == 1
    assert "holds another study of this run (persons: 300 -> 200)" in done.stderr
