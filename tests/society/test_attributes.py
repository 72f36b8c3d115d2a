"""Attributes and arrears: as many as asked for, of whom they should be, and each with chance of its own."""

from math import fsum

import numpy as np
import numpy.typing as npt
import pytest

from scorelab.kernel.fate import key
from scorelab.kernel.people import People
from scorelab.society.arrears import arrears_shares
from scorelab.society.attributes import attribute_shares, lone_parents
from scorelab.society.chances import scaled
from scorelab.society.county import people
from scorelab.society.plan import Plan
from scorelab.spec.society import Attribute, Society
from scorelab.spec.who import Group, Who
from scorelab.words import CELLS, Age, Condition, cell_parts
from tests.society.societies import behind, everything, number, society, usual_ties

PERSONS = 100_000


@pytest.fixture(scope="module")
def whole() -> Society:
    return everything()


@pytest.fixture(scope="module")
def large(fitted: Plan, whole: Society) -> People:
    return people(fitted, whole.model_copy(update={"ties": None}), PERSONS, 0, key(1))


def _has(found: People, asked: Society, name: str) -> npt.NDArray[np.bool_]:
    return (found.attributes >> sorted(asked.attributes).index(name) & 1).astype(np.bool_)


def _mean(fitted: Plan, shares: tuple[float, ...]) -> float:
    return fsum(a * b for a, b in zip(fitted.cell_share, shares, strict=True))


def _by_group(cells: npt.NDArray[np.float64]) -> dict[str, npt.NDArray[np.float64]]:
    """Sums over all other attributes of a table by cell."""
    table = cells.reshape(6, 2, 2, 5)
    names = ("age", "sex", "residence", "quintile")
    return {name: table.sum(axis=tuple(i for i in range(4) if i != axis)) for axis, name in enumerate(names)}


def _is_as_expected(has: npt.NDArray[np.bool_], found: People, shares: tuple[float, ...]) -> None:
    """5 standard errors in each of 15 groups of age, sex, residence and fifth: wrong alarm below 1e-5 in all."""
    chance = np.array(shares)
    persons = np.bincount(found.cell, minlength=CELLS)
    real = _by_group(np.bincount(found.cell, has, minlength=CELLS).astype(np.float64))
    variance = _by_group(persons * chance * (1 - chance))
    for name, expected in _by_group(persons * chance).items():
        assert np.all(np.abs(real[name] - expected) <= 5 * np.sqrt(variance[name]) + 1e-6), name


def test_chances_are_scaled_to_their_mean() -> None:
    """Without capping in proportion; with capping the others bear what the full ones cannot."""
    assert scaled((1, 2, 0), (0.5, 0.25, 0.25), 0.3, "x") == pytest.approx((0.3, 0.6, 0))
    assert scaled((1, 9, 0), (0.5, 0.25, 0.25), 0.5, "x") == pytest.approx((0.5, 1, 0))
    assert scaled((1, 4, 9), (0.5, 0.25, 0.25), 0.6, "x") == pytest.approx((0.7 / 3, 2.8 / 3, 1))
    assert scaled((1, 4, 9), (0.5, 0.25, 0.25), 0.7, "x") == pytest.approx((0.4, 1, 1)), "one after the other"
    assert scaled((1, 9, 0), (0.5, 0.25, 0.25), 0.75, "x") == pytest.approx((1, 1, 0))
    assert scaled((1, 2), (0.5, 0.5), 0, "x") == (0, 0)
    assert scaled((1, 2), (2.0, 2.0), 0.3, "x") == pytest.approx((0.2, 0.4)), "the mass need not be one"


def test_a_mean_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match=r"x cannot be 0\.5: the factors leave 0\.25 of the people"):
        scaled((0, 1), (0.75, 0.25), 0.5, "x")
    with pytest.raises(ValueError, match=r"x lies between 0 and 1, not at 1\.2"):
        scaled((1, 1), (0.75, 0.25), 1.2, "x")


