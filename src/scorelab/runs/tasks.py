"""The tasks of a run: one for each county of each replicate."""

from dataclasses import dataclass
from pathlib import Path

from scorelab.ledger.write import county_name
from scorelab.spec.resolved import Resolved


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
    """Every task of the run, in the order of the ledger."""
    return [Task(r, c) for r in range(resolved.replicates) for c in range(resolved.counties)]


def missing(resolved: Resolved, ledger: Path) -> list[Task]:
    """The tasks whose county is not in the ledger yet."""
    return [task for task in all_tasks(resolved) if not (ledger / task.name).is_dir()]
