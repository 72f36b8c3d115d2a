"""Random counties and laws, loud enough that every kind of clause fires within a few weeks."""

import math
import random
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from scorelab.kernel.layout import (
    ALWAYS,
    ARREARS,
    CLEARING,
    JOB_LOSS,
    LIST_PURPOSES,
    LIST_SCHEME,
    MISTAKE,
    NEED,
    NEVER,
    NORM_RANGE,
    NORM_STEPS,
    OCCASION,
    ONE,
    RULE_ALONG,
    STATUSES,
    County,
    Kinds,
    Law,
)
from tests.twin.dice import AGES, CELLS, CONDITIONS, Size, random_size, threshold, words
from tests.twin.laws import Belongs, Row, random_belongs, random_law
from tests.twin.people import random_county

VARIANTS = (
    "same",
    "no scheme",
    "no ties",
    "other response",
    "other start",
    "other terms",
    "other process",
    "other eyes",
    "all new",
)
OTHER_RESPONSE = (
    *("slope", "innocent", "reward", "crowding", "curve", "power", "prior", "learning", "heard", "talk", "spread"),
    *("fade", "displacement", "contrary", "grievance", "not_asking", "contagion", "aware", "joins"),
)
OTHER_TERMS = ("settle", "cannot_pay", "felt_loss", "stigma", "published", "spiral", "owing", "fined")
OTHER_PROCESS = ("process", "delay", "fused", "fusion_needs")
OTHER_EYES = ("alert", "keep_true", "keep_false", "varied", "sees", "attention", "otherwise", "select")
PER_SERVICE = ("bar_lists", "bar_grades", "bar_tied", "favour_lists", "favour_grades", "unfavour_tied")


class Case(NamedTuple):
    """Everything that one county's life depends on."""

    county: County
    kinds: Kinds
    law: Law
    weeks: int
    groups: int


def random_tables(seed: int, size: Size | None = None, busy: float = 1.0) -> Case:
    """A whole case from one number; ``busy`` scales how many candidates there are."""
    dice = random.Random(seed)
    size = size or random_size(dice)
    law, in_force = _law(dice, size)
    kinds = _kinds(dice, size)
    county = random_county(dice, size, len(kinds.what), in_force, busy)
    return Case(county, kinds, law, size.weeks, size.groups)


def growing_case() -> Case:
    """A case with more candidates and patterns in a week than the kernel makes room for at first."""
    size = Size(
        persons=400,
        weeks=6,
        groups=6,
        worlds=8,
        behaviours=4,
        services=4,
        sources=4,
        rules=4,
        lists=5,
        channels=3,
        schemes=3,
        domains=8,
    )
    return random_tables(11, size, busy=60.0)


def case_with_blocks() -> Case:
    """A case with more persons than one block holds, and not a multiple."""
    size = Size(
        persons=2 * 4096 + 17,
        weeks=4,
        groups=3,
        worlds=2,
        behaviours=2,
        services=2,
        sources=2,
        rules=2,
        lists=2,
        channels=2,
        schemes=1,
        domains=2,
    )
    return random_tables(5, size, busy=20.0)


def cases() -> st.SearchStrategy[Case]:
    """Random tables, one number each; a failing case is named by its number."""
    return st.integers(0, 2**32 - 1).map(random_tables)


def _law(dice: random.Random, size: Size) -> tuple[Law, list[list[int]]]:
    """A first world, and others that differ from it in one thing, in many, or in nothing; and when schemes begin."""
    belongs = random_belongs(dice, size)
    rows = [random_law(dice, size, belongs)]
    for _ in range(1, size.worlds):
        rows.append(_variant(dice, size, rows[0], dice.choice(VARIANTS), belongs))
    in_force = [row.pop("in_force") for row in rows]
    by_world: dict[str, Any] = {name: np.array([row[name] for row in rows], np.int64) for name in rows[0]}
    if size.behaviours > 1:
        by_world["alert"][-1, :, -1] = 0  # nothing in the last world watches the last behaviour
    return Law(**by_world, **_shared(dice, size)), in_force


def _shared(dice: random.Random, size: Size) -> dict[str, Any]:
    """What is the same in all worlds."""
    behaviours, services = range(size.behaviours), range(size.services)
    domain = [dice.randrange(size.domains) for _ in behaviours]
    domain[0] = size.domains - 1
    substitute = [dice.choice([-1, *(other for other in behaviours if other != own)]) for own in behaviours]
    step = 2 * NORM_RANGE / NORM_STEPS / ONE
    exponential = [round(ONE * math.exp(i * step - NORM_RANGE / ONE)) for i in range(NORM_STEPS + 1)]
    return {
        "exponential": np.array(exponential, np.int64),
        "domain": np.array(domain, np.int64),
        "substitute": np.array(substitute, np.int64),
        "standing": np.array([dice.randrange(3) for _ in behaviours], np.int64),
        "success": np.array([threshold(dice, 0.3) for _ in services], np.int64),
        "retry": np.array([dice.choice((0, threshold(dice, 0.2, 0.9), ALWAYS)) for _ in services], np.int64),
        "grants_work": np.array([int(dice.random() < 0.6) for _ in services], np.int64),
        "sibling": np.array(
            [[dice.randrange(-1, size.worlds) for _ in range(3)] for _ in range(size.worlds)], np.int64
        ),
        "record_purpose": words(dice, size.sources, size.behaviours),
        "which_purpose": words(dice, size.sources),
        **{f"{what}_purpose": words(dice, size.schemes) for what in ("rollout", "told", "appeal", "official", "hear")},
        **{f"{what}_purpose": words(dice, size.behaviours) for what in ("fine", "round", "displace")},
        **{f"{what}_purpose": words(dice, size.services) for what in ("ask", "door", "owe")},
        "list_purpose": words(dice, size.lists, LIST_PURPOSES),
        "contrary_purpose": words(dice, 1),
    }


