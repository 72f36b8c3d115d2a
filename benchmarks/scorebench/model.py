"""scorebench: one small model of a score, a list, fear and a household, to be lived by many tools.

N persons in households of three, in one of 40 groups. In week w, for each person:

0. a home is restricted if a member was on the list at the end of the week before;
1. with a chance of 0.10 an occasion for one of 24 behaviours; the person acts with chance 1 - 0.8 fear / 255; an act is
   recorded with the chance of its behaviour; a record takes its points and adds 64 to fear, at most 255;
2. fear falls by a sixteenth, rounded down;
3. whoever has a score below the law's threshold and is not on the list is put on it for 52 weeks and gets 950 points;
4. independently, with a chance of 0.10, a need of one of 10 services; the first five are denied to whoever is on the
   list, the first three to whoever lives in a restricted home.

A tool lives it in so many worlds, which differ in the threshold alone, and counts by world, week and group.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Counts = npt.NDArray[np.int64]
"""[worlds, weeks, GROUPS, COLUMNS]"""

COLUMNS = ("acts", "records", "listings", "needs", "denials")
ACTS, RECORDS, LISTINGS, NEEDS, DENIALS = range(len(COLUMNS))
GROUPS = 40
HOUSEHOLD = 3
P_OCCASION = P_NEED = 0.10
BEHAVIOURS, SERVICES = 24, 10
DENIED, DENIED_AT_HOME = 5, 3
"""Services below these numbers are closed to whoever is listed, and to whoever lives with one who is."""
START, AGAIN, TERM_WEEKS = 1000, 950, 52
FEAR_STEP, FEAR_MOST, FEAR_FADES, DETERS = 64, 255, 4, 0.8
LONGEST_WEEKS = 52
"""Within a term nobody is listed twice, so that tools need not agree on what follows a listing."""

DETECTION = tuple(round(0.25 * (b + 0.5) / BEHAVIOURS, 5) for b in range(BEHAVIOURS))
POINTS = tuple(-(1 + 2 * (7 * b % BEHAVIOURS) + (b >= 12)) for b in range(BEHAVIOURS))
THRESHOLDS = (900, 910, 920, 930, 940, 950, 960, 970)
"""Of the worlds, in the order in which they are added."""


@dataclass(frozen=True)
class Change:
    """Something unrelated to most people: how many of their counts does it move?

    ``households`` are appended; whoever is in ``group`` is recorded twice as often.
    """

    households: int = 0
    group: int | None = None


class Lived(Protocol):
    """A population that is made, in any number of worlds, and can be lived once."""

    def __call__(self) -> Counts: ...


class Tool(Protocol):
    """What each module of this folder that is named for a tool offers."""

    NAME: str
    PERSONS: int
    """How many persons it lives when all are timed; fewer where it is slow."""

    def made(self, persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived: ...


def group_of_households(households: int, change: Change) -> npt.NDArray[np.int64]:
    """The group of each household: they take turns."""
    return np.arange(households + change.households, dtype=np.int64) % GROUPS


def fifth(group: int) -> int:
    """The income fifth, from 0, of a group in scorelab, where a law can tell fifths apart but not groups."""
    return group // 2 % 5


def detection(change: Change, group: Any) -> npt.NDArray[np.float64]:
    """[..., BEHAVIOURS] the chance of a record of an act, by the person's group."""
    found = np.tile(np.array(DETECTION), (GROUPS, 1))
    if change.group is not None:
        found[change.group] *= 2
    chances: npt.NDArray[np.float64] = found[group]
    return chances
