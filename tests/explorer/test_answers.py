"""What the interface answers about texts: opening, checking, editing, and what is too large to be lived for a page."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

import scorelab
from scorelab.explorer import answers
from scorelab.explorer.app import Explorer
from scorelab.explorer.folder import Folder
from scorelab.explorer.openapi import described
from scorelab.explorer.work import Work
from scorelab.spec.find import catalogue
from scorelab.spec.load import resolve
from scorelab.spec.new import starter
from tests.explorer import fakes

PORT = 8765
SHIPPED = [(entry.kind, entry.name) for entry in catalogue()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.yaml").write_text(starter("scheme", "mine"))
    return tmp_path


def asked(folder: Path, path: str, body: Any = None, kind: str = "application/json") -> httpx.Response:
    """The answer to one request, by a server whose worker gives back what it is given."""

    async def ask() -> httpx.Response:
        explorer = Explorer(Folder(folder), PORT)
        explorer.work = Work(fakes.obedient)
        transport = httpx.ASGITransport(app=explorer.app())
        try:
            async with httpx.AsyncClient(transport=transport, base_url=f"http://127.0.0.1:{PORT}") as client:
                return await (
                    client.get(path) if body is None else client.post(path, json=body, headers={"content-type": kind})
                )
        finally:
            explorer.work.close()
            explorer.takes.close()

    return asyncio.run(ask())


def opened(folder: Path, kind: str, name: str) -> dict[str, Any]:
    document: dict[str, Any] = asked(folder, f"/api/open/{kind}/{name}").json()["document"]
    return document


def last(answer: httpx.Response) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(answer.text.splitlines()[-1])
    return line


def test_the_page_carries_a_nonce_that_its_policy_allows_and_no_other_answer_has(folder: Path) -> None:
    """One that is the same twice could be guessed; one that is missing would leave the editor without styles."""
    first, second = asked(folder, "/"), asked(folder, "/")
    nonces = [one.headers["content-security-policy"].split("'nonce-")[1].split("'")[0] for one in (first, second)]
    assert nonces[0] != nonces[1]
    assert nonces[0] in first.text and "__NONCE__" not in first.text


@pytest.mark.parametrize("name", ["index.html", "SOURCES", "../app.py", "%2e%2e/app.py", "worker.py", "api"])
def test_only_files_of_the_page_are_served(folder: Path, name: str) -> None:
    """The package's sources lie next to the page."""
    assert asked(folder, f"/{name}").status_code == 404


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_body_that_a_form_could_send_is_refused(folder: Path, kind: str) -> None:
    """A form of another site needs nobody's leave to be sent; JSON does."""
    assert asked(folder, "/api/stop", {"tab": "a"}).status_code == 200
    assert asked(folder, "/api/stop", {"tab": "a"}, kind).status_code == 415


@pytest.mark.parametrize(("kind", "name"), SHIPPED)
def test_whatever_the_gallery_shows_can_be_opened_and_is_right(folder: Path, kind: str, name: str) -> None:
    """An entry that opens with an error would be the first thing that somebody sees."""
    document = opened(folder, kind, name)
    told = asked(folder, "/api/check", {"document": document, "original": document}).json()
    assert told["problems"] == []
    assert told["differences"] == []
    assert told["size"]["worlds"] == 2 and told["size"]["refused"] == ""
    assert [world["role"] for world in told["worlds"]].count("focus") == 1
    assert told["controls"]


def test_a_file_of_ones_own_is_opened_from_the_folder(folder: Path) -> None:
    document = opened(folder, "file", "mine.yaml")
    assert document["files"] == [{"name": "mine.yaml", "text": (folder / "mine.yaml").read_text()}]
    assert asked(folder, "/api/open/file/other.yaml").status_code == 404


