"""The command line as a person meets it: a process, its exit code, and what it prints."""

import os
import subprocess
import sys
from pathlib import Path


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
