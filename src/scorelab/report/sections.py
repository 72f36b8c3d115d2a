"""The sections about what came out: findings, worlds over time, lists, denials, error, groups, sources."""

from collections import Counter

from scorelab.charts.denied import READINGS, denied_services
from scorelab.charts.groups import said
from scorelab.charts.numbers import two_figures
from scorelab.measures import Cell, Row, measure
from scorelab.measures.disparity import CONTRASTS, with_and_without
from scorelab.measures.flow import BETWEEN
from scorelab.measures.lab import YEAR_WEEKS
from scorelab.report.context import Context, counted, number, plain
from scorelab.report.figures import figure
from scorelab.report.findings import by_subject, length
from scorelab.report.markup import Html, bullets, join, paragraph, table, tag, text

HOW_WORDS = {
    "term": "its term was over",
    "score": "the score was back",
    "settled": "the person made good",
    "corrected": "the error was found",
    "repaired": "it was ended on request",
    "undone": "an appeal was upheld",
}

Section = tuple[str, str, Html]
"""id, heading, contents; a section function gives None where the run has nothing to say"""


def what_came_out(context: Context) -> Section:
    """The page of findings."""
    note = (
        f"Numbers are about the world “{context.focus}”. Lists, records and acts are counted for 100,000 synthetic"
        " adults, needs and denials for 100,000 synthetic persons, since children meet them too. "
    )
    if context.without_intervals:
        note += (
            f"No interval of chance is given ({context.without_intervals}), so numbers are rounded to two figures and"
            " nothing is said about how far chance reaches."
        )
    else:
        note += (
            "In brackets: the 95 % interval of chance, that is of other fates and other synthetic people under the"
            " same numbers; it decides how many figures are shown. Where too few cases stand behind a number, it has"
            " none. It says nothing about whether these numbers are right: see the inputs below."
        )
    told = [
        tag("div", tag("h3", text(subject)), bullets([text(sentence) for sentence in sentences]))
        for subject, sentences in by_subject(context)
    ]
    return (
        "findings",
        "What came out",
        join(tag("div", *told, class_="findings"), tag("p", text(note), class_="note")),
    )


def over_time(context: Context) -> Section:
    """The worlds over time."""
    intro = paragraph(
        "The same people live in every world, with the same luck. What parts the lines is the scheme, or the part of"
        " it that a"
        " world does without."
    )
    return "time", "The worlds over time", join(intro, figure(context, "listed"), figure(context, "denials"))


def lists(context: Context) -> Section | None:
    """The lists of the focus one by one: who is on them, how they come and go, how listings end."""
    world = context.run.world(context.run.focus)
    names = [name for scheme in world.schemes for name in scheme.lists]
    entries = [context.of_focus("list_entries", None, Cell(item=name)) for name in names]
    if not any(row is not None and row.value for row in entries):
        return None
    columns = ("list_persons", "list_entries", "list_exits", "list_exit_rate", "list_weeks")
    rows = []
    for name in names:
        words = f"{context.run.said(name)}{' (an honour)' if name in world.red else ''}"
        rows.append([text(words), *(number(context.shown(column, None, Cell(item=name))) for column in columns)])
    whole = table(
        f"Lists, {context.named}, per 100,000 adults",
        ["List", "On it at the end", "Entries a year", "Exits a year", "Exits for each year on it", "Weeks on it"],
        rows,
        numbers=5,
    )
    note = paragraph(
        "Somebody on two lists is counted on each. Weeks are those of listings that have ended; whoever is still there"
        " is not in them. Lists of honour are among the endings below."
    )
    return "lists", "The lists, one by one", join(whole, note, _endings(context))


