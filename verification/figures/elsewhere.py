"""Figures about schemes elsewhere: licences by points, automated findings of fraud, faces, and files of readers."""

from collections.abc import Sequence
from functools import partial

from verification.figures import readings as r
from verification.figures.outcome import Outcome, experiment, live
from verification.figures.target import Parameter, Setting, Target

TRAFFIC = ("speeding", "phone-at-the-wheel", "drunk-driving")
TRAITS = ("driving", "claims", "going-out", "being-online", "giving", "travelling")
SPAIN = "penalty-points-spain-2006"
QUARTER = 13


def _spain(sets: Sequence[str], small: bool) -> Outcome:
    size = {"persons": 25_000, "counties": 2 if small else 12}
    return live(experiment("penalty-points-spain", sets, (r.NONE, r.WRITTEN), **size))


def _after(outcome: Outcome, first: int, last: int) -> slice:
    """Whole quarters from some months after the scheme began to some later ones."""
    begins = r.week(outcome, 2006, 7)
    return slice((begins + first * 52 // 12) // QUARTER, (begins + last * 52 // 12) // QUARTER)


def _first_month(outcome: Outcome) -> float:
    begins = r.week(outcome, 2006, 7, 3)
    return r.early_fall(outcome, TRAFFIC, slice(begins, begins + 4))


def _gradient(outcome: Outcome) -> float:
    """Suspended for each 1,000 adults of the poorest fifth, over those of the richest."""
    rates = [
        r.ever(outcome, 2, "quintile", (q,)) / r.people(outcome, "quintile", (q,), adults=True) for q in ("q1", "q5")
    ]
    return rates[0] / rates[1] if rates[1] else float("nan")


def _lost_all(outcome: Outcome) -> float:
    """Drivers who lose all points, of 100 adults, in three years."""
    return 100.0 * float(r.on_list(outcome, "suspended", "entries").sum()) / outcome.adults


def _out_of_work(outcome: Outcome) -> float:
    """Person-weeks without work that come with the scheme, for each suspension."""
    more = outcome.weekly(r.WRITTEN, "jobless").sum() - outcome.weekly(r.NONE, "jobless").sum()
    entries = r.on_list(outcome, "suspended", "entries").sum()
    return float(more) / float(entries) if entries else float("nan")


RESPONSE = (
    Parameter("society.response.sensitivity", 0.0, 10.0),
    Parameter("society.response.undeterrable", 0.0, 0.7),
    Parameter("society.response.half_life_weeks", 8.0, 78.0),
    Parameter("society.response.prior_risk", 0.005, 0.3),
    Parameter("society.response.learning", 0.02, 0.2),
)

SPANISH = Setting(
    name="licence by points, Spain 2006",
    scheme=SPAIN,
    society="western-stylised",
    traits=TRAITS,
    make=_spain,
    parameters=(
        *RESPONSE,
        Parameter(f"{SPAIN}.aware", 0.1, 0.7),
        Parameter(f"{SPAIN}.campaigns.0.lifts", 0.0, 0.1),
        Parameter(f"{SPAIN}.campaigns.1.lifts", 0.0, 0.02),
        Parameter("society.traits.driving.shape", 0.2, 2.0),
    ),
    ablations={
        "V22 month 1": (f"{SPAIN}.campaigns.0.lifts=0", f"{SPAIN}.campaigns.1.lifts=0"),
        "V22 mean": ("society.response.sensitivity=0",),
        "V22 end": ("society.response.half_life_weeks=10000",),
        "V22 lost all": ("society.traits.driving.shape=100",),
    },
    targets=(
        Target(
            "V22 month 1",
            "fitted",
            "Fewer offences in the first month, of 100",
            "16.3 (deaths on the road)",
            ("D5",),
            _first_month,
            within=(12.0, 21.0),
            unit="%",
            ablation="no coverage by the media",
        ),
        Target(
            "V22 mean",
            "fitted",
            "Fewer offences in the first two years, of 100",
            "12.6",
            ("D5",),
            lambda o: r.fall(o, TRAFFIC, _after(o, 0, 24)),
            within=(9.0, 16.0),
            unit="%",
            ablation="nothing deters",
        ),
        Target(
            "V22 end",
            "held out",
            "Fewer offences in the third year, of 100",
            "none after less than 18 months (many countries), after about two years (Spain)",
            ("D4", "D5"),
            lambda o: r.fall(o, TRAFFIC, _after(o, 24, 36)),
            within=(-3.0, 5.0),
            unit="%",
            ablation="what is believed does not fade",
            miss="whoever knows of the scheme goes on fearing the prior risk; only own acts that nobody records teach"
            " otherwise, and there are few of them here",
        ),
        Target(
            "V22 lost all",
            "held out",
            "Drivers who lose all points in three years, of 100 adults",
            "0.18: three tenths of 214,150 in ten years, of 36 million adults (assumed)",
            ("SPAIN-POINTS-2016",),
            _lost_all,
            within=(0.09, 0.36),
            unit="%",
            ablation="everybody is as inclined as everybody else",
        ),
        Target(
            "V24 gradient",
            "held out",
            "Suspended in the poorest fifth for each one in the richest",
            "7 (areas, New Jersey)",
            ("G6",),
            _gradient,
            within=(3.0, 10.0),
            unit="times",
            miss="91 % of those suspensions were for unpaid fines and other debts; this scheme has none of these",
        ),
        Target(
            "V24 work",
            "input in disguise",
            "Weeks without work that come with the scheme, for each suspension",
            "42 % lost their job, 45 % of them found none",
            ("G7",),
            _out_of_work,
            within=(4.0, 40.0),
            unit="weeks",
        ),
    ),
)


def _midas(sets: Sequence[str], small: bool) -> Outcome:
    size = {"persons": 25_000, "counties": 4 if small else 20}
    worlds = (r.NONE, "without-review", "without-averaging", r.WRITTEN)
    return live(experiment("midas-michigan", sets, worlds, **size))


COMPUTER, STAFF = ("averaging", "computer-match"), ("staff-review",)


def _wrong(outcome: Outcome, sources: Sequence[str], world: str = r.WRITTEN) -> float:
    """How many of 100 findings are wrong."""
    false, true = (r.written(outcome, sources, column, world) for column in ("false", "true"))
    return 100.0 * false / (false + true) if false + true else float("nan")


def _steady(outcome: Outcome) -> float:
    """False records that come with averaging among people of regular income, of 100 that come with it."""
    regular = [g for g, group in enumerate(outcome.names.groups) if group["attributes"] == "none"]
    false = outcome.column("weekly", "records_false").sum(axis=0)
    more = false[outcome.world(r.WRITTEN)] - false[outcome.world("without-averaging")]
    return 100.0 * float(more[regular].sum()) / max(1.0, float(more.sum()))


MIDAS = Setting(
    name="automated findings of fraud, Michigan 2013-15",
    scheme="midas-2013",
    society="western-stylised",
    traits=TRAITS,
    make=_midas,
    parameters=(
        Parameter("midas-2013.sources.averaging.mistakes.per_year", 0.001, 0.003),
        Parameter("midas-2013.sources.computer-match.watches.misreporting-income", 0.03, 0.1),
        Parameter("midas-2013.sources.computer-match.mistakes.per_year", 0.00005, 0.0004),
        Parameter("midas-2013.sources.staff-review.watches.misreporting-income", 0.06, 0.25),
        Parameter("midas-2013.sources.staff-review.mistakes.per_year", 0.0008, 0.003),
        Parameter("midas-2013.sources.staff-review.review.keeps_false", 0.4, 1.0),
        Parameter("midas-2013.sources.staff-review.review.keeps_true", 0.8, 1.0),
    ),
    targets=(
        Target(
            "V18 computer",
            "input in disguise",
            "Wrong findings of the computer alone, of 100",
            "85",
            ("H2",),
            lambda o: _wrong(o, COMPUTER),
            within=(80.0, 90.0),
            unit="%",
        ),
        Target(
            "V18 staff",
            "input in disguise",
            "Wrong findings with a look by staff, of 100",
            "44",
            ("H2",),
            lambda o: _wrong(o, STAFF),
            within=(37.0, 51.0),
            unit="%",
        ),
        Target(
            "V18 no look",
            "context only",
            "The same findings without the look, of 100",
            "not known; different cases",
            ("H2",),
            lambda o: _wrong(o, STAFF, "without-review"),
            within=(44.0, 90.0),
            unit="%",
        ),
        Target(
            "V19 share",
            "input in disguise",
            "Reversals that averaging made, of 100",
            "72",
            ("H3",),
            lambda o: (
                100.0 * r.written(o, ("averaging",), "false") / max(1.0, r.written(o, (*COMPUTER, *STAFF), "false"))
            ),
            within=(67.0, 77.0),
            unit="%",
        ),
        Target(
            "V19 steady",
            "arithmetic",
            "False findings of averaging about people of regular income, of 100",
            "0",
            ("H3", "H5"),
            _steady,
            within=(0.0, 2.0),
            unit="%",
        ),
    ),
)


def _toeslagen(sets: Sequence[str], small: bool) -> Outcome:
    size = {"persons": 25_000, "counties": 4 if small else 20}
    return live(experiment("toeslagen-netherlands", sets, (r.NONE, "without-selection", r.WRITTEN), **size))


def _of_hit(outcome: Outcome, attribute: str, word: str) -> float:
    """Of 100 persons ever made to repay, those of a group."""
    groups = {group[attribute] for group in outcome.names.groups}
    wanted = {name for name in groups if word in name.split(" + ")}
    return 100.0 * r.ever(outcome, 2, attribute, wanted) / max(1, r.everybody(outcome, 2))


TOESLAGEN = Setting(
    name="childcare benefit, Netherlands 2013",
    scheme="toeslagen-2013",
    society="western-stylised",
    traits=TRAITS,
    make=_toeslagen,
    parameters=(
        Parameter("toeslagen-2013.sources.risk-model.selects.otherwise", 0.0, 0.1),
        Parameter("toeslagen-2013.sources.risk-model.watches.claiming-too-much", 0.02, 0.5),
        Parameter("toeslagen-2013.sources.risk-model.mistakes.per_year", 0.0003, 0.003),
    ),
    ablations=dict.fromkeys(
        ("V20 lone", "V20 poor", "V20 migrant"), ("toeslagen-2013.sources.risk-model.selects.otherwise=1",)
    ),
    targets=tuple(
        Target(
            f"V20 {name}",
            "input in disguise",
            f"Of 100 who had to repay, {words}",
            published,
            ("H7",),
            partial(_of_hit, attribute=attribute, word=word),
            within=(low, high),
            unit="%",
            ablation="everybody is looked at alike",
            miss=""
            if name == "migrant"
            else "lone parents and the poor are no poorer than their cell says; in life the"
            " groups overlap more, and the weights of the model are not known",
        )
        for name, words, published, attribute, word, low, high in (
            ("lone", "lone parents", "48 (14 of the others)", "attributes", "lone-parent", 38.0, 58.0),
            ("poor", "in the lowest fifth", "more than 40 (11 of the others)", "quintile", "q1", 40.0, 65.0),
            ("migrant", "with a migrant background", "about 70", "attributes", "migrant-background", 58.0, 82.0),
        )
    ),
)


def _cardiff(sets: Sequence[str], small: bool) -> Outcome:
    size = {"persons": 25_000, "counties": 2 if small else 20}
    return live(experiment("live-face-cardiff", sets, (r.NONE, r.WRITTEN), **size))


def _alerts(outcome: Outcome, column: str) -> float:
    """Alerts for 170,000 visitors."""
    return r.written(outcome, ("cameras",), column) / outcome.persons * 170_000


CARDIFF = Setting(
    name="faces at a final, Cardiff 2017",
    scheme="live-face-cardiff-2017",
    society="western-stylised",
    traits=TRAITS,
    make=_cardiff,
    parameters=(),
    targets=(
        Target(
            "V16 alerts",
            "arithmetic",
            "Alerts for 170,000 visitors",
            "2,470",
            ("F1",),
            lambda o: _alerts(o, "alerts_true") + _alerts(o, "alerts_false"),
            within=(2346.0, 2594.0),
            unit="",
        ),
        Target(
            "V16 precision",
            "arithmetic",
            "True ones of 100 alerts",
            "7.0",
            ("F1",),
            lambda o: 100.0 * _alerts(o, "alerts_true") / (_alerts(o, "alerts_true") + _alerts(o, "alerts_false")),
            within=(6.3, 7.7),
            unit="%",
        ),
    ),
)

SENSITIVE, CONTROL = ("visiting-sensitive-site",), ("visiting-another-site",)


def _chilling(sets: Sequence[str], small: bool) -> Outcome:
    size = {"persons": 25_000, "counties": 2 if small else 12}
    return live(experiment("verification/experiments/chilling.yaml", sets, (r.NONE, r.WRITTEN), **size))


def _quarters(first: int, last: int) -> slice:
    """Quarters of the run that begins four quarters before it became known."""
    return slice(4 + first, 4 + last)


CHILLING = Setting(
    name="reading on sensitive subjects, 2013",
    scheme="web-watch-2013",
    society="western-stylised",
    traits=TRAITS,
    make=_chilling,
    parameters=(
        *RESPONSE,
        Parameter("web-watch-2013.campaigns.0.lifts", 0.0, 0.2),
        Parameter("society.response.chilling", 0.0, 3.0),
        Parameter("society.response.diffusion", 0.0, 0.5),
    ),
    ablations={
        "V25 trough": ("web-watch-2013.campaigns.0.lifts=0",),
        "V25 recovery": ("society.response.half_life_weeks=10000",),
        "V25 control": ("society.response.diffusion=0",),
    },
    targets=(
        Target(
            "V25 trough",
            "fitted",
            "Fewer visits in the first half year, of 100",
            "25 to 35",
            ("E2",),
            lambda o: r.fall(o, SENSITIVE, _quarters(0, 2)),
            within=(22.0, 38.0),
            unit="%",
            ablation="nothing in the media",
        ),
        Target(
            "V25 recovery",
            "held out",
            "Of 100 visits forgone in the first half year, forgone still in the fifth quarter",
            "about 50",
            ("E2",),
            lambda o: 100.0 * r.fall(o, SENSITIVE, _quarters(4, 5)) / r.fall(o, SENSITIVE, _quarters(0, 2)),
            within=(35.0, 70.0),
            unit="%",
            ablation="what is believed does not fade",
            miss="as V22: who has heard of it goes on fearing the prior risk",
        ),
        Target(
            "V25 control",
            "fitted",
            "Fewer visits to other sites in the first half year, for each 100 fewer to sensitive ones",
            "much less than the visits",
            ("E2",),
            lambda o: 100.0 * r.fall(o, CONTROL, _quarters(0, 2)) / r.fall(o, SENSITIVE, _quarters(0, 2)),
            within=(-10.0, 33.0),
            unit="%",
            ablation="nothing spreads to what nobody watches",
        ),
    ),
)
SETTINGS = (CARDIFF, MIDAS, TOESLAGEN, SPANISH, CHILLING)
