"""Lists: how one comes onto them, and in step 2b how one comes off them."""

from scorelab.kernel.layout import (
    ALWAYS,
    LIST_BY_SCORE,
    LIST_CORRECT,
    LIST_DISMISS,
    LIST_ENTER,
    LIST_LEAVE,
    LIST_NOTICE,
    LIST_REPAIR,
    LIST_REPAIR_AFTER,
    LIST_REPEAT,
    LIST_SCHEME,
    LIST_TERM,
    LIST_THEN,
    LIST_WITHIN,
    ONE,
    OPEN,
    WHY_CORRECT,
    WHY_DISMISS,
    WHY_NOTICE,
    WHY_REPAIR,
    WHY_SETTLE,
    WHY_UNABLE,
)
from tests.twin.life import FALSE, JOBLESS, OWN_FALSE, SIDES, TRUE, WORKING, Cause, Life, Side
from tests.twin.place import NEVER, News, Place, has


def clocks(place: Place) -> None:
    """Step 2b: terms end, scores are back, people make good, mistakes are corrected, listings are repaired."""
    for person in place.persons:
        for world in place.worlds:
            code = place.code(world, person)
            for on_list in place.lists:
                for side in (TRUE, FALSE):
                    if (on_list, side) in place.life[world][person].sides:
                        _clock(place, person, world, on_list, side, code)


def _clock(place: Place, person: int, world: int, on_list: int, side: int, code: int) -> None:
    life = place.life[world][person]
    how = _ends_by_itself(place, world, life, on_list, side)
    if how:
        leave(place, person, world, on_list, side, how)
        return
    if side == TRUE and _settles(place, person, world, on_list, code):
        _settle(place, person, world, on_list)
        return
    if side == FALSE and _word(place, person, on_list, WHY_CORRECT) < place.law.lists[world][on_list][LIST_CORRECT]:
        _correct(place, person, world, on_list)
        return
    if _repaired(place, person, world, on_list, side):
        leave(place, person, world, on_list, side, "repaired")


def _word(place: Place, person: int, on_list: int, why: int) -> int:
    """The word by person for one of the things that can happen to a listing."""
    return place.fate.person(person, place.t, place.law.list_purpose[on_list][why])


def _ends_by_itself(place: Place, world: int, life: Life, on_list: int, side: int) -> str:
    terms = place.law.lists[world][on_list]
    end = life.sides[on_list, side].end
    if end != OPEN:
        return "term" if end <= place.t else ""
    if terms[LIST_BY_SCORE] and place.score(world, life) >= terms[LIST_LEAVE]:
        return "score"
    return ""


