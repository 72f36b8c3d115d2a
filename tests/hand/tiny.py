"""Counties small enough for paper: a few persons, things that happen in the weeks that the test names, no luck."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from scorelab.kernel import counted, layout
from scorelab.kernel.counted import WEEKLY, Counts
from scorelab.kernel.fate import COUNT, philox
from scorelab.kernel.layout import (
    ALWAYS,
    CONDITION,
    ONE,
    County,
    Kinds,
    Law,
)
from scorelab.kernel.live import Trace, live
from scorelab.tables.law import empty_law
from scorelab.tables.names import Names
from scorelab.words import BACK, CELLS, Age, Condition, Tie

KEY = (17, 4)
CELL = 60
"""The cell that everybody is in: an adult."""
ANYBODY = -1
_U = np.uint64
_RULE = {
    "rule_scheme": layout.RULE_SCHEME,
    "points": layout.RULE_LEAST,
    "onto": layout.RULE_ONTO,
    "after": layout.RULE_AFTER,
    "cap": layout.RULE_CAP,
    "within": layout.RULE_WITHIN,
    "memory": layout.RULE_MEMORY,
    "to_grade": layout.RULE_TO_GRADE,
    "expires": layout.RULE_EXPIRES,
    "fine": layout.RULE_FINE,
    "disagree": layout.RULE_DISAGREE,
}
_LIST = {
    "list_scheme": layout.LIST_SCHEME,
    "term": layout.LIST_TERM,
    "by_score": layout.LIST_BY_SCORE,
    "enter_below": layout.LIST_ENTER,
    "leave_at": layout.LIST_LEAVE,
    "notice": layout.LIST_NOTICE,
    "correct": layout.LIST_CORRECT,
    "repair_after": layout.LIST_REPAIR_AFTER,
    "repair": layout.LIST_REPAIR,
    "dismiss": layout.LIST_DISMISS,
}
_PROCESS = {
    "told": layout.PROCESS_TOLD,
    "window": layout.PROCESS_WINDOW,
    "makes_good": layout.PROCESS_MAKES_GOOD,
    "objects": layout.PROCESS_OBJECTS,
    "objection": layout.PROCESS_OBJECTION,
    "objection_false": layout.PROCESS_OBJECTION_FALSE,
    "appeals": layout.PROCESS_APPEALS,
    "appeal_weeks": layout.PROCESS_APPEAL_WEEKS,
    "appeal": layout.PROCESS_APPEAL,
    "appeal_false": layout.PROCESS_APPEAL_FALSE,
}


class Happens(NamedTuple):
    """One candidate for one person in each of some weeks; ``what`` as in ``Kinds``."""

    what: int
    weeks: Collection[int]
    person: int = 0
    """or ANYBODY: each time somebody by chance"""
    which: int = 0
    """the behaviour, source or service"""
    times: int = 1
    """so many in each of the weeks"""
    luck: tuple[float, float] = (0.0, 1.0)
    """between which chances the word of acting or of luck lies: who acts with chance 0.5 acts at (0, 0.5)"""
    reached: Any = ALWAYS
    """threshold of being reached, one number or one for each condition code"""
    share: int = ALWAYS
    """threshold of the world's share of a mistake"""
    worlds: int = 255
    """bits of the worlds that a mistake can be in"""


def chance_words(event: int, week: int, purpose: int, block: int = 0) -> tuple[int, ...]:
    """The four words of an event of the only block; for those of a person give the number and BY_PERSON."""
    return tuple(int(word) for word in philox(*(_U(part) for part in (event, week, block, purpose, *KEY))))


