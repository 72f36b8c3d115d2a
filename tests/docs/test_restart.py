"""The pages on restarts and clusters name tests, commands and messages that there are."""

import re
from pathlib import Path

import typer.main

from scorelab.cli.app import app

ROOT = Path(__file__).parents[2]
RESTART = (ROOT / "docs/restart.md").read_text(encoding="utf-8")
CLUSTER = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
VARIES = r"\.\.\.|\S+/mine\S*|tcp://\S+|\(.*?\)|[\d.,]+ [GM]B|\b\S*\d\S*|thesis\.tex|manifest\.json|: |; |trial"
"""Parts of a message that are not the same each time."""


def _rows() -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in RESTART.splitlines() if line[:2] == "| "
    ]


def test_every_fault_has_a_test_that_exists() -> None:
    _, *rows = _rows()
    assert len(rows) > 25
    for fault, *_, tested in rows:
        named = re.findall(r"`((?:tests|verification)/[\w/.]*)`", tested)
        assert named or tested in ("as killed", "the same two"), fault
        for name in named:
            assert (ROOT / name).exists(), name


def test_every_message_is_one_of_the_programs() -> None:
    """A sentence that a person looks up must be there as it is said; what differs from case to case is left out."""
    source = " ".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/scorelab").rglob("*.py"))
    source = re.sub(r'"\s*f?"', "", source) + " No space left on device Read-only file system Permission denied"
    for fault, said, *_ in _rows()[1:]:
        for message in re.findall(r"`([^`]*)`", said):
            if message == "Killed":
                continue
            pieces = re.split(VARIES, message)
            words = [piece.strip(" .,") for piece in pieces if len(piece.strip(" .,")) > 8]
            assert words, (fault, message)
            for piece in words:
                assert piece in source, (fault, piece)


def test_every_option_on_the_page_of_clusters_exists() -> None:
    root = typer.main.get_command(app)
    ours = {
        option
        for name in ("run", "gather")
        for parameter in getattr(root, "commands")[name].params  # noqa: B009
        for option in parameter.opts
    }
    others = {"--host", "--port", "--nthreads", "--constraint"}  # of dask and pip
    lines = [line for line in CLUSTER.splitlines() if not line.startswith("#SBATCH")]
    named = set(re.findall(r"(?<![\w-])--[a-z-]+", "\n".join(lines)))
    assert named >= {"--cluster", "--shard", "--out", "--workers"}
    assert named - others <= ours
