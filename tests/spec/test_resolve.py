"""From files and options to one experiment: what is inherited, what is set, what is refused."""

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scorelab.errors import InputError
from scorelab.spec.load import Options, catalogue, check, resolve
from scorelab.spec.resolved import Resolved, digest
from scorelab.spec.text import read

VALID = Path(__file__).parent / "valid"
EXPERIMENT = str(VALID / "experiment.yaml")


def _said(what: str = EXPERIMENT, **options: object) -> list[str]:
    with pytest.raises(InputError) as refused:
        resolve(what, options=Options(**options))  # type: ignore[arg-type]
    return [str(problem) for problem in refused.value.problems]


def _copy(folder: Path) -> Path:
    for file in VALID.glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder / "experiment.yaml"


def test_worlds_inherit_what_they_are_like() -> None:
    worlds = {world.name: world for world in resolve(EXPERIMENT).worlds}
    assert list(worlds) == ["none", "both", "innocent", "stricter", "placebo"]
    assert worlds["none"].schemes == []
    assert [scheme.scheme for scheme in worlds["innocent"].schemes] == ["little", "points"]
    assert worlds["innocent"].without == ["false_records"]
    assert worlds["placebo"].placebo and not worlds["both"].placebo
    assert worlds["innocent"].title == "Innocent"


def test_a_world_sets_values_for_itself_only() -> None:
    resolved = resolve(EXPERIMENT)
    stricter, both = resolved.world("stricter"), resolved.world("both")
    assert stricter.schemes[0].lists["banned"].term_weeks == 52
    assert both.schemes[0].lists["banned"].term_weeks == 26
    assert stricter.schemes[1].rules[0].points == -100
    assert stricter.response.sensitivity.value == 5
    assert both.response.sensitivity.value == resolved.society.response.sensitivity.value == 3


def test_worlds_are_like_others_over_several_steps(tmp_path: Path) -> None:
    file = _copy(tmp_path)
    text = file.read_text().replace(
        "against:", "  further:\n    like: stricter\n    without: [ties]\n    set: {response.sensitivity: 7}\nagainst:"
    )
    file.write_text(text)
    further = resolve(str(file)).world("further")
    assert further.schemes[0].lists["banned"].term_weeks == 52
    assert further.response.sensitivity.value == 7
    assert further.without == ["ties"]
    file.write_text(text.replace("like: stricter", "like: placebo"))
    assert resolve(str(file)).world("further").placebo


def test_what_a_world_sets_comes_after_all_that_it_inherits(tmp_path: Path) -> None:
    """Catches a path that is set twice in a chain and keeps its first place, so that what lies between wins."""
    file = _copy(tmp_path)
    steps = ("until: settled", "term_weeks: 8", "until: settled")
    worlds, like = "", "both"
    for step, said in zip("abc", steps, strict=True):
        worlds += f"  {step}:\n    like: {like}\n    set: {{little.lists.banned.{said}}}\n"
        like = step
    file.write_text(file.read_text().replace("against:", worlds + "against:", 1))
    resolved = resolve(str(file))
    banned = [resolved.world(name).schemes[0].lists["banned"] for name in "abc"]
    assert [(one.until, one.term_weeks) for one in banned] == [("settled", None), (None, 8), ("settled", None)]


def test_a_file_of_another_kind_is_no_scheme_though_it_is_known_already(tmp_path: Path) -> None:
    file = _copy(tmp_path)
    file.write_text(file.read_text().replace("none: {}", "none: {schemes: [./society.yaml]}", 1))
    assert "society.yaml is a society; a scheme was expected" in _said(str(file))[0]


def test_a_world_is_lived_without_sources_and_told_apart_by_attributes(tmp_path: Path) -> None:
    file = _copy(tmp_path)
    text = file.read_text().replace("without: [false_records]", "without: [source:judge, opt_in]")
    file.write_text(text.replace("groups: [quintile]", "groups: [sex, lone-parent]"))
    resolved = resolve(str(file))
    assert resolved.world("innocent").without == ["opt_in", "source:judge"]
    assert resolved.groups == ["sex", "lone-parent"]
    assert "judge" in resolved.world("innocent").schemes[1].sources, "worlds are kept as they were written"


