"""One county as the twin sees it: plain lists of plain integers, a life per person and world, and candidates."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from scorelab.kernel.layout import County, Kinds, Law
from tests.twin.book import Book
from tests.twin.chance import Fate
from tests.twin.life import Life

NEVER = 1 << 30


class Event(NamedTuple):
    """One candidate, before any world looked at it."""

    kind: int
    block: int
    number: int
    layer: int
    person: int
    c: int
    d: int


def plain(table: Any) -> Any:
    """The same named tuple with lists in the place of arrays."""
    return table._make(value.tolist() if hasattr(value, "tolist") else value for value in table)


class Place:
    """All that is known about one county while it is lived."""

    def __init__(self, county: County, kinds: Kinds, law: Law) -> None:
        self.county, self.kinds, self.law = plain(county), plain(kinds), plain(law)
        self.fate = Fate(int(county.number), (int(county.key0), int(county.key1)))
        self.book = Book()
        self.persons = range(len(self.county.cell))
        self.worlds = range(len(self.law.in_force))
        self.sources = range(len(self.law.which_purpose))
        self.lists = range(len(self.law.settle_purpose))
        self.services = range(len(self.law.success))
        self.schemes = range(len(self.law.knows_purpose))
        self.behaviours = range(len(self.law.domain))
        self.domains = range(1 + max(self.law.domain))
        self.blocks = range(-(-len(self.persons) // 4096))
        self.life = [
            [Life(condition, [self.law.prior[w] for _ in self.domains]) for condition in self.county.condition]
            for w in self.worlds
        ]
        self.pending: list[tuple[int, int, int, int, int, int]] = []
        """week due, person, world, behaviour, source, truth"""
        self.t = 0
        self.active: list[set[int]] = []
        """by world: schemes in force"""

    def group(self, person: int) -> int:
        """The cell of the breakdown to which a person belongs."""
        return int(self.county.group[person])

    def count(self, world: int, person: int, what: str, amount: int = 1) -> None:
        """Count something in the weekly table."""
        self.book.weekly[self.t, world, self.group(person), what] += amount

    def score(self, world: int, life: Life) -> int:
        """The number: where everybody starts, and the points from true and from false records, within bounds."""
        return self.bounded(world, sum(life.points))

    def bounded(self, world: int, points: int) -> int:
        """The score that so many points make."""
        _, start, lowest, highest, _ = self.law.score[world]
        return int(max(lowest, min(highest, start + points)))

    def kinds_of(self, what: int) -> list[int]:
        """Kinds of candidates that are about the same thing, in order."""
        return [k for k, about in enumerate(self.kinds.what) if about == what]

    def events(self, what: int) -> Iterator[Event]:
        """This week's candidates of that sort: kind by kind, block by block, event by event."""
        for kind in self.kinds_of(what):
            for block in self.blocks:
                begin = block * 4096
                size = min(4096, len(self.persons) - begin)
                for number in range(self._number(kind, block)):
                    yield self._event(kind, block, begin, size, number)

    def _number(self, kind: int, block: int) -> int:
        layer, purpose = self.kinds.layer[kind], self.kinds.purpose[kind]
        x = self.fate.event(4294967295, self.t, block, layer, purpose)[0]
        part = kind * len(self.blocks) + block
        cut = self.county.cut[self.county.cut_from[part] : self.county.cut_from[part + 1]]
        return int(self.county.first[kind][block]) + sum(1 for entry in cut if entry <= x)

    def _event(self, kind: int, block: int, begin: int, size: int, number: int) -> Event:
        layer = self.kinds.layer[kind]
        a, b, c, d = self.fate.event(number, self.t, block, layer, self.kinds.purpose[kind])
        slot = a * size >> 32
        own = b < self.county.accept[kind][begin + slot]
        person = begin + (slot if own else self.county.other[kind][begin + slot])
        self.book.candidates[kind, 0] += 1
        return Event(kind, block, number, layer, person, c, d)

    def word(self, event: Event, purpose: int) -> int:
        """One more word for an event."""
        return self.fate.event(event.number, self.t, event.block, event.layer, purpose)[0]

    def reached(self, event: Event, world: int) -> bool:
        """Whether the candidate exists in a world, given what the person's life is like there now."""
        condition = self.life[world][event.person].condition
        return bool(event.c < self.kinds.thin[event.kind][self.county.cell[event.person]][condition])
