"""The register says of every measure what it is, and its intervals are made as it says."""

from pathlib import Path

import numpy as np
import pytest

from scorelab.measures import Measure, compute, measures, read
from scorelab.measures.conduct import NET_UNSURE, years_per_act
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
    apart = {entry.name for entry in measures(("saturation", "shapley"))} | {
        "disparity_without",
        "disparity_by_treatment",
    }
    apart |= {entry.name for entry in measures(("ablation",)) if entry.name.startswith("without_all_")}
    assert {entry.name for entry in measures()} <= seen | apart, "the village has not every measure"


def test_no_measure_is_an_index_of_scores_or_a_p_value() -> None:
    """A Gini of scores depends on where the scale starts, and with enough replicates any difference is significant."""
    for entry in measures():
        words = f"{entry.name} {entry.title} {entry.definition} {entry.formula} {entry.unit}".lower()
        assert "p-value" not in words and "significan" not in words and "compliant" not in words, entry.name
        assert "gini" not in words or not {"score", "scores"} & set(words.replace("_", " ").split()), entry.name


def test_every_share_of_what_is_true_says_of_what_it_is() -> None:
    """A rate of errors by scan, alert, record, listing, denial or person is another number each; none goes alone."""
    rates = [entry for entry in measures() if entry.name.startswith(("true_of_", "false_alerts_of_", "never_wronged_"))]
    assert [entry.unit for entry in rates] == [
        *("of 1,000,000 scans", "of 100 alerts", "of 100 records", "of 100 entries", "of 100 denials"),
        "of 100 persons denied",
    ]
    assert all("together" in entry.caveats[0] for entry in rates[1:])


def test_what_is_recorded_is_not_called_what_was_done() -> None:
    for entry in measures(("sources", "process", "points")):
        assert "misconduct" not in entry.title.lower() and not entry.title.startswith("Acts"), entry.name


BOTH_WAYS = (
    *(("acts_prevented", "acts_provoked", "acts_net_prevented"), ("chances_lost", "chances_gained", "chances_net")),
    ("denied_only_here", "denied_only_there", "parted_denials"),
)


def test_gross_counts_are_given_in_both_directions_and_with_what_is_left_of_them(tmp_path: Path) -> None:
    """What a scheme prevents, without what it provokes, depends on how the worlds share chance."""
    compute(village.write(tmp_path))
    table = read(tmp_path)
    for names in BOTH_WAYS:
        one, other, net = ({(row.world, row.against, row.cell) for row in table.where(name)} for name in names)
        assert one and one == other, names
        assert net, names


def test_the_years_for_each_act_fewer_follow_the_interval_of_the_net() -> None:
    """Given for a net that is surely above zero, and neither for one that may be nothing nor for one below."""
    adults = np.full((20, 3), 500)
    fewer = np.array([[5, 3, -5], [6, -4, -6]] * 10)
    found = years_per_act(np.full((20, 3), 52), fewer, adults, False)
    assert found.value[0] == pytest.approx(20 / 110)
    assert np.isnan(found.value[1:]).all() and found.method[1:] == [NET_UNSURE] * 2