def test_the_messages_are_those_of_the_command_line(folder: Path) -> None:
    """Two validators would sooner or later say two things."""
    text = (
        starter("scheme", "mine").replace("term_weeks", "terms_weeks").replace("in_force: 2020-01-06", "in_force: soon")
    )
    (folder / "mine.yaml").write_text(text)
    document = {"files": [{"name": "mine.yaml", "text": text}], "main": "mine.yaml"}
    told = asked(folder, "/api/check", {"document": document}).json()
    expected = scorelab.check(folder / "mine.yaml")
    assert len(expected) >= 2
    assert [(one["line"], one["column"], one["message"], one["excerpt"]) for one in told["problems"]] == [
        (one.line, one.column, one.message, one.excerpt) for one in expected
    ]
    assert {one["file"] for one in told["problems"]} == {"mine.yaml"}


def test_a_society_that_is_dropped_alone_is_given_something_to_live(folder: Path) -> None:
    """Otherwise its owner would see an error for a file that is right."""
    text = next(entry.path for entry in catalogue() if entry.name == "china-2020").read_text(encoding="utf-8")
    made = asked(folder, "/api/arrange", {"files": [{"name": "own.yaml", "text": text}]}).json()
    told = asked(folder, "/api/check", {"document": made["document"]}).json()
    assert told["problems"] == [] and told["kind"] == "experiment"


def test_files_that_are_nothing_of_ours_are_named(folder: Path) -> None:
    answer = asked(folder, "/api/arrange", {"files": [{"name": "list.yaml", "text": "- 1"}]})
    assert answer.status_code == 422
    assert "neither a scheme" in answer.json()["error"]["message"]


def test_an_edit_rewrites_the_text_and_says_what_changed(folder: Path) -> None:
    """The text is what is lived; a control that changed anything else would lie."""
    document = opened(folder, "scheme", "as-reported")
    path = ["sources", "cameras", "mistakes", "matching", "false_match_rate"]
    edit = {"file": "as-reported.yaml", "path": path, "value": 1e-6}
    told = asked(folder, "/api/edit", {"document": document, "original": document, "edits": [edit]}).json()
    before, after = document["files"][0]["text"].split("\n"), told["document"]["files"][0]["text"].split("\n")
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    assert len(told["differences"]) == 1 and told["problems"] == []


def test_an_edit_of_another_file_is_refused(folder: Path) -> None:
    document = opened(folder, "scheme", "as-reported")
    edit = {"file": "other.yaml", "path": ["aware"], "value": 1}
    answer = asked(folder, "/api/edit", {"document": document, "edits": [edit]})
    assert answer.status_code == 422 and "not among the files" in answer.json()["error"]["message"]


