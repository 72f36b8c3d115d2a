"""How the cost of a run grows: with persons, weeks, worlds, counties, clauses and ties, each beside a straight line.

One size at a time is made larger, and everything else stays at the base: one county of 16,000 persons, 104 weeks
from the year in which everything is in force, four worlds of ``reported-and-documented``. The cost is processor time of
one thread for drawing the people of a county and living its weeks, the best of several. Writing its tables, 0.2 s
whatever its size, would hide what grows; for counties it is the same each time, and so in proportion. Processor time
hardly feels what else a machine does, but a shared cache does: measure again on a quiet one.

Prints the markdown of the table in docs/scale.md, and with ``--chart FILE`` draws the picture beside it. ``--quick``
takes two sizes of each. Each case asserts that something happened in it.
"""

import argparse
import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, CONFIG, GREY, SCHEMA
from scorelab.kernel.counted import W_ACTS, W_RECORDS_TRUE, Counts
from scorelab.kernel.fate import key
from scorelab.runs.bench import finish, with_worlds
from scorelab.runs.lives import lives, prepare
from scorelab.runs.tasks import Task
from scorelab.society.county import people
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved

EXPERIMENT, REPORTED = "reported-and-documented", "as-reported"
START = "experiment.start=2020-01-06"
PERSONS, WEEKS, WORLDS = 16_000, 104, 4
REPEATS = 6


class Point(NamedTuple):
    """One case: how large it is, in its own unit, and what it costs."""

    size: float
    seconds: float


class Axis(NamedTuple):
    """One thing that grows: what it is called, the sizes to ask for, and the experiment of such a size."""

    name: str
    unit: str
    sizes: Sequence[int]
    made: Callable[[int], Resolved]
    size_of: Callable[[int, Resolved], float] | None = None
    """how large a case is in the unit, where that is not what was asked for"""


def base(worlds: int = WORLDS, **options: Any) -> Resolved:
    """The experiment at the base but for what is said."""
    sets = (START, *options.pop("sets", ()))
    size = {"persons": PERSONS, "counties": 1, "weeks": WEEKS, **options}
    return with_worlds(resolve(EXPERIMENT, options=Options(sets=sets, **size)), worlds)


def with_rules(count: int) -> Resolved:
    """The base with only the first rules of the reported system."""
    resolved = base()
    worlds = [
        dataclasses.replace(
            world,
            schemes=[
                scheme.model_copy(update={"rules": scheme.rules[:count]}) if scheme.scheme == REPORTED else scheme
                for scheme in world.schemes
            ],
        )
        for world in resolved.worlds
    ]
    return dataclasses.replace(resolved, worlds=worlds)


def with_circles(count: int) -> Resolved:
    """The base in which everybody is in so many circles of friends, and of colleagues where there are any."""
    colleagues = min(count, 1)
    return base(sets=(f"society.ties.friends.circles={count}", f"society.ties.colleagues.circles={colleagues}"))


def ties_each(_: int, resolved: Resolved) -> float:
    """Ties of a person in the mean, those of the family and the household included."""
    who = people(prepare(resolved).plan, resolved.society, resolved.persons, 0, key(resolved.seed))
    return float(len(who.tie)) / resolved.persons


AXES = (
    Axis("persons", "persons of the county", (2_000, 4_000, 8_000, 16_000, 32_000, 64_000), lambda n: base(persons=n)),
    Axis("weeks", "weeks", (26, 52, 104, 208, 416), lambda n: base(weeks=n)),
    Axis("worlds", "worlds", (1, 2, 4, 8), lambda n: base(worlds=n)),
    Axis("counties", "counties", (1, 2, 4, 8), lambda n: base(counties=n)),
    Axis("clauses", "rules of a scheme", (2, 4, 8, 17), with_rules),
    Axis("ties", "ties of a person", (0, 1, 2, 4), with_circles, ties_each),
)


