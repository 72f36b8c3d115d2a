"""A few hundred damaged files a day; some thousands with the long checks."""

from pathlib import Path

import pytest

from tests.spec.mutate import Memory, mutated, survives

VALID = Path(__file__).parent / "valid"
SUBJECTS = ("scheme-with-score.yaml", "society.yaml", "experiment.yaml")
COUNT = 300
LARGEST_MB = 500


@pytest.mark.parametrize("name", SUBJECTS)
def test_no_damaged_file_is_more_than_refused(name: str, tmp_path: Path) -> None:
    """A traceback, a second of work, or an acceptance that a run would not survive."""
    for file in VALID.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    text = (VALID / name).read_text()
    accepted = 0
    memory = Memory()
    for number in range(COUNT // len(SUBJECTS)):
        try:
            accepted += survives(name, mutated(text, number), tmp_path, "experiment.yaml")
        except Exception as error:
            raise AssertionError(f"mutation {number} of {name}") from error
    assert 0 < accepted < COUNT // len(SUBJECTS), "mutations that are all refused, or none, try nothing"
    assert memory.megabytes() < LARGEST_MB


def test_a_mutation_is_the_same_every_time() -> None:
    text = (VALID / "scheme.yaml").read_text()
    assert [mutated(text, number) for number in range(50)] == [mutated(text, number) for number in range(50)]
    assert len({mutated(text, number) for number in range(50)}) > 40
