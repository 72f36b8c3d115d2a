"""The page of two runs beside each other: what differs between the schemes, and what that comes to."""

from collections.abc import Sequence
from pathlib import Path

from scorelab.charts import Chart
from scorelab.charts.beside import Lines, differences, pairs
from scorelab.charts.denied import CAUSE_WORDS
from scorelab.charts.groups import order, said
from scorelab.ledger.text import write_text
from scorelab.measures import Cell, Row, measure
from scorelab.measures.beside import Beside, beside, scores, titled
from scorelab.measures.conduct import lawful_in
from scorelab.measures.cube import population
from scorelab.measures.lab import ATTRIBUTES, Lab, facts
from scorelab.report import shell
from scorelab.report.background import LABORATORY
from scorelab.report.beside_words import ACTS, Pair, findings
from scorelab.report.context import number
from scorelab.report.figures import drawn
from scorelab.report.markup import Html, breakable, bullets, join, paragraph, table, tag, text
from scorelab.report.schemes import aspects, edited, responses
from scorelab.report.sections import Section

NO_ADVICE = "Less harm than another scheme is not a recommendation."
NET_ONLY = (
    "Both runs are lived by the same synthetic people with the same luck, each in its own counts. Who is denied under"
    " one and not under the other is not known between two runs, so only net differences stand here."
)
MOST_LINES = 5
"""Lines of an aspect of a scheme that stand in the first table."""
NEEDS = {
    "needs_denied": "Needs that are denied",
    "needs_not_asked": "Needs for which nobody asks, since people know of the bar",
    "needs_favoured": "Needs granted as a favour",
    "denied_share": "Denied, of 100 asks that would have succeeded",
}
HEAD = ["A", "B", "A less B"]


def load(a: Path, b: Path, worlds: tuple[str, str] | None = None) -> Pair:
    """Set two finished runs beside each other. Raises RunError where they do not share fate."""
    with Lab(facts(a)) as one, Lab(facts(b)) as other:
        named = worlds or (one.facts.focus, other.facts.focus)
        rows = tuple(beside(one, other, named))
        people = int(population(one, (Cell(),)).sum()), int(population(one, (Cell(),), "adults").sum())
        return Pair(one.facts, other.facts, named, rows, people, (one.counties, one.replicates))


def write(pair: Pair, path: Path) -> Path:
    """Write the page, whole or not at all, and return its path."""
    return write_text(path, html(pair))


def html(pair: Pair) -> str:
    """The page as text."""
    told = (differ, what_came_out, people, services, causes, conduct, lives, groups, apart, runs, definitions)
    found = [section for make in told if (section := make(pair)) is not None]
    return shell.page(f"{pair.titles[0]} beside {pair.titles[1]}", _header(pair), [("", found)])


def _header(pair: Pair) -> Html:
    sides = []
    for letter, title, world in zip("AB", pair.titles, pair.focus, strict=True):
        about = " ".join(scheme.about for scheme in world.schemes)
        sides.append(tag("p", tag("b", text(f"{letter}: {title}. ")), text(about), class_="about"))
    first, second = pair.titles
    return tag(
        "header",
        tag("p", text("scorelab · a laboratory for social-credit systems"), class_="kicker"),
        tag("h1", text(f"{first} beside {second}")),
        tag("p", text(NET_ONLY), class_="standfirst"),
        *sides,
        tag("p", text(f"{LABORATORY} {NO_ADVICE}"), class_="laboratory"),
    )


