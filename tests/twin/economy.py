"""Step 9 of the week: work is lost and found, arrears begin and are cleared."""

from collections.abc import Callable

from scorelab.kernel.layout import (
    ARREARS,
    CLEARING,
    JOB_LOSS,
    ONE,
)
from tests.twin.life import JOBLESS, WORKING
from tests.twin.place import Event, Place, has, within


def economy(place: Place, hired: list[tuple[int, int]]) -> None:
    """Jobs are lost, arrears begin and end, and then whoever was hired works."""
    _happen(place, JOB_LOSS, _loses_work)
    _happen(place, ARREARS, _falls_into_arrears)
    _happen(place, CLEARING, _clears_arrears)
    for person, world in hired:
        if place.life[world][person].work == JOBLESS:
            place.fire("hired")
            place.life[world][person].work = WORKING


def _happen(place: Place, what: int, change: Callable[[Place, Event, int], bool]) -> None:
    """Events of one sort; each is kept if it changes somebody in some world."""
    for event in place.events(what):
        changed = [change(place, event, world) for world in place.worlds]
        place.book.candidates[event.kind, 1] += any(changed)


def _loses_work(place: Place, event: Event, world: int) -> bool:
    law, life = place.law, place.life[world][event.person]
    rate = int(place.thin(event, world))
    stigma = int(law.stigma[world]) if any(has(law.published[world], on_list) for on_list in life.lists()) else 0
    if life.work != WORKING or event.c >= within(event.layer, rate * (ONE + stigma) >> 16):
        return False
    place.fire("job lost")
    place.fire("job lost to stigma", event.c >= within(event.layer, rate))
    life.work = JOBLESS
    return True


def _falls_into_arrears(place: Place, event: Event, world: int) -> bool:
    life = place.life[world][event.person]
    if life.arrears or not place.reached(event, world):
        return False
    place.fire("arrears begin")
    life.arrears = True
    return True


def _clears_arrears(place: Place, event: Event, world: int) -> bool:
    life = place.life[world][event.person]
    if not life.arrears or not place.reached(event, world):
        return False
    place.fire("arrears end")
    life.arrears = False
    return True
