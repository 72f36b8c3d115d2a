"""The parts of the law and of the state that the mechanisms work with.

Compiled functions that take few arrays compile in seconds and can be inlined; functions that take the whole law
and state cannot. So the law is split by what needs it, and what belongs to one world, one list, one source or one
service stands side by side in one row.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorelab.kernel.counted import ACTED, RECORDABLE
from scorelab.kernel.layout import (
    ACCOUNT_FIELDS,
    CURVE_STEPS,
    LARGEST_EXPONENT,
    LIST_COLUMNS,
    PROCESS_COLUMNS,
    RISK,
    Int16s,
    Int32s,
    Int64s,
    Law,
    UInt8s,
    UInt16s,
    UInt64s,
)

# Columns of ``world`` tables: what is one number a world. WORLD_SCORE is followed by the score's five.
(
    WORLD_RED,
    WORLD_PUBLISHED,
    WORLD_SPIRAL,
    WORLD_THROTTLE_LISTS,
    WORLD_THROTTLE_GRADES,
    WORLD_THROTTLE_TIED,
    WORLD_TALK,
    WORLD_HEARD,
    WORLD_CANNOT_PAY,
    WORLD_FELT_LOSS,
    WORLD_STIGMA,
    WORLD_FUSION_NEEDS,
    WORLD_NOT_ASKING,
    WORLD_PRIOR,
    WORLD_LEARNING,
    WORLD_SPREAD,
    WORLD_DISPLACEMENT,
    WORLD_PUBLIC_FADE,
    WORLD_PUBLISHED_LIFT,
    WORLD_CONTAGION,
    WORLD_OPEN_TO_ALL,
    WORLD_CONTRARY,
    WORLD_SCORE,
) = range(23)
WORLD_COLUMNS = WORLD_SCORE + 5
SCORE_SCHEME, SCORE_START, SCORE_LOWEST, SCORE_HIGHEST, SCORE_RECOVERY = range(5)

# Further columns of ``Rules.process`` and ``Rules.lists``: purposes.
PROCESS_WHY_TOLD, PROCESS_WHY_APPEAL, PROCESS_WHY_OFFICIAL, PROCESS_WHY_HEAR = range(
    PROCESS_COLUMNS, PROCESS_COLUMNS + 4
)
LIST_WHY = LIST_COLUMNS

# Columns of ``Watch.sources``.
(
    SOURCE_SCHEME,
    SOURCE_DELAY,
    SOURCE_KEEP_TRUE,
    SOURCE_KEEP_FALSE,
    SOURCE_VARIED,
    SOURCE_ATTENTION,
    SOURCE_ATTENTION_LISTS,
    SOURCE_ATTENTION_GRADES,
    SOURCE_OTHERWISE,
    SOURCE_FUSED,
    SOURCE_NAMED,  # behaviours that a false record can name
    SOURCE_WHY_WHICH,
) = range(12)

# Columns of ``Doors.doors``.
(
    DOOR_LISTS,
    DOOR_GRADES,
    DOOR_TIED,
    DOOR_PARTIAL,
    FAVOUR_LISTS,
    FAVOUR_GRADES,
    UNFAVOUR_TIED,
    DOOR_OWING,
) = range(8)

# Columns of ``Doors.services``.
SERVICE_RETRY, SERVICE_WORK, SERVICE_SUCCESS, SERVICE_WHY_ASK, SERVICE_WHY_DOOR, SERVICE_WHY_OWE = range(6)

# Columns of ``Doors.channels``.
CHANNEL_TIE, CHANNEL_LIST, CHANNEL_GRADES = range(3)

# Columns of ``Mind.stakes``: one exponent a band, then these.
STAKE_INNOCENT, STAKE_REWARD, STAKE_CROWDING = range(4, 7)

# Columns of ``Mind.behaviours``.
BEHAVIOUR_DOMAIN, BEHAVIOUR_SUBSTITUTE, BEHAVIOUR_WHY_ROUND, BEHAVIOUR_WHY_DISPLACE, BEHAVIOUR_WHY_FINE = range(5)

# Fields of ``Lives.rest``: the accounts, then the mind, then the number of denials.
MIND = ACCOUNT_FIELDS

# Counters of ``Lives.counter``.
ACTIVES, MOVERS, FILES, TRACES = range(4)
# Bits of ``Lives.flag``.
IS_ACTIVE, HAS_MOVED = 1, 2

# Stocks of ``Lives.stock``.
STOCK_LISTED, STOCK_JOBLESS, STOCK_ARREARS, STOCK_THROTTLED = range(4)

# Columns of ``Climate.norms``, ``places`` and ``public``.
NORM_PUSH, NORM_OCCASIONS, NORM_ACTS, NORM, NORM_CONTRARY, NORM_SEEN, NORM_DONE = range(7)
PLACE_FREED, PLACE_FAILED, PLACE_OPEN = range(3)
PUBLIC_RISK, PUBLIC_NEWS = range(2)

# Counters of ``Queues.counter``; FULL is set when something did not fit.
AGENDA_USED, AGENDA_FREE, NEWS_USED, SHARED_USED, SHARED_READY, FULL = range(6)


class Fate(NamedTuple):
    """What a county's words of chance are keyed by."""

    county: np.uint64
    key0: np.uint64
    key1: np.uint64


