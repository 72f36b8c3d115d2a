"""What the twin remembers of one person in one world, and the small rules that concern nobody else."""

from dataclasses import dataclass, field

CHILD, STUDENT, WORKING, JOBLESS, RETIRED = range(5)
TRUE, FALSE = 0, 1
SIDES = ("true", "false")
OWN, TIE = 0, 1
OWN_TRUE, OWN_FALSE, TIE_TRUE, TIE_FALSE = range(4)
RELIEF = (TIE_FALSE, TIE_TRUE, OWN_FALSE, OWN_TRUE)
"""The order in which accounts are raised by recovery and cut back to the bounds of the score."""

ALL, WITHOUT_FALSE, WITHOUT_TIES, OWN_TRUE_ALONE = range(4)
PARTS = (
    (OWN_TRUE, OWN_FALSE, TIE_TRUE, TIE_FALSE),
    (OWN_TRUE, TIE_TRUE),
    (OWN_TRUE, OWN_FALSE),
    (OWN_TRUE,),
)
"""The accounts that each of the four parts of a standing looks at."""

LIMIT = 30000
MOST_GRIEVANCES = 15

Cause = tuple[int, int]
"""Behaviour and source of a record."""


@dataclass
class Side:
    """One side of a listing, while it lasts."""

    end: int
    since: int
    """1 + the week of the latest record"""
    began: int
    """the week in which the side began"""


@dataclass
class Life:
    """One person in one world."""

    work: int
    """child, student, working, jobless or retired"""
    arrears: bool
    risk: list[int]
    """perceived risk by domain, as it stood in week ``risk_week``"""
    standing: tuple[int, ...]
    """grades by part, as of the accounts"""
    member: set[int]
    """schemes"""
    contrary: bool
    risk_week: int = 0
    knows: set[int] = field(default_factory=set)
    """schemes"""
    sides: dict[tuple[int, int], Side] = field(default_factory=dict)
    """by list and side, for the sides on which the person is"""
    cause: dict[tuple[int, int], Cause] = field(default_factory=dict)
    """by list and side, the latest record that put the person there, also when the side has ended"""
    settled: dict[int, int] = field(default_factory=dict)
    """by list, 1 + the week in which the person settled"""
    repeats: dict[int, int] = field(default_factory=dict)
    felt: set[int] = field(default_factory=set)
    """lists over which something was denied since the person came onto them"""
    points: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    """accounts of points"""
    took: list[Cause | None] = field(default_factory=lambda: [None, None, None, None])
    """by account, the latest record that took points from it"""
    memory: dict[int, tuple[int, int]] = field(default_factory=dict)
    """by slot, 1 + the week in which the window of a rule began, and an amount"""
    grievances: int = 0
    holds: set[tuple[int, int]] = field(default_factory=set)
    """(channel, side) that this person brought to others at the end of last week"""
    reached: set[tuple[int, int]] = field(default_factory=set)
    """(channel, side) that others brought to this person at the end of last week"""
    denials: int = 0

    def lists(self) -> set[int]:
        """The lists on which the person is, on whichever side."""
        return {on_list for on_list, _ in self.sides}

    def channels(self) -> set[int]:
        """The channels that reach the person, on whichever side."""
        return {channel for channel, _ in self.reached}

    def aggrieve(self) -> None:
        """One grievance more."""
        self.grievances = min(MOST_GRIEVANCES, self.grievances + 1)


def account_of(origin: int, truth: int) -> int:
    """The account of own records or of those of ties, of true ones or of false ones."""
    return 2 * origin + truth


def recover(life: Life, points: int) -> None:
    """Recovery raises the negative accounts up to 0, one after the other."""
    for account in RELIEF:
        if life.points[account] < 0:
            given = min(points, -life.points[account])
            life.points[account] += given
            points -= given


def add_points(life: Life, account: int, points: int, start: int, lowest: int, highest: int) -> None:
    """Points go to an account; then the account and the score are kept within bounds."""
    life.points[account] = max(-LIMIT, min(LIMIT, life.points[account] + points))
    below = lowest - (start + sum(life.points))
    for other in RELIEF:
        if below > 0 and life.points[other] < 0:
            taken = min(below, -life.points[other])
            life.points[other] += taken
            below -= taken
    above = start + sum(life.points) - highest
    for other in RELIEF:
        if above > 0 and life.points[other] > 0:
            taken = min(above, life.points[other])
            life.points[other] -= taken
            above -= taken


def take_back(life: Life, account: int, points: int) -> None:
    """Points that were undone or have expired leave the account, as far as it has not come back to 0 by itself."""
    if points < 0 and life.points[account] < 0:
        life.points[account] += min(-points, -life.points[account])
    if points > 0 and life.points[account] > 0:
        life.points[account] -= min(points, life.points[account])


def faded(value: int, prior: int, left: int) -> int:
    """A perceived risk of which the share ``left`` / 2**32 of its departure from the prior is left."""
    return prior + ((value - prior) * left >> 32)


def kept_within_16_bits(value: int) -> int:
    """Perceived risk never leaves 0 .. 65535."""
    return max(0, min(65535, value))