def _variant(dice: random.Random, size: Size, first: Row, how: str, belongs: Belongs) -> Row:
    other = random_law(dice, size, belongs)
    if how == "all new":
        return other
    if how == "no scheme":
        return {**first, **_no_scheme(size, first), **_no_ties(size, first)}
    if how == "no ties":
        return {**first, **_no_ties(size, first)}
    changed = {
        "same": (),
        "other response": OTHER_RESPONSE,
        "other start": ("in_force",),
        "other terms": OTHER_TERMS,
        "other process": OTHER_PROCESS,
        "other eyes": OTHER_EYES,
    }[how]
    return {**first, **{name: other[name] for name in changed}}


def _no_scheme(size: Size, first: Row) -> Row:
    """Nothing is in force, nothing is watched, nothing follows."""
    return {
        "in_force": [NEVER] * size.schemes,
        "open_to_all": 0,
        "source_scheme": [-1] * size.sources,
        "score": [-1, 0, 0, 0, 0],
        "rule_of": [[0] * size.behaviours for _ in range(size.schemes)],
        "lists": [[*terms[:LIST_SCHEME], -1, *terms[LIST_SCHEME + 1 :]] for terms in first["lists"]],
        "deters": [0] * size.behaviours,
        **{name: [0] * size.services for name in PER_SERVICE},
        **dict.fromkeys(("published", "throttle_lists", "throttle_grades"), 0),
        "status_scheme": [-1] * STATUSES,
    }


def _no_ties(size: Size, first: Row) -> Row:
    """Nothing runs along ties."""
    return {
        "channel_tie": [-1] * size.channels,
        "channel_list": [-1] * size.channels,
        "channel_grades": [0] * size.channels,
        "bar_tied": [0] * size.services,
        "unfavour_tied": [0] * size.services,
        "throttle_tied": 0,
        "rules": [[*rule[:RULE_ALONG], *[0] * len(rule[RULE_ALONG:])] for rule in first["rules"]],
    }


def _kinds(dice: random.Random, size: Size) -> Kinds:
    """Every behaviour, source and service has candidates; some have a second layer, some worlds fresh mistakes."""
    everywhere = 2**size.worlds - 1
    rows: list[tuple[int, int, int, int]] = []
    for what, count in ((OCCASION, size.behaviours), (MISTAKE, size.sources), (NEED, size.services)):
        for index in range(count):
            placebo = dice.getrandbits(size.worlds) if what == MISTAKE and dice.random() < 0.5 else 0
            for worlds in (everywhere & ~placebo, placebo):
                if worlds:
                    rows.append((what, index, 0, worlds))
            if dice.random() < 0.4:
                some = dice.getrandbits(size.worlds) | 1 << dice.randrange(size.worlds)
                rows.append((what, index, dice.choice((1, 1, 2)), some if what == MISTAKE else everywhere))
    rows += [(what, 0, 0, everywhere) for what in (JOB_LOSS, ARREARS, CLEARING) if dice.random() < 0.9]
    rows += [(JOB_LOSS, 0, layer, everywhere) for layer in (1, 2) if dice.random() < 0.3]
    return Kinds(
        what=np.array([row[0] for row in rows], np.uint8),
        item=np.array([row[1] for row in rows], np.int32),
        layer=np.array([row[2] for row in rows], np.int64),
        purpose=words(dice, len(rows)),
        worlds=np.array([row[3] for row in rows], np.int64),
        thin=np.array([_thin(dice, row[0]) for row in rows], np.int64),
        share=np.array([[_share(dice, row[0]) for _ in range(size.worlds)] for row in rows], np.int64),
    )


def _thin(dice: random.Random, what: int) -> list[list[int]]:
    """Everybody is reached more or less; by a loss of work mostly who has some."""
    by_condition = [threshold(dice, 0.3) for _ in range(CONDITIONS)]
    if what == JOB_LOSS:
        others = dice.choice((0.0, 0.3))
        by_condition = [threshold(dice, *((0.1, 0.6) if code % 8 == 2 else (0, others))) for code in range(CONDITIONS)]
        by_condition = [chance * dice.choice((1, 1, 4)) for chance in by_condition]
    return [[int(chance * dice.uniform(0.5, 1.0)) for chance in by_condition] for _ in range(AGES)]


def _share(dice: random.Random, what: int) -> list[int]:
    """A world's share of mistakes, cell by cell."""
    if what != MISTAKE:
        return [ALWAYS] * CELLS
    if dice.random() < 0.2:
        return [0] * CELLS
    usual = threshold(dice, 0.3) * dice.choice((1, 1, 3, 9))
    return [int(usual * dice.uniform(0.5, 1.0)) for _ in range(CELLS)]
