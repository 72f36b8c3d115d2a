"""NumPy, events drawn instead of persons: who has an occasion is drawn by the gaps between them. The reference."""

from typing import Any

import numpy as np

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Counts, Lived

NAME = "NumPy, events drawn"
PERSONS = 100_000


def made(persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived:
    """A further world is a further run with the same seed."""
    households = persons // m.HOUSEHOLD

    def lived() -> Counts:
        return np.stack([_world(households, weeks, seed, threshold, change) for threshold in thresholds])

    return lived


def _chosen(rng: Any, persons: int, chance: float) -> Any:
    """Numbers of the persons of whom each is chosen with the same chance, by themselves, in rising order."""
    room = int(persons * chance + 6 * (persons * chance) ** 0.5 + 10)
    gap = (rng.standard_exponential(room, np.float32) / -np.log1p(-chance)).astype(np.int32)  # geometric, but faster
    gap += 1
    place = gap.cumsum() - 1
    return place[: place.searchsorted(persons)]


def _world(households: int, weeks: int, seed: int, threshold: int, change: Change) -> Counts:
    rng = np.random.default_rng(seed)
    home_group = m.group_of_households(households, change)
    group = np.repeat(home_group, m.HOUSEHOLD).astype(np.uint8)
    persons = len(group)
    chances = m.detection(change, np.arange(m.GROUPS))
    points = np.array(m.POINTS, np.int16)
    acting = 1 - np.arange(m.FEAR_MOST + 1, dtype=np.float32) * np.float32(m.DETERS / m.FEAR_MOST)
    score = np.full(persons, m.START, np.int16)
    until = np.zeros(persons, np.int16)
    home_until = np.zeros(len(home_group), np.int16)
    fear = np.zeros(persons, np.uint8)
    counts = np.zeros((weeks, m.GROUPS, len(m.COLUMNS)), np.int64)

    def count(week: int, column: int, who: Any) -> None:
        counts[week, :, column] = np.bincount(group[who], minlength=m.GROUPS)

    for week in range(weeks):
        who = _chosen(rng, persons, m.P_OCCASION)
        what = rng.integers(0, m.BEHAVIOURS, len(who), np.uint8)
        acts = rng.random(len(who), np.float32) < acting[fear[who]]
        who, what = who[acts], what[acts]
        count(week, m.ACTS, who)
        seen = rng.random(len(who), np.float32) < chances[group[who], what]
        who, what = who[seen], what[seen]
        count(week, m.RECORDS, who)
        score[who] += points[what]
        fear[who] = np.minimum(fear[who].astype(np.int16) + m.FEAR_STEP, m.FEAR_MOST)
        fear -= fear >> m.FEAR_FADES
        new = np.flatnonzero((score < threshold) & (until <= week))
        until[new] = week + m.TERM_WEEKS
        score[new] = m.AGAIN
        count(week, m.LISTINGS, new)
        who = _chosen(rng, persons, m.P_NEED)
        count(week, m.NEEDS, who)
        service = rng.integers(0, m.SERVICES, len(who), np.uint8)
        denied = (service < m.DENIED) & (
            (until[who] > week) | (home_until[who // m.HOUSEHOLD] > week) & (service < m.DENIED_AT_HOME)
        )
        count(week, m.DENIALS, who[denied])
        home_until[new // m.HOUSEHOLD] = week + m.TERM_WEEKS
    return counts
