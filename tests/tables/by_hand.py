"""What the experiment of round numbers becomes, worked out on paper: every field of the law but the purposes.

Behaviours are dodging, helping, loitering, speeding; services job, school, train; sources bank, cameras, guards,
neighbours; lists banned, debtors, low, model; schemes points, register; domains home, travel; grades poor, fair, good.
World 0 has no scheme, world 1 has both.
"""

import math
from typing import Any

import numpy as np

from scorelab.kernel.layout import (
    ALWAYS,
    CURVE_ONE,
    CURVE_STEPS,
    NEVER,
    ONE,
    POWER_STEPS,
    STATUSES,
)
from scorelab.tables.sources import EVERYBODY
from scorelab.words import CELLS, cell_parts

Table = Any
DODGING, HELPING, LOITERING, SPEEDING = range(4)
JOB, SCHOOL, TRAIN = range(3)
BANK, CAMERAS, GUARDS, NEIGHBOURS = range(4)
BANNED, DEBTORS, LOW, MODEL = range(4)
POINTS, REGISTER = range(2)
HOME, TRAVEL = range(2)
CHILD_OF_LOW, FRIEND_OF_POOR = range(2)
WEEKS = 8
YEARS_BACK_ONTO_LOW = 11 / 2 / 52
"""From 79, where one is just listed, to 90, at two points a week."""
YEARS_POOR = 30 / 41 * (31 / 2 / 52)
"""Of 41 points down to where one is poor a record takes 30, the middle of 20 and 40, and 31 come back in so long."""
YEARS_SENT_DOWN = 1 / 52
"""Sent to the top of the grade that is poor, one has one point to recover; no stay is shorter than a week."""
YEARS_IN_DEBT = 1 / 13
JOBLESS = 3


def always(chance: float) -> int:
    """A threshold."""
    return round(chance * ALWAYS)


def one(share: float) -> int:
    """A factor."""
    return round(share * ONE)


def weekly(per_year: float) -> int:
    """The threshold a week of something with that rate."""
    return always(1 - math.exp(-per_year / 52))


def table(*shape: int, usual: int = 0) -> Table:
    """A table in which nothing is said."""
    return np.full(shape, usual, np.int64)


def both(value: Any) -> Table:
    """The same in both worlds."""
    return np.array([value, value], np.int64)


def second(of: Any, usual: int = 0) -> Table:
    """Nothing in the first world, this in the second."""
    here = np.array(of, np.int64)
    return np.array([np.full_like(here, usual), here], np.int64)


def calendar() -> dict[str, Table]:
    """Half of the counties in week 2, all in week 4; campaigns in weeks 1 and 2; half join, others at one a week."""
    rollout = table(2, 2, 2, 2)
    rollout[..., 0] = NEVER
    rollout[1, POINTS] = [[2, always(0.5)], [4, ALWAYS]]
    rollout[1, REGISTER, 0] = [0, ALWAYS]
    aware = [always(0.25), always(0.625)] + [always(0.8125)] * 6
    joins = [always(1 - 0.5 * math.exp(-week)) for week in range(WEEKS)]
    campaign = np.array([0, 1, 1, 0, 0, 0, 0, 0])
    return {
        "rollout": rollout,
        "open_to_all": np.array([0b11, 0b10]),
        "aware": second([aware, [0] * WEEKS]),
        "joins": second([joins, [ALWAYS] * WEEKS]),
        "media": second([campaign * 0, campaign * one(0.25)]),
        "published_lift": both(one(15.625)),
        "public_fade": both(always(0.5**0.25)),
        "norm_push": second([-one(0.125) * campaign, 0 * campaign, 0 * campaign, -one(0.125) * campaign]),
        "contagion": both(one(0.5)),
        "exponential": np.array([round(ONE * math.exp(step / 64 - 3)) for step in range(385)]),
        "refill": both([0, one(0.5), one(0.25)]),
    }


