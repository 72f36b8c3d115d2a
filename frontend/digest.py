"""Write page/SOURCES: one digest over all that the bundle is made of, so that a test without Node can compare it.

The digest is sha256 over the lines "<sha256 of the bytes of a file>  <path>\n", one for each file of frontend/ in
the order of the paths (relative to frontend/, parts joined by "/", sorted as text). Left out are
node_modules/, README.md and whatever is not part of a build: names that begin with a dot (but .npmrc counts)
and __pycache__.
"""

import hashlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "src" / "scorelab" / "explorer" / "page"
APART = {"node_modules", "README.md", "__pycache__"}


def counted(path: Path) -> bool:
    """Whether a file is one of the sources."""
    parts = path.relative_to(HERE).parts
    return path.is_file() and not any(part in APART or (part.startswith(".") and part != ".npmrc") for part in parts)


def digest() -> str:
    """The digest of the sources as they are now."""
    lines = []
    for path in sorted(filter(counted, HERE.rglob("*")), key=lambda one: one.relative_to(HERE).as_posix()):
        lines.append(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(HERE).as_posix()}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


if __name__ == "__main__":
    (PAGE / "SOURCES").write_text(digest() + "\n", encoding="utf-8")
