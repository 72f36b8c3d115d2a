"""The model's page says what the program does: its numbers, symbols and constants, and where each is used."""

import ast
import inspect
import re
from importlib import import_module

import pytest

from scorelab.cli.constants import CONSTANTS, told, value
from scorelab.cli.reference import rewritten
from scorelab.spec.bounds import SCHEME_BOUNDS, SOCIETY_BOUNDS
from scorelab.spec.find import MODELS, catalogue, opened
from scorelab.spec.odd import PEOPLE, USES, numbers, pattern_of, slug, symbol, tabled
from scorelab.spec.society import Society
from tests.docs.pages import DOCS, anchors, dead_links, text_of, unknown_tests, unknown_works

PAGE = DOCS / "odd.md"
TEXT = text_of(PAGE)
COMMAND = "python -m scorelab.cli.reference docs/odd.md"
SOCIETY = "china-2020"
ELEMENTS = (
    *("1 Purpose and patterns", "2 Entities, state variables and scales", "3 Process overview and scheduling"),
    *("4 Design concepts", "5 Initialisation", "6 Input data", "7 Submodels"),
)
CONCEPTS = (
    *("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing"),
    *("Interaction", "Stochasticity", "Collectives", "Observation"),
)


def test_the_tables_are_those_of_the_program() -> None:
    assert rewritten(TEXT) == TEXT, f"the tables have drifted; make them anew with {COMMAND}"


def test_a_table_that_has_drifted_is_seen() -> None:
    """The command that puts it right stands on the page."""
    drifted = re.sub(r"^(\| `undeterrable` \| `α` \| share \|) [\d.]+ \|", r"\1 0.77 |", TEXT, flags=re.MULTILINE)
    assert drifted != TEXT
    assert rewritten(drifted) == TEXT
    assert COMMAND in TEXT


def test_the_elements_and_the_concepts_stand_in_their_order() -> None:
    headings = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert [heading for heading in headings if heading[0].isdigit()] == list(ELEMENTS)
    [concepts] = re.findall(r"^## 4 .*?(?=^## 5 )", TEXT, re.MULTILINE | re.DOTALL)
    assert re.findall(r"^\*\*([\w ]+)\.\*\*", concepts, re.MULTILINE) == list(CONCEPTS)


def test_every_number_of_the_society_stands_in_some_table() -> None:
    [entry] = [one for one in catalogue() if (one.kind, one.name) == ("society", SOCIETY)]
    society = Society.model_validate(opened(entry.path).data)
    parts = {way[0] if len(way) > 1 else PEOPLE for way, _ in numbers(society)}
    assert {f"numbers of {SOCIETY}.{part}" for part in parts} <= set(tabled(TEXT))
    assert {"numbers of schemes", "grounds of catalogue", f"margins of {SOCIETY}"} <= set(tabled(TEXT))


def test_every_number_that_a_file_can_say_has_a_symbol_of_its_own_and_a_submodel() -> None:
    """Two numbers with one letter make formulas that say two things."""
    assert set(USES) == {*SOCIETY_BOUNDS, *SCHEME_BOUNDS}
    symbols = [symbol(pattern) for pattern in USES]
    assert sorted(symbols) == sorted(set(symbols))
    for pattern, use in USES.items():
        assert slug(use.submodel) in anchors(PAGE), pattern


def test_every_number_of_the_catalogue_has_bounds_and_so_a_unit() -> None:
    bounds = {"scheme": SCHEME_BOUNDS, "society": SOCIETY_BOUNDS}
    for entry in catalogue():
        if entry.kind in bounds:
            for way, _ in numbers(MODELS[entry.kind].model_validate(opened(entry.path).data)):
                assert pattern_of(way, bounds[entry.kind])


def test_symbols_are_used_where_they_are_said_to_be() -> None:
    """A parameter that no formula of its submodel has is not described."""
    for pattern, use in USES.items():
        [text] = re.findall(rf"^### {re.escape(use.submodel)}$(.*?)(?=^##)", TEXT, re.MULTILINE | re.DOTALL)
        assert symbol(pattern) in text, f"{'.'.join(pattern)}: {symbol(pattern)} in {use.submodel}"


@pytest.mark.parametrize("module", sorted({constant.module for constant in CONSTANTS}))
def test_every_constant_that_a_module_explains_is_in_the_table(module: str) -> None:
    """A constant that nobody lists is a parameter that nobody sees."""
    body = ast.parse(inspect.getsource(import_module(f"scorelab.{module}"))).body
    assigned = {
        node.targets[0].id for node in body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    listed = {constant.name for constant in CONSTANTS if constant.module == module}
    here = import_module(f"scorelab.{module}")
    explained = {name for name in told(module) if name[0] != "_" and isinstance(getattr(here, name), int | float)}
    assert explained & assigned <= listed


def test_every_constant_has_a_value() -> None:
    for constant in CONSTANTS:
        assert isinstance(value(constant), int | float), constant


def test_links_tests_and_works_lead_somewhere() -> None:
    assert dead_links(PAGE) == []
    assert unknown_tests(TEXT) == []
    assert unknown_works(TEXT) == []
