"""Each mechanism has its row, page, switch, code, twin and test; and what its page shows is right."""

import re
from pathlib import Path
from typing import get_args

import pytest
from ruamel.yaml import YAML

from scorelab.spec.load import check
from scorelab.spec.odd import slug
from scorelab.spec.scheme import Scheme, Source
from scorelab.spec.society import Society
from scorelab.spec.text import read
from scorelab.words import Switch
from tests.docs.pages import (
    DOCS,
    ROOT,
    codes,
    dead_links,
    examples,
    joined,
    links,
    merged,
    named_in,
    sections,
    table,
    text_of,
    unknown_tests,
    unknown_works,
)

FOLDER = DOCS / "mechanisms"
README = FOLDER / "README.md"
PAGES = sorted(set(FOLDER.glob("*.md")) - {README})
ROWS = table(text_of(README), "mechanism")
COLUMNS = ["mechanism", "what it does", "clause", "switch", "step", "kernel", "twin", "test", "page"]
PARTS = (
    *("What it means.", "How it is written.", "In the week.", "The numbers."),
    *("Switch.", "By hand.", "How it can mislead."),
)
SOURCE_OF_ITS_OWN = "source:NAME"
NO_SWITCH = "none"
SOCIETY = ROOT / "src" / "scorelab" / "catalogue" / "societies" / "china-2020.yaml"


def test_no_cell_is_empty() -> None:
    assert len(ROWS) > 50
    for row in ROWS:
        assert list(row) == COLUMNS
        assert [title for title, cell in row.items() if cell in ("", "–", "-")] == [], row["mechanism"]


def test_no_mechanism_stands_twice() -> None:
    names = [row["mechanism"] for row in ROWS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["mechanism"].replace(" ", "-"))
def test_what_a_row_names_is_there(row: dict[str, str]) -> None:
    """A page that sends a reader to a file or a test that was renamed proves nothing."""
    for column, folder in (("kernel", "src/scorelab/kernel"), ("twin", "tests/twin")):
        assert codes(row[column])
        for name in codes(row[column]):
            assert (ROOT / folder / name).is_file(), f"{column}: {name}"
    named = codes(row["test"])
    assert named
    for word in named:
        file, _, name = word.partition("::")
        assert name in named_in(ROOT / "tests" / file), word
    known = {switch.value for switch in Switch} | {SOURCE_OF_ITS_OWN}
    assert row["switch"] == NO_SWITCH or (codes(row["switch"]) and set(codes(row["switch"])) <= known), row["switch"]
    assert re.fullmatch(r"(week 0|\d+)(, \d+)*", row["step"]), row["step"]


def test_every_switch_is_in_some_row() -> None:
    named = {word for row in ROWS for word in codes(row["switch"])}
    assert named - {SOURCE_OF_ITS_OWN} == {switch.value for switch in Switch}


def test_every_kind_of_source_has_its_row() -> None:
    """The kind is a word for readers, so it is here that it must mean something."""
    kinds = set(get_args(Source.model_fields["kind"].annotation))
    named = {word for row in ROWS for word in codes(row["clause"])}
    assert {f"kind: {kind}" for kind in kinds} <= named


def test_links_lead_somewhere() -> None:
    for page in (README, *PAGES):
        assert dead_links(page) == [], page.name


def test_each_section_has_its_row_and_each_row_its_section() -> None:
    linked = {target for row in ROWS for target in links(row["page"])}
    headings = {f"{page.name}#{slug(heading)}" for page in PAGES for heading in sections(text_of(page))}
    assert linked == headings
    for row in ROWS:
        assert len(links(row["page"])) == 1, row["mechanism"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_section_says_everything(page: Path) -> None:
    for heading, text in sections(text_of(page)).items():
        places = [text.find(f"\n**{part}**") for part in PARTS]
        assert -1 not in places, f"{heading}: {PARTS[places.index(-1)]}"
        assert places == sorted(places), f"{heading}: in another order"
        assert examples(text), f"{heading}: no example"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_switch_that_a_section_explains_is_that_of_its_row(page: Path) -> None:
    for heading, text in sections(text_of(page)).items():
        [said] = re.findall(r"^\*\*Switch\.\*\*(.*?)(?=^\*\*)", text, re.MULTILINE | re.DOTALL)
        mine = [row for row in ROWS if links(row["page"]) == [f"{page.name}#{slug(heading)}"]]
        wanted = {word for row in mine for word in codes(row["switch"])}
        assert wanted <= set(codes(said)), heading
        assert wanted or said.strip().startswith("None"), heading


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_pass_the_check(page: Path, tmp_path: Path) -> None:
    """The parts of a scheme are one scheme, the parts of a society take their place in that of the catalogue."""
    scheme: list[str] = []
    society: list[str] = []
    for block in examples(text_of(page)):
        keys = set(merged([block]))
        of_scheme = keys <= set(Scheme.model_fields)
        assert of_scheme or keys <= set(Society.model_fields), keys
        (scheme if of_scheme else society).append(block)
    files = {"scheme": merged(scheme), "society": joined(read(SOCIETY).data, merged(society))}
    files["society"]["margins"] = "china-2020"
    for name, data in files.items():
        with (tmp_path / f"{name}.yaml").open("w", encoding="utf-8") as stream:
            YAML(typ="safe").dump(data, stream)
    assert [str(problem) for problem in check([tmp_path / f"{name}.yaml" for name in files])] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_tests_and_the_works_that_a_page_names_are_there(page: Path) -> None:
    assert unknown_works(text_of(page)) == []
    assert unknown_tests(text_of(page)) == []
    for heading, text in sections(text_of(page)).items():
        [told] = re.findall(r"^\*\*By hand\.\*\*(.*?)(?=^\*\*)", text, re.MULTILINE | re.DOTALL)
        assert re.search(r"`(tests/|test_)", told), f"{heading}: no test"
