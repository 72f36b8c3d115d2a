"""Conduct: what people do in each world, and which acts a scheme prevents or provokes."""

from collections.abc import Iterator

import numpy as np

from scorelab.measures.cube import (
    NO_PAIR,
    PER,
    Axes,
    Cube,
    cube,
    difference,
    group_columns,
    levels,
    once,
    per_year,
    population,
    rows_of,
    single_groups,
)
from scorelab.measures.interval import Estimates, Floats, Int64s, estimate, most_prevented, rate
from scorelab.measures.lab import YEAR_WEEKS, Lab
from scorelab.measures.register import Interval, Measure, register
from scorelab.measures.table import Cell, Row

STANDINGS = ("unlawful", "lawful", "prosocial")
_UNIT = "per 100,000 adults and year"
_ITEM = (
    "the behaviour; unlawful, lawful or prosocial: all behaviours of that standing; lawful in a domain: those of that"
    " domain"
)
_MOVED = "An act that moved to another behaviour counts as prevented here and not as done there: see acts_displaced."
NET_UNSURE = "not given: the interval of the net prevention includes zero or is missing"
_GROSS = (
    "Gross counts depend on how chance is shared by the worlds; the net does not. Read it with the net and the bounds."
)

_INTERVALS: dict[str, Interval] = {"prevented": "share of clusters", "provoked": "clusters", "net": "difference"}

register(
    Measure(
        "acts",
        "conduct",
        "Acts",
        "How often people do it, recorded or not.",
        "occasions: acted / (adults x years)",
        _UNIT,
        item=_ITEM,
        caveats=("All acts of the synthetic people, not the recorded ones; no real source sees this number.", _MOVED),
    ),
    Measure(
        "acts_displaced",
        "conduct",
        "Acts displaced",
        "How often people who are deterred from it turn to something else instead.",
        "occasions: displaced / (adults x years)",
        _UNIT,
        item=_ITEM,
        caveats=("Counted under what they would have done; what they turn to can be worse or harmless.",),
    ),
    Measure(
        "acts_recorded",
        "conduct",
        "Records for 100 acts",
        "For 100 acts, those among them that moved here from another behaviour, how many true records are written.",
        "100 x records.true / (occasions: acted + displaced from where this is the substitute)",
        "for 100 acts",
        item=_ITEM,
        caveats=("Two sources can write down the same act, so it can come to more than 100.",),
    ),
    Measure(
        "acts_prevented",
        "conduct",
        "Acts prevented",
        "Acts of the other world that are not done in this one.",
        "occasions: acted in against and not in world / (adults x years)",
        _UNIT,
        item=_ITEM,
        period="13 weeks",
        caveats=(_GROSS,),
    ),
    Measure(
        "acts_provoked",
        "conduct",
        "Acts provoked",
        "Acts of this world that are not done in the other one.",
        "occasions: acted in world and not in against / (adults x years)",
        _UNIT,
        item=_ITEM,
        period="13 weeks",
        caveats=(_GROSS,),
    ),
    Measure(
        "acts_net_prevented",
        "conduct",
        "Net acts prevented",
        "Acts prevented less acts provoked.",
        "occasions: (acted in against - acted in world) / (adults x years)",
        _UNIT,
        item=_ITEM,
        caveats=("The total effect of switching the scheme on for everybody, not for one person.", _MOVED),
        cite=("HUDGENS-HALLORAN-2008",),
        interval="difference",
    ),
    *(
        Measure(
            f"acts_{name}_share",
            "conduct",
            title,
            f"Of 100 acts of the other world, {rest}.",
            f"100 x {formula} / acted in against",
            "of 100 acts in the other world",
            item=_ITEM,
            caveats=(_GROSS,),
            interval=_INTERVALS[name],
        )
        for name, title, rest, formula in (
            (
                "prevented",
                "Acts prevented, of 100",
                "how many are not done in this one",
                "acted in against and not in world",
            ),
            (
                "provoked",
                "Acts provoked, for 100",
                "how many are done only in this one",
                "acted in world and not in against",
            ),
            (
                "net",
                "Fewer acts, of 100",
                "how many fewer there are in this one",
                "(acted in against - acted in world)",
            ),
        )
    ),
    Measure(
        "acts_prevented_least",
        "conduct",
        "Acts prevented, at least",
        "The fewest acts that can have been prevented, by the two worlds' totals alone (Frechet).",
        "max(0, acted in against - acted in world) / (adults x years)",
        _UNIT,
        item=_ITEM,
        caveats=(
            "Bounds hold whatever way chance is shared by the worlds; the wider they are, the more of"
            " a gross count is coupling.",
        ),
        cite=("TIAN-PEARL-2000",),
        interval="difference",
    ),
    Measure(
        "acts_prevented_most",
        "conduct",
        "Acts prevented, at most",
        "The most acts that can have been prevented, by the two worlds' totals alone (Frechet).",
        "min(acted in against, occasions reached in either - acted in world) / (adults x years)",
        _UNIT,
        item=_ITEM,
        caveats=(
            "Bounds hold whatever way chance is shared by the worlds; the wider they are, the more of"
            " a gross count is coupling.",
        ),
        cite=("TIAN-PEARL-2000",),
    ),
    Measure(
        "restricted_years_per_act_prevented",
        "conduct",
        "Years on a list for each act fewer",
        "How many years of life on a list stand against each unlawful act fewer. Given only where the interval of the"
        " net excludes zero.",
        "(weekly.listed of world - of against) / 52 / (acted in against - acted in world)",
        "person-years for each act fewer",
        item="unlawful: all behaviours of that standing",
        caveats=("A ratio says nothing about whether the acts are worth the years.",),
        cite=("ALTMAN-1998",),
        interval="difference",
    ),
)


