"""Figures about China's lists and points: published by courts, agencies and newspapers."""

import math
from collections.abc import Sequence

from scorelab.kernel.layout import PERIOD_WEEKS
from verification.figures import readings as r
from verification.figures.outcome import Outcome, experiment, live
from verification.figures.target import Parameter, Setting, Target

LIST = "defaulters"
TRAITS = ("rail-conduct", "debts", "travelling", "driving", "being-online", "manners", "giving")
SCHEME = "spc-defaulters-2013"
EVADING = "society.behaviours.evading-judgment"
GROWTH: tuple[tuple[tuple[int, int, int], float], ...] = (
    ((2014, 3, 10), 87_079),
    ((2014, 7, 23), 203_000),
    ((2015, 12, 31), 3.0802e6),
    ((2017, 2, 14), 6.73e6),
    ((2017, 11, 8), 8.87e6),
    ((2018, 5, 31), 10.89e6),
    ((2018, 12, 31), 12.77e6),
    ((2019, 7, 9), 14.5e6),
)
"""A2 to A9: cumulative entries. A1, six weeks after the beginning, counts debtors of before it, whom no run has."""
FITTED = 4
"""So many of them were used to set the roll-out."""
FLIGHTS, TRAINS = ("flight",), ("g-train",)
GRACE, UNTOLD = "with-grace", "nobody-told"


def _in(path: str) -> str:
    return f"verification/experiments/{path}.yaml"


def _defaulters(sets: Sequence[str], small: bool) -> Outcome:
    size = {"persons": 4_000, "counties": 24 if small else 150}
    return live(experiment(_in("defaulters"), sets, (r.NONE, r.WRITTEN, GRACE, UNTOLD), **size))


def _off_growth(outcome: Outcome, points: slice) -> float:
    """The largest factor by which cumulative entries are off."""
    entries = r.on_list(outcome, LIST, "entries").cumsum()
    found = [(r.of_china(outcome, float(entries[r.week(outcome, *day)])), wanted) for day, wanted in GROWTH[points]]
    return max(math.exp(abs(math.log(max(value, 1.0) / wanted))) for value, wanted in found)


def _attempts(outcome: Outcome, year: int, month: int) -> float:
    """Refused purchases of flights and fast trains for each entry so far."""
    at = r.week(outcome, year, month)
    entries = float(r.on_list(outcome, LIST, "entries")[: at + 1].sum())
    return r.refused(outcome, (*FLIGHTS, *TRAINS), at) / entries if entries else float("nan")


def _first_summer(outcome: Outcome) -> tuple[float, float]:
    """Tries for each refused need of a flight, and of 100 listed those refused one in 34 days, in the first summer.

    In a world in which nobody is told, so that people learn of the bar by being refused, as the newspapers said of that
    summer; and in which all courts list from the first day, as too few would be listed yet otherwise.
    """
    at = r.week(outcome, 2014, 7)
    quarter = at // PERIOD_WEEKS
    listed = float(r.on_list(outcome, LIST, "listed", UNTOLD)[quarter * PERIOD_WEEKS :][:PERIOD_WEEKS].mean())
    denied = r.denials(outcome, "flight", UNTOLD, quarter)
    tries = r.refused(outcome, FLIGHTS, at, UNTOLD, begin=at)
    return tries / max(denied, 1), 100.0 * denied * (34 / (7 * PERIOD_WEEKS)) / max(listed, 1.0)


def _ratio(outcome: Outcome, world: str, year: int) -> float:
    """Exits for each entry in a year."""
    weeks = slice(r.week(outcome, year, 1), r.week(outcome, year, 12, 31) + 1)
    entries, exits = (float(r.on_list(outcome, LIST, column, world)[weeks].sum()) for column in ("entries", "exits"))
    return exits / entries if entries else float("nan")


