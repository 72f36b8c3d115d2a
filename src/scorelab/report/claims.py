"""The section on what was said of a scheme: each claim beside its verdict and beside what came out."""

from collections.abc import Iterator
from typing import Any

from scorelab.measures import Cell, Row, measure
from scorelab.report.asked import Asked
from scorelab.report.context import Context, number
from scorelab.report.inputs import Input, walk
from scorelab.report.markup import Html, join, paragraph, table, tag, text
from scorelab.report.sections import Section
from scorelab.spec.scheme import Claim, Scheme, Shown

VERDICTS = {
    "documented": "rules or counts say so in the main",
    "garbled": "something is documented, but something else than what was said",
    "unsupported": "no rule and no count was found that says so, which does not disprove it",
}


def _claimed(context: Context) -> list[tuple[Scheme, Claim]]:
    schemes = context.run.world(context.run.focus).schemes
    return [(scheme, claim) for scheme in schemes for claim in scheme.claims]


def questions(context: Context) -> Iterator[Asked]:
    """What a reader asks of this section."""
    found = _claimed(context)
    for verdict, words in VERDICTS.items():
        number_of = sum(claim.verdict == verdict for _, claim in found)
        if found:
            yield Asked(f"How much of it is {verdict}?", f"{number_of} of {len(found)}", f"claims: {words}")


def claims(context: Context) -> Section | None:
    """A strip a claim: what it says, its verdict, what came out in the focus, and on what that rests."""
    found = _claimed(context)
    if not found:
        return None
    rows = []
    for scheme, claim in found:
        verdict = join(tag("b", text(claim.verdict), class_=claim.verdict), text(f": {claim.because}"))
        shown = [tag("li", one) for part in claim.shown_by if (one := _shown(context, part))]
        numbers = _numbers(context, scheme.scheme, claim)
        assumed = sum(entry.basis == "assumed" for entry in numbers)
        resting = f"{assumed} of {len(numbers)} numbers assumed" if numbers else "no number with a stated basis"
        came = tag("ul", *shown) if shown else text("–")
        rows.append([text(claim.claim), text(claim.says), verdict, came, text(resting)])
    whole = table(
        f"What was said, and what came out in {context.named}",
        ["", "It says", "What is known of it", "In this run, if it were so", "On what that rests"],
        rows,
        class_="dense claims",
    )
    note = paragraph(
        "A verdict is about the claim; it says nothing about the numbers of the scheme. What came out is what would"
        " follow if the claim were true, under the numbers that stand in the scheme's file. On what it rests: of the"
        " numbers in the clauses that make it so, how many are assumed."
    )
    return "claims", "What was said, claim by claim", join(note, whole)


def _row(context: Context, shown: Shown) -> Row | None:
    cell = Cell(item=shown.item)
    row = context.of_focus(shown.measure, None, cell)
    return row if row is not None else context.of_focus(shown.measure, context.run.against, cell)


def _shown(context: Context, shown: Shown) -> Html:
    """One number in words; nothing where the run has none."""
    row = _row(context, shown)
    if row is None:
        return Html("")
    entry = measure(shown.measure)
    named = f"{entry.title}: {context.run.said(shown.item)}" if shown.item else entry.title
    return join(text(f"{named}, "), number(row), text(f" {entry.unit}"))


def _numbers(context: Context, scheme: str, claim: Claim) -> list[Input]:
    """The quantities of the claim's clauses, as they were lived."""
    worlds = {world["name"]: world for world in context.run.resolved["worlds"]}
    schemes = {one["scheme"]: one for one in worlds[context.run.focus]["schemes"]}
    return [entry for path in claim.clauses for entry in walk("", (), _at(schemes[scheme], path.split(".")))]


def _at(value: Any, path: list[str]) -> Any:
    """The part of a resolved scheme at a path; nothing where there is none."""
    for key in path:
        if isinstance(value, list):
            value = value[int(key)] if key.isdigit() and int(key) < len(value) else None
        elif isinstance(value, dict):
            value = value.get(key)
    return value
