"""What the page says to a regulator: claims beside what came out, and two articles of law without a verdict."""

import json
import re
from pathlib import Path

import pytest

from scorelab.measures import compute
from scorelab.report.context import Context, load
from scorelab.report.law import article_5, article_27
from scorelab.report.page import write
from scorelab.report.questions import asked
from tests.measures import village
from tests.measures.handmade import manifest, world, write_county, write_manifest
from tests.report.test_page import Page

CLAIMS = [
    {
        "claim": "S1",
        "says": "Whoever smokes on a train is put on a list.",
        "verdict": "garbled",
        "because": "a fine is documented, no list",
        "clauses": ["sources.staff", "rules.0", "sources.nobody.3"],
        "shown_by": [
            {"measure": "ever_denied"},
            {"measure": "no_such_measure"},
            {"measure": "needs_denied", "item": "train"},
        ],
    },
    {"claim": "S2", "says": "<b>Nobody</b> gets away.", "verdict": "unsupported", "because": "no rule was found"},
]


def claiming(folder: Path) -> Context:
    """The village, of whose scheme two things are claimed."""
    village.write(folder)
    file = folder / "manifest.json"
    contents = json.loads(file.read_text(encoding="utf-8"))
    for one in contents["resolved"]["worlds"]:
        one["schemes"] = [{**scheme, "claims": CLAIMS} for scheme in one["schemes"]]
    file.write_text(json.dumps(contents), encoding="utf-8")
    compute(folder)
    return load(folder)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    return claiming(tmp_path_factory.mktemp("claims"))


@pytest.fixture(scope="module")
def page(context: Context) -> Page:
    return Page(write(context.run.run_dir).read_text(encoding="utf-8"))


def test_a_claim_stands_beside_what_came_out_and_what_that_rests_on(page: Page) -> None:
    words = page.words.split("What was said, claim by claim")[-1]
    assert re.search(r"S1 Whoever smokes on a train is put on a list\. garbled : a fine is documented, no list", words)
    assert "Persons ever denied, 4,500" in words
    assert "Denied: Train ticket, " in words
    assert "2 of 2 numbers assumed" in words
    assert "no number with a stated basis" in words


def test_words_of_a_claim_stay_words(page: Page) -> None:
    """A claim is text from a file that anybody may have written."""
    assert "<b>Nobody</b> gets away." in page.words


def test_a_claim_of_what_is_not_there_is_left_out_and_breaks_nothing(page: Page) -> None:
    assert "no_such_measure" not in page.words and "no such measure" not in page.words


def test_verdicts_are_counted(context: Context) -> None:
    assert [one.answer for one in asked(context, "claims")] == ["0 of 2", "1 of 2", "1 of 2"]


def test_the_articles_are_answered_without_a_verdict(page: Page) -> None:
    law = page.words.split("For Article 5(1)(c) of the EU AI Act")[-1].split("Can these counts be trusted?")[0]
    assert law.count("No legal advice.") == 2
    assert not re.search(r"\b(compliant|complies|passes|fails|violat|prohibited|lawful use|allowed use)", law.lower())
    assert "A simulation cannot know this." in law


def test_each_content_of_article_27_says_what_it_cannot_know(context: Context) -> None:
    _, _, contents = article_27(context)
    rows = re.findall(r'<tr><th scope="row">\((\w)\)(.*?)</tr>', contents, flags=re.DOTALL)
    assert [letter for letter, _ in rows] == list("abcdef")
    for _, row in rows:
        cells = re.findall(r"<td>(.*?)</td>", row, flags=re.DOTALL)
        assert len(cells) == 2 and all(re.sub(r"<[^>]*>", "", cell).strip() for cell in cells)


def test_a_run_in_which_nothing_is_denied_has_its_articles_too(tmp_path: Path) -> None:
    """A report about a mild scheme must not break, nor hint at losses."""
    bare = {"format": 1, "scheme": "nothing", "title": "A scheme of nothing", "about": "", "in_force": "2018-01-01"}
    write_manifest(tmp_path, manifest([world("no-scheme", ()), world("as-written", (bare,))], 52))
    people = [{"quintile": "q1", "residence": "rural", "age": "18-29", "persons": 50, "adults": 50}]
    write_county(tmp_path, ("no-scheme", "as-written"), {"people": people})
    compute(tmp_path)
    context = load(tmp_path)
    for make in (article_5, article_27):
        assert "</table>" in make(context)[2]
    assert "No denials." in article_5(context)[2]
    assert "None was seen in this run." in article_27(context)[2]
