"""The codebook of a run: every column of every file of it in one CSV, for whoever reads them in R, Stata or by hand."""

import csv
import os
from pathlib import Path

from scorelab.ledger.columns import TABLES, columns
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
    "assumed_low": ("DOUBLE", "lower end of the interval of assumptions; null outside a study"),
    "assumed_high": ("DOUBLE", "upper end of the interval of assumptions; null outside a study"),
    "interval_method": ("VARCHAR", "how the interval of chance was made, or why there is none"),
    "unit": ("VARCHAR", "unit of the value and of the interval"),
    "numerator": ("BIGINT", "integer sum above the line, before scaling; null where the number is no simple ratio"),
    "denominator": ("BIGINT", "integer sum below the line, before scaling; null where the number is no simple ratio"),
}


def write(facts: Facts, path: Path) -> None:
    """Write the codebook: columns file, name, type and meaning; under a temporary name that is renamed at the end."""
    assert tuple(MEASURE_COLUMNS) == Row._fields, "a column of the measures has no meaning here"
    rows: list[tuple[str, str, str, str]] = []
    for table in TABLES:
        for column in columns(table, facts.groups, facts.names):
            rows.append((f"ledger/*/{table}.parquet", column.name, column.type.value, column.meaning))
    rows += [("measures.parquet", name, kind, meaning) for name, (kind, meaning) in MEASURE_COLUMNS.items()]
    rows += [("measures", measure.name, measure.unit, measure.definition) for measure in measures()]
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with temporary.open("w", newline="", encoding="utf-8") as stream:
        table_writer = csv.writer(stream, lineterminator="\n")
        table_writer.writerow(("file", "name", "type", "meaning"))
        table_writer.writerows(rows)
    temporary.replace(path)
