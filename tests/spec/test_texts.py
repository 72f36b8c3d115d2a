"""Checking and resolving from texts: the same as from files, without any way to the disk, and fast after an edit."""

import dataclasses
import datetime
from pathlib import Path
from typing import Any

import pytest

from scorelab.errors import InputError
from scorelab.spec.find import CATALOGUE, catalogue
from scorelab.spec.inplace import span_of, value_at, written
from scorelab.spec.load import Options, check, resolve
from scorelab.spec.resolved import digest
from scorelab.spec.text import Document, parse
from scorelab.spec.texts import as_files, check_texts, document_of, named_in, replaced, resolve_texts, worlds_of

INVALID = Path(__file__).parent / "invalid"
FILES = sorted(path for kind in ("schemes", "societies", "experiments") for path in (CATALOGUE / kind).glob("*.yaml"))
RAIL = (CATALOGUE / "schemes" / "china-rail-2018.yaml").read_text(encoding="utf-8")
ARTICLE = (CATALOGUE / "schemes" / "as-reported.yaml").read_text(encoding="utf-8")
CHINA = (CATALOGUE / "societies" / "china-2020.yaml").read_text(encoding="utf-8")
EXPERIMENT = """format: 1
experiment: mine
title: Mine
about: Two worlds.
society: china-2020
start: 2018-04-30
weeks: 8
worlds:
  without: {schemes: []}
  with: {title: With it, schemes: [SCHEME]}
  other: {like: with, without: [ties]}
against: without
focus: with
"""


def _leaves(document: Document) -> list[tuple[str | int, ...]]:
    found: list[tuple[str | int, ...]] = []

    def walk(node: Any, path: tuple[str | int, ...]) -> None:
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else None
        if items is None:
            found.append(path)
        for key, item in items or ():
            walk(item, (*path, key))

    walk(document.data, ())
    return found


def _equal(one: Document, other: Document) -> bool:
    names = ("file", "lines", "data", "keys", "values", "problems", "bad", "moved", "text")
    return all(getattr(one, name) == getattr(other, name) for name in names) and repr(one.data) == repr(other.data)


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            return value * 3 + 0.125
        case datetime.date():
            return value + datetime.timedelta(days=400)
        case str():
            return f"{value.strip()}, changed: 'so' #1" if len(value) % 2 else "a-word"
    return 7


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_value_of_the_catalogue_can_be_rewritten_as_if_it_were_read_again(path: Path) -> None:
    """A place that is off by one column would point a message at the wrong word, or break the next rewriting."""
    text = path.read_text(encoding="utf-8")
    document = document_of(path.name, text)
    leaves = _leaves(document)
    lines = [leaf for leaf in leaves if span_of(document, leaf) is not None]
    assert len(lines) > 0.85 * len(leaves), "most values stand on one line"
    after = document
    for leaf in lines:
        changed, after = replaced(after, leaf, _other(value_at(document, leaf)))
        assert changed == after.text
    assert _equal(after, parse(after.text.encode(), path.name))
    for leaf in reversed(lines):
        after = replaced(after, leaf, value_at(document, leaf))[1]
    assert after.data == document.data
    assert _equal(after, parse(after.text.encode(), path.name))
    for leaf in [leaf for leaf in leaves if leaf not in lines][:2]:
        after = replaced(document, leaf, _other(value_at(document, leaf)))[1]
        assert _equal(after, parse(after.text.encode(), path.name))


def test_a_value_on_several_lines_stays_folded() -> None:
    document = document_of("a.yaml", "a: >-\n  one two\n  three\nb: 1\n")
    text, after = replaced(document, ("a",), "four five")
    assert text == "a: >-\n  four five\nb: 1\n"
    assert after.data == {"a": "four five", "b": 1}
    assert replaced(document, ("a",), "x\ny")[0] == 'a: "x\\ny"\nb: 1\n'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (300.0, "300"), (1e-7, "1.0e-7"), (2.5e-6, "2.5e-6"), (0.0001, "0.0001"), (1e6, "1000000"), (True, "true"),
        (None, "null"), ("true", '"true"'), ("2018-05-01", '"2018-05-01"'), (datetime.date(2018, 5, 1), "2018-05-01"),
        ("a: b", '"a: b"'), ("a word", "a word"), ("- x", '"- x"'), ("", '""'), ("12", '"12"'),
    ],
)  # fmt: skip
def test_a_value_is_written_so_that_it_is_read_as_the_same(value: Any, text: str) -> None:
    assert written(value) == text
    read = parse(f"[{text}, x]".encode(), "x").data[0]
    assert read == value
    assert isinstance(read, str) == isinstance(value, str)


