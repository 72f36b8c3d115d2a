"""The weeks before any scheme is in force: what is left of them, so that a county can be lived on from there.

Until the first week in which a scheme is in force none applies to anybody: no source watches, nothing reaches an
office, no list, account or channel moves, no door closes, and no scheme deters. Fields of the law that are read only
behind one of these are in ``UNREAD``. Two laws that are equal in all others lead to the same state; what that has of a
law besides, the standing and the beliefs that everybody begins with, each county has of its own.
"""

import hashlib
from typing import Any, NamedTuple, Protocol

import numpy as np

from scorelab.kernel.candidates import count
from scorelab.kernel.counted import Tally
from scorelab.kernel.layout import (
    KNOWN,
    LIFE,
    MARKS,
    MISTAKE,
    YEAR_WEEKS,
    County,
    Int32s,
    Int64s,
    Kinds,
    Law,
    Scratch,
    UInt16s,
)
from scorelab.kernel.parts import (
    ACTIVES,
    AGENDA_USED,
    FILES,
    MOVERS,
    NEWS_USED,
    SHARED_USED,
    Climate,
    Fate,
    Lives,
    Queues,
    misdeed,
)

FIELDS = (LIFE, KNOWN, MARKS)
"""Fields of ``Lives.hot`` that the weeks without a scheme change."""

UNREAD = frozenset(
    {
        # county.in_force says what the roll-out says, and members are counted from then on
        *("rollout", "joins"),
        # sources write only where their scheme applies; which behaviours they watch at all is in ``misdeed``
        *("source_scheme", "delay", "alert", "keep_true", "keep_false", "mistaken_for", "varied", "sees"),
        *("attention", "attention_lists", "attention_grades", "otherwise", "select", "fused", "fusion_needs"),
        # rules, points and lists wait for a record; the standing of the start is each law's own
        *("rule_of", "rules", "score", "grade_from", "process", "fined", "lists", "red", "settle", "cannot_pay"),
        *("published", "published_lift", "stigma", "felt_loss"),
        # doors close and favours are given by lists, by channels, or by a score that applies; denials free places
        *("channel_tie", "channel_list", "channel_grades", "bar_lists", "bar_grades", "bar_tied", "partial"),
        *("strength", "favour_lists", "favour_grades", "lift", "unfavour_tied", "throttle_lists", "throttle_grades"),
        *("throttle_tied", "status_scheme", "retry", "owing", "spiral", "not_asking", "sibling", "refill"),
        # people are deterred by, and learn of, a scheme that is in force; beliefs are as at the start
        *("deters", "slope", "innocent", "reward", "crowding", "next_points", "curve", "power", "prior", "learning"),
        *("heard", "talk", "spread", "fade", "displacement"),
        # words of chance for any of these
        *("rollout_purpose", "record_purpose", "which_purpose", "told_purpose", "appeal_purpose", "official_purpose"),
        *("hear_purpose", "fine_purpose", "round_purpose", "displace_purpose", "ask_purpose", "door_purpose"),
        *("owe_purpose", "list_purpose"),
    }
)
"""Fields of the law that are not read before any scheme is in force."""
BY_WEEK = frozenset({"aware", "media", "norm_push"})
"""Fields whose last axis is the week: weeks to come are not read."""


def law_key(law: Law, week: int) -> bytes:
    """Equal for laws under which a county comes to the same state by ``week``, if no scheme is in force before."""
    digest = hashlib.blake2b(digest_size=16)
    for name, table in law._asdict().items():
        if name not in UNREAD:
            _enter(digest, table[..., :week] if name in BY_WEEK else table[:, :1] if name == "grievance" else table)
    _enter(digest, misdeed(law))
    return digest.digest()


def kinds_key(kinds: Kinds, *beside: Any) -> bytes:
    """Equal where the kinds of candidates are that no source brings; ``beside`` are arrays with a row a kind."""
    digest = hashlib.blake2b(digest_size=16)
    steady = kinds.what != MISTAKE
    for table in (kinds.what, kinds.item, kinds.layer, kinds.purpose, kinds.worlds, kinds.thin, *beside):
        _enter(digest, table[steady])
    return digest.digest()


def _enter(digest: Any, table: Any) -> None:
    digest.update(repr((table.dtype.str, table.shape)).encode())
    digest.update(np.ascontiguousarray(table).tobytes())


class Whole(Protocol):
    """A county while it is lived."""

    county: County
    fate: Fate
    kinds: Kinds
    lives: Lives
    climate: Climate
    queues: Queues
    tally: Tally
    scratch: Scratch
    persons: Int64s


class Early(NamedTuple):
    """How a county stands before a week, no scheme having been in force. Nobody writes into its arrays."""

    week: int
    hot: UInt16s  # [N, W, FIELDS]
    stock: Int64s
    climate: Climate
    weekly: Int32s  # the weeks before
    occasions: Int64s
    needs: Int64s
    used: Int64s
    steady: Int64s  # [kinds but mistakes, 2] candidates
    persons: Int64s  # the years before


def _happened(whole: Whole) -> bool:
    """Whether anything has happened that only a scheme in force can bring about."""
    lives, queues, tally = whole.lives, whole.queues, whole.tally
    waiting = (
        queues.counter[[AGENDA_USED, NEWS_USED, SHARED_USED]].any() or lives.counter[[ACTIVES, MOVERS, FILES]].any()
    )
    tables = (tally.lists, tally.records, tally.points, tally.process, tally.endings, tally.tries)
    return bool(waiting or tally.used[2:].any() or any(table.any() for table in tables))


def taken(whole: Whole, week: int) -> Early | None:
    """How a county stands before a week; None where a scheme has left a trace already."""
    if _happened(whole):
        return None
    lives, tally = whole.lives, whole.tally
    return Early(
        week=week,
        hot=np.ascontiguousarray(lives.hot[:, :, FIELDS]),
        stock=lives.stock.copy(),
        climate=Climate(*(part.copy() for part in whole.climate)),
        weekly=tally.weekly[:week].copy(),
        occasions=tally.occasions.copy(),
        needs=tally.needs.copy(),
        used=tally.used.copy(),
        steady=tally.candidates[whole.kinds.what != MISTAKE],
        persons=whole.persons[: week // YEAR_WEEKS].copy(),
    )


def put(whole: Whole, early: Early) -> None:
    """Set a county that was just begun to how it stood in that week."""
    lives, tally = whole.lives, whole.tally
    for number, part in enumerate(FIELDS):
        lives.hot[:, :, part] = early.hot[:, :, number]
    lives.stock[:] = early.stock
    for now, then in zip(whole.climate, early.climate, strict=True):
        now[:] = then
    tally.weekly[: early.week] = early.weekly
    tally.used[:] = early.used
    tally.candidates[whole.kinds.what != MISTAKE] = early.steady
    tally.candidates[whole.kinds.what == MISTAKE, 0] = _mistakes_drawn(whole, early.week)
    whole.tally = tally._replace(occasions=early.occasions.copy(), needs=early.needs.copy())
    whole.persons[: early.week // YEAR_WEEKS] = early.persons


def _mistakes_drawn(whole: Whole, week: int) -> Int64s:
    """How many candidates of the kinds of mistakes were drawn before a week; none was kept."""
    numbers = whole.scratch.numbers
    drawn = np.zeros(len(numbers), np.int64)
    for t in range(week):
        count(whole.county, whole.fate, whole.kinds, numbers, t)
        drawn += numbers.sum(axis=1)
    of_mistakes: Int64s = drawn[whole.kinds.what == MISTAKE]
    return of_mistakes
