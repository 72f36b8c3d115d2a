"""The sections about the parts of a scheme: what falls away without each, score, due process, work, life chances."""

from scorelab.charts.ablation import lacks, order
from scorelab.charts.numbers import as_given
from scorelab.measures import Cell, Row, measure
from scorelab.measures.ablation import WHAT
from scorelab.measures.economy import SPIRAL, STATES
from scorelab.measures.grades import QUANTILES
from scorelab.measures.lab import YEAR_WEEKS
from scorelab.measures.process import SHARES
from scorelab.report.context import Context, number
from scorelab.report.figures import figure
from scorelab.report.markup import Html, join, paragraph, table, tag, text
from scorelab.report.sections import Section

FALLS_AWAY = {
    "denials": "Denials",
    "restricted_years": "Years on a list",
    "unlawful_prevented": "Unlawful acts prevented",
    "lawful_forgone": "Lawful acts given up",
    "jobless_years": "Years without work",
}


def _any(rows: list[Row | None]) -> bool:
    return any(row is not None and row.value for row in rows)


def without(context: Context) -> Section | None:
    """What falls away without each mechanism that some world does without."""
    items = order(context.run, context.measures)
    if not items:
        return None

    def across(measure: str, item: str) -> list[Html]:
        found = [context.measures.where(f"{measure}_{name}", world=context.run.focus, item=item) for name in FALLS_AWAY]
        return [number(rows[0] if rows else None) for rows in found]

    head = [f"{words}, per 100,000 {WHAT[name][3]}" for name, words in FALLS_AWAY.items()]
    whole = table(
        f"What falls away a year, “{context.focus}” less the same world without ...",
        ["Without", *head],
        [[text(lacks(item)), *across("without", item)] for item in items],
        numbers=len(head),
        class_="dense",
    )
    intro = paragraph(
        "Each row is a whole world, lived by the same people with the same luck, in which one mechanism is missing."
        " What it shows is what falls away with that mechanism and with all that follows from it; so the rows need not"
        " add up to the whole. Below zero: without the mechanism there is more."
    )
    pairs = sorted({str(row.item) for row in context.measures.where("without_both_denials", world=context.run.focus)})
    parts = [intro, figure(context, "without"), whole]
    if pairs:
        parts.append(
            table(
                "What falls away without two mechanisms, beyond what falls away without each of them",
                ["Without", *head],
                [[text(lacks(item)), *across("without_both", item)] for item in pairs],
                numbers=len(head),
                class_="dense",
            )
        )
        parts.append(
            paragraph(
                "Above zero, the two work together; below zero, each does part of what the other does, so that taking"
                " away both takes away less than the sum."
            )
        )
    return "without", "What falls away without each mechanism", join(*parts)


def score(context: Context) -> Section | None:
    """Grades, scores and points."""
    run = context.run
    rows = [row for row in context.measures.where("score_quantile", world=run.focus) if row.value is not None]
    if not rows:
        return None
    years = [
        [
            text(f"{year + 1}{'' if (year + 1) * YEAR_WEEKS <= run.weeks else ', cut short'}"),
            *(_points_of(context.shown("score_quantile", None, Cell(item=name, period=year))) for name in QUANTILES),
        ]
        for year in range(run.years)
    ]
    spread = table(
        f"Scores at the end of each year, {context.named}",
        ["End of year", "of the tenth of 100", "in the middle", "of the ninetieth of 100"],
        years,
        numbers=3,
    )
    error = rows[-1].interval_method
    note = paragraph(
        "Persons stand in the order of their scores, the lowest first. Scores are counted in 64 equal parts of the"
        f" scale ({error.removeprefix('none: ')} points). How unequal scores are is not put into one number: a score"
        " has no zero at which there is nothing."
    )
    pictures = [figure(context, "grades"), _grades(context), figure(context, "points"), _points(context)]
    return "score", "Grades and points", join(*pictures, spread, note)


def _points_of(row: Row | None) -> Html:
    """A score as it was read: rounding to two figures would move it to another grade."""
    return number(row) if row is None or row.value is None else text(as_given(row.value))


def _grades(context: Context) -> Html:
    """Grades at the end, world by world."""
    names = context.run.world(context.run.focus).grades
    worlds = [world for world in context.run.shown if world.grades == names]
    if not names:
        return Html("")
    rows = [
        [
            text(name),
            *(number(context.measures.one("grade_share", world.name, None, Cell(item=name))) for world in worlds),
        ]
        for name in reversed(names)
    ]
    return table(
        "Grades at the end of the run, of 100 persons to whom the score applies",
        ["Grade", *(world.title for world in worlds)],
        rows,
        numbers=len(worlds),
        class_="dense" if len(worlds) > 3 else None,
    )


