"""JSON Schema of what a person writes, for editors that complete and check while one types."""

from typing import Any

from scorelab.spec.find import MODELS

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_QUANTITY = {"$ref": "#/$defs/Quantity"}


def json_schema(kind: str) -> dict[str, Any]:
    """The schema of a scheme, a society or an experiment. KeyError for another word.

    It says less than the check does: what must hold between two places of a file is beyond it.
    """
    schema = MODELS[kind].model_json_schema()
    schema = _with_bare_numbers(schema)
    return {"$schema": DRAFT, "title": f"scorelab {kind}", **{k: v for k, v in schema.items() if k != "title"}}


def _with_bare_numbers(node: Any) -> Any:
    """A quantity may also be written as a bare number; lists and mappings are gone through in order."""
    if isinstance(node, list):
        return [_with_bare_numbers(item) for item in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _with_bare_numbers(value) for key, value in node.items()}
    if changed.get("$ref") == _QUANTITY["$ref"]:
        rest = {key: value for key, value in changed.items() if key != "$ref"}
        return {"anyOf": [{"type": "number"}, dict(_QUANTITY)], **rest}
    return changed
