"""What a disparity owes to unequal treatment: two worlds of which the ratios are known."""

from pathlib import Path

import pytest

from scorelab.measures import Cell, compute, read
from scorelab.measures.flow import BETWEEN
from tests.measures.handmade import Rows, manifest, world, write_county, write_manifest
from tests.measures.test_by_hand import POOR, RICH


def test_the_ratio_stands_beside_that_where_sources_treat_all_alike(tmp_path: Path) -> None:
    """Of 200 poor and 200 rich, 60 and 20 are denied here, and 40 and 20 where all are mistaken alike."""
    names = ("as-written", "alike", "without-ties")
    worlds = [world("as-written"), world("alike", without=("unequal_error",)), world("without-ties", without=("ties",))]
    write_manifest(tmp_path, manifest(worlds, 52))
    denied = {"as-written": (30, 10), "alike": (20, 10), "without-ties": (10, 10)}
    for county in (0, 1):
        rows: Rows = {
            "people": [{**POOR, "persons": 100, "adults": 100}, {**RICH, "persons": 100, "adults": 100}],
            "persons": [
                {"span": "run", "world": name, **group, "persons": 100, "denied": count}
                for name, counts in denied.items()
                for group, count in zip((POOR, RICH), counts, strict=True)
            ],
        }
        write_county(tmp_path, names, rows, county)
    compute(tmp_path)
    table = read(tmp_path)
    item = BETWEEN.join(("ever_denied", "unequal_error", "q1 to q5"))
    left, due = (
        table.one(name, "as-written", "alike", Cell(item=item))
        for name in ("disparity_without", "disparity_by_treatment")
    )
    here = table.one("ever_denied_ratio", "as-written", None, Cell(item="q1 to q5"))
    assert left is not None and due is not None and here is not None
    assert here.value == pytest.approx(3.0)
    assert left.value == pytest.approx(2.0)
    assert due.value == pytest.approx(1.5)
    assert {row.against for row in table.where("disparity_without")} == {"alike"}, "ties are no treatment of groups"
    few = table.one("disparity_without", "as-written", "alike", Cell(item=item.replace("ever_denied", "ever_wronged")))
    assert few is not None and few.value is None and few.interval_method.startswith("not given")
