"""The page about the language says what the program does: its tables, its examples, its switches, its limits."""

import re
from pathlib import Path

from scorelab.spec import limits
from scorelab.spec.load import check, resolve
from scorelab.spec.reference import NOT_WRITTEN, chapters, flow, parts, rewritten, tabled
from scorelab.words import Switch

PAGE = Path(__file__).parents[2] / "docs" / "language.md"
TEXT = PAGE.read_text(encoding="utf-8")
COMMAND = "python -m scorelab.cli.reference docs/language.md"


def test_the_tables_are_those_of_the_models() -> None:
    assert rewritten(TEXT) == TEXT, f"the tables have drifted; make them anew with {COMMAND}"


def test_a_table_that_has_drifted_is_seen() -> None:
    assert rewritten(TEXT.replace("chance of being told of a record", "chance of nothing")) == TEXT
    assert COMMAND in TEXT


def test_every_model_has_one_table() -> None:
    assert sorted(tabled(TEXT)) == sorted(parts())


def test_every_key_says_what_it_means_and_has_an_example() -> None:
    for name, part in parts().items():
        for key, field in part.model.model_fields.items():
            assert field.description, f"{name}.{key}"
            assert key in NOT_WRITTEN or re.search(rf"^\| `{key}` \|.*[^| ] \|$", TEXT, re.MULTILINE), f"{name}.{key}"
    assert not re.findall(r"^\| `.*\|  \|$", TEXT, re.MULTILINE), "a key without an example, or without a meaning"


def test_the_examples_of_a_chapter_are_a_file_that_is_right(tmp_path: Path) -> None:
    """An example that does not pass the check teaches a fault."""
    found = chapters(TEXT)
    assert list(found) == ["scheme", "society", "experiment"]
    for kind, text in found.items():
        (tmp_path / f"{kind}.yaml").write_text(text)
    assert check([tmp_path / "scheme.yaml", tmp_path / "society.yaml"]) == []
    assert check([tmp_path / "experiment.yaml"]) == []
    assert len(resolve(str(tmp_path / "experiment.yaml")).worlds) == 7


def test_every_switch_is_explained_in_the_order_in_which_they_are() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \|$", TEXT, re.MULTILINE)
    assert rows == [switch.value for switch in Switch]


def test_the_page_knows_how_much_fits() -> None:
    table = dict(re.findall(r"^\| ([^|]+) \| (\d+) \|$", TEXT, re.MULTILINE))
    names = {
        "schemes over all worlds": limits.MOST_SCHEMES,
        "lists over all worlds": limits.MOST_LISTS,
        "sources over all worlds": limits.MOST_SOURCES,
        "rules in one world": limits.MOST_RULES,
        "rules with `after` or `at_most` in one world": limits.MOST_MEMORIES,
        "grades": limits.MOST_GRADES,
        "ways along ties in one world (a kind of tie with a list, or with grades)": limits.MOST_CHANNELS,
        "behaviours": limits.MOST_BEHAVIOURS,
        "services": limits.MOST_SERVICES,
        "behaviours, exposures and services together": limits.MOST_KINDS,
        "domains of behaviours": limits.MOST_BEHAVIOUR_DOMAINS,
        "domains of behaviours and services": limits.MOST_DOMAINS,
        "traits": limits.MOST_TRAITS,
        "attributes": limits.MOST_ATTRIBUTES,
        "groups of people": limits.MOST_GROUPS,
        "worlds": 8,
    }
    assert {name: int(value) for name, value in table.items()} == names


def test_a_value_is_written_as_yaml_has_it() -> None:
    assert flow({"a": [1, 0.5, True, "60+", "x y", "x: y"]}) == '{a: [1, 0.5, true, "60+", x y, "x: y"]}'
