"""Tables to take away: every number of a run in plain files, one a family of measures, with what is needed to read it.

The same run gives the same bytes under the same versions of the packages.
"""

import csv
import datetime
import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from scorelab.errors import RunError
from scorelab.measures.codebook import MEASURE_COLUMNS
from scorelab.measures.lab import PERIOD_WEEKS, YEAR_WEEKS, Facts, facts
from scorelab.measures.register import Every, Measure, measure, measures
from scorelab.measures.table import Cell, Row, read

FOLDER = "tables"
MAIN = "main"
"""The table of the main numbers, which stand in the table of their family as well."""
SPANS: dict[Every, int] = {"run": 0, "week": 1, "13 weeks": PERIOD_WEEKS, "year": YEAR_WEEKS}
"""Weeks of one period; 0 where a measure has none."""
COLUMNS: dict[str, tuple[str, str]] = {
    "measure": MEASURE_COLUMNS["measure"],
    "title": ("VARCHAR", "what the measure is called; measures.csv says what it means"),
    "world": MEASURE_COLUMNS["world"],
    "world_title": ("VARCHAR", "what the world is called in the report"),
    "against": MEASURE_COLUMNS["against"],
    "against_title": ("VARCHAR", "what the world that it is compared with is called; null: it is no comparison"),
    **{name: MEASURE_COLUMNS[name] for name in ("quintile", "residence", "age", "sex", "attributes", "item")},
    "item_title": ("VARCHAR", "what the item is called in the report; null: all items together"),
    "period": MEASURE_COLUMNS["period"],
    "period_is": ("VARCHAR", "how long a period is: week, 13 weeks or year; null: the whole run"),
    "period_starts": ("DATE", "day on which the period begins; null: the whole run"),
    **{
        name: MEASURE_COLUMNS[name]
        for name in (
            *("value", "chance_low", "chance_high", "assumed_low", "assumed_high"),
            *("interval_method", "unit", "numerator", "denominator"),
        )
    },
}
"""Columns of every table, each with its type and meaning."""
_ABOUT = ("name", "family", "title", "definition", "unit", "item", "period", "formula", "caveats", "cite")
FAMILIES = {
    "restricted": "who is on a list, who enters one, and for how many years",
    "lists": "each list by itself: who comes, who goes, how listings end",
    "needs": "what people need, ask for, are granted and denied, service by service",
    "denials": "denials by whose record bars and whether it is true",
    "wrongful": "denials that rest on error, in each reading of the word",
    "collateral": "denials that go back to somebody else's record",
    "persons": "different persons: how many are ever listed, ever denied, and how often",
    "conduct": "acts that are done, prevented and provoked, unlawful, lawful and prosocial",
    "economy": "years without work, in arrears, and with a throttled connection",
    "chances": "places at school and at work that some lose and others gain",
    "points": "points that are taken and given, and by which source",
    "grades": "shares of persons in each grade, and who moves",
    "process": "who is told, who objects and appeals, and what becomes of it",
    "noise": "what the same scheme with other errors changes by chance alone",
    "sources": "records true and false, source by source",
    "disparity": "rates of two groups, as a ratio and as a difference",
    "flow": "denials by the way they came about: behaviour, source, list or grade, service",
    "legs": "denials by part of life and by how grave the act is, for the EU AI Act",
    "fairness": "who did something against who is treated as if, by group",
    "concentration": "how denials gather on few persons, beside chance",
    "saturation": "what reaches people who are left out of a scheme, and what it does to those who are not",
    "shapley": "parts of mechanisms that add up to the whole",
    "ablation": "what falls away without one mechanism, or two",
}
"""Family -> what its table tells, in words."""


def write(run_dir: Path) -> Path:
    """Write the tables of a finished run into its folder ``tables`` and return that.

    Raises RunError where the folder holds no run, its measures have not been computed, or the disk takes no more.
    """
    run, found = facts(run_dir), list(read(run_dir))
    folder = run_dir / FOLDER
    counts: dict[str, int] = {}
    try:
        folder.mkdir(exist_ok=True)
        with duckdb.connect(config={"threads": 1}) as con:
            _table(con, [_told(run, row) for row in found if _main(run, row)], folder, MAIN)
            for family in sorted({measure(row.measure).family for row in found}):
                rows = [_told(run, row) for row in found if measure(row.measure).family == family]
                counts[family] = len(rows)
                _table(con, rows, folder, family)
        used = [entry for entry in measures() if any(row.measure == entry.name for row in found)]
        _put(folder / "measures.csv", _csv(_ABOUT, [_entry(one) for one in used]))
        _put(folder / "codebook.csv", _csv(("column", "type", "meaning"), [(k, *v) for k, v in COLUMNS.items()]))
        _put(folder / "README.txt", readme(run, counts))
    except (OSError, duckdb.Error) as error:
        raise RunError(f"cannot write the tables of {run_dir}: {str(error).splitlines()[0]}") from error
    return folder


def _main(run: Facts, row: Row) -> bool:
    """Whether a row is about everybody, everything and the whole run, in a world or against the reference."""
    return row.cell == Cell() and row.value is not None and row.against in (None, run.against)


