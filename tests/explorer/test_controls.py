"""Every control stands for a place of the text, moves within what the language allows, and can be switched."""

from typing import Any

import pytest

from scorelab.explorer.control import MISSING, Control, at
from scorelab.explorer.controls import Section, sections
from scorelab.explorer.edit import Action, Edit, edited_text
from scorelab.spec.find import CATALOGUE
from scorelab.spec.places import number
from scorelab.spec.text import parse
from scorelab.spec.texts import check_texts, document_of

SCHEMES = {path.name: path.read_text(encoding="utf-8") for path in sorted((CATALOGUE / "schemes").glob("*.yaml"))}
RAIL = SCHEMES["china-rail-2018.yaml"]
ARTICLE = SCHEMES["as-reported.yaml"]
MOVED = ("rate", "number", "weeks", "points", "share")


def _controls(found: list[Section]) -> list[Control]:
    return [control for section in found for control in section["controls"]]


def _named(found: list[Section], name: str) -> Section:
    return next(section for section in found if section["name"] == name)


def _labelled(section: Section, label: str) -> Control:
    return next(control for control in section["controls"] if control["label"] == label)


def _edit(text: str, control: Control, action: Action = "set", value: Any = None) -> str:
    return edited_text(text, Edit(control["file"], tuple(control["path"]), value, action))[0]


