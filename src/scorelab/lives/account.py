"""A life in plain sentences, each made from what happened: first the focus world, then where others part from it."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from scorelab.lives.life import Event, Life, World
from scorelab.lives.voice import CONDITIONS, FIFTHS, HOW, ROLES, TIES, WHOSE, Voice, enumerated, times, union, weeks
from scorelab.words import Condition

MOST = 12
"""Sentences about the focus world."""
WORLDS = 4
"""Other worlds that the account tells of: the one without what harmed, then those that part first from the focus."""
BESIDE = {"wrongful": "false_records", "collateral": "ties", "spiral": "spiral"}
"""By what a life was chosen for, the switch of the world that shows the life without it."""


@dataclass(frozen=True)
class _Sentence:
    week: int
    weight: int
    """what is told first where there is no room for all: the lowest"""
    words: str


def account(life: Life) -> tuple[str, ...]:
    """The life in 5 to 25 sentences."""
    teller = _Teller(life)
    groups = life.alike()
    telling = BESIDE.get(life.chosen.kind, "")
    others = sorted(
        groups[1:],
        key=lambda group: (all(telling not in world.without for world in group), teller.parts_at(group[0].name)),
    )
    told = [teller.who(), *teller.here(), teller.sums(life.focus)]
    for group in others[:WORLDS]:
        told += teller.there(group)
    told += teller.same(groups[0][1:])
    left = [world.title for group in others[WORLDS:] for world in group]
    if left:
        told.append(f"How the life went in {enumerated([f'“{title}”' for title in left])} is in the table.")
    return tuple(told)


class _Teller(Voice):
    def who(self) -> str:
        """Who the person is at week 0."""
        who = self.life.who
        ties = [f"{count} {TIES[tie][count > 1]}" for tie, count in who.ties if count and tie in TIES]
        place = "in a town" if who.residence == "urban" else "in the country"
        words = (
            f"{self.she.capitalize()} is {who.age}, {CONDITIONS[who.condition]}, {ROLES[who.role]}, {place}, in "
            f"{FIFTHS[who.quintile - 1]} of incomes"
        )
        words += ", and is in arrears" if who.in_arrears else ""
        reach = f"; among {{her}} ties are {enumerated(ties)}" if ties else ""
        return self.pronouns(f"{words}{reach}.")

    def here(self) -> list[str]:
        """The focus world, the most telling sentences in the order of time."""
        title = self.life.world(self.life.focus).title
        found = self._records() + self._shared() + self._grades() + self._listings() + self._ties()
        found += self._denials() + self._work()
        if not found:
            return [f"In the world “{title}” nothing comes to {self.words['them']} from any scheme."]
        kept = sorted(found, key=lambda one: (one.weight, one.week))[:MOST]
        told = [sentence.words for sentence in sorted(kept, key=lambda one: (one.week, found.index(one)))]
        for number in range(len(told) - 1, 0, -1):
            month = re.match(r"In \w+ \d{4} ", told[number])
            if month and told[number - 1].startswith(month[0]):
                told[number] = f"That month {told[number][month.end() :]}"
        return [f"In the world “{title}”: {told[0][:1].lower()}{told[0][1:]}", *told[1:]]

    def _of(self, *what: str) -> list[Event]:
        return self.life.of(self.life.focus, *what)

    def _records(self) -> list[_Sentence]:
        """False records and those that led onto a list one by one, all other true ones together."""
        found = []
        led = {(event.about, event.week) for event in map(self._behind, self._of("entry")) if event is not None}
        others: list[Event] = []
        for event in self._of("record"):
            when, about, source = self.month(event.week), self.said(event.about), self.said(event.source)
            if event.truth == "false":
                words = f"In {when} a false record named {{them}} for {about} ({source}), which {{she}} had not done"
                found.append(self._sentence(event.week, 1, f"{words}{self._points_of(event)}."))
            elif (event.about, event.week) in led:
                words = f"In {when} a record was made of {{her}} {about} ({source})"
                found.append(self._sentence(event.week, 2, f"{words}{self._points_of(event)}."))
            else:
                others.append(event)
        if others:
            first, last = self.month(others[0].week), self.month(others[-1].week)
            when = f"In {first}" if first == last else f"From {first} to {last}"
            kinds = Counter(self.said(event.about) for event in others)
            listed = enumerated([f"{name} ({times(count)})" for name, count in sorted(kinds.items())])
            made = "records were" if len(others) > 1 else "record was"
            found.append(self._sentence(others[0].week, 2, f"{when} {len(others)} {made} made of {{her}} {listed}."))
        return found

    def _sentence(self, week: int, weight: int, words: str) -> _Sentence:
        return _Sentence(week, weight, self.pronouns(words))

    def _behind(self, entry: Event) -> Event | None:
        """The last record that an entry onto a list can have come from."""
        mine = [
            event
            for event in self._of("record")
            if (event.about, event.source, event.truth) == (entry.because, entry.source, entry.truth)
            and event.week <= entry.week
        ]
        return mine[-1] if mine else None

    def _points_of(self, record: Event) -> str:
        """What a record of this life did to the score, where it is the only one of its kind for a while."""
        mine = (record.about, record.source, record.truth, "own")
        same = [e for e in self._of("points") if (e.about, e.source, e.truth, e.outcome) == mine]
        later = [e for e in same if record.week <= e.week < record.week + 16]
        if len(later) != 1:
            return ""
        return f"; it {'took' if later[0].points < 0 else 'gave'} {abs(later[0].points)} points"

    def _shared(self) -> list[_Sentence]:
        """Points that came along ties, those of false and of true records by themselves."""
        found = []
        for truth, weight in (("false", 1), ("true", 2)):
            lost = [e for e in self._of("points") if e.tie and e.points < 0 and e.truth == truth]
            if lost:
                whose = enumerated([WHOSE[tie] for tie in dict.fromkeys(event.tie for event in lost)])
                what = f"a {truth} record" if len(lost) == 1 else f"{len(lost)} {truth} records"
                taken = -sum(event.points for event in lost)
                when = f"In {self.month(lost[0].week)}" if len(lost) == 1 else f"From {self.month(lost[0].week)} on,"
                words = f"{when} {what} of {whose} took {taken} points from {{them}} too."
                found.append(self._sentence(lost[0].week, weight, words))
        return found

    def _grades(self) -> list[_Sentence]:
        """Falls of the grade."""
        world = self.life.world(self.life.focus)
        found = []
        for (_, before), (week, now) in pairwise(world.grade):
            if now < before:
                names = world.grades
                words = f"In {self.month(week)} {{her}} grade fell from “{names[before]}” to “{names[now]}”."
                found.append(self._sentence(week, 2, words))
        return found

    def _listings(self) -> list[_Sentence]:
        found = []
        red = set(self.life.honours)
        for event in self._of("entry"):
            if event.outcome != "listed":
                continue
            kind = "list of honour" if event.about in red else "list"
            behind = f"a {event.truth} record of {self.said(event.because)}"
            words = f"In {self.month(event.week)} {{she}} came onto the {kind} “{self.said(event.about)}”, by {behind}."
            found.append(self._sentence(event.week, 1, words))
        for name, begin, end in self._stays(self.life.world(self.life.focus)):
            ends = [e for e in self._of("exit") if e.about == name and e.week == end]
            if ends:
                how = self.pronouns(HOW[ends[-1].outcome])
                stay = f"left the list “{self.said(name)}” after {weeks(end - begin)}"
                words = f"In {self.month(end)} {{she}} {stay}: {how}."
                found.append(self._sentence(end, 2, words))
        return found

    @staticmethod
    def _stays(world: World) -> list[tuple[str, int, int]]:
        """Stays on a list, both sides together."""
        merged: list[tuple[str, int, int]] = []
        for name, begin, end in sorted((name, begin, end) for name, _, begin, end in world.listed):
            if merged and merged[-1][0] == name and begin <= merged[-1][2]:
                merged[-1] = (name, merged[-1][1], max(end, merged[-1][2]))
            else:
                merged.append((name, begin, end))
        return merged

    def _denials(self) -> list[_Sentence]:
        """The first denial for each reason in full, the others of the same reason together."""
        by_reason: dict[tuple[str, ...], list[Event]] = {}
        for event in self._of("need"):
            if event.outcome == "denied":
                by_reason.setdefault((event.status, event.truth, event.tie), []).append(event)
        found = []
        for events in by_reason.values():
            first, rest = events[0], events[1:]
            words = f"In {self.month(first.week)} {{she}} was refused {self.said(first.about)}: {self.reason(first)}."
            found.append(self._sentence(first.week, 0, words))
            if rest:
                what = Counter(event.about for event in rest)
                listed = enumerated([f"{self.said(name)} ({times(n)})" for name, n in sorted(what.items())])
                words = f"Until {self.month(rest[-1].week)} {{she}} was refused more for the same reason: {listed}."
                found.append(self._sentence(rest[0].week, 1, words))
        shy = [event for event in self._of("need") if event.outcome == "not-asked"]
        if shy:
            which = enumerated([self.said(name) for name in sorted({event.about for event in shy})])
            when = f"{times(len(shy))}, first in {self.month(shy[0].week)}"
            words = f"{self.she.capitalize()} knew of the bar and did not even ask {when}: {which}."
            found.append(self._sentence(shy[0].week, 2, words))
        return found

    def _work(self) -> list[_Sentence]:
        words = {
            ("work", "dismissed"): (0, "{she} lost {her} job over the listing"),
            ("work", "lost"): (2, "{she} lost {her} job"),
            ("work", "hired"): (3, "{she} found work"),
            ("arrears", "fined"): (0, "{she} fell into arrears over a fine"),
            ("arrears", "refused"): (0, "{she} fell into arrears after the refusal"),
            ("arrears", "began"): (3, "{she} fell into arrears"),
            ("arrears", "cleared"): (4, "{she} was out of arrears"),
        }
        found = []
        for event in self._of("work", "arrears"):
            weight, text = words[event.what, event.outcome]
            found.append(self._sentence(event.week, weight, f"In {self.month(event.week)} {text}."))
        return found

    def _ties(self) -> list[_Sentence]:
        first: dict[str, Event] = {}
        for event in self._of("reached"):
            first.setdefault(event.tie, event)
        found = []
        for event in first.values():
            what = "grade" if event.status == "grade" else f"place on the list “{self.said(event.status)}”"
            words = f"From {self.month(event.week + 1)} the {what} of {WHOSE[event.tie]} counted against {{them}} too."
            found.append(self._sentence(event.week, 3, words))
        return found

    def numbers(self, name: str) -> dict[str, int]:
        """What the life comes to in one world."""
        world, needs = self.life.world(name), self.life.of(name, "need")
        conditions = [*world.condition, (self.life.weeks, -1)]
        return {
            "refused": sum(event.outcome == "denied" for event in needs),
            "not asked": sum(event.outcome == "not-asked" for event in needs),
            "weeks on a list": union(
                [one for one in self._stays(world) if one[0] not in self.life.honours], self.life.weeks
            ),
            "weeks out of work": sum(
                conditions[i + 1][0] - week for i, (week, now) in enumerate(world.condition) if now == Condition.jobless
            ),
            "weeks in arrears": sum(end - begin for begin, end in world.arrears),
            "acts": sum(event.outcome == "acted" for event in self.life.of(name, "occasion")),
        }

    def sums(self, name: str) -> str:
        """The whole life in one world in numbers."""
        numbers = self.numbers(name)
        refused = numbers["refused"]
        said = ["was never refused anything" if not refused else f"was refused {times(refused)}"]
        spent = [(number, what.removeprefix("weeks ")) for what, number in numbers.items() if what.startswith("weeks")]
        hard = [f"{number} {what}" for number, what in spent if number]
        if hard:
            hard[0] = hard[0].replace(" ", " week " if hard[0].startswith("1 ") else " weeks ", 1)
            said.append(f"spent {enumerated(hard)}")
        score = self.life.world(name).score
        end = f"; {{her}} score ended at {score[-1][1]:,}" if score else ""
        years = self.life.weeks / 52
        length = f"{years:.0f} years" if years >= 1.5 else weeks(self.life.weeks)
        return self.pronouns(f"In these {length} {{she}} {enumerated(said)}{end}.")

    def parts_at(self, other: str) -> int:
        """The week in which a world's life parts from that of the focus; the end of the run where it does not."""

        def by_week(name: str) -> dict[int, list[tuple[object, ...]]]:
            found: dict[int, list[tuple[object, ...]]] = {}
            for event in self.life.of(name):
                if event.what not in ("knows", "joins"):
                    found.setdefault(event.week, []).append(
                        (event.what, event.about, event.outcome, event.truth, event.points)
                    )
            return found

        here, there = by_week(self.life.focus), by_week(other)
        return min(
            (week for week in here.keys() | there.keys() if here.get(week) != there.get(week)), default=self.life.weeks
        )

    def there(self, group: list[World]) -> list[str]:
        """How the life in another world, or several that are equal, departs from that in the focus."""
        name = group[0].name
        titles = enumerated([f"“{world.title}”" for world in group])
        parts = self.parts_at(name)
        if parts >= self.life.weeks:
            told = [f"In {titles} {{she}} meets, does and gets the same."]
        else:
            instead = self._instead(name)
            told = [
                f"In {titles} {{her}} life parts from this in {self.month(parts)}{': ' if instead else ''}{instead}."
            ]
        here, now = self.numbers(self.life.focus), self.numbers(name)
        differ = [self._differ(what, now[what], here[what]) for what in here if now[what] != here[what]]
        if differ:
            told.append(f"There {{she}} {enumerated(differ)}.")
        return [self.pronouns(text) for text in told]

    @staticmethod
    def _differ(what: str, there: int, here: int) -> str:
        if what == "refused":
            return f"was refused {times(there) if there else 'nothing'} (here {times(here) if here else 'nothing'})"
        if what == "not asked":
            kept = [times(number) if number else "never" for number in (there, here)]
            return f"was {kept[0]} kept from asking by a bar (here {kept[1]})"
        if what == "acts":
            return f"acted on {there} occasions (here {here})"
        return f"spent {there or 'no'} {what} (here {here or 'none'})"

    def _instead(self, name: str) -> str:
        """What became there of the first thing that was refused here, or what did not happen."""
        needs = {event.case: event for event in self.life.of(name, "need")}
        for event in self._of("need"):
            if event.outcome != "denied":
                continue
            other = needs.get(event.case)
            got = {"granted": "was granted", "favoured": "was granted", "denied": "was refused too"}
            outcome = got.get(other.outcome, "came to nothing for other reasons") if other else "was never needed"
            if outcome != "was refused too":
                return f"{self.said(event.about)}, refused here in {self.month(event.week)}, {outcome}"
        there = {(e.week, e.about, e.truth) for e in self.life.of(name, "record")}
        missing = [e for e in self._of("record") if (e.week, e.about, e.truth) not in there]
        if missing:
            what = f"{missing[0].truth} record of {self.said(missing[0].about)}"
            return f"the {what} in {self.month(missing[0].week)} is not made"
        if self.numbers(self.life.focus)["refused"]:
            return "what is refused here is refused there too"
        here, there_too = self.life.world(self.life.focus).score, self.life.world(name).score
        if here and there_too and here[-1][1] != there_too[-1][1]:
            return f"{{her}} score ends at {there_too[-1][1]:,}"
        return ""

    def same(self, worlds: list[World]) -> list[str]:
        """Worlds in which the life is that of the focus, event by event."""
        if not worlds:
            return []
        titles = enumerated([f"“{world.title}”" for world in worlds])
        return [self.pronouns(f"In {titles} {{her}} life is the same, event by event.")]
