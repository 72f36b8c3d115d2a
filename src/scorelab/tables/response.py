"""How people respond in each world: what is at stake, what they fear, hear and copy."""

from scorelab.kernel.layout import (
    BANDS,
    BELOW,
    FAR,
    NEAR,
    NEXT,
    ONE,
    YEAR_WEEKS,
    Law,
)
from scorelab.spec.resolved import Resolved
from scorelab.spec.scheme import ListClause, Rule, Scheme
from scorelab.spec.society import Response, Society
from scorelab.tables.chances import (
    LONGEST_STAKE_YEARS,
    deterrence_curve,
    fading,
    power_curve,
    rounded,
    share,
    slope,
    threshold,
    weekly_chance,
)
from scorelab.tables.elementary import exp
from scorelab.tables.names import Names
from scorelab.tables.rules import grades_of, mean_points
from scorelab.tables.sources import kept_false, mistakes_per_year
from scorelab.words import Condition

_LARGEST_RISK = 65535
_LARGEST_PULL = 1 << 30
"""No reward pulls more than so, in 2**-16, so that the chance of acting fits 64 bits."""
_UNIT_OF_REWARD = 10.0
"""Points for which the response states what a reward adds; a place on a red list counts as so many."""


def _years_on(clause: ListClause, scheme: Scheme, settles_per_year: float) -> float:
    """Expected years that one listing lasts, at most ``LONGEST_STAKE_YEARS``."""
    years = LONGEST_STAKE_YEARS
    if clause.term_weeks is not None:
        years = clause.term_weeks / YEAR_WEEKS
    elif clause.until == "settled" and settles_per_year > 0:
        years = 1.0 / settles_per_year
    elif clause.until == "score" and scheme.score is not None:
        assert clause.leave_at is not None
        lowest = scheme.score.lowest if clause.enter_below is None else clause.enter_below - 1
        years = _years_up(scheme, clause.leave_at - lowest)
    return min(years, LONGEST_STAKE_YEARS)


def _years_up(scheme: Scheme, points: int) -> float:
    """Years in which recovery brings so many points back."""
    assert scheme.score is not None
    if scheme.score.recovery_per_week <= 0:
        return LONGEST_STAKE_YEARS
    return min(LONGEST_STAKE_YEARS, max(points / scheme.score.recovery_per_week, 1.0) / YEAR_WEEKS)


def _worse_below(scheme: Scheme) -> list[int]:
    """Scores below which a grade begins that closes something."""
    grades, score = grades_of(scheme), scheme.score
    if score is None:
        return []
    harmful = {
        word for item in scheme.consequences if item.bar or item.throttle is not None for word in item.while_grade
    }
    return [score.grades[grades[g + 1]] for g, word in enumerate(grades[:-1]) if word in harmful]


def _top(scheme: Scheme, grade: str) -> int:
    """The highest score of a grade, to which a rule that leads there takes."""
    assert scheme.score is not None
    above = [bound for bound in scheme.score.grades.values() if bound > scheme.score.grades[grade]]
    return min(above) - 1 if above else scheme.score.highest


def _way(scheme: Scheme, cut: int) -> int:
    """Points from the start of the score to below a cut."""
    assert scheme.score is not None
    return max(1, scheme.score.start - cut + 1)


def _at_stake(scheme: Scheme, rule: Rule, rate: float) -> float:
    """Years at stake in one record under one rule: of what it leads to directly, or the part of the way there."""
    stake, often = 0.0, 1.0 / (rule.after.count if rule.after is not None else 1)
    points = mean_points(rule)
    for name, clause in scheme.lists.items():
        years = _years_on(clause, scheme, rate)
        if name == rule.onto and not clause.red:
            stake = max(stake, years * often)
        if clause.enter_below is not None and scheme.score is not None and points < 0:
            stake = max(stake, years * min(1.0, -points * often / _way(scheme, clause.enter_below)))
    for cut in _worse_below(scheme):
        if rule.to_grade is not None and (top := _top(scheme, rule.to_grade)) < cut:
            stake = max(stake, _years_up(scheme, cut - top) * often)
        elif points < 0:
            part = min(1.0, -points * often / _way(scheme, cut))
            stake = max(stake, _years_up(scheme, int(-points) + 1) * part)
    return stake


def stake_years(scheme: Scheme, behaviour: str, society: Society) -> float:
    """S, what is at stake in one record of a behaviour: years on a list or in a grade that closes something.

    Points count for the share of the way from the start of the score to the cut that they take; a rule that applies
    from the n-th repetition on counts for an n-th.
    """
    settles = society.behaviours[behaviour].settles_per_year
    rate = settles.value if settles else 0.0
    rules = [rule for rule in scheme.rules if behaviour in rule.when]
    return max((_at_stake(scheme, rule, rate) for rule in rules), default=0.0)


def _rewarded(scheme: Scheme, behaviour: str) -> float:
    """What a record of a behaviour brings, in units of ten points; a place on a red list counts as one."""
    reward = 0.0
    for rule in scheme.rules:
        if behaviour in rule.when:
            honour = rule.onto is not None and scheme.lists[rule.onto].red
            reward += max(0.0, mean_points(rule)) / _UNIT_OF_REWARD + (1.0 if honour else 0.0)
    return reward


