"""What is still to come, week by week: records on their way, points that expire, appeals that will be decided.

The entries of a week hang together as a list, in the order in which they were made; rows that are done with are used
again. What does not fit is not written, and FULL says so: the county is then lived again with more room.
"""

import numpy as np

from scorelab.kernel.jit import inlined
from scorelab.kernel.parts import AGENDA_FREE, AGENDA_USED, FULL


@inlined
def schedule(queues, due, what, p, w, b, r, truth, x, y, z):  # type: ignore[no-untyped-def]
    """Enter something for week ``due``; what is due after the run is left out."""
    if due >= queues.due.shape[0]:
        return
    row = queues.counter[AGENDA_FREE]
    if row >= 0:
        queues.counter[AGENDA_FREE] = queues.agenda[row, 0]
    else:
        row = queues.counter[AGENDA_USED]
        if row >= queues.agenda.shape[0]:
            queues.counter[FULL] = 1
            return
        queues.counter[AGENDA_USED] += 1
    entry = queues.agenda[row]
    entry[0] = -1
    entry[1] = what
    entry[2] = p
    entry[3] = w
    entry[4] = b
    entry[5] = r
    entry[6] = truth
    entry[7] = x
    entry[8] = y
    entry[9] = z
    last = queues.due[due, 1]
    if last >= 0:
        queues.agenda[last, 0] = row
    else:
        queues.due[due, 0] = row
    queues.due[due, 1] = row


@inlined
def done(queues, row):  # type: ignore[no-untyped-def]
    """Give back the row of an entry; returns the next entry of its week, or -1."""
    following = queues.agenda[row, 0]
    queues.agenda[row, 0] = queues.counter[AGENDA_FREE]
    queues.counter[AGENDA_FREE] = row
    return np.int64(following)
