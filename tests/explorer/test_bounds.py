"""Texts that nobody would write by hand, and a page must answer all the same, soon and in words."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from scorelab.explorer import gallery
from scorelab.explorer.controls import sections
from scorelab.explorer.difference import differences
from scorelab.explorer.folder import Folder
from scorelab.explorer.off import offs
from scorelab.spec.find import catalogue
from scorelab.spec.texts import document_of

SOON_SECONDS = 3.0
"""What took minutes before, and takes hundredths of a second now."""
SCHEME = next(entry.path for entry in catalogue() if entry.name == "china-rail-2018").read_text(encoding="utf-8")


def test_one_long_word_is_looked_through_once() -> None:
    """A line of base64 must not keep the server from answering anybody."""
    started = time.perf_counter()
    gallery._named_files("about: " + "a" * 150_000 + "\n", "a.yaml")
    assert time.perf_counter() - started < SOON_SECONDS
    assert gallery._named_files("society: own.yaml # and other.yml\n", "a.yaml") == {"own.yaml", "other.yml"}


def test_spaces_and_values_without_end_are_read_once() -> None:
    started = time.perf_counter()
    document_of("a.yaml", f"title: a{' ' * 60_000}b\n")
    document_of("a.yaml", f"title: a{' ' * 60_000}c\n")
    values = ", ".join(f"k{number}: {number}" for number in range(4000))
    document_of("b.yaml", f"all: {{{values}, last: 1}}\n")
    assert document_of("b.yaml", f"all: {{{values}, last: 2}}\n").data["all"]["last"] == 2
    assert time.perf_counter() - started < SOON_SECONDS


def test_long_lists_are_told_apart_without_comparing_all_with_all() -> None:
    started = time.perf_counter()
    before: list[Any] = [{}] * 2000
    after: list[Any] = [{} if number % 2 else {"a": number} for number in range(2000)]
    assert differences({"rules": before}, {"rules": after})
    assert time.perf_counter() - started < SOON_SECONDS


def test_marks_that_say_nothing_cost_little() -> None:
    started = time.perf_counter()
    offs(document_of("a.yaml", "rules:\n" + "  #off# ] [\n  x: 1\n" * 5000))
    assert time.perf_counter() - started < SOON_SECONDS


@pytest.mark.parametrize("number", ["1.0e+308", "1.0e-321", "-1.0e+308", "0", "1e400"])
def test_no_number_of_a_file_gets_out_that_is_none(number: str) -> None:
    """JSON has no infinity; a page would hear nothing at all."""
    for line in ("      disturbing-order: {value: 0.1", "      per_year: {value: 1.0e-6", "points: -4"):
        text = SCHEME.replace(line, f"{line.rsplit(' ', 1)[0]} {number}")
        json.dumps(sections({"a.yaml": text}), allow_nan=False)
    many = "watches: {a: 1.0e+308, b: 1.0e+308}"
    text = f"scheme: x\nsources:\n  s:\n    {many}\n    review: {{keeps_true: {{value: 0, range: [0, {number}]}}}}\n"
    json.dumps(sections({"a.yaml": text}), allow_nan=False)


@pytest.mark.parametrize(
    "worlds", ["focus: [a]", "focus: a\nworlds: {a: {like: {}}}", "focus: a\nworlds: 3", "weeks: true"]
)
def test_an_experiment_of_any_shape_leaves_the_gallery_whole(tmp_path: Path, worlds: str) -> None:
    """One file of a folder must not take the whole page down."""
    text = f"format: 1\nexperiment: a\nsociety: china-2020\nagainst: a\n{worlds}\n"
    (tmp_path / "a.yaml").write_text(text)
    assert len(gallery.cards(Folder(tmp_path))["files"]) == 1
    gallery.arranged({"a.yaml": text})


def test_a_society_keeps_its_name_beside_the_experiment_that_is_put_around_it() -> None:
    text = next(entry.path for entry in catalogue() if entry.name == "china-2020").read_text(encoding="utf-8")
    files = gallery.arranged({gallery.OWN: text})["document"]["files"]
    assert {file["name"]: file["text"] for file in files}[gallery.OWN] == text