def _innocent(scheme: Scheme, behaviour: str, society: Society) -> float:
    """Chance of a record without the act, for each occasion for it: false records of it, divided by occasions."""
    wrong = 0.0
    for name, source in scheme.sources.items():
        if behaviour in source.watches:
            kept = kept_false(scheme, name)
            wrong += mistakes_per_year(source.mistakes) * kept / len(source.watches)
    occasions = society.behaviours[behaviour].per_year.value
    return min(1.0, wrong / occasions) if occasions > 0 else 0.0


def next_points(scheme: Scheme, behaviour: str) -> int:
    """Points that one record of a behaviour takes at once; 0 where it takes none."""
    taken = [-mean_points(rule) for rule in scheme.rules if behaviour in rule.when and rule.after is None]
    return max(0, rounded(sum(points for points in taken if points > 0)))


def _bands(stake: float, response: Response, banded: bool) -> list[float]:
    """Years at stake by distance to the next cut."""
    near = response.nearness.value if banded else 0.0
    bands = [0.0] * BANDS
    bands[FAR] = bands[BELOW] = stake * (1.0 - near)
    bands[NEAR] = stake
    bands[NEXT] = stake * (1.0 + near)
    return bands


def _write_stakes(law: Law, names: Names, w: int, h: int, scheme: Scheme, society: Society, response: Response) -> None:
    """What is at stake for each behaviour, and, where nobody watches, the fear that spreads to it within the domain."""
    stakes = {name: stake_years(scheme, name, society) for name in names.behaviours}
    stakes = {name: 0.0 if society.behaviours[name].standing == "prosocial" else s for name, s in stakes.items()}
    for b, name in enumerate(names.behaviours):
        behaviour = society.behaviours[name]
        stake = stakes[name]
        strength = response.sensitivity.value * (response.chilling.value if behaviour.standing == "lawful" else 1.0)
        if stake == 0.0 and behaviour.standing != "prosocial":
            around = [
                s for other, s in stakes.items() if s > 0 and society.behaviours[other].domain == behaviour.domain
            ]
            stake = sum(around) / len(around) if around else 0.0
            strength *= response.diffusion.value
        points = next_points(scheme, name) if scheme.score is not None else 0
        if scheme.score is not None:
            law.next_points[w, b] = points
        for d, years in enumerate(_bands(stake, response, points > 0)):
            law.slope[w, h, b, d] = slope(strength, years, response.severity_power.value) if years > 0 else 0
        law.innocent[w, h, b] = min(_LARGEST_RISK, share(_innocent(scheme, name, society)))
        reward = _rewarded(scheme, name) if behaviour.standing == "prosocial" else 0.0
        if reward > 0:
            law.reward[w, h, b] = min(_LARGEST_PULL, share(response.reward.value * reward))
            law.crowding[w, h, b] = share(response.crowding.value)
        if law.slope[w, h, b].any() or law.reward[w, h, b] or law.crowding[w, h, b]:
            law.deters[w, b] |= 1 << h


def _write_settling(law: Law, w: int, b: int, per_year: float, response: Response) -> None:
    for code in range(law.settle.shape[2]):
        factor = response.settling_when_jobless.value if code & 7 == Condition.jobless else 1.0
        law.settle[w, b, code] = threshold(weekly_chance(per_year * factor))


def write_response(
    law: Law, names: Names, w: int, schemes: tuple[Scheme, ...], response: Response, resolved: Resolved
) -> None:
    """The response of a world's people to its schemes."""
    society = resolved.society
    law.prior[w] = min(int(response.prior_risk.value * ONE + 0.5), _LARGEST_RISK)
    law.learning[w] = share(response.learning.value)
    law.heard[w] = share(response.heard.value)
    law.talk[w] = threshold(response.talk.value)
    law.spread[w] = share(response.spread.value)
    law.fade[w] = fading(response.half_life_weeks.value, resolved.weeks)
    law.public_fade[w] = fading(response.half_life_weeks.value, 1)[1]
    law.published_lift[w] = share(response.publicity.value * 1000.0)
    law.contagion[w] = share(response.contagion.value)
    law.displacement[w] = threshold(response.displacement.value)
    law.contrary[w] = threshold(response.backlash.value)
    law.not_asking[w] = threshold(response.not_asking.value)
    law.cannot_pay[w] = threshold(response.cannot_pay.value)
    law.felt_loss[w] = share(response.felt_loss.value)
    law.curve[w] = deterrence_curve(response.undeterrable.value)
    law.power[w] = power_curve(response.certainty_power.value)
    for number in range(law.grievance.shape[1]):
        fallen = min(1.0, number * response.grievance.value)
        law.grievance[w, number] = share(exp(response.defiance.value * fallen))
    for b, name in enumerate(names.behaviours):
        behaviour = society.behaviours[name]
        law.base[w, b] = threshold(behaviour.act.value)
        if behaviour.settles_per_year is not None:
            _write_settling(law, w, b, behaviour.settles_per_year.value, response)
    for scheme in schemes:
        _write_stakes(law, names, w, names.schemes.index(scheme.scheme), scheme, society, response)
