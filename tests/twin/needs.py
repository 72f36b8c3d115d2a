"""Steps 7, 8 and 9 of the week: ties, needs, and work."""

from typing import NamedTuple

from scorelab.kernel.layout import JOB_LOSS, NEED
from scorelab.words import Elsewhere, Need
from tests.twin.life import FALSE, JOBLESS, TRUE, WORKING
from tests.twin.place import Event, Place

OWN, TIE = 0, 1
FURTHER_TRIES = 31


class Bar(NamedTuple):
    """One reason why a door is closed, in the order in which reasons are named as the cause."""

    origin: int
    parent: int
    on_list: int
    side: int
    behaviour: int
    source: int


def bars(place: Place, person: int, service: int, world: int) -> list[Bar]:
    """Own lists as they are now, and parents' lists as they were at the end of last week (step 7)."""
    law = place.law
    life = place.life[world][person]
    closed = [
        Bar(OWN, 0, on_list, side, *life.cause[on_list, side])
        for on_list, side in life.ends
        if law.bar_self[world][service] >> on_list & 1
    ]
    for number, parent in enumerate(place.county.parents[person]):
        if parent >= 0:
            other = place.life[world][parent]
            closed += [
                Bar(TIE, number, on_list, side, *other.cause[on_list, side])
                for on_list, side in other.last_week
                if law.bar_child[world][service] >> on_list & 1
            ]
    return sorted(closed)


def needs(place: Place) -> list[tuple[int, int]]:
    """Step 8. Returns who is hired where: person, world."""
    hired = []
    for event in place.events(NEED):
        service = place.kinds.index[event.kind]
        outcome, closed = [], []
        for world in place.worlds:
            doors = bars(place, event.person, service, world)
            closed.append(doors)
            outcome.append(_answer(place, event, service, world, doors))
        if any(outcome):
            pattern = sum(int(code) * 8**world for world, code in enumerate(outcome))
            place.book.candidates[event.kind, 1] += 1
            place.book.needs[place.t // 13, place.group(event.person), service, pattern] += 1
        for world in place.worlds:
            if outcome[world] == Need.denied:
                _denied(place, event, service, world, closed[world], outcome)
                continue
            jobless = place.life[world][event.person].condition == JOBLESS
            if jobless and outcome[world] == Need.granted and place.law.grants_work[service]:
                hired.append((event.person, world))
    return hired


def _answer(place: Place, event: Event, service: int, world: int, doors: list[Bar]) -> Need:
    law, person = place.law, event.person
    if not place.reached(event, world):
        return Need.not_reached
    place.book.fired["layer above the ceiling"] += event.layer > 0
    place.count(world, person, "needs")
    known = place.life[world][person].knows
    knows = any(law.list_scheme[world][bar.on_list] in known for bar in doors)
    if knows and place.word(event, law.ask_purpose[service]) < law.not_asking[world]:
        place.book.fired["not asked"] += 1
        place.count(world, person, "not_asked")
        return Need.not_asked
    place.count(world, person, "asked")
    place.book.mark(place.t, world, "asked", person)
    if event.d >= law.success[service]:
        place.book.fired["unsuccessful"] += 1
        place.count(world, person, "unsuccessful")
        place.count(world, person, "unsuccessful_barred", bool(doors))
        return Need.unsuccessful
    outcome = Need.denied if doors else Need.granted
    place.count(world, person, outcome.name)
    return outcome


def _denied(place: Place, event: Event, service: int, world: int, doors: list[Bar], outcome: list[Need]) -> None:
    law, book, t, person = place.law, place.book, place.t, event.person
    life = place.life[world][person]
    group = place.group(person)
    origins, sides = {bar.origin for bar in doors}, {bar.side for bar in doors}
    truth = TRUE if TRUE in sides else FALSE
    cause = next(bar for bar in doors if bar.side == truth)
    origin = cause.origin
    tainted, both = FALSE in sides, len(origins) == 2
    life.denials += 1
    life.knows |= {law.list_scheme[world][bar.on_list] for bar in doors}
    book.mark(t, world, "denied", person)
    if truth == FALSE:
        book.mark(t, world, "wronged", person)
    place.count(world, person, "denied_tie", origin == TIE)
    place.count(world, person, "denied_false", truth == FALSE)
    place.count(world, person, "denied_tainted", tainted)
    flags = 8 * origin + 4 * truth + 2 * tainted + both
    elsewhere = sum(int(_elsewhere(law.sibling[world][i], outcome)) * 4**i for i in range(3))
    book.denials[t // 13, world, group, service, law.domain[cause.behaviour], flags, elsewhere] += 1
    path = (cause.behaviour, cause.source, cause.on_list, service, 2 * origin + truth)
    book.flow[t // 52, world, *path] += 1
    refused = _refused(place, event, service)
    book.tries[t // 13, world, group, service] += refused
    for word in (("own", "tie")[origin], ("true", "false")[truth], *["tainted"] * tainted, *["own and tie"] * both):
        book.fired[f"denied, {word}"] += 1
    book.fired["retried"] += refused > 1


def _elsewhere(sibling: int, outcome: list[Need]) -> Elsewhere:
    if sibling < 0:
        return Elsewhere.no_such_world
    if outcome[sibling] == Need.denied:
        return Elsewhere.denied_too
    return Elsewhere.granted if outcome[sibling] in (Need.granted, Need.favoured) else Elsewhere.otherwise


def _refused(place: Place, event: Event, service: int) -> int:
    purpose = place.law.ask_purpose[service]
    words: list[int] = []
    for call in range(1, 9):
        words += place.fate.event(event.number, place.t, event.block, event.layer, purpose, call)
    tries = 1
    for word in words[:FURTHER_TRIES]:
        if word >= place.law.retry[service]:
            break
        tries += 1
    return tries


def economy(place: Place, hired: list[tuple[int, int]]) -> None:
    """Step 9: jobs are lost; then whoever was hired works."""
    for event in place.events(JOB_LOSS):
        reached = [world for world in place.worlds if place.reached(event, world)]
        lost = [world for world in reached if place.life[world][event.person].condition == WORKING]
        for world in lost:
            place.book.fired["job lost"] += 1
            place.life[world][event.person].condition = JOBLESS
        place.book.candidates[event.kind, 1] += bool(lost)
    for person, world in hired:
        if place.life[world][person].condition == JOBLESS:
            place.book.fired["hired"] += 1
            place.life[world][person].condition = WORKING
