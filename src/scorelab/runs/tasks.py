"""The tasks of a run: one for each county of each replicate."""

import re
from dataclasses import dataclass
from pathlib import Path

from scorelab.errors import InputError, Problem
from scorelab.ledger.write import county_name, group_name
from scorelab.runs.country import places
from scorelab.spec.resolved import Resolved

PARTS = "parts"
"""Folder beside the ledger where, at full scale, a county waits for the others of its group."""


@dataclass(frozen=True, order=True)
class Task:
    """One county in one replicate."""

    replicate: int
    county: int

    @property
    def name(self) -> str:
        """Name of the county's folder in the ledger."""
        return county_name(self.replicate, self.county)


def all_tasks(resolved: Resolved) -> list[Task]:
    """Every task of the run: in the order of the ledger, and at full scale group by group."""
    if resolved.national:
        return [task for tasks in groups(resolved).values() for task in tasks]
    return [Task(r, c) for r in range(resolved.replicates) for c in range(resolved.counties)]


def groups(resolved: Resolved) -> dict[str, list[Task]]:
    """The tasks of each county group of a run at full scale, by the name of the group's folder, in order."""
    found: dict[str, list[Task]] = {}
    for replicate in range(resolved.replicates):
        for place in places(resolved):
            found.setdefault(group_name(replicate, place.group), []).append(Task(replicate, place.county))
    return found


def parts(resolved: Resolved, ledger: Path) -> Path:
    """The folder into which finished counties are written: the ledger itself, or at full scale that of the parts."""
    return ledger.parent / PARTS if resolved.national else ledger


def missing(resolved: Resolved, ledger: Path) -> list[Task]:
    """The tasks whose county has not been written yet, in the order in which they are to be lived."""
    place = parts(resolved, ledger)
    if not resolved.national:
        return [task for task in all_tasks(resolved) if not (place / task.name).is_dir()]
    return [
        task
        for group, tasks in groups(resolved).items()
        if not (ledger / group).is_dir()
        for task in tasks
        if not (place / task.name).is_dir()
    ]


@dataclass(frozen=True)
class Shard:
    """One of ``of`` equal shares of a run's tasks; ``number`` counts from 1."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> "Shard":
        """The shard that ``I/N`` means, such as 3/64. Raises InputError where it means none."""
        found = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text.strip(), re.ASCII)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            message = f"the number of a share and the number of all shares were expected, such as 1/4 to 4/4; not {text}"
            raise InputError([Problem("--shard", 0, 0, message)])
        return cls(int(found[1]), int(found[2]))

    def share(self, tasks: list[Task]) -> list[Task]:
        """The tasks of this shard: every ``of``-th, so that no shard has the large counties alone."""
        return tasks[self.number - 1 :: self.of]

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"
