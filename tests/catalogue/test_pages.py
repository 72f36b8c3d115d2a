"""The pages about schemes say what the files say: how much is cited, by what, and which claim stands where."""

import re
from pathlib import Path

import pytest

from scorelab.spec import bibliography
from scorelab.spec.find import CATALOGUE
from tests.catalogue.test_cited import SCHEMES, UNCITED, clauses, quantities, scheme

PAGES = Path(__file__).parents[2] / "docs" / "schemes"
NAMES = [*UNCITED, "as-reported"]
PARTS = ["What is documented", "What is assumed, and why", "What it leaves out", "What it gave"]
RESULTS = "<!-- results -->\n"
VERDICTS = ("documented", "garbled", "unsupported")


def _page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def cited(text: str) -> set[str]:
    """The ids in brackets of a page; a bracket before a parenthesis is a link."""
    found = re.findall(r"\[([A-Z][A-Z0-9, \n-]*)\](?!\()", text)
    return {word for bracket in found for word in re.split(r"[,\s]+", bracket)}


def _rows(text: str) -> list[list[str]]:
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_its_parts_and_room_for_results(name: str) -> None:
    text = _page(name)
    parts = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert parts == PARTS if name != "as-reported" else parts == PARTS[1:]
    assert text.count(RESULTS) == 1 and text.index(RESULTS) > text.index("## What it gave")
    assert f"schemes/{name}.yaml" in text


@pytest.mark.parametrize("name", [*NAMES, "README"])
def test_every_source_of_a_page_is_in_the_bibliography(name: str) -> None:
    assert cited(_page(name)) <= set(bibliography.load())


@pytest.mark.parametrize("name", UNCITED)
def test_a_page_says_how_much_of_its_file_rests_on_a_source(name: str) -> None:
    """A page that is not changed with its file would promise more than there is."""
    found = list(clauses(scheme(name)))
    numbers = [quantity for _, quantity in quantities(scheme(name))]
    known = sum(quantity.basis != "assumed" for quantity in numbers)
    said = " ".join(_page(name).split())
    assert f"Of its {len(found)} clauses and numbers {sum(bool(cite) for _, cite in found)} cite a source." in said
    assert f"Of the {len(numbers)} chances, rates and shares among them {known or 'none'} " in said


@pytest.mark.parametrize("name", UNCITED)
def test_what_a_file_cites_for_its_clauses_is_named_on_its_page(name: str) -> None:
    """What numbers lean on may be left to the file; what rules, lists and doors rest on may not."""
    said = cited(_page(name))
    for path, cite in clauses(scheme(name)):
        if re.match(r"(rules|lists|consequences|score|opt_in)\b[^.]*(\.[^.]*)?$", path):
            assert said & set(cite), path


def test_the_overview_names_every_page_and_every_page_is_about_a_scheme() -> None:
    links = {row[0].split("]")[0].strip("[") for row in _rows(_page("README"))}
    pages = {path.stem for path in PAGES.glob("*.md")} - {"README"}
    assert set(NAMES) <= pages == links == set(SCHEMES)


def test_every_claim_of_the_article_has_a_row_with_one_verdict_and_a_place() -> None:
    rows = _rows(_page("as-reported"))
    assert [row[0] for row in rows] == [f"S{number}" for number in range(1, 17)]
    text = (CATALOGUE / "schemes" / "as-reported.yaml").read_text(encoding="utf-8")
    claimed = {int(number) for number in re.findall(r"\bS(\d+)\b", text)}
    assert claimed == set(range(1, 17))
    article = scheme("as-reported")
    for claim, _, place, verdict, why in rows:
        assert verdict in VERDICTS, claim
        assert cited(why) or verdict == "unsupported" or claim == "S11", claim
        for word in re.findall(r"`([a-z-]+)`", place):
            assert word in text, f"{claim}: {word}"
    for number, rule in enumerate(article.rules, 1):
        for claim in re.findall(r"\bS\d+\b", rule.note):
            assert _named(rows[int(claim[1:]) - 1][2], "rule", number), f"{claim}: rule {number}"
    for number, clause in enumerate(article.consequences, 1):
        for claim in re.findall(r"\bS\d+\b", clause.note):
            assert _named(rows[int(claim[1:]) - 1][2], "consequence", number), f"{claim}: consequence {number}"


def _named(place: str, what: str, number: int) -> bool:
    """Whether ``rules 3 to 5, 12 and 15`` names a number."""
    for said in re.findall(rf"{what}s? ((?:\d+|to|and|,|\s)+)", place):
        for low, high in re.findall(r"(\d+)(?: to (\d+))?", said):
            if int(low) <= number <= int(high or low):
                return True
    return False
