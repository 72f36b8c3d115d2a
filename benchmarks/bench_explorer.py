"""How soon a changed scheme is a picture: fifty changes of the heaviest scheme, one after the other.

The default of the explorer: four counties of 25,000 persons, 364 weeks, two worlds. Sources, rules, terms and ties are
changed in turn, and each change must change some count, so that nothing is fast by doing nothing. Beside it stands the
limit, measured in the same process: the same counties lived from their first week in a village that remembers nothing.
On a shared machine only ratios mean anything.
"""

import argparse
import dataclasses
import json
import statistics
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from scorelab.api import find
from scorelab.explorer.pictures import picture
from scorelab.kernel.counted import Counts
from scorelab.runs.again import Lived, Village
from scorelab.spec.load import Options
from scorelab.spec.resolved import Resolved
from scorelab.spec.scheme import Scheme

EXPERIMENT = "reported-and-documented"
LIMITS = 6
"""So many changes are also lived by a village that remembers nothing."""


class Change(NamedTuple):
    """One number of a scheme, and what it becomes."""

    kind: str
    path: tuple[str | int, ...]
    value: Any


def _watches(source: str, behaviour: str) -> tuple[str | int, ...]:
    return ("sources", source, "watches", behaviour, "value")


SOURCES: tuple[tuple[tuple[str | int, ...], Any], ...] = (
    (_watches("cameras", "jaywalking"), 0.2),
    (("sources", "cameras", "mistakes", "matching", "false_match_rate", "value"), 1.0e-6),
    (("sources", "cameras", "review", "keeps_false", "value"), 1.0),
    (_watches("web-monitoring", "gaming-for-hours"), 0.4),
    (("sources", "web-monitoring", "mistakes", "per_year", "value"), 0.1),
    (("sources", "web-monitoring", "delay_weeks"), 2),
    (_watches("purchases", "frivolous-purchase"), 0.9),
    (("sources", "purchases", "mistakes", "per_year", "value"), 0.1),
    (_watches("traffic-cameras", "traffic-violation"), 0.3),
    (("sources", "bank", "delay_weeks"), 8),
    (_watches("administration", "owing-fees"), 0.8),
    (("sources", "neighbours", "mistakes", "per_year", "value"), 0.05),
    (("sources", "cameras", "attention", "times", "value"), 4.0),
)
_POINTS = {2: -20, 4: -40, 5: -30, 6: -60, 8: -25, 9: -50, 11: -40, 12: -15, 13: -25, 14: -10, 16: 10}
RULES: tuple[tuple[tuple[str | int, ...], Any], ...] = (
    *(
        (("rules", rule, "points"), points)
        for rule, points in ((2, -20), (4, -40), (5, -30), (6, -60), (8, -25), (9, -50))
    ),
    *((("rules", rule, "points"), points) for rule, points in ((11, -40), (12, -15), (13, -25), (14, -10), (16, 10))),
    (("rules", 12, "discretion", "to"), -60),
    (("rules", 6, "after", "count"), 2),
)
TERMS: tuple[tuple[tuple[str | int, ...], Any], ...] = (
    (("score", "recovery_per_week"), 1),
    (("score", "recovery_per_week"), 5),
    (("score", "start"), 950),
    (("score", "grades", "c"), 700),
    (("score", "grades", "b"), 900),
    (("lists", "redlist", "term_weeks"), 26),
    (("lists", "redlist", "term_weeks"), 52),
    (("lists", "blacklist", "enter_below"), 690),
    (("lists", "faith-breakers", "term_weeks"), 26),
    (("rules", 14, "expires_weeks"), 26),
    (("rules", 12, "expires_weeks"), 52),
    (("rules", 11, "expires_weeks"), 13),
)
TIES: tuple[tuple[tuple[str | int, ...], Any], ...] = (
    (("rules", 11, "along", "friend", "value"), 0.5),
    (("rules", 1, "along", "partner", "value"), 1.0),
    (("rules", 0, "along", "friend", "value"), 0.5),
    (("consequences", 5, "whom"), "parent"),
    (("consequences", 6, "share", "value"), 1.0),
    (("consequences", 9, "share", "value"), 1.0),
    (("consequences", 9, "whom"), "partner"),
    (("consequences", 7, "whom"), "household"),
    (("consequences", 8, "whom"), "self"),
    (("consequences", 10, "whom"), "household"),
    (("consequences", 11, "whom"), "colleague"),
    (("consequences", 0, "whom"), "household"),
)


