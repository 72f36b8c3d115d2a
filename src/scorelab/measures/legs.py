"""What a denial is for: from which part of life, and for how grave an act.

Indicators relevant to the two legs of Art. 5(1)(c) of the EU AI Act: treatment in social contexts unrelated to where
the data come from, and treatment out of proportion to the conduct. They decide nothing about the law.
"""

from collections.abc import Iterator

import numpy as np

from scorelab.measures.conduct import done_query
from scorelab.measures.cube import (
    NO_PAIR,
    PER,
    Axes,
    Cube,
    cube,
    group_columns,
    levels,
    per_year,
    population,
    shares,
    single_groups,
    whole,
)
from scorelab.measures.flow import BETWEEN
from scorelab.measures.lab import BANDS, Lab
from scorelab.measures.points import PER_FEW
from scorelab.measures.possible import denies, scored
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

_NO_VERDICT = "It decides nothing about the law: an indicator, never a finding."
_LEG_ONE = "An indicator relevant to Art. 5(1)(c)(i) of the EU AI Act. "
_LEG_TWO = "An indicator relevant to Art. 5(1)(c)(ii) of the EU AI Act. "
_DOMAINS = (
    "Domains are words of the society's author: finer ones make more of it unrelated, coarser ones less.",
    _NO_VERDICT,
)
_BANDS = (
    "The bands are the society's author's reading of how grave an act is, not a court's; they are assumed in the"
    " catalogue. Each band is shown by itself, so that whoever reads an act one band higher or lower can move it.",
    "What rests on false records alone is of band 0, whatever the record names.",
    _NO_VERDICT,
)
_BAND = "0 lawful, or nothing happened; 1 minor; 2 serious; 3 crime-like"

register(
    Measure(
        "unrelated_context_share",
        "legs",
        "Denied for something unrelated, of 100 denials",
        _LEG_ONE + "Of 100 denials, how many are for a record from another domain of life than the service belongs to.",
        "100 x denials where cause_domain differs from the service's domain / denials",
        "of 100 denials",
        caveats=(*_DOMAINS, "By group: among the denials of that group."),
        interval="share of clusters",
    ),
    Measure(
        "denials_by_domain",
        "legs",
        "Of 100 denials, from which part of life to which",
        _LEG_ONE
        + "Of 100 denials, how many are of a service of one domain for a record from one domain, equal or not.",
        "100 x denials by cause_domain and the service's domain / denials",
        "of 100 denials",
        item="domain of the cause > domain of the service; only those that occur in the world",
        caveats=(*_DOMAINS, "How many different persons are behind a pair of domains is not in the ledger."),
        interval="share of clusters",
    ),
    Measure(
        "denials_by_gravity",
        "legs",
        "Denials by how grave the act is",
        _LEG_TWO + "How often people are denied something for an act of that gravity.",
        "flow.count by gravity of the behaviour, 0 where truth is false / (persons x years)",
        "per 100,000 persons and year",
        item=_BAND,
        caveats=(*_BANDS, "Somebody else's act, where the denial came along a tie."),
    ),
    Measure(
        "denials_by_gravity_share",
        "legs",
        "Of 100 denials, by how grave the act is",
        _LEG_TWO + "Of 100 denials, how many are for an act of that gravity.",
        "100 x flow.count by gravity / flow.count",
        "of 100 denials",
        item=_BAND,
        caveats=_BANDS,
        interval="share of clusters",
    ),
    Measure(
        "denials_per_act",
        "legs",
        "Denials for each 1,000 acts",
        _LEG_TWO
        + "For each 1,000 acts of that gravity, recorded or not, how many denials rest on true records of such acts.",
        "1,000 x flow.count where truth is true, by gravity / acts by gravity, those displaced to them among them",
        "denials per 1,000 acts",
        item=f"{_BAND}: here lawful acts",
        caveats=(
            _BANDS[0],
            "Denials for false records have no act and are left out.",
            "Few denials for each act of a band can mean a mild scheme or one that sees little; proportion is in"
            " comparing the bands, and a denial can be of more or less.",
            "Years on a list by gravity are not in the ledger, which counts lists without the behaviour.",
            _NO_VERDICT,
        ),
    ),
    Measure(
        "points_taken_by_gravity",
        "legs",
        "Points taken by how grave the act is",
        _LEG_TWO + "How many points are taken for acts of that gravity, those along ties among them.",
        "points: (taken + taken_along_ties) by gravity of the behaviour, 0 where truth is false / (adults x years)",
        "points per 100 adults and year",
        item=_BAND,
        caveats=(*_BANDS, "Points as the rules move them, before bounds, recovery, expiry and appeals."),
    ),
)