def lawful_in(domain: str) -> str:
    """What the lawful behaviours of a domain are called among the items."""
    return f"lawful in {domain}"


def _kinds(lab: Lab, name: str) -> tuple[str, ...]:
    """The items that a behaviour counts under."""
    word = lab.facts.standing[name]
    more = (lawful_in(lab.facts.behaviour_domain[name]),) if word == "lawful" else ()
    return (name, word, *more)


def _items(lab: Lab) -> tuple[str, ...]:
    behaviours = sorted(lab.facts.standing)
    kinds = {item for name in behaviours for item in _kinds(lab, name)}
    found = [word for word in STANDINGS if word in kinds]
    return (*found, *sorted(kinds - {*found, *behaviours}), *behaviours)


def _doubled(lab: Lab, query: str) -> str:
    """Each row once under its behaviour, its standing, and, where it is lawful, its domain."""
    pairs = ", ".join(f"('{name}', '{item}')" for name in sorted(lab.facts.standing) for item in _kinds(lab, name))
    return f"SELECT * FROM ({query}) JOIN (VALUES {pairs or NO_PAIR}) AS s(behaviour, item) USING (behaviour)"


def _whole_run(lab: Lab) -> str:
    """A table of the occasions of all periods together, which is far shorter than the ledger's."""
    lab.con.execute(
        "CREATE TEMP TABLE IF NOT EXISTS occasions_together AS SELECT * EXCLUDE (replicate, county, period, count), "
        "sum(count)::BIGINT AS count FROM occasions GROUP BY ALL"
    )
    return "occasions_together"


@once
def acts_cube(lab: Lab) -> Cube:
    """Acts, and those displaced to something else, by world, behaviour or standing, and group."""
    groups = group_columns(lab)
    worlds = " UNION ALL ".join(
        f"SELECT unit_no, '{name}' AS label, {groups}behaviour, "
        f"CASE WHEN \"{name}\" = 'acted' THEN count ELSE 0 END AS acted, "
        f"CASE WHEN \"{name}\" = 'displaced' THEN count ELSE 0 END AS displaced FROM {_whole_run(lab)}"
        for name in lab.facts.names
    )
    sets = tuple(("item", *columns) for columns in single_groups(lab))
    return cube(lab, _doubled(lab, worlds), ("acted", "displaced"), lab.facts.names, Axes(sets, _items(lab)))