def changes() -> list[Change]:
    """Fifty changes: of a source, a rule, a term and a tie in turn."""
    kinds = {"source": SOURCES, "rule": RULES, "term": TERMS, "tie": TIES}
    longest = max(map(len, kinds.values()))
    rows = [(kind, some[number]) for number in range(longest) for kind, some in kinds.items() if number < len(some)]
    return [Change(kind, path, value) for kind, (path, value) in rows]


def two_worlds(options: Options) -> Resolved:
    """No scheme, and the heaviest one."""
    found = find(EXPERIMENT, options)
    return dataclasses.replace(found, worlds=[found.world(found.against), found.world(found.focus)])


def changed(resolved: Resolved, change: Change) -> Resolved:
    """The experiment with one number of the focus world's scheme changed."""
    focus = resolved.world(resolved.focus)
    data = focus.schemes[0].model_dump(mode="json")
    place: Any = data
    for step in change.path[:-1]:
        place = place[step]
    if place[change.path[-1]] == change.value:
        raise ValueError(f"{change.path} is {change.value} already")
    place[change.path[-1]] = change.value
    scheme = Scheme.model_validate_json(json.dumps(data))
    world = dataclasses.replace(focus, schemes=[scheme])
    return dataclasses.replace(resolved, worlds=[world if one is focus else one for one in resolved.worlds])


def same(one: Lived, other: Lived) -> bool:
    """Whether all counts are equal."""
    return all(
        np.array_equal(getattr(a.counts, name), getattr(b.counts, name))
        for a, b in zip(one.counties, other.counties, strict=True)
        for name in Counts._fields
    )


def timed(village: Village, resolved: Resolved) -> tuple[Lived, dict[str, float]]:
    """Live an experiment and make its picture; the seconds of both."""
    started = time.perf_counter()
    lived = village.live(resolved)
    then = time.perf_counter()
    picture(lived)
    return lived, {"lived": then - started, "picture": time.perf_counter() - then}


def rows(before: Resolved) -> Iterator[tuple[str, list[float]]]:
    """What is timed, and its seconds."""
    village = Village()
    plain, _ = timed(village, before)
    times: dict[str, list[float]] = {"lived": [], "picture": [], "together": []}
    by_kind: dict[str, list[float]] = {}
    cold: list[float] = []
    for number, change in enumerate(changes()):
        after = changed(before, change)
        lived, took = timed(village, after)
        if same(lived, plain):
            raise AssertionError(f"this measures nothing: no count changed with {change}")
        times["lived"].append(took["lived"])
        times["picture"].append(took["picture"])
        times["together"].append(sum(took.values()))
        by_kind.setdefault(change.kind, []).append(sum(took.values()))
        if number % (50 // LIMITS) == 0:
            village.forget_weeks()
            again, took = timed(village, after)
            assert same(again, lived)
            cold.append(sum(took.values()))
            village.live(before)
    village.close()
    yield from times.items()
    yield from ((f"a {kind} changed", some) for kind, some in by_kind.items())
    yield "limit: every week lived", cold


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=25_000)
    parser.add_argument("--counties", type=int, default=4)
    parser.add_argument("--weeks", type=int, default=364)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    found = dict(rows(two_worlds(Options(persons=chosen.persons, counties=chosen.counties, weeks=chosen.weeks))))
    if chosen.json:
        print(json.dumps(found))
        return
    print(f"{'seconds':<26}{'times':>6}{'least':>8}{'median':>8}{'most':>8}")
    for name, some in found.items():
        print(f"{name:<26}{len(some):>6}{min(some):>8.3f}{statistics.median(some):>8.3f}{max(some):>8.3f}")


if __name__ == "__main__":
    main()
