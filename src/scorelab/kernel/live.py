"""All weeks of one county: makes the room, calls the compiled weeks, and hands back the counts."""

from collections.abc import Generator
from typing import Any

import numpy as np

from scorelab.kernel import census
from scorelab.kernel.counted import (
    ENDINGS,
    POINTS,
    PROCESS,
    RECORDS,
    RUN_SHIFT,
    SCORE_BINS,
    TURNOVER,
    W_ASKED,
    W_DENIED,
    W_NEEDS,
    W_NOT_ASKED,
    W_UNSUCCESSFUL,
    WEEKLY,
    Counts,
    Tally,
)
from scorelab.kernel.fate import BLOCK
from scorelab.kernel.layout import (
    ACCOUNT_ZERO,
    CAUSE,
    GRADES,
    HOT,
    LISTING_COLUMNS,
    PERIOD_WEEKS,
    RISK,
    RULE_MEMORY,
    YEAR_WEEKS,
    County,
    Int64s,
    Kinds,
    Law,
    Scratch,
)
from scorelab.kernel.lives import standing
from scorelab.kernel.parts import (
    ACTIVES,
    AGENDA_FREE,
    AGENDA_USED,
    FILES,
    FULL,
    MIND,
    SHARED_USED,
    Climate,
    Fate,
    Lives,
    Queues,
    rest_fields,
    split,
)
from scorelab.kernel.sparse import entries, grown
from scorelab.kernel.weeks import live_weeks

CALL_WEEKS = 4
"""Weeks lived between two moments at which the caller can look in."""


class _Full(Exception):
    """A queue was too small; the county has to be lived again with more room."""


def _lives(county: County, law: Law, groups: int, room: int) -> Lives:
    persons = county.cell.shape[0]
    worlds, lists = law.lists.shape[:2]
    domains = law.media.shape[1]
    memories = int(law.rules[:, :, RULE_MEMORY].max(initial=-1)) + 1
    channels = law.channel_tie.shape[1] if (law.channel_tie >= 0).any() else 0
    rest = np.zeros((persons, worlds, rest_fields(domains)), np.uint16)
    rest[:, :, 1 : CAUSE + 1] = ACCOUNT_ZERO
    rest[:, :, MIND + RISK : -2] = law.prior[None, :, None]
    begin = np.zeros(worlds, np.int64)
    world = split(law)[0].world
    for w in range(worlds):
        if law.score[w, 0] >= 0:
            begin[w], _ = standing(world[w], law.grade_from[w], rest[0, w])
    return Lives(
        group=county.group,
        cell=county.cell,
        hot=np.zeros((persons, worlds, HOT), np.uint16),
        rest=rest,
        file_of=np.zeros(persons, np.int32),
        files=np.zeros((room, worlds, max(2, LISTING_COLUMNS * lists + 2 * memories)), np.int16),
        reached=np.zeros((persons if channels else 0, worlds, channels, 2), np.uint8),
        held=np.zeros((persons if channels else 0, worlds, 2), np.uint16),
        active=np.zeros(persons, np.int32),
        movers=np.zeros(persons, np.int32),
        flag=np.zeros(persons, np.uint8),
        start=begin,
        stock=np.zeros((worlds, groups, 4), np.int64),
        list_stock=np.zeros((worlds, lists), np.int64),
        counter=np.zeros(3, np.int64),
    )


def _climate(law: Law) -> Climate:
    worlds, schemes = law.aware.shape[:2]
    return Climate(
        norms=np.zeros((worlds, law.base.shape[1], 7), np.int64),
        places=np.zeros((worlds, law.success.shape[0], 3), np.int64),
        public=np.zeros((worlds, law.media.shape[1], 2), np.int64),
        told=np.zeros((worlds, schemes, 2), np.int64),
    )


def _queues(weeks: int, room: int) -> Queues:
    queues = Queues(
        agenda=np.zeros((room, 10), np.int64),
        due=np.full((weeks, 2), -1, np.int64),
        news=np.zeros((room, 4), np.int64),
        shared=np.zeros((room, 7), np.int64),
        counter=np.zeros(6, np.int64),
    )
    queues.counter[AGENDA_FREE] = -1
    return queues


