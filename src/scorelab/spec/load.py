"""From what a person wrote, in several files and options, to the one thing that a program reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorelab.errors import InputError, Problem
from scorelab.spec import settings, together
from scorelab.spec.desk import Desk, Disk, File, Shelf, margins_of
from scorelab.spec.experiment import Experiment
from scorelab.spec.find import MODELS, Entry, catalogue, file_or_name, kind_of, opened
from scorelab.spec.problems import in_order, nearest_or_all
from scorelab.spec.resolved import Resolved
from scorelab.spec.scale import at_scale
from scorelab.spec.settings import Setting
from scorelab.spec.template import template
from scorelab.spec.text import Document, Place
from scorelab.spec.worlds import built, with_worlds

__all__ = ["Entry", "Options", "catalogue", "check", "resolve"]


@dataclass(frozen=True)
class Options:
    """What the command line may change; None leaves it as the files have it. ``sets`` are texts ``path=value``."""

    persons: int | None = None
    counties: int | None = None
    weeks: int | None = None
    seed: int | None = None
    replicates: int | None = None
    sets: tuple[str, ...] = ()
    scale: str | None = None
    """``full``: the society's country; then ``counties`` says how many of its counties are lived, by default all"""

    def settings(self) -> tuple[list[Setting], list[Problem]]:
        """All of them as settings, in order; and what is wrong with the texts that are none."""
        targets = {"persons": "society", "counties": "society"}
        found: list[Setting] = []
        problems: list[Problem] = []
        for name in ("persons", "counties", "weeks", "seed", "replicates"):
            value = getattr(self, name)
            if value is not None and not (self.scale and name in targets):
                found.append(settings.setting(f"{targets.get(name, 'experiment')}.{name}", value, Place(f"--{name}")))
        for word in self.sets:
            try:
                found.append(settings.option(word))
            except InputError as error:
                problems += error.problems
        return found, problems


def resolve(what: str, *, options: Options = Options()) -> Resolved:
    """The whole experiment that a name of the catalogue or a file stands for.

    A scheme's name or file means the template experiment around it. Raises InputError with every problem of every
    file that the experiment needs.
    """
    return resolve_from(Disk(), what, options)


def resolve_from(shelf: Shelf, what: str, options: Options, worlds: Sequence[str] | None = None) -> Resolved:
    """The same with files from a shelf, and with ``worlds`` alone beside those that are compared; None: with all."""
    changes, problems = options.settings()
    desk = Desk(changes, problems=problems, shelf=shelf)
    path = shelf.find(what, ("experiment", "scheme"), Path())
    document = shelf.opened(path)
    kind = kind_of(document)
    if kind == "society":
        raise InputError([document.problem((), f"{what} is a society; an experiment or a scheme was expected")])
    if kind == "scheme":
        desk.files[path.absolute()] = desk.examine(path, document, "scheme")
        document = template(document, path, "" if isinstance(shelf, Disk) else what)
    return _resolve(desk, path, document, options, worlds)


def check(files: list[Path]) -> list[Problem]:
    """Everything that is wrong with some files and with the files that they name, in order; nothing if all is well.

    A file may also be called by its name in the catalogue, unless there is a file of that name.
    A scheme is checked against the societies among the files; where there is none, against the one that it names, or
    else those of the catalogue.
    """
    problems: list[Problem] = []
    desk = Desk([])
    singles: list[File] = []
    for given in files:
        try:
            path = file_or_name(given)
            document = opened(path)
        except InputError as error:
            problems += error.problems
            continue
        kind = kind_of(document)
        if not kind:
            problems += neither(document)
            continue
        if kind == "experiment":
            try:
                _resolve(Desk([]), path, document)
            except InputError as error:
                problems += error.problems
            continue
        singles.append(desk.files.setdefault(path.absolute(), desk.examine(path, document, kind)))
    return in_order([*problems, *check_singly(desk, singles)])


