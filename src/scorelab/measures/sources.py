"""What the sources write down, and how often it is true: by alert, record, listing, denial and person."""

from collections.abc import Iterator

import numpy as np

from scorelab.measures.cube import PER, Axes, cube, levels, per_year, population, rows_of, shares
from scorelab.measures.interval import estimate, rate
from scorelab.measures.lab import YEAR_WEEKS, Lab
from scorelab.measures.register import Measure, measure, register
from scorelab.measures.restricted import restricting
from scorelab.measures.table import Cell, Row

_SHOWN_TOGETHER = "Always read the shares by record, by listing and by denial together: each has another denominator."
_SCANS = (
    "Expected numbers: as if the scheme were in force everywhere from its first day on and applied to everybody;"
    " factors on who is mistaken do not change who is scanned."
)
MILLION = 1_000_000
NOT_COUNTED = "none: persons times scans a year, as the scheme says"

register(
    Measure(
        "records_true",
        "sources",
        "True records",
        "How often a source writes down what a person did.",
        "records.true / (adults x years)",
        "per 100,000 adults and year",
        item="the source; null: all sources",
        caveats=("Recorded acts, not acts: what no source sees is not in it.",),
        interval="count",
    ),
    Measure(
        "records_false",
        "sources",
        "False records",
        "How often a source writes down against a person what this person did not do.",
        "records.false / (adults x years)",
        "per 100,000 adults and year",
        item="the source; null: all sources",
        caveats=(
            "Per adult and not per scan or act: a rare error of a source that sees many makes many false records.",
        ),
        interval="count",
    ),
    Measure(
        "recorded_of_watched",
        "sources",
        "Share of watched acts that is recorded",
        "Of 100 acts that a source watches, how many it writes down.",
        "100 x records.true / records.watched",
        "of 100 watched acts",
        item="the source; null: all sources",
        caveats=("Of acts that the source watches at all; acts nowhere watched are in no denominator.",),
        interval="share",
    ),
    Measure(
        "records_expected",
        "sources",
        "True records to be expected",
        "How many true records the sources' sensitivities let one expect from the acts that were done; for records"
        " too rare to be"
        " counted by chance.",
        "sum of the thresholds of all watched acts / (adults x years)",
        "per 100,000 adults and year",
        item="the source; null: all sources",
        caveats=("Expected from acts that chance has drawn, so chance is in it still, though less.",),
    ),
    Measure(
        "alerts_true",
        "sources",
        "True alerts",
        "How often a source notices what a person did, before any review and before several sources are joined.",
        "records.alerts_true / (adults x years)",
        "per 100,000 adults and year",
        item="the source; null: all sources",
        caveats=("Alerts, not records: a review or a second source may stop them.",),
        interval="count",
    ),
    Measure(
        "alerts_false",
        "sources",
        "False alerts",
        "How often a source accuses a person of what this person did not do, before any review.",
        "records.alerts_false / (adults x years)",
        "per 100,000 adults and year",
        item="the source; null: all sources",
        caveats=("Alerts, not records: a review or a second source may stop them.",),
        interval="count",
    ),
    Measure(
        "scans",
        "sources",
        "Scans",
        "How often a recogniser compares a passing person with everybody whom it knows; as the scheme says it, for it"
        " is not counted one by one.",
        "matching.scans_per_year x persons x years in force / (persons x years)",
        "per 100,000 persons and year",
        item="the source",
        caveats=(_SCANS,),
        interval="none",
    ),
    Measure(
        "false_alerts_of_scans",
        "sources",
        "False alerts, of a million scans",
        "Of a million scans by a recogniser, how many end in an alert against a person who did nothing.",
        "1,000,000 x records.alerts_false / (matching.scans_per_year x persons x years in force)",
        "of 1,000,000 scans",
        item="the source",
        caveats=(_SCANS, "The alert concerns who is taken for somebody, not who passes."),
        interval="count",
    ),
    Measure(
        "true_of_alerts",
        "sources",
        "True, of 100 alerts",
        "Of 100 alerts of a source, before any review, how many are true.",
        "100 x records.alerts_true / (records.alerts_true + records.alerts_false)",
        "of 100 alerts",
        item="the source; null: all sources",
        caveats=(_SHOWN_TOGETHER,),
        interval="share",
    ),
    Measure(
        "true_of_records",
        "sources",
        "True, of 100 records",
        "Of 100 records that a source writes, how many are true.",
        "100 x records.true / (records.true + records.false)",
        "of 100 records",
        item="the source; null: all sources",
        caveats=(_SHOWN_TOGETHER,),
        interval="share",
    ),
    Measure(
        "true_of_listings",
        "sources",
        "True, of 100 entries onto a list",
        "Of 100 times that somebody is put on a list, how many rest on a true record.",
        "100 x lists.entries_true / (lists.entries_true + lists.entries_false)",
        "of 100 entries",
        item="the list; null: all lists that restrict",
        caveats=(_SHOWN_TOGETHER,),
        interval="share",
    ),
    Measure(
        "true_of_denials",
        "sources",
        "True, of 100 denials",
        "Of 100 denials that go back to a source, how many rest on a true record.",
        "100 x flow where truth is true / flow",
        "of 100 denials",
        item="the source; null: all sources",
        caveats=(_SHOWN_TOGETHER,),
        interval="share of clusters",
    ),
    Measure(
        "never_wronged_of_denied",
        "sources",
        "Never denied by error, of 100 persons denied",
        "Of 100 persons who are ever denied something, how many are never denied by a false record alone.",
        "100 x (persons.denied - persons.wronged) / persons.denied (span run)",
        "of 100 persons denied",
        caveats=(_SHOWN_TOGETHER,),
        interval="share",
    ),
)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    yield from _written(lab)
    yield from _scanned(lab)
    yield from _further_on(lab)