class Rules(NamedTuple):
    """What records lead to."""

    world: Int64s  # [W, columns above]
    rule_of: Int64s  # [W, H, B] as in Law
    rules: Int64s  # [W, U, RULE_COLUMNS]
    grade_from: Int64s  # [W, GRADES] as in Law
    process: Int64s  # [W, H, PROCESS_COLUMNS, then purposes]
    lists: Int64s  # [W, L, LIST_COLUMNS, then purposes]
    settle: Int64s  # [W, B, Q] as in Law
    fined: Int64s  # [W, C] as in Law
    behaviours: Int64s  # [B, columns of ``Mind.behaviours``]


class Watch(NamedTuple):
    """What the sources see; fields as in Law."""

    world: Int64s  # [W, columns above]
    sources: Int64s  # [W, R, columns above]
    alert: Int64s  # [W, R, B]
    mistaken_for: Int64s  # [W, R, B]
    sees: Int64s  # [W, R, C]
    select: Int64s  # [W, R, 1 + C + 8 + Q]
    record_purpose: UInt64s  # [R, B]
    watched: UInt8s  # [R, B] 1: in some world the source watches the behaviour


class Doors(NamedTuple):
    """What people need, and whom a status bars or favours; fields as in Law."""

    world: Int64s  # [W, columns above]
    doors: Int64s  # [W, S, columns above]
    strength: Int64s  # [W, S, STATUSES]
    lift: Int64s  # [W, S, LISTS + GRADES]
    services: Int64s  # [S, columns above]
    status_scheme: Int64s  # [W, STATUSES]
    channels: Int64s  # [W, X, columns above]
    sibling: Int64s  # [W, 3]
    domain: Int64s  # [B]


class Mind(NamedTuple):
    """What people do, believe and learn; fields as in Law."""

    world: Int64s  # [W, columns above]
    base: Int64s  # [W, B]
    deters: Int64s  # [W, B]
    stakes: Int64s  # [W, H, B, columns above]
    next_points: Int64s  # [W, B]
    cuts: Int64s  # [W, cuts] scores below which things get worse, rising; NEVER after the last
    curve: Int64s  # [W, CURVE_STEPS + 1]
    power: Int64s  # [W, POWER_STEPS + 1]
    fade: Int64s  # [W, weeks + 1]
    grievance: Int64s  # [W, 16]
    behaviours: Int64s  # [B, columns above]
    mildest: (
        Int64s  # [W, B] the share of acts, in 2**-30, that the strongest deterrence leaves; -1 where a reward pulls
    )
    misdeed: Int64s  # [W, B] marks of whoever does it: ACTED if it is unlawful, RECORDABLE if a source watches it too


