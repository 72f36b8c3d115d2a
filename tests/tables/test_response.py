"""What is at stake, what attracts, and how near a cut makes it: worked out by hand, clause by clause."""

from typing import Any

import numpy as np
import pytest

from scorelab.kernel.layout import (
    BELOW,
    FAR,
    NEAR,
    NEXT,
    ONE,
)
from scorelab.spec import defaults
from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import ResolvedWorld
from scorelab.spec.scheme import Scheme
from scorelab.tables.build import Built
from scorelab.tables.response import next_points, stake_years
from tests.tables.round_numbers import built, everything, whole, with_worlds

SCORE = {"start": 100, "lowest": 0, "highest": 120, "recovery_per_week": 2, "grades": {"low": 0, "high": 60}}
THREE_GRADES = {**SCORE, "grades": {"worst": 0, "low": 40, "high": 60}}
EVER = 10.0
"""Years: nothing is ever counted as more."""


def scheme(**parts: Any) -> Scheme:
    """A scheme of these parts; one source sees everything."""
    watches = {"dodging": 0.5, "helping": 0.5, "speeding": 0.5}
    head = {"format": 1, "scheme": "tried", "title": "", "about": "", "in_force": everything().start}
    return defaults.scheme(
        Scheme.model_validate({**head, "sources": {"eye": {"kind": "web", "watches": watches}}, **parts})
    )


def onto(clause: dict[str, Any], **rule: Any) -> dict[str, Any]:
    """One list, and one rule that puts dodgers onto it."""
    return {"lists": {"only": clause}, "rules": [{"when": ["dodging"], "onto": "only", **rule}], "score": SCORE}


