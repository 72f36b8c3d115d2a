"""Five thousand damaged files: never a traceback, a second, 500 MB, or an acceptance that a run does not survive.

The files are the catalogue's own and those of the tests. A number in a message is enough to make the file again.
"""

from pathlib import Path

import pytest

from scorelab.spec.find import CATALOGUE
from tests.spec.mutate import Memory, mutated, survives

VALID = Path(__file__).parents[1] / "tests" / "spec" / "valid"
RAIL = CATALOGUE / "schemes" / "china-rail-2018.yaml"
COURTS = CATALOGUE / "schemes" / "spc-defaulters-2013.yaml"
CHINA = CATALOGUE / "societies" / "china-2020.yaml"
DEFAULT = CATALOGUE / "experiments" / "rail-and-defaulters.yaml"
SUBJECTS = (
    (VALID / "scheme.yaml", "experiment.yaml"),
    (VALID / "scheme-with-score.yaml", "experiment.yaml"),
    (VALID / "society.yaml", "experiment.yaml"),
    (VALID / "experiment.yaml", "experiment.yaml"),
    (RAIL, RAIL.name),
    (COURTS, COURTS.name),
    (CHINA, "china.yaml"),
    (DEFAULT, DEFAULT.name),
)
COUNT = 5000
FIRST = 1000
"""The everyday tests use the numbers below."""


@pytest.mark.parametrize(("file", "target"), SUBJECTS, ids=[file.stem for file, _ in SUBJECTS])
def test_no_damaged_file_is_more_than_refused(file: Path, target: str, tmp_path: Path) -> None:
    for other in VALID.glob("*.yaml"):
        (tmp_path / other.name).write_bytes(other.read_bytes())
    in_china = DEFAULT.read_text().replace("society: china-2020", "society: ./china-2020.yaml")
    (tmp_path / "china.yaml").write_text(in_china)
    accepted = 0
    memory = Memory()
    share = COUNT // len(SUBJECTS)
    for number in range(FIRST, FIRST + share):
        try:
            accepted += survives(file.name, mutated(file.read_text(), number), tmp_path, target)
        except Exception as error:
            raise AssertionError(f"mutation {number} of {file.name}") from error
    print(f"{file.stem}: {share} damaged files, {accepted} still good, {memory.megabytes():.0f} MB at most")
    assert 0 < accepted < share
    assert memory.megabytes() < 500
