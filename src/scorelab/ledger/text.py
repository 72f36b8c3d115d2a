"""Text files of a run's folder, written whole or not at all."""

import os
from pathlib import Path

from scorelab.errors import RunError


def write_text(path: Path, text: str) -> Path:
    """A text file, whole or not at all. Raises RunError where the disk does not take it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise RunError(f"cannot write {path}: {error.strerror}") from error
    return path