def test_a_document_that_is_wrong_is_not_lived(folder: Path) -> None:
    document = {"files": [{"name": "a.yaml", "text": "scheme: ["}], "main": "a.yaml"}
    told = last(asked(folder, "/api/live", {"document": document, "tab": "t", "turn": 1}))
    assert told["event"] == "problems" and told["problems"][0]["line"] == 1


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ({"persons": 600_000, "counties": 4}, "2,400,000"),
        ({"persons": 400_000, "counties": 5, "weeks": 2080}, "minutes"),
    ],
)
def test_what_is_too_large_for_a_page_comes_with_the_command(
    folder: Path, setting: dict[str, int], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A refusal without a way on would be a dead end."""
    monkeypatch.setattr(answers, "MOST_SECONDS", 60)
    document = opened(folder, "scheme", "as-reported")
    document["setting"] |= setting
    document["worlds"] = ["as-written-again", "without-false-records", "without-ties", "placebo"]
    told = last(asked(folder, "/api/live", {"document": document, "tab": "t", "turn": 1}))
    assert told["event"] == "refused" and words in told["message"]
    assert told["command"].startswith("scorelab run as-reported --persons")


def test_memory_that_a_page_would_keep_is_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand counties of forty years have few people and many counts."""
    monkeypatch.setattr(answers, "free_memory", lambda: 16 * 2**30)
    document = opened(folder, "scheme", "as-reported")
    document["setting"] |= {"persons": 2000, "counties": 1000, "weeks": 2080}
    told = last(asked(folder, "/api/live", {"document": document, "tab": "t", "turn": 1}))
    assert told["event"] == "refused" and "memory" in told["message"]


@pytest.mark.parametrize("path", ["/api/live", "/api/charts", "/api/meet", "/api/take"])
def test_nothing_too_large_is_begun_by_another_way(folder: Path, path: str) -> None:
    """A limit on one of four ways is none."""
    document = opened(folder, "scheme", "as-reported")
    document["setting"] |= {"persons": 1_000_000, "counties": 1000}
    more = {"what": "report"} if path == "/api/take" else {}
    told = last(asked(folder, path, {"document": document, "tab": "t", "turn": 1, **more}))
    assert told["event"] == "refused"


def test_a_page_lives_one_replicate_and_its_command_says_so(folder: Path) -> None:
    """With three, the command would give other numbers than the page."""
    document = opened(folder, "experiment", "rail-and-defaulters")
    document["files"][0]["text"] = document["files"][0]["text"].replace("seed: 1", "seed: 1\nreplicates: 3")
    command = asked(folder, "/api/check", {"document": document}).json()["command"]
    assert command.endswith("--replicates 1")


def test_what_nobody_foresaw_is_an_answer_like_any_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bare "Internal Server Error" says nothing, and has none of the headers."""

    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(answers, "gallery", fails)
    answer = asked(folder, "/api/gallery")
    assert answer.status_code == 500 and "report it" in answer.json()["error"]["message"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_changed_scheme_is_repeated_from_its_file(folder: Path) -> None:
    """The catalogue's name would live the scheme as it was."""
    document = opened(folder, "scheme", "china-rail-2018")
    told = asked(folder, "/api/check", {"document": document}).json()
    assert told["command"].startswith("scorelab run china-rail-2018 ")
    document["files"][0]["text"] += "# mine\n"
    told = asked(folder, "/api/check", {"document": document}).json()
    assert told["command"].startswith("scorelab run china-rail-2018.yaml ")
    assert told["python"].startswith('scorelab.run("china-rail-2018.yaml", ')


def test_an_experiment_is_repeated_by_its_name_until_something_of_it_is_changed(folder: Path) -> None:
    """With a scheme changed, the catalogue's experiment would live the catalogue's scheme."""
    document = opened(folder, "experiment", "rail-and-defaulters")
    assert len(document["files"]) == 3
    command = asked(folder, "/api/check", {"document": document}).json()["command"]
    assert command.startswith("scorelab run rail-and-defaulters --")
    document["files"][1]["text"] += "# mine\n"
    command = asked(folder, "/api/check", {"document": document}).json()["command"]
    assert command.startswith("scorelab run rail-and-defaulters.yaml --")


def test_the_saved_files_of_an_experiment_mean_what_the_page_lived(folder: Path, tmp_path: Path) -> None:
    """In a folder, a word of the experiment must lead to the file beside it, not to the catalogue's scheme."""
    document = opened(folder, "experiment", "rail-and-defaulters")
    name = document["files"][1]["name"]
    document["files"][1]["text"] = document["files"][1]["text"].replace("term_weeks: 26", "term_weeks: 52")
    for file in document["files"]:
        (tmp_path / file["name"]).write_text(file["text"], encoding="utf-8")
    lived = resolve(str(tmp_path / document["main"]))
    terms = [clause.term_weeks for scheme in lived.world(lived.focus).schemes for clause in scheme.lists.values()]
    assert name.removesuffix(".yaml") in {scheme.scheme for scheme in lived.world(lived.focus).schemes}
    assert 52 in terms and 26 not in terms


def test_every_route_is_described_and_nothing_else(folder: Path) -> None:
    """A description that leaves something out is fuzzed without it."""
    routes = {
        str(getattr(route, "path", "")).replace(":path}", "}") for route in Explorer(Folder(folder), PORT).app().routes
    }
    assert set(described()["paths"]) == routes - {"/", "/{name}"}
