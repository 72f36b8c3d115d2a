"""The picture of an experiment that was just lived: its main numbers, straight from the counts.

Every number and interval is that of the measure of the same name, to the last digit.
"""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from scorelab.charts.denied import CAUSE_WORDS
from scorelab.charts.groups import order, said
from scorelab.explorer.people import dots
from scorelab.explorer.sums import Sums, Way
from scorelab.measures.cube import PER, Cube, difference, differences, levels, per_year, rows_of
from scorelab.measures.denials import CAUSES
from scorelab.measures.interval import estimate, rate
from scorelab.measures.lab import PERIOD_WEEKS, YEAR_WEEKS
from scorelab.measures.register import measure
from scorelab.measures.table import Cell, Row
from scorelab.runs.again import Lived
from scorelab.spec.resolved import digest

Json = dict[str, Any]

EVERY_WEEKS = 4
PERSONS_EVER = ("restricted", "denied", "wronged", "for_another")
ATTRIBUTES = {
    "quintile": "Income",
    "residence": "Where people live",
    "age": "Age",
    "sex": "Sex",
    "attributes": "Attributes",
}
MOST_WAYS = 40
"""Ways of denials of a world that are told one by one; the others are added up."""
DIGITS = 6
"""Digits of a number on the page."""


def picture(lived: Lived) -> Json:
    """The picture of what was lived, with every number as exact as it is; see :func:`rounded`."""
    sums = Sums(lived)
    facts, resolved = sums.facts, lived.resolved
    listed = sums.weekly("listed")
    ever = {f"ever_{name}": list(_ever(sums, name)) for name in PERSONS_EVER}
    years = list(_person_years(sums, listed))
    roles = {facts.against: "against", facts.focus: "focus"}
    return {
        "digest": digest(resolved),
        "start": resolved.start.isoformat(),
        "weeks": resolved.weeks,
        "persons": int(sums.below([Cell()])[:, 0].sum()),
        "adults": int(sums.below([Cell()], "adults")[:, 0].sum()),
        "counties": len(lived.counties),
        "worlds": [{"name": w.name, "title": w.title, "role": roles.get(w.name, "other")} for w in facts.worlds],
        "figures": _figures(sums, {"restricted_person_years": years, **ever}),
        "series": list(_series(sums, listed)),
        "groups": [_groups(sums, name, rows) for name, rows in {**ever, "restricted_person_years": years}.items()],
        "groups_over_time": _groups_over_time(sums, listed),
        "causes": _causes(sums),
        "flow": _flow(sums),
        "people": dots(lived),
    }


def rounded(value: Any) -> Any:
    """The same with numbers as short as a page needs them, ready to become JSON."""
    if isinstance(value, dict):
        return {name: rounded(one) for name, one in value.items()}
    if isinstance(value, list):
        return [rounded(one) for one in value]
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}")
    return value


def _told(row: Row) -> Json:
    """A row of a measure as the page has it."""
    value, low, high = (
        None if one is None or not math.isfinite(one) else one for one in (row.value, row.chance_low, row.chance_high)
    )
    return {"value": value, "low": low, "high": high, "note": row.interval_method}


def _ever(sums: Sums, name: str) -> Iterator[Row]:
    """Different persons over the whole run, as in the family of that name."""
    of = "adults" if name == "restricted" else "persons"
    below = sums.below(sums.cells, of)
    yield from levels(sums, f"ever_{name}", sums.persons, name, below, PER, share=of == "persons")
    yield from differences(sums, f"ever_{name}", sums.persons, name, below, PER)


def _person_years(sums: Sums, listed: Any) -> Iterator[Row]:
    found = sums.whole_run("listed", listed)
    below, scale = sums.below(sums.cells, "adults"), PER / sums.facts.weeks
    yield from levels(sums, "restricted_person_years", found, "listed", below, scale, counted="clustered")
    yield from differences(sums, "restricted_person_years", found, "listed", below, scale)


