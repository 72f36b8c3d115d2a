"""Which kind of interval each measure asks for, recorded while the measures of a run are made."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scorelab import measures
from scorelab.measures import interval
from scorelab.measures.interval import Estimates
from scorelab.measures.lab import Lab, facts


def kind(statistic: Any, how: dict[str, Any]) -> str:
    """The register's word for what ``estimate`` is asked for."""
    clusters = how.get("counted", "events") == "clustered"
    if statistic is interval.ratio:
        return "ratio"
    if how.get("signed"):
        return "difference"
    if how.get("share"):
        return "share of clusters" if clusters else "share"
    return "clusters" if clusters else "count"


def asked(run_dir: Path, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, bool], set[str]]:
    """(measure, whether it compares worlds) -> kinds of interval asked for; what is zero for sure is left out."""
    real: Callable[..., Estimates] = interval.estimate

    def recorder(parts: Any, statistic: Any, scale: Any, replicates: bool, **how: Any) -> Estimates:
        found = real(parts, statistic, scale, replicates, **how)
        word = "sure" if how.get("counted") == "sure" else kind(statistic, how)
        return found._replace(method=[f"kind: {word}"] * len(found.method))

    for family in (*measures.FAMILIES, measures.cube):
        if hasattr(family, "estimate"):
            monkeypatch.setattr(family, "estimate", recorder)
    found: dict[tuple[str, bool], set[str]] = defaultdict(set)
    with Lab(facts(run_dir)) as lab:
        for family in measures.FAMILIES:
            for row in family.rows(lab):
                found[row.measure, row.against is not None].add(row.interval_method)
    return found