def _tally(kinds: Kinds, law: Law, weeks: int, groups: int) -> Tally:
    worlds, lists = law.lists.shape[:2]
    _, sources, behaviours = law.alert.shape
    services = law.success.shape[0]
    schemes = law.process.shape[1]
    years = -(-weeks // YEAR_WEEKS)
    periods = -(-weeks // PERIOD_WEEKS)
    room = 1 << 14
    return Tally(
        weekly=np.zeros((weeks, worlds, groups, len(WEEKLY)), np.int32),
        lists=np.zeros((weeks, worlds, lists, len(TURNOVER)), np.int32),
        records=np.zeros((years, worlds, sources, behaviours, len(RECORDS)), np.int64),
        points=np.zeros((years, worlds, sources, behaviours, 2, len(POINTS)), np.int64),
        process=np.zeros((years, worlds, schemes, 2, len(PROCESS)), np.int64),
        endings=np.zeros((years, worlds, lists, 2, len(ENDINGS)), np.int64),
        tries=np.zeros((periods, worlds, groups, services), np.int64),
        candidates=np.zeros((kinds.what.shape[0], 2), np.int64),
        occasions=np.zeros((room, 2), np.int64),
        needs=np.zeros((room, 2), np.int64),
        denials=np.zeros((room, 2), np.int64),
        flow=np.zeros((room, 2), np.int64),
        used=np.zeros(4, np.int64),
    )


def _scratch(county: County, kinds: Kinds, worlds: int, groups: int) -> Scratch:
    blocks = -(-county.cell.shape[0] // BLOCK)
    return Scratch(
        in_force=np.zeros(worlds, np.int64),
        numbers=np.zeros((kinds.what.shape[0], blocks), np.int64),
        words=np.zeros((4, 1024), np.uint32),
        whom=np.zeros(1024, np.int32),
        acts=np.zeros((1024, 7), np.int64),
        hires=np.zeros((1024, 2), np.int64),
        alike=np.zeros((groups, 2), np.int64),
        deters=np.zeros(worlds, np.int64),
        denied=np.zeros((worlds, 2), np.int64),
        fusing=np.zeros((worlds, 5), np.int64),
        queued=np.zeros(2, np.int64),
    )


def _longer(rows: Any, used: int, least: int = 0) -> Any:
    """The same rows with room for four times as many as are in use, and for at least so many."""
    if 2 * used <= rows.shape[0] and rows.shape[0] >= least:
        return rows
    longer = np.zeros((max(4 * used, rows.shape[0], least), *rows.shape[1:]), rows.dtype)
    longer[:used] = rows[:used]
    return longer


class _County:
    """One county while it is lived: its state, its counts, and room that grows with what happens."""

    def __init__(self, county: County, kinds: Kinds, law: Law, weeks: int, groups: int, room: int) -> None:
        self.fate = Fate(np.uint64(county.number), np.uint64(county.key0), np.uint64(county.key1))
        self.parts = split(law)
        persons, worlds = county.cell.shape[0], law.red.shape[0]
        self.lives = _lives(county, law, groups, min(persons + 1, room * max(1024, persons // 8)))
        self.climate = _climate(law)
        self.queues = _queues(weeks, room * max(1024, persons * worlds // 8))
        self.tally = _tally(kinds, law, weeks, groups)
        self.scratch = _scratch(county, kinds, worlds, groups)
        self.county, self.kinds = county, kinds
        census.begin(self.fate, county, self.parts[0].world, law.contrary_purpose[0], self.lives)

    def weeks(self, t: int, stop: int) -> int:
        """Live on until ``stop``, or to a week that needs more room; returns the week reached."""
        here = (self.lives, self.climate, self.queues, self.tally, self.scratch)
        t, total, largest = live_weeks(self.county, self.fate, self.kinds, self.parts, *here, t, stop)
        if self.queues.counter[FULL]:
            raise _Full
        if t < stop:
            self._make_room(total, largest)
        return int(t)

    def _make_room(self, total: int, largest: int) -> None:
        """At least twice the room that a week with ``total`` candidates can need in tables, and usually in queues."""
        worlds = self.scratch.in_force.shape[0]
        tally, queues, used = self.tally, self.queues, self.tally.used
        rows = [2 * int(used[0]) + 4 * total, 2 * int(used[1]) + 4 * total]
        rows += [2 * int(used[2]) + 4 * total * worlds, 2 * int(used[3]) + 4 * total * worlds]
        self.tally = tally._replace(
            occasions=grown(tally.occasions, used, 0, rows[0]),
            needs=grown(tally.needs, used, 1, rows[1]),
            denials=grown(tally.denials, used, 2, rows[2]),
            flow=grown(tally.flow, used, 3, rows[3]),
        )
        self.queues = queues._replace(
            agenda=_longer(queues.agenda, int(queues.counter[AGENDA_USED])),
            shared=_longer(queues.shared, int(queues.counter[SHARED_USED])),
        )
        self.lives = self.lives._replace(files=_longer(self.lives.files, int(self.lives.counter[FILES]) + 1))
        self.scratch = self.scratch._replace(
            words=np.zeros((4, max(2 * largest, 1024)), np.uint32),
            whom=np.zeros(max(2 * largest, 1024), np.int32),
            acts=np.zeros((4 * total, 7), np.int64),
            hires=np.zeros((2 * total, 2), np.int64),
        )


def _lived(whole: _County, law: Law, weeks: int, groups: int, adults: Int64s) -> Generator[int, None, Counts]:
    worlds = law.red.shape[0]
    years, periods = -(-weeks // YEAR_WEEKS), -(-weeks // PERIOD_WEEKS)
    persons = np.zeros((years + 1, worlds, groups, 6), np.int64)
    grades = np.zeros((periods, worlds, groups, GRADES), np.int64)
    scores = np.zeros((years, worlds, SCORE_BINS), np.int64)
    stock, stock_used = np.zeros((1 << 12, 2), np.int64), np.zeros(1, np.int64)
    world, in_force = whole.parts[0].world, whole.scratch.in_force
    t = 0
    while t < weeks:
        stop = min(weeks, t + CALL_WEEKS, (t // PERIOD_WEEKS + 1) * PERIOD_WEEKS)
        t = whole.weeks(t, stop)
        if t < stop:
            continue
        lives = whole.lives
        if t % PERIOD_WEEKS == 0 or t == weeks:
            lists = law.lists.shape[1]
            stock = grown(stock, stock_used, 0, 2 * (int(stock_used[0]) + int(lives.counter[ACTIVES]) * lists))
            census.stocks(lives, stock, stock_used, (t - 1) // PERIOD_WEEKS)
            census.grades(lives, world, in_force, grades[(t - 1) // PERIOD_WEEKS])
        if t % YEAR_WEEKS == 0 or t == weeks:
            census.year(lives, persons[(t - 1) // YEAR_WEEKS], 0)
            census.scores(lives, world, in_force, scores[(t - 1) // YEAR_WEEKS], t - 1)
            census.new_year(lives, world)
        yield t
    census.year(whole.lives, persons[years], RUN_SHIFT)
    histogram = np.zeros((worlds, groups, 12), np.int64)
    ever = np.zeros((groups, 1 << worlds), np.int64)
    census.run_totals(whole.lives, histogram, ever)
    tally, weekly = whole.tally, whole.tally.weekly
    weekly[..., W_ASKED] = weekly[..., W_UNSUCCESSFUL : W_DENIED + 1].sum(axis=-1)
    weekly[..., W_NEEDS] = weekly[..., W_ASKED] + weekly[..., W_NOT_ASKED]
    return Counts(
        weekly=weekly,
        lists=tally.lists,
        records=tally.records,
        points=tally.points,
        process=tally.process,
        endings=tally.endings,
        tries=tally.tries,
        candidates=tally.candidates,
        occasions=entries(tally.occasions),
        needs=entries(tally.needs),
        denials=entries(tally.denials),
        flow=entries(tally.flow),
        stocks=entries(stock),
        grades=grades,
        scores=scores,
        persons=persons,
        histogram=histogram,
        ever=ever,
        size=adults,
    )


def _size(county: County, groups: int) -> Int64s:
    size = np.zeros((groups, 2), np.int64)
    size[:, 0] = np.bincount(county.group, minlength=groups)
    size[:, 1] = np.bincount(county.group[county.cell // 20 >= 2], minlength=groups)
    return size


def live(county: County, kinds: Kinds, law: Law, weeks: int, groups: int) -> Generator[int, None, Counts]:
    """Live a county for ``weeks`` weeks in all worlds at once.

    Yields the number of weeks lived, every four weeks, so that the caller can show progress or stop. Returns the
    counts. The compiled part does not hold the global lock. A county that turns out to need more room than it
    was given is lived again from the beginning, with the same counts.
    """
    room = 1
    while True:
        whole = _County(county, kinds, law, weeks, groups, room)
        try:
            return (yield from _lived(whole, law, weeks, groups, _size(county, groups)))
        except _Full:
            room *= 8
