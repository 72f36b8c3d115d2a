"""Work and arrears, and what schemes do to them, against answers worked out on paper."""

import math
from typing import Any

import numpy as np
import pytest

from scorelab.kernel.layout import (
    ALWAYS,
    ARREARS,
    CLEARING,
    JOB_LOSS,
    MISTAKE,
    NEED,
    OCCASION,
    ONE,
)
from scorelab.words import Condition
from tests.hand.many import SIGMAS, county_with_rates, deviation, plain_kinds
from tests.hand.tiny import Happens, about, chance_words, column, law, lived, tiny, weeks_of, weeks_on

EVERY = set(range(8))
FEW = 2**18
STIGMA = (2**14 - 1) * ONE
"""With this, a chance of one in 16,384 is a certainty."""
WORK: dict[str, Any] = {"weeks": 8, "grants_work": 1}


def jobless(happening: list[Happens], **rules: Any) -> list[int]:
    """The weeks at whose end somebody is without work."""
    return weeks_of(tiny(happening, **(WORK | rules)), "jobless")


def arrears(happening: list[Happens], **rules: Any) -> list[int]:
    """The weeks at whose end somebody is in arrears."""
    return weeks_of(tiny(happening, **({"weeks": 8} | rules)), "arrears")


@pytest.mark.parametrize("what", [OCCASION, MISTAKE])
def test_whoever_is_on_a_published_list_loses_work_more_easily(what: int) -> None:
    """Listed, truly or not, in weeks 2 and 3. A chance to lose it each week: lost in week 2, not before.

    Where it comes in weeks 0, 1 and from 4 on only, it is not lost; nor by who is on a list that is not published. And
    it is work that is lost more easily: nobody falls into arrears for being on the list.
    """
    rules: dict[str, Any] = {"onto": 1, "term": 2, "stigma": STIGMA, "published": 1}
    record = Happens(what, {2})
    assert jobless([record, Happens(JOB_LOSS, EVERY, reached=FEW)], **rules) == [2, 3, 4, 5, 6, 7]
    assert jobless([record, Happens(JOB_LOSS, EVERY - {2, 3}, reached=FEW)], **rules) == []
    assert jobless([record, Happens(JOB_LOSS, EVERY, reached=FEW)], **(rules | {"published": 0})) == []
    assert jobless([record, Happens(JOB_LOSS, EVERY, reached=FEW)], **(rules | {"stigma": 0})) == []
    assert arrears([record, Happens(ARREARS, EVERY, reached=FEW)], **rules) == []


def test_work_is_lost_by_coming_onto_a_list_and_not_by_staying_on_it() -> None:
    """Listed in weeks 1 to 4, jobless at once; hired in week 2; the record of week 3 is no entry, that of week 7 is.

    Not where the scheme changes no life, nor by an honour, nor by who has no work to lose.
    """
    happening = [Happens(OCCASION, {1, 3, 7}), Happens(NEED, {2})]
    rules: dict[str, Any] = {"onto": 1, "term": 4, "dismiss": ALWAYS}
    assert jobless(happening, **rules) == [1, 7]
    assert jobless(happening, **(rules | {"dismiss": 0})) == []
    assert jobless(happening, **(rules | {"spiral": 0})) == []
    assert jobless(happening, **(rules | {"red": 1})) == []
    counts = tiny(happening, place={"condition": [int(Condition.student)]}, **(WORK | rules))
    assert weeks_of(counts, "jobless") == []
    assert weeks_on(counts) == [1, 2, 3, 4, 5, 6, 7]


def test_who_is_dismissed_in_the_rules_is_jobless_when_needs_come() -> None:
    """Dismissed in step 6 of week 2, granted work in step 8, hired in step 9 of that week: not jobless at its end."""
    happening = [Happens(OCCASION, {2}), Happens(NEED, {2})]
    assert jobless(happening, onto=1, dismiss=ALWAYS) == []
    assert jobless(happening, onto=1, dismiss=ALWAYS, grants_work=0) == [2, 3, 4, 5, 6, 7]
    assert jobless(happening, onto=1, dismiss=ALWAYS, bar_lists=1) == [2, 3, 4, 5, 6, 7]


