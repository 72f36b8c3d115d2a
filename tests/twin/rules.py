"""What a rule does with a record that takes effect."""

from dataclasses import dataclass, field

from scorelab.kernel.layout import (
    GRADES,
    LIST_ENTER,
    LIST_SCHEME,
    OFFICIALS,
    RULE_AFTER,
    RULE_ALONG,
    RULE_CAP,
    RULE_DISAGREE,
    RULE_EXPIRES,
    RULE_FINE,
    RULE_LEAST,
    RULE_MEMORY,
    RULE_MOST,
    RULE_ONTO,
    RULE_TO_GRADE,
    RULE_WITHIN,
)
from scorelab.words import Tie
from tests.twin.life import FALSE, LIMIT, OWN, SIDES, TRUE, WITHOUT_FALSE, Life, account_of, add_points
from tests.twin.listing import put_on
from tests.twin.place import NEVER, Place, Record, Share, has

MOST_REMEMBERED = 30000


@dataclass
class Mark:
    """What a record has done: points on the own account of its truth, and lists on which it put the person."""

    points: int = 0
    lists: set[int] = field(default_factory=set)


def apply_rule(place: Place, record: Record, scheme: int, rule: list[int], mark: Mark) -> tuple[int, int]:
    """Do what a rule says, note it in ``mark``, and return the points moved and the weeks after which they expire."""
    if _waits(place, record, rule):
        return 0, 0
    points = 0
    if place.law.score[record.world][0] == scheme:
        points = _points(place, record, scheme, rule)
        _move(place, record, points, rule)
        if points < 0:
            _lists_by_score(place, record, scheme, mark)
    mark.points += points
    for on_list in place.lists:
        if has(rule[RULE_ONTO], on_list):
            place.fire(f"entry by rule, {SIDES[record.truth]}")
            _put_on(place, record, on_list, record.truth, mark)
    if rule[RULE_FINE]:
        _fine(place, record)
    return points, rule[RULE_EXPIRES]


def _waits(place: Place, record: Record, rule: list[int]) -> bool:
    """Whether the rule has not yet seen the behaviour often enough; what it remembers moves on."""
    life = place.life[record.world][record.person]
    if rule[RULE_MEMORY] < 0:
        return False
    began, amount = life.memory.get(rule[RULE_MEMORY], (0, 0))
    if began == 0 or place.t + 1 - began > rule[RULE_WITHIN]:
        place.fire("window of a rule begins anew", began != 0)
        began, amount = place.t + 1, 0
    repeated = rule[RULE_AFTER] > 1
    if repeated:
        amount = min(MOST_REMEMBERED, amount + 1)
    life.memory[rule[RULE_MEMORY]] = (began, amount)
    waits = repeated and amount < rule[RULE_AFTER]
    place.fire("rule waits for repetition", waits)
    place.fire("rule after repetition", repeated and not waits)
    return waits


def _points(place: Place, record: Record, scheme: int, rule: list[int]) -> int:
    """The points that the rule gives or takes."""
    points = _usual_points(place, record, scheme, rule)
    if rule[RULE_TO_GRADE] != -1:
        points = _points_to_grade(place, record, rule[RULE_TO_GRADE])
        place.fire("points to a grade", points != 0)
    if rule[RULE_CAP] > 0:
        points = _capped(place, place.life[record.world][record.person], points, rule)
    return points


def _usual_points(place: Place, record: Record, scheme: int, rule: list[int]) -> int:
    least, most = rule[RULE_LEAST], rule[RULE_MOST]
    if least == most:
        return least
    u1, u2, _ = record.words
    place_in_range = 2**31
    if u1 < rule[RULE_DISAGREE]:
        official = 2**31 + (u2 * OFFICIALS >> 32)
        place_in_range = place.fate.person(official, 0, place.law.official_purpose[scheme])
        place.fire("discretion: official's own")
    else:
        place.fire("discretion: midpoint")
    return least + ((most - least + 1) * place_in_range >> 32)


def _points_to_grade(place: Place, record: Record, grade: int) -> int:
    """What takes the person down to the top of a grade."""
    grade_from = place.law.grade_from[record.world]
    if grade + 1 >= GRADES or grade_from[grade + 1] == NEVER:
        return 0
    score = place.score(record.world, place.life[record.world][record.person])
    return int(min(0, grade_from[grade + 1] - 1 - score))


def _capped(place: Place, life: Life, points: int, rule: list[int]) -> int:
    """No more than what is left of the rule's cap, which shrinks by it."""
    began, amount = life.memory[rule[RULE_MEMORY]]
    size = min(abs(points), rule[RULE_CAP] - amount)
    place.fire("points capped", size < abs(points))
    life.memory[rule[RULE_MEMORY]] = (began, amount + size)
    return size if points > 0 else -size


def _move(place: Place, record: Record, points: int, rule: list[int]) -> None:
    """Points go to the own account of the record's truth, and a share of them sets out along ties."""
    law, (person, world, behaviour, source, truth, _) = place.law, record
    if points == 0:
        return
    life = place.life[world][person]
    _, start, lowest, highest, _ = law.score[world]
    what = "taken" if points < 0 else "given"
    place.fire(f"points {what}")
    place.fire("bound of the score", not lowest <= start + sum(life.points) + points <= highest)
    place.fire("bound of an account", abs(life.points[account_of(OWN, truth)] + points) > LIMIT)
    add_points(life, account_of(OWN, truth), points, start, lowest, highest)
    place.book.points[place.t // 52, world, source, behaviour, truth, what] += abs(points)
    if points < 0:
        life.took[account_of(OWN, truth)] = (behaviour, source)
    for tie in Tie:
        share = abs(points) * rule[RULE_ALONG + tie] >> 16
        if share != 0:
            place.shares.append(Share(place.t, record, tie, share if points > 0 else -share))


def _lists_by_score(place: Place, record: Record, scheme: int, mark: Mark) -> None:
    life = place.life[record.world][record.person]
    for on_list in place.lists:
        terms = place.law.lists[record.world][on_list]
        cut = terms[LIST_ENTER]
        if cut == -NEVER or terms[LIST_SCHEME] != scheme:
            continue
        if place.score(record.world, life) < cut:
            side = FALSE if place.score(record.world, life, WITHOUT_FALSE) >= cut else TRUE
            place.fire(f"entry by score, {SIDES[side]}")
            _put_on(place, record, on_list, side, mark)


def _put_on(place: Place, record: Record, on_list: int, side: int, mark: Mark) -> None:
    mark.lists.add(on_list)
    put_on(place, record.person, record.world, on_list, side, (record.behaviour, record.source))


def _fine(place: Place, record: Record) -> None:
    law, (person, world, behaviour, _, _, _) = place.law, record
    word = place.fate.person(person, place.t, law.fine_purpose[behaviour])
    if law.spiral[world] == 1 and word < law.fined[world][place.county.cell[person]]:
        life = place.life[world][person]
        place.fire("fine leads to arrears", not life.arrears)
        life.arrears = True
