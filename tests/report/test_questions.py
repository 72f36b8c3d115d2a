"""A reader brings questions to each section and finds the answers at its head, taken from the measures."""

from pathlib import Path

import pytest

from scorelab.charts.numbers import written
from scorelab.measures import compute, read
from scorelab.measures.table import Row
from scorelab.measures.table import write as write_measures
from scorelab.report.asked import MOST
from scorelab.report.context import Context, load
from scorelab.report.page import PARTS
from scorelab.report.questions import SECTIONS, asked
from tests.measures import village
from tests.measures.handmade import write_county

OF_THE_MANIFEST = {"run", "checks", "inputs"}
"""Sections whose answers are about what went in and how it was lived, not about measures."""
OF_ANOTHER_RUN = {"claims", "spillover", "shares", "assumptions"}
"""Sections that the village has not: nobody claims anything, it has no half-worlds, no subsets, no study."""
NEEDS_INTERVALS = {"without"}
"""Sections whose answers name a part only where chance cannot have made it; one county has no intervals."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = village.write(tmp_path_factory.mktemp("village"))
    compute(folder)
    return folder


@pytest.fixture(scope="module")
def context(folder: Path) -> Context:
    return load(folder)


def told(context: Context) -> list[str]:
    made = (make(context) for _, makes in PARTS for make in makes)
    return [section[0] for section in made if section is not None]


def test_every_section_of_results_answers_questions(context: Context) -> None:
    """A section with a heading and no answer leaves the reader to search a table."""
    answered = set(told(context)) & set(SECTIONS)
    assert len(answered) >= 15
    assert [name for name in answered if not asked(context, name)] == []


def test_a_run_with_intervals_answers_three_questions_a_section(tmp_path: Path) -> None:
    """Rows that are not given in a small village must not hide a question that never finds its measure."""
    folder = village.write(tmp_path)
    for county in range(1, 20):
        write_county(folder, village.WORLDS, village.rows(), county)
    compute(folder)
    context = load(folder)
    short = {name: len(asked(context, name)) for name in told(context) if name in SECTIONS}
    assert {name for name, number in short.items() if number < MOST} <= {"checks", "groups", "process"}


def test_questions_are_asked_once_and_are_questions(context: Context) -> None:
    for name in SECTIONS:
        found = [one.question for one in asked(context, name)]
        assert len(found) == len(set(found)), name
        assert all(question.endswith("?") and question[0].isupper() for question in found), name


@pytest.mark.parametrize(
    "name", [name for name in SECTIONS if name not in OF_THE_MANIFEST | OF_ANOTHER_RUN | NEEDS_INTERVALS]
)
def test_answers_follow_the_measures(folder: Path, context: Context, tmp_path: Path, name: str) -> None:
    """A typed answer would stay as it is when the measures change."""

    def larger(row: Row) -> Row:
        low, high = (None if end is None else end * 1.37 + 1 for end in (row.chance_low, row.chance_high))
        value = None if row.value is None else row.value * 1.37 + 1
        twist = 0 if row.item is None else sum(map(ord, row.item)) % 7
        numerator = None if row.numerator is None else row.numerator * (2 + twist) + 1
        return row._replace(value=value, numerator=numerator, chance_low=low, chance_high=high)

    for part in ("ledger", "manifest.json", "gates.json"):
        (tmp_path / part).symlink_to(folder / part)
    write_measures([larger(row) for row in read(folder)], tmp_path / "measures.parquet")
    before, after = asked(context, name), asked(load(tmp_path), name)

    assert before
    assert [(one.answer, one.words) for one in before] != [(one.answer, one.words) for one in after]


def test_how_many_were_barred_by_mistake_is_answered_in_one_look(context: Context) -> None:
    row = context.of_focus("ever_wronged")
    assert row is not None
    first = asked(context, "wrongful")[0]
    assert first.question == "How many were denied by mistake?"
    assert first.answer == written(row.value or 0.0, row.chance_low, row.chance_high)[0]
    blame = next(one for one in asked(context, "wrongful") if one.question == "Whose mistake was it?")
    assert (blame.answer, "camera" in blame.words) == ("100 of 100", True)
