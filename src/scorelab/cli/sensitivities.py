"""What is printed after a study: each headline number with both intervals, and what moves it."""

from scorelab.api import Run
from scorelab.charts.numbers import two_figures, written
from scorelab.cli.console import out
from scorelab.ledger.study import complete
from scorelab.measures import read
from scorelab.measures.assumed import LEAST_DRAWS
from scorelab.measures.sensitivity import HEADLINES, Sensitivity, row_of, told_apart
from scorelab.measures.sensitivity import read as read_sensitivities
from scorelab.measures.table import Row

MOST = 3
"""Parameters named after each headline number."""


def told(run: Run) -> None:
    """Print one paragraph for each headline number of the focus."""
    study = complete(run.dir)
    assert study is not None
    measures, found = read(run.dir), read_sensitivities(run.dir)
    resolved = run.resolved
    out.print(f"In the world {resolved.focus}, over {study.draws} draws of {study.society}:", markup=False)
    for headline in HEADLINES:
        row = row_of(measures, headline, resolved.focus, resolved.against)
        if row is None or row.value is None:
            continue
        out.print(f"{headline.words}: {_intervals(row)}", markup=False)
        strongest = told_apart(found, headline, MOST)
        out.print(f"  {_moves(strongest) or 'no assumption is told apart from chance'}", markup=False)
    if found:
        out.print(
            f"Told apart: a rank correlation beyond {found[0].threshold:.2f}, which all {len(found):,} of the study "
            "together pass by chance in 5 of 100 studies at most. More --draws tell more apart.",
            markup=False,
        )
    if study.weeks != resolved.weeks:
        out.print(f"No intervals: the draws live {study.weeks} weeks, the run {resolved.weeks}.", markup=False)
    elif study.draws < LEAST_DRAWS:
        out.print(f"No intervals: {study.draws} draws; {LEAST_DRAWS} are needed.", markup=False)


def _intervals(row: Row) -> str:
    shown, chance = written(row.value or 0.0, row.chance_low, row.chance_high)
    parts = [f"chance {chance}"] if chance else []
    if row.assumed_low is not None and row.assumed_high is not None:
        parts.append(f"assumptions {two_figures(row.assumed_low)} to {two_figures(row.assumed_high)}")
    return f"{shown} {row.unit}" + (f" ({'; '.join(parts)})" if parts else "")


def _moves(strongest: list[Sensitivity]) -> str:
    return "; ".join(
        f"{'rises' if one.correlation > 0 else 'falls'} with {one.words} ({one.correlation:+.2f})" for one in strongest
    )
