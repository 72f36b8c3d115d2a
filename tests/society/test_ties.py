"""Ties: who is tied to whom, from both ends; circles; how alike friends are, and that mixing takes it away."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from scorelab.kernel.fate import key
from scorelab.kernel.people import People
from scorelab.society import draw
from scorelab.society.county import people
from scorelab.society.plan import Plan
from scorelab.society.ties import MOST_TIES, NEIGHBOURS, ties
from scorelab.spec.society import Ties
from scorelab.words import BACK, Condition, Sex, Tie
from tests.society.societies import behind, circles, everything, society, usual_ties

PERSONS = 25_000
Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def _county(fitted: Plan, asked: Ties | None, persons: int = PERSONS, county: int = 3) -> People:
    return people(fitted, society(ties=asked), persons, county, key(1))


@pytest.fixture(scope="module")
def usual(fitted: Plan) -> People:
    return _county(fitted, usual_ties())


@pytest.fixture(scope="module")
def mixed(fitted: Plan) -> People:
    return _county(fitted, usual_ties(1.0))


def _pairs(found: People, kind: Tie) -> Pairs:
    """Each tie from its person to whoever is so to that person."""
    start = found.tie_from[kind].astype(np.int64)
    return np.repeat(np.arange(len(found.age)), np.diff(start)), found.tie[start[0] : start[-1]].astype(np.int64)


def _degrees(found: People, *kinds: Tie) -> npt.NDArray[np.int64]:
    return sum((np.diff(found.tie_from[kind].astype(np.int64)) for kind in kinds), np.zeros(len(found.age), np.int64))


def _codes(found: People, kind: Tie) -> npt.NDArray[np.int64]:
    person, other = _pairs(found, kind)
    return person * len(found.age) + other


@pytest.mark.parametrize(
    "asked", [None, usual_ties(), Ties(friends=circles(4, 12, 12, 0), colleagues=circles(4, 2, 12, 1))]
)
def test_lists_are_in_order_and_hold_nobody_twice(fitted: Plan, asked: Ties | None) -> None:
    """A list that overlaps the next one, a tie to oneself or a tie that is there twice would count points twice."""
    found = _county(fitted, asked, 5_000)
    assert found.tie_from.shape == (len(Tie), 5_001) and found.tie_from.dtype == found.tie.dtype == np.int32
    assert found.tie_from[0, 0] == 0 and found.tie_from[-1, -1] == len(found.tie)
    assert np.array_equal(found.tie_from[1:, 0], found.tie_from[:-1, -1])
    assert np.diff(found.tie_from, axis=1).min() >= 0
    for kind in Tie:
        person, other = _pairs(found, kind)
        assert not np.any(person == other)
        assert np.all(np.diff(person * 5_000 + other) > 0), "each person's ties rise"
        assert (len(person) > 0) == (asked is not None or kind not in (Tie.friend, Tie.colleague))
    assert found.tie.min() >= 0 and found.tie.max() < 5_000


def test_a_tie_is_seen_from_both_ends(usual: People) -> None:
    """A friend who does not call one a friend, or a child of whom nobody is a parent, would carry records one way."""
    for kind in Tie:
        person, other = _pairs(usual, kind)
        assert np.array_equal(np.sort(other * PERSONS + person), _codes(usual, BACK[kind])), kind


def test_ties_of_the_household_are_those_of_its_columns(usual: People) -> None:
    """Worked out one person at a time, in another way."""
    members: dict[int, list[int]] = {}
    for person, house in enumerate(usual.household.tolist()):
        members.setdefault(house, []).append(person)
    children: dict[int, list[int]] = {}
    for child, parents in enumerate(usual.parents.tolist()):
        for parent in parents:
            children.setdefault(parent, []).append(child)
    for person in range(0, PERSONS, 7):
        tied = {
            kind: usual.tie[usual.tie_from[kind, person] : usual.tie_from[kind, person + 1]].tolist() for kind in Tie
        }
        assert tied[Tie.household] == [other for other in members[int(usual.household[person])] if other != person]
        assert tied[Tie.parent] == [parent for parent in usual.parents[person].tolist() if parent >= 0]
        assert tied[Tie.child] == children.get(person, [])
        assert tied[Tie.partner] == [partner for partner in (int(usual.partner[person]),) if partner >= 0]


def test_partners_are_each_others(usual: People) -> None:
    """Also grandparents are a couple; who is parent of the same child is one, and nobody else's partner is."""
    has = np.flatnonzero(usual.partner >= 0)
    his = usual.partner[has]
    assert np.array_equal(usual.partner[his], has)
    assert np.array_equal(usual.household[his], usual.household[has])
    sex = usual.cell // 10 % 2
    assert np.all(sex[his] != sex[has])
    assert np.abs(usual.age[his].astype(int) - usual.age[has]).max() <= 15
    women = has[sex[has] == Sex.female]
    assert 1.5 <= (usual.age[usual.partner[women]].astype(int) - usual.age[women]).mean() <= 2.5
    mother, father = usual.parents[usual.parents[:, 1] >= 0].T
    assert np.array_equal(usual.partner[mother], father)
    grandmother = np.unique(usual.parents[mother, 0])
    assert np.count_nonzero(usual.partner[grandmother[grandmother >= 0]] >= 0) > 100


