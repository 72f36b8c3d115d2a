"""Schemes and assumptions of each world as the kernel's tables."""

import numpy as np

from scorelab.errors import InputError, Problem
from scorelab.kernel.fate import purpose
from scorelab.kernel.layout import ALWAYS, NEVER, RISK_STEPS, YEAR_WEEKS, Int64s, Law, UInt64s
from scorelab.spec.resolved import Resolved, ResolvedWorld
from scorelab.spec.scheme import ListClause, Scheme
from scorelab.spec.society import Society
from scorelab.tables.chances import LONGEST_STAKE_YEARS, acting_curve, fading, threshold, weekly_chance
from scorelab.tables.names import Names
from scorelab.words import Condition, Switch

_LARGEST_RISK = 65535


def empty_law(names: Names, weeks: int) -> Law:
    """Tables in which nothing is in force and nobody does anything."""
    w, b, s = len(names.worlds), len(names.behaviours), len(names.services)
    r, l, h = len(names.sources), len(names.lists), len(names.schemes)  # noqa: E741

    def zeros(*shape: int) -> Int64s:
        return np.zeros(shape, np.int64)

    def hashes(*words: str) -> UInt64s:
        return np.array([purpose(word) for word in words], np.uint64)

    return Law(
        in_force=zeros(w, h) + NEVER,
        sensitivity=zeros(w, r, b),
        source_scheme=zeros(w, r) - 1,
        delay=zeros(w, r),
        mistaken_for=zeros(w, r, b) - 1,
        points=zeros(w, b),
        score=zeros(w, 5) - np.array([1, 0, 0, 0, 0]),
        onto=zeros(w, b),
        list_scheme=zeros(w, l) - 1,
        term=zeros(w, l),
        by_score=zeros(w, l),
        enter_below=zeros(w, l) - NEVER,
        leave_at=zeros(w, l),
        notice=zeros(w, l),
        correct=zeros(w, l),
        repeat=zeros(w, l, 3),
        settle=zeros(w, b, len(Condition)),
        bar_self=zeros(w, s),
        bar_child=zeros(w, s),
        base=zeros(w, b),
        acting=zeros(w, h, b, RISK_STEPS + 1),
        deters=zeros(w, b),
        knows=zeros(w, h),
        prior=zeros(w),
        learning=zeros(w),
        spread=zeros(w),
        fade=zeros(w, weeks + 1),
        domain=zeros(b),
        success=zeros(s),
        retry=zeros(s),
        grants_work=zeros(s),
        not_asking=zeros(w),
        sibling=zeros(w, 3) - 1,
        record_purpose=hashes(*(f"record/{x}/{y}" for x in names.sources for y in names.behaviours)).reshape(r, b),
        which_purpose=hashes(*(f"which/{x}" for x in names.sources)),
        ask_purpose=hashes(*(f"ask/{x}" for x in names.services)),
        settle_purpose=hashes(*(f"settle/{x}" for x in names.lists)),
        correct_purpose=hashes(*(f"correct/{x}" for x in names.lists)),
        notice_purpose=hashes(*(f"notice/{x}" for x in names.lists)),
        knows_purpose=hashes(*(f"knows/{x}" for x in names.schemes)),
        round_purpose=hashes(*(f"round/{x}" for x in names.behaviours)),
    )


