"""What must hold within a scheme: its score, its lists, where and when it applies, and that these belong together."""

import datetime
from collections.abc import Iterator
from typing import Any

from scorelab.spec.bounds import SCHEME_BOUNDS, bounded
from scorelab.spec.checks_rules import check_consequences, check_rules, idle_rule
from scorelab.spec.checks_sources import check_fusion, check_sources
from scorelab.spec.limits import MOST_GRADES, MOST_LISTS, MOST_RULES, MOST_SOURCES
from scorelab.spec.named import Named, named
from scorelab.spec.places import absent, each, mapping, misspelt, most, number, repeated, sane_date, taken, whole
from scorelab.spec.problems import Finding, called, found
from scorelab.spec.scheme import Campaign, DueProcess, ListClause, Scheme
from scorelab.spec.text import Path


def check_scheme(data: Any) -> Iterator[Finding]:
    """A scheme by itself: what its clauses say, and that they name one another rightly."""
    names = named(data)
    yield from bounded(data, SCHEME_BOUNDS)
    for way in (("in_force",), ("rollout", "*", "date"), ("campaigns", "*", "start"), ("campaigns", "*", "end")):
        yield from sane_date(data, *way)
    yield from most(data, MOST_LISTS, "lists", "lists")
    yield from most(data, MOST_SOURCES, "sources", "sources")
    yield from most(data, MOST_RULES, "rules", "rules")
    yield from most(data, MOST_GRADES, "grades", "score", "grades")
    if isinstance(data, dict) and "scheme" in data:
        yield from taken(("scheme",), "scheme", data["scheme"])
    yield from _check_rollout(data)
    yield from _check_campaigns(data)
    yield from check_sources(data, names)
    yield from check_fusion(data, names)
    yield from _check_score(mapping(mapping(data).get("score")))
    for path, clause in each(data, "lists", "*"):
        yield from taken(path, "list")
        if isinstance(clause, dict):
            yield from _check_list(path, clause, mapping(mapping(data).get("score")), names)
    yield from check_rules(data, names)
    yield from _check_entries(data)
    process = mapping(data).get("due_process")
    if isinstance(process, dict) and absent(process, DueProcess, "told", "window", "appeal"):
        yield Finding(("due_process",), "due_process does nothing; it needs told, window or appeal", key=True)
    yield from check_consequences(data, names)


def _check_rollout(data: Any) -> Iterator[Finding]:
    """Days and shares of counties rise from step to step, and nothing is in force before the scheme is."""
    day, day_of = mapping(data).get("in_force"), "in_force"
    share, share_of = 0.0, ""
    for index, (path, value) in enumerate(each(data, "rollout", "*")):
        step = mapping(value)
        date, reached = step.get("date"), number(step.get("share"))
        if isinstance(date, datetime.date):
            first = day_of == "in_force"
            if isinstance(day, datetime.date) and (date < day if first else date <= day):
                order = "not be before" if first else "be after"
                text = f"{called((*path, 'date'))} should {order} {day_of}, {found(day)}, but is {found(date)}"
                yield Finding((*path, "date"), text)
            day, day_of = date, f"that of entry {index + 1}"
        if reached is not None:
            if reached <= share:
                above = f"{share_of}, which is {found(share)}" if share_of else "0"
                text = f"{called((*path, 'share'))} should be above {above}, but is {found(reached)}"
                yield Finding(_value(path, "share", step), text)
            share, share_of = reached, f"that of entry {index + 1}"


def _value(path: Path, key: str, clause: dict[str, Any]) -> Path:
    """The way to the number of a quantity, bare or with its basis."""
    return (*path, key, "value") if isinstance(clause.get(key), dict) else (*path, key)


def _check_campaigns(data: Any) -> Iterator[Finding]:
    yield from repeated(data, "campaigns", "*", "domains")
    for path, value in each(data, "campaigns", "*"):
        campaign = mapping(value)
        start, end = campaign.get("start"), campaign.get("end")
        if isinstance(start, datetime.date) and isinstance(end, datetime.date) and end <= start:
            text = f"{called((*path, 'end'))} should be after start, {found(start)}, but is {found(end)}"
            yield Finding((*path, "end"), text)
        if campaign and absent(campaign, Campaign, "lifts", "informs", "persuades"):
            yield Finding(path, f"{called(path)} does nothing; it needs lifts, informs or persuades")


def _check_score(score: dict[str, Any]) -> Iterator[Finding]:
    start, low, high = (whole(score.get(key)) for key in ("start", "lowest", "highest"))
    if low is not None and high is not None and low > high:
        yield Finding(("score", "highest"), f"score.highest should be at least lowest, which is {low}, but is {high}")
        return
    if start is not None and (start < (start if low is None else low) or start > (start if high is None else high)):
        yield Finding(("score", "start"), f"score.start should lie between lowest and highest, but is {start}")
    if low is not None and high is not None:
        yield from _check_grades(mapping(score.get("grades")), low, high)


def _check_grades(grades: dict[str, Any], low: int, high: int) -> Iterator[Finding]:
    """Grades begin within the score, each where no other does, and together they cover all of it."""
    owners: dict[int, str] = {}
    clear = True
    for name, value in grades.items():
        path, from_ = ("score", "grades", name), whole(value)
        if from_ is None or not low <= from_ <= high:
            clear = False
        if from_ is None:
            continue
        if not low <= from_ <= high:
            text = f"{called(path)} should lie between {low} and {high}, as the score does, but is {from_}"
            yield Finding(path, text)
        elif owners.setdefault(from_, name) != name:
            text = f"{called(path)} begins at {from_}, as {owners[from_]} does; each grade needs a score of its own"
            yield Finding(path, text)
    if grades and clear and low not in owners:
        below = f"whoever falls below {min(owners)} has no grade"
        text = f"score.grades: {below}; one of them should begin at {low}, the lowest score"
        yield Finding(("score", "grades"), text, key=True)