def _told(run: Facts, row: Row) -> tuple[object, ...]:
    """A row of measures with what things are called and when its period begins, in the order of the columns."""
    entry = measure(row.measure)
    starts = None
    if row.period is not None:
        first = datetime.date.fromisoformat(run.resolved["start"])
        starts = first + datetime.timedelta(weeks=row.period * SPANS[entry.period])
    more = {
        "title": entry.title,
        "world_title": run.world(row.world).title,
        "against_title": run.world(row.against).title if row.against else None,
        "item_title": run.said(row.item) if row.item is not None else None,
        "period_is": None if row.period is None else entry.period,
        "period_starts": starts,
    }
    return tuple(more[name] if name in more else getattr(row, name) for name in COLUMNS)


def _table(con: duckdb.DuckDBPyConnection, rows: Sequence[tuple[object, ...]], folder: Path, family: str) -> None:
    """One family as CSV and as Parquet, the same rows in the same order."""
    columns = zip(COLUMNS.items(), zip(*rows, strict=True), strict=True)
    values = {name: list(of_it) for (name, _), of_it in columns}
    select = ", ".join(f"unnest(${name}::{kind}[]) AS {name}" for name, (kind, _) in COLUMNS.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE t AS SELECT {select}", values)
    for suffix, how in (("csv", "FORMAT csv, HEADER"), ("parquet", "FORMAT parquet, COMPRESSION zstd")):
        path = folder / f"{family}.{suffix}"
        temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
        quoted = temporary.as_posix().replace("'", "''")
        con.execute(f"COPY (SELECT * FROM t) TO '{quoted}' ({how})")
        temporary.replace(path)


def _family(name: str) -> str:
    """What a family's table tells; of one that nobody described, the titles of its first measures."""
    return FAMILIES.get(name) or ", ".join(one.title for one in measures((name,))[:3])


def _entry(one: Measure) -> tuple[object, ...]:
    """What measures.csv says of a measure."""
    lists = {"caveats": " ".join(one.caveats), "cite": " ".join(one.cite)}
    return tuple(lists.get(name, getattr(one, name)) for name in _ABOUT)


def _csv(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    stream = io.StringIO()
    written = csv.writer(stream, lineterminator="\n")
    written.writerow(head)
    written.writerows(rows)
    return stream.getvalue()


def _put(path: Path, contents: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    temporary.write_text(contents, encoding="utf-8", newline="\n")
    temporary.replace(path)


def readme(run: Facts, counts: dict[str, int]) -> str:
    """What the folder holds, how to read it and how to cite it; nothing in it depends on when it was written."""
    return "\n".join(_readme(run, counts)) + "\n"


def _readme(run: Facts, counts: dict[str, int]) -> Iterator[str]:
    resolved, manifest = run.resolved, run.manifest
    yield f"{resolved['title']}"
    yield ""
    yield "ALL PERSONS ARE SYNTHETIC. No number here is about anybody who lives or has lived, or about what a real"
    yield "scheme did to real people: they are counts of a simulation under the assumptions that its report lists."
    yield "Less harm than another scheme is not a recommendation."
    yield ""
    yield "THE FILES"
    yield "Each table is there twice, as .csv (UTF-8, commas, a header, empty: null) and as .parquet."
    yield "  main.csv           the main numbers: everybody, the whole run, each world, and against the reference"
    for family, count in counts.items():
        yield f"  {family + '.csv':<18} {count:>7,} rows  {_family(family)}"
    yield "  measures.csv       what each measure means: definition, formula, unit, what to mind"
    yield "  codebook.csv       what each column of the tables means"
    yield ""
    yield "HOW TO READ A ROW"
    yield "A row is one number: of one measure, in one world, perhaps against another, for one group (empty: all), one"
    yield "item (empty: all) and one period (empty: the whole run). main.csv is the place to begin. Never add up"
    yield "rows: totals stand beside their parts, and a person who is denied two services is one person."
    yield "The unit of each number is in its row; most are for 100,000 persons or adults, and many for a year."
    yield "chance_low and chance_high: 95 % interval of chance alone, other fates and other synthetic people under the"
    yield "same assumptions. It is empty where too few cases stand behind a number; interval_method says why."
    yield "assumed_low and assumed_high: the interval of assumptions; empty unless the run is part of a study."
    yield ""
    yield "THE WORLDS (the same people with the same luck)"
    for world in run.worlds:
        part = {run.against: " (the reference)", run.focus: " (the focus)"}.get(world.name, "")
        yield f"  {world.name}: {world.title}{part}"
    yield ""
    yield "HOW TO CITE"
    yield f"  scorelab {manifest.get('scorelab', '')}, a laboratory for social-credit systems. Experiment"
    yield f"  {resolved['name']}, seed {resolved['seed']}, {run.weeks} weeks from {resolved['start']}, digest"
    yield f"  {manifest.get('digest', '')}. Synthetic data."
    yield "  manifest.json in the folder of the run says all that was run; `scorelab run manifest.json` lives it again."
