"""Denials by what caused them: whose record, true or false, and what would have been without it."""

from collections.abc import Iterator

from scorelab.measures.cube import (
    NO_PAIR,
    Axes,
    Cube,
    cube,
    group_columns,
    levels,
    once,
    per_year,
    population,
    single_groups,
)
from scorelab.measures.lab import Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

CAUSES = ("own true", "own false", "tie true", "tie false")
_UNIT = "per 100,000 persons and year"
_FACTUAL = "Wrongful means factual error only: a denial for a true record of a lawful act is never counted as rightful."
_THERE = "It compares whole worlds, so it contains what the error did to others and to the person's later life."

register(
    Measure(
        "denials_by_cause",
        "denials",
        "Denials by origin and truth",
        "Whose record closed the door, the person's own or somebody else's to whom the person is tied, and"
        " whether that record was true.",
        "denials by origin x truth / (persons x years)",
        _UNIT,
        item="own true, own false, tie true or tie false",
        caveats=(
            "One table of four cells: its margins are not two kinds of denial to be added, a child can be barred by a"
            " parent's false record.",
            "A denial with several causes counts as own before tie and as true before false.",
            _FACTUAL,
        ),
    ),
    Measure(
        "denials_own_and_tie",
        "denials",
        "Barred twice over",
        "Denials where an own record and somebody else's bar at the same time.",
        "denials where own_and_tie / (persons x years)",
        _UNIT,
        caveats=("They stand in denials_by_cause under own; adding them to it would count them twice.",),
    ),
    Measure(
        "wrongful_tainted",
        "wrongful",
        "Tainted",
        "Denials where a false record is among those that bar, whether or not a true one bars as well.",
        "denials where tainted / (persons x years)",
        _UNIT,
        item="the service; null: all services",
        caveats=(_FACTUAL,),
    ),
    Measure(
        "wrongful_pivotal",
        "wrongful",
        "Pivotal",
        "Denials that fall away when the false records are struck out now, all else held: every record that bars is"
        " false.",
        "denials where truth is false / (persons x years)",
        _UNIT,
        item="the service; null: all services",
        caveats=(_FACTUAL,),
    ),
    Measure(
        "wrongful_overdetermined",
        "wrongful",
        "Overdetermined",
        "Denials where a false record bars and a true one would have barred anyway.",
        "denials where tainted and truth is true / (persons x years)",
        _UNIT,
        item="the service; null: all services",
        caveats=("The error did not decide these denials; it decides them as soon as the true record ends.",),
    ),
    Measure(
        "wrongful_counterfactual",
        "wrongful",
        "Counterfactual",
        "Denials of needs that are granted in the world without false records.",
        "denials where without_false_records is granted / (persons x years)",
        _UNIT,
        item="the service; null: all services",
        caveats=(_THERE, _FACTUAL),
    ),
    Measure(
        "wrongful_otherwise",
        "wrongful",
        "Neither granted nor denied there",
        "Denials of needs that in the world without false records are not reached, not asked for or unsuccessful.",
        "denials where without_false_records is otherwise / (persons x years)",
        _UNIT,
        item="the service; null: all services",
        caveats=(
            "Neither wrongful nor rightful by the counterfactual reading: in the other world the need"
            " did not come so far.",
        ),
    ),
    Measure(
        "collateral",
        "collateral",
        "Denied for somebody else",
        "Denials of needs that are granted in the world without consequences along ties.",
        "denials where without_ties is granted / (persons x years)",
        _UNIT,
        item="the service; null: all services",
        caveats=(_THERE, "Only consequences along ties are cut, not what people know of one another."),
    ),
    Measure(
        "collateral_otherwise",
        "collateral",
        "Neither granted nor denied there",
        "Denials of needs that in the world without consequences along ties are not reached, not asked for or"
        " unsuccessful.",
        "denials where without_ties is otherwise / (persons x years)",
        _UNIT,
        item="the service; null: all services",
        caveats=("Not collateral: in the other world the need did not come so far.",),
    ),
    Measure(
        "unrelated_context",
        "denials",
        "Denied for something unrelated",
        "Denials of a service for a record from another domain of life than the service belongs to.",
        "denials where cause_domain differs from the service's domain / (persons x years)",
        _UNIT,
        item="the service; null: all services",
        caveats=("An indicator relevant to Art. 5(1)(c)(i) of the EU AI Act; it decides nothing about the law.",),
    ),
)
_READINGS = (
    "tainted",
    "pivotal",
    "overdetermined",
    "counterfactual",
    "otherwise",
    "collateral",
    "apart",
    "elsewhere",
    "double",
)
_NAMES = {
    "tainted": "wrongful_tainted",
    "pivotal": "wrongful_pivotal",
    "overdetermined": "wrongful_overdetermined",
    "counterfactual": "wrongful_counterfactual",
    "otherwise": "wrongful_otherwise",
    "collateral": "collateral",
    "apart": "collateral_otherwise",
    "elsewhere": "unrelated_context",
    "double": "denials_own_and_tie",
}
_NEEDS_SIBLING = {
    "counterfactual": "without_false_records",
    "otherwise": "without_false_records",
    "collateral": "without_ties",
    "apart": "without_ties",
}


