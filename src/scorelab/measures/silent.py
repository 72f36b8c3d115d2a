"""Silent clauses: what the focus world's schemes say and the run never heard."""

from collections.abc import Iterator
from typing import NamedTuple

from scorelab.measures.lab import Lab, World
from scorelab.spec.scheme import Scheme


class Silent(NamedTuple):
    """One clause that never fired. ``expected`` is how often it was to be expected, where that is known."""

    scheme: str
    clause: str
    expected: float | None = None


class _Fired(NamedTuple):
    """What happened in the focus world, over all counties and replicates."""

    records: dict[tuple[str, str], tuple[float, int, int]]
    """(source, behaviour) -> expected true records, true ones, false ones"""
    entries: dict[str, int]
    denials: dict[tuple[str, str, str], int]
    """(list, service, origin) -> denials"""


def _fired(lab: Lab) -> _Fired:
    where = [lab.facts.focus]
    records = lab.con.execute(
        'SELECT source, behaviour, sum(CAST(round(expected * 4294967296.0) AS HUGEINT))::DOUBLE, sum("true")::BIGINT, '
        'sum("false")::BIGINT FROM records WHERE world = $1 GROUP BY ALL',
        where,
    ).fetchall()
    entries = lab.con.execute(
        "SELECT list, sum(entries_true + entries_false)::BIGINT FROM lists WHERE world = $1 GROUP BY ALL", where
    ).fetchall()
    denials = lab.con.execute(
        "SELECT list, service, origin, sum(count)::BIGINT FROM flow WHERE world = $1 GROUP BY ALL", where
    ).fetchall()
    return _Fired(
        {
            (source, behaviour): (expected / 2.0**32, true, false)
            for source, behaviour, expected, true, false in records
        },
        dict(entries),
        {(name, service, origin): count for name, service, origin, count in denials},
    )


def _sources(scheme: Scheme, fired: _Fired, world: World) -> Iterator[Silent]:
    for name, source in scheme.sources.items():
        seen = {behaviour: fired.records.get((name, behaviour), (0.0, 0, 0)) for behaviour in source.watches}
        for behaviour, (expected, true, _) in seen.items():
            if true == 0:
                yield Silent(scheme.scheme, f"source {name}: no true record of {behaviour}", expected)
        wrong = sum(counts[2] for (at, _), counts in fired.records.items() if at == name)
        erring = source.mistakes is not None and source.mistakes.per_year.value > 0
        if erring and wrong == 0 and "false_records" not in world.without:
            yield Silent(scheme.scheme, f"source {name}: no false record")


def _rules(scheme: Scheme, fired: _Fired) -> Iterator[Silent]:
    watched = set(scheme.sources)
    for number, rule in enumerate(scheme.rules, 1):
        found = [
            counts for (at, behaviour), counts in fired.records.items() if behaviour in rule.when and at in watched
        ]
        if not any(true or false for _, true, false in found):
            expected = sum(counts[0] for counts in found)
            yield Silent(scheme.scheme, f"rule {number} ({', '.join(rule.when)}): no record", expected)


def _lists(scheme: Scheme, fired: _Fired, world: World) -> Iterator[Silent]:
    for name in scheme.lists:
        if not fired.entries.get(name):
            yield Silent(scheme.scheme, f"list {name}: nobody entered it")
    for consequence in scheme.consequences:
        origin = "own" if consequence.whom == "self" else "tie"
        if origin == "tie" and "ties" in world.without:
            continue
        whom = "" if origin == "own" else " for the child"
        for service in consequence.bar:
            if not fired.denials.get((consequence.while_on, service, origin)):
                yield Silent(
                    scheme.scheme, f"list {consequence.while_on} bars {service}{whom}: nobody was denied it for that"
                )


def silent(lab: Lab) -> tuple[Silent, ...]:
    """Every source, rule, list and consequence of the focus world that never fired in the run."""
    fired = _fired(lab)
    world = lab.facts.world(lab.facts.focus)
    found: list[Silent] = []
    for scheme in world.schemes:
        found += [*_sources(scheme, fired, world), *_rules(scheme, fired), *_lists(scheme, fired, world)]
    return tuple(found)
