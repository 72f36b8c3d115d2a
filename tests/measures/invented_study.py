"""A study that looks like one: draws of a run's numbers that go with one parameter and not with another."""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from scorelab.ledger.study import BASE, FOLDER, MEASURES, Draw, Study, draw_name, write_draw, write_study
from scorelab.measures import Row, assumed, sensitivity
from scorelab.measures.lab import facts
from scorelab.measures.table import read, write
from scorelab.spec.ranges import Parameter

STRONG = Parameter("response", "sensitivity", 3.0, 0.0, 10.0, "assumed")
INERT = Parameter("society", "services.train.retry", 0.3, 0.1, 0.5, "assumed")
Change = Callable[[Row, float], float | None]


def doubled(row: Row, share: float) -> float | None:
    """From nothing at the lowest value of the strong parameter to twice the number at its highest."""
    return None if row.value is None else 2.0 * share * row.value


def invent_study(folder: Path, draws: int = 40, change: Change = doubled, weeks: int | None = None) -> Study:
    """Write draws of everybody's headline numbers into a run's folder; ``change`` makes a draw's of the run's own."""
    named = {headline.measure for headline in sensitivity.HEADLINES}
    run, rows = facts(folder), [row for row in read(folder) if row.measure in named and not any(row.cell[:5])]
    study = Study(
        *("digest", "tables", {}, 1, draws, False, 20, 900, weeks or run.weeks),
        groups=(),
        parameters=(STRONG, INERT),
        left=("response.chilling",),
    )
    write_study(folder, study)
    dice = np.random.default_rng(5)
    noise = dice.permutation(draws)
    for number in range(draws):
        share = (number + 0.5) / draws
        values = {STRONG.name: 10.0 * share, INERT.name: 0.1 + 0.4 * (noise[number] + 0.5) / draws}
        _put(folder, draw_name(number), [row._replace(value=change(row, share)) for row in rows], values)
    _put(folder, BASE, rows, {})
    return study


def _put(folder: Path, name: str, rows: list[Row], values: dict[str, float]) -> None:
    place = folder / FOLDER / name
    place.mkdir(exist_ok=True)
    write((row for row in rows if row.period is None), place / MEASURES)
    write_draw(place, Draw(values, 0))


def finish(folder: Path) -> None:
    """What the command does when all draws are there."""
    assumed.write(facts(folder))
    sensitivity.write(facts(folder))
