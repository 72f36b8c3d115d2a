"""The pages on measures and intervals are those of the program, and what they name exists."""

import re

import pytest

from scorelab.cli.reference import rewritten
from scorelab.measures import measures
from tests.docs.pages import DOCS, ROOT, codes, dead_links, table, text_of

PAGE = DOCS / "measures.md"
TEXT = text_of(PAGE)
COMMAND = "python -m scorelab.cli.reference docs/measures.md"
NAMES = {entry.name for entry in measures()}


def test_the_register_is_that_of_the_program() -> None:
    assert rewritten(TEXT) == TEXT, f"the register has drifted; make it anew with {COMMAND}"
    assert COMMAND in TEXT


def test_a_register_that_has_drifted_is_seen() -> None:
    drifted = TEXT.replace("- Unit: per 100,000 adults", "- Unit: per 100 adults", 1)
    assert drifted != TEXT and rewritten(drifted) == TEXT


def test_every_measure_stands_on_the_page_once() -> None:
    assert sorted(re.findall(r"^\*\*`(\w+)`\*\*", TEXT, re.MULTILINE)) == sorted(NAMES)


def test_every_trap_names_a_test_that_exists() -> None:
    defined = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)\(", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    rows = table(TEXT, "trap")
    assert len(rows) > 10
    for row in rows:
        assert set(codes(row["test"])) <= defined and row["test"], row["trap"]


def test_every_question_names_measures_that_exist() -> None:
    for row in table(TEXT, "question"):
        named = {word for word in codes(row["measures"]) if "_" in word}
        assert named and named <= NAMES, row["question"]


@pytest.mark.parametrize("name", ["measures.md", "intervals.md"])
def test_links_lead_somewhere(name: str) -> None:
    assert not dead_links(DOCS / name)
    assert f"docs/{name}" in text_of(ROOT / "README.md")