def test_quotes_line_ends_and_comments_stay() -> None:
    text = "a: 'it''s' # why\r\nb: {c: \"x\", d: 1} # d\r\n"
    document = document_of("a.yaml", text)
    assert replaced(document, ("a",), "isn't")[0] == text.replace("it''s", "isn''t")
    assert replaced(document, ("b", "c"), "y, z")[0] == text.replace('"x"', '"y, z"')
    new, after = replaced(document, ("b", "d"), 1234)
    assert new == text.replace("d: 1", "d: 1234")
    assert _equal(after, parse(new.encode(), "a.yaml"))


def test_a_place_that_is_none_is_refused() -> None:
    document = document_of("a.yaml", "a: {b: 1}\n")
    for path in (("a",), ("b",), ("a", "c"), ("a", "b", "c"), ()):
        with pytest.raises(InputError):
            replaced(document, path, 1)


def test_a_text_that_differs_in_a_number_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading takes a tenth of a second, and a worker gets texts only."""
    document_of("a.yaml", ARTICLE)
    changed = ARTICLE.replace("gallery: {value: 1000,", "gallery: {value: 250000,").replace(
        "term_weeks: 104", "term_weeks: 7"
    )
    wanted = parse(changed.encode(), "a.yaml")
    monkeypatch.setattr("scorelab.spec.texts.parse", None)
    assert _equal(document_of("a.yaml", changed), wanted)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("term_weeks: 104", "term_weeks: [104]"), ("term_weeks: 104", "term_weeks: # 104"),
        ("term_weeks: 104", "term_weeks:"),
        ("term_weeks: 104", "term_weeks: 1: 4"), ("term_weeks: 104", "term_weekss: 104"),
        ("start: 1000", "start: '1000'"),
        ("start: 1000", "start: 1000 "), ("note: S3\n", "note: S3 # x\n"), ("red: true", "red: tru\te"),
        ("format: 1", "format: *x"), ("red: true", "red: no"), ("until: score", "until: settled"),
    ],
)  # fmt: skip
def test_any_other_change_of_a_text_is_read_as_it_stands(old: str, new: str) -> None:
    document_of("a.yaml", ARTICLE)
    changed = ARTICLE.replace(old, new, 1)
    assert changed != ARTICLE
    try:
        wanted = parse(changed.encode(), "a.yaml")
    except InputError as error:
        with pytest.raises(InputError) as refused:
            document_of("a.yaml", changed)
        assert refused.value.problems == error.problems
    else:
        assert _equal(document_of("a.yaml", changed), wanted)


@pytest.mark.parametrize("entry", [entry for entry in catalogue() if entry.kind != "society"], ids=lambda one: one.name)
def test_a_text_of_the_catalogue_is_the_same_experiment_as_its_file(entry: Any) -> None:
    """Two ways to one experiment that differ would make the page's figures others than those of a run."""
    files = {entry.path.name: entry.path.read_text(encoding="utf-8")}
    assert digest(resolve_texts(files, entry.path.name)) == digest(resolve(entry.name))
    assert check_texts(files, entry.path.name) == []


def test_the_messages_are_those_of_the_command_line(tmp_path: Path) -> None:
    count = 0
    for path in sorted(INVALID.glob("*.yaml")):
        expected = path.with_suffix(".expected")
        text = path.read_bytes()
        try:
            word = text.decode()
        except UnicodeDecodeError:
            continue
        if not expected.exists() or b"\r" in text or "society:" in word or "experiment:" in word:
            continue
        said = [dataclasses.replace(problem, file=path.name) for problem in check([path])]
        if said:
            assert check_texts({path.name: word}, path.name) == said, path.name
            count += 1
    assert count > 100


def test_texts_name_one_another_and_the_catalogue() -> None:
    files = {"mine.yaml": EXPERIMENT.replace("SCHEME", "rail.yaml"), "rail.yaml": RAIL}
    by_name = {"mine.yaml": EXPERIMENT.replace("SCHEME", "china-rail-2018")}
    assert digest(resolve_texts(files, "mine.yaml")) == digest(resolve_texts(by_name, "mine.yaml"))
    files["rail.yaml"] = RAIL.replace("term_weeks: 26", "term_weeks: 27")
    assert digest(resolve_texts(files, "mine.yaml")) != digest(resolve_texts(by_name, "mine.yaml"))
    other = {"mine.yaml": by_name["mine.yaml"], "china-rail-2018.yaml": files["rail.yaml"]}
    assert digest(resolve_texts(other, "mine.yaml")) == digest(resolve_texts(files, "mine.yaml"))
    assert as_files(other, "mine.yaml")["mine.yaml"] == EXPERIMENT.replace("SCHEME", "china-rail-2018.yaml")
    assert as_files(by_name, "mine.yaml") == by_name
    assert list(named_in(files, "mine.yaml")) == ["mine.yaml", "rail.yaml", "china-2020.yaml"]
    assert list(named_in(by_name, "mine.yaml")) == ["mine.yaml", "china-rail-2018.yaml", "china-2020.yaml"]


