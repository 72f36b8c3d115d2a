"""The appendix of a run at full scale: totals of the country that the synthetic one stands for."""

from scorelab.charts.numbers import two_figures, written
from scorelab.measures import national
from scorelab.measures.national import National
from scorelab.report.context import Context
from scorelab.report.markup import Html, join, paragraph, table, tag, text
from scorelab.report.sections import Section


def section(context: Context) -> Section | None:
    """Totals of the focus world and their differences from the reference; None for a run of another scale."""
    run = context.run
    if not run.national:
        return None
    found = {(row.total, row.world, row.against): row for row in national.read(run.run_dir)}
    rows = []
    for name, total in national.TOTALS.items():
        level, change = found[name, run.focus, None], found.get((name, run.focus, run.against))
        cells = [_number(level, "country"), _number(level, "chance"), _number(change, "chance")]
        rows.append([text(total.title), *cells])
    country = run.resolved["society"]["country"]
    persons, counties = country["persons"]["value"], int(country["counties"]["value"])
    lived = run.resolved["counties"]
    some = lived < counties
    how = (
        f"a simple random sample of {lived:,} of the {counties:,} counties was lived, each standing for"
        f" {two_figures(counties / lived, 3)}"
        if some
        else f"all {counties:,} counties were lived"
    )
    head = [
        "In the whole run",
        "This country (what all its counties would count)" if some else "This country (counted)",
        "Expected over all fates",
        f"More than in “{context.title(run.against)}”",
    ]
    note = (
        f"A country of {persons:,.0f} invented persons: {how}. Its counties differ in size and chance and in nothing"
        " else, so these totals carry no more knowledge than the rates above; they say how large the numbers would be"
        " in a country of this size if every assumption held. They are no estimate for any real country."
    )
    shown = table(f"Totals in “{context.focus}”", head, rows, numbers=3)
    bare = [
        row.interval_method.removeprefix("none: ")
        for row in found.values()
        if row.world == run.focus and row.chance_low is None
    ]
    why = paragraph(f"Where no interval stands: {'; '.join(sorted(set(bare)))}.") if bare else Html("")
    return "national", "Appendix: totals of the country", join(paragraph(note), shown, why)


def _number(row: National | None, which: str) -> Html:
    """A total with one of its intervals, or why it has none."""
    if row is None or row.value is None:
        return text("–")
    low, high = (row.country_low, row.country_high) if which == "country" else (row.chance_low, row.chance_high)
    value, interval = written(row.value, low, high)
    if interval:
        return Html(f"{text(value)} {tag('span', text(f'({interval})'), class_='i')}")
    counted = which == "country" and row.counties == row.counties_of_country
    return (
        text(f"{row.value:,.0f}" if counted else value)
        if low is not None
        else tag("span", text(value), title=row.interval_method)
    )
