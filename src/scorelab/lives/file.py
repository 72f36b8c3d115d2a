"""lives.json: the lives of a run that were written down, for whoever may not live them again.

The file holds ``{"format": 1, "digest": ..., "lives": [...]}``: the digest of the run's experiment, and each life as
:meth:`scorelab.lives.life.Life.to_json` gives it, account included: those harmed that were found by lot, kind by kind
(``chosen.kind``), then one random person. Equal runs have equal bytes.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from scorelab.ledger.text import write_text
from scorelab.lives.life import Life

FILE = "lives.json"
FORMAT = 1


def write(run_dir: Path, digest: str, lives: Sequence[Life]) -> Path:
    """Write the file whole or not at all. Raises RunError where the disk does not take it."""
    whole = {"format": FORMAT, "digest": digest, "lives": [life.to_json() for life in lives]}
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    return write_text(run_dir / FILE, text)


def read(run_dir: Path, digest: str) -> list[Life]:
    """The lives of the run with this digest; none where none were written, or by another run or version."""
    try:
        whole = json.loads((run_dir / FILE).read_text(encoding="utf-8"))
        if whole["format"] != FORMAT or whole["digest"] != digest:
            return []
        return [Life.from_json(parts) for parts in whole["lives"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []
