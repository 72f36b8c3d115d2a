"""The charts of what was just lived are those of its report."""

import json
import tempfile
from pathlib import Path

import pytest

from scorelab import api
from scorelab.charts import chart, names
from scorelab.explorer.charts import charts
from scorelab.measures.table import Measures, Row, in_memory
from scorelab.runs.again import Lived

pytestmark = pytest.mark.slow


def test_the_charts_are_those_of_the_run(
    lived: Lived, run: api.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches a chart that is left out or drawn of other numbers, and a ledger that is left behind."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = charts(lived)
    wanted = [one for name in names() if (one := chart(run.dir, name)) is not None]
    assert [one["name"] for one in found] == [one.name for one in wanted] and len(found) > 8
    for mine, theirs in zip(found, wanted, strict=True):
        assert (mine["title"], mine["subtitle"], mine["alt"]) == (theirs.title, theirs.subtitle, theirs.alt)
        assert mine["spec"].pop("$schema").endswith("v6.json")
        assert json.dumps(mine["spec"]) == json.dumps({k: v for k, v in theirs.spec.items() if k != "$schema"})
    assert list(tmp_path.iterdir()) == []


def test_measures_in_memory_are_as_if_read(measures: Measures) -> None:
    """Catches rows in another order than the table's, from which a chart would take another first one."""
    rows = list(measures)
    assert list(in_memory(reversed(rows))) == rows
    nothing: float = float("nan")
    assert next(iter(in_memory([Row(*rows[0])._replace(value=nothing)]))).value is None
