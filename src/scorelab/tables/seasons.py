"""What changes with the calendar in each world: roll-out, awareness, joining, campaigns, refilled places."""

import datetime

import numpy as np

from scorelab.kernel.layout import (
    ALWAYS,
    NEVER,
    NORM_BOUND,
    ONE,
    YEAR_WEEKS,
    Int64s,
    Law,
)
from scorelab.spec.resolved import Resolved
from scorelab.spec.scheme import Campaign, Scheme
from scorelab.tables.chances import rounded, share, threshold
from scorelab.tables.elementary import exp
from scorelab.tables.names import Names


def week_of(resolved: Resolved, date: datetime.date) -> int:
    """The first week of the run that does not begin before a date."""
    return min(NEVER, max(0, -(-(date - resolved.start).days // 7)))


def steps_of(resolved: Resolved, scheme: Scheme) -> list[tuple[int, int]]:
    """(week, threshold): from when on a county whose word is below the threshold has the scheme in force."""
    if not scheme.rollout:
        return [(week_of(resolved, scheme.in_force), ALWAYS)]
    return [(week_of(resolved, step.date), threshold(step.share.value)) for step in scheme.rollout]


def _runs(resolved: Resolved, campaign: Campaign) -> range:
    return range(week_of(resolved, campaign.start), min(resolved.weeks, week_of(resolved, campaign.end)))


def _awareness(resolved: Resolved, scheme: Scheme) -> list[int]:
    """Threshold of knowing the scheme by each week: who knew before, and who learned of it from campaigns."""
    unaware = 1.0 - (scheme.aware.value if scheme.aware is not None else 0.0)
    informs = [0.0] * resolved.weeks
    for campaign in scheme.campaigns:
        for week in _runs(resolved, campaign):
            part = campaign.informs.value if campaign.informs is not None else 0.0
            informs[week] = 1.0 - (1.0 - informs[week]) * (1.0 - part)
    levels = []
    for part in informs:
        unaware *= 1.0 - part
        levels.append(threshold(1.0 - unaware))
    return levels


def _joining(resolved: Resolved, scheme: Scheme) -> list[int]:
    """Threshold of being a member so many weeks after the scheme began."""
    if scheme.opt_in is None:
        return [ALWAYS] * resolved.weeks
    rate = scheme.opt_in.per_year.value if scheme.opt_in.per_year is not None else 0.0
    outside = 1.0 - scheme.opt_in.share.value
    return [threshold(1.0 - outside * exp(-rate * week / YEAR_WEEKS)) for week in range(resolved.weeks)]


def _write_campaign(law: Law, names: Names, w: int, campaign: Campaign, resolved: Resolved) -> None:
    domains = campaign.domains or list(names.domains)
    weeks = _runs(resolved, campaign)
    lifts = share(campaign.lifts.value) if campaign.lifts is not None else 0
    for d, name in enumerate(names.domains):
        if name in domains:
            here = law.media[w, d, weeks.start : weeks.stop]
            here += (ONE - here) * lifts >> 16
    if campaign.persuades is None or campaign.persuades.value == 0:
        return
    for b, name in enumerate(names.behaviours):
        behaviour = resolved.society.behaviours[name]
        sign = {"unlawful": -1.0, "lawful": 0.0, "prosocial": 1.0}[behaviour.standing]
        if behaviour.domain in domains:
            here = law.norm_push[w, b, weeks.start : weeks.stop]
            here[:] = np.clip(here + rounded(sign * campaign.persuades.value * ONE), -NORM_BOUND, NORM_BOUND)


def write_seasons(law: Law, names: Names, w: int, scheme: Scheme, resolved: Resolved) -> None:
    """What a scheme's calendar brings."""
    h = names.schemes.index(scheme.scheme)
    for number, step in enumerate(steps_of(resolved, scheme)):
        law.rollout[w, h, number] = step
    if scheme.opt_in is not None:
        law.open_to_all[w] &= ~(1 << h)
    law.aware[w, h] = _awareness(resolved, scheme)
    law.joins[w, h] = _joining(resolved, scheme)
    for campaign in scheme.campaigns:
        _write_campaign(law, names, w, campaign, resolved)


def refill_row(names: Names, resolved: Resolved, refills: bool) -> Int64s:
    """Share of places freed that others get, by service."""
    given = [resolved.society.services[name].refill for name in names.services]
    return np.array([share(one.value) if one is not None and refills else 0 for one in given], np.int64)
