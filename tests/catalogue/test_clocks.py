"""The clocks of the rules for trains and planes (V10), week by week, in the catalogue's own files."""

import numpy as np
import pytest

from scorelab.words import Condition
from tests.catalogue.life import life, scheme_of

RAIL, AIR = "china-rail-2018", "china-air-2018"
TRAINS = ("train", "d-train", "g-train")
FOR_180_DAYS = ("disturbing-order", "smoking-on-train", "scalping", "other-rail-offence")
UNTIL_PAID = ("misusing-concession", "forged-ticket", "travelling-without-ticket")


def after(first: int, count: int) -> list[int]:
    """So many weeks from the first on."""
    return list(range(first, first + count))


def test_days_become_the_least_number_of_weeks_that_holds_them() -> None:
    """A rule must not be shorter than it is written: 180 days, 90 days, a year, seven working days (nine days)."""
    conduct, fare = (scheme_of(RAIL).lists[name] for name in ("rail-conduct", "rail-fare"))
    year = scheme_of(AIR).lists["air-conduct"]
    assert fare.repeat is not None
    for weeks, days in ((conduct.term_weeks, 180), (fare.repeat.then_weeks, 90), (year.term_weeks, 364)):
        assert weeks is not None and 7 * (weeks - 1) < days <= 7 * weeks
    for name in (RAIL, AIR):
        process = scheme_of(name).due_process
        assert process is not None and process.window is not None
        assert 7 * (process.window.weeks - 1) < 9 <= 7 * process.window.weeks


@pytest.mark.parametrize("act", FOR_180_DAYS)
def test_misconduct_on_a_train_closes_trains_for_180_days(act: str) -> None:
    """Act in week 3, on the list published in week 5, in effect from week 7, for 26 weeks, and then over by itself."""
    for service in TRAINS:
        found = life(RAIL, [(3, act)], weeks=40, asks=[service])
        assert found.weeks("denied") == after(7, 26), service
        assert found.listed("rail-conduct") == after(7, 26) and found.ended("rail-conduct", "term") == 1
    assert life(RAIL, [(3, act)], weeks=40, asks=["flight"]).weeks("denied") == []


@pytest.mark.parametrize("act", UNTIL_PAID)
def test_an_unpaid_fare_closes_trains_until_it_is_made_up(act: str) -> None:
    """Whoever never pays is barred to the end of the run, whoever pays in the week in which it takes effect is not."""
    for service in TRAINS:
        assert life(RAIL, [(3, act)], weeks=70, asks=[service]).weeks("denied") == after(7, 63), service
        found = life(RAIL, [(3, act)], weeks=70, asks=[service], settle=True)
        assert found.weeks("denied") == [] and found.ended("rail-fare", "settled") == 1, service


def test_three_more_within_a_year_of_paying_cost_90_days_more() -> None:
    """Acts in weeks 0, 6, 10, 14 take effect four weeks later and are paid for then; the third repeat counts."""
    act = "travelling-without-ticket"
    two = [(week, act) for week in (0, 6, 10)]
    found = life(RAIL, two, weeks=60, asks=["train"], settle=True)
    assert found.weeks("denied") == [] and found.ended("rail-fare", "settled") == 3
    found = life(RAIL, [*two, (14, act)], weeks=60, asks=["train"], settle=True)
    assert found.weeks("denied") == found.listed("rail-fare") == after(18, 13)
    assert (found.ended("rail-fare", "settled"), found.ended("rail-fare", "term")) == (3, 1)


@pytest.mark.parametrize(("last", "longer"), [(52, True), (53, False)])
def test_the_year_is_counted_from_paying(last: int, longer: bool) -> None:
    """Paid in week 4: a listing of week 56 is the last that counts."""
    act = "forged-ticket"
    found = life(RAIL, [(0, act), (6, act), (10, act), (last, act)], weeks=80, settle=True)
    assert found.listed("rail-fare") == after(last + 4, 13 if longer else 0)


@pytest.mark.parametrize("act", ["prohibited-items-on-flight", "disturbing-a-flight"])
def test_misconduct_in_the_air_closes_flights_for_a_year_and_ends_by_itself(act: str) -> None:
    found = life(AIR, [(3, act)], weeks=70, asks=["flight"])
    assert found.weeks("denied") == found.listed("air-conduct") == after(7, 52)
    assert found.ended("air-conduct", "term") == 1
    assert life(AIR, [(3, act)], weeks=70, asks=["train"]).weeks("denied") == []


@pytest.mark.parametrize(("name", "source"), [(RAIL, "rail-staff"), (AIR, "air-police")])
def test_an_objection_within_the_days_keeps_a_false_record_from_ever_taking_effect(name: str, source: str) -> None:
    """Catches a window that opens after the effect. Objections to true records fail, as the files take it."""
    window = f"{name}.due_process.window"
    told = (f"{name}.due_process.told=1", f"{window}.objects=1", f"{window}.upheld_if_false=1")
    wrong = life(name, mistakes=[(3, source)], weeks=12, sets=told)
    assert (wrong.processed("objected", 1), wrong.processed("objection_upheld", 1)) == (1, 1)
    assert wrong.processed("in_effect", 1) == 0 and wrong.weeks("listed") == []
    right = life(name, [(3, next(iter(scheme_of(name).rules[0].when)))], weeks=12, sets=told)
    assert (right.processed("objected", 0), right.processed("objection_upheld", 0)) == (1, 0)
    assert right.weeks("listed") == after(7, 5)
    silent = life(name, mistakes=[(3, source)], weeks=12)
    assert silent.processed("in_effect", 1) == 1 and silent.weeks("listed")[:1] == [7]


def test_a_grace_period_ends_before_anything_is_published() -> None:
    """Courts since 2020: noticed in week 8, listed in week 17, or never by whoever pays in the two months between."""
    name = "spc-defaulters-2020"
    asks = ["flight", "g-train", "star-hotel"]
    whole = (f"{name}.consequences.0.share=1",)
    late = life(name, [(0, "evading-judgment")], weeks=30, asks=asks, sets=whole)
    assert late.listed("defaulters") == late.weeks("denied") == after(17, 13) and late.processed("told", 0) == 1
    paid = life(name, [(0, "evading-judgment")], weeks=30, asks=asks, sets=(f"{name}.due_process.window.makes_good=1",))
    assert paid.processed("made_good", 0) == 1 and paid.weeks("listed") == paid.weeks("denied") == []
    before = life("spc-defaulters-2013", [(0, "evading-judgment")], weeks=30, asks=asks)
    assert before.listed("defaulters") == before.weeks("denied") == after(8, 22)


def test_a_student_is_spared_by_the_courts_since_2020_and_not_before() -> None:
    """Of students' judgments those with campus loans are left out; here all of them are."""
    acts, student = [(0, "evading-judgment")], {"condition": np.array([Condition.student], np.uint8)}
    new = ("spc-defaulters-2020.sources.court.selects.otherwise=0",)
    assert life("spc-defaulters-2020", acts, weeks=30, place=student, sets=new).weeks("listed") == []
    assert life("spc-defaulters-2020", acts, weeks=30, sets=new).weeks("listed") == after(17, 13)
    assert life("spc-defaulters-2013", acts, weeks=30, place=student).weeks("listed") == after(8, 22)
