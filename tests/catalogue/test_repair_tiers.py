"""The three tiers of credit repair (V11): how long at most, from when on repair, and what is published."""

import pytest

from tests.catalogue.life import life, scheme_of

NAME = "credit-repair-2026"
TIERS = [("minor-record", "littering", 0, 13), ("general-record", "owing-fees", 13, 52)]
TIERS += [("serious-record", "selling-counterfeits", 52, 156)]
ARRIVES = 4


@pytest.mark.parametrize(("tier", "act", "least", "most"), TIERS)
def test_publication_stops_by_itself_at_the_longest_time(tier: str, act: str, least: int, most: int) -> None:
    """Written down in week 1, on the list from week 5 on, for 3 months, a year or three years."""
    found = life(NAME, [(1, act)], weeks=most + 10)
    assert found.listed(tier) == list(range(1 + ARRIVES, 1 + ARRIVES + most))
    assert found.ended(tier, "term") == 1


@pytest.mark.parametrize(("tier", "act", "least", "most"), TIERS)
def test_repair_is_possible_after_the_least_time_and_not_before(tier: str, act: str, least: int, most: int) -> None:
    """Whoever asks as soon as possible is off after the least time; for minor records there is none."""
    found = life(NAME, [(1, act)], weeks=most + 10, repair=True)
    assert found.listed(tier) == list(range(1 + ARRIVES, 1 + ARRIVES + least))
    assert (found.ended(tier, "repaired"), found.ended(tier, "term")) == (1, 0)


def test_a_new_record_starts_the_time_anew() -> None:
    """Two records, in weeks 1 and 11: repair 13 weeks after the second, and the year from the second too."""
    acts = [(1, "owing-fees"), (11, "owing-fees")]
    assert life(NAME, acts, weeks=80, repair=True).listed("general-record") == list(range(5, 15 + 13))
    assert life(NAME, acts, weeks=80).listed("general-record") == list(range(5, 15 + 52))


def test_minor_records_are_not_published_and_the_others_are() -> None:
    lists = scheme_of(NAME).lists
    assert {name: clause.published for name, clause in lists.items()} == {
        "minor-record": False, "general-record": True, "serious-record": True,
    }  # fmt: skip
    for tier, act, _, _ in TIERS:
        closes = life(NAME, [(1, act)], weeks=20, asks=["loan"], sets=_whole()).weeks("denied")
        assert bool(closes) == lists[tier].published, tier


def _whole() -> tuple[str, ...]:
    return tuple(f"{NAME}.consequences.{index}.share=1" for index in range(3))
