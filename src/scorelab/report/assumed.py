"""The section about how much the assumptions matter; there is none where no study was made."""

from collections.abc import Iterator

from scorelab.charts.assumed import MOST
from scorelab.charts.numbers import two_figures, written
from scorelab.ledger.study import Study, complete, read_draw
from scorelab.measures import Row
from scorelab.measures.assumed import Assumed, comparable
from scorelab.measures.assumed import read as read_assumed
from scorelab.measures.sensitivity import FALSE_ALARM, HEADLINES, Headline, Sensitivity, row_of, told_apart
from scorelab.measures.sensitivity import read as read_sensitivities
from scorelab.report.asked import Asked
from scorelab.report.context import Context, number
from scorelab.report.figures import figure
from scorelab.report.markup import Html, bullets, join, paragraph, table, tag, text
from scorelab.report.sections import Section

HEADING = "How much the assumptions matter"


def questions(context: Context) -> Iterator[Asked]:
    """What a reader asks of this section."""
    study = complete(context.run.run_dir)
    if study is None:
        return
    yield Asked("How much was drawn?", f"{len(study.parameters)} numbers", f"at once, {study.draws} times")
    found = read_sensitivities(context.run.run_dir)
    headline = next((one for one in HEADLINES if one.measure == "ever_denied"), HEADLINES[0])
    row = row_of(context.measures, headline, context.run.focus, context.run.against)
    if row is not None and row.assumed_low is not None and row.assumed_high is not None:
        ends = f"{two_figures(row.assumed_low)} to {two_figures(row.assumed_high)}"
        yield Asked("How far do the assumptions reach?", ends, f"{headline.words}, {row.unit}, in 95 of 100 draws")
    strongest = told_apart(found, headline, 1)
    if strongest:
        yield Asked("Which matters most to it?", strongest[0].words, f"rank correlation {strongest[0].correlation:.2f}")


def section(context: Context) -> Section | None:
    """Both intervals of the headline numbers, and which assumptions move them."""
    study = complete(context.run.run_dir)
    if study is None:
        return None
    found = read_sensitivities(context.run.run_dir)
    rows = [
        (headline, row)
        for headline in HEADLINES
        if (row := row_of(context.measures, headline, context.run.focus, context.run.against)) is not None
        and row.value is not None
    ]
    told = bullets([text(_sentence(headline, row, told_apart(found, headline, MOST))) for headline, row in rows])
    parts = [
        paragraph(_intro(context, study)),
        tag("div", told, class_="findings"),
        figure(context, "assumptions"),
        figure(context, "sensitivity"),
        _table(context, rows),
        *map(paragraph, _notes(context, study, found)),
    ]
    return "assumptions", HEADING, join(*parts)


def _intro(context: Context, study: Study) -> str:
    numbers = len(study.parameters)
    return (
        f"{numbers} numbers of this run are {'' if study.every else 'assumed and '}stated with a range. All of them"
        f" were drawn over their ranges at once, {study.draws} times, and each draw was lived anew by {study.society},"
        f" for {study.weeks} weeks. What follows is about {context.named}."
    )


def _sentence(headline: Headline, row: Row, strongest: list[Sensitivity]) -> str:
    """A headline number with both intervals, and what moves it."""
    shown, chance = written(row.value or 0.0, row.chance_low, row.chance_high)
    words = f"{headline.words[0].upper()}{headline.words[1:]}: {shown} {row.unit}"
    if chance:
        words += f"; chance alone, {chance}"
    if row.assumed_low is not None and row.assumed_high is not None:
        words += f"; assumptions, {two_figures(row.assumed_low)} to {two_figures(row.assumed_high)}"
    if not strongest:
        return f"{words}. No single assumption is told apart from chance."
    up, down = (
        " and ".join(one.words for one in strongest if (one.correlation > 0) is rises) for rises in (True, False)
    )
    moves = "; ".join(filter(None, (f"it rises with {up}" if up else "", f"it falls with {down}" if down else "")))
    return f"{words}. {moves[0].upper()}{moves[1:]}."


def _table(context: Context, rows: list[tuple[Headline, Row]]) -> Html:
    """The same in numbers, with the stated values lived at the draws' size beside them."""
    drawn = {(one.measure, one.world, one.against, one.item): one for one in read_assumed(context.run.run_dir)
             if not (one.quintile or one.residence or one.age or one.sex or one.attributes)}  # fmt: skip
    lines = []
    for headline, row in rows:
        one = drawn.get((row.measure, row.world, row.against, row.item))
        if one is not None:
            own = number(row._replace(assumed_low=None, assumed_high=None))  # the next cell has that interval
            lines.append([text(headline.words), own, *_cells(one), text(row.unit)])
    if not lines:
        return Html("")
    head = ["Number", "This run (chance)", "95 of 100 draws", "Middle draw", "Stated values, draws’ size", "Unit"]
    return table(f"Both intervals, {context.named}", head, lines, class_="dense")


def _cells(one: Assumed) -> list[Html]:
    ends = "–" if one.low is None or one.high is None else f"{two_figures(one.low)} to {two_figures(one.high)}"
    middle, stated = ("–" if value is None else two_figures(value) for value in (one.median, one.stated))
    return [text(ends), text(middle), text(f"{stated}{' *' if one.differs else ''}")]


def _notes(context: Context, study: Study, found: list[Sensitivity]) -> list[str]:
    """How the draws were made, and how the second interval can mislead."""
    ratio = sum(one.by_ratio for one in study.parameters)
    again = sum(read_draw(context.run.run_dir, name).again > 0 for name in study.names)
    how = (
        f"Each number is drawn evenly over its range, {ratio} of them by ratio since their ends lie more than tenfold"
        " apart; whether all of a range is equally plausible, nobody says. Numbers without a range, points, weeks and"
        " the margins of the society stay as they are."
    )
    if study.left:
        how += f" Set on purpose in some world, and left so there: {', '.join(study.left)}."
    if again:
        how += f" In {again} draws, what the checks of files refuse was drawn anew."
    mind = (
        "The draws share their people and their luck, but where few cases are counted these come and go by chance all"
        f" the same: the interval is one of assumptions and of the chance of a society of"
        f" {study.counties * study.persons:,}. More draws do not make it narrower."
    )
    if not comparable(context.run, study):
        mind = f"The draws live {study.weeks} weeks, the run {context.run.weeks}; so their numbers give it no interval."
    elif any(one.differs for one in read_assumed(context.run.run_dir) if _headline(one)):
        mind += (
            " *: at the draws’ size the stated values give another number than this run, beyond chance, so the size"
            " is part of the interval."
        )
    notes = [how, mind]
    if found:
        notes.append(
            f"Told apart are rank correlations beyond {found[0].threshold:.2f}. All {len(found):,} of this study"
            f" together pass that by chance in {100 * FALSE_ALARM:.0f} of 100 studies at most; what lies below may"
            " matter all the same, and more draws would show it."
        )
    return notes


def _headline(one: Assumed) -> bool:
    return any((one.measure, one.item) == (headline.measure, headline.item) for headline in HEADLINES)
