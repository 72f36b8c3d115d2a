"""Text files of a run's folder, written whole or not at all."""

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from scorelab.errors import RunError

REFUSALS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EFBIG)
"""What a disk answers when it does not take a file."""


def reason(error: Exception) -> str:
    """Why the system or DuckDB refused something, in the system's words where it has some."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    number = re.search(r'"errno":"(\d+)"', str(error))
    return os.strerror(int(number[1])) if number else str(error).splitlines()[0]


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Turn what the disk or the memory refuses, while the block makes files of a folder, into a RunError."""
    try:
        yield
    except MemoryError:
        raise RunError(f"not enough memory to make the results in {folder}; the counts are kept") from None
    except duckdb.OutOfMemoryException:
        raise RunError(f"not enough memory to make the results in {folder}; the counts are kept") from None
    except duckdb.IOException as error:
        raise RunError(f"cannot write in {folder}: {reason(error)}") from error
    except OSError as error:
        if error.errno not in REFUSALS:
            raise
        raise RunError(f"cannot write in {folder}: {reason(error)}") from error


def sweep_parts(folder: Path) -> None:
    """Remove the files that killed writers left half done. The caller holds the folder's lock."""
    for left in folder.glob(".*.part"):
        left.unlink(missing_ok=True)


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
        beside.unlink(missing_ok=True)
        raise RunError(f"cannot write {path}: {reason(error)}") from error
    return path
