"""Rongcheng's points as written (V12): acts replayed, totals and grades as the standard has them."""

import pytest

from scorelab.spec.load import resolve
from tests.catalogue.life import life, scheme_of

NAME = "rongcheng-2016"
EXACT = ("rules.4.discretion.disagreement=0", "rules.6.discretion.disagreement=0")
SETS = tuple(f"{NAME}.{word}" for word in EXACT)
STANDARD = {
    "breaking-contract": -20,
    "evading-judgment": -50,
    "missing-repayment": -10,
    "selling-counterfeits": -30,
    "owing-fees": -20,
    "traffic-violation": -5,
    "helping-in-hardship": 30,
    "volunteering": 2,
}
"""Points of one record (R6 to R11)."""


@pytest.mark.parametrize(("act", "points"), STANDARD.items())
def test_one_act_moves_the_points_of_the_standard(act: str, points: int) -> None:
    assert life(NAME, [(0, act)], weeks=13).score() == 1000 + points


def test_everybody_begins_with_1000_points_in_grade_a() -> None:
    found = life(NAME, weeks=13)
    assert (found.score(), found.grades()) == (1000, ["a"])


def test_drunk_driving_leads_straight_to_grade_c() -> None:
    """From grade A to the best of C, 849 points; whoever is below already stays."""
    found = life(NAME, [(0, "drunk-driving"), (13, "drunk-driving")], weeks=26)
    assert found.score() == 849 and found.grades() == ["c", "c"]


def test_a_list_of_acts_gives_its_total_and_its_grades_quarter_by_quarter() -> None:
    """1,000 + 60 is 1,060 (AAA), less 30 is 1,030 (AA), less 75 is 955 (B), then 849 (C), less 250 is 599 (D)."""
    acts = [(0, "helping-in-hardship"), (3, "helping-in-hardship")]
    acts += [(14, "selling-counterfeits")]
    acts += [(27, "evading-judgment"), (28, "owing-fees"), (29, "traffic-violation")]
    acts += [(40, "drunk-driving")]
    acts += [(54 + week, "evading-judgment") for week in range(5)]
    found = life(NAME, acts, weeks=78, sets=SETS)
    assert found.grades() == ["aaa", "aa", "b", "c", "c", "d"]
    assert found.score() == 599


@pytest.mark.parametrize(
    ("helped", "fees", "score", "grade"),
    [
        (2, 0, 1060, "aaa"),
        (2, 1, 1040, "aa"),
        (1, 0, 1030, "aa"),
        (1, 1, 1010, "a"),
        (0, 2, 960, "a"),
        (0, 3, 940, "b"),
    ],
)
def test_the_grades_begin_where_the_standard_has_them(helped: int, fees: int, score: int, grade: str) -> None:
    acts = [(week, "helping-in-hardship") for week in range(helped)]
    found = life(NAME, [*acts, *((4 + week, "owing-fees") for week in range(fees))], weeks=13)
    assert (found.score(), found.grades()) == (score, [grade])


def test_a_card_that_stays_overdue_costs_ten_points_a_month_and_no_more() -> None:
    """In weeks 0, 1 and 4, one month; in week 5 the next one."""
    acts = [(week, "missing-repayment") for week in (0, 1, 4)]
    assert life(NAME, acts, weeks=13).score() == 990
    assert life(NAME, [*acts, (5, "missing-repayment")], weeks=13).score() == 980


def test_unpaid_cleaning_gives_two_points_a_month_and_no_more() -> None:
    assert life(NAME, [(week, "volunteering") for week in range(5)], weeks=13).score() == 1002
    assert life(NAME, [(week, "volunteering") for week in range(6)], weeks=13).score() == 1004


def test_the_first_litter_of_a_year_is_a_warning() -> None:
    """The second within the year costs ten points, and so does the third; a year later one is warned again."""
    litter = "littering"
    assert life(NAME, [(0, litter)], weeks=13).score() == 1000
    assert life(NAME, [(0, litter), (52, litter)], weeks=65).score() == 990
    assert life(NAME, [(0, litter), (53, litter)], weeks=65).score() == 1000
    assert life(NAME, [(0, litter), (1, litter), (2, litter)], weeks=13).score() == 980


@pytest.mark.parametrize(
    ("act", "rule", "few", "many"), [("sharp-practice", 4, 5, 50), ("damaging-utilities", 6, 50, 100)]
)
def test_where_the_standard_gives_a_range_officials_stay_within_it(act: str, rule: int, few: int, many: int) -> None:
    """The middle where they agree; where they do not, different ones of different officials, and never beyond."""
    taken = 1000 - life(NAME, [(0, act)], weeks=13, sets=SETS).score()
    assert taken in ((few + many) // 2, (few + many + 1) // 2)
    own = (f"{NAME}.rules.{rule}.discretion.disagreement=1",)
    found = {1000 - life(NAME, [(week, act)], weeks=13, sets=own).score() for week in range(8)}
    assert len(found) > 3 and few <= min(found) and max(found) <= many


def test_grade_aaa_has_the_rebate_and_grade_c_is_kept_from_a_post() -> None:
    """Nobody else has the rebate; the posts among the vacancies, here all of them, are closed at grade C."""
    acts = [(0, "helping-in-hardship"), (1, "helping-in-hardship")]
    best = life(NAME, acts, weeks=13, asks=["heating-rebate"], lucky=False)
    assert best.weeks("favoured") == list(range(1, 13)) and best.weeks("granted") == []
    plain = life(NAME, weeks=13, asks=["heating-rebate"], lucky=False)
    assert plain.weeks("favoured") == plain.weeks("granted") == []
    low = life(NAME, [(0, "drunk-driving")], weeks=13, asks=["job"], sets=(f"{NAME}.consequences.2.share=1",))
    assert low.weeks("denied") == list(range(1, 13))


def test_the_balance_of_records_is_put_in() -> None:
    """0.44 bad and 0.056 good records for each adult in two years (V13): what the chances are chosen for."""
    resolved = resolve(NAME)
    society, scheme = resolved.society, scheme_of(NAME)
    grown = sum(resolved.margins.shares("age")[3:])
    good = bad = 0.0
    for source in scheme.sources.values():
        for name, chance in source.watches.items():
            behaviour = society.behaviours[name]
            young = 1 - grown if source.sees.age and behaviour.who.age.get("6-17") != 0 else 0.0
            records = 2 * behaviour.per_year.value * behaviour.act.value * chance.value * (1 - young) / grown
            if behaviour.standing == "prosocial":
                good += records
            else:
                bad += records
    assert 0.38 < bad < 0.5 and 0.045 < good < 0.067
    assert 6 < bad / good < 10


def test_under_the_rules_of_2021_a_low_score_closes_nothing_and_needs_consent() -> None:
    """-100 and -50: whoever consented is at B, and no service asks for it; whoever did not has no points at all."""
    acts = [(0, "drunk-driving"), (1, "evading-judgment")]
    asks = ["job", "loan", "flight", "train", "university"]
    joined = ("rongcheng-2021.opt_in.share=1",)
    found = life("rongcheng-2021", acts, weeks=13, asks=asks, sets=joined)
    assert (found.score(), found.grades(), found.weeks("denied")) == (850, ["b"], [])
    alone = ("rongcheng-2021.opt_in.share=0", "rongcheng-2021.opt_in.per_year=0")
    assert life("rongcheng-2021", acts, weeks=13, sets=alone).score() == 1000
