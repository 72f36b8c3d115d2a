"""What must hold within an experiment: that its worlds name one another rightly, and that its groups fit."""

import math
from collections.abc import Iterator
from typing import Any

from scorelab.spec.limits import GROUP_SIZES, MOST_GROUPS, MOST_SCHEMES
from scorelab.spec.places import each, mapping, repeated, sane_date, sequence, unknown
from scorelab.spec.problems import Finding, called
from scorelab.words import COLUMN_WORDS


def check_experiment(data: Any) -> Iterator[Finding]:
    """An experiment by itself."""
    yield from sane_date(data, "start")
    worlds = mapping(mapping(data).get("worlds"))
    for key in ("against", "focus"):
        if worlds and key in data:
            yield from unknown((key,), data[key], worlds, "world")
    for name in worlds:
        if name in COLUMN_WORDS:
            text = f"a world cannot be called '{name}': the ledger has a column of that name; choose another word"
            yield Finding(("worlds", name), text, key=True)
    yield from repeated(data, "groups")
    yield from _check_count(data)
    yield from repeated(data, "worlds", "*", "without")
    yield from repeated(data, "worlds", "*", "schemes")
    for path, scheme in each(data, "worlds", "*", "schemes"):
        if len(sequence(scheme)) > MOST_SCHEMES:
            yield Finding(path, f"{len(scheme)} schemes in one world; there is room for {MOST_SCHEMES}", key=True)
    for name, world in worlds.items():
        if {"exempts", "covers"} <= set(mapping(world)):
            text = "a world either exempts those who have an attribute or covers only those who have one, not both"
            yield Finding(("worlds", name, "covers"), text, key=True)
    yield from _check_likeness(data, worlds)


def _check_count(data: Any) -> Iterator[Finding]:
    """More groups of people than fit."""
    words = {str(word) for word in sequence(mapping(data).get("groups"))}
    sizes = {word: GROUP_SIZES.get(word, 2) for word in words}
    count = math.prod(sizes.values())
    if count > MOST_GROUPS:
        shown = ", ".join(f"{word} {sizes[word]}" for word in sorted(sizes))
        yield Finding(("groups",), f"{count} groups ({shown}); there is room for {MOST_GROUPS}", key=True)


def _check_likeness(data: Any, worlds: dict[str, Any]) -> Iterator[Finding]:
    """Worlds that are like no world, or like one another in a circle."""
    for path, other in each(data, "worlds", "*", "like"):
        yield from unknown(path, other, worlds, "world")
        seen = [str(path[1])]
        while isinstance(other, str) and other in worlds and other not in seen:
            seen.append(other)
            other = mapping(worlds[other]).get("like")
        if other == path[1] and other == min(seen):
            yield Finding(path, f"{called(path)} goes in a circle: {' is like '.join([*seen, str(other)])}")