def done_query(lab: Lab) -> str:
    """What was done in each world, by unit, label and behaviour: acts, and what those displaced turned to."""
    turned = ", ".join(f"('{name}', '{other}')" for name, other in sorted(lab.facts.substitute.items()))
    return " UNION ALL ".join(
        f"SELECT unit_no, '{name}' AS label, CASE WHEN \"{name}\" = 'acted' THEN behaviour ELSE turned_to END "
        f"AS behaviour, count AS done FROM {_whole_run(lab)} LEFT JOIN (VALUES {turned or NO_PAIR}) "
        f"AS t(behaviour, turned_to) USING (behaviour) WHERE \"{name}\" IN ('acted', 'displaced')"
        for name in lab.facts.names
    )


def _recorded(lab: Lab) -> Iterator[Row]:
    """True records for each 100 acts, wherever the acts came from."""
    names = lab.facts.names
    done = f"SELECT *, 0 AS written FROM ({done_query(lab)})"
    written = 'SELECT unit_no, world AS label, behaviour, 0 AS done, "true" AS written FROM records'
    axes = Axes((("item",),), _items(lab))
    found = cube(lab, _doubled(lab, f"{done} UNION ALL {written}"), ("done", "written"), names, axes)
    yield from levels(lab, "acts_recorded", found, "written", found.counts["done"], 100.0, counted="clustered")


def label(pair: tuple[str, str]) -> str:
    """How a pair of worlds is called on a cube's axis."""
    return " against ".join(pair)


def parted_cube(lab: Lab) -> Cube:
    """Acts done in only one of two worlds, by pair."""
    groups = group_columns(lab)
    pairs = " UNION ALL ".join(
        f"SELECT unit_no, '{label((here, there))}' AS label, {groups}behaviour, period, "
        f"CASE WHEN \"{there}\" = 'acted' THEN count ELSE 0 END AS prevented, "
        f"CASE WHEN \"{here}\" = 'acted' THEN count ELSE 0 END AS provoked "
        f"FROM occasions WHERE (\"{here}\" = 'acted') <> (\"{there}\" = 'acted')"
        for here, there in lab.facts.pairs
    )
    if not pairs:
        return Cube((), (), {})
    sets = (*(("item", *columns) for columns in single_groups(lab)), ("item", "period"))
    axes = Axes(sets, _items(lab), lab.facts.periods)
    labels = tuple(label(pair) for pair in lab.facts.pairs)
    return cube(lab, _doubled(lab, pairs), ("prevented", "provoked"), labels, axes)


def reached_cube(lab: Lab) -> Cube:
    """Occasions that either of two worlds reaches, by pair: what other worlds of the run meet is not among them."""
    groups = group_columns(lab)
    pairs = " UNION ALL ".join(
        f"SELECT unit_no, '{label((here, there))}' AS label, {groups}behaviour, count AS reached FROM {_whole_run(lab)}"
        f" WHERE NOT (\"{here}\" = 'not_reached' AND \"{there}\" = 'not_reached')"
        for here, there in lab.facts.pairs
    )
    if not pairs:
        return Cube((), (), {})
    sets = tuple(("item", *columns) for columns in single_groups(lab))
    labels = tuple(label(pair) for pair in lab.facts.pairs)
    return cube(lab, _doubled(lab, pairs), ("reached",), labels, Axes(sets, _items(lab)))


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    acts = acts_cube(lab)
    adults, scale = population(lab, acts.cells, "adults"), per_year(lab, acts.cells)
    met = reached_cube(lab)
    yield from levels(lab, "acts", acts, "acted", adults, scale, counted="clustered")
    yield from levels(lab, "acts_displaced", acts, "displaced", adults, scale, counted="clustered")
    yield from _recorded(lab)
    parted = parted_cube(lab)
    if not parted.labels:
        return
    below, by_year = population(lab, parted.cells, "adults"), per_year(lab, parted.cells)
    for i, (here, there) in enumerate(lab.facts.pairs):
        how = difference(lab, here, there)
        for name in ("prevented", "provoked"):
            parts = np.stack([parted.counts[name][:, i], below])
            found = estimate(parts, rate, by_year, lab.by_replicate, counted=how)
            yield from rows_of(f"acts_{name}", here, there, parted.cells, found, parts)
        yield from _of_hundred(lab, acts, parted, i, (here, there))
        w, v = acts.labels.index(here), acts.labels.index(there)
        net = np.stack([acts.counts["acted"][:, v] - acts.counts["acted"][:, w], adults])
        found = estimate(net, rate, scale, lab.by_replicate, signed=True, counted=how)
        yield from rows_of("acts_net_prevented", here, there, acts.cells, found, net)
        margins = np.stack(
            [acts.counts["acted"][:, v], acts.counts["acted"][:, w], met.counts["reached"][:, i], adults]
        )
        yield from rows_of("acts_prevented_least", here, there, acts.cells, at_least_nothing(found))
        found = estimate(margins, most_prevented, scale, lab.by_replicate, counted=how)
        yield from rows_of("acts_prevented_most", here, there, acts.cells, found)
    yield from _pairs_with_years(lab, acts)


