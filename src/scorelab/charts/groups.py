"""On whom it falls: the same number for every group."""

from scorelab.charts.dots import dots, point
from scorelab.charts.numbers import two_figures
from scorelab.charts.register import chart
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, VERMILLION
from scorelab.measures.lab import Facts
from scorelab.measures.register import measure
from scorelab.measures.table import Measures

WORDS = {"q1": "poorest fifth", "q2": "second fifth", "q3": "third fifth", "q4": "fourth fifth", "q5": "richest fifth"}
ATTRIBUTES = {"quintile": "", "residence": "", "age": "age ", "sex": ""}


def order(value: str) -> tuple[int, str]:
    """Age bands by their first year, other groups by their words."""
    first = value.rstrip("+").split("-")[0]
    return (int(first), value) if first.isdigit() else (0, value)


def said(attribute: str, value: str) -> str:
    """A group in words."""
    return WORDS.get(value, f"{ATTRIBUTES[attribute]}{value}")


def _groups(run: Facts, measures: Measures, name: str, kind: str) -> list[dict[str, object]]:
    data: list[dict[str, object]] = []
    for attribute in run.groups:
        found_rows = measures.where(name, world=run.focus, against=None, item=None, period=None)
        for row in sorted(found_rows, key=lambda row: order(str(getattr(row, attribute)))):
            value = getattr(row, attribute)
            found = point(row, row=said(attribute, str(value)), kind=kind) if value is not None else None
            data += [found] if found else []
    return data


def _apart(run: Facts, rows: list[str]) -> list[str]:
    """The rows with an empty one between attributes."""
    parts: list[str] = []
    for number, attribute in enumerate(run.groups):
        of_it = [row for row in rows if _attribute(row) == attribute]
        parts += [" " * number] * (number > 0 and bool(of_it)) + of_it
    return parts


def _attribute(row: str) -> str:
    if row in WORDS.values():
        return "quintile"
    if row in ("urban", "rural"):
        return "residence"
    return "sex" if row in ("female", "male") else "age"


def _chart(run: Facts, measures: Measures, name: str, kinds: dict[str, tuple[str, str]], title: str) -> Chart | None:
    data = [one for base, (word, _) in kinds.items() for one in _groups(run, measures, base, word)]
    if not any(one["value"] for one in data):
        return None
    rows = list(dict.fromkeys(str(one["row"]) for one in data))
    unit = measure(next(iter(kinds))).unit
    lines = "; lines are 95 % intervals of chance" if any(one["low"] is not None for one in data) else ""
    children = ", children per 100,000 children" if "adults" in unit else ""
    first = next(iter(kinds.values()))[0]
    alt = "; ".join(f"{one['row']} {two_figures(float(str(one['value'])))}" for one in data if one["kind"] == first)
    return Chart(
        name,
        title,
        f"{unit} of the group{children}, “{run.world(run.focus).title}”{lines}",
        f"{first}: {alt}.",
        dots(data, _apart(run, rows), dict(kinds.values()), unit, apart=False),
    )


@chart("groups-denied")
def denied(run: Facts, measures: Measures) -> Chart | None:
    """Persons ever denied and ever denied by error, by group."""
    kinds = {"ever_denied": ("ever denied", BLUE), "ever_wronged": ("ever denied by error", VERMILLION)}
    return _chart(run, measures, "groups-denied", kinds, "Persons denied, by group")


@chart("groups-listed")
def listed(run: Facts, measures: Measures) -> Chart | None:
    """Years on a list, by group."""
    kinds = {"restricted_person_years": ("years on a list", BLUE)}
    return _chart(run, measures, "groups-listed", kinds, "Years spent on a list, by group")
