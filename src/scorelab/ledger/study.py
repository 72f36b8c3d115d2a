"""The files of a study of a run: what is drawn, and one folder a draw with its values and its numbers.

They lie in ``DIR/draws``: ``study.json`` says what the study is, ``base`` holds the stated values lived at the draws'
size, and ``d000``, ``d001``, ... the draws. A draw's folder is there as a whole or not at all.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from scorelab.errors import RunError
from scorelab.spec.ranges import Parameter

FORMAT = 1
FOLDER = "draws"
FILE = "study.json"
DRAW = "draw.json"
MEASURES = "measures.parquet"
BASE = "base"


@dataclass(frozen=True)
class Study:
    """What is drawn over its range, how often, and how much society each draw lives.

    ``digest`` is that of the experiment at the draws' size and ``tables_digest`` that of its tables at the stated
    values; draws that were begun under another one are not mixed in. ``left`` are the names of numbers that a world
    set on purpose and that stay there what they were set to.
    """

    digest: str
    tables_digest: str
    versions: dict[str, str]
    seed: int
    draws: int
    every: bool
    counties: int
    persons: int
    weeks: int
    groups: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    left: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The folders of its draws."""
        return tuple(draw_name(number) for number in range(self.draws))

    @property
    def society(self) -> str:
        """How much society each draw lives, in words."""
        counties = f"{self.counties} {'county' if self.counties == 1 else 'counties'}"
        return f"{counties} of {self.persons:,} synthetic persons"

    def but_for_draws(self) -> dict[str, Any]:
        """All that it is but for the number of draws; more of them can be added later."""
        return asdict(replace(self, draws=0))


@dataclass(frozen=True)
class Draw:
    """One draw: the value of each parameter, and how often it was drawn anew since the checks refused it."""

    values: dict[str, float]
    again: int


def draw_name(number: int) -> str:
    """Name of a draw's folder."""
    return f"d{number:03d}"


def write_study(folder: Path, study: Study) -> None:
    """Write ``draws/study.json`` of a run, whole or not at all. Raises RunError where the disk does not take it."""
    place = folder / FOLDER
    try:
        place.mkdir(exist_ok=True)
    except OSError as error:
        raise RunError(f"cannot write {place}: {error.strerror}") from error
    _write(place / FILE, asdict(study))


def read_study(folder: Path) -> Study | None:
    """The study of a run, or None where none was begun. Raises RunError where its file is damaged."""
    path = folder / FOLDER / FILE
    if not path.is_file():
        return None
    parts = _read(path)
    try:
        parts["parameters"] = tuple(Parameter(**one) for one in parts["parameters"])
        parts["groups"], parts["left"] = tuple(parts["groups"]), tuple(parts["left"])
        return Study(**parts)
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{path} is damaged: {error}; remove {path.parent} and study the run again") from error


def finished(folder: Path, name: str) -> bool:
    """Whether a draw of a run's study has been lived and measured."""
    return (folder / FOLDER / name / DRAW).is_file()


def write_draw(place: Path, draw: Draw) -> None:
    """Write ``draw.json`` into a draw's folder."""
    _write(place / DRAW, asdict(draw))


def read_draw(folder: Path, name: str) -> Draw:
    """The values of a finished draw of a run's study."""
    path = folder / FOLDER / name / DRAW
    parts = _read(path)
    try:
        return Draw(values={str(key): float(value) for key, value in parts["values"].items()}, again=parts["again"])
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RunError(f"{path} is damaged: {error}; remove {path.parent} and study the run again") from error


def complete(folder: Path) -> Study | None:
    """The study of a run if all its draws and its base are there, else None."""
    study = read_study(folder)
    return study if study is not None and all(finished(folder, name) for name in (BASE, *study.names)) else None


def put(made: Path, place: Path) -> None:
    """Give a folder that was made aside its name, so that it is there as a whole or not at all."""
    shutil.rmtree(place, ignore_errors=True)
    made.replace(place)


def _write(path: Path, parts: Mapping[str, Any]) -> None:
    text = json.dumps({"format": FORMAT, **parts}, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RunError(f"cannot write {path}: {error.strerror}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        parts = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise RunError(f"{path} is damaged: {error}; remove {path.parent} and study the run again") from error
    if not isinstance(parts, dict) or parts.pop("format", None) != FORMAT:
        raise RunError(f"{path} is of a format that this version of scorelab does not read")
    return parts
