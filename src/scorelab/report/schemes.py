"""What two schemes are, in words, aspect by aspect; and every value in which two editions of one scheme differ."""

from collections.abc import Callable
from typing import Any

from scorelab.charts.ablation import lacks
from scorelab.charts.numbers import as_given
from scorelab.measures.lab import Facts, World
from scorelab.runs.folder import differences
from scorelab.spec.scheme import Consequence, ListClause, Rule, Scheme, Source

WHOM = {
    "self": "the person",
    "partner": "the partner",
    "parent": "parents",
    "child": "children",
    "household": "the household",
    "friend": "friends",
    "colleague": "colleagues",
}
Said = Callable[[str], str]


def aspects(facts: Facts, world: World) -> dict[str, list[str]]:
    """Aspect -> what the world's schemes say on it, one line each; the same aspects for every world."""

    def said(name: str) -> str:
        words = facts.said(name)
        return words if words[1:2].isupper() else words[:1].lower() + words[1:]

    told: dict[str, list[str]] = {
        name: [line for scheme in world.schemes for line in tell(scheme, said)] for name, tell in _ASPECTS.items()
    }
    missing = [f"without {lacks(word)}" for word in world.without]
    told["Taken out of this world"] = missing + (["fresh chance for false records"] if world.placebo else [])
    return told


def _when(scheme: Scheme, _: Said) -> list[str]:
    lines = [f"from {scheme.in_force}"]
    if scheme.rollout:
        lines = [f"from {step.date} in {_share(step.share.value)} of the counties" for step in scheme.rollout]
    if scheme.opt_in is not None:
        lines.append(f"only for adults who join, {_share(scheme.opt_in.share.value)} of them at once")
    return lines


def _watches(scheme: Scheme, said: Said) -> list[str]:
    return [_source(name, source, said) for name, source in sorted(scheme.sources.items())]


def _source(name: str, source: Source, said: Said) -> str:
    of = ", ".join(said(behaviour) for behaviour in sorted(source.watches))
    errs = "" if source.mistakes is not None else "; is never wrong"
    return f"{said(name)} ({source.kind}): {of}{errs}"


def _scores(scheme: Scheme, _: Said) -> list[str]:
    score = scheme.score
    if score is None:
        return []
    grades = sorted(score.grades, key=lambda name: score.grades[name])
    bands = f"; grades {', '.join(grades)}" if grades else ""
    return [f"begins at {score.start}, from {score.lowest} to {score.highest}{bands}"]


def _rules(scheme: Scheme, said: Said) -> list[str]:
    return [_rule(rule, said) for rule in scheme.rules]


def _rule(rule: Rule, said: Said) -> str:
    leads = [f"{rule.points:+d} points".replace("-", "−")] if rule.points else []
    if rule.to_grade:
        leads.append(f"down to the grade {rule.to_grade}")
    if rule.onto:
        leads.append(f"onto the list {said(rule.onto)}")
    if rule.fine:
        leads.append("a fine")
    if rule.along:
        leads.append(f"a part of it for {', '.join(WHOM.get(tie, str(tie)) for tie in rule.along)}")
    if rule.after:
        leads.append(f"from the {rule.after.count}th time on")
    return f"{', '.join(said(word) for word in rule.when)}: {', '.join(leads)}"


def _lists(scheme: Scheme, said: Said) -> list[str]:
    return [f"{said(name)}{_list(one)}" for name, one in sorted(scheme.lists.items())]


def _list(one: ListClause) -> str:
    parts = ["an honour"] if one.red else []
    if one.term_weeks is not None:
        parts.append(f"{one.term_weeks} weeks")
    elif one.until == "settled":
        parts.append("until settled")
    elif one.until == "score":
        parts.append(f"until the score is {one.leave_at}")
    if one.enter_below is not None:
        parts.append(f"for scores below {one.enter_below}")
    if one.published:
        parts.append("published")
    if one.repair is not None:
        parts.append(f"ends on request after {one.repair.after_weeks} weeks")
    return f": {', '.join(parts)}" if parts else ""


def _status(one: Consequence, said: Said) -> str:
    return f"on {said(one.while_on)}" if one.while_on else f"grade {' or '.join(one.while_grade)}"


def _closes(scheme: Scheme, said: Said) -> list[str]:
    lines = []
    for one in scheme.consequences:
        closed = [said(service) for service in one.bar]
        if one.throttle is not None:
            closed.append(f"{_share(one.throttle.value)} of what is done online")
        if closed:
            part = f"{_share(one.share.value)} of " if one.share is not None and one.share.value < 1 else ""
            lines.append(f"{_status(one, said)}, for {WHOM[one.whom]}: {part}{', '.join(closed)}")
    return lines


def _opens(scheme: Scheme, said: Said) -> list[str]:
    return [
        f"{_status(one, said)}, for {WHOM[one.whom]}: {', '.join(said(name) for name in one.favour)}"
        for one in scheme.consequences
        if one.favour
    ]


def _process(scheme: Scheme, _: Said) -> list[str]:
    process = scheme.due_process
    if process is None:
        return []
    lines = [f"{_share(process.told.value)} are told of a record"] if process.told is not None else []
    if process.window is not None:
        lines.append(f"{process.window.weeks} weeks from the notice of a record to its effect")
    if process.appeal is not None:
        lines.append(f"an appeal, decided after {process.appeal.weeks} weeks")
    return lines


def _share(value: float) -> str:
    return f"{as_given(round(100 * value, 6))} %"


_ASPECTS: dict[str, Callable[[Scheme, Said], list[str]]] = {
    "In force": _when,
    "Watches": _watches,
    "Score": _scores,
    "What a record leads to": _rules,
    "Lists": _lists,
    "Closes": _closes,
    "Opens": _opens,
    "Due process": _process,
}


def edited(a: World, b: World) -> list[str] | None:
    """``path: value -> value`` of two editions of the same schemes and of the response; None for other schemes."""
    if sorted(one.scheme for one in a.schemes) != sorted(one.scheme for one in b.schemes):
        return None
    return differences(_parts(a), _parts(b))


def responses(a: World, b: World) -> list[str]:
    """In what the people of two worlds respond otherwise, as ``path: value -> value``."""
    one, other = (world.but_for("schemes")["response"] for world in (a, b))
    return differences(one, other, "response")


def _parts(world: World) -> dict[str, Any]:
    schemes = {scheme.scheme: scheme.model_dump(mode="json", exclude={"title", "about"}) for scheme in world.schemes}
    return {**schemes, "without": list(world.without), "placebo": world.placebo}
