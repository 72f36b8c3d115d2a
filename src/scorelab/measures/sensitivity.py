"""Which assumptions matter: how each headline number goes with each parameter over the draws of a study.

The measure is Spearman's rank correlation. All numbers are drawn at once, so most of the spread of one correlation is
what the other parameters do; a parameter is told apart from chance only beyond a threshold that all correlations of the
study together pass by chance with probability 5 % at most (Bonferroni over Student's t).
"""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorelab.ledger.study import FOLDER, Study, complete, draw_name, read_draw
from scorelab.measures import table
from scorelab.measures.assumed import MOST_WITHOUT, over_draws
from scorelab.measures.interval import student_quantile
from scorelab.measures.lab import Facts
from scorelab.measures.table import Cell, Measures, Row
from scorelab.spec.ranges import Parameter, reaching

Floats = npt.NDArray[np.float64]

FILE = "sensitivity.parquet"
FALSE_ALARM = 0.05
"""Chance that a study in which nothing matters tells any parameter apart."""
LEAST = 10
"""Draws below which no correlation is given."""
MOST_ALIKE = 0.5
"""A number that is the same in more than this share of the draws has no ranks to speak of."""


class Headline(NamedTuple):
    """One of the numbers for which it is asked what moves them; about the focus, ``compared`` with the reference."""

    measure: str
    item: str | None
    compared: bool
    words: str


HEADLINES = (
    Headline("ever_denied", None, False, "persons ever denied"),
    Headline("ever_wronged", None, False, "persons ever denied by error"),
    Headline("restricted_person_years", None, False, "years on a list"),
    Headline("acts_net_prevented", "unlawful", True, "unlawful acts prevented"),
    Headline("acts_net_prevented", "lawful", True, "lawful acts given up"),
    Headline("jobless_person_years", None, True, "more years without work"),
    Headline("collateral", None, False, "denials that fall away without ties"),
)


class Sensitivity(NamedTuple):
    """One headline number and one parameter.

    ``correlation`` is positive where a higher value of the parameter goes with a higher number; ``apart`` says that it
    lies beyond ``threshold``, which holds for all correlations of the study together.
    """

    measure: str
    world: str
    against: str | None
    item: str | None
    parameter: str
    words: str
    value: float
    low: float
    high: float
    by_ratio: bool
    draws: int
    correlation: float
    threshold: float
    apart: bool


def ranks(values: Floats) -> Floats:
    """Ranks from 1; equal values share the mean of theirs."""
    _, first, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    found: Floats = (ends - (counts - 1) / 2.0)[first]
    return found


def correlations(values: Floats, drawn: Floats) -> Floats:
    """Spearman's rank correlation of a number [draws] with each parameter [draws, parameters]."""
    centred = ranks(values) - (len(values) + 1) / 2.0
    others = np.stack([ranks(column) for column in drawn.T], axis=1) - (len(values) + 1) / 2.0
    found: Floats = centred @ others / np.sqrt((centred @ centred) * (others**2).sum(axis=0))
    return found


def threshold(draws: int, comparisons: int) -> float:
    """The correlation that so many of them pass by chance with 5 % in all, at most: Bonferroni, two-sided, t."""
    t = student_quantile(FALSE_ALARM / comparisons / 2.0, draws - 2)
    return t / math.sqrt(draws - 2 + t * t)


def _tested(values: Floats) -> bool:
    """Whether a number has enough draws, and differs enough among them, for ranks to mean something."""
    given = values[~np.isnan(values)]
    if len(given) < LEAST or len(given) < (1.0 - MOST_WITHOUT) * len(values):
        return False
    return bool(np.unique(given, return_counts=True)[1].max() <= MOST_ALIKE * len(given))


def row_of(measures: Measures, headline: Headline, focus: str, against: str) -> Row | None:
    """The run's own headline number, or None where it has none."""
    return measures.one(headline.measure, focus, against if headline.compared else None, Cell(item=headline.item))


def _about(headline: Headline, run: Facts) -> tuple[object, ...]:
    against = run.against if headline.compared else None
    return (headline.measure, run.focus, against, *Cell(item=headline.item))


def sensitivities(run: Facts, study: Study) -> list[Sensitivity]:
    """Every headline number that differs among the draws, with every parameter that can reach it."""
    schemes = {scheme.scheme for name in (run.focus, run.against) for scheme in run.world(name).schemes}
    parameters = reaching(study.parameters, schemes)
    drawn = np.array(
        [
            [values[parameter.name] for parameter in parameters]
            for values in (read_draw(run.run_dir, draw_name(number)).values for number in range(study.draws))
        ]
    ).reshape(study.draws, len(parameters))
    values = over_draws(run.run_dir, study)
    tested = [
        (headline, found)
        for headline in HEADLINES
        if (found := values.get(_about(headline, run))) is not None and _tested(found)
    ]
    rows = []
    for headline, found in tested:
        given = ~np.isnan(found)
        least = threshold(int(given.sum()), max(1, len(tested) * len(parameters)))
        told = correlations(found[given], drawn[given])
        order = sorted(range(len(parameters)), key=lambda k: (-abs(told[k]), parameters[k].name))
        against = run.against if headline.compared else None
        for k in order:
            one = parameters[k]
            rows.append(_row(headline, (run.focus, against), one, (int(given.sum()), float(told[k]), least)))
    return rows


def _row(
    headline: Headline, worlds: tuple[str, str | None], one: Parameter, found: tuple[int, float, float]
) -> Sensitivity:
    draws, correlation, least = found
    return Sensitivity(
        headline.measure,
        *worlds,
        headline.item,
        one.name,
        one.words,
        one.value,
        one.low,
        one.high,
        one.by_ratio,
        draws,
        correlation,
        least,
        abs(correlation) > least,
    )


def write(run: Facts) -> None:
    """Write ``sensitivity.parquet`` of a run whose study is finished."""
    study = complete(run.run_dir)
    assert study is not None, f"the study in {run.run_dir / FOLDER} is not finished"
    table.write_rows(sensitivities(run, study), Sensitivity, run.run_dir / FILE)


def read(run_dir: Path) -> list[Sensitivity]:
    """What was written, each headline number's largest correlations first; nothing where no study was made."""
    return [Sensitivity(*row) for row in table.read_rows(Sensitivity, run_dir / FILE)]


def told_apart(found: Sequence[Sensitivity], headline: Headline, most: int = 5) -> list[Sensitivity]:
    """The parameters of a headline number that are told apart from chance, the strongest first."""
    mine = [one for one in found if (one.measure, one.item) == (headline.measure, headline.item) and one.apart]
    return sorted(mine, key=lambda one: (-abs(one.correlation), one.parameter))[:most]
