"""Who is tied to whom: the family of the household as the plan has it, friends and colleagues from circles.

A round of circles stands all people of a kind in a row, those who are alike next to each other, and cuts the row
into circles; everybody in a circle is tied to everybody else in it, but for members of one household, who are tied
anyhow. No tie leaves the county.

With three circles of 3 to 7 and a mixing of 0.3, people of 6 and older have 13 friends (5 to 18), of whose pairs 30 %
are friends; 44 % of friends are at most five years apart, where chance would make it 15 %. Published: layers of about
5, 15, 50 and 150 people, each in all the next (Hill & Dunbar 2003; Zhou et al. 2005), of which this is the second;
clustering of 0.14 among the hundred friends of a median user of Facebook, more where there are fewer (Ugander et al.
2011); contacts in Shanghai and Guangdong that are strongly of one age (Zhang et al. 2019; Read et al. 2014). On
Facebook 84 % have fewer friends than the median of their friends; here half do, since nobody has very many. Assumed:
that friendship comes from circles at all, their sizes, what brings people together, and how far chance does.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorelab.kernel.fate import person_words
from scorelab.kernel.layout import IN_ARREARS
from scorelab.kernel.people import People
from scorelab.society import draw
from scorelab.spec.society import Circles, Ties
from scorelab.words import Condition, Quintile, Tie

Int64s = npt.NDArray[np.int64]
Int32s = npt.NDArray[np.int32]
Listed = tuple[Int64s, Int32s]
"""Where each person's ties of a kind begin [N + 1], and the ties."""
Likeness = Callable[[People, int, Int64s], Int64s]
"""From people, the number of the round and a word for each person: who is to stand where, as a number that rises."""


class _Kind(NamedTuple):
    """A kind of tie that comes from circles."""

    name: str
    """that its chance is keyed by"""
    spec: Circles
    likeness: Likeness


MOST_TIES = 30
"""Household, friends and colleagues of a person together: who has so many makes no further colleague or friend."""
YOUNGEST_FRIEND = 6
NEIGHBOURS = 40
"""Of so many households in a row the urban ones are a neighbourhood, and so are the rural ones."""
NEIGHBOURS_YEARS, ALIKE_YEARS = 8, 16
"""Chance makes people stand as if they were up to so many years older, among neighbours and among those alike."""
_YEAR = 32
"""A year of age in a likeness is as much as the range of a word: this many bits."""
_LIFE = 40
"""Bits that hold all ages with what chance adds to them."""


def ties(people: People, spec: Ties | None, county: int, words: tuple[int, int]) -> tuple[Int32s, Int32s]:
    """``tie_from`` and ``tie`` of :class:`~scorelab.kernel.people.People`; needs the household, cells and conditions.

    Without a specification nobody has friends or colleagues.
    """
    persons = len(people.age)
    partner, parent, child = (_family(people, kind) for kind in (Tie.partner, Tie.parent, Tie.child))
    household = _household(people.household)
    friend = colleague = (np.zeros(persons + 1, np.int64), np.zeros(0, np.int32))
    if spec is not None:
        room = MOST_TIES - np.diff(household[0])
        workers = np.flatnonzero(people.condition & (IN_ARREARS - 1) == Condition.working)
        kind = _Kind("colleague", spec.colleagues, like_colleagues)
        colleague = _circles(people, workers, kind, room, county, words)
        old_enough = np.flatnonzero(people.age >= YOUNGEST_FRIEND)
        kind = _Kind("friend", spec.friends, like_friends)
        friend = _circles(people, old_enough, kind, room, county, words)
    kinds = {
        Tie.partner: partner,
        Tie.parent: parent,
        Tie.child: child,
        Tie.household: household,
        Tie.friend: friend,
        Tie.colleague: colleague,
    }
    ends = np.cumsum([0, *(len(kinds[kind][1]) for kind in Tie)])
    tie_from = np.stack([kinds[kind][0] + ends[kind] for kind in Tie]).astype(np.int32)
    return tie_from, np.concatenate([kinds[kind][1] for kind in Tie])


