"""What the page explains, completes and sketches is what the language has."""

import json

import pytest

from scorelab.explorer.completion import completion
from scorelab.explorer.glossary import glossary
from scorelab.explorer.sketch import sketch
from scorelab.explorer.titles import Titles, amount, listed
from scorelab.spec.find import CATALOGUE, catalogue, opened
from scorelab.spec.scheme import Scheme

ARTICLE = opened(CATALOGUE / "schemes" / "as-reported.yaml").data


def test_every_term_is_explained_in_one_to_three_sentences() -> None:
    terms = glossary()["terms"]
    assert len(terms) > 40
    for term in terms:
        text = term["text"]
        assert text.endswith(".")
        assert 20 <= len(text) <= 330, term
        assert text.count(". ") <= 3, term
    names = {term["term"] for term in terms}
    assert {"society", "county", "world", "record", "false record", "denial", "tie", "interval", "assumed"} <= names
    keys = {"sources", "rules", "lists", "consequences", "score", "campaigns", "fusion", "due_process"}
    assert keys <= set(Scheme.model_fields)


def test_every_key_of_the_language_can_be_completed_and_is_explained() -> None:
    found = completion()
    json.dumps(found)
    explained = found["explains"]["scheme"]
    assert set(Scheme.model_fields) <= set(explained)
    assert explained["sources.*.mistakes.matching.false_match_rate"].startswith("chance that a comparison")
    assert explained["rules.*.when"].startswith("behaviours")
    assert explained["due_process.appeal.asks"]
    assert found["explains"]["experiment"]["worlds.*.like"]
    assert found["schema"]["scheme"]["properties"]["sources"]


def test_words_of_the_societies_have_their_titles() -> None:
    words = completion()["words"]
    behaviours = {word["name"]: word for word in words["behaviours"]}
    assert behaviours["smoking-on-train"] == {
        "name": "smoking-on-train",
        "title": "Smoking on a train",
        "standing": "unlawful",
        "domain": "travel",
    }
    assert "g-train" in {word["name"] for word in words["services"]}
    assert "camera" in words["sources"]
    assert {"partner", "friend"} <= set(words["ties"])
    assert isinstance(words["attributes"], list)


def test_a_sketch_shows_what_a_scheme_is_made_of() -> None:
    drawn = sketch(ARTICLE)
    assert drawn is not None
    assert drawn["sources"][1] == {"name": "cameras", "kind": "camera"}
    assert drawn["watches"]["unlawful"] > 10
    assert drawn["watches"]["prosocial"] == 3
    assert {"name": "redlist", "red": True, "published": True} in drawn["lists"]
    assert drawn["score"]
    assert drawn["grades"] == ["d", "c", "b", "a", "aa", "aaa"]
    assert "flight" in drawn["services"]
    assert drawn["ties"] == ["child", "friend", "colleague", "household", "partner"]
    assert not drawn["appeal"]
    assert drawn["from"] == "2014-06-14"


@pytest.mark.parametrize("data", [None, [], 3, {}, {"sources": [1], "lists": 3, "rules": {"a": 1}, "score": [2]}])
def test_a_sketch_of_what_is_no_scheme_is_no_fault(data: object) -> None:
    drawn = sketch(data)
    assert (drawn is None) == (not isinstance(data, dict))
    assert drawn is None or drawn["sources"] == []


@pytest.mark.parametrize("entry", [entry for entry in catalogue() if entry.kind == "scheme"], ids=lambda one: one.name)
def test_every_scheme_of_the_catalogue_has_a_sketch(entry: object) -> None:
    drawn = sketch(opened(entry.path).data)  # type: ignore[attr-defined]
    assert drawn is not None
    assert drawn["sources"]
    json.dumps(drawn)


def test_numbers_are_told_as_one_speaks_of_them() -> None:
    spoken = [amount(value) for value in (1e-7, 2e-5, 0.0025, 0.1, 26, -50, 12_000, 1e9)]
    assert spoken == ["1 in 10 million", "1 in 50,000", "0.0025", "0.1", "26", "-50", "12,000", "1,000,000,000"]
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert Titles().several(["smoking-on-train", "jaywalking", "littering", "scalping"]) == (
        "Smoking on a train, crossing at red on foot, littering and 1 more"
    )
    assert Titles([{"behaviours": {"jaywalking": {"title": "Hurrying"}}}]).of("jaywalking") == "Hurrying"
