"""Common random numbers, measured: whose counts move when something changes that does not concern them?"""

import numpy as np

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Counts, Tool

PERSONS, WEEKS, SEED = 3_000, 26, 7
GROUP = 0


def moved(before: Counts, after: Counts, others: list[int]) -> float:
    """Share of the counts of other groups that changed, among those that are not 0 both times."""
    a, b = before[:, :, others], after[:, :, others]
    some = (a != 0) | (b != 0)
    return float((a != b)[some].mean())


def coupling(tool: Tool) -> tuple[float, float]:
    """What part of others' counts moves when a household is appended, and when one group is seen twice as often."""

    def lived(change: Change) -> Counts:
        return tool.made(PERSONS, WEEKS, SEED, (930,), change)()

    before = lived(Change())
    appended = PERSONS // m.HOUSEHOLD % m.GROUPS
    appended_to = [group for group in range(m.GROUPS) if group != appended]
    beyond = [group for group in range(m.GROUPS) if m.fifth(group) != m.fifth(GROUP)]
    household = moved(before, lived(Change(households=1)), appended_to)
    group = moved(before, lived(Change(group=GROUP)), beyond)
    if np.array_equal(before, lived(Change(group=GROUP))):
        raise AssertionError("the change of one group changed nothing at all")
    return household, group
