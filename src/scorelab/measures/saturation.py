"""Direct and spillover effects: what a scheme does to those to whom it applies, and to those who live beside them.

Two worlds leave half of the people out by a coin, each the other half; so everybody is left out once and covered once,
while a scheme applies to about half of all others (two-stage saturation, Hudgens & Halloran 2008).
"""

from collections.abc import Iterator

import numpy as np

from scorelab.measures.conduct import acts_cube
from scorelab.measures.cube import PER, Base, Cube, Int64s, per_year, population, rows_of
from scorelab.measures.economy import jobless_cube
from scorelab.measures.interval import estimate, rate
from scorelab.measures.lab import YEAR_WEEKS, Facts, Lab
from scorelab.measures.needs import needs_cube
from scorelab.measures.persons import persons_cube
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Cell, Row
from scorelab.words import COIN

SPILLOVER, DIRECT, REST, TOTAL = "spillover", "direct", "rest", "total"
PARTS = (SPILLOVER, DIRECT, REST, TOTAL)
"""spillover: left out, half of the others covered, less nobody covered; direct: covered, less left out, half of the
others covered; rest: everybody covered, less covered, half of the others covered; total: the three together."""

OUTCOMES: dict[str, tuple[str, str, str, Base, str]] = {
    "denials": ("Needs denied", "needs denied", "needs: denied", "persons", "per 100,000 persons and year"),
    "ever_denied": ("Persons ever denied", "persons ever denied", "persons.denied", "persons", "per 100,000 persons"),
    "jobless_years": (
        "Years without work",
        "years of life without work",
        "weekly.jobless / 52",
        "adults",
        "person-years per 100,000 adults and year",
    ),
    "unlawful_acts": (
        "Unlawful acts",
        "unlawful acts",
        "occasions: acted, unlawful",
        "adults",
        "per 100,000 adults and year",
    ),
    "lawful_acts": ("Lawful acts", "lawful acts", "occasions: acted, lawful", "adults", "per 100,000 adults and year"),
}
"""What is split: title, words, formula, whom it is per, unit."""

register(
    *(
        Measure(
            f"saturation_{name}",
            "saturation",
            f"{title}: direct and spilled over",
            f"How many more {words} there are because of a scheme, split into what reaches people whom it leaves out,"
            " what it does to those to whom it applies, and what comes on top when it applies to all others too.",
            f"{formula}, of A: those whom a half-world leaves out, and C: those whom it covers, both half-worlds"
            " together: A - of the reference (spillover), C - A (direct), of world - C (rest), of world - of the"
            f" reference (total), each / {base if name == 'ever_denied' else f'({base} x years)'}",
            unit,
            item="spillover, direct, rest, or total: the three together",
            caveats=(
                "What campaigns and publicity do reaches those who are left out as well, and counts as spillover.",
                "Half of all people are left out everywhere, by a coin, not whole families or counties: where all of"
                " one's ties are left out, less spills over.",
                "Points that flow along ties do not reach people whom a scheme leaves out, since they have no score.",
            ),
            cite=("HUDGENS-HALLORAN-2008",),
            interval="difference",
        )
        for name, (title, words, formula, base, unit) in OUTCOMES.items()
    )
)


def halves(run: Facts, name: str) -> tuple[str, str] | None:
    """The two worlds that are this one but leave out whoever has the coin, or has it not; None without both."""
    here = run.world(name)
    if COIN not in run.attributes or run.world(run.against).schemes or here.exempts or here.covers:
        return None
    same = here.but_for("exempts", "covers")
    like = [world for world in run.worlds if world.but_for("exempts", "covers") == same]
    but_heads = [world.name for world in like if world.exempts == COIN]
    but_tails = [world.name for world in like if world.covers == COIN]
    return (but_heads[0], but_tails[0]) if but_heads and but_tails else None


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family, for each world that has both its halves."""
    run = lab.facts
    found = {name: pair for name in run.names if name != run.against and (pair := halves(run, name)) is not None}
    if not found:
        return
    for name in OUTCOMES:
        cube, count, cell = _counted(lab, name)
        for world, pair in found.items():
            for part, change in _split(lab, cube, count, cell, world, pair).items():
                yield from _row(lab, name, world, part, change)


def _counted(lab: Lab, name: str) -> tuple[Cube, str, Cell]:
    """Where an outcome is counted: the cube, the count and the cell of everybody."""
    match name:
        case "denials":
            return needs_cube(lab), "denied", Cell()
        case "ever_denied":
            return persons_cube(lab), "denied", Cell()
        case "jobless_years":
            return jobless_cube(lab), "jobless", Cell()
        case _:
            return acts_cube(lab), "acted", Cell(item=name.removesuffix("_acts"))


def _split(lab: Lab, cube: Cube, count: str, cell: Cell, world: str, pair: tuple[str, str]) -> dict[str, Int64s]:
    """The parts [units] of an outcome's difference between a world and the reference; the first three add up."""
    totals: dict[tuple[str, bool], Int64s] = {}
    for label in (world, lab.facts.against, *pair):
        for heads in (True, False):
            totals[label, heads] = _of(lab, cube, count, cell, label, heads)
    but_heads, but_tails = pair
    left_out = totals[but_heads, True] + totals[but_tails, False]
    covered = totals[but_heads, False] + totals[but_tails, True]
    whole, none = (totals[label, True] + totals[label, False] for label in (world, lab.facts.against))
    return {SPILLOVER: left_out - none, DIRECT: covered - left_out, REST: whole - covered, TOTAL: whole - none}


def _of(lab: Lab, cube: Cube, count: str, cell: Cell, label: str, heads: bool) -> Int64s:
    """The count [units] in a world of those who have the coin, or have it not."""
    of = [word for word in lab.values["attributes"] if (COIN in word.split(" + ")) == heads]
    at = [k for k, other in enumerate(cube.cells) if other in {cell._replace(attributes=word) for word in of}]
    found: Int64s = cube.counts[count][:, cube.labels.index(label), at].sum(axis=1)
    return found


def _row(lab: Lab, name: str, world: str, part: str, change: Int64s) -> Iterator[Row]:
    cells = (Cell(item=part),)
    parts = np.stack([change[:, None], population(lab, (Cell(),), OUTCOMES[name][3])])
    scale = PER if name == "ever_denied" else per_year(lab, cells) / (YEAR_WEEKS if name == "jobless_years" else 1)
    found = estimate(parts, rate, scale, lab.by_replicate, signed=True, counted="clustered")
    yield from rows_of(f"saturation_{name}", world, lab.facts.against, cells, found, parts)