def _settles(place: Place, person: int, world: int, on_list: int, code: int) -> bool:
    """Whether the person wants to make good this week, and can."""
    law, life = place.law, place.life[world][person]
    if life.sides[on_list, TRUE].end != OPEN or law.lists[world][on_list][LIST_BY_SCORE]:
        return False
    behaviour = life.cause[on_list, TRUE][0]
    usual = law.settle[world][behaviour][code]
    factor = ONE + law.felt_loss[world] if on_list in life.felt else ONE
    word = _word(place, person, on_list, WHY_SETTLE)
    if word >= min(ALWAYS, usual * factor >> 16):
        return False
    year_word = place.fate.person(person, place.t // 52, law.list_purpose[on_list][WHY_UNABLE])
    if year_word < law.cannot_pay[world]:
        place.fire("not able to pay")
        return False
    place.fire("settled with felt loss", word >= usual)
    return True


def _settle(place: Place, person: int, world: int, on_list: int) -> None:
    terms = place.law.lists[world][on_list]
    life = place.life[world][person]
    if terms[LIST_REPEAT] > 0 and life.settled.get(on_list, 0) == 0:
        place.fire("settled, window opens")
        leave(place, person, world, on_list, TRUE, "settled")
        life.settled[on_list] = place.t + 1
        life.repeats[on_list] = 0
    elif terms[LIST_REPEAT] > 0 and life.repeats[on_list] >= terms[LIST_REPEAT]:
        place.fire("settled too often")
        life.sides[on_list, TRUE].end = place.t + terms[LIST_THEN]
        life.settled[on_list] = 0
        life.repeats[on_list] = 0
    else:
        place.fire("settled again", terms[LIST_REPEAT] > 0)
        leave(place, person, world, on_list, TRUE, "settled")


def _correct(place: Place, person: int, world: int, on_list: int) -> None:
    life = place.life[world][person]
    leave(place, person, world, on_list, FALSE, "corrected")
    if place.law.lists[world][on_list][LIST_ENTER] != -NEVER:
        place.fire("correction restores points", life.points[OWN_FALSE] != 0)
        life.points[OWN_FALSE] = 0
        place.refresh(world, life, "correction")


def _repaired(place: Place, person: int, world: int, on_list: int, side: int) -> bool:
    terms = place.law.lists[world][on_list]
    since = place.life[world][person].sides[on_list, side].since
    if terms[LIST_REPAIR] == 0 or place.t + 1 - since < terms[LIST_REPAIR_AFTER]:
        return False
    return _word(place, person, on_list, WHY_REPAIR) < int(terms[LIST_REPAIR])


def leave(place: Place, person: int, world: int, on_list: int, side: int, how: str) -> None:
    """One side of a listing ends; whoever is on neither side then has left the list."""
    life, year = place.life[world][person], place.t // 52
    lasted = place.t - life.sides.pop((on_list, side)).began
    place.fire(f"side ends: {how}")
    place.book.endings[year, world, on_list, side, how] += 1
    place.book.endings[year, world, on_list, side, "weeks"] += lasted
    if on_list not in life.lists():
        place.count(world, person, "exits", not has(place.law.red[world], on_list))
        place.book.lists[place.t, world, on_list, "exits"] += 1


def put_on(place: Place, person: int, world: int, on_list: int, side: int, cause: Cause) -> None:
    """A person is put on a list, or the clock of the listing starts anew."""
    terms, t = place.law.lists[world][on_list], place.t
    life = place.life[world][person]
    if side == TRUE and terms[LIST_REPEAT] > 0:
        _escalate(place, life, on_list, terms[LIST_WITHIN])
    fresh = on_list not in life.lists()
    place.fire("listed while listed", not fresh)
    end = t + terms[LIST_TERM] if terms[LIST_TERM] > 0 else OPEN
    before = life.sides.get((on_list, side))
    if before is None:
        life.sides[on_list, side] = Side(end, t + 1, t)
    else:
        life.sides[on_list, side] = Side(max(before.end, end), t + 1, before.began)
    life.cause[on_list, side] = cause
    if fresh:
        _enter(place, person, world, on_list, side)


def _escalate(place: Place, life: Life, on_list: int, within: int) -> None:
    since = life.settled.get(on_list, 0)
    if since != 0 and place.t + 1 - since <= within:
        place.fire("repeat within the window")
        life.repeats[on_list] = min(255, life.repeats.get(on_list, 0) + 1)
    else:
        place.fire("repeat after the window", since != 0)
        life.settled[on_list] = 0
        life.repeats[on_list] = 0


def _enter(place: Place, person: int, world: int, on_list: int, side: int) -> None:
    """Whoever was on neither side is on the list from now on."""
    law, life, t = place.law, place.life[world][person], place.t
    terms = law.lists[world][on_list]
    place.book.lists[t, world, on_list, f"entries_{SIDES[side]}"] += 1
    life.felt.discard(on_list)
    if _word(place, person, on_list, WHY_NOTICE) < terms[LIST_NOTICE]:
        place.fire("notice", terms[LIST_SCHEME] not in life.knows)
        life.knows.add(terms[LIST_SCHEME])
    if has(law.red[world], on_list):
        place.fire("entry onto a red list")
        return
    place.count(world, person, "entries")
    place.book.mark(t, world, "restricted", person)
    domain = law.domain[life.cause[on_list, side][0]]
    if law.talk[world] != 0:
        place.news.append(News(world, person, terms[LIST_SCHEME], domain))
    if has(law.published[world], on_list):
        place.happened["published", world, domain] += 1
    dismissed = _word(place, person, on_list, WHY_DISMISS) < terms[LIST_DISMISS]
    if law.spiral[world] == 1 and life.work == WORKING and dismissed:
        place.fire("dismissal at entry")
        life.work = JOBLESS
