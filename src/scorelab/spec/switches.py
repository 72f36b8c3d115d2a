"""What a world is lived without: each switch takes one mechanism out of its schemes or out of its people's response.

A resolved experiment keeps worlds as they were written, with the words of their switches; whoever makes tables of a
world asks here for what is left of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import SOURCE, ResolvedWorld
from scorelab.spec.scheme import Consequence, ListClause, Rule, Scheme, Source
from scorelab.spec.society import Response
from scorelab.spec.who import Group
from scorelab.words import Switch

NOTHING = Quantity(value=0.0, note="switched off")


@dataclass(frozen=True)
class Left:
    """What is left of a world: its schemes, its people's response, and what the society does with a refused place."""

    schemes: tuple[Scheme, ...]
    response: Response
    spiral: bool = True
    refill: bool = True
    fines: bool = True


def left(world: ResolvedWorld) -> Left:
    """The world without what it is lived without."""
    found = Left(tuple(world.schemes), world.response)
    for word in world.without:
        if word.startswith(SOURCE):
            found = _schemes(found, partial(_without_source, name=word.removeprefix(SOURCE)))
        else:
            found = _EDITS[Switch(word)](found)
    return found


def _schemes(given: Left, edit: Callable[[Scheme], Scheme]) -> Left:
    return replace(given, schemes=tuple(edit(scheme) for scheme in given.schemes))


def _response(*names: str) -> Callable[[Left], Left]:
    """Sets some numbers of the response to nothing."""

    def edit(given: Left) -> Left:
        return replace(given, response=given.response.model_copy(update=dict.fromkeys(names, NOTHING)))

    return edit


def _scheme(**update: Any) -> Callable[[Left], Left]:
    """Sets some parts of every scheme."""
    return lambda given: _schemes(given, lambda scheme: scheme.model_copy(update=update))


def _sources(edit: Callable[[Source], dict[str, Any]]) -> Callable[[Left], Left]:
    def every(scheme: Scheme) -> Scheme:
        changed = {name: source.model_copy(update=edit(source)) for name, source in scheme.sources.items()}
        return scheme.model_copy(update={"sources": changed})

    return lambda given: _schemes(given, every)


def _lists(edit: Callable[[ListClause], dict[str, Any]]) -> Callable[[Left], Left]:
    def every(scheme: Scheme) -> Scheme:
        changed = {name: clause.model_copy(update=edit(clause)) for name, clause in scheme.lists.items()}
        return scheme.model_copy(update={"lists": changed})

    return lambda given: _schemes(given, every)


def _rules(edit: Callable[[Rule], dict[str, Any]]) -> Callable[[Left], Left]:
    def every(scheme: Scheme) -> Scheme:
        return scheme.model_copy(update={"rules": [rule.model_copy(update=edit(rule)) for rule in scheme.rules]})

    return lambda given: _schemes(given, every)


def _consequences(edit: Callable[[Consequence], dict[str, Any] | None]) -> Callable[[Left], Left]:
    """Changes consequences, and drops those for which the edit says None."""

    def every(scheme: Scheme) -> Scheme:
        changes = ((clause, edit(clause)) for clause in scheme.consequences)
        kept = [clause.model_copy(update=update) for clause, update in changes if update is not None]
        return scheme.model_copy(update={"consequences": kept})

    return lambda given: _schemes(given, every)


def _both(*edits: Callable[[Left], Left]) -> Callable[[Left], Left]:
    def edit(given: Left) -> Left:
        for one in edits:
            given = one(given)
        return given

    return edit


def _without_source(scheme: Scheme, name: str) -> Scheme:
    sources = {word: source for word, source in scheme.sources.items() if word != name}
    fusion = scheme.fusion
    if fusion is not None and name in fusion.of:
        others = [word for word in fusion.of if word != name]
        fusion = fusion.model_copy(update={"of": others, "needs": min(fusion.needs, len(others))}) if others else None
    return scheme.model_copy(update={"sources": sources, "fusion": fusion})


def _unaware(scheme: Scheme) -> Scheme:
    campaigns = [campaign.model_copy(update={"informs": NOTHING}) for campaign in scheme.campaigns]
    return scheme.model_copy(update={"aware": NOTHING, "campaigns": campaigns})


