"""Draws of a study: keyed, the same in all worlds, gone on with after a stop, and right where the answer is known."""

import csv
import dataclasses
import json
import shutil
from pathlib import Path

import duckdb
import numpy as np
import pytest

from scorelab import api
from scorelab.errors import RunError
from scorelab.ledger.study import FOLDER, complete, draw_name, read_draw
from scorelab.measures import Cell, Measures, read
from scorelab.measures.sensitivity import HEADLINES, told_apart
from scorelab.measures.sensitivity import read as read_sensitivities
from scorelab.runs.draws import STRATA, Wanted, base, drawn, expected, share_of, study_of, value_of
from scorelab.runs.execute import Progress
from scorelab.spec.load import Options
from scorelab.spec.ranges import Parameter
from tests.runs.uncertain import NOTICE, uncertain

DRAWS = 20
INERT = "society.services.private-school.online"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> api.Run:
    """The run before its study."""
    folder = tmp_path_factory.mktemp("uncertain")
    return api.live(api.find(uncertain(folder), Options()), folder / "run", workers=2)


@pytest.fixture(scope="module")
def studied(lived: api.Run, tmp_path_factory: pytest.TempPathFactory) -> api.Run:
    """The same run with its study."""
    folder = tmp_path_factory.mktemp("studied") / "run"
    shutil.copytree(lived.dir, folder)
    return api.study(api.Run(folder), Wanted(draws=DRAWS), workers=2)


def _draws(run: api.Run, world: str) -> list[float]:
    """Expected records of the guards in a world, draw by draw."""
    cell = Cell(item="guards")
    found = [read(run.dir / FOLDER / draw_name(number)) for number in range(DRAWS)]
    rows = [measures.one("records_expected", world, None, cell) for measures in found]
    return [row.value for row in rows if row is not None and row.value is not None]


def test_draws_are_stratified_and_moved_by_nothing_but_their_name_number_and_seed() -> None:
    shares = [share_of("response.sensitivity", number, 1) for number in range(2 * STRATA)]
    for block in (shares[:STRATA], shares[STRATA:]):
        assert sorted(int(share * STRATA) for share in block) == list(range(STRATA))
    assert shares[:STRATA] != shares[STRATA:]
    other = [share_of("response.chilling", number, 1) for number in range(2 * STRATA)]
    assert abs(np.corrcoef(shares, other)[0, 1]) < 0.5
    assert share_of("response.sensitivity", 3, 2) != shares[3]
    again = [share_of("response.sensitivity", 3, 1, rounds) for rounds in range(1, 4)]
    assert len({shares[3], *again}) == 4


def test_a_wide_positive_range_is_drawn_by_ratio() -> None:
    wide = Parameter("society", "x", 1e-4, 1e-6, 1e-2, "assumed")
    assert value_of(wide, 0.5) == pytest.approx(1e-4)
    assert value_of(dataclasses.replace(wide, low=0.0), 0.5) == pytest.approx(5e-3)
    assert (value_of(wide, 0.0), value_of(wide, 1.0)) == pytest.approx((1e-6, 1e-2))


def test_what_is_linear_in_one_range_has_its_image_as_interval(lived: api.Run, studied: api.Run) -> None:
    """Expected records are acts x sensitivity, drawn from 0.1 to 0.9: the interval is that of 0.12 and 0.88.

    Twenty stratified draws: each end lies within the outermost twentieth of the range, 0.04 wide.
    """
    row = read(studied.dir).one("records_expected", "as-written", None, Cell(item="guards"))
    assert row is not None
    assert row.value and row.assumed_low is not None and row.assumed_high is not None
    assert row.assumed_low == pytest.approx(row.value * 0.12 / 0.5, abs=row.value * 0.02 / 0.5 * 1.01)
    assert row.assumed_high == pytest.approx(row.value * 0.88 / 0.5, abs=row.value * 0.02 / 0.5 * 1.01)
    noticed = [read_draw(studied.dir, draw_name(number)).values[NOTICE] for number in range(DRAWS)]
    assert np.array(_draws(studied, "as-written")) == pytest.approx(row.value * np.array(noticed) / 0.5, rel=1e-6)
    before = read(lived.dir).one("records_expected", "as-written", None, Cell(item="guards"))
    assert before is not None
    assert (before.value, before.assumed_low) == (row.value, None)


def test_a_draw_is_the_same_in_all_worlds_but_where_a_value_was_set(studied: api.Run) -> None:
    assert len(set(_draws(studied, "as-written"))) == DRAWS
    assert _draws(studied, "as-written") == _draws(studied, "without-false-records")
    [kept] = set(_draws(studied, "kept"))
    own = read(studied.dir).one("records_expected", "kept", None, Cell(item="guards"))
    assert own is not None
    assert (own.value, own.assumed_low, own.assumed_high) == (kept, kept, kept)


