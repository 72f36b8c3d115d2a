"""The catalogue is honest: every number says on what it rests, and every source that it cites exists."""

import csv
import re
from collections.abc import Iterator
from math import exp
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from scorelab.spec import bibliography
from scorelab.spec.find import CATALOGUE, catalogue
from scorelab.spec.load import check, resolve
from scorelab.spec.quantity import Quantity
from scorelab.spec.resolved import Resolved
from scorelab.spec.scheme import Scheme
from scorelab.spec.society import Society
from scorelab.spec.text import read

SCHEMES = [entry for entry in catalogue() if entry.kind == "scheme"]
PAGES = Path(__file__).parents[2] / "docs"
FIGURE = re.compile(r"[A-HNPRV]\d+")
STUDIES = {
    *("CARTER-2024", "CHEN-2022", "CIMPEANU-2020", "ENGELMANN-2019", "ENGELMANN-2021", "HMAIDI-2018", "HUANG-PILOTS"),
    *("KOSTKA-2019", "LINGNAN-2021", "LOEFFLAD-2024", "MILLI-2019", "QUAN-2023", "RIEGER-2020", "TIROLE-2021"),
    *("XU-2022", "ZHAO-2025"),
}
"""What others found, that a run may be read beside."""
SOCIETIES = [entry for entry in catalogue() if entry.kind == "society"]


def _raw(path: Path) -> Any:
    return read(path).data


