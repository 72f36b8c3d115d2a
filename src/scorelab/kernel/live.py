"""All weeks of one county: makes the room, calls the compiled weeks, and hands back the counts."""

from collections.abc import Generator

import numpy as np

from scorelab.kernel import census
from scorelab.kernel.fate import BLOCK
from scorelab.kernel.layout import (
    ACCOUNT_ZERO,
    OWN_FALSE,
    OWN_TRUE,
    PERIOD_WEEKS,
    RECORDS,
    RISK,
    RUN_SHIFT,
    TURNOVER,
    W_ASKED,
    W_DENIED,
    W_NEEDS,
    W_NOT_ASKED,
    W_UNSUCCESSFUL,
    WEEKLY,
    YEAR_WEEKS,
    Counts,
    County,
    Int64s,
    Kinds,
    Law,
    Scratch,
    Tally,
)
from scorelab.kernel.parts import REPEATS, Fate, Lives, Pending, split
from scorelab.kernel.tables import entries, grown
from scorelab.kernel.weeks import live_weeks
from scorelab.words import CELLS, Age, cell_parts

CALL_WEEKS = 4
"""Weeks lived between two moments at which the caller can look in."""


def _lives(county: County, fate: Fate, law: Law, groups: int) -> Lives:
    persons = county.cell.shape[0]
    worlds, lists = law.term.shape
    domains = int(law.domain.max(initial=0)) + 1
    rest = np.zeros((persons, worlds, RISK + domains), np.uint16)
    rest[:, :, [OWN_TRUE, OWN_FALSE]] = ACCOUNT_ZERO
    rest[:, :, RISK:] = law.prior[None, :, None]
    lives = Lives(
        group=county.group,
        hot=np.zeros((persons, worlds, 2), np.uint16),
        rest=rest,
        listings=np.zeros((persons, worlds, lists, REPEATS + 1), np.int16),
        marks=np.zeros((persons, worlds), np.uint8),
        denials=np.zeros((persons, worlds), np.uint16),
        active=np.zeros(persons, np.int32),
        is_active=np.zeros(persons, np.uint8),
        stock=np.zeros((worlds, groups), np.int64),
        list_stock=np.zeros((worlds, lists), np.int64),
        jobless=np.zeros((worlds, groups), np.int64),
        actives=np.zeros(1, np.int64),
    )
    census.begin(fate, county.condition, law.knows, law.knows_purpose, lives)
    return lives


