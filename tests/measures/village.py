"""A ledger of a few rows in which everything happens that a scheme can do, to be worked out on paper.

Two groups of 100 adults and one of 20 children live two years in six worlds.
"""

from pathlib import Path
from typing import Any

from tests.measures.handmade import LAW, Rows, manifest, world, write_county, write_manifest

WORLDS = ("no-scheme", "as-written", "without-errors", "without-ties", "without-either", "without-spiral")
POOR = {"quintile": "q1", "residence": "rural", "age": "18-29"}
RICH = {"quintile": "q5", "residence": "urban", "age": "18-29"}
CHILD = {"quintile": "q1", "residence": "rural", "age": "6-17"}
HERE = {"world": "as-written"}
CAMERA = {
    "kind": "camera",
    "watches": {"smoke": 0.5},
    "mistakes": {
        "exposure": "mix-up",
        "matching": {"scans_per_year": 100, "false_match_rate": 1e-6, "gallery": 1000},
    },
    "review": {"keeps_true": 0.5, "keeps_false": 0.25},
}
SCHEME: dict[str, Any] = {
    **LAW,
    "sources": {**LAW["sources"], "camera": CAMERA},
    "consequences": [*LAW["consequences"], {"while_grade": ["poor"], "throttle": 0.5, "whom": "self"}],
}


def write(folder: Path) -> Path:
    """The run, without measures."""
    worlds = [
        world("no-scheme", ()),
        world("as-written", (SCHEME,)),
        world("without-errors", (SCHEME,), without=("false_records",)),
        world("without-ties", (SCHEME,), without=("ties",)),
        world("without-either", (SCHEME,), without=("false_records", "ties")),
        world("without-spiral", (SCHEME,), without=("spiral",)),
    ]
    write_manifest(folder, manifest(worlds, 104))
    write_county(folder, WORLDS, rows())
    return folder


def across(*outcomes: str) -> dict[str, str]:
    """Outcomes in the worlds, in their order."""
    return dict(zip(WORLDS, outcomes, strict=True))


def rows() -> Rows:
    """All tables."""
    return {
        "people": [
            {**POOR, "persons": 100, "adults": 100},
            {**RICH, "persons": 100, "adults": 100},
            {**CHILD, "persons": 20, "adults": 0},
        ],
        "weekly": _weekly(),
        "lists": _lists(),
        "needs": _needs(),
        "occasions": _occasions(),
        "tries": [
            {"period": 0, **HERE, **POOR, "service": "train", "refused": 30},
            {"period": 5, **HERE, **POOR, "service": "train", "refused": 20},
        ],
        "persons": [{"span": "run", **HERE, **POOR, "persons": 100, "restricted": 12, "denied": 10, "for_another": 3}],
        **_denials(),
        "flow": _flow(),
        **_records(),
        **_score(),
    }


def _denials() -> Rows:
    """Ten trains denied for debts, three of them for somebody else's."""
    debt = {"period": 0, **HERE, **POOR, "service": "train", "cause_domain": "debt", "truth": "true"}
    return {"denials": [{**debt, "origin": "own", "count": 7}, {**debt, "origin": "tie", "count": 3}]}


def _weekly() -> list[dict[str, Any]]:
    """Person-weeks without work, in arrears, throttled, on a list, each in one week of one group."""
    counted = {
        "no-scheme": {"jobless": 100, "arrears": 40},
        "as-written": {"jobless": 130, "arrears": 60, "throttled": 52, "listed": 100, "entries": 10},
        "without-errors": {"jobless": 130, "arrears": 60, "listed": 60},
        "without-ties": {"jobless": 130, "arrears": 60, "listed": 90},
        "without-either": {"jobless": 130, "arrears": 60, "listed": 55},
        "without-spiral": {"jobless": 105, "arrears": 40, "listed": 100},
    }
    found = [{"week": 0, "world": name, **POOR, **counts} for name, counts in counted.items()]
    return [*found, {"week": 60, **HERE, **POOR, "entries": 5}]


def _lists() -> list[dict[str, Any]]:
    """Fourteen people come in the first week and stay a year; then four leave."""
    first = {"week": 0, **HERE, "list": "black", "entries_true": 12, "entries_false": 2, "listed": 14}
    stay = [{"week": week, **HERE, "list": "black", "listed": 14} for week in range(1, 52)]
    leave = {"week": 52, **HERE, "list": "black", "exits": 4, "listed": 10}
    rest = [{"week": week, **HERE, "list": "black", "listed": 10} for week in range(53, 104)]
    return [first, *stay, leave, *rest]


