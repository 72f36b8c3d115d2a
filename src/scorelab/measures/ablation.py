"""What falls away without a mechanism: the focus set against the same world without one of its parts, or several."""

from collections.abc import Iterator

import numpy as np

from scorelab.measures.conduct import acts_cube
from scorelab.measures.cube import Base, Cube, Int64s, difference, not_given, per_year, population, rows_of
from scorelab.measures.economy import jobless_cube
from scorelab.measures.interval import Counted, estimate, rate
from scorelab.measures.lab import YEAR_WEEKS, Lab
from scorelab.measures.needs import needs_cube
from scorelab.measures.possible import impossible
from scorelab.measures.register import Measure, register
from scorelab.measures.restricted import listed_cube
from scorelab.measures.table import Cell, Row

_ITEM = "the mechanisms that the other world lacks, joined by a plus"
_LIVED = (
    "Two whole worlds are compared, so it contains what the mechanism does by way of everything else; the parts"
    " need not add up to the whole."
)
_BOTH = "What two mechanisms do together that neither does alone; below zero, each does part of what the other does."


WHAT: dict[str, tuple[str, str, str, Base, str]] = {
    "denials": ("Denials", "denials", "needs: denied", "persons", "per 100,000 persons and year"),
    "restricted_years": (
        "Years on a list",
        "years of life on a list",
        "weekly.listed / 52",
        "adults",
        "person-years per 100,000 adults and year",
    ),
    "jobless_years": (
        "Years without work",
        "years of life without work",
        "weekly.jobless / 52",
        "adults",
        "person-years per 100,000 adults and year",
    ),
    "unlawful_prevented": (
        "Unlawful acts prevented, net",
        "unlawful acts prevented, net",
        "- occasions: acted, unlawful",
        "adults",
        "per 100,000 adults and year",
    ),
    "lawful_forgone": (
        "Lawful acts given up, net",
        "lawful acts given up, net",
        "- occasions: acted, lawful",
        "adults",
        "per 100,000 adults and year",
    ),
}
"""What a scheme does: title, words, formula, whom it is per, unit."""
_NEEDED = {"denials": "needs_denied", "restricted_years": "restricted_person_years"}
"""Measures whose count is 0 in a reference that cannot have any, so that nothing else has to be certain."""
UNSURE = "not given: whether the focus has more than the reference is not certain"

register(
    *(
        Measure(
            f"without_{name}",
            "ablation",
            f"{title}: what falls away",
            f"How many {words} the focus has more than the same world without a mechanism: what falls away without it.",
            f"({formula}) of world - of against / ({base} x years)",
            unit,
            item=_ITEM,
            caveats=(_LIVED,),
            interval="difference",
        )
        for name, (title, words, formula, base, unit) in WHAT.items()
    ),
    *(
        Measure(
            f"without_{name}_share",
            "ablation",
            f"{title}: what falls away, of 100",
            f"Of 100 {words} that the focus has more than the reference, how many fall away without a mechanism, net.",
            f"100 x ({formula}) of world - of against / of world - of the reference",
            "of 100 that the focus has more than the reference",
            item=_ITEM,
            caveats=(_LIVED, "Given only where it is certain that the focus has more than the reference."),
            interval="difference",
        )
        for name, (title, words, formula, base, unit) in WHAT.items()
    ),
    *(
        Measure(
            f"without_both_{name}",
            "ablation",
            f"{title}: two mechanisms together",
            f"How many {words} fall away without two mechanisms, beyond those that fall away without each by itself.",
            f"without_{name} of A + B - of A - of B, each ({formula})",
            unit,
            item="the two mechanisms, joined by a plus",
            caveats=(_BOTH, _LIVED),
            interval="difference",
        )
        for name, (title, words, formula, base, unit) in WHAT.items()
    ),
    *(
        Measure(
            f"without_all_{name}",
            "ablation",
            f"{title}: three mechanisms or more together",
            f"How many {words} fall away without all of these mechanisms, beyond those that fall away without each of"
            " them by itself.",
            f"without_{name} of A + B + C - of A - of B - of C, each ({formula})",
            unit,
            item="all the mechanisms, joined by a plus",
            caveats=(
                "What mechanisms do together that none does alone, in pairs or all at once; below zero, some do what"
                " others do as well, so that shares of mechanisms by themselves do not add up to 100.",
                _LIVED,
            ),
            interval="difference",
        )
        for name, (title, words, formula, base, unit) in WHAT.items()
    ),
)