def test_what_matters_is_found_and_what_cannot_matter_is_not(studied: api.Run) -> None:
    found = read_sensitivities(studied.dir)
    strongest = told_apart(found, HEADLINES[2])
    assert HEADLINES[2].measure == "restricted_person_years"
    assert [one.parameter for one in strongest] == [NOTICE]
    assert strongest[0].correlation > 0.9
    assert INERT not in {one.parameter for one in found if one.apart}
    assert INERT in {one.parameter for one in found}


def test_only_values_and_numbers_of_a_draw_are_kept(studied: api.Run) -> None:
    kept = {path.name for path in (studied.dir / FOLDER).iterdir()}
    assert kept == {"study.json", "base", *(draw_name(number) for number in range(DRAWS))}
    for name in ("base", "d000"):
        files = {path.name for path in (studied.dir / FOLDER / name).iterdir()}
        assert files == {"draw.json", "measures.parquet"}


def test_more_draws_keep_those_there_are_and_another_size_is_refused(studied: api.Run, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(studied.dir, folder)
    before = {name: (folder / FOLDER / name / "draw.json").read_bytes() for name in ("d000", "d019")}
    api.study(api.Run(folder), Wanted(draws=DRAWS + 1), workers=2)
    assert {name: (folder / FOLDER / name / "draw.json").read_bytes() for name in before} == before
    with pytest.raises(RunError, match=r"holds another study of this run \(persons: 300 -> 200\).*or remove"):
        api.study(api.Run(folder), Wanted(persons=200))
    (folder / FOLDER / "study.json").write_text("{")
    with pytest.raises(RunError, match=r"study\.json is damaged"):
        api.study(api.Run(folder), Wanted())


def test_measures_made_anew_keep_the_second_interval(studied: api.Run, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(studied.dir, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["provenance"]["measured_by"] = "another code"
    (folder / "manifest.json").write_text(json.dumps(manifest))
    again = api.live(api.Run(folder).resolved, folder)
    assert _numbers(read(again.dir)) == _numbers(read(studied.dir))


def _numbers(measures: Measures) -> list[object]:
    return list(measures)


def test_every_column_of_the_files_of_a_study_has_its_line(studied: api.Run) -> None:
    with (studied.dir / "codebook.csv").open(newline="", encoding="utf-8") as stream:
        told = {(line["file"], line["name"]): line["type"] for line in csv.DictReader(stream)}
    for name in ("assumed.parquet", "sensitivity.parquet"):
        columns = duckdb.read_parquet(str(studied.dir / name))
        typed = zip(columns.columns, map(str, columns.types), strict=True)
        assert {column: told[name, column] for column in columns.columns} == dict(typed), name


def test_without_a_range_there_is_nothing_to_draw(tmp_path: Path) -> None:
    small = base(api.find("tests/runs/files/trial.yaml", Options()), Wanted())
    with pytest.raises(RunError, match=r"nothing to draw: no number of trial is assumed and has a range.*--documented"):
        study_of(small, Wanted())


def test_draws_are_lived_smaller_than_the_run_and_never_larger() -> None:
    resolved = api.find("reported-and-documented", Options(persons=25_000, counties=4))
    small = base(resolved, Wanted())
    assert (small.counties, small.persons, small.groups, small.weeks) == (20, 2000, [], 364)
    tiny = base(api.find("reported-and-documented", Options(persons=500, counties=4)), Wanted(weeks=52, groups=True))
    assert (tiny.counties, tiny.persons, tiny.weeks) == (4, 500, 52)
    assert tiny.groups == resolved.groups
    assert expected(small, 40, 2)[1] == pytest.approx(41 * expected(small, 0, 2)[1])


def test_what_the_checks_refuse_is_drawn_anew_and_nothing_else_with_it() -> None:
    """The steps of a roll-out have ranges that overlap; only that clause gives up its strata."""
    small = base(api.find("reported-and-documented", Options(persons=500, counties=4)), Wanted())
    study = study_of(small, Wanted())
    for number in range(STRATA):
        _, draw = drawn(small, study, number)
        if draw.again:
            break
    moved = {
        one.clause
        for one in study.parameters
        if draw.values[one.name] != value_of(one, share_of(one.name, number, study.seed))
    }
    assert moved
    assert all(clause.endswith(".rollout") for clause in moved)


def test_ranges_that_contradict_each_other_are_a_sentence(tmp_path: Path) -> None:
    file = uncertain(tmp_path)
    scheme = tmp_path / "two-lists.yaml"
    steps = (
        "rollout:\n  - {date: 2020-01-06, share: {value: 0.45, range: [0.4, 0.9], basis: assumed}}\n"
        "  - {date: 2020-02-03, share: {value: 0.5, range: [0.5, 0.5001], basis: assumed}}\n"
    )
    scheme.write_text(scheme.read_text() + steps)
    small = base(api.find(file, Options()), Wanted())
    study = study_of(small, Wanted())
    refused = dataclasses.replace(
        study,
        parameters=tuple(
            dataclasses.replace(one, low=0.6) if one.path == "rollout.0.share" else one for one in study.parameters
        ),
    )
    with pytest.raises(RunError, match=r"draw 0 was refused 50 times, last since two-lists: .*rollout.*do not go"):
        drawn(small, refused, 0)
