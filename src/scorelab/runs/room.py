"""How many people are lived at once: the largest counties of a country would not fit into memory side by side."""

import threading
from collections.abc import Callable

from scorelab.runs.country import persons_of, places
from scorelab.runs.tasks import Task
from scorelab.spec.resolved import Resolved

LOOK_SECONDS = 0.1
"""How often a county that waits for room looks whether the run is being stopped."""
USUAL = 2
"""Times the mean county that each worker may live where that is more than the largest county."""


def most_persons(resolved: Resolved, workers: int) -> int:
    """How many people are lived at once at most.

    Of a country as many as its largest county has, so that it can be lived by whatever number of workers; more where
    there are so many workers that this would leave them idle.
    """
    if not resolved.national:
        return workers * resolved.persons
    sizes = sorted((place.persons for place in places(resolved)), reverse=True)
    return min(sum(sizes[:workers]), max(sizes[0], USUAL * workers * resolved.persons))


class Room:
    """Lets a county begin when there is room for its people. One that waits keeps later ones from overtaking it."""

    def __init__(self, resolved: Resolved, workers: int, stop: threading.Event) -> None:
        """``stop`` is set when the run ends early; then nobody waits any longer."""
        self._resolved = resolved
        self._most = most_persons(resolved, workers)
        self._stop = stop
        self._used = 0
        self._turn = threading.Lock()
        self._left = threading.Condition()

    def within(self, live: Callable[[Task], None], task: Task) -> None:
        """Live a county as soon as there is room for it."""
        mine = persons_of(self._resolved, task.county)
        with self._turn, self._left:
            while self._used and self._used + mine > self._most and not self._stop.is_set():
                self._left.wait(LOOK_SECONDS)
            self._used += mine
        try:
            live(task)
        finally:
            with self._left:
                self._used -= mine
                self._left.notify()
