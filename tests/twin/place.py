"""One county as the twin sees it: plain lists of plain integers, a life per person and world, and candidates."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from scorelab.kernel.layout import (
    ALWAYS,
    IN_ARREARS,
    THROTTLED,
    County,
    Kinds,
    Law,
)
from tests.twin.book import Book
from tests.twin.chance import Fate, Words
from tests.twin.life import ALL, PARTS, Life

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


class Record(NamedTuple):
    """What a source wrote down, and the words that it takes along."""

    person: int
    world: int
    behaviour: int
    source: int
    truth: int
    words: tuple[int, int, int]


class Entry(NamedTuple):
    """Something that is due in step 2 of a week."""

    week: int
    what: Any


class Share(NamedTuple):
    """Points that a record of this week sends along ties of a kind."""

    week: int
    record: Record
    tie: int
    points: int


class News(NamedTuple):
    """An entry onto a list that people talk about."""

    world: int
    person: int
    scheme: int
    domain: int


def plain(table: Any) -> Any:
    """The same named tuple with lists in the place of arrays."""
    return table._make(value.tolist() if hasattr(value, "tolist") else value for value in table)


def has(bits: int, number: int) -> bool:
    """Whether a set that is written as bits has a number."""
    return bool(bits >> number & 1)


def within(layer: int, rate: int) -> int:
    """The threshold of a rate within a layer; the rate is in units of 2**-32 of layer 0."""
    below = 0 if layer == 0 else 2 ** (layer - 1) * ALWAYS
    height = 1 if layer == 0 else 2 ** (layer - 1)
    return min(ALWAYS, max(0, rate - below) // height)


def read(table: Sequence[int], at: int, bits: int) -> int:
    """A value between two entries of a table; the low ``bits`` of ``at`` are the way from one to the next."""
    step = at >> bits
    way = at - (step << bits)
    return int(table[step] + ((table[step + 1] - table[step]) * way >> bits))


class Place:
    """All that is known about one county while it is lived."""

    def __init__(self, county: County, kinds: Kinds, law: Law) -> None:
        self.county, self.kinds, self.law = plain(county), plain(kinds), plain(law)
        self.fate = Fate(int(county.number), (int(county.key0), int(county.key1)))
        self.book = Book()
        self.persons = range(len(self.county.cell))
        self.worlds = range(len(self.county.in_force))
        self.sources = range(len(self.law.which_purpose))
        self.lists = range(len(self.law.list_purpose))
        self.channels = range(len(self.law.channel_tie[0]))
        self.services = range(len(self.law.success))
        self.schemes = range(len(self.law.told_purpose))
        self.behaviours = range(len(self.law.domain))
        self.domains = range(len(self.law.media[0]))
        self.blocks = range(-(-len(self.persons) // 4096))
        self.life = [[self._before(world, person) for person in self.persons] for world in self.worlds]
        self.agenda: list[Entry] = []
        self.handed: list[Record] = []
        self.shares: list[Share] = []
        self.news: list[News] = []
        self.happened: Counter[tuple[str, int, int]] = Counter()
        """what, world, and behaviour, service or domain: since the last calendar"""
        self.t = 0
        self.active: list[set[int]] = []
        """by world: schemes in force"""

    def _before(self, world: int, person: int) -> Life:
        """A life before week 0."""
        word = self.fate.person(person, 0, self.law.contrary_purpose[0])
        code = self.county.condition[person]
        return Life(
            work=code % 8,
            arrears=bool(code & IN_ARREARS),
            risk=[self.law.prior[world] for _ in self.domains],
            standing=(self.grade(world, self.law.score[world][1]),) * len(PARTS),
            member=self._members_before(world, person),
            contrary=word < self.law.contrary[world],
        )

    def _members_before(self, world: int, person: int) -> set[int]:
        """The schemes that apply to a person without joining."""
        everybodys = {scheme for scheme in self.schemes if has(self.law.open_to_all[world], scheme)}
        self.fire("exempt from what is for everybody", self.exempt(world, person) and bool(everybodys))
        return set() if self.exempt(world, person) else everybodys

    def exempt(self, world: int, person: int) -> bool:
        """Whether no scheme ever applies to a person."""
        return has(self.county.exempt[person], world)

    def group(self, person: int) -> int:
        """The cell of the breakdown to which a person belongs."""
        return int(self.county.group[person])

    def count(self, world: int, person: int, what: str, amount: int = 1) -> None:
        """Count something in the weekly table."""
        self.book.weekly[self.t, world, self.group(person), what] += amount

    def fire(self, clause: str, did: bool | int = True) -> None:
        """Remember that a clause did something."""
        self.book.fired[clause] += int(did)

    def applies(self, world: int, person: int, scheme: int) -> bool:
        """Whether a scheme applies to a person."""
        return scheme in self.active[world] and scheme in self.life[world][person].member

    def score_counts(self, world: int, person: int) -> bool:
        """Whether the scheme that keeps the world's score applies to a person."""
        return self.applies(world, person, self.law.score[world][0])

    def score(self, world: int, life: Life, part: int = ALL) -> int:
        """The number: where everybody starts and the points of some accounts, within bounds."""
        _, start, lowest, highest, _ = self.law.score[world]
        return int(max(lowest, min(highest, start + sum(life.points[account] for account in PARTS[part]))))

    def grade(self, world: int, score: int) -> int:
        """The grade of a score."""
        if self.law.score[world][0] < 0:
            return 0
        return sum(1 for cut in self.law.grade_from[world][1:] if cut <= score)

    def refresh(self, world: int, life: Life, why: str) -> None:
        """The standing becomes that of the accounts."""
        standing = tuple(self.grade(world, self.score(world, life, part)) for part in range(len(PARTS)))
        if standing != life.standing:
            self.fire(f"standing changes by {why}")
            life.standing = standing

    def of_another_grade(self, world: int, life: Life) -> bool:
        """Whether the grade with all points is another than at the start."""
        return life.standing[ALL] != self.grade(world, self.law.score[world][1])

    def throttled(self, world: int, life: Life) -> set[str]:
        """Why a person is throttled, if so."""
        law = self.law
        reasons = set()
        if any(has(law.throttle_lists[world], on_list) for on_list in life.lists()):
            reasons.add("list")
        if self.of_another_grade(world, life) and has(law.throttle_grades[world], life.standing[ALL]):
            reasons.add("grade")
        if any(has(law.throttle_tied[world], channel) for channel in life.channels()):
            reasons.add("channel")
        return reasons

    def code(self, world: int, person: int) -> int:
        """The condition code."""
        life = self.life[world][person]
        return life.work + IN_ARREARS * life.arrears + THROTTLED * bool(self.throttled(world, life))

    def ties(self, kind: int, person: int) -> list[int]:
        """Those who are that to a person."""
        begin, end = self.county.tie_from[kind][person : person + 2]
        return list(self.county.tie[begin:end])

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
        own, other = map(int, self.county.alias[self.county.alias_of[kind]][begin + slot])
        person = begin + (slot if b < own else other)
        self.book.candidates[kind, 0] += 1
        return Event(kind, block, number, layer, person, c, d)

    def words(self, event: Event, purpose: int, call: int = 0) -> Words:
        """Four more words for an event."""
        return self.fate.event(event.number, self.t, event.block, event.layer, purpose, call)

    def word(self, event: Event, purpose: int) -> int:
        """One more word for an event."""
        return self.words(event, purpose)[0]

    def thin(self, event: Event, world: int) -> int:
        """The threshold of a candidate's existing in a world, given what the person's life is like there now."""
        age = self.county.cell[event.person] // 20
        return int(self.kinds.thin[event.kind][age][self.code(world, event.person)])

    def reached(self, event: Event, world: int) -> bool:
        """Whether the candidate exists in a world."""
        return event.c < self.thin(event, world)
