"""From an experiment to tables: what the catalogue's own experiment must become."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from scorelab.errors import InputError
from scorelab.kernel.fate import key
from scorelab.kernel.layout import ALWAYS, MISTAKE, NEED, NEVER, OPEN
from scorelab.measures.lab import facts
from scorelab.society.county import people
from scorelab.society.plan import Plan, plan
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved
from scorelab.spec.society import Who
from scorelab.tables.build import Built, build
from scorelab.tables.county import county, person_weights
from scorelab.tables.kinds import reach
from scorelab.tables.law import check_purposes, stake_years
from scorelab.words import Condition

DIGEST = "f75825ca1de7b1edb729d0ff0ae8c0c8"
"""Of the catalogue's experiment. It changes with a value of the catalogue or the compiler, not with the machine."""


@pytest.fixture(scope="module")
def resolved() -> Resolved:
    """The catalogue's experiment over one small county."""
    return resolve("rail-and-defaulters", options=Options(persons=6000, counties=1))


@pytest.fixture(scope="module")
def fitted(resolved: Resolved) -> Plan:
    """The society's plan."""
    return plan(resolved.margins)


@pytest.fixture(scope="module")
def built(resolved: Resolved, fitted: Plan) -> Built:
    """The tables."""
    return build(resolved, fitted)


def test_tables_are_the_same_on_every_machine(built: Built) -> None:
    assert built.digest() == DIGEST


def test_dates_become_weeks(built: Built) -> None:
    """The rail rules began on 1 May 2018, in the 226th week after 6 January 2014; the court list before it."""
    w = built.names.worlds.index("as-written")
    assert built.law.in_force[w, built.names.schemes.index("china-rail-2018")] == 226
    assert built.law.in_force[w, built.names.schemes.index("spc-defaulters-2013")] == 0
    assert (built.law.in_force[built.names.worlds.index("no-scheme")] == NEVER).all()


def test_clocks_are_those_of_the_file(built: Built) -> None:
    w = built.names.worlds.index("as-written")
    conduct, fare = (built.names.lists.index(name) for name in ("rail-conduct", "rail-fare"))
    assert built.law.term[w, conduct] == 26
    assert built.law.term[w, fare] == 0 and list(built.law.repeat[w, fare]) == [3, 52, 13]
    assert 0 < built.law.term.max() < OPEN


def test_a_world_without_false_records_keeps_everything_else(built: Built) -> None:
    """Misses and all other chance must stay as they are, or the difference is not that of the false records."""
    full, spared = (built.names.worlds.index(name) for name in ("as-written", "without-false-records"))
    mistakes = built.kinds.what == MISTAKE
    assert (built.kinds.share[mistakes][:, spared] == 0).all() and built.kinds.share[mistakes][:, full].any()
    for name, table in built.law._asdict().items():
        if table.ndim >= 2 and table.shape[0] == len(built.names.worlds) and name != "sibling":
            np.testing.assert_array_equal(table[full], table[spared], err_msg=name)


def test_a_world_without_ties_lifts_only_the_bars_on_children(built: Built) -> None:
    full, alone = (built.names.worlds.index(name) for name in ("as-written", "without-ties"))
    assert built.law.bar_child[full].any() and not built.law.bar_child[alone].any()
    np.testing.assert_array_equal(built.law.bar_self[full], built.law.bar_self[alone])


def test_the_placebo_has_mistakes_of_its_own_and_nothing_else(built: Built) -> None:
    full, placebo = (built.names.worlds.index(name) for name in ("as-written", "placebo"))
    for k in np.flatnonzero(built.kinds.what == MISTAKE):
        worlds = int(built.kinds.worlds[k])
        assert (worlds >> full & 1) != (worlds >> placebo & 1)
    np.testing.assert_array_equal(built.law.sensitivity[full], built.law.sensitivity[placebo])


