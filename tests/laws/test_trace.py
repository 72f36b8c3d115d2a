"""A trace is the run itself, person by person: it adds up to the counts, and it changes none of them."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from scorelab.kernel import counted, layout, trace
from scorelab.kernel.counted import ENDINGS, POINTS, PROCESS, RECORDS, TURNOVER, WEEKLY, Counts
from scorelab.kernel.layout import PERIOD_WEEKS, YEAR_WEEKS, Int64s
from scorelab.kernel.live import Trace, live
from scorelab.kernel.series import SCORE_NOW
from scorelab.words import Act, Condition, Need
from tests.twin.compare import SMALL, digest
from tests.twin.strategies import Case, random_tables

SEEDS = (3, 11, 29, 64, 101, 202)
MEDIUM = SMALL._replace(persons=300, weeks=60, worlds=4)


def _traced(case: Case, persons: Any) -> tuple[Counts, Trace]:
    found = Trace(persons)
    generator = live(case.county, case.kinds, case.law, case.weeks, case.groups, found)
    while True:
        try:
            next(generator)
        except StopIteration as end:
            return end.value, found


def _untraced(case: Case) -> Counts:
    generator = live(case.county, case.kinds, case.law, case.weeks, case.groups)
    while True:
        try:
            next(generator)
        except StopIteration as end:
            counts: Counts = end.value
            return counts


class _Book:
    """The counts, made once more from the events alone."""

    def __init__(self, case: Case, like: Counts) -> None:
        self.group = case.county.group
        self.worlds = like.weekly.shape[1]
        self.dense = {
            name: np.zeros(getattr(like, name).shape, np.int64)
            for name in ("weekly", "lists", "records", "points", "process", "endings")
        }
        self.sparse: dict[str, Counter[int]] = {name: Counter() for name in ("occasions", "needs", "flow")}
        self.on: dict[tuple[int, int, int], int] = {}
        self.red = case.law.red
        self.scheme = case.law.source_scheme

    def weekly(self, t: int, w: int, p: int, name: str) -> None:
        self.dense["weekly"][t, w, self.group[p], WEEKLY.index(name)] += 1

    def process(self, t: int, w: int, h: int, truth: int, name: str) -> None:
        self.dense["process"][t // YEAR_WEEKS, w, h, truth, PROCESS.index(name)] += 1

    def enter(self, events: Int64s) -> None:
        kinds = (
            *(self.met, self.needed, self.refused, self.written, self.arrived, self.took_effect),
            *(self.moved, self.came_on, self.came_off, self.taken_back),
        )
        for t, p, w, what, *more in events.tolist():
            if what < len(kinds):
                kinds[what](t, p, w, *more)

    def met(self, t: int, p: int, _w: int, b: int, pattern: int, *_: int) -> None:
        key = counted.occasion_key(t // PERIOD_WEEKS, int(self.group[p]), b, pattern)
        self.sparse["occasions"][key] += 1
        for w in range(self.worlds):
            outcome = Act(pattern >> 2 * w & 3)
            if outcome:
                self.weekly(t, w, p, "occasions")
            if outcome in (Act.acted, Act.displaced):
                self.weekly(t, w, p, "acts" if outcome == Act.acted else "displaced")

    def needed(self, t: int, p: int, _w: int, s: int, pattern: int, *_: int) -> None:
        self.sparse["needs"][counted.need_key(t // PERIOD_WEEKS, int(self.group[p]), s, pattern)] += 1
        for w in range(self.worlds):
            outcome = Need(pattern >> 3 * w & 7)
            if outcome:
                self.weekly(t, w, p, "needs")
                self.weekly(t, w, p, outcome.name)
            if outcome > Need.not_asked:
                self.weekly(t, w, p, "asked")

    def refused(self, t: int, p: int, w: int, s: int, status: int, flags: int, b: int, r: int, tie: int) -> None:
        origin, truth, tainted = flags >> 3, flags >> 2 & 1, flags >> 1 & 1
        self.sparse["flow"][counted.flow_key(t // YEAR_WEEKS, w, b, r, status, s, 2 * origin + truth)] += 1
        assert tie == -1 or origin
        for name, so in (("denied_tie", origin), ("denied_false", truth), ("denied_tainted", tainted)):
            if so:
                self.weekly(t, w, p, name)

    def written(self, t: int, p: int, w: int, b: int, r: int, truth: int, *_: int) -> None:
        self.dense["records"][t // YEAR_WEEKS, w, r, b, RECORDS.index("false" if truth else "true")] += 1
        self.weekly(t, w, p, "records_false" if truth else "records_true")

    def arrived(self, t: int, _p: int, w: int, _b: int, r: int, truth: int, became: int, *_: int) -> None:
        h = int(self.scheme[w, r])
        self.process(t, w, h, truth, "arrived")
        for bit, name in (
            (trace.WAS_TOLD, "told"),
            (trace.MADE_GOOD, "made_good"),
            (trace.OBJECTED, "objected"),
            (trace.OBJECTION_UPHELD, "objection_upheld"),
        ):
            if became & bit:
                self.process(t, w, h, truth, name)

    def took_effect(
        self, t: int, _p: int, w: int, _b: int, r: int, truth: int, _points: int, _lists: int, appeal: int
    ) -> None:
        h = int(self.scheme[w, r])
        self.process(t, w, h, truth, "in_effect")
        if appeal:
            self.process(t, w, h, truth, "appealed")

    def moved(self, t: int, _p: int, w: int, b: int, r: int, truth: int, k: int, account: int, tie: int) -> None:
        along = "_along_ties" if account in (layout.TIE_TRUE, layout.TIE_FALSE) else ""
        assert bool(along) == (tie >= 0)
        name = f"{'taken' if k < 0 else 'given'}{along}"
        self.dense["points"][t // YEAR_WEEKS, w, r, b, truth, POINTS.index(name)] += abs(k)

    def came_on(self, t: int, p: int, w: int, on_list: int, side: int, _b: int, _r: int, fresh: int, *_: int) -> None:
        self.on[p, w, on_list] = self.on.get((p, w, on_list), 0) | 1 << side
        if fresh:
            self.dense["lists"][t, w, on_list, side] += 1
            if not self.red[w] >> on_list & 1:
                self.weekly(t, w, p, "entries")

    def came_off(self, t: int, p: int, w: int, on_list: int, side: int, how: int, lasted: int, *_: int) -> None:
        self.dense["endings"][t // YEAR_WEEKS, w, on_list, side, how] += 1
        self.dense["endings"][t // YEAR_WEEKS, w, on_list, side, ENDINGS.index("weeks")] += lasted
        self.on[p, w, on_list] &= ~(1 << side)
        if not self.on[p, w, on_list]:
            self.dense["lists"][t, w, on_list, TURNOVER.index("exits")] += 1
            if not self.red[w] >> on_list & 1:
                self.weekly(t, w, p, "exits")

    def taken_back(self, t: int, _p: int, w: int, h: int, what: int, truth: int, *_: int) -> None:
        self.process(t, w, h, truth, "expired" if what == layout.EXPIRY else "appeal_upheld")


_READ = (
    *("occasions", "acts", "displaced", "records_true", "records_false", "entries", "exits", "needs", "not_asked"),
    *("unsuccessful", "granted", "favoured", "denied", "asked", "denied_tie", "denied_false", "denied_tainted"),
)
_COLUMNS = {
    "weekly": [WEEKLY.index(name) for name in _READ],
    "lists": [0, 1, 2],
    "records": [RECORDS.index("true"), RECORDS.index("false")],
    "points": [0, 1, 2, 3],
    "process": list(range(len(PROCESS))),
    "endings": list(range(len(ENDINGS))),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_happens_to_everybody_adds_up_to_the_counts(seed: int) -> None:
    """Catches an event that is told and did not happen, happened and is not told, or is told of the wrong world."""
    case = random_tables(seed, MEDIUM)
    counts, found = _traced(case, range(MEDIUM.persons))
    book = _Book(case, counts)
    book.enter(found.events)
    for name, columns in _COLUMNS.items():
        wanted = getattr(counts, name)[..., columns]
        assert np.array_equal(book.dense[name][..., columns], wanted), (name, seed)
    for name, rows in book.sparse.items():
        assert dict(rows) == {int(key): int(count) for key, count in getattr(counts, name)}, (name, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_states_of_everybody_add_up_to_the_stocks(seed: int) -> None:
    """Catches a state of another week, person or world, and work or arrears that change without an event."""
    case = random_tables(seed, MEDIUM)
    counts, found = _traced(case, range(MEDIUM.persons))
    life = found.series[..., layout.LIFE]
    black = (found.series[..., layout.TRUE_LISTS] | found.series[..., layout.FALSE_LISTS]) & ~case.law.red[None, None]
    for name, so in (
        ("jobless", life & 7 == int(Condition.jobless)),
        ("arrears", life & layout.IN_ARREARS != 0),
        ("listed", black != 0),
    ):
        wanted = counts.weekly[..., WEEKLY.index(name)].sum(axis=2)
        assert np.array_equal(so.sum(axis=1), wanted), (name, seed)
    scored = (found.series[..., layout.STANDING] & 15) > 0
    assert not scored.any() or np.ptp(found.series[..., SCORE_NOW]) > 0
    begin = np.broadcast_to(case.county.condition[:, None], life.shape[1:])
    for what, bits, after in (
        (trace.WORK, 7, {trace.HIRED: int(Condition.working)}),
        (trace.OWING, layout.IN_ARREARS, {trace.CLEARED: 0}),
    ):
        otherwise = int(Condition.jobless) if what == trace.WORK else layout.IN_ARREARS
        now = begin & bits
        for t in range(case.weeks):
            now = now.copy()
            for _, p, w, kind, why, *_rest in found.events[found.events[:, trace.TRACE_WEEK] == t].tolist():
                if kind == what:
                    now[p, w] = after.get(why, otherwise)
            assert np.array_equal(now, life[t] & bits), (what, t, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_trace_changes_no_count_and_no_other_traced_life(seed: int) -> None:
    """Catches a trace that a mechanism reads, and one in which a life depends on who else is looked at."""
    case = random_tables(seed, MEDIUM)
    plain = digest(_untraced(case))
    counts, everybody = _traced(case, range(MEDIUM.persons))
    assert digest(counts) == plain
    few = [5, 17, 170, 299]
    counts, some = _traced(case, few)
    assert digest(counts) == plain
    mine = np.isin(everybody.events[:, trace.TRACE_PERSON], few)
    assert len(some.events) > 0
    assert np.array_equal(everybody.events[mine], some.events)
    assert np.array_equal(everybody.series[:, few], some.series)


def test_a_trace_that_needs_more_room_loses_no_event(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches events that fall off the end of the table of a week."""
    case = random_tables(SEEDS[0], MEDIUM)
    _, whole = _traced(case, range(MEDIUM.persons))
    monkeypatch.setattr("scorelab.kernel.live.TRACE_ROOM", 4)
    _, cramped = _traced(case, range(MEDIUM.persons))
    assert np.array_equal(whole.events, cramped.events)
    assert np.array_equal(whole.series, cramped.series)