def check_singly(desk: Desk, singles: list[File]) -> list[Problem]:
    """Everything that is wrong with schemes and societies on a desk, and with the societies that these name."""
    problems: list[Problem] = []
    societies = [file.document.data for file in singles if file.kind == "society"]
    for file in singles:
        if file.kind == "scheme":
            file.findings += together.check_words(file.document.data, societies or _societies_of(desk, file))
    for file in desk.files.values():
        problems += file.problems()
        if file.kind == "society":
            problems += margins_of(file, desk.shelf)[1]
    return [*problems, *desk.problems]


def _societies_of(desk: Desk, scheme: File) -> list[Any]:
    """The society that a scheme names, or those of the catalogue."""
    data = scheme.document.data
    if isinstance(data, dict) and isinstance(data.get("society"), str):
        named = desk.follow(scheme, ("society",), data["society"], "society")
        return [named.document.data] if named is not None else []
    return [opened(entry.path).data for entry in catalogue() if entry.kind == "society"]


def neither(document: Document) -> list[Problem]:
    """What is wrong with a file that is neither a scheme, a society nor an experiment."""
    return [*document.problems, document.problem((), _neither(document))]


def _neither(document: Document) -> str:
    if document.data is None:
        return "the file is empty"
    if isinstance(document.data, dict) and {"resolved", "digest"} <= set(document.data):
        return "this is the manifest of a run, which needs no check; scorelab run lives it again"
    if not isinstance(document.data, dict):
        return "neither a scheme, a society nor an experiment: a file is a mapping, with keys and values"
    for word in document.data:
        near = nearest_or_all(word, MODELS)
        if "did you mean" in near:
            return f"neither a scheme, a society nor an experiment; it has a key {word!r}{near}"
    return "neither a scheme, a society nor an experiment; it needs a key scheme, society or experiment with its name"


def _resolve(
    desk: Desk, path: Path, document: Document, options: Options = Options(), worlds: Sequence[str] | None = None
) -> Resolved:
    main = desk.examine(path, document, "experiment")
    if document.lines:
        desk.files = {path.absolute(): main, **desk.files}
    data = main.document.data if isinstance(main.document.data, dict) else {}
    society = desk.follow(main, ("society",), data.get("society"), "society")
    schemes = _schemes(desk, main, data)
    main.findings += together.check_without(data, {word: file.document.data for word, file in schemes.items()})
    if society is not None:
        main.findings += together.check_groups(data, society.document.data)
    societies = [] if society is None else [society.document.data]
    for scheme in {id(file): file for file in schemes.values()}.values():
        scheme.findings += together.check_words(scheme.document.data, societies)
    margins, problems = margins_of(society, desk.shelf) if society else (None, [])
    desk.problems += [*problems, *(main.problems() if not document.lines else []), *_unmatched(desk, schemes.values())]
    desk.refuse()
    assert isinstance(main.model, Experiment) and society is not None and margins is not None
    # Read back from its own text, so that it is the same whether it comes from files or from a manifest.
    resolved = built(desk, main, society, schemes, margins)
    if worlds is not None:
        resolved = with_worlds(resolved, worlds)
    return Resolved.from_json(at_scale(resolved, options.scale, options.counties, options.persons).to_json())


def _schemes(desk: Desk, main: File, data: dict[str, Any]) -> dict[str, File]:
    """Every scheme that any world names, by the word that names it."""
    schemes: dict[str, File] = {}
    worlds = data.get("worlds")
    for name, world in (worlds if isinstance(worlds, dict) else {}).items():
        words = world.get("schemes") if isinstance(world, dict) else None
        for index, word in enumerate(words if isinstance(words, list) else []):
            file = desk.follow(main, ("worlds", name, "schemes", index), word, "scheme")
            if file is not None:
                schemes[word] = file
    return schemes


def _unmatched(desk: Desk, schemes: Iterable[File]) -> list[Problem]:
    """Options for a scheme that is in no world."""
    targets = {"society", "experiment"}
    targets |= {str(file.document.data.get("scheme")) for file in schemes if isinstance(file.document.data, dict)}
    return [
        change.place.problem(
            f"nothing here is called {change.target!r}"
            f"{settings.meant(change) or nearest_or_all(change.target, targets)}"
        )
        for change in desk.changes
        if change.target not in targets
    ]
