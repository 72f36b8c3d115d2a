"""A finished run as texts that can be changed and lived again: what its manifest resolved, written as YAML."""

import io
import json
from typing import Any

from pydantic import BaseModel

from scorelab.errors import InputError, Problem
from scorelab.explorer.asked import MOST_FILES, Document, NamedText, Setting
from scorelab.spec import defaults
from scorelab.spec.find import CATALOGUE, FOLDERS, catalogue, opened
from scorelab.spec.margins import Margins, load_margins
from scorelab.spec.resolved import Resolved, ResolvedWorld
from scorelab.spec.society import Response, Society
from scorelab.words import COIN

MAIN, SOCIETY = "experiment.yaml", "society.yaml"
HEADER = (
    "# Written from the manifest of a finished run. What its files said beside their values is not in a manifest.\n"
)


def document_of_run(parts: dict[str, object], persons: int, counties: int, weeks: int) -> Document:
    """The run's focus, the world that it is compared with, and others that differ from these by switches alone.

    No more ``persons`` (per county), ``counties`` and ``weeks`` are asked for than these. Raises InputError where its
    people have margins that are not the catalogue's.
    """
    run = Resolved.from_json(json.dumps(parts))
    focus = run.world(run.focus)
    kept = [run.world(run.against), focus] if run.against != run.focus else [focus]
    names: dict[str, str] = {}
    files: dict[str, str] = {}
    shown: dict[str, Any] = {}
    for world in [*kept, *(other for other in run.worlds if other not in kept)]:
        texts = {name: text for name, text in _schemes(world, names).items() if name not in files}
        others = world not in kept and (world.response != focus.response or world.exempts or world.covers)
        if others or len(files) + len(texts) > MOST_FILES - 2:
            continue
        files |= texts
        shown[world.name] = _world(world, names)
    society = _society(run, focus.response)
    if society:
        files[SOCIETY] = society
    experiment = {
        "format": 1,
        "experiment": run.name,
        "title": run.title,
        "about": run.about,
        "society": SOCIETY if society else run.society.society,
        "start": run.start,
        "weeks": run.weeks,
        "seed": run.seed,
        "worlds": {world.name: shown[world.name] for world in run.worlds if world.name in shown},
        "against": run.against,
        "focus": run.focus,
        "groups": run.groups,
    }
    files[MAIN] = _yaml(experiment)
    setting = Setting(
        persons=min(run.persons, persons),
        counties=min(run.counties, counties),
        weeks=min(run.weeks, weeks),
        seed=run.seed,
    )
    ordered = sorted(files.items(), key=lambda one: one[0] != MAIN)
    return Document(files=[NamedText(name=name, text=text) for name, text in ordered], main=MAIN, setting=setting)


def _schemes(world: ResolvedWorld, names: dict[str, str]) -> dict[str, str]:
    """The world's schemes as texts by file names; ``names`` keeps the name of each scheme that was written before."""
    found = {}
    for scheme in world.schemes:
        text = _yaml(_plain(scheme))
        if text not in names:
            taken = f"{scheme.scheme}.yaml" in names.values()
            names[text] = f"{scheme.scheme}{f'-{world.name}' if taken else ''}.yaml"
        found[names[text]] = text
    return found


def _world(world: ResolvedWorld, names: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"title": world.title, "schemes": [names[_yaml(_plain(one))] for one in world.schemes]}
    found |= {"without": list(world.without)} if world.without else {}
    found |= {"placebo": True} if world.placebo else {}
    found |= {"exempts": world.exempts} if world.exempts else {}
    return found | ({"covers": world.covers} if world.covers else {})


def _society(run: Resolved, response: Response) -> str:
    """The society as text; nothing where it is the catalogue's."""
    attributes = {name: one for name, one in run.society.attributes.items() if name != COIN}
    here = run.society.model_copy(update={"response": response, "country": None, "attributes": attributes})
    for entry in catalogue():
        if entry.kind != "society" or entry.name != here.society:
            continue
        model = defaults.society(Society.model_validate(opened(entry.path).data))
        size = {"persons": here.persons, "counties": here.counties, "country": None}
        if model.model_copy(update=size) == here and _shipped(run.margins) == entry.name:
            return ""
    margins = _shipped(run.margins)
    if not margins:
        message = "its people have margins of their own, which a page cannot take in; scorelab run lives it again"
        raise InputError([Problem("manifest.json", 0, 0, message)])
    return _yaml(_plain(here) | {"margins": margins})


def _shipped(margins: Margins) -> str:
    """The catalogue's society that has these margins."""
    for entry in catalogue():
        if entry.kind == "society" and load_margins(CATALOGUE / FOLDERS["society"] / entry.name) == margins:
            return entry.name
    return ""


def _plain(model: BaseModel) -> Any:
    """A model as plain values, without what its file left out; a number without a basis is bare."""
    return _bare(model.model_dump(exclude_defaults=True)) | {"format": 1}


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"value"}:
            return value["value"]
        return {key: _bare(part) for key, part in value.items() if not _unsaid(part)}
    return [_bare(part) for part in value] if isinstance(value, list | tuple) else value


def _unsaid(value: Any) -> bool:
    """Whether a number was filled in, since no file said it."""
    return isinstance(value, dict) and value.get("note") == defaults.NOT_STATED


def _yaml(data: Any) -> str:
    from ruamel.yaml import YAML

    stream = io.StringIO()
    writer = YAML()
    writer.width = 120
    writer.representer.ignore_aliases = lambda *_: True
    first = {key: data[key] for key in ("format", "scheme", "society", "experiment") if key in data}
    writer.dump({**first, **data}, stream)
    return HEADER + stream.getvalue()