def _endings(context: Context) -> Html:
    rows = []
    for how, words in HOW_WORDS.items():
        cells = [context.shown("list_endings", None, Cell(item=f"{truth} {how}")) for truth in ("true", "false")]
        if any(cell is not None and cell.value for cell in cells):
            rows.append([text(words), *map(number, cells)])
    weeks = [number(context.shown("list_weeks", None, Cell(item=truth))) for truth in ("true", "false")]
    if not rows:
        return Html("")
    rows.append([tag("b", text("Weeks that it had lasted")), *weeks])
    return table(
        f"How listings end, {context.named}, of 100 that end",
        ["It ended because", "on a true record", "on a false record"],
        rows,
        numbers=2,
    )


def denied(context: Context) -> Section:
    """Who was denied what."""
    services = denied_services(context.run, context.measures)
    if not services:
        return "denied", "What was denied", paragraph(f"In {length(context)}, nobody was denied anything in any world.")
    columns = {
        "not asked": "needs_not_asked",
        "unsuccessful anyway": "needs_unsuccessful",
        "granted": "needs_granted",
        "denied": "needs_denied",
        "refused tries": "refused_tries",
    }
    rows = []
    for service in services:
        cells = [number(context.of_focus(name, None, Cell(item=service))) for name in columns.values()]
        rows.append([text(context.run.said(service)), *cells])
    rows.append([tag("b", text("All services")), *(number(context.of_focus(name)) for name in columns.values())])
    whole = table(
        f"What became of needs, {context.named}, per 100,000 persons and year",
        ["Service", *columns],
        rows,
        numbers=len(columns),
    )
    note = paragraph(
        "Denied means: would have got it. Fewer denials can mean that people stopped asking, so the needs for which"
        " nobody asked any"
        " more stand beside them."
    )
    return "denied", "What was denied", join(figure(context, "denied-services"), note, whole, _tries(context))


def _tries(context: Context) -> Html:
    """Refused tries as official figures count them, beside the persons behind them."""
    each = context.of_focus("tries_per_person_denied")
    if each is None or not each.value:
        return Html("")
    rows = [
        [
            text(f"{year + 1}{'' if (year + 1) * YEAR_WEEKS <= context.run.weeks else ', cut short'}"),
            *(
                number(context.shown(name, None, Cell(period=year)))
                for name in ("tries_so_far", "tries_per_entry", "ever_denied")
            ),
        ]
        for year in range(context.run.years)
    ]
    note = paragraph(
        f"Official figures count refused tries from the first day on. For each person who is ever denied anything there"
        f" are {plain(each)} of them."
    )
    whole = table(
        f"Refused tries and persons, {context.named}",
        [
            "To the end of year",
            "Refused tries so far, per 100,000 persons",
            "Refused tries so far for each entry onto a list",
            "Persons denied anything in that year, per 100,000",
        ],
        rows,
        numbers=3,
    )
    return join(note, whole)


def causes(context: Context) -> Section | None:
    """Own or tie, true or false."""
    if not context.denies:
        return None
    heading = "Whose record, and was it true?"
    cells = {
        (origin, truth): number(context.of_focus("denials_by_cause", None, Cell(item=f"{origin} {truth}")))
        for origin in ("own", "tie")
        for truth in ("true", "false")
    }
    rows = [
        [text(words), cells[origin, "true"], cells[origin, "false"]]
        for origin, words in (("own", "the person's own"), ("tie", "somebody else's alone"))
    ]
    grid = table(
        f"Denials by whose record bars and whether it is true, {context.named}, per 100,000 persons and year",
        ["The record that bars is", "true", "false"],
        rows,
        numbers=2,
    )
    note = paragraph(
        "Four cells of one table, not four kinds of wrong to be added up. Where several records bar, a true one counts"
        " before a false one and, of these, an own one before somebody else's. True means that the act was done, not"
        " that the denial was just."
    )
    return "causes", heading, join(grid, note, figure(context, "causes"))


