"""What sources see, miss and make up, against answers worked out on paper."""

from typing import Any

import numpy as np
import pytest

from scorelab.kernel.counted import Counts, flow_key
from scorelab.kernel.layout import (
    ALWAYS,
    MISTAKE,
    NEED,
    OCCASION,
    ONE,
)
from scorelab.words import CELLS
from tests.hand.tiny import (
    CELL,
    FEARS,
    HALF,
    Happens,
    chance_words,
    column,
    law,
    number,
    scale,
    scores,
    tiny,
    week_by_week,
    weeks_of,
    weeks_on,
)

FEW = 2**18
"""A chance of one in 16,384; with the next factor it is a certainty."""
MANY = 2**14 * ONE
NO_SCORE = -1
CAUTIOUS: dict[str, Any] = {"weeks": 2, "aware": ALWAYS, "deters": 1, "prior": 65535, "learning": ONE, "behaviours": 2}
CAUTIOUS |= {"slope": [[[4 * [0], 4 * [ONE]]]], "power": np.arange(257) * 256, "curve": [2**30] + 512 * [0]}
"""A record of behaviour 1 is feared unless the other one, which is not, has shown that nothing comes of acts."""
TWO_ACTS = [Happens(OCCASION, {0}, which=0), Happens(OCCASION, {1}, which=1)]


def seen(counts: Counts, source: int = 0, behaviour: int = 0) -> list[int]:
    """True alerts and records, false alerts and records, of a source that name a behaviour."""
    words = ("alerts_true", "true", "alerts_false", "false")
    return [number(counts, "records", word, source, behaviour) for word in words]


def expected(counts: Counts, source: int = 0, behaviour: int = 0) -> int:
    """The chances of a record of all acts watched, added up, in units of 2**-32."""
    return number(counts, "records", "expected", source, behaviour)


