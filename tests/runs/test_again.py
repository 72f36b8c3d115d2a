"""A village lives a changed experiment with the same counts as if it knew nothing: every array, after every change."""

import dataclasses
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from benchmarks.bench_explorer import Change, changed, changes, same, two_worlds
from scorelab.errors import InputError
from scorelab.kernel import early
from scorelab.kernel.counted import RUN_SHIFT
from scorelab.kernel.early import BY_WEEK, UNREAD
from scorelab.kernel.layout import MARKS, Law
from scorelab.kernel.live import Beginning, live
from scorelab.ledger.rows import tables
from scorelab.runs.again import KEPT, SOCIETIES, Lived, Stopped, Village, society_digest
from scorelab.runs.lives import _composed, lives, margins_of, prepare
from scorelab.runs.tasks import all_tasks
from scorelab.spec.load import Options
from scorelab.spec.resolved import Resolved
from scorelab.spec.scheme import Scheme
from scorelab.tables.chances import deterrence_curve, exponential_curve, fading, power_curve, weekly_chance
from scorelab.tables.gamma import class_means
from scorelab.tables.kinds import _reach

pytestmark = pytest.mark.slow

KEPT_TABLES: tuple[Any, ...] = (
    *(_reach, _composed, class_means, deterrence_curve, power_curve, exponential_curve, fading, weekly_chance),
)
Edit = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def village() -> Iterator[Village]:
    """One that remembers what the tests before have lived."""
    made = Village()
    yield made
    made.close()


def before() -> Resolved:
    """Two counties, one of which gets the scheme in the third year and one in the sixth."""
    return two_worlds(Options(persons=1200, counties=2, weeks=300))


def _edited(resolved: Resolved, edit: Edit) -> Resolved:
    """The experiment with the scheme of its focus edited."""
    focus = resolved.world(resolved.focus)
    data = focus.schemes[0].model_dump(mode="json")
    edit(data)
    world = dataclasses.replace(focus, schemes=[Scheme.model_validate_json(json.dumps(data))])
    return dataclasses.replace(resolved, worlds=[world if one is focus else one for one in resolved.worlds])


def _response(resolved: Resolved, name: str, value: float) -> Resolved:
    """The experiment with one number of everybody's response set."""

    def of(one: Any) -> Any:
        found = getattr(one.response, name).model_copy(update={"value": value})
        return dataclasses.replace(one, response=one.response.model_copy(update={name: found}))

    return dataclasses.replace(resolved, worlds=[of(one) for one in resolved.worlds])


def _put(*path: Any, value: Any) -> Edit:
    def edit(data: Any) -> None:
        for step in path[:-1]:
            data = data[step]
        data[path[-1]] = value

    return edit


_NUMBER: dict[str, Any] = {
    "value": 0.5,
    "range": [0, 100],
    "basis": "assumed",
    "cite": [],
    "note": "",
    "by_hand": False,
}

EDITS: dict[str, Edit] = {
    "campaign-informs": _put("campaigns", 0, "informs", "value", value=0.02),
    "campaign-lifts": _put("campaigns", 0, "lifts", "value", value=0.004),
    "campaign-persuades": _put("campaigns", 0, "persuades", "value", value=-0.001),
    "campaign-later": _put("campaigns", 0, "start", value="2016-06-14"),
    "no-campaign": _put("campaigns", value=[]),
    "aware": _put("aware", "value", value=0.5),
    "less-aware": _put("aware", "value", value=0.05),
    "earlier": _put("rollout", 1, "share", value={**_NUMBER, "value": 0.9}),
    "later": _put("rollout", 1, "share", value={**_NUMBER, "value": 0.03}),
    "at-once": _put("rollout", value=[]),
    "never": _put("rollout", value=[{"date": "2030-01-01", "share": {**_NUMBER, "value": 1.0}}]),
    "opt-in": _put("opt_in", value={"share": {**_NUMBER}, "per_year": None, "cite": [], "note": ""}),
    "no-source": lambda data: data["sources"].pop("purchases"),
    "no-mistakes": _put("sources", "neighbours", "mistakes", value=None),
    "many-mistakes": _put("sources", "neighbours", "mistakes", "per_year", value={**_NUMBER, "value": 90.0}),
    "watches-no-more": _put("sources", "cameras", "watches", "jaywalking", value={**_NUMBER, "value": 0.0}),
    "no-list": lambda data: (data["lists"].pop("redlist"), data["rules"].pop(), data["consequences"].pop()),
    "no-ties": lambda data: data["consequences"].__delitem__(slice(5, 10)),
}
"""Changes beside those of the benchmark: some matter before a scheme is in force, some change the tables' shapes."""