def _needs_denied(sums: Sums) -> Iterator[Row]:
    found = sums.whole_run("denied", sums.weekly("denied"))
    below, scale = sums.below(sums.cells), per_year(sums, sums.cells)
    yield from levels(sums, "needs_denied", found, "denied", below, scale, counted="clustered")
    yield from differences(sums, "needs_denied", found, "denied", below, scale)


def _acts(sums: Sums) -> Iterator[Row]:
    """Acts by standing, and how many fewer than in the world against."""
    found, facts = sums.acts, sums.facts
    below, scale = sums.below(found.cells, "adults"), per_year(sums, found.cells)
    yield from levels(sums, "acts", found, "acted", below, scale, counted="clustered")
    there = found.labels.index(facts.against)
    for here, world in enumerate(found.labels):
        if here == there:
            continue
        net = np.stack([found.counts["acted"][:, there] - found.counts["acted"][:, here], below])
        how = difference(sums, world, facts.against)
        estimates = estimate(net, rate, scale, sums.by_replicate, signed=True, counted=how)
        yield from rows_of("acts_net_prevented", world, facts.against, found.cells, estimates, net)


def _figures(sums: Sums, known: dict[str, list[Row]]) -> list[Json]:
    """The numbers that stand large: of everybody, over the whole run."""
    acts, wanted = list(_acts(sums)), dict(known)
    wanted["needs_denied"] = list(_needs_denied(sums))
    figures = [_figure(sums, name, None, rows) for name, rows in wanted.items()]
    figures.append(_figure(sums, "acts", "unlawful", [row for row in acts if row.measure == "acts"]))
    net = [row for row in acts if row.measure == "acts_net_prevented"]
    return figures + [_figure(sums, "acts_net_prevented", item, net) for item in ("unlawful", "lawful")]


def _figure(sums: Sums, name: str, item: str | None, rows: Iterable[Row]) -> Json:
    """One measure in every world, and how it differs there from the world against."""
    entry, against = measure(name), sums.facts.against
    here = [row for row in rows if row.cell == Cell(item=item)]
    only = all(row.against for row in here)  # it only ever compares worlds
    return {
        "measure": name,
        "title": entry.title,
        "definition": entry.definition,
        "unit": entry.unit,
        "caveats": list(entry.caveats),
        "item": item,
        "values": {row.world: _told(row) for row in here if row.against == (against if only else None)},
        "differences": {row.world: _told(row) for row in here if row.against == against and not only},
    }


def _series(sums: Sums, listed: Any) -> Iterator[Json]:
    weeks = _weeks(sums)
    found = sums.by_week("listed", listed, [week - 1 for week in weeks])
    rows = levels(sums, "listed", found, "listed", sums.below(found.cells, "adults"), PER, counted="clustered")
    yield _line("listed", f"{EVERY_WEEKS} weeks", weeks, found, rows)
    denied = sums.by_period("denied", sums.weekly("denied"))
    ends = [min((cell.period + 1) * PERIOD_WEEKS, sums.facts.weeks) for cell in denied.cells if cell.period is not None]
    by_year = per_year(sums, denied.cells)
    rows = levels(sums, "needs_denied", denied, "denied", sums.below(denied.cells), by_year, counted="clustered")
    yield _line("needs_denied", f"{PERIOD_WEEKS} weeks", ends, denied, rows)
    jobless = sums.by_period("jobless", sums.weekly("jobless"))
    below, scale = sums.below(jobless.cells, "adults"), by_year / YEAR_WEEKS
    rows = levels(sums, "jobless_person_years", jobless, "jobless", below, scale, counted="clustered")
    yield _line("jobless_person_years", f"{PERIOD_WEEKS} weeks", ends, jobless, rows)


def _weeks(sums: Sums) -> list[int]:
    """Weeks, numbered from 1, at whose end stocks are shown."""
    weeks = sums.facts.weeks
    return list(range(EVERY_WEEKS, weeks + 1, EVERY_WEEKS)) or [weeks]


