"""What the sources write down, and how often it is true: by record, by listing, by denial and by person."""

from collections.abc import Iterator

from scorelab.measures.cube import Axes, cube, levels, per_year, population, shares
from scorelab.measures.lab import Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

_SHOWN_TOGETHER = "Always read the shares by record, by listing and by denial together: each has another denominator."

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
    ),
    Measure(
        "records_false",
        "sources",
        "False records",
        "How often a source writes down against a person what this person did not do.",
        "records.false / (adults x years)",
        "per 100,000 adults and year",
        item="the source; null: all sources",
    ),
    Measure(
        "recorded_of_watched",
        "sources",
        "Share of watched acts that is recorded",
        "Of 100 acts that a source watches, how many it writes down.",
        "100 x records.true / records.watched",
        "of 100 watched acts",
        item="the source; null: all sources",
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
    ),
    Measure(
        "true_of_listings",
        "sources",
        "True, of 100 entries onto a list",
        "Of 100 times that somebody is put on a list, how many rest on a true record.",
        "100 x lists.entries_true / (lists.entries_true + lists.entries_false)",
        "of 100 entries",
        item="the list; null: all lists",
        caveats=(_SHOWN_TOGETHER,),
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
    ),
    Measure(
        "never_wronged_of_denied",
        "sources",
        "Never denied by error, of 100 persons denied",
        "Of 100 persons who are ever denied something, how many are never denied by a false record alone.",
        "100 x (persons.denied - persons.wronged) / persons.denied (span run)",
        "of 100 persons denied",
        caveats=(_SHOWN_TOGETHER,),
    ),
)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    run = lab.facts
    sources = tuple(sorted({name for world in run.worlds for scheme in world.schemes for name in scheme.sources}))
    lists = tuple(sorted({name for world in run.worlds for scheme in world.schemes for name in scheme.lists}))
    records = cube(
        lab,
        'SELECT unit_no, world AS label, source AS item, watched, "true" AS right_ones, "false" AS wrong_ones, '
        '"true" + "false" AS written, CAST(round(expected * 4294967296.0) AS HUGEINT) AS expected FROM records',
        ("watched", "right_ones", "wrong_ones", "written", "expected"),
        run.names,
        Axes(((), ("item",)), sources),
    )
    adults, scale = population(lab, records.cells, "adults"), per_year(lab, records.cells)
    yield from levels(lab, "records_true", records, "right_ones", adults, scale)
    yield from levels(lab, "records_false", records, "wrong_ones", adults, scale)
    yield from levels(lab, "records_expected", records, "expected", adults, scale / 2.0**32, counted="clustered")
    yield from shares(lab, "recorded_of_watched", records, "right_ones", "watched")
    yield from shares(lab, "true_of_records", records, "right_ones", "written")
    entries = cube(
        lab,
        "SELECT unit_no, world AS label, list AS item, entries_true, entries_true + entries_false AS entries FROM"
        " lists",
        ("entries_true", "entries"),
        run.names,
        Axes(((), ("item",)), lists),
    )
    yield from shares(lab, "true_of_listings", entries, "entries_true", "entries")
    flow = cube(
        lab,
        "SELECT unit_no, world AS label, source AS item, count AS denied, "
        "CASE WHEN truth = 'true' THEN count ELSE 0 END AS rightly FROM flow",
        ("rightly", "denied"),
        run.names,
        Axes(((), ("item",)), sources),
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
