"""Steps 3, 4, 5 and 10 of the week: who meets what, who acts, who is recorded, and what people learn from it."""

from dataclasses import dataclass, field

from scorelab.kernel.layout import MISTAKE, OCCASION
from scorelab.words import Act
from tests.twin.life import FALSE, TRUE, faded, kept_within_16_bits
from tests.twin.listing import apply_record
from tests.twin.place import Event, Place

Record = tuple[int, int, int, int, int]
"""Person, world, behaviour, source, truth."""


@dataclass
class Deed:
    """An act: who did what in which worlds, and where it was recorded."""

    event: Event
    behaviour: int
    worlds: list[int]
    recorded: set[int] = field(default_factory=set)


def acts(place: Place) -> list[Deed]:
    """Steps 3 and 4: candidates of all kinds of occasion, and each world's answer."""
    deeds = []
    for event in place.events(OCCASION):
        behaviour = place.kinds.index[event.kind]
        outcome = [_answer(place, event, behaviour, world) for world in place.worlds]
        if any(outcome):
            pattern = sum(int(code) * 4**world for world, code in enumerate(outcome))
            place.book.candidates[event.kind, 1] += 1
            place.book.occasions[place.t // 13, place.group(event.person), behaviour, pattern] += 1
        if Act.acted in outcome:
            deeds.append(Deed(event, behaviour, [w for w in place.worlds if outcome[w] == Act.acted]))
    return deeds


def _answer(place: Place, event: Event, behaviour: int, world: int) -> Act:
    if not place.reached(event, world):
        return Act.not_reached
    place.book.fired["layer above the ceiling"] += event.layer > 0
    place.count(world, event.person, "occasions")
    threshold = _threshold(place, event.person, behaviour, world)
    if event.d >= threshold:
        place.book.fired["deterred"] += event.d < place.law.base[world][behaviour]
        return Act.refrained
    place.count(world, event.person, "acts")
    return Act.acted


def _threshold(place: Place, person: int, behaviour: int, world: int) -> int:
    life = place.life[world][person]
    deterring = {h for h in life.knows & place.active[world] if place.law.deters[world][behaviour] >> h & 1}
    if not deterring:
        return int(place.law.base[world][behaviour])
    place.book.fired["knows what deters"] += 1
    left = place.law.fade[world][place.t - life.risk_week]
    risk = faded(life.risk[place.law.domain[behaviour]], place.law.prior[world], left)
    step = risk // 256
    tables = [place.law.acting[world][scheme][behaviour] for scheme in deterring]
    return min(int(table[step] + ((table[step + 1] - table[step]) * (risk % 256)) // 256) for table in tables)


def records(place: Place, deeds: list[Deed]) -> None:
    """Step 5, and step 6 for the records that arrive at once."""
    written = [record for deed in deeds for record in _true_records(place, deed)]
    written += [record for event in place.events(MISTAKE) for record in _false_records(place, event)]
    for person, world, behaviour, source, truth in written:
        delay = place.law.delay[world][source]
        if delay == 0:
            apply_record(place, person, world, behaviour, source, truth)
        else:
            place.pending.append((place.t + delay, person, world, behaviour, source, truth))


def _watches(place: Place, world: int, source: int) -> bool:
    return place.law.source_scheme[world][source] in place.active[world]


def _true_records(place: Place, deed: Deed) -> list[Record]:
    law, book, year = place.law, place.book, place.t // 52
    person, behaviour = deed.event.person, deed.behaviour
    found: list[Record] = []
    for source in place.sources:
        word = place.word(deed.event, law.record_purpose[source][behaviour])
        for world in deed.worlds:
            sensitivity = law.sensitivity[world][source][behaviour]
            if sensitivity == 0 or not _watches(place, world, source):
                continue
            book.records[year, world, source, behaviour, "watched"] += 1
            book.records[year, world, source, behaviour, "expected"] += sensitivity
            if word < sensitivity:
                book.fired["true record"] += 1
                book.records[year, world, source, behaviour, "true"] += 1
                place.count(world, person, "records_true")
                deed.recorded.add(world)
                found.append((person, world, behaviour, source, TRUE))
    return found


def _false_records(place: Place, event: Event) -> list[Record]:
    law = place.law
    source = place.kinds.index[event.kind]
    found: list[Record] = []
    for world in place.worlds:
        concerned = place.kinds.worlds[event.kind] >> world & 1
        if not concerned or not _watches(place, world, source) or not place.reached(event, world):
            continue
        if event.d < place.kinds.share[event.kind][world]:
            named = [behaviour for behaviour in law.mistaken_for[world][source] if behaviour >= 0]
            behaviour = named[place.word(event, law.which_purpose[source]) * len(named) >> 32]
            place.book.fired["false record"] += 1
            place.book.fired["false record of one of several"] += len(named) > 1
            place.book.fired["layer above the ceiling"] += event.layer > 0
            place.book.records[place.t // 52, world, source, behaviour, "false"] += 1
            place.count(world, event.person, "records_false")
            found.append((event.person, world, behaviour, source, FALSE))
    place.book.candidates[event.kind, 1] += bool(found)
    return found


def response(place: Place, deeds: list[Deed]) -> None:
    """Step 10: an own act that was recorded raises perceived risk, one that was not lowers it."""
    law, t = place.law, place.t
    for deed in deeds:
        own = law.domain[deed.behaviour]
        purpose = law.round_purpose[deed.behaviour]
        words = place.fate.event(deed.event.number, t, deed.event.block, deed.event.layer, purpose)
        halves = [half for word in words for half in (word % 65536, word // 65536)]
        for world in deed.worlds:
            life = place.life[world][deed.event.person]
            left = law.fade[world][t - life.risk_week]
            life.risk = [faded(value, law.prior[world], left) for value in life.risk]
            life.risk_week = t
            signal = 65535 if world in deed.recorded else 0
            x = law.learning[world] * (signal - life.risk[own])
            place.book.fired["learned from a record" if signal else "learned from no record"] += 1
            for domain in place.domains:
                change = x if domain == own else law.spread[world] * x >> 16
                life.risk[domain] = kept_within_16_bits(life.risk[domain] + ((change + halves[domain]) >> 16))
