"""Counties small enough for paper: a few persons, things that happen in the weeks that the test names, no luck."""

from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from scorelab.kernel.fate import COUNT, philox
from scorelab.kernel.layout import ALWAYS, NEVER, RISK_STEPS, WEEKLY, Counts, County, Kinds, Law
from scorelab.kernel.live import live
from scorelab.words import CELLS, Condition

KEY = (17, 4)
_U = np.uint64


class Happens(NamedTuple):
    """One candidate for one person in each of some weeks; ``what`` as in ``Kinds``."""

    what: int
    weeks: Collection[int]
    person: int = 0
    which: int = 0
    """the behaviour, source or service"""


@cache
def _fitting(weeks: frozenset[int], until: int, number: int) -> tuple[int, int]:
    """A purpose whose words about the number of candidates are largest in just these weeks, and the cut between."""
    for purpose in range(1000 * number, 1000 * number + 100_000_000):
        words = [int(philox(_U(COUNT), _U(t), _U(0), _U(purpose), _U(KEY[0]), _U(KEY[1]))[0]) for t in range(until)]
        lowest = min((words[t] for t in weeks), default=2**32 - 1)
        if all(words[t] < lowest for t in range(until) if t not in weeks):
            return purpose, lowest
    raise AssertionError("no such purpose")


def _kinds_and_cuts(happening: list[Happens], weeks: int, worlds: int) -> tuple[Kinds, list[int]]:
    found = [_fitting(frozenset(one.weeks), weeks, number) for number, one in enumerate(happening, start=1)]
    count = len(happening)
    kinds = Kinds(
        what=np.array([one.what for one in happening], np.uint8),
        index=np.array([one.which for one in happening], np.int32),
        layer=np.zeros(count, np.int64),
        purpose=np.array([purpose for purpose, _ in found], np.uint64),
        worlds=np.full(count, 2**worlds - 1, np.int64),
        thin=np.full((count, CELLS, len(Condition)), ALWAYS, np.int64),
        share=np.full((count, worlds), ALWAYS, np.int64),
    )
    return kinds, [cut for _, cut in found]


def law(
    weeks: int, worlds: int = 1, behaviours: int = 1, services: int = 1, lists: int = 1, domains: int = 1, **other: Any
) -> Law:
    """One scheme and one source that sees all; everybody acts, nobody is deterred or told. Then ``other``."""
    w, b, s, l = worlds, behaviours, services, lists  # noqa: E741
    values: dict[str, tuple[tuple[int, ...], Any]] = {
        "in_force": ((w, 1), 0),
        "sensitivity": ((w, 1, b), ALWAYS),
        "source_scheme": ((w, 1), 0),
        "delay": ((w, 1), 0),
        "mistaken_for": ((w, 1, b), np.arange(b)),
        "points": ((w, b), 0),
        "score": ((w, 5), [-1, 0, 0, 0, 0]),
        "onto": ((w, b), 0),
        "list_scheme": ((w, l), 0),
        "term": ((w, l), 0),
        "by_score": ((w, l), 0),
        "enter_below": ((w, l), -NEVER),
        "leave_at": ((w, l), 0),
        "notice": ((w, l), 0),
        "correct": ((w, l), 0),
        "repeat": ((w, l, 3), 0),
        "settle": ((w, b, len(Condition)), 0),
        "bar_self": ((w, s), 0),
        "bar_child": ((w, s), 0),
        "base": ((w, b), ALWAYS),
        "acting": ((w, 1, b, RISK_STEPS + 1), ALWAYS),
        "deters": ((w, b), 0),
        "knows": ((w, 1), 0),
        "prior": ((w,), 0),
        "learning": ((w,), 0),
        "spread": ((w,), 0),
        "fade": ((w, weeks + 1), ALWAYS),
        "domain": ((b,), np.arange(b) % domains),
        "success": ((s,), ALWAYS),
        "retry": ((s,), 0),
        "grants_work": ((s,), 0),
        "not_asking": ((w,), 0),
        "sibling": ((w, 3), -1),
    }
    unknown = set(other) - set(values)
    assert not unknown, unknown
    tables: dict[str, Any] = {
        name: np.broadcast_to(np.array(other.get(name, default), np.int64), shape).copy()
        for name, (shape, default) in values.items()
    }
    purposes: dict[str, Any] = {
        name: np.arange(start, start + int(np.prod(shape)), dtype=np.uint64).reshape(shape)
        for start, name, shape in (
            (100, "record_purpose", (1, b)),
            (200, "which_purpose", (1,)),
            (300, "ask_purpose", (s,)),
            (400, "settle_purpose", (l,)),
            (500, "correct_purpose", (l,)),
            (600, "notice_purpose", (l,)),
            (700, "knows_purpose", (1,)),
            (800, "round_purpose", (b,)),
        )
    }
    return Law(**tables, **purposes)


def county(happening: list[Happens], cuts: list[int], persons: int, parents: dict[int, tuple[int, int]]) -> County:
    """Everybody works, in one group; each kind of candidate has one candidate, for its person, from its cut on."""
    ties = np.full((persons, 2), -1, np.int32)
    for child, both in parents.items():
        ties[child] = both
    whom = np.array([one.person for one in happening], np.uint16)
    return County(
        number=0,
        key0=KEY[0],
        key1=KEY[1],
        cell=np.full(persons, 60, np.uint8),
        group=np.zeros(persons, np.uint8),
        condition=np.full(persons, int(Condition.working), np.uint8),
        parents=ties,
        accept=np.zeros((len(happening), persons), np.uint32),
        other=np.repeat(whom[:, None], persons, axis=1),
        first=np.zeros((len(happening), 1), np.int64),
        cut=np.array(cuts, np.uint32),
        cut_from=np.arange(len(happening) + 1, dtype=np.int64),
    )


def lived(county: County, kinds: Kinds, law: Law, weeks: int, groups: int = 1) -> Counts:
    """Live a county to its end."""
    generator = live(county, kinds, law, weeks, groups)
    while True:
        try:
            next(generator)
        except StopIteration as end:
            counts: Counts = end.value
            return counts


def tiny(
    happening: list[Happens],
    *,
    weeks: int = 12,
    persons: int = 1,
    parents: dict[int, tuple[int, int]] | None = None,
    **rules: Any,
) -> Counts:
    """Live a county in which just this happens, under :func:`law` with these rules; ``happening`` sorted by what."""
    assert happening == sorted(happening, key=lambda one: one.what)
    worlds = rules.get("worlds", 1)
    kinds, cuts = _kinds_and_cuts(happening, weeks, worlds)
    return lived(county(happening, cuts, persons, parents or {}), kinds, law(weeks, **rules), weeks)


def column(counts: Counts, name: str, world: int = 0) -> list[int]:
    """One weekly count, all groups together, week by week."""
    return [int(number) for number in counts.weekly[:, world, :, WEEKLY.index(name)].sum(axis=1)]


def weeks_on(counts: Counts, on_list: int = 0, world: int = 0) -> list[int]:
    """The weeks at whose end somebody is on a list."""
    return [t for t, listed in enumerate(counts.lists[:, world, on_list, 3]) if listed]
