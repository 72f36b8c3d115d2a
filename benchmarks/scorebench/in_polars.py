"""Polars: the week is expressions over the whole population; events are rows that a filter keeps."""

from typing import Any

import numpy as np
import polars as pl

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Counts, Lived

NAME = "Polars, events as rows"
PERSONS = 100_000


def made(persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived:
    """A further world is a further run with the same seed. Chance comes from NumPy: Polars draws none by column."""

    def lived() -> Counts:
        return np.stack([_world(persons // m.HOUSEHOLD, weeks, seed, threshold, change) for threshold in thresholds])

    return lived


def _world(households: int, weeks: int, seed: int, threshold: int, change: Change) -> Counts:
    rng = np.random.default_rng(seed)
    home_group = m.group_of_households(households, change)
    n = len(home_group) * m.HOUSEHOLD
    group = pl.Series(np.repeat(home_group, m.HOUSEHOLD), dtype=pl.UInt8)
    home_until = pl.zeros(len(home_group), pl.Int16, eager=True)
    people = pl.DataFrame(
        {"score": pl.repeat(m.START, n, dtype=pl.Int16, eager=True), "fear": pl.zeros(n, pl.Int16, eager=True)}
    ).with_columns(until=pl.lit(0, pl.Int16), group=group, person=pl.int_range(n, dtype=pl.UInt32))
    points = pl.Series(m.POINTS, dtype=pl.Int16)
    chances = pl.Series(m.detection(change, np.arange(m.GROUPS)).ravel())
    counts = np.zeros((weeks, m.GROUPS, len(m.COLUMNS)), np.int64)

    def events(people: Any, chance: float, kinds: int) -> Any:
        chosen = people.filter(pl.Series(rng.random(n, np.float32) < chance))
        size = chosen.height
        return chosen.with_columns(
            kind=pl.Series(rng.integers(0, kinds, size, np.uint8)),
            u=pl.Series(rng.random(size, np.float32)),
            v=pl.Series(rng.random(size, np.float32)),
        )

    def count(week: int, column: int, rows: Any) -> None:
        found = rows["group"].value_counts()
        counts[week, found["group"].to_numpy(), column] = found["count"].to_numpy()

    for week in range(weeks):
        acts = events(people, m.P_OCCASION, m.BEHAVIOURS)
        acts = acts.filter(pl.col("u") < 1 - m.DETERS / m.FEAR_MOST * pl.col("fear"))
        count(week, m.ACTS, acts)
        cell = acts["group"].cast(pl.UInt32) * m.BEHAVIOURS + acts["kind"]
        records = acts.filter(acts["v"] < chances.gather(cell))
        count(week, m.RECORDS, records)
        score = people["score"].scatter(records["person"], records["score"] + points.gather(records["kind"]))
        raised = (records["fear"] + m.FEAR_STEP).clip(upper_bound=m.FEAR_MOST)
        fear = people["fear"].scatter(records["person"], raised)
        fear = fear - (fear // (1 << m.FEAR_FADES))
        people = people.with_columns(score=score, fear=fear)
        new = people.filter((pl.col("score") < threshold) & (pl.col("until") <= week))
        count(week, m.LISTINGS, new)
        people = people.with_columns(
            score=people["score"].scatter(new["person"], m.AGAIN),
            until=people["until"].scatter(new["person"], week + m.TERM_WEEKS),
        )
        needs = events(people, m.P_NEED, m.SERVICES)
        count(week, m.NEEDS, needs)
        at_home = home_until.gather(needs["person"] // m.HOUSEHOLD) > week
        closed = (needs["until"] > week) & (needs["kind"] < m.DENIED) | at_home & (needs["kind"] < m.DENIED_AT_HOME)
        count(week, m.DENIALS, needs.filter(closed))
        home_until = home_until.scatter(new["person"] // m.HOUSEHOLD, week + m.TERM_WEEKS)
    return counts