def test_siblings_are_the_worlds_that_differ_in_one_switch(built: Built) -> None:
    names = built.names.worlds
    w = names.index("as-written")
    assert list(built.law.sibling[w]) == [names.index("without-false-records"), names.index("without-ties"), -1]
    assert list(built.law.sibling[names.index("placebo")]) == [-1, -1, -1]


def test_siblings_are_those_of_the_measures(resolved: Resolved, fitted: Plan, tmp_path: Path) -> None:
    """The report must not tell a reading that the ledger could not count, even of worlds that look like siblings."""
    worlds = {one.name: one for one in resolved.worlds}
    full, clean = worlds["as-written"], worlds["without-false-records"]
    gentle = full.response.model_copy(update={"spread": full.response.half_life_weeks})
    loose = [
        dataclasses.replace(clean, name="a-one-scheme", schemes=full.schemes[:1]),
        dataclasses.replace(clean, name="b-gentle", response=gentle),
        dataclasses.replace(clean, name="c-placebo", placebo=True),
        dataclasses.replace(worlds["placebo"], name="d-placebo-without-ties", without=["ties"]),
    ]
    seen = set()
    for chosen in ([*loose, full, clean], [*loose, full, worlds["placebo"]]):
        changed = dataclasses.replace(resolved, worlds=chosen, against=full.name, focus=full.name)
        (tmp_path / "manifest.json").write_text(json.dumps({"resolved": json.loads(changed.to_json())}))
        run = facts(tmp_path)
        for w, row in enumerate(build(changed, fitted).law.sibling):
            found = [run.sibling(switch, run.names[w]) for switch in ("false_records", "ties")]
            assert found == [run.names[other] if other >= 0 else None for other in row[:2]], run.names[w]
            seen |= {(run.names[w], name) for name in found if name}
    expected = {
        ("as-written", "without-false-records"),
        ("placebo", "c-placebo"),
        ("placebo", "d-placebo-without-ties"),
    }
    assert seen == expected


def test_what_is_at_stake_is_the_longest_listing_in_years(resolved: Resolved) -> None:
    rail, court = sorted(resolved.world("as-written").schemes, key=lambda scheme: scheme.scheme)
    assert stake_years(rail, "smoking-on-train", resolved.society) == pytest.approx(0.5)
    assert stake_years(court, "evading-judgment", resolved.society) == pytest.approx(1 / 0.3)
    assert stake_years(court, "smoking-on-train", resolved.society) == 0.0


def test_rates_have_the_mean_that_the_file_says(resolved: Resolved, fitted: Plan, built: Built) -> None:
    """Weights times thinning, over the county's people in their conditions, give back per_year.

    The county of 6,000 meets its margins within 0.2 %, and traits have mean 1 with classes 64 of equal size, drawn:
    the mean of 6,000 gamma(0.3) draws has a standard error of 2.4 %, so 12 % is five standard errors.
    """
    traits = tuple(sorted(resolved.society.traits))
    who = people(fitted, traits, resolved.society.trait_correlation.value, 6000, 0, key(1))
    weights = person_weights(built, who) / 65536
    for name, kinds in _by_service(built).items():
        service = resolved.society.services[name]
        rate = sum(
            built.intensity[k] * (weights[k] * built.kinds.thin[k][who.cell, who.condition] / ALWAYS).mean()
            for k in kinds
        )
        assert rate * 52 == pytest.approx(service.per_year.value, rel=0.12), name


def _by_service(built: Built) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for k in np.flatnonzero(built.kinds.what == NEED):
        found.setdefault(built.names.services[built.kinds.index[k]], []).append(int(k))
    return found


def test_only_the_jobless_look_for_work(built: Built) -> None:
    (k,) = _by_service(built)["job"]
    reached = built.kinds.thin[k].max(axis=0)
    assert reached[Condition.jobless] > 0
    assert not reached[[q for q in Condition if q is not Condition.jobless]].any()


