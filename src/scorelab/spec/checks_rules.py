"""What must hold of the rules and the consequences of a scheme: that each does something, and to whom it may."""

from collections.abc import Iterator
from typing import Any

from scorelab.spec.named import Named, unknown_grades, unknown_lists
from scorelab.spec.places import absent, each, mapping, repeated, sequence, whole
from scorelab.spec.problems import Finding, called, found
from scorelab.spec.scheme import Consequence, Rule
from scorelab.spec.text import Path


def idle_rule(rule: dict[str, Any]) -> bool:
    """Whether a rule does nothing."""
    return not rule.get("fine") and all(rule.get(key) is None for key in ("points", "onto", "to_grade"))


def check_rules(data: Any, names: Named) -> Iterator[Finding]:
    """Rules one by one, and that no two put the same people onto the same list."""
    yield from repeated(data, "rules", "*", "when")
    onto_of: dict[tuple[str, str], str] = {}
    for path, value in each(data, "rules", "*"):
        rule = mapping(value)
        if rule and absent(rule, Rule, "points", "onto", "to_grade", "fine"):
            yield Finding(path, f"{called(path)} does nothing; it needs points, onto, to_grade or fine")
        yield from _check_points(path, rule, names)
        yield from _check_memory(path, rule)
        onto = rule.get("onto")
        yield from unknown_lists((*path, "onto"), onto, names)
        for index, word in enumerate(sequence(rule.get("when"))):
            if isinstance(word, str) and isinstance(onto, str) and rule.get("after") is None:
                first = onto_of.setdefault((word, onto), called(path))
                if first != called(path):
                    text = f"{called(path)}: {first} already puts {found(word)} onto {found(onto)}"
                    yield Finding((*path, "when", index), text)


def _check_points(path: Path, rule: dict[str, Any], names: Named) -> Iterator[Finding]:
    """What moves the score, and what only makes sense with it."""
    points, grade = rule.get("points"), rule.get("to_grade")
    if points is not None and not names.scored:
        text = f"{called((*path, 'points'))}: this scheme has no score clause for points to move"
        yield Finding((*path, "points"), text, key=True)
    if points is not None and grade is not None:
        text = f"{called(path)} moves the score in two ways; keep either points or to_grade"
        yield Finding((*path, "to_grade"), text, key=True)
    yield from unknown_grades((*path, "to_grade"), grade, names)
    grades = {word: whole(from_) for word, from_ in mapping(names.grades).items()}
    lowest = [from_ for from_ in grades.values() if from_ is not None]
    if isinstance(grade, str) and grades.get(grade) is not None and grades[grade] == max(lowest):
        text = f"{called((*path, 'to_grade'))}: no grade is above {found(grade)}, so nobody would be led down into it"
        yield Finding((*path, "to_grade"), text)
    for key, needs in (
        ("discretion", ("points",)),
        ("at_most", ("points",)),
        ("expires_weeks", ("points", "to_grade")),
        ("along", ("points", "to_grade")),
    ):
        if rule.get(key) not in (None, {}) and absent(rule, Rule, *needs):
            text = f"{called((*path, key))} goes only with {' or '.join(needs)}"
            yield Finding((*path, key), text, key=True)


def _check_memory(path: Path, rule: dict[str, Any]) -> Iterator[Finding]:
    """A rule remembers one thing of a person: how many records there were, or how many points it has moved."""
    if rule.get("after") is not None and rule.get("at_most") is not None:
        text = f"{called(path)} would have to remember two things; keep either after or at_most"
        yield Finding((*path, "at_most"), text, key=True)


def check_consequences(data: Any, names: Named) -> Iterator[Finding]:
    """Consequences one by one."""
    for key in ("bar", "while_grade"):
        yield from repeated(data, "consequences", "*", key)
    for path, value in each(data, "consequences", "*"):
        clause = mapping(value)
        if clause:
            yield from _check_status(path, clause, names)
            yield from _check_effect(path, clause)
            yield from _check_whose(path, clause, names)


def _check_status(path: Path, clause: dict[str, Any], names: Named) -> Iterator[Finding]:
    """It holds while one is on a list or of a grade, and not both."""
    grades = clause.get("while_grade")
    if clause.get("while_on") is not None and grades:
        text = f"{called(path)} holds under two conditions; keep either while_on or while_grade"
        yield Finding((*path, "while_grade"), text, key=True)
    if absent(clause, Consequence, "while_on", "while_grade"):
        yield Finding(path, f"{called(path)} does not say when it holds; it needs either while_on or while_grade")
    yield from unknown_lists((*path, "while_on"), clause.get("while_on"), names)
    yield from unknown_grades((*path, "while_grade"), grades, names)


def _check_effect(path: Path, clause: dict[str, Any]) -> Iterator[Finding]:
    """It does something, and to the right people."""
    if absent(clause, Consequence, "bar", "favour", "throttle", "lose_favours"):
        yield Finding(path, f"{called(path)} does nothing; it needs bar, favour, throttle or lose_favours")
    if clause.get("share") is not None and absent(clause, Consequence, "bar"):
        yield Finding((*path, "share"), f"{called((*path, 'share'))} goes only with bar", key=True)
    whom = clause.get("whom")
    if isinstance(whom, str) and whom != "self" and clause.get("favour"):
        text = f"{called((*path, 'favour'))} goes only with whom: self, but whom is {found(whom)}"
        yield Finding((*path, "favour"), text, key=True)
    if whom == "self" and clause.get("lose_favours") is True:
        text = f"{called((*path, 'lose_favours'))} goes only along a tie, but whom is {found(whom)}"
        yield Finding((*path, "lose_favours"), text, key=True)


def _check_whose(path: Path, clause: dict[str, Any], names: Named) -> Iterator[Finding]:
    """Neither an honour nor the grade in which everybody begins may close anything."""
    word = clause.get("while_on")
    honour = isinstance(word, str) and mapping(mapping(names.lists).get(word)).get("red") is True
    for key in ("bar", "throttle"):
        if honour and clause.get(key):
            text = f"{called((*path, key))}: {found(word)} is a red list, an honour that closes nothing; it may favour"
            yield Finding((*path, key), text, key=True)
    tied = isinstance(clause.get("whom"), str) and clause["whom"] != "self"
    done = "barred" if clause.get("bar") else "throttled" if clause.get("throttle") else "reached" if tied else ""
    for index, grade in enumerate(sequence(clause.get("while_grade"))):
        if done and isinstance(grade, str) and grade == names.first:
            at = (*path, "while_grade", index)
            begins = f"everybody begins in {found(grade)} and would be {done} from the first day"
            yield Finding(at, f"{called(at[:-1])}: {begins}; name other grades")
        elif (clause.get("bar") or clause.get("throttle")) and _above_the_first(grade, names):
            at = (*path, "while_grade", index)
            above = f"{found(grade)} lies above the grade in which everybody begins, and closes nothing"
            yield Finding(at, f"{called(at[:-1])}: {above}; it may favour. Where much is bad, let the score count down")


def _above_the_first(grade: Any, names: Named) -> bool:
    """Whether a grade lies above the one in which everybody begins."""
    mine, first = (whole(mapping(names.grades).get(str(word))) for word in (grade, names.first))
    return mine is not None and first is not None and mine > first
