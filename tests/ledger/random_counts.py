"""Counts of random numbers in the shapes that the kernel gives, and words for their codes."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from scorelab.kernel.counted import (
    ENDINGS,
    PERSONS,
    POINTS,
    PROCESS,
    RECORDS,
    SCORE_BINS,
    TURNOVER,
    WEEKLY,
    Counts,
    denial_key,
    flow_key,
    need_key,
    occasion_key,
    stock_key,
)
from scorelab.kernel.layout import GRADE_STATUS, GRADES


@dataclass(frozen=True)
class FakeWords:
    worlds: tuple[str, ...]
    behaviours: tuple[str, ...] = ("missed-repayment", "smoking-on-train")
    services: tuple[str, ...] = ("flight", "hotel", "school")
    sources: tuple[str, ...] = ("court", "guards")
    lists: tuple[str, ...] = ("defaulters", "rail")
    schemes: tuple[str, ...] = ("courts", "railways")
    grade_words: tuple[str, ...] = ("poor", "fair", "good")
    domains: tuple[str, ...] = ("credit", "transport")
    groups: tuple[dict[str, str], ...] = tuple(
        {"quintile": quintile, "residence": residence}
        for quintile in ("q1", "q2", "q3")
        for residence in ("urban", "rural")
    )
    kinds: tuple[tuple[str, str, int], ...] = (("need", "flight", 0), ("occasion", "missed-repayment", 1))

    @property
    def grades(self) -> tuple[tuple[str, ...], ...]:
        """The first world has no score, the second one without grades, the others have all or all but the lowest."""
        some = (self.grade_words, self.grade_words[1:])
        return tuple(() if world < 2 else some[world % 2] for world in range(len(self.worlds)))


def words(worlds: int = 3) -> FakeWords:
    return FakeWords(tuple(("no-scheme", "as-written", "placebo", "w3", "w4", "w5", "w6", "w7")[:worlds]))


def random_counts(names: FakeWords, seed: int, weeks: int = 60, rows: int = 50) -> Counts:
    chance = np.random.default_rng(seed)
    worlds, groups = len(names.worlds), len(names.groups)
    behaviours, services = len(names.behaviours), len(names.services)
    sources, lists = len(names.sources), len(names.lists)
    schemes = len(names.schemes)
    periods, years = -(-weeks // 13), -(-weeks // 52)

    def sparse(make: Any) -> Any:
        keys = np.unique(np.array([make() for _ in range(rows)], np.int64))
        return np.stack([keys, chance.integers(1, 1000, keys.size)], axis=1)

    def below(size: int) -> int:
        return int(chance.integers(size))

    def status() -> int:
        """A list, or the lowest grade, which every world has."""
        return below(lists) if chance.random() < 0.7 else GRADE_STATUS

    graded = np.array([max(1, len(grades)) for grades in names.grades])
    has = np.arange(GRADES)[None, None, None, :] < graded[None, :, None, None]
    return Counts(
        weekly=chance.poisson(0.3, (weeks, worlds, groups, len(WEEKLY))).astype(np.int32),
        lists=chance.poisson(0.3, (weeks, worlds, lists, len(TURNOVER))).astype(np.int32),
        records=chance.poisson(0.8, (years, worlds, sources, behaviours, len(RECORDS)))
        * np.array([2**30 if name == "expected" else 1 for name in RECORDS]),
        points=chance.poisson(0.8, (years, worlds, sources, behaviours, 2, len(POINTS))),
        process=chance.poisson(0.8, (years, worlds, schemes, 2, len(PROCESS))),
        endings=chance.poisson(0.8, (years, worlds, lists, 2, len(ENDINGS))),
        tries=chance.poisson(0.3, (periods, worlds, groups, services)),
        candidates=chance.integers(1, 10**6, (len(names.kinds), 2)),
        occasions=sparse(lambda: occasion_key(below(periods), below(groups), below(behaviours), below(4**worlds))),
        needs=sparse(
            lambda: need_key(
                below(periods), below(groups), below(services), sum(below(6) * 8**world for world in range(worlds))
            )
        ),
        denials=sparse(
            lambda: denial_key(
                below(periods), below(worlds), below(groups), below(services), below(2), below(16), below(64)
            )
        ),
        flow=sparse(
            lambda: flow_key(
                below(years), below(worlds), below(behaviours), below(sources), status(), below(services), below(4)
            )
        ),
        stocks=sparse(lambda: stock_key(below(periods), below(lists), below(groups), below(2**worlds))),
        grades=chance.poisson(2.0, (periods, worlds, groups, GRADES)) * has,
        scores=chance.poisson(0.5, (years, worlds, SCORE_BINS)),
        persons=chance.poisson(2.0, (years + 1, worlds, groups, len(PERSONS))),
        histogram=chance.poisson(1.0, (worlds, groups, 12)),
        ever=chance.poisson(1.0, (groups, 2**worlds)),
        size=chance.integers(1, 100, (groups, 2)),
    )


MARGINS = [("age", "0-5", 101.25, 101), ("age", "60+", 20.5, 21), ("size", "1", 7.0, 7)]
