"""The sixteen claims: each has a verdict, clauses that name it, measures that show it, and tests that are there."""

import re
from typing import Any

import pytest

from scorelab.measures import measures
from scorelab.spec.find import CATALOGUE
from scorelab.spec.text import read
from tests.docs.pages import (
    DOCS,
    ROOT,
    codes,
    dead_links,
    links,
    named_in,
    table,
    text_of,
    unknown_tests,
    unknown_works,
)

PAGE = DOCS / "claims.md"
ROWS = table(text_of(PAGE), "claim")
COLUMNS = ["claim", "it says", "verdict", "clause", "mechanism", "measure", "test", "page"]
VERDICTS = ("documented", "garbled", "unsupported")
SCHEME = CATALOGUE / "schemes" / "as-reported.yaml"
DATA = read(SCHEME).data
NO_CLAUSE = "S16"
"""The one claim that is about the whole."""


def _marks() -> dict[str, set[str]]:
    """Claim -> paths of the clauses whose note names it, or whose part has it in a comment above."""
    found: dict[str, set[str]] = {}
    for path, value in _clauses(DATA):
        for claim in re.findall(r"\bS\d+\b", str(value.get("note", ""))):
            found.setdefault(claim, set()).add(path)
    text = SCHEME.read_text(encoding="utf-8")
    for comment, key in re.findall(r"^# (S\d+.*)\n(?:#.*\n)*(\w+):", text, re.MULTILINE):
        for claim in re.findall(r"\bS\d+\b", comment):
            found.setdefault(claim, set()).add(key)
    return found


def _clauses(value: Any, path: tuple[str, ...] = ()) -> list[tuple[str, dict[str, Any]]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    here = [(".".join(path), value)] if isinstance(value, dict) and path else []
    return here + [one for key, item in items for one in _clauses(item, (*path, str(key)))]


def _at(path: str) -> Any:
    here: Any = DATA
    for part in path.split("."):
        here = here[int(part)] if isinstance(here, list) else here[part]
    return here


def test_there_are_sixteen_and_no_cell_is_empty() -> None:
    assert [row["claim"] for row in ROWS] == [f"S{number}" for number in range(1, 17)]
    for row in ROWS:
        assert list(row) == COLUMNS
        assert [title for title, cell in row.items() if cell in ("", "–", "-")] == [], row["claim"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["claim"])
def test_each_claim_has_a_verdict_with_its_grounds(row: dict[str, str]) -> None:
    verdict, _, grounds = row["verdict"].partition(": ")
    assert verdict in VERDICTS and grounds
    assert unknown_works(grounds) == []


def test_the_page_of_the_scheme_has_the_same_verdicts() -> None:
    told = table(text_of(DOCS / "schemes" / "as-reported.md"), "claim")
    assert {row["claim"]: row["verdict"] for row in told} == {
        row["claim"]: row["verdict"].partition(": ")[0] for row in ROWS
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["claim"])
def test_the_clauses_of_a_claim_are_those_that_name_it(row: dict[str, str]) -> None:
    """A rule that is put in between moves all that follow; a clause that nobody lists is a claim left untold."""
    paths = codes(row["clause"])
    for path in paths:
        assert _at(path), path
    marked = _marks().get(row["claim"], set())
    if row["claim"] == NO_CLAUSE:
        assert not marked
        return
    parts = {"sources", "campaigns"}  # parts of which a comment speaks as a whole, beside their own notes
    assert marked - parts <= set(paths)
    assert set(paths) <= marked


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["claim"])
def test_what_a_claim_leads_to_is_there(row: dict[str, str]) -> None:
    known = {measure.name for measure in measures()}
    assert codes(row["measure"]) and set(codes(row["measure"])) <= known
    for word in codes(row["test"]):
        file, _, name = word.partition("::")
        assert name in named_in(ROOT / file), word
    assert codes(row["test"])
    assert links(row["mechanism"]) and all("#" in target for target in links(row["mechanism"]))
    assert links(row["page"])


def test_links_and_tests_lead_somewhere() -> None:
    assert dead_links(PAGE) == []
    assert unknown_tests(text_of(PAGE)) == []


def _folded(words: str) -> str:
    return " ".join(words.replace("*", "").split())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["claim"])
def test_the_scheme_tells_its_claims_as_this_page_does(row: dict[str, str]) -> None:
    """A report that sets another verdict beside a claim than the page would be believed."""
    claim = next(one for one in DATA["claims"] if one["claim"] == row["claim"])
    verdict, _, grounds = row["verdict"].partition(": ")
    assert claim["verdict"] == verdict
    assert _folded(claim["says"]) == _folded(row["it says"])
    assert _folded(claim["because"]) == _folded(grounds)
    assert list(claim["clauses"]) == codes(row["clause"])
    assert claim["shown_by"]
    assert {one["measure"] for one in claim["shown_by"]} <= {measure.name for measure in measures()}
