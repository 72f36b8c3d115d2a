"""The sections about parts that add up: whom an effect reaches, and which mechanism makes how much of it."""

from collections.abc import Iterator

from scorelab.charts.ablation import lacks
from scorelab.charts.numbers import with_interval
from scorelab.charts.shapley import order
from scorelab.measures import Cell, Row
from scorelab.measures.ablation import WHAT, said
from scorelab.measures.saturation import DIRECT, OUTCOMES, PARTS, REST, SPILLOVER, TOTAL, halves
from scorelab.measures.shapley import mechanisms, split
from scorelab.report.asked import Asked, counts
from scorelab.report.context import Context, number, plain
from scorelab.report.figures import figure
from scorelab.report.markup import Html, join, paragraph, table, tag, text
from scorelab.report.sections import Section


def spillover_questions(context: Context) -> Iterator[Asked]:
    """What a reader asks of the section about those left out."""
    words = "denials a year, for 100,000 persons"
    for part, question, more in (
        (SPILLOVER, "What reaches those left out?", ""),
        (DIRECT, "What does it do to those subject to it?", ", beyond what reaches everybody"),
        (REST, "What if nobody is left out?", ", on top"),
    ):
        yield from counts(question, _part(context, "denials", part), f"{words}{more}")


def shares_questions(context: Context) -> Iterator[Asked]:
    """What a reader asks of the section about parts of mechanisms."""
    subsets = split(context.run)
    against = None if subsets is None else subsets[mechanisms(subsets)]
    for name, question in (
        ("denials", "What makes most denials?"),
        ("unlawful_prevented", "What prevents most?"),
        ("lawful_forgone", "What chills most?"),
    ):
        rows = context.measures.where(f"shapley_{name}", world=context.run.focus, against=against)
        given = [row for row in rows if row.value is not None]
        if given:
            most = max(given, key=lambda row: row.value or 0.0)
            yield from counts(question, most, f"{most.unit}: {lacks(str(most.item))}")


def spillover(context: Context) -> Section | None:
    """What a scheme does to those to whom it applies, and to those whom it leaves out."""
    run = context.run
    if halves(run, run.focus) is None:
        return None
    rows = [
        [text(f"{title}, {unit}"), *(number(_part(context, name, part)) for part in PARTS)]
        for name, (title, _, _, _, unit) in OUTCOMES.items()
    ]
    head = ["More of it", "for those left out", "for being subject to it", "as it applies to all others", "Together"]
    whole = table(f"Direct and spilled over, {context.named}", head, rows, numbers=4, class_="dense")
    note = paragraph(
        "A coin decides for each person whom a world leaves out, and a second world leaves out the others; so everybody"
        " is once left out and once not, while half of all others are. What reaches those left out comes by way of"
        " others: doors closed along ties, places that change hands, what others do and tell; and campaigns reach"
        " everybody. The three parts add up exactly; the last one comes on top when nobody is left out."
    )
    return "spillover", "Those to whom it does not apply", join(*_lead(context), whole, _by_world(context), note)


def _part(context: Context, name: str, part: str, world: str | None = None) -> Row | None:
    run = context.run
    return context.measures.one(f"saturation_{name}", world or run.focus, run.against, Cell(item=part))


def _more(row: Row) -> str:
    """A difference in words: 120 (95 to 140) more, or fewer."""
    value, low, high = row.value or 0.0, row.chance_low, row.chance_high
    if value >= 0:
        return f"{plain(row)} more"
    return f"{with_interval(-value, None if high is None else -high, None if low is None else -low)} fewer"


def _lead(context: Context) -> list[Html]:
    """The split of the denials in a sentence; nothing where there are none, or their number is not given."""
    found = {part: _part(context, "denials", part) for part in PARTS}
    left_out, direct, rest, total = (found[part] for part in (SPILLOVER, DIRECT, REST, TOTAL))
    if left_out is None or direct is None or rest is None or total is None or not total.value:
        return []
    return [
        paragraph(
            f"Where {context.named} applies to every second person, 100,000 people to whom it does not apply are denied"
            f" {_more(left_out)} needs a year than without any scheme, and 100,000 to whom it does {_more(direct)} than"
            f" those. That it applies to everybody makes {_more(rest)}; together {_more(total)}."
        )
    ]


def _by_world(context: Context) -> Html:
    """The split of the denials in other worlds that have their halves; nothing where there are none."""
    run = context.run
    worlds = [world for world in run.shown if world.name != run.against and halves(run, world.name) is not None]
    if len(worlds) < 2:
        return Html("")
    rows = [
        [text(world.title), *(number(_part(context, "denials", part, world.name)) for part in PARTS)]
        for world in worlds
    ]
    head = ["World", "for those left out", "for being subject to it", "as it applies to all others", "Together"]
    caption = "Needs denied, direct and spilled over, by world, per 100,000 persons and year"
    return table(caption, head, rows, numbers=4, class_="dense")


def shares(context: Context) -> Section | None:
    """How much of what a scheme does is whose: parts of mechanisms that add up."""
    run, subsets = context.run, split(context.run)
    if subsets is None:
        return None
    against, lacking = subsets[mechanisms(subsets)], said(tuple(sorted(mechanisms(subsets))))
    names = order(run, context.measures, against)

    def across(measure: str, item: str) -> list[Html]:
        cell = Cell(item=item)
        return [number(context.measures.one(f"{measure}_{name}", run.focus, against, cell)) for name in WHAT]

    rows = [[text(lacks(name)), *across("shapley", name)] for name in names]
    rows.append([tag("b", text("All together")), *across("without", lacking)])
    head = ["Mechanism", *(f"{title}, per 100,000 {base}" for title, _, _, base, _ in WHAT.values())]
    caption = f"Parts a year of what {context.named} has more than “{context.title(against)}”"
    whole = table(caption, head, rows, numbers=len(WHAT), class_="dense")
    note = paragraph(
        "A mechanism's part is what it adds, averaged over all orders in which the mechanisms can be put in one after"
        " the other (Shapley). So the parts add up to the whole, which what falls away without each by itself does not:"
        " what several do together is shared out evenly among them. That is a convention; and other mechanisms, at work"
        " throughout, would have parts of their own. Below zero: with the mechanism there is less."
    )
    return (
        "shares",
        "Which mechanism makes how much",
        join(*_shares_lead(context, against, lacking), figure(context, "shapley"), whole, note),
    )


def _shares_lead(context: Context, against: str, lacking: str) -> list[Html]:
    """The parts of the denials in a sentence; nothing where there are none, or their number is not given."""
    run = context.run
    total = context.measures.one("without_denials", run.focus, against, Cell(item=lacking))
    rows = [
        (name, context.measures.one("shapley_denials", run.focus, against, Cell(item=name)))
        for name in order(run, context.measures, against)
    ]
    told = [f"{lacks(name)} {_more(row)}" for name, row in rows if row is not None and row.value is not None]
    if total is None or not total.value or len(told) < len(rows):
        return []
    return [
        paragraph(
            f"For 100,000 people and year, {context.named} denies {_more(total)} needs than the same system without"
            f" {lacks(lacking)}. By mechanism: {', '.join(told)}."
        )
    ]