def _first_week(resolved: Resolved, scheme: Scheme) -> int:
    days = (scheme.in_force - resolved.start).days
    return min(NEVER, max(0, -(-days // 7)))


def _write_scheme(law: Law, names: Names, w: int, scheme: Scheme, first_week: int) -> None:
    h = names.schemes.index(scheme.scheme)
    law.in_force[w, h] = first_week
    law.knows[w, h] = threshold(scheme.aware.value) if scheme.aware else 0
    for name, source in scheme.sources.items():
        r = names.sources.index(name)
        law.source_scheme[w, r] = h
        law.delay[w, r] = source.delay_weeks
        for place, behaviour in enumerate(sorted(source.watches)):
            b = names.behaviours.index(behaviour)
            law.sensitivity[w, r, b] = threshold(source.watches[behaviour].value)
            law.mistaken_for[w, r, place] = b
    if scheme.score is not None:
        score = scheme.score
        law.score[w] = (h, score.start, score.lowest, score.highest, score.recovery_per_week)
    for name, clause in scheme.lists.items():
        _write_list(law, w, names.lists.index(name), h, clause)
    for rule in scheme.rules:
        for behaviour in sorted(set(rule.when)):
            b = names.behaviours.index(behaviour)
            law.points[w, b] += rule.points or 0
            if rule.onto is not None:
                law.onto[w, b] |= 1 << names.lists.index(rule.onto)
    for consequence in scheme.consequences:
        bars = law.bar_self if consequence.whom == "self" else law.bar_child
        for service in consequence.bar:
            bars[w, names.services.index(service)] |= 1 << names.lists.index(consequence.while_on)


def _write_list(law: Law, w: int, l: int, h: int, clause: ListClause) -> None:  # noqa: E741
    law.list_scheme[w, l] = h
    law.term[w, l] = clause.term_weeks or 0
    law.by_score[w, l] = int(clause.until == "score")
    law.leave_at[w, l] = clause.leave_at or 0
    if clause.enter_below is not None:
        law.enter_below[w, l] = clause.enter_below
    law.notice[w, l] = threshold(clause.notice.value) if clause.notice else ALWAYS
    if clause.corrected_per_year is not None:
        law.correct[w, l] = threshold(weekly_chance(clause.corrected_per_year.value))
    if clause.repeat is not None:
        law.repeat[w, l] = (clause.repeat.count, clause.repeat.within_weeks, clause.repeat.then_weeks)


def _years_on(clause: ListClause, scheme: Scheme, settles_per_year: float) -> float:
    """Expected years that one listing lasts, at most ``LONGEST_STAKE_YEARS``."""
    years = LONGEST_STAKE_YEARS
    if clause.term_weeks is not None:
        years = clause.term_weeks / YEAR_WEEKS
    elif clause.until == "settled" and settles_per_year > 0:
        years = 1.0 / settles_per_year
    elif clause.until == "score" and scheme.score is not None and scheme.score.recovery_per_week > 0:
        assert clause.leave_at is not None
        lowest = scheme.score.lowest if clause.enter_below is None else clause.enter_below - 1
        weeks = (clause.leave_at - lowest) / scheme.score.recovery_per_week
        years = max(weeks, 1.0) / YEAR_WEEKS
    return min(years, LONGEST_STAKE_YEARS)


def stake_years(scheme: Scheme, behaviour: str, society: Society) -> float:
    """S, what is at stake in one record of a behaviour: years on a list, of the list that lasts longest.

    Points count for the share of the way from the start of the score to the cut of a list that they take.
    """
    settles = society.behaviours[behaviour].settles_per_year
    rate = settles.value if settles else 0.0
    stake = 0.0
    points = sum(rule.points or 0 for rule in scheme.rules if behaviour in rule.when)
    direct = {rule.onto for rule in scheme.rules if behaviour in rule.when}
    for name, clause in scheme.lists.items():
        years = _years_on(clause, scheme, rate)
        if name in direct:
            stake = max(stake, years)
        if clause.enter_below is not None and scheme.score is not None and points < 0:
            way = max(1, scheme.score.start - clause.enter_below + 1)
            stake = max(stake, years * min(1.0, -points / way))
    return stake


def _write_response(law: Law, names: Names, w: int, world: ResolvedWorld, resolved: Resolved) -> None:
    response, society = world.response, resolved.society
    law.prior[w] = min(int(response.prior_risk.value * 65536 + 0.5), _LARGEST_RISK)
    law.learning[w] = int(response.learning.value * 65536 + 0.5)
    law.spread[w] = int(response.spread.value * 65536 + 0.5)
    law.fade[w] = fading(response.half_life_weeks.value, resolved.weeks)
    law.not_asking[w] = threshold(response.not_asking.value)
    for b, name in enumerate(names.behaviours):
        behaviour = society.behaviours[name]
        law.base[w, b] = threshold(behaviour.act.value)
        for scheme in world.schemes:
            stake = stake_years(scheme, name, society)
            h = names.schemes.index(scheme.scheme)
            law.acting[w, h, b] = acting_curve(behaviour.act.value, stake, response)
            if stake > 0:
                law.deters[w, b] |= 1 << h
        if behaviour.settles_per_year is not None:
            for q in Condition:
                factor = response.settling_when_jobless.value if q is Condition.jobless else 1.0
                law.settle[w, b, q] = threshold(weekly_chance(behaviour.settles_per_year.value * factor))


def _siblings(resolved: Resolved) -> list[list[int]]:
    """For each world the same world without false records, without ties, and without either; -1 where there is none."""
    wanted = ({Switch.false_records.value}, {Switch.ties.value}, {Switch.false_records.value, Switch.ties.value})
    table = []
    for world in resolved.worlds:
        row = []
        for switches in wanted:
            found = [
                w
                for w, other in enumerate(resolved.worlds)
                if not switches & set(world.without)
                and set(other.without) == set(world.without) | switches
                and other.schemes == world.schemes
                and other.response == world.response
                and other.placebo == world.placebo
            ]
            row.append(found[0] if found else -1)
        table.append(row)
    return table


def check_purposes(words: list[int]) -> None:
    """Two purposes with one hash would share their chance; another name for one of them puts it right."""
    if len(set(words)) != len(words):
        raise InputError([Problem("names", 0, 0, "two names have the same 32-bit hash; please rename one of them")])


def law_table(resolved: Resolved, names: Names) -> Law:
    """The law of all worlds.

    Raises InputError in the (one in many thousand) case that two names share a hash.
    """
    law = empty_law(names, resolved.weeks)
    for b, name in enumerate(names.behaviours):
        law.domain[b] = names.domains.index(resolved.society.behaviours[name].domain)
    for s, name in enumerate(names.services):
        service = resolved.society.services[name]
        law.success[s] = threshold(service.success.value)
        law.retry[s] = threshold(service.retry.value) if service.retry else 0
        law.grants_work[s] = int(service.grants_work)
    for w, world in enumerate(resolved.worlds):
        for scheme in world.schemes:
            _write_scheme(law, names, w, scheme, _first_week(resolved, scheme))
        _write_response(law, names, w, world, resolved)
        if Switch.ties.value in world.without:
            law.bar_child[w] = 0
    law.sibling[:] = _siblings(resolved)
    return law
