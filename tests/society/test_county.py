"""The people of a county: exact numbers, margins, plausible households, and chance that belongs to the county alone."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from scorelab.kernel.fate import key
from scorelab.kernel.people import People
from scorelab.society.county import people
from scorelab.society.plan import Plan
from scorelab.society.realised import absolute_error, realised, together
from scorelab.spec.margins import MARGINS, Margins
from scorelab.tables.gamma import class_means
from scorelab.words import CELLS, Condition, Role, Sex
from tests.society.societies import everything, society

ROOT = Path(__file__).parents[2]
ONE, TWO = society("0"), society("0", "1")


def _digest(found: Iterable[npt.NDArray[np.generic]]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for column in found:
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def _sex(found: People) -> npt.NDArray[np.int64]:
    return (found.cell // 10 % 2).astype(np.int64)


@pytest.fixture(scope="module")
def large(fitted: Plan) -> People:
    return people(fitted, TWO, 100_000, 0, key(1))


@pytest.mark.parametrize(("persons", "most"), [(2_000, 0.005), (25_000, 0.0005), (100_000, 0.0002)])
@pytest.mark.parametrize("county", [0, 7])
def test_every_margin_is_met(fitted: Plan, margins: Margins, persons: int, most: float, county: int) -> None:
    """Total absolute error per margin. Not statistical: allocation leaves at most a few persons per category.

    Independent draws would miss the age margin by about 0.03, 0.009 and 0.004, so they would be noticed.
    """
    rows = realised(people(fitted, ONE, persons, county, key(1)), margins)
    assert [(row.margin, row.category) for row in rows] == [(m, c) for m, cs in MARGINS.items() for c in cs]
    for margin in MARGINS:
        assert absolute_error(rows, margin) <= most, margin


def test_realised_margins_are_worked_out_right(fitted: Plan, margins: Margins, large: People) -> None:
    """Counted a second time, one person at a time, on another way through the columns."""
    rows = {(row.margin, row.category): row for row in realised(large, margins)}
    assert rows["age", "15-17"].persons == sum(15 <= age <= 17 for age in large.age.tolist())
    assert rows["sex", "male"].persons == int(_sex(large).sum())
    students = sum(
        6 <= age <= 17 and condition == Condition.student
        for age, condition in zip(large.age.tolist(), large.condition.tolist(), strict=True)
    )
    assert rows["condition", "6-17 student"].persons == students
    members: dict[int, int] = {}
    for house, role in zip(large.household.tolist(), large.role.tolist(), strict=True):
        if role != Role.collective:
            members[house] = members.get(house, 0) + 1
    assert rows["household-size", "3"].persons == sum(size == 3 for size in members.values())
    assert rows["household-size", "3"].of == len(members)
    deep = set()
    for person, (one, two) in enumerate(large.parents.tolist()):
        if any(parent >= 0 and max(large.parents[parent]) >= 0 for parent in (one, two)):
            deep.add(int(large.household[person]))
    assert rows["household-generations", "3+"].persons == len(deep)


def test_counties_add_up(fitted: Plan, margins: Margins) -> None:
    parts = [realised(people(fitted, ONE, persons, 3, key(1)), margins) for persons in (500, 800)]
    total = together(parts)
    assert [row.persons for row in total] == [a.persons + b.persons for a, b in zip(*parts, strict=True)]
    assert all(row.realised == row.persons / row.of for row in total)
    assert sum(row.persons for row in total if row.margin == "age") == 1300
    with pytest.raises(ValueError, match="different margins"):
        together([parts[0], parts[1][1:] + parts[1][:1]])


@pytest.mark.parametrize("persons", [1, 2, 3, 5, 17, 100, 999])
def test_a_county_has_exactly_as_many_persons_as_asked_for(fitted: Plan, persons: int) -> None:
    found = people(fitted, ONE, persons, 2, key(1))
    assert all(len(column) == persons for name, column in found._asdict().items() if name not in ("tie_from", "tie"))
    assert np.all(np.isin(np.diff(found.household, prepend=-1), (0, 1)))
    assert found.cell.max() < CELLS and found.condition.max() <= Condition.retired


@pytest.mark.parametrize(("persons", "correlation"), [(0, 0.4), (16_773_121, 0.4), (10, -0.1), (10, 1.1)])
def test_numbers_out_of_range_are_refused(fitted: Plan, persons: int, correlation: float) -> None:
    with pytest.raises(ValueError, match=r"has between 1 and 16,773,120|lies between 0 and 1"):
        people(fitted, society("0", correlation=correlation), persons, 0, key(1))


def test_parents_live_in_the_household_and_are_16_to_45_years_older(large: People) -> None:
    for column in (0, 1):
        child = np.flatnonzero(large.parents[:, column] >= 0)
        parent = large.parents[child, column]
        assert len(child) > 10_000
        assert np.array_equal(large.household[child], large.household[parent])
        gap = large.age[parent].astype(int) - large.age[child]
        assert gap.min() >= 16 and gap.max() <= 45
        assert 26 <= gap.mean() <= 31
        assert np.all(np.isin(large.role[parent], (Role.parent, Role.elder)))
    both = np.flatnonzero(large.parents[:, 1] >= 0)
    assert np.all(large.parents[both, 0] >= 0)


def _partners(found: People) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Couples: two grown members next to each other who have a child in common, or live without children."""
    both = found.parents[found.parents[:, 1] >= 0]
    pairs = {(int(a), int(b)) for a, b in both}
    lonely = np.flatnonzero(found.role == Role.partner)
    pairs |= {(int(a), int(b)) for a, b in zip(lonely[::2], lonely[1::2], strict=True)}
    first, second = np.array(sorted(pairs)).T
    return first, second


