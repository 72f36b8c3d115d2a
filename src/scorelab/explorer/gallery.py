"""What can be opened, and the document that each entry becomes."""

import datetime
import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from scorelab.errors import InputError, Problem
from scorelab.explorer.asked import MOST_FILES, Document, NamedText, Setting
from scorelab.explorer.folder import Folder, OwnFile, OwnRun
from scorelab.explorer.sketch import sketch
from scorelab.explorer.taken_from import document_of_run
from scorelab.spec.find import Entry, catalogue, kind_of, opened
from scorelab.spec.places import mapping, whole
from scorelab.spec.template import TEMPLATE_WEEKS
from scorelab.spec.text import parse
from scorelab.spec.texts import as_files, check_texts

PERSONS, COUNTIES = 5_000, 20
"""What a page lives of a society if nobody says: few enough to be quick; an interval needs twenty counties."""
MOST_WEEKS = 364
USUAL_SCHEME = "as-reported"
"""What an own society is opened with, where its words are those that the scheme needs."""
OWN = "own-society.yaml"


def cards(folder: Folder) -> dict[str, Any]:
    """The catalogue by kinds, and the folder's files and runs; each with a line and what a small picture needs."""
    return {
        **shipped(),
        "files": [_own(file) for file in folder.files()],
        "runs": [_run(run) for run in folder.runs()],
    }


@cache
def shipped() -> dict[str, list[dict[str, Any]]]:
    """The cards of the catalogue."""
    found: dict[str, list[dict[str, Any]]] = {"schemes": [], "experiments": [], "societies": []}
    for entry in catalogue():
        found["societies" if entry.kind == "society" else f"{entry.kind}s"].append(_shipped(entry))
    return found


def text_of(kind: str, name: str) -> dict[str, str]:
    """The text of an entry of the catalogue by the name of its file. Raises KeyError where there is none."""
    for entry in catalogue():
        if (entry.kind, entry.name) == (kind, name):
            return {entry.path.name: entry.path.read_text(encoding="utf-8")}
    raise KeyError(name)


def document_of(folder: Folder, kind: str, name: str) -> dict[str, Any]:
    """A document and what is known of where it comes from.

    Raises KeyError where there is nothing of that kind and name, InputError where its file is wrong.
    """
    if kind == "run":
        run = folder.run(name)
        document = document_of_run(run.resolved, PERSONS, COUNTIES, MOST_WEEKS)
        told = _told(document, kind, str(run.resolved["title"]), str(run.resolved["about"]))
        return {**told, "run": {"name": name, "report": f"/api/runs/{name}/report.html", "charts": []}}
    if kind == "file":
        files = {name: folder.text(name)}
        for word in _named_files(files[name], name):
            try:
                files[word] = folder.text(word)
            except KeyError:
                continue
        return arranged(files, main=name)
    return arranged(text_of(kind, name))


def arranged(files: Mapping[str, str], main: str = "") -> dict[str, Any]:
    """A document of some files: which of them is opened, what is put around it, and how much of it is lived.

    An experiment comes before a scheme; a society alone is opened with the article's scheme. Raises InputError where
    none of the files is one of these.
    """
    kinds = {name: _kind(text, name) for name, text in files.items()}
    found = [name for kind in ("experiment", "scheme", "society") for name in files if kinds[name] == kind]
    if not found:
        message = (
            "neither a scheme, a society nor an experiment; each is a YAML file with its name under one of these words"
        )
        raise InputError([Problem(name, 0, 0, message) for name in files] or [Problem("files", 0, 0, "no file came")])
    main = main if main in found else found[0]
    texts = dict(files)
    kind = kinds[main]
    if kind == "society":
        free = (OWN, *(f"{number}-{OWN}" for number in range(1, MOST_FILES + 1)))
        society, main, kind = main, next(name for name in free if name not in texts), "experiment"
        texts[main] = _around(society, texts[society])
    texts = _with_schemes(texts, main) if kind == "experiment" else _as_they_mean(texts, main)
    if len(texts) > MOST_FILES:
        raise InputError([Problem(main, 0, 0, f"a page opens {MOST_FILES} files at once, and these are {len(texts)}")])
    data = parse(texts[main].encode(), main).data
    weeks = _weeks(data, kind)
    document = Document(
        files=[NamedText(name=name, text=text) for name, text in sorted(texts.items(), key=lambda one: one[0] != main)],
        main=main,
        setting=Setting(persons=PERSONS, counties=COUNTIES, weeks=weeks, seed=1),
    )
    return _told(document, kind, _word(data, "title") or main, _word(data, "about"))


def _told(document: Document, kind: str, title: str, about: str) -> dict[str, Any]:
    return {
        "document": document.model_dump(),
        "kind": kind,
        "title": title,
        "about": about,
        "read_only": False,
        "run": None,
    }


def _kind(text: str, name: str) -> str:
    return kind_of(parse(text.encode(), name))


def _word(data: Any, key: str) -> str:
    said = data.get(key) if isinstance(data, dict) else None
    return said.strip() if isinstance(said, str) else ""


def _weeks(data: Any, kind: str) -> int:
    """Those of the catalogue's experiment about the scheme, or of the experiment itself; never more than usual."""
    if kind == "experiment":
        weeks = whole(mapping(data).get("weeks"))
        return min(weeks, MOST_WEEKS) if weeks is not None and weeks > 0 else TEMPLATE_WEEKS
    return min(MOST_WEEKS, _usual_weeks().get(_word(data, "scheme"), TEMPLATE_WEEKS))


