"""Life chances: places at school, at university or at work that some lose by a scheme and others gain."""

from collections.abc import Iterator

import numpy as np

from scorelab.measures.conduct import label
from scorelab.measures.cube import (
    Axes,
    Cube,
    cube,
    difference,
    group_columns,
    once,
    per_year,
    population,
    rows_of,
    single_groups,
)
from scorelab.measures.interval import estimate, rate
from scorelab.measures.lab import Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

_UNIT = "per 100,000 persons and year"
_ITEM = "the service; null: all services whose loss lasts"
_OFTEN = (
    "Each need counts by itself; who fails here may get a place another time. What a lost place costs is not known."
)
_REACHED = "Needs that arise in only one of the two worlds are in none of these numbers."

register(
    Measure(
        "chances_lost",
        "chances",
        "Places lost",
        "How often somebody does not get a place in this world that the same person gets in the other: at a school, at"
        " work, or whatever else the society names as a life chance.",
        "needs: granted or favoured in against and not_asked, unsuccessful or denied in world / (persons x years)",
        _UNIT,
        item=_ITEM,
        caveats=(_OFTEN, _REACHED),
    ),
    Measure(
        "chances_gained",
        "chances",
        "Places gained",
        "How often somebody gets a place in this world that the same person does not get in the other, since it is free"
        " or since this person is favoured.",
        "needs: granted or favoured in world and not_asked, unsuccessful or denied in against / (persons x years)",
        _UNIT,
        item=_ITEM,
        caveats=(_OFTEN, _REACHED),
    ),
    Measure(
        "chances_net",
        "chances",
        "Places lost, net",
        "Places lost less places gained.",
        "chances_lost - chances_gained",
        _UNIT,
        item=_ITEM,
        caveats=("A net of zero can mean that places only changed hands.", _REACHED),
        interval="difference",
    ),
)

_GOT = "('granted', 'favoured')"
_NOT = "('not_asked', 'unsuccessful', 'denied')"


@once
def places_cube(lab: Lab) -> Cube:
    """Places that only one of two worlds gives, by pair, service and group."""
    run = lab.facts
    groups = group_columns(lab)
    services = ", ".join(f"'{name}'" for name in run.life_chances)
    query = " UNION ALL ".join(
        f"SELECT unit_no, '{label((here, there))}' AS label, {groups}service AS item, "
        f'CASE WHEN "{there}" IN {_GOT} AND "{here}" IN {_NOT} THEN count ELSE 0 END AS lost, '
        f'CASE WHEN "{here}" IN {_GOT} AND "{there}" IN {_NOT} THEN count ELSE 0 END AS gained '
        f"FROM needs WHERE service IN ({services})"
        for here, there in run.pairs
    )
    singles = single_groups(lab)
    axes = Axes((*singles, *(("item", *columns) for columns in singles)), run.life_chances)
    return cube(lab, query, ("lost", "gained"), tuple(label(pair) for pair in run.pairs), axes)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family; a society without life chances and a run of one world have none."""
    run = lab.facts
    if not run.life_chances or not run.pairs:
        return
    found = places_cube(lab)
    below, scale = population(lab, found.cells), per_year(lab, found.cells)
    for i, pair in enumerate(run.pairs):
        how = difference(lab, *pair)
        lost, gained = found.counts["lost"][:, i], found.counts["gained"][:, i]
        for name, count in (("lost", lost), ("gained", gained), ("net", lost - gained)):
            parts = np.stack([count, below])
            estimates = estimate(parts, rate, scale, lab.by_replicate, signed=name == "net", counted=how)
            yield from rows_of(f"chances_{name}", *pair, found.cells, estimates, parts)
