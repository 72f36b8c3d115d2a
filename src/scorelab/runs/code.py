"""Which code this is: digests of scorelab's own files, for whoever must know whether two installations are the same."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]

COUNTS = ("kernel", "society", "tables", "ledger", "spec", "words.py", "runs/lives.py")
"""What turns an experiment into the counts of a county, and these into bytes."""


def code_digests(parts: Iterable[str]) -> dict[str, str]:
    """16 hexadecimal digits for each file of these folders and files of the package, by its path in it."""
    found = {}
    for part in parts:
        place = ROOT / part
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and "__pycache__" not in path.parts:
                content = path.read_bytes()
                found[path.relative_to(ROOT).as_posix()] = hashlib.blake2b(content, digest_size=8).hexdigest()
    return found


def code_digest(parts: Iterable[str]) -> str:
    """16 hexadecimal digits of all these files together."""
    told = "\n".join(f"{path} {digest}" for path, digest in code_digests(parts).items())
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()
