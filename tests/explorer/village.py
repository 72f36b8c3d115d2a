"""A small country that is lived twice: in a village, and as a run that is written down."""

import dataclasses
import functools
from pathlib import Path

import pytest

from scorelab import api
from scorelab.explorer.pictures import Json, picture
from scorelab.measures.table import Measures, read
from scorelab.runs.again import Lived, Village
from scorelab.spec.load import Options
from scorelab.spec.resolved import Resolved


@functools.cache
def resolved() -> Resolved:
    """Twenty small counties, so that there are intervals, in two worlds: none before the heaviest scheme."""
    found = api.find("reported-and-documented", Options(persons=1500, counties=20, weeks=330))
    return dataclasses.replace(found, worlds=[found.world(found.against), found.world(found.focus)])


@pytest.fixture(scope="session")
def lived() -> Lived:
    """The counts, as a village has them."""
    village = Village()
    try:
        return village.live(resolved())
    finally:
        village.close()


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> api.Run:
    """The same experiment, lived and written down in the ordinary way."""
    folder: Path = tmp_path_factory.mktemp("explorer") / "run"
    return api.live(resolved(), folder, workers=2)


@pytest.fixture(scope="session")
def told(lived: Lived) -> Json:
    """Its picture."""
    return picture(lived)


@pytest.fixture(scope="session")
def measures(run: api.Run) -> Measures:
    """The measures of the run."""
    return read(run.dir)
