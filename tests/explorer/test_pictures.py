"""The picture says what the measures say, to the last digit."""

import dataclasses
import json
from collections.abc import Iterator

import pytest

from scorelab import api
from scorelab.errors import RunError
from scorelab.explorer.people import DOTS, KINDS, MARKS, dots, find
from scorelab.explorer.pictures import EVERY_WEEKS, MOST_WAYS, Json, rounded
from scorelab.explorer.sums import Sums
from scorelab.kernel.counted import DENIED
from scorelab.lives.choose import Again, draw
from scorelab.measures.flow import BETWEEN
from scorelab.measures.lab import PERIOD_WEEKS
from scorelab.measures.table import Cell, Measures, Row
from scorelab.runs.again import Lived, Village
from tests.explorer.village import resolved

pytestmark = pytest.mark.slow

WORLDS = ("no-scheme", "as-reported")
FOCUS, AGAINST = "as-reported", "no-scheme"


def _same(told: Json, row: Row | None) -> None:
    assert row is not None
    assert (told["value"], told["low"], told["high"]) == (row.value, row.chance_low, row.chance_high), row


def test_the_figures_are_the_measures(told: Json, measures: Measures) -> None:
    """Catches a sum over the wrong weeks, people or worlds, and an interval that is made in another way."""
    met = set()
    for figure in told["figures"]:
        cell = Cell(item=figure["item"])
        only = figure["measure"] == "acts_net_prevented"
        for world, number in figure["values"].items():
            row = measures.one(figure["measure"], world, AGAINST if only else None, cell)
            _same(number, row)
            assert row is not None and number["note"] == row.interval_method
            met.add((figure["measure"], world, number["value"] != 0, number["low"] is not None))
        for world, number in figure["differences"].items():
            _same(number, measures.one(figure["measure"], world, AGAINST, cell))
    assert {name for name, world, nonzero, interval in met if world == FOCUS and nonzero and interval} >= {
        *("restricted_person_years", "ever_restricted", "ever_denied", "ever_for_another"),
        *("needs_denied", "acts", "acts_net_prevented"),
    }


def test_the_lines_are_the_measures(told: Json, measures: Measures) -> None:
    """Catches a week or a period that is off by one, and a last period that is taken for a whole one."""
    assert [line["measure"] for line in told["series"]] == ["listed", "needs_denied", "jobless_person_years"]
    for line in told["series"]:
        for world in WORLDS:
            for place, week in enumerate(line["weeks"]):
                period = week - 1 if line["measure"] == "listed" else (week - 1) // PERIOD_WEEKS
                number = {part: line["values"][world][part][place] for part in ("value", "low", "high")}
                _same(number, measures.one(line["measure"], world, None, Cell(period=period)))
    assert told["series"][1]["weeks"][-1] == resolved().weeks


def test_the_groups_are_the_measures(told: Json, measures: Measures) -> None:
    """Catches a group that is set against everybody, children among adults, and a group that is left out."""
    for table in told["groups"]:
        for part in table["attributes"]:
            for value in part["values"]:
                for world in WORLDS:
                    row = measures.one(table["measure"], world, None, Cell(**{part["attribute"]: value["value"]}))
                    _same(value["worlds"][world], row)
                    assert row is not None and value["unit"] == row.unit
    (ages,) = [part for part in told["groups"][0]["attributes"] if part["attribute"] == "age"]
    assert [value["value"] for value in ages["values"]] == ["0-5", "6-17", "18-29", "30-44", "45-59", "60+"]
    found = {row.quintile for row in measures.where("ever_denied", world=FOCUS, against=None)}
    assert found == {None, "q1", "q2", "q3", "q4", "q5"}


def test_groups_over_time_are_those_of_the_ledger(told: Json, run: api.Run) -> None:
    """Catches a group's line that is another group's, or another week's."""
    table = told["groups_over_time"]
    query = (
        "SELECT week, sum(listed)::BIGINT FROM weekly WHERE world = 'as-reported' AND quintile = 'q2' "
        f"AND (week + 1) % {EVERY_WEEKS} = 0 GROUP BY week ORDER BY week"
    )
    (adults,) = run.ledger.sql("SELECT sum(adults)::BIGINT FROM people WHERE quintile = 'q2'").fetchall()[0]
    counted = run.ledger.sql(query).fetchall()
    assert [week + 1 for week, _ in counted] == table["weeks"]
    assert table["attributes"]["quintile"]["q2"][FOCUS] == [number / adults * 100_000 for _, number in counted]
    assert max(table["attributes"]["quintile"]["q2"][FOCUS]) > 0


