"""All weeks of one county: makes the room, calls the compiled weeks, and hands back the counts."""

import math
from collections.abc import Generator, Sequence
from typing import Any

import numpy as np

from scorelab.kernel import census
from scorelab.kernel.candidates import DRAWN_AT_ONCE
from scorelab.kernel.counted import (
    ENDINGS,
    PERSONS,
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
    IN_ARREARS,
    LIFE,
    LISTING_COLUMNS,
    MARKS,
    PERIOD_WEEKS,
    RISK,
    RULE_MEMORY,
    TRACED,
    YEAR_WEEKS,
    County,
    Int32s,
    Int64s,
    Kinds,
    Law,
    Scratch,
    UInt16s,
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
    TRACES,
    Climate,
    Fate,
    Lives,
    Queues,
    rest_fields,
    split,
)
from scorelab.kernel.series import RISKS, snapshot
from scorelab.kernel.sparse import entries, grown
from scorelab.kernel.trace import TRACE_COLUMNS
from scorelab.kernel.weeks import live_weeks
from scorelab.words import CELLS_AN_AGE, Condition

CALL_WEEKS = 4
"""Weeks lived between two moments at which the caller can look in."""

_CACHE_LINE = 64  # bytes that the processor fetches at a time

TRACE_ROOM = 4096
"""Events of a week for which there is room at first, beside one a traced person and world."""


class Trace:
    """Whom to trace in a county, and after it was lived, what happened to them."""

    def __init__(self, persons: Sequence[int] = (), *, hardship: bool = False) -> None:
        """``persons`` are numbers of persons of the county; how many there are, and which, changes no life.

        With ``hardship`` everybody's weeks without work or in arrears are added up.
        """
        self.persons = np.array(sorted(set(persons)), np.int64)
        self.hardship = hardship
        self.events: Int64s = np.zeros((0, TRACE_COLUMNS), np.int64)
        """[events, TRACE_COLUMNS] in the order in which they happened; kinds in :mod:`scorelab.kernel.trace`."""
        self.series: Int32s = np.zeros((0, 0, 0, 0), np.int32)
        """[weeks, persons, W, RISKS + D] at the end of each week; fields in :mod:`scorelab.kernel.series`."""
        self.marks: Int64s = np.zeros((0, 0), np.int64)
        """[N, W] everybody's marks of the run: RESTRICTED, DENIED, WRONGED, FOR_ANOTHER."""
        self.hard_weeks: Int64s = np.zeros((0, 0), np.int64)
        """[N, W] weeks at whose end the person had no work or was in arrears; only with ``hardship``."""


class _Full(Exception):
    """A queue was too small; the county has to be lived again with more room."""


def _in_lines(shape: tuple[int, ...]) -> UInt16s:
    """Zeros that begin where a line of the cache begins, so that a life does not lie across two for nothing."""
    room = np.zeros(2 * math.prod(shape) + _CACHE_LINE, np.uint8)
    skip = -room.ctypes.data % _CACHE_LINE
    return room[skip : skip + 2 * math.prod(shape)].view(np.uint16).reshape(shape)