@pytest.mark.parametrize("name", SCHEMES)
def test_every_control_can_be_moved_to_both_ends_and_the_check_allows_it(name: str) -> None:
    """A slider that leaves what the language allows would end every other move in a fault."""
    found = sections({name: SCHEMES[name]})
    assert len(found) > 3
    every = [control for control in _controls(found) if control["kind"] in MOVED]
    for control in every[:: max(1, len(every) // 25)]:
        assert control["low"] is not None
        assert control["high"] is not None
        assert control["low"] < control["high"], control
        assert control["low"] <= control["value"] <= control["high"], control
        assert control["scale"] == "linear" or control["low"] > 0
        for end in (control["low"], control["high"]):
            text = _edit(SCHEMES[name], control, value=end)
            said = [problem.message for problem in check_texts({name: text}, name)]
            outside = [message for message in said if "should be between" in message or "should lie" in message]
            assert not outside, (control["label"], end, said)


@pytest.mark.parametrize("name", SCHEMES)
def test_a_control_shows_what_the_text_says(name: str) -> None:
    data = parse(SCHEMES[name].encode(), name).data
    for control in _controls(sections({name: SCHEMES[name]})):
        here: Any = data
        for part in control["path"]:
            here = at(here, (part,))
        assert control["original"] == control["value"]
        assert control["label"]
        assert control["help"].endswith(".")
        if here is not MISSING and control["kind"] in MOVED:
            assert control["value"] == number(here)


@pytest.mark.parametrize("name", SCHEMES)
def test_not_too_much_is_open_at_once(name: str) -> None:
    """Hundreds of controls would hide the few that matter."""
    for section in sections({name: SCHEMES[name]}):
        assert len([control for control in section["controls"] if not control["more"]]) <= 9, section["name"]


def test_scales_and_ranges() -> None:
    found = sections({"a.yaml": ARTICLE})
    matches = _labelled(_named(found, "sources.cameras"), "False matches")
    assert (matches["scale"], matches["low"], matches["high"], matches["value"]) == ("log", 1e-8, 1e-5, 1e-7)
    assert matches["assumed"]
    assert matches["cite"] == ["F7"]
    term = _labelled(_named(found, "lists.redlist"), "Term")
    assert (term["kind"], term["low"], term["high"], term["step"], term["unit"]) == ("weeks", 1, 520, 1, "weeks")
    assert "A record takes 100 points and puts onto the list Faith breakers." in _named(found, "rules.1")["about"]
    assert _named(found, "rules.1")["title"] == "Evading a judgment"
    assert _named(found, "consequences.5")["title"].endswith("– for the children")
    assert _named(found, "score")["on"] is None


def test_one_control_moves_everything_that_a_source_watches() -> None:
    found = sections({"rail.yaml": RAIL})
    together = _named(found, "sources.rail-staff")["controls"][0]
    assert together["path"] == ["sources", "rail-staff", "watches", "*"]
    text = _edit(RAIL, together, value=0.004)
    assert text == RAIL.replace("{value: 0.0011,", "{value: 0.004,")
    after = sections({"rail.yaml": text}, {"rail.yaml": parse(RAIL.encode(), "x").data})
    control = _named(after, "sources.rail-staff")["controls"][0]
    assert (control["value"], control["original"]) == (0.004, 0.0011)


def test_what_is_off_is_shown_where_it_stood_and_comes_back() -> None:
    before = parse(ARTICLE.encode(), "x").data
    text, notes = edited_text(ARTICLE, Edit("a.yaml", ("rules", 2), None, "off"))
    assert notes == []
    found = sections({"a.yaml": text}, {"a.yaml": before})
    rules = [section for section in found if section["path"][:1] == ["rules"]]
    assert [section["on"] for section in rules] == [True, True, False, *[True] * 14]
    assert rules[2]["title"] == "Breaking a traffic rule at the wheel"
    grade = _labelled(rules[3], "Down to the grade")
    assert (grade["path"], grade["original"]) == (["rules", 2, "to_grade"], "c")
    back, _ = edited_text(text, Edit("a.yaml", tuple(rules[2]["path"]), None, "on"))
    assert back == ARTICLE


def test_false_records_are_a_switch_of_their_source() -> None:
    switch = _labelled(_named(sections({"rail.yaml": RAIL}), "sources.rail-staff"), "It errs")
    assert (switch["kind"], switch["value"]) == ("part", True)
    text = _edit(RAIL, switch, "off")
    assert "mistakes" not in parse(text.encode(), "x").data["sources"]["rail-staff"]
    again = _labelled(_named(sections({"rail.yaml": text}), "sources.rail-staff"), "It errs")
    assert again["value"] is False
    assert _edit(text, again, "on") == RAIL


def test_an_appeal_can_be_put_in_where_there_is_none() -> None:
    """The first question of a class is: and if people could appeal?"""
    found = _named(sections({"a.yaml": ARTICLE}), "due_process")
    appeal = _labelled(found, "Appeal")
    assert appeal["value"] is False
    text = _edit(ARTICLE, appeal, "on")
    assert check_texts({"a.yaml": text}, "a.yaml") == []
    asks = _labelled(_named(sections({"a.yaml": text}), "due_process"), "Who appeals")
    assert (asks["value"], asks["assumed"]) == (0.2, True)
    shown = _labelled(_named(sections({"a.yaml": text}), "due_process"), "Appeal")
    assert "appeal" not in (document_of("a.yaml", _edit(text, shown, "off")).data.get("due_process") or {})


def test_texts_that_are_wrong_have_controls_as_far_as_they_can_be_read() -> None:
    assert sections({"a.yaml": "{", "b.yaml": ""}) == []
    broken = RAIL.replace("term_weeks: 26", "term_weeks: soon").replace("kind: staff", "kind: [1]")
    found = sections({"a.yaml": broken.replace("  rail-fare:\n    until: settled", "  rail-fare: 7\n    #")})
    assert found == []
    assert len(sections({"a.yaml": broken})) > 5
    odd = "format: 1\nscheme: 3\nsources: [1]\nlists: {a: 2, b: [1]}\nrules: {a: 1}\nconsequences: [[1], 2]\n"
    odd += "score: 3\ncampaigns: 7\n"
    assert [section["name"] for section in sections({"a.yaml": odd})][:1] == ["scheme"]


def test_a_society_among_the_texts_shows_how_people_respond() -> None:
    text = (CATALOGUE / "societies" / "china-2020.yaml").read_text(encoding="utf-8")
    (found,) = sections({"china-2020.yaml": text})
    assert len(found["controls"]) == 6
    assert all(control["low"] is not None for control in found["controls"])
