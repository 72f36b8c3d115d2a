"""What statuses close and open in each world: lists and grades, for oneself and along ties."""

from collections.abc import Iterator
from typing import NamedTuple

from scorelab.kernel.layout import (
    ALWAYS,
    CHANNEL_STATUS,
    CHANNELS,
    GRADE_STATUS,
    Law,
)
from scorelab.spec.scheme import Consequence, Scheme
from scorelab.spec.society import Response, Society
from scorelab.tables.chances import threshold
from scorelab.tables.names import Names
from scorelab.tables.rules import grades_of
from scorelab.words import Tie


class Channel(NamedTuple):
    """A status that reaches others: along which tie, of which list or of which grades (bits)."""

    tie: int
    list: int
    grades: int


def channel_of(names: Names, scheme: Scheme, consequence: Consequence) -> Channel | None:
    """The channel that a consequence along a tie needs; None for one on oneself."""
    if consequence.whom == "self":
        return None
    if consequence.while_on is not None:
        return Channel(Tie[consequence.whom], names.lists.index(consequence.while_on), 0)
    grades = grades_of(scheme)
    return Channel(Tie[consequence.whom], -1, sum(1 << grades.index(word) for word in set(consequence.while_grade)))


def channels_of(names: Names, schemes: tuple[Scheme, ...]) -> list[tuple[Channel, int]]:
    """Every channel of a world with the scheme behind it, in a fixed order."""
    found: dict[Channel, int] = {}
    for scheme in schemes:
        h = names.schemes.index(scheme.scheme)
        for consequence in scheme.consequences:
            channel = channel_of(names, scheme, consequence)
            if channel is not None:
                found.setdefault(channel, h)
    return sorted(found.items())


def write_channels(law: Law, w: int, channels: list[tuple[Channel, int]]) -> None:
    """The channels of a world."""
    for x, (channel, h) in enumerate(channels):
        law.channel_tie[w, x], law.channel_list[w, x], law.channel_grades[w, x] = channel
        law.status_scheme[w, CHANNEL_STATUS + x] = h


class _Status(NamedTuple):
    """A status as the tables have it: the table of bars, the bit, and the number among all statuses."""

    kind: str
    bit: int
    number: int


def _statuses(
    names: Names, scheme: Scheme, consequence: Consequence, channels: list[tuple[Channel, int]]
) -> Iterator[_Status]:
    channel = channel_of(names, scheme, consequence)
    if channel is not None:
        x = [found for found, _ in channels].index(channel)
        yield _Status("tied", 1 << x, CHANNEL_STATUS + x)
    elif consequence.while_on is not None:
        l = names.lists.index(consequence.while_on)  # noqa: E741
        yield _Status("lists", 1 << l, l)
    else:
        grades = grades_of(scheme)
        for g in sorted({grades.index(word) for word in consequence.while_grade}):
            yield _Status("grades", 1 << g, GRADE_STATUS + g)


def _bar(law: Law, w: int, s: int, status: _Status, closed: float) -> None:
    """A status closes a share of a service; of several that close it, the largest holds."""
    strength = threshold(closed)
    if strength == 0:
        return
    table = {"lists": law.bar_lists, "grades": law.bar_grades, "tied": law.bar_tied}[status.kind]
    table[w, s] |= status.bit
    law.strength[w, s, status.number] = max(int(law.strength[w, s, status.number]), strength)


def write_doors(
    law: Law, names: Names, w: int, scheme: Scheme, society: Society, channels: list[tuple[Channel, int]]
) -> None:
    """All consequences of a scheme."""
    h = names.schemes.index(scheme.scheme)
    for name in scheme.lists:
        law.status_scheme[w, names.lists.index(name)] = h
    for g in range(len(grades_of(scheme))):
        law.status_scheme[w, GRADE_STATUS + g] = h
    for consequence in scheme.consequences:
        for status in _statuses(names, scheme, consequence, channels):
            closed = consequence.share.value if consequence.share is not None else 1.0
            for service in consequence.bar:
                _bar(law, w, names.services.index(service), status, closed)
            _write_favours(law, names, w, consequence, status)
            if consequence.throttle is not None and consequence.throttle.value > 0:
                _write_throttle(law, names, w, status, consequence.throttle.value, society)


def _write_favours(law: Law, names: Names, w: int, consequence: Consequence, status: _Status) -> None:
    for service, chance in consequence.favour.items():
        s = names.services.index(service)
        table = law.favour_lists if status.kind == "lists" else law.favour_grades
        table[w, s] |= status.bit
        law.lift[w, s, status.number] = max(int(law.lift[w, s, status.number]), threshold(chance.value))
    if consequence.lose_favours:
        law.unfavour_tied[w, :] |= status.bit


def _write_throttle(law: Law, names: Names, w: int, status: _Status, part: float, society: Society) -> None:
    table = {"lists": law.throttle_lists, "grades": law.throttle_grades, "tied": law.throttle_tied}[status.kind]
    table[w] |= status.bit
    for s, service in enumerate(names.services):
        online = society.services[service].online
        if online is not None:
            _bar(law, w, s, status, part * online.value)


def write_stigma(law: Law, names: Names, w: int, response: Response) -> None:
    """Employers who read a published list refuse those who are on it."""
    for s, grants_work in enumerate(law.grants_work):
        for l in range(len(names.lists)):  # noqa: E741
            if grants_work and law.published[w] >> l & 1:
                _bar(law, w, s, _Status("lists", 1 << l, l), response.shunned.value)


def write_partial(law: Law, w: int) -> None:
    """Which doors close only in part."""
    for s in range(law.bar_lists.shape[1]):
        tables = ((law.bar_lists, 0), (law.bar_grades, GRADE_STATUS), (law.bar_tied, CHANNEL_STATUS))
        statuses = [begin + bit for table, begin in tables for bit in range(CHANNELS) if int(table[w, s]) >> bit & 1]
        law.partial[w, s] = int(any(law.strength[w, s, number] < ALWAYS for number in statuses))
