"""The parts of the law and of the state that the mechanisms work with.

Compiled functions that take few arrays compile in seconds and can be inlined; functions that take the whole law
and state cannot. So the law is split by what needs it, and what belongs to one list, or to one person on one list
in one world, stands side by side in one row.
"""

from typing import NamedTuple

import numpy as np

from scorelab.kernel.layout import Int16s, Int32s, Int64s, Law, UInt8s, UInt16s, UInt64s

# Columns of ``Rules.lists``; L_REPEAT is followed by the within and the then weeks.
L_SCHEME, L_TERM, L_BY_SCORE, L_ENTER, L_LEAVE, L_NOTICE, L_CORRECT, L_REPEAT, L_WITHIN, L_THEN = range(10)
L_SETTLE_WHY, L_CORRECT_WHY, L_NOTICE_WHY = range(10, 13)

# Columns of ``Rules.behaviours``; B_SETTLE + q is the threshold of making good in condition q.
B_POINTS, B_ONTO, B_SETTLE = range(3)

# Columns of ``Lives.listings``: end week, and behaviour and source of the latest record, first by true records,
# then by false ones at SIDE + column; then what escalation remembers.
END, BECAUSE, SEEN_BY = range(3)
SIDE = 3
SETTLED, REPEATS = 6, 7


class Fate(NamedTuple):
    """What a county's words of chance are keyed by."""

    county: np.uint64
    key0: np.uint64
    key1: np.uint64


class Rules(NamedTuple):
    """What records lead to."""

    in_force: Int64s  # [W, H] as in Law
    source_scheme: Int64s  # [W, R] as in Law
    score: Int64s  # [W, 5] as in Law
    lists: Int64s  # [W, L, columns above]
    behaviours: Int64s  # [W, B, columns above]


class Watch(NamedTuple):
    """What the sources see; fields as in Law."""

    scheme: Int64s  # [W, R]
    delay: Int64s  # [W, R]
    sensitivity: Int64s  # [W, R, B]
    mistaken_for: Int64s  # [W, R, B]
    record_purpose: UInt64s  # [R, B]
    which_purpose: UInt64s  # [R]


class Doors(NamedTuple):
    """What people need, and whom a list bars; fields as in Law."""

    bar_self: Int64s  # [W, S]
    bar_child: Int64s  # [W, S]
    list_scheme: Int64s  # [W, L]
    success: Int64s  # [S]
    retry: Int64s  # [S]
    grants_work: Int64s  # [S]
    not_asking: Int64s  # [W]
    sibling: Int64s  # [W, 3]
    domain: Int64s  # [B]
    ask_purpose: UInt64s  # [S]


class Mind(NamedTuple):
    """What people do, believe and learn; fields as in Law."""

    base: Int64s  # [W, B]
    acting: Int64s  # [W, H, B, RISK_STEPS + 1]
    deters: Int64s  # [W, B]
    prior: Int64s  # [W]
    learning: Int64s  # [W]
    spread: Int64s  # [W]
    fade: Int64s  # [W, weeks + 1]
    domain: Int64s  # [B]
    round_purpose: UInt64s  # [B]


class Lives(NamedTuple):
    """What persists from week to week."""

    group: UInt8s  # [N]
    hot: UInt16s  # [N, W, 2] small, so that a person's worlds share a cache line
    rest: UInt16s  # [N, W, RISK + D]
    listings: Int16s  # [N, W, L, columns above]
    marks: UInt8s  # [N, W]
    denials: UInt16s  # [N, W]
    active: Int32s  # [N] persons who are on a list in some world, in no particular order
    is_active: UInt8s  # [N]
    stock: Int64s  # [W, G] persons on at least one list
    list_stock: Int64s  # [W, L]
    jobless: Int64s  # [W, G]
    actives: Int64s  # [1] number of persons in ``active``


class Pending(NamedTuple):
    """Records on their way."""

    rows: Int64s  # [room, 6] week due, person, world, behaviour, source, truth
    used: Int64s  # [1]


def split(law: Law) -> tuple[Rules, Watch, Doors, Mind]:
    """The law by what needs it."""
    worlds, lists = law.term.shape
    columns = np.zeros((worlds, lists, 13), np.int64)
    one = (law.list_scheme, law.term, law.by_score, law.enter_below, law.leave_at, law.notice, law.correct)
    for column, values in enumerate(one):
        columns[:, :, column] = values
    columns[:, :, L_REPEAT : L_THEN + 1] = law.repeat
    for column, purposes in (
        (L_SETTLE_WHY, law.settle_purpose),
        (L_CORRECT_WHY, law.correct_purpose),
        (L_NOTICE_WHY, law.notice_purpose),
    ):
        columns[:, :, column] = purposes.astype(np.int64)
    behaviours = np.concatenate([law.points[:, :, None], law.onto[:, :, None], law.settle], axis=2)
    watch = Watch(
        law.source_scheme, law.delay, law.sensitivity, law.mistaken_for, law.record_purpose, law.which_purpose
    )
    doors = Doors(**{name: getattr(law, name) for name in Doors._fields})
    mind = Mind(**{name: getattr(law, name) for name in Mind._fields})
    return Rules(law.in_force, law.source_scheme, law.score, columns, behaviours), watch, doors, mind
