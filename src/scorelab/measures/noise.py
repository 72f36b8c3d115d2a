"""Lives that part: what differs between two worlds in either direction, and how much chance alone would do."""

from collections.abc import Iterator

import numpy as np

from scorelab.measures.conduct import label
from scorelab.measures.cube import PER, Axes, Base, Cube, cube, difference, per_year, population, rows_of
from scorelab.measures.interval import estimate, rate
from scorelab.measures.lab import Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

_FLOOR = (
    "The pair of the focus and the placebo is the noise floor: the same law, only other errors. What does not rise"
    " above it says"
    " nothing about the scheme."
)

register(
    Measure(
        "denied_only_here",
        "noise",
        "Denied here, not there",
        "Needs that are denied in this world and not in the other.",
        "needs: denied in world and not in against / (persons x years)",
        "per 100,000 persons and year",
        period="13 weeks",
        caveats=(_FLOOR,),
    ),
    Measure(
        "denied_only_there",
        "noise",
        "Denied there, not here",
        "Needs that are denied in the other world and not in this one.",
        "needs: denied in against and not in world / (persons x years)",
        "per 100,000 persons and year",
        period="13 weeks",
        caveats=(_FLOOR,),
    ),
    Measure(
        "parted_denials",
        "noise",
        "Denied in only one of the two worlds",
        "Needs that are denied in one world and not in the other, in either direction.",
        "needs: denied in exactly one of world and against / (persons x years)",
        "per 100,000 persons and year",
        period="13 weeks",
        caveats=(_FLOOR,),
    ),
    Measure(
        "parted_listings",
        "noise",
        "On a list in only one of the two worlds",
        "Places on lists, red ones among them, at the end of the 13 weeks, that are taken in one world and not in the"
        " other.",
        "stocks: persons on exactly one side, each list by itself / adults",
        "per 100,000 adults",
        period="13 weeks",
        caveats=(_FLOOR,),
    ),
)


def _parted(lab: Lab, table: str, here: str, there: str, more: str = "") -> str:
    return " UNION ALL ".join(
        f"SELECT unit_no, '{label((world, against))}' AS label, period, "
        + here.format(world=world, against=against)
        + f" AS here, {there.format(world=world, against=against)} AS there FROM {table} {more}"
        for world, against in lab.facts.pairs
    )


def _emit(
    lab: Lab, found: Cube, measures: dict[str, str], scale: np.ndarray | float, of: Base = "persons"
) -> Iterator[Row]:
    below = population(lab, found.cells, of)
    for i, (world, against) in enumerate(lab.facts.pairs):
        for name, count in measures.items():
            parts = np.stack([found.counts[count][:, i], below])
            estimates = estimate(parts, rate, scale, lab.by_replicate, counted=difference(lab, world, against))
            yield from rows_of(name, world, against, found.cells, estimates, parts)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family, for every pair of worlds."""
    if not lab.facts.pairs:
        return
    labels = tuple(label(pair) for pair in lab.facts.pairs)
    only = "CASE WHEN \"{}\" = 'denied' AND \"{}\" <> 'denied' THEN count ELSE 0 END"
    query = _parted(lab, "needs", only.format("{world}", "{against}"), only.format("{against}", "{world}"))
    axes = Axes(((), ("period",)), periods=lab.facts.periods)
    needs = cube(lab, f"SELECT *, here + there AS parted FROM ({query})", ("here", "there", "parted"), labels, axes)
    names = {"denied_only_here": "here", "denied_only_there": "there", "parted_denials": "parted"}
    yield from _emit(lab, needs, names, per_year(lab, needs.cells))
    only = 'CASE WHEN "{}" AND NOT "{}" THEN persons ELSE 0 END'
    query = _parted(lab, "stocks", only.format("{world}", "{against}"), only.format("{against}", "{world}"))
    axes = Axes((("period",),), periods=lab.facts.periods)
    stocks = cube(lab, f"SELECT *, here + there AS parted FROM ({query})", ("parted",), labels, axes)
    yield from _emit(lab, stocks, {"parted_listings": "parted"}, PER, "adults")
