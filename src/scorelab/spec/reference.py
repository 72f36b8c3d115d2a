"""The tables of ``docs/language.md``: every key that a person may write, told from the models themselves.

A table stands between the markers ``<!-- keys of NAME -->`` and ``<!-- end -->``. Its examples are taken from the YAML
of the same page, whose blocks, put together chapter by chapter, are a scheme, a society and an experiment.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scorelab.spec import shape
from scorelab.spec.bounds import SCHEME_BOUNDS, SOCIETY_BOUNDS
from scorelab.spec.find import MODELS
from scorelab.spec.places import mapping, sequence
from scorelab.spec.problems import found
from scorelab.spec.quantity import Quantity
from scorelab.spec.text import parse

NOT_WRITTEN = frozenset({"by_hand"})
"""Keys that only a program writes."""

ANYWHERE = ""
_SHARED = ("cite", "note")
"""Keys that mean the same in every clause: one example is enough for all."""

LONGEST_EXAMPLE = 60
_LONG = "as above"

_CHAPTER = re.compile(r"^## (?:A|An) (scheme|society|experiment)$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TABLE = re.compile(r"^<!-- keys of (\w+) -->\n.*?^<!-- end -->$", re.MULTILINE | re.DOTALL)
_DEFAULT = re.compile(r"[;,] default (.*)$")
_PLAIN = re.compile(r"[A-Za-z./](?:[\w ./-]|:(?! ))*")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BOUNDS = {"scheme": SCHEME_BOUNDS, "society": SOCIETY_BOUNDS, "experiment": {}}


@dataclass(frozen=True)
class Part:
    """A model, and the bounds and units of its numbers by their keys."""

    model: type[BaseModel]
    bounds: dict[str, tuple[float, float, str]]


def parts() -> dict[str, Part]:
    """Every model that a file may hold, by its name, in the order in which one comes upon them."""
    found_parts: dict[str, Part] = {}
    for kind, root in MODELS.items():
        for way, model in _inside((), root):
            part = found_parts.setdefault(model.__name__, Part(model, {}))
            for key, field in model.model_fields.items():
                deep = (*way, key, "*") if _several(field.annotation) else (*way, key)
                if deep in _BOUNDS[kind]:
                    part.bounds[key] = _BOUNDS[kind][deep]
    return found_parts


def _inside(way: tuple[str, ...], model: type[BaseModel]) -> Iterator[tuple[tuple[str, ...], type[BaseModel]]]:
    """A model and the models inside of it, each with the way to it, ``*`` standing for any name or position."""
    yield way, model
    for key, field in model.model_fields.items():
        several = _several(field.annotation)
        inner = shape.model_of(several or field.annotation)
        if inner is not None:
            yield from _inside((*way, key, "*") if several else (*way, key), inner)


def _several(annotation: Any) -> Any:
    """What a list or a mapping holds; None for anything else."""
    kind = shape.bare(annotation)
    return get_args(kind)[-1] if get_origin(kind) in (list, dict) else None


def rewritten(text: str) -> str:
    """The page with every table made anew. KeyError for a table of what is no model."""
    known, examples = parts(), _examples(text)

    def table(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"<!-- keys of {name} -->\n{_table(known[name], examples)}\n<!-- end -->"

    return _TABLE.sub(table, text)


def tabled(text: str) -> list[str]:
    """The names of the models that have a table in the page, in its order."""
    return [match.group(1) for match in _TABLE.finditer(text)]


def chapters(text: str) -> dict[str, str]:
    """The YAML of the page by the kind of file that it makes up."""
    return {match.group(1): "".join(_BLOCK.findall(match.group(2))) for match in _CHAPTER.finditer(text)}


def _examples(text: str) -> dict[tuple[str, str], str]:
    """The first example of every key of every model that fits into a table; where it is there but long, so it says."""
    examples: dict[tuple[str, str], str] = {}
    for kind, source in chapters(text).items():
        for model, key, value in _keys(MODELS[kind], parse(source.encode(), kind).data):
            shown = flow(value)
            if len(shown) <= LONGEST_EXAMPLE and examples.get((model, key), _LONG) == _LONG:
                examples[model, key] = f"`{shown}`"
            examples.setdefault((model, key), _LONG)
            if key in _SHARED and model != "Quantity":
                examples.setdefault((ANYWHERE, key), examples[model, key])
    return examples


def _keys(annotation: Any, value: Any) -> Iterator[tuple[str, str, Any]]:
    """Every key of the data with the name of the model that it belongs to, and its value."""
    model = shape.model_of(annotation)
    if model is not None:
        for key, item in mapping(value).items():
            yield model.__name__, key, item
            yield from _keys(shape.step(model, key), item)
        return
    inner = _several(annotation)
    for item in [*mapping(value).values(), *sequence(value)] if inner is not None else ():
        yield from _keys(inner, item)


def flow(value: Any) -> str:
    """A value as one writes it on one line of YAML."""
    match value:
        case dict():
            return f"{{{', '.join(f'{flow(key)}: {flow(item)}' for key, item in value.items())}}}"
        case list():
            return f"[{', '.join(flow(item) for item in value)}]"
        case str():
            return value if _PLAIN.fullmatch(value) else f'"{value}"'
        case datetime.date():
            return value.isoformat()
        case _:
            return found(value)


def _table(part: Part, examples: dict[tuple[str, str], str]) -> str:
    name = part.model.__name__
    lines = [
        f'<a id="{name.lower()}"></a>',
        "",
        "| key | meaning | kind and unit | default | example |",
        "|" + "---|" * 5,
    ]
    for key, field in part.model.model_fields.items():
        if key in NOT_WRITTEN:
            continue
        meaning = _DEFAULT.sub("", field.description or "")
        cells = [f"`{key}`", meaning, _kind(field, part.bounds.get(key)), _default(field)]
        lines.append(_row([*cells, examples.get((name, key), examples.get((ANYWHERE, key), ""))]))
    return "\n".join(lines)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _default(field: FieldInfo) -> str:
    stated = _DEFAULT.search(field.description or "")
    if stated:
        return stated.group(1)
    if field.is_required():
        return "needed"
    value = field.default
    if isinstance(value, bool) or (isinstance(value, int | list) and value != []):
        return f"`{flow(value)}`"
    return "none"


def _kind(field: FieldInfo, bounds: tuple[float, float, str] | None) -> str:
    several = _several(field.annotation)
    if several is None:
        return _single(field.annotation, field.metadata, bounds)
    kind = shape.bare(field.annotation)
    inner = _single(several, (), bounds)
    if get_origin(kind) is list:
        return f"list: {inner}"
    return f"{_single(get_args(kind)[0], (), None)} → {inner}"


def _single(annotation: Any, metadata: Iterable[Any], bounds: tuple[float, float, str] | None) -> str:
    """What may stand at a place that holds one thing."""
    model, kind = shape.model_of(annotation), shape.bare(annotation)
    every = [*metadata, *_metadata(annotation)]
    if model is Quantity:
        unit = f", {found(bounds[0])} to {found(bounds[1])}: {bounds[2].partition(';')[0]}" if bounds else ""
        return f"[number](#quantity){unit}"
    if model is not None:
        return f"[{_HUMP.sub(' ', model.__name__).lower()}](#{model.__name__.lower()})"
    if get_origin(kind) is Literal:
        return ", ".join(f"`{word}`" for word in get_args(kind))
    if kind is str and any(getattr(item, "pattern", None) for item in every):
        return "name"
    if kind in (int, float):
        return ("whole number" if kind is int else "number") + _between(every)
    if get_origin(kind) is Union or not isinstance(kind, type):
        return "number or text"
    return {str: "text", bool: "`true` or `false`", datetime.date: "date"}[kind]


def _between(metadata: Iterable[Any]) -> str:
    low = [item.ge for item in metadata if getattr(item, "ge", None) is not None]
    high = [item.le for item in metadata if getattr(item, "le", None) is not None]
    return f", {found(low[0])} to {found(high[0])}" if low and high else ""


def _metadata(annotation: Any) -> Iterator[Any]:
    """What an annotation says of a type besides the type itself."""
    if get_origin(annotation) is Annotated:
        inner, *told = get_args(annotation)
        for item in told:
            yield from item.metadata if isinstance(item, FieldInfo) else [item]
        yield from _metadata(inner)
    elif get_origin(annotation) is not None and get_origin(annotation) not in (list, dict, Literal):
        for kind in get_args(annotation):
            yield from _metadata(kind)