def seconds(resolved: Resolved) -> float:
    """Processor time of living all counties, the best of some; compiled before."""
    prepared = prepare(resolved)
    best = float("inf")
    for _ in range(REPEATS):
        acts = records = 0
        started = time.thread_time()
        for county in range(resolved.counties):
            found: Any = finish(lives(prepared, Task(0, county)))
            counts: Counts = found[0]
            acts += int(counts.weekly[..., W_ACTS].sum())
            records += int(counts.weekly[..., W_RECORDS_TRUE].sum())
        best = min(best, time.thread_time() - started)
        assert acts > 100 and records > 0, (acts, records)
    return best


def points(axis: Axis, sizes: Sequence[int]) -> Iterator[Point]:
    """The cases of an axis, the smallest first."""
    for size in sizes:
        resolved = axis.made(size)
        yield Point(axis.size_of(size, resolved) if axis.size_of else float(size), seconds(resolved))


def table(found: dict[str, list[Point]]) -> str:
    """The table in markdown: cost at each size; and of the last step, how much dearer against how much larger."""
    lines = ["| what grows | from | to | cost at each size (s) | last step: larger | dearer | against linear |"]
    lines.append("|---|---|---|---|---|---|---|")
    for axis in AXES:
        cases = found[axis.name]
        costs = ", ".join(f"{case.seconds:.2f}" for case in cases)
        before, last = cases[-2:]
        larger, dearer = last.size / before.size, last.seconds / before.seconds
        cells = [axis.unit, f"{cases[0].size:,.4g}", f"{last.size:,.0f}", costs]
        cells += [f"{larger:.2f} times", f"{dearer:.2f} times", f"{dearer / larger:.2f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def chart(found: dict[str, list[Point]]) -> Chart:
    """How many times dearer by how many times larger, a small picture for each; the straight line is grey."""
    data = []
    for axis in AXES:
        first = found[axis.name][0]
        for case in found[axis.name]:
            times = case.size / first.size
            data.append({"axis": axis.unit, "larger": times, "dearer": case.seconds / first.seconds, "linear": times})
    scale = {"type": "log", "base": 2, "nice": False}
    ticks = {"values": [2**power for power in range(8)]}
    below = {"grid": False, **ticks}
    x = {"field": "larger", "type": "quantitative", "scale": scale, "title": "times larger", "axis": below}
    y = {"type": "quantitative", "scale": scale, "title": "times dearer", "axis": ticks}
    layers = [
        {
            "mark": {"type": "line", "color": GREY, "strokeDash": [4, 4]},
            "encoding": {"x": x, "y": {**y, "field": "linear"}},
        },
        {
            "mark": {"type": "line", "color": BLUE, "point": {"color": BLUE, "size": 50}},
            "encoding": {"x": x, "y": {**y, "field": "dearer"}},
        },
    ]
    spec = {
        "$schema": SCHEMA,
        "config": CONFIG,
        "data": {"values": data},
        "facet": {"field": "axis", "type": "nominal", "sort": [axis.unit for axis in AXES]},
        "columns": 3,
        "spec": {"width": 180, "height": 150, "layer": layers},
        "resolve": {"scale": {"x": "independent", "y": "independent"}},
    }
    told = []
    for axis in AXES:
        first, last = found[axis.name][0], found[axis.name][-1]
        told.append(f"{axis.unit}: {last.size / first.size:.3g} times, {last.seconds / first.seconds:.3g} times dearer")
    alt = "; ".join(told)
    subtitle = "Processor time of a county. One size grows at a time; dashed: in proportion."
    return Chart("growth", "How the cost of a run grows", subtitle, alt, spec)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="two sizes of each")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="where the picture goes, as SVG")
    asked = parser.parse_args()
    seconds(base(persons=500, weeks=4))  # compiles
    found = {axis.name: list(points(axis, axis.sizes[:2] if asked.quick else axis.sizes)) for axis in AXES}
    print(table(found))
    if asked.chart:
        asked.chart.write_text(chart(found).svg(), encoding="utf-8")


if __name__ == "__main__":
    main()