class Seasons(NamedTuple):
    """What changes with the calendar; fields as in Law."""

    world: Int64s  # [W, columns above]
    aware: Int64s  # [W, H, weeks]
    joins: Int64s  # [W, H, weeks]
    media: Int64s  # [W, D, weeks]
    norm_push: Int64s  # [W, B, weeks]
    exponential: Int64s  # [NORM_STEPS + 1]
    refill: Int64s  # [W, S]
    success: Int64s  # [S]
    base: Int64s  # [W, B]


class Lives(NamedTuple):
    """What persists of people from week to week."""

    group: UInt8s  # [N]
    cell: UInt8s  # [N]
    age: UInt8s  # [N] the age band
    hot: UInt16s  # [N, W, HOT] small, so that a person's worlds share a cache line
    rest: UInt16s  # [N, W, accounts, mind, denials]
    file_of: Int32s  # [N] row of the person in ``files``; 0: none
    files: Int16s  # [rows, W, LISTING_COLUMNS a list, then two fields a memory] of those ever listed or remembered
    reached: UInt8s  # [N, W, X, 2] how many ties hold a channel towards the person, by side; no rows without channels
    held: UInt16s  # [N, W, 2] channels held at the end of last week, by side
    active: Int32s  # [N] persons who are on a list in some world, in no particular order
    movers: Int32s  # [N] persons whose lists or standing changed this week
    flag: UInt8s  # [N]
    start: Int64s  # [W] standing at the start
    stock: Int64s  # [W, G, 4]
    list_stock: Int64s  # [W, L]
    counter: Int64s  # [4]
    trace: Int64s  # [room, TRACE_COLUMNS] the events of traced persons; no rows where nobody is


class Climate(NamedTuple):
    """What persists of a county as a whole, in each world."""

    norms: Int64s  # [W, B, columns above]
    places: Int64s  # [W, S, columns above]
    public: Int64s  # [W, D, columns above]
    told: Int64s  # [W, H, 2] how many of the ranks of awareness and of joining are through


class Queues(NamedTuple):
    """What is still to come."""

    agenda: Int64s  # [room, 10] next, what, person, world, behaviour, source, truth, and three more
    due: Int64s  # [weeks, 2] first and last entry of each week; -1: none
    news: Int64s  # [room, 4] person, world, behaviour, scheme
    shared: Int64s  # [room, 7] person, world, tie, points, truth, behaviour, source
    counter: Int64s  # [6]


class Book(NamedTuple):
    """Where this week is counted."""

    weekly: Int32s  # [W, G, len(WEEKLY)]
    turnover: Int32s  # [W, L, len(TURNOVER)]
    records: Int64s  # [W, R, B, len(RECORDS)]
    points: Int64s  # [W, R, B, 2, len(POINTS)]
    process: Int64s  # [W, H, 2, len(PROCESS)]
    endings: Int64s  # [W, L, 2, len(ENDINGS)]
    public: Int64s  # [W, D, 2] as in Climate


def _columns(*parts: npt.NDArray[np.integer]) -> Int64s:
    return np.ascontiguousarray(np.stack([part.astype(np.int64) for part in parts], axis=-1))


def _worlds(law: Law) -> Int64s:
    alone: tuple[Int64s, ...]
    alone = (law.red, law.published, law.spiral, law.throttle_lists, law.throttle_grades, law.throttle_tied)
    alone += (law.talk, law.heard, law.cannot_pay, law.felt_loss, law.stigma, law.fusion_needs, law.not_asking)
    alone += (law.prior, law.learning, law.spread, law.displacement, law.public_fade, law.published_lift)
    alone += (law.contagion, law.open_to_all, law.contrary)
    return np.concatenate([_columns(*alone), law.score], axis=1)


