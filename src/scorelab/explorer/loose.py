"""What hangs loose in a scheme once something that it rests on is switched off, and can go with it."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from scorelab.spec.places import each, mapping, number, sequence, whole
from scorelab.spec.problems import called, found
from scorelab.spec.text import Path


class Loose(NamedTuple):
    """An entry that rests on something that is not there, and why it goes, in words."""

    path: Path
    why: str


def loose(scheme: Any) -> list[Loose]:
    """Every entry of a scheme that speaks of a source, a list or a grade that is not there."""
    data = mapping(scheme)
    lists = mapping(data.get("lists"))
    grades = mapping(mapping(data.get("score")).get("grades"))
    return [
        *_fusion(data),
        *_rules(data, lists),
        *_lists(data, lists),
        *_consequences(data, lists, grades),
        *_attention(data, lists, grades),
    ]


def _gone(words: list[Any], known: Collection[str]) -> list[int]:
    """Which of some words name nothing."""
    return [index for index, word in enumerate(words) if isinstance(word, str) and word not in known]


def _fusion(data: dict[str, Any]) -> Iterator[Loose]:
    fusion, sources = mapping(data.get("fusion")), mapping(data.get("sources"))
    of = sequence(fusion.get("of"))
    gone = _gone(of, sources)
    needs = whole(fusion.get("needs", 1)) or 1
    if not gone:
        return
    if len(of) - len(gone) < max(2, needs):
        yield Loose(("fusion",), "the joining of sources, of which too few are left")
    else:
        yield Loose(("fusion", "of", gone[0]), f"{of[gone[0]]} among the sources that are joined")


def _rules(data: dict[str, Any], lists: dict[str, Any]) -> Iterator[Loose]:
    watched = {str(path[-1]) for path, _ in each(data, "sources", "*", "watches", "*")}
    for path, value in each(data, "rules", "*"):
        rule = mapping(value)
        when = sequence(rule.get("when"))
        gone = _gone(when, watched)
        if when and len(gone) == len(when):
            yield Loose(path, f"{called(path)}, since no source watches {_named(when)}")
        elif gone:
            yield Loose((*path, "when", gone[0]), f"{when[gone[0]]} in {called(path)}, which no source watches")
        onto = rule.get("onto")
        if isinstance(onto, str) and onto not in lists and len(gone) < len(when):
            if any(rule.get(key) for key in ("points", "to_grade", "fine")):
                yield Loose((*path, "onto"), f"the list {found(onto)} in {called(path)}")
            else:
                yield Loose(path, f"{called(path)}, which leads onto the list {found(onto)} alone")


def _lists(data: dict[str, Any], lists: dict[str, Any]) -> Iterator[Loose]:
    rules = [mapping(rule) for rule in sequence(data.get("rules"))]
    named = {str(rule.get("onto")) for rule in rules}
    takes = any(_takes(rule) for rule in rules)
    for name, clause in lists.items():
        by_score = mapping(clause).get("enter_below") is not None
        if name not in named and not (by_score and takes):
            yield Loose(("lists", name), f"the list {found(name)}, onto which nothing leads")


def _takes(rule: dict[str, Any]) -> bool:
    points = [rule.get("points"), mapping(rule.get("discretion")).get("to")]
    return rule.get("to_grade") is not None or any(item is not None and (number(item) or 0) <= 0 for item in points)


def _consequences(data: dict[str, Any], lists: dict[str, Any], grades: dict[str, Any]) -> Iterator[Loose]:
    for path, value in each(data, "consequences", "*"):
        clause = mapping(value)
        word = clause.get("while_on")
        if isinstance(word, str) and word not in lists:
            yield Loose(path, f"{called(path)}, which holds for whoever is on the list {found(word)}")
        wanted = sequence(clause.get("while_grade"))
        if wanted and len(_gone(wanted, grades)) == len(wanted):
            yield Loose(path, f"{called(path)}, which holds for grades that are not there")


def _attention(data: dict[str, Any], lists: dict[str, Any], grades: dict[str, Any]) -> Iterator[Loose]:
    for path, value in each(data, "sources", "*", "attention"):
        clause = mapping(value)
        on, graded = sequence(clause.get("while_on")), sequence(clause.get("while_grade"))
        gone = _gone(on, lists)
        if (on or graded) and len(gone) == len(on) and len(_gone(graded, grades)) == len(graded):
            yield Loose(path, f"the closer look of {path[1]}, for the lists or grades that it is for are not there")
        elif gone:
            yield Loose((*path, "while_on", gone[0]), f"the list {found(on[gone[0]])} in the closer look of {path[1]}")


def _named(words: list[Any]) -> str:
    shown = [str(word) for word in words]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