@cache
def _fitting(weeks: frozenset[int], until: int, number: int, times: int, luck: tuple[float, float]) -> tuple[int, int]:
    """A purpose whose words about the number of candidates are largest in just these weeks, and the cut between."""
    low, high = (int(part * 2**32) for part in luck)
    events = [(e, t) for t in weeks for e in range(times)] if high - low < 2**32 else []
    for purpose in range(100_000 * number, 100_000 * number + 100_000_000):
        if not all(low <= chance_words(e, t, purpose)[3] < high for e, t in events):
            continue
        words = [chance_words(COUNT, t, purpose)[0] for t in range(until)]
        lowest = min((words[t] for t in weeks), default=2**32 - 1)
        if all(words[t] < lowest for t in range(until) if t not in weeks):
            return purpose, lowest
    raise AssertionError("no such purpose")


def _kinds_and_cuts(happening: list[Happens], weeks: int, worlds: int) -> tuple[Kinds, list[int]]:
    found = [
        _fitting(frozenset(one.weeks), weeks, number, one.times, one.luck)
        for number, one in enumerate(happening, start=1)
    ]
    count = len(happening)
    kinds = Kinds(
        what=np.array([one.what for one in happening], np.uint8),
        item=np.array([one.which for one in happening], np.int32),
        layer=np.zeros(count, np.int64),
        purpose=np.array([purpose for purpose, _ in found], np.uint64),
        worlds=np.array([one.worlds & 2**worlds - 1 for one in happening], np.int64),
        thin=np.full((count, len(Age), CONDITION + 1), ALWAYS, np.int64),
        share=np.full((count, worlds, CELLS), ALWAYS, np.int64),
    )
    for number, one in enumerate(happening):
        kinds.thin[number] = one.reached
        kinds.share[number] = one.share
    return kinds, [cut for _, cut in found]


def _names(worlds: int, behaviours: int, services: int, lists: int, domains: int, sources: int, schemes: int) -> Names:
    def numbered(word: str, count: int) -> tuple[str, ...]:
        return tuple(f"{word}-{number}" for number in range(count))

    return Names(
        worlds=numbered("world", worlds),
        behaviours=numbered("behaviour", behaviours),
        services=numbered("service", services),
        sources=numbered("source", sources),
        lists=numbered("list", lists),
        schemes=numbered("scheme", schemes),
        domains=numbered("domain", domains),
        attributes=(),
        grades=((),) * worlds,
        groups=({},),
        kinds=(),
    )


def law(
    weeks: int,
    worlds: int = 1,
    behaviours: int = 1,
    services: int = 1,
    lists: int = 1,
    domains: int = 1,
    sources: int = 1,
    schemes: int = 1,
    along: Mapping[Tie, int] | None = None,
    grades: Collection[int] = (),
    channels: Collection[tuple[Tie, int, int]] = (),
    **other: Any,
) -> Law:
    """Sources that see all, one rule a behaviour; everybody acts, nobody is deterred or told; all of the first scheme.

    ``other`` sets fields of the law, of its rules (a number for all, or one a behaviour), of its lists (a number for
    all, or one a list), or of its process. ``bar_child`` are the lists (bits) that bar the listed person's child;
    ``channels`` are any: the tie, the list or -1, the grades as bits. ``grades`` are the scores at which they begin.
    """
    names = _names(worlds, behaviours, services, lists, domains, sources, schemes)
    table = empty_law(names, weeks, rules=behaviours, channels=layout.CHANNELS)
    usual: dict[str, Any] = {
        "open_to_all": (1 << schemes) - 1,
        "source_scheme": 0,
        "alert": ALWAYS,
        "mistaken_for": np.arange(behaviours),
        "memory": np.where(np.array([other.get("after", 0), other.get("cap", 0)]).any(), np.arange(behaviours), -1),
        "rule_of": 1 << np.arange(behaviours),
        "base": ALWAYS,
        "fade": ALWAYS,
        "public_fade": ALWAYS,
        "domain": np.arange(behaviours) % domains,
        "success": ALWAYS,
        "spiral": 1,
        "status_scheme": 0,
        "strength": ALWAYS,
    }
    table.lists[..., layout.LIST_SCHEME] = 0
    table.rules[..., layout.RULE_SCHEME] = 0
    for tie, part in (along or {}).items():
        table.rules[..., layout.RULE_ALONG + tie] = part
    for number, channel in enumerate(channels):
        table.channel_tie[:, number], table.channel_list[:, number], table.channel_grades[:, number] = channel
    for number, begins in enumerate(grades):
        table.grade_from[:, number] = begins
    for name, value in {**usual, **other}.items():
        if name in _RULE:
            table.rules[..., _RULE[name]] = value
            if name == "points":
                table.rules[..., layout.RULE_MOST] = other.get("most", value)
        elif name in _LIST:
            table.lists[..., _LIST[name]] = value
        elif name in _PROCESS:
            table.process[..., _PROCESS[name]] = value
        elif name == "bar_child":
            table.channel_tie[:, :lists] = Tie.child
            table.channel_list[:, :lists] = np.arange(lists)
            table.bar_tied[...] = value
        elif name == "repeat":
            table.lists[..., layout.LIST_REPEAT : layout.LIST_THEN + 1] = value
        elif name != "most":
            getattr(table, name)[...] = value
    return table


