"""What must hold between files: a scheme speaks of a society's words, and the schemes of a world get along."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scorelab.spec.experiment import World
from scorelab.spec.limits import (
    GROUP_SIZES,
    MOST_ATTRIBUTES,
    MOST_CHANNELS,
    MOST_LISTS,
    MOST_MEMORIES,
    MOST_RULES,
    MOST_SCHEMES,
    MOST_SOURCES,
)
from scorelab.spec.places import each, mapping, misspelt, sequence, unknown, unknown_words
from scorelab.spec.problems import Finding, called, found, nearest_word
from scorelab.spec.resolved import SOURCE
from scorelab.spec.scheme import Scheme, Source
from scorelab.spec.society import Society
from scorelab.spec.text import Path
from scorelab.words import COIN, Switch

_WORDS = (
    ("behaviours", ("sources", "*", "watches"), "behaviour"),
    ("exposures", ("sources", "*", "mistakes", "exposure"), "exposure"),
    ("attributes", ("sources", "*", "selects", "weights", "attribute"), "attribute"),
    ("services", ("consequences", "*", "bar"), "service"),
    ("services", ("consequences", "*", "favour"), "service"),
)
"""Where a scheme speaks in words of a society: the part that has them, the places, and what they name."""


def check_words(scheme: Any, societies: Sequence[Any]) -> Iterator[Finding]:
    """Words of a scheme that none of the societies knows, and words of its rules that no source of it watches."""
    if societies:
        names = [str(mapping(society).get("society", "?")) for society in societies]
        where = f" in the society {names[0]}" if len(names) == 1 else f" in any of the societies {', '.join(names)}"
        for key, pattern, what in _WORDS:
            for path, value in each(scheme, *pattern):
                yield from unknown_words(path, value, _words(societies, key), what, where)
        named = [word for society in societies for _, word in each(society, "behaviours", "*", "domain")]
        domains = {word for word in named if isinstance(word, str)}
        for path, value in each(scheme, "campaigns", "*", "domains"):
            if isinstance(value, list):
                yield from unknown_words(path, value, domains, "domain of behaviours", where)
        yield from _check_there(scheme, societies, where)
    yield from _check_watched(scheme, _words(societies, "behaviours") if societies else None)


def _words(societies: Sequence[Any], key: str) -> set[str]:
    return {word for society in societies for word in mapping(mapping(society).get(key))}


def _check_there(scheme: Any, societies: Sequence[Any], where: str) -> Iterator[Finding]:
    """Fines where nobody can fall into arrears, and ties where nobody has such ties."""
    if not _has(societies, "arrears"):
        for path, fine in each(scheme, "rules", "*", "fine"):
            if fine is True:
                text = f"{called(path)}: no arrears clause{where}, so a fine would do nothing"
                yield Finding(path, text, key=True)
    if not _has(societies, "ties"):
        ties = [(path, word) for path, word in each(scheme, "consequences", "*", "whom")]
        ties += [(path, path[-1]) for path, _ in each(scheme, "rules", "*", "along", "*")]
        for path, word in ties:
            if word in ("friend", "colleague"):
                text = f"{called(path)}: no ties clause{where}, so nobody has {word}s"
                yield Finding(path, text, key=path[-1] == word)


def _has(societies: Sequence[Any], key: str) -> bool:
    """Whether any of the societies has this clause, or may have it behind a fault."""
    return any(
        mapping(society).get(key) is not None or misspelt(mapping(society), Society, key) for society in societies
    )


def _check_watched(scheme: Any, known: set[str] | None) -> Iterator[Finding]:
    """Words of rules that no source watches; a misspelt word of a source is neither advised nor blamed twice."""
    sources = mapping(scheme).get("sources", {})
    astray = misspelt(mapping(scheme), Scheme, "sources") or not isinstance(sources, dict)
    if astray or any(misspelt(mapping(source), Source, "watches") for source in mapping(sources).values()):
        return
    watched = {str(path[-1]) for path, _ in each(scheme, "sources", "*", "watches", "*")}
    right = watched if known is None else watched & known
    meant = {nearest_word(word, known or ()) for word in watched - right}
    for path, word in each(scheme, "rules", "*", "when", "*"):
        if isinstance(word, str) and word not in watched and word not in meant:
            yield from unknown(path, word, right, "source of this scheme watches")


def check_groups(experiment: Any, society: Any) -> Iterator[Finding]:
    """Groups that are made of nothing that the society tells people apart by."""
    declared = mapping(mapping(society).get("attributes"))
    if misspelt(mapping(society), Society, "attributes"):
        return
    attributes = {*declared, COIN}
    where = f" in the society {mapping(society).get('society', '?')}"
    groups = mapping(experiment).get("groups")
    if isinstance(groups, list):
        yield from unknown_words(("groups",), groups, {*GROUP_SIZES, *attributes}, "attribute", where)
    for path, word in _exempting(experiment):
        yield from unknown(path, word, attributes, "attribute", where)
    asks: list[Path] = [("groups", at) for at, word in enumerate(sequence(groups)) if word == COIN]
    asks += [path for path, word in _exempting(experiment) if word == COIN]
    if asks and COIN not in declared and len(declared) >= MOST_ATTRIBUTES:
        text = f"{called(asks[0])}: the society has {len(declared)} attributes already, and no room for the coin"
        yield Finding(asks[0], text)
    for name in mapping(mapping(experiment).get("worlds")):
        if name in attributes and name in sequence(groups):
            why = "groups has an attribute of that name; choose another word"
            yield Finding(("worlds", name), f"a world cannot be called '{name}': {why}", key=True)


def _exempting(experiment: Any) -> list[tuple[Path, Any]]:
    """The places of an experiment that say to whom no scheme applies."""
    return [found for key in ("exempts", "covers") for found in each(experiment, "worlds", "*", key)]


def check_exempting(name: str, world: World, schemes: Sequence[Scheme]) -> Iterator[Finding]:
    """A world that leaves people out where there is nothing to leave them out of."""
    for key in ("exempts", "covers"):
        if getattr(world, key) and not schemes:
            path = ("worlds", name, key)
            yield Finding(path, f"{called(path)}: this world has no scheme, so nobody can be exempt from one", key=True)


def check_without(experiment: Any, schemes: Mapping[str, Any]) -> Iterator[Finding]:
    """Switches that there are not, and sources that are in none of a world's schemes (given by the words for them)."""
    worlds = mapping(mapping(experiment).get("worlds"))
    for path, word in each(experiment, "worlds", "*", "without", "*"):
        named = [name for name in _schemes(worlds, str(path[1])) if isinstance(name, str)]
        sources = {source for name in named for source in mapping(mapping(schemes.get(name)).get("sources"))}
        switches = {*(switch.value for switch in Switch), *(f"{SOURCE}{source}" for source in sources)}
        if not isinstance(word, str) or word in switches:
            continue
        if not word.startswith(SOURCE):
            yield from unknown(path, word, switches, "switch")
        elif all(name in schemes for name in named):
            yield from unknown(path, word.removeprefix(SOURCE), sources, "source", " in this world")


