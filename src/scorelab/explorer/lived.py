"""What the worker does for a page: live a society and draw it, meet somebody, make something to take away.

Every method takes what was asked and whom to tell, and returns the last line of its job.
"""

import dataclasses
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from scorelab.explorer.gallery import COUNTIES, PERSONS, USUAL_SCHEME
from scorelab.explorer.lines import line
from scorelab.explorer.meet import Asked, met
from scorelab.explorer.told import Stopped, Told
from scorelab.runs.again import Lived as LivedVillage
from scorelab.runs.again import Stopped as GivenUp
from scorelab.runs.again import Village
from scorelab.runs.execute import default_workers
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved, digest

WARM_EXPERIMENT = "rail-and-defaulters"
SHOWN = ("listed", "denials", "flow", "causes", "groups-denied", "conduct")
"""Pictures of a finished run that are shown when it is opened; its report has all."""


class Lived:
    """The people that are kept between jobs, and what was lived last."""

    def __init__(self) -> None:
        """Nobody yet."""
        self._village = Village(default_workers())
        self._last: tuple[str, LivedVillage] | None = None

    def warm(self) -> None:
        """Compile the model, or read it where that was done before, by living a few people for a few weeks."""
        self._village.live(resolve(WARM_EXPERIMENT, options=Options(persons=200, counties=1, weeks=14)))

    def expect(self) -> None:
        """Make the people that most pages begin with, and load what draws them, while nobody waits."""
        from scorelab.explorer.pictures import picture

        first = resolve(USUAL_SCHEME, options=Options(persons=PERSONS, counties=COUNTIES, weeks=1, seed=1))
        worlds = [first.world(first.against), first.world(first.focus)]
        picture(self._village.live(dataclasses.replace(first, worlds=worlds)))

    def live(self, resolved: Resolved, told: Told) -> bytes:
        """The picture of an experiment."""
        from scorelab.explorer.pictures import picture, rounded

        return line("picture", picture=rounded(picture(self._lived(resolved, told))))

    def charts(self, resolved: Resolved, told: Told) -> bytes:
        """All pictures of its report."""
        from scorelab.explorer.charts import charts

        return line("charts", charts=charts(self._lived(resolved, told), told.alive))

    def meet(self, asked: Asked, told: Told) -> bytes:
        """A synthetic person in every world."""
        return line("life", life=met(asked, self._lived(asked[0], told), told))

    def take(self, asked: tuple[Resolved, str, str, str], told: Told) -> bytes:
        """The report of an experiment, or its tables, in the given folder."""
        resolved, what, token, place = asked
        with tempfile.TemporaryDirectory(prefix="scorelab-run-", dir=place) as folder:
            made = _made(resolved, what, Path(folder), told)
            name = f"{resolved.name}-{what}{made.suffix}"
            path = Path(place) / name
            shutil.move(made, path)
        return line("ready", url=f"/api/taken/{token}/{name}", name=name, bytes=path.stat().st_size)

    def show(self, folder: str, _: Told) -> bytes:
        """Pictures of a finished run, drawn already."""
        from scorelab.charts.register import draw
        from scorelab.measures.lab import facts
        from scorelab.measures.table import read

        run, measures = facts(Path(folder)), read(Path(folder))
        drawn = [chart for name in SHOWN if (chart := draw(name, run, measures)) is not None]
        parts = ("name", "title", "subtitle", "alt")
        return line(
            "charts", charts=[{**{part: getattr(one, part) for part in parts}, "svg": _svg(one)} for one in drawn]
        )

    def run_report(self, folder: str, _: Told) -> bytes:
        """The page of a finished run."""
        from scorelab.report.context import load
        from scorelab.report.page import html

        return line("html", html=html(load(Path(folder))))

    def _lived(self, resolved: Resolved, told: Told) -> LivedVillage:
        """The experiment, lived, unless it was lived last."""
        name = digest(resolved)
        if self._last is not None and self._last[0] == name:
            return self._last[1]
        self._last = None
        try:
            lived = self._village.live(resolved, progress=told.progress, stop=told.stop)
        except GivenUp:
            raise Stopped from None
        self._last = (name, lived)
        return lived


def _svg(chart: Any) -> str:
    from scorelab.charts.render import svg

    return svg(chart.spec)


def _made(resolved: Resolved, what: str, folder: Path, told: Told) -> Path:
    """Live an experiment into a folder, and write its report or pack its tables there."""
    from scorelab import api
    from scorelab.runs.execute import Progress

    def watch(progress: Progress) -> None:
        told.progress(progress.weeks_done, progress.weeks)

    run = api.live(resolved, folder / "run", watch=watch)
    told.alive()
    if what == "report":
        return run.report()
    tables = run.tables()
    packed = folder / "tables.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in tables.rglob("*") if path.is_file()):
            archive.write(path, path.relative_to(tables))
        archive.write(run.dir / "manifest.json", "manifest.json")
    return packed
