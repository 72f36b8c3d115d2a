"""Charts: every one of them drawn, honest at its axes, equal on every machine, and never broken by a name."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from scorelab.charts import chart, names, svg
from scorelab.charts.numbers import between, two_figures
from scorelab.charts.over_time import _spread
from scorelab.charts.render import _svg
from scorelab.measures import compute
from tests.measures.handmade import five_worlds, invent, manifest, write_manifest


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = invent(tmp_path_factory.mktemp("charts"), counties=20, weeks=52, adults=900)
    compute(folder)
    return folder


def scales(spec: Any, channel: str) -> list[Any]:
    found = []
    for layer in spec["layer"]:
        encoding = layer["encoding"].get(channel)
        if encoding and encoding.get("type") == "quantitative":
            found.append(encoding.get("scale", {}))
    return found


@pytest.mark.parametrize("name", names())
def test_every_chart_is_drawn_in_words_and_lines(run: Path, name: str) -> None:
    found = chart(run, name)
    assert found is not None
    assert found.title
    assert any(letter.isdigit() for letter in found.alt)
    drawing = found.svg()
    assert drawing.startswith("<svg")
    assert drawing.count("<path") > 5
    assert "NaN" not in drawing
    assert "undefined" not in drawing


@pytest.mark.parametrize("name", names())
def test_no_axis_of_numbers_leaves_out_zero(run: Path, name: str) -> None:
    found = chart(run, name)
    assert found is not None
    kept = [*scales(found.spec, "x"), *scales(found.spec, "y")]
    assert kept
    for scale in kept:
        domain = scale.get("domain")
        assert scale.get("zero") is not False
        assert domain is None or domain[0] <= 0 <= domain[1]


def test_equal_specs_make_equal_pictures(run: Path) -> None:
    """Vega numbers the names in its drawings through a whole process, so the second drawing would differ."""
    found = chart(run, "listed")
    assert found is not None
    first = svg(found.spec)
    assert 'id="' in first
    _svg.cache_clear()
    assert svg(json.loads(json.dumps(found.spec))) == first


def test_a_notebook_gets_the_fifth_vega_lite_and_a_drawing(run: Path) -> None:
    found = chart(run, "causes")
    assert found is not None
    bundle = found._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.vegalite.v5+json", "image/svg+xml", "text/plain"}
    assert bundle["application/vnd.vegalite.v5+json"]["$schema"].endswith("/v5.json")
    assert bundle["application/vnd.vegalite.v5+json"]["title"]["text"] == found.title
    assert "title" not in found.spec


def test_a_title_full_of_quotation_marks_is_only_a_title(run: Path) -> None:
    worlds = five_worlds()
    contents = manifest(worlds, 52, counties=20)
    worlds[4]["title"] = """a "world' \\ ]); alert(1) //"""
    try:
        write_manifest(run, contents)
        for name in names():
            found = chart(run, name)
            assert found is not None
            assert found.svg().startswith("<svg")
    finally:
        write_manifest(run, manifest(five_worlds(), 52, counties=20))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (1234, "1,200"),
        (0.0456, "0.046"),
        (9.96, "10"),
        (99.6, "100"),
        (-3.14159, "−3.1"),
        (2, "2.0"),
        (1e6, "1,000,000"),
    ],
)
def test_two_figures(value: float, expected: str) -> None:
    assert two_figures(value) == expected


def test_an_interval_narrower_than_two_figures_shows_three() -> None:
    assert between(1803.0, 1822.0) == "1,800 to 1,820"
    assert between(None, 3.0) == ""


def test_nan_is_never_shown_as_a_number() -> None:
    with pytest.raises(ValueError, match="not a number"):
        two_figures(float("nan"))


def test_names_at_the_ends_of_lines_do_not_cover_one_another() -> None:
    heights = _spread([("a", 99.0), ("b", 98.5), ("c", 98.0), ("d", 0.0)], 100.0)
    placed = sorted(heights.values())
    assert placed[-1] <= 100.0
    assert placed[0] == 0.0
    gap = 100.0 * 16 / 280
    assert all(high - low >= gap * 0.999 for low, high in itertools.pairwise(placed))
