"""Edits keep every other byte, and what is switched off comes back as it was."""

import datetime
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorelab.errors import InputError
from scorelab.explorer.edit import Action, Edit, edited, edited_files, edited_text, put_off, put_on, set_value
from scorelab.explorer.off import OFF, offs, switched_off, switched_on
from scorelab.spec.find import CATALOGUE
from scorelab.spec.inplace import span_of, value_at, written
from scorelab.spec.text import Document, Path, parse
from scorelab.spec.texts import check_texts, document_of

SCHEMES = {path.name: path.read_text(encoding="utf-8") for path in sorted((CATALOGUE / "schemes").glob("*.yaml"))}
RAIL = SCHEMES["china-rail-2018.yaml"]
ARTICLE = SCHEMES["as-reported.yaml"]
SWITCHES = ("sources", "lists", "rules", "consequences", "campaigns")


def parts(document: Document) -> list[Path]:
    """Everything of a scheme that a page offers to switch off."""
    found: list[Path] = []
    for key in SWITCHES:
        here = document.data.get(key)
        found += [(key, part) for part in (here if isinstance(here, dict) else range(len(here or [])))]
    process = document.data.get("due_process") or {}
    found += [("due_process", part) for part in ("window", "appeal", "told") if part in process]
    for name, source in document.data.get("sources", {}).items():
        found += [("sources", name, part) for part in ("mistakes", "review", "attention") if part in source]
    for name, clause in document.data.get("lists", {}).items():
        found += [("lists", name, part) for part in ("repeat", "repair") if part in clause]
    return found


def last_off(before: Document, after: Document) -> Path:
    """The path by which what was switched off by hand is called."""
    known = {off.first for off in offs(before)}
    new = [off for off in offs(after) if not off.also and off.first not in known]
    return (*new[0].parent, OFF, new[0].first + 1)


