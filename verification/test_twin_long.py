"""The comparison of kernel and twin over thousands of random cases; ``tests/twin`` does the same over dozens."""

from collections import Counter

import pytest

from tests.twin.clauses import CLAUSES
from tests.twin.compare import differences
from tests.twin.specs import case_of, random_experiment
from tests.twin.strategies import random_tables

CHUNK = 50
UNHEARD_OF = {"the grade of the start brings nothing"}
"""Clauses that no scheme can lead to which a person may write."""


@pytest.mark.parametrize("first", range(1_000, 3_000, CHUNK))
def test_the_twin_agrees_on_random_tables(first: int) -> None:
    """Catches what dozens of cases are too few for, such as two rare clauses in one week."""
    for seed in range(first, first + CHUNK):
        assert differences(random_tables(seed)) == [], f"random_tables({seed})"


@pytest.mark.parametrize("first", range(1_000, 1_500, CHUNK))
def test_the_twin_agrees_on_random_experiments(first: int) -> None:
    """Catches the same in what the compiler makes of schemes that a person could write; each chunk is loud."""
    fired: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        assert differences(case_of(random_experiment(seed)), fired) == [], f"random_experiment({seed})"
    assert len(set(CLAUSES) - {clause for clause, count in fired.items() if count >= 10} - UNHEARD_OF) < 10