def test_what_a_world_is_without_is_inherited_also_by_worlds_with_other_schemes(tmp_path: Path) -> None:
    """What is taken away from all worlds of a kind may not be there in some of them."""
    file = _copy(tmp_path)
    further = "  further:\n    like: innocent\n    schemes: [./scheme.yaml]\nagainst:"
    file.write_text(
        file.read_text().replace("without: [false_records]", "without: [source:judge]").replace("against:", further)
    )
    assert resolve(str(file)).world("further").without == ["source:judge"]


def test_everything_left_unsaid_is_said() -> None:
    resolved = resolve(EXPERIMENT)
    little = resolved.world("both").schemes[0]
    assert little.aware is not None and little.aware.value == 0
    assert little.lists["banned"].notice is not None and little.lists["banned"].notice.value == 1
    assert resolved.society.behaviours["smoking"].settles_per_year is not None
    assert resolved.society.services["school"].title == "School"


def test_a_resolved_experiment_is_read_back_as_it_was() -> None:
    for what in (EXPERIMENT, "rail-and-defaulters", "china-rail-2018"):
        resolved = resolve(what)
        again = Resolved.from_json(resolved.to_json())
        assert again == resolved
        assert again.to_json() == resolved.to_json()
        assert list(again.society.behaviours) == list(resolved.society.behaviours) == sorted(again.society.behaviours)


