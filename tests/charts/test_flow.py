"""The flow of denials: its bands are as wide as what they stand for, at both ends and in all stages."""

import itertools
from collections import Counter
from collections.abc import Sequence

import pytest

from scorelab.charts.flow import GAP, MOST, NOTHING, SLOT, TALL, flow
from scorelab.measures import Measures, Row
from scorelab.measures.lab import Facts, facts
from tests.measures.handmade import five_worlds, manifest, write_manifest

Way = tuple[str, str, str, str, str, int]
WAYS: Sequence[Way] = (
    ("smoke", "staff", "black", "train", "own true", 60),
    ("smoke", "staff", "black", "hotel", "own false", 20),
    ("default", "court", "black", "train", "tie true", 15),
    ("default", "court", "grade poor", "school", "tie false", 5),
)


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    folder = tmp_path_factory.mktemp("flow")
    write_manifest(folder, manifest(five_worlds(), 52))
    return facts(folder)


def measures(ways: Sequence[Way]) -> Measures:
    blank = dict.fromkeys(Row._fields)
    return Measures(
        Row(**{**blank, "measure": "denials_flow", "world": "as-written", "item": " > ".join(names), "numerator": n})  # type: ignore[arg-type]
        for *names, n in ways
    )


def points(run: Facts, ways: Sequence[Way]) -> list[dict[str, float]]:
    found = flow(run, measures(ways))
    assert found is not None
    values: list[dict[str, float]] = found.spec["layer"][0]["data"]["values"]
    return values


def test_a_band_is_as_wide_as_its_share_all_the_way(run: Facts) -> None:
    """A band that swells would show more people on the way than at its ends."""
    found = points(run, WAYS)
    by_band = itertools.groupby(found, key=lambda point: point["band"])
    widths = {band: {round(point["y2"] - point["y"], 1) for point in of_it} for band, of_it in by_band}
    assert all(len(one) == 1 for one in widths.values())
    total = sum(width for one in widths.values() for width in one)
    assert total == pytest.approx(3 * TALL, abs=0.6)
    assert round(TALL * 0.6, 1) in {width for one in widths.values() for width in one}


def test_false_records_come_from_nothing(run: Facts) -> None:
    """A false record must not stand under the behaviour that it names, as if somebody had done it."""
    found = flow(run, measures(WAYS))
    assert found is not None
    left = {node["node"]: node["of100"] for node in found.spec["data"]["values"] if node["side"] == "left"}
    assert left == {"Smoking on a train": 60, NOTHING: 25, "Not paying a judgment": 15}


def test_bands_of_a_node_do_not_lie_on_one_another(run: Facts) -> None:
    found = points(run, WAYS)
    for edge in {point["x"] for point in found if point["x"] % 1 < 0.03 or point["x"] % 1 > 0.97}:
        here = sorted((point["y"], point["y2"]) for point in found if point["x"] == edge)
        assert all(below[0] >= above[1] - 0.15 for above, below in itertools.pairwise(here))


def test_small_nodes_are_one_and_labels_have_their_room(run: Facts) -> None:
    """Forty services would be forty labels on one another."""
    ways = [("smoke", "staff", "black", f"service-{n:02}", "own true", 1000 if n == 0 else 1) for n in range(40)]
    found = flow(run, measures(ways))
    assert found is not None
    right = [node for node in found.spec["data"]["values"] if node["side"] == "right"]
    assert len(right) == MOST + 1
    assert right[-1]["node"] == f"{40 - MOST} others"
    assert sum(node["of100"] for node in right) == pytest.approx(100, abs=0.1)
    middles = sorted(node["middle"] for node in right)
    assert all(below - above >= SLOT / 2 + GAP for above, below in itertools.pairwise(middles))


def test_the_words_say_what_the_picture_shows(run: Facts) -> None:
    found = flow(run, measures(WAYS))
    assert found is not None
    assert found.alt.startswith("60 of 100 denials go from Smoking on a train over staff and black to Train ticket")
    assert Counter(found.alt)["("] == 4


def test_where_nobody_is_denied_there_is_no_flow(run: Facts) -> None:
    assert flow(run, measures(())) is None