def _query(lab: Lab) -> str:
    pairs = ", ".join(f"('{service}', '{domain}')" for service, domain in sorted(lab.facts.service_domain.items()))
    return f"""
        SELECT unit_no, world AS label, {group_columns(lab)}service AS item, origin || ' ' || truth AS cause,
            count AS n,
            CASE WHEN tainted THEN count ELSE 0 END AS tainted,
            CASE WHEN truth = 'false' THEN count ELSE 0 END AS pivotal,
            CASE WHEN tainted AND truth = 'true' THEN count ELSE 0 END AS overdetermined,
            CASE WHEN without_false_records = 'granted' THEN count ELSE 0 END AS counterfactual,
            CASE WHEN without_false_records = 'otherwise' THEN count ELSE 0 END AS otherwise,
            CASE WHEN without_ties = 'granted' THEN count ELSE 0 END AS collateral,
            CASE WHEN without_ties = 'otherwise' THEN count ELSE 0 END AS apart,
            CASE WHEN own_and_tie THEN count ELSE 0 END AS double,
            CASE WHEN cause_domain <> domain THEN count ELSE 0 END AS elsewhere
        FROM denials JOIN (VALUES {pairs or NO_PAIR}) AS d(service, domain) USING (service)"""


def _worlds_with(lab: Lab, switch: str) -> tuple[str, ...]:
    """Worlds that have in this run a sibling without the switch, be anything denied in them or not."""
    word = switch.removeprefix("without_")
    return tuple(name for name in lab.facts.names if lab.facts.sibling(word, name) is not None)


@once
def causes_cube(lab: Lab) -> Cube:
    """Denials over the whole run, by world, origin and truth of the cause, and group."""
    query = f"SELECT * EXCLUDE (item), cause AS item FROM ({_query(lab)})"
    axes = Axes(tuple(("item", *columns) for columns in single_groups(lab)), CAUSES)
    return cube(lab, query, ("n",), lab.facts.names, axes)


@once
def readings_cube(lab: Lab) -> Cube:
    """Denials over the whole run in each reading of what was wrong with them, by world and group or service."""
    axes = Axes((*single_groups(lab), ("item",)), tuple(sorted(lab.facts.service_domain)))
    return cube(lab, _query(lab), _READINGS, lab.facts.names, axes)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family; readings that need a world this run lacks have no row."""
    causes = causes_cube(lab)
    below, by_year = population(lab, causes.cells), per_year(lab, causes.cells)
    yield from levels(lab, "denials_by_cause", causes, "n", below, by_year, counted="clustered")
    readings = readings_cube(lab)
    persons, scale = population(lab, readings.cells), per_year(lab, readings.cells)
    for count, name in _NAMES.items():
        switch = _NEEDS_SIBLING.get(count)
        told = lab.facts.names if switch is None else _worlds_with(lab, switch)
        for row in levels(lab, name, readings, count, persons, scale, counted="clustered"):
            if row.world in told:
                yield row
