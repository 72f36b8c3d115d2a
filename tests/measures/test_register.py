"""The register says of every measure what it is, and its intervals are made as it says."""

from pathlib import Path

import pytest

from scorelab.measures import Measure, measures
from scorelab.measures.register import INTERVALS
from scorelab.spec import bibliography
from tests.measures import village
from tests.measures.handmade import write_county
from tests.measures.recorded import asked


@pytest.mark.parametrize("entry", measures(), ids=lambda entry: entry.name)
def test_a_measure_says_what_it_is_and_how_it_can_mislead(entry: Measure) -> None:
    assert entry.title and entry.definition.endswith(".") and len(entry.definition) > 20
    assert entry.formula and entry.unit and entry.family and entry.interval in INTERVALS
    assert entry.caveats and all(caveat.endswith(".") and len(caveat) > 20 for caveat in entry.caveats)
    assert set(entry.cite) <= set(bibliography.load())


def test_intervals_are_made_as_the_register_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A measure that says count and is made of clusters would claim more than it knows; 20 counties with everything."""
    village.write(tmp_path)
    for county in range(1, 20):
        write_county(tmp_path, village.WORLDS, village.rows(), county)
    seen = set()
    for (name, compares), words in asked(tmp_path, monkeypatch).items():
        entry = next(one for one in measures() if one.name == name)
        kinds = {word.removeprefix("kind: ") for word in words if word.startswith("kind: ")} - {"sure"}
        told = {entry.interval} | ({"difference"} if compares else set())
        assert kinds <= told, name
        assert (
            kinds or entry.interval == "none" or not any(word.startswith("kind: ") for word in words - {"kind: sure"})
        )
        seen.add(name)
    assert {entry.name for entry in measures()} <= seen, "the village has not every measure"


def test_no_measure_is_an_index_of_scores_or_a_p_value() -> None:
    """A Gini of scores depends on where the scale starts, and with enough replicates any difference is significant."""
    for entry in measures():
        words = f"{entry.name} {entry.title} {entry.definition} {entry.formula} {entry.unit}".lower()
        assert "p-value" not in words and "significan" not in words and "compliant" not in words, entry.name
        assert "gini" not in words or not {"score", "scores"} & set(words.replace("_", " ").split()), entry.name
