"""The integer tables that the kernel reads, the state it keeps, and the counts it writes.

Axes are named by letters: N persons, W worlds, K kinds, B behaviours, S services, R sources, L lists, H schemes,
D domains, T traits, G groups, C cells (:data:`scorelab.words.CELLS`), Q conditions.

A *threshold* is a chance in units of 2**-32, held in a signed 64-bit integer from 0 (never) to 2**32 (always);
something happens when a word of chance, a number from 0 to 2**32 - 1, is smaller.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Int64s = npt.NDArray[np.int64]
Int32s = npt.NDArray[np.int32]
Int16s = npt.NDArray[np.int16]
UInt64s = npt.NDArray[np.uint64]
UInt32s = npt.NDArray[np.uint32]
UInt16s = npt.NDArray[np.uint16]
UInt8s = npt.NDArray[np.uint8]

ALWAYS = 2**32
"""The threshold below which every word lies."""

OPEN = 32767
"""The end week of a listing that has no fixed end."""

NEVER = 1 << 30
"""A week that is never reached."""

MAX_TRIES = 31
"""Further tries after a denial, all in the same week."""

PERIOD_WEEKS = 13
"""Weeks in a period of the tables that are coarse in time."""

YEAR_WEEKS = 52
"""Weeks in a year of the model."""

ACCOUNT_ZERO = 32768
"""How an account of zero points is stored in 16 bits."""

ACCOUNT_LIMIT = 30000
"""No account holds more points than this, in either direction."""

RISK_STEPS = 256
"""Steps of the table of acting against perceived risk; between two entries the kernel interpolates."""

# What a kind of candidate is about.
OCCASION, MISTAKE, NEED, JOB_LOSS = 0, 1, 2, 3

# The fields of ``Lives.hot``: what nearly every event looks at, 16 bits each.
LIFE = 0  # condition in bits 0-2; asked this year, in the run: bits 3, 4; from bit 8 on, the schemes one knows of
LISTS = 1  # lists the person is on by true records (low byte) and by false ones (high byte), one bit a list

# The fields of ``Lives.rest``, 16 bits each; RISK is followed by one field a domain.
LISTS_BEFORE = 0  # LISTS as it stood at the end of the week before the last change
CHANGED = 1  # 1 + the week of the last change of LISTS; 0: never
SCORED = 2  # 1 + the week to which the accounts are brought up to date; 0: never touched
OWN_TRUE = 3  # points from true records, plus ACCOUNT_ZERO
OWN_FALSE = 4  # points from false records, plus ACCOUNT_ZERO
RISK_WEEK = 5  # the week to which perceived risks are brought up to date
RISK = 6

# Columns of ``Tally.weekly``.
WEEKLY = (
    "occasions",
    "acts",
    "records_true",
    "records_false",
    "entries",
    "exits",
    "listed",
    "needs",
    "not_asked",
    "unsuccessful",
    "granted",
    "favoured",
    "denied",
    "asked",
    "unsuccessful_barred",
    "denied_tie",
    "denied_false",
    "denied_tainted",
    "jobless",
)
(
    W_OCCASIONS,
    W_ACTS,
    W_RECORDS_TRUE,
    W_RECORDS_FALSE,
    W_ENTRIES,
    W_EXITS,
    W_LISTED,
    W_NEEDS,  # the next five follow it in the order of the outcomes of a need
    W_NOT_ASKED,
    W_UNSUCCESSFUL,
    W_GRANTED,
    W_FAVOURED,
    W_DENIED,
    W_ASKED,
    W_UNSUCCESSFUL_BARRED,
    W_DENIED_TIE,
    W_DENIED_FALSE,
    W_DENIED_TAINTED,
    W_JOBLESS,
) = range(len(WEEKLY))

# Columns of ``Tally.lists``.
TURNOVER = ("entries_true", "entries_false", "exits", "listed")
# Columns of ``Tally.records``.
RECORDS = ("watched", "expected", "true", "false")

ASKED = 0b11000
"""The two bits of LIFE that say that a person asked for something."""

# Bits of ``Lives.marks``: the year's in the low half, the whole run's in the high half.
RESTRICTED, DENIED, WRONGED = 1, 2, 4
RUN_SHIFT = 4


class Kinds(NamedTuple):
    """The kinds of candidates, sorted by what they are about, then by name, then by layer and variant."""

    what: UInt8s  # [K] OCCASION, MISTAKE, NEED or JOB_LOSS
    index: Int32s  # type: ignore[assignment]  # [K] the behaviour, source or service; 0 for JOB_LOSS (hides tuple.index)
    layer: Int64s  # [K] layer 0 reaches up to the ceiling; each further one is as high as all before it
    purpose: UInt64s  # [K] purpose of its number of candidates and of their first four words
    worlds: Int64s  # [K] bit w: the kind concerns world w
    thin: Int64s  # [K, C, Q] threshold to be reached, in that condition
    share: Int64s  # [K, W] threshold of the world's share of a mistake's candidates; ALWAYS for other kinds


class Law(NamedTuple):
    """What each world's schemes and assumptions say, as tables."""

    in_force: Int64s  # [W, H] first week in which the scheme is in force in the world, or NEVER
    sensitivity: Int64s  # [W, R, B] threshold of a record of an act; 0 where the source does not watch
    source_scheme: Int64s  # [W, R] the scheme that a source belongs to, or -1
    delay: Int64s  # [W, R] weeks from the act to the record's arrival
    mistaken_for: Int64s  # [W, R, B] behaviours that the source's false records name, in order; -1 after the last
    points: Int64s  # [W, B] points of a record
    score: Int64s  # [W, 5] scheme of the score or -1, start, lowest, highest, recovery per week
    onto: Int64s  # [W, B] bit l: a record of the behaviour puts the person on list l
    list_scheme: Int64s  # [W, L] the scheme of the list, or -1
    term: Int64s  # [W, L] weeks; 0 where the list has no fixed term
    by_score: Int64s  # [W, L] 1: the listing ends when the score is back at leave_at
    enter_below: Int64s  # [W, L] listed when the score is below; -NEVER where the score puts nobody on the list
    leave_at: Int64s  # [W, L]
    notice: Int64s  # [W, L] threshold
    correct: Int64s  # [W, L] threshold a week
    repeat: Int64s  # [W, L, 3] count (0: no escalation), within weeks, then weeks
    settle: Int64s  # [W, B, Q] threshold a week of making good
    bar_self: Int64s  # [W, S] bit l: barred while on list l
    bar_child: Int64s  # [W, S] bit l: barred while a parent was on list l at the end of last week
    base: Int64s  # [W, B] threshold of acting undeterred
    acting: Int64s  # [W, H, B, RISK_STEPS + 1] threshold of acting at a perceived risk of i / RISK_STEPS, by scheme
    deters: Int64s  # [W, B] bit h: something is at stake in scheme h
    knows: Int64s  # [W, H] threshold of knowing the scheme beforehand
    prior: Int64s  # [W] perceived risk before experience, in units of 1 / 65536
    learning: Int64s  # [W] lambda in units of 1 / 65536
    spread: Int64s  # [W] tau in units of 1 / 65536
    fade: Int64s  # [W, weeks + 1] what is left of a departure from the prior after so many weeks, in 2**-32
    domain: Int64s  # [B]
    success: Int64s  # [S] threshold
    retry: Int64s  # [S] threshold
    grants_work: Int64s  # [S] 1: whoever is jobless and gets it works
    not_asking: Int64s  # [W] threshold
    sibling: Int64s  # [W, 3] the same world without false records, without ties, without either; -1: none
    record_purpose: UInt64s  # [R, B]
    which_purpose: UInt64s  # [R]
    ask_purpose: UInt64s  # [S]
    settle_purpose: UInt64s  # [L]
    correct_purpose: UInt64s  # [L]
    notice_purpose: UInt64s  # [L]
    knows_purpose: UInt64s  # [H]
    round_purpose: UInt64s  # [B]


