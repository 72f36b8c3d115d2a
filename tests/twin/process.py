"""What becomes of a record: it arrives, it may be made good or fought, it takes effect, and it may be undone."""

from typing import NamedTuple

from scorelab.kernel.layout import (
    PROCESS_APPEAL,
    PROCESS_APPEAL_WEEKS,
    PROCESS_APPEALS,
    PROCESS_MAKES_GOOD,
    PROCESS_OBJECTION,
    PROCESS_OBJECTS,
    PROCESS_TOLD,
    PROCESS_WINDOW,
)
from tests.twin.life import FALSE, OWN, SIDES, TRUE, account_of, take_back
from tests.twin.listing import leave
from tests.twin.place import Entry, Place, Record, has
from tests.twin.rules import Mark, apply_rule


class Arrival(NamedTuple):
    """A record on its way to the office."""

    record: Record


class Effect(NamedTuple):
    """A record that waited for its window to pass."""

    record: Record


class Undoing(NamedTuple):
    """An appeal that will be upheld."""

    record: Record
    scheme: int
    week: int
    mark: Mark


class Expiry(NamedTuple):
    """Points that a record moved, and that do not last."""

    record: Record
    scheme: int
    points: int


def agenda(place: Place) -> None:
    """Step 2a: whatever is due, in the order in which it was made."""
    due = [entry for entry in place.agenda if entry.week <= place.t]
    place.agenda = [entry for entry in place.agenda if entry.week > place.t]
    for entry in due:
        match entry.what:
            case Arrival(record):
                place.fire("delayed record arrives")
                _arrive(place, record)
            case Effect(record):
                place.fire("effect after a window")
                _take_effect(place, record)
            case Undoing():
                _undo(place, entry.what)
            case Expiry():
                _expire(place, entry.what)


def hand_over(place: Place, record: Record) -> None:
    """A record will arrive in step 6, or in a later week."""
    delay = place.law.delay[record.world][record.source]
    if delay == 0:
        place.handed.append(record)
    else:
        place.agenda.append(Entry(place.t + delay, Arrival(record)))


def rules(place: Place) -> None:
    """Step 6: the records that were handed over without delay arrive."""
    for record in place.handed:
        _arrive(place, record)
    place.handed.clear()


def _scheme(place: Place, record: Record) -> int:
    return int(place.law.source_scheme[record.world][record.source])


def _count(place: Place, record: Record, what: str) -> None:
    place.book.process[place.t // 52, record.world, _scheme(place, record), record.truth, what] += 1


def _arrive(place: Place, record: Record) -> None:
    scheme = _scheme(place, record)
    terms = place.law.process[record.world][scheme]
    life = place.life[record.world][record.person]
    _count(place, record, "arrived")
    if place.fate.person(record.person, place.t, place.law.told_purpose[scheme]) < terms[PROCESS_TOLD]:
        _count(place, record, "told")
        place.fire("told", scheme not in life.knows)
        life.knows.add(scheme)
    if terms[PROCESS_WINDOW] == 0:
        _take_effect(place, record)
    elif not _averted(place, record, scheme, terms):
        place.agenda.append(Entry(place.t + terms[PROCESS_WINDOW], Effect(record)))


def _averted(place: Place, record: Record, scheme: int, terms: list[int]) -> bool:
    """Whether the record never takes effect, because the person made it good or objected with success."""
    _, u2, u3 = record.words
    if record.truth == TRUE and u2 & 65535 < terms[PROCESS_MAKES_GOOD]:
        place.fire("made good")
        _count(place, record, "made_good")
        return True
    if scheme not in place.life[record.world][record.person].knows or u3 >> 16 >= terms[PROCESS_OBJECTS]:
        return False
    place.fire("objected")
    _count(place, record, "objected")
    if u3 & 65535 >= terms[PROCESS_OBJECTION + record.truth]:
        return False
    place.fire("objection upheld")
    _count(place, record, "objection_upheld")
    return True


def _take_effect(place: Place, record: Record) -> None:
    law, t = place.law, place.t
    person, world, behaviour, _, truth, _ = record
    scheme = _scheme(place, record)
    life = place.life[world][person]
    _count(place, record, "in_effect")
    upheld = _appeals_with_success(place, record, scheme)
    mark = Mark()
    for number, rule in enumerate(law.rules[world]):
        if has(law.rule_of[world][scheme][behaviour], number):
            expiring, weeks = apply_rule(place, record, scheme, rule, mark)
            if weeks > 0 and expiring != 0 and not upheld:
                place.agenda.append(Entry(t + weeks, Expiry(record, scheme, expiring)))
    if law.score[world][0] == scheme:
        place.refresh(world, life, "points")
    if truth == FALSE:
        place.fire("grievance over a false record")
        life.aggrieve()
    if upheld:
        weeks = law.process[world][scheme][PROCESS_APPEAL_WEEKS]
        place.agenda.append(Entry(t + weeks, Undoing(record, scheme, t, mark)))


def _appeals_with_success(place: Place, record: Record, scheme: int) -> bool:
    """Whether the person appeals, and will be proved right."""
    terms = place.law.process[record.world][scheme]
    if scheme not in place.life[record.world][record.person].knows:
        return False
    word = place.fate.person(record.person, place.t, place.law.appeal_purpose[scheme])
    if word >> 16 >= terms[PROCESS_APPEALS]:
        return False
    place.fire("appealed")
    _count(place, record, "appealed")
    return bool(word & 65535 < terms[PROCESS_APPEAL + record.truth])


def _undo(place: Place, undoing: Undoing) -> None:
    """The points go back, and each listing that is still of that record's week ends."""
    record, mark = undoing.record, undoing.mark
    life = place.life[record.world][record.person]
    place.fire("appeal upheld")
    _count(place, record, "appeal_upheld")
    _give_back(place, record, mark.points, "undoing restores points")
    for on_list in sorted(mark.lists):
        side = life.sides.get((on_list, record.truth))
        if side is not None and side.since == undoing.week + 1:
            place.fire(f"undoing ends a listing, {SIDES[record.truth]}")
            leave(place, record.person, record.world, on_list, record.truth, "undone")


def _expire(place: Place, expiry: Expiry) -> None:
    _count(place, expiry.record, "expired")
    _give_back(place, expiry.record, expiry.points, "expiry")


def _give_back(place: Place, record: Record, points: int, clause: str) -> None:
    life = place.life[record.world][record.person]
    before = sum(life.points)
    take_back(life, account_of(OWN, record.truth), points)
    place.fire(clause, sum(life.points) != before)
    place.refresh(record.world, life, "what is undone or expires")
