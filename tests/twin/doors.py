"""What closes a door: own lists and grades as they are now, and what reaches one along ties; and whose doing it is."""

from dataclasses import dataclass, field
from typing import NamedTuple

from scorelab.kernel.layout import CHANNEL_STATUS, GRADE_STATUS
from tests.twin.life import (
    ALL,
    FALSE,
    OWN,
    OWN_FALSE,
    OWN_TRUE_ALONE,
    TIE,
    TIE_FALSE,
    TRUE,
    WITHOUT_FALSE,
    WITHOUT_TIES,
    Cause,
    Life,
    account_of,
)
from tests.twin.place import Event, Place, has
from tests.twin.ties import senders

NO_CAUSE: Cause = (0, 0)
Sides = dict[int, set[int]]


@dataclass
class Door:
    """What closes a service to a person in a world, each status with the sides on which it does so."""

    world: int
    service: int
    word: int
    """against the strength of a status"""
    lists: Sides = field(default_factory=dict)
    channels: Sides = field(default_factory=dict)
    grade: Sides = field(default_factory=dict)
    """the own grade, or nothing"""

    def statuses(self) -> list[int]:
        """The numbers of all statuses that close it."""
        own = [*self.lists, *(GRADE_STATUS + grade for grade in self.grade)]
        return own + [CHANNEL_STATUS + channel for channel in self.channels]

    def closed_on(self, side: int) -> bool:
        """Whether something closes it on that side."""
        return any(side in sides for sides in [*self.lists.values(), *self.grade.values(), *self.channels.values()])


class Verdict(NamedTuple):
    """What a denial is, and the record behind it."""

    truth: int
    origin: int
    tainted: bool
    both: bool
    cause: Cause
    status: int

    def flags(self) -> int:
        """As the key of a denial has them."""
        return 8 * self.origin + 4 * self.truth + 2 * self.tainted + self.both


def door(place: Place, event: Event, service: int, world: int) -> Door:
    """The door that a person meets."""
    law, life = place.law, place.life[world][event.person]
    found = Door(world, service, place.word(event, law.door_purpose[service]))
    for on_list, side in life.sides:
        if has(law.bar_lists[world][service], on_list) and _meets(place, found, on_list):
            found.lists.setdefault(on_list, set()).add(side)
    if place.score_counts(world, event.person) and _grade_closes(place, found, life.standing[ALL]):
        truly = _grade_closes(place, found, life.standing[WITHOUT_FALSE])
        found.grade[life.standing[ALL]] = {TRUE if truly else FALSE}
    for channel, side in life.reached:
        if has(law.bar_tied[world][service], channel) and _meets(place, found, CHANNEL_STATUS + channel):
            found.channels.setdefault(channel, set()).add(side)
    return found


def _meets(place: Place, found: Door, status: int) -> bool:
    """Whether a status that closes the service does so this time."""
    if not place.law.partial[found.world][found.service]:
        return True
    met = bool(found.word < place.law.strength[found.world][found.service][status])
    place.fire("door partial and open", not met)
    return met


def _grade_closes(place: Place, found: Door, grade: int) -> bool:
    bars = place.law.bar_grades[found.world][found.service]
    return has(bars, grade) and _meets(place, found, GRADE_STATUS + grade)


def schemes_behind(place: Place, found: Door) -> set[int]:
    """The schemes whose statuses close the door."""
    behind = {place.law.status_scheme[found.world][status] for status in found.statuses()}
    return behind - {-1}


def verdict(place: Place, found: Door, person: int) -> Verdict:
    """Whether a denial is true, tainted, own or for a tie, and which record it comes from."""
    life = place.life[found.world][person]
    truth = TRUE if found.closed_on(TRUE) else FALSE
    tainted = any(FALSE in sides for sides in [*found.lists.values(), *found.channels.values()])
    if found.grade and (life.points[OWN_FALSE] < 0 or life.points[TIE_FALSE] < 0):
        tainted = True
    both = bool((found.lists or found.grade) and found.channels)
    lists = [on_list for on_list, sides in found.lists.items() if truth in sides]
    channels = [channel for channel, sides in found.channels.items() if truth in sides]
    grade_status = GRADE_STATUS + life.standing[ALL]
    if lists:
        place.fire("cause: own list")
        origin, cause, status = OWN, life.cause[min(lists), truth], min(lists)
    elif _own_grade_closes(place, found, life, truth):
        place.fire("cause: own points")
        origin, cause, status = OWN, _latest(place, life, (OWN, truth)), grade_status
    elif channels:
        cause, status = _cause_along(place, found.world, person, min(channels), truth)
        origin = TIE
    else:
        place.fire("cause: points of ties")
        origin, cause, status = TIE, _latest(place, life, (TIE, truth), (TIE, 1 - truth)), grade_status
    return Verdict(truth, origin, tainted, both, cause, status)


def _own_grade_closes(place: Place, found: Door, life: Life, truth: int) -> bool:
    """Whether the grade closes the door on that side, and would do so by own records alone."""
    if not any(truth in sides for sides in found.grade.values()):
        return False
    alone = OWN_TRUE_ALONE if truth == TRUE else WITHOUT_TIES
    return _grade_closes(place, found, life.standing[alone])


def _cause_along(place: Place, world: int, person: int, channel: int, truth: int) -> tuple[Cause, int]:
    """The record of the first who held the channel at the end of last week, as it stands now."""
    on_list = place.law.channel_list[world][channel]
    lives = [place.life[world][other] for other in senders(place, world, person, channel)]
    holder = next(life for life in lives if (channel, truth) in life.holds)
    if on_list >= 0:
        place.fire("cause: a tie's list")
        place.fire("cause: a tie's list that has ended since", (on_list, truth) not in holder.sides)
        return holder.cause[on_list, truth], on_list
    place.fire("cause: a tie's points")
    return _latest(place, holder, (OWN, truth), (TIE, truth)), GRADE_STATUS + holder.standing[ALL]


def _latest(place: Place, life: Life, *accounts: tuple[int, int]) -> Cause:
    """The latest record that took points from the first of some accounts from which one did."""
    causes = [life.took[account_of(origin, truth)] for origin, truth in accounts]
    place.fire("cause: another account", causes[0] is None and any(causes))
    place.fire("cause: none", not any(causes))
    return next((cause for cause in causes if cause is not None), NO_CAUSE)
