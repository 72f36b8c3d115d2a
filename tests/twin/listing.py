"""Steps 2 and 6 of the week: clocks, and what a record leads to."""

from scorelab.kernel.layout import OPEN
from tests.twin.life import FALSE, TRUE, Life, add_points
from tests.twin.place import NEVER, Place


def clocks(place: Place) -> None:
    """Step 2: delayed records arrive; then terms end, people make good, mistakes are corrected."""
    due = [record for record in place.pending if record[0] <= place.t]
    place.pending = [record for record in place.pending if record[0] > place.t]
    for _, person, world, behaviour, source, truth in due:
        place.book.fired["delayed record arrives"] += 1
        apply_record(place, person, world, behaviour, source, truth)
    for person in place.persons:
        for world in place.worlds:
            life = place.life[world][person]
            for on_list in place.lists:
                for side in (TRUE, FALSE):
                    if (on_list, side) in life.ends:
                        _clock(place, person, world, on_list, side)


def _clock(place: Place, person: int, world: int, on_list: int, side: int) -> None:
    law, fate, fired, t = place.law, place.fate, place.book.fired, place.t
    life = place.life[world][person]
    end = life.ends[on_list, side]
    if end != OPEN and end <= t:
        fired["term ends"] += 1
        leave(place, person, world, on_list, side)
    elif end == OPEN and law.by_score[world][on_list]:
        if place.score(world, life) >= law.leave_at[world][on_list]:
            fired["score is back"] += 1
            leave(place, person, world, on_list, side)
    elif end == OPEN and side == TRUE:
        behaviour = life.cause[on_list, TRUE][0]
        chance = law.settle[world][behaviour][life.condition]
        if fate.person(person, t, law.settle_purpose[on_list]) < chance:
            _settle(place, person, world, on_list)
    if side == FALSE and (on_list, FALSE) in life.ends:
        _perhaps_corrected(place, person, world, on_list)


def _perhaps_corrected(place: Place, person: int, world: int, on_list: int) -> None:
    law, life = place.law, place.life[world][person]
    if place.fate.person(person, place.t, law.correct_purpose[on_list]) < law.correct[world][on_list]:
        place.book.fired["correction"] += 1
        leave(place, person, world, on_list, FALSE)
        if law.enter_below[world][on_list] != -NEVER:
            place.book.fired["correction restores points"] += life.points[FALSE] != 0
            life.points[FALSE] = 0


def _settle(place: Place, person: int, world: int, on_list: int) -> None:
    life = place.life[world][person]
    count, _, then = place.law.repeat[world][on_list]
    if count > 0 and life.settled.get(on_list, 0) == 0:
        place.book.fired["settled, window opens"] += 1
        leave(place, person, world, on_list, TRUE)
        life.settled[on_list] = place.t + 1
        life.repeats[on_list] = 0
    elif count > 0 and life.repeats[on_list] >= count:
        place.book.fired["settled too often"] += 1
        life.ends[on_list, TRUE] = place.t + then
        life.settled[on_list] = 0
        life.repeats[on_list] = 0
    else:
        place.book.fired["settled again" if count > 0 else "settled"] += 1
        leave(place, person, world, on_list, TRUE)


def leave(place: Place, person: int, world: int, on_list: int, side: int) -> None:
    """One side of a listing ends; whoever is on neither side then has left the list."""
    life = place.life[world][person]
    del life.ends[on_list, side]
    if on_list not in life.lists():
        place.count(world, person, "exits")
        place.book.lists[place.t, world, on_list, "exits"] += 1


def apply_record(place: Place, person: int, world: int, behaviour: int, source: int, truth: int) -> None:
    """Step 6: points and listings that a record leads to."""
    law = place.law
    scheme = law.source_scheme[world][source]
    points = law.points[world][behaviour]
    life = place.life[world][person]
    if points != 0 and law.score[world][0] == scheme:
        _, start, lowest, highest, _ = law.score[world]
        wanted = start + sum(life.points) + points
        place.book.fired["bound of the score"] += not lowest <= wanted <= highest
        place.book.fired["points taken" if points < 0 else "points given"] += 1
        add_points(life, truth, points, start, lowest, highest)
        for on_list in place.lists:
            cut = law.enter_below[world][on_list]
            if points > 0 or cut == -NEVER or law.list_scheme[world][on_list] != scheme:
                continue
            if place.score(world, life) < cut:
                side = FALSE if place.bounded(world, life.points[TRUE]) >= cut else TRUE
                place.book.fired[f"entry by score, {('true', 'false')[side]}"] += 1
                put_on(place, person, world, on_list, side, (behaviour, source))
    for on_list in place.lists:
        if law.onto[world][behaviour] >> on_list & 1 and law.list_scheme[world][on_list] == scheme:
            place.book.fired[f"entry by rule, {('true', 'false')[truth]}"] += 1
            put_on(place, person, world, on_list, truth, (behaviour, source))


def put_on(place: Place, person: int, world: int, on_list: int, side: int, cause: tuple[int, int]) -> None:
    """A person is put on a list, or the clock of the listing starts anew."""
    law, t = place.law, place.t
    life = place.life[world][person]
    if side == TRUE:
        _escalate(place, life, world, on_list)
    fresh = on_list not in life.lists()
    term = law.term[world][on_list]
    if not fresh:
        place.book.fired["listed while listed"] += 1
    life.ends[on_list, side] = max(life.ends.get((on_list, side), 0), t + term if term > 0 else OPEN)
    life.cause[on_list, side] = cause
    if fresh:
        place.count(world, person, "entries")
        place.book.lists[t, world, on_list, ("entries_true", "entries_false")[side]] += 1
        place.book.mark(t, world, "restricted", person)
        if place.fate.person(person, t, law.notice_purpose[on_list]) < law.notice[world][on_list]:
            place.book.fired["notice"] += 1
            life.knows.add(law.list_scheme[world][on_list])


def _escalate(place: Place, life: Life, world: int, on_list: int) -> None:
    count, within, _ = place.law.repeat[world][on_list]
    if count == 0:
        return
    since = life.settled.get(on_list, 0)
    if since != 0 and place.t + 1 - since <= within:
        place.book.fired["repeat within the window"] += 1
        life.repeats[on_list] = min(255, life.repeats.get(on_list, 0) + 1)
    else:
        place.book.fired["repeat after the window"] += since != 0
        life.settled[on_list] = 0
        life.repeats[on_list] = 0
