"""Points: what the sources take and give, to whom it happens, and from where most of a score comes."""

from collections.abc import Iterator

from scorelab.measures.cube import PER, Axes, Cube, cube, differences, levels, once, per_year, population, shares, whole
from scorelab.measures.lab import Lab
from scorelab.measures.possible import scored
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

CAUSES = ("own true", "own false", "tie true", "tie false")
PER_FEW = 100
"""Points are many, so they are counted for so many adults."""
_UNIT = "points per 100 adults and year"
_BOOKED = (
    "Points as the rules move them: what the bounds of the score cut off, and what recovery, expiry or an appeal brings"
    " back, is not taken off."
)
_CHILDREN = (
    "Per adult, since only adults do what the catalogue's schemes record; children get points along ties as well."
)
_MOVED = "It says what moves the score, not whether that is much or deserved."

register(
    *(
        Measure(
            f"points_{name}",
            "points",
            f"Points {name}",
            f"How many points are {name}, those along ties among them.",
            f"points: ({name} + {name}_along_ties) / (adults x years)",
            _UNIT,
            item="the source; null: all sources",
            caveats=(_BOOKED, _CHILDREN),
        )
        for name in ("taken", "given")
    ),
    *(
        Measure(
            f"points_{name}_by_cause",
            "points",
            f"Points {name}, by whose record",
            f"How many points are {name} for one's own record and for that of somebody to whom one is tied, and whether"
            " the record is true.",
            f"points: {name} (own) or {name}_along_ties (tie) by truth / (adults x years)",
            _UNIT,
            item="own true, own false, tie true or tie false",
            caveats=(_BOOKED, _CHILDREN),
        )
        for name in ("taken", "given")
    ),
    *(
        Measure(
            f"points_{name}_share",
            "points",
            f"Of 100 points {name}",
            f"Of 100 points that are {name}, how many go back to the records of one source.",
            f"100 x points {formula} of the source / of all sources",
            f"of 100 points {name}",
            item="the source",
            caveats=(_BOOKED, _MOVED),
            interval="share of clusters",
        )
        for name, formula in (("taken", "taken"), ("given", "given"), ("moved", "taken and given"))
    ),
    Measure(
        "points_moved_share_of_behaviour",
        "points",
        "Of 100 points moved, by behaviour",
        "Of 100 points that are taken or given, how many go back to records of one behaviour.",
        "100 x points taken and given for the behaviour / for all behaviours",
        "of 100 points moved",
        item="the behaviour",
        caveats=(_BOOKED, _MOVED),
        interval="share of clusters",
    ),
)

_QUERY = (
    "SELECT unit_no, world AS label, {} AS item, taken + taken_along_ties AS taken, given + given_along_ties AS given, "
    "taken + taken_along_ties + given + given_along_ties AS moved FROM points"
)
_BY_CAUSE = (
    "SELECT unit_no, world AS label, 'own ' || truth AS item, taken, given FROM points UNION ALL "
    "SELECT unit_no, world, 'tie ' || truth, taken_along_ties, given_along_ties FROM points"
)


COUNTS = ("taken", "given", "moved")


@once
def moved_cube(lab: Lab) -> Cube:
    """Points taken and given over the whole run, by world and source."""
    return cube(lab, _QUERY.format("source"), COUNTS, lab.facts.names, Axes(((), ("item",)), lab.facts.sources))


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family; a run without a score has none."""
    run = lab.facts
    if not any(scored(world.left) for world in run.worlds):
        return
    found = moved_cube(lab)
    adults, scale = population(lab, found.cells, "adults"), per_year(lab, found.cells) * PER_FEW / PER
    for name in ("taken", "given"):
        yield from levels(lab, f"points_{name}", found, name, adults, scale, counted="clustered")
        yield from differences(lab, f"points_{name}", found, name, adults, scale)
    for name in COUNTS:
        yield from _of_all(lab, f"points_{name}_share", name, "source", run.sources)
    yield from _of_all(lab, "points_moved_share_of_behaviour", "moved", "behaviour", tuple(sorted(run.standing)))
    causes = cube(lab, _BY_CAUSE, ("taken", "given"), run.names, Axes((("item",),), CAUSES))
    adults, scale = population(lab, causes.cells, "adults"), per_year(lab, causes.cells) * PER_FEW / PER
    for name in ("taken", "given"):
        yield from levels(lab, f"points_{name}_by_cause", causes, name, adults, scale, counted="clustered")


def _of_all(lab: Lab, measure: str, count: str, column: str, items: tuple[str, ...]) -> Iterator[Row]:
    """Each item's share of all points, in worlds that keep a score."""
    worlds = tuple(world.name for world in lab.facts.worlds if scored(world.left))
    found = cube(lab, _QUERY.format(column), (count,), worlds, Axes(((), ("item",)), items))
    for row in shares(lab, measure, found, count, whole(found, count), "clustered"):
        if row.item is not None:
            yield row