def like_friends(people: People, number: int, word: Int64s) -> Int64s:
    """How friends find each other, round by round.

    First as neighbours of about the same age; then as people born in the same year, as at school, town and country
    and income fifths apart as far as the county is large enough; in further rounds as people of the same residence
    and fifth, of a similar age. Neighbourhoods are walked up and down in age by turns, so that where one ends and the
    next begins people of like age meet. Sex plays no part (Ugander et al. 2011 find no strong tendency).
    """
    age = people.age.astype(np.int64)
    residence, quintile = np.divmod(people.cell.astype(np.int64) % 10, len(Quintile))
    if number == 0:
        block = people.household.astype(np.int64) // NEIGHBOURS
        along = (age << _YEAR) + NEIGHBOURS_YEARS * word
        along = np.where(block % 2 == 0, along, (1 << _LIFE) - 1 - along)
        return ((residence * (int(block.max()) + 1) + block) << _LIFE) + along
    if number == 1:
        return (((age * 2 + residence) * len(Quintile) + quintile) << _YEAR) + word
    return ((residence * len(Quintile) + quintile) << _LIFE) + (age << _YEAR) + ALIKE_YEARS * word


def like_colleagues(people: People, _: int, word: Int64s) -> Int64s:
    """How colleagues find each other: by residence and income fifth."""
    return (people.cell.astype(np.int64) % 10 << _YEAR) + word


def _family(people: People, kind: Tie) -> Listed:
    """Partners, parents or children, each person's rising."""
    persons = len(people.age)
    if kind is Tie.partner:
        has = people.partner >= 0
        return np.concatenate(([0], np.cumsum(has))), people.partner[has]
    has = people.parents >= 0
    parents = people.parents[has]  # of one person the first parent stands before the second in the household
    if kind is Tie.parent:
        return np.concatenate(([0], np.cumsum(has.sum(axis=1)))), parents
    children = np.repeat(np.arange(persons, dtype=np.int32), has.sum(axis=1))
    counts = np.bincount(parents, minlength=persons)
    return np.concatenate(([0], np.cumsum(counts))), children[np.argsort(parents, kind="stable")]


def _household(household: Int32s) -> Listed:
    """All other members of each person's household."""
    sizes = np.bincount(household)[household]
    first = np.searchsorted(household, household)
    start = np.concatenate(([0], np.cumsum(sizes - 1)))
    person = np.repeat(np.arange(len(household)), sizes - 1)
    other = first[person] + np.arange(start[-1]) - start[person]
    return start, (other + (other >= person)).astype(np.int32)


def _circles(people: People, whom: Int64s, kind: _Kind, room: Int64s, county: int, words: tuple[int, int]) -> Listed:
    """Ties from rounds of circles. ``whom``: who stands in them; ``room`` [N]: further ties of each, used up.

    Of a person's four words in a round the first is the noise in likeness, the second says whether the place is by
    chance, the third then which, and the fourth how large the circle is if the person comes first in it.
    """
    persons, spec = len(people.age), kind.spec
    if not 0.0 <= spec.mixing.value <= 1.0 or spec.smallest > spec.largest:
        raise ValueError(
            f"the circles of a {kind.name} need smallest <= largest and mixing between 0 and 1, not "
            f"{spec.smallest}, {spec.largest} and {spec.mixing.value:g}"
        )
    rows = np.empty((spec.circles, len(whom)), np.int64)
    circles = np.zeros((spec.circles, persons), np.int32)
    for number in range(spec.circles):
        chance = person_words(persons, 0, county, f"society/circle/{kind.name}/{number + 1}", words).astype(np.int64)
        rows[number] = whom[np.argsort(kind.likeness(people, number, chance[0])[whom], kind="stable")]
        _mix(rows[number], chance[1] < int(spec.mixing.value * 2**32), chance[2])
        draw.cut(rows[number], chance[3], spec.smallest, spec.largest, circles[number])
    most = min(int(room[whom].sum()), spec.circles * len(whom) * (spec.largest - 1)) // 2
    pairs = np.empty((2, most), np.int32)
    count = draw.join(rows, circles, people.household, room, pairs)
    start = np.empty(persons + 1, np.int64)
    loose, tie = np.empty(2 * count, np.int32), np.empty(2 * count, np.int32)
    draw.lists(pairs, count, start, loose, tie)
    return start, tie


def _mix(row: Int64s, by_chance: npt.NDArray[np.bool_], word: Int64s) -> None:
    """Whoever stands by chance changes places with others of that kind, in the order of the words; written to row."""
    places = np.flatnonzero(by_chance[row])
    who = row[places]
    row[places] = who[np.argsort(word[who], kind="stable")]
