"""The sections about what came out: findings, worlds over time, denials, error, conduct, groups, sources."""

from scorelab.charts.conduct import behaviours
from scorelab.charts.denied import READINGS, denied_services
from scorelab.charts.numbers import outward
from scorelab.measures import Cell, measure
from scorelab.measures.conduct import STANDINGS
from scorelab.measures.disparity import CONTRASTS
from scorelab.report.context import Context, counted, number
from scorelab.report.figures import figure
from scorelab.report.findings import findings, length
from scorelab.report.markup import Html, bullets, join, paragraph, table, tag, text

Section = tuple[str, str, Html]
"""id, heading, contents"""


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
    sentences = bullets([text(sentence) for sentence in findings(context)])
    return (
        "findings",
        "What came out",
        join(tag("div", sentences, class_="findings"), tag("p", text(note), class_="note")),
    )


def over_time(context: Context) -> Section:
    """The worlds over time."""
    intro = paragraph(
        "The same people live in every world, with the same luck. What parts the lines is the scheme, or the part of"
        " it that a"
        " world does without."
    )
    return "time", "The worlds over time", join(intro, figure(context, "listed"), figure(context, "denials"))


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
    return "denied", "What was denied", join(figure(context, "denied-services"), note, whole)


def causes(context: Context) -> Section:
    """Own or tie, true or false."""
    heading = "Whose record, and was it true?"
    cells = {
        (origin, truth): number(context.of_focus("denials_by_cause", None, Cell(item=f"{origin} {truth}")))
        for origin in ("own", "tie")
        for truth in ("true", "false")
    }
    rows = [
        [text(words), cells[origin, "true"], cells[origin, "false"]]
        for origin, words in (("own", "the person's own"), ("tie", "a relative's alone"))
    ]
    grid = table(
        f"Denials by whose record bars and whether it is true, {context.named}, per 100,000 persons and year",
        ["The record that bars is", "true", "false"],
        rows,
        numbers=2,
    )
    note = paragraph(
        "Four cells of one table, not four kinds of wrong to be added up. Where several records bar, a true one counts"
        " before a false one and, of these, an own one before a relative's. True means that the act was done, not that"
        " the denial was just."
    )
    return "causes", heading, join(grid, note, figure(context, "causes"))


def wrongful(context: Context) -> Section:
    """Wrongful in its three readings."""
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
    parts = [figure(context, "wrongful"), whole]
    if missing:
        parts.append(
            paragraph("This run has no world without false records, so the counterfactual reading is missing.")
        )
    return "wrongful", heading, join(*parts)


def relatives(context: Context) -> Section:
    """Who pays for a relative's record."""
    heading = "Denied for a relative"
    if context.of_focus("collateral") is None:
        return (
            "relatives",
            heading,
            paragraph("This run has no world without consequences along ties; nothing is said here."),
        )
    names = ("collateral", "collateral_otherwise", "denials_own_and_tie")
    rows = [
        [text(measure(name).title), text(measure(name).definition), counted(row), number(row)]
        for name, row in ((name, context.of_focus(name)) for name in names)
    ]
    whole = table(
        f"Denials that go back to a relative, {context.named}, per 100,000 persons and year",
        ["Row", "What it counts", "Counted", "Rate"],
        rows,
        numbers=2,
    )
    return "relatives", heading, whole


def conduct(context: Context) -> Section:
    """Prevented and provoked, net, bounds, the noise floor, and the pair with years on a list."""
    heading = "Acts prevented and provoked"
    run = context.run
    names = behaviours(run, context.measures)
    if not names:
        return "conduct", heading, paragraph("The run has no world to compare with; nothing is said here.")
    items = [word for word in STANDINGS if word in run.standing.values()] + names
    rows = []
    for item in items:
        cell = Cell(item=item)
        floor = context.of_focus("acts_prevented", run.placebo, cell) if run.placebo else None
        low, high = (context.of_focus(f"acts_prevented_{end}", run.against, cell) for end in ("least", "most"))
        ends = [row.value for row in (low, high) if row is not None and row.value is not None]
        bounds = outward(*ends) if len(ends) == 2 else "–"
        label = tag("b", text(f"All {item}")) if item in STANDINGS else text(run.said(item))
        rows.append(
            [
                label,
                number(context.measures.one("acts", run.against, None, cell)),
                number(context.of_focus("acts_prevented", run.against, cell)),
                number(context.of_focus("acts_provoked", run.against, cell)),
                number(context.of_focus("acts_net_prevented", run.against, cell)),
                text(bounds),
                number(floor) if run.placebo else text("–"),
            ]
        )
    whole = table(
        f"Acts, {context.named} against “{context.title(run.against)}”, per 100,000 adults and year",
        ["Behaviour", "Acts there", "Prevented", "Provoked", "Net", "Bounds of prevented", "Noise floor"],
        rows,
        numbers=6,
        class_="dense",
    )
    note = paragraph(
        "Prevented acts are done there and not here, provoked ones here and not there. These gross counts depend on"
        " how the worlds"
        " share their chance; the net does not, and the bounds hold however it is shared. The noise floor is what"
        " the same law with"
        " other errors prevents by chance alone. Acts are all acts of the synthetic people: no source sees them all."
    )
    return "conduct", heading, join(figure(context, "conduct"), whole, note, _pair(context), figure(context, "noise"))


