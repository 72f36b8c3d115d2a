"""Random counties and laws, loud enough that every kind of clause fires within a few weeks."""

import random
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from scorelab.kernel.layout import ALWAYS, JOB_LOSS, MISTAKE, NEED, NEVER, OCCASION, RISK_STEPS, County, Kinds, Law

CELLS, CONDITIONS = 120, 5


class Case(NamedTuple):
    """Everything that one county's life depends on."""

    county: County
    kinds: Kinds
    law: Law
    weeks: int
    groups: int


class Size(NamedTuple):
    """How much there is of everything."""

    persons: int
    weeks: int
    groups: int
    worlds: int
    behaviours: int
    services: int
    sources: int
    lists: int
    schemes: int
    domains: int


def random_tables(seed: int, size: Size | None = None, busy: float = 1.0) -> Case:
    """A whole case from one number; ``busy`` scales how many candidates there are."""
    dice = random.Random(seed)
    size = size or _size(dice)
    law = _law(dice, size)
    kinds = _kinds(dice, size, law)
    return Case(_county(dice, size, len(kinds.what), busy), kinds, law, size.weeks, size.groups)


def growing_case() -> Case:
    """A case with more candidates and patterns in a week than the kernel makes room for at first."""
    size = Size(
        persons=400, weeks=6, groups=6, worlds=8, behaviours=4, services=4, sources=4, lists=5, schemes=3, domains=8
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
        lists=2,
        schemes=1,
        domains=2,
    )
    return random_tables(5, size, busy=20.0)


def cases() -> st.SearchStrategy[Case]:
    """Random tables, one number each; a failing case is named by its number."""
    return st.integers(0, 2**32 - 1).map(random_tables)


def _size(dice: random.Random) -> Size:
    return Size(
        persons=dice.randint(40, 200),
        weeks=dice.choice((6, 9, 13, 14, 26, 40, 53, 60)),
        groups=dice.randint(1, 5),
        worlds=dice.choice((1, 2, 2, 3, 4, 4, 5, 8)),
        behaviours=dice.randint(1, 5),
        services=dice.randint(1, 4),
        sources=dice.randint(1, 4),
        lists=dice.randint(1, 5),
        schemes=dice.randint(1, 3),
        domains=dice.choice((1, 2, 3, 5, 8)),
    )


def threshold(dice: random.Random, low: float = 0.0, high: float = 1.0) -> int:
    """A chance between two numbers, sometimes exactly never or always where the range allows it."""
    if dice.random() < 0.1:
        if low == 0.0:
            return 0
        if high == 1.0:
            return ALWAYS
    return int(dice.uniform(low, high) * ALWAYS)


def _words(dice: random.Random, *shape: int) -> Any:
    count = int(np.prod(shape))
    return np.array([dice.getrandbits(32) for _ in range(count)], np.uint64).reshape(shape)


def _law(dice: random.Random, size: Size) -> Law:
    """A first world, and others that differ from it in one thing, in many, or in nothing."""
    first = _one_law(dice, size)
    rows = [first]
    belongs = first.pop("belongs")
    for _ in range(1, size.worlds):
        how = dice.choice(("same", "no scheme", "no ties", "other response", "other start", "other terms", "all new"))
        rows.append(_variant(dice, size, first, how, belongs))
    shared: dict[str, Any] = {
        "domain": np.array([dice.randrange(size.domains) for _ in range(size.behaviours)]),
        "success": np.array([threshold(dice, 0.5) for _ in range(size.services)]),
        "retry": np.array([dice.choice((0, threshold(dice, 0.2, 0.9), ALWAYS)) for _ in range(size.services)]),
        "grants_work": np.array([dice.randint(0, 1) for _ in range(size.services)]),
        "sibling": np.array(
            [[dice.randrange(-1, size.worlds) for _ in range(3)] for _ in range(size.worlds)], np.int64
        ),
        "record_purpose": _words(dice, size.sources, size.behaviours),
        "which_purpose": _words(dice, size.sources),
        "ask_purpose": _words(dice, size.services),
        "settle_purpose": _words(dice, size.lists),
        "correct_purpose": _words(dice, size.lists),
        "notice_purpose": _words(dice, size.lists),
        "knows_purpose": _words(dice, size.schemes),
        "round_purpose": _words(dice, size.behaviours),
    }
    shared["domain"][0] = size.domains - 1
    by_world: dict[str, Any] = {name: np.array([row[name] for row in rows], np.int64) for name in first}
    return Law(**by_world, **shared)


