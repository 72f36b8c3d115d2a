"""Mesa: persons and homes are objects; in a week only those with an occasion or a need are activated.

Fear is brought up to date when it is read, and nobody is looked at who has no event.
"""

from typing import Any

import mesa
import numpy as np

from benchmarks.scorebench import model as m
from benchmarks.scorebench.faded import FADED
from benchmarks.scorebench.model import Change, Counts, Lived

NAME = "Mesa, activated by event"
PERSONS = 20_000


class Home:
    """A household, and until when it is restricted, from after which week on."""

    def __init__(self, group: int) -> None:
        self.group = group
        self.until = self.since = 0


class Person(mesa.Agent):  # type: ignore[misc]
    """A person of scorebench."""

    def __init__(self, model: "Society", home: Home) -> None:
        super().__init__(model)
        self.home = home
        self.score = m.START
        self.until = self.fear = self.seen = 0

    def occasion(self) -> None:
        """Act or not; be recorded or not; be listed or not."""
        model, chance = self.model, self.model.random.random
        week, tally = model.week, model.tally[self.home.group]
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
        if self.score < model.threshold and self.until <= week:
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
        own = service < m.DENIED and self.until > model.week
        if own or (service < m.DENIED_AT_HOME and home.until > model.week > home.since):
            tally[m.DENIALS] += 1


class Society(mesa.Model):  # type: ignore[misc]
    """The people of scorebench in one world."""

    def __init__(self, persons: int, seed: int, threshold: int, change: Change) -> None:
        super().__init__(seed=seed)
        self.threshold, self.week = threshold, 0
        self.chances = m.detection(change, np.arange(m.GROUPS)).tolist()
        self.tally: list[list[int]] = []
        homes = [Home(int(group)) for group in m.group_of_households(persons // m.HOUSEHOLD, change)]
        Person.create_agents(self, m.HOUSEHOLD * len(homes), [home for home in homes for _ in range(m.HOUSEHOLD)])
        self.people = list(self.agents)

    def step(self) -> None:
        """One week."""
        self.tally = [[0] * len(m.COLUMNS) for _ in range(m.GROUPS)]
        for person in self._some(m.P_OCCASION):
            person.occasion()
        for person in self._some(m.P_NEED):
            person.need()
        self.week += 1

    def _some(self, chance: float) -> Any:
        return self.random.sample(self.people, self.rng.binomial(len(self.people), chance))


def made(persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived:
    """A further world is a further model with the same seed."""
    societies = [Society(persons, seed, threshold, change) for threshold in thresholds]

    def lived() -> Counts:
        counts = np.zeros((len(societies), weeks, m.GROUPS, len(m.COLUMNS)), np.int64)
        for world, society in enumerate(societies):
            for week in range(weeks):
                society.step()
                counts[world, week] = society.tally
        return counts

    return lived