DEFAULTERS = Setting(
    name="judgment defaulters 2013-2023",
    scheme=SCHEME,
    society="china-2020",
    traits=TRAITS,
    make=_defaulters,
    parameters=(
        Parameter(f"{SCHEME}.sources.court.watches.evading-judgment", 0.2, 0.8),
        Parameter(f"{EVADING}.per_year", 0.0036, 0.0144),
        Parameter(f"{EVADING}.act", 0.5, 0.9),
        Parameter(f"{EVADING}.settles_per_year", 0.3, 1.0),
        Parameter("society.response.cannot_pay", 0.2, 0.8),
        Parameter("society.response.not_asking", 0.0, 0.9),
        Parameter("society.response.sensitivity", 0.0, 10.0),
        Parameter(f"{SCHEME}.aware", 0.11, 0.9),
        Parameter(f"{SCHEME}.lists.defaulters.notice", 0.4, 1.0),
        Parameter("society.services.flight.retry", 0.2, 0.88),
        Parameter("society.services.g-train.retry", 0.0, 0.88),
        Parameter("society.services.flight.per_year", 0.36, 0.55),
        Parameter("society.services.g-train.per_year", 0.7, 1.3),
        Parameter(f"{SCHEME}.rollout.0.share", 0.05, 0.2),
        Parameter(f"{SCHEME}.rollout.1.share", 0.2, 0.5),
        Parameter(f"{SCHEME}.rollout.2.share", 0.5, 0.8),
        Parameter(f"{SCHEME}.rollout.3.share", 0.8, 1.0),
    ),
    ablations={
        "V1": (f"{EVADING}.settles_per_year=0",),
        "V3": (f"{EVADING}.settles_per_year=0",),
        "V5 level": ("society.services.flight.retry=0", "society.services.g-train.retry=0"),
        "V6 tries": ("society.services.flight.retry=0",),
        "V6 caught": ("society.response.not_asking=0",),
    },
    targets=(
        Target(
            "V1",
            "accounting",
            "People on the list in December 2023, of 100 of working age",
            "8.54 million, about 1 %",
            ("A10", "A11"),
            lambda o: r.listed_share(o, LIST, r.week(o, 2023, 12, 15)),
            within=(0.6, 1.2),
            unit="%",
            ablation="nobody makes good",
        ),
        Target(
            "V2 before",
            "held out",
            "Exits for each entry in 2023, without a grace period",
            "0.65 (2.08 of 3.21 million)",
            ("A12", "A13"),
            lambda o: _ratio(o, r.WRITTEN, 2023),
            within=(0.5, 0.8),
            unit="",
            miss="judgments that are evaded come at an even rate here, so a list of ten years is near its balance; in"
            " 2023 more came onto it than ever",
        ),
        Target(
            "V2 after",
            "held out",
            "Exits for each entry in 2023, had the rules of 2020 held from the beginning",
            "1.15 in 2024 (2.82 of 2.46 million)",
            ("A12", "A13"),
            lambda o: _ratio(o, GRACE, 2023),
            within=(1.0, 1.3),
            unit="",
            miss="a list under one set of rules comes near its balance in ten years; in 2024 the rules had changed for"
            " people who were listed already, and no file can change its rules on a day",
        ),
        Target(
            "V3",
            "fitted",
            "Exits for each year on the list, 2023",
            "0.26 to 0.34",
            ("V3",),
            lambda o: r.exits_per_listed_year(o, LIST, slice(r.week(o, 2023, 1), r.week(o, 2023, 12, 31))),
            within=(0.26, 0.34),
            unit="a year",
            ablation="nobody makes good",
        ),
        Target(
            "V4 early",
            "fitted",
            "Cumulative entries until February 2017: largest factor by which they are off",
            "87 thousand, 0.2, 3.1 and 6.7 million",
            ("A2", "A3", "A4", "A5"),
            lambda o: _off_growth(o, slice(0, FITTED)),
            within=(1.0, 3.0),
            unit="times",
            smooth=False,
        ),
        Target(
            "V4 late",
            "held out",
            "Cumulative entries, November 2017 to 2019: largest factor by which they are off",
            "8.9, 10.9, 12.8, 14.5 million",
            ("A6", "A7", "A8", "A9"),
            lambda o: _off_growth(o, slice(FITTED, None)),
            within=(1.0, 1.3),
            unit="times",
            smooth=False,
        ),
        Target(
            "V5 level",
            "fitted",
            "Refused purchases for each entry so far, February 2017",
            "1.24",
            ("B3", "A5"),
            lambda o: _attempts(o, 2017, 2),
            within=(1.0, 2.5),
            unit="",
            ablation="nobody tries again",
        ),
        Target(
            "V5 rise",
            "held out",
            "The same in July 2019, for each one in February 2017",
            "1.85 (2.30 to 1.24)",
            ("B3", "B11", "A5", "A9"),
            lambda o: _attempts(o, 2019, 7) / _attempts(o, 2017, 2),
            within=(1.4, 2.3),
            unit="times",
        ),
        Target(
            "V6 tries",
            "input in disguise",
            "Refused tries for each need of a flight that is refused, summer of 2014; all told by refusal alone",
            "8.7",
            ("B0",),
            lambda o: _first_summer(o)[0],
            within=(6.0, 12.0),
            unit="",
            ablation="nobody tries again",
        ),
        Target(
            "V6 caught",
            "held out",
            "Of 100 on the list, refused a flight within 34 days; all told by refusal alone",
            "6.1",
            ("B0",),
            lambda o: _first_summer(o)[1],
            within=(4.0, 9.0),
            unit="%",
            ablation="everybody asks",
            miss="three in four of those who know do not ask again, a number that was set by V5; if all asked it would"
            " be met",
        ),
        Target(
            "V7",
            "fitted",
            "Flights of 100 refused purchases of flights and fast trains, until July 2019",
            "72 to 86",
            ("B1", "B11"),
            lambda o: (
                100.0
                * r.refused(o, FLIGHTS, r.week(o, 2019, 7))
                / max(1.0, r.refused(o, (*FLIGHTS, *TRAINS), r.week(o, 2019, 7)))
            ),
            within=(72.0, 86.0),
            unit="%",
        ),
        Target(
            "V8",
            "context only",
            "Listings that ended because the person made good, of 100 entries until 2018",
            "27, where fewer than 30 of 100 paid before there was a list",
            ("C4", "C5"),
            lambda o: (
                100.0
                * float(o.column("endings", "settled")[:5, o.world(r.WRITTEN), o.names.lists.index(LIST)].sum())
                / max(1.0, float(r.on_list(o, LIST, "entries")[:260].sum()))
            ),
            within=(15.0, 40.0),
            unit="%",
        ),
    ),
)


