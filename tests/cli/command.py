"""The command line as a person meets it: a process, its exit code, and what it prints."""

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from scorelab.cli.app import app


def scorelab(*words: str | Path, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command; no traceback may ever come out of it."""
    done = subprocess.run(
        [sys.executable, "-m", "scorelab", *map(str, words)],
        cwd=folder,
        env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1", **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert "Traceback" not in done.stderr + done.stdout, done.stderr
    return done


def inside(*words: str) -> subprocess.CompletedProcess[str]:
    """The same within this process and its folder, for cases of which there are many."""
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "100", "NO_COLOR": "1"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return subprocess.CompletedProcess(list(words), done.exit_code, done.stdout, done.stderr)