def test_partners_are_of_like_age_and_a_woman_and_a_man(large: People) -> None:
    """Mean gap about 2 years, never more than 15; couples of one sex are left out of the model, and it says so."""
    woman, man = _partners(large)
    assert len(woman) > 15_000
    assert np.array_equal(large.household[woman], large.household[man])
    assert np.all(_sex(large)[woman] == Sex.female) and np.all(_sex(large)[man] == Sex.male)
    gap = large.age[man].astype(int) - large.age[woman]
    assert 1.5 <= gap.mean() <= 2.5
    assert np.abs(gap).max() <= 15
    assert 2 <= gap.std() <= 4
    assert large.age[woman].min() >= 20 and large.age[man].min() >= 22


def test_elders_are_the_parents_of_one_of_a_couple(large: People) -> None:
    """Of both they would make brother and sister marry; of always the same one they would tie one sex only."""
    woman, man = _partners(large)
    hers, his = large.parents[woman, 0] >= 0, large.parents[man, 0] >= 0
    assert not np.any(hers & his)
    assert (hers | his).sum() > 1000
    assert 0.4 <= hers.sum() / (hers | his).sum() <= 0.6


def test_no_household_of_children_only(large: People) -> None:
    eldest = np.zeros(large.household[-1] + 1, np.int64)
    family = large.role != Role.collective
    np.maximum.at(eldest, large.household[family], large.age[family])
    assert eldest[np.unique(large.household[family])].min() >= 18
    assert np.all(large.age[large.role == Role.single] >= 18)


def test_everybody_in_a_household_shares_income_and_residence(large: People) -> None:
    place = large.cell % 10
    same = np.diff(large.household) == 0
    assert same.sum() > 50_000
    assert np.all(np.diff(place.astype(int))[same] == 0)


