"""The kernel is what ``docs/week.md`` says, to the bit: a second, slow and obvious implementation agrees with it."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from scorelab.kernel import fate
from scorelab.spec.resolved import Resolved
from tests.twin import chance
from tests.twin.clauses import CLAUSES, EXPERIMENTS, TABLES
from tests.twin.compare import SMALL, differences, digest, lived
from tests.twin.crowds import crowded_agenda, crowded_files, crowded_news, more_than_half
from tests.twin.specs import case_of, experiments, random_experiment
from tests.twin.strategies import Case, case_with_blocks, cases, growing_case, random_tables

COMPILED = hasattr(fate.philox, "py_func")
"""Whether this very run is the compiled one."""


@pytest.mark.slow
def test_each_kind_of_clause_fires_a_hundred_times_and_the_twin_agrees() -> None:
    """Catches a kernel that differs from the page, and random schemes too quiet to notice."""
    fired: Counter[str] = Counter()
    for seed in range(TABLES):
        assert differences(random_tables(seed), fired) == [], f"random_tables({seed})"
    for seed in range(EXPERIMENTS):
        assert differences(case_of(random_experiment(seed)), fired) == [], f"random_experiment({seed})"
    assert {clause: fired[clause] for clause in CLAUSES if fired[clause] < 100} == {}
    assert set(fired) == set(CLAUSES)


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(cases())
def test_the_twin_agrees_on_any_tables(case: Case) -> None:
    """Catches what no compiler of schemes would write today but the kernel promises to read."""
    assert differences(case) == []


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(experiments())
def test_the_twin_agrees_on_any_experiment(experiment: Resolved) -> None:
    """Catches tables that the compiler writes in a way in which the kernel does not read them."""
    assert differences(case_of(experiment)) == []


@pytest.mark.slow
def test_the_twin_agrees_where_a_county_has_several_blocks() -> None:
    """Catches words, alias tables or counts taken from another block than the event's."""
    assert differences(case_with_blocks()) == []


@pytest.mark.slow
def test_the_twin_agrees_where_tables_must_grow() -> None:
    """Catches counts lost when a week has more candidates or patterns than there was room for."""
    assert differences(growing_case()) == []


@pytest.mark.slow
@pytest.mark.parametrize("crowd", [crowded_agenda, crowded_news, crowded_files, more_than_half])
def test_the_twin_agrees_where_more_happens_in_a_week_than_there_was_room_for(crowd: Callable[[], Case]) -> None:
    """Catches what did not fit and was lost, or was kept of the weeks that are then lived again."""
    assert differences(crowd()) == []


def test_compiled_and_uncompiled_give_the_same_bits() -> None:
    """Catches arithmetic that means one thing to numba and another to Python, such as wrapping and mixed signs."""
    seeds = [str(seed) for seed in range(6)]
    here = [digest(lived(random_tables(int(seed), SMALL))) for seed in seeds]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1" if COMPILED else "0"}
    command = [sys.executable, "-W", "error", "-m", "tests.twin.compare", *seeds]
    there = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert there.returncode == 0, there.stderr
    assert there.stdout.split() == here
    assert len(set(here)) == len(seeds)


def test_philox_gives_the_published_answers_compiled_uncompiled_and_in_the_twin() -> None:
    """Catches a wrong constant, round count or order of words (Random123, kat_vectors)."""
    plain = getattr(fate.philox, "py_func", fate.philox)
    for counter, key, answer in chance.KNOWN_ANSWERS:
        words = [np.uint64(word) for word in (*counter, *key)]
        assert tuple(int(word) for word in fate.philox(*words)) == answer
        assert tuple(int(word) for word in plain(*words)) == answer
        assert chance.philox(counter, key) == answer
