"""Whose life is looked at: by lot, each of those who are like it as likely as every other."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np

from scorelab.errors import InputError, Problem, RunError
from scorelab.kernel.counted import FOR_ANOTHER, WRONGED
from scorelab.kernel.fate import key, person_words
from scorelab.ledger.read import Ledger
from scorelab.lives.life import Choice
from scorelab.lives.replay import Replayed, person_id, replay
from scorelab.runs.country import persons_lived, persons_of
from scorelab.runs.lives import Prepared
from scorelab.runs.tasks import Task, all_tasks
from scorelab.spec.resolved import Resolved, ResolvedWorld

HARMED = ("wrongful", "collateral", "spiral")
KINDS = (*HARMED, "random")
LAST_DRAW = 999_999
SPIRAL_COUNTIES = 4
"""So many counties are lived again to find those whom the spiral harmed, or more until somebody is found."""

_COLUMN = {"wrongful": ("wronged", WRONGED), "collateral": ("for_another", FOR_ANOTHER)}
ARE = {
    "wrongful": "are ever denied something by false records alone",
    "collateral": "are ever denied something for somebody else's record alone",
}
"""What is true of those whom a kind is about, in the focus world."""
_ID = re.compile(r"r(\d{3,6})-c(\d{4,6})-p(\d{5,7})")


@dataclass(frozen=True)
class Found:
    """A person, and how it was chosen."""

    task: Task
    person: int
    chosen: Choice


class Again:
    """Counties of one run as they are lived again, each only once with the same eye on it."""

    def __init__(self, prepared: Prepared, ledger: Path) -> None:
        """``ledger`` is the ledger folder of the finished run."""
        self.prepared, self.resolved = prepared, prepared.resolved
        self.ledger = ledger
        self.focus = [world.name for world in self.resolved.worlds].index(self.resolved.focus)
        self._counts: dict[str, dict[Task, int]] = {}
        self._lived: dict[tuple[Task, bool], Replayed] = {}

    def county(self, task: Task, *, hardship: bool = False) -> Replayed:
        """A county lived again with nobody traced."""
        if (task, hardship) not in self._lived:
            self._lived[task, hardship] = replay(self.prepared, task, hardship=hardship)
        return self._lived[task, hardship]

    def counts(self, column: str) -> dict[Task, int]:
        """How many persons of each county the ledger counts so in the focus world over the whole run."""
        if column in self._counts:
            return self._counts[column]
        found = f"sum({column})::BIGINT FROM persons WHERE span = 'run'"
        if self.resolved.national:
            found = f"sum(ever_{column})::BIGINT FROM county_totals WHERE true"
        query = (
            f"SELECT replicate, county, {found} AND world = '{self.resolved.focus}' "
            "GROUP BY replicate, county ORDER BY replicate, county"
        )
        rows = Ledger(self.ledger).sql(query).fetchall()
        self._counts[column] = {Task(int(r), int(c)): int(n) for r, c, n in rows}
        return self._counts[column]


def draw(again: Again, kind: str, number: int = 0) -> Found:
    """One person of a kind by lot; ``number`` asks for another lot. Raises RunError where nobody is of that kind."""
    if not 0 <= number <= LAST_DRAW:
        raise InputError([Problem("--draw", 0, 0, f"draws are numbered from 0 to {LAST_DRAW:,}, so not {number}")])
    by_kind: dict[str, Callable[[Again, int], Found]] = {"spiral": _spiral, "random": _random}
    return by_kind[kind](again, number) if kind in by_kind else _counted(again, kind, number)


def anybody(again: Again, kind: str) -> bool:
    """Whether the ledger counts anybody of a kind, which is not spiral."""
    return kind == "random" or any(again.counts(_COLUMN[kind][0]).values())


def lot(resolved: Resolved, kind: str, number: int, below: int) -> int:
    """A number from 0 to ``below`` - 1, each as likely as the others, keyed by the run's seed, what for, and which."""
    words = person_words(1, 0, 0, f"life/{kind}", key(resolved.seed), first=number)
    return ((int(words[0, 0]) << 32 | int(words[1, 0])) * below) >> 64


def _counted(again: Again, kind: str, number: int) -> Found:
    column, mark = _COLUMN[kind]
    resolved, counts = again.resolved, again.counts(column)
    total = sum(counts.values())
    title = resolved.world(resolved.focus).title
    if total == 0:
        raise RunError(f"nobody in the world “{title}” was ever {ARE[kind][9:]}; --random shows any person")
    at = lot(resolved, kind, number, total)
    until = list(accumulate(counts.values()))
    place = bisect_right(until, at)
    task = list(counts)[place]
    at -= until[place] - counts[task]
    harmed = np.flatnonzero(again.county(task).trace.marks[:, again.focus] & mark)
    if len(harmed) != counts[task]:
        raise RunError(
            f"county {task.name} does not come out again as it was: {len(harmed)} persons, not {counts[task]}, "
            f"{ARE[kind]}. The run was lived by another version of scorelab; run it anew"
        )
    of = persons_lived(resolved) * resolved.replicates
    words = f"Chosen by lot among those who {ARE[kind]} in the world “{title}”: {share_said(total, of)}."
    return Found(task, int(harmed[at]), Choice(kind, number, total, of, words))


