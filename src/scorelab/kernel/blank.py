"""The room that a county needs to be lived: its state before week 0, and empty tables for what will be counted."""

import math
from typing import Any

import numpy as np

from scorelab.kernel.counted import ENDINGS, POINTS, PROCESS, RECORDS, TURNOVER, WEEKLY, Tally
from scorelab.kernel.fate import BLOCK
from scorelab.kernel.layout import (
    ACCOUNT_ZERO,
    CAUSE,
    HOT,
    LISTING_COLUMNS,
    PERIOD_WEEKS,
    RISK,
    RULE_MEMORY,
    YEAR_WEEKS,
    County,
    Kinds,
    Law,
    Scratch,
    UInt16s,
)
from scorelab.kernel.lives import standing
from scorelab.kernel.parts import AGENDA_FREE, MIND, Climate, Lives, Queues, rest_fields, split
from scorelab.kernel.trace import TRACE_COLUMNS
from scorelab.words import CELLS_AN_AGE

_CACHE_LINE = 64  # bytes that the processor fetches at a time


def in_lines(shape: tuple[int, ...]) -> UInt16s:
    """Zeros that begin where a line of the cache begins, so that a life does not lie across two for nothing."""
    room = np.zeros(2 * math.prod(shape) + _CACHE_LINE, np.uint8)
    skip = -room.ctypes.data % _CACHE_LINE
    return room[skip : skip + 2 * math.prod(shape)].view(np.uint16).reshape(shape)


def lives(county: County, law: Law, groups: int, room: int) -> Lives:
    """Everybody before week 0, and so many rows for the files of those who will be listed or remembered."""
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
        hot=in_lines((persons, worlds, HOT)),
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


def climate(law: Law) -> Climate:
    """The county before week 0."""
    worlds, schemes = law.aware.shape[:2]
    return Climate(
        norms=np.zeros((worlds, law.base.shape[1], 7), np.int64),
        places=np.zeros((worlds, law.success.shape[0], 3), np.int64),
        public=np.zeros((worlds, law.media.shape[1], 2), np.int64),
        told=np.zeros((worlds, schemes, 2), np.int64),
    )


def queues(weeks: int, room: int) -> Queues:
    """Nothing is to come yet."""
    empty = Queues(
        agenda=np.zeros((room, 10), np.int64),
        due=np.full((weeks, 2), -1, np.int64),
        news=np.zeros((room, 4), np.int64),
        shared=np.zeros((room, 7), np.int64),
        counter=np.zeros(6, np.int64),
    )
    empty.counter[AGENDA_FREE] = -1
    return empty


def tally(kinds: Kinds, law: Law, weeks: int, groups: int) -> Tally:
    """Nothing is counted yet."""
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


def scratch(county: County, kinds: Kinds, worlds: int, groups: int) -> Scratch:
    """Room for one small week; it grows."""
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


def longer(rows: Any, used: int, least: int = 0) -> Any:
    """The same rows with room for four times as many as are in use, and for at least so many."""
    if 2 * used <= rows.shape[0] and rows.shape[0] >= least:
        return rows
    longer = np.zeros((max(4 * used, rows.shape[0], least), *rows.shape[1:]), rows.dtype)
    longer[:used] = rows[:used]
    return longer
