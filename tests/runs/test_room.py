"""Large counties wait for room, in their turn, and nothing waits for ever."""

import threading
import time
from collections.abc import Iterator

import pytest

from scorelab.runs import room
from scorelab.runs.country import persons_of, places
from scorelab.runs.estimate import estimate
from scorelab.runs.room import Room, most_persons
from scorelab.runs.tasks import Task, all_tasks
from tests.runs.trial import trial

COUNTRY = trial(scale="full")
SIZES = sorted((place.persons for place in places(COUNTRY)), reverse=True)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(room, "LOOK_SECONDS", 0.005)
    yield


def _through(workers: int, stop: threading.Event, hold_seconds: float) -> tuple[int, list[Task]]:
    """All counties by so many threads: the most people at once, and the order in which they began."""
    doors, now, most, began, lock = Room(COUNTRY, workers, stop), [0], [0], [], threading.Lock()
    todo = iter(all_tasks(COUNTRY))

    def live(task: Task) -> None:
        with lock:
            began.append(task)
            now[0] += persons_of(COUNTRY, task.county)
            most[0] = max(most[0], now[0])
        time.sleep(hold_seconds)
        with lock:
            now[0] -= persons_of(COUNTRY, task.county)

    def work() -> None:
        while True:
            with lock:
                task = next(todo, None)
            if task is None:
                return
            doors.within(live, task)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    return most[0], began


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_no_more_people_are_lived_at_once_than_there_is_room_for(workers: int) -> None:
    most, began = _through(workers, threading.Event(), 0.002)
    assert most <= most_persons(COUNTRY, workers)
    assert sorted(began) == sorted(all_tasks(COUNTRY))


def test_two_workers_need_no_more_than_the_largest_county() -> None:
    """Otherwise the two largest counties of a country decide whether it can be lived at all."""
    assert most_persons(COUNTRY, 1) == SIZES[0]
    assert most_persons(COUNTRY, 2) == max(SIZES[0], 4 * COUNTRY.persons) < SIZES[0] + SIZES[1]
    assert most_persons(COUNTRY, 40) <= sum(SIZES)
    assert estimate(COUNTRY, 2).memory_bytes < estimate(COUNTRY, 20).memory_bytes


def test_counties_of_one_size_never_wait() -> None:
    assert most_persons(trial(), 3) == 3 * 300


def test_whoever_waits_is_not_overtaken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large county that small ones overtake would be lived last, and its group would wait as parts until then."""
    monkeypatch.setattr(room, "most_persons", lambda resolved, workers: SIZES[0])
    _, began = _through(3, threading.Event(), 0.002)
    order = {task: at for at, task in enumerate(all_tasks(COUNTRY))}
    assert max(abs(at - order[task]) for at, task in enumerate(began)) <= 3


def test_nobody_waits_when_the_run_is_stopped() -> None:
    stop = threading.Event()
    stop.set()
    doors = Room(COUNTRY, 1, stop)
    inner: list[Task] = []
    first, second = all_tasks(COUNTRY)[:2]
    doors.within(lambda task: doors.within(inner.append, second), first)
    assert inner == [second]
