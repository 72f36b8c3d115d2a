"""The twin's ledger: everything is a tally in a dictionary until the last line."""

from collections import Counter, defaultdict
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
    denial_key,
    flow_key,
    need_key,
    occasion_key,
    stock_key,
)
from scorelab.kernel.layout import GRADES

YEAR, PERIOD = 52, 13
MARKS = ("asked", "restricted", "denied", "wronged", "for_another", "acted", "recordable")
OF_ADULTS = ("acted", "recordable")
Index = tuple[int, ...]


class Book:
    """Counts of one county, by words where there are words."""

    def __init__(self) -> None:
        self.weekly: Counter[tuple[int, int, int, str]] = Counter()
        self.lists: Counter[tuple[int, int, int, str]] = Counter()
        self.records: Counter[tuple[int, int, int, int, str]] = Counter()
        self.points: Counter[tuple[int, int, int, int, int, str]] = Counter()
        self.process: Counter[tuple[int, int, int, int, str]] = Counter()
        self.endings: Counter[tuple[int, int, int, int, str]] = Counter()
        self.tries: Counter[Index] = Counter()
        self.candidates: Counter[Index] = Counter()
        self.occasions: Counter[Index] = Counter()
        self.needs: Counter[Index] = Counter()
        self.denials: Counter[Index] = Counter()
        self.flow: Counter[Index] = Counter()
        self.stocks: Counter[Index] = Counter()
        self.grades: Counter[Index] = Counter()
        self.scores: Counter[Index] = Counter()
        self.marked: defaultdict[tuple[int, int, str], set[int]] = defaultdict(set)
        """(year, world, what) -> persons"""
        self.fired: Counter[str] = Counter()
        """how often each kind of clause did something"""

    def mark(self, t: int, world: int, what: str, person: int) -> None:
        """Remember for this year that something happened to a person in a world."""
        self.marked[t // YEAR, world, what].add(person)

    def counts(
        self, shape: dict[str, int], group: list[int], adult: list[bool], denials: list[list[int]]
    ) -> dict[str, Any]:
        """All counts under the names, axes and keys of the kernel's ``Counts``; ``denials`` by world and person."""
        weeks, worlds, groups = shape["weeks"], shape["worlds"], shape["groups"]
        years, periods = -(-weeks // YEAR), -(-weeks // PERIOD)
        per_list = (weeks, worlds, shape["lists"], len(TURNOVER))
        per_behaviour = (years, worlds, shape["sources"], shape["behaviours"])
        per_scheme = (years, worlds, shape["schemes"], 2, len(PROCESS))
        return {
            "weekly": _filled((weeks, worlds, groups, len(WEEKLY)), _coded(self.weekly, WEEKLY)),
            "lists": _filled(per_list, _coded(self.lists, TURNOVER)),
            "records": _filled((*per_behaviour, len(RECORDS)), _coded(self.records, RECORDS)),
            "points": _filled((*per_behaviour, 2, len(POINTS)), _coded(self.points, POINTS)),
            "process": _filled(per_scheme, _coded(self.process, PROCESS)),
            "endings": _filled((years, worlds, shape["lists"], 2, len(ENDINGS)), _coded(self.endings, ENDINGS)),
            "tries": _filled((periods, worlds, groups, shape["services"]), self.tries),
            "candidates": _filled((shape["kinds"], 2), self.candidates),
            "occasions": _rows(occasion_key, self.occasions),
            "needs": _rows(need_key, self.needs),
            "denials": _rows(denial_key, self.denials),
            "flow": _rows(flow_key, self.flow),
            "stocks": _rows(stock_key, self.stocks),
            "grades": _filled((periods, worlds, groups, GRADES), self.grades),
            "scores": _filled((years, worlds, SCORE_BINS), self.scores),
            "persons": self._persons(years, worlds, groups, group, adult),
            "histogram": _filled(
                (worlds, groups, 12),
                Counter((w, group[i], min(n, 11)) for w in range(worlds) for i, n in enumerate(denials[w])),
            ),
            "ever": _filled(
                (groups, 2**worlds),
                Counter((g, sum(2**w for w in range(worlds) if denials[w][i] > 0)) for i, g in enumerate(group)),
            ),
            "size": _filled(
                (groups, 2),
                Counter((g, column) for g, old in zip(group, adult, strict=True) for column in range(1 + old)),
            ),
        }

    def _persons(self, years: int, worlds: int, groups: int, group: list[int], adult: list[bool]) -> Any:
        table: Counter[tuple[int, int, int, str]] = Counter()
        for world in range(worlds):
            for span in range(years + 1):
                of = range(years) if span == years else [span]
                who = {what: set().union(*(self.marked[year, world, what] for year in of)) for what in MARKS}
                for person, g in enumerate(group):
                    for what in _columns_of(who, person, adult[person]):
                        table[span, world, g, what] += 1
        return _filled((years + 1, worlds, groups, len(PERSONS)), _coded(table, PERSONS))


def _columns_of(who: dict[str, set[int]], person: int, adult: bool) -> list[str]:
    """The columns in which a person is counted."""
    told = [what for what in MARKS if person in who[what]]
    found = ["persons", *(what for what in told if adult or what not in OF_ADULTS)]
    side = "recordable" if "recordable" in told else "other"
    return found + [f"{side}_{what}" for what in ("restricted", "denied") if adult and what in told]


def _coded(table: Counter[Any], words: tuple[str, ...]) -> Counter[Index]:
    return Counter({(*where, words.index(word)): count for (*where, word), count in table.items()})


def _filled(shape: Index, table: Counter[Any]) -> Any:
    out = np.zeros(shape, np.int64)
    for index, count in table.items():
        out[index] = count
    return out


def _rows(key: Any, table: Counter[Index]) -> Any:
    return np.array(sorted((key(*index), count) for index, count in table.items()), np.int64).reshape(-1, 2)
