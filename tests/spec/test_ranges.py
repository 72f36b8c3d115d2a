"""What a study may draw: stated ranges of what is assumed, once for all worlds, and nothing that was set on purpose."""

from pathlib import Path

import pytest

from scorelab.spec.load import Options, resolve
from scorelab.spec.ranges import Parameter, ranges, reaching, refusals, with_values
from tests.runs.uncertain import NOTICE, uncertain


def test_a_range_is_found_once_however_many_worlds_have_it(tmp_path: Path) -> None:
    found = ranges(resolve(str(uncertain(tmp_path))))
    assert [one.name for one in found.drawn] == [
        *("response.not_asking", "society.services.private-school.online"),
        NOTICE,
    ]
    notice = found.drawn[-1]
    assert (notice.value, notice.low, notice.high, notice.basis) == (0.5, 0.1, 0.9, "assumed")


def test_what_a_world_sets_is_named_and_kept_there_while_the_others_are_drawn(tmp_path: Path) -> None:
    resolved = resolve(str(uncertain(tmp_path)))
    assert ranges(resolved).left == (NOTICE,)
    changed = with_values(resolved, {NOTICE: 0.7, "response.not_asking": 0.2})
    noticed = {
        world.name: [scheme.sources["guards"].watches["smoking-on-train"].value for scheme in world.schemes]
        for world in changed.worlds
    }
    assert noticed == {"no-scheme": [], "as-written": [0.7], "without-false-records": [0.7], "kept": [0.4]}
    assert {world.response.not_asking.value for world in changed.worlds} == {0.2}
    assert changed.society.response.not_asking.value == 0.2


def test_what_was_set_for_the_whole_run_is_not_drawn(tmp_path: Path) -> None:
    options = Options(sets=("society.response.not_asking=0.8",))
    found = ranges(resolve(str(uncertain(tmp_path)), options=options))
    assert "response.not_asking" not in {one.name for one in found.drawn}
    assert "response.not_asking" in found.left


def test_documented_ranges_are_drawn_only_when_asked_for() -> None:
    resolved = resolve("reported-and-documented")
    usual, every = ranges(resolved), ranges(resolved, every=True)
    assert {one.basis for one in usual.drawn} == {"assumed"}
    assert {one.basis for one in every.drawn} == {"assumed", "derived", "documented"}
    assert {one.name for one in usual.drawn} < {one.name for one in every.drawn}


def test_values_in_the_middle_of_every_range_can_be_put_in() -> None:
    """A parameter whose path leads nowhere would be drawn and never lived."""
    resolved = resolve("reported-and-documented")
    found = ranges(resolved, every=True)
    values = {one.name: (one.low + one.high) / 2 for one in found.drawn}
    again = {one.name: one.value for one in ranges(with_values(resolved, values), every=True).drawn}
    assert again == values


def test_the_ceiling_of_an_exposure_is_no_assumption() -> None:
    """Drawing it would draw other candidates: chance would differ between draws, and nothing else."""
    assert not [one.name for one in ranges(resolve("reported-and-documented")).drawn if "ceiling" in one.name]


def test_what_the_checks_refuse_names_its_clause() -> None:
    """The steps of a roll-out have ranges that overlap; a later step below an earlier one is no roll-out."""
    resolved = resolve("reported-and-documented")
    steps = [one for one in ranges(resolved).drawn if one.clause == "as-reported.rollout"]
    refused = refusals(with_values(resolved, {steps[0].name: steps[0].high, steps[1].name: steps[1].low}))
    assert "as-reported.rollout" in {clause for said, clause in refused.items() if said not in refusals(resolved)}


def test_parameters_of_another_systems_scheme_cannot_reach() -> None:
    drawn = tuple(Parameter(part, "x", 1.0, 0.0, 2.0, "assumed") for part in ("response", "society", "mine", "theirs"))
    assert [one.part for one in reaching(drawn, {"mine"})] == ["response", "society", "mine"]


@pytest.mark.parametrize(
    ("low", "high", "by_ratio"), [(0.0, 1.0, False), (0.1, 1.0, False), (0.1, 1.1, True), (-1.0, 1.0, False)]
)
def test_only_positive_ranges_of_more_than_tenfold_are_drawn_by_ratio(low: float, high: float, by_ratio: bool) -> None:
    assert Parameter("society", "x", high, low, high, "assumed").by_ratio is by_ratio