def _tally(kinds: Kinds, law: Law, weeks: int, groups: int) -> Tally:
    worlds, lists = law.term.shape
    _, sources, behaviours = law.sensitivity.shape
    services = law.success.shape[0]
    years = -(-weeks // YEAR_WEEKS)
    periods = -(-weeks // PERIOD_WEEKS)
    room = 1 << 14
    return Tally(
        weekly=np.zeros((weeks, worlds, groups, len(WEEKLY)), np.int32),
        lists=np.zeros((weeks, worlds, lists, len(TURNOVER)), np.int32),
        records=np.zeros((years, worlds, sources, behaviours, len(RECORDS)), np.int64),
        tries=np.zeros((periods, worlds, groups, services), np.int64),
        candidates=np.zeros((kinds.what.shape[0], 2), np.int64),
        occasions=np.zeros((room, 2), np.int64),
        needs=np.zeros((room, 2), np.int64),
        denials=np.zeros((room, 2), np.int64),
        flow=np.zeros((room, 2), np.int64),
        used=np.zeros(4, np.int64),
    )


def _scratch(county: County, kinds: Kinds, law: Law, groups: int) -> Scratch:
    worlds = law.in_force.shape[0]
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
        queued=np.zeros(2, np.int64),
    )


def _with_room(
    sources: int, pending: Pending, tally: Tally, scratch: Scratch, total: int, largest: int
) -> tuple[Pending, Tally, Scratch]:
    """The same with at least twice the room that a week with ``total`` candidates can need."""
    worlds = scratch.in_force.shape[0]
    used = tally.used
    rows = [2 * int(used[0]) + 4 * total, 2 * int(used[1]) + 4 * total]
    rows += [2 * int(used[2]) + 4 * total * worlds, 2 * int(used[3]) + 4 * total * worlds]
    tally = tally._replace(
        occasions=grown(tally.occasions, used, 0, rows[0]),
        needs=grown(tally.needs, used, 1, rows[1]),
        denials=grown(tally.denials, used, 2, rows[2]),
        flow=grown(tally.flow, used, 3, rows[3]),
    )
    waiting = int(pending.used[0])
    queue = np.zeros((2 * (waiting + total * worlds * max(1, sources)), 6), np.int64)
    queue[:waiting] = pending.rows[:waiting]
    scratch = scratch._replace(
        words=np.zeros((4, max(2 * largest, 1024)), np.uint32),
        whom=np.zeros(max(2 * largest, 1024), np.int32),
        acts=np.zeros((2 * total, 7), np.int64),
        hires=np.zeros((2 * total, 2), np.int64),
    )
    return Pending(queue, pending.used), tally, scratch


def _size(county: County, groups: int) -> Int64s:
    adult = np.array([cell_parts(cell)[0] >= Age.a18_29 for cell in range(CELLS)])
    size = np.zeros((groups, 2), np.int64)
    size[:, 0] = np.bincount(county.group, minlength=groups)
    size[:, 1] = np.bincount(county.group[adult[county.cell]], minlength=groups)
    return size


def live(county: County, kinds: Kinds, law: Law, weeks: int, groups: int) -> Generator[int, None, Counts]:
    """Live a county for ``weeks`` weeks in all worlds at once.

    Yields the number of weeks lived, every four weeks, so that the caller can show progress or stop. Returns the
    counts. The compiled part does not hold the global lock.
    """
    fate = Fate(np.uint64(county.number), np.uint64(county.key0), np.uint64(county.key1))
    parts = split(law)
    lives = _lives(county, fate, law, groups)
    pending = Pending(np.zeros((1024, 6), np.int64), np.zeros(1, np.int64))
    tally = _tally(kinds, law, weeks, groups)
    scratch = _scratch(county, kinds, law, groups)
    worlds = law.in_force.shape[0]
    years = -(-weeks // YEAR_WEEKS)
    persons = np.zeros((years + 1, worlds, groups, 5), np.int64)
    stock = np.zeros((1 << 12, 2), np.int64)
    stock_used = np.zeros(1, np.int64)
    t = 0
    while t < weeks:
        stop = min(weeks, t + CALL_WEEKS, (t // PERIOD_WEEKS + 1) * PERIOD_WEEKS)
        t, total, largest = live_weeks(county, fate, kinds, parts, lives, pending, tally, scratch, t, stop)
        if t < stop:
            sources = law.sensitivity.shape[1]
            pending, tally, scratch = _with_room(sources, pending, tally, scratch, total, largest)
            continue
        if t % PERIOD_WEEKS == 0 or t == weeks:
            lists = law.term.shape[1]
            stock = grown(stock, stock_used, 0, 2 * (int(stock_used[0]) + int(lives.actives[0]) * lists))
            census.stocks(lives, stock, stock_used, (t - 1) // PERIOD_WEEKS)
        if t % YEAR_WEEKS == 0 or t == weeks:
            census.year(lives, persons[(t - 1) // YEAR_WEEKS], 0)
            census.new_year(lives)
        yield t
    census.year(lives, persons[years], RUN_SHIFT)
    histogram = np.zeros((worlds, groups, 12), np.int64)
    ever = np.zeros((groups, 1 << worlds), np.int64)
    census.run_totals(lives, histogram, ever)
    weekly = tally.weekly
    weekly[..., W_ASKED] = weekly[..., W_UNSUCCESSFUL : W_DENIED + 1].sum(axis=-1)
    weekly[..., W_NEEDS] = weekly[..., W_ASKED] + weekly[..., W_NOT_ASKED]
    return Counts(
        weekly=weekly,
        lists=tally.lists,
        records=tally.records,
        tries=tally.tries,
        candidates=tally.candidates,
        occasions=entries(tally.occasions),
        needs=entries(tally.needs),
        denials=entries(tally.denials),
        flow=entries(tally.flow),
        stocks=entries(stock),
        persons=persons,
        histogram=histogram,
        ever=ever,
        size=_size(county, groups),
    )
