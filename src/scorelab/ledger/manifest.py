"""manifest.json: everything that is needed to live a run again, and apart from it, when and where it was lived.

What stands outside ``provenance`` is equal for two runs of the same experiment under the same package versions.
"""

import importlib.metadata
import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from scorelab.errors import RunError

FORMAT = 1
FILE = "manifest.json"
PACKAGES = ("scorelab", "numpy", "numba", "duckdb")
"""Packages whose version can change the bytes of a ledger."""


@dataclass(frozen=True)
class Manifest:
    """One run: the resolved experiment in plain JSON types, its digests, versions, and provenance.

    ``ledger_digest`` is empty until every county is there; it holds across versions of DuckDB.
    """

    digest: str
    resolved: dict[str, Any]
    tables_digest: str = ""
    ledger_digest: str = ""
    versions: dict[str, str] = field(default_factory=dict)
    provenance: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The experiment's name."""
        return str(self.resolved["name"])

    @property
    def finished(self) -> bool:
        """All counties are lived."""
        return bool(self.ledger_digest)

    def with_provenance(self, **facts: Any) -> "Manifest":
        """The same with these facts added to its provenance."""
        return replace(self, provenance={**self.provenance, **facts})


def versions() -> dict[str, str]:
    """Installed versions of the packages that matter."""
    return {package: importlib.metadata.version(package) for package in PACKAGES}


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write it whole or not at all. Raises RunError where the disk does not take it."""
    parts = asdict(manifest)
    provenance = parts.pop("provenance")
    ordered = {"format": FORMAT, **parts.pop("versions"), **parts, "provenance": provenance}
    text = json.dumps(ordered, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    beside = folder / f".{FILE}.{os.getpid()}"
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(folder / FILE)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RunError(f"cannot write {folder / FILE}: {error.strerror}") from error


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run's folder. Raises RunError where there is none that this version can read."""
    path = folder / FILE
    try:
        parts = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RunError(f"{folder} is not the folder of a run: it has no {FILE}") from None
    except OSError as error:
        raise RunError(f"cannot read {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise RunError(f"{path} is damaged: {error}") from error
    if not isinstance(parts, dict) or "format" not in parts:
        raise RunError(f"{path} is not the manifest of a run")
    if parts["format"] != FORMAT:
        raise RunError(f"{path} has the format {parts['format']}; this version of scorelab reads format {FORMAT}")
    try:
        return Manifest(
            digest=str(parts["digest"]),
            resolved=dict(parts["resolved"]),
            tables_digest=str(parts["tables_digest"]),
            ledger_digest=str(parts["ledger_digest"]),
            versions={package: str(parts[package]) for package in PACKAGES},
            provenance=dict(parts["provenance"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{path} is damaged: {error} is missing or has the wrong type") from error
