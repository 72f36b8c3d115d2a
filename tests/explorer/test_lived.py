"""What the worker makes of a job: each ends in one line, and what was given up is given up."""

import io
import json
import threading
import zipfile
from pathlib import Path
from typing import Any, Literal

import pytest

import scorelab
from scorelab.errors import InputError, RunError
from scorelab.explorer.asked import Whom
from scorelab.explorer.lived import Lived
from scorelab.explorer.told import Stopped, Told
from scorelab.lives.life import ALONE, INVENTED
from scorelab.spec.find import catalogue
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved
from scorelab.spec.texts import resolve_texts

SMALL = Options(persons=2000, counties=4, weeks=260)


@pytest.fixture(scope="module")
def lived() -> Lived:
    return Lived()


@pytest.fixture(scope="module")
def experiment() -> Resolved:
    return resolve("rail-and-defaulters", options=SMALL)


def heard() -> tuple[Told, list[dict[str, Any]]]:
    said: list[dict[str, Any]] = []
    return Told(lambda line: said.append(json.loads(line)), threading.Event()), said


def said(line: bytes) -> dict[str, Any]:
    assert line.endswith(b"\n") and line.count(b"\n") == 1
    return dict(json.loads(line))


def test_living_ends_in_a_picture(lived: Lived, experiment: Resolved) -> None:
    told, _ = heard()
    picture = said(lived.live(experiment, told))["picture"]
    assert picture["persons"] == 8000
    assert [world["role"] for world in picture["worlds"]].count("focus") == 1


def test_what_is_given_up_ends_at_once(lived: Lived, experiment: Resolved) -> None:
    """The flag is looked at between weeks, not only at the end."""
    told, _ = heard()
    told.stop.set()
    with pytest.raises(Stopped):
        lived.live(resolve("rail-and-defaulters", options=Options(persons=50_000, counties=4, weeks=500)), told)
    told, _ = heard()
    assert said(lived.live(experiment, told))["event"] == "picture"


@pytest.mark.parametrize("kind", ["denied", "listed", "random"])
def test_somebody_is_met_in_every_world(
    lived: Lived, experiment: Resolved, kind: Literal["denied", "listed", "random"]
) -> None:
    told, _ = heard()
    life = said(lived.meet((experiment, experiment, Whom(kind=kind), 0, (ALONE, "source:court")), told))["life"]
    assert life["invented"] == INVENTED
    names = [world["name"] for world in life["worlds"]]
    assert names[:2] == ["no-scheme", "as-written"] or set(names) >= {"no-scheme", "as-written"}
    assert "without-source-court" in names and ALONE in names
    assert life["account"] and "<svg" in life["timeline"]["wide"]
    assert (life["beside"] is None) == (kind == "random")


def test_the_same_person_is_met_again_by_its_id(lived: Lived, experiment: Resolved) -> None:
    """A dot of the picture is somebody; whoever clicks it must meet that one."""
    told, _ = heard()
    life = said(lived.meet((experiment, None, Whom(kind="person", person="r000-c0002-p00017"), 0, ()), told))["life"]
    assert life["id"] == "r000-c0002-p00017"
    with pytest.raises(InputError, match="no person's ID"):
        lived.meet((experiment, None, Whom(kind="person", person="nobody"), 0, ()), told)


def test_the_scheme_as_it_was_opened_is_one_of_the_worlds(lived: Lived) -> None:
    """Only then can be seen what a change did to this one life."""
    text = next(entry.path for entry in catalogue() if entry.name == "china-rail-2018").read_text(encoding="utf-8")
    changed = text.replace("term_weeks: 26", "term_weeks: 52")
    assert changed != text
    more = Options(persons=2000, counties=1, weeks=52)
    before, after = (resolve_texts({"a.yaml": one}, "a.yaml", more, []) for one in (text, changed))
    told, _ = heard()
    life = said(lived.meet((after, before, Whom(), 0, ()), told))["life"]
    assert "as-opened" in [world["name"] for world in life["worlds"]]
    life = said(lived.meet((before, before, Whom(), 0, ()), told))["life"]
    assert "as-opened" not in [world["name"] for world in life["worlds"]]


def test_nobody_of_a_kind_is_said_in_words(lived: Lived) -> None:
    told, _ = heard()
    few = resolve("rail-and-defaulters", options=Options(persons=50, counties=1, weeks=4))
    with pytest.raises(RunError, match="nobody"):
        lived.meet((few, None, Whom(kind="wrongful"), 0, ()), told)


@pytest.mark.parametrize("what", ["report", "tables"])
def test_something_is_made_to_be_taken_away(lived: Lived, experiment: Resolved, tmp_path: Path, what: str) -> None:
    told, _ = heard()
    ready = said(lived.take((experiment, what, "token", str(tmp_path)), told))
    made = tmp_path / ready["name"]
    assert ready["url"] == f"/api/taken/token/{made.name}" and ready["bytes"] == made.stat().st_size
    assert [path.name for path in tmp_path.iterdir()] == [made.name]
    if what == "report":
        assert "<!DOCTYPE html>" in made.read_text(encoding="utf-8")
    else:
        assert "manifest.json" in zipfile.ZipFile(io.BytesIO(made.read_bytes())).namelist()


def test_a_finished_run_is_shown_and_its_report_made_anew(lived: Lived, tmp_path: Path) -> None:
    """A report that lies in the folder is not sent: anybody could have written it."""
    run = scorelab.run("rail-and-defaulters", persons=1000, counties=2, weeks=104, out=tmp_path / "run")
    (run.dir / "report.html").write_text("<script>alert(1)</script>")
    told, _ = heard()
    charts = said(lived.show(str(run.dir), told))["charts"]
    assert charts and all(chart["svg"].startswith("<svg") for chart in charts)
    assert "alert(1)" not in said(lived.run_report(str(run.dir), told))["html"]
