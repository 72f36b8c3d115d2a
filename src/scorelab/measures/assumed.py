"""The second interval: how far a number moves when everything that is assumed is drawn over its stated range.

A study lives the run's experiment again with other numbers, smaller than the run (``scorelab.ledger.study``). For each
number of the run the interval goes from the 2.5 % to the 97.5 % quantile of the same number over the draws. It is one
of assumptions and of the chance of a society of the draws' size: where few cases are counted, most of it is chance.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt

from scorelab.errors import RunError
from scorelab.ledger.read import literal
from scorelab.ledger.study import BASE, FOLDER, MEASURES, Study, complete
from scorelab.measures import table
from scorelab.measures.lab import Facts
from scorelab.measures.table import Cell, Row

Floats = npt.NDArray[np.float64]

FILE = "assumed.parquet"
LEAST_DRAWS = 20
"""Draws below which there is no interval: its ends would lie beyond the lowest and the highest draw."""
MOST_WITHOUT = 0.05
"""Share of draws that may lack a number (too few cases) before it has no interval: those that lack it are not any."""
ENDS = (0.025, 0.5, 0.975)
_KEY = ("measure", "world", "against", *Cell._fields)


class Assumed(NamedTuple):
    """One number over the draws of a study; ``low`` and ``high`` are None where there is no interval.

    ``stated`` is the same number at the stated values and the draws' size. ``differs`` says that it lies further from
    the run's own than both intervals of chance together reach, so that the draws' size is part of the interval.
    """

    measure: str
    world: str
    against: str | None
    quintile: str | None
    residence: str | None
    age: str | None
    sex: str | None
    attributes: str | None
    item: str | None
    period: int | None
    draws: int
    stated: float | None
    low: float | None
    median: float | None
    high: float | None
    differs: bool | None


def keep(work: Path, made: Path) -> None:
    """Keep a draw's measures of the whole run, series aside, in another folder."""
    table.write((row for row in table.read(work) if row.period is None), made / MEASURES)


def quantiles(values: Floats) -> Floats:
    """The ends of the interval and the median of a number over draws (Hazen 1914).

    Hazen's positions are unbiased for draws that are stratified: the 2.5 % end of twenty is the lowest.
    """
    found: Floats = np.quantile(values, ENDS, method="hazen")
    return found


def over_draws(run_dir: Path, study: Study) -> dict[tuple[object, ...], Floats]:
    """What a number is about -> its values over the draws, in their order; not a number where a draw has none."""
    files = [run_dir / FOLDER / name / MEASURES for name in study.names]
    columns = ", ".join(_KEY)
    listed = ", ".join("'" + literal(path).replace("'", "''") + "'" for path in files)
    query = (
        f"SELECT {columns}, list(value ORDER BY filename), list(filename ORDER BY filename) "
        f"FROM read_parquet([{listed}], filename = true) GROUP BY ALL"
    )
    place = {str(path): number for number, path in enumerate(files)}
    found: dict[tuple[object, ...], Floats] = {}
    with duckdb.connect(config={"threads": 1}) as con:
        for *about, values, names in con.execute(query).fetchall():
            row = np.full(study.draws, np.nan)
            row[[place[name] for name in names]] = [np.nan if value is None else value for value in values]
            found[tuple(about)] = row
    return found


def comparable(run: Facts, study: Study) -> bool:
    """Whether the draws live as long as the run; numbers of a shorter life are other numbers."""
    return study.weeks == run.weeks


def assumed(run_dir: Path, study: Study, rows: Iterable[Row]) -> Iterator[Assumed]:
    """Each number of a run that its study has as well, with its interval of assumptions."""
    values = over_draws(run_dir, study)
    stated = {_about(row): row for row in table.read(run_dir / FOLDER / BASE)}
    for row in rows:
        drawn, there = values.get(_about(row)), stated.get(_about(row))
        if row.period is not None or drawn is None:
            continue
        given = drawn[~np.isnan(drawn)]
        low = median = high = None
        if len(given) >= LEAST_DRAWS and len(given) >= (1.0 - MOST_WITHOUT) * study.draws:
            low, median, high = (float(end) for end in quantiles(given))
        value = there.value if there is not None else None
        yield Assumed(
            row.measure, row.world, row.against, *row.cell, len(given), value, low, median, high, _differs(row, there)
        )


def _about(row: Row) -> tuple[object, ...]:
    return (row.measure, row.world, row.against, *row.cell)


def _differs(row: Row, there: Row | None) -> bool | None:
    """Whether the size of the draws makes a difference beyond chance, None where chance has no interval."""
    if there is None or None in (row.value, row.chance_low, row.chance_high):
        return None
    if None in (there.value, there.chance_low, there.chance_high):
        return None
    above = there.value > row.value  # type: ignore[operator]
    near = (row.chance_high, there.chance_low) if above else (row.chance_low, there.chance_high)
    reach = np.hypot(near[0] - row.value, near[1] - there.value)  # type: ignore[operator]
    return bool(abs(there.value - row.value) > reach)  # type: ignore[operator]


def merged(run: Facts, rows: Iterable[Row]) -> list[Row]:
    """The rows with their intervals of assumptions, where the run has a whole study that lives as long as it does."""
    found = list(rows)
    study = complete(run.run_dir)
    if study is None or study.draws < LEAST_DRAWS or not comparable(run, study):
        return [row._replace(assumed_low=None, assumed_high=None) for row in found]
    ends: dict[tuple[object, ...], tuple[float | None, float | None]] = {
        one[: len(_KEY)]: (one.low, one.high) for one in assumed(run.run_dir, study, found)
    }
    return [
        row._replace(assumed_low=low, assumed_high=high)
        for row in found
        for low, high in [ends.get(_about(row), (None, None))]
    ]


def write(run: Facts) -> None:
    """Put a finished study's intervals into the run's measures, and the rest beside them in ``assumed.parquet``."""
    run_dir = run.run_dir
    study = complete(run_dir)
    if study is None:
        raise RunError(f"the study of {run_dir} is not finished; the same command goes on with it")
    rows = list(table.read(run_dir))
    if comparable(run, study):
        table.write_rows(assumed(run_dir, study, rows), Assumed, run_dir / FILE)
    else:
        (run_dir / FILE).unlink(missing_ok=True)
    table.write(merged(run, rows), run_dir / table.FILE)


def read(run_dir: Path) -> list[Assumed]:
    """Numbers over the draws of a run's study; none where it has none that lives as long as the run."""
    return [Assumed(*row) for row in table.read_rows(Assumed, run_dir / FILE)]