def differ(pair: Pair) -> Section:
    """What differs between the two worlds, in words."""
    one, other = (aspects(run, world) for run, world in zip((pair.a, pair.b), pair.focus, strict=True))
    unlike = [name for name in one if one[name] != other[name]]
    same = [name for name in one if one[name] == other[name] and one[name]]
    rows = [[text(name), _begun(one[name]), _begun(other[name])] for name in unlike]
    long = [name for name in unlike if max(len(one[name]), len(other[name])) > MOST_LINES]
    parts = []
    if pair.equal:
        parts.append(paragraph("Nothing: the two worlds are the same in everything but their names."))
    if rows:
        parts.append(table("What each scheme says", ["", "A", "B"], rows, class_="long sides"))
    if long:
        whole = [[text(name), _said(one[name]), _said(other[name])] for name in long]
        listed = table("What each scheme says, in full", ["", "A", "B"], whole, class_="long sides")
        parts.append(tag("details", tag("summary", text("Clause by clause")), listed))
    if same:
        parts.append(paragraph(f"The same in both: {', '.join(name.lower() for name in same)}."))
    values = edited(*pair.focus)
    if values:
        parts.append(_values("Every value in which the two editions differ, A -> B", values))
    response = responses(*pair.focus)
    if response:
        parts.append(paragraph("The people respond otherwise too, so the schemes are not all that differs."))
        parts.append(_values("How the people's response differs, A -> B", response))
    return "differs", "What differs between the two", join(*parts)


def _begun(lines: Sequence[str]) -> Html:
    """The first lines, and how many more there are."""
    if len(lines) <= MOST_LINES:
        return _said(lines)
    return _said([*lines[: MOST_LINES - 1], f"and {len(lines) - MOST_LINES + 1} more, below"])


def _said(lines: Sequence[str]) -> Html:
    return bullets([text(line) for line in lines]) if lines else text("nothing")


def _values(summary: str, lines: list[str]) -> Html:
    listed = bullets([tag("code", breakable(line)) for line in lines])
    return tag("details", tag("summary", text(f"{summary}: {len(lines)}")), listed)


def what_came_out(pair: Pair) -> Section:
    """The findings, and how to read them."""
    sentences = bullets([text(sentence) for sentence in findings(pair)])
    without = all(row.low is None for row in pair.rows)
    reach = (
        f"No interval of chance is given ({pair.rows[0].interval_method})."
        if without and pair.rows
        else "In brackets: the 95 % interval of chance of the difference. A county of A is set against the same county"
        " of B, so what the two have in common is in no interval; those of A and of B alone are wider and say nothing"
        " about the difference. Where it contains zero, the two cannot be told apart."
    )
    note = f"{reach} It says nothing about whether the numbers that went in are right. {NO_ADVICE}"
    body = join(tag("div", sentences, class_="findings"), tag("p", text(note), class_="note"))
    return "findings", "What came out", body


def people(pair: Pair) -> Section | None:
    """Different persons, years on lists, and the pair with the acts prevented."""
    lines = _measures(pair, ("ever_restricted", "ever_denied", "ever_wronged", "ever_for_another"))
    more = _measures(pair, ("restricted_person_years", "listings", "listings_by_error"))
    more += [(words, row) for name, words in NEEDS.items() if (row := pair.one(name)) is not None]
    unit = "per 100,000 adults (on a list) or persons (denied)"
    pictures = [
        pairs("beside-persons", "Different persons in the whole run", unit, lines, _keys(pair)),
        differences("beside-persons-apart", "The difference in persons", unit, lines),
    ]
    net = pair.one("acts_net_prevented", Cell(item="unlawful"))
    both = _measures(pair, ("restricted_person_years",)) + ([("Net unlawful acts prevented", net)] if net else [])
    note = paragraph(
        "Years on a list and acts prevented belong together: what a scheme takes stands beside what it is said to be"
        " for. Acts are counted against the world without either scheme, which is the same in both runs."
    )
    together = _table("Years on a list, and unlawful acts that do not happen, net", both)
    whole = _table("Persons and denials", [*lines, *more])
    return "people", "Whom it touches", join(*_figures(pictures), whole, note, together)


def services(pair: Pair) -> Section | None:
    """Denials by service."""
    lines = [
        (pair.a.said(str(row.item)), row)
        for row in pair.rows
        if row.measure == "needs_denied" and row.cell == Cell(item=row.item) and row.item
        if row.value_a or row.value_b
    ]
    if not lines:
        return None
    lines.sort(key=lambda line: -max(line[1].value_a or 0.0, line[1].value_b or 0.0))
    unit = measure("needs_denied").unit
    picture = pairs("beside-services", "Denials by service", unit, lines[:12], _keys(pair))
    return "services", "What is denied", join(*_figures([picture]), _table("Denials by service", lines))


