"""What a small picture of a scheme needs: what watches, what a record leads to, which doors close, and for whom."""

import datetime
from functools import cache
from typing import Any

from scorelab.spec.find import catalogue, opened
from scorelab.spec.places import mapping, sequence

STANDINGS = ("unlawful", "lawful", "prosocial")


@cache
def _standings() -> dict[str, str]:
    """The standing of every behaviour of the catalogue's societies."""
    found: dict[str, str] = {}
    for entry in catalogue():
        if entry.kind == "society":
            behaviours = mapping(mapping(opened(entry.path).data).get("behaviours"))
            found |= {name: str(mapping(one).get("standing")) for name, one in behaviours.items()}
    return found


def sketch(data: Any) -> dict[str, Any] | None:
    """The parts of a scheme by their names, from its plain values; None where these are no mapping.

    What has the wrong shape is passed over: a picture is not where faults are told.
    """
    if not isinstance(data, dict):
        return None
    sources = {name: mapping(one) for name, one in mapping(data.get("sources")).items()}
    watched = {word for one in sources.values() for word in mapping(one.get("watches"))}
    lists = {name: mapping(one) for name, one in mapping(data.get("lists")).items()}
    consequences = [mapping(one) for one in sequence(data.get("consequences"))]
    ties = [one.get("whom") for one in consequences]
    for rule in sequence(data.get("rules")):
        ties += list(mapping(mapping(rule).get("along")))
    score = mapping(data.get("score"))
    process = mapping(data.get("due_process"))
    day = data.get("in_force")
    standings = [_standings().get(word, "unlawful") for word in watched]
    return {
        "sources": [{"name": name, "kind": str(one.get("kind", ""))} for name, one in sources.items()],
        "watches": {word: standings.count(word) for word in STANDINGS},
        "lists": [
            {"name": name, "red": one.get("red") is True, "published": one.get("published") is True}
            for name, one in lists.items()
        ],
        "score": bool(score),
        "grades": list(mapping(score.get("grades"))),
        "services": _words(word for one in consequences for word in sequence(one.get("bar"))),
        "ties": [tie for tie in _words(ties) if tie != "self"],
        "appeal": "appeal" in process or "window" in process,
        "from": day.isoformat() if isinstance(day, datetime.date) else None,
    }


def _words(given: Any) -> list[str]:
    """Each word once, in its order."""
    return list(dict.fromkeys(word for word in given if isinstance(word, str)))
