"""Grades and scores: how the people of a score are spread over it, and where its middle and its ends lie."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scorelab.kernel.counted import SCORE_BINS
from scorelab.measures.cube import PER, Axes, cube, levels, population, shares, single_groups, whole
from scorelab.measures.interval import SMALLEST_CELL
from scorelab.measures.lab import YEAR_WEEKS, Lab, World
from scorelab.measures.possible import scored
from scorelab.measures.register import Measure, measure, register
from scorelab.measures.table import Cell, Row
from scorelab.spec.scheme import Score

QUANTILES = {"P10": 10, "P50": 50, "P90": 90}
_NO_GINI = (
    "No Gini coefficient is given: it needs a zero at which there is nothing, and that of a score is where somebody put"
    " it."
)

register(
    Measure(
        "score_members",
        "grades",
        "Persons to whom the score applies",
        "How many persons have a score at the end of the 13 weeks.",
        "grades: persons of all grades / persons",
        "per 100,000 persons",
        period="13 weeks",
        caveats=("Whoever no score applies to is in no grade and no quantile.",),
        interval="share",
    ),
    Measure(
        "grade_share",
        "grades",
        "Persons in a grade",
        "Of 100 persons to whom the score applies, how many have this grade at the end of the 13 weeks, or of the run.",
        "grades: 100 x persons of the grade / persons of all grades",
        "of 100 persons with a score",
        item="the grade",
        period="13 weeks",
        caveats=("Everybody begins in the grade of the start, so the first year shows mostly that.",),
        interval="share",
    ),
    Measure(
        "grade_moved",
        "grades",
        "Persons who fell or rose",
        "Of 100 persons to whom the score applies, how many have a lower, or a higher, grade than the one in which"
        " everybody begins, at the end of the 13 weeks, or of the run.",
        "grades: 100 x persons of the grades below, or above, that of the start / persons of all grades",
        "of 100 persons with a score",
        item="below or above",
        period="13 weeks",
        caveats=(
            "Set against the grade of the start, not against the last period: who falls and comes back has not moved.",
        ),
        interval="share",
    ),
    Measure(
        "score_quantile",
        "grades",
        "Score of the tenth, the fiftieth and the ninetieth of 100",
        "Of 100 persons in the order of their scores, the lowest first: the score of the tenth (P10), of the one in the"
        " middle (P50) and of the ninetieth (P90), at the end of the year, or of the run.",
        "scores: middle of the first bin up to which 10, 50 or 90 of 100 persons lie",
        "points of the score",
        item="P10, P50 or P90",
        period="year",
        caveats=(
            "Read from 64 equal parts of the scale, so it is right to within half of a part; the column of the method"
            " says how much that is.",
            _NO_GINI,
        ),
        interval="none",
    ),
)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family; a run without a score has none."""
    worlds = tuple(world for world in lab.facts.worlds if scored(world.left))
    if worlds:
        yield from _members(lab, worlds)
        yield from _grades(lab, worlds)
        yield from _moved(lab, worlds)
        for world in worlds:
            yield from _quantiles(lab, world)


def _names(worlds: Sequence[World]) -> tuple[str, ...]:
    return tuple(world.name for world in worlds)


def _members(lab: Lab, worlds: Sequence[World]) -> Iterator[Row]:
    query, last = "SELECT unit_no, world AS label, period, persons FROM grades", lab.facts.periods - 1
    over_time = cube(lab, query, ("persons",), _names(worlds), Axes((("period",),), periods=lab.facts.periods))
    at_end = cube(lab, f"{query} WHERE period = {last}", ("persons",), _names(worlds), Axes(((),)))
    for found in (over_time, at_end):
        yield from levels(lab, "score_members", found, "persons", population(lab, found.cells), PER, share=True)