def test_the_digest_is_of_what_is_meant_and_not_of_how_it_is_written(tmp_path: Path) -> None:
    file = _copy(tmp_path)
    before = digest(resolve(str(file)))
    lines = file.read_text().replace("weeks: 20", "weeks:   0x14 # twenty").split("\n")
    file.write_text("\n".join([*lines[2:4], *lines[:2], *lines[4:]]))
    assert digest(resolve(str(file))) == before == digest(resolve(EXPERIMENT))
    assert digest(resolve(str(file), options=Options(weeks=21))) != before
    assert digest(resolve(str(file), options=Options(sets=("little.rules.0.note=x",)))) != before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "invalid json"),
        ("[]", "object"),
        ("{}", "format"),
        ('{"format": 2}', "format"),
        ('{"format": 1}', "name"),
        ("[" * 100_000, "recursion"),
    ],
)
def test_a_broken_manifest_is_refused_in_words(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        Resolved.from_json(text)


@pytest.mark.parametrize(
    "name", ["weeks", "society", "margins", "worlds", "start", "groups", "focus", "persons", "colour"]
)
def test_a_manifest_with_a_part_of_the_wrong_type_is_refused(name: str) -> None:
    parts = json.loads(resolve(EXPERIMENT).to_json())
    for wrong in (None, 1.5, "x", {"x": 1}, [1]):
        with pytest.raises(InputError):
            Resolved.from_json(json.dumps({**parts, name: wrong}))


@pytest.mark.parametrize(
    ("part", "wrong", "message"),
    [
        ("groups", ["colour"], "its groups are not those of its society"),
        ("without", ["colour"], "worlds.0.without.0: value error, no switch 'colour'"),
    ],
)
def test_a_manifest_with_words_that_mean_nothing_is_refused(part: str, wrong: list[str], message: str) -> None:
    parts = json.loads(resolve(EXPERIMENT).to_json())
    (parts if part in parts else parts["worlds"][0])[part] = wrong
    with pytest.raises(InputError, match=message):
        Resolved.from_json(json.dumps(parts))


def test_options_change_the_numbers() -> None:
    resolved = resolve(EXPERIMENT, options=Options(persons=50, counties=3, weeks=5, seed=0, replicates=2))
    assert (resolved.persons, resolved.counties, resolved.weeks, resolved.seed, resolved.replicates) == (50, 3, 5, 0, 2)
    assert (resolved.society.persons, resolved.society.counties) == (50, 3)


def test_set_reaches_society_experiment_and_scheme() -> None:
    sets = (
        "society.response.sensitivity=7",
        "experiment.start=2020-02-03",
        "points.sources.judge.watches.fare-dodging=0.9",
        "little.title=2020-01-01",
        "society.behaviours.fare-dodging.per_year.value=0.3",
    )
    resolved = resolve(EXPERIMENT, options=Options(sets=sets))
    both, stricter = resolved.world("both"), resolved.world("stricter")
    assert both.response.sensitivity.value == 7
    assert stricter.response.sensitivity.value == 5, "what a world sets comes after the options"
    assert resolved.start.isoformat() == "2020-02-03"
    assert both.schemes[1].sources["judge"].watches["fare-dodging"].value == 0.9
    assert both.schemes[0].title == "2020-01-01"
    assert resolved.society.behaviours["fare-dodging"].per_year.value == 0.3


def _numbers(value: Any, way: str) -> Iterator[str]:
    """``path=value`` for every number and every date of a file, with the value that it has there."""
    if isinstance(value, int | float | datetime.date) and not isinstance(value, bool):
        yield f"{way}={value}"
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in ("range", "format"):
                yield from _numbers(item, f"{way}.{key}")
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _numbers(item, f"{way}.{index}")


def test_every_number_of_every_clause_can_be_set() -> None:
    """What cannot be set cannot be asked about without writing a file anew."""
    sets = [*_numbers(read(VALID / "scheme-with-score.yaml").data, "points")]
    sets += _numbers(read(VALID / "society.yaml").data, "society")
    assert len(sets) > 150
    changed, plain = resolve(EXPERIMENT, options=Options(sets=tuple(sets))), resolve(EXPERIMENT)
    assert _values(changed) == _values(plain)
    assert changed.world("both").schemes[1].sources["street"].watches["volunteering"].note == "set by hand"


def _values(resolved: Resolved) -> Any:
    """Everything but the reasons of numbers."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            return value["value"] if "value" in value else {key: bare(item) for key, item in value.items()}
        return [bare(item) for item in value] if isinstance(value, list) else value

    return bare(json.loads(resolved.to_json()))


def test_a_value_set_by_hand_does_not_keep_the_basis_of_the_old_one() -> None:
    """Else the report would call a made-up number documented."""
    path = "points.sources.wardens.watches.smoking"
    watched = resolve(EXPERIMENT, options=Options(sets=(f"{path}=0.3",))).world("both").schemes[1].sources["wardens"]
    assert watched.watches["smoking"].basis is None and watched.watches["smoking"].cite == []


def test_a_value_set_by_hand_keeps_the_range_from_which_fate_draws() -> None:
    for value, ends in (("0.3", [0.1, 0.4]), ("0.5", [0.1, 0.4])):
        sets = (f"society.behaviours.fare-dodging.per_year={value}",)
        assert resolve(EXPERIMENT, options=Options(sets=sets)).society.behaviours["fare-dodging"].per_year.range == ends


def test_setting_how_a_list_ends_takes_the_other_way_away() -> None:
    clause = resolve(EXPERIMENT, options=Options(sets=("points.lists.unpaid.term_weeks=30",))).world("both").schemes[1]
    assert clause.lists["unpaid"].term_weeks == 30
    assert clause.lists["unpaid"].until is None and clause.lists["unpaid"].repeat is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("society.respnse.sensitivity=3", "nothing in society is called 'respnse'; did you mean 'response'?"),
        ("societ.response.sensitivity=3", "nothing here is called 'societ'; did you mean 'society'?"),
        ("little.lists.baned.term_weeks=3", "nothing in little.lists is called 'baned'; did you mean 'banned'?"),
        ("little.lists.banned=3", "lists.banned is not one value"),
        ("little.rules.1.note=x", "rules has the entry 0 alone, but no '1' (a path counts from 0: rules.0 is rule 1)"),
        ("points.rules.4.note=x", "rules has the entries 0 to 3, but no '4' (a path counts from 0: rules.0 is rule 1)"),
        (
            "points.rules.1.points=x",
            "points in rule 2 should be a whole number, but is 'x' (the path counts from 0: rul",
        ),
        ("little.rules.0.when=x", "rules.0.when is not one value"),
        ("little.score.start=3", "little has no score to set anything in"),
        ("points.aware.range=3", "of aware only the value can be set"),
        ("society.response.sensitivity=-3", "response.sensitivity should be between 0 and 1000"),
        ("society.response.sensitivity=lots", "response.sensitivity should be a number"),
        ("society.response.sensitivity=1e999", "the number 1e999 is too large"),
        ("experiment.weeks=1.5", "weeks should be a whole number, but is 1.5"),
        ("experiment.weeks", "path=value was expected"),
        (
            "weeks=3",
            "a path such as society.response.sensitivity was expected, but this is 'weeks'; did you mean 'exper",
        ),
        ("colour=3", "a path such as society.response.sensitivity was expected, but this is 'colour'"),
        ("response.spread=1", "nothing here is called 'response'; did you mean 'society.response.spread'?"),
        ("=3", "a path such as"),
        ("little..x=3", "a path such as"),
        ("little.lists.banned.until=score", "speaks of the score, but this scheme has no score clause"),
        ("points.score.grades.f=1", "nothing in points.score.grades is called 'f'; there are a, b, c, d"),
        (
            "points.rules.0.along.freind=1",
            "unknown key 'freind' in along in rule 1; did you mean 'friend'? (the path counts",
        ),
        ("points.due_process.window.told=1", "nothing in points.due_process.window is called 'told'; there are makes_"),
        ("little.due_process.told=1", "little has no due_process to set anything in"),
        ("society.ties.friends.largest=2", "ties.friends.largest should be at least smallest, which is 3, but is 2"),
        ("society.response.shunned=2", "response.shunned should be between 0 and 1 (a share), but is 2"),
    ],
)
def test_a_wrong_option_is_pointed_out(text: str, message: str) -> None:
    (said,) = _said(sets=(text,))
    assert said.startswith(f"--set {text}: ")
    assert message in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("points.lists.unpaid.term_weeks=10", "repair.after_weeks should be below term_weeks, which is 10, but is 26"),
        ("points.score.grades.c=950", "grades.c begins at 950, as b does; each grade needs a score of its own"),
        (
            "points.consequences.3.whom=friend",
            "favour in consequence 4 goes only with whom: self, but whom is 'friend'",
        ),
    ],
)
def test_an_option_that_does_not_go_with_the_rest_is_pointed_out(text: str, message: str) -> None:
    (said,) = _said(sets=(text,))
    assert message in said


def test_setting_one_of_two_ways_to_say_a_thing_takes_the_other_away() -> None:
    sets = (
        "points.sources.cameras.mistakes.per_year=0.1",
        "points.consequences.2.while_on=low",
        "society.attributes.lone-parent.share=0.2",
        "society.attributes.newcomer.household=lone-parent",
    )
    resolved = resolve(EXPERIMENT, options=Options(sets=sets))
    scheme, attributes = resolved.world("both").schemes[1], resolved.society.attributes
    mistakes = scheme.sources["cameras"].mistakes
    assert mistakes is not None and mistakes.matching is None
    assert scheme.consequences[2].while_grade == []
    assert attributes["lone-parent"].household is None and attributes["newcomer"].share is None


def test_all_wrong_options_are_reported_at_once() -> None:
    said = _said(persons=0, seed=-1, sets=("x", "foo.bar=1", "little.colour=red"))
    assert [line.split(":")[0] for line in sorted(said)] == sorted(
        ["--persons", "--seed", "--set x", "--set foo.bar=1", "--set little.colour=red"]
    )


def test_a_scheme_alone_means_the_template_around_it() -> None:
    resolved = resolve("china-rail-2018")
    assert [world.name for world in resolved.worlds] == [
        "no-scheme", "as-written", "as-written-again", "without-false-records", "without-ties", "placebo",
    ]  # fmt: skip
    assert (resolved.against, resolved.focus) == ("no-scheme", "as-written")
    assert resolved.start.isoformat() == "2018-04-30", "the Monday of the week in which it comes into force"
    again, first = resolved.world("as-written-again"), resolved.world("as-written")
    assert again.schemes == first.schemes and again.without == first.without == []


def test_the_template_says_what_its_scheme_is() -> None:
    """A report that opens with the template's own words would never tell what was tried."""
    about = resolve("china-rail-2018").about
    scheme = next(entry for entry in catalogue() if entry.name == "china-rail-2018")
    assert about.startswith(read(scheme.path).data["about"].strip())
    assert about.endswith("Lived beside the same years of the same people without it, and without its parts.")


def test_a_name_of_the_catalogue_is_as_good_as_a_file() -> None:
    assert check([Path("china-rail-2018"), Path("china-2020"), Path("rail-and-defaulters")]) == []
    (problem,) = check([Path("china-rail-2019")])
    assert str(problem).startswith("china-rail-2019: there is no such file, and no experiment or scheme or society")
    assert problem.message.endswith("did you mean 'china-rail-2018'?")


def test_the_manifest_of_a_run_is_no_file_to_check(tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_text('{"format": 1, "digest": "x", "resolved": {"format": 1}}')
    assert [problem.message[:33] for problem in check([file])] == ["this is the manifest of a run, wh"]


def test_what_a_world_sets_may_switch_a_rule_off(tmp_path: Path) -> None:
    """Points of 0 list nobody, but are no fault: the question may be what the rule does."""
    file = _copy(tmp_path)
    file.write_text(file.read_text().replace("points.rules.0.points: -100", "points.rules.0.points: 0"))
    assert resolve(str(file)).world("stricter").schemes[1].rules[0].points == 0


def test_a_source_may_be_written_out_in_words(tmp_path: Path) -> None:
    """Nobody has to change the bibliography to cite, and nobody can cite an id that is not there."""
    file = _copy(tmp_path)
    scheme = tmp_path / "scheme-with-score.yaml"
    text = scheme.read_text()
    scheme.write_text(text.replace("cite: [V3]", "cite: ['Smith 2019, table 2', V3]"))
    watched = resolve(str(file)).world("both").schemes[1].sources["wardens"].watches["smoking"]
    assert watched.cite == ["Smith 2019, table 2", "V3"]


def test_a_file_and_a_name_mean_the_same() -> None:
    for entry in catalogue():
        if entry.kind != "society":
            assert digest(resolve(str(entry.path))) == digest(resolve(entry.name))


@pytest.mark.parametrize(
    "word", ["..", "../schemes/china-rail-2018", "schemes/china-rail-2018", "*", "china-rail-*", "", " "]
)
def test_a_name_never_leads_out_of_the_catalogue(word: str) -> None:
    (said,) = _said(word)
    assert "no such file" in said or "in the catalogue" in said or "is empty" in said or "folder" in said


def test_unknown_names_get_the_nearest_one() -> None:
    assert _said("rail-and-defaulter")[0].endswith("did you mean 'rail-and-defaulters'?")
    assert "is a society of the catalogue" in _said("china-2020")[0]
    assert "is a society; an experiment or a scheme was expected" in _said(str(VALID / "society.yaml"))[0]


def test_faults_of_all_files_are_reported_together(tmp_path: Path) -> None:
    file = _copy(tmp_path)
    for name, old, new in (
        ("experiment.yaml", "weeks: 20", "weeks: 0"),
        ("society.yaml", "act: 0.3", "act: 3"),
        ("scheme.yaml", "onto: banned", "onto: baned"),
        ("scheme-with-score.yaml", "notice: 1", "notice: 2"),
    ):
        path = tmp_path / name
        path.write_text(path.read_text().replace(old, new))
    names = [Path(line.split(":")[0]).name for line in _said(str(file))]
    assert names == ["experiment.yaml", "society.yaml", "scheme.yaml", "scheme-with-score.yaml"]


def test_check_and_resolve_say_the_same(tmp_path: Path) -> None:
    file = _copy(tmp_path)
    file.write_text(file.read_text().replace("like: both", "like: bothe"))
    assert [str(problem) for problem in check([file])] == _said(str(file))


def test_a_hundred_problems_are_enough(tmp_path: Path) -> None:
    file = tmp_path / "scheme.yaml"
    extra = "".join(f"wrong-{number}: 1\n" for number in range(500))
    file.write_text((VALID / "scheme.yaml").read_text() + extra)
    problems = check([file, VALID / "society.yaml"])
    assert len(problems) == 101 and problems[-1].message == "and 400 more problems"


def test_a_scheme_is_checked_against_the_society_that_it_names(tmp_path: Path) -> None:
    """Catches a file that `check` finds wrong and `run` right, or the other way round."""
    _copy(tmp_path)
    text = (tmp_path / "scheme.yaml").read_text()
    named = tmp_path / "named.yaml"
    named.write_text(text + "society: ./society.yaml\n")
    assert check([named]) == []
    named.write_text(text + "society: ./nowhere.yaml\n")
    assert "no such file" in str(check([named])[0])
    named.write_text(text + "society: china-2020\n")
    assert any("in the society china-2020" in str(problem) for problem in check([named]))
