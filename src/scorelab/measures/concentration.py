"""How denials gather on few persons, beside what chance alone would do at the same mean."""

import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from scorelab.measures.cube import Axes, cube, rows_of, single_groups
from scorelab.measures.interval import Floats, Statistic, estimate, over
from scorelab.measures.lab import Lab
from scorelab.measures.persons import MOST
from scorelab.measures.possible import denies
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

TOP = {"1": 0.01, "10": 0.1}
"""The most denied persons: how many of 100."""
_OPEN = (
    "Persons with eleven denials or more count as eleven, so it is a lower bound, and so is its distance to the value"
    " under chance."
)
_CHANCE = (
    "Chance: everybody is denied at the same rate, so that denials of a person are Poisson with the mean of this world;"
    " needs that differ between persons gather denials too, and are in the number and not in chance."
)
_DEFINED = "Not given where fewer than ten persons were ever denied."


def _register() -> None:
    of_chance = "What this would be if denials fell on everybody at the same rate"
    for share in TOP:
        said = f"Of 100 denials, how many fall on the most denied {share} of 100 persons"
        register(
            Measure(
                f"denials_of_top_{share}",
                "concentration",
                f"Of 100 denials, on the most denied {share} %",
                f"{said}.",
                f"histogram: 100 x denials of the {share} % of persons with most denials / all denials",
                "of 100 denials",
                interval="share",
                caveats=(_OPEN, "Of persons with equally many denials a part is taken.", _CHANCE, _DEFINED),
            ),
            Measure(
                f"denials_of_top_{share}_by_chance",
                "concentration",
                f"Of 100 denials, on the most denied {share} %, by chance",
                f"{of_chance}: {said[0].lower()}{said[1:]}.",
                f"the same of a Poisson distribution with mean denials / persons, to the {share} %",
                "of 100 denials",
                interval="share",
                caveats=(_CHANCE, _DEFINED),
            ),
        )
    register(
        Measure(
            "denials_gini",
            "concentration",
            "Gini of denials",
            "How unequally denials are spread over persons: 0 if all have the same number, near 1 if one has all.",
            "histogram: mean absolute difference of two persons' denials / (2 x mean)",
            "Gini coefficient",
            interval="share",
            caveats=(
                _OPEN,
                "Where few are denied at all it is near 1 whatever the scheme does: read it only beside the value"
                " under chance.",
                _CHANCE,
                _DEFINED,
            ),
        ),
        Measure(
            "denials_gini_by_chance",
            "concentration",
            "Gini of denials, by chance",
            f"{of_chance}: the Gini coefficient of a Poisson distribution with the same mean.",
            "exp(-2m) x (I0(2m) + I1(2m)), m = denials / persons",
            "Gini coefficient",
            interval="share",
            caveats=(_CHANCE, _DEFINED),
        ),
    )


_register()


def _number(persons: Floats) -> Floats:
    """0, 1, 2, ... along the first axis."""
    return np.arange(persons.shape[0], dtype=np.float64).reshape(-1, *(1,) * (persons.ndim - 1))


def _total(persons: Floats) -> Floats:
    """What all of them have together."""
    return np.asarray((_number(persons) * persons).sum(axis=0))


def gini(persons: Floats) -> Floats:
    """Gini coefficient of 0, 1, 2, ... each had by so many persons [counts, ...]; NaN where nobody has any."""
    people = persons.sum(axis=0)
    less = np.cumsum(persons, axis=0) - persons
    more = people - less - persons
    # Of each pair who differ, one is above the other: a number counts up for those below and down for those above.
    return over((_number(persons) * persons * (less - more)).sum(axis=0), people * _total(persons))


def top_share(persons: Floats, share: float) -> Floats:
    """The part of the total that the ``share`` of persons with most have [counts, ...]; a tie is taken in part."""
    people = persons.sum(axis=0)
    more = people - np.cumsum(persons, axis=0)
    taken = np.clip(share * people - more, 0.0, persons)
    return over((_number(persons) * taken).sum(axis=0), _total(persons))


def poisson(means: Floats) -> Floats:
    """Chances of 0, 1, 2, ... at these means [counts, ...], as far as they matter; NaN where a mean is."""
    largest = float(np.nanmax(means, initial=0.0))
    number = np.arange(int(largest + 12.0 * math.sqrt(largest) + 40.0), dtype=np.float64)
    factorials = np.cumsum(np.log(np.maximum(number, 1.0)))
    number, factorials = (column.reshape(-1, *(1,) * means.ndim) for column in (number, factorials))
    safe = np.where(means > 0, means, 1.0)
    chances = np.exp(number * np.log(safe) - safe - factorials)
    return np.asarray(np.where(means > 0, chances, np.where(means == 0, number == 0, np.nan)))


def by_chance(persons: Floats, statistic: Statistic) -> Floats:
    """The statistic of a Poisson distribution with the same mean [counts, ...]."""
    people = persons.sum(axis=0)
    means = np.where(people > 0, _total(persons) / np.where(people > 0, people, 1.0), np.nan)
    return statistic(poisson(means))


def _statistics() -> Iterator[tuple[str, Statistic, float]]:
    for name, share in TOP.items():
        yield f"denials_of_top_{name}", partial(top_share, share=share), 100.0
    yield "denials_gini", gini, 1.0


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family, in worlds where anything can be denied."""
    names = tuple(world.name for world in lab.facts.worlds if denies(world.left))
    counts = tuple(f"n{number}" for number in range(MOST + 1))
    columns = ", ".join(f"CASE WHEN denials = {n} THEN persons ELSE 0 END AS n{n}" for n in range(MOST + 1))
    found = cube(lab, f"SELECT *, world AS label, {columns} FROM histogram", counts, names, Axes(single_groups(lab)))
    for w, world in enumerate(names):
        persons = np.stack([found.counts[name][:, w] for name in counts])
        # The last part is by what a statistic is not given: those ever denied.
        parts = np.concatenate([persons, persons[1:].sum(axis=0)[None]])
        for name, statistic, scale in _statistics():
            for measure, value in ((name, statistic), (f"{name}_by_chance", partial(by_chance, statistic=statistic))):
                estimates = estimate(parts, partial(_of_persons, value), scale, lab.by_replicate, share=True)
                yield from rows_of(measure, world, None, found.cells, estimates)


def _of_persons(statistic: Statistic, totals: Floats) -> Floats:
    """A statistic of persons by number of denials, without the part that is no such number."""
    return statistic(totals[:-1])