def test_elders_live_with_kin_at_a_plausible_share(large: People) -> None:
    """Surveys put it at about two fifths (assumed 0.3 to 0.55); the rest live with a partner, alone or in homes."""
    old = large.age >= 60
    with_kin = np.isin(large.role[old], (Role.elder, Role.child, Role.parent)).mean()
    assert 0.3 <= with_kin <= 0.55
    assert np.all(large.age[large.role == Role.elder] >= 60)
    assert 0.05 <= (large.role[old] == Role.single).mean() <= 0.3


def test_most_children_live_with_two_parents_and_few_with_grandparents_only(large: People) -> None:
    young = (large.age < 15) & (large.role == Role.child)
    two = (large.parents[young] >= 0).all(axis=1).mean()
    none = (large.parents[young] < 0).all(axis=1).mean()
    assert 0.75 <= two <= 0.95
    assert 0.02 <= none <= 0.15
    assert large.age[large.role == Role.child].max() <= 80


def test_conditions_fit_the_person(large: People) -> None:
    """Below 16 nobody works; of the students of 18 to 29 nobody is a parent or partner (there are enough others)."""
    child = large.age < 6
    assert np.all((large.condition == Condition.child) == child)
    assert np.all(large.condition[(large.age >= 6) & (large.age < 16)] == Condition.student)
    grown = (large.condition == Condition.student) & (large.age >= 18)
    assert grown.sum() > 1000
    assert not np.any(np.isin(large.role[grown], (Role.parent, Role.partner)))


def test_conditions_are_the_same_for_women_and_men(fitted: Plan, large: People) -> None:
    """What the tables assume: condition depends on the age band only. Exact but for rounding; students are chosen
    among those without family, and women marry younger, so this would go wrong by a tenth without care."""
    ages = large.cell // 20
    for age in range(6):
        for sex in Sex:
            group = (ages == age) & (_sex(large) == sex)
            shares = np.bincount(large.condition[group], minlength=len(Condition)) / group.sum()
            assert np.abs(shares - fitted.condition_share[age]).max() < 2 / group.sum() * len(Condition)


def test_cells_come_out_as_the_plan_expects(fitted: Plan) -> None:
    """Every cell over 16 counties. At most 3 times the variance of independent persons, since relatives share cells;
    5 standard errors, 120 cells: wrong alarm below 1e-4. A cell of 1 % that is off by a fifth is found in 98 of 100.
    """
    counts = np.zeros(CELLS, np.int64)
    for county in range(16):
        counts += np.bincount(people(fitted, ONE, 25_000, county, key(5)).cell, minlength=CELLS)
    expected = np.array(fitted.cell_share) * counts.sum()
    assert np.all(np.abs(counts - expected) < 5 * np.sqrt(3 * expected))


def test_households_stand_in_no_order(large: People) -> None:
    """Sizes and incomes of neighbours are unrelated: 5 standard errors, wrong alarm 1e-6; sorted ones give nearly 1."""
    starts = np.flatnonzero(np.diff(large.household, prepend=-1))
    for value in (np.diff(starts, append=len(large.age)), large.cell[starts] % 10, large.age[starts]):
        neighbours = np.corrcoef(value[:-1], value[1:])[0, 1]
        assert abs(neighbours) < 5 / np.sqrt(len(starts))


def test_a_county_is_the_same_whatever_other_counties_there_are(fitted: Plan) -> None:
    alone = people(fitted, TWO, 2_000, 5, key(1))
    for other in (4, 6):
        assert _digest(people(fitted, TWO, 3_000, other, key(1))) != _digest(alone)
    assert _digest(people(fitted, TWO, 2_000, 5, key(1))) == _digest(alone)


def test_another_seed_replicate_or_county_gives_other_people(fitted: Plan) -> None:
    whole = everything()
    found = [people(fitted, whole, 2_000, c, key(*k)) for c, k in ((0, (1, 0)), (1, (1, 0)), (0, (2, 0)), (0, (1, 1)))]
    for column in range(len(People._fields)):
        assert len({np.ascontiguousarray(one[column]).tobytes() for one in found}) == 4, People._fields[column]