def _lives(county: County, law: Law, groups: int, room: int) -> Lives:
    persons = county.cell.shape[0]
    worlds, lists = law.lists.shape[:2]
    domains = law.media.shape[1]
    memories = int(law.rules[:, :, RULE_MEMORY].max(initial=-1)) + 1
    channels = law.channel_tie.shape[1] if (law.channel_tie >= 0).any() else 0
    rest = np.zeros((persons, worlds, rest_fields(domains)), np.uint16)
    rest[:, :, 1 : CAUSE + 1] = ACCOUNT_ZERO
    rest[:, :, MIND + RISK : -1] = law.prior[None, :, None]
    begin = np.zeros(worlds, np.int64)
    world = split(law)[0].world
    for w in range(worlds):
        if law.score[w, 0] >= 0:
            begin[w], _ = standing(world[w], law.grade_from[w], rest[0, w])
    return Lives(
        group=county.group,
        cell=county.cell,
        age=(county.cell // CELLS_AN_AGE).astype(np.uint8),
        hot=_in_lines((persons, worlds, HOT)),
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
        counter=np.zeros(4, np.int64),
        trace=np.zeros((0, TRACE_COLUMNS), np.int64),
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
        whom=np.zeros(1024, np.uint32),
        begins=np.zeros(blocks, np.int64),
        left=np.zeros(1024, np.uint32),
        acts=np.zeros((1024, 7), np.int64),
        hires=np.zeros((1024, 2), np.int64),
        alike=np.zeros((groups, 2), np.int64),
        deters=np.zeros(worlds, np.int64),
        spans=np.zeros((32, 2), np.int64),
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

    def __init__(
        self, county: County, kinds: Kinds, law: Law, weeks: int, groups: int, room: int, trace: Trace | None
    ) -> None:
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
        self.trace = trace
        self.events: list[Int64s] = []
        self.series: list[Int32s] = []
        self.hard_weeks = np.zeros((persons if trace and trace.hardship else 0, worlds), np.int64)
        if trace is not None:
            rows = room * (TRACE_ROOM + len(trace.persons) * worlds)
            self.lives = self.lives._replace(trace=np.zeros((rows, TRACE_COLUMNS), np.int64))
            self.lives.hot[trace.persons, :, LIFE] |= np.uint16(TRACED)

    def weeks(self, t: int, stop: int) -> int:
        """Live on until ``stop``, or to a week that needs more room; returns the week reached."""
        here = (self.lives, self.climate, self.queues, self.tally, self.scratch)
        t, total, largest = live_weeks(self.county, self.fate, self.kinds, self.parts, *here, t, stop)
        if self.queues.counter[FULL]:
            raise _Full
        self._take_trace()
        if t < stop:
            self._make_room(total, largest)
        elif self.trace is not None:
            self._take_state(self.trace, t - 1)
        return int(t)

    def _take_trace(self) -> None:
        """Take over what was traced, so that its room is free again."""
        lives = self.lives
        rows = int(lives.counter[TRACES])
        if rows > lives.trace.shape[0]:
            raise _Full
        self.events.append(lives.trace[:rows].copy())
        lives.counter[TRACES] = 0

    def _take_state(self, trace: Trace, t: int) -> None:
        """Take down the state of the traced at the end of week ``t``, and whether life is hard for each."""
        public = self.climate.public
        into = np.zeros((len(trace.persons), public.shape[0], RISKS + public.shape[1]), np.int32)
        rest = np.zeros(self.lives.rest.shape[2], np.uint16)
        world, fade = self.parts[0].world, self.parts[3].fade
        snapshot(world, fade, public, self.lives, trace.persons, rest, into, t)
        self.series.append(into)
        if trace.hardship:
            life = self.lives.hot[:, :, LIFE]
            self.hard_weeks += (life & 7 == int(Condition.jobless)) | (life & IN_ARREARS != 0)

    def told(self, trace: Trace) -> None:
        """Hand over what was traced."""
        trace.events, trace.series = np.concatenate(self.events), np.stack(self.series)
        trace.marks = self.lives.hot[:, :, MARKS].astype(np.int64) >> RUN_SHIFT
        trace.hard_weeks = self.hard_weeks

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
            words=np.zeros((4, max(2 * largest + DRAWN_AT_ONCE, 1024)), np.uint32),
            whom=np.zeros(max(2 * largest, 1024), np.uint32),
            left=np.zeros(max(2 * largest, 1024), np.uint32),
            acts=np.zeros((4 * total, 7), np.int64),
            hires=np.zeros((2 * total, 2), np.int64),
        )


def _lived(whole: _County, law: Law, weeks: int, groups: int, adults: Int64s) -> Generator[int, None, Counts]:
    worlds = law.red.shape[0]
    one_by_one = whole.trace is not None and (len(whole.trace.persons) > 0 or whole.trace.hardship)
    a_call = 1 if one_by_one else CALL_WEEKS
    years, periods = -(-weeks // YEAR_WEEKS), -(-weeks // PERIOD_WEEKS)
    persons = np.zeros((years + 1, worlds, groups, len(PERSONS)), np.int64)
    grades = np.zeros((periods, worlds, groups, GRADES), np.int64)
    scores = np.zeros((years, worlds, SCORE_BINS), np.int64)
    stock, stock_used = np.zeros((1 << 12, 2), np.int64), np.zeros(1, np.int64)
    world, in_force = whole.parts[0].world, whole.scratch.in_force
    t = 0
    while t < weeks:
        stop = min(weeks, t + a_call, (t // PERIOD_WEEKS + 1) * PERIOD_WEEKS)
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
    size[:, 1] = np.bincount(county.group[county.cell // CELLS_AN_AGE >= 2], minlength=groups)
    return size


def live(
    county: County, kinds: Kinds, law: Law, weeks: int, groups: int, trace: Trace | None = None
) -> Generator[int, None, Counts]:
    """Live a county for ``weeks`` weeks in all worlds at once.

    Yields the number of weeks lived, every four weeks, so that the caller can show progress or stop. Returns the
    counts. The compiled part does not hold the global lock. A county that turns out to need more room than it
    was given is lived again from the beginning, with the same counts. A ``trace`` is filled
    when the county is lived to its end, one week at a time where it has persons, and changes no count.
    """
    room = 1
    while True:
        whole = _County(county, kinds, law, weeks, groups, room, trace)
        try:
            counts = yield from _lived(whole, law, weeks, groups, _size(county, groups))
            if trace is not None:
                whole.told(trace)
            return counts
        except _Full:
            room *= 8
