"""What the calendar brings: dates become weeks, schemes reach counties one after the other, people hear and join."""

import datetime
import math
from typing import Any

import numpy as np
import pytest

from scorelab.kernel.layout import (
    ALWAYS,
    NEVER,
    NORM_BOUND,
    ONE,
)
from scorelab.society.county import people
from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import ResolvedWorld
from scorelab.spec.scheme import Campaign, OptIn, Rollout
from scorelab.tables.build import Built
from scorelab.tables.county import county, first_weeks
from scorelab.tables.seasons import week_of
from scorelab.words import Age
from tests.tables.round_numbers import KEY, built, everything, fitted, whole, with_worlds

START = datetime.date(2020, 1, 6)
COUNTIES = 2000
FAR_OUT = 4.9
"""Standard errors: a normal number is further out once in a million times."""
DODGING, HELPING, LOITERING, SPEEDING = range(4)
HOME, TRAVEL = range(2)


def tried(**parts: Any) -> Built:
    """The tables of a world with the first scheme, some of whose parts are others."""
    scheme = whole().schemes[0].model_copy(update=parts)
    return built(with_worlds(everything(), ResolvedWorld("tried", "", [scheme], whole().response, [], False)))


def number(value: float) -> Quantity:
    """A number without a source."""
    return Quantity(value=value)


def day(week: int, days: int = 0) -> datetime.date:
    """A day of the run."""
    return START + datetime.timedelta(days=7 * week + days)


@pytest.mark.parametrize(
    ("date", "week"),
    [(day(0), 0), (day(-9), 0), (day(-1, 1), 0), (day(1), 1), (day(0, 1), 1), (day(0, 6), 1), (day(52, 3), 53)],
)
def test_what_begins_on_a_day_begins_with_the_first_week_that_does_not_begin_before_it(
    date: datetime.date, week: int
) -> None:
    """Catches a scheme that is in force a week early, or after the run."""
    assert week_of(everything(), date) == week


def _rolled(*steps: tuple[int, float]) -> Any:
    """In which week each of many counties has the scheme."""
    made = tried(rollout=[Rollout(date=day(week), share=number(share)) for week, share in steps])
    return np.array([first_weeks(made.law, number_of, KEY)[0, 0] for number_of in range(COUNTIES)])


def test_counties_have_a_scheme_one_after_the_other() -> None:
    """Catches shares of the counties that are left instead of all, and a county that loses what it had."""
    weeks = _rolled((2, 0.1), (4, 0.6), (6, 0.9))
    for week, share in ((1, 0.0), (2, 0.1), (3, 0.1), (4, 0.6), (6, 0.9), (9, 0.9)):
        error = FAR_OUT * math.sqrt(share * (1 - share) / COUNTIES)
        assert (weeks <= week).mean() == pytest.approx(share, abs=error + 1e-12), week
    assert set(weeks) == {2, 4, 6, NEVER}
    earlier = _rolled((0, 0.1), (4, 0.6))
    assert set(np.flatnonzero(earlier == 0)) == set(np.flatnonzero(weeks == 2)), "the same counties come first"


def test_counties_stand_in_the_same_order_in_all_worlds_and_in_another_for_each_scheme() -> None:
    """Catches worlds that differ by where a scheme is in force, and schemes that all begin in one place."""
    half = [Rollout(date=day(2), share=number(0.5))]
    both = [scheme.model_copy(update={"rollout": half}) for scheme in whole().schemes]
    worlds = [ResolvedWorld(name, "", both, whole().response, [], False) for name in ("one", "other")]
    law = built(with_worlds(everything(), *worlds)).law
    weeks = np.array([first_weeks(law, number_of, KEY) for number_of in range(COUNTIES)])
    np.testing.assert_array_equal(weeks[:, 0], weeks[:, 1])
    points, register = weeks[:, 0, 0] == 2, weeks[:, 0, 1] == 2
    assert (points & register).mean() == pytest.approx(0.25, abs=FAR_OUT * math.sqrt(0.25 * 0.75 / COUNTIES))


def test_a_scheme_without_rollout_is_in_force_everywhere_at_once() -> None:
    """Catches a date that only a roll-out is asked for; a world without it begins with the scheme."""
    made = tried(rollout=[], in_force=day(3))
    assert {int(first_weeks(made.law, number_of, KEY)[0, 0]) for number_of in range(50)} == {3}


