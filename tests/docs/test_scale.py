"""The page on scale names tests, files and options that exist, and tables that a ledger has."""

from scorelab.ledger.columns import COUNTY_TABLES, TABLES
from scorelab.runs.country import GROUPS, sizes
from scorelab.spec.limits import LARGEST_COUNTY
from scorelab.spec.load import Options, resolve
from tests.docs.pages import DOCS, dead_links, text_of, unknown_tests, unknown_works

PAGE = DOCS / "scale.md"
TEXT = text_of(PAGE)


def test_links_tests_and_works_lead_somewhere() -> None:
    assert dead_links(PAGE) == []
    assert unknown_tests(TEXT) == []
    assert unknown_works(TEXT) == []


def test_the_tables_and_numbers_are_those_of_the_program() -> None:
    for table in COUNTY_TABLES:
        assert f"`{table}`" in TEXT
    assert f"the {len(TABLES)} tables" in TEXT and f"There are {GROUPS} groups" in TEXT
    assert f"{LARGEST_COUNTY:,} persons" in TEXT


def test_the_country_is_that_of_the_catalogue() -> None:
    """Sizes that the page tells must move with the society's file."""
    country = resolve("rail-and-defaulters", options=Options(scale="full")).society.country
    assert country is not None
    counties, persons = int(country.counties.value), int(country.persons.value)
    assert f"{counties:,} counties\nand {persons / 1e6:,.2f} million persons" in TEXT
    found = sorted(sizes(counties, persons, country.spread.value))
    assert f"{round(found[0], -3):,}" in TEXT and f"{round(found[counties // 2], -3):,}" in TEXT
    assert ", ".join(f"{size / 1e6:.1f}" for size in found[-3:-1]) + f" and {found[-1] / 1e6:.1f} million" in TEXT
