"""Reading YAML: what becomes of a word, where it stands, and how files that are no files are refused."""

import datetime
import os
from pathlib import Path
from typing import Any

import pytest

from scorelab.errors import InputError
from scorelab.spec.text import LARGEST_FILE, MOST_EVENTS, parse, read, scalar


def _said(raw: bytes) -> str:
    with pytest.raises(InputError) as refused:
        parse(raw, "x.yaml")
    return str(refused.value.problems[0])


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("1", 1), ("-12", -12), ("+3", 3), ("007", 7), ("0x1A", 26), ("0o17", 15), ("1.5", 1.5), (".5", 0.5),
        ("1e3", 1000.0),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("2018-05-01", datetime.date(2018, 5, 1)),
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("12:30", "12:30"), ("1_000", "1_000"), ("10^400", "10^400"),
        ("2018-05-01 10:00", "2018-05-01 10:00"), ("1e", "1e"), ("-", "-"), ("0x", "0x"), ("q1", "q1"),
        ("18-29", "18-29"),
    ],
)  # fmt: skip
def test_a_word_becomes_what_yaml_1_2_says(word: str, value: Any) -> None:
    """YAML 1.1 would make False of no, 750 of 12:30 and 1000 of 1_000."""
    assert scalar(word) == value
    assert type(scalar(word)) is type(value)


def test_minus_zero_is_zero() -> None:
    """Two spellings of zero would give two digests to one experiment."""
    assert str(scalar("-0.0")) == "0.0"


def test_every_value_knows_its_place() -> None:
    document = parse(b"a: 1\nb:\n  - c: x\n    d: [1, {e: 2}]\n", "x.yaml")
    assert document.data == {"a": 1, "b": [{"c": "x", "d": [1, {"e": 2}]}]}
    for path, key, line, column in (
        (("a",), False, 1, 4), (("a",), True, 1, 1), (("b", 0, "c"), False, 3, 8),
        (("b", 0, "d", 1, "e"), False, 4, 16),
        (("b", 0, "d", 1, "e"), True, 4, 13), (("b", 0, "missing"), False, 3, 5), ((), False, 1, 1),
    ):  # fmt: skip
        place = document.place(path, key=key)
        assert (place.line, place.column) == (line, column), path


def test_keys_are_words_whatever_they_look_like() -> None:
    assert parse(b"1: a\ntrue: b\n2018-05-01: c\n", "x").data == {"1": "a", "true": "b", "2018-05-01": "c"}


def test_windows_line_ends_and_a_byte_order_mark_move_no_line() -> None:
    document = parse(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "x.yaml")
    assert document.data == {"a": 1, "b": 2}
    assert document.place(("b",)).line == 2


def test_reading_goes_on_after_a_duplicate_key() -> None:
    document = parse(b"a: 1\na: {x: [1, 2]}\nb: 1e999\n", "x.yaml")
    assert document.data == {"a": 1, "b": None}
    assert [problem.line for problem in document.problems] == [2, 3]


def test_a_file_is_as_large_as_allowed_and_no_larger() -> None:
    assert parse(b"#" * (LARGEST_FILE - 1) + b"\n", "x").data is None
    assert "larger than 200,000 bytes" in _said(b"#" * (LARGEST_FILE + 1))


def test_a_file_has_a_bounded_number_of_values() -> None:
    assert len(parse(b"[" + b"a," * (MOST_EVENTS - 10) + b"]", "x").data) == MOST_EVENTS - 10
    assert "more than 20,000" in _said(b"[" + b"a," * (MOST_EVENTS + 10) + b"]")


@pytest.mark.parametrize("opening", [b"[", b"{a: ", b"- ", b"? "])
def test_deep_nesting_is_refused_and_not_followed(opening: bytes) -> None:
    """A recursive composer would end in a RecursionError."""
    assert "20 levels" in _said(opening * 5000) or "a key must be a word" in _said(opening * 5000)


def test_what_is_not_an_ordinary_file_is_refused(tmp_path: Path) -> None:
    """A pipe would block for ever, /dev/zero would never end."""
    os.mkfifo(tmp_path / "pipe.yaml")
    for path, message in (
        (tmp_path, "this is a folder"),
        (tmp_path / "nothing.yaml", "there is no such file"),
        (tmp_path / "pipe.yaml", "not an ordinary file"),
        (Path("/dev/zero"), "not an ordinary file"),
        (tmp_path / ("n" * 300 + ".yaml"), "cannot be read"),
        (Path("a\0b.yaml"), "a·b.yaml: there is no such file"),
    ):
        with pytest.raises(InputError, match=message):
            read(path)


def test_the_folder_of_a_run_is_known(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(InputError, match=r"a folder, not a file; it holds a run, and scorelab run lives its manifest"):
        read(tmp_path)


def test_an_unreadable_file_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "locked.yaml"
    file.write_text("a: 1")

    def locked(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(InputError, match="cannot be read: permission denied"):
        read(file)