def _quantities(value: Any, path: str = "") -> Iterator[tuple[str, Quantity]]:
    if isinstance(value, Quantity):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _quantities(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _quantities(item, f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _quantities(item, f"{path}.{index}")


def _models() -> Iterator[tuple[str, BaseModel]]:
    for entry in (*SCHEMES, *SOCIETIES):
        yield entry.name, (Scheme if entry.kind == "scheme" else Society).model_validate(_raw(entry.path))


def test_the_catalogue_passes_its_own_check() -> None:
    assert check([entry.path for entry in catalogue()]) == []
    for entry in catalogue():
        assert entry.title, entry
        assert _raw(entry.path)[entry.kind] == entry.name, "a file has the name of what is in it"


def test_every_number_says_on_what_it_rests() -> None:
    count = 0
    for name, model in _models():
        for path, quantity in _quantities(model):
            count += 1
            assert quantity.basis is not None, f"{name}{path}"
            assert quantity.basis == "documented" or quantity.range is not None or quantity.cite, f"{name}{path}"
    assert count > 90


def test_every_source_cited_is_in_the_bibliography_and_every_one_there_is_of_use() -> None:
    """Cited by the catalogue or on a page; or a figure (letter and number) or a study that runs are compared with."""
    cited = {word for entry in catalogue() for word in bibliography.cited(_raw(entry.path))}
    for file in CATALOGUE.glob("societies/*/*.csv"):
        with file.open(newline="") as stream:
            cited |= {word for row in csv.DictReader(stream) for word in row["cite"].split()}
    known = set(bibliography.load())
    pages = "".join(path.read_text(encoding="utf-8") for path in PAGES.rglob("*.md"))
    idle = {name for name in known - cited - STUDIES if not FIGURE.fullmatch(name) and name not in pages}
    assert cited <= known and not idle


def _grounds() -> Iterator[tuple[str, str | None, list[str], str]]:
    """Where, basis, works cited and note of every number of the catalogue, those of the margins included."""
    for name, model in _models():
        for path, quantity in _quantities(model):
            yield f"{name}{path}", quantity.basis, quantity.cite, quantity.note
    for file in CATALOGUE.glob("societies/*/*.csv"):
        with file.open(newline="") as stream:
            for row in csv.DictReader(stream):
                yield f"{file.stem}.{row['category']}", row["basis"], row["cite"].split(), row["note"]


def test_what_nobody_checked_is_not_called_documented_or_derived() -> None:
    """A number from a work that was not looked up is an assumption, however well known the work is."""
    known = bibliography.load()
    unchecked = {name for name, reference in known.items() if reference.read == "unchecked"}
    assert unchecked
    for where, basis, cite, note in _grounds():
        if basis in ("documented", "derived"):
            assert not unchecked & set(cite), where
            assert "not checked" not in note, where


def test_nothing_is_said_to_be_remembered() -> None:
    for file in CATALOGUE.rglob("*.*"):
        if file.suffix in (".csv", ".yaml"):
            words = file.read_text(encoding="utf-8").lower()
            assert "remember" not in words and "recall" not in words and "from memory" not in words, file


def test_a_reference_says_who_said_what() -> None:
    for name, reference in bibliography.load().items():
        assert len(reference.citation) > 20 and reference.citation.endswith("."), name
        assert len(reference.figure) > 20 and reference.figure.endswith("."), name


def test_groups_are_given_no_behaviour_of_their_own() -> None:
    """What is put in about groups would come out again as if it were a result."""
    for entry in SOCIETIES:
        for name, behaviour in Society.model_validate(_raw(entry.path)).behaviours.items():
            who = behaviour.who
            assert not who.quintile and not who.residence and not who.sex, name


def _close(value: float, wanted: float, within: float = 0.02) -> bool:
    return abs(value / wanted - 1) < within


def test_derived_numbers_follow_from_what_they_cite() -> None:
    """A digit lost on the way from the source would be believed for ever."""
    resolved = resolve("rail-and-defaulters")
    society, persons = resolved.society, 1411.78e6
    services, behaviours = society.services, society.behaviours
    for name, trips in (("train", 3.57e9 - 2.29e9), ("flight", 611.7e6)):
        assert _close(services[name].per_year.value * services[name].success.value, trips / persons), name
    fast = sum(services[name].per_year.value * services[name].success.value for name in ("d-train", "g-train"))
    assert _close(fast, 2.29e9 / persons)
    schemes = {entry.name: Scheme.model_validate(_raw(entry.path)) for entry in SCHEMES}
    for name, source, kinds, journeys, offences, sanctions in (
        ("china-rail-2018", "rail-staff", 7, 3.57e9, 1e-4, 1.1e-7),
        ("china-air-2018", "air-police", 2, 611.7e6, 5e-4, 1.7e-6),
    ):
        watches = schemes[name].sources[source].watches
        acts = sum(behaviours[act].per_year.value * behaviours[act].act.value for act in watches)
        assert len(watches) == kinds and _close(acts, offences * journeys / persons), name
        assert all(_close(chance.value * offences, sanctions) for chance in watches.values()), name
    evading = behaviours["evading-judgment"]
    court = schemes["spc-defaulters-2013"].sources["court"]
    listings = evading.per_year.value * evading.act.value * court.watches["evading-judgment"].value
    assert _close(listings, 3.21e6 / persons)
    assert evading.settles_per_year is not None
    # Half cannot pay in a year; of the others, so many settle before it is over that V3's share of all leave.
    able, rate = 1 - society.response.cannot_pay.value, evading.settles_per_year.value
    leave = able * (1 - exp(-rate))
    assert 0.26 < leave / (1 - leave / 2) < 0.34
    adults = sum(resolved.margins.shares("age")[3:])
    assert 0.0025 < listings / adults < 0.0035


def test_joblessness_stays_where_the_margins_have_it() -> None:
    """Losing and finding work must balance, else every run would show a trend that nobody meant."""
    resolved: Resolved = resolve("rail-and-defaulters")
    job, loss = resolved.society.services["job"], resolved.society.job_loss
    assert loss is not None
    assert _close(job.per_year.value * job.success.value, loss.per_year.value)


def test_the_candidates_of_a_person_stay_affordable() -> None:
    """Candidates are drawn at the upper end of each range: more than twice the value is paid for and thrown away."""
    society = resolve("rail-and-defaulters").society
    rates = [item.per_year for item in society.behaviours.values()]
    rates += [item.per_year for item in society.services.values()]
    for rate in rates:
        assert rate.range is not None and rate.range[1] <= 2 * rate.value * (1 + 1e-9)
    # 3.5 journeys and nights; the rest are the errands and small acts of everyday life, which point schemes watch.
    assert 2 < sum(rate.value for rate in rates) < 12, "events per person and year"


def test_the_default_experiment_has_its_gates() -> None:
    resolved = resolve("rail-and-defaulters")
    assert resolved.counties >= 20, "a jackknife over counties needs at least twenty"
    again, written = resolved.world("as-written-again"), resolved.world("as-written")
    assert (again.schemes, again.response, again.without, again.placebo) == (
        written.schemes, written.response, written.without, written.placebo,
    )  # fmt: skip
    assert resolved.world("placebo").placebo
    assert resolved.world("no-scheme").schemes == []
    assert resolved.start.weekday() == 0
