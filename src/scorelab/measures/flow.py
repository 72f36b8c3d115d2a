"""The flow of denials: what the record says, who wrote it down, what closed the door, what was refused."""

from collections.abc import Iterator

from scorelab.measures.cube import Axes, cube, levels, per_year, population
from scorelab.measures.lab import Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

BETWEEN = " > "
"""What stands between the parts of an item; no name has it in it."""

register(
    Measure(
        "denials_flow",
        "flow",
        "Denials by the way they came about",
        "How many denials go back to records of one behaviour by one source, by way of one list or grade, for one"
        " service.",
        "flow.count / (persons x years)",
        "per 100,000 persons and year",
        item="behaviour > source > list or grade > service > own or tie and true or false",
        caveats=(
            "Where several records bar, a denial is counted under one of them: a true one before a false one, then an"
            " own one before another's, then a list before a grade, then the latest.",
            "Where the last part is false, nobody did what the first part names.",
            "Only ways that some denial of the world took have a row; they add up to its denials.",
        ),
    ),
)


def rows(lab: Lab) -> Iterator[Row]:
    """One row for each way that denials of a world took."""
    item = " || ".join(f"{column} || '{BETWEEN}'" for column in ("behaviour", "source", "status", "service"))
    query = f"SELECT unit_no, world AS label, {item} || origin || ' ' || truth AS item, count AS n FROM flow"
    ways = tuple(way for (way,) in lab.con.execute(f"SELECT DISTINCT item FROM ({query}) ORDER BY 1").fetchall())
    found = cube(lab, query, ("n",), lab.facts.names, Axes((("item",),), ways))
    below, scale = population(lab, found.cells), per_year(lab, found.cells)
    for row in levels(lab, "denials_flow", found, "n", below, scale, counted="clustered"):
        if row.numerator:
            yield row
