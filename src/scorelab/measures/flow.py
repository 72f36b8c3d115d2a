"""The flow of denials: from what somebody did, over who saw it and what it led to, to the service that was lost."""

from collections.abc import Iterator

from scorelab.measures.cube import Axes, cube, levels, per_year, population
from scorelab.measures.lab import Lab
from scorelab.measures.legs import SEPARATOR
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

PARTS = ("behaviour", "source", "status", "service", "whose")
"""The parts of an item, from what was recorded to what was lost; ``whose`` as in the measure denials_by_cause."""

register(
    Measure(
        "denials_flow",
        "flow",
        "Denials by behaviour, source, status and service",
        "How often a record of a behaviour, written by a source, closes the door to a service by way of a list or a"
        " grade.",
        "flow.count by behaviour, source, status, service, origin and truth, all years / (persons x years)",
        "per 100,000 persons and year",
        item=SEPARATOR.join(("behaviour", "source", "list or grade", "service", "own or tie, true or false")),
        caveats=(
            "Only what occurs in the world has a row; the rows of a world add up to its denials.",
            "Where the last part is false, nobody did what the first part names.",
            "A denial with several causes is counted under one: own before tie, true before false, the lowest list"
            " first.",
        ),
    )
)


def parts(item: str) -> dict[str, str]:
    """An item of the measure, taken apart by ``PARTS``."""
    return dict(zip(PARTS, item.split(SEPARATOR), strict=True))


def rows(lab: Lab) -> Iterator[Row]:
    """The measure of this family, for each world."""
    columns = f" || '{SEPARATOR}' || ".join((*PARTS[:-1], "origin || ' ' || truth"))
    query = f"SELECT unit_no, world AS label, {columns} AS item, count AS n FROM flow"
    items = tuple(
        str(item) for (item,) in lab.con.execute(f"SELECT DISTINCT item FROM ({query}) ORDER BY 1").fetchall()
    )
    found = cube(lab, query, ("n",), lab.facts.names, Axes((("item",),), items))
    below, by_year = population(lab, found.cells), per_year(lab, found.cells)
    for row in levels(lab, "denials_flow", found, "n", below, by_year, counted="clustered"):
        if row.numerator:
            yield row