def _cuts(law: Law) -> Int64s:
    """Scores below which a grade ends or a list begins, rising."""
    entered = law.lists[:, :, 3]
    both = np.concatenate([law.grade_from[:, 1:], entered], axis=1)
    both[both < -(1 << 29)] = 1 << 30
    return np.sort(both, axis=1)


def _mildest(law: Law) -> Int64s:
    """What the strongest deterrence leaves of acting [W, B], in 2**-30; -1 where a reward can also make it more."""
    left = np.full(law.base.shape, -1, np.int64)
    for w, slopes in enumerate(law.slope):
        exponent = (slopes.max(axis=(0, 2), initial=0) * law.power[w].max()) >> 16
        steps = np.minimum(exponent, LARGEST_EXPONENT - 1) // (LARGEST_EXPONENT // CURVE_STEPS) + 1
        pulled = (law.reward[w] != 0).any(axis=0) | (law.crowding[w] != 0).any(axis=0)
        left[w] = np.where(pulled, -1, np.minimum.accumulate(law.curve[w])[steps])
    return left


def misdeed(law: Law) -> Int64s:
    """What an act marks a person with [W, B]; nothing where it is not unlawful."""
    watched = np.any(law.alert > 0, axis=1)
    return np.where(law.standing[None, :] == 0, ACTED | np.where(watched, RECORDABLE, 0), 0).astype(np.int64)


def split(law: Law) -> tuple[Rules, Watch, Doors, Mind, Seasons]:
    """The law by what needs it."""
    world = _worlds(law)
    count = law.red.shape[0]

    def everywhere(*purposes: UInt64s) -> Int64s:
        table = _columns(*purposes)
        return np.broadcast_to(table, (count, *table.shape))

    why = everywhere(law.told_purpose, law.appeal_purpose, law.official_purpose, law.hear_purpose)
    lists_why = np.broadcast_to(law.list_purpose.astype(np.int64), (count, *law.list_purpose.shape))
    behaviours = _columns(law.domain, law.substitute, law.round_purpose, law.displace_purpose, law.fine_purpose)
    rules = Rules(
        world,
        law.rule_of,
        law.rules,
        law.grade_from,
        np.concatenate([law.process, why], axis=2),
        np.concatenate([law.lists, lists_why], axis=2),
        law.settle,
        law.fined,
        behaviours,
    )
    named = (law.mistaken_for >= 0).sum(axis=2)
    sources = _columns(
        *(law.source_scheme, law.delay, law.keep_true, law.keep_false, law.varied, law.attention),
        *(law.attention_lists, law.attention_grades, law.otherwise, law.fused, named),
        np.broadcast_to(law.which_purpose.astype(np.int64), named.shape),
    )
    watched = np.any(law.alert > 0, axis=0).astype(np.uint8)
    watch = Watch(world, sources, law.alert, law.mistaken_for, law.sees, law.select, law.record_purpose, watched)
    doors = Doors(
        world,
        _columns(
            *(law.bar_lists, law.bar_grades, law.bar_tied, law.partial),
            *(law.favour_lists, law.favour_grades, law.unfavour_tied, law.owing),
        ),
        law.strength,
        law.lift,
        _columns(law.retry, law.grants_work, law.success, law.ask_purpose, law.door_purpose, law.owe_purpose),
        law.status_scheme,
        _columns(law.channel_tie, law.channel_list, law.channel_grades),
        law.sibling,
        law.domain,
    )
    stakes = np.concatenate([law.slope, _columns(law.innocent, law.reward, law.crowding)], axis=3)
    mind = Mind(
        *(world, law.base, law.deters, stakes, law.next_points, _cuts(law), law.curve, law.power, law.fade),
        *(law.grievance, behaviours, _mildest(law), misdeed(law)),
    )
    seasons = Seasons(
        *(world, law.aware, law.joins, law.media, law.norm_push, law.exponential, law.refill, law.success, law.base)
    )
    return rules, watch, doors, mind, seasons


def rest_fields(domains: int) -> int:
    """Fields of ``Lives.rest``: accounts, mind and denials."""
    return MIND + RISK + domains + 1