def test_the_bits_are_pinned(fitted: Plan) -> None:
    """Would catch any change of who lives in a county, on purpose or not; then also of who is tied to whom."""
    found = people(fitted, society("driving", "money"), 2_000, 5, key(1))
    who = (found.cell, found.condition, found.age, found.role, found.household, found.parents, found.traits)
    assert _digest(who) == "58c6d86077dca733"
    assert _digest(people(fitted, everything(), 2_000, 5, key(1))) == "1937b45efa59343a"


def test_uncompiled_code_gives_the_same_people(fitted: Plan) -> None:
    """The same functions as plain Python, in another process: would catch an overflow or a rounding of one of them."""
    script = (
        "from tests.society.conftest import CHINA; from tests.society.test_county import _digest;"
        "from scorelab.spec.margins import load_margins; from scorelab.society.plan import plan;"
        "from scorelab.society.county import people; from scorelab.kernel.fate import key;"
        "import scorelab.society.county as county; county.TRIES = 500;"
        "from tests.society.societies import everything;"
        "print(_digest(people(plan(load_margins(CHINA)), everything(), 400, 9, key(3))))"
    )
    digests = []
    for disabled in ("0", "1"):
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        environment = {**os.environ, "NUMBA_DISABLE_JIT": disabled, "PYTHONPATH": path}
        ran = subprocess.run(
            [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
        )
        digests.append(ran.stdout.strip())
    assert digests[0] == digests[1] and len(digests[0]) == 16


def test_a_trait_is_keyed_by_its_name(fitted: Plan) -> None:
    """One trait more, or another order, changes nobody's other traits."""
    one = people(fitted, society("money"), 2_000, 5, key(1)).traits
    two = people(fitted, society("money", "driving"), 2_000, 5, key(1)).traits
    assert np.array_equal(one[:, 0], two[:, 1])
    assert not np.array_equal(two[:, 0], two[:, 1])
    assert people(fitted, society(), 50, 5, key(1)).traits.shape == (50, 0)


@pytest.mark.parametrize("correlation", [0.0, 0.4, 0.8, 1.0])
def test_traits_are_correlated_as_asked(fitted: Plan, correlation: float) -> None:
    """Exactly: both take the shared class with chance q * q, and then agree; else they are independent. So for any
    values of the classes the correlation is q * q, here worked out from the joint table for a skewed gamma.
    By count: 5 standard errors of at most 0.003 at 200,000 persons (wrong alarm below 1e-6 per pair); the square or
    the root in place of the correlation would be more than 0.1 away.
    """
    q = int(correlation**0.5 * 2**32) / 2**32
    values = np.array(class_means(0.5))
    joint = q * q * np.eye(64) / 64 + (1 - q * q) / 64**2
    exact = (values @ joint @ values - 1) / ((values**2).mean() - 1)
    assert exact == pytest.approx(correlation, abs=1e-9)
    traits = people(fitted, society("0", "1", "2", correlation=correlation), 200_000, 1, key(1)).traits
    for classes in traits.T:  # chi-square with 63 degrees of freedom: 144 is exceeded with chance 3e-8
        counts = np.bincount(classes, minlength=64)
        assert len(counts) == 64
        assert ((counts - 3125) ** 2 / 3125).sum() < 144
    for a, b in ((0, 1), (0, 2), (1, 2)):
        assert abs(np.corrcoef(traits[:, a], traits[:, b])[0, 1] - correlation) < 0.015


def test_traits_say_nothing_about_groups(fitted: Plan) -> None:
    """No trait depends on age, sex, residence or income: 5 standard errors, wrong alarm 1e-6 each."""
    found = people(fitted, ONE, 200_000, 1, key(1))
    trait = found.traits[:, 0]
    for value in (found.age, _sex(found), found.cell % 10, found.role):
        assert abs(np.corrcoef(trait, value)[0, 1]) < 5 / np.sqrt(len(trait))