def _variant(dice: random.Random, size: Size, first: dict[str, Any], how: str, belongs: Any) -> dict[str, Any]:
    row = dict(first)
    other = _one_law(dice, size, belongs)
    other.pop("belongs")
    if how == "no scheme":
        row["in_force"] = [NEVER] * size.schemes
        for name in ("source_scheme", "list_scheme"):
            row[name] = [-1] * len(row[name])
        row["score"] = [-1, 0, 0, 0, 0]
        for name in ("onto", "points", "deters"):
            row[name] = [0] * size.behaviours
        row["bar_self"] = row["bar_child"] = [0] * size.services
    elif how == "no ties":
        row["bar_child"] = [0] * size.services
    elif how == "other response":
        for name in ("acting", "knows", "prior", "learning", "spread", "fade", "not_asking"):
            row[name] = other[name]
    elif how == "other start":
        row["in_force"] = other["in_force"]
    elif how == "other terms":
        for name in ("term", "by_score", "leave_at", "repeat", "correct", "notice", "settle"):
            row[name] = other[name]
    elif how == "all new":
        row = other
    return row


def _one_law(dice: random.Random, size: Size, belongs: Any = None) -> dict[str, Any]:
    if belongs is None:
        belongs = {
            what: [dice.randrange(size.schemes) for _ in range(count)]
            for what, count in (("source", size.sources), ("list", size.lists), ("score", 1))
        }
    row: dict[str, Any] = {"belongs": belongs}
    row["in_force"] = [dice.choice((0, 0, dice.randint(1, size.weeks // 2))) for _ in range(size.schemes)]
    row["source_scheme"], row["list_scheme"] = list(belongs["source"]), list(belongs["list"])
    row.update(_sources(dice, size))
    row.update(_rules(dice, size, belongs["score"][0]))
    row.update(_lists(dice, size))
    row.update(_response(dice, size))
    return row


def _sources(dice: random.Random, size: Size) -> dict[str, Any]:
    named = []
    for _ in range(size.sources):
        chosen = dice.sample(range(size.behaviours), dice.randint(1, size.behaviours))
        named.append(chosen + [-1] * (size.behaviours - len(chosen)))
    return {
        "sensitivity": [
            [dice.choice((0, threshold(dice, 0.2), threshold(dice, 0.2))) for _ in range(size.behaviours)]
            for _ in range(size.sources)
        ],
        "delay": [dice.choice((0, 0, 1, 2, 5)) for _ in range(size.sources)],
        "mistaken_for": named,
    }


def _rules(dice: random.Random, size: Size, scheme: int) -> dict[str, Any]:
    start = dice.randint(0, 100)
    signs = (-40, -15, -7, -3, 0, 5, 20)
    return {
        "points": [dice.choice(signs) for _ in range(size.behaviours)],
        "score": [scheme, start, start - dice.randint(0, 90), start + dice.randint(0, 30), dice.choice((0, 1, 4))],
        "onto": [dice.getrandbits(size.lists) & dice.getrandbits(size.lists) for _ in range(size.behaviours)],
        "enter_below": [start - dice.randint(0, 40) if dice.random() < 0.5 else -NEVER for _ in range(size.lists)],
        "leave_at": [start - dice.randint(-5, 30) for _ in range(size.lists)],
        "deters": [dice.getrandbits(size.schemes) for _ in range(size.behaviours)],
        "bar_self": [dice.getrandbits(size.lists) for _ in range(size.services)],
        "bar_child": [dice.getrandbits(size.lists) for _ in range(size.services)],
    }


def _lists(dice: random.Random, size: Size) -> dict[str, Any]:
    row: dict[str, Any] = {"term": [], "by_score": [], "repeat": []}
    for _ in range(size.lists):
        how = dice.choice(("term", "term", "score", "settled", "repeat", "repeat"))
        row["term"].append(dice.randint(1, 12) if how == "term" else 0)
        row["by_score"].append(int(how == "score"))
        repeat = [dice.randint(1, 2), dice.randint(1, 20), dice.randint(1, 12)]
        row["repeat"].append(repeat if how == "repeat" else [0, 0, 0])
    row["notice"] = [threshold(dice) for _ in range(size.lists)]
    row["correct"] = [threshold(dice, 0.0, 0.4) for _ in range(size.lists)]
    row["settle"] = [[threshold(dice, 0.0, 0.8) for _ in range(CONDITIONS)] for _ in range(size.behaviours)]
    return row


def _curve(dice: random.Random, highest: int) -> list[int]:
    steps = [int(highest * dice.random()) for _ in range(RISK_STEPS)]
    if dice.random() < 0.4:
        steps.sort(reverse=True)  # as deterrence would have it; jumps show more
    return [highest, *steps]


def _response(dice: random.Random, size: Size) -> dict[str, Any]:
    base = [threshold(dice, 0.4) for _ in range(size.behaviours)]
    acting = [[_curve(dice, highest) for highest in base] for _ in range(size.schemes)]
    half_life = dice.choice((2.0, 8.0, 26.0))
    return {
        "base": base,
        "acting": acting,
        "knows": [threshold(dice) for _ in range(size.schemes)],
        "prior": dice.choice((0, 3000, dice.randrange(65536), 65535)),
        "learning": dice.choice((0, 4000, dice.randrange(65537), 65536)),
        "spread": dice.choice((0, 6554, dice.randrange(65537), 65536)),
        "fade": [int(ALWAYS * 0.5 ** (week / half_life)) for week in range(size.weeks + 1)],
        "not_asking": threshold(dice),
    }


def _kinds(dice: random.Random, size: Size, law: Law) -> Kinds:
    """Every behaviour, source and service has candidates; some have a second layer, some worlds fresh mistakes."""
    everywhere = 2**size.worlds - 1
    rows: list[tuple[int, int, int, int]] = []
    for what, count in ((OCCASION, size.behaviours), (MISTAKE, size.sources), (NEED, size.services), (JOB_LOSS, 1)):
        for index in range(count):
            placebo = dice.getrandbits(size.worlds) if what == MISTAKE and dice.random() < 0.5 else 0
            for worlds in (everywhere & ~placebo, placebo):
                if worlds:
                    rows.append((what, index, 0, worlds))
            if dice.random() < 0.4 and what != JOB_LOSS:
                some = dice.getrandbits(size.worlds) | 1 << dice.randrange(size.worlds)
                rows.append((what, index, 1, some if what == MISTAKE else everywhere))
    share = [
        [
            (0 if dice.random() < 0.25 else threshold(dice, 0.3)) if what == MISTAKE else ALWAYS
            for _ in range(size.worlds)
        ]
        for what, _, _, _ in rows
    ]
    thin = [_thin(dice, what) for what, _, _, _ in rows]
    return Kinds(
        what=np.array([row[0] for row in rows], np.uint8),
        index=np.array([row[1] for row in rows], np.int32),
        layer=np.array([row[2] for row in rows], np.int64),
        purpose=_words(dice, len(rows)),
        worlds=np.array([row[3] for row in rows], np.int64),
        thin=np.array(thin, np.int64),
        share=np.array(share, np.int64),
    )


def _thin(dice: random.Random, what: int) -> list[list[int]]:
    """Who works may lose the job; otherwise everybody is reached more or less."""
    by_condition = [threshold(dice, 0.3) for _ in range(CONDITIONS)]
    if what == JOB_LOSS and dice.random() < 0.7:
        by_condition = [0, 0, ALWAYS, 0, 0]
    return [[min(ALWAYS, int(t * dice.uniform(0.5, 1.0))) for t in by_condition] for _ in range(CELLS)]


def _county(dice: random.Random, size: Size, kinds: int, busy: float) -> County:
    persons = size.persons
    begins = range(0, persons, 4096)
    accept, other, first, cut, cut_from = [], [], [], [], [0]
    for _ in range(kinds):
        for begin in begins:
            here = min(4096, persons - begin)
            accept += [dice.choice((0, dice.getrandbits(32), 2**32 - 1)) for _ in range(here)]
            other += [dice.randrange(here) for _ in range(here)]
            first.append(dice.randint(0, int(6 * busy)))
            cut += sorted(dice.getrandbits(32) for _ in range(dice.randint(0, int(12 * busy))))
            cut_from.append(len(cut))
    parents = [[dice.randrange(persons) if dice.random() < 0.6 else -1 for _ in range(2)] for _ in range(persons)]
    return County(
        number=dice.choice((0, dice.randrange(4000))),
        key0=dice.getrandbits(32),
        key1=dice.getrandbits(32),
        cell=np.array([dice.randrange(CELLS) for _ in range(persons)], np.uint8),
        group=np.array([dice.randrange(size.groups) for _ in range(persons)], np.uint8),
        condition=np.array([dice.choice((0, 1, 2, 2, 2, 3, 3, 4)) for _ in range(persons)], np.uint8),
        parents=np.array(parents, np.int32),
        accept=np.array(accept, np.uint32).reshape(kinds, persons),
        other=np.array(other, np.uint16).reshape(kinds, persons),
        first=np.array(first, np.int64).reshape(kinds, len(begins)),
        cut=np.array(cut, np.uint32),
        cut_from=np.array(cut_from, np.int64),
    )
