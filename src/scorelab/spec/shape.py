"""What may stand where: a walk over the specification's types, for messages and for paths such as ``lists.x.until``."""

import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from scorelab.spec.quantity import Quantity


def bare(annotation: Any) -> Any:
    """The type without its metadata and without None."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        others = [kind for kind in get_args(annotation) if kind is not type(None)]
        return bare(others[0]) if len(others) == 1 else annotation
    return annotation


def model_of(annotation: Any) -> type[BaseModel] | None:
    """The model class of a place that holds one, else None."""
    kind = bare(annotation)
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def step(annotation: Any, part: str | int) -> Any:
    """The type one key or one position further down; None where there is no such thing."""
    model = model_of(annotation)
    if model is not None:
        fields = model.model_fields
        return fields[part].annotation if isinstance(part, str) and part in fields else None
    kind = bare(annotation)
    if get_origin(kind) is dict and isinstance(part, str):
        return get_args(kind)[1]
    if get_origin(kind) is list and isinstance(part, int):
        return get_args(kind)[0]
    return None


def walk(annotation: Any, path: tuple[str | int, ...]) -> Any:
    """The type at the end of a path; None where the path leaves the specification."""
    for part in path:
        annotation = step(annotation, part)
        if annotation is None:
            return None
    return annotation


def keys(annotation: Any) -> list[str]:
    """The keys that may stand here; none where the keys are the writer's own or this is no mapping."""
    model = model_of(annotation)
    if model is not None:
        return list(model.model_fields)
    kind = bare(annotation)
    if get_origin(kind) is dict:
        return words(get_args(kind)[0])
    return []


def words(annotation: Any) -> list[str]:
    """The words that may stand here, where it is a choice between words."""
    kind = bare(annotation)
    return [str(word) for word in get_args(kind)] if get_origin(kind) is Literal else []


def is_quantity(annotation: Any) -> bool:
    """Whether a number with its basis stands here."""
    return model_of(annotation) is Quantity


def is_scalar(annotation: Any) -> bool:
    """Whether one word, number, date or truth value stands here."""
    return model_of(annotation) is None and get_origin(bare(annotation)) not in (dict, list)