def wrongful(context: Context) -> Section | None:
    """Wrongful in its three readings."""
    if not context.denies:
        return None
    heading = "Denied by mistake, in three readings"
    missing = [name for name in READINGS if context.measures.one(name, context.run.focus) is None]
    rows = []
    for name in READINGS:
        entry = measure(name)
        rows.append(
            [text(entry.title), text(entry.definition), counted(context.of_focus(name)), number(context.of_focus(name))]
        )
    whole = table(
        f"Denials that rest on error, {context.named}, per 100,000 persons and year",
        ["Reading", "What it counts", "Counted", "Rate"],
        rows,
        numbers=2,
    )
    parts = [figure(context, "wrongful"), whole, _mistakes(context)]
    if missing:
        parts.append(
            paragraph("This run has no world without false records, so the counterfactual reading is missing.")
        )
    return "wrongful", heading, join(*parts)


def mistakes_by_source(context: Context) -> Counter[str]:
    """Denials by false records alone in the whole run, by the source that wrote the record."""
    sizes = Counter[str]()
    for row in context.measures.where("denials_flow", world=context.run.focus):
        _, source, _, _, cause = str(row.item).split(BETWEEN)
        if cause.endswith("false") and row.numerator:
            sizes[source] += row.numerator
    return sizes


def _mistakes(context: Context) -> Html:
    """Denials by false records alone, by the source that wrote the record."""
    sizes = mistakes_by_source(context)
    total = sum(sizes.values())
    if not total:
        return Html("")
    rows = [
        [text(context.run.said(name)), text(f"{size:,}"), text(two_figures(100.0 * size / total))]
        for name, size in sizes.most_common()
        if size
    ]
    note = paragraph(
        "Each of these denials falls away with the false records; the source is the one that wrote the latest of them."
        " A world without the source altogether would differ in more, since people would fear it less. Some of the"
        " persons denied by mistake would later have been denied for a true record: so those who would never have been"
        " denied anything are fewer."
    )
    whole = table(
        f"Whose mistakes: denials by false records alone, {context.named}",
        ["Source", "Denials counted", "Of 100"],
        rows,
        numbers=2,
    )
    return join(whole, note)


def others(context: Context) -> Section | None:
    """Who pays for somebody else's record."""
    collateral = context.of_focus("collateral")
    if collateral is None or not context.denies:
        return None
    names = ("collateral", "collateral_otherwise", "denials_own_and_tie")
    rows = [
        [text(measure(name).title), text(measure(name).definition), counted(row), number(row)]
        for name, row in ((name, context.of_focus(name)) for name in names)
    ]
    whole = table(
        f"Denials that go back to somebody else's record, {context.named}, per 100,000 persons and year",
        ["Row", "What it counts", "Counted", "Rate"],
        rows,
        numbers=2,
    )
    ever = context.of_focus("ever_for_another")
    said = paragraph(
        f"{plain(ever)} of 100,000 persons are at some time denied something for somebody else's record alone. Not"
        " all of them would have been spared without ties: some would have been denied the same for their own record."
        if ever is not None and ever.value
        else "Nobody is ever denied anything for somebody else's record alone."
    )
    return "others", "Denied for somebody else", join(said, whole)


def groups(context: Context) -> Section | None:
    """On whom it falls."""
    pictures = [figure(context, "groups-denied"), figure(context, "groups-listed")]
    rows = []
    for name in ("restricted_person_years", "ever_denied", "ever_wronged", "denied_share"):
        for contrast in contrasts(context):
            cell = Cell(item=contrast)
            ratio, gap = (
                context.measures.one(f"{name}_{how}", context.run.focus, None, cell) for how in ("ratio", "gap")
            )
            if ratio is not None:
                unit = text(measure(f"{name}_gap").unit)
                label = text(contrast_said(context, contrast))
                rows.append([text(measure(name).title), label, unit, number(ratio), number(gap)])
    if not rows and not any(pictures):
        return None
    whole = table(
        f"Rates of two groups, {context.named}",
        ["Number", "Groups", "Unit of the difference", "Ratio", "Difference"],
        rows,
        numbers=2,
    )
    note = paragraph(
        "What is assumed about the groups, such as how often they travel, is in these numbers. They are not the"
        " scheme's doing alone. A dash: fewer than ten persons or cases stand on one side, too few for a ratio; a"
        " number without brackets rests on too few for an interval."
    )
    return "groups", "On whom it falls", join(*pictures, *([whole, note] if rows else []))