def test_causes_and_ways_are_the_measures(told: Json, measures: Measures) -> None:
    """Catches packed keys that are taken apart wrongly."""
    for world in WORLDS:
        for cause in told["causes"][world]:
            _same(cause, measures.one("denials_by_cause", world, None, Cell(item=cause["cause"])))
        rows = measures.where("denials_flow", world=world)
        ways = {str(row.item): row.numerator or 0 for row in rows}
        for way in told["flow"][world]:
            if way["behaviour"] == "other":
                assert len(rows) > MOST_WAYS
                continue
            item = (way["behaviour"], way["source"], way["status"], way["service"], f"{way['origin']} {way['truth']}")
            assert ways[BETWEEN.join(item)] == way["count"]
        assert sum(way["count"] for way in told["flow"][world]) == sum(ways.values())
    assert len(told["flow"][FOCUS]) > 10 and told["flow"][AGAINST] == []


def test_everybody_on_the_page_is_somebody_of_the_country(lived: Lived, told: Json) -> None:
    """Catches dots that depend on the law, stand twice, or have another person's marks."""
    people = told["people"]
    assert len({one["id"] for one in people}) == len(people) == DOTS
    assert {one["id"].split("-")[1] for one in people} == {f"c{county:04d}" for county in range(20)}
    marks = {f"{one.task.name}-p{p:05d}": one.marks[p] for one in lived.counties for p in range(len(one.marks))}
    assert all(one["marks"][FOCUS] == int(marks[one["id"]][1]) & 15 for one in people)
    assert any(one["marks"][FOCUS] & DENIED for one in people) and not any(one["marks"][AGAINST] for one in people)


def test_marks_are_those_of_the_counts(lived: Lived) -> None:
    """Catches marks of the last year instead of the run, or of another world."""
    sums = Sums(lived)
    for kind, name in {"denied": "denied", "listed": "restricted", "wrongful": "wronged"}.items():
        counted = int(sums.persons.counts[name][:, 1, 0].sum())
        assert sum(int((one.marks[:, 1] & MARKS[kind] != 0).sum()) for one in lived.counties) == counted


def test_the_page_can_be_json(told: Json) -> None:
    """Catches an integer of numpy, a number that is none, and digits that nobody reads."""
    text = json.dumps(rounded(told), allow_nan=False)
    assert len(text) < 400_000
    assert rounded({"a": [1.23456789, 3, None, "b"]}) == {"a": [1.23457, 3, None, "b"]}


@pytest.mark.parametrize("kind", ["collateral", "random", "wrongful"])
def test_the_lot_falls_on_whom_the_command_would_show(kind: str, lived: Lived, run: api.Run) -> None:
    """Catches a page that shows other people than `scorelab life` does of the same run."""
    sums = Sums(lived)
    again = Again(lived.prepared, run.dir / "ledger")
    for number in range(2):
        assert find(lived, sums.facts, kind, number) == draw(again, kind, number)


@pytest.mark.parametrize("kind", KINDS)
def test_the_lot_falls_within_the_group(kind: str, lived: Lived) -> None:
    """Catches somebody who is not of the kind or the group that was asked for."""
    sums = Sums(lived)
    for number in range(5):
        found = find(lived, sums.facts, kind, number, attribute="age", value="30-44")
        (home,) = [one for one in lived.counties if one.task == found.task]
        assert 30 <= home.who.age[found.person] <= 44
        assert kind == "random" or home.marks[found.person, 1] & MARKS[kind]
        assert "of the group “age 30-44”" in found.chosen.words
    assert len({find(lived, sums.facts, "random", number).person for number in range(5)}) > 1


def test_nobody_is_found_where_nobody_is(lived: Lived) -> None:
    """Catches a traceback where a kind is empty."""
    nothing = dataclasses.replace(Sums(lived).facts, focus=AGAINST)
    with pytest.raises(RunError, match=r"^nobody in the world “No scheme” was ever denied something"):
        find(lived, nothing, "denied")


def _laws() -> Iterator[Lived]:
    village = Village()
    small = dataclasses.replace(resolved(), weeks=4)
    yield village.live(small)
    yield village.live(dataclasses.replace(small, worlds=small.worlds[:1], focus=AGAINST))
    village.close()


def test_dots_do_not_depend_on_the_law() -> None:
    """Catches people who are drawn anew when the scheme changes: nobody could follow them."""
    with_scheme, without = ([{**one, "marks": None} for one in dots(lived)] for lived in _laws())
    assert with_scheme == without
