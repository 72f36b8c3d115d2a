"""``scorelab explore`` from a shell: where it says that it is, how it ends, and what it leaves behind."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.command import scorelab as command


def test_it_says_where_it_is_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """Ctrl-C is how one leaves it: no failure, no process, no file of its own."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONUNBUFFERED": "1"}
    arguments = [sys.executable, "-m", "scorelab", "explore", str(tmp_path), "--no-browser", "--port", "0"]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split(" is at ")[1].split()[0]
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}api/about", timeout=30) as answer:
            assert "never an instrument" in json.load(answer)["laboratory"]
        server.send_signal(signal.SIGINT)
        assert server.wait(30) == 0
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"), [(["nowhere"], "no such folder"), (["--port", "99999"], "from 0 to 65535")]
)
def test_what_cannot_be_is_said(arguments: list[str], message: str) -> None:
    done = command("explore", *arguments, "--no-browser")
    assert done.returncode == 1 and message in done.stderr