def test_awareness_is_who_knew_and_who_was_told_since() -> None:
    """Catches campaigns that tell those who know already, or that add up to more than everybody."""
    campaigns = [
        Campaign(start=day(1), end=day(3), informs=number(0.5)),
        Campaign(start=day(2), end=day(4), informs=number(0.2)),
        Campaign(start=day(-9), end=day(-1), informs=number(0.9)),
        Campaign(start=day(7), end=day(99), lifts=number(0.9)),
    ]
    law = tried(aware=number(0.25), campaigns=campaigns).law
    unaware = [0.75, 0.375, 0.375 * 0.5 * 0.8, 0.375 * 0.5 * 0.8 * 0.8]
    wanted = [1 - part for part in (*unaware, *unaware[-1:] * 4)]
    assert law.aware[0, 0] / ALWAYS == pytest.approx(wanted, abs=1e-9)


def test_everybody_hears_and_adults_join_by_the_level() -> None:
    """Catches ranks of other people, children who join, and words that are not drawn by the scheme."""
    persons = 4000
    resolved = everything()
    who = people(fitted(), resolved.society, persons, 0, KEY)
    place = county(built(resolved), who, 0, KEY)
    for h in range(2):
        assert sorted(place.aware_order[h]) == list(range(persons))
        adults = np.flatnonzero(who.cell // 20 >= Age.a18_29)
        joining = place.join_order[h][place.join_order[h] >= 0]
        assert sorted(joining) == adults.tolist() and place.adults == len(adults)
        for rank, count in ((place.aware_rank[h], persons), (place.join_rank[h], len(adults))):
            assert (np.diff(rank[:count].astype(np.int64)) >= 0).all()
            below = np.searchsorted(rank[:count], np.array([2**30, 2**31, 3 * 2**30]))
            assert below / count == pytest.approx([0.25, 0.5, 0.75], abs=FAR_OUT * math.sqrt(0.25 / count))
    assert (place.aware_order[0] != place.aware_order[1]).any()
    assert (place.aware_order[0][: len(adults)] != joining).any()


def test_joining_begins_with_a_share_and_goes_on_at_a_rate() -> None:
    """Catches a rate of all instead of those outside, and one that counts from the beginning of the run."""
    law = tried(opt_in=OptIn(share=number(0.4), per_year=number(26.0))).law
    assert law.joins[0, 0] / ALWAYS == pytest.approx([1 - 0.6 * math.exp(-week / 2) for week in range(8)], abs=1e-9)
    assert law.open_to_all[0] == 0
    closed = tried(opt_in=OptIn(share=number(0.4))).law
    assert closed.joins[0, 0] / ALWAYS == pytest.approx([0.4] * 8, abs=1e-9)
    assert tried(opt_in=None).law.open_to_all[0] == 1


def test_campaigns_lift_what_is_left_of_the_way() -> None:
    """Catches two campaigns at once that lift belief beyond certainty, and one that lifts it in another domain."""
    campaigns = [
        Campaign(start=day(1), end=day(3), lifts=number(0.5), domains=["travel"]),
        Campaign(start=day(2), end=day(4), lifts=number(0.25)),
    ]
    media = tried(campaigns=campaigns).law.media[0] / ONE
    assert media[TRAVEL] == pytest.approx([0, 0.5, 0.625, 0.25, 0, 0, 0, 0])
    assert media[HOME] == pytest.approx([0, 0, 0.25, 0.25, 0, 0, 0, 0])


def test_campaigns_persuade_towards_what_is_prosocial_and_from_what_is_unlawful() -> None:
    """Catches a sign, a push on what is only lawful, one in another domain, and pushes that do not add up."""
    campaigns = [
        Campaign(start=day(0), end=day(2), persuades=number(0.25)),
        Campaign(start=day(1), end=day(3), persuades=number(-0.125), domains=["travel"]),
    ]
    push = tried(campaigns=campaigns).law.norm_push[0] / ONE
    assert push[DODGING, :4].tolist() == push[SPEEDING, :4].tolist() == [-0.25, -0.125, 0.125, 0]
    assert push[HELPING, :4].tolist() == [0.25, 0.25, 0, 0]
    assert not push[LOITERING].any()


def test_no_week_pushes_further_than_the_norm_goes() -> None:
    """Catches an exponent that leaves the table of exponentials."""
    loud = [Campaign(start=day(0), end=day(2), persuades=number(1.0)) for _ in range(5)]
    push = tried(campaigns=loud).law.norm_push[0]
    assert push[HELPING, 0] == NORM_BOUND and push[DODGING, 0] == -NORM_BOUND


def test_a_campaign_ends_before_its_last_day_and_with_the_run() -> None:
    """Catches a campaign that lasts a week longer than it does, or writes beyond the table."""
    media = tried(campaigns=[Campaign(start=day(6), end=day(7), lifts=number(0.5))]).law.media[0, HOME]
    assert np.flatnonzero(media).tolist() == [6]
    media = tried(campaigns=[Campaign(start=day(6), end=day(70), lifts=number(0.5))]).law.media[0, HOME]
    assert np.flatnonzero(media).tolist() == [6, 7]
