"""The counties of a country: their sizes, which of them a sample takes, and how they are dealt out to groups."""

import math
from collections import Counter

import pytest

from scorelab.errors import InputError
from scorelab.runs.country import GROUPS, persons_lived, persons_of, places, row, sizes
from scorelab.runs.tasks import all_tasks
from scorelab.spec.limits import LARGEST_COUNTY
from tests.runs.trial import trial

CHINA = (2850, 1_411_780_000, 0.7)


def test_the_counties_of_china_add_up_to_its_people_and_can_all_be_lived() -> None:
    found = sizes(*CHINA)
    assert (len(found), sum(found)) == CHINA[:2]
    assert min(found) > 20_000 and max(found) < LARGEST_COUNTY


def test_sizes_are_lognormal_with_the_stated_spread() -> None:
    """Of 4,000 draws the standard deviation lies within 4 of its standard errors, 1.1 % each: a false alarm in 16,000.

    A spread taken for that of base 10, or a variance taken for it, is off by 30 % and more.
    """
    logs = [math.log(size) for size in sizes(4000, 4_000_000_000, 0.7)]
    mean = sum(logs) / len(logs)
    spread = math.sqrt(sum((one - mean) ** 2 for one in logs) / len(logs))
    assert spread == pytest.approx(0.7, rel=0.045)
    skew = sum((one - mean) ** 3 for one in logs) / len(logs) / spread**3
    assert abs(skew) < 0.16  # four standard errors of sqrt(6 / n)


def test_without_a_spread_all_counties_are_alike() -> None:
    assert set(sizes(7, 700, 0.0)) == {100}
    assert sorted(sizes(7, 702, 0.0)) == [100] * 5 + [101] * 2


@pytest.mark.parametrize("persons", [40, 41, 97, 6000])
def test_no_county_is_empty_and_nobody_is_lost(persons: int) -> None:
    found = sizes(40, persons, 2.0)
    assert sum(found) == persons and min(found) >= 1


def test_a_county_that_has_no_room_is_refused() -> None:
    with pytest.raises(InputError, match=r"would have [\d,]+ persons, and there is room for 16,773,120; state more"):
        sizes(2850, 1_411_780_000, 2.0)


def test_a_larger_sample_contains_the_smaller_one() -> None:
    counties = [{place.county for place in places(trial(scale="full", counties=n))} for n in (5, 17, 40)]
    assert counties[0] < counties[1] < counties[2] == set(range(40))


def test_a_county_keeps_its_group_and_size_in_every_sample() -> None:
    """Groups of a sample that were not parts of those of the country could not be compared with them."""
    small, whole = (places(trial(scale="full", counties=n)) for n in (17, 40))
    assert set(small) < set(whole)


def test_groups_have_equally_many_counties() -> None:
    found = Counter(place.group for place in places(trial(scale="full")))
    assert sorted(found) == list(range(GROUPS))
    assert set(found.values()) == {1, 2}


def test_which_counties_are_taken_depends_on_the_seed_and_sizes_do_not() -> None:
    assert row(40, 1) != row(40, 2)
    one, other = ({p.county: p.persons for p in places(trial(scale="full", seed=seed))} for seed in (1, 2))
    assert one == other


def test_every_county_is_as_likely_as_every_other() -> None:
    """Over 2,000 seeds each of 10 counties is among the first 3 in 30 %; the largest of ten deviations stays within 4.5

    standard errors but in one of 15,000 sets of seeds. A row that begins with low numbers fails at once.
    """
    found = Counter(county for seed in range(2000) for county in row(10, seed)[:3])
    error = math.sqrt(2000 * 0.3 * 0.7)
    assert all(abs(found[county] - 600) < 4.5 * error for county in range(10)), found


def test_counties_are_lived_group_by_group() -> None:
    resolved = trial(scale="full", replicates=2)
    group = {place.county: place.group for place in places(resolved)}
    order = [(task.replicate, group[task.county], task.county) for task in all_tasks(resolved)]
    assert order == sorted(order) and len(order) == 80


def test_persons_are_those_of_the_counties_that_are_lived() -> None:
    sample = trial(scale="full", counties=5)
    assert persons_lived(sample) == sum(persons_of(sample, place.county) for place in places(sample))
    assert persons_lived(trial(scale="full")) == 6000
    assert persons_lived(trial()) == 4 * 300 and persons_of(trial(), 3) == 300