def points(*rules: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """Rules on dodging with a score, and a list of those below 80."""
    listed = {"only": {"until": "score", "enter_below": 80, "leave_at": 90}}
    return {"score": SCORE, "lists": listed, "rules": [{"when": ["dodging"], **rule} for rule in rules], **parts}


LOW_GRADE = [{"while_grade": ["low"], "bar": ["train"], "whom": "self"}]
SLOW_GRADE = [{"while_grade": ["low"], "throttle": 0.5, "whom": "self"}]
HIGH_GRADE = [{"while_grade": ["high"], "favour": {"train": 0.9}, "whom": "self"}]
BACK = 11 / 2 / 52
"""Years from 79, just below the list's 80, to its 90."""


@pytest.mark.parametrize(
    ("parts", "years"),
    [
        ({"rules": []}, 0.0),
        (onto({"term_weeks": 26}), 0.5),
        (onto({"term_weeks": 1040}), EVER),
        (onto({"until": "settled"}), 1 / 13),
        (onto({"term_weeks": 26}, after={"count": 4, "within_weeks": 9}), 0.125),
        (onto({"term_weeks": 26, "red": True}), 0.0),
        (onto({"until": "score", "leave_at": 90}), 90 / 2 / 52),
        (points({"points": -21}), BACK),
        (points({"points": -7}), BACK / 3),
        (points({"points": -700}), BACK),
        (points({"points": -2, "discretion": {"to": -12, "disagreement": 0.1}}), BACK / 3),
        (points({"points": -21, "after": {"count": 3, "within_weeks": 9}}), BACK / 3),
        (points({"points": -7}, {"points": -14}), BACK * 2 / 3),
        (points({"points": 7}), 0.0),
        (points({"points": -41}, lists={}), 0.0),
        (points({"points": -41}, lists={}, consequences=HIGH_GRADE), 0.0),
        (points({"points": -41}, lists={}, consequences=LOW_GRADE), 42 / 2 / 52),
        (points({"points": -41}, lists={}, consequences=SLOW_GRADE), 42 / 2 / 52),
        (points({"to_grade": "low"}, lists={}, consequences=LOW_GRADE), 1 / 52),  # to 59, and back to 60
        (points({"to_grade": "worst"}, score=THREE_GRADES, lists={}, consequences=LOW_GRADE), 21 / 2 / 52),
        (points({"to_grade": "low"}, score={**SCORE, "recovery_per_week": 0}, consequences=LOW_GRADE), EVER),
        (points({"points": -21}, score={**SCORE, "recovery_per_week": 0}), EVER),
        (points({"points": -21}, score={**SCORE, "recovery_per_week": 50}), 1 / 52),
    ],
)
def test_what_is_at_stake_is_the_longest_that_one_record_leads_to(parts: dict[str, Any], years: float) -> None:
    """Catches a stake in weeks, of another rule's list, of an honour, of a harmless grade, or a fall too far."""
    assert stake_years(scheme(**parts), "dodging", everything().society) == pytest.approx(years)
    assert stake_years(scheme(**parts), "loitering", everything().society) == 0.0


@pytest.mark.parametrize(
    ("rules", "wanted"),
    [
        ([{"points": -20}], 20),
        ([{"points": -20}, {"points": -5}], 25),
        ([{"points": -20}, {"points": 50}], 20),
        ([{"points": -20, "after": {"count": 2, "within_weeks": 5}}], 0),
        ([{"points": -20, "discretion": {"to": -5, "disagreement": 0}}], 13),
        ([{"to_grade": "low"}], 0),
    ],
)
def test_the_next_record_takes_what_all_rules_take_at_once(rules: list[dict[str, Any]], wanted: int) -> None:
    """Catches a distance to the next cut that counts what only repetition takes, or what is given."""
    assert next_points(scheme(**points(*rules)), "dodging") == wanted


def tried(one: Scheme, **response: float) -> Built:
    """The tables of a world with one scheme, and with some numbers of the response."""
    numbers = {name: Quantity(value=value) for name, value in response.items()}
    people = whole().response.model_copy(update=numbers)
    return built(with_worlds(everything(), ResolvedWorld("tried", "", [one], people, [], False)))


def test_a_cut_is_as_near_as_a_record_or_three() -> None:
    """Catches bands that are mixed up: most is at stake within one record of a cut, least where there is far to go."""
    law = tried(scheme(**points({"points": -21})), sensitivity=4, severity_power=1, nearness=0.25).law
    years = law.slope[0, 0, 0] / ONE / 4
    assert years[[NEAR, NEXT, FAR, BELOW]] == pytest.approx([BACK, 1.25 * BACK, 0.75 * BACK, 0.75 * BACK], abs=1e-5)


def test_a_record_that_takes_no_points_is_as_near_everywhere() -> None:
    """Catches distance to a cut where there is none to speak of."""
    law = tried(scheme(**onto({"term_weeks": 26})), sensitivity=4, severity_power=1, nearness=0.25).law
    assert law.slope[0, 0, 0].tolist() == [2 * ONE] * 4


@pytest.mark.parametrize(("power", "wanted"), [(0.0, 4.0), (0.5, 4 * 0.5**0.5), (1.0, 2.0), (2.0, 1.0)])
def test_severity_has_an_exponent_of_its_own(power: float, wanted: float) -> None:
    """Catches years that weigh as much as they are long; at 0 it only matters that something is at stake."""
    law = tried(scheme(**onto({"term_weeks": 26})), sensitivity=4, severity_power=power, diffusion=0).law
    assert law.slope[0, 0, 0] / ONE == pytest.approx([wanted] * 4, abs=1e-5)
    assert not law.slope[0, 0, 1:].any()


def test_where_nobody_watches_there_is_part_of_the_fear_around_it() -> None:
    """Catches diffusion to other domains, to what is prosocial, or to what is watched; and chilling of the unlawful."""
    rules = [{"when": ["dodging"], "onto": "half"}, {"when": ["speeding"], "onto": "quarter"}]
    lists = {"half": {"term_weeks": 26}, "quarter": {"term_weeks": 13}}
    given = {"sensitivity": 4, "severity_power": 0.5, "diffusion": 0.5, "chilling": 0.25}
    law = tried(scheme(lists=lists, rules=rules), **given).law
    loitering = 4 * 0.25 * 0.5 * ((0.5 + 0.25) / 2) ** 0.5
    assert law.slope[0, 0, :, FAR] / ONE == pytest.approx([4 * 0.5**0.5, 0.0, loitering, 2.0], abs=1e-5)
    assert law.deters[0].tolist() == [1, 0, 1, 1]


@pytest.mark.parametrize(
    ("rule", "units"),
    [({"points": 20}, 2.0), ({"points": -20}, 0.0), ({"onto": "best"}, 1.0), ({"points": 5, "onto": "best"}, 1.5)],
)
def test_only_what_is_prosocial_is_rewarded(rule: dict[str, Any], units: float) -> None:
    """Catches rewards for dodging, crowding out where nothing is rewarded, and an honour that counts as none."""
    parts = {"score": SCORE, "lists": {"best": {"red": True, "term_weeks": 4}}}
    law = tried(scheme(rules=[{"when": ["dodging", "helping"], **rule}], **parts), reward=0.5, crowding=0.25).law
    assert law.reward[0, 0].tolist() == [0, units / 2 * ONE, 0, 0]
    assert law.crowding[0, 0].tolist() == [0, ONE // 4 if units else 0, 0, 0]


def test_false_records_make_acting_no_worse() -> None:
    """Catches an innocent risk that forgets review or what else a false record may name, or exceeds one."""
    mistakes = {"exposure": "same-name", "per_year": 13}
    source = {"kind": "web", "watches": {"dodging": 0.5, "speeding": 0.5}, "mistakes": mistakes}
    often = {**source, "mistakes": {**mistakes, "per_year": 400}}
    reviewed = {**source, "review": {"keeps_true": 1, "keeps_false": 0.5}}
    rules = onto({"term_weeks": 26})
    assert tried(scheme(**rules, sources={"a": source})).law.innocent[0, 0].tolist() == [ONE // 4, 0, 0, ONE // 2]
    assert tried(scheme(**rules, sources={"a": reviewed})).law.innocent[0, 0].tolist() == [ONE // 8, 0, 0, ONE // 4]
    assert tried(scheme(**rules, sources={"a": often})).law.innocent[0, 0].tolist() == [65535, 0, 0, 65535]


def test_grievances_make_people_defiant_up_to_a_point() -> None:
    """Catches legitimacy that falls below nothing."""
    law = tried(scheme(), grievance=0.25, defiance=2).law
    assert law.grievance[0] / ONE == pytest.approx(np.exp(2 * np.minimum(1, np.arange(16) / 4)), abs=1e-5)


def test_rewards_stay_within_what_the_kernel_can_multiply() -> None:
    """Catches so many rewards for one act that the product of chance and pull leaves 64 bits."""
    rules = [{"when": ["helping"], "points": 1000} for _ in range(60)]
    law = tried(scheme(rules=rules, score={**SCORE, "highest": 1000}), reward=10).law
    assert law.reward.max() == 1 << 30