def counts_of(lab: Lab) -> dict[str, Int64s]:
    """What is counted of everybody in the whole run [units, worlds], by name."""

    def column(found: Cube, count: str, cell: Cell) -> Int64s:
        if cell not in found.cells:
            return np.zeros((lab.units, len(lab.facts.names)), np.int64)
        return found.counts[count][:, :, found.cells.index(cell)]

    return {
        "denials": column(needs_cube(lab), "denied", Cell()),
        "restricted_years": column(listed_cube(lab), "listed", Cell()),
        "jobless_years": column(jobless_cube(lab), "jobless", Cell()),
        "unlawful_prevented": -column(acts_cube(lab), "acted", Cell(item="unlawful")),
        "lawful_forgone": -column(acts_cube(lab), "acted", Cell(item="lawful")),
    }


def said(lacks: tuple[str, ...]) -> str:
    """The item for some switches."""
    return " + ".join(lacks)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family, for each world that is the focus but for some switches."""
    run = lab.facts
    siblings = run.siblings()
    if not siblings:
        return
    at = {name: place for place, name in enumerate(run.names)}
    here = at[run.focus]
    by_lacks = {frozenset(lacks): other for other, lacks in siblings.items()}
    for name, counts in counts_of(lab).items():
        more = counts[:, here] - counts[:, at[run.against]]
        for other, lacks in siblings.items():
            change = counts[:, here] - counts[:, at[other]]
            how = difference(lab, run.focus, other)
            yield from _row(lab, name, f"without_{name}", other, said(lacks), change, how)
            yield from _share(lab, name, other, said(lacks), change, more)
        for one, two, both in _pairs(by_lacks):
            change = counts[:, at[one]] + counts[:, at[two]] - counts[:, here] - counts[:, at[both]]
            item = f"{said(siblings[one])} + {said(siblings[two])}"
            yield from _row(lab, name, f"without_both_{name}", both, item, change, "clustered")
        for whole, singles in _all(by_lacks):
            apart = sum(counts[:, here] - counts[:, at[one]] for one in singles)
            change = counts[:, here] - counts[:, at[whole]] - apart
            yield from _row(lab, name, f"without_all_{name}", whole, said(siblings[whole]), change, "clustered")


def _pairs(by_lacks: dict[frozenset[str], str]) -> Iterator[tuple[str, str, str]]:
    """Worlds without A, without B and without both, each pair once."""
    found = [lacks for lacks in by_lacks if len(lacks) == 1]
    for i, one in enumerate(found):
        for two in found[i + 1 :]:
            if one | two in by_lacks:
                yield by_lacks[one], by_lacks[two], by_lacks[one | two]


def _all(by_lacks: dict[frozenset[str], str]) -> Iterator[tuple[str, list[str]]]:
    """Each world without three mechanisms or more, and the worlds without each of them alone, where all are there."""
    for lacks, whole in by_lacks.items():
        singles = [by_lacks.get(frozenset({one})) for one in sorted(lacks)]
        found = [one for one in singles if one is not None]
        if len(lacks) > 2 and len(found) == len(lacks):
            yield whole, found


def _row(lab: Lab, name: str, measure: str, against: str, item: str, change: Int64s, counted: Counted) -> Iterator[Row]:
    cells = (Cell(item=item),)
    parts = np.stack([change[:, None], population(lab, (Cell(),), WHAT[name][3])])
    scale = per_year(lab, cells) / (YEAR_WEEKS if name.endswith("_years") else 1)
    found = estimate(parts, rate, scale, lab.by_replicate, signed=True, counted=counted)
    yield from rows_of(measure, lab.facts.focus, against, cells, found, parts)


def _share(lab: Lab, name: str, against: str, item: str, change: Int64s, more: Int64s) -> Iterator[Row]:
    """Of what the focus does more than the reference; not where the reference might as well do more."""
    people = population(lab, (Cell(),), WHAT[name][3])
    never = impossible(lab.facts.world(lab.facts.against), _NEEDED.get(name, ""))
    sure = estimate(np.stack([more[:, None], people]), rate, 1.0, lab.by_replicate, signed=True, counted="clustered")
    parts = np.stack([change, more])[:, :, None]
    found = estimate(parts, rate, 100.0, lab.by_replicate, signed=True, counted="clustered")
    for row in rows_of(f"without_{name}_share", lab.facts.focus, against, (Cell(item=item),), found, parts):
        yield row if never or sure.low[0] > 0 else not_given(row, UNSURE)