def _points(context: Context) -> Html:
    """Points by whose record moved them."""
    words = {"own": "the person's own record", "tie": "the record of somebody tied to the person"}
    rows = []
    for origin, said in words.items():
        cells = [
            context.shown(f"points_{way}_by_cause", None, Cell(item=f"{origin} {truth}"))
            for way in ("taken", "given")
            for truth in ("true", "false")
        ]
        if _any(cells):
            rows.append([text(f"for {said}"), *map(number, cells)])
    if not rows:
        return Html("")
    return table(
        f"Points by whose record it was and whether it is true, {context.named}, per 100 adults and year",
        ["Points", "taken, true", "taken, false", "given, true", "given, false"],
        rows,
        numbers=4,
    )


def process(context: Context) -> Section | None:
    """What becomes of records between the office and their effect, and on appeal."""
    schemes = context.run.world(context.run.focus).left.schemes
    tables = [whole for scheme in schemes if (whole := _steps(context, scheme.scheme, scheme.title))]
    if not tables:
        return None
    in_effect = [context.of_focus("records_in_effect", None, Cell(item=truth)) for truth in ("true", "false")]
    right, wrong = (0 if row is None else row.numerator or 0 for row in in_effect)
    effect = f" {wrong:,} of {right + wrong:,} records that took effect in this run are false." if right + wrong else ""
    intro = paragraph(
        "A record reaches an office, which may tell the person; there may be time to make good or to object, and an"
        " appeal later. That the office sees through a false record more often than through a true one is"
        f" assumed.{effect}"
    )
    return "process", "What can be done about a record", join(intro, *tables)


def _steps(context: Context, scheme: str, title: str) -> Html:
    """The steps of one scheme's due process; nothing where it has none or too few records for any number."""
    several = len({one.scheme for world in context.run.worlds for one in world.left.schemes}) > 1
    items = [f"{scheme} {truth}" if several else truth for truth in ("true", "false")]
    found = {name: [context.shown(name, None, Cell(item=item)) for item in items] for name in SHARES}
    if all(cell is None or cell.value is None for cells in found.values() for cell in cells):
        return Html("")
    rows = [
        [text(measure(name).title), text(measure(name).unit), *map(number, cells)]
        for name, cells in found.items()
        if any(cell is not None for cell in cells)
    ]
    caption = f"Records and what is done about them, {title}, {context.named}"
    return table(caption, ["Step", "Unit", "true records", "false records"], rows, numbers=2)


def work(context: Context) -> Section | None:
    """Years without work, in arrears and with a throttled connection, and what of it is the spiral's."""
    run = context.run
    rows = []
    changes: list[Row | None] = []
    for name, (title, _, _) in STATES.items():
        there = context.measures.one(f"{name}_person_years", run.against)
        here, change = context.of_focus(f"{name}_person_years"), context.of_focus(f"{name}_person_years", run.against)
        spiral = context.of_focus(f"spiral_{name}", run.sibling("spiral")) if name in SPIRAL else None
        by_spiral = number(spiral) if spiral is not None else text("–")
        if not _any([there, here]):
            continue
        changes.append(change)
        rows.append([text(title), number(there), number(here), number(change), by_spiral])
    if not _any(changes):
        return None
    whole = table(
        f"Work, arrears and connections, {context.named}, person-years per 100,000 adults and year (throttled:"
        " persons)",
        ["Years", f"in “{context.title(run.against)}”", "here", "more here", "of it by the spiral"],
        rows,
        numbers=4,
    )
    intro = paragraph(
        "A listing can cost a job, a fine can lead into arrears, and both lead to further records: that is the spiral."
        " Its part is the difference to a world in which what a scheme does changes nobody's work or arrears"
        + ("." if run.sibling("spiral") else "; this run has none, so it is not known.")
    )
    return "work", "Work and arrears", join(intro, whole)


def chances(context: Context) -> Section | None:
    """Places that some lose and others gain."""
    run = context.run
    names = ("chances_lost", "chances_gained", "chances_net")
    rows: list[list[Html]] = []
    for item in (*run.life_chances, None):
        cells = [context.of_focus(name, run.against, Cell(item=item)) for name in names]
        favoured = context.of_focus("needs_favoured", None, Cell(item=item)) if item else None
        if _any(cells) or (item is None and rows):
            label = text(run.said(item)) if item else tag("b", text("All of them"))
            rows.append([label, *map(number, cells), number(favoured) if item else text("–")])
    if not rows:
        return None
    if len(rows) == 2:
        rows.pop()
    whole = table(
        f"Places lost and gained, {context.named} against “{context.title(run.against)}”, per 100,000 persons and year",
        ["Place", "Lost", "Gained by others", "Lost, net", "Had by favour"],
        rows,
        numbers=4,
    )
    intro = paragraph(
        "A seat on a train is missed for a day, a place at a school for years. Lost: the person gets it in the other"
        " world and not here. Gained: the other way round, since a place is free or since this person comes first. A"
        " net of zero can mean that places only changed hands."
    )
    return "chances", "Life chances", join(intro, whole)