def _travel(sets: Sequence[str], small: bool) -> Outcome:
    size = {"persons": 25_000, "counties": 2 if small else 8, "weeks": 364}
    return live(experiment("rail-and-defaulters", sets, (r.NONE, r.WRITTEN), **size))


RAIL = ("rail-staff",)
RAIL_TRIPS_A_YEAR = 3.57e9 / r.PEOPLE_OF_CHINA


def _per_trip(outcome: Outcome) -> float:
    """Expected records of misconduct on trains for each trip by rail, in units of 1e-7."""
    begins = r.week(outcome, 2018, 5)
    years = (outcome.resolved.weeks - begins) / 52
    return r.written(outcome, RAIL, "expected") / 2.0**32 / (RAIL_TRIPS_A_YEAR * outcome.persons * years) * 1e7


TRAVEL = Setting(
    name="misconduct on trains 2018",
    scheme="china-rail-2018",
    society="china-2020",
    traits=TRAITS,
    make=_travel,
    parameters=(),
    targets=(
        Target(
            "V9",
            "input in disguise",
            "Expected sanctions for ten million trips by rail",
            "1.1",
            ("V9",),
            _per_trip,
            within=(0.7, 1.5),
            unit="",
        ),
    ),
)

BAD = (
    *("missing-repayment", "evading-judgment", "traffic-violation", "drunk-driving", "breaking-contract"),
    *("selling-counterfeits", "sharp-practice", "owing-fees", "damaging-utilities", "littering"),
)
GOOD = ("volunteering", "helping-in-hardship")


def _rongcheng(sets: Sequence[str], small: bool) -> Outcome:
    size = {"persons": 25_000, "counties": 2 if small else 8}
    return live(experiment(_in("rongcheng"), sets, (r.NONE, r.WRITTEN, "everybody-knows"), **size))


def _change(outcome: Outcome) -> float:
    """Change of acts with the awareness of a city pilot, of the change with everybody knowing."""
    without = r.acts(outcome, BAD, r.NONE)
    some, all_know = (without - r.acts(outcome, BAD, world) for world in (r.WRITTEN, "everybody-knows"))
    return some / all_know if all_know else float("nan")


RONGCHENG = Setting(
    name="Rongcheng, two years of points",
    scheme="rongcheng-2016",
    society="china-2020",
    traits=TRAITS,
    make=_rongcheng,
    parameters=(
        Parameter("rongcheng-2016.sources.bank.watches.missing-repayment", 0.5, 1.0),
        Parameter("rongcheng-2016.sources.traffic-police.watches.traffic-violation", 0.1, 0.5),
        Parameter("rongcheng-2016.sources.committee.watches.littering", 0.02, 0.3),
        Parameter("rongcheng-2016.sources.committee.watches.volunteering", 0.05, 0.5),
        Parameter("society.behaviours.traffic-violation.per_year", 0.4, 1.2),
        Parameter("society.behaviours.missing-repayment.per_year", 0.08, 0.22),
        Parameter("society.behaviours.volunteering.per_year", 0.2, 0.6),
    ),
    targets=(
        Target(
            "V13",
            "input in disguise",
            "Bad records for each good one, after two years",
            "7.9 (0.44 and 0.056 for each resident)",
            ("R12", "V13"),
            lambda o: r.records_of(o, BAD) / max(1.0, r.records_of(o, GOOD)),
            within=(6.0, 10.0),
            unit="times",
        ),
        Target(
            "V14",
            "arithmetic",
            "Change of conduct with 11 % knowing, of that with everybody knowing",
            "11 %, and who learns by notice or from others",
            ("V14",),
            _change,
            within=(0.08, 0.6),
            unit="",
        ),
    ),
)
SETTINGS = (DEFAULTERS, TRAVEL, RONGCHENG)
