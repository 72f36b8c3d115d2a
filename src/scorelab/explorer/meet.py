"""Meeting one synthetic person: found among those to whom something happened, and lived again in every world.

Beside the worlds of the page stand the scheme without each of its mechanisms, the scheme as it was opened, and, where
that is asked for, a world in which this person alone is left out.
"""

import dataclasses
from typing import Any

from scorelab.charts.lives import MARKS, NARROW, WIDE, marks_of, symbol, timeline
from scorelab.explorer import people
from scorelab.explorer.asked import Whom
from scorelab.explorer.sums import facts_in_memory
from scorelab.explorer.told import Told
from scorelab.lives.account import account
from scorelab.lives.alone import with_alone
from scorelab.lives.choose import Found, named
from scorelab.lives.life import ALONE, INVENTED, Life
from scorelab.lives.replay import life_of, replay
from scorelab.report.life import described, telling
from scorelab.report.lives import paragraphs
from scorelab.runs.again import Lived
from scorelab.runs.lives import prepare
from scorelab.spec.limits import MOST_WORLDS
from scorelab.spec.resolved import SOURCE, Resolved, ResolvedWorld
from scorelab.spec.together import check_union
from scorelab.words import Switch

Asked = tuple[Resolved, Resolved | None, Whom, int, tuple[str, ...]]
"""The experiment, the one that it was made of, who is met, which lot, and what is asked about this life."""
AS_OPENED = "as-opened"
MOST_EVENTS = 300
WORDS: dict[str, str] = {
    Switch.false_records: "had no source erred",
    Switch.ties: "if nobody paid for somebody else",
    Switch.spiral: "if the scheme cost nobody work or money",
    ALONE: "if the scheme left this person out",
}
"""What can be asked about a life."""
USUAL = (Switch.false_records, Switch.ties)
"""What is asked about every life."""


def met(asked: Asked, lived: Lived, told: Told) -> dict[str, Any]:
    """A life as the page shows it. Raises InputError for a person that cannot be, RunError where there is nobody."""
    resolved, original, whom, draw, what_if = asked
    found = _found(resolved, lived, whom, draw)
    told.alive()
    life = _again(_worlds(resolved, original, what_if), found, told, alone=ALONE in what_if)
    beside = None
    if found.chosen.kind != "random":
        other = _found(resolved, lived, Whom(), draw)
        told.alive()
        one = _again(resolved, other, told, alone=False)
        beside = {"id": one.who.id, "chosen": one.chosen.words, "account": list(one.account)}
    return {**_shown(life), "what_if": _offered(resolved), "asked": list(what_if), "beside": beside}


def _found(resolved: Resolved, lived: Lived, whom: Whom, draw: int) -> Found:
    if whom.kind == "person":
        return named(resolved, whom.person or "")
    return people.find(
        lived, facts_in_memory(resolved), whom.kind, draw, attribute=whom.attribute, value=whom.value or ""
    )


def _again(resolved: Resolved, found: Found, told: Told, *, alone: bool) -> Life:
    """The person's life in all worlds of an experiment."""
    prepared = prepare(with_alone(resolved) if alone else resolved)
    last = len(prepared.resolved.worlds) - 1 if alone else None
    lived = replay(prepared, found.task, [found.person], left_out=last, alive=told.alive)
    life = life_of(prepared, lived, found.person, found.chosen)
    return dataclasses.replace(life, account=account(life))


def _worlds(resolved: Resolved, original: Resolved | None, what_if: tuple[str, ...]) -> Resolved:
    """The experiment with the worlds that say more about a life: as many as there is room for, in this order."""
    focus = resolved.world(resolved.focus)
    kept = [resolved.world(resolved.against), focus] if resolved.against != resolved.focus else [focus]
    more = [_without(focus, switch) for switch in dict.fromkeys([*what_if, *USUAL]) if switch != ALONE]
    if original is not None:
        before = original.world(original.focus)
        opened = dataclasses.replace(before, name=AS_OPENED, title=f"{before.title}, as it was opened")
        same = dataclasses.replace(before, name=focus.name, title=focus.title) == focus
        alike = (original.society, original.margins, original.seed) == (
            resolved.society,
            resolved.margins,
            resolved.seed,
        )
        union = [world.schemes for world in (*kept, opened)]
        if not same and alike and not list(check_union(union)):
            more.insert(0, opened)
    room = MOST_WORLDS - (ALONE in what_if)
    seen = {(world.name, world.title) for world in kept}
    worlds = [*kept, *(world for world in more if (world.name, world.title) not in seen)][:room]
    return dataclasses.replace(resolved, worlds=worlds)


def _without(focus: ResolvedWorld, switch: str) -> ResolvedWorld:
    """The focus without one mechanism more."""
    title = f"{focus.title}, {WORDS.get(switch, f'without {_plain(switch)}')}"
    name = "without-" + "-".join(part for part in switch.replace("_", "-").replace(":", "-").split("-") if part)
    return dataclasses.replace(focus, name=name, title=title, without=sorted({*focus.without, switch}))


def _plain(switch: str) -> str:
    return switch.removeprefix(SOURCE).replace("-", " ").replace("_", " ")


def _offered(resolved: Resolved) -> list[dict[str, str]]:
    """What can be asked about a life under the focus: its mechanisms, and each of its sources."""
    focus = resolved.world(resolved.focus)
    sources = sorted({name for scheme in focus.schemes for name in scheme.sources})
    switches = [*WORDS, *(f"{SOURCE}{name}" for name in sources)]
    return [
        {"switch": switch, "label": WORDS.get(switch, f"without the source {_plain(switch)}")}
        for switch in switches
        if switch not in focus.without
    ]


def _shown(life: Life) -> dict[str, Any]:
    titles = {world.name: world.title for world in life.worlds}
    used = {name for group in life.alike() for _, name in marks_of(life, group[0].name)}
    events = [
        {
            "date": life.date(event.week).isoformat(),
            "week": event.week,
            "what": event.what,
            "about": described(life, event),
            "where": "all worlds" if len(worlds) == len(life.worlds) else "; ".join(titles[name] for name in worlds),
        }
        for event, worlds in telling(life)
    ]
    return {
        "id": life.who.id,
        "invented": INVENTED,
        "chosen": life.chosen.words,
        "kind": life.chosen.kind,
        "account": list(life.account),
        "paragraphs": paragraphs(life),
        "timeline": {"wide": timeline(life, WIDE), "narrow": timeline(life, NARROW)},
        "keys": [{"svg": symbol(mark.name), "words": mark.words} for mark in MARKS if mark.name in used],
        "events": events[:MOST_EVENTS],
        "more_events": max(0, len(events) - MOST_EVENTS),
        "worlds": [{"name": world.name, "title": world.title} for world in life.worlds],
    }
