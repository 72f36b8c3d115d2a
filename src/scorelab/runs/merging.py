"""At full scale: finished counties wait as parts until their group is complete, and then become one group.

A part goes only after the group that holds its counts is on the disk under its final name. Whatever moment a run is
killed at, what is found later is therefore either a part or the group that it went into, and :meth:`Merging.merge`
goes on from there. For an ordinary run nothing happens here: its counties are written into the ledger as they are.
"""

import shutil
from pathlib import Path

from scorelab.ledger.columns import Words
from scorelab.ledger.merge import Country, merge
from scorelab.ledger.write import sweep
from scorelab.runs.tasks import Task, groups, parts
from scorelab.spec.resolved import Resolved


class Merging:
    """Where the counties of one run are written, and what becomes of them there."""

    def __init__(self, resolved: Resolved, ledger: Path, words: Words | None) -> None:
        """``ledger`` is the ledger folder of the run; ``words`` may be None for a run that is not at full scale."""
        self.ledger = ledger
        self.folder = parts(resolved, ledger)
        """Into which a finished county is written."""
        self._words = words
        self._groups = groups(resolved) if resolved.national else {}
        self._group_of = {task: name for name, tasks in self._groups.items() for task in tasks}
        country = resolved.society.country
        self._country = None if country is None else Country(int(country.counties.value), resolved.counties)

    def sweep(self) -> None:
        """Remove what a killed run left half written."""
        for folder in {self.ledger, self.folder}:
            sweep(folder)

    def merge(self) -> None:
        """Merge all groups that are complete, whatever moment the folder was left at."""
        for name in self._groups:
            self._merge(name)
        if self._groups and self.folder.is_dir() and not any(self.folder.iterdir()):
            self.folder.rmdir()

    def arrived(self, task: Task) -> None:
        """A county has been written; the last one of a group brings it together."""
        if task in self._group_of:
            self._merge(self._group_of[task])

    def _merge(self, name: str) -> None:
        """Merge a group if all its counties are there; then its parts go."""
        tasks = self._groups[name]
        places = [self.folder / task.name for task in tasks]
        if not (self.ledger / name).is_dir():
            if not all(place.is_dir() for place in places):
                return
            assert self._country is not None and self._words is not None
            merge(self.ledger / name, places, self._words, self._country)
        for place in places:
            shutil.rmtree(place, ignore_errors=True)