def gravity_values(lab: Lab) -> str:
    """(behaviour, band) for a VALUES clause."""
    return ", ".join(f"('{name}', '{band}')" for name, band in sorted(lab.facts.gravity.items())) or NO_PAIR


def _banded(lab: Lab, table: str, count: str, truth: str) -> str:
    """A table's counts by the gravity of what they are for; ``truth`` is the band of what false records name."""
    return (
        f"SELECT unit_no, world AS label, CASE WHEN truth = 'false' THEN {truth} ELSE band END AS item, {count} AS n "
        f"FROM {table} JOIN (VALUES {gravity_values(lab)}) AS g(behaviour, band) USING (behaviour)"
    )


def _denying(lab: Lab) -> tuple[str, ...]:
    return tuple(world.name for world in lab.facts.worlds if denies(world.left))


def _domains(lab: Lab) -> Iterator[Row]:
    pairs = ", ".join(f"('{service}', '{domain}')" for service, domain in sorted(lab.facts.service_domain.items()))
    query = f"""
        SELECT unit_no, world AS label, {group_columns(lab)}cause_domain || '{BETWEEN}' || domain AS item, count AS n,
            CASE WHEN cause_domain <> domain THEN count ELSE 0 END AS elsewhere
        FROM denials JOIN (VALUES {pairs or NO_PAIR}) AS d(service, domain) USING (service)"""
    names = _denying(lab)
    items = tuple(
        str(item) for (item,) in lab.con.execute(f"SELECT DISTINCT item FROM ({query}) ORDER BY 1").fetchall()
    )
    found = cube(lab, query, ("n", "elsewhere"), names, Axes(single_groups(lab)))
    yield from shares(lab, "unrelated_context_share", found, "elsewhere", "n", "clustered")
    paired = cube(lab, query, ("n",), names, Axes(((), ("item",)), items))
    for row in shares(lab, "denials_by_domain", paired, "n", whole(paired, "n"), "clustered"):
        if row.item is not None and row.numerator:
            yield row


def _gravity(lab: Lab) -> Iterator[Row]:
    axes = Axes(((), ("item",)), BANDS)
    found = cube(lab, _banded(lab, "flow", "count", "'0'"), ("n",), lab.facts.names, axes)
    below, by_year = population(lab, found.cells), per_year(lab, found.cells)
    for row in levels(lab, "denials_by_gravity", found, "n", below, by_year, counted="clustered"):
        if row.item is not None:
            yield row
    here = cube(lab, _banded(lab, "flow", "count", "'0'"), ("n",), _denying(lab), axes)
    for row in shares(lab, "denials_by_gravity_share", here, "n", whole(here, "n"), "clustered"):
        if row.item is not None:
            yield row
    yield from _per_act(lab)


def _per_act(lab: Lab) -> Iterator[Row]:
    """Denials for true records, over the acts of the same band in the same world."""
    names = _denying(lab)
    acts = (
        f"SELECT unit_no, label, band AS item, done, 0 AS n FROM ({done_query(lab)}) "
        f"JOIN (VALUES {gravity_values(lab)}) AS g(behaviour, band) USING (behaviour)"
    )
    denied = f"SELECT unit_no, label, item, 0 AS done, n FROM ({_banded(lab, 'flow', 'count', 'NULL')})"
    found = cube(lab, f"{acts} UNION ALL {denied}", ("n", "done"), names, Axes((("item",),), BANDS))
    yield from levels(lab, "denials_per_act", found, "n", found.counts["done"], 1000.0, counted="clustered")


def _points(lab: Lab) -> Iterator[Row]:
    names = tuple(world.name for world in lab.facts.worlds if scored(world.left))
    query = _banded(lab, "points", "taken + taken_along_ties", "'0'")
    found: Cube = cube(lab, query, ("n",), names, Axes((("item",),), BANDS))
    adults, scale = population(lab, found.cells, "adults"), per_year(lab, found.cells) * PER_FEW / PER
    yield from levels(lab, "points_taken_by_gravity", found, "n", adults, np.asarray(scale), counted="clustered")


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    yield from _domains(lab)
    yield from _gravity(lab)
    yield from _points(lab)
