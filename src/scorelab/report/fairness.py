"""The section on fairness: definitions that cannot hold together, side by side, and how denials gather on few."""

from collections.abc import Iterator

from scorelab.charts.groups import order, said
from scorelab.measures import Cell, Row, measure
from scorelab.report.asked import Asked, counts
from scorelab.report.context import Context, number, plain
from scorelab.report.markup import Html, join, paragraph, table, text
from scorelab.report.sections import Section, contrast_said, contrasts

OUTCOMES = {"restricted": "ever on a list", "denied": "ever denied anything"}
RATES = {
    "selection_rate": "So treated, of 100 adults",
    "false_positive_rate": "So treated, of 100 who did nothing unlawful that is watched",
    "false_negative_rate": "Not so treated, of 100 who did",
    "precision": "Did, of 100 so treated",
}
APART = {
    "demographic_parity_difference": "Demographic parity",
    "equalised_odds_difference": "Equalised odds",
    "equal_opportunity_difference": "Equal opportunity",
    "predictive_parity_difference": "Predictive parity",
}


def questions(context: Context) -> Iterator[Asked]:
    """What a reader asks of this section."""
    yield from counts(
        "How many did nothing unlawful and are denied?",
        context.of_focus("denied_false_positive_rate"),
        "of 100 adults who did nothing unlawful that is watched are denied something all the same",
    )
    yield from counts(
        "How many did and are not?",
        context.of_focus("denied_false_negative_rate"),
        "of 100 adults who did something unlawful that is watched are never denied anything",
    )
    yield from counts(
        "Do few bear it?",
        context.of_focus("denials_of_top_1"),
        "of 100 denials fall on the most denied 1 of 100 persons",
    )


def fairness(context: Context) -> Section | None:
    """Rates of the fairness literature by group, their differences, and the concentration of denials."""
    tables = [whole for outcome in OUTCOMES for whole in _by_group(context, outcome)]
    if not tables:
        return None
    intro = paragraph(
        "Fair can mean that groups are treated so equally often, that of those who did nothing equally many are spared,"
        " or that being treated so means the same in each group. Where groups differ in how many did something, these"
        " cannot all hold, whatever the scheme; so they stand side by side. Did: an unlawful act that a source of this"
        " world watches, recorded or not; no official could know it, the laboratory does. Whoever is treated so for"
        f" what is lawful counts among those who did nothing unlawful.{_everybody(context)}"
    )
    return "fairness", "Fair, by which definition?", join(intro, *tables, _apart(context), _gathered(context))


def _everybody(context: Context) -> str:
    did = context.of_focus("adults_recordable")
    if did is None:
        return ""
    return (
        f" Of 100 of all adults {plain(did)} did something of the kind at some time of the run: that most of those so"
        " treated did does not mean that it was for that."
    )


def _by_group(context: Context, outcome: str) -> list[Html]:
    rows = []
    for column in (None, *context.run.groups):
        found: dict[str, list[Row | None]] = {}
        for name in RATES:
            for row in context.measures.where(f"{outcome}_{name}", world=context.run.focus):
                values = {one: getattr(row, one) for one in context.run.groups if getattr(row, one) is not None}
                if set(values) == ({column} if column else set()):
                    found.setdefault(str(values[column]) if column else "", []).append(row)
        for value in sorted(found, key=order):
            label = said(context.run, column, value) if column else "Everybody"
            rows.append([text(label), *map(number, found[value])])
    if not any(row is not None and row.value for row in context.measures.where(f"{outcome}_selection_rate")):
        return []
    return [
        table(
            f"Adults {OUTCOMES[outcome]}, {context.named}, by group",
            ["Group", *RATES.values()],
            rows,
            numbers=len(RATES),
            class_="dense",
        )
    ]


def _apart(context: Context) -> Html:
    rows = []
    for outcome, words in OUTCOMES.items():
        for contrast in contrasts(context):
            cell = Cell(item=contrast)
            found = [context.shown(f"{outcome}_{name}", None, cell) for name in APART]
            if any(row is not None for row in found):
                rows.append([text(contrast_said(context, contrast)), text(words), *map(number, found)])
    if not rows:
        return Html("")
    whole = table(
        f"How far apart two groups are by each definition, {context.named}, percentage points",
        ["Groups", "Treated so", *APART.values()],
        rows,
        numbers=len(APART),
        class_="dense",
    )
    note = paragraph(
        "Without a sign, as the literature has it; the table above says who is worse off. By chance alone these are"
        " above zero. What is assumed about occasions, acts and needs of the groups is in them: they are not the"
        " scheme's doing alone."
    )
    return join(whole, note)


def _gathered(context: Context) -> Html:
    rows = []
    for name in ("denials_of_top_1", "denials_of_top_10", "denials_gini"):
        here, chance = context.shown(name), context.shown(f"{name}_by_chance")
        if here is not None:
            rows.append([text(measure(name).title), number(here), number(chance)])
    if not rows:
        return Html("")
    return table(
        f"How denials gather on few persons, {context.named}, beside chance at the same mean",
        ["Number", "here", "if they fell on everybody alike"],
        rows,
        numbers=2,
    )
