"""The page of two runs: it names what differs, says what that comes to, and advises nothing."""

from pathlib import Path
from typing import Any

import pytest

import scorelab
from scorelab.measures import compute
from scorelab.report.beside import NO_ADVICE, html, load
from scorelab.report.beside_words import findings, outcome
from scorelab.report.schemes import aspects
from tests.cli.command import inside
from tests.measures.handmade import LAW
from tests.measures.pair import constant, copy
from tests.report.test_page import Page


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("beside")
    window = {"due_process": {"told": 0.5}, "scheme": "kinder-law", "title": "A kinder law"}
    a = constant(folder / "a", 5)
    b = constant(folder / "b", 2, **window, lists={"black": {"term_weeks": 13}, "never": {"term_weeks": 4}})
    for run in (a, b):
        compute(run)
    return a, b


@pytest.fixture(scope="module")
def source(runs: tuple[Path, Path]) -> str:
    return html(load(*runs))


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_a_page_of_two_runs_stands_by_itself(page: Page) -> None:
    assert page.unbalanced == [] and page.open == []
    assert not any(name in attributes for _, attributes in page.tags for name in ("src", "srcset", "data", "action"))
    assert all((link["href"] or "").startswith("#") for link in page.of("a"))
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert {(link["href"] or "")[1:] for link in page.of("a")} <= set(ids)
    assert any((meta.get("content") or "").startswith("default-src 'none'") for meta in page.of("meta"))


def test_it_says_which_is_which_what_differs_and_that_nothing_is_advised(page: Page) -> None:
    words = page.words
    assert "A: 5 more." in words and "B: A kinder law." in words
    assert NO_ADVICE in words and "only net differences stand here" in words
    assert "black: 26 weeks" in words and "black: 13 weeks" in words
    assert "50 % are told of a record" in words
    assert "The same in both: in force, watches, score, what a record leads to, closes, opens." in words


def test_findings_have_both_numbers_and_their_difference(runs: tuple[Path, Path]) -> None:
    said = findings(load(*runs))
    assert "Under A 53,500 of 100,000 persons are ever denied anything, under B 50,500: 3,000 fewer under B." in said, (
        said
    )


def test_a_difference_whose_interval_has_zero_in_it_is_not_told_as_one(runs: tuple[Path, Path]) -> None:
    pair = load(*runs)
    row = pair.one("ever_denied")
    assert row is not None
    unsure = row._replace(difference=12.0, low=-20.0, high=44.0)
    assert outcome(unsure) == "the two cannot be told apart (B less A −12, −44 to 20)"
    assert outcome(row._replace(difference=-12.0, low=-20.0, high=-4.0)) == "12 more under B (4 to 20)"
    assert outcome(row._replace(difference=0.0, low=None, high=None)) == "as many in both"
    few = row._replace(
        difference=12.0, low=None, high=None, interval_method="none: fewer than 10 of the units have any"
    )
    assert outcome(few) == "12 fewer under B, by too few cases to say how far chance reaches"


def test_equal_worlds_are_said_to_be_equal(runs: tuple[Path, Path], tmp_path: Path) -> None:
    def renamed(resolved: dict[str, Any]) -> None:
        resolved["title"] = "Another name"

    same = load(runs[0], copy(runs[0], tmp_path / "same", renamed))
    assert findings(same) == ["The two worlds are the same in everything but their names, and nothing in them differs."]
    assert "Nothing: the two worlds are the same in everything but their names." in Page(html(same)).words


def test_words_of_a_scheme_cannot_break_the_page(runs: tuple[Path, Path], tmp_path: Path) -> None:
    wild = "<script>alert(1)</script> & 'quotes'"
    b = constant(tmp_path / "b", 2, title=wild, about=wild)
    found = html(load(runs[0], b))
    assert "<script>alert" not in found and Page(found).unbalanced == []


def test_every_clause_of_a_scheme_is_told_in_words(runs: tuple[Path, Path]) -> None:
    pair = load(*runs)
    told = aspects(pair.a, pair.focus[0])
    assert told["Closes"][0] == "on black, for the person: train ticket, hotel room"
    assert told["Opens"] == ["grade good, for the person: school place"]
    assert told["Score"] == ["begins at 100, from 0 to 150; grades poor, fair, good"]
    assert (
        "smoking on a train, not paying a judgment: −10 points, onto the list black"
        in told["What a record leads to"][0]
    )
    assert len(told["Watches"]) == len(LAW["sources"])


def test_two_folders_give_a_page_a_table_and_a_frame(runs: tuple[Path, Path], tmp_path: Path) -> None:
    a, b = map(str, runs)
    page = tmp_path / "page.html"
    done = inside("report", a, b, "--out", str(page))
    assert done.returncode == 0, done.stderr
    assert "persons ever denied" in done.stdout and "A less B" in done.stdout
    assert done.stdout.splitlines()[-1] == str(page) and page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    found = scorelab.beside(a, b)
    assert len(inside("report", a, b, "--format", "csv", "--out", str(tmp_path / "t.csv")).stdout) > 0
    assert len((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()) == len(found.measures) + 1
    (row,) = found.measures.query(
        "measure == 'ever_denied' and quintile.isna() and residence.isna() and age.isna()"
    ).difference
    assert row == pytest.approx(3000.0)
    assert found.path(".html").name == "beside-tiny-tiny.html"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--out", "x.html"], "--out: it belongs to the report of two runs; that of one goes into its folder"),
        (["B", "B"], "DIR: a report is of one run or of two, not of 3"),
        (["B", "--format", "tables"], "--format tables: it is of one run; csv writes the numbers of two"),
        (["B", "--worlds", "placebo"], "--worlds: the name of a world of each run was expected"),
        (["B", "--worlds", "as-written,plcebo"], "no world 'plcebo' in"),
        (["nowhere"], "nowhere is not the folder of a run"),
    ],
)
def test_what_cannot_be_set_beside_each_other_is_refused(runs: tuple[Path, Path], words: list[str], said: str) -> None:
    done = inside("report", str(runs[0]), *(str(runs[1]) if word == "B" else word for word in words))
    assert done.returncode == 1 and said in done.stderr
