"""From counts to rows: what the kernel packed is what the ledger says."""

from typing import Any

import numpy as np
import pytest

from scorelab.kernel.layout import RECORDS, WEEKLY, denial_key, need_key, stock_key
from scorelab.ledger.columns import TABLES, Spread, columns
from scorelab.ledger.rows import Coded, Rows, tables
from scorelab.words import COLUMN_WORDS, Elsewhere, Need, Origin, Truth
from tests.ledger.random_counts import MARGINS, random_counts, words


def _row(rows: Rows, number: int) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, values in rows.items():
        out[name] = values.words[values.codes[number]] if isinstance(values, Coded) else values[number].item()
    return out


def test_every_table_has_the_declared_columns_for_one_to_eight_worlds() -> None:
    """A column that is declared and not written, or the other way round, would shift all that follow."""
    for worlds in (1, 3, 8):
        names = words(worlds)
        made = tables(random_counts(names, 1), names, MARGINS)
        assert set(made) == set(TABLES)
        for table, rows in made.items():
            assert list(rows) == [column.name for column in columns(table, ("quintile", "residence"), names.worlds)[2:]]
            lengths = {len(values.codes if isinstance(values, Coded) else values) for values in rows.values()}
            assert len(lengths) == 1, table


def test_no_count_is_lost_or_invented_in_the_dense_tables() -> None:
    """Leaving out empty rows must not leave out others."""
    names = words()
    counts = random_counts(names, 2)
    made = tables(counts, names, MARGINS)
    for place, name in enumerate(WEEKLY):
        column = made["weekly"][name]
        assert isinstance(column, np.ndarray)
        assert column.sum() == counts.weekly[..., place].sum()
    week, world = made["weekly"]["week"], made["weekly"]["world"]
    assert isinstance(week, np.ndarray) and isinstance(world, Coded)
    rows = len(week)
    assert rows == counts.weekly.any(axis=3).sum() < counts.weekly[..., 0].size
    for number in range(0, rows, 97):
        row = _row(made["weekly"], number)
        group = [dict(g) for g in names.groups].index({"quintile": row["quintile"], "residence": row["residence"]})
        there = counts.weekly[row["week"], names.worlds.index(str(row["world"])), group]
        assert [row[name] for name in WEEKLY] == there.tolist()


def test_expected_records_are_scaled_to_numbers_and_the_rest_are_integers() -> None:
    names = words()
    counts = random_counts(names, 3)
    records = tables(counts, names, MARGINS)["records"]
    expected = records["expected"]
    assert isinstance(expected, np.ndarray)
    assert expected.sum() == counts.records[..., RECORDS.index("expected")].sum() / 2**32


def test_patterns_are_read_with_the_first_world_lowest() -> None:
    """A pattern read from the wrong end would swap the worlds and keep every total."""
    names = words()
    pattern = Need.denied + 8 * Need.granted + 64 * Need.not_asked
    table = np.array([[need_key(4, 5, 2, pattern), 17]], np.int64)
    rows = tables(random_counts(names, 4)._replace(needs=table), names, MARGINS)["needs"]
    assert _row(rows, 0) == {
        "period": 4,
        "quintile": "q3",
        "residence": "rural",
        "service": "school",
        "no-scheme": "denied",
        "as-written": "granted",
        "placebo": "not_asked",
        "count": 17,
    }


def test_a_denial_is_unpacked_into_cause_and_what_happened_elsewhere() -> None:
    names = words()
    flags = 8 * Origin.tie + 4 * Truth.false + 2 * 1 + 0
    elsewhere = Elsewhere.granted + 4 * Elsewhere.denied_too + 16 * Elsewhere.otherwise
    table = np.array([[denial_key(1, 1, 0, 1, 1, flags, elsewhere), 3]], np.int64)
    rows = tables(random_counts(names, 5)._replace(denials=table), names, MARGINS)["denials"]
    assert _row(rows, 0) == {
        "period": 1,
        "world": "as-written",
        "quintile": "q1",
        "residence": "urban",
        "service": "hotel",
        "cause_domain": "transport",
        "origin": "tie",
        "truth": "false",
        "tainted": True,
        "own_and_tie": False,
        "without_false_records": "granted",
        "without_ties": "denied_too",
        "without_either": "otherwise",
        "count": 3,
    }


def test_a_key_that_stands_twice_is_refused() -> None:
    """Two rows with one key are two halves of a count; whoever reads one of them is wrong."""
    names = words()
    twice = np.array([[stock_key(0, 0, 0, 1), 3], [stock_key(0, 0, 0, 1), 4]], np.int64)
    with pytest.raises(ValueError, match="must rise"):
        tables(random_counts(names, 6)._replace(stocks=twice), names, MARGINS)


def test_a_breakdown_into_one_group_has_no_group_columns() -> None:
    names = type(words())(words().worlds, groups=({},))
    rows = tables(random_counts(names, 7), names, MARGINS)["ever"]
    assert list(rows) == [*names.worlds, "persons"]


def test_no_world_can_be_named_like_a_column_beside_it() -> None:
    """A table with one column named twice cannot be written, after hours of living."""
    for table, parts in TABLES.items():
        if any(isinstance(part, Spread) and part is not Spread.groups for part in parts):
            beside = columns(table, ("quintile", "residence", "age", "sex"), ())
            assert {column.name for column in beside} <= COLUMN_WORDS, table