def _select() -> Table:
    """The cameras': 2 for the young, 1 for men, -1 in the country, 3 for the poorest; and attributes and life."""
    row = table(1 + CELLS + 8 + 32)
    row[0] = 3
    for cell in range(CELLS):
        age, sex, residence, quintile = cell_parts(cell)
        weight = 2 * (age == 2) + (sex.name == "male") - (residence.name == "rural") + 3 * (quintile.name == "q1")
        row[1 + cell] = weight
    row[1 + CELLS + 1] = 4
    for code in range(32):
        row[1 + CELLS + 8 + code] = 5 * (code % 8 == JOBLESS) + 6 * (code // 8 % 2) + 7 * (code // 16)
    return row


def sources() -> dict[str, Table]:
    """The guards' false alerts are kept by half the reviewers and confirmed by half the cameras."""
    alert = table(4, 4)
    alert[BANK, DODGING] = alert[NEIGHBOURS, HELPING] = always(0.125)
    alert[CAMERAS, DODGING] = alert[GUARDS, SPEEDING] = always(0.5)
    alert[CAMERAS, LOITERING] = alert[GUARDS, DODGING] = always(0.25)
    sees = table(4, CELLS, usual=ONE)
    for cell in range(CELLS):
        age, _, _, quintile = cell_parts(cell)
        sees[GUARDS, cell] = ONE * (2 if quintile.name == "q5" else 1) // (2 if age == 5 else 1)
    select = table(2, 4, 1 + CELLS + 8 + 32)
    select[..., 0] = EVERYBODY
    select[1, CAMERAS] = _select()
    named = [[DODGING, -1, -1, -1], [DODGING, LOITERING, -1, -1], [DODGING, SPEEDING, -1, -1], [HELPING, -1, -1, -1]]
    return {
        "source_scheme": second([REGISTER, POINTS, POINTS, POINTS], -1),
        "delay": second([0, 0, 3, 0]),
        "alert": second(alert),
        "keep_true": second([ONE, ONE, one(0.75), ONE], ONE),
        "keep_false": second([ONE, one(0.5), one(0.25), ONE], ONE),
        "mistaken_for": second(named, -1),
        "varied": second([0, 1, 1, 0]),
        "sees": second(sees, ONE),
        "attention": second([ONE, ONE, 2 * ONE, ONE], ONE),
        "attention_lists": second([0, 0, 1 << BANNED | 1 << LOW, 0]),
        "attention_grades": second([0, 0, 1, 0]),
        "otherwise": second([ONE, one(0.25), ONE, ONE], ONE),
        "select": select,
        "fused": second([0, 1, 1, 0]),
        "fusion_needs": np.array([0, 2]),
    }


def rules() -> dict[str, Table]:
    """Four rules of the points, then the register's; two of them remember something."""
    none = [-1, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0]
    written = [
        [POINTS, -40, -20, always(0.5), 0, 0, 60, 10, 0, -1, 7, 0, 0, 0, 0, one(0.5), one(0.25), 0],
        [POINTS, 0, 0, 0, 1 << BANNED, 3, 0, 20, 1, -1, 0, 1, 0, 0, 0, 0, 0, 0],
        [POINTS, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [POINTS, 10, 10, 0, 1 << MODEL, 0, 0, 0, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0],
        [REGISTER, 0, 0, 0, 1 << DEBTORS, 0, 0, 0, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0],
    ]
    process = [always(0.5), 2, *map(one, (0.125, 0.5, 0.25, 0.75, 0.375)), 5, one(0.0625), one(0.625)]
    fined = [always(0.5 if cell_parts(cell)[3].name == "q1" else 0.25) for cell in range(CELLS)]
    return {
        "rule_of": second([[0b1, 0b1000, 0b100, 0b11], [0b10000, 0, 0, 0]]),
        "rules": np.array([[none] * 5, written]),
        "score": np.array([[-1, 0, 0, 0, 0], [POINTS, 100, 0, 150, 2]]),
        "grade_from": np.array([[NEVER] * 16, [0, 60, 110, *[NEVER] * 13]]),
        "process": second([process, [0] * 10]),
        "fined": both(fined),
    }


def lists() -> dict[str, Table]:
    """Each list with the one way in which it ends."""
    nothing = [-1, 0, 0, -NEVER, *[0] * 9]
    written = [
        [POINTS, 26, 0, -NEVER, 0, ALWAYS, weekly(52), 0, 0, 0, 0, 0, 0],
        [REGISTER, 0, 0, -NEVER, 0, ALWAYS, 0, 2, 30, 6, 0, 0, 0],
        [POINTS, 0, 1, 80, 90, always(0.5), 0, 0, 0, 0, 0, 0, always(0.125)],
        [POINTS, 13, 0, -NEVER, 0, ALWAYS, 0, 0, 0, 0, 4, weekly(52), 0],
    ]
    dodgers = [weekly(6.5 if code % 8 == JOBLESS else 13) for code in range(32)]
    return {
        "lists": np.array([[nothing] * 4, written]),
        "red": np.array([0, 1 << MODEL]),
        "published": np.array([0, 1 << DEBTORS | 1 << LOW]),
        "stigma": both(ONE),
        "settle": both([dodgers, *[[0] * 32] * 3]),
        "cannot_pay": both(always(0.25)),
        "felt_loss": both(one(0.5)),
    }


def doors() -> dict[str, Table]:
    """Employers shun half of those on a published list that is no honour; an eighth of asks fail for a poor friend."""
    strength, lift = table(3, STATUSES), table(3, 32)
    strength[JOB, [DEBTORS, LOW]] = strength[[SCHOOL, TRAIN], LOW] = always(0.5)
    strength[SCHOOL, 32 + CHILD_OF_LOW] = strength[TRAIN, DEBTORS] = strength[TRAIN, 16] = ALWAYS
    strength[TRAIN, 32 + FRIEND_OF_POOR] = always(0.125)
    lift[SCHOOL, MODEL], lift[TRAIN, [16 + 1, 16 + 2]] = always(0.875), always(0.75)
    schemes = table(STATUSES, usual=-1)
    schemes[[BANNED, LOW, MODEL, 16, 17, 18, 32, 33]], schemes[DEBTORS] = POINTS, REGISTER
    return {
        "channel_tie": second([2, 4], -1),
        "channel_list": second([LOW, -1], -1),
        "channel_grades": second([0, 1]),
        "bar_lists": second([1 << DEBTORS | 1 << LOW, 1 << LOW, 1 << DEBTORS | 1 << LOW]),
        "bar_grades": second([0, 0, 1]),
        "bar_tied": second([0, 1 << CHILD_OF_LOW, 1 << FRIEND_OF_POOR]),
        "partial": second([1, 1, 1]),
        "strength": second(strength),
        "favour_lists": second([0, 1 << MODEL, 0]),
        "favour_grades": second([0, 0, 0b110]),
        "lift": second(lift),
        "unfavour_tied": second([1 << FRIEND_OF_POOR] * 3),
        "throttle_lists": second(0),
        "throttle_grades": second(1),
        "throttle_tied": second(1 << FRIEND_OF_POOR),
        "status_scheme": second(schemes, -1),
        "success": np.array([always(0.5), always(0.75), always(0.5)]),
        "retry": np.array([0, always(0.25), always(0.5)]),
        "grants_work": np.array([1, 0, 0]),
        "owing": both([always(0.25), 0, 0]),
        "spiral": both(1),
        "not_asking": both(always(0.5)),
        "sibling": table(2, 3, usual=-1),
    }


def response() -> dict[str, Table]:
    """Four times the years at stake; half of that for loitering, which is lawful, and half where nobody watches."""
    by_distance = np.array([0.5, 1, 1.5, 0.5])
    slope = np.zeros((2, 4, 4))
    slope[POINTS, [DODGING, SPEEDING]] = 4 * max(YEARS_POOR, YEARS_BACK_ONTO_LOW) * by_distance
    slope[POINTS, LOITERING] = 2 * YEARS_SENT_DOWN
    slope[REGISTER, DODGING] = 4 * YEARS_IN_DEBT
    slope[REGISTER, LOITERING], slope[REGISTER, SPEEDING] = 2 * YEARS_IN_DEBT / 2, 4 * YEARS_IN_DEBT / 2
    # false records a year, by the review that keeps half, the half that others seem to confirm and the two behaviours
    # that each names, by occasions a year
    innocent = [[one((1 + 0.25) / 2 / 26), 0, one(1 / 2 / 13), one(0.25 / 2 / 13)], [0] * 4]
    return {
        "base": both([always(0.5), always(0.25), always(0.5), always(0.75)]),
        "deters": second([0b11, 0b01, 0b11, 0b11]),
        "slope": second(np.rint(slope * ONE)),
        "innocent": second(innocent),
        "reward": second([[0, one(0.5 * 2), 0, 0], [0] * 4]),
        "crowding": second([[0, one(0.125), 0, 0], [0] * 4]),
        "next_points": second([30, 0, 0, 30]),
        "curve": both([round(CURVE_ONE * (0.25 + 0.75 * math.exp(-step / 32))) for step in range(CURVE_STEPS + 1)]),
        "power": both([256 * step for step in range(POWER_STEPS + 1)]),
        "prior": both(one(0.25)),
        "learning": both(one(0.5)),
        "heard": both(one(0.25)),
        "talk": both(always(0.5)),
        "spread": both(one(0.25)),
        "fade": both([always(0.5 ** (week / 4)) for week in range(WEEKS + 1)]),
        "displacement": both(always(0.5)),
        "contrary": both(always(0.25)),
        "grievance": both([one(math.exp(2 * min(1, number / 4))) for number in range(16)]),
        "domain": np.array([TRAVEL, HOME, TRAVEL, TRAVEL]),
        "substitute": np.array([LOITERING, -1, -1, -1]),
        "standing": np.array([0, 2, 1, 0]),
    }


def law() -> dict[str, Table]:
    """All of it."""
    return {**calendar(), **sources(), **rules(), **lists(), **doors(), **response()}
