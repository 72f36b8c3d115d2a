"""What the other scores promise or threaten, as written: points that return, friends, doors that stay open."""

import pytest

from scorelab.kernel.counted import P_TAKEN
from tests.catalogue.life import life, scheme_of, tables

ONLY_REWARDS = ["rongcheng-2021", "suzhou-osmanthus", "hangzhou-qianjiang", "zhima"]


def test_points_return_in_suining_after_two_to_five_years() -> None:
    """Drunk driving in week 0 arrives in week 2 and is forgiven in week 262: grade B until then, and A again."""
    found = life("suining-2010", [(0, "drunk-driving")], weeks=273)
    assert found.score() == 950
    assert found.grades() == 20 * ["b"] + ["a"]
    for rule in scheme_of("suining-2010").rules:
        if rule.points is not None and rule.points < 0:
            assert rule.expires_weeks is not None and 104 <= rule.expires_weeks <= 260


def test_a_petition_costs_points_in_suining_and_the_low_are_named() -> None:
    """Ten to fifty points each, 30 where officials agree: six of them lead below 850, and the name is published."""
    agree = ("suining-2010.rules.3.discretion.disagreement=0",)
    found = life("suining-2010", [(week, "petitioning") for week in range(6)], weeks=26, sets=agree)
    assert found.score() == 1000 - 6 * 30
    assert found.listed("named-in-public") == list(range(4 + 5, 26))
    assert scheme_of("suining-2010").lists["named-in-public"].published


def test_suzhou_only_gives_and_never_beyond_its_ceiling() -> None:
    """Thirty donations of six points would be 280: the score says 200, and there is nothing that takes."""
    law, _ = tables("suzhou-osmanthus", 13)
    assert (law.rules[..., 1:3] >= 0).all() and tuple(law.score[0, 1:4]) == (100, 100, 200)
    found = life("suzhou-osmanthus", [(week, "donating-blood") for week in range(30)], weeks=52)
    assert found.counts.scores[-1, 0].argmax() == 63 and found.grades()[-1] == "fragrant"
    assert found.counts.points[..., P_TAKEN].sum() == 0


@pytest.mark.parametrize("name", ONLY_REWARDS)
def test_a_scheme_of_rewards_bars_nobody_from_anything(name: str) -> None:
    law, _ = tables(name, 13)
    for doors in (law.bar_lists, law.bar_grades, law.bar_tied, law.throttle_lists, law.throttle_grades):
        assert not doors.any()
    assert law.favour_grades.any()


@pytest.mark.parametrize("name", ["rongcheng-2021", "hangzhou-qianjiang", "zhima"])
def test_who_does_not_consent_has_no_points(name: str) -> None:
    act = scheme_of(name).rules[0].when[0]
    joined = (f"{name}.opt_in.share=1",)
    never = (f"{name}.opt_in.share=0", f"{name}.opt_in.per_year=0")
    start = life(name, weeks=26, sets=joined).score()
    assert life(name, [(0, act)], weeks=26, sets=joined).score() < start
    assert life(name, [(0, act)], weeks=26, sets=never).score() == start


def test_a_missed_payment_weighs_a_little_on_friends_at_zhima() -> None:
    """35 points for oneself, a twentieth of them, rounded down, for a friend; deposits are waived from 650 on."""
    joined = ("zhima.opt_in.share=1",)
    found = life("zhima", [(0, "missing-repayment")], weeks=2 + 13, sets=joined, friends=True)
    assert (found.score(), found.along_ties()) == (650 - 35, 1)
    waived = ("zhima.consequences.0.favour.deposit-waiver=1",)
    asked = life(
        "zhima", [(0, "missing-repayment")], weeks=52, asks=["deposit-waiver"], lucky=False, sets=joined + waived
    )
    assert asked.weeks("unsuccessful") == list(range(2, 2 + 35)), "one point comes back in a week"


def test_the_bands_of_hangzhou_and_zhima_begin_where_they_were_published() -> None:
    hangzhou, zhima = scheme_of("hangzhou-qianjiang").score, scheme_of("zhima").score
    assert hangzhou is not None and zhima is not None
    assert sorted(hangzhou.grades.values()) == [0, 550, 600, 700, 750] and hangzhou.highest == 1000
    assert sorted(zhima.grades.values()) == [350, 550, 600, 650, 700] and zhima.highest == 950
