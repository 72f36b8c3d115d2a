"""Step 5 of the week: who notices what, who mistakes whom, and what is handed over to the office."""

from scorelab.kernel.layout import ALWAYS, MISTAKE, ONE
from scorelab.words import CELLS
from tests.twin.acts import Deed
from tests.twin.life import ALL, FALSE, TRUE
from tests.twin.place import Event, Place, Record, has, within
from tests.twin.process import hand_over

LARGEST_FACTOR = 2**30
ATTRIBUTES = 8


def records(place: Place, deeds: list[Deed]) -> None:
    """True records of all acts, then false ones."""
    for deed in deeds:
        _true_records(place, deed)
    for event in place.events(MISTAKE):
        _false_records(place, event)


def _true_records(place: Place, deed: Deed) -> None:
    law, person, behaviour = place.law, deed.event.person, deed.behaviour
    fused: dict[int, list[Record]] = {world: [] for world in deed.worlds}
    for source in place.sources:
        words = place.words(deed.event, law.record_purpose[source][behaviour], deed.call)
        for world in deed.worlds:
            if law.alert[world][source][behaviour] == 0 or not _watches(place, world, source, person):
                continue
            record = Record(person, world, behaviour, source, TRUE, words[1:])
            if not _noticed(place, record, words[0]):
                continue
            if law.fused[world][source]:
                fused[world].append(record)
            else:
                deed.recorded.add(world)
                hand_over(place, record)
    for world in deed.worlds:
        _fuse(place, deed, world, fused[world])


def _fuse(place: Place, deed: Deed, world: int, found: list[Record]) -> None:
    """What fused sources wrote about an act becomes one record, if there is enough of it."""
    if not found:
        return
    if len(found) >= place.law.fusion_needs[world]:
        place.fire("fused record")
        deed.recorded.add(world)
        hand_over(place, found[0])
    else:
        place.fire("fused, too few")


def _watches(place: Place, world: int, source: int, person: int) -> bool:
    """Whether the source exists in the world and its scheme applies to the person."""
    return place.applies(world, person, place.law.source_scheme[world][source])


def _noticed(place: Place, record: Record, word: int) -> bool:
    """Whether a source that watches writes the act down."""
    law, (person, world, behaviour, source, _, _) = place.law, record
    factor = _factor(place, person, world, source, sees=True)
    alert = min(ALWAYS, law.alert[world][source][behaviour] * factor >> 16)
    threshold = alert * law.keep_true[world][source] >> 16
    _count(place, record, "watched")
    _count(place, record, "expected", threshold)
    _count(place, record, "alerts_true", word < alert)
    _count(place, record, "true", word < threshold)
    place.count(world, person, "records_true", word < threshold)
    place.fire("true record", word < threshold)
    place.fire("alert without record, true", threshold <= word < alert)
    return bool(word < threshold)


def _false_records(place: Place, event: Event) -> None:
    law, person, source = place.law, event.person, place.kinds.item[event.kind]
    words = place.words(event, law.which_purpose[source])
    kept = False
    for world in place.worlds:
        concerned = has(place.kinds.worlds[event.kind], world)
        if not concerned or not _watches(place, world, source, person) or not place.reached(event, world):
            continue
        named = [behaviour for behaviour in law.mistaken_for[world][source] if behaviour >= 0]
        behaviour = named[words[0] * len(named) >> 32]
        record = Record(person, world, behaviour, source, FALSE, words[1:])
        if _mistaken(place, event, record):
            place.fire("false record of one of several", len(named) > 1)
            kept = True
            hand_over(place, record)
    place.book.candidates[event.kind, 1] += kept


def _mistaken(place: Place, event: Event, record: Record) -> bool:
    """Whether the world's source writes the mistake down."""
    law, (person, world, _, source, _, _) = place.law, record
    rate = int(place.kinds.share[event.kind][world][place.county.cell[person]])
    alert = within(event.layer, rate * _factor(place, person, world, source, sees=False) >> 16)
    threshold = alert * law.keep_false[world][source] >> 16
    _count(place, record, "alerts_false", event.d < alert)
    _count(place, record, "false", event.d < threshold)
    place.count(world, person, "records_false", event.d < threshold)
    place.fire("false record", event.d < threshold)
    place.fire("alert without record, false", threshold <= event.d < alert)
    place.fire("layer above the ceiling", event.d < threshold and event.layer > 0)
    return bool(event.d < threshold)


def _count(place: Place, record: Record, what: str, amount: int = 1) -> None:
    place.book.records[place.t // 52, record.world, record.source, record.behaviour, what] += amount


def _factor(place: Place, person: int, world: int, source: int, *, sees: bool) -> int:
    """How much more or less a source notices, or errs about, this person now."""
    law, life = place.law, place.life[world][person]
    if not law.varied[world][source]:
        return ONE
    factor = ONE
    if sees:
        factor = law.sees[world][source][place.county.cell[person]]
        place.fire("factor: sees", factor != ONE)
    by_list = any(has(law.attention_lists[world][source], on_list) for on_list in life.lists())
    by_grade = place.score_counts(world, person) and has(law.attention_grades[world][source], life.standing[ALL])
    if by_list or by_grade:
        factor = factor * law.attention[world][source] >> 16
        place.fire("factor: attention by list", by_list)
        place.fire("factor: attention by grade", by_grade)
    if not _selected(place, person, world, source):
        factor = factor * law.otherwise[world][source] >> 16
        place.fire("factor: not selected", law.otherwise[world][source] != ONE)
    place.fire("factor at its largest", factor > LARGEST_FACTOR)
    return int(min(LARGEST_FACTOR, factor))


def _selected(place: Place, person: int, world: int, source: int) -> bool:
    least, *weights = place.law.select[world][source]
    by_cell, by_attribute = weights[:CELLS], weights[CELLS : CELLS + ATTRIBUTES]
    by_condition = weights[CELLS + ATTRIBUTES :]
    attributes = [a for a in range(ATTRIBUTES) if has(place.county.attributes[person], a)]
    weight = by_cell[place.county.cell[person]] + sum(by_attribute[a] for a in attributes)
    return bool(weight + by_condition[place.code(world, person)] >= least)
