"""Living a county again, with an eye on some of its people, and what is then seen, in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scorelab.kernel.counted import ENDINGS
from scorelab.kernel.fate import key
from scorelab.kernel.layout import (
    EXPIRY,
    FALSE_LISTS,
    GRADE_STATUS,
    IN_ARREARS,
    KNOWN,
    LIFE,
    STANDING,
    THROTTLED,
    TIE_FALSE,
    TIE_TRUE,
    TIED_FALSE,
    TIED_TRUE,
    TRUE_LISTS,
    Int32s,
)
from scorelab.kernel.live import Trace, live
from scorelab.kernel.people import People
from scorelab.kernel.series import RISKS, SCORE_NOW
from scorelab.kernel.trace import (
    ARRIVED,
    AT_ONCE,
    CAME_OFF,
    CAME_ON,
    MADE_GOOD,
    MET,
    MOVED,
    NEEDED,
    OBJECTED,
    OBJECTION_UPHELD,
    OWING,
    REFUSED,
    TAKEN_BACK,
    TOOK_EFFECT,
    TRACE_PERSON,
    WAS_TOLD,
    WORK,
    WRITTEN,
)
from scorelab.lives.life import Choice, Event, Life, Who, World, spans, steps
from scorelab.runs.country import persons_of
from scorelab.runs.lives import Prepared
from scorelab.runs.tasks import Task
from scorelab.society.county import people
from scorelab.tables.county import county
from scorelab.words import BACK, Act, Condition, Need, Origin, Quintile, Residence, Role, Sex, Tie, Truth, cell_parts

WORK_WORDS = ("dismissed", "lost", "hired")
OWING_WORDS = ("fined", "refused", "began", "cleared")
BECAME = {WAS_TOLD: "told", MADE_GOOD: "made-good", OBJECTED: "objected", OBJECTION_UPHELD: "objection-upheld"}
APPEAL_WORDS = ("", "appealed", "appealed")


@dataclass(frozen=True)
class Replayed:
    """A county after it was lived again."""

    task: Task
    who: People
    trace: Trace


def replay(
    prepared: Prepared,
    task: Task,
    persons: Sequence[int] = (),
    *,
    hardship: bool = False,
    left_out: int | None = None,
    alive: Callable[[], None] = lambda: None,
) -> Replayed:
    """Live a county of a run again, exactly as it was; ``persons`` are traced.

    With ``left_out``, the number of a world, no scheme applies to these persons there, and all else is as it was.
    ``alive`` is called between weeks; what it raises ends the replay.
    """
    resolved, built = prepared.resolved, prepared.built
    words = key(resolved.seed, task.replicate)
    who = people(prepared.plan, resolved.society, persons_of(resolved, task.county), task.county, words)
    trace = Trace(persons, hardship=hardship)
    tables = county(built, who, task.county, words)
    if left_out is not None:
        tables.exempt[list(persons)] |= np.uint8(1 << left_out)
    for _ in live(tables, built.kinds, built.law, resolved.weeks, len(built.names.groups), trace):
        alive()
    return Replayed(task, who, trace)


def person_id(task: Task, person: int) -> str:
    """The name by which a synthetic person is asked for."""
    return f"{task.name}-p{person:05d}"


def life_of(prepared: Prepared, lived: Replayed, person: int, chosen: Choice) -> Life:
    """One traced person's life."""
    resolved = prepared.resolved
    at = int(np.searchsorted(lived.trace.persons, person))
    series = lived.trace.series[:, at]
    rows = lived.trace.events[lived.trace.events[:, TRACE_PERSON] == person]
    events = _Told(prepared).events(rows.tolist()) + _seen(prepared, series)
    lists = {
        name: clause for world in resolved.worlds for scheme in world.schemes for name, clause in scheme.lists.items()
    }
    return Life(
        who=_who(prepared, lived, person),
        chosen=chosen,
        start=resolved.start.isoformat(),
        weeks=resolved.weeks,
        focus=resolved.focus,
        against=resolved.against,
        worlds=tuple(_world(prepared, series[:, w], w) for w in range(len(resolved.worlds))),
        happened=tuple(sorted(events, key=lambda event: event.week)),
        said=_said(prepared),
        honours=tuple(sorted(name for name, clause in lists.items() if clause.red)),
    )


def _said(prepared: Prepared) -> tuple[tuple[str, str], ...]:
    resolved, names = prepared.resolved, prepared.built.names
    society = resolved.society
    titled = {name: item.title for part in (society.behaviours, society.services) for name, item in part.items()}
    titled |= {scheme.scheme: scheme.title for world in resolved.worlds for scheme in world.schemes}
    plain = {name: name.replace("-", " ") for name in (*names.sources, *names.lists)}
    return tuple(sorted((plain | {name: title or name for name, title in titled.items()}).items()))


