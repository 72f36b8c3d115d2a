"""What the twin remembers of one person in one world, and the small rules that concern nobody else."""

from dataclasses import dataclass, field

OPEN = 32767
CHILD, STUDENT, WORKING, JOBLESS, RETIRED = range(5)
TRUE, FALSE = 0, 1
LIMIT = 30000


@dataclass
class Life:
    """One person in one world."""

    condition: int
    risk: list[int]
    """perceived risk by domain, as it stood in week ``risk_week``"""
    risk_week: int = 0
    knows: set[int] = field(default_factory=set)
    """schemes"""
    ends: dict[tuple[int, int], int] = field(default_factory=dict)
    """(list, side) -> end week, for the sides on which the person is"""
    cause: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """(list, side) -> behaviour and source of the latest record that put the person there"""
    last_week: set[tuple[int, int]] = field(default_factory=set)
    """(list, side) at the end of last week"""
    settled: dict[int, int] = field(default_factory=dict)
    repeats: dict[int, int] = field(default_factory=dict)
    points: list[int] = field(default_factory=lambda: [0, 0])
    """accounts of points from true and from false records"""
    denials: int = 0

    def lists(self) -> set[int]:
        """The lists on which the person is, on whichever side."""
        return {on_list for on_list, _ in self.ends}


def recover(life: Life, points: int) -> None:
    """Recovery first raises the false account up to 0, then the true one."""
    for side in (FALSE, TRUE):
        if life.points[side] < 0:
            given = min(points, -life.points[side])
            life.points[side] += given
            points -= given


def add_points(life: Life, side: int, points: int, start: int, lowest: int, highest: int) -> None:
    """Points go to the account of their truth; then the account and the score are kept within bounds."""
    life.points[side] = max(-LIMIT, min(LIMIT, life.points[side] + points))
    below = lowest - (start + sum(life.points))
    for account in (FALSE, TRUE):
        if below > 0 and life.points[account] < 0:
            taken = min(below, -life.points[account])
            life.points[account] += taken
            below -= taken
    above = start + sum(life.points) - highest
    for account in (FALSE, TRUE):
        if above > 0 and life.points[account] > 0:
            taken = min(above, life.points[account])
            life.points[account] -= taken
            above -= taken


def faded(value: int, prior: int, left: int) -> int:
    """A perceived risk of which the share ``left`` / 2**32 of its departure from the prior is left."""
    return prior + ((value - prior) * left >> 32)


def kept_within_16_bits(value: int) -> int:
    """Perceived risk never leaves 0 .. 65535."""
    return max(0, min(65535, value))