def _random(again: Again, number: int) -> Found:
    resolved = again.resolved
    tasks = all_tasks(resolved)
    until = list(accumulate(persons_of(resolved, task.county) for task in tasks))
    of = until[-1]
    at = lot(resolved, "random", number, of)
    task = tasks[bisect_right(until, at)]
    person = at - until[tasks.index(task)] + persons_of(resolved, task.county)
    words = f"Chosen by lot among all {of:,} synthetic persons, whatever happened to them."
    return Found(task, person, Choice("random", number, of, of, words))


def without_spiral(resolved: Resolved) -> str | None:
    """The world that is the focus but for the spiral, or None."""

    def rest(world: ResolvedWorld) -> tuple[object, ...]:
        return ([scheme.model_dump() for scheme in world.schemes], world.response.model_dump(), world.placebo)

    focus = resolved.world(resolved.focus)
    wanted = sorted({*focus.without, "spiral"})
    if wanted == focus.without:
        return None
    return next((w.name for w in resolved.worlds if w.without == wanted and rest(w) == rest(focus)), None)


def _spiral(again: Again, number: int) -> Found:
    resolved = again.resolved
    other = without_spiral(resolved) or resolved.against
    beside = [world.name for world in resolved.worlds].index(other)
    tasks = sorted(
        all_tasks(resolved),
        key=lambda task: (lot(resolved, f"spiral/{task.name}", number, 1 << 62), task),
    )
    found: list[tuple[Task, int]] = []
    looked = of = 0
    for task in tasks:
        if looked >= SPIRAL_COUNTIES and found:
            break
        hard = again.county(task, hardship=True).trace.hard_weeks
        found += [(task, int(person)) for person in np.flatnonzero(hard[:, again.focus] > hard[:, beside])]
        looked += 1
        of += persons_of(resolved, task.county)
    here, there = resolved.world(resolved.focus).title, resolved.world(other).title
    said = f"spend more weeks without work or in arrears in the world “{here}” than in “{there}”"
    if not found:
        raise RunError(f"nobody was found to {said}; --random shows any person")
    task, person = found[lot(resolved, "spiral", number, len(found))]
    among = "" if looked == len(tasks) else f" of {looked} counties that were drawn by lot before"
    words = f"Chosen by lot among those who {said}: {share_said(len(found), of)}{among}."
    return Found(task, person, Choice("spiral", number, len(found), of, words))


def named(resolved: Resolved, word: str) -> Found:
    """The person of an ID. Raises InputError where there is none, with those that there are."""
    match = _ID.fullmatch(word)
    counties = sorted({task.county for task in all_tasks(resolved)})
    last = person_id(Task(resolved.replicates - 1, counties[-1]), persons_of(resolved, counties[-1]) - 1)
    some = "" if counties[-1] == len(counties) - 1 else f", of a sample of {len(counties):,} counties"
    there_are = f"this run has {person_id(Task(0, counties[0]), 0)} to {last}: replicate, county, person{some}"
    if match is None:
        raise InputError([Problem("--person", 0, 0, f"'{word}' is no person's ID; {there_are}")])
    replicate, county, person = (int(part) for part in match.groups())
    for part, number, count in (
        ("replicate", replicate, resolved.replicates),
        ("county", county, counties[-1] + 1),
        ("person", person, persons_of(resolved, min(county, counties[-1]))),
    ):
        if number >= count:
            message = f"there is no {part} {number} in '{word}': the last one is {count - 1}; {there_are}"
            raise InputError([Problem("--person", 0, 0, message)])
    if county not in counties:
        raise InputError([Problem("--person", 0, 0, f"county {county} of '{word}' was not lived; {there_are}")])
    of = persons_lived(resolved) * resolved.replicates
    words = "Not chosen by lot: asked for by its number, so it stands for nobody else."
    return Found(Task(replicate, county), person, Choice("named", 0, 1, of, words))


def share_said(like: int, of: int) -> str:
    """How many persons are like the one who is shown."""
    each = like * 100_000 / of
    shown = f"{each:,.0f}" if each >= 10 else f"{each:.2g}"
    return f"{like:,} of {of:,} synthetic persons, {shown} of 100,000"