def test_arrears_begin_and_are_cleared_and_clearing_comes_last() -> None:
    """Begun in week 2, cleared in week 5. Begun and cleared in one week: none at its end, and none in the next week."""
    counts = tiny([Happens(ARREARS, {2, 3}), Happens(CLEARING, {1, 5})], weeks=8)
    assert weeks_of(counts, "arrears") == [2, 3, 4]
    assert counts.candidates.tolist() == [[2, 1], [2, 1]], "kept where it changed something"
    assert arrears([Happens(ARREARS, {2, 6}), Happens(CLEARING, {2})]) == [6, 7]


def test_who_begins_without_work_or_in_arrears_is_counted_so() -> None:
    """Jobless and in arrears from before week 0; hired in week 2, cleared in week 3."""
    place = {"condition": [int(Condition.jobless) | 8, int(Condition.working)]}
    counts = tiny([Happens(NEED, {2}), Happens(CLEARING, {3})], persons=2, place=place, **WORK)
    assert column(counts, "jobless") == [1, 1, 0, 0, 0, 0, 0, 0]
    assert column(counts, "arrears") == [1, 1, 1, 0, 0, 0, 0, 0]


def test_what_befalls_the_jobless_alone_befalls_them_alone() -> None:
    """Jobless in weeks 2 and 3 and in arrears from week 2 on; another's events in the same weeks change nothing."""
    only = [ALWAYS if code & 7 == Condition.jobless else 0 for code in range(32)]
    happening = [Happens(NEED, {4}), Happens(JOB_LOSS, {2}), Happens(ARREARS, EVERY, reached=only)]
    assert jobless(happening) == [2, 3]
    assert arrears(happening, grants_work=1) == [2, 3, 4, 5, 6, 7]
    assert arrears(happening[:1] + happening[2:], grants_work=1) == []


def test_who_is_denied_falls_behind_and_can_catch_up_in_the_same_week() -> None:
    """Denied in step 8 of week 3, cleared in step 9 if it comes. Not who is granted, and not without the spiral."""
    happening = [Happens(OCCASION, {2}), Happens(NEED, {1, 3})]
    rules: dict[str, Any] = {"onto": 1, "bar_lists": 1, "owing": ALWAYS}
    assert arrears(happening, **rules) == [3, 4, 5, 6, 7]
    assert arrears([*happening, Happens(CLEARING, {3})], **rules) == []
    assert arrears(happening, **(rules | {"owing": 0})) == []
    assert arrears(happening, **(rules | {"spiral": 0})) == []
    assert arrears(happening, **(rules | {"bar_lists": 0})) == []


