"""The folder that the explorer was given: its YAML files and its finished runs, and nothing else of the disk.

A page names what it wants by a name of the listing and never by a path; so no name leads out of the folder.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from scorelab.errors import InputError, Problem, RunError
from scorelab.ledger.manifest import FILE, read_manifest
from scorelab.runs.folder import LEDGER, MEASURES
from scorelab.spec.find import kind_of, opened
from scorelab.spec.resolved import Resolved
from scorelab.spec.text import LARGEST_FILE

MOST_ENTRIES = 200
THIS = "this"
"""What the folder itself is called where it is a run; "." would be lost in an address."""
RUNS = "runs"
"""The folder inside the given one where runs go if nobody says where."""


@dataclass(frozen=True)
class OwnFile:
    """A YAML file of the folder: what it is, and its data as plain values."""

    name: str
    kind: str
    title: str
    about: str
    data: object


@dataclass(frozen=True)
class OwnRun:
    """A finished run of the folder; ``name`` is the way to it from there, THIS where the folder is the run."""

    name: str
    path: Path
    resolved: dict[str, object]


class Folder:
    """What may be opened from the disk."""

    def __init__(self, root: Path) -> None:
        """Raises InputError where there is no such folder."""
        if not root.is_dir():
            raise InputError([Problem(str(root), 0, 0, "there is no such folder; the explorer opens a folder")])
        self.root = root.resolve()

    def files(self) -> list[OwnFile]:
        """Schemes, societies and experiments among its YAML files, by name, and those that cannot be read."""
        found = []
        for path in self._texts():
            try:
                document = opened(path)
            except InputError:
                found.append(OwnFile(path.name, "", path.name, "This file cannot be read as YAML.", None))
                continue
            kind = kind_of(document)
            data = document.data if isinstance(document.data, dict) else {}
            if kind:
                title, about = data.get("title"), data.get("about")
                found.append(
                    OwnFile(
                        path.name,
                        kind,
                        title if isinstance(title, str) else path.name,
                        about if isinstance(about, str) else "",
                        data,
                    )
                )
        return found

    def text(self, name: str) -> str:
        """The text of one of its YAML files. Raises KeyError where it lists none of that name, or it cannot be read."""
        for path in self._texts():
            if path.name == name:
                try:
                    with path.open("rb") as stream:
                        return stream.read(LARGEST_FILE + 1).decode("utf-8", errors="replace")
                except OSError:
                    break
        raise KeyError(name)

    def runs(self) -> list[OwnRun]:
        """Its finished runs: the folder itself, those in it, and those in its folder of runs."""
        found: list[OwnRun] = []
        for path in [self.root, *self._entries(self.root), *self._entries(self.root / RUNS)]:
            parts = [path / name for name in (FILE, MEASURES, LEDGER)]
            if len(found) == MOST_ENTRIES or not all(self._inside(part) for part in parts):
                continue
            try:
                manifest = read_manifest(path)
                Resolved.from_json(json.dumps(manifest.resolved))
            except (RunError, InputError):
                continue
            if manifest.finished:
                name = path.relative_to(self.root).as_posix()
                found.append(OwnRun(THIS if path == self.root else name, path, manifest.resolved))
        return found

    def run(self, name: str) -> OwnRun:
        """The run of that name. Raises KeyError where it lists none."""
        for run in self.runs():
            if run.name == name:
                return run
        raise KeyError(name)

    def _texts(self) -> list[Path]:
        return [path for path in self._entries(self.root) if path.suffix in (".yaml", ".yml") and path.is_file()]

    def _entries(self, place: Path) -> list[Path]:
        """What lies in a folder and can be seen, by name; no more than anybody looks at."""
        try:
            found = sorted(place.iterdir())
        except OSError:
            return []
        return [path for path in found if self._inside(path)][:MOST_ENTRIES]

    def _inside(self, path: Path) -> bool:
        """Whether something is there, can be seen, and is not led out of the folder by a link."""
        try:
            return path.exists() and path.resolve().is_relative_to(self.root)
        except (OSError, ValueError, RuntimeError):
            return False
