"""What was changed is told in words, and nothing is passed over in silence."""

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorelab.explorer.difference import differences
from scorelab.explorer.edit import Edit, edited_text
from scorelab.spec.find import CATALOGUE
from scorelab.spec.inplace import replaced, value_at
from scorelab.spec.text import parse
from scorelab.spec.texts import document_of

SCHEMES = {path.name: path.read_text(encoding="utf-8") for path in sorted((CATALOGUE / "schemes").glob("*.yaml"))}
ARTICLE = SCHEMES["as-reported.yaml"]
RAIL = SCHEMES["china-rail-2018.yaml"]
WORDS = st.sampled_from(["value", "range", "rules", "sources", "watches", "points", "when", "a", "lists", "note"])
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.text(max_size=70) | st.dates()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=15
)


def strict(value: Any) -> Any:
    """A value of which Python's equality says what the language means: true is not 1, and a date is no text."""
    if isinstance(value, dict):
        return {key: strict(item) for key, item in value.items()}
    if isinstance(value, list):
        return [strict(item) for item in value]
    kind = "number" if isinstance(value, int | float) and not isinstance(value, bool) else type(value).__name__
    return kind, value


def said(text: str, *edits: Edit) -> list[str]:
    before = parse(text.encode(), "x").data
    for edit in edits:
        text, _ = edited_text(text, edit)
    return differences(before, parse(text.encode(), "x").data)


@settings(max_examples=400, deadline=None)
@given(VALUES, VALUES)
def test_nothing_is_passed_over(before: Any, after: Any) -> None:
    """A difference that is not told is one that somebody publishes without knowing of it."""
    found = differences(before, after)
    assert bool(found) == (strict(before) != strict(after))
    assert all(isinstance(sentence, str) and sentence.strip() for sentence in found)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_single_change_of_a_scheme_is_told(data: st.DataObject) -> None:
    document = document_of("a.yaml", ARTICLE)
    paths = [path for path in document.values if path and not isinstance(value_at(document, path), dict | list)]
    path = data.draw(st.sampled_from(paths))
    old = value_at(document, path)
    new = (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int | float) else "another"
    changed = replaced(document, path, new)[1].data
    found = differences(document.data, changed)
    assert len(found) == 1, found
    assert differences(changed, document.data)
    assert differences(document.data, document.data) == []


@pytest.mark.parametrize(
    ("text", "edits", "sentences"),
    [
        (
            ARTICLE,
            [Edit("a.yaml", ("sources", "cameras", "mistakes", "matching", "false_match_rate"), 1e-6)],
            ["Source Cameras: False matches: 1 in 10 million → 1 in 1 million"],
        ),
        (ARTICLE, [Edit("a.yaml", ("lists", "redlist", "term_weeks"), 52)], ["Red list: Redlist: Term: 104 → 52"]),
        (
            ARTICLE,
            [Edit("a.yaml", ("rules", 2), None, "off")],
            ["Rule 3 (Breaking a traffic rule at the wheel) is switched off"],
        ),
        (
            ARTICLE,
            [Edit("a.yaml", ("rules", 2, "points"), -50)],
            ["Rule 3 (Breaking a traffic rule at the wheel): Points: -5 → -50"],
        ),
        (
            RAIL,
            [Edit("a.yaml", ("sources", "rail-staff", "mistakes"), None, "off")],
            ["Source Rail staff: It errs: switched off"],
        ),
        (
            RAIL,
            [Edit("a.yaml", ("lists", "rail-conduct", "published"), False)],
            ["List: Rail conduct: Published: yes → no"],
        ),
        (RAIL, [Edit("a.yaml", ("in_force",), "2019-05-01")], ["In force from: 2018-05-01 → 2019-05-01"]),
        (
            RAIL,
            [Edit("a.yaml", ("due_process", "appeal"), None, "on")],
            ["Appeal: put in"],
        ),
        (RAIL, [Edit("a.yaml", ("title",), "Trains")], ["Title: Train misconduct, China 2018 → Trains"]),
        (
            RAIL,
            [Edit("a.yaml", ("sources", "rail-staff", "watches", "scalping"), 0.5)],
            ["Source Rail staff: notices 'Scalping or making tickets': 0.0011 → 0.5"],
        ),
        (
            ARTICLE,
            [Edit("a.yaml", ("consequences", 12, "share"), 0.75)],
            ["Consequence 13 (Closed: A job): How much of it is closed: 0.5 → 0.75"],
        ),
    ],
)  # fmt: skip
def test_differences_are_told_in_plain_words(text: str, edits: list[Edit], sentences: list[str]) -> None:
    assert said(text, *edits) == sentences


def test_what_goes_along_is_told_as_well() -> None:
    found = said(ARTICLE, Edit("a.yaml", ("lists", "faith-breakers"), None, "off"))
    assert "List: Faith breakers is switched off" in found
    assert len(found) == 4


def test_notes_and_ranges_are_told() -> None:
    changed = RAIL.replace("range: [0, 2.8e-7]", "range: [0, 2.8e-6]").replace("note: 180 days", "note: half a year")
    found = differences(parse(RAIL.encode(), "x").data, parse(changed.encode(), "x").data)
    assert found == [
        "Source Rail staff: mistakes.per_year.range: 0, 1 in 3.57 million → 0, 1 in 357,000",
        "List: Rail conduct: note: 180 days → half a year",
    ]


def test_other_things_than_files_are_told_too() -> None:
    assert differences(None, {}) == ["The whole file: nothing → an empty clause"]
    assert differences({"a": datetime.date(2018, 1, 1)}, {"a": "2018-01-01"})
    assert differences({"a": 1}, {"a": 1.0}) == []
    assert differences({"a": "x" * 80 + "1"}, {"a": "x" * 80 + "2"})