def test_a_review_keeps_its_part_of_the_alerts_of_each_truth() -> None:
    """Kept never: an alert and no record, and who acted learns that nothing came of it. Kept half: expected a half."""
    happening = [Happens(OCCASION, {1}), Happens(MISTAKE, {1})]
    none: dict[str, Any] = {"onto": 1, "term": 3}
    assert seen(tiny(happening, keep_true=0, **none)) == [1, 0, 1, 1]
    assert seen(tiny(happening, keep_false=0, **none)) == [1, 1, 1, 0]
    counts = tiny(happening, keep_true=0, keep_false=0, **none)
    assert weeks_on(counts) == weeks_of(counts, "records_true") == weeks_of(counts, "records_false") == []
    assert expected(tiny(happening, keep_true=HALF)) == ALWAYS // 2
    assert expected(tiny(happening, keep_true=HALF, alert=ALWAYS // 3)) == (ALWAYS // 3) * HALF >> 16


def test_an_alert_that_was_not_kept_teaches_that_nothing_comes_of_it() -> None:
    """Acts without fear in week 0, with an alert each time, and in week 1 only if the alert became no record."""
    happening = [*TWO_ACTS, Happens(MISTAKE, {0})]
    assert column(tiny(happening, **CAUTIOUS), "acts") == [1, 0]
    assert column(tiny(happening, keep_true=0, **CAUTIOUS), "acts") == [1, 1]


@pytest.mark.parametrize(("part", "factor"), [(3, ONE), (3, 2 * ONE), (3, HALF), (3, 0), (3, 4 * ONE), (3, 2**40)])
def test_a_source_sees_more_of_some_groups(part: int, factor: int) -> None:
    """A third, by the factor of one's cell, at most all. Mistakes are not seen, so they stay as often as they are."""
    sees = [factor if cell == CELL else 7 * ONE for cell in range(CELLS)]
    counts = tiny([Happens(OCCASION, {1}), Happens(MISTAKE, {1})], varied=1, sees=sees, alert=ALWAYS // part)
    assert expected(counts) == min(ALWAYS, ALWAYS // part * min(factor, 2**30) >> 16)
    assert seen(counts)[2:] == [1, 1]


@pytest.mark.parametrize("what", [OCCASION, MISTAKE])
def test_who_is_on_a_list_is_looked_at_more_closely(what: int) -> None:
    """On the list, truly or not, in weeks 0 to 2: the acts and the mistakes of weeks 1 and 2 are seen, no others.

    Those of week 0 are not: what is seen in a week has its effect only after everything that is seen in that week.
    Behaviour 0 leads onto the list by source 0; source 1 watches behaviour 1 and looks closely at whoever is on it.
    """
    start = Happens(what, {0}, which=0)
    rest = set(range(5))
    happening = [Happens(OCCASION, rest, which=1), Happens(MISTAKE, rest, which=1, share=FEW)]
    rules: dict[str, Any] = {"behaviours": 2, "sources": 2, "onto": [1, 0], "term": 3, "weeks": 5, "varied": [0, 1]}
    rules |= {"alert": [[ALWAYS, 0], [0, FEW]], "mistaken_for": [[0, -1], [1, -1]], "attention": MANY}
    counts = tiny(sorted([start, *happening], key=lambda one: one.what), attention_lists=1, **rules)
    assert expected(counts, 1, 1) == 2 * ALWAYS + 3 * FEW
    assert seen(counts, 1, 1) == [2, 2, 2, 2]
    counts = tiny(sorted([start, *happening], key=lambda one: one.what), attention_lists=0, **rules)
    assert expected(counts, 1, 1) == 5 * FEW


def test_who_is_of_a_grade_is_looked_at_more_closely() -> None:
    """100 - 20 = 80 in week 0, 90, 100 in week 2: of the lower grade, below 95, in week 1. Never without a score.

    Of two acts of week 0 the first is recorded, which has its effect only after the second is seen or missed.
    """
    happening = [Happens(OCCASION, {0}, which=0), Happens(OCCASION, set(range(5)), which=1)]
    rules: dict[str, Any] = {"behaviours": 2, "points": [-20, 0], "grades": (0, 95), "weeks": 5, "varied": 1}
    rules |= {"alert": [ALWAYS, FEW], "attention": MANY, "attention_grades": 0b01}
    assert expected(tiny(happening, score=[0, 100, 0, 100, 10], **rules), 0, 1) == ALWAYS + 4 * FEW
    assert expected(tiny(happening, score=[0, 90, 0, 100, 0], **rules), 0, 1) == 5 * ALWAYS
    assert expected(tiny(happening, score=[NO_SCORE, 90, 0, 100, 0], **rules), 0, 1) == 5 * FEW
    twice: dict[str, Any] = {"schemes": 2, "source_scheme": 0, "in_force": [[0, 9]]}
    assert expected(tiny(happening, score=[1, 90, 0, 100, 0], **twice, **rules), 0, 1) == 5 * FEW


@pytest.mark.parametrize("least", [5, 6, 7])
def test_whoever_reaches_a_weight_is_selected(least: int) -> None:
    """Cell 1, attribute two 2, in arrears 3: 6 together, and 3 before. Others are looked at half as much."""
    select = np.zeros(1 + CELLS + 8 + 32, np.int64)
    select[0] = least
    select[1 + CELL] = 1
    select[1 + CELLS + 2] = 2
    select[1 + CELLS + 3] = 50  # another attribute
    select[1 + CELLS + 8 + 2 + 8] = 3  # working, in arrears
    select[1 + CELLS + 8 + 3 + 8] = 50  # jobless, in arrears
    rules: dict[str, Any] = {"varied": 1, "select": select, "otherwise": HALF, "weeks": 4, "fine": 1, "fined": ALWAYS}
    counts = tiny([Happens(OCCASION, {1, 2, 3})], place={"attributes": [0b100]}, **rules)
    assert weeks_of(counts, "arrears") == [1, 2, 3], "fined by the first record"
    assert expected(counts) == (ALWAYS // 2 + 2 * ALWAYS if least <= 6 else 3 * (ALWAYS // 2))


def test_the_factors_multiply_and_are_rounded_down_one_after_the_other() -> None:
    """Seen 3/4, looked at 4/3 of it, not selected 1/2: (49152 * 87381 >> 16) = 65535, half of it 32767."""
    sees, attention = 3 * ONE // 4, 4 * ONE // 3
    rules: dict[str, Any] = {"varied": 1, "sees": sees, "attention": attention, "attention_lists": 1, "otherwise": HALF}
    select = np.zeros(1 + CELLS + 8 + 32, np.int64)
    select[0] = 1
    counts = tiny([Happens(OCCASION, {0, 1})], select=select, onto=1, term=5, weeks=2, **rules)
    assert (sees * attention >> 16, sees * HALF >> 16) == (65535, 24576)
    assert expected(counts) == 24576 * ONE + 32767 * ONE


TWO: dict[str, Any] = {"sources": 2, "points": -1, "score": scale(40), "fused": 1, "weeks": 3}


@pytest.mark.parametrize("needs", [0, 1, 2, 3])
@pytest.mark.parametrize("see", [(), (0,), (1,), (0, 1)])
def test_what_fused_sources_saw_is_one_record_if_enough_of_them_saw_it(needs: int, see: tuple[int, ...]) -> None:
    """Of two sources none, either or both write; one record is handed over, the first source's, or none is."""
    alert = [[ALWAYS if source in see else 1] for source in (0, 1)]
    counts = tiny([Happens(OCCASION, {1})], alert=alert, fusion_needs=needs, **TWO)
    together = len(see) >= max(needs, 1)
    assert [seen(counts, source)[:2] for source in (0, 1)] == [[int(source in see)] * 2 for source in (0, 1)]
    assert number(counts, "process", "arrived") == together
    assert scores(counts) == [39 if together else 40]
    if together:
        assert number(counts, "points", "taken", see[0]) == 1


def test_who_was_seen_by_too_few_was_not_recorded() -> None:
    """One source of two saw the act of week 0. If two were needed, nothing came of it, and one acts again."""
    rules: dict[str, Any] = {"sources": 2, "fused": 1, "alert": [[ALWAYS], [0]], **CAUTIOUS}
    assert column(tiny(TWO_ACTS, fusion_needs=2, **rules), "acts") == [1, 1]
    assert column(tiny(TWO_ACTS, fusion_needs=1, **rules), "acts") == [1, 0]


def test_a_fused_record_has_the_chance_of_the_first_source_that_saw_the_act() -> None:
    """Half make good within the week, by a word of the source: by the first one's where both saw the act.

    Whoever does not is listed in the week after.
    """
    words = [
        [chance_words(0, week, int(why))[2] for week in range(11)] for why in law(1, sources=2).record_purpose[:, 0]
    ]
    listed = [[week + 1 for week, word in enumerate(of_source) if word & 65535 >= HALF] for of_source in words]
    assert listed[0] != listed[1]
    rules: dict[str, Any] = {"sources": 2, "fused": 1, "fusion_needs": 1, "window": 1, "makes_good": HALF}
    rules |= {"onto": 1, "term": 1}
    assert weeks_on(tiny([Happens(OCCASION, set(range(11)))], **rules)) == listed[0]
    assert weeks_on(tiny([Happens(OCCASION, set(range(11)))], alert=[[0], [ALWAYS]], **rules)) == listed[1]


def test_a_source_watches_what_is_done_in_its_world() -> None:
    """Nobody acts in world 1, where the scheme is feared: nothing to watch there, and nothing expected."""
    counts = tiny([Happens(OCCASION, {1})], worlds=2, **(FEARS | {"prior": [0, 65535]}))
    assert [number(counts, "records", "watched", world=world) for world in (0, 1)] == [1, 0]
    assert counts.records[:, 1].sum() == 0
    unseen = tiny([Happens(OCCASION, {1})], alert=0)
    assert unseen.records.sum() == 0, "what a source does not watch"


def test_a_source_that_is_not_fused_writes_for_itself() -> None:
    """Three sources, two of them fused: two records. Two acts of a week are not taken together."""
    rules: dict[str, Any] = TWO | {"sources": 3, "fused": [1, 0, 1]}
    assert scores(tiny([Happens(OCCASION, {1})], fusion_needs=2, **rules)) == [38]
    rules = TWO | {"alert": [[ALWAYS, 0], [0, ALWAYS]], "behaviours": 2, "fusion_needs": 2}
    assert scores(tiny([Happens(OCCASION, {1}, which=0), Happens(OCCASION, {1}, which=1)], **rules)) == [40]


def test_a_false_record_names_each_of_the_behaviours_that_its_source_watches() -> None:
    """600 mistakes of one week and three names: some 200 each, six standard deviations are 69; the fourth is none's."""
    rules: dict[str, Any] = {"behaviours": 4, "weeks": 1, "mistaken_for": [3, 0, 2, -1]}
    counts = tiny([Happens(MISTAKE, {0}, times=600)], **rules)
    named = [seen(counts, 0, behaviour)[2:] for behaviour in range(4)]
    assert named[1] == [0, 0]
    assert all(alerts == records and abs(alerts - 200) < 69 for alerts, records in named[:1] + named[2:])
    assert sum(records for _, records in named) == 600
    one = tiny([Happens(MISTAKE, {0}, times=50)], **(rules | {"mistaken_for": [2, -1, -1, -1]}))
    assert seen(one, 0, 2) == [0, 0, 50, 50]


@pytest.mark.parametrize("what", [OCCASION, MISTAKE])
def test_a_record_comes_after_its_delay_and_its_window(what: int) -> None:
    """Of week 1, at the office and told in week 3, in effect in week 6 for two weeks. After the end it never comes."""
    happening = [Happens(what, {1}), Happens(NEED, set(range(12)))]
    rules: dict[str, Any] = {"onto": 1, "term": 2, "delay": 2, "window": 3, "bar_lists": 1, "told": ALWAYS}
    counts = tiny(happening, not_asking=ALWAYS, **rules)
    assert weeks_on(counts) == weeks_of(counts, "not_asked") == [6, 7]
    assert column(counts, "records_true" if what == OCCASION else "records_false") == [0, 1, *10 * [0]]
    late = tiny([Happens(what, {10})], **rules)
    assert (late.process.sum(), late.records.sum() > 0) == (0, True)
    assert week_by_week([Happens(what, {1})], 5, delay=2, points=-5, score=scale(40)) == [40, 40, 40, 35, 35]


def test_of_two_sources_each_writes_what_it_watches() -> None:
    """Source 0 watches behaviour 0, source 1 behaviour 1; the cause of a denial names the source that wrote."""
    rules: dict[str, Any] = {"behaviours": 2, "sources": 2, "alert": [[ALWAYS, 0], [0, ALWAYS]], "bar_lists": 1}
    happening = [Happens(OCCASION, {1}, which=1), Happens(NEED, {1})]
    counts = tiny(happening, onto=1, term=1, weeks=3, **rules)
    assert counts.flow.tolist() == [[flow_key(0, 0, 1, 1, 0, 0, 0), 1]]
    assert number(counts, "records", "watched") == expected(counts, 1, 1) // ALWAYS == 1


def test_a_mistake_is_made_in_the_worlds_that_it_concerns() -> None:
    """Of three worlds in the second and, with a share of nearly nothing, in none."""
    mistakes = [Happens(MISTAKE, {1}, worlds=0b010), Happens(MISTAKE, {2}, worlds=0b101, share=1)]
    counts = tiny(mistakes, worlds=3)
    assert [weeks_of(counts, "records_false", world) for world in range(3)] == [[], [1], []]
    assert counts.candidates.tolist() == [[1, 1], [1, 0]], "kept where it was written down"


def test_each_act_of_a_week_is_seen_by_a_chance_of_its_own() -> None:
    """Half of the acts are seen: of 30 of a week, those whose own word is below a half."""
    counts = tiny([Happens(OCCASION, {1}, times=30)], alert=ALWAYS // 2)
    why = int(law(1).record_purpose[0, 0])
    assert column(counts, "records_true")[1] == sum(chance_words(e, 1, why)[0] < ALWAYS // 2 for e in range(30))


def test_a_source_of_no_scheme_sees_nothing() -> None:
    """A world without the scheme has its acts, and nobody watches."""
    counts = tiny([Happens(OCCASION, {1}), Happens(MISTAKE, {1})], source_scheme=-1)
    assert weeks_of(counts, "acts") == [1]
    assert counts.records.sum() == 0
