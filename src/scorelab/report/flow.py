"""The section on the flow of denials, from what a record says to the service lost."""

from scorelab.charts.denied import CAUSE_WORDS
from scorelab.measures.flow import BETWEEN
from scorelab.report.context import Context, number
from scorelab.report.figures import figure
from scorelab.report.markup import join, paragraph, table, text
from scorelab.report.sections import Section

MOST_WAYS = 12


def flow(context: Context) -> Section | None:
    """The flow from what a record says to the service lost."""
    found = sorted(
        (row for row in context.measures.where("denials_flow", world=context.run.focus) if row.numerator),
        key=lambda row: (-(row.numerator or 0), str(row.item)),
    )
    if not found:
        return None
    rows = []
    for row in found[:MOST_WAYS]:
        behaviour, source, status, service, cause = str(row.item).split(BETWEEN)
        names = [text(context.run.said(name)) for name in (behaviour, source, status, service)]
        rows.append([*names, text(CAUSE_WORDS[cause]), number(row)])
    cut = f", the {MOST_WAYS} commonest of {len(found)}" if len(found) > MOST_WAYS else ""
    whole = table(
        f"Ways of denials, {context.named}, per 100,000 persons and year{cut}",
        ["The record says", "Written down by", "The door was closed by", "Refused", "Whose record", "Rate"],
        rows,
        numbers=1,
        class_="dense",
    )
    intro = paragraph(
        "Each denial goes back to a record. Where several bar, the one is counted that is true rather than false, the"
        " person's own rather than another's, and of these the latest. A false record says that somebody did what"
        " nobody did."
    )
    return "flow", "From the record to the service lost", join(figure(context, "flow"), intro, whole)
