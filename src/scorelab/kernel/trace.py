"""The trace: what happens to chosen persons, one row an event, so that a life can be lived again and told.

No count and no mechanism reads it, and an ordinary run traces nobody: whoever is traced has the mark TRACED in every
world, and the mechanisms write a row where they find it. Rows that find no room are still numbered, so that the caller
can see that some were lost, and lives the county again with more room.
"""

import numpy as np

from scorelab.kernel.jit import inlined, jit
from scorelab.kernel.parts import TRACES

# Columns of ``Lives.trace``, followed by what the kind of event says of itself.
TRACE_WEEK, TRACE_PERSON, TRACE_WORLD, TRACE_WHAT, TRACE_MORE = range(5)
TRACE_COLUMNS = TRACE_MORE + 6

# Kinds of events. A world of -1 means that a pattern over all worlds follows.
(
    MET,  # behaviour, pattern of Act, two bits a world
    NEEDED,  # service, pattern of Need, three bits a world
    REFUSED,  # service, status, flags as in the table of denials, behaviour, source, the channel's tie or -1
    WRITTEN,  # behaviour, source, truth
    ARRIVED,  # behaviour, source, truth, what became of it: bits below
    TOOK_EFFECT,  # behaviour, source, truth, points, lists as bits, appeal: 0 none, 1 will fail, 2 will be upheld
    MOVED,  # behaviour, source, truth, points, account, tie along which they came or -1
    CAME_ON,  # list, side, behaviour, source, 1 if the other side was not there
    CAME_OFF,  # list, side, how as in ``ENDINGS``, weeks that the side had lasted
    TAKEN_BACK,  # scheme, EXPIRY or UNDOING, truth, points, lists as bits
    WORK,  # DISMISSED, LOST or HIRED
    OWING,  # FINED, AFTER_DENIAL, BEHIND or CLEARED
) = range(12)

# What became of a record that reached the office.
WAS_TOLD, MADE_GOOD, OBJECTED, OBJECTION_UPHELD, AT_ONCE = 1, 2, 4, 8, 16

DISMISSED, LOST, HIRED = range(3)
FINED, AFTER_DENIAL, BEHIND, CLEARED = range(4)


@jit
def _write(trace, counter, t, p, w, what, a, b, c, d, e, f):  # type: ignore[no-untyped-def]
    row = counter[TRACES]
    counter[TRACES] = row + 1
    if row < trace.shape[0]:
        entry = trace[row]
        entry[0] = t
        entry[1] = p
        entry[2] = w
        entry[3] = what
        entry[4] = a
        entry[5] = b
        entry[6] = c
        entry[7] = d
        entry[8] = e
        entry[9] = f


@inlined
def note(lives, t, p, w, what, a, b=-1, c=-1, d=-1, e=-1, f=-1):  # type: ignore[no-untyped-def]
    """Write down one event of a traced person; -1 stands where it has nothing to say."""
    head = np.int64(t), np.int64(p), np.int64(w), np.int64(what)  # one type of each, so that it is compiled once
    more = np.int64(a), np.int64(b), np.int64(c), np.int64(d), np.int64(e), np.int64(f)
    _write(lives.trace, lives.counter, *head, *more)
