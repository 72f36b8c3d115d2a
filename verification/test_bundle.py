"""The shipped page is, byte for byte, what its sources give."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = Path("src/scorelab/explorer/page")
NPM = shutil.which("npm")


@pytest.mark.skipif(NPM is None, reason="npm is missing; it builds the explorer's page")
def test_the_bundle_is_what_the_sources_give(tmp_path: Path) -> None:
    """Whoever reads the sources must be able to trust what runs in a user's browser."""
    ignored = shutil.ignore_patterns("node_modules")
    shutil.copytree(ROOT / "frontend", tmp_path / "frontend", ignore=ignored)
    (tmp_path / PAGE).mkdir(parents=True)
    for command in (["ci"], ["run", "check"], ["run", "build"]):
        done = subprocess.run(
            [str(NPM), *command], cwd=tmp_path / "frontend", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    built = {path.name: path.read_bytes() for path in (tmp_path / PAGE).iterdir()}
    shipped = {path.name: path.read_bytes() for path in (ROOT / PAGE).iterdir()}
    assert built.keys() == shipped.keys()
    assert [name for name in built if built[name] != shipped[name]] == []