def _pair(context: Context) -> Html:
    run = context.run
    rows = []
    for standing in (word for word in ("unlawful",) if word in run.standing.values()):
        cell = Cell(item=standing)
        rows.append(
            [
                text(standing),
                number(context.of_focus("restricted_person_years", run.against)),
                number(context.of_focus("acts_net_prevented", run.against, cell)),
                number(context.measures.one("restricted_years_per_act_prevented", run.focus, run.against, cell)),
            ]
        )
    if not rows:
        return Html("")
    return table(
        "Years on a list beside acts fewer, per 100,000 adults and year; their ratio only where fewer is certain",
        ["Acts", "Years on a list", "Acts fewer, net", "Years on a list for each act fewer"],
        rows,
        numbers=3,
    )


def groups(context: Context) -> Section:
    """On whom it falls."""
    contrasts = [
        f"{first} to {second}"
        for name, pairs in CONTRASTS.items()
        if name in context.run.groups
        for first, second in pairs
    ]
    names = ("restricted_person_years", "ever_denied", "ever_wronged", "denied_share")
    rows = []
    for name in names:
        for contrast in contrasts:
            ratio = context.measures.one(f"{name}_ratio", context.run.focus, None, Cell(item=contrast))
            gap = context.measures.one(f"{name}_gap", context.run.focus, None, Cell(item=contrast))
            if ratio is not None:
                rows.append(
                    [
                        text(measure(name).title),
                        text(_contrast(contrast)),
                        text(measure(f"{name}_gap").unit),
                        number(ratio),
                        number(gap),
                    ]
                )
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
    return (
        "groups",
        "On whom it falls",
        join(figure(context, "groups-denied"), figure(context, "groups-listed"), whole, note),
    )


def _contrast(words: str) -> str:
    return {"q1 to q5": "poorest to richest fifth"}.get(words, words)


def sources(context: Context) -> Section:
    """What the sources write and how often it is true."""
    run = context.run
    found = context.measures.where("records_true", world=run.focus)
    rows = []
    for row in found:
        cell = Cell(item=row.item)
        rows.append(
            [
                text(run.said(row.item)) if row.item else tag("b", text("All sources")),
                number(row),
                number(context.of_focus("records_expected", None, cell)),
                number(context.of_focus("records_false", None, cell)),
                number(context.measures.one("recorded_of_watched", run.focus, None, cell)),
                number(context.measures.one("true_of_records", run.focus, None, cell)),
                number(context.measures.one("true_of_denials", run.focus, None, cell)),
            ]
        )
    if not rows:
        return "sources", "What the sources write", paragraph("Nothing watches in this world.")
    if found[0].item is None:
        rows.append(rows.pop(0))
    whole = table(
        f"Records, {context.named}",
        [
            "Source",
            "True records, per 100,000 adults and year",
            "Expected, per 100,000 adults and year",
            "False records, per 100,000 adults and year",
            "Recorded, of 100 acts watched",
            "True, of 100 records",
            "True, of 100 denials",
        ],
        rows,
        numbers=6,
        class_="dense",
    )
    note = paragraph(
        "Records are what a source writes down, not what people do. Expected is the sum of all chances of a true"
        " record: where"
        " records are too rare to count, compare it instead. A dash stands for a share of fewer than ten cases."
    )
    return "sources", "What the sources write, and how often it is true", join(figure(context, "sources"), whole, note)
