"""What Python gets back from a run."""

import builtins
from typing import Any

import pytest

import scorelab
from scorelab import api
from scorelab.errors import RunError
from tests.runs.trial import trial


def test_a_loaded_run_answers_with_its_parts(finished: api.Run) -> None:
    run = scorelab.load(finished.dir)
    assert repr(run) == f"<run of trial in {finished.dir}: worlds no-scheme, as-written, no-false, no-ties>"
    assert run.resolved == trial()
    assert {"measure", "world", "against", "value", "chance_low", "chance_high", "unit"} <= set(run.measures.columns)
    assert run.ledger.table("people").aggregate("sum(persons)::BIGINT").fetchall() == [(1200,)]
    lines = run.measures_csv().read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(run.measures) + 1


def test_a_chart_is_the_report_s_own_or_a_sentence(finished: api.Run) -> None:
    assert finished.chart("denials") is not None
    with pytest.raises(RunError, match=r"no chart 'denial'; there are .*denials"):
        finished.chart("denial")


def test_without_pandas_the_measures_say_what_to_do(finished: api.Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """pandas is an extra: whoever lacks it should read what to install, not a name that is not defined."""
    found = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return found(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(RunError, match=r"pip install -e '.\[pandas\]' .*measures\.parquet"):
        _ = scorelab.load(finished.dir).measures
