"""Two runs that share fate, written by hand."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.measures.handmade import LAW, Rows, manifest, world, write_county, write_manifest

Edit = Callable[[dict[str, Any]], None]
ADULTS = {"quintile": "q1", "residence": "rural", "age": "18-29"}
TRAIN = {"period": 0, **ADULTS, "service": "train"}


def copy(run: Path, to: Path, edit: Edit) -> Path:
    """The same run with another manifest."""
    shutil.copytree(run, to)
    contents = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    edit(contents["resolved"])
    write_manifest(to, contents)
    return to


def constant(folder: Path, more: int, **changes: Any) -> Path:
    """Twenty counties that differ a great deal among themselves, each with so many more persons denied."""
    scheme = {**LAW, "title": f"{more} more", **changes}
    worlds = [world("no-scheme", ()), world("as-written", (scheme,))]
    contents = manifest(worlds, 52, counties=20, title=f"The law with {more} more")
    write_manifest(folder, contents | {"ledger_digest": "finished"})
    for county in range(20):
        denied = 20 + 3 * county + more
        rows: Rows = {
            "people": [{**ADULTS, "persons": 100, "adults": 100}],
            "persons": [{"span": "run", "world": "as-written", **ADULTS, "persons": 100, "denied": denied}],
            "needs": [
                {**TRAIN, "no-scheme": "granted", "as-written": "denied", "count": denied},
                {**TRAIN, "no-scheme": "granted", "as-written": "granted", "count": 100 - denied},
            ],
            "points": [{"world": "as-written", "source": "staff", "behaviour": "smoke", "truth": "true", "taken": 9}],
        }
        write_county(folder, ("no-scheme", "as-written"), rows, county)
    return folder