class County(NamedTuple):
    """One county's people and the tables from which its candidates are drawn."""

    number: int
    key0: int
    key1: int
    cell: UInt8s  # [N]
    group: UInt8s  # [N]
    condition: UInt8s  # [N] at week 0
    parents: Int32s  # [N, 2] -1 where there is none in the household
    accept: UInt32s  # [K, N] alias tables, block by block: below this word the slot keeps its own person
    other: UInt16s  # [K, N] else this one, counted from the block's first person
    first: Int64s  # [K, blocks] smallest number of candidates
    cut: UInt32s  # the cumulative law of the number of candidates, all kinds and blocks in a row
    cut_from: Int64s  # [K, blocks + 1 flattened to K * blocks + 1] where each begins in ``cut``


class Tally(NamedTuple):
    """What happened, as counts."""

    weekly: Int32s  # [weeks, W, G, len(WEEKLY)]
    lists: Int32s  # [weeks, W, L, len(TURNOVER)]
    records: Int64s  # [years, W, R, B, len(RECORDS)]; expected in units of 2**-32
    tries: Int64s  # [periods, W, G, S] refused asks, retries included
    candidates: Int64s  # [K, 2] drawn, and kept in at least one world
    occasions: Int64s  # [room, 2] hash table: key, count
    needs: Int64s  # [room, 2]
    denials: Int64s  # [room, 2]
    flow: Int64s  # [room, 2]
    used: Int64s  # [4] entries in the four hash tables, in that order


