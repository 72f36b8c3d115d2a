"""Counties in which more happens in a week than the kernel has room for: on its agenda, in its news, in its files."""

from typing import Any

import numpy as np

from scorelab.kernel.layout import (
    ALWAYS,
    CURVE_ONE,
    CURVE_STEPS,
    LIST_COLUMNS,
    LIST_SCHEME,
    LIST_TERM,
    OCCASION,
    ONE,
    POWER_STEPS,
    RULE_COLUMNS,
    RULE_MEMORY,
    RULE_ONTO,
    RULE_TO_GRADE,
    UInt32s,
)
from tests.twin.dice import Size
from tests.twin.strategies import Case, random_tables

SIZE = Size(
    persons=3000,
    weeks=6,
    groups=2,
    worlds=1,
    behaviours=2,
    services=1,
    sources=2,
    rules=1,
    lists=5,
    channels=0,
    schemes=1,
    domains=1,
)
"""The kernel begins with room for 1,024 of each."""


def crowded_agenda() -> Case:
    """More records in the first week than there is room for; nothing follows from them but points."""
    return _crowd(occasions=600, delays=(0, 0), onto=0)


def crowded_news() -> Case:
    """Each of a few hundred people comes onto five lists at once, and everybody around hears of it and is deterred."""
    return _crowd(occasions=150, delays=(0, 0), onto=0b11111, talk=ALWAYS)


def crowded_files() -> Case:
    """Records of two weeks arrive in one, so that more people are listed at once than there were records in a week."""
    return _crowd(occasions=500, delays=(1, 0), onto=0b1)


def more_than_half() -> Case:
    """More than half of the room is used in a week, so that it grows before the next one and nothing is lived again."""
    return _crowd(occasions=300, delays=(0, 0), onto=0b1)


def _own_slots(alias: UInt32s) -> UInt32s:
    """The same tables with every slot left to its own person."""
    own = alias.copy()
    own[..., 0] = 2**32 - 1
    return own


def _crowd(occasions: int, delays: tuple[int, int], onto: int, talk: int = 0) -> Case:
    """So many occasions a week of each behaviour, all acted on and seen; only who hears knows, and who knows fears."""
    usual = random_tables(1, SIZE, busy=0.0)
    county, kinds, law = usual.county, usual.kinds, usual.law
    rule, terms = [0] * RULE_COLUMNS, [0] * LIST_COLUMNS
    rule[RULE_ONTO], rule[RULE_MEMORY], rule[RULE_TO_GRADE] = onto, -1, -1
    terms[LIST_SCHEME], terms[LIST_TERM] = 0, 2
    plain: dict[str, Any] = {
        **dict.fromkeys(("aware", "process", "innocent", "reward", "varied", "fused", "norm_push", "contagion"), 0),
        "open_to_all": 1,
        "source_scheme": 0,
        "keep_true": ONE,
        "score": [-1, 0, 0, 0, 0],
        "base": ALWAYS,
        "alert": [[ALWAYS, 0], [0, ALWAYS]],
        "delay": delays,
        "rules": rule,
        "rule_of": 1,
        "lists": terms,
        "deters": 1,
        "slope": 3 * ONE,
        "prior": 65535,
        "power": [256 * step for step in range(POWER_STEPS + 1)],
        "curve": [CURVE_ONE >> min(30, step // 20) for step in range(CURVE_STEPS + 1)],
        "talk": talk,
        "heard": ONE,
    }
    for name, value in plain.items():
        getattr(law, name)[...] = np.array(value)
    first = kinds.what[:, None] == OCCASION
    return usual._replace(
        county=county._replace(
            in_force=np.zeros_like(county.in_force),
            alias=_own_slots(county.alias),
            first=np.where(first & (kinds.layer[:, None] == 0), occasions, 0),
        ),
        kinds=kinds._replace(thin=np.full_like(kinds.thin, ALWAYS)),
    )
