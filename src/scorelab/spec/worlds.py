"""The worlds of an experiment, each with everything that it is like and everything that is set in it."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from scorelab.errors import InputError, Problem
from scorelab.spec import defaults, settings, together
from scorelab.spec.desk import Desk, File, examined
from scorelab.spec.experiment import Experiment
from scorelab.spec.find import MODELS
from scorelab.spec.margins import Margins
from scorelab.spec.problems import found, in_order, located, nearest_or_all
from scorelab.spec.resolved import Resolved, ResolvedWorld
from scorelab.spec.scheme import Scheme
from scorelab.spec.settings import Setting
from scorelab.spec.society import Society
from scorelab.words import COIN


@dataclass(frozen=True)
class _Flat:
    """A world after everything that it is like. ``owners`` tells in which world a key of ``sets`` was written."""

    schemes: list[str]
    schemes_owner: str
    without: list[str]
    placebo: bool
    sets: dict[str, Any]
    owners: dict[str, str]
    exempts: str | None = None
    covers: str | None = None


def _flat(experiment: Experiment, name: str) -> _Flat:
    world = experiment.worlds[name]
    base = _flat(experiment, world.like) if world.like else _Flat([], name, [], False, {}, {})
    return _Flat(
        base.schemes if world.schemes is None else world.schemes,
        base.schemes_owner if world.schemes is None else name,
        sorted({*base.without, *world.without}),
        base.placebo or world.placebo,
        {**{path: value for path, value in base.sets.items() if path not in world.set}, **world.set},
        {**base.owners, **dict.fromkeys(world.set, name)},
        *((world.exempts, world.covers) if world.exempts or world.covers else (base.exempts, base.covers)),
    )


def built(desk: Desk, main: File, society_file: File, schemes: dict[str, File], margins: Margins) -> Resolved:
    """The experiment with its worlds. Raises InputError with everything that keeps the worlds from being lived."""
    experiment, society = main.model, society_file.model
    assert isinstance(experiment, Experiment) and isinstance(society, Society)
    worlds: list[ResolvedWorld] = []
    for name, world in experiment.worlds.items():
        flat = _flat(experiment, name)
        files = [schemes[word] for word in flat.schemes]
        named = [file.model for file in files if isinstance(file.model, Scheme)]
        changes = _world_changes(desk, main, flat, [scheme.scheme for scheme in named])
        changed = [_after(desk, file, changes, society_file) or file.model for file in files]
        in_world = [model for model in changed if isinstance(model, Scheme)]
        faults = [
            *together.check_world(("worlds", flat.schemes_owner, "schemes"), in_world),
            *together.check_exempting(name, world, in_world),
        ]
        desk.problems += located(main.document, faults)
        response = _after(desk, society_file, changes, society_file)
        worlds.append(
            ResolvedWorld(
                name,
                world.title or defaults.title(name),
                [defaults.scheme(scheme) for scheme in in_world],
                response.response if isinstance(response, Society) else society.response,
                flat.without,
                flat.placebo,
                flat.exempts,
                flat.covers,
            )
        )
    union = list(together.check_union([world.schemes for world in worlds]))
    desk.problems += located(main.document, union)
    if desk.problems:
        raise InputError(in_order(desk.problems))
    return Resolved(
        name=experiment.experiment,
        title=experiment.title,
        about=experiment.about,
        start=experiment.start,
        weeks=experiment.weeks,
        seed=experiment.seed,
        replicates=experiment.replicates,
        counties=society.counties,
        persons=society.persons,
        groups=experiment.groups,
        against=experiment.against,
        focus=experiment.focus,
        society=_with_coin(experiment, defaults.society(society)),
        margins=margins,
        worlds=worlds,
    )


def with_worlds(resolved: Resolved, names: Sequence[str]) -> Resolved:
    """The experiment with these worlds, beside the two that are compared, and no others.

    Raises InputError for a name that is none of its worlds.
    """
    known = [world.name for world in resolved.worlds]
    for name in names:
        if name not in known:
            text = f"no world {found(name)} in {resolved.name}{nearest_or_all(name, known)}"
            raise InputError([Problem("worlds", 0, 0, text)])
    kept = {*names, resolved.against, resolved.focus}
    return dataclasses.replace(resolved, worlds=[world for world in resolved.worlds if world.name in kept])


def _with_coin(experiment: Experiment, society: Society) -> Society:
    """The society, with the coin that every society has where the experiment asks for it."""
    worlds = experiment.worlds.values()
    if COIN not in {*experiment.groups, *(world.exempts for world in worlds), *(world.covers for world in worlds)}:
        return society
    return society.model_copy(update={"attributes": {**society.attributes, COIN: defaults.coin()}})


def _world_changes(desk: Desk, main: File, flat: _Flat, names: Sequence[str]) -> list[Setting]:
    """What a world sets: something of its own schemes, or of the response of its people."""
    changes = []
    for path, value in flat.sets.items():
        at = ("worlds", flat.owners[path], "set", path)
        place, value_place = main.document.place(at, key=True), main.document.place(at)
        try:
            change = settings.setting(path, value, place, value_place)
        except InputError as error:
            desk.problems += error.problems
            continue
        if change.target == "response":
            change = dataclasses.replace(change, target="society", path=("response", *change.path))
        elif change.target not in names:
            words = ["response", *names]
            message = f"nothing in this world is called {change.target!r}{nearest_or_all(change.target, words)}"
            desk.problems.append(place.problem(message))
            continue
        changes.append(change)
    return changes


def _after(desk: Desk, file: File, changes: list[Setting], society: File) -> BaseModel | None:
    """The model of a file after what a world sets in it; None (and problems) where that makes no sense."""
    target = file.model.scheme if isinstance(file.model, Scheme) else "society"
    mine = [change for change in changes if change.target == target]
    if not mine:
        return file.model
    document = file.document
    try:
        for change in mine:
            document = settings.applied(document, MODELS[file.kind], change)
    except InputError as error:
        desk.problems += error.problems
        return None
    model, findings = examined(document, file.kind)
    if file.kind == "scheme":
        findings += together.check_words(document.data, [society.document.data])
    desk.problems += located(document, findings)
    return model
