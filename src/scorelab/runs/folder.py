"""The folder of a run: whose it is, who is writing in it, and what may be in it."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scorelab.errors import RunError
from scorelab.ledger.manifest import FILE, Manifest, read_manifest
from scorelab.ledger.manifest import versions as installed_versions

LOCK = ".lock"
LEDGER = "ledger"
MEASURES = "measures.parquet"
REPORT = "report.html"
MOST_DIFFERENCES = 4


def default_folder(name: str, digest: str) -> Path:
    """Where a run goes when nobody says where."""
    return Path("runs") / f"{name}-{digest[:8]}"


def share_folder(folder: Path, number: int, of: int) -> Path:
    """Where one share of a run goes when nobody says where: beside the folder of the whole."""
    return folder.with_name(f"{folder.name}-shard-{number}-of-{of}")


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Make the folder if need be, and keep every other process out of it while the block runs.

    The lock belongs to the process: it ends with it, however it ends. Raises RunError where the folder cannot be
    made or another process is at work in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except FileExistsError:
        raise RunError(f"{folder} is a file; choose a folder with --out") from None
    except OSError as error:
        raise RunError(f"cannot write in {folder}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            owner = os.pread(handle, 64, 0).decode(errors="replace").strip() or "unknown"
            raise RunError(
                f"another run is at work in {folder} (process {owner}); wait for it, or choose another --out"
            ) from None
        os.truncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def begun(folder: Path) -> Manifest | None:
    """The run that was begun in a folder, or None where there is nothing yet.

    Raises RunError where the folder holds something that is not a run.
    """
    if (folder / FILE).exists():
        return read_manifest(folder)
    try:
        others = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        raise RunError(f"{folder} is a file; choose a folder with --out") from None
    except OSError as error:
        raise RunError(f"cannot read {folder}: {error.strerror}") from error
    if others:
        raise RunError(
            f"{folder} is not the folder of a run: it has no {FILE}, but {some(others)}; choose another --out"
        )
    return None


def same_run(folder: Path, found: Manifest, wanted: Manifest) -> None:
    """Raise RunError unless the run in the folder is the wanted one and can be gone on with."""
    if found.digest != wanted.digest:
        raise RunError(
            f"{folder} holds another run, {found.name} ({found.digest[:8]}), not {wanted.name} ({wanted.digest[:8]}): "
            f"{some(differences(found.resolved, wanted.resolved), '; ')}. Choose another --out, or leave --out away"
        )
    if found.finished:
        return
    changed = other_versions(found.versions, installed_versions())
    if not changed and found.tables_digest != wanted.tables_digest:
        changed = ["the same versions, but scorelab's tables differ"]
    if changed:
        raise RunError(
            f"{folder} holds part of this run, begun under other versions ({some(changed)}): its counties would not "
            "go together. Finish it under the old versions, or choose another --out"
        )


def other_versions(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """Packages whose version is not the same, as ``name before -> after``."""
    return [f"{name} {one[name]} -> {other[name]}" for name in other if one[name] != other[name]]


def differences(one: Any, other: Any, path: str = "") -> list[str]:
    """Where two resolved experiments differ, as ``path: value -> value``."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = sorted({*one, *other})
        found = [differences(one.get(key), other.get(key), f"{path}.{key}" if path else str(key)) for key in keys]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        found = [differences(a, b, f"{path}.{_label(a, number)}") for number, (a, b) in pairs]
    else:
        return [] if one == other else [f"{path}: {_short(one)} -> {_short(other)}"]
    return [line for lines in found for line in lines]


def _label(item: Any, number: int) -> str:
    if isinstance(item, dict):
        return str(item.get("name") or item.get("scheme") or number)
    return str(number)


def _short(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(map(str, list(value)[:3]))}{', ...' if len(value) > 3 else ''}}}"
    if isinstance(value, list):
        return f"{len(value)} items"
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."


def some(items: list[str], separator: str = ", ") -> str:
    """The first few of a list, and how many more there are."""
    shown = separator.join(items[:MOST_DIFFERENCES])
    more = len(items) - MOST_DIFFERENCES
    return f"{shown}{separator}and {more} more" if more > 0 else shown