RESPONSES = {
    "contagion": 0.9,
    "backlash": 0.8,
    "prior_risk": 0.7,
    "learning": 0.9,
    "half_life_weeks": 20.0,
    "stigma": 30.0,
    "defiance": 0.9,
    "sensitivity": 5.0,
}


def _all_changes() -> Iterator[tuple[str, Resolved]]:
    start = before()
    for change in changes():
        yield f"{change.kind} {'.'.join(map(str, change.path))}", changed(start, change)
    for name, edit in EDITS.items():
        yield name, _edited(start, edit)
    for name, value in RESPONSES.items():
        yield name, _response(start, name, value)
    yield "fewer-weeks", dataclasses.replace(start, weeks=250)
    yield "weeks-before-the-scheme", dataclasses.replace(start, weeks=60)
    yield "coarser-groups", dataclasses.replace(start, groups=["sex"])
    yield (
        "three-worlds",
        dataclasses.replace(
            start, worlds=[*start.worlds, dataclasses.replace(start.worlds[1], name="without-ties", without=["ties"])]
        ),
    )
    yield (
        "exempt",
        dataclasses.replace(start, worlds=[start.worlds[0], dataclasses.replace(start.worlds[1], exempts="coin")]),
    )


def _marks(resolved: Resolved, lived: Lived) -> bool:
    return all(one.marks.shape == (resolved.persons, len(resolved.worlds)) for one in lived.counties)


def test_after_every_change_counts_are_as_if_nothing_was_kept(village: Village) -> None:
    """Catches anything kept that a change does touch: people, tables, or how a county stood.

    Each change follows the unchanged experiment and another change, so that both may have been kept.
    """
    village.live(before())
    found = []
    for name, resolved in _all_changes():
        lived = village.live(resolved)
        fresh = Village()
        plain = fresh.live(resolved)
        fresh.close()
        if not same(lived, plain) or any(
            not np.array_equal(a.marks, b.marks) for a, b in zip(lived.counties, plain.counties, strict=True)
        ):
            found.append(name)
        assert _marks(resolved, lived)
    assert found == []


def test_counts_are_those_of_an_ordinary_run(village: Village) -> None:
    """Catches a village that is right about its changes and wrong about the experiment."""
    village.live(before())
    resolved = changed(before(), changes()[0])
    lived, prepared = village.live(resolved), prepare(resolved)
    for one, task in zip(lived.counties, all_tasks(resolved), strict=True):
        steps = lives(prepared, task)
        while True:
            try:
                next(steps)
            except StopIteration as end:
                counts, margins = end.value
                break
        for mine, theirs in zip(one.counts, counts, strict=True):
            np.testing.assert_array_equal(mine, theirs)
        assert margins_of(one.who, resolved) == margins
        assert tables(one.counts, prepared.built.names, margins)


def test_weeks_before_anything_differs_are_not_lived_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a village that lives everything anew: right, and slow."""
    begun: list[int] = []

    def spied(*given: Any) -> Any:
        begun.append(given[-1].early.week if given[-1].early is not None else 0)
        return live(*given)

    monkeypatch.setattr("scorelab.runs.again.live", spied)
    village = Village()
    village.live(before())
    for change in changes():
        village.live(changed(before(), change))
    village.close()
    assert begun[:2] == [0, 0]
    assert sorted(set(begun[2:])) == [104, 261]


def _counties(village: Village) -> list[Any]:
    return [county for society in village._societies.values() for county in society.counties.values()]


NEEDED = {
    "aware": "less-aware",
    "media": "campaign-lifts",
    "norm_push": "campaign-persuades",
    "contagion": "contagion",
    "contrary": "backlash",
    "open_to_all": "opt-in",
    "misdeed": "watches-no-more",
}
"""What has to be in a law's key, and a change that shows it."""


