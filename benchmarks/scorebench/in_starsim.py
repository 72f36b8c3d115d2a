"""Starsim: persons are states of a module; chance comes from its distributions, with its common random numbers."""

from typing import Any

import numpy as np
import starsim as ss

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Counts, Lived

NAME = "Starsim, arrays"
PERSONS = 100_000


class Law(ss.Module):  # type: ignore[misc]
    """scorebench as a module of Starsim."""

    def __init__(self, threshold: int, change: Change, weeks: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.threshold, self.change = threshold, change
        self.counts = np.zeros((weeks, m.GROUPS, len(m.COLUMNS)), np.int64)
        self.chances = m.detection(change, np.arange(m.GROUPS))
        self.points = np.array(m.POINTS)
        self.occasion = ss.bernoulli(p=m.P_OCCASION)
        self.behaviour = ss.randint(low=0, high=m.BEHAVIOURS)
        self.acting = ss.random()
        self.seen = ss.random()
        self.need = ss.bernoulli(p=m.P_NEED)
        self.service = ss.randint(low=0, high=m.SERVICES)
        self.define_states(
            ss.IntArr("score", default=m.START), ss.IntArr("until", default=0), ss.IntArr("fear", default=0)
        )

    def count(self, column: int, who: Any) -> None:
        """Add up by group."""
        group = np.asarray(who) // m.HOUSEHOLD % m.GROUPS
        self.counts[self.ti, :, column] = np.bincount(group, minlength=m.GROUPS)

    def step(self) -> None:
        """One week."""
        week = self.ti
        home = (self.until.raw[: len(self.until)].reshape(-1, m.HOUSEHOLD) >= max(week, 1)).any(axis=1)
        who = self.occasion.filter()
        what = self.behaviour.rvs(who)
        acts = self.acting.rvs(who) < 1 - m.DETERS / m.FEAR_MOST * self.fear[who]
        who, what = who[acts], what[acts]
        self.count(m.ACTS, who)
        seen = self.seen.rvs(who) < self.chances[np.asarray(who) // m.HOUSEHOLD % m.GROUPS, what]
        who, what = who[seen], what[seen]
        self.count(m.RECORDS, who)
        self.score[who] += self.points[what]
        self.fear[who] = np.minimum(self.fear[who] + m.FEAR_STEP, m.FEAR_MOST)
        self.fear[:] = self.fear.values - (self.fear.values >> m.FEAR_FADES)
        new = ((self.score < self.threshold) & (self.until <= week)).uids
        self.until[new] = week + m.TERM_WEEKS
        self.score[new] = m.AGAIN
        self.count(m.LISTINGS, new)
        who = self.need.filter()
        self.count(m.NEEDS, who)
        service = self.service.rvs(who)
        at_home = home[np.asarray(who) // m.HOUSEHOLD] & (service < m.DENIED_AT_HOME)
        denied = ((self.until[who] > week) & (service < m.DENIED)) | at_home
        self.count(m.DENIALS, who[denied])


def made(persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived:
    """A further world is a further simulation with the same seed."""
    people = (persons // m.HOUSEHOLD + change.households) * m.HOUSEHOLD
    laws = [Law(threshold, change, weeks, name="law") for threshold in thresholds]
    sims = [
        ss.Sim(
            n_agents=people, start=0, stop=weeks - 1, dt=1, rand_seed=seed, modules=law, copy_inputs=False, verbose=0
        )
        for law in laws
    ]
    for sim in sims:
        sim.init()

    def lived() -> Counts:
        for sim in sims:
            sim.run()
        return np.stack([law.counts for law in laws])

    return lived
