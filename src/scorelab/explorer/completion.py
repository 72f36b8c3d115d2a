"""What an editor can complete: the schemas of what a person writes, and the words of the catalogue's societies."""

from functools import cache
from typing import Any

from pydantic import BaseModel

from scorelab.spec import defaults, shape
from scorelab.spec.find import MODELS, catalogue, opened
from scorelab.spec.places import mapping
from scorelab.spec.schema import json_schema
from scorelab.spec.scheme import Scheme
from scorelab.words import Tie

DEEPEST = 8


@cache
def completion() -> dict[str, Any]:
    """Schemas by kind, words by what they are, and what each key means by its path with ``*`` for a name or a place."""
    return {
        "schema": {kind: json_schema(kind) for kind in MODELS},
        "words": _words(),
        "explains": {kind: dict(sorted(_explained(model).items())) for kind, model in MODELS.items()},
    }


def _words() -> dict[str, list[Any]]:
    """The words of all societies of the catalogue, each once."""
    found: dict[str, dict[str, dict[str, str]]] = {"behaviours": {}, "services": {}, "exposures": {}, "attributes": {}}
    for entry in catalogue():
        if entry.kind != "society":
            continue
        society = mapping(opened(entry.path).data)
        for part, words in found.items():
            for name, one in mapping(society.get(part)).items():
                said: dict[str, str] = {
                    key: str(mapping(one)[key]) for key in ("title", "standing", "domain") if key in mapping(one)
                }
                words.setdefault(name, {"name": name, "title": defaults.title(name)} | said)
    words_of: dict[str, list[Any]] = {part: list(words.values()) for part, words in found.items()}
    kinds = shape.words(shape.walk(Scheme, ("sources", "*", "kind")))
    return {**words_of, "sources": kinds, "ties": ["self", *(tie.name for tie in Tie)], "catalogue": _names()}


def _names() -> list[dict[str, str]]:
    return [{"name": entry.name, "title": entry.title, "kind": entry.kind} for entry in catalogue()]


def _explained(model: type[BaseModel], before: str = "", deep: int = 0) -> dict[str, str]:
    """What each key of a model, and of all that is in it, means."""
    found: dict[str, str] = {}
    if deep >= DEEPEST:
        return found
    for name, field in model.model_fields.items():
        path = f"{before}{name}"
        if field.description:
            found[path] = field.description
        annotation = field.annotation
        for step in ("", ".*"):
            inner = shape.model_of(annotation if not step else shape.step(annotation, "*" if _named(annotation) else 0))
            if inner is not None and not shape.is_quantity(annotation):
                found |= _explained(inner, f"{path}{step}.", deep + 1)
                break
    return found


def _named(annotation: Any) -> bool:
    """Whether what is inside is called by names, not by places."""
    return shape.step(annotation, "*") is not None
