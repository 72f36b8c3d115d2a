"""What the kernel counts: the columns and tables of a county's tally, and the keys of its sparse tables.

Axes are named by letters as in :mod:`scorelab.kernel.layout`.
"""

from typing import NamedTuple

from scorelab.kernel.layout import Int32s, Int64s

# Columns of ``Tally.weekly``.
WEEKLY = (
    "occasions",
    "acts",
    "displaced",
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
    "arrears",
    "throttled",
)
(
    W_OCCASIONS,
    W_ACTS,
    W_DISPLACED,
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
    W_JOBLESS,  # the next two follow it
    W_ARREARS,
    W_THROTTLED,
) = range(len(WEEKLY))

# Columns of ``Tally.lists``.
TURNOVER = ("entries_true", "entries_false", "exits", "listed")

# Columns of ``Tally.records``.
RECORDS = ("watched", "expected", "alerts_true", "alerts_false", "true", "false")
R_WATCHED, R_EXPECTED, R_ALERTS_TRUE, R_ALERTS_FALSE, R_TRUE, R_FALSE = range(len(RECORDS))

# Columns of ``Tally.points``.
POINTS = ("taken", "given", "taken_along_ties", "given_along_ties")
P_TAKEN, P_GIVEN, P_TAKEN_TIE, P_GIVEN_TIE = range(len(POINTS))

# Columns of ``Tally.process``: what becomes of records that reach the office.
PROCESS = (
    "arrived",
    "told",
    "made_good",
    "objected",
    "objection_upheld",
    "in_effect",
    "appealed",
    "appeal_upheld",
    "expired",
)
(
    D_ARRIVED,
    D_TOLD,
    D_MADE_GOOD,
    D_OBJECTED,
    D_OBJECTION_UPHELD,
    D_IN_EFFECT,
    D_APPEALED,
    D_APPEAL_UPHELD,
    D_EXPIRED,
) = range(len(PROCESS))

# Columns of ``Tally.endings``: how a side of a listing ends, and the weeks that it had lasted.
ENDINGS = ("term", "score", "settled", "corrected", "repaired", "undone", "weeks")
E_TERM, E_SCORE, E_SETTLED, E_CORRECTED, E_REPAIRED, E_UNDONE, E_WEEKS = range(len(ENDINGS))

# Columns of ``Counts.persons``: the first six are of all persons, the others of adults.
PERSONS = (
    "persons",
    "asked",
    "restricted",
    "denied",
    "wronged",
    "for_another",
    "acted",
    "recordable",
    "recordable_restricted",
    "recordable_denied",
    "other_restricted",
    "other_denied",
)
(
    N_PERSONS,
    N_ASKED,
    N_RESTRICTED,
    N_DENIED,
    N_WRONGED,
    N_FOR_ANOTHER,
    N_ACTED,
    N_RECORDABLE,
    N_RECORDABLE_RESTRICTED,  # denied follows it
    N_RECORDABLE_DENIED,
    N_OTHER_RESTRICTED,  # denied follows it
    N_OTHER_DENIED,
) = range(len(PERSONS))

# Bits of MARKS in ``Lives.hot``: the year's in the low half, the whole run's in the high half.
RESTRICTED, DENIED, WRONGED, FOR_ANOTHER, ACTED, RECORDABLE = 1, 2, 4, 8, 16, 32
RUN_SHIFT = 8

SCORE_BINS = 64
"""Equal parts of the scale in which scores are counted."""


class Tally(NamedTuple):
    """What happened, as counts."""

    weekly: Int32s  # [weeks, W, G, len(WEEKLY)]
    lists: Int32s  # [weeks, W, L, len(TURNOVER)]
    records: Int64s  # [years, W, R, B, len(RECORDS)]; expected in units of 2**-32
    points: Int64s  # [years, W, R, B, 2 by truth, len(POINTS)]
    process: Int64s  # [years, W, H, 2 by truth, len(PROCESS)]
    endings: Int64s  # [years, W, L, 2 by truth, len(ENDINGS)]
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
    points: Int64s  # [years, W, R, B, 2, len(POINTS)]
    process: Int64s  # [years, W, H, 2, len(PROCESS)]
    endings: Int64s  # [years, W, L, 2, len(ENDINGS)]
    tries: Int64s  # [periods, W, G, S]
    candidates: Int64s  # [K, 2]
    occasions: Int64s  # [rows, 2] key, count
    needs: Int64s  # [rows, 2]
    denials: Int64s  # [rows, 2]
    flow: Int64s  # [rows, 2]
    stocks: Int64s  # [rows, 2]
    grades: Int64s  # [periods, W, G, GRADES] persons to whom the score applies, by grade at the end of the period
    scores: Int64s  # [years, W, SCORE_BINS] the same by score at the end of the year
    persons: Int64s  # [years + 1, W, G, len(PERSONS)] distinct persons; the last row is the run's
    histogram: Int64s  # [W, G, 12] persons with 0 .. 10 and with more denials
    ever: Int64s  # [G, 2 ** W] persons by the worlds in which they were ever denied
    size: Int64s  # [G, 2] persons, adults


def occasion_key(period: int, group: int, behaviour: int, pattern: int) -> int:
    """Two bits of :class:`~scorelab.words.Act` a world, the first world lowest."""
    return ((period * 256 + group) * 64 + behaviour) * 2**16 + pattern


def need_key(period: int, group: int, service: int, pattern: int) -> int:
    """Three bits of :class:`~scorelab.words.Need` a world, the first world lowest."""
    return ((period * 256 + group) * 64 + service) * 2**24 + pattern


def denial_key(period: int, world: int, group: int, service: int, domain: int, flags: int, elsewhere: int) -> int:
    """``flags``: 8 * origin + 4 * truth + 2 * tainted + both. ``elsewhere``: two bits a sibling world."""
    return ((((period * 8 + world) * 256 + group) * 64 + service) * 16 + domain) * 1024 + flags * 64 + elsewhere


def flow_key(year: int, world: int, behaviour: int, source: int, status: int, service: int, flags: int) -> int:
    """``status``: a list, or GRADE_STATUS + a grade. ``flags``: 2 * origin + truth."""
    return (((((year * 8 + world) * 64 + behaviour) * 32 + source) * 32 + status) * 64 + service) * 4 + flags


def stock_key(period: int, on_list: int, group: int, pattern: int) -> int:
    """One bit a world: on that list at the end of the period."""
    return ((period * 16 + on_list) * 256 + group) * 256 + pattern
