"""Counts of random numbers in the shapes that the kernel gives, and words for their codes."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from scorelab.kernel.layout import (
    RECORDS,
    TURNOVER,
    WEEKLY,
    Counts,
    denial_key,
    flow_key,
    need_key,
    occasion_key,
    stock_key,
)


@dataclass(frozen=True)
class FakeWords:
    worlds: tuple[str, ...]
    behaviours: tuple[str, ...] = ("missed-repayment", "smoking-on-train")
    services: tuple[str, ...] = ("flight", "hotel", "school")
    sources: tuple[str, ...] = ("court", "guards")
    lists: tuple[str, ...] = ("defaulters", "rail")
    domains: tuple[str, ...] = ("credit", "transport")
    groups: tuple[dict[str, str], ...] = tuple(
        {"quintile": quintile, "residence": residence}
        for quintile in ("q1", "q2", "q3")
        for residence in ("urban", "rural")
    )
    kinds: tuple[tuple[str, str, int], ...] = (("need", "flight", 0), ("occasion", "missed-repayment", 1))


def words(worlds: int = 3) -> FakeWords:
    return FakeWords(tuple(("no-scheme", "as-written", "placebo", "w3", "w4", "w5", "w6", "w7")[:worlds]))


def random_counts(names: FakeWords, seed: int, weeks: int = 60, rows: int = 50) -> Counts:
    chance = np.random.default_rng(seed)
    worlds, groups = len(names.worlds), len(names.groups)
    behaviours, services = len(names.behaviours), len(names.services)
    sources, lists = len(names.sources), len(names.lists)
    periods, years = -(-weeks // 13), -(-weeks // 52)

    def sparse(make: Any) -> Any:
        keys = np.unique(np.array([make() for _ in range(rows)], np.int64))
        return np.stack([keys, chance.integers(1, 1000, keys.size)], axis=1)

    def below(size: int) -> int:
        return int(chance.integers(size))

    return Counts(
        weekly=chance.poisson(0.3, (weeks, worlds, groups, len(WEEKLY))).astype(np.int32),
        lists=chance.poisson(0.3, (weeks, worlds, lists, len(TURNOVER))).astype(np.int32),
        records=chance.poisson(0.8, (years, worlds, sources, behaviours, len(RECORDS))) * np.array([1, 2**30, 1, 1]),
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
                below(years), below(worlds), below(behaviours), below(sources), below(lists), below(services), below(4)
            )
        ),
        stocks=sparse(lambda: stock_key(below(periods), below(lists), below(groups), below(2**worlds))),
        persons=chance.poisson(2.0, (years + 1, worlds, groups, 5)),
        histogram=chance.poisson(1.0, (worlds, groups, 12)),
        ever=chance.poisson(1.0, (groups, 2**worlds)),
        size=chance.integers(1, 100, (groups, 2)),
    )


MARGINS = [("age", "0-5", 101.25, 101), ("age", "60+", 20.5, 21), ("size", "1", 7.0, 7)]