@cache
def _usual_weeks() -> dict[str, int]:
    """For each scheme of the catalogue, the weeks of the experiment that has it in its focus."""
    found: dict[str, int] = {}
    for entry in catalogue():
        if entry.kind == "experiment":
            data: Any = opened(entry.path).data
            for scheme in _focus_schemes(data):
                found[scheme] = max(found.get(scheme, 0), int(data["weeks"]))
    return found


def _focus_schemes(data: Any) -> list[str]:
    """What the focus world of an experiment names as its schemes, by itself or by the world that it is like."""
    worlds = data.get("worlds") if isinstance(data, dict) else None
    name = data.get("focus") if isinstance(data, dict) else None
    for _ in range(20):
        world = worlds.get(name) if isinstance(worlds, dict) and isinstance(name, str) else None
        if not isinstance(world, dict):
            return []
        schemes = world.get("schemes")
        if isinstance(schemes, list):
            return [word for word in schemes if isinstance(word, str)]
        name = world.get("like")
    return []


def _with_schemes(texts: Mapping[str, str], main: str) -> dict[str, str]:
    """The texts and the catalogue's schemes in an experiment's focus, so that they can be changed as well.

    The experiment then names them as files, as it has to when all of them are saved side by side.
    """
    named = set(_focus_schemes(parse(texts[main].encode(), main).data))
    schemes = {
        entry.path.name: entry.path.read_text(encoding="utf-8")
        for entry in catalogue()
        if entry.kind == "scheme" and entry.name in named and entry.path.name not in texts
    }
    return _as_they_mean({**texts, **schemes}, main)


def _as_they_mean(texts: Mapping[str, str], main: str) -> dict[str, str]:
    """The texts as they mean the same when they are saved side by side, where they can be read."""
    try:
        return as_files(texts, main)
    except InputError:  # what is wrong is told when the document is checked
        return dict(texts)


def _named_files(text: str, name: str) -> set[str]:
    """Words in a file that look like files beside it."""
    try:
        parse(text.encode(), name)
    except InputError:
        return set()
    words = re.findall(r"(?<![A-Za-z0-9._-])[A-Za-z0-9][A-Za-z0-9._-]{0,75}(?![A-Za-z0-9._-])", text)
    return {word for word in words if word.endswith((".yaml", ".yml"))} - {name}


def _around(society: str, text: str) -> str:
    """An experiment around a society, with the article's scheme or, where its words are others, with one that fits."""
    shipped = sorted((one for one in catalogue() if one.kind == "scheme"), key=lambda one: one.name != USUAL_SCHEME)
    tried = {entry.name: _experiment(society, entry) for entry in shipped}
    for made in tried.values():
        if not check_texts({OWN: made, society: text}, OWN):
            return made
    return tried[USUAL_SCHEME]


def _experiment(society: str, entry: Entry) -> str:
    day: datetime.date = opened(entry.path).data["in_force"]
    start = day - datetime.timedelta(days=day.weekday())
    return f"""# An experiment that was put around {society}: a scheme of the catalogue beside none.
format: 1
experiment: own-society
title: A society of one's own under {entry.name}
about: The scheme {entry.name}, lived by the people of {society}, and the same years without it.
society: {society}
start: {start.isoformat()}
weeks: {min(MOST_WEEKS, _usual_weeks().get(entry.name, TEMPLATE_WEEKS))}
worlds:
  no-scheme:
    title: No scheme
    schemes: []
  as-written:
    title: As written
    schemes: [{entry.name}]
against: no-scheme
focus: as-written
"""


def _shipped(entry: Entry) -> dict[str, Any]:
    data: Any = opened(entry.path).data
    drawn = data if entry.kind == "scheme" else _drawn(data)
    return _card(entry.kind, entry.name, entry.title, _word(data, "about"), sketch(drawn) if drawn else None)


def _drawn(data: Any) -> Any:
    """The scheme that stands for an experiment in a small picture."""
    named = _focus_schemes(data)
    found: Iterable[Entry] = [entry for entry in catalogue() if entry.kind == "scheme" and entry.name in named[:1]]
    return next((opened(entry.path).data for entry in found), None)


def _own(file: OwnFile) -> dict[str, Any]:
    drawn = file.data if file.kind == "scheme" else _drawn(file.data) if file.kind == "experiment" else None
    return {**_card("file", file.name, file.title, file.about, sketch(drawn) if drawn else None), "what": file.kind}


def _run(run: OwnRun) -> dict[str, Any]:
    resolved: Any = run.resolved
    focus = next(world for world in resolved["worlds"] if world["name"] == resolved["focus"])
    card = _card("run", run.name, str(resolved["title"]), str(resolved["about"]), None)
    card["sketch"] = sketch(focus["schemes"][0]) if focus["schemes"] else None
    card["run"] = {
        "persons": resolved["persons"] * resolved["counties"],
        "counties": resolved["counties"],
        "weeks": resolved["weeks"],
        "worlds": [world["title"] or world["name"] for world in resolved["worlds"]],
    }
    return card


def _card(kind: str, name: str, title: str, about: str, drawn: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "title": title, "about": " ".join(about.split()), "sketch": drawn, "run": None}