def ties_of(persons: int, tied: Mapping[tuple[int, Tie], Collection[int]]) -> tuple[Any, Any]:
    """Ties as a county has them, from (person, kind) -> those who are so to the person; the other way round as well."""
    found: dict[tuple[int, Tie], set[int]] = {}
    for (person, kind), others in tied.items():
        for other in others:
            found.setdefault((person, kind), set()).add(other)
            found.setdefault((other, BACK[kind]), set()).add(person)
    begins = np.zeros((len(Tie), persons + 1), np.int32)
    flat: list[int] = []
    for kind in Tie:
        for person in range(persons):
            begins[kind, person] = len(flat)
            flat += sorted(found.get((person, kind), ()))
        begins[kind, persons] = len(flat)
    return begins, np.array(flat, np.int32)


def county(
    happening: list[Happens], cuts: list[int], persons: int, tied: Mapping[tuple[int, Tie], Collection[int]]
) -> County:
    """Everybody works, in one group; each kind has all its candidates, for its person, from its cut on."""
    whom = np.array([max(one.person, 0) for one in happening], np.uint32)
    slots_own = np.array([2**32 - 1 if one.person == ANYBODY else 0 for one in happening], np.uint32)
    times = [one.times for one in happening]
    begins, flat = ties_of(persons, tied)
    everybody = np.arange(persons, dtype=np.int32)[None]
    return County(
        number=0,
        key0=KEY[0],
        key1=KEY[1],
        adults=persons,
        in_force=np.zeros((1, 1), np.int64),
        cell=np.full(persons, CELL, np.uint8),
        group=np.zeros(persons, np.uint8),
        condition=np.full(persons, int(Condition.working), np.uint8),
        attributes=np.zeros(persons, np.uint8),
        exempt=np.zeros(persons, np.uint8),
        tie_from=begins,
        tie=flat,
        aware_rank=np.zeros((1, persons), np.uint32),
        aware_order=everybody,
        join_rank=np.zeros((1, persons), np.uint32),
        join_order=everybody,
        alias=np.repeat(np.stack([slots_own, whom], axis=1)[:, None], persons, axis=1),
        alias_of=np.arange(len(happening)),
        first=np.zeros((len(happening), 1), np.int64),
        cut=np.repeat(np.array(cuts, np.uint32), times),
        cut_from=np.cumsum([0, *times]),
    )