@pytest.mark.parametrize("largest", [False, True])
def test_nobody_has_more_ties_than_there_is_room_for(fitted: Plan, usual: People, largest: bool) -> None:
    """The bound holds for the largest circles that can be asked for, and hardly ever binds for the usual ones."""
    most = Ties(friends=circles(4, 12, 12, 0.3), colleagues=circles(4, 12, 12, 0.3))
    found = _county(fitted, most, 5_000) if largest else usual
    degrees = _degrees(found, Tie.household, Tie.friend, Tie.colleague)
    assert degrees.max() == MOST_TIES
    if largest:
        person, other = _pairs(found, Tie.friend)
        assert np.array_equal(np.sort(other * 5_000 + person), _codes(found, Tie.friend))
    else:
        assert np.count_nonzero(degrees == MOST_TIES) < 0.01 * PERSONS
        assert _degrees(found, Tie.friend).max() <= 18 and _degrees(found, Tie.colleague).max() <= 9


def test_who_stands_in_circles(usual: People) -> None:
    """Small children and people of one household are no friends; colleagues are those who work."""
    assert usual.age[_pairs(usual, Tie.friend)[0]].min() == 6
    assert np.all(usual.condition[_pairs(usual, Tie.colleague)[0]] == Condition.working)
    for kind in (Tie.friend, Tie.colleague):
        person, other = _pairs(usual, kind)
        assert not np.any(usual.household[person] == usual.household[other])
    assert np.mean(_degrees(usual, Tie.friend)[usual.age >= 6] >= 3) > 0.999
    assert np.mean(_degrees(usual, Tie.colleague)[usual.condition == Condition.working] >= 1) > 0.99


def test_circles_by_hand() -> None:
    """Sizes 2 + (word * 3 >> 32): 4, 2, then 4 of which two are left. The word of the first in a circle decides."""
    words = np.array([0, 2**32 - 1, 5, 5, 5, 0, 5, 2**32 - 1, 5], np.int64)
    circle = np.zeros(9, np.int32)
    draw.cut(np.array([1, 2, 3, 4, 5, 6, 7, 8]), words, 2, 4, circle)
    assert circle.tolist() == [0, 1, 1, 1, 1, 2, 2, 3, 3]


def test_joining_by_hand() -> None:
    """Persons 0 and 1 live together; 2 and 3 meet twice; 4 has room for one tie only, so the first to come gets it."""
    rows = np.array([[0, 1, 2, 3, 4, 5], [5, 0, 3, 2, 4, 1]])
    circle = np.array([[1, 1, 1, 1, 2, 2], [1, 3, 2, 2, 2, 1]], np.int32)
    room = np.array([9, 9, 9, 9, 1, 9])
    pairs = np.zeros((2, 20), np.int32)
    count = draw.join(rows, circle, np.array([7, 7, 8, 9, 10, 11], np.int32), room, pairs)
    assert pairs[:, :count].T.tolist() == [[0, 2], [0, 3], [1, 2], [1, 3], [2, 3], [4, 5], [5, 0]]
    assert room.tolist() == [6, 7, 6, 6, 0, 7]