def _grades(lab: Lab, worlds: Sequence[World]) -> Iterator[Row]:
    items = tuple(dict.fromkeys(grade for world in worlds for grade in world.grades))
    if not items:
        return
    query, last = "SELECT *, world AS label, grade AS item FROM grades", lab.facts.periods - 1
    periods = Axes((("period",), ("item", "period")), items, lab.facts.periods)
    over_time = cube(lab, query, ("persons",), _names(worlds), periods)
    singles = single_groups(lab)
    at_end = Axes((*singles, *(("item", *columns) for columns in singles)), items)
    end = cube(lab, f"{query} WHERE period = {last}", ("persons",), _names(worlds), at_end)
    for found in (over_time, end):
        for row in shares(lab, "grade_share", found, "persons", whole(found, "persons")):
            if row.item in lab.facts.world(row.world).grades:
                yield row


def _moved(lab: Lab, worlds: Sequence[World]) -> Iterator[Row]:
    """Grades on either side of the start's, which everybody begins in."""
    sides = []
    for world in worlds:
        score, first = score_of(world), first_grade(world)
        side = {True: "below", False: "above"}
        sides += [
            f"('{world.name}', '{grade}', '{side[score.grades[grade] < score.grades[first]]}')"
            for grade in world.grades
            if grade != first
        ]
    if not sides:
        return
    query = (
        "SELECT *, g.world AS label, coalesce(side, 'neither') AS item FROM grades g "
        f"LEFT JOIN (VALUES {', '.join(sides)}) AS s(world, grade, side) USING (world, grade)"
    )
    names, items = _names([world for world in worlds if world.grades]), ("below", "above", "neither")
    over_time = Axes((("period",), ("item", "period")), items, lab.facts.periods)
    singles = single_groups(lab)
    at_end = Axes((*singles, *(("item", *columns) for columns in singles)), items)
    last = f"SELECT * FROM ({query}) WHERE period = {lab.facts.periods - 1}"
    for found in (cube(lab, query, ("persons",), names, over_time), cube(lab, last, ("persons",), names, at_end)):
        for row in shares(lab, "grade_moved", found, "persons", whole(found, "persons")):
            if row.item in ("below", "above"):
                yield row


def score_of(world: World) -> Score:
    """The score that a world keeps; StopIteration where it keeps none."""
    return next(scheme.score for scheme in world.left.schemes if scheme.score is not None)


def first_grade(world: World) -> str:
    """The grade in which everybody begins; empty where the score has no grades."""
    score = score_of(world)
    return next((name for name in reversed(world.grades) if score.grades[name] <= score.start), "")


class Bin(NamedTuple):
    """A part of the scale: the middle of the scores in it, and how far the ends of it are from there."""

    middle: float
    half: float


def bin_of(score: Score, number: int) -> Bin:
    """The scores that the ledger counts in a bin."""
    width = score.highest - score.lowest + 1
    first = score.lowest + -(-number * width // SCORE_BINS)
    last = max(first, score.lowest - (-(number + 1) * width // SCORE_BINS) - 1)
    return Bin((first + last) / 2, (last - first) / 2)


def quantile(persons: Sequence[int], percent: int) -> int:
    """The first bin up to which so many of 100 persons lie."""
    total, below = sum(persons), 0
    for number, here in enumerate(persons):
        below += here
        if 100 * below >= percent * total and below > 0:
            return number
    return len(persons) - 1


def _quantiles(lab: Lab, world: World) -> Iterator[Row]:
    score = score_of(world)
    counted = lab.con.execute(
        'SELECT year, "bin", sum(persons)::BIGINT FROM scores WHERE world = $1 GROUP BY ALL', [world.name]
    ).fetchall()
    unit = measure("score_quantile").unit
    for year in range(lab.facts.years):
        persons = [0] * SCORE_BINS
        for at, number, here in counted:
            if at == year:
                persons[number] = here
        periods = (year, None) if (year + 1) * YEAR_WEEKS >= lab.facts.weeks else (year,)
        for name, percent in QUANTILES.items():
            place = bin_of(score, quantile(persons, percent))
            value, said = place.middle, f"none: read from bins, right to within ±{place.half:g}"
            if sum(persons) < SMALLEST_CELL:
                value, said = float("nan"), f"not given: fewer than {SMALLEST_CELL} persons with a score"
            for period in periods:
                cell = Cell(item=name, period=period)
                none = (None, None, None, None)
                yield Row("score_quantile", world.name, None, *cell, value, *none, said, unit, None, None)
