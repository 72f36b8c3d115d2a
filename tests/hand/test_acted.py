"""Who ever did something unlawful, and what became of them: adults only, world by world, year by year."""

from typing import Any

from scorelab.kernel.counted import PERSONS, Counts
from scorelab.kernel.layout import ALWAYS, MISTAKE, NEED, OCCASION
from tests.hand.tiny import CELL, FEARS, Happens, tiny

LATER = set(range(1, 8))
CHILD = 20


def told(counts: Counts, span: int = -1, world: int = 0, group: int = 0) -> dict[str, int]:
    """The columns from ``acted`` on that are not 0."""
    found = dict(zip(PERSONS, counts.persons[span, world, group].tolist(), strict=True))
    return {name: number for name, number in found.items() if number and name in PERSONS[6:]}


def test_who_did_it_and_who_is_mistaken_for_them_are_told_apart() -> None:
    """Person 0 acts and is listed and refused; 1 is listed by mistake; 2 does nothing; 3 acts unnoticed."""
    happening = [
        Happens(OCCASION, {0}, 0),
        Happens(OCCASION, {0}, 3, which=1),
        Happens(MISTAKE, {0}, 1),
        *(Happens(NEED, LATER, person) for person in (0, 1, 2)),
    ]
    rules: dict[str, Any] = {"behaviours": 2, "onto": [1, 0], "bar_lists": 1, "mistaken_for": [0, -1]}
    counts = tiny(happening, persons=4, apart=True, **rules)
    did = {"acted": 1, "recordable": 1}
    assert told(counts, group=0) == did | {"recordable_restricted": 1, "recordable_denied": 1}
    assert told(counts, group=1) == {"other_restricted": 1, "other_denied": 1}
    assert told(counts, group=2) == {}
    assert told(counts, group=3) == did, "watched though no rule speaks of it"


def test_what_nothing_watches_is_unlawful_and_not_recordable() -> None:
    """The same act in a world whose source does not watch it; and a lawful act, which is nobody's misdeed."""
    counts = tiny([Happens(OCCASION, {0})], worlds=2, alert=[[[ALWAYS]], [[0]]])
    assert told(counts, world=0) == {"acted": 1, "recordable": 1}
    assert told(counts, world=1) == {"acted": 1}
    for standing in (1, 2):
        assert told(tiny([Happens(OCCASION, {0})], standing=standing)) == {}


def test_children_are_not_among_those_who_acted() -> None:
    """A child and an adult do the same."""
    happening = [Happens(OCCASION, {0}, 0), Happens(OCCASION, {0}, 1), Happens(NEED, LATER, 0), Happens(NEED, LATER, 1)]
    counts = tiny(happening, persons=2, apart=True, onto=1, bar_lists=1, place={"cell": [CHILD, CELL]})
    assert told(counts, group=0) == {}
    assert told(counts, group=1)["recordable_denied"] == 1
    assert counts.persons[-1, 0, :, 3].tolist() == [1, 1], "a child can be denied all the same"


def test_a_year_remembers_its_own_acts_and_the_run_remembers_all() -> None:
    """An act in the first year and a listing by mistake in the third: over the run, the restricted person acted."""
    counts = tiny([Happens(OCCASION, {0}), Happens(MISTAKE, {110})], weeks=120, onto=1, term=2, alert=[[[1]]])
    did = {"acted": 1, "recordable": 1}
    assert [told(counts, span) for span in range(4)] == [
        did,
        {},
        {"other_restricted": 1},
        did | {"recordable_restricted": 1},
    ]


def test_who_turns_to_an_unlawful_substitute_did_that() -> None:
    """Everybody who would have done 0, which is lawful, does 1 instead."""
    rules: dict[str, Any] = {"behaviours": 2, "substitute": [1, -1], "deters": [1, 0], "prior": 65535}
    rules = FEARS | rules | {"displacement": ALWAYS, "standing": [1, 0]}
    assert told(tiny([Happens(OCCASION, {2})], **rules)) == {"acted": 1, "recordable": 1}
