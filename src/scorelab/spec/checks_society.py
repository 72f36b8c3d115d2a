"""What must hold within a society: its rates, how much of everything fits, and that its words name one another."""

from collections.abc import Iterator
from typing import Any

from scorelab.spec.bounds import SOCIETY_BOUNDS, bounded
from scorelab.spec.limits import (
    MOST_ATTRIBUTES,
    MOST_BEHAVIOUR_DOMAINS,
    MOST_BEHAVIOURS,
    MOST_DOMAINS,
    MOST_KINDS,
    MOST_PERSONS,
    MOST_SERVICES,
    MOST_TRAITS,
)
from scorelab.spec.places import absent, each, mapping, misspelt, most, number, taken, unknown, unknown_words, whole
from scorelab.spec.problems import Finding, called, found
from scorelab.spec.society import Attribute, Society
from scorelab.spec.text import Path
from scorelab.words import COIN


def check_society(data: Any) -> Iterator[Finding]:
    """A society by itself."""
    society = mapping(data)
    yield from bounded(data, SOCIETY_BOUNDS)
    for key, limit in (
        ("behaviours", MOST_BEHAVIOURS),
        ("services", MOST_SERVICES),
        ("traits", MOST_TRAITS),
        ("attributes", MOST_ATTRIBUTES),
    ):
        yield from most(data, limit, key, key)
    yield from _check_domains(data)
    for path, _ in each(data, "behaviours", "*"):
        yield from taken(path, "behaviour")
    kinds = sum(len(mapping(society.get(key))) for key in ("behaviours", "exposures", "services"))
    if kinds > MOST_KINDS:
        yield Finding((), f"{kinds} behaviours, exposures and services together; there is room for {MOST_KINDS}")
    yield from _check_words(society)
    yield from _check_gravity(data)
    yield from _check_attributes(data)
    yield from _check_country(data)
    if absent(society, Society, "arrears"):
        for path, _ in each(data, "services", "*", "arrears_if_denied"):
            text = f"{called(path)}: this society has no arrears clause, so nobody falls into arrears"
            yield Finding(path, text, key=True)
    for path, value in each(data, "ties", "*"):
        least, largest = whole(mapping(value).get("smallest")), whole(mapping(value).get("largest"))
        if least is not None and largest is not None and largest < least:
            at = (*path, "largest")
            yield Finding(at, f"{called(at)} should be at least smallest, which is {least}, but is {largest}")


def _check_domains(data: Any) -> Iterator[Finding]:
    """More domains than fit: of what people do, and of that and what they ask for."""
    domains: dict[str, Path] = {}
    for group, limit, what in (
        ("behaviours", MOST_BEHAVIOUR_DOMAINS, "domains of behaviours"),
        ("services", MOST_DOMAINS, "domains of behaviours and services"),
    ):
        for path, word in each(data, group, "*", "domain"):
            if isinstance(word, str):
                domains.setdefault(word, path)
        if len(domains) > limit:
            yield Finding(list(domains.values())[limit], f"{len(domains)} {what}; there is room for {limit}")


def _check_words(society: dict[str, Any]) -> Iterator[Finding]:
    """Traits, substitutes and attributes that are not there."""
    where = " in this society"
    traits, behaviours = mapping(society.get("traits")), mapping(society.get("behaviours"))
    for group in ("behaviours", "services"):
        for path, word in each(society, group, "*", "trait"):
            if not misspelt(society, Society, "traits"):
                yield from unknown(path, word, traits, "trait", where)
    for path, word in each(society, "behaviours", "*", "substitute"):
        yield from unknown(path, word, behaviours, "behaviour", where)
        if isinstance(word, str) and word == path[1]:
            yield Finding(path, f"{called(path)} is the behaviour itself; name another, or leave it out")
    if misspelt(society, Society, "attributes"):
        return
    for way in (("behaviours", "*"), ("exposures", "*"), ("services", "*"), ("job_loss",), ("arrears",)):
        for path, words in each(society, *way, "who", "attribute"):
            if isinstance(words, dict):
                yield from unknown_words(path, words, mapping(society.get("attributes")), "attribute", where)


def _check_gravity(data: Any) -> Iterator[Finding]:
    """Only what is unlawful has a gravity, and there is none between two bands."""
    standings = {str(path[1]): word for path, word in each(data, "behaviours", "*", "standing")}
    for path, value in each(data, "behaviours", "*", "gravity"):
        standing = standings.get(str(path[1]))
        if standing in ("lawful", "prosocial"):
            text = f"{called(path)} goes only with standing: unlawful; what is {standing} has no gravity"
            yield Finding(path, text, key=True)
            continue
        given = number(value)
        if given is not None and given != int(given):
            at = (*path, "value") if isinstance(value, dict) else path
            text = f"{called(path)} should be 1 (minor), 2 (serious) or 3 (crime-like), but is {found(given)}"
            yield Finding(at, text)


def _check_attributes(data: Any) -> Iterator[Finding]:
    """An attribute has a name of its own, and is given in exactly one way."""
    for path, value in each(data, "attributes", "*"):
        clause, name = mapping(value), called(path)
        yield from taken(path, "attribute")
        if path[-1] == COIN:
            yield Finding(path, f"every society has a {COIN}, one for each person; choose another word", key=True)
        if clause.get("share") is not None and clause.get("household") is not None:
            text = f"{name} says in two ways who is so; keep either share or household"
            yield Finding((*path, "household"), text, key=True)
        elif isinstance(value, dict) and absent(clause, Attribute, "share", "household"):
            yield Finding(path, f"{name} does not say who is so; it needs either share or household", key=True)
        elif clause.get("who") and absent(clause, Attribute, "share"):
            yield Finding((*path, "who"), f"{name}.who goes only with share", key=True)


def _check_country(data: Any) -> Iterator[Finding]:
    """Counties and persons come whole, each county has somebody, and the mean county is one that can be lived."""
    told: dict[str, tuple[Path, float]] = {}
    for path, value in each(data, "country", "*"):
        given = number(value)
        if given is None or path[-1] == "spread":
            continue
        at = (*path, "value") if isinstance(value, dict) else path
        if given != int(given):
            yield Finding(at, f"{called(path)} should be a whole number, but is {found(given)}")
        told[str(path[-1])] = at, given
    if len(told) == 2 and told["counties"][1] > 0:
        at, persons = told["persons"]
        counties = told["counties"][1]
        if persons < counties:
            text = f"country.persons should be at least {found(counties)}, one a county, but is {found(persons)}"
            yield Finding(at, text)
        elif persons > counties * MOST_PERSONS:
            mean = f"{persons / counties:,.0f} in the mean"
            yield Finding(at, f"country.persons: a county would have {mean}; at most {MOST_PERSONS:,} are possible")