def _line(name: str, every: str, weeks: list[int], found: Cube, rows: Iterable[Row]) -> Json:
    """A measure over time; ``weeks`` are the last ones of its parts."""
    values: dict[str, Json] = {world: {"value": [], "low": [], "high": []} for world in found.labels}
    for row in rows:
        told = _told(row)
        for part in ("value", "low", "high"):
            values[row.world][part].append(told[part])
    entry = measure(name)
    return {"measure": name, "title": entry.title, "unit": entry.unit, "every": every, "weeks": weeks, "values": values}


def _attribute(cell: Cell) -> str:
    """The attribute by which a cell of the breakdown is told apart."""
    return next(name for name in ATTRIBUTES if getattr(cell, name) is not None)


def _in_order(sums: Sums) -> Iterator[tuple[str, list[Cell]]]:
    """The attributes of the breakdown, each with its groups in the order of the charts."""
    for attribute in sums.names.groups[0]:
        cells = [cell for cell in sums.cells[1:] if _attribute(cell) == attribute]
        yield attribute, sorted(cells, key=lambda cell: order(str(getattr(cell, attribute))))


def _groups(sums: Sums, name: str, rows: Iterable[Row]) -> Json:
    """A measure of the whole run in every group."""
    found = {(row.world, row.cell): row for row in rows if row.against is None}
    attributes = []
    for attribute, cells in _in_order(sums):
        values = []
        for cell in cells:
            word = str(getattr(cell, attribute))
            worlds = {world: _told(found[world, cell]) for world in sums.worlds}
            unit = found[sums.worlds[0], cell].unit
            label = said(sums.facts, attribute, word)
            values.append({"value": word, "label": label, "unit": unit, "worlds": worlds})
        attributes.append({"attribute": attribute, "title": ATTRIBUTES[attribute], "values": values})
    return {"measure": name, "title": measure(name).title, "unit": measure(name).unit, "attributes": attributes}


def _groups_over_time(sums: Sums, listed: Any) -> Json:
    """Persons on a list for each 100,000 adults of a group, or children where it is one of children, every 4 weeks."""
    weeks = _weeks(sums)
    at = {cell: k for k, cell in enumerate(sums.cells)}
    below = sums.below(sums.cells, "adults").sum(axis=0)
    counted = listed.sum(axis=0)[[week - 1 for week in weeks]]  # [weeks, W, cells]
    attributes: dict[str, Any] = {}
    for attribute, cells in _in_order(sums):
        attributes[attribute] = {
            str(getattr(cell, attribute)): {
                world: (counted[:, w, at[cell]] / max(1, int(below[at[cell]])) * PER).tolist()
                for w, world in enumerate(sums.worlds)
            }
            for cell in cells
        }
    return {"measure": "listed", "unit": measure("listed").unit, "weeks": weeks, "attributes": attributes}


def _causes(sums: Sums) -> Json:
    found = sums.causes(CAUSES)
    below, scale = sums.below(found.cells), per_year(sums, found.cells)
    causes: dict[str, list[Json]] = {world: [] for world in sums.worlds}
    for row in levels(sums, "denials_by_cause", found, "n", below, scale, counted="clustered"):
        causes[row.world].append({"cause": row.item, "label": CAUSE_WORDS[str(row.item)], **_told(row)})
    return causes


_PARTS = ("behaviour", "source", "status", "service", "truth", "origin")


def _flow(sums: Sums) -> Json:
    """The widest ways of denials of each world, and all others together."""
    flow: Json = {}
    for world, ways in sums.ways().items():
        told = [_way(sums, way, count) for way, count in ways[:MOST_WAYS]]
        rest = sum(count for _, count in ways[MOST_WAYS:])
        if rest:
            others: Json = dict.fromkeys(_PARTS, "other")
            told.append({**others, "count": rest, "labels": dict.fromkeys(_PARTS[:4], "other ways")})
        flow[world] = told
    return flow


def _way(sums: Sums, way: Way, count: int) -> Json:
    named = dict(zip(_PARTS, way, strict=True))
    labels = {name: sums.facts.said(named[name]) for name in _PARTS[:4]}
    labels["cause"] = CAUSE_WORDS[f"{named['origin']} {named['truth']}"]
    return {**named, "count": count, "labels": labels}
