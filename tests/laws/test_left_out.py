"""The laws of those whom a scheme leaves out: only others' records reach them, and parts of an effect add up."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from scorelab.kernel.counted import W_DENIED, W_LISTED, WEEKLY
from scorelab.ledger.manifest import Manifest, write_manifest
from scorelab.measures import saturation
from scorelab.measures.conduct import acts_cube
from scorelab.measures.cube import Cube
from scorelab.measures.economy import jobless_cube
from scorelab.measures.lab import Lab, facts
from scorelab.measures.needs import needs_cube
from scorelab.measures.persons import persons_cube
from scorelab.measures.table import Cell
from scorelab.runs.execute import execute
from scorelab.runs.lives import prepare
from scorelab.spec.resolved import Resolved, digest
from scorelab.spec.society import Attribute
from scorelab.words import COIN, Switch
from tests.laws.seen import counts_of, seen
from tests.tables.round_numbers import everything, with_society, with_worlds

WAYS = (Switch.ties, Switch.information_ties, Switch.publicity, Switch.campaigns, Switch.refill, Switch.contagion)
QUIET = sorted({*(switch.value for switch in WAYS), Switch.spiral.value})
"""Every way by which what happens to some reaches others, switched off."""


def halved(without: list[str], persons: int = 200, weeks: int = 30) -> Resolved:
    """The experiment of round numbers without some switches: nobody, everybody and each half subject to its schemes."""
    whole = everything(persons=persons, weeks=weeks)
    attributes = {**whole.society.attributes, COIN: Attribute.model_validate({"share": 0.5})}
    full = dataclasses.replace(whole.world("whole"), without=without)
    worlds = (
        dataclasses.replace(whole.world("nothing"), without=without),
        full,
        dataclasses.replace(full, name="but-heads", exempts=COIN),
        dataclasses.replace(full, name="but-tails", covers=COIN),
    )
    resolved = with_worlds(with_society(whole, attributes=attributes), *worlds)
    return dataclasses.replace(resolved, groups=[COIN], focus="whole")


def weekly(resolved: Resolved, number: int) -> dict[tuple[str, str], np.ndarray]:
    """World and side of the coin -> everything that is counted of it by the week."""
    counts, names = counts_of(resolved, number)
    return {
        (world, group["attributes"]): counts.weekly[:, w, g]
        for w, world in enumerate(names.worlds)
        for g, group in enumerate(names.groups)
    }


@pytest.mark.parametrize("number", range(3))
def test_where_nothing_runs_from_person_to_person_the_left_out_live_as_without_a_scheme(number: int) -> None:
    """Catches a record, a door or a fear that a scheme brings to people to whom it does not apply; in every count of
    every week. And those to whom it applies live as they do where it applies to everybody.
    """
    found = weekly(halved(QUIET), number)
    for half, exempt, covered in (("but-heads", COIN, "none"), ("but-tails", "none", COIN)):
        np.testing.assert_array_equal(found[half, exempt], found["nothing", exempt])
        np.testing.assert_array_equal(found[half, covered], found["whole", covered])
        assert found[half, covered][:, W_LISTED].sum() > 0, "or nothing is tried"


def test_along_ties_it_reaches_them_without_a_record_of_their_own() -> None:
    """Catches an exemption from what others have done: somebody who is left out is denied for another's record."""
    denied = 0
    for number in range(3):
        found = weekly(halved([]), number)
        for half, exempt in (("but-heads", COIN), ("but-tails", "none")):
            counts = dict(zip(WEEKLY, found[half, exempt].sum(axis=0), strict=True))
            assert counts["listed"] == counts["records_true"] == counts["records_false"] == 0
            assert counts["denied"] == counts["denied_tie"]
            denied += found[half, exempt][:, W_DENIED].sum()
    assert denied > 0


def test_the_coin_changes_no_life() -> None:
    """Catches an attribute that moves the chance of others, or the bits by which sources select and rates depend."""
    tossed = dataclasses.replace(halved([]), groups=[])
    worlds = tossed.worlds[:2]
    plain = with_society(everything(persons=200, weeks=30))
    without = dataclasses.replace(with_worlds(plain, *worlds), groups=[])
    assert COIN in tossed.society.attributes and COIN not in without.society.attributes
    assert seen(dataclasses.replace(tossed, worlds=worlds)) == seen(without)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two counties in which everything runs from person to person, without measures."""
    folder = tmp_path_factory.mktemp("halved")
    resolved = halved([], persons=400)
    manifest = Manifest(digest=digest(resolved), resolved=json.loads(resolved.to_json()))
    write_manifest(folder, manifest)
    execute(prepare(resolved), folder, manifest, workers=1)
    return folder


def test_the_parts_of_an_effect_add_up_to_it_to_the_last_integer(lived: Path) -> None:
    """Catches people who are counted in no half, or in both: the whole is that of the measures without any coin."""

    def whole(found: Cube, count: str, cell: Cell) -> int:
        values = found.counts[count].sum(axis=0)[:, found.cells.index(cell)]
        return int(values[found.labels.index("whole")] - values[found.labels.index("nothing")])

    with Lab(facts(lived)) as lab:
        rows = list(saturation.rows(lab))
        wanted = {
            "denials": whole(needs_cube(lab), "denied", Cell()),
            "ever_denied": whole(persons_cube(lab), "denied", Cell()),
            "jobless_years": whole(jobless_cube(lab), "jobless", Cell()),
            "unlawful_acts": whole(acts_cube(lab), "acted", Cell(item="unlawful")),
            "lawful_acts": whole(acts_cube(lab), "acted", Cell(item="lawful")),
        }
    parts = {(row.measure.removeprefix("saturation_"), str(row.item)): int(row.numerator or 0) for row in rows}
    for name, total in wanted.items():
        assert parts[name, "total"] == total != 0, name
        assert parts[name, "spillover"] + parts[name, "direct"] + parts[name, "rest"] == total, name
    assert parts["denials", "spillover"] != 0 != parts["denials", "rest"], "or nothing spilled over"
