"""Step 8, doors: what closes one to a person, whose record that is, and whether it is true."""

from typing import NamedTuple

import numpy as np

from scorelab.kernel.jit import jit
from scorelab.kernel.layout import (
    ACCOUNT_ZERO,
    BECAUSE,
    CAUSE,
    CHANNEL_STATUS,
    CHANNELS,
    FALSE_LISTS,
    GRADE_STATUS,
    LISTS,
    OWN_FALSE,
    OWN_TRUE,
    SEEN_BY,
    SIDE,
    STANDING,
    TIE_FALSE,
    TIE_TRUE,
    TIED_FALSE,
    TIED_TRUE,
    TRUE_LISTS,
)
from scorelab.kernel.lives import bring_accounts, listing_of
from scorelab.kernel.parts import (
    CHANNEL_LIST,
    CHANNEL_TIE,
    DOOR_GRADES,
    DOOR_LISTS,
    DOOR_PARTIAL,
    DOOR_TIED,
    FAVOUR_GRADES,
    FAVOUR_LISTS,
    UNFAVOUR_TIED,
)
from scorelab.words import BACK, Tie

_BACK = tuple(int(BACK[tie]) for tie in Tie)


class Closed(NamedTuple):
    """What closes a door: bits of lists and channels, by side; the grades that do, and whether the present one does."""

    true_lists: np.int64
    false_lists: np.int64
    true_tied: np.int64
    false_tied: np.int64
    grades: np.int64
    grade: np.int64  # the grade that closes, -1 for none


@jit
def first(bits):  # type: ignore[no-untyped-def]
    """The lowest of some."""
    n = 0
    while bits >> n & 1 == 0:
        n += 1
    return n


@jit
def strong(bits, strength, begin, count, word):  # type: ignore[no-untyped-def]
    """Those of some statuses whose share of the door is closed to this ask."""
    kept = np.int64(0)
    for n in range(count):
        if bits >> n & 1 and word < strength[begin + n]:
            kept |= np.int64(1) << n
    return kept


@jit
def maybe_closed(door, life):  # type: ignore[no-untyped-def]
    """Whether a person has any status that could close a door, its strength and the score left aside."""
    lists = (np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])) & door[DOOR_LISTS]
    tied = (np.int64(life[TIED_TRUE]) | np.int64(life[TIED_FALSE])) & door[DOOR_TIED]
    return lists | tied | (door[DOOR_GRADES] >> (np.int64(life[STANDING]) & 15) & 1) != 0


@jit
def closed(door, strength, life, scored, word):  # type: ignore[no-untyped-def]
    """What closes a door to a person; ``scored``: the score applies; ``word`` decides where doors close in part."""
    true_lists = np.int64(life[TRUE_LISTS]) & door[DOOR_LISTS]
    false_lists = np.int64(life[FALSE_LISTS]) & door[DOOR_LISTS]
    true_tied = np.int64(life[TIED_TRUE]) & door[DOOR_TIED]
    false_tied = np.int64(life[TIED_FALSE]) & door[DOOR_TIED]
    grades = door[DOOR_GRADES] if scored else np.int64(0)
    if door[DOOR_PARTIAL]:
        true_lists = strong(true_lists, strength, 0, LISTS, word)
        false_lists = strong(false_lists, strength, 0, LISTS, word)
        true_tied = strong(true_tied, strength, CHANNEL_STATUS, CHANNELS, word)
        false_tied = strong(false_tied, strength, CHANNEL_STATUS, CHANNELS, word)
        grades = strong(grades, strength, GRADE_STATUS, CHANNEL_STATUS - GRADE_STATUS, word)
    now = np.int64(life[STANDING]) & 15
    grade = now if grades >> now & 1 else np.int64(-1)
    return Closed(true_lists, false_lists, true_tied, false_tied, grades, grade)


@jit
def any_closed(shut):  # type: ignore[no-untyped-def]
    """Whether anything closes the door."""
    return shut.true_lists | shut.false_lists | shut.true_tied | shut.false_tied != 0 or shut.grade >= 0


@jit
def schemes_behind(shut, status_scheme):  # type: ignore[no-untyped-def]
    """The schemes behind what closes a door, as bits; ``status_scheme`` is the world's row."""
    schemes = np.int64(0)
    for l in range(LISTS):  # noqa: E741
        if (shut.true_lists | shut.false_lists) >> l & 1:
            schemes |= 1 << status_scheme[l]
    for x in range(CHANNELS):
        if (shut.true_tied | shut.false_tied) >> x & 1:
            schemes |= 1 << status_scheme[CHANNEL_STATUS + x]
    if shut.grade >= 0:
        schemes |= 1 << status_scheme[GRADE_STATUS + shut.grade]
    return schemes


