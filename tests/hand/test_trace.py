"""What a trace says of a few weeks that can be gone through on paper."""

from typing import Any

from scorelab.kernel.counted import E_TERM
from scorelab.kernel.layout import LIFE, MISTAKE, NEED, OCCASION, OWN_FALSE, TRACED, TRUE_LISTS
from scorelab.kernel.live import Trace
from scorelab.kernel.series import SCORE_NOW
from scorelab.kernel.trace import (
    ARRIVED,
    AT_ONCE,
    CAME_OFF,
    CAME_ON,
    MET,
    MOVED,
    NEEDED,
    REFUSED,
    TOOK_EFFECT,
    TRACE_PERSON,
    WRITTEN,
)
from scorelab.words import Act, Need, Tie
from tests.hand.tiny import Happens, scale, tiny

CHILD, PARENT = 0, 1
TWO: dict[str, Any] = {"weeks": 8, "persons": 2, "tied": {(CHILD, Tie.parent): [PARENT]}}


def _rows(found: Trace, person: int) -> list[list[int]]:
    """The person's rows without the person, and without what they have nothing to say of."""
    rows = found.events[found.events[:, TRACE_PERSON] == person].tolist()
    return [[t, w, what, *(number for number in more if number != -1)] for t, _, w, what, *more in rows]


def test_a_parents_record_and_the_childs_refusals() -> None:
    """Recorded in week 2 for three weeks, so that the child is refused in weeks 3, 4 and 5."""
    found = Trace([CHILD, PARENT])
    happening = [Happens(OCCASION, {2}, person=PARENT), Happens(NEED, set(range(8)), person=CHILD)]
    tiny(happening, onto=1, term=3, bar_lists=1, bar_child=1, trace=found, **TWO)
    assert _rows(found, PARENT) == [
        [2, -1, MET, 0, int(Act.acted)],
        [2, 0, WRITTEN, 0, 0, 0],
        [2, 0, ARRIVED, 0, 0, 0, AT_ONCE],
        [2, 0, CAME_ON, 0, 0, 0, 0, 1],
        [2, 0, TOOK_EFFECT, 0, 0, 0, 0, 1, 0],
        [5, 0, CAME_OFF, 0, 0, E_TERM, 3],
    ]
    rows = _rows(found, CHILD)
    refused = [[t, 0, REFUSED, 0, 0, 8, 0, 0, int(Tie.child)] for t in (3, 4, 5)]
    needed = [[t, -1, NEEDED, 0, int(Need.denied if t in (3, 4, 5) else Need.granted)] for t in range(8)]
    assert [row for row in rows if row[2] == REFUSED] == refused
    assert [row for row in rows if row[2] == NEEDED] == needed
    assert found.series[:, PARENT, 0, TRUE_LISTS].tolist() == [0, 0, 1, 1, 1, 0, 0, 0]
    assert (found.series[..., LIFE] & TRACED).all()


def test_a_false_record_takes_points_and_the_score_is_that_of_the_week() -> None:
    """50 points, less 7 in week 3, of which 2 come back a week: 43 is only seen after the week's recovery began."""
    found = Trace([0])
    tiny([Happens(MISTAKE, {3})], weeks=8, points=-7, score=scale(50, 2), trace=found)
    moved = [row for row in _rows(found, 0) if row[2] == MOVED]
    assert moved == [[3, 0, MOVED, 0, 0, 1, -7, OWN_FALSE]]
    assert [row for row in _rows(found, 0) if row[2] == WRITTEN] == [[3, 0, WRITTEN, 0, 0, 1]]
    assert found.series[:, 0, 0, SCORE_NOW].tolist() == [50, 50, 50, 43, 45, 47, 49, 50]
