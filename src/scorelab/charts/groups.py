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


def order(value: str) -> tuple[int, str]:
    """Age bands by their first year, attributes by how many, those without any last; other groups by their words."""
    first = value.rstrip("+").split("-")[0]
    if value == "none":
        return 99, value
    return (int(first), value) if first.isdigit() else (value.count(" + "), value)


def said(run: Facts, attribute: str, value: str) -> str:
    """A group in words."""
    if attribute == "attributes":
        none = "none of these" if len(run.attributes) > 1 else f"not {run.said(run.attributes[0])}"
        first, *others = (run.said(name) for name in value.split(" + "))
        return none if value == "none" else " and ".join([first, *(f"{word[0].lower()}{word[1:]}" for word in others)])
    return WORDS.get(value, f"age {value}" if attribute == "age" else value)


def _groups(run: Facts, measures: Measures, name: str, kind: str) -> list[dict[str, object]]:
    data: list[dict[str, object]] = []
    for attribute in run.groups:
        found_rows = measures.where(name, world=run.focus, against=None, item=None, period=None)
        for row in sorted(found_rows, key=lambda row: order(str(getattr(row, attribute)))):
            value = getattr(row, attribute)
            if value is None:
                continue
            found = point(row, row=said(run, attribute, str(value)), kind=kind, attribute=attribute)
            data += [found] if found else []
    return data


def _apart(run: Facts, data: list[dict[str, object]]) -> list[str]:
    """The rows with an empty one between attributes."""
    parts: list[str] = []
    for number, attribute in enumerate(run.groups):
        of_it = list(dict.fromkeys(str(one["row"]) for one in data if one["attribute"] == attribute))
        parts += [" " * number] * (number > 0 and bool(of_it)) + of_it
    return parts


def _chart(run: Facts, measures: Measures, name: str, kinds: dict[str, tuple[str, str]], title: str) -> Chart | None:
    data = [one for base, (word, _) in kinds.items() for one in _groups(run, measures, base, word)]
    if not any(one["value"] for one in data):
        return None
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
        dots(data, _apart(run, data), dict(kinds.values()), unit, apart=False),
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
