"""The codebook of a run: every column of every file of it in one CSV, for whoever reads them in R, Stata or by hand."""

import csv
import os
from pathlib import Path

from scorelab.ledger.columns import COUNTY_TABLES, TABLES, columns
from scorelab.measures import assumed, national, sensitivity
from scorelab.measures.lab import Facts
from scorelab.measures.register import measures
from scorelab.measures.table import Row

FILE = "codebook.csv"

MEASURE_COLUMNS: dict[str, tuple[str, str]] = {
    "measure": ("VARCHAR", "name of the measure; its definition stands under measures in this codebook"),
    "world": ("VARCHAR", "the world that the number is about"),
    "against": ("VARCHAR", "the world that it is compared with; null: it is no comparison"),
    "quintile": ("VARCHAR", "fifth of persons by household income per head, the poorest first; null: all"),
    "residence": ("VARCHAR", "urban or rural; null: all"),
    "age": ("VARCHAR", "age band in completed years at week 0; null: all"),
    "sex": ("VARCHAR", "female or male; null: all"),
    "attributes": ("VARCHAR", "attributes of the society that the person has, joined by a plus; null: all"),
    "item": ("VARCHAR", "what the measure says of its items: behaviour, service, list, source, ...; null: all"),
    "period": ("INTEGER", "number of the span of weeks, where the measure is a series; null: the whole run"),
    "value": ("DOUBLE", "the number in its unit; null where too few cases stand behind it"),
    "chance_low": ("DOUBLE", "lower end of the 95 % interval of chance"),
    "chance_high": ("DOUBLE", "upper end of the 95 % interval of chance"),
    "assumed_low": ("DOUBLE", "2.5 % quantile over the draws of a study; null outside one"),
    "assumed_high": ("DOUBLE", "97.5 % quantile over the draws of a study; null outside one"),
    "interval_method": ("VARCHAR", "how the interval of chance was made, or why there is none"),
    "unit": ("VARCHAR", "unit of the value and of the interval"),
    "numerator": ("BIGINT", "integer sum above the line, before scaling; null where the number is no simple ratio"),
    "denominator": ("BIGINT", "integer sum below the line, before scaling; null where the number is no simple ratio"),
}


STUDY_COLUMNS: dict[str, tuple[str, str]] = {
    "draws": ("INTEGER", "draws that have the number"),
    "stated": ("DOUBLE", "the number at the stated values and the draws' size"),
    "low": ("DOUBLE", "2.5 % quantile over the draws; of a parameter, the lowest value"),
    "median": ("DOUBLE", "the middle draw"),
    "high": ("DOUBLE", "97.5 % quantile over the draws; of a parameter, the highest value"),
    "differs": ("BOOLEAN", "whether stated lies beyond both intervals of chance from the run's own number"),
    "parameter": ("VARCHAR", "part and path of the number that is drawn, as in set"),
    "words": ("VARCHAR", "the same in words"),
    "value": ("DOUBLE", "stated value of the parameter"),
    "by_ratio": ("BOOLEAN", "whether it is drawn evenly on the logarithm of its range"),
    "correlation": ("DOUBLE", "Spearman's rank correlation of the number with the parameter over the draws"),
    "threshold": ("DOUBLE", "all correlations of the study together pass it by chance in 5 of 100 studies at most"),
    "apart": ("BOOLEAN", "whether the correlation lies beyond the threshold, on either side"),
}
"""Columns of the files of a study that the measures do not have, or have in another meaning."""


NATIONAL_COLUMNS: dict[str, tuple[str, str]] = {
    "total": ("VARCHAR", "what is counted, in the whole run and the whole country"),
    "world": MEASURE_COLUMNS["world"],
    "against": MEASURE_COLUMNS["against"],
    "value": ("DOUBLE", "the count for each person lived times the persons of the country"),
    "country_low": ("DOUBLE", "lower end of the 95 % interval for what all counties would count under this seed"),
    "country_high": ("DOUBLE", "its upper end; both are the value where all counties were lived"),
    "chance_low": ("DOUBLE", "lower end of the 95 % interval for what is to be expected over all fates"),
    "chance_high": ("DOUBLE", "its upper end"),
    "interval_method": MEASURE_COLUMNS["interval_method"],
    "unit": ("VARCHAR", "the same in words"),
    "counted": ("BIGINT", "the sum in the counties lived, of all replicates"),
    "counties": ("BIGINT", "counties lived"),
    "counties_of_country": ("BIGINT", "counties of the country"),
}


def _of_study(run_dir: Path) -> list[tuple[str, str, str, str]]:
    """Lines for the files of a study, where the run has been studied."""
    known = {**MEASURE_COLUMNS, **STUDY_COLUMNS}
    return [
        (file, name, *known[name])
        for file, kind in ((assumed.FILE, assumed.Assumed), (sensitivity.FILE, sensitivity.Sensitivity))
        if (run_dir / file).is_file()
        for name in kind._fields
    ]


def write(facts: Facts, path: Path) -> None:
    """Write the codebook: columns file, name, type and meaning; under a temporary name that is renamed at the end."""
    assert tuple(MEASURE_COLUMNS) == Row._fields, "a column of the measures has no meaning here"
    assert tuple(NATIONAL_COLUMNS) == national.National._fields, "a column of the national totals has no meaning here"
    rows: list[tuple[str, str, str, str]] = []
    for table in (*TABLES, *(COUNTY_TABLES if facts.national else ())):
        for column in columns(table, facts.groups, facts.names):
            rows.append((f"ledger/*/{table}.parquet", column.name, column.type.value, column.meaning))
    rows += [("measures.parquet", name, kind, meaning) for name, (kind, meaning) in MEASURE_COLUMNS.items()]
    rows += _of_study(path.parent)
    if facts.national:
        rows += [("national.parquet", name, kind, meaning) for name, (kind, meaning) in NATIONAL_COLUMNS.items()]
    rows += [("measures", measure.name, measure.unit, measure.definition) for measure in measures()]
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with temporary.open("w", newline="", encoding="utf-8") as stream:
        table_writer = csv.writer(stream, lineterminator="\n")
        table_writer.writerow(("file", "name", "type", "meaning"))
        table_writer.writerows(rows)
    temporary.replace(path)