def _check_list(path: Path, clause: dict[str, Any], score: dict[str, Any], names: Named) -> Iterator[Finding]:
    yield from _check_end(path, clause, names)
    yield from _check_repair(path, clause)
    yield from _check_red(path, clause)
    yield from _check_scores(path, clause, score)


def _check_end(path: Path, clause: dict[str, Any], names: Named) -> Iterator[Finding]:
    """A list ends in exactly one way, and what goes with the other way is not there."""
    name, until = called(path), clause.get("until")
    for key in ("until", "enter_below", "leave_at"):
        by_score = key != "until" or until == "score"
        if not names.scored and by_score and clause.get(key) is not None:
            yield Finding((*path, key), f"{name}.{key} speaks of the score, but this scheme has no score clause")
    if until is not None and clause.get("term_weeks") is not None:
        yield Finding((*path, "term_weeks"), f"{name} ends in two ways; keep either term_weeks or until", key=True)
    if absent(clause, ListClause, "term_weeks", "until"):
        yield Finding(path, f"{name} never ends; it needs either term_weeks or until (settled or score)", key=True)
    if clause.get("leave_at") is not None and until != "score":
        yield Finding((*path, "leave_at"), f"{name}.leave_at goes only with until: score", key=True)
    if names.scored and until == "score" and clause.get("leave_at") is None:
        yield Finding((*path, "until"), f"{name} ends by score and so needs leave_at")
    if clause.get("repeat") is not None and until != "settled":
        yield Finding((*path, "repeat"), f"{name}.repeat goes only with until: settled", key=True)


def _check_repair(path: Path, clause: dict[str, Any]) -> Iterator[Finding]:
    """Who waits for a repair must not be off the list before."""
    after, term = whole(mapping(clause.get("repair")).get("after_weeks")), whole(clause.get("term_weeks"))
    if after is not None and term is not None and after >= term:
        at = (*path, "repair", "after_weeks")
        wanted = f"{called(at)} should be below term_weeks, which is {term}, but is {after}"
        yield Finding(at, f"{wanted}: the term would always end first")


def _check_red(path: Path, clause: dict[str, Any]) -> Iterator[Finding]:
    """A red list honours: nobody falls onto it, and it costs nobody the job."""
    for key, why in (
        ("enter_below", "nobody is honoured for a low score"),
        ("loses_work", "an honour costs nobody the job"),
    ):
        if clause.get("red") is True and clause.get(key) is not None:
            yield Finding((*path, key), f"{called((*path, key))} does not go with red: true; {why}", key=True)


def _check_scores(path: Path, clause: dict[str, Any], score: dict[str, Any]) -> Iterator[Finding]:
    """The scores at which one enters and leaves lie within the score, and in the right order."""
    name, until = called(path), clause.get("until")
    enter, leave = whole(clause.get("enter_below")), whole(clause.get("leave_at"))
    low, high = whole(score.get("lowest")), whole(score.get("highest"))
    if leave is not None and high is not None and leave > high and (enter is None or enter <= high):
        text = (
            f"{name}.leave_at should not be above {high}, where the score ends, but is {leave}: nobody would ever leave"
        )
        yield Finding((*path, "leave_at"), text)
    if enter is None:
        return
    if until == "settled":
        text = f"{name}.enter_below does not go with until: settled, for who enters by score has nothing to settle"
        yield Finding((*path, "enter_below"), text, key=True)
    if leave is not None and leave < enter:
        text = f"{name}.leave_at should be at least enter_below, which is {enter}, but is {leave}"
        yield Finding((*path, "leave_at"), text)
    if low is not None and high is not None and low <= high and not low < enter <= high:
        text = f"{name}.enter_below should lie above {low} and not above {high}, as the score does, but is {enter}"
        yield Finding((*path, "enter_below"), text)


def _check_entries(data: Any) -> Iterator[Finding]:
    """Lists that nobody can ever come onto, unless a word at fault elsewhere may be what leads onto them."""
    lists = mapping(mapping(data).get("lists"))
    rules = [mapping(rule) for _, rule in each(data, "rules", "*")]
    named = {rule["onto"] for rule in rules if isinstance(rule.get("onto"), str)}
    idle = any(idle_rule(rule) for rule in rules)
    shapeless = len(named) < len({str(rule["onto"]) for rule in rules if rule.get("onto") is not None})
    if named - set(lists) or idle or shapeless or misspelt(mapping(data), Scheme, "rules"):
        return
    if not isinstance(mapping(data).get("rules", []), list):
        return
    takes = any(_takes(rule) for rule in rules)
    for name, value in lists.items():
        clause, path = mapping(value), ("lists", name)
        if not clause or name in named or misspelt(clause, ListClause, "enter_below"):
            continue
        if clause.get("enter_below") is None:
            text = f"nothing leads onto {called(path)}; it needs a rule with onto: {name}, or enter_below and a score"
            yield Finding(path, text, key=True)
        elif not takes:
            text = f"nothing leads onto {called(path)}: no rule takes points, and none has onto: {name}"
            yield Finding(path, text, key=True)


def _takes(rule: dict[str, Any]) -> bool:
    """Whether a rule takes points, or would if they were set; points of 0 may be a question."""
    points = [rule.get("points"), mapping(rule.get("discretion")).get("to")]
    return rule.get("to_grade") is not None or any(item is not None and (whole(item) or 0) <= 0 for item in points)
