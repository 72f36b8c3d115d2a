"""pandas: the population is a DataFrame, a week's occasions and needs are DataFrames of events that look it up."""

from typing import Any

import numpy as np
import pandas as pd

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Counts, Lived

NAME = "pandas, events as rows"
PERSONS = 100_000


def made(persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived:
    """A further world is a further run with the same seed."""

    def lived() -> Counts:
        return np.stack([_world(persons // m.HOUSEHOLD, weeks, seed, threshold, change) for threshold in thresholds])

    return lived


def _world(households: int, weeks: int, seed: int, threshold: int, change: Change) -> Counts:
    rng = np.random.default_rng(seed)
    home_group = m.group_of_households(households, change)
    n = len(home_group) * m.HOUSEHOLD
    people = pd.DataFrame(
        {
            "group": np.repeat(home_group, m.HOUSEHOLD),
            "home": np.repeat(np.arange(len(home_group)), m.HOUSEHOLD),
            "score": np.full(n, m.START, np.int32),
            "until": np.zeros(n, np.int32),
            "fear": np.zeros(n, np.int32),
        }
    )
    home_until = pd.Series(np.zeros(len(home_group), np.int32))
    points = np.array(m.POINTS, np.int32)
    chances = m.detection(change, np.arange(m.GROUPS))
    counts = np.zeros((weeks, m.GROUPS, len(m.COLUMNS)), np.int64)

    def events(chance: float, kinds: int) -> Any:
        who = np.flatnonzero(rng.random(n, np.float32) < chance)
        drawn = {"kind": rng.integers(0, kinds, len(who)), "u": rng.random(len(who)), "v": rng.random(len(who))}
        return people.take(who).assign(**drawn)

    def count(week: int, column: int, rows: Any) -> None:
        found = rows["group"].value_counts()
        counts[week, found.index, column] = found.to_numpy()

    for week in range(weeks):
        acts = events(m.P_OCCASION, m.BEHAVIOURS)
        acts = acts[acts["u"] < 1 - m.DETERS / m.FEAR_MOST * acts["fear"]]
        count(week, m.ACTS, acts)
        records = acts[acts["v"] < chances[acts["group"], acts["kind"]]]
        count(week, m.RECORDS, records)
        people.loc[records.index, "score"] = records["score"] + points[records["kind"]]
        people.loc[records.index, "fear"] = (records["fear"] + m.FEAR_STEP).clip(upper=m.FEAR_MOST)
        people["fear"] -= people["fear"] // (1 << m.FEAR_FADES)
        new = people[(people["score"] < threshold) & (people["until"] <= week)]
        count(week, m.LISTINGS, new)
        people.loc[new.index, "until"] = week + m.TERM_WEEKS
        people.loc[new.index, "score"] = m.AGAIN
        needs = events(m.P_NEED, m.SERVICES)
        count(week, m.NEEDS, needs)
        at_home = home_until.take(needs["home"]).to_numpy() > week
        closed = ((needs["until"] > week) & (needs["kind"] < m.DENIED)) | (at_home & (needs["kind"] < m.DENIED_AT_HOME))
        count(week, m.DENIALS, needs[closed])
        home_until.loc[new["home"]] = week + m.TERM_WEEKS
    return counts