def _who(prepared: Prepared, lived: Replayed, person: int) -> Who:
    who = lived.who
    _, sex, residence, quintile = cell_parts(int(who.cell[person]))
    condition = int(who.condition[person])
    bits = int(who.attributes[person])
    attributes = tuple(name for a, name in enumerate(prepared.built.names.attributes) if bits >> a & 1)
    begin, end = who.tie_from[:, person], who.tie_from[:, person + 1]
    return Who(
        id=person_id(lived.task, person),
        age=int(who.age[person]),
        sex=Sex(sex).name,
        residence=Residence(residence).name,
        quintile=int(Quintile(quintile)) + 1,
        role=Role(int(who.role[person])).name,
        condition=Condition(condition & 7).name,
        in_arrears=bool(condition & IN_ARREARS),
        attributes=attributes,
        ties=tuple((tie.name, int(end[tie] - begin[tie])) for tie in Tie),
    )


def _member(prepared: Prepared, series: Int32s, w: int) -> list[bool]:
    """In which weeks the world's score applies to the person, as far as membership goes."""
    h = int(prepared.built.law.score[w, 0])
    return [h >= 0 and int(word) >> 8 + h & 1 == 1 for word in series[:, KNOWN]]


def _world(prepared: Prepared, series: Int32s, w: int) -> World:
    resolved, names = prepared.resolved, prepared.built.names
    life, weeks = series[:, LIFE], resolved.weeks
    scored = any(_member(prepared, series, w))
    listed = []
    for side, field in ((Truth.true, TRUE_LISTS), (Truth.false, FALSE_LISTS)):
        for number, name in enumerate(names.lists):
            for begin, end in spans(((series[:, field] >> number) & 1 == 1).tolist(), weeks):
                listed.append((name, side.name, begin, end))
    risk = series[:, RISKS:].max(axis=1, initial=0).astype(np.int64) * 100 // 65535
    grades = names.grades[w]
    return World(
        name=names.worlds[w],
        title=resolved.worlds[w].title,
        without=tuple(resolved.worlds[w].without),
        score=steps(series[:, SCORE_NOW].tolist()) if scored else (),
        grade=steps((series[:, STANDING] & 15).tolist()) if scored and grades else (),
        grades=grades,
        condition=steps((life & 7).tolist()),
        arrears=spans((life & IN_ARREARS != 0).tolist(), weeks),
        throttled=spans((life & THROTTLED != 0).tolist(), weeks),
        listed=tuple(sorted(listed, key=lambda one: (one[2], one[0], one[1]))),
        risk=steps(risk.tolist()) if resolved.worlds[w].schemes else (),
    )


def _seen(prepared: Prepared, series: Int32s) -> list[Event]:
    """Events that are told by the state: knowing and joining a scheme, being reached by somebody else's status."""
    names, law = prepared.built.names, prepared.built.law
    found = []
    for w, world in enumerate(names.worlds):
        schemes = {scheme.scheme for scheme in prepared.resolved.worlds[w].schemes}
        for h, scheme in enumerate(names.schemes):
            if scheme not in schemes:
                continue
            for week, known in steps(((series[:, w, KNOWN] >> h) & 1).tolist()):
                found += [Event(week, world, "knows", about=scheme)] if known else []
            open_to_all = int(law.open_to_all[w]) >> h & 1
            for week, joined in steps(((series[:, w, KNOWN] >> 8 + h) & 1).tolist()):
                found += [Event(week, world, "joins", about=scheme)] if joined and not open_to_all else []
        for x in range(law.channel_tie.shape[1]):
            if law.channel_tie[w, x] < 0:
                continue
            on_list = int(law.channel_list[w, x])
            status = names.lists[on_list] if on_list >= 0 else "grade"
            tie = BACK[Tie(int(law.channel_tie[w, x]))].name
            for truth, field in ((Truth.true, TIED_TRUE), (Truth.false, TIED_FALSE)):
                for week, reached in steps(((series[:, w, field] >> x) & 1).tolist()):
                    if week or reached:
                        what = "reached" if reached else "released"
                        found.append(Event(week, world, what, status=status, truth=truth.name, tie=tie))
    return found


