"""Marginal tables: what is refused, with which words, and that nothing is lost on the way to JSON and back."""

import itertools
import json
import math
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from scorelab.errors import InputError
from scorelab.spec.margins import AGE_BANDS, LARGEST_FILE, MARGINS, Margins, load_margins
from scorelab.words import Quintile, Residence
from tests.society.conftest import CHINA

WRONG = Path(__file__).parent / "wrong"


def _messages(folder: Path) -> str:
    with pytest.raises(InputError) as caught:
        load_margins(folder)
    return "".join(f"{problem}\n" for problem in caught.value.problems)


@pytest.mark.parametrize("case", sorted(path.name for path in WRONG.iterdir()))
def test_a_wrong_table_is_refused_with_these_words(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One fault each, put over the shipped tables; would catch a fault that passes or a message that changes."""
    shutil.copytree(CHINA, tmp_path / "margins", ignore=shutil.ignore_patterns("*.yaml"))
    for path in (WRONG / case).iterdir():
        if path.suffix == ".csv":
            shutil.copy(path, tmp_path / "margins" / path.name)
        elif path.name == "remove.txt":
            for name in path.read_text().split():
                (tmp_path / "margins" / name).unlink()
    monkeypatch.chdir(tmp_path)
    expected = (WRONG / case / "expected.txt").read_text(encoding="utf-8")
    assert _messages(Path("margins")) == expected


def test_there_are_enough_wrong_tables() -> None:
    assert len(list(WRONG.iterdir())) >= 30


def test_a_file_that_is_too_large_for_a_margin_is_not_read(tmp_path: Path) -> None:
    """A list of people would come as a long file: it is refused before it is looked at."""
    shutil.copytree(CHINA, tmp_path / "margins")
    with (tmp_path / "margins" / "sex.csv").open("a") as file:
        file.write("male,0.1,documented,P3,\n" * (LARGEST_FILE // 20))
    assert "larger than 65,536 bytes; a margin has 2 rows. scorelab takes no person-level data" in _messages(
        tmp_path / "margins"
    )


def test_a_source_is_cited_by_its_ids_or_in_words(tmp_path: Path) -> None:
    """Words taken for ids would each be refused, or stand alone in the report: 'Smith' and '2019'."""
    shutil.copytree(CHINA, tmp_path / "margins")
    sex = tmp_path / "margins" / "sex.csv"
    lines = sex.read_text().split("\n")
    lines[1:3] = ["female,0.4876,documented,P3 P1,", "male,0.5124,documented,Smith 2019 table 2,"]
    sex.write_text("\n".join(lines))
    rows = {row.category: row.cite for row in load_margins(tmp_path / "margins").rows if row.margin == "sex"}
    assert rows == {"female": ("P3", "P1"), "male": ("Smith 2019 table 2",)}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "there is no such folder of margins" in _messages(tmp_path / "nowhere")


def test_json_and_back_is_the_same(margins: Margins) -> None:
    assert Margins.from_json(json.loads(json.dumps(margins.to_json()))) == margins


@pytest.mark.parametrize("fault", ["format", "row", "share", "category", "missing", "nan"])
def test_json_that_is_not_margins_is_refused(margins: Margins, fault: str) -> None:
    """A manifest that somebody edited must not become a society that nobody described."""
    data = margins.to_json()
    if fault == "format":
        data["format"] = 2
    elif fault == "row":
        data["rows"][3] = "age"
    elif fault == "share":
        data["rows"][3]["share"] += 0.1
    elif fault == "category":
        data["rows"][3]["category"] = "Li Wei"
    elif fault == "nan":
        data["rows"][3]["share"] = math.nan
    else:
        del data["rows"][3]
    with pytest.raises(InputError):
        Margins.from_json(data)


def test_every_share_of_the_shipped_society_says_why(margins: Margins) -> None:
    assert len(margins.rows) == sum(len(categories) for categories in MARGINS.values())
    for row in margins.rows:
        assert row.cite if row.basis in ("documented", "derived") else row.note, row


def test_published_totals_that_the_finer_rows_must_keep(margins: Margins) -> None:
    """P2: 0-14, 60 and older, 65 and older; P7: mean household size 2.62 (counting 8 for eight and more)."""
    ages = dict(zip(AGE_BANDS, margins.shares("age"), strict=True))
    assert sum(share for (_, last), share in ages.items() if last < 15) == pytest.approx(0.1795, abs=2e-4)
    assert sum(share for (first, _), share in ages.items() if first >= 60) == pytest.approx(0.1870, abs=2e-4)
    assert sum(share for (first, _), share in ages.items() if first >= 65) == pytest.approx(0.1350, abs=2e-4)
    mean = sum(size * share for size, share in enumerate(margins.shares("household-size"), 1))
    assert mean == pytest.approx(2.62, abs=0.01)


FIFTHS = (9_215, 20_442, 32_195, 50_220, 95_055)
"""P12: mean income of each fifth, yuan a head, 2023."""
SPREAD = (0.6250, 0.8155)
"""Standard deviations of the logarithm, urban and rural, that fit the fifths."""


def _normal(z: float) -> float:
    return 0.5 * (1 + math.erf(z / math.sqrt(2)))


def _parts(spread: tuple[float, float]) -> tuple[tuple[float, float, float], ...]:
    """Share, mean and spread of the urban and the rural; P5: 63.89 % urban; P13: 51,821 and 21,691 yuan a head."""
    urban, ratio = 0.6389, 51_821 / 21_691
    rural_mean = 1 / (urban * ratio + 1 - urban)
    return ((urban, ratio * rural_mean, spread[0]), (1 - urban, rural_mean, spread[1]))


def _gini(parts: Sequence[tuple[float, float, float]]) -> float:
    """Half the mean difference of two incomes of a mixture of lognormals with mean 1."""
    half = 0.0
    for (v, m, s), (w, n, r) in itertools.product(parts, repeat=2):
        apart, both = math.log(m / n) - (s * s - r * r) / 2, math.hypot(s, r)
        difference = m * (2 * _normal((apart + s * s) / both) - 1) + n * (2 * _normal((r * r - apart) / both) - 1)
        half += v * w * difference / 2
    return half


def _mixture(spread: tuple[float, float]) -> tuple[list[float], list[float]]:
    """Urban share of the persons and mean income of each fifth, from two lognormal incomes of overall mean 1."""
    parts = _parts(spread)

    def below(income: float) -> list[tuple[float, float]]:
        found = []
        for share, mean, sigma in parts:
            z = (math.log(income / mean) + sigma * sigma / 2) / sigma
            found.append((share * _normal(z), share * mean * _normal(z - sigma)))
        return found

    cuts = [[(0.0, 0.0), (0.0, 0.0)]]
    for fifth in (0.2, 0.4, 0.6, 0.8):
        low, high = 1e-3, 50.0
        for _ in range(70):
            middle = (low + high) / 2
            low, high = (middle, high) if sum(persons for persons, _ in below(middle)) < fifth else (low, middle)
        cuts.append(below(low))
    cuts.append([(share, share * mean) for share, mean, _ in parts])
    urban_shares = [b[0][0] - a[0][0] for a, b in itertools.pairwise(cuts)]
    means = [(b[0][1] + b[1][1] - a[0][1] - a[1][1]) / 0.2 for a, b in itertools.pairwise(cuts)]
    return urban_shares, means


def _distance(spread: tuple[float, float]) -> float:
    scale = sum(FIFTHS) / 5
    return sum(math.log(m * scale / p) ** 2 for m, p in zip(_mixture(spread)[1], FIFTHS, strict=True))


def test_incomes_behind_the_fifths_are_less_unequal_than_the_official_figure() -> None:
    """P14: 0.465; P15: the means of the fifths alone imply 0.389, and no mixture fitted to them comes up to P14.

    So nothing here may be compared with the official coefficient: people have fifths, and no incomes.
    """
    by_fifths = sum((2 * place - 4) / 5 * income for place, income in enumerate(FIFTHS)) / sum(FIFTHS)
    assert by_fifths == pytest.approx(0.389, abs=5e-4)
    assert _gini([(1.0, 1.0, 0.88)]) == pytest.approx(math.erf(0.44))
    assert _gini(_parts(SPREAD)) == pytest.approx(0.416, abs=5e-4)


def test_income_fifths_by_residence_are_those_of_the_fitted_mixture(margins: Margins) -> None:
    """P15: two lognormals fitted to the published means of the fifths. No nearby pair of spreads fits better."""
    best = _distance(SPREAD)
    assert best < 6e-4  # each mean within 2 %
    for other in ((0.635, 0.8155), (0.615, 0.8155), (0.625, 0.8255), (0.625, 0.8055)):
        assert _distance(other) > best
    shares = margins.shares("income")
    urban = shares[Residence.urban * len(Quintile) : len(Quintile)]
    assert urban == pytest.approx(_mixture(SPREAD)[0], abs=2e-4)
    assert [a + b for a, b in zip(urban, shares[5:], strict=True)] == pytest.approx([0.2] * 5)
