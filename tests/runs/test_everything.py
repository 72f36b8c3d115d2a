"""The examples of the page about the language, lived: every mechanism at once, and every count of it adds up."""

from pathlib import Path

import pytest

from scorelab import api
from scorelab.runs.estimate import estimate
from scorelab.spec.load import Options
from scorelab.spec.reference import chapters

PAGE = Path(__file__).parents[2] / "docs" / "language.md"


def example(folder: Path) -> Path:
    """The experiment of the page with its scheme and its society beside it."""
    for kind, text in chapters(PAGE.read_text(encoding="utf-8")).items():
        (folder / f"{kind}.yaml").write_text(text, encoding="utf-8")
    return folder / "experiment.yaml"


BUSY = {
    "scheme": {
        "needs: 2, confirms: 0.1": "needs: 1",
        "fare-dodging: 0.2": "fare-dodging: 0.9",
        "per_year: 0.0001": "per_year: 0.1",
    },
    "society": {
        "per_year: 2\n    act: 0.2": "per_year: 8\n    act: 0.9",
        "per_year: 0.5\n    act: 0.5": "per_year: 6\n    act: 0.8",
        "per_year: 0.3\n    act: 0.3": "per_year: 3\n    act: 0.8",
    },
}
"""What the examples say, and what makes enough happen among few people in a short time."""


def busy(folder: Path) -> Path:
    """The same, with more misconduct and more errors."""
    path = example(folder)
    for kind, changes in BUSY.items():
        text = (folder / f"{kind}.yaml").read_text(encoding="utf-8")
        for old, new in changes.items():
            assert old in text, old
            text = text.replace(old, new)
        (folder / f"{kind}.yaml").write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> api.Run:
    folder = tmp_path_factory.mktemp("village")
    options = Options(counties=2, persons=800, weeks=78)
    return api.live(api.find(busy(folder), options), folder / "run", workers=2)


def test_no_gate_fails_where_everything_happens(village: api.Run) -> None:
    assert [(gate.name, gate.faults) for gate in village.gates if gate.status == "fails"] == []
    assert {gate.name for gate in village.gates if gate.status == "holds"} >= {"cannot hurt", "conservation"}


def test_every_table_has_rows(village: api.Run) -> None:
    """A gate over an empty table says nothing."""
    for table in village.ledger.tables:
        [(rows,)] = village.ledger.sql(f"SELECT count(*) FROM {table}").fetchall()
        assert rows > 0, table
    [sums] = village.ledger.sql(
        "SELECT sum(displaced), sum(favoured), sum(arrears), sum(jobless), sum(throttled) FROM weekly"
    ).fetchall()
    assert min(sums) > 0


def test_groups_by_attribute_are_measured_and_reported(village: api.Run) -> None:
    found = village.measures
    assert set(found["attributes"].dropna()) == {"newcomer", "none"}
    assert "newcomer to others" in set(found["item"].dropna())
    page = village.report().read_text(encoding="utf-8")
    for section in ("score", "process", "without", "lists", "groups", "sources"):
        assert f'<section id="{section}"' in page, section


def test_an_attribute_doubles_the_groups_that_are_written(tmp_path: Path) -> None:
    path = example(tmp_path)
    more = path.read_text().replace("newcomer]", "newcomer, lone-parent]")
    (tmp_path / "more.yaml").write_text(more)
    one, two = (estimate(api.find(tmp_path / f"{name}.yaml", Options()), 1) for name in ("experiment", "more"))
    rows = 4 * 156 * 7  # counties, weeks, worlds
    assert (
        two.disk_bytes - one.disk_bytes == rows * 3 * 20
    )  # bytes a row, and the groups by income, residence and one attribute
    assert two.events == one.events


def test_what_a_person_takes_grows_with_lists_worlds_and_ties(tmp_path: Path) -> None:
    """The files of a life are by far its largest part; an estimate without them would let a machine run full."""
    path = example(tmp_path)
    base = estimate(api.find(path, Options(persons=100_000)), 1)
    society = (tmp_path / "society.yaml").read_text()
    (tmp_path / "society.yaml").write_text(society.replace("largest: 7", "largest: 12"))
    assert estimate(api.find(path, Options(persons=100_000)), 1).memory_bytes > base.memory_bytes
    scheme = (tmp_path / "scheme.yaml").read_text()
    lists = "".join(f"  more-{n}: {{term_weeks: 4}}\n" for n in range(8))
    rules = "".join(f"  - {{when: [helping], onto: more-{n}}}\n" for n in range(8))
    scheme = scheme.replace("lists:\n", f"lists:\n{lists}", 1).replace("\nrules:\n", f"\nrules:\n{rules}", 1)
    (tmp_path / "scheme.yaml").write_text(scheme)
    more = estimate(api.find(path, Options(persons=100_000)), 1)
    assert more.memory_bytes > base.memory_bytes + 100_000 * 4 * 8 * 13
