"""Charts: every one of them drawn, honest at its axes, equal on every machine, and never broken by a name."""

import itertools
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorelab.charts import Chart, chart, names, svg
from scorelab.charts.ablation import lacks
from scorelab.charts.conduct import behaviours
from scorelab.charts.groups import said
from scorelab.charts.numbers import as_given, outward, surplus, two_figures, with_interval, written
from scorelab.charts.over_time import _spread, alike, lie_together
from scorelab.charts.register import world_colours
from scorelab.charts.render import _svg
from scorelab.charts.theme import LABEL, columns, label, ramp
from scorelab.measures import compute, read
from scorelab.measures.lab import facts
from scorelab.words import Switch
from tests.measures import village
from tests.measures.handmade import LAW, five_worlds, manifest, world, write_county, write_manifest
from tests.measures.invented import invent
from tests.measures.parts import write_subsets


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = invent(tmp_path_factory.mktemp("charts"), counties=20, weeks=52, adults=900)
    compute(folder)
    return folder


@pytest.fixture(scope="module")
def split(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that has every subset of some mechanisms as worlds."""
    folder = write_subsets(tmp_path_factory.mktemp("split"))
    compute(folder)
    return folder


@pytest.fixture
def drawn(request: pytest.FixtureRequest, name: str) -> Chart:
    """The chart of a name, from a run that has what it shows."""
    found = chart(request.getfixturevalue("split" if name == "shapley" else "run"), name)
    assert found is not None
    return found


def scales(spec: Any, channel: str) -> list[Any]:
    found = []
    for layer in spec["layer"]:
        encoding = layer["encoding"].get(channel)
        if encoding and encoding.get("type") == "quantitative":
            found.append(encoding.get("scale", {}))
    return found


@pytest.mark.parametrize("name", names())
def test_every_chart_is_drawn_in_words_and_lines(drawn: Chart) -> None:
    assert drawn.title
    assert any(letter.isdigit() for letter in drawn.alt)
    drawing = drawn.svg()
    assert drawing.startswith("<svg")
    assert drawing.count("<path") > 5
    assert "NaN" not in drawing
    assert "undefined" not in drawing


@pytest.mark.parametrize("name", names())
def test_no_axis_of_numbers_leaves_out_zero(drawn: Chart) -> None:
    kept = [*scales(drawn.spec, "x"), *scales(drawn.spec, "y")]
    assert kept
    for scale in kept:
        domain = scale.get("domain")
        assert scale.get("zero") is not False
        assert domain is None or domain[0] <= 0 <= domain[1]


@pytest.mark.parametrize("name", names())
def test_a_long_subtitle_leaves_the_picture_its_room(drawn: Chart) -> None:
    wordy = replace(drawn, subtitle=" ".join(["words"] * 60))
    frame = r'class="background" aria-hidden="true" d="M0,0h(\d+)'
    plots = [max(int(width) for width in re.findall(frame, one.svg())) for one in (drawn, wordy)]
    assert plots[0] == plots[1] > 250


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
        for name in set(names()) - {"shapley"}:
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


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (11_034, 10_940, 11_128, "11,030 (10,940 to 11,130)"),
        (204_321, 203_300, 205_300, "204,000 (203,000 to 205,000)"),
        (27_800, 27_700, 27_900, "27,800 (27,700 to 27,900)"),
        (99.83, 99.74, 99.92, "99.83 (99.74 to 99.92)"),
        (99.83, 99.7, 99.95, "99.8 (99.7 to 100.0)"),
        (0.95, 0.87, 1.04, "0.95 (0.87 to 1.04)"),
        (-4.1, -8.0, -0.27, "−4.1 (−8.0 to −0.3)"),
        (0, 0, 0.134, "0 (0 to 0.13)"),
        (0, -0.02, 3.4, "0 (0 to 3)"),
        (0.0123, -3.1, 3.1, "0.01 (−3.10 to 3.10)"),
        (1234, None, None, "1,200"),
        (1234, 1234, 1234, "1,200"),
    ],
)
def test_a_number_and_its_interval_have_the_same_decimals(
    value: float, low: float | None, high: float | None, expected: str
) -> None:
    assert with_interval(value, low, high) == expected


@given(st.floats(1e-6, 1e7), st.floats(0, 3), st.floats(0, 3), st.sampled_from([-1, 1]))
def test_no_number_is_shown_outside_its_own_interval(value: float, down: float, up: float, sign: int) -> None:
    low, high = sorted((sign * value * (1 - down), sign * value * (1 + up)))
    shown, interval = written(sign * value, low, high)

    def back(word: str) -> float:
        return float(word.replace(",", "").replace("−", "-"))

    if interval:
        ends = [back(word) for word in interval.split(" to ")]
        assert ends[0] <= back(shown) <= ends[1]
        assert ends[0] < ends[1]
        assert len({len(word.partition(".")[2]) for word in (shown, *interval.split(" to ")) if word != "0"}) == 1


def test_bounds_are_rounded_outward() -> None:
    assert outward(9451, 57_229) == "9,400 to 58,000"
    assert outward(0, 0.481) == "0 to 0.49"
    assert outward(950, 950) == "950 to 950"


@pytest.mark.parametrize(("value", "expected"), [(-10.2, "−10"), (0.2, "0"), (-0.4, "0"), (1200, "+1,200")])
def test_a_surplus_has_a_sign_and_a_true_minus(value: float, expected: str) -> None:
    assert surplus(value) == expected


@pytest.mark.parametrize(("value", "expected"), [(-30, "−30"), (1.4e-8, "1.4 × 10⁻⁸"), (0.45, "0.45")])
def test_a_number_of_a_file_is_as_it_was_given(value: float, expected: str) -> None:
    assert as_given(value) == expected


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


def course(world: str, *values: float, focus: bool = False) -> list[dict[str, Any]]:
    return [{"world": world, "year": year, "value": v, "high": None, "focus": focus} for year, v in enumerate(values)]


def test_lines_that_lie_on_one_another_have_one_label_and_are_named() -> None:
    data = course("twin", 0, 50.2, 99.9) + course("focus", 0, 50, 100, focus=True) + course("other", 0, 50, 60)
    assert alike(data) == {"focus": ["twin"], "other": []}
    assert lie_together(data) == "; the line of “focus” covers “twin” (no difference to be seen at this scale)"
    assert lie_together(course("a", 0, 10) + course("b", 0, 90)) == ""


def test_what_parts_two_worlds_is_not_drawn_against_the_world_without_a_scheme(run: Path) -> None:
    """All denials part from a world without any, so that nothing else could be seen beside them."""
    found = chart(run, "noise")
    assert found is not None
    shown = {point["world"] for point in found.spec["data"]["values"]}
    assert shown == {"without false records", "without ties", "placebo"}
    tallest = max(point["value"] for point in found.spec["data"]["values"])
    layer = next(layer for layer in found.spec["layer"] if layer["mark"]["type"] == "line")
    assert layer["encoding"]["y"]["scale"]["domain"][1] < 3 * tallest


def test_eight_worlds_have_eight_colours(tmp_path: Path) -> None:
    switches = ("false_records", "ties", "spiral", "chilling", "review")
    worlds = [world("no-scheme", ()), world("as-written"), world("placebo", placebo=True)]
    worlds += [world(f"without-{one.replace('_', '-')}", without=(one,)) for one in switches]
    write_manifest(tmp_path, manifest(worlds, 52))
    colours = world_colours(facts(tmp_path))
    assert list(colours) == [one["name"] for one in worlds]
    assert len(set(colours.values())) == 8


def test_a_mechanism_is_called_by_words_and_not_by_its_switch() -> None:
    assert lacks("false_records + ties") == "false records and consequences along ties"
    assert lacks("source:web") == "the source web"
    for switch in Switch:
        assert "_" not in lacks(switch.value)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = village.write(tmp_path_factory.mktemp("village"))
    compute(folder)
    return folder


def test_grades_begin_where_everybody_begins(small: Path) -> None:
    """Nobody is counted before the first 13 weeks are over, and the picture must not begin in the air."""
    found = chart(small, "grades")
    assert found is not None
    values = found.spec["data"]["values"]
    assert {one["grade"]: one["value"] for one in values if one["year"] == 0} == {
        "poor": 0.0,
        "fair": 100.0,
        "good": 0.0,
    }
    assert {round(sum(one["value"] for one in values if one["year"] == year), 9) for year in (0.0, 0.25, 2.0)} == {
        100.0
    }


def test_sources_stand_in_the_order_of_the_points_they_move(small: Path) -> None:
    found = chart(small, "points")
    assert found is not None
    layer = found.spec["layer"][0]
    assert layer["encoding"]["y"]["scale"]["domain"] == ["staff", "court"]
    assert found.alt.startswith("Of 100 points taken, court 18; of 100 points taken, staff 82")


def test_what_falls_away_most_stands_first(small: Path) -> None:
    found = chart(small, "without")
    assert found is not None
    rows = found.spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert [" ".join(row.split()) for row in rows] == [
        "without false records and consequences along ties",
        "without false records",
        "without consequences along ties",
        "without the spiral",
    ]


def test_behaviours_that_nobody_watches_and_nothing_changes_are_not_shown(small: Path, tmp_path: Path) -> None:
    run, table = facts(small), read(small)
    assert behaviours(run, table) == ["smoke", "gamble"]  # of defaults there are too few to say anything
    acts = {"period": 0, **village.POOR, **dict.fromkeys(village.WORLDS, "acted"), "count": 50}
    rows = {**village.rows(), "occasions": [{**acts, "behaviour": name} for name in ("smoke", "gamble")]}
    village.write(tmp_path)
    write_county(tmp_path, village.WORLDS, rows)
    compute(tmp_path)
    assert behaviours(facts(tmp_path), read(tmp_path)) == ["smoke"]


def test_a_picture_of_many_services_shows_the_most_denied(tmp_path: Path) -> None:
    contents = manifest([world("no-scheme", ()), world("as-written")], 52)
    services = {f"service-{number:02}": {"domain": "travel", "title": f"Service {number}"} for number in range(14)}
    contents["resolved"]["society"]["services"] = services
    write_manifest(tmp_path, contents)
    needs = [
        {"period": 0, **village.POOR, "service": name, "no-scheme": "granted", "as-written": "denied", "count": 20 + n}
        for n, name in enumerate(services)
    ]
    people = [{**village.POOR, "persons": 100, "adults": 100}]
    write_county(tmp_path, ("no-scheme", "as-written"), {"people": people, "needs": needs})
    compute(tmp_path)
    found = chart(tmp_path, "denied-services")
    assert found is not None
    rows = found.spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert rows == [f"Service {number}" for number in range(13, 3, -1)]
    assert "the 10 most denied services" in found.subtitle


def test_attributes_of_a_society_are_said_in_its_words(tmp_path: Path) -> None:
    contents = manifest([world("as-written", (LAW,))], 52, groups=["migrant", "veteran"])
    titles = {"migrant": {"title": "From elsewhere"}, "veteran": {"title": "Veteran"}}
    contents["resolved"]["society"]["attributes"] = titles
    write_manifest(tmp_path, contents)
    run = facts(tmp_path)
    assert said(run, "attributes", "migrant + veteran") == "From elsewhere and veteran"
    assert said(run, "attributes", "none") == "none of these"
    contents["resolved"]["groups"] = ["veteran"]
    write_manifest(tmp_path, contents)
    assert said(facts(tmp_path), "attributes", "none") == "not Veteran"


def test_a_long_label_has_two_lines() -> None:
    lines = label("Uncivilised conduct (noise, quarrels, smoking where it is forbidden)").split("\n")
    assert len(lines) == 2 and lines[1].endswith("…")
    assert all(len(line) <= LABEL for line in lines)
    assert label("") == ""


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (4, 2), (5, 3), (6, 3), (8, 3)])
def test_the_lines_of_a_legend_are_about_equally_long(count: int, expected: int) -> None:
    assert columns([f"a name of world {number:>5}" for number in range(count)]) == expected


def test_grades_have_colours_in_their_order() -> None:
    assert ramp(3) == ["#c44e00", "#dad4c6", "#005b96"]
    assert len(set(ramp(16))) == 16
    assert ramp(1) == ["#005b96"]
