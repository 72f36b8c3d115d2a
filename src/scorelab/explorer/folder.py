"""The folder that the explorer was given: its YAML files and its finished runs, and nothing else of the disk.

A page names what it wants by a name of the listing and never by a path; so no name leads out of the folder.
"""

from dataclasses import dataclass
from pathlib import Path

from scorelab.errors import InputError, Problem, RunError
from scorelab.ledger.manifest import FILE, read_manifest
from scorelab.spec.find import kind_of, opened
from scorelab.spec.text import LARGEST_FILE

MOST_ENTRIES = 200
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
    """A finished run of the folder; ``name`` is the way to it from there, "." where the folder is the run."""

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
        for path in self._inside(sorted((*self.root.glob("*.yaml"), *self.root.glob("*.yml")))):
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
        return found[:MOST_ENTRIES]

    def text(self, name: str) -> str:
        """The text of one of its YAML files. Raises KeyError where it lists none of that name."""
        for path in self._inside(sorted((*self.root.glob("*.yaml"), *self.root.glob("*.yml")))):
            if path.name == name:
                with path.open("rb") as stream:
                    return stream.read(LARGEST_FILE + 1).decode("utf-8", errors="replace")
        raise KeyError(name)

    def runs(self) -> list[OwnRun]:
        """Its finished runs: the folder itself, those in it, and those in its folder of runs."""
        places = [self.root, *sorted(self.root.glob("*")), *sorted((self.root / RUNS).glob("*"))]
        found = []
        for path in self._inside([place for place in places if (place / FILE).is_file()]):
            try:
                manifest = read_manifest(path)
            except RunError:
                continue
            if manifest.finished and (path / "measures.parquet").is_file():
                found.append(OwnRun(path.relative_to(self.root).as_posix(), path, manifest.resolved))
        return found[:MOST_ENTRIES]

    def run(self, name: str) -> OwnRun:
        """The run of that name. Raises KeyError where it lists none."""
        for run in self.runs():
            if run.name == name:
                return run
        raise KeyError(name)

    def _inside(self, paths: list[Path]) -> list[Path]:
        """Those that a link does not lead out of the folder, and that are ordinary."""
        return [
            path for path in paths if path.resolve().is_relative_to(self.root) and (path.is_dir() or path.is_file())
        ]