def causes(pair: Pair) -> Section | None:
    """Denials by whose record bars and whether it is true, and what has nothing to do with the service."""
    lines = _named(pair, "denials_by_cause", {Cell(item=item): words for item, words in CAUSE_WORDS.items()})
    if not any(row.value_a or row.value_b for _, row in lines):
        return None
    unit = measure("denials_by_cause").unit
    picture = pairs("beside-causes", "Whose record closed the door, and was it true?", unit, lines, _keys(pair))
    rest = _measures(pair, ("wrongful_pivotal", "unrelated_context"))
    rest = [(f"{words}: {measure(row.measure).definition}", row) for words, row in rest]
    return (
        "causes",
        "Whose record, and was it true?",
        join(*_figures([picture]), _table("Denials by whose record bars", [*lines, *rest])),
    )


def conduct(pair: Pair) -> Section | None:
    """Acts by standing, lawful acts by domain, and each behaviour."""
    domains = sorted({pair.a.behaviour_domain[name] for name, word in pair.a.standing.items() if word == "lawful"})
    items = {Cell(item=word): f"All {word} acts" for word in ACTS}
    items |= {Cell(item=lawful_in(domain)): f"Lawful acts, {domain.replace('-', ' ')}" for domain in domains}
    every = {Cell(item=name): pair.a.said(name) for name in sorted(pair.a.standing)}
    lines = _named(pair, "acts", items)
    each = [line for line in _named(pair, "acts", every) if line[1].difference]
    each.sort(key=lambda line: -abs(line[1].difference or 0.0))
    if not lines:
        return None
    unit = measure("acts").unit
    picture = differences("beside-acts", "Acts under A less acts under B", unit, lines)
    note = paragraph("Fewer lawful acts are a loss as much as fewer unlawful ones are a gain: nobody forbade them.")
    parts = [*_figures([picture]), note, _table("Acts", lines)]
    if each:
        whole = _table("Acts by behaviour, those that differ", each)
        parts.append(tag("details", tag("summary", text(f"Behaviour by behaviour: {len(each)} differ")), whole))
    return "conduct", "What people do", join(*parts)


def lives(pair: Pair) -> Section | None:
    """Work, arrears, connections, places, points."""
    names = ("jobless_person_years", "arrears_person_years", "throttled_person_years", "chances_net")
    lines = _measures(pair, names)
    if scores(pair.focus[0]) or scores(pair.focus[1]):
        lines += _measures(pair, ("points_taken", "points_given"))
    return ("lives", "Work, money, places and points", _table("Lives beside the doors", lines)) if lines else None


def groups(pair: Pair) -> Section | None:
    """Persons ever denied, group by group."""
    cells: dict[Cell, str] = {}
    for attribute in ATTRIBUTES:
        found = {getattr(row, attribute) for row in pair.rows if row.measure == "ever_denied"} - {None}
        for value in sorted(found, key=order):
            cells[Cell(**{attribute: value})] = said(pair.a, attribute, value)
    lines = _named(pair, "ever_denied", cells)
    if not any(row.value_a or row.value_b for _, row in lines):
        return None
    unit = f"{measure('ever_denied').unit} of the group"
    picture = pairs("beside-groups", "Persons ever denied anything, by group", unit, lines, _keys(pair))
    note = paragraph("What is assumed about the groups is in both numbers; it is no scheme's doing alone.")
    return (
        "groups",
        "On whom it falls",
        join(*_figures([picture]), _table("Persons ever denied, by group", lines), note),
    )


def apart(pair: Pair) -> Section:
    """What two runs cannot say of each other."""
    lines = [
        "Who is denied under one scheme and not under the other, and which acts one prevents and the other does not: no"
        " ledger has patterns over two runs. Schemes that are lived as worlds of one experiment can be told apart so.",
        "Sources, rules and lists one by one, since each scheme has its own.",
        "How bad a closed door is beside another one: denials of all services are added up as if they were alike.",
        "What is assumed in both runs, such as how people respond, moves both sides; no interval here contains it.",
    ]
    if scores(pair.focus[0]) != scores(pair.focus[1]):
        lines.append("Points and grades: the two scores have other bounds, so a point is not the same in both.")
    return "apart", "What cannot be compared", bullets([text(line) for line in lines])