class Counts(NamedTuple):
    """All counts of one county; what the ledger is written from. Sparse tables are sorted by key."""

    weekly: Int32s  # [weeks, W, G, len(WEEKLY)]
    lists: Int32s  # [weeks, W, L, len(TURNOVER)]
    records: Int64s  # [years, W, R, B, len(RECORDS)]
    tries: Int64s  # [periods, W, G, S]
    candidates: Int64s  # [K, 2]
    occasions: Int64s  # [rows, 2] key, count
    needs: Int64s  # [rows, 2]
    denials: Int64s  # [rows, 2]
    flow: Int64s  # [rows, 2]
    stocks: Int64s  # [rows, 2]
    persons: Int64s  # [years + 1, W, G, 5] persons, asked, restricted, denied, wronged; the last row is the run's
    histogram: Int64s  # [W, G, 12] persons with 0 .. 10 and with more denials
    ever: Int64s  # [G, 2 ** W] persons by the worlds in which they were ever denied
    size: Int64s  # [G, 2] persons, adults


class Scratch(NamedTuple):
    """Room that one week needs and the next one overwrites."""

    in_force: Int64s  # [W] bit h: the scheme is in force in the world
    numbers: Int64s  # [K, blocks] candidates of the week
    words: UInt32s  # [4, room]
    whom: Int32s  # [room] the person that each event of a draw meets
    acts: Int64s  # [room, 7] person, behaviour, event number, c1, c2, worlds that acted, worlds that recorded
    hires: Int64s  # [room, 2] person, worlds
    alike: Int64s  # [G, 2] needs of the kind at hand that met the same in all worlds: unsuccessful, granted
    deters: Int64s  # [W] schemes that deter from the behaviour at hand, where they stand in LIFE
    denied: Int64s  # [W, 2] domain and flags of the denial at hand
    queued: Int64s  # [2] rows of acts and of hires in use


def occasion_key(period: int, group: int, behaviour: int, pattern: int) -> int:
    """Two bits of :class:`~scorelab.words.Act` a world, the first world lowest."""
    return ((period * 256 + group) * 64 + behaviour) * 2**16 + pattern


def need_key(period: int, group: int, service: int, pattern: int) -> int:
    """Three bits of :class:`~scorelab.words.Need` a world, the first world lowest."""
    return ((period * 256 + group) * 64 + service) * 2**24 + pattern


def denial_key(period: int, world: int, group: int, service: int, domain: int, flags: int, elsewhere: int) -> int:
    """``flags``: 8 * origin + 4 * truth + 2 * tainted + both. ``elsewhere``: two bits a sibling world."""
    return ((((period * 8 + world) * 256 + group) * 64 + service) * 16 + domain) * 1024 + flags * 64 + elsewhere


def flow_key(year: int, world: int, behaviour: int, source: int, on_list: int, service: int, flags: int) -> int:
    """``flags``: 2 * origin + truth."""
    return (((((year * 8 + world) * 64 + behaviour) * 32 + source) * 8 + on_list) * 64 + service) * 4 + flags


def stock_key(period: int, on_list: int, group: int, pattern: int) -> int:
    """One bit a world: on that list at the end of the period."""
    return ((period * 8 + on_list) * 256 + group) * 256 + pattern