def _schemes(worlds: dict[str, Any], name: str) -> list[Any]:
    """The words of the schemes of a world, its own or those of the world that it is like."""
    seen: set[str] = set()
    while name in worlds and name not in seen:
        seen.add(name)
        world = mapping(worlds[name])
        if world.get("schemes") is not None:
            return sequence(world["schemes"])
        name = str(world.get("like"))
    return []


def check_world(path: Path, schemes: Sequence[Scheme]) -> Iterator[Finding]:
    """Schemes of one world that cannot stand side by side, or do not fit into it."""
    yield from _check_single(path, schemes)
    owners: dict[tuple[str, str], str] = {}
    for index, scheme in enumerate(schemes):
        at = (*path, index)
        names = [("scheme", scheme.scheme)]
        names += [("source", name) for name in scheme.sources] + [("list", name) for name in scheme.lists]
        for what, name in names:
            other = owners.setdefault((what, name), scheme.scheme)
            if other != scheme.scheme:
                yield Finding(at, f"{scheme.scheme} and {other} both have a {what} {found(name)}; rename one of them")
            elif what == "scheme" and any(earlier.scheme == name for earlier in schemes[:index]):
                yield Finding(at, f"the scheme {found(name)} stands twice in this world")
    rules = [rule for scheme in schemes for rule in scheme.rules]
    memories = [rule for rule in rules if rule.after is not None or rule.at_most is not None]
    for count, limit, what in (
        (len(rules), MOST_RULES, "rules"),
        (len(memories), MOST_MEMORIES, "rules with after or at_most"),
        (len(channels(schemes)), MOST_CHANNELS, "ways along ties (a kind of tie with a list or with grades)"),
    ):
        if count > limit:
            yield Finding(path, f"{count} {what} in one world; there is room for {limit}", key=True)


def _check_single(path: Path, schemes: Sequence[Scheme]) -> Iterator[Finding]:
    """What only one scheme of a world may have."""
    for what, has in (
        ("keep a score", [scheme.score is not None for scheme in schemes]),
        ("join sources by fusion", [scheme.fusion is not None for scheme in schemes]),
    ):
        first = has.index(True) if True in has else len(has)
        for index in range(first + 1, len(has)):
            if has[index]:
                both = f"both {schemes[first].scheme} and {schemes[index].scheme}"
                yield Finding((*path, index), f"{both} {what}; a world has room for one")


def channels(schemes: Sequence[Scheme]) -> set[tuple[str, str, frozenset[str]]]:
    """The ways along ties of a world: kinds of ties, each with a list or with a set of grades."""
    return {
        (clause.whom, clause.while_on or "", frozenset(clause.while_grade))
        for scheme in schemes
        for clause in scheme.consequences
        if clause.whom != "self"
    }


def check_union(worlds: Sequence[Sequence[Scheme]]) -> Iterator[Finding]:
    """More schemes, sources or lists over all worlds than one run has room for."""
    schemes = {scheme.scheme for world in worlds for scheme in world}
    sources = {(scheme.scheme, name) for world in worlds for scheme in world for name in scheme.sources}
    lists = {(scheme.scheme, name) for world in worlds for scheme in world for name in scheme.lists}
    for words, limit, what in (
        (schemes, MOST_SCHEMES, "schemes"),
        (sources, MOST_SOURCES, "sources"),
        (lists, MOST_LISTS, "lists"),
    ):
        if len(words) > limit:
            yield Finding(("worlds",), f"{len(words)} {what} over all worlds; there is room for {limit}", key=True)
