"""A world without a mechanism: its tables differ where the mechanism has its place, and nowhere else."""

import dataclasses

import numpy as np
import pytest

from scorelab.kernel.layout import MISTAKE
from scorelab.spec.resolved import ResolvedWorld
from scorelab.tables.build import Built
from scorelab.words import Switch
from tests.tables.round_numbers import built, everything, whole, with_worlds

CHANNELS = {"channel_tie", "channel_list", "channel_grades", "status_scheme"}
SELECTION = {"select", "otherwise", "varied"}
ATTENTION = {"attention", "attention_lists", "attention_grades"}
MISTAKES = {"kinds.share", "kinds.worlds"}
SEEN = {"source_scheme", "alert", "mistaken_for"}

EXPECTED: dict[str, set[str]] = {
    # without false records nobody believes in them either
    "false_records": {"innocent", *MISTAKES},
    "ties": {"bar_tied", "strength", "throttle_tied", "unfavour_tied", "rules", *CHANNELS},
    "information_ties": {"talk"},
    # what nobody can read employers do not read
    "publicity": {"published", "bar_lists", "strength", "partial"},
    "campaigns": {"aware", "media", "norm_push"},
    "awareness": {"aware"},
    "deterrence": {"slope", "reward", "crowding", "deters"},
    "chilling": {"slope", "deters"},
    "nearness": {"slope"},
    "spread": {"spread"},
    "diffusion": {"slope", "deters"},
    "displacement": {"displacement"},
    "contagion": {"contagion"},
    "backlash": {"contrary"},
    "defiance": {"grievance"},
    "crowding_out": {"crowding"},
    "not_asking": {"not_asking"},
    "refill": {"refill"},
    "spiral": {"spiral", "stigma"},
    "stigma": {"stigma", "lists", "bar_lists", "strength", "partial"},
    "fines": {"fined"},
    "felt_loss": {"felt_loss"},
    "favours": {"favour_lists", "favour_grades", "lift"},
    "throttling": {"throttle_grades", "throttle_tied", "bar_tied", "strength"},
    # what does not come back is at stake for longer
    "recovery": {"score", "slope"},
    "discretion": {"rules"},
    "escalation": {"lists", "rules", "rule_of"},
    "caps": {"rules"},
    "review": {"keep_true", "keep_false", "innocent"},
    "delay": {"delay"},
    "fusion": {"fused", "fusion_needs", "keep_false", "innocent"},
    "attention": ATTENTION,
    "selection": SELECTION,
    "unequal_exposure": {"sees"},
    "unequal_error": {"kinds.share"},
    "notice": {"lists", "process"},
    "window": {"process"},
    "appeals": {"process"},
    "corrections": {"lists"},
    "expiry": {"rules"},
    "repair": {"lists"},
    "rollout": {"rollout"},
    "opt_in": {"open_to_all", "joins"},
    "source:bank": SEEN,
    "source:neighbours": SEEN,
    "source:cameras": {*SEEN, *SELECTION, *MISTAKES, "innocent", "keep_false", "fused", "fusion_needs"},
    "source:guards": {
        *(*SEEN, *ATTENTION, *MISTAKES, "innocent", "keep_true", "keep_false", "fused", "fusion_needs"),
        *("sees", "varied", "delay"),
    },
}

OF_THE_REGISTER = {
    "information_ties": {"talk"},
    "publicity": EXPECTED["publicity"],
    "deterrence": {"slope", "deters"},
    "chilling": {"slope", "deters"},
    "spread": {"spread"},
    "diffusion": {"slope", "deters"},
    "displacement": {"displacement"},
    "contagion": {"contagion"},
    "backlash": {"contrary"},
    "defiance": {"grievance"},
    "not_asking": {"not_asking"},
    "refill": {"refill"},
    "spiral": {"spiral", "stigma"},
    "stigma": {"stigma", "bar_lists", "strength", "partial"},
    "fines": {"fined"},
    "felt_loss": {"felt_loss"},
    "escalation": {"lists"},
    "notice": {"lists"},
    "source:bank": SEEN,
}
"""A world of the register alone has much less that could be missing."""


def differing(made: Built) -> set[str]:
    """The tables in which the second world is not as the first."""
    found = {
        name
        for name, table in made.law._asdict().items()
        if name in table_names(made) and not np.array_equal(table[0], table[1])
    }
    kinds = made.kinds
    found |= {"kinds.share"} if not np.array_equal(kinds.share[:, 0], kinds.share[:, 1]) else set()
    return found | ({"kinds.worlds"} if (kinds.worlds & 1 != kinds.worlds >> 1 & 1).any() else set())


def table_names(made: Built) -> set[str]:
    """Tables with a row for each world; but siblings are about worlds."""
    alike = {"exponential", "success", "retry", "grants_work", "domain", "substitute", "standing", "sibling"}
    return {name for name in made.law._fields if name not in alike and not name.endswith("_purpose")}


def less(world: ResolvedWorld, *words: str) -> Built:
    """The tables of a world, and of the same world without something."""
    other = dataclasses.replace(world, name="less", without=sorted(words))
    return built(with_worlds(everything(), world, other))


def test_every_switch_is_tried() -> None:
    """Catches a switch that nobody looked at."""
    assert {word for word in EXPECTED if ":" not in word} == {word.value for word in Switch}


@pytest.mark.parametrize("word", EXPECTED)
def test_a_switch_changes_the_tables_of_its_mechanism_and_no_others(word: str) -> None:
    """Catches a switch that does nothing, or that two worlds differ by more than they say."""
    assert differing(less(whole(), word)) == EXPECTED[word]


@pytest.mark.parametrize("word", EXPECTED)
def test_a_switch_without_anything_to_switch_off_changes_nothing(word: str) -> None:
    """Catches a world that differs from another although what it lacks was not there."""
    register = dataclasses.replace(whole(), schemes=whole().schemes[1:])
    assert differing(less(register, word)) == OF_THE_REGISTER.get(word, set())


def test_candidates_are_the_same_whatever_is_switched_off() -> None:
    """Catches worlds that do not share their chance: how many candidates are drawn and whom they meet has no world."""
    one, other = less(whole(), *EXPECTED), less(whole())
    for field in ("weight", "trait", "trait_weight", "attribute_weight", "intensity"):
        np.testing.assert_array_equal(getattr(one, field), getattr(other, field), err_msg=field)
    np.testing.assert_array_equal(one.kinds.purpose, other.kinds.purpose)
    np.testing.assert_array_equal(one.kinds.thin, other.kinds.thin)


def test_without_false_records_there_are_none() -> None:
    """Catches a source that goes on erring."""
    made = less(whole(), "false_records")
    mistakes = made.kinds.what == MISTAKE
    assert made.kinds.share[mistakes, 0].any() and not made.kinds.share[mistakes, 1].any()
    assert set(made.kinds.worlds[mistakes]) == {1}


def test_without_anything_a_world_is_still_one() -> None:
    """Catches switches that cannot all be used at once: what is left are listings with a term, for oneself."""
    law = less(whole(), *(word.value for word in Switch)).law
    assert law.bar_lists[1].any() and not law.bar_tied[1].any() and not law.deters[1].any()
    assert law.rule_of[1].any() and (law.open_to_all[1] & 1) == 1