def _due_process(part: str, instead: Quantity | None = None) -> Callable[[Left], Left]:
    def every(scheme: Scheme) -> Scheme:
        process = scheme.due_process
        changed = process.model_copy(update={part: instead}) if process is not None else None
        return scheme.model_copy(update={"due_process": changed})

    return lambda given: _schemes(given, every)


def _agreed(rule: Rule) -> dict[str, Any]:
    """Every official stays in the middle of the range."""
    if rule.discretion is None:
        return {}
    return {"discretion": rule.discretion.model_copy(update={"disagreement": NOTHING})}


def _alike(group: Group) -> Group:
    """The same for women and men, town and country, poor and rich; by age it stays, since that says whom it is for."""
    return group.model_copy(update={"sex": {}, "residence": {}, "quintile": {}})


def _errs_alike(source: Source) -> dict[str, Any]:
    mistakes = source.mistakes
    return {} if mistakes is None else {"mistakes": mistakes.model_copy(update={"who": _alike(mistakes.who)})}


def _no_recovery(scheme: Scheme) -> Scheme:
    score = scheme.score
    changed = score.model_copy(update={"recovery_per_week": 0}) if score is not None else None
    return scheme.model_copy(update={"score": changed})


_EDITS: dict[Switch, Callable[[Left], Left]] = {
    Switch.false_records: _sources(lambda _: {"mistakes": None}),
    Switch.ties: _both(_consequences(lambda c: {} if c.whom == "self" else None), _rules(lambda _: {"along": {}})),
    Switch.information_ties: _response("talk"),
    Switch.publicity: _lists(lambda _: {"published": False}),
    Switch.campaigns: _scheme(campaigns=[]),
    Switch.awareness: lambda given: _schemes(given, _unaware),
    Switch.deterrence: _response("sensitivity", "reward", "crowding"),
    Switch.chilling: _response("chilling"),
    Switch.nearness: _response("nearness"),
    Switch.spread: _response("spread"),
    Switch.diffusion: _response("diffusion"),
    Switch.displacement: _response("displacement"),
    Switch.contagion: _response("contagion"),
    Switch.backlash: _response("backlash"),
    Switch.defiance: _response("defiance"),
    Switch.crowding_out: _response("crowding"),
    Switch.not_asking: _response("not_asking"),
    Switch.refill: lambda given: replace(given, refill=False),
    Switch.spiral: lambda given: replace(given, spiral=False),
    Switch.stigma: _both(_response("stigma", "shunned"), _lists(lambda _: {"loses_work": NOTHING})),
    Switch.fines: lambda given: replace(given, fines=False),
    Switch.felt_loss: _response("felt_loss"),
    Switch.favours: _consequences(lambda _: {"favour": {}}),
    Switch.throttling: _consequences(lambda _: {"throttle": None}),
    Switch.recovery: lambda given: _schemes(given, _no_recovery),
    Switch.discretion: _rules(_agreed),
    Switch.escalation: _both(
        _lists(lambda _: {"repeat": None}),
        lambda given: _schemes(
            given, lambda scheme: scheme.model_copy(update={"rules": [r for r in scheme.rules if r.after is None]})
        ),
    ),
    Switch.caps: _rules(lambda _: {"at_most": None}),
    Switch.review: _sources(lambda _: {"review": None}),
    Switch.delay: _sources(lambda _: {"delay_weeks": 0}),
    Switch.fusion: _scheme(fusion=None),
    Switch.attention: _sources(lambda _: {"attention": None}),
    Switch.selection: _sources(lambda _: {"selects": None}),
    Switch.unequal_exposure: _sources(lambda source: {"sees": _alike(source.sees)}),
    Switch.unequal_error: _sources(_errs_alike),
    Switch.notice: _both(_lists(lambda _: {"notice": NOTHING}), _due_process("told", NOTHING)),
    Switch.window: _due_process("window"),
    Switch.appeals: _due_process("appeal"),
    Switch.corrections: _lists(lambda _: {"corrected_per_year": NOTHING}),
    Switch.expiry: _rules(lambda _: {"expires_weeks": None}),
    Switch.repair: _lists(lambda _: {"repair": None}),
    Switch.rollout: _scheme(rollout=[]),
    Switch.opt_in: _scheme(opt_in=None),
}
assert set(_EDITS) == set(Switch), "a switch without an edit"