def _written(lab: Lab) -> Iterator[Row]:
    """Alerts and records."""
    found = cube(
        lab,
        'SELECT unit_no, world AS label, source AS item, watched, alerts_true, alerts_false, "true" AS right_ones, '
        '"false" AS wrong_ones, alerts_true + alerts_false AS alerts, "true" + "false" AS written, '
        "CAST(round(expected * 4294967296.0) AS HUGEINT) AS expected FROM records",
        (*("watched", "alerts_true", "alerts_false", "alerts"), *("right_ones", "wrong_ones", "written", "expected")),
        lab.facts.names,
        Axes(((), ("item",)), lab.facts.sources),
    )
    adults, scale = population(lab, found.cells, "adults"), per_year(lab, found.cells)
    for name, count in (("alerts_true", "alerts_true"), ("alerts_false", "alerts_false")):
        yield from levels(lab, name, found, count, adults, scale)
    yield from levels(lab, "records_true", found, "right_ones", adults, scale)
    yield from levels(lab, "records_false", found, "wrong_ones", adults, scale)
    yield from levels(lab, "records_expected", found, "expected", adults, scale / 2.0**32, counted="clustered")
    yield from shares(lab, "recorded_of_watched", found, "right_ones", "watched")
    yield from shares(lab, "true_of_alerts", found, "alerts_true", "alerts")
    yield from shares(lab, "true_of_records", found, "right_ones", "written")


def _scanned(lab: Lab) -> Iterator[Row]:
    """Scans, of which only the false alerts are drawn."""
    run = lab.facts
    query = "SELECT unit_no, world AS label, source AS item, alerts_false FROM records"
    alerts = cube(lab, query, ("alerts_false",), run.names, Axes((("item",),), run.sources))
    people = population(lab, (Cell(),))[:, 0]
    for w, world in enumerate(run.worlds):
        for scheme in world.left.schemes:
            begins = scheme.rollout[0].date if scheme.rollout else scheme.in_force
            weeks = max(0, run.weeks - run.week_of(begins))
            for name, source in sorted(scheme.sources.items()):
                if source.mistakes is None or source.mistakes.matching is None or weeks == 0:
                    continue
                cells, of_person = (
                    (Cell(item=name),),
                    source.mistakes.matching.scans_per_year.value * weeks / YEAR_WEEKS,
                )
                each = of_person * PER * YEAR_WEEKS / run.weeks
                unit = measure("scans").unit
                yield Row("scans", world.name, None, *cells[0], each, *(None,) * 4, NOT_COUNTED, unit, None, None)
                scans = np.rint(people * of_person).astype(np.int64)
                false = alerts.counts["alerts_false"][:, w, alerts.cells.index(cells[0])]
                parts = np.stack([false, scans])[:, :, None]
                found = estimate(parts, rate, MILLION, lab.by_replicate)
                yield from rows_of("false_alerts_of_scans", world.name, None, cells, found, parts)


def _further_on(lab: Lab) -> Iterator[Row]:
    """What records lead to, and how often it rests on a true one."""
    run = lab.facts
    entries = "entries_true, entries_true + entries_false AS entries"
    by_list = f"SELECT unit_no, world AS label, list AS item, {entries} FROM lists"
    every = f"SELECT unit_no, world AS label, {entries} FROM {restricting(lab)}"
    for query, axes in ((by_list, Axes((("item",),), run.lists)), (every, Axes(((),)))):
        listed = cube(lab, query, ("entries_true", "entries"), run.names, axes)
        yield from shares(lab, "true_of_listings", listed, "entries_true", "entries")
    flow = cube(
        lab,
        "SELECT unit_no, world AS label, source AS item, count AS denied, "
        "CASE WHEN truth = 'true' THEN count ELSE 0 END AS rightly FROM flow",
        ("rightly", "denied"),
        run.names,
        Axes(((), ("item",)), run.sources),
    )
    yield from shares(lab, "true_of_denials", flow, "rightly", "denied", "clustered")
    persons = cube(
        lab,
        "SELECT unit_no, world AS label, denied, denied - wronged AS unharmed FROM persons WHERE span = 'run'",
        ("denied", "unharmed"),
        run.names,
        Axes(((),)),
    )
    yield from shares(lab, "never_wronged_of_denied", persons, "unharmed", "denied")