class _Told:
    """Rows of the trace as events."""

    def __init__(self, prepared: Prepared) -> None:
        self.names = prepared.built.names
        self.kinds: dict[int, Callable[..., Event]] = {
            WRITTEN: self._record,
            ARRIVED: self._arrival,
            TOOK_EFFECT: self._effect,
            MOVED: self._points,
            CAME_ON: self._entry,
            CAME_OFF: self._exit,
            TAKEN_BACK: self._back,
            WORK: self._work,
            OWING: self._owing,
        }

    def events(self, rows: list[list[int]]) -> list[Event]:
        """In the order of the rows; denials stand before their need in the trace and become part of it."""
        found: list[Event] = []
        denied: dict[int, dict[str, Any]] = {}
        for case, (t, _, w, what, *more) in enumerate(rows):
            if what == REFUSED:
                denied[w] = self._denial(*more)
            elif what == MET:
                found += self._pattern(case, t, "occasion", self.names.behaviours[more[0]], more[1], {})
            elif what == NEEDED:
                found += self._pattern(case, t, "need", self.names.services[more[0]], more[1], denied)
                denied = {}
            else:
                found.append(self.kinds[what](t, self.names.worlds[w], *more))
        return found

    def _pattern(
        self, case: int, t: int, what: str, about: str, pattern: int, denied: Mapping[int, dict[str, Any]]
    ) -> list[Event]:
        found = []
        for w, world in enumerate(self.names.worlds):
            outcome = Act(pattern >> 2 * w & 3).name if what == "occasion" else Need(pattern >> 3 * w & 7).name
            if outcome != Act.not_reached.name:
                found.append(Event(t, world, what, about, outcome.replace("_", "-"), case=case, **denied.get(w, {})))
        return found

    def _denial(self, _s: int, status: int, flags: int, b: int, r: int, tie: int) -> dict[str, Any]:
        names = self.names
        told: dict[str, Any] = {
            "truth": Truth(flags >> 2 & 1).name,
            "because": names.behaviours[b] if names.behaviours else "",
        }
        told |= {"source": names.sources[r] if names.sources else ""}
        told["status"] = "grade" if status >= GRADE_STATUS else names.lists[status]
        if flags >> 3 == Origin.tie:
            told["tie"] = BACK[Tie(tie)].name if tie >= 0 else "points"
        return told

    def _record(self, t: int, world: str, b: int, r: int, truth: int, *_: int) -> Event:
        return Event(t, world, "record", self.names.behaviours[b], "", self.names.sources[r], Truth(truth).name)

    def _arrival(self, t: int, world: str, b: int, r: int, truth: int, became: int, *_: int) -> Event:
        words = [word for bit, word in BECAME.items() if became & bit] + (["at-once"] if became & AT_ONCE else [])
        names = self.names
        return Event(t, world, "arrival", names.behaviours[b], " ".join(words), names.sources[r], Truth(truth).name)

    def _effect(self, t: int, world: str, b: int, r: int, truth: int, k: int, _lists: int, appeal: int) -> Event:
        names = self.names
        who = (names.behaviours[b], APPEAL_WORDS[appeal], names.sources[r], Truth(truth).name)
        return Event(t, world, "effect", *who, points=k)

    def _points(self, t: int, world: str, b: int, r: int, truth: int, k: int, account: int, tie: int) -> Event:
        names = self.names
        whose = BACK[Tie(tie)].name if account in (TIE_TRUE, TIE_FALSE) else ""
        who = (names.behaviours[b], "tie" if whose else "own", names.sources[r], Truth(truth).name)
        return Event(t, world, "points", *who, tie=whose, points=k)

    def _entry(self, t: int, world: str, on_list: int, side: int, b: int, r: int, fresh: int, *_: int) -> Event:
        names = self.names
        who = (names.lists[on_list], "listed" if fresh else "once-more", names.sources[r], Truth(side).name)
        return Event(t, world, "entry", *who, because=names.behaviours[b])

    def _exit(self, t: int, world: str, on_list: int, side: int, how: int, *_: int) -> Event:
        return Event(t, world, "exit", self.names.lists[on_list], ENDINGS[how], truth=Truth(side).name)

    def _back(self, t: int, world: str, h: int, what: int, truth: int, k: int, *_: int) -> Event:
        outcome = "expired" if what == EXPIRY else "appeal-upheld"
        return Event(t, world, "taken-back", self.names.schemes[h], outcome, truth=Truth(truth).name, points=k)

    def _work(self, t: int, world: str, why: int, *_: int) -> Event:
        return Event(t, world, "work", outcome=WORK_WORDS[why])

    def _owing(self, t: int, world: str, why: int, *_: int) -> Event:
        return Event(t, world, "arrears", outcome=OWING_WORDS[why])
