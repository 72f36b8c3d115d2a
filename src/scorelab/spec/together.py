"""What must hold between files: a scheme speaks of a society's words, and the schemes of a world get along."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from scorelab.spec.checks import MOST_LISTS, MOST_SCHEMES, MOST_SOURCES, each, mapping, misspelt, unknown
from scorelab.spec.problems import Finding, found, nearest_word
from scorelab.spec.scheme import Scheme, Source
from scorelab.spec.text import Path

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def check_words(scheme: Any, societies: Sequence[Any]) -> Iterator[Finding]:
    """Words of a scheme that none of the societies knows, and words of its rules that no source of it watches."""
    names = [str(mapping(society).get("society", "?")) for society in societies]
    where = f" in the society {names[0]}" if len(names) == 1 else f" in any of the societies {', '.join(names)}"
    for key, pattern, what in (
        ("behaviours", ("sources", "*", "watches"), "behaviour"),
        ("exposures", ("sources", "*", "mistakes", "exposure"), "exposure"),
        ("services", ("consequences", "*", "bar"), "service"),
    ):
        words = _words(societies, key)
        for path, value in each(scheme, *pattern) if societies else ():
            if isinstance(value, dict):
                for word in filter(_NAME.fullmatch, value):
                    for finding in unknown((*path, word), word, words, what, where):
                        yield finding._replace(key=True)
            elif isinstance(value, list):
                for index, word in enumerate(value):
                    yield from unknown((*path, index), word, words, what, where)
            else:
                yield from unknown(path, value, words, what, where)
    yield from _check_watched(scheme, _words(societies, "behaviours") if societies else None)


def _words(societies: Sequence[Any], key: str) -> set[str]:
    return {word for society in societies for word in mapping(mapping(society).get(key))}


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


def check_world(path: Path, schemes: Sequence[Scheme]) -> Iterator[Finding]:
    """Schemes of one world that cannot stand side by side."""
    owners: dict[tuple[str, str], str] = {}
    scored = ""
    for index, scheme in enumerate(schemes):
        at = (*path, index)
        if scheme.score is not None:
            if scored:
                text = f"both {scored} and {scheme.scheme} keep a score; a world has room for one"
                yield Finding(at, text)
            scored = scored or scheme.scheme
        names = [("scheme", scheme.scheme)]
        names += [("source", name) for name in scheme.sources] + [("list", name) for name in scheme.lists]
        for what, name in names:
            other = owners.setdefault((what, name), scheme.scheme)
            if other != scheme.scheme:
                yield Finding(at, f"{scheme.scheme} and {other} both have a {what} {found(name)}; rename one of them")
            elif what == "scheme" and any(earlier.scheme == name for earlier in schemes[:index]):
                yield Finding(at, f"the scheme {found(name)} stands twice in this world")


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