def test_a_denial_costs_some_more_than_others() -> None:
    """Half fall behind when denied: those needs whose own word is below a half."""
    why = int(law(1).owe_purpose[0])
    fell = []
    for week in range(1, 8):
        happening = [Happens(OCCASION, {0}), Happens(NEED, {week})]
        fell.append(arrears(happening, onto=1, bar_lists=1, owing=ALWAYS // 2) != [])
    assert fell == [chance_words(0, week, why)[0] < ALWAYS // 2 for week in range(1, 8)]
    assert len(set(fell)) == 2


def test_without_the_spiral_a_scheme_changes_nobodys_work() -> None:
    """Jobless in week 1, listed in week 2. Work is needed in week 3: denied and hired all the same, by the same luck.

    Half would get it: whoever is lucky is hired, whoever is not is not, also who does not ask and who has a favour.
    """
    happening = [Happens(OCCASION, {2}), Happens(JOB_LOSS, {1})]
    rules: dict[str, Any] = {"onto": 1, "success": ALWAYS // 2, "bar_lists": 1}
    favour: dict[str, Any] = {"red": 1, "favour_lists": 1, "lift": 32 * [ALWAYS], "bar_lists": 0}
    for found, luck in about(0.5):
        living = [happening[0], Happens(NEED, {3}, luck=luck), happening[1]]
        without = [1, 2] if found else [1, 2, 3, 4, 5, 6, 7]
        assert jobless(living, **rules) == [1, 2, 3, 4, 5, 6, 7]
        for other in ({}, {"not_asking": ALWAYS, "aware": ALWAYS}, favour):
            assert jobless(living, spiral=0, **(rules | other)) == without
        assert jobless(living, **(rules | favour)) == [1, 2]
    counts = tiny([happening[0], Happens(NEED, {3}), happening[1]], spiral=0, **(WORK | rules | {"success": ALWAYS}))
    assert weeks_of(counts, "denied") == [3] and weeks_of(counts, "jobless") == [1, 2]


def test_life_events_come_after_needs_and_hiring_after_all() -> None:
    """Jobless from week 1 on. In week 3 work is granted and lost: there was none to lose, and then one is hired.

    In week 5 work is lost in step 9; the need of that week was of one who had work, and hires nobody.
    """
    happening = [Happens(NEED, {3, 5}), Happens(JOB_LOSS, {1, 3, 5})]
    assert jobless(happening) == [1, 2, 5, 6, 7]


def test_two_grants_in_a_week_hire_once_and_a_grant_hires_where_it_was_given() -> None:
    """World 0 bars the jobless from work, world 1 does not: hired in world 1 alone, and counted once."""
    happening = [Happens(OCCASION, {0}, 1), Happens(NEED, {3}, 1, times=2), Happens(JOB_LOSS, {1}, 1)]
    counts = tiny(happening, worlds=2, persons=2, onto=1, bar_lists=[[1], [0]], **WORK)
    assert column(counts, "jobless", 0) == [0, 1, 1, 1, 1, 1, 1, 1]
    assert column(counts, "jobless", 1) == [0, 1, 1, 0, 0, 0, 0, 0]


CHAIN = {"loses": 0.03, "finds": 0.2, "defaults": 0.15, "settles": 0.1}
"""Chances a week: of losing work, of finding it if nothing bars, of the jobless to default, of the listed to settle."""


def chain(spiral: bool) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A week's way from working, jobless, jobless and listed (and, without the spiral, working and listed) to these.

    Step 2 settles; step 6 lists who is jobless and defaults; step 8 gives work to who is jobless and, with the spiral,
    not listed; step 9 takes it from who had it in the week before.
    """
    loses, finds, defaults, settles = CHAIN.values()
    from_jobless = np.array([(1 - defaults) * finds, (1 - defaults) * (1 - finds), defaults, 0.0])
    if not spiral:
        from_jobless[2:] = defaults * (1 - finds), defaults * finds
    stays = [0.0, 0.0, 1.0, 0.0] if spiral else [0.0, 0.0, 1 - finds, finds]
    from_listed = settles * from_jobless + (1 - settles) * np.array(stays)
    from_working = np.array([1 - loses, loses, 0.0, 0.0])
    from_hired = settles * from_working + (1 - settles) * np.array([0.0, 0.0, loses, 1 - loses])
    return np.array([from_working, from_jobless, from_listed, from_hired])


@pytest.mark.slow
def test_a_list_that_bars_from_work_makes_a_spiral_of_joblessness() -> None:
    """Who is jobless defaults, is listed, and finds no work until that is settled.

    With chances l, f, d, s of losing and finding work, defaulting and settling, the fixed point has, for each jobless
    and not listed, f / l working and d / (s (1 - d)) listed: jobless 0.29, and 0.13 without the spiral, l / (l + f).
    """
    persons, weeks = 8_000, 150
    loses, finds, defaults, settles = CHAIN.values()
    rates = [np.full(persons, -math.log(1 - chance)) for chance in (defaults, finds, loses)]
    place = county_with_rates(rates, np.zeros(persons), (51, 52))
    place = place._replace(in_force=np.zeros((2, 1), np.int64))
    kinds = plain_kinds([OCCASION, NEED, JOB_LOSS])
    kinds.thin[0] = [ALWAYS if code & 7 == Condition.jobless else 0 for code in range(32)]
    kinds.worlds[:] = 3
    kinds = kinds._replace(share=np.repeat(kinds.share, 2, axis=1))
    rules = law(
        weeks, worlds=2, onto=1, settle=round(settles * 2**32), bar_lists=1, grants_work=1, spiral=np.array([1, 0])
    )
    counts = lived(place, kinds, rules, weeks)
    listed = defaults / (settles * (1 - defaults))
    fixed = [(1 + listed) / (1 + listed + finds / loses), loses / (loses + finds)]
    for world, spiral in enumerate((True, False)):
        share = np.array([1.0, 0.0, 0.0, 0.0])
        for week in range(weeks):
            share = share @ chain(spiral)
            if week in (0, 3, 10, 40, weeks - 1):
                found = column(counts, "jobless", world)[week]
                assert abs(deviation(found, persons, share[1] + share[2])) < SIGMAS
                on_list = int(counts.lists[week, world, 0, 3])
                assert on_list == 0 if week == 0 else abs(deviation(on_list, persons, share[2] + share[3])) < SIGMAS
        assert abs(share[1] + share[2] - fixed[world]) < 1e-4
    assert [round(one, 2) for one in fixed] == [0.29, 0.13]