def test_expected_shares_have_the_mean_and_the_factors_that_were_asked_for(fitted: Plan, whole: Society) -> None:
    shares = attribute_shares(fitted, whole.attributes)
    assert list(shares) == ["lone-parent", "minority", "owns-home"]
    assert _mean(fitted, shares["minority"]) == pytest.approx(0.09, abs=1e-12)
    assert _mean(fitted, shares["owns-home"]) == pytest.approx(0.6, abs=1e-12)
    for cell in range(CELLS):
        age, _, residence, quintile = cell_parts(cell)
        assert shares["minority"][cell] == pytest.approx(shares["minority"][0] * (1 + residence))
        if age < Age.a18_29:
            assert shares["owns-home"][cell] == 0
        elif quintile == 4:
            assert shares["owns-home"][cell] == 1, "capped"
    third = [shares["owns-home"][cell] for cell in range(CELLS) if cell_parts(cell)[3] == 2 and cell >= 40]
    assert 0.5 < min(third) == max(third) < 1


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({f"a{n}": Attribute(share=number(0.1)) for n in range(9)}, "at most 8 attributes, not 9"),
        ({"a": Attribute()}, "the attribute a needs either a share or a household"),
        ({"a": Attribute(share=number(0.1), household="lone-parent")}, "needs either a share or a household"),
        (
            {"a": Attribute(share=number(0.9), who=Group(sex={"male": 0}))},
            r"the share of the attribute a cannot be 0\.9: the factors leave 0\.4876",
        ),
    ],
)
def test_attributes_that_cannot_be_are_refused(fitted: Plan, attributes: dict[str, Attribute], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        people(fitted, society(attributes=attributes), 100, 0, key(1))


def test_as_many_have_an_attribute_as_expected(fitted: Plan, whole: Society, large: People) -> None:
    """A bit in a wrong place, a cell's share taken for another's: off by thousands of persons."""
    shares = attribute_shares(fitted, whole.attributes)
    for name in ("minority", "owns-home"):
        _is_as_expected(_has(large, whole, name), large, shares[name])
    assert large.attributes.max() < 8


def test_everybody_and_nobody(fitted: Plan) -> None:
    """Shares of one and of zero are exact, not nearly so; eight attributes have eight bits."""
    attributes = {f"a{n}": Attribute(share=number(n % 2)) for n in range(8)}
    assert np.all(people(fitted, society(attributes=attributes), 2_000, 0, key(1)).attributes == 0b10101010)


def test_lone_parents_are_parents_of_a_young_child_without_a_partner(large: People, whole: Society) -> None:
    """Counted one child at a time; whoever brings up a grandchild, or has grown children only, is none."""
    lone = _has(large, whole, "lone-parent")
    assert np.array_equal(lone, lone_parents(large))
    found = set()
    for child in np.flatnonzero(large.age < 18):
        mother, father = large.parents[child].tolist()
        if mother >= 0 and father < 0:
            found.add(mother)
    assert set(np.flatnonzero(lone).tolist()) == found
    assert len(found) > 1000
    assert large.age[lone].min() >= 18 and np.all(large.partner[lone] == -1)


def test_as_many_lone_parents_as_expected(fitted: Plan, whole: Society) -> None:
    """By age and sex over eight counties. Households are allocated and not drawn, so numbers vary less than Poisson:
    5 standard errors are a wrong alarm below 1e-5; the share of men in place of that of women is 6 off."""
    shares = np.array(attribute_shares(fitted, whole.attributes)["lone-parent"])
    asked = society(attributes=whole.attributes)
    real, expected = np.zeros(12), np.zeros(12)
    for county in range(8):
        found = people(fitted, asked, PERSONS, county, key(2))
        real += np.bincount(found.cell, lone_parents(found), minlength=CELLS).reshape(12, 10).sum(axis=1)
        expected += (np.bincount(found.cell, minlength=CELLS) * shares).reshape(12, 10).sum(axis=1)
    assert np.all(np.abs(real - expected) <= 5 * np.sqrt(expected))
    assert expected.sum() > 8000 and np.all(expected[:4] == 0)


def test_as_many_are_in_arrears_as_asked_for(fitted: Plan, whole: Society, large: People) -> None:
    """The mean over adults, exactly in what is expected and within 5 standard errors (wrong alarm 1e-6) in a county;
    and by group. Attributes and conditions take part: their factors would shift the mean if it were not scaled."""
    shares = arrears_shares(fitted, whole)
    adults = fsum(fitted.cell_share[cell] for cell in range(40, CELLS))
    assert _mean(fitted, shares) / adults == pytest.approx(0.06, abs=1e-12)
    assert set(shares[:40]) == {0.0}
    owing = large.condition >= 8
    assert not np.any(owing & (large.age < 18))
    share = owing[large.age >= 18].mean()
    assert abs(share - 0.06) < 5 * np.sqrt(0.06 * 0.94 / (large.age >= 18).sum())
    _is_as_expected(owing, large, shares)


def test_factors_of_arrears_by_condition_and_attribute(fitted: Plan) -> None:
    """Three times as many of the jobless, half of owners: 5 standard errors of the counts, wrong alarm 1e-5. A factor
    that was read from another condition or another bit would be off by 20."""
    attributes = {"a": Attribute(share=number(0.5)), "owner": Attribute(share=number(0.4))}
    who = Who(condition={"jobless": 3, "retired": 0}, attribute={"owner": 0.5})
    asked = society(attributes=attributes, arrears=behind(0.2, who))
    found = people(fitted, asked, PERSONS, 1, key(1))
    adult, owner, one = found.age >= 18, _has(found, asked, "owner"), _has(found, asked, "a")
    condition, owing = found.condition & 7, found.condition >= 8

    def share(whom: npt.NDArray[np.bool_]) -> tuple[float, float]:
        p = float(owing[whom & adult].mean())
        return p, float(p * (1 - p) / (whom & adult).sum())

    def is_times(factor: float, more: npt.NDArray[np.bool_], less: npt.NDArray[np.bool_]) -> None:
        (p, v), (q, w) = share(more), share(less)
        assert abs(p - factor * q) < 5 * np.sqrt(v + factor**2 * w)

    works = condition == Condition.working
    is_times(3, ~owner & (condition == Condition.jobless), ~owner & works)
    is_times(0.5, owner & works, ~owner & works)
    is_times(1, one & works, ~one & works)
    assert share(condition == Condition.retired)[0] == 0
    assert share(works)[0] > 0.1


def test_one_attribute_more_moves_nothing_else(fitted: Plan, whole: Society) -> None:
    """Each attribute is keyed by its name, not by its place: another one shifts bits and changes nobody."""
    with_ties = whole.model_copy(update={"arrears": behind(0.06)})
    more = with_ties.model_copy(update={"attributes": {**whole.attributes, "another": Attribute(share=number(0.5))}})
    one, two = (people(fitted, asked, 2_000, 5, key(1)) for asked in (with_ties, more))
    for name in whole.attributes:
        assert np.array_equal(_has(one, with_ties, name), _has(two, more, name))
    assert 0.4 < _has(two, more, "another").mean() < 0.6
    for column in set(People._fields) - {"attributes"}:
        assert np.array_equal(getattr(one, column), getattr(two, column)), column


def test_attributes_do_not_depend_on_ties_traits_or_arrears(fitted: Plan, whole: Society) -> None:
    one = people(fitted, whole, 2_000, 5, key(1))
    two = people(fitted, society(attributes=whole.attributes, ties=usual_ties(0.9)), 2_000, 5, key(1))
    assert np.array_equal(one.attributes, two.attributes)
    assert np.array_equal(one.condition & 7, two.condition)


def test_without_attributes_or_arrears_there_are_none(fitted: Plan) -> None:
    found = people(fitted, society(), 2_000, 5, key(1))
    assert not found.attributes.any() and found.condition.max() <= Condition.retired
    assert arrears_shares(fitted, society()) == (0.0,) * CELLS
    assert attribute_shares(fitted, {}) == {}


def test_attributes_are_independent_of_each_other_and_of_arrears(fitted: Plan) -> None:
    """Two purposes with the same words would make them equal: 5 standard errors, wrong alarm 1e-6 each."""
    asked = society("x", attributes={n: Attribute(share=number(0.5)) for n in "ab"}, arrears=behind(0.5))
    found = people(fitted, asked, PERSONS, 2, key(1))
    adult = found.age >= 18
    has = [_has(found, asked, "a"), _has(found, asked, "b"), found.condition >= 8, found.traits[:, 0]]
    columns = [column.astype(np.float64) for column in has]
    for i in range(4):
        for j in range(i):
            correlation = np.corrcoef(columns[i][adult], columns[j][adult])[0, 1]
            assert abs(correlation) < 5 / np.sqrt(adult.sum()), (i, j)
