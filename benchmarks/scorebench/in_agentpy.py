"""AgentPy: persons are agents of a list; each week a random part of it has an occasion, and another a need."""

from typing import Any

import agentpy
import numpy as np

from benchmarks.scorebench import model as m
from benchmarks.scorebench.faded import FADED
from benchmarks.scorebench.model import Change, Counts, Lived

NAME = "AgentPy, activated by event"
PERSONS = 20_000


class Home:
    """A household, and until when it is restricted, from after which week on."""

    def __init__(self, group: int) -> None:
        self.group = group
        self.until = self.since = 0


class Person(agentpy.Agent):  # type: ignore[misc]
    """A person of scorebench."""

    def setup(self) -> None:
        """Everybody begins alike."""
        self.score = m.START
        self.until = self.fear = self.seen = 0

    def occasion(self) -> None:
        """Act or not; be recorded or not; be listed or not."""
        model, chance = self.model, self.model.random.random
        week, tally = model.t, model.tally[self.home.group]
        what = int(chance() * m.BEHAVIOURS)
        fear = FADED[week - self.seen][self.fear]
        if chance() >= 1 - m.DETERS / m.FEAR_MOST * fear:
            return
        tally[m.ACTS] += 1
        if chance() >= model.chances[self.home.group][what]:
            return
        tally[m.RECORDS] += 1
        self.score += m.POINTS[what]
        self.fear, self.seen = min(fear + m.FEAR_STEP, m.FEAR_MOST), week
        if self.score < model.p.threshold and self.until <= week:
            tally[m.LISTINGS] += 1
            self.score = m.AGAIN
            self.until = week + m.TERM_WEEKS
            if self.home.until <= week:
                self.home.since = week
            self.home.until = self.until

    def need(self) -> None:
        """Ask, and be denied or not."""
        model, home = self.model, self.home
        tally, service = model.tally[home.group], int(model.random.random() * m.SERVICES)
        tally[m.NEEDS] += 1
        own = service < m.DENIED and self.until > model.t
        if own or (service < m.DENIED_AT_HOME and home.until > model.t > home.since):
            tally[m.DENIALS] += 1


class Society(agentpy.Model):  # type: ignore[misc]
    """The people of scorebench in one world."""

    def setup(self) -> None:
        """Make the people."""
        self.chances = m.detection(self.p.change, np.arange(m.GROUPS)).tolist()
        homes = [Home(int(group)) for group in m.group_of_households(self.p.persons // m.HOUSEHOLD, self.p.change)]
        self.people = agentpy.AgentList(self, m.HOUSEHOLD * len(homes), Person)
        for number, person in enumerate(self.people):
            person.home = homes[number // m.HOUSEHOLD]

    def step(self) -> None:
        """One week."""
        self.tally = [[0] * len(m.COLUMNS) for _ in range(m.GROUPS)]
        for person in self._some(m.P_OCCASION):
            person.occasion()
        for person in self._some(m.P_NEED):
            person.need()

    def _some(self, chance: float) -> Any:
        return self.people.random(int(self.nprandom.binomial(len(self.people), chance)), replace=False)


def made(persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived:
    """A further world is a further model with the same seed."""
    societies = []
    for threshold in thresholds:
        societies.append(Society({"persons": persons, "threshold": threshold, "change": change, "seed": seed}))
        societies[-1].sim_setup(steps=weeks)

    def lived() -> Counts:
        counts = np.zeros((len(societies), weeks, m.GROUPS, len(m.COLUMNS)), np.int64)
        for world, society in enumerate(societies):
            for week in range(weeks):
                society.sim_step()
                counts[world, week] = society.tally
        return counts

    return lived