@pytest.mark.parametrize(
    "word",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "/etc/passwd.yaml",
        "./rail.yaml",
        "other.yaml",
        "..\\x.yaml",
        "a/b",
        "c:\\x.yaml",
    ],
)
def test_no_word_leads_to_the_disk(word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of somebody else's must not read what lies beside."""
    for name in ("other.yaml", "rail.yaml"):
        (tmp_path / name).write_text(RAIL)
    monkeypatch.chdir(tmp_path)
    files = {"mine.yaml": EXPERIMENT.replace("SCHEME", f"'{word}'"), "rail.yaml": RAIL}
    said = check_texts(files, "mine.yaml")
    assert len(said) == 1
    assert said[0].message.startswith(f"{word!r} is not among the files given here; ")
    assert said[0].line == 10


@pytest.mark.parametrize("word", ["/etc", ".", "../..", "mine", "china-2020/", ""])
def test_margins_are_those_of_the_catalogue_alone(word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path)
    files = {
        "mine.yaml": EXPERIMENT.replace("SCHEME", "rail.yaml").replace("society: china-2020", "society: place.yaml"),
        "rail.yaml": RAIL,
        "place.yaml": CHINA,
    }
    assert check_texts(files, "mine.yaml") == []
    files["place.yaml"] = CHINA.replace("margins: china-2020", f"margins: '{word}'")
    (said,) = check_texts(files, "mine.yaml")
    assert said.message.startswith(f"margins: here they are those of a society of the catalogue, not {word!r}")
    assert (said.file, said.excerpt) == ("place.yaml", f"margins: '{word}'")


@pytest.mark.parametrize(
    "name", ["../a.yaml", "a", "a.yaml\n", "a b.yaml", "/a.yaml", "a" * 90 + ".yaml", "a.json", ""]
)
def test_a_name_that_leads_anywhere_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="a file is called by letters"):
        resolve_texts({name: RAIL}, name)
    assert check_texts({name: RAIL}, name)[0].line == 0


def test_what_is_no_experiment_is_said() -> None:
    assert check_texts({"a.yaml": RAIL}, "b.yaml")[0].message == "there is no such file; did you mean 'a.yaml'?"
    assert "the file is empty" in check_texts({"a.yaml": ""}, "a.yaml")[0].message
    assert "is a society" in check_texts({"a.yaml": CHINA}, "a.yaml")[0].message
    assert "room for 8" in check_texts({f"{n}.yaml": RAIL for n in range(9)}, "1.yaml")[0].message
    assert "larger than" in check_texts({"a.yaml": "#" * 200_001}, "a.yaml")[0].message
    assert check_texts({"a.yaml": "a: \ud800"}, "a.yaml")[0].message.startswith("not UTF-8 text")


def test_worlds_are_kept_by_name() -> None:
    files = {"rail.yaml": RAIL}
    names = ["no-scheme", "as-written", "as-written-again", "without-false-records", "without-ties", "placebo"]
    assert [world.name for world in resolve_texts(files, "rail.yaml").worlds] == names
    assert [world.name for world in resolve_texts(files, "rail.yaml", worlds=[]).worlds] == names[:2]
    kept = resolve_texts(files, "rail.yaml", Options(weeks=9), ["placebo"])
    assert [world.name for world in kept.worlds] == [*names[:2], "placebo"]
    assert kept.weeks == 9
    with pytest.raises(InputError, match=r"no world 'placebos' in china-rail-2018; did you mean 'placebo'\?"):
        resolve_texts(files, "rail.yaml", worlds=["placebos"])
    listed = worlds_of(files, "rail.yaml")
    assert [(world.name, world.role) for world in listed][:3] == [
        *(("no-scheme", "against"), ("as-written", "focus"), ("as-written-again", "other"))
    ]
    assert [world.title for world in worlds_of({"m.yaml": EXPERIMENT}, "m.yaml")] == ["Without", "With it", "Other"]
    assert worlds_of({"m.yaml": "{"}, "m.yaml") == []
