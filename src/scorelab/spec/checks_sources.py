"""What must hold of the sources of a scheme: how often they err, at whom they look, and which are joined."""

from collections.abc import Iterator
from typing import Any

from scorelab.spec.named import Named, unknown_grades, unknown_lists
from scorelab.spec.places import absent, each, mapping, repeated, sequence, unknown_words, whole
from scorelab.spec.problems import Finding, called
from scorelab.spec.scheme import Attention, Mistakes


def check_sources(data: Any, names: Named) -> Iterator[Finding]:
    """Sources one by one."""
    for path, value in each(data, "sources", "*", "mistakes"):
        clause, name = mapping(value), called(path)
        if clause.get("per_year") is not None and clause.get("matching") is not None:
            text = f"{name} says in two ways how many there are; keep either per_year or matching"
            yield Finding((*path, "matching"), text, key=True)
        elif clause and absent(clause, Mistakes, "per_year", "matching"):
            text = f"{name} does not say how many there are; it needs either per_year or matching"
            yield Finding(path, text, key=True)
    for key in ("while_on", "while_grade"):
        yield from repeated(data, "sources", "*", "attention", key)
    for path, value in each(data, "sources", "*", "attention"):
        clause = mapping(value)
        if clause and absent(clause, Attention, "while_on", "while_grade"):
            yield Finding(path, f"{called(path)} does not say to whom; it needs while_on or while_grade", key=True)
        yield from unknown_lists((*path, "while_on"), clause.get("while_on"), names)
        yield from unknown_grades((*path, "while_grade"), clause.get("while_grade"), names)


def check_fusion(data: Any, names: Named) -> Iterator[Finding]:
    """The sources that are joined: known ones, at least two, and no more needed than there are."""
    fusion = mapping(mapping(data).get("fusion"))
    yield from repeated(data, "fusion", "of")
    if names.sources is not None:
        yield from unknown_words(("fusion", "of"), fusion.get("of"), names.sources, "source", " in this scheme")
    count, needs = len({str(word) for word in sequence(fusion.get("of"))}), whole(fusion.get("needs", 1))
    if needs is not None and count > 1 and needs > count:
        text = f"fusion.needs should not be above {count}, the number of sources that are joined, but is {needs}"
        yield Finding(("fusion", "needs"), text)
    if needs is not None and needs < 2 and fusion.get("confirms") is not None:
        yield Finding(("fusion", "confirms"), "fusion.confirms goes only with needs above 1", key=True)
