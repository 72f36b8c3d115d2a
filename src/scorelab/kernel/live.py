"""All weeks of one county: makes the room, calls the compiled weeks, and hands back the counts."""

from collections.abc import Generator, Sequence

import numpy as np

from scorelab.kernel import blank, census
from scorelab.kernel.candidates import DRAWN_AT_ONCE
from scorelab.kernel.counted import (
    PERSONS,
    RUN_SHIFT,
    SCORE_BINS,
    W_ASKED,
    W_DENIED,
    W_NEEDS,
    W_NOT_ASKED,
    W_UNSUCCESSFUL,
    Counts,
)
from scorelab.kernel.early import Early, put, taken
from scorelab.kernel.layout import (
    GRADES,
    IN_ARREARS,
    LIFE,
    MARKS,
    PERIOD_WEEKS,
    TRACED,
    YEAR_WEEKS,
    County,
    Int32s,
    Int64s,
    Kinds,
    Law,
)
from scorelab.kernel.parts import (
    ACTIVES,
    AGENDA_USED,
    FILES,
    FULL,
    SHARED_USED,
    TRACES,
    Fate,
    split,
)
from scorelab.kernel.series import RISKS, snapshot
from scorelab.kernel.sparse import entries, grown
from scorelab.kernel.trace import TRACE_COLUMNS
from scorelab.kernel.weeks import live_weeks
from scorelab.words import CELLS_AN_AGE, Condition

CALL_WEEKS = 4
"""Weeks lived between two moments at which the caller can look in."""

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


class Beginning:
    """Where a county is lived on from, and where it is to be taken down how it stands; it changes no count.

    Both only before the first week in which a scheme is in force there: see :mod:`scorelab.kernel.early`.
    """

    def __init__(self, early: Early | None = None, keep_at: int = 0) -> None:
        """``early`` is how the county stands, None before week 0; ``keep_at`` a later week, or 0 for none."""
        self.early = early
        self.keep_at = keep_at
        self.kept: Early | None = None
        """How the county stood before the week ``keep_at``."""


class _Full(Exception):
    """A queue was too small; the county has to be lived again with more room."""


class _County:
    """One county while it is lived: its state, its counts, and room that grows with what happens."""

    def __init__(
        self, county: County, kinds: Kinds, law: Law, weeks: int, groups: int, room: int, trace: Trace | None
    ) -> None:
        self.fate = Fate(np.uint64(county.number), np.uint64(county.key0), np.uint64(county.key1))
        self.parts = split(law)
        persons, worlds = county.cell.shape[0], law.red.shape[0]
        self.lives = blank.lives(county, law, groups, min(persons + 1, room * max(1024, persons // 8)))
        self.climate = blank.climate(law)
        self.queues = blank.queues(weeks, room * max(1024, persons * worlds // 8))
        self.tally = blank.tally(kinds, law, weeks, groups)
        self.scratch = blank.scratch(county, kinds, worlds, groups)
        self.county, self.kinds = county, kinds
        census.begin(self.fate, county, self.parts[0].world, law.contrary_purpose[0], self.lives)
        self.trace = trace
        self.events: list[Int64s] = []
        self.series: list[Int32s] = []
        self.hard_weeks = np.zeros((persons if trace and trace.hardship else 0, worlds), np.int64)
        self.persons = np.zeros((-(-weeks // YEAR_WEEKS) + 1, worlds, groups, len(PERSONS)), np.int64)
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
            agenda=blank.longer(queues.agenda, int(queues.counter[AGENDA_USED])),
            shared=blank.longer(queues.shared, int(queues.counter[SHARED_USED])),
        )
        self.lives = self.lives._replace(files=blank.longer(self.lives.files, int(self.lives.counter[FILES]) + 1))
        self.scratch = self.scratch._replace(
            words=np.zeros((4, max(2 * largest + DRAWN_AT_ONCE, 1024)), np.uint32),
            whom=np.zeros(max(2 * largest, 1024), np.uint32),
            left=np.zeros(max(2 * largest, 1024), np.uint32),
            acts=np.zeros((4 * total, 7), np.int64),
            hires=np.zeros((2 * total, 2), np.int64),
        )


def _lived(
    whole: _County, law: Law, weeks: int, groups: int, adults: Int64s, begun: Beginning
) -> Generator[int, None, Counts]:
    worlds = law.red.shape[0]
    one_by_one = whole.trace is not None and (len(whole.trace.persons) > 0 or whole.trace.hardship)
    a_call = 1 if one_by_one else CALL_WEEKS
    years, periods = -(-weeks // YEAR_WEEKS), -(-weeks // PERIOD_WEEKS)
    persons = whole.persons
    grades = np.zeros((periods, worlds, groups, GRADES), np.int64)
    scores = np.zeros((years, worlds, SCORE_BINS), np.int64)
    stock, stock_used = np.zeros((1 << 12, 2), np.int64), np.zeros(1, np.int64)
    world, in_force = whole.parts[0].world, whole.scratch.in_force
    t = 0
    if begun.early is not None:
        put(whole, begun.early)
        t = begun.early.week
    while t < weeks:
        stop = min(weeks, t + a_call, (t // PERIOD_WEEKS + 1) * PERIOD_WEEKS)
        stop = min(stop, begun.keep_at) if t < begun.keep_at else stop
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
        if t == begun.keep_at:
            begun.kept = taken(whole, t)
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
    county: County,
    kinds: Kinds,
    law: Law,
    weeks: int,
    groups: int,
    trace: Trace | None = None,
    begun: Beginning | None = None,
) -> Generator[int, None, Counts]:
    """Live a county for ``weeks`` weeks in all worlds at once.

    Yields the number of weeks lived, every four weeks, so that the caller can show progress or stop. Returns the
    counts. The compiled part does not hold the global lock. A county that turns out to need more room than it
    was given is lived again from the beginning, with the same counts. A ``trace`` is filled
    when the county is lived to its end, one week at a time where it has persons, and changes no count. A county that
    has ``begun`` is lived on from there, with the same counts.
    """
    room, begun = 1, begun or Beginning()
    while True:
        whole = _County(county, kinds, law, weeks, groups, room, trace)
        try:
            counts = yield from _lived(whole, law, weeks, groups, _size(county, groups), begun)
            if trace is not None:
                whole.told(trace)
            return counts
        except _Full:
            room, begun.early = room * 8, None