@jit
def lifted(door, lift, life, scored):  # type: ignore[no-untyped-def]
    """The threshold of success with the best favour that a person has; 0 without one."""
    if (np.int64(life[TIED_TRUE]) | np.int64(life[TIED_FALSE])) & door[UNFAVOUR_TIED]:
        return np.int64(0)
    best = np.int64(0)
    lists = (np.int64(life[TRUE_LISTS]) | np.int64(life[FALSE_LISTS])) & door[FAVOUR_LISTS]
    for l in range(LISTS):  # noqa: E741
        if lists >> l & 1:
            best = max(best, lift[l])
    now = np.int64(life[STANDING]) & 15
    if scored and door[FAVOUR_GRADES] >> now & 1:
        best = max(best, lift[GRADE_STATUS + now])
    return best


@jit
def account_cause(rest, account, otherwise):  # type: ignore[no-untyped-def]
    """Behaviour and source of the latest record that took points from an account, or else from the other one."""
    cause = np.int64(rest[CAUSE + account])
    if cause == 0:
        cause = np.int64(rest[CAUSE + otherwise])
    if cause == 0:
        return np.int64(0), np.int64(0)
    return (cause - 1) % 64, (cause - 1) // 64


@jit
def cause_along(county, channels, lives, p, w, x, truth):  # type: ignore[no-untyped-def]
    """Status, behaviour and source of the first person who reaches another by channel ``x``."""
    back = _BACK[channels[x, CHANNEL_TIE]]
    for at in range(county.tie_from[back, p], county.tie_from[back, p + 1]):
        q = np.int64(county.tie[at])
        if np.int64(lives.held[q, w, truth]) >> x & 1 == 0:
            continue
        l = channels[x, CHANNEL_LIST]  # noqa: E741
        if l >= 0:
            listing = listing_of(lives, lives.file_of[q], w, l)
            return l, np.int64(listing[truth * SIDE + BECAUSE]), np.int64(listing[truth * SIDE + SEEN_BY])
        own, tie = (OWN_FALSE, TIE_FALSE) if truth else (OWN_TRUE, TIE_TRUE)
        b, r = account_cause(lives.rest[q, w], own, tie)
        return GRADE_STATUS + (np.int64(lives.hot[q, w, STANDING]) & 15), b, r
    return np.int64(0), np.int64(0), np.int64(0)


@jit
def tie_behind(channels, shut, origin, truth):  # type: ignore[no-untyped-def]
    """The tie along which the channel runs that is a denial's cause; -1 where none is."""
    bits = shut.false_tied if truth else shut.true_tied
    if origin == 0 or bits == 0:
        return np.int64(-1)
    return channels[first(bits), CHANNEL_TIE]


@jit
def truth_and_origin(shut, standing):  # type: ignore[no-untyped-def]
    """(0 true, 1 false; 0 own, 1 tie) of a denial: does it stand without false records, and without others'?"""
    by_grade = shut.grade >= 0
    without_false = by_grade and shut.grades >> (standing >> 4 & 15) & 1 == 1
    truth = 0 if shut.true_lists | shut.true_tied != 0 or without_false else 1
    if truth:
        own = shut.false_lists != 0 or (by_grade and shut.grades >> (standing >> 8 & 15) & 1 == 1)
    else:
        own = shut.true_lists != 0 or (without_false and shut.grades >> (standing >> 12 & 15) & 1 == 1)
    return truth, 0 if own else 1


@jit
def why(county, doors, lives, shut, p, w, t):  # type: ignore[no-untyped-def]
    """Why a door is closed: truth, origin, tainted, both; and status, behaviour and source of the cause."""
    rest = lives.rest[p, w]
    truth, origin = truth_and_origin(shut, np.int64(lives.hot[p, w, STANDING]))
    lists = shut.false_lists if truth else shut.true_lists
    tied = shut.false_tied if truth else shut.true_tied
    tainted = shut.false_lists | shut.false_tied != 0
    if shut.grade >= 0 and not tainted:
        bring_accounts(doors.world[w], rest, t)
        tainted = rest[OWN_FALSE] < ACCOUNT_ZERO or rest[TIE_FALSE] < ACCOUNT_ZERO
    both = (shut.true_lists | shut.false_lists != 0 or shut.grade >= 0) and shut.true_tied | shut.false_tied != 0
    flags = 8 * origin + 4 * truth + 2 * (1 if tainted else 0) + (1 if both else 0)
    status = GRADE_STATUS + shut.grade
    own, tie = (OWN_FALSE, TIE_FALSE) if truth else (OWN_TRUE, TIE_TRUE)
    if origin == 0 and lists != 0:
        l = np.int64(first(lists))  # noqa: E741
        listing = listing_of(lives, lives.file_of[p], w, l)
        return flags, l, np.int64(listing[truth * SIDE + BECAUSE]), np.int64(listing[truth * SIDE + SEEN_BY])
    if origin == 0:
        b, r = account_cause(rest, own, own)
    elif tied != 0:
        status, b, r = cause_along(county, doors.channels[w], lives, p, w, first(tied), truth)
    else:
        b, r = account_cause(rest, tie, TIE_TRUE + TIE_FALSE - tie)
    return flags, status, b, r
