"""Faults to plant in the kernel, at least one a paragraph of ``docs/week.md``: each must turn the comparison red."""

from tests.twin.faults import (
    acts,
    calendar,
    chance,
    counts,
    denials,
    economy,
    lists,
    needs,
    points,
    process,
    records,
    ties,
)
from tests.twin.faults.fault import Fault

__all__ = ["FAULTS", "Fault"]

FAULTS = (
    *(*chance.FAULTS, *calendar.FAULTS, *acts.FAULTS, *records.FAULTS, *process.FAULTS, *points.FAULTS),
    *(*lists.FAULTS, *ties.FAULTS, *needs.FAULTS, *denials.FAULTS, *economy.FAULTS, *counts.FAULTS),
)
"""In the order of the week."""