@pytest.mark.parametrize("field", NEEDED)
def test_dropping_a_needed_field_is_found(field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a test of the above that could not fail: with one field fewer in the key, a change goes unnoticed."""
    if field == "misdeed":
        monkeypatch.setattr(early, "misdeed", lambda law: law.standing)
    else:
        monkeypatch.setattr(early, "UNREAD", UNREAD | {field})
    resolved = dict(_all_changes())[NEEDED[field]]
    village, fresh = Village(), Village()
    village.live(before())
    assert not same(village.live(resolved), fresh.live(resolved))
    village.close()
    fresh.close()


def test_a_new_field_of_the_law_is_in_the_key() -> None:
    """Catches a list of fields that names one that is no more, so that nobody would see a new one of that name."""
    assert set(Law._fields) >= UNREAD | BY_WEEK and not UNREAD & BY_WEEK
    kept = set(Law._fields) - UNREAD - BY_WEEK
    assert kept == {
        *("open_to_all", "public_fade", "contagion", "exponential", "success", "grants_work", "base", "contrary"),
        *("grievance", "domain", "substitute", "standing", "contrary_purpose"),
    }


def test_nothing_is_kept_once_a_scheme_has_left_a_trace() -> None:
    """Catches a county that is taken down too late: what then depends on the law would be kept as if it did not."""
    prepared = prepare(before())
    village = Village()
    village.live(before())
    (county,) = [one for kept in _counties(village) for one in kept.tables.values() if one.in_force.min() < 200]
    built = prepared.built
    late = Beginning(keep_at=260)
    for _ in live(county, built.kinds, built.law, 300, len(built.names.groups), None, late):
        pass
    assert late.kept is None
    village.close()


def test_a_village_keeps_few(village: Village) -> None:
    """Catches a village that grows with every change until the memory is full."""
    small = dataclasses.replace(before(), weeks=20)
    for seed in range(SOCIETIES + 2):
        village.live(dataclasses.replace(small, seed=seed))
    assert len(village._societies) == SOCIETIES
    for name, edit in EDITS.items():
        if "campaign" in name or "mistakes" in name:
            village.live(_edited(small, edit))
    assert all(len(one.early) <= KEPT and len(one.tables) <= KEPT for one in _counties(village))


def test_societies_are_told_apart() -> None:
    """Catches people who stay the same although seed, size or society changed."""
    start = before()
    others = [
        dataclasses.replace(start, seed=start.seed + 1),
        dataclasses.replace(start, persons=1300),
        dataclasses.replace(start, counties=3),
        dataclasses.replace(start, society=start.society.model_copy(update={"traits": {}})),
    ]
    assert len({society_digest(one) for one in [start, *others]}) == 5
    assert society_digest(changed(start, changes()[0])) == society_digest(start)


def test_living_can_be_stopped(village: Village) -> None:
    """Catches a change that has to be lived to its end although nobody waits for it any more."""
    stop = threading.Event()
    seen: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> None:
        seen.append((done, of))
        stop.set()

    resolved = dataclasses.replace(before(), seed=77, persons=20_000, society=before().society)
    with pytest.raises(Stopped):
        village.live(resolved, progress=progress, stop=stop)
    assert seen[0][0] < seen[0][1] == 600
    assert village.live(before()).resolved == before()


def test_a_failure_is_told_and_leaves_the_village_alive(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches an error that is lost in a thread, and one that blocks every later change."""
    resolved = dataclasses.replace(before(), seed=78)
    with monkeypatch.context() as patched:
        patched.setattr("scorelab.runs.again.people", _fails)
        with pytest.raises(InputError):
            village.live(resolved)
    assert len(village.live(resolved).counties) == 2


def _fails(*_: object) -> None:
    raise InputError([])


def test_marks_are_of_the_whole_run(village: Village) -> None:
    """Catches marks that are the year's."""
    lived = village.live(before())
    assert MARKS < 8 and RUN_SHIFT == 8
    restricted = sum(int((one.marks[:, 1] & 1).sum()) for one in lived.counties)
    assert restricted == sum(int(one.counts.persons[-1, 1, :, 2].sum()) for one in lived.counties) > 0


def test_tables_that_were_kept_are_those_that_are_made_anew() -> None:
    """Catches a table that is kept under too short a name: another change would get it."""
    for name, resolved in _all_changes():
        kept = prepare(resolved).built
        for cache in KEPT_TABLES:
            cache.cache_clear()
        fresh = prepare(resolved).built
        assert kept.digest() == fresh.digest() and kept.names == fresh.names, name


def test_a_change_of_the_benchmark_is_a_change() -> None:
    """Catches a benchmark of fewer changes than it says, or of one and the same."""
    found = changes()
    assert len(set(found)) == len(found) == 50
    assert [one.kind for one in found[:8]] == ["source", "rule", "term", "tie"] * 2
    with pytest.raises(ValueError, match="already"):
        changed(before(), Change("rule", ("rules", 2, "points"), -5))
