"""The sections about conduct: acts prevented and provoked, and lawful acts that are given up."""

from scorelab.charts.conduct import behaviours
from scorelab.charts.numbers import outward
from scorelab.measures import Cell
from scorelab.measures.conduct import STANDINGS, lawful_in
from scorelab.report.context import Context, number, plain
from scorelab.report.figures import figure
from scorelab.report.markup import Html, join, paragraph, table, tag, text
from scorelab.report.sections import Section


def conduct(context: Context) -> Section | None:
    """Prevented and provoked, net, bounds, the noise floor, and the pair with years on a list."""
    run = context.run
    names = behaviours(run, context.measures)
    if not names:
        return None
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
    moved = context.of_focus("acts_displaced", None, Cell(item="unlawful"))
    elsewhere = (
        f" Of those prevented, {plain(moved)} unlawful acts a year for 100,000 adults moved to something else instead."
        if moved is not None and moved.value
        else ""
    )
    note = paragraph(
        "Prevented acts are done there and not here, provoked ones here and not there. These gross counts depend on"
        " how the worlds"
        " share their chance; the net does not, and the bounds hold however it is shared. The noise floor is what"
        " the same law with"
        " other errors prevents by chance alone. Acts are all acts of the synthetic people: no source sees them all."
        f"{elsewhere}"
    )
    return (
        "conduct",
        "Acts prevented and provoked",
        join(figure(context, "conduct"), whole, note, _pair(context), figure(context, "noise")),
    )


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


def chilling(context: Context) -> Section | None:
    """Lawful acts that are given up, by domain, since people fear a record."""
    run = context.run
    domains = sorted({run.behaviour_domain[name] for name, word in run.standing.items() if word == "lawful"})
    items = {lawful_in(domain): domain.replace("-", " ") for domain in domains}
    nets = [context.of_focus("acts_net_prevented", run.against, Cell(item=item)) for item in items]
    if run.against == run.focus or not any(net is not None and net.value for net in nets):
        return None
    rows = []
    for item, words in (*items.items(), ("lawful", "")):
        cell = Cell(item=item)
        rows.append(
            [
                text(words) if words else tag("b", text("All domains")),
                number(context.measures.one("acts", run.against, None, cell)),
                number(context.of_focus("acts_net_prevented", run.against, cell)),
                number(context.shown("acts_net_share", run.against, cell)),
                number(context.shown("acts_recorded", None, cell)),
            ]
        )
    whole = table(
        f"Lawful acts, {context.named} against “{context.title(run.against)}”, per 100,000 adults and year",
        ["Part of life", "Acts there", "Fewer here, net", "Fewer, of 100", "Records for 100 acts"],
        rows,
        numbers=4,
    )
    intro = paragraph(
        "These acts are allowed. People give them up where a record of them costs points or a place on a list, and also"
        " where nobody watches, as far as the fear spreads within a part of life."
    )
    return "chilling", "Lawful acts given up", join(intro, whole)
