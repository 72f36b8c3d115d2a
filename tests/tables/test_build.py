"""From an experiment to tables: every clause of a scheme lands in the right table, and nowhere else."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scorelab.errors import InputError
from scorelab.kernel.fate import key, purpose
from scorelab.kernel.layout import MISTAKE
from scorelab.measures.lab import facts
from scorelab.society.county import people
from scorelab.spec.resolved import Resolved
from scorelab.tables.build import Built
from scorelab.tables.county import county, person_weights
from scorelab.tables.law import check_purposes
from scorelab.words import CELLS, cell_parts
from tests.tables import by_hand
from tests.tables.round_numbers import KEY, built, everything, fitted, whole, with_society, with_worlds

DIGEST = "c7b0be08f3ff1772f373efab9efe09e9"
"""Of the experiment of round numbers. It changes with its files, the margins or the compiler, not with the machine."""


@pytest.fixture(scope="module")
def tables() -> Built:
    """Those of the experiment of round numbers."""
    return built(everything())


def test_tables_are_the_same_on_every_machine(tables: Built) -> None:
    """Catches arithmetic that a machine may round as it likes."""
    assert tables.digest() == DIGEST


def test_names_are_in_the_order_in_which_the_tables_count(tables: Built) -> None:
    """Catches an axis that is not the one that its words say; all that is by hand rests on it."""
    names = tables.names
    assert names.worlds == ("nothing", "whole")
    assert names.behaviours == ("dodging", "helping", "loitering", "speeding")
    assert names.services == ("job", "school", "train")
    assert names.sources == ("bank", "cameras", "guards", "neighbours")
    assert names.lists == ("banned", "debtors", "low", "model")
    assert names.schemes == ("points", "register") and names.domains == ("home", "travel")
    assert names.grades == ((), ("poor", "fair", "good")) and names.attributes == ("lone-parent", "newcomer")


@pytest.mark.parametrize("field", by_hand.law())
def test_a_table_is_the_one_on_paper(field: str, tables: Built) -> None:
    """Catches a clause that is compiled wrongly, into another table as well, or into a world that does not have it."""
    np.testing.assert_array_equal(getattr(tables.law, field), by_hand.law()[field])


def test_every_table_is_on_paper(tables: Built) -> None:
    """Catches a new table that nobody worked out."""
    assert {*by_hand.law(), *(name for name in tables.law._fields if name.endswith("_purpose"))} == {
        *tables.law._fields
    }


def test_chance_is_keyed_by_names(tables: Built) -> None:
    """Catches a purpose that stands for a position: one more name would then change what happens to others."""
    law, names = tables.law, tables.names
    wanted: dict[str, list[Any]] = {
        "record_purpose": [[f"record/{source}/{what}" for what in names.behaviours] for source in names.sources],
        "list_purpose": [
            [f"{why}/{name}" for why in ("settle", "correct", "notice", "repair", "dismiss", "unable")]
            for name in names.lists
        ],
        "which_purpose": [f"which/{name}" for name in names.sources],
        "contrary_purpose": ["contrary"],
    }
    for axis, whys in (
        (names.schemes, ("rollout", "told", "appeal", "official", "hear")),
        (names.behaviours, ("fine", "round", "displace")),
        (names.services, ("ask", "door", "owe")),
    ):
        wanted |= {f"{why}_purpose": [f"{why}/{name}" for name in axis] for why in whys}
    assert set(wanted) == {name for name in law._fields if name.endswith("_purpose")}
    for name, words in wanted.items():
        np.testing.assert_array_equal(getattr(law, name), np.vectorize(purpose)(words), err_msg=name)


def test_the_order_of_keys_in_a_file_changes_nothing(tables: Built) -> None:
    """Catches positions in a file among the keys of chance, or in the order of anything."""
    resolved = everything()
    society, world = resolved.society, whole()

    def turned(words: dict[str, Any]) -> dict[str, Any]:
        return dict(reversed(words.items()))

    schemes = [
        scheme.model_copy(update={"sources": turned(scheme.sources), "lists": turned(scheme.lists)})
        for scheme in world.schemes
    ]
    parts = {name: turned(getattr(society, name)) for name in ("behaviours", "services", "traits", "attributes")}
    other = with_worlds(resolved, resolved.world("nothing"), dataclasses.replace(world, schemes=schemes))
    assert built(dataclasses.replace(other, society=society.model_copy(update=parts))).digest() == tables.digest()


def test_groups_are_what_the_breakdown_says(tables: Built) -> None:
    """Catches labels of other people: attributes of the breakdown make one column together, others make none."""
    groups = tables.names.groups
    for cell in range(CELLS):
        for bits in range(4):
            label = {"residence": cell_parts(cell)[2].name, "attributes": "newcomer" if bits & 2 else "none"}
            assert groups[tables.group[cell, bits]] == label


def test_who_is_exempt_is_read_off_the_attributes_world_by_world() -> None:
    """Catches a world that exempts those whom it should cover: bit w for no attribute, lone-parent, newcomer, both."""
    worlds = (
        whole(),
        dataclasses.replace(whole(), name="but-newcomers", exempts="newcomer"),
        dataclasses.replace(whole(), name="lone-parents", covers="lone-parent"),
    )
    made = built(with_worlds(everything(), *worlds))
    assert made.exempt.tolist() == [0b100, 0b000, 0b110, 0b010]
    who = people(fitted(), everything().society, 300, 0, KEY)
    assert county(made, who, 0, KEY).exempt.tolist() == [made.exempt[has] for has in who.attributes]


def test_the_placebo_has_mistakes_of_its_own_and_nothing_else() -> None:
    """Catches a placebo that shares its chance with the world that it is like, or has another law."""
    placebo = dataclasses.replace(whole(), name="placebo", placebo=True)
    made = built(with_worlds(everything(), whole(), placebo))
    mistakes = np.flatnonzero(made.kinds.what == MISTAKE)
    assert sorted(made.kinds.worlds[mistakes]) == [1] * (len(mistakes) // 2) + [2] * (len(mistakes) // 2)
    assert len(set(made.kinds.purpose[mistakes])) == 4  # of cameras and guards, twice; layers share theirs
    for name, table in made.law._asdict().items():
        if table.shape[0] == 2 and not name.endswith("_purpose"):
            np.testing.assert_array_equal(table[0], table[1], err_msg=name)


def test_siblings_are_those_of_the_measures(tmp_path: Path) -> None:
    """Catches a reading that the report tells and the ledger cannot count, even of worlds that look like siblings."""
    full = dataclasses.replace(whole(), name="full")
    clean = dataclasses.replace(full, name="clean", without=["false_records"])
    gentle = full.response.model_copy(update={"spread": full.response.half_life_weeks})
    neither = dataclasses.replace(full, name="neither", without=["false_records", "ties"])
    loose = [
        dataclasses.replace(clean, name="a-one-scheme", schemes=full.schemes[:1]),
        dataclasses.replace(clean, name="b-gentle", response=gentle),
        dataclasses.replace(clean, name="c-placebo", placebo=True),
        dataclasses.replace(clean, name="c-exempts", exempts="newcomer"),
        dataclasses.replace(clean, name="c-covers", covers="newcomer"),
        dataclasses.replace(full, name="d-placebo-without-ties", placebo=True, without=["ties"]),
    ]
    placebo = dataclasses.replace(full, name="placebo", placebo=True)
    seen = set()
    for chosen in ([*loose, full, clean, neither], [*loose, full, placebo]):
        changed = dataclasses.replace(everything(), worlds=chosen, against=full.name, focus=full.name)
        (tmp_path / "manifest.json").write_text(json.dumps({"resolved": json.loads(changed.to_json())}))
        run = facts(tmp_path)
        for world, row in zip(chosen, built(changed).law.sibling, strict=True):
            siblings = {lacks: name for name, lacks in run.siblings(world.name).items()}
            wanted = (("false_records",), ("ties",), ("false_records", "ties"))
            found = [siblings.get(lacks) for lacks in wanted]
            assert found == [run.names[other] if other >= 0 else None for other in row], world.name
            seen |= {(world.name, name) for name in found if name}
    assert seen == {
        ("full", "clean"),
        ("full", "neither"),
        ("clean", "neither"),
        ("placebo", "c-placebo"),
        ("placebo", "d-placebo-without-ties"),
    }


def test_alias_tables_give_each_person_its_weight(tables: Built) -> None:
    """Catches a slot that is given away twice: one is picked by one's share of the block's weight, to 32 bits."""
    persons, block = 6000, 4096
    who = people(fitted(), everything().society, persons, 0, KEY)
    place = county(tables, who, 0, KEY)
    weights = person_weights(tables, who)
    for k in range(weights.shape[0]):
        for begin, end in ((0, block), (block, persons)):
            size = end - begin
            slots = place.alias[place.alias_of[k], begin:end]
            accept = slots[:, 0]
            own = (accept.astype(np.float64) + (accept == 2**32 - 1)) / 2**32
            chance = own / size
            np.add.at(chance, slots[:, 1].astype(np.int64), (1 - own) / size)
            weight = weights[k, begin:end]
            np.testing.assert_allclose(chance, weight / weight.sum(), atol=1e-8)


def test_the_law_of_the_number_of_candidates_is_poisson(tables: Built) -> None:
    """Catches a cumulative law that begins a number too early, or ends before it is through."""
    who = people(fitted(), everything().society, 300, 0, KEY)
    place = county(tables, who, 0, KEY)
    means = np.array(tables.intensity) * person_weights(tables, who).sum(axis=1) / 65536
    assert means.min() < 10 < means.max(), "small and large ones"
    for k, mean in enumerate(means):
        below = [*(place.cut[place.cut_from[k] : place.cut_from[k + 1]].astype(np.float64) / 2**32), 1.0]
        chances = np.diff([0.0, *below])
        numbers = place.first[k, 0] + np.arange(len(chances))
        assert (numbers * chances).sum() == pytest.approx(mean, rel=1e-6)
        assert (numbers**2 * chances).sum() - mean**2 == pytest.approx(mean, rel=1e-5)


def test_two_purposes_with_one_hash_are_refused() -> None:
    """Catches two things that would always happen together."""
    check_purposes([1, 2, 3])
    with pytest.raises(InputError, match="rename"):
        check_purposes([1, 2, 1])


def test_an_empty_society_and_no_scheme_make_tables() -> None:
    """Catches a table without rows that cannot be made."""
    resolved = with_worlds(everything(), everything().world("nothing"))
    nothing: dict[str, Any] = {"behaviours": {}, "services": {}, "exposures": {}, "attributes": {}, "traits": {}}
    empty: Resolved = with_society(resolved, **nothing, job_loss=None, arrears=None, ties=None)
    made = built(dataclasses.replace(empty, groups=[]))
    assert made.kinds.what.shape == (0,) and made.law.rules.shape[1] == 1
    place = county(made, people(fitted(), empty.society, 50, 0, key(1)), 0, key(1))
    assert place.alias.shape == (0, 50, 2) and place.cut_from.tolist() == [0]
