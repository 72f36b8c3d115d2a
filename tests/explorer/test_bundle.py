"""The page that is shipped belongs to the sources beside it."""

import hashlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "frontend"
PAGE = ROOT / "src/scorelab/explorer/page"
APART = {"node_modules", "README.md", "__pycache__"}


def _counted(path: Path) -> bool:
    parts = path.relative_to(SOURCES).parts
    return path.is_file() and not any(part in APART or (part.startswith(".") and part != ".npmrc") for part in parts)


def test_the_bundle_was_built_from_these_sources() -> None:
    """A change of the sources that nobody built would never reach a user. `make page` builds it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(SOURCES).as_posix()}\n"
        for path in sorted(filter(_counted, SOURCES.rglob("*")), key=lambda one: one.relative_to(SOURCES).as_posix())
    ]
    assert hashlib.sha256("".join(lines).encode()).hexdigest() == (PAGE / "SOURCES").read_text().strip()


def test_the_versions_of_its_packages_are_pinned_without_an_address() -> None:
    """A lock file with addresses would bind everybody to one machine's package index."""
    lock = (SOURCES / "package-lock.json").read_text()
    assert '"resolved"' not in lock and '"integrity"' in lock
    assert not re.findall(r'"[^"]+": "[\^~><*]', (SOURCES / "package.json").read_text())


def test_the_page_names_nothing_to_be_loaded_from_elsewhere() -> None:
    """It must work without a network."""
    index = (PAGE / "index.html").read_text()
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", index)
    assert "<style" not in index and "<script>" not in index
    assert not re.findall(r"url\((?!['\"]?(?:data:|#))", (PAGE / "app.css").read_text())
