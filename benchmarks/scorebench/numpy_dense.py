"""NumPy, dense: whole arrays of persons, every week."""

import numpy as np

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Counts, Lived

NAME = "NumPy, dense"
PERSONS = 100_000


def made(persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived:
    """A further world is a further run with the same seed."""

    def lived() -> Counts:
        return np.stack([_world(persons // m.HOUSEHOLD, weeks, seed, threshold, change) for threshold in thresholds])

    return lived


def _world(households: int, weeks: int, seed: int, threshold: int, change: Change) -> Counts:
    rng = np.random.default_rng(seed)
    group = np.repeat(m.group_of_households(households, change), m.HOUSEHOLD)
    n = len(group)
    chances = m.detection(change, np.arange(m.GROUPS)).astype(np.float32)
    points = np.array(m.POINTS, np.int16)
    score = np.full(n, m.START, np.int16)
    until = np.zeros(n, np.int16)
    fear = np.zeros(n, np.int16)
    counts = np.zeros((weeks, m.GROUPS, len(m.COLUMNS)), np.int64)
    for week in range(weeks):
        listed = until.reshape(-1, m.HOUSEHOLD) >= max(week, 1)
        home = np.repeat(listed[:, 0] | listed[:, 1] | listed[:, 2], m.HOUSEHOLD)
        occasion = rng.random(n, np.float32)
        what = (occasion * np.float32(m.BEHAVIOURS / m.P_OCCASION)).astype(np.uint8) % m.BEHAVIOURS
        acts = occasion < m.P_OCCASION
        acts &= rng.random(n, np.float32) < 1 - np.float32(m.DETERS / m.FEAR_MOST) * fear
        records = acts & (rng.random(n, np.float32) < chances[group, what])
        score += np.where(records, points[what], np.int16(0))
        fear = np.minimum(fear + m.FEAR_STEP * records, m.FEAR_MOST)
        fear -= fear >> m.FEAR_FADES
        new = (score < threshold) & (until <= week)
        until[new] = week + m.TERM_WEEKS
        score[new] = m.AGAIN
        need = rng.random(n, np.float32)
        service = (need * np.float32(m.SERVICES / m.P_NEED)).astype(np.uint8) % m.SERVICES
        needs = need < m.P_NEED
        denials = needs & (((until > week) & (service < m.DENIED)) | (home & (service < m.DENIED_AT_HOME)))
        for column, happened in enumerate((acts, records, new, needs, denials)):
            counts[week, :, column] = np.bincount(group[happened], minlength=m.GROUPS)
    return counts