def runs(pair: Pair) -> Section:
    """The two runs, what they share, and how to live them again."""
    a = pair.a
    persons, adults = pair.people
    counties, replicates = pair.units
    shared = {
        "Society": str(a.resolved["society"].get("title", "")),
        "Persons": f"{persons:,} synthetic persons, {adults:,} of them adults, in {counties:,} counties"
        + (f" of {replicates} replicates" if replicates > 1 else ""),
        "Time": f"{a.weeks} weeks from {a.resolved['start']}",
        "Seed": str(a.resolved["seed"]),
        "Reference": f"“{a.world(a.against).title}”: lived in both runs, with the same acts and needs in every county",
    }
    items = [part for name, value in shared.items() for part in (tag("dt", text(name)), tag("dd", text(value)))]
    rows = [
        [text(letter), text(run.resolved["title"]), text(run.world(world).title), text(run.manifest.get("digest", ""))]
        for letter, run, world in zip("AB", (a, pair.b), pair.worlds, strict=True)
    ]
    what = table("The two runs", ["", "Experiment", "World", "Digest"], rows, class_="dense")
    again = (text("The folder of each run lives it again, whole: "), tag("code", text("scorelab run manifest.json")))
    return "run", "What was run", join(tag("dl", *items), what, tag("p", *again))


def definitions(pair: Pair) -> Section:
    """What each number means, from the register of measures."""
    used = dict.fromkeys(row.measure for row in pair.rows)
    rows = [
        [text(measure(name).title), text(measure(name).definition), tag("code", text(measure(name).formula))]
        for name in used
    ]
    methods = sorted({row.interval_method for row in pair.rows})
    how = paragraph(
        "A difference is made of whole numbers, county by county, before any division; its interval is that of leaving"
        " out one pair of counties at a time. Used here:"
    )
    whole = table("The measures on this page", ["Name", "Meaning", "Formula"], rows, class_="dense defs")
    return "definitions", "How the numbers were made", join(how, bullets([text(one) for one in methods]), whole)


def _measures(pair: Pair, names: Sequence[str]) -> list[tuple[str, Beside]]:
    """Everybody's numbers of the whole run, by the measures' own titles."""
    found = ((name, pair.one(name)) for name in names)
    return [(titled(row), row) for _, row in found if row is not None]


def _named(pair: Pair, name: str, cells: dict[Cell, str]) -> list[tuple[str, Beside]]:
    """One measure for several cells, each with what it is called; those that were not compared are left out."""
    found = ((words, pair.one(name, cell)) for cell, words in cells.items())
    return [(words, row) for words, row in found if row is not None]


def _keys(pair: Pair) -> tuple[str, str]:
    first, second = pair.titles
    return f"A: {first}", f"B: {second}"


def _figures(charts: Sequence[Chart | None]) -> list[Html]:
    return [drawn(chart) for chart in charts if chart is not None]


def _table(caption: str, lines: Lines) -> Html:
    """One row a number: both runs and the difference; the unit stands above where all rows have the same."""
    units = [
        row.unit if row.unit == row.difference_unit else f"{row.unit}; difference in {row.difference_unit}"
        for _, row in lines
    ]
    alike = len(set(units)) == 1
    rows = [
        [
            text(words),
            *([] if alike else [text(unit)]),
            number(_row(row, row.value_a, row.low_a, row.high_a, row.counted_a)),
            number(_row(row, row.value_b, row.low_b, row.high_b, row.counted_b)),
            number(_row(row, row.difference, row.low, row.high, None)),
        ]
        for (words, row), unit in zip(lines, units, strict=True)
    ]
    head = ["", *HEAD] if alike else ["", "Unit", *HEAD]
    return table(f"{caption}, {units[0]}" if alike else caption, head, rows, numbers=3, class_="dense beside")


def _row(row: Beside, value: float | None, low: float | None, high: float | None, counted: int | None) -> Row:
    """One of the three numbers as a row of measures, so that it is written as in every other table."""
    how = row.interval_method
    return Row(row.measure, "", None, *row.cell, value, low, high, None, None, how, row.unit, counted, None)
