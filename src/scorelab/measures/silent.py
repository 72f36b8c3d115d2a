"""Silent clauses: what the focus world's schemes say and the run never heard."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from scorelab.kernel.counted import ENDINGS, PROCESS
from scorelab.measures.lab import Facts, Lab, World
from scorelab.measures.possible import mistaken
from scorelab.spec.scheme import Appeal, Consequence, ListClause, Rule, Scheme, Source, Window
from scorelab.words import Switch

WHOM = {"household": "the household", "friend": "friends", "colleague": "colleagues"}
"""Those whom a consequence reaches along a tie, in words; others after "the"."""


class Silent(NamedTuple):
    """One clause that never fired. ``expected`` is how often it was to be expected, where that is known."""

    scheme: str
    clause: str
    expected: float | None = None


class _Records(NamedTuple):
    """Of one source and behaviour."""

    expected: float = 0.0
    alerts: int = 0
    true: int = 0
    false: int = 0
    moved: int = 0
    """points"""
    along: int = 0
    """points along ties"""


class _Fired(NamedTuple):
    """What happened in the focus world, over all counties and replicates."""

    records: dict[tuple[str, str], _Records]
    """by source and behaviour"""
    entries: Counter[str]
    """by list"""
    endings: Counter[tuple[str, str]]
    """by list and way"""
    denials: Counter[tuple[str, str, str]]
    """by status, service and origin"""
    process: Counter[tuple[str, str]]
    """by scheme and step"""
    favoured: Counter[str]
    """by service"""
    throttled: int


_RECORDS = """
    SELECT source, behaviour, coalesce(expected, 0), coalesce(alerts, 0), coalesce(right_ones, 0),
        coalesce(wrong_ones, 0), coalesce(moved, 0), coalesce(along, 0)
    FROM (SELECT source, behaviour, sum(CAST(round(expected * 4294967296.0) AS HUGEINT)) AS expected,
            sum(alerts_true + alerts_false) AS alerts, sum("true") AS right_ones, sum("false") AS wrong_ones
          FROM records WHERE world = $1 GROUP BY ALL)
    FULL JOIN (SELECT source, behaviour, sum(taken + given) AS moved,
            sum(taken_along_ties + given_along_ties) AS along
          FROM points WHERE world = $1 GROUP BY ALL) USING (source, behaviour)"""


def _fired(lab: Lab) -> _Fired:
    focus = [lab.facts.focus]

    def counted(query: str) -> Counter[Any]:
        """Rows whose last column is the count and whose others are the key."""
        found: Counter[Any] = Counter()
        for *key, count in lab.con.execute(query, focus).fetchall():
            found[tuple(key) if len(key) > 1 else key[0]] += int(count)
        return found

    def each(table: str, name: str, columns: tuple[str, ...]) -> Counter[Any]:
        """The sums of some columns, by name and column."""
        return counted(
            " UNION ALL ".join(
                f"SELECT {name}, '{column}', sum({column}) FROM {table} WHERE world = $1 GROUP BY 1"
                for column in columns
            )
        )

    records = {
        (source, behaviour): _Records(int(expected) / 2.0**32, *map(int, counts))
        for source, behaviour, expected, *counts in lab.con.execute(_RECORDS, focus).fetchall()
    }
    throttled = lab.con.execute("SELECT sum(throttled) FROM weekly WHERE world = $1", focus).fetchone()
    served = f"SELECT service, sum(count) FROM needs WHERE \"{focus[0]}\" = 'favoured' AND $1 IS NOT NULL GROUP BY 1"
    return _Fired(
        records,
        counted("SELECT list, sum(entries_true + entries_false) FROM lists WHERE world = $1 GROUP BY 1"),
        each("endings", "list", ENDINGS),
        counted("SELECT status, service, origin, sum(count) FROM flow WHERE world = $1 GROUP BY ALL"),
        each("process", "scheme", PROCESS),
        counted(served),
        int(throttled[0] or 0) if throttled else 0,
    )


def _sources(scheme: Scheme, fired: _Fired) -> Iterator[str | tuple[str, float]]:
    for name, source in scheme.sources.items():
        seen = {behaviour: fired.records.get((name, behaviour), _Records()) for behaviour in source.watches}
        for behaviour, counts in seen.items():
            if counts.true == 0:
                yield f"source {name}: no true record of {behaviour}", counts.expected
        yield from _errors(name, source, seen)
        reviewed = source.review is not None and (source.review.keeps_true.value, source.review.keeps_false.value)
        alerts = sum(counts.alerts for counts in seen.values())
        if reviewed and min(reviewed) < 1 and alerts == sum(counts.true + counts.false for counts in seen.values()):
            yield f"source {name}: the review dropped no alert"


def _errors(name: str, source: Source, seen: dict[str, _Records]) -> Iterator[str]:
    if not mistaken(source):
        return
    if not any(counts.false for counts in seen.values()):
        yield f"source {name}: no false record"
        return
    for behaviour, counts in seen.items():
        if counts.false == 0:
            yield f"source {name}: no false record of {behaviour}"


def _rules(scheme: Scheme, numbers: list[int], fired: _Fired) -> Iterator[str | tuple[str, float]]:
    for number, rule in zip(numbers, scheme.rules, strict=True):
        found = [
            counts
            for (at, behaviour), counts in fired.records.items()
            if behaviour in rule.when and at in scheme.sources
        ]
        said = f"rule {number} ({', '.join(rule.when)})"
        if not any(counts.true or counts.false for counts in found):
            yield f"{said}: no record", sum(counts.expected for counts in found)
        elif rule.after is None:
            yield from (f"{said}: {what}" for what in _moved(rule, found))
    expires = any(rule.expires_weeks is not None for rule in scheme.rules)
    if expires and not fired.process[scheme.scheme, "expired"]:
        yield "expires_weeks: no points expired"


def _moved(rule: Rule, found: list[_Records]) -> Iterator[str]:
    """What a rule that met records does with points; several rules for one behaviour cannot be told apart."""
    takes = rule.to_grade is not None or rule.points or (rule.discretion is not None and rule.discretion.to)
    if takes and not any(counts.moved for counts in found):
        yield "no points moved"
    elif any(share.value > 0 for share in rule.along.values()) and not any(counts.along for counts in found):
        yield "no points along ties"


def _ends(name: str, clause: ListClause, fired: _Fired) -> Iterator[str]:
    corrected = clause.corrected_per_year
    ways = (
        ("term", clause.term_weeks is not None, "no listing reached its term"),
        ("score", clause.until == "score", "nobody's score came back"),
        ("settled", clause.until == "settled", "nobody settled"),
        ("corrected", corrected is not None and corrected.value > 0, "no listing was corrected"),
        ("repaired", clause.repair is not None and clause.repair.per_year.value > 0, "no listing was repaired"),
    )
    for how, may, said in ways:
        if may and not fired.endings[name, how]:
            yield f"list {name}: {said}"


def _lists(scheme: Scheme, fired: _Fired) -> Iterator[str]:
    for name, clause in scheme.lists.items():
        if fired.entries[name]:
            yield from _ends(name, clause, fired)
        else:
            yield f"list {name}: nobody entered it"


def _statuses(consequence: Consequence) -> list[str]:
    """What a consequence goes by, as the ledger calls it."""
    if consequence.while_on is not None:
        return [consequence.while_on]
    return [f"grade {grade}" for grade in consequence.while_grade]


def _consequences(scheme: Scheme, fired: _Fired) -> Iterator[str]:
    along = any(share.value > 0 for rule in scheme.rules for share in rule.along.values())
    for consequence in scheme.consequences:
        own = consequence.whom == "self"
        whom = "" if own else f" for {WHOM.get(consequence.whom, f'the {consequence.whom}')}"
        # Points of ties can lead to one's own grade, and such a denial is for a tie.
        by_points = along and consequence.while_on is None
        origins = ("own", "tie") if own and by_points else ("own",) if own else ("tie",)
        for status in _statuses(consequence):
            said = status if status.startswith("grade ") else f"list {status}"
            for service in consequence.bar:
                if not any(fired.denials[status, service, origin] for origin in origins):
                    yield f"{said} bars {service}{whom}: nobody was denied it for that"
            for service in consequence.favour:
                if not fired.favoured[service]:
                    yield f"{said} favours {service}: nobody got it for that"
            throttles = consequence.throttle is not None and consequence.throttle.value > 0
            if throttles and not fired.throttled:
                yield f"{said} throttles{whom}: nobody's connection was"


def _window(scheme: str, window: Window, fired: _Fired) -> Iterator[str]:
    upheld = [one for one in (window.upheld_if_true, window.upheld_if_false) if one is not None and one.value > 0]
    if window.makes_good is not None and window.makes_good.value > 0 and not fired.process[scheme, "made_good"]:
        yield "window: no record was made good"
    if window.objects is not None and window.objects.value > 0:
        if not fired.process[scheme, "objected"]:
            yield "window: nobody objected"
        elif upheld and not fired.process[scheme, "objection_upheld"]:
            yield "window: no objection was upheld"


def _appeal(scheme: str, appeal: Appeal, fired: _Fired) -> Iterator[str]:
    if appeal.asks.value > 0 and not fired.process[scheme, "appealed"]:
        yield "appeal: nobody appealed"
    elif appeal.upheld_if_true.value + appeal.upheld_if_false.value > 0 and not fired.process[scheme, "appeal_upheld"]:
        yield "appeal: no appeal was upheld"


def _process(scheme: Scheme, fired: _Fired) -> Iterator[str]:
    process = scheme.due_process
    if process is None:
        return
    if process.told is not None and process.told.value > 0 and not fired.process[scheme.scheme, "told"]:
        yield "told: nobody was told of a record"
    if process.window is not None:
        yield from _window(scheme.scheme, process.window, fired)
    if process.appeal is not None:
        yield from _appeal(scheme.scheme, process.appeal, fired)


def _calendar(facts: Facts, scheme: Scheme) -> Iterator[str]:
    for number, step in enumerate(scheme.rollout[1:], 2):
        if facts.week_of(step.date) >= facts.weeks:
            yield f"rollout {number} ({step.date}): after the run"
    for number, campaign in enumerate(scheme.campaigns, 1):
        start, end = facts.week_of(campaign.start), min(facts.weeks, facts.week_of(campaign.end))
        if start >= end:
            yield f"campaign {number} ({campaign.start} to {campaign.end}): not in the weeks of the run"


def _numbers(world: World, written: Scheme) -> list[int]:
    """The numbers, from 1, of the rules of a scheme that its world does not do without."""
    every = enumerate(written.rules, 1)
    return [number for number, rule in every if rule.after is None or Switch.escalation.value not in world.without]


def silent(lab: Lab) -> tuple[Silent, ...]:
    """Every clause of the focus world that never fired in the run, as far as counts can show it.

    Attention, selection, fusion, caps, fines, dismissals, escalation of stays and lost favours leave no trace of their
    own in the counts, so nothing is said about them.
    """
    fired = _fired(lab)
    world = lab.facts.world(lab.facts.focus)
    found: list[Silent] = []
    for written, scheme in zip(world.schemes, world.left.schemes, strict=True):
        begins = scheme.rollout[0].date if scheme.rollout else scheme.in_force
        if lab.facts.week_of(begins) >= lab.facts.weeks:
            found.append(Silent(scheme.scheme, f"in force from {begins}, after the run"))
            continue
        parts = (
            _calendar(lab.facts, scheme),
            _sources(scheme, fired),
            _rules(scheme, _numbers(world, written), fired),
            _lists(scheme, fired),
            _process(scheme, fired),
            _consequences(scheme, fired),
        )
        for one in (clause for part in parts for clause in part):
            found.append(Silent(scheme.scheme, one) if isinstance(one, str) else Silent(scheme.scheme, *one))
    return tuple(found)