def lived(county: County, kinds: Kinds, law: Law, weeks: int, groups: int = 1, trace: Trace | None = None) -> Counts:
    """Live a county to its end."""
    generator = live(county, kinds, law, weeks, groups, trace)
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
    tied: Mapping[tuple[int, Tie], Collection[int]] | None = None,
    in_force: Any = 0,
    place: Mapping[str, Any] | None = None,
    apart: bool = False,
    trace: Trace | None = None,
    **rules: Any,
) -> Counts:
    """Live a county in which just this happens, under :func:`law` with these rules; ``happening`` sorted by what.

    ``in_force`` is a week, for all or by world and scheme; ``place`` sets fields of the county; ``apart`` makes
    everybody a group of their own; ``trace`` says whom to trace.
    """
    assert happening == sorted(happening, key=lambda one: one.what)
    worlds, schemes = rules.get("worlds", 1), rules.get("schemes", 1)
    kinds, cuts = _kinds_and_cuts(happening, weeks, worlds)
    usual = county(happening, cuts, persons, tied or {})
    given: dict[str, Any] = {"in_force": np.broadcast_to(np.array(in_force, np.int64), (worlds, schemes)).copy()}
    given |= {"group": np.arange(persons)} if apart else {}
    for name in ("aware_rank", "aware_order", "join_rank", "join_order"):
        given[name] = np.repeat(getattr(usual, name), schemes, axis=0)
    for name, value in {**given, **(place or {})}.items():
        if name != "adults":
            value = np.array(value, getattr(usual, name).dtype)
        usual = usual._replace(**{name: value})
    return lived(usual, kinds, law(weeks, **rules), weeks, persons if apart else 1, trace)


def column(counts: Counts, name: str, world: int = 0, group: int | None = None) -> list[int]:
    """One weekly count, of one group or of all together, week by week."""
    found = counts.weekly[:, world, :, WEEKLY.index(name)]
    return [int(number) for number in (found.sum(axis=1) if group is None else found[:, group])]


def weeks_of(counts: Counts, name: str, world: int = 0, group: int | None = None) -> list[int]:
    """The weeks in which a weekly count is not 0."""
    return [t for t, number in enumerate(column(counts, name, world, group)) if number]


def weeks_on(counts: Counts, on_list: int = 0, world: int = 0) -> list[int]:
    """The weeks at whose end somebody is on a list."""
    return [t for t, listed in enumerate(counts.lists[:, world, on_list, 3]) if listed]


_YEARLY = {"records": counted.RECORDS, "points": counted.POINTS, "process": counted.PROCESS, "endings": counted.ENDINGS}


def number(counts: Counts, table: str, name: str, *at: int, world: int = 0) -> int:
    """One column of a table by year, all years together; ``at``: source or scheme or list, behaviour, truth."""
    found = getattr(counts, table)[:, world, ..., _YEARLY[table].index(name)]
    return int(found[(slice(None), *at)].sum())


def scale(start: int, recovery: int = 0) -> list[int]:
    """A score of 64 values, so that each bin in which scores are counted is one of them."""
    return [0, start, 0, counted.SCORE_BINS - 1, recovery]


def scores(counts: Counts, world: int = 0) -> list[int]:
    """Everybody's score at the end of the run, rising, on such a scale."""
    return [score for score, persons in enumerate(counts.scores[-1, world]) for _ in range(persons)]


def week_by_week(happening: list[Happens], weeks: int, **rules: Any) -> list[int]:
    """The only person's score at the end of each week: the same life, ended after one week, after two and so on."""
    found = []
    for until in range(1, weeks + 1):
        begun = [one._replace(weeks={t for t in one.weeks if t < until}) for one in happening]
        found += scores(tiny(begun, weeks=until, **rules))
    return found


HALF = ONE // 2
FEARS: dict[str, Any] = {"deters": 1, "slope": 2048 * ONE, "power": [256 * n for n in range(257)], "aware": ALWAYS}
FEARS |= {"curve": [layout.CURVE_ONE] + layout.CURVE_STEPS * [0]}
"""Whoever knows the scheme acts where the perceived risk is at most that without the act (``innocent``), else never."""


def about(chance: float) -> list[tuple[int, tuple[float, float]]]:
    """Luck just short of a chance, with which something comes about, and just beyond it, with which it does not."""
    return [(1, (0.99 * chance, 0.998 * chance)), (0, (1.002 * chance, 1.01 * chance))]
