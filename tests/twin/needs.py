"""Step 8 of the week: who asks for what, and what comes of it."""

from scorelab.kernel.layout import GRADE_STATUS, NEED
from scorelab.words import Elsewhere, Need
from tests.twin.climate import Climate
from tests.twin.doors import Door, Verdict, door, schemes_behind, verdict
from tests.twin.life import ALL, FALSE, JOBLESS, SIDES, TIE
from tests.twin.place import Event, Place, has

FURTHER_TRIES = 31


def needs(place: Place, climate: Climate) -> list[tuple[int, int]]:
    """Candidates of all kinds of need. Returns who is hired where: person, world."""
    hired = []
    for event in place.events(NEED):
        service = place.kinds.item[event.kind]
        reached = [world for world in place.worlds if place.reached(event, world)]
        doors = {world: door(place, event, service, world) for world in reached}
        outcome = [Need.not_reached for _ in place.worlds]
        for world in reached:
            outcome[world] = _answer(place, climate, event, doors[world])
        if any(outcome):
            pattern = sum(int(code) * 8**world for world, code in enumerate(outcome))
            place.book.candidates[event.kind, 1] += 1
            place.book.needs[place.t // 13, place.group(event.person), service, pattern] += 1
        for world in reached:
            if _hired(place, event, service, world, outcome[world]):
                hired.append((event.person, world))
            if outcome[world] == Need.denied:
                _denied(place, event, doors[world], outcome)
    return hired


def _answer(place: Place, climate: Climate, event: Event, found: Door) -> Need:
    person, world, service = event.person, found.world, found.service
    place.fire("layer above the ceiling", event.layer > 0)
    place.count(world, person, "needs")
    outcome = _outcome(place, event, found, climate.openness[world][service])
    place.count(world, person, outcome.name)
    if outcome == Need.not_asked:
        place.fire("not asked")
        return outcome
    place.count(world, person, "asked")
    place.book.mark(place.t, world, "asked", person)
    _explain(place, event, found, outcome)
    if outcome in (Need.denied, Need.unsuccessful):
        place.happened[outcome.name, world, service] += 1
    place.count(world, person, "unsuccessful_barred", outcome == Need.unsuccessful and bool(found.statuses()))
    return outcome


def _outcome(place: Place, event: Event, found: Door, openness: int) -> Need:
    law, closed = place.law, bool(found.statuses())
    known = place.life[found.world][event.person].knows
    reluctant = place.word(event, law.ask_purpose[found.service]) < law.not_asking[found.world]
    if schemes_behind(place, found) & known and reluctant:
        return Need.not_asked
    if event.d < openness:
        return Need.denied if closed else Need.granted
    return Need.favoured if not closed and _favoured(place, event, found) else Need.unsuccessful


def _explain(place: Place, event: Event, found: Door, outcome: Need) -> None:
    """Which clauses did something for whoever asked."""
    place.fire("succeeds for others' places", event.d >= place.law.success[found.service] and outcome == Need.granted)
    if outcome not in (Need.denied, Need.granted):
        place.fire(outcome.name)
        return
    place.fire("closed by list", bool(found.lists))
    place.fire("closed by grade", bool(found.grade))
    for channel in found.channels:
        by_list = place.law.channel_list[found.world][channel] >= 0
        place.fire(f"closed along a channel by {'list' if by_list else 'grade'}")


def _favoured(place: Place, event: Event, found: Door) -> bool:
    """Whether a favour brings what luck did not."""
    law, world, service = place.law, found.world, found.service
    life = place.life[world][event.person]
    statuses = [on_list for on_list in life.lists() if has(law.favour_lists[world][service], on_list)]
    grade = life.standing[ALL]
    if place.score_counts(world, event.person) and has(law.favour_grades[world][service], grade):
        statuses.append(GRADE_STATUS + grade)
    lift = max((law.lift[world][service][status] for status in statuses), default=0)
    lost = any(has(law.unfavour_tied[world][service], channel) for channel in life.channels())
    place.fire("favour lost to a tie", lost and event.d < lift)
    return bool(event.d < lift and not lost)


def _hired(place: Place, event: Event, service: int, world: int, outcome: Need) -> bool:
    """Whether whoever has no work finds some; where nothing that a scheme does counts for that, luck alone decides."""
    if place.life[world][event.person].work != JOBLESS or not place.law.grants_work[service]:
        return False
    gets_it = outcome in (Need.granted, Need.favoured)
    if place.law.spiral[world] == 1:
        return gets_it
    lucky = bool(event.d < place.law.success[service])
    place.fire("hired although it was not granted", lucky and not gets_it)
    place.fire("not hired although it was granted", gets_it and not lucky)
    return lucky


def _denied(place: Place, event: Event, found: Door, outcome: list[Need]) -> None:
    law, book, t, person = place.law, place.book, place.t, event.person
    world, service, group = found.world, found.service, place.group(person)
    why = verdict(place, found, person)
    _mark(place, person, world, why)
    domain = law.domain[why.cause[0]]
    elsewhere = sum(int(_elsewhere(law.sibling[world][i], outcome)) * 4**i for i in range(3))
    book.denials[t // 13, world, group, service, domain, why.flags(), elsewhere] += 1
    book.flow[t // 52, world, *why.cause, why.status, service, 2 * why.origin + why.truth] += 1
    refused = _refused(place, event, service)
    book.tries[t // 13, world, group, service] += refused
    place.fire("retried", refused > 1)
    _suffer(place, event, found)


def _mark(place: Place, person: int, world: int, why: Verdict) -> None:
    """Count a denial, and remember it of the person."""
    tie, false = why.origin == TIE, why.truth == FALSE
    place.life[world][person].denials += 1
    for what, applies in (("denied", True), ("wronged", false), ("for_another", tie)):
        if applies:
            place.book.mark(place.t, world, what, person)
    place.count(world, person, "denied_tie", tie)
    place.count(world, person, "denied_false", false)
    place.count(world, person, "denied_tainted", why.tainted)
    place.fire(f"denied, {('own', 'tie')[why.origin]}")
    place.fire(f"denied, {SIDES[why.truth]}")
    place.fire("denied, tainted", why.tainted)
    place.fire("denied, own and tie", why.both)


def _suffer(place: Place, event: Event, found: Door) -> None:
    """What a denial does to a person: resentment, knowledge, and debts."""
    law, world, service = place.law, found.world, found.service
    life = place.life[world][event.person]
    behind = schemes_behind(place, found)
    if not behind & life.knows:
        place.fire("denied with grievance")
        life.aggrieve()
    life.knows |= behind
    life.felt |= set(found.lists)
    if law.spiral[world] == 1 and place.word(event, law.owe_purpose[service]) < law.owing[world][service]:
        place.fire("owing", not life.arrears)
        life.arrears = True


def _elsewhere(sibling: int, outcome: list[Need]) -> Elsewhere:
    if sibling < 0:
        return Elsewhere.no_such_world
    if outcome[sibling] == Need.denied:
        return Elsewhere.denied_too
    return Elsewhere.granted if outcome[sibling] in (Need.granted, Need.favoured) else Elsewhere.otherwise


def _refused(place: Place, event: Event, service: int) -> int:
    """The first ask, and as many more as a person makes before giving up."""
    purpose = place.law.ask_purpose[service]
    words: list[int] = []
    for call in range(1, 9):
        words += place.words(event, purpose, call)
    tries = 1
    for word in words[:FURTHER_TRIES]:
        if word >= place.law.retry[service]:
            break
        tries += 1
    return tries