def _needs() -> list[dict[str, Any]]:
    """A hundred denied trains, told apart by what they rest on; places at school that are lost and gained."""
    train, school = {"period": 0, **POOR, "service": "train"}, {"period": 0, **CHILD, "service": "school"}
    denied, granted = "denied", "granted"
    return [
        {**train, **across(granted, denied, granted, denied, granted, denied), "count": 40},
        {**train, **across(granted, denied, denied, granted, granted, denied), "count": 30},
        {**train, **across(granted, denied, denied, denied, granted, denied), "count": 20},
        {**train, **across(granted, *(denied,) * 5), "count": 10},
        {**school, **across(granted, *(denied,) * 5), "count": 5},
        {**school, **across("unsuccessful", *("favoured",) * 5), "count": 3},
        {**school, **across(granted, *(granted,) * 5), "count": 4},
        {**school, **across(granted, *("not_reached",) * 5), "count": 2},
    ]


def _flow() -> list[dict[str, Any]]:
    """The same denied trains and schools by the way they came about: 30 for what the camera saw nobody do."""
    year = {"year": 0, **HERE}
    camera = {"behaviour": "smoke", "source": "camera", "status": "black", "service": "train"}
    court = {"behaviour": "default", "source": "court", "status": "grade poor"}
    return [
        {**year, **camera, "origin": "own", "truth": "true", "count": 60},
        {**year, **camera, "origin": "own", "truth": "false", "count": 30},
        {**year, **court, "service": "train", "origin": "tie", "truth": "true", "count": 10},
        {**year, **court, "service": "school", "origin": "own", "truth": "true", "count": 5},
    ]


def _occasions() -> list[dict[str, Any]]:
    smoke, gamble = {"period": 0, **POOR, "behaviour": "smoke"}, {"period": 0, **RICH, "behaviour": "gamble"}
    acted, refrained, displaced = "acted", "refrained", "displaced"
    return [
        {**smoke, **across(*(acted,) * 6), "count": 20},
        {**smoke, **across(acted, displaced, acted, displaced, acted, displaced), "count": 10},
        {**gamble, **across(*(acted,) * 6), "count": 70},
        {**gamble, **across(acted, *(refrained,) * 5), "count": 30},
    ]


def _records() -> Rows:
    """What the sources write, what becomes of it, and how listings end."""
    one = {"year": 0, **HERE}
    camera = {"watched": 60, "alerts_true": 30, "alerts_false": 20, "true": 15, "false": 5}
    court = {"watched": 10, "alerts_true": 8, "true": 8}
    true = {"arrived": 100, "told": 90, "made_good": 10, "objected": 20, "objection_upheld": 5, "in_effect": 80}
    false = {"arrived": 20, "told": 18, "objected": 10, "objection_upheld": 6, "in_effect": 12}
    later = {"true": {"appealed": 16, "appeal_upheld": 4}, "false": {"appealed": 10, "appeal_upheld": 5}}
    return {
        "records": [
            {**one, "source": "camera", "behaviour": "smoke", **camera},
            {**one, "source": "court", "behaviour": "default", **court},
        ],
        "process": [
            {**one, "scheme": "tiny-law", "truth": "true", **true, **later["true"]},
            {**one, "scheme": "tiny-law", "truth": "false", **false, **later["false"]},
        ],
        "endings": [
            {"year": 1, **HERE, "list": "black", "truth": "true", "term": 9, "undone": 3, "weeks": 240},
            {"year": 1, **HERE, "list": "black", "truth": "false", "term": 2, "corrected": 8, "weeks": 160},
        ],
    }


def _score() -> Rows:
    """Points by source, grades at the end and in the first 13 weeks, scores at the end."""
    staff, court = {"source": "staff", "behaviour": "smoke"}, {"source": "court", "behaviour": "default"}
    true, false = {"truth": "true"}, {"truth": "false"}
    ties = {"world": "without-ties"}
    return {
        "points": [
            {"year": 0, **HERE, **staff, **true, "taken": 300, "taken_along_ties": 60},
            {"year": 0, **HERE, **staff, **false, "taken": 40, "taken_along_ties": 10},
            {"year": 0, **HERE, **court, **true, "taken": 90},
            {"year": 1, **HERE, **court, **true, "given": 100},
            {"year": 0, **ties, **staff, **true, "taken": 300},
            {"year": 0, **ties, **staff, **false, "taken": 40},
            {"year": 0, **ties, **court, **true, "taken": 90},
        ],
        "grades": [
            {"period": 0, **HERE, **POOR, "grade": "poor", "persons": 10},
            {"period": 0, **HERE, **POOR, "grade": "fair", "persons": 90},
            {"period": 7, **HERE, **POOR, "grade": "poor", "persons": 30},
            {"period": 7, **HERE, **POOR, "grade": "fair", "persons": 60},
            {"period": 7, **HERE, **POOR, "grade": "good", "persons": 10},
            {"period": 7, **HERE, **RICH, "grade": "fair", "persons": 90},
            {"period": 7, **HERE, **RICH, "grade": "good", "persons": 10},
            {"period": 7, **HERE, **CHILD, "grade": "fair", "persons": 20},
        ],
        "scores": [
            {"year": 1, **HERE, "bin": 20, "persons": 22},
            {"year": 1, **HERE, "bin": 42, "persons": 88},
            {"year": 1, **HERE, "bin": 55, "persons": 110},
        ],
    }