def _of_hundred(lab: Lab, acts: Cube, parted: Cube, i: int, pair: tuple[str, str]) -> Iterator[Row]:
    """Prevented, provoked and net for each 100 acts of the other world, over the whole run."""
    w, v = (acts.labels.index(name) for name in pair)
    at = {cell: k for k, cell in enumerate(parted.cells)}
    common = [at[cell] for cell in acts.cells]
    there = acts.counts["acted"][:, v]
    counts = {
        "prevented": parted.counts["prevented"][:, i][:, common],
        "provoked": parted.counts["provoked"][:, i][:, common],
        "net": there - acts.counts["acted"][:, w],
    }
    for name, count in counts.items():
        parts = np.stack([count, there])
        how, net = difference(lab, *pair), name == "net"
        found = estimate(parts, rate, 100.0, lab.by_replicate, signed=net, counted=how, share=name == "prevented")
        yield from rows_of(f"acts_{name}_share", *pair, acts.cells, found, parts)


def at_least_nothing(net: Estimates) -> Estimates:
    """The lower Frechet bound from the net: no fewer than 0, and neither are the ends of its interval."""
    value, low, high = (np.maximum(0.0, ends) for ends in (net.value, net.low, net.high))
    return net._replace(value=value, low=low, high=high)


def _years_per_act(totals: Floats) -> Floats:
    """(person-weeks, acts fewer, at risk) -> person-years for each act fewer."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(totals[1] > 0, totals[0] / YEAR_WEEKS / totals[1], np.nan)


def years_per_act(weeks: Int64s, fewer: Int64s, adults: Int64s, replicates: bool) -> Estimates:
    """Person-years for each act fewer, all [units, K]; only where the interval of the acts fewer is above zero."""
    net = estimate(np.stack([fewer, adults]), rate, PER, replicates, signed=True, counted="clustered")
    found = estimate(np.stack([weeks, fewer, adults]), _years_per_act, 1.0, replicates, signed=True)
    shown = net.low > 0
    blank = np.where(shown, 0.0, np.nan)
    method = [word if show else NET_UNSURE for word, show in zip(found.method, shown, strict=True)]
    return found._replace(value=found.value + blank, low=found.low + blank, high=found.high + blank, method=method)


def _pairs_with_years(lab: Lab, acts: Cube) -> Iterator[Row]:
    run = lab.facts
    listed = cube(lab, "SELECT unit_no, world AS label, listed FROM weekly", ("listed",), run.names, Axes(((),)))
    overall = [k for k, cell in enumerate(acts.cells) if cell == Cell(item=cell.item) and cell.item == "unlawful"]
    cells = [acts.cells[k] for k in overall]
    adults = population(lab, cells, "adults")
    for here, there in run.pairs:
        w, v = run.names.index(here), run.names.index(there)
        fewer = (acts.counts["acted"][:, v] - acts.counts["acted"][:, w])[:, overall]
        weeks = np.repeat((listed.counts["listed"][:, w] - listed.counts["listed"][:, v]), len(cells), axis=1)
        found = years_per_act(weeks, fewer, adults, lab.by_replicate)
        yield from rows_of("restricted_years_per_act_prevented", here, there, cells, found)
