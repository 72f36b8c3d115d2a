"""Counts over all persons that are taken at set dates: who is on which list, and what a year brought to whom."""

import numpy as np

from scorelab.kernel.jit import jit
from scorelab.kernel.layout import DENIED, LIFE, LISTS, RESTRICTED, RUN_SHIFT, WRONGED
from scorelab.kernel.lives import by_person
from scorelab.kernel.tables import add
from scorelab.words import Condition

_JOBLESS = int(Condition.jobless)


@jit
def begin(fate, condition, knows, purposes, lives):  # type: ignore[no-untyped-def]
    """Set everybody's condition and what they know before week 0; fields as in County and Law."""
    for p in range(lives.hot.shape[0]):
        for w in range(lives.hot.shape[1]):
            known = 0
            for h in range(knows.shape[1]):
                if knows[w, h] > 0 and by_person(fate, p, 0, purposes[h]) < knows[w, h]:
                    known |= 1 << h
            lives.hot[p, w, LIFE] = np.int64(condition[p]) | known << 8
            if condition[p] == _JOBLESS:
                lives.jobless[w, lives.group[p]] += 1


@jit
def stocks(lives, table, used, period):  # type: ignore[no-untyped-def]
    """Count the persons on each list by group and by the worlds in which they are on it."""
    for row in range(lives.actives[0]):
        p = lives.active[row]
        for l in range(lives.list_stock.shape[1]):  # noqa: E741
            pattern = 0
            for w in range(lives.hot.shape[1]):
                lists = np.int64(lives.hot[p, w, LISTS])
                if (lists | lists >> 8) >> l & 1:
                    pattern |= 1 << w
            if pattern != 0:
                add(table, used, 0, ((period * 8 + l) * 256 + np.int64(lives.group[p])) * 256 + pattern, 1)


@jit
def year(lives, counts, shift):  # type: ignore[no-untyped-def]
    """Add up the marks of a year (shift 0) or of the run (shift 4) into ``counts`` [W, G, 5]."""
    asked = 4 if shift else 3
    for p in range(lives.marks.shape[0]):
        g = lives.group[p]
        for w in range(lives.marks.shape[1]):
            marks = np.int64(lives.marks[p, w]) >> shift
            counts[w, g, 0] += 1
            counts[w, g, 1] += np.int64(lives.hot[p, w, LIFE]) >> asked & 1
            counts[w, g, 2] += 1 if marks & RESTRICTED else 0
            counts[w, g, 3] += 1 if marks & DENIED else 0
            counts[w, g, 4] += 1 if marks & WRONGED else 0


@jit
def new_year(lives):  # type: ignore[no-untyped-def]
    """Clear the year's marks; who is on a list is restricted in the new year too."""
    for p in range(lives.marks.shape[0]):
        for w in range(lives.marks.shape[1]):
            lives.marks[p, w] &= np.uint8(0xF0)
            lives.hot[p, w, LIFE] &= np.uint16(0xFFF7)
            if lives.hot[p, w, LISTS] != 0:
                lives.marks[p, w] |= np.uint8(RESTRICTED)


@jit
def run_totals(lives, histogram, ever):  # type: ignore[no-untyped-def]
    """Persons by number of denials in the run, and by the worlds in which they were ever denied."""
    for p in range(lives.marks.shape[0]):
        g = lives.group[p]
        pattern = 0
        for w in range(lives.marks.shape[1]):
            histogram[w, g, min(11, np.int64(lives.denials[p, w]))] += 1
            if lives.marks[p, w] >> RUN_SHIFT & DENIED:
                pattern |= 1 << w
        ever[g, pattern] += 1
