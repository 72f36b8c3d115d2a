"""scorebench compares one model: its files say what the model says, and a tool that lives another is found out."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.scorebench import agreed, coupled, in_scorelab, numpy_dense, numpy_events, tools
from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change
from scorelab.spec.load import resolve

ROOT = Path(__file__).parents[2]
PERSONS = 9_000


def _samples(*names: str, weeks: int = 52) -> dict[str, agreed.Sample]:
    return {name: agreed.sample(tools.tool(name), PERSONS, weeks, range(1, 3)) for name in names}


@pytest.fixture(scope="module")
def variance() -> agreed.Floats:
    """The variance of each count of a person."""
    return agreed.variances(numpy_events, 52)


def test_the_files_say_what_the_model_says() -> None:
    """A table copied by hand drifts from its original."""
    resolved = resolve(str(in_scorelab.EXPERIMENT))
    assert [world.name for world in resolved.worlds] == [f"below-{threshold}" for threshold in m.THRESHOLDS]
    society = resolved.society
    assert len(society.behaviours) == m.BEHAVIOURS and len(society.services) == m.SERVICES
    for things, chance in ((society.behaviours, m.P_OCCASION), (society.services, m.P_NEED)):
        assert sum(thing.per_year.value for thing in things.values()) == pytest.approx(52 * chance, rel=1e-6)
    for world, threshold in zip(resolved.worlds, m.THRESHOLDS, strict=True):
        [scheme] = world.schemes
        watched = scheme.sources["watch"].watches
        assert tuple(watched[f"b{b:02}"].value for b in range(m.BEHAVIOURS)) == m.DETECTION
        assert tuple(rule.points for rule in scheme.rules) == m.POINTS
        assert [rule.when for rule in scheme.rules] == [[f"b{b:02}"] for b in range(m.BEHAVIOURS)]
        assert (scheme.lists["low"].enter_below, scheme.lists["low"].term_weeks) == (threshold, m.TERM_WEEKS)
        assert scheme.score is not None and scheme.score.start == m.START
        barred = {str(item.whom): item.bar for item in scheme.consequences}
        assert barred["self"] == [f"s{s}" for s in range(m.DENIED)]
        assert barred["household"] == [f"s{s}" for s in range(m.DENIED_AT_HOME)]


def test_tools_that_live_the_same_model_agree(variance: agreed.Floats) -> None:
    found = _samples("in_scorelab", "numpy_events", "numpy_dense")
    assert all((one.rates[0] > 0).all() for one in found.values())
    said, largest = agreed.disagreements(found, variance)
    assert said == [] and 0 < largest < agreed.ERRORS


@pytest.mark.parametrize(
    ("constant", "value", "what"),
    [("FEAR_STEP", 128, "acts"), ("P_NEED", 0.11, "needs"), ("DENIED", 8, "denials"), ("START", 990, "listings")],
)
def test_a_tool_that_lives_another_model_is_not_timed(
    monkeypatch: pytest.MonkeyPatch, variance: agreed.Floats, constant: str, value: float, what: str
) -> None:
    """A tool that does less work would look fast."""
    right = _samples("numpy_events")
    monkeypatch.setattr(m, constant, value)
    wrong = {"numpy_dense": agreed.sample(numpy_dense, 10 * PERSONS, 52, range(1, 3))}
    said, largest = agreed.disagreements(right | wrong, variance)
    assert largest > agreed.ERRORS
    assert any(line.startswith(f"numpy_events and numpy_dense disagree: {what} a person") for line in said)


def test_whose_counts_move_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """One stream for everybody moves others; a chance keyed by person, and a change of nothing, move nobody."""
    monkeypatch.setattr(coupled, "WEEKS", 12)
    assert coupled.coupling(numpy_events)[0] > 0.5
    assert coupled.coupling(numpy_dense)[1] == 0
    assert coupled.coupling(in_scorelab)[1] == 0
    before = numpy_dense.made(900, 5, 1, (930,), Change())()
    assert coupled.moved(before, before, list(range(m.GROUPS))) == 0
    assert coupled.moved(before, before + np.int64(1), [3]) == 1


def test_a_missing_tool_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Whoever has not installed everything still gets a table."""
    (tmp_path / "mesa.py").write_text("raise ModuleNotFoundError(\"No module named 'mesa'\", name='mesa')\n")
    command = [sys.executable, "-m", "benchmarks.scorebench", "--tools", "in_mesa", "--weeks", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2 and "1 to 52 weeks, not 0" in done.stderr
    sys.path.insert(0, str(tmp_path))
    try:
        found, missing = tools.installed(("in_mesa", "numpy_dense"))
    finally:
        sys.path.remove(str(tmp_path))
        sys.modules.pop("mesa", None)
    assert missing == {"in_mesa": "mesa"} and list(found) == ["numpy_dense"]
