"""One life under a scheme of the catalogue as it is written: acts in known weeks, everything seen, no luck.

The tables are those that the catalogue's own file becomes; only chances are set to always or never, by the options that
anybody can give on the command line. Clocks, points, grades, bars and delays stay what the file says.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np

from scorelab.kernel import counted, layout
from scorelab.kernel.counted import Counts
from scorelab.kernel.layout import (
    ALWAYS,
    GRADES,
    MISTAKE,
    NEED,
    OCCASION,
    Law,
)
from scorelab.runs.lives import prepare
from scorelab.spec.load import Options, resolve
from scorelab.spec.scheme import Scheme
from scorelab.tables.names import Names
from scorelab.words import Tie
from tests.hand.tiny import Happens, _kinds_and_cuts, column, county, lived, number, weeks_of, weeks_on

_NO_RESPONSE = ("sensitivity", "reward", "crowding", "contagion", "not_asking", "cannot_pay", "felt_loss", "talk")
_RESPONSE = tuple(f"society.response.{name}=0" for name in _NO_RESPONSE)


@cache
def scheme_of(name: str) -> Scheme:
    """The scheme as it is written."""
    world = resolve(name, options=Options(persons=100, counties=1)).world("as-written")
    return next(scheme for scheme in world.schemes if scheme.scheme == name)


@cache
def tables(name: str, weeks: int, sets: tuple[str, ...] = ()) -> tuple[Law, Names]:
    """The law of a world with this scheme alone, in which its sources see every act and everybody acts."""
    scheme = scheme_of(name)
    sees = [f"{name}.sources.{source}.watches.{act}=1" for source, one in scheme.sources.items() for act in one.watches]
    acts = {act for source in scheme.sources.values() for act in source.watches}
    always = [f"society.behaviours.{act}.act=1" for act in sorted(acts)]
    quiet = [f"{name}.aware=0"] if scheme.aware else []
    window = scheme.due_process.window if scheme.due_process else None
    for word in ("objects", "makes_good"):
        quiet += [f"{name}.due_process.window.{word}=0"] if window and getattr(window, word) else []
    options = Options(persons=100, counties=1, weeks=weeks, sets=(*_RESPONSE, *sees, *always, *quiet, *sets))
    resolved = resolve(name, options=options)
    world = resolved.world("as-written")
    alone = dataclasses.replace(resolved, worlds=[world], against=world.name, focus=world.name, groups=[])
    built = prepare(alone).built
    return built.law, built.names


@dataclasses.dataclass(frozen=True)
class Life:
    """What became of it; weeks are those of the run."""

    counts: Counts
    names: Names
    start: int

    def listed(self, name: str) -> list[int]:
        """The weeks at whose end somebody is on a list."""
        return weeks_on(self.counts, self.names.lists.index(name))

    def weeks(self, word: str) -> list[int]:
        """The weeks with a weekly count, such as denied."""
        return weeks_of(self.counts, word)

    def score(self) -> int:
        """The score at the end, from every point that was given or taken."""
        points = self.counts.points.sum(axis=(0, 1, 2, 3, 4))
        return self.start + int(points[counted.P_GIVEN] - points[counted.P_TAKEN])

    def along_ties(self) -> int:
        """Points taken from those who are tied to somebody."""
        return int(self.counts.points[..., counted.P_TAKEN_TIE].sum())

    def grades(self) -> list[str]:
        """The only person's grade at the end of each quarter."""
        found = self.counts.grades[:, 0].sum(axis=1)
        assert (found.sum(axis=1) <= 1).all() and found.shape[1] == GRADES
        return [self.names.grades[0][int(row.argmax())] if row.any() else "none" for row in found]

    def ended(self, name: str, how: str) -> int:
        """How often a listing ended so."""
        found = self.counts.endings[:, 0, self.names.lists.index(name)].sum(axis=(0, 1))
        return int(found[counted.ENDINGS.index(how)])

    def processed(self, word: str, truth: int) -> int:
        """How many records of a truth (0 true, 1 false) met a step of due process."""
        return number(self.counts, "process", word, 0, truth)

    def total(self, word: str) -> int:
        """A weekly count, all weeks together."""
        return sum(column(self.counts, word))


def life(
    name: str,
    acts: Iterable[tuple[int, str]] = (),
    *,
    weeks: int,
    asks: Collection[str] = (),
    mistakes: Iterable[tuple[int, str]] = (),
    sets: tuple[str, ...] = (),
    friends: bool = False,
    place: Mapping[str, Any] | None = None,
    settle: bool = False,
    repair: bool = False,
    lucky: bool = True,
) -> Life:
    """Live ``acts`` (week, behaviour) and ``mistakes`` (week, source), asking for each of ``asks`` in every week.

    ``settle`` and ``repair`` are whether whoever may does so at once, ``lucky`` whether asks succeed where nothing
    bars; ``place`` sets fields of the county. With ``friends`` there is a second person, a friend of the first.
    """
    law, names = tables(name, weeks, sets)
    lists = law.lists.copy()
    lists[..., layout.LIST_REPAIR] = np.where((lists[..., layout.LIST_REPAIR] > 0) & repair, ALWAYS, 0)
    law = law._replace(
        settle=np.full_like(law.settle, ALWAYS if settle else 0),
        success=np.full_like(law.success, ALWAYS if lucky else 0),
        lists=lists,
    )
    happening = [Happens(OCCASION, {week}, which=names.behaviours.index(act)) for week, act in acts]
    happening += [Happens(MISTAKE, {week}, which=names.sources.index(source)) for week, source in mistakes]
    happening += [Happens(NEED, set(range(weeks)), which=names.services.index(service)) for service in asks]
    kinds, cuts = _kinds_and_cuts(happening, weeks, 1)
    where = county(happening, cuts, 1 + friends, {(0, Tie.friend): [1]} if friends else {})
    where = where._replace(**(place or {}))
    score = scheme_of(name).score
    return Life(lived(where, kinds, law, weeks), names, score.start if score else 0)