def denied_by_group(context: Context) -> list[tuple[str, Row]]:
    """Persons ever denied in each group of each attribute of the breakdown, the most often denied group first."""
    run = context.run
    rows = [
        (said(run, column, str(getattr(row, column))), row)
        for column in run.groups
        for row in context.measures.where("ever_denied", world=run.focus, against=None, period=None)
        if getattr(row, column) is not None and row.value is not None
    ]
    return sorted(rows, key=lambda pair: -(pair[1].value or 0.0))


def contrasts(context: Context) -> list[str]:
    """The pairs of groups that the run's breakdown has, as items of measures."""
    pairs = [
        f"{first} to {second}"
        for name, of_it in CONTRASTS.items()
        if name in context.run.groups
        for first, second in of_it
    ]
    return pairs + [with_and_without(name) for name in context.run.attributes]


def contrast_said(context: Context, words: str) -> str:
    """A pair of groups in words."""
    named = {with_and_without(name): f"{context.run.said(name)} to others" for name in context.run.attributes}
    return {"q1 to q5": "poorest to richest fifth", **named}.get(words, words)


def sources(context: Context) -> Section | None:
    """What the sources write and how often it is true."""
    run = context.run
    scheme_sources = {name: one for scheme in run.world(run.focus).left.schemes for name, one in scheme.sources.items()}
    found = [
        row for row in context.measures.where("records_true", world=run.focus) if row.item in (None, *scheme_sources)
    ]
    if not scheme_sources or not found:
        return None
    reviewed = any(one.review is not None for one in scheme_sources.values())
    columns = {
        "True records, per 100,000 adults and year": "records_true",
        "Expected, per 100,000 adults and year": "records_expected",
        "False records, per 100,000 adults and year": "records_false",
        "Recorded, of 100 acts watched": "recorded_of_watched",
        **({"True, of 100 alerts before review": "true_of_alerts"} if reviewed else {}),
        "True, of 100 records": "true_of_records",
        "True, of 100 denials": "true_of_denials",
    }
    rows = []
    for item in sorted((row.item for row in found), key=lambda item: (item is None, item or "")):
        cells = [number(context.measures.one(name, run.focus, None, Cell(item=item))) for name in columns.values()]
        rows.append([text(run.said(item)) if item else tag("b", text("All sources")), *cells])
    whole = table(f"Records, {context.named}", ["Source", *columns], rows, numbers=len(columns), class_="dense")
    note = paragraph(
        "Records are what a source writes down, not what people do. Expected is the sum of all chances of a true"
        " record: where records are too rare to count, compare it instead. A dash stands for a share of fewer than ten"
        " cases."
    )
    heading = "What the sources write, and how often it is true"
    return "sources", heading, join(figure(context, "sources"), whole, note, *_scans(context))


def _scans(context: Context) -> list[Html]:
    """One sentence for each recogniser: how rare a false match is, and how many there are all the same."""
    said = []
    for row in context.measures.where("false_alerts_of_scans", world=context.run.focus):
        scans = context.of_focus("scans", None, Cell(item=row.item))
        wrong = context.of_focus("alerts_false", None, Cell(item=row.item))
        false = context.of_focus("records_false", None, Cell(item=row.item))
        if row.value is None or scans is None or scans.value is None or wrong is None or false is None:
            continue
        said.append(
            paragraph(
                f"The source {context.run.said(str(row.item))} scans each 100,000 persons {two_figures(scans.value)}"
                f" times a year. Of a million scans, {plain(row)} end in a false alert. For 100,000 adults there are"
                f" {plain(wrong)} false alerts a year, and, after a look at them where there is one,"
                f" {plain(false)} false records. Scans are worked out from the scheme, alerts are counted."
            )
        )
    return said
