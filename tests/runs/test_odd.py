"""Experiments that are right and unusual: nothing that `scorelab check` accepts may fail after hours of living."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from scorelab import api
from scorelab.spec.find import CATALOGUE
from scorelab.spec.load import Options, check

START = datetime.date(2020, 1, 6)
BEHAVIOUR = {"domain": "travel", "standing": "unlawful", "per_year": 5.0, "act": 0.7}
SERVICE = {"domain": "travel", "per_year": 5.0, "success": 0.9}
COURT = {"kind": "court", "watches": {"rudeness": 0.5}}
SCORE = {"start": 100, "lowest": 0, "highest": 100}
POINTS = [{"when": ["rudeness"], "points": -5}]
LISTS = {"black": {"term_weeks": 4}}


def _write(path: Path, data: dict[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        YAML(typ="safe").dump(data, stream)


def _society(folder: Path, behaviours: dict[str, Any], services: dict[str, Any]) -> None:
    with (CATALOGUE / "societies" / "china-2020.yaml").open(encoding="utf-8") as stream:
        response = YAML(typ="safe").load(stream)["response"]
    society = {"format": 1, "society": "odd", "title": "Odd", "about": "Made up.", "margins": "china-2020"}
    counts = {"counties": 2, "persons": 80, "trait_correlation": 0.0}
    _write(
        folder / "odd.yaml", society | counts | {"behaviours": behaviours, "services": services, "response": response}
    )


@pytest.mark.parametrize(
    ("behaviours", "services", "scheme", "groups"),
    [
        ({}, {}, None, ["age"]),
        ({"rudeness": BEHAVIOUR}, {}, None, []),
        ({"rudeness": BEHAVIOUR}, {"train": SERVICE}, {}, ["sex"]),
        ({"rudeness": BEHAVIOUR}, {"train": SERVICE}, {"score": SCORE}, ["sex"]),
        (
            {"rudeness": BEHAVIOUR},
            {"train": SERVICE},
            {"score": SCORE, "sources": {"court": COURT}, "rules": POINTS},
            [],
        ),
        ({"rudeness": BEHAVIOUR}, {}, {"sources": {"court": COURT}}, ["quintile", "sex"]),
    ],
    ids=[
        "empty society",
        "no scheme, no groups",
        "empty scheme",
        "only a score",
        "points without a list",
        "only a source",
    ],
)
def test_what_is_accepted_is_lived_and_reported(
    behaviours: dict[str, Any],
    services: dict[str, Any],
    scheme: dict[str, Any] | None,
    groups: list[str],
    tmp_path: Path,
) -> None:
    _society(tmp_path, behaviours, services)
    worlds: dict[str, Any] = {"only": {"schemes": []}}
    if scheme is not None:
        head = {"format": 1, "scheme": "odd-law", "title": "Odd", "about": "Made up.", "in_force": START}
        _write(tmp_path / "law.yaml", head | scheme)
        worlds["law"] = {"schemes": ["./law.yaml"]}
    experiment = {"format": 1, "experiment": "odd", "title": "Odd", "about": "Made up.", "society": "./odd.yaml"}
    rest = {
        "start": START,
        "weeks": 9,
        "worlds": worlds,
        "against": "only",
        "focus": list(worlds)[-1],
        "groups": groups,
    }
    _write(tmp_path / "experiment.yaml", experiment | rest)
    assert check([tmp_path / "experiment.yaml"]) == []
    run = api.live(api.find(tmp_path / "experiment.yaml", Options()), tmp_path / "run")
    assert run.ledger.sql("SELECT sum(persons)::BIGINT FROM people").fetchall() == [(160,)]
    assert not [gate for gate in run.gates if gate.status == "fails"]
    assert "</html>" in run.report().read_text(encoding="utf-8")