def test_alias_tables_give_each_person_its_weight(built: Built, fitted: Plan, resolved: Resolved) -> None:
    """Added up over slots, the chance of being picked is the person's share of the block's weight, to 32 bits."""
    who = people(fitted, tuple(sorted(resolved.society.traits)), 0.4, 6000, 0, key(1))
    tables = county(built, who, 0, key(1))
    weights = person_weights(built, who)
    for k in range(weights.shape[0]):
        for begin, end in ((0, 4096), (4096, 6000)):
            size = end - begin
            own = (tables.accept[k, begin:end].astype(np.float64) + (tables.accept[k, begin:end] == 2**32 - 1)) / 2**32
            chance = own / size
            np.add.at(chance, tables.other[k, begin:end].astype(np.int64), (1 - own) / size)
            block = weights[k, begin:end]
            np.testing.assert_allclose(chance, block / block.sum(), atol=1e-8)


def test_the_order_of_keys_in_a_file_changes_nothing(resolved: Resolved, fitted: Plan, built: Built) -> None:
    """Keys of chance are hashes of names; a behaviour that moves within the file must not move a single life."""
    society = resolved.society
    turned = society.model_copy(update={"behaviours": dict(reversed(society.behaviours.items()))})
    assert build(dataclasses.replace(resolved, society=turned), fitted).digest() == built.digest()


@pytest.mark.parametrize(
    "who",
    [
        {"condition": {word.name: 0.0 for word in Condition}},
        {
            "age": {"0-5": 0.0, "6-17": 0.0, "18-29": 0.0, "30-44": 0.0, "45-59": 0.0},
            "condition": {"retired": 0.0, "working": 0.0},
        },
    ],
    ids=["nobody", "only in a condition that nobody of that age starts in"],
)
def test_what_concerns_nobody_gives_no_weight(who: dict[str, dict[str, float]], fitted: Plan) -> None:
    """The mean to scale by is zero, or so small that a weight would not fit its integer."""
    weight, _ = reach(Who.model_validate(who), fitted)
    assert weight == [0.0] * len(weight) or max(weight) < 1e7


def test_a_rate_set_beyond_its_range_adds_layers_and_moves_none(resolved: Resolved, fitted: Plan, built: Built) -> None:
    """Were the ceiling to follow the value, a study of a rate would compare other lives."""
    options = Options(persons=6000, counties=1, sets=("society.behaviours.evading-judgment.per_year=0.03",))
    louder = build(resolve("rail-and-defaulters", options=options), fitted)
    before, after = _layers(built, "evading-judgment"), _layers(louder, "evading-judgment")
    assert len(before) == 1 and len(after) > 1
    assert after[0][:2] == before[0][:2], "layer 0 is drawn as before"
    assert sum(intensity * kept for _, intensity, kept in after) * 52 == pytest.approx(0.03, rel=1e-6)


def _layers(built: Built, name: str) -> list[tuple[int, float, float]]:
    """Purpose, intensity and largest share kept of each layer of an occasion."""
    found = [k for k, (what, of, _) in enumerate(built.names.kinds) if what == "occasion" and of == name]
    return [(int(built.kinds.purpose[k]), built.intensity[k], built.kinds.thin[k].max() / ALWAYS) for k in found]


def test_each_scheme_deters_by_what_it_has_at_stake(built: Built) -> None:
    """Knowing the mild scheme must not deter like the harsh one."""
    w, b = built.names.worlds.index("as-written"), built.names.behaviours.index("evading-judgment")
    rail, court = (built.names.schemes.index(name) for name in ("china-rail-2018", "spc-defaulters-2013"))
    assert built.law.deters[w, b] == 1 << court
    curves = built.law.acting[w, :, b]
    assert curves[court, 0] == curves[rail, 0] == built.law.base[w, b]
    assert curves[court, -1] < curves[rail, -1] == built.law.base[w, b]


def test_two_purposes_with_one_hash_are_refused() -> None:
    """They would share their chance: two things would always happen together."""
    check_purposes([1, 2, 3])
    with pytest.raises(InputError, match="rename"):
        check_purposes([1, 2, 1])
