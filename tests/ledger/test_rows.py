"""From counts to rows: what the kernel packed is what the ledger says."""

from typing import Any

import numpy as np
import pytest

from scorelab.kernel.counted import (
    ENDINGS,
    POINTS,
    PROCESS,
    RECORDS,
    WEEKLY,
    denial_key,
    flow_key,
    need_key,
    occasion_key,
    stock_key,
)
from scorelab.kernel.layout import GRADE_STATUS
from scorelab.ledger.columns import TABLES, Spread, columns
from scorelab.ledger.rows import Coded, Rows, tables
from scorelab.words import COLUMN_WORDS, Act, Elsewhere, Need, Origin, Truth
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


def test_a_displaced_act_is_neither_done_nor_left() -> None:
    names = words()
    pattern = Act.acted + 4 * Act.displaced + 16 * Act.refrained
    table = np.array([[occasion_key(0, 0, 1, pattern), 5]], np.int64)
    rows = tables(random_counts(names, 4)._replace(occasions=table), names, MARGINS)["occasions"]
    row = _row(rows, 0)
    assert (row["behaviour"], row["no-scheme"], row["as-written"], row["placebo"], row["count"]) == (
        *("smoking-on-train", "acted", "displaced", "refrained"),
        5,
    )


def test_what_closed_a_door_is_a_list_or_a_grade_of_its_own_world() -> None:
    """The same number of a grade means other words in other worlds; a list has the same name in all."""
    names = words(4)
    assert names.grades[2:] == (("poor", "fair", "good"), ("fair", "good"))
    keys = [
        flow_key(0, 1, 0, 1, 1, 2, 2 * Origin.tie + Truth.false),
        flow_key(0, 2, 0, 1, GRADE_STATUS + 1, 2, 0),
        flow_key(0, 3, 0, 1, GRADE_STATUS + 1, 2, 0),
    ]
    table = np.array([[key, number] for number, key in enumerate(keys, 1)], np.int64)
    rows = tables(random_counts(names, 8)._replace(flow=table), names, MARGINS)["flow"]
    assert [(_row(rows, i)["world"], _row(rows, i)["status"], _row(rows, i)["count"]) for i in range(3)] == [
        ("as-written", "rail", 1),
        ("placebo", "grade fair", 2),
        ("w3", "grade good", 3),
    ]
    assert (_row(rows, 0)["origin"], _row(rows, 0)["truth"]) == ("tie", "false")


@pytest.mark.parametrize(
    ("table", "columns", "axes"),
    [
        ("points", POINTS, ("world", "source", "behaviour")),
        ("process", PROCESS, ("world", "scheme")),
        ("endings", ENDINGS, ("world", "list")),
    ],
)
def test_no_count_by_truth_is_lost_or_moved(table: str, columns: tuple[str, ...], axes: tuple[str, ...]) -> None:
    names = words()
    counts = random_counts(names, 9)
    dense = getattr(counts, table)
    rows = tables(counts, names, MARGINS)[table]
    plural = {"world": names.worlds, "source": names.sources, "behaviour": names.behaviours}
    plural |= {"scheme": names.schemes, "list": names.lists}
    years = rows["year"]
    assert isinstance(years, np.ndarray)
    assert len(years) == dense.any(axis=-1).sum()
    for number in range(len(years)):
        row = _row(rows, number)
        place = (row["year"], *(plural[axis].index(row[axis]) for axis in axes), Truth[row["truth"]])
        assert [row[name] for name in columns] == dense[place].tolist()


def test_persons_by_grade_and_by_score_are_those_that_were_counted() -> None:
    names = words(4)
    counts = random_counts(names, 10)
    made = tables(counts, names, MARGINS)
    for number in range(len(made["grades"]["period"])):  # type: ignore[arg-type]
        row = _row(made["grades"], number)
        world = names.worlds.index(row["world"])
        group = [dict(g) for g in names.groups].index({"quintile": row["quintile"], "residence": row["residence"]})
        grade = (names.grades[world] or ("none",)).index(row["grade"])
        assert row["persons"] == counts.grades[row["period"], world, group, grade] > 0
    persons = made["grades"]["persons"]
    assert isinstance(persons, np.ndarray) and persons.sum() == counts.grades.sum()
    for number in range(len(made["scores"]["year"])):  # type: ignore[arg-type]
        row = _row(made["scores"], number)
        assert row["persons"] == counts.scores[row["year"], names.worlds.index(row["world"]), row["bin"]] > 0
    persons = made["scores"]["persons"]
    assert isinstance(persons, np.ndarray) and persons.sum() == counts.scores.sum()


def test_attributes_of_the_society_stand_in_one_column() -> None:
    groups = tuple({"quintile": q, "attributes": word} for q in ("q1", "q2") for word in ("none", "migrant"))
    names = type(words())(words().worlds, groups=groups)
    rows = tables(random_counts(names, 11), names, MARGINS)["people"]
    assert list(rows) == ["quintile", "attributes", "persons", "adults"]
    assert [(_row(rows, i)["quintile"], _row(rows, i)["attributes"]) for i in range(4)] == [
        (group["quintile"], group["attributes"]) for group in groups
    ]


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
            beside = columns(table, ("quintile", "residence", "age", "sex", "attributes"), ())
            assert {column.name for column in beside} <= COLUMN_WORDS, table