def _clustering(found: People) -> tuple[float, float]:
    """Share of pairs of a person's friends who are friends: of all pairs, and in the mean over 2,000 persons."""
    shares, closed, wedges = [], 0, 0
    friends = [set(found.tie[a:b].tolist()) for a, b in zip(found.tie_from[4], found.tie_from[4, 1:], strict=False)]
    for person in range(0, PERSONS, PERSONS // 2_000):
        mine = friends[person]
        if len(mine) > 1:
            pairs = len(mine) * (len(mine) - 1)
            among = sum(len(friends[other] & mine) for other in mine)
            shares.append(among / pairs)
            closed, wedges = closed + among, wedges + pairs
    return closed / wedges, float(np.mean(shares))


def test_as_many_friends_and_as_close_as_described(usual: People) -> None:
    """About 13 friends, of whose pairs 0.30 are friends; the ranges are those that the model promises, 20 standard
    errors wide. Pairs drawn at random would have no triangles, and one large circle nothing else."""
    degrees = _degrees(usual, Tie.friend)[usual.age >= 6]
    assert 10 <= degrees.mean() <= 14
    assert 2 <= degrees.std() <= 4
    for share in _clustering(usual):
        assert 0.25 <= share <= 0.45
    working = usual.condition == Condition.working
    assert 5.5 <= _degrees(usual, Tie.colleague)[working].mean() <= 6.5


def _groups(found: People) -> dict[str, npt.NDArray[np.int64]]:
    cell = found.cell.astype(np.int64)
    return {"age": cell // 20, "sex": cell // 10 % 2, "residence": cell // 5 % 2, "quintile": cell % 5}


def _alike(found: People, kind: Tie, whom: npt.NDArray[np.bool_]) -> dict[str, tuple[float, float, int]]:
    """Share of ties within a group; the share to be expected if ties came by chance; the number of ties."""
    person, other = _pairs(found, kind)
    shares = {}
    for name, group in _groups(found).items():
        size = np.bincount(group[whom])
        chance = float((size * (size - 1)).sum() / (size.sum() * (size.sum() - 1)))
        shares[name] = (float(np.mean(group[person] == group[other])), chance, len(person) // 2)
    return shares


def test_with_mixing_one_friends_are_no_more_alike_than_strangers(mixed: People) -> None:
    """5 standard errors of independent ties with 3 times their variance, as ties of one person go together: wrong
    alarm below 1e-6 for each of 8. A person in ten who stood by likeness would show in age, fifth and residence."""
    for kind, whom in ((Tie.friend, mixed.age >= 6), (Tie.colleague, mixed.condition == Condition.working)):
        for name, (share, chance, count) in _alike(mixed, kind, whom).items():
            assert abs(share - chance) < 5 * np.sqrt(3 * chance * (1 - chance) / count), (kind, name)


def test_friends_are_alike_and_less_so_with_more_mixing(fitted: Plan, usual: People, mixed: People) -> None:
    """Differences of 0.1 and more are 20 standard errors. Whoever stands by chance is unlike the neighbour, so the
    share of alike pairs falls about as the square of those who do not: 1, 0.49, 0."""
    counties = [_county(fitted, usual_ties(0.0)), usual, mixed]
    alike = [_alike(found, Tie.friend, found.age >= 6) for found in counties]
    for name, least in (("age", 0.25), ("residence", 0.15), ("quintile", 0.2)):
        shares = [one[name][0] for one in alike]
        assert shares[0] > shares[1] + 0.1 > shares[2] + 0.2, name
        assert shares[1] - alike[1][name][1] > least, name
        assert (shares[1] - shares[2]) / (shares[0] - shares[2]) == pytest.approx(0.49, abs=0.05), name
    assert abs(alike[0]["sex"][0] - alike[0]["sex"][1]) < 0.02
    work = _alike(usual, Tie.colleague, usual.condition == Condition.working)
    assert work["quintile"][0] > work["quintile"][1] + 0.3 and work["residence"][0] > work["residence"][1] + 0.15


def test_friends_are_neighbours_and_of_one_age(usual: People, mixed: People) -> None:
    """A first round that took no notice of where people live, or ages that did not count within a neighbourhood."""
    near = []
    for found in (usual, mixed):
        person, other = _pairs(found, Tie.friend)
        near.append(float(np.mean(found.household[person] // NEIGHBOURS == found.household[other] // NEIGHBOURS)))
    assert near[0] > 0.1 and near[1] < 0.01
    person, other = _pairs(usual, Tie.friend)
    gap = np.abs(usual.age[person].astype(int) - usual.age[other])
    assert np.mean(gap <= 5) > 0.4
    assert np.corrcoef(usual.age[person], usual.age[other])[0, 1] > 0.4


def test_where_neighbourhoods_meet_people_are_of_one_age_too(fitted: Plan) -> None:
    """Walked through in age always upwards, the oldest of one sit with the children of the next: 6 in 100."""
    found = _county(fitted, Ties(friends=circles(1, 3, 7, 0), colleagues=circles(0, 2, 2, 0)))
    person, other = _pairs(found, Tie.friend)
    assert np.mean(np.abs(found.age[person].astype(int) - found.age[other]) > 40) < 0.001


def test_further_rounds_add_ties_and_move_none(fitted: Plan) -> None:
    """Each round has chance of its own: nobody loses a friend because people stand in one more circle."""
    few = [
        _codes(_county(fitted, Ties(friends=circles(n, 2, 4, 0.3), colleagues=circles(0, 2, 2, 0))), Tie.friend)
        for n in range(5)
    ]
    assert len(few[0]) == 0
    for less, more in pairwise(few):
        assert len(less) < len(more) and np.all(np.isin(less, more))


def test_ties_do_not_depend_on_attributes_arrears_or_traits(fitted: Plan, usual: People) -> None:
    """A word of chance that two purposes shared, or arrears that hid who works, would move somebody's friends."""
    whole = people(fitted, everything(), PERSONS, 3, key(1))
    assert np.array_equal(whole.tie_from, usual.tie_from) and np.array_equal(whole.tie, usual.tie)
    owing = people(fitted, society(arrears=behind(1.0)), PERSONS, 3, key(1))
    assert np.array_equal(ties(owing, usual_ties(), 3, key(1))[1], usual.tie)


def test_the_household_does_not_depend_on_circles(fitted: Plan, usual: People) -> None:
    without = _county(fitted, None)
    for name in ("cell", "condition", "age", "household", "parents", "partner"):
        assert np.array_equal(getattr(without, name), getattr(usual, name))
    assert np.array_equal(without.tie_from[:4], usual.tie_from[:4])
    assert np.array_equal(without.tie, usual.tie[: len(without.tie)])


def test_another_county_has_other_friends(fitted: Plan) -> None:
    one, same, other = (_county(fitted, usual_ties(), 2_000, county) for county in (3, 3, 4))
    assert np.array_equal(one.tie, same.tie)
    assert not np.array_equal(one.tie, other.tie)


@pytest.mark.parametrize("persons", [1, 2, 3, 10])
def test_a_county_of_a_few_has_ties_too(fitted: Plan, persons: int) -> None:
    found = _county(fitted, Ties(friends=circles(2, 12, 12, 0.5), colleagues=circles(1, 2, 2, 0.5)), persons)
    assert found.tie_from.shape == (len(Tie), persons + 1)
    friends = _codes(found, Tie.friend)
    person, other = _pairs(found, Tie.friend)
    assert np.array_equal(np.sort(other * persons + person), friends)
    if persons == 10:
        old, house = found.age >= 6, found.household
        strangers = np.triu(old[:, None] & old[None, :] & (house[:, None] != house[None, :])).sum()
        assert len(friends) == 2 * strangers > 0, "one circle holds them all"


@pytest.mark.parametrize("wrong", [circles(3, 7, 3, 0.3), circles(3, 3, 7, 1.1), circles(3, 3, 7, -0.1)])
def test_circles_that_cannot_be_are_refused(fitted: Plan, wrong: object) -> None:
    asked = usual_ties().model_copy(update={"friends": wrong})
    with pytest.raises(ValueError, match="the circles of a friend need smallest <= largest and mixing between 0 and 1"):
        _county(fitted, asked, 100)
