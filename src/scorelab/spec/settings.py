"""Values set from outside of a file: ``--set path=value`` and the ``set:`` of a world."""

import copy
import dataclasses
import datetime
from typing import Any

from pydantic import BaseModel

from scorelab.errors import InputError
from scorelab.spec import shape
from scorelab.spec.experiment import Experiment
from scorelab.spec.problems import called, dotted, found, nearest_or_all
from scorelab.spec.scheme import Consequence, ListClause, Mistakes
from scorelab.spec.society import Attribute, Society
from scorelab.spec.text import Document, Path, Place, scalar

_GOES_WITHOUT: dict[type[BaseModel], dict[str, tuple[str, ...]]] = {
    ListClause: {"term_weeks": ("until", "leave_at", "repeat"), "until": ("term_weeks",)},
    Mistakes: {"per_year": ("matching",)},
    Consequence: {"while_on": ("while_grade",)},
    Attribute: {"share": ("household",), "household": ("share", "who")},
}
"""Setting one of two ways to say a thing takes the other way away, and what only makes sense with that."""

_WHOLE: dict[str, type[BaseModel]] = {"experiment": Experiment, "society": Society}
"""What an option calls by these words, whatever the file is called."""


@dataclasses.dataclass(frozen=True)
class Setting:
    """A value for what a path names. ``place`` is where the path was written, ``value_place`` where the value was."""

    target: str
    path: tuple[str, ...]
    value: Any
    place: Place
    value_place: Place


def setting(path: str, value: Any, place: Place, value_place: Place | None = None) -> Setting:
    """Raises InputError where the path names nothing inside of something."""
    target, *rest = path.strip().split(".")
    if not target or not rest or not all(rest):
        # Only a file has a line, and there a path is that of a world.
        like = "response.sensitivity" if place.line else "society.response.sensitivity"
        whole = next((f"{kind}.{path.strip()}" for kind in _WHOLE if path.strip() in _WHOLE[kind].model_fields), "")
        hint = f"; did you mean {whole!r}?" if whole and not place.line else ""
        raise InputError([place.problem(f"a path such as {like} was expected, but this is {found(path)}{hint}")])
    return Setting(target, tuple(rest), value, place, value_place or place)


def option(text: str) -> Setting:
    """The setting in ``path=value``, as it comes from the command line. Raises InputError where it is none."""
    place = Place(f"--set {text if len(text) <= 120 else text[:117] + '...'}")
    path, equals, value = text.partition("=")
    if not equals:
        raise InputError([place.problem("path=value was expected, such as experiment.weeks=52")])
    return setting(path, value.strip(), place)


def meant(change: Setting) -> str:
    """``; did you mean 'society.x.y'?`` for a path that begins with a part of the society or of the experiment."""
    for kind, model in _WHOLE.items():
        if change.target in model.model_fields:
            return f"; did you mean {f'{kind}.{change.target}.{dotted(change.path)}'!r}?"
    return ""


def applied(document: Document, model: type[BaseModel], change: Setting) -> Document:
    """The document with one value replaced; its place is now that of the setting.

    Whether the new value makes sense is for the document's checks to say. Raises InputError where the path
    leads nowhere or to something that is not one value.
    """
    data = copy.deepcopy(document.data)
    place, path, node = change.place, _positions(document, change), data
    if len(path) > 1 and path[-1] == "value" and shape.is_quantity(shape.walk(model, path[:-1])):
        path = path[:-1]
    annotation: Any = model
    for end, part in enumerate(path[:-1]):
        annotation = _entered(change, path[: end + 1], annotation, node)
        node = _at(node, part)
        if node is None:
            raise InputError([place.problem(f"{change.target} has no {dotted(path[: end + 1])} to set anything in")])
        if shape.is_quantity(annotation):
            raise InputError([place.problem(f"of {dotted(path[: end + 1])} only the value can be set")])
    target, last = _entered(change, path, annotation, node), path[-1]
    before = _at(node, last)
    if not shape.is_quantity(target) and not shape.is_scalar(target):
        names = shape.keys(target) or (list(before) if isinstance(before, dict) else [])
        raise InputError([place.problem(f"{dotted(path)} is not one value{nearest_or_all('', map(str, names))}")])
    value = _typed(change, target)
    node[int(last) if isinstance(node, list) else last] = (
        _quantity(before, value) if shape.is_quantity(target) else value
    )
    instead_of = _GOES_WITHOUT.get(shape.model_of(annotation) or BaseModel, {})
    for other in instead_of.get(str(last), ()):
        node.pop(other, None)
    return dataclasses.replace(document, data=data, moved={**document.moved, path: change.value_place})


def _positions(document: Document, change: Setting) -> Path:
    """The path with positions in lists as numbers."""
    node: Any = document.data
    path: list[str | int] = []
    for part in change.path:
        if isinstance(node, list):
            if not part.isascii() or not part.isdigit() or len(part) > 6 or int(part) >= len(node):
                raise InputError([change.place.problem(_no_entry(tuple(path), len(node), part))])
            path.append(int(part))
            node = node[int(part)]
        else:
            path.append(part)
            node = node.get(part) if isinstance(node, dict) else None
    return tuple(path)


def _no_entry(path: Path, count: int, part: str) -> str:
    name = dotted(path)
    if not count:
        return f"{name} has no entries, so none is {found(part)}"
    there = f"the entries 0 to {count - 1}" if count > 1 else "the entry 0 alone"
    return f"{name} has {there}, but no {found(part)} (a path counts from 0: {name}.0 is {called((*path, 0))})"


def _entered(change: Setting, path: Path, annotation: Any, node: Any) -> Any:
    """The type at the end of a path whose last part is looked up here."""
    inner = shape.step(annotation, path[-1])
    words = shape.keys(annotation) or (list(node) if isinstance(node, dict) else [])
    own = not shape.keys(annotation) and isinstance(node, dict) and path[-1] not in node
    if inner is None or own or not isinstance(node, dict | list):
        where = f"{change.target}.{dotted(path[:-1])}" if path[:-1] else change.target
        text = f"nothing in {where} is called {found(str(path[-1]))}{nearest_or_all(str(path[-1]), map(str, words))}"
        raise InputError([change.place.problem(text)])
    return inner


def _at(node: Any, part: str | int) -> Any:
    if isinstance(node, list):
        return node[int(part)]
    return node.get(part)


def _typed(change: Setting, annotation: Any) -> Any:
    if not isinstance(change.value, str) or shape.bare(annotation) is str:
        return change.value
    try:
        return scalar(change.value)
    except ValueError as error:
        raise InputError([change.value_place.problem(str(error))]) from None


def _quantity(before: Any, value: Any) -> Any:
    """A value of one's own: its basis is gone, and its range stays, so that candidates are drawn as they were.

    A bare number before stands for a range of one point.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value if value is not None and not isinstance(value, datetime.date) else str(value)
    after: dict[str, Any] = {"value": value, "note": "set by hand", "by_hand": True}
    was = before.get("value") if isinstance(before, dict) else before
    ends = before.get("range") if isinstance(before, dict) else None
    if isinstance(ends, list) and len(ends) == 2:
        after["range"] = list(ends)
    elif isinstance(was, int | float) and not isinstance(was, bool):
        after["range"] = [was, was]
    return after
