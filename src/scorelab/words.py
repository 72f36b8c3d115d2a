"""The closed vocabularies of scorelab, each word with the integer that stands for it in tables and ledgers.

A code is stored in files, so it is never reused and never changes; new words get new codes.
"""

from enum import IntEnum, StrEnum


class Condition(IntEnum):
    """What a life is like now. The only part of it that a world can change is working or jobless."""

    child = 0
    student = 1
    working = 2
    jobless = 3
    retired = 4


class Age(IntEnum):
    """Age bands in completed years, at week 0."""

    a0_5 = 0
    a6_17 = 1
    a18_29 = 2
    a30_44 = 3
    a45_59 = 4
    a60_up = 5


class Sex(IntEnum):
    female = 0
    male = 1


class Residence(IntEnum):
    urban = 0
    rural = 1


class Quintile(IntEnum):
    """Fifths of persons by household income per head, the poorest first."""

    q1 = 0
    q2 = 1
    q3 = 2
    q4 = 3
    q5 = 4


class Role(IntEnum):
    """Part in the household at week 0."""

    single = 0
    """alone in the dwelling"""
    partner = 1
    """one of a couple that lives without children in the household"""
    parent = 2
    """with a child in the household, alone or as one of a couple"""
    child = 3
    """with a parent or a grandparent in the household, at any age, and neither partner nor parent there"""
    elder = 4
    """60 or older, with a grown child or a grandchild in the household"""
    collective = 5
    """in a dormitory, barracks or home: no household ties"""


class Act(IntEnum):
    """The four outcomes that a candidate occasion can have in a world."""

    not_reached = 0
    refrained = 1
    acted = 2
    displaced = 3


class Need(IntEnum):
    """The six outcomes that a candidate need can have in a world. Denied means: would have succeeded."""

    not_reached = 0
    not_asked = 1
    unsuccessful = 2
    granted = 3
    favoured = 4
    denied = 5


class Elsewhere(IntEnum):
    """What became of a denied need in another world of the same run."""

    no_such_world = 0
    denied_too = 1
    granted = 2
    otherwise = 3


class Origin(IntEnum):
    """Whose record closed the door: the person's own or one that reached the person along a tie."""

    own = 0
    tie = 1


class Truth(IntEnum):
    true = 0
    false = 1


class Tie(IntEnum):
    """The way by which one person's record reaches another. A person's ties of a kind are those who are so to them."""

    partner = 0
    parent = 1
    child = 2
    household = 3
    friend = 4
    colleague = 5


BACK: dict[Tie, Tie] = {tie: tie for tie in Tie} | {Tie.parent: Tie.child, Tie.child: Tie.parent}
"""Of what kind the tie is when it is seen from the other end."""


class Switch(StrEnum):
    """Mechanisms that a world can be lived without; ``source:NAME`` takes away one source besides."""

    false_records = "false_records"
    ties = "ties"
    information_ties = "information_ties"
    publicity = "publicity"
    campaigns = "campaigns"
    awareness = "awareness"
    deterrence = "deterrence"
    chilling = "chilling"
    nearness = "nearness"
    spread = "spread"
    diffusion = "diffusion"
    displacement = "displacement"
    contagion = "contagion"
    backlash = "backlash"
    defiance = "defiance"
    crowding_out = "crowding_out"
    not_asking = "not_asking"
    refill = "refill"
    spiral = "spiral"
    stigma = "stigma"
    fines = "fines"
    felt_loss = "felt_loss"
    favours = "favours"
    throttling = "throttling"
    recovery = "recovery"
    discretion = "discretion"
    escalation = "escalation"
    caps = "caps"
    review = "review"
    delay = "delay"
    fusion = "fusion"
    attention = "attention"
    selection = "selection"
    unequal_exposure = "unequal_exposure"
    unequal_error = "unequal_error"
    notice = "notice"
    window = "window"
    appeals = "appeals"
    corrections = "corrections"
    expiry = "expiry"
    repair = "repair"
    rollout = "rollout"
    opt_in = "opt_in"


COLUMN_WORDS = frozenset(
    {"replicate", "county", "period", "quintile", "residence", "age", "sex", "attributes"}
    | {"behaviour", "service", "list", "count", "persons"}
)
"""Columns of the ledger's tables of patterns. Those have a column for each world too, so no world can be called so."""

COIN = "coin"
"""An attribute that every society has: a fair coin for each person, on which nothing else depends."""

TAKEN = {
    "scheme": (frozenset({"experiment", "society", "response"}), "a setting that begins so is for something else"),
    "list": (frozenset({"true", "false"}), "the measures have an item of that name"),
    "behaviour": (frozenset({"lawful", "unlawful", "prosocial"}), "the measures have an item of that name"),
    "attribute": (COLUMN_WORDS | {"none"}, "the ledger has a column of that name"),
}
"""Words that cannot be names, by kind, and why."""

AGE_LABELS: dict[Age, str] = {
    Age.a0_5: "0-5",
    Age.a6_17: "6-17",
    Age.a18_29: "18-29",
    Age.a30_44: "30-44",
    Age.a45_59: "45-59",
    Age.a60_up: "60+",
}

CELLS = len(Age) * len(Sex) * len(Residence) * len(Quintile)
"""Number of cells: age band x sex x residence x quintile, the attributes on which rates may depend."""

CELLS_AN_AGE = CELLS // len(Age)
"""Cells of one age band; those of the youngest come first."""


def cell_of(age: int, sex: int, residence: int, quintile: int) -> int:
    """The cell of a person: age slowest, then sex, residence and quintile."""
    return ((age * len(Sex) + sex) * len(Residence) + residence) * len(Quintile) + quintile


def cell_parts(cell: int) -> tuple[Age, Sex, Residence, Quintile]:
    """The inverse of :func:`cell_of`."""
    rest, quintile = divmod(cell, len(Quintile))
    rest, residence = divmod(rest, len(Residence))
    age, sex = divmod(rest, len(Sex))
    return Age(age), Sex(sex), Residence(residence), Quintile(quintile)
