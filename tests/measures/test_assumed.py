"""The second interval and what moves a number: known answers, false alarms, and measures that are made anew."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from scorelab.ledger.study import FOLDER, Draw, draw_name, write_draw
from scorelab.measures import compute, read
from scorelab.measures.assumed import ENDS, quantiles
from scorelab.measures.assumed import read as read_assumed
from scorelab.measures.sensitivity import HEADLINES, correlations, ranks, threshold, told_apart
from scorelab.measures.sensitivity import read as read_sensitivities
from scorelab.measures.table import Row, write
from tests.measures.invented import invent
from tests.measures.invented_study import INERT, STRONG, doubled, finish, invent_study

DRAWS = 40


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = invent(tmp_path_factory.mktemp("assumed"), counties=20, weeks=13, adults=400)
    compute(folder)
    return folder


@pytest.fixture
def run(invented: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(invented, tmp_path / "run"))


def test_the_ends_of_stratified_draws_are_those_of_the_range() -> None:
    """Other definitions of a quantile lie inwards: with twenty draws by 0.024 of the range at each end."""
    dice = np.random.default_rng(1)
    for draws in (20, 40, 100):
        found = [quantiles((dice.permutation(draws) + dice.random(draws)) / draws) for _ in range(2000)]
        assert np.mean(found, axis=0) == pytest.approx(ENDS, abs=0.002), draws


def test_a_number_that_follows_one_parameter_has_the_image_of_its_range(run: Path) -> None:
    """Twice the number times the share of the range: from 5 % to 195 % of it, exactly."""
    invent_study(run, DRAWS)
    finish(run)
    row = next(row for row in read(run) if row.measure == "ever_denied" and row.value and row.quintile is None)
    assert row.assumed_low == pytest.approx(0.05 * (row.value or 0))
    assert row.assumed_high == pytest.approx(1.95 * (row.value or 0))
    assert {row.assumed_low for row in read(run) if row.period is not None} == {None}


def test_the_parameter_that_moves_everything_is_found_and_the_inert_one_is_not(run: Path) -> None:
    invent_study(run, DRAWS)
    finish(run)
    found = read_sensitivities(run)
    for headline in HEADLINES:
        mine = [one for one in found if (one.measure, one.item) == (headline.measure, headline.item)]
        if mine:
            assert [one.parameter for one in told_apart(found, headline)] == [STRONG.name], headline.words
            assert {one.parameter for one in mine} == {STRONG.name, INERT.name}
    assert found


def test_a_study_survives_measures_that_are_computed_anew(run: Path) -> None:
    """New code computes measures from the ledger; the draws have none any more, and their intervals must stay."""
    invent_study(run, DRAWS)
    finish(run)
    before = (run / "measures.parquet").read_bytes()
    (run / "measures.parquet").unlink()
    compute(run)
    assert (run / "measures.parquet").read_bytes() == before
    assert any(row.assumed_low is not None for row in read(run))


@pytest.mark.parametrize(("draws", "weeks"), [(19, None), (20, 12)])
def test_few_draws_or_shorter_ones_give_no_interval(run: Path, draws: int, weeks: int | None) -> None:
    """Numbers of a shorter life are other numbers."""
    invent_study(run, draws, weeks=weeks)
    finish(run)
    assert not any(row.assumed_low is not None for row in read(run))
    assert read_sensitivities(run)


def test_an_unfinished_study_gives_no_interval(run: Path) -> None:
    invent_study(run, DRAWS)
    (run / FOLDER / draw_name(7) / "draw.json").unlink()
    compute(run)
    assert not any(row.assumed_low is not None for row in read(run))


def test_a_number_that_draws_lack_has_no_interval(run: Path) -> None:
    """Those that have it are not any draws: a share of few cases is missing where there are few cases."""

    def rare(row: Row, share: float) -> float | None:
        return None if share < 0.1 else doubled(row, share)

    invent_study(run, DRAWS, rare)
    finish(run)
    assert not any(row.assumed_low is not None for row in read(run))
    assert read_sensitivities(run) == []


def test_a_number_that_is_zero_in_most_draws_is_not_ranked(run: Path) -> None:
    def seldom(row: Row, share: float) -> float | None:
        return doubled(row, share) if share > 0.6 else 0.0

    invent_study(run, DRAWS, seldom)
    finish(run)
    assert read_sensitivities(run) == []


def test_another_number_at_the_draws_size_is_told(run: Path) -> None:
    invent_study(run, DRAWS)
    rows = [row for row in read(run) if row.period is None]
    far = [
        row._replace(value=3 * row.value, chance_low=3 * row.chance_low, chance_high=3 * row.chance_high)
        for row in rows
        if row.value is not None and row.chance_low is not None and row.chance_high is not None
    ]
    write(far, run / FOLDER / "base" / "measures.parquet")
    write_draw(run / FOLDER / "base", Draw({}, 0))
    finish(run)
    marked = {one.measure: one.differs for one in read_assumed(run) if one.quintile is None and one.item is None}
    assert marked["ever_denied"] is True
    invent_study(run, DRAWS)
    finish(run)
    assert not any(one.differs for one in read_assumed(run))


def test_equal_values_share_their_rank() -> None:
    assert ranks(np.array([3.0, 1.0, 3.0, 2.0])).tolist() == [3.5, 1.0, 3.5, 2.0]


def test_rank_correlations_are_those_of_scipy() -> None:
    from scipy.stats import spearmanr

    dice = np.random.default_rng(2)
    values, drawn = dice.poisson(2.0, 40).astype(float), dice.random((40, 6))
    wanted = [spearmanr(values, column).statistic for column in drawn.T]
    assert correlations(values, drawn) == pytest.approx(wanted)


def test_studies_in_which_nothing_matters_seldom_tell_anything_apart() -> None:
    """Of 400 studies of 200 parameters, 20 at most may raise a false alarm; 34 is three standard errors above.

    Of 1,000 it was 52. Fewer than 6 would mean a threshold that finds nothing.
    """
    dice = np.random.default_rng(3)
    alarms = 0
    least = threshold(DRAWS, 200)
    for _ in range(400):
        drawn = np.stack([dice.permutation(DRAWS) for _ in range(200)], axis=1).astype(float)
        alarms += bool((np.abs(correlations(np.exp(3 * dice.normal(size=DRAWS)), drawn)) > least).any())
    assert 6 <= alarms <= 34, alarms


def test_a_parameter_with_half_of_the_spread_is_found_in_nine_of_ten_studies() -> None:
    """40 draws, and as many comparisons as the catalogue's largest experiment has; three in ten: in a third of them."""
    dice = np.random.default_rng(4)
    least = threshold(DRAWS, 1700)
    assert least == pytest.approx(0.61, abs=0.005)

    def found(part: float) -> int:
        seen = 0
        for _ in range(300):
            one = (dice.permutation(DRAWS) + dice.random(DRAWS)) / DRAWS
            values = np.sqrt(12 * part) * one + np.sqrt(1 - part) * dice.normal(size=DRAWS)
            seen += bool(abs(correlations(values, one[:, None])[0]) > least)
        return seen

    assert found(0.5) >= 255
    assert 60 <= found(0.3) <= 150
