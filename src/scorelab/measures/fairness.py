"""Who did something against who is treated as if: the rates of the fairness literature, side by side, by group."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from scorelab.measures.confusion import (
    CONTRASTS,
    RATES,
    Confusion,
    below_one,
    cells_of,
    largest,
    parts_of,
    without_sign,
)
from scorelab.measures.cube import CHILDREN, Axes, Cube, Int64s, cube, levels, not_given, once, rows_of, single_groups
from scorelab.measures.disparity import FEW_PERSONS, contrasts
from scorelab.measures.interval import SMALLEST_CELL, Estimates, estimate, gap, ratio
from scorelab.measures.lab import Lab
from scorelab.measures.possible import impossible
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Cell, Row

OUTCOMES = {"restricted": "on a list", "denied": "denied a service"}
"""What is done to a person at any time of the run, and how it is said."""
_EVER = (
    "Whoever ever did something recordable in the run counts as having acted, before or after the listing or denial and"
    " whatever it was for; a listing can rest on another record."
)
_BASE = (
    "Recordable is an unlawful act that a source of this world watches. Lawful acts that a scheme records do not make"
    " anybody one who acted: who is treated so over them is a false positive."
)
_SATURATES = (
    "Over years many people do something small, so few are left who did nothing, and most who did go free: false"
    " negatives say nothing about how grave an act was."
)
_TOGETHER = (
    "Where groups differ in how many acted, equal precision and equal rates of false positives and false negatives"
    " exclude each other, unless nothing is ever wrong: no scheme can satisfy all of these definitions, and which of"
    " them matters is no question of measurement."
)
_UNSIGNED = (
    "Without a sign, as the fairness literature has it: the rates of the two groups say which is worse off. By chance"
    " alone it is above zero.",
    "What is assumed about the groups (occasions, acts, needs) is in it; it is not the scheme's doing alone.",
)
_WORKS = ("CHOULDECHOVA-2017", "KLEINBERG-2017")


def _told(outcome: str) -> dict[str, tuple[str, str, str, str]]:
    """Rate -> title, definition, formula, unit."""
    said, acted, other = OUTCOMES[outcome], f"recordable_{outcome}", f"other_{outcome}"
    return {
        "selection_rate": (
            "selection rate",
            f"Of 100 adults, how many are ever {said}.",
            f"100 x ({acted} + {other}) / adults",
            "of 100 adults",
        ),
        "false_positive_rate": (
            "false positives",
            f"Of 100 adults who never did anything recordable, how many are ever {said} all the same.",
            f"100 x {other} / (adults - recordable)",
            "of 100 adults who did nothing",
        ),
        "false_negative_rate": (
            "false negatives",
            f"Of 100 adults who ever did something recordable, how many are never {said}.",
            f"100 x (recordable - {acted}) / recordable",
            "of 100 adults who acted",
        ),
        "true_positive_rate": (
            "true positives",
            f"Of 100 adults who ever did something recordable, how many are ever {said}.",
            f"100 x {acted} / recordable",
            "of 100 adults who acted",
        ),
        "precision": (
            "precision",
            f"Of 100 adults who are ever {said}, how many ever did something recordable.",
            f"100 x {acted} / ({acted} + {other})",
            f"of 100 adults {outcome}",
        ),
    }


_APART = {
    "demographic_parity_difference": "How far apart the selection rates of two groups are.",
    "demographic_parity_ratio": "The smaller selection rate of two groups for each one of the larger.",
    "equalised_odds_difference": (
        "How far apart two groups are in their true positives or in their false positives, whichever is more."
    ),
    "equal_opportunity_difference": "How far apart the true positives of two groups are.",
    "predictive_parity_difference": "How far apart the precision of two groups is.",
}


def _register() -> None:
    register(
        *(
            Measure(
                f"adults_{name}",
                "fairness",
                title,
                definition,
                f"100 x persons.{name} (span run) / adults",
                "of 100 adults",
                caveats=("It grows with the length of the run; compare it only between runs of equal length.",),
                interval="share",
            )
            for name, title, definition in (
                (
                    "acted",
                    "Adults who ever acted",
                    "Of 100 adults, how many ever did something unlawful, recorded or not.",
                ),
                (
                    "recordable",
                    "Adults who ever did something recordable",
                    "Of 100 adults, how many ever did something unlawful that a source of this world watches,"
                    " recorded or not.",
                ),
            )
        )
    )
    for outcome in OUTCOMES:
        for rate, (title, definition, formula, unit) in _told(outcome).items():
            register(
                Measure(
                    f"{outcome}_{rate}",
                    "fairness",
                    f"{outcome.capitalize()}: {title}",
                    definition,
                    f"persons (span run): {formula}",
                    unit,
                    caveats=(_EVER, _BASE, _SATURATES, _TOGETHER),
                    cite=_WORKS,
                    interval="share",
                )
            )
        for name, definition in _APART.items():
            contrast = CONTRASTS[name]
            rates = " or ".join(f"{outcome}_{rate}" for rate in contrast.rates)
            register(
                Measure(
                    f"{outcome}_{name}",
                    "fairness",
                    f"{outcome.capitalize()}: {name.replace('_', ' ')}",
                    f"{definition} Treated as if they had acted means here: ever {OUTCOMES[outcome]}.",
                    f"{rates}: {'smaller / larger' if contrast.is_ratio else 'largest - smallest'} of the two groups",
                    "times" if contrast.is_ratio else "percentage points",
                    item="first group to second group; an attribute of the society to others",
                    caveats=(*_UNSIGNED, _EVER, _BASE, _TOGETHER),
                    cite=(*_WORKS, "FAIRLEARN-2023", "HARDT-2016"),
                    interval="ratio" if contrast.is_ratio else "difference",
                )
            )


_register()
_COUNTS = ("acted", "recordable", *(f"{who}_{what}" for what in OUTCOMES for who in ("recordable", "other")))


@once
def adults_cube(lab: Lab) -> Cube:
    """Adults by what they ever did and what became of them; bands of children left out."""
    query = "SELECT *, world AS label FROM persons WHERE span = 'run'"
    found = cube(lab, query, _COUNTS, lab.facts.names, Axes(single_groups(lab)))
    kept = [k for k, cell in enumerate(found.cells) if cell.age not in CHILDREN]
    counts = {name: count[:, :, kept] for name, count in found.counts.items()}
    return Cube(found.labels, tuple(found.cells[k] for k in kept), counts)


def _adults(lab: Lab, cells: tuple[Cell, ...]) -> Int64s:
    """Adults behind each cell [units, worlds, cells]."""
    people = cube(lab, "SELECT *, 'all' AS label FROM people", ("adults",), ("all",), Axes(single_groups(lab)))
    where = [people.cells.index(cell) for cell in cells]
    return np.repeat(people.counts["adults"][:, :, where], len(lab.facts.names), axis=1)


def confusion(lab: Lab, outcome: str) -> Confusion:
    """The four cells [units, worlds, cells] of :func:`adults_cube`."""
    found = adults_cube(lab)
    counts = (found.counts[f"recordable_{outcome}"], found.counts[f"other_{outcome}"], found.counts["recordable"])
    return cells_of(*counts, _adults(lab, found.cells))


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    found = adults_cube(lab)
    adults = _adults(lab, found.cells)
    for name in ("acted", "recordable"):
        yield from levels(lab, f"adults_{name}", found, name, adults, 100.0, share=True)
    for outcome in OUTCOMES:
        cells = confusion(lab, outcome)
        for rate, share in RATES.items():
            top, below = share(cells)
            one = Cube(found.labels, found.cells, {"top": top})
            yield from levels(lab, f"{outcome}_{rate}", one, "top", below, 100.0, share=True)
        yield from _apart(lab, outcome, cells, found.cells)


def _apart(lab: Lab, outcome: str, cells: Confusion, known: tuple[Cell, ...]) -> Iterator[Row]:
    """The differences and the ratio of two groups, in worlds where the outcome can happen."""
    for contrast in contrasts(lab):
        sides = []
        for values in (contrast.first, contrast.second):
            where = [known.index(Cell(**{contrast.column: value})) for value in values]  # type: ignore[arg-type]
            sides.append(Confusion(*(part[:, :, where].sum(axis=2) for part in cells)))
        cell = (Cell(item=contrast.item),)
        for w, world in enumerate(lab.facts.worlds):
            if impossible(world, f"{outcome}_selection_rate"):
                continue
            here = [Confusion(*(part[:, [w]] for part in side)) for side in sides]
            enough = all(side.selected.sum() >= SMALLEST_CELL for side in here)
            for name, how in CONTRASTS.items():
                found = _estimated(lab, how.rates, how.is_ratio, here)
                for row in rows_of(f"{outcome}_{name}", world.name, None, cell, found):
                    yield row if enough else not_given(row, FEW_PERSONS)


def _estimated(lab: Lab, rates: tuple[str, ...], is_ratio: bool, sides: list[Confusion]) -> Estimates:
    """A contrast of two groups with its interval."""
    signed: dict[str, Any] = {"signed": True, "counted": "clustered"}
    parts = [np.stack(parts_of(rate, *sides)) for rate in rates]
    if is_ratio:
        return below_one(estimate(parts[0], ratio, 1.0, lab.by_replicate, logarithmic=True))
    return largest([without_sign(estimate(part, gap, 100.0, lab.by_replicate, **signed)) for part in parts])