@pytest.mark.parametrize("name", SCHEMES)
def test_off_and_on_again_gives_the_same_bytes(name: str) -> None:
    """A line that is lost, or a mark that stays, would be somebody's work gone."""
    document = document_of(name, SCHEMES[name])
    every = parts(document)
    for path in every[:: max(1, len(every) // 5)]:
        off, _ = put_off(document, path)
        assert off.text != document.text
        on, _ = put_on(off, last_off(document, off))
        assert on.text == document.text, path


@pytest.mark.parametrize("name", ["as-reported.yaml", "china-rail-2018.yaml", "spc-defaulters-2013.yaml"])
def test_what_rests_on_what_is_off_goes_with_it(name: str) -> None:
    """A teacher who takes one source away should not get twenty faults for it."""
    document = document_of(name, SCHEMES[name])
    for path in parts(document)[::4]:
        off, notes = put_off(document, path)
        said = check_texts({name: off.text}, name)
        assert said == [], (path, notes)


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_several_parts_off_and_on_in_any_order(data: st.DataObject) -> None:
    document = start = document_of("china-rail-2018.yaml", RAIL)
    for _ in range(data.draw(st.integers(1, 4))):
        choices = parts(document)
        if choices:
            document = switched_off(document, data.draw(st.sampled_from(choices)))
    while offs(document):
        document = switched_on(document, data.draw(st.sampled_from(offs(document))))
    assert document.text == start.text


def test_everything_off_one_after_another_and_on_again() -> None:
    document = start = document_of("china-rail-2018.yaml", RAIL)
    while parts(document):
        document, _ = put_off(document, parts(document)[0])
    assert document.data["sources"] == {}
    for _ in range(99):
        by_hand = [off for off in offs(document) if not off.also]
        if not by_hand:
            break
        document, _ = put_on(document, (*by_hand[-1].parent, OFF, by_hand[-1].first + 1))
    assert document.text == start.text


FLOW = """format: 1 # one
scheme: small
title: Small
about: Small.
in_force: 2018-01-01
sources:
  guards: {kind: staff, watches: {a: 0.5}, mistakes: {exposure: x, per_year: 1}, review: {keeps_true: 1}} # g
lists: {short: {term_weeks: 4, repair: {after_weeks: 1, per_year: 2}}, long: {term_weeks: 9}}
rules:
- {when: [a, b], onto: short}
- when: [b]
  onto: long
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "path",
    [
        ("sources", "guards", "mistakes"), ("sources", "guards", "review"), ("sources", "guards"), ("lists", "short"),
        ("lists", "long"), ("lists", "short", "repair"), ("rules", 0), ("rules", 1), ("rules", 0, "when", 1),
        ("rules", 1, "onto"),
    ],
)  # fmt: skip
def test_parts_in_braces_are_switched_as_well(path: Path, end: str) -> None:
    document = document_of("small.yaml", FLOW.replace("\n", end))
    off = switched_off(document, path)
    (one,) = offs(off)
    assert (one.parent, one.value) == (path[:-1], value_at(document, path))
    assert one.key == (path[-1] if isinstance(path[-1], str) else None)
    assert switched_on(off, one).text == document.text
    assert "#off#" in off.text


def test_what_is_changed_while_a_part_is_off_stays_changed() -> None:
    document = document_of("small.yaml", FLOW)
    off = switched_off(document, ("sources", "guards", "mistakes"))
    off = set_value(off, ("sources", "guards", "review", "keeps_true"), 0.25)
    on = switched_on(off, offs(off)[0])
    assert on.text == FLOW.replace("keeps_true: 1", "keeps_true: 0.25")


def test_a_comment_of_a_person_is_no_switch() -> None:
    text = "format: 1\n# off: this\n#off# a: 1\nscheme: x\n"
    document = document_of("a.yaml", text)
    assert [(off.key, off.value) for off in offs(document)] == [("a", 1)]


def test_a_text_full_of_marks_costs_little() -> None:
    """A page must not be kept busy by a text that somebody made for that."""
    text = "format: 1\nscheme: x\nlists:\n" + "#off#   a: 1\n" * 12_000
    before = time.process_time()
    assert len(offs(document_of("a.yaml", text))) == 300
    assert time.process_time() - before < 2


@pytest.mark.parametrize("clause", ["onto: [a]", "when: [[a], {b: 1}]", "when: 3", "onto: {a: 1}"])
def test_parts_of_another_shape_are_passed_over(clause: str) -> None:
    text = "format: 1\nscheme: x\nlists:\n  a: {term_weeks: 1}\n"
    text += f"rules:\n  - {{{clause}}}\n  - {{when: [b], points: 1}}\n"
    text += (
        "consequences:\n  - {while_grade: [[1], 2], while_on: [a]}\nfusion: {of: [[a], b]}\nsources: {s: 3, t: {}}\n"
    )
    document = document_of("a.yaml", text)
    off, _ = put_off(document, ("lists", "a"))
    assert off.data["lists"] == {}


@pytest.mark.parametrize("name", SCHEMES)
def test_set_and_set_back_gives_the_same_bytes(name: str) -> None:
    document = document_of(name, SCHEMES[name])
    numbers = [path for path in document.values if path and isinstance(value_at(document, path), int | float)]
    for path in numbers[:: max(1, len(numbers) // 40)]:
        span = span_of(document, path)
        assert span is not None
        value = value_at(document, path)
        if isinstance(value, bool) or document.lines[span.line][span.start : span.end] != written(value):
            continue
        other = set_value(document, path, value + 1)
        assert sum(one != two for one, two in zip(other.lines, document.lines, strict=True)) == 1
        assert set_value(other, path, value).text == document.text


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (("sources", "rail-staff", "delay_weeks"), 4.0, "delay_weeks: 2", "delay_weeks: 4"),
        (("sources", "rail-staff", "mistakes", "per_year"), 1e-6, "value: 1.4e-8", "value: 1.0e-6"),
        (("sources", "rail-staff", "mistakes", "per_year", "value"), 0.5, "value: 1.4e-8", "value: 0.5"),
        (("in_force",), "2019-05-01", "in_force: 2018-05-01", "in_force: 2019-05-01"),
        (("lists", "rail-conduct", "published"), False, "published: true", "published: false"),
        (("title",), "2018-05-01", "title: Train misconduct, China 2018", 'title: "2018-05-01"'),
        (("lists", "rail-conduct", "loses_work"), 0.1, "beginning", ""),
    ],
)
def test_a_value_is_set_where_it_stands(path: Path, value: Any, old: str, new: str) -> None:
    document = document_of("rail.yaml", RAIL)
    after = set_value(document, path, value)
    if old in RAIL:
        assert after.text == RAIL.replace(old, new, 1)
    else:
        assert value_at(after, path) == value
        assert len(after.lines) == len(document.lines) + 1


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("lists", "rail-conduct", "red"), True, "    red: true"),
        (("sources", "rail-staff", "review", "keeps_false"), 0.5, "    review: {keeps_false: 0.5}"),
        (("consequences", 0, "share"), 0.5, "    share: 0.5"),
        (("due_process", "window", "makes_good"), 0.25, "    makes_good: 0.25"),
        (("due_process", "appeal", "asks"), 0.25, "  appeal: {asks: 0.25}"),
        (("score", "recovery_per_week"), 3, "score: {recovery_per_week: 3}"),
    ],
)
def test_a_missing_key_goes_into_the_right_mapping(path: Path, value: Any, line: str) -> None:
    after = set_value(document_of("rail.yaml", RAIL), path, value)
    assert line in after.lines
    rest = [text for text in after.lines if text != line]
    assert "\n".join(rest) == RAIL
    assert after.data == parse(after.text.encode(), "x").data


def test_a_missing_key_goes_into_braces() -> None:
    document = document_of("small.yaml", FLOW)
    after = set_value(document, ("lists", "short", "notice"), 0.5)
    assert "repair: {after_weeks: 1, per_year: 2}, notice: 0.5}, long" in after.text
    assert "guards: {kind: staff" in set_value(document, ("aware",), 0.5).text
    assert "aware: 0.5" in set_value(document, ("aware",), 0.5).lines


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), 1), (("nothing",), 1), (("lists",), 1), (("lists", "rail-conduct"), 1), (("rules", 9, "points"), 1),
        (("rules", "x"), 1), (("title",), [1]), (("title",), "a\x00b"), (("sources", "rail-staff", "mistakes"), 1),
        (("lists", "rail-conduct", "term_weeks"), float("nan")), (("title", "x"), 1), (("scheme",), {"a": 1}),
    ],
)  # fmt: skip
def test_an_edit_that_cannot_be_made_is_refused_in_words(path: Path, value: Any) -> None:
    actions: tuple[Action, ...] = ("set", "on") if path[:1] != ("lists",) else ("set",)
    for action in actions:
        with pytest.raises(InputError):
            edited(RAIL, "rail.yaml", path, action, value)


def test_edits_follow_one_another_and_reach_the_files_that_are_named() -> None:
    files = {"rail-and-defaulters.yaml": (CATALOGUE / "experiments" / "rail-and-defaulters.yaml").read_text()}
    main = "rail-and-defaulters.yaml"
    rail = "china-rail-2018.yaml"
    after = edited_files(
        files, main, [Edit(rail, ("lists", "rail-conduct", "term_weeks"), 52), Edit(main, ("weeks",), 52)]
    )
    assert after.files[rail] == RAIL.replace("term_weeks: 26", "term_weeks: 52")
    assert "weeks: 52" in after.files[main]
    assert check_texts(after.files, main) == []
    with pytest.raises(InputError, match="is not among the files"):
        edited_files(files, main, [Edit("zhima.yaml", ("title",), "x")])
    with pytest.raises(InputError, match="nothing is switched off here"):
        edited_files(files, main, [Edit(main, ("worlds", OFF, 3), None, "on")])


def test_a_byte_order_mark_and_dates_stay() -> None:
    text, _ = edited_text("\ufeff" + RAIL, Edit("rail.yaml", ("in_force",), "2018-06-01"))
    assert text.startswith("\ufeff#")
    assert parse(text.encode(), "x").data["in_force"] == datetime.date(2018, 6, 1)


def test_what_goes_along_is_said_and_comes_back() -> None:
    text, notes = edited_text(ARTICLE, Edit("a.yaml", ("lists", "faith-breakers"), None, "off"))
    assert len(notes) == 3
    assert "Switched off as well: the list 'faith-breakers' in rule 2." in notes
    line = text.split("\n").index("#off#   faith-breakers:") + 1
    back, again = edited_text(text, Edit("a.yaml", ("lists", OFF, line), None, "on"))
    assert back == ARTICLE
    assert len(again) == 3
