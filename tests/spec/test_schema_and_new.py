"""What is handed to people who write files: schemas for their editors, and files to start from."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scorelab.errors import InputError
from scorelab.spec.find import MODELS, catalogue
from scorelab.spec.load import check, resolve
from scorelab.spec.new import starter
from scorelab.spec.schema import DRAFT, json_schema
from scorelab.spec.text import read

KINDS = list(MODELS)


def _fits(value: Any, schema: Any, definitions: Any) -> bool:
    """As much of JSON Schema as ours use."""
    if "$ref" in schema:
        return _fits(value, definitions[schema["$ref"].rsplit("/", 1)[1]], definitions)
    if "anyOf" in schema and not any(_fits(value, option, definitions) for option in schema["anyOf"]):
        return False
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        return False
    match schema.get("type"):
        case "object":
            return _mapping_fits(value, schema, definitions)
        case "array":
            return isinstance(value, list) and all(_fits(item, schema.get("items", {}), definitions) for item in value)
        case "string":
            return isinstance(value, str) or "format" in schema
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "null":
            return value is None
    return True


def _mapping_fits(value: Any, schema: Any, definitions: Any) -> bool:
    if not isinstance(value, dict) or not set(schema.get("required", ())) <= set(value):
        return False
    for key, item in value.items():
        inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", True))
        for pattern, of_pattern in schema.get("patternProperties", {}).items():
            inner = of_pattern if re.search(pattern, key) else False
        if inner is False or (inner is not True and not _fits(item, inner, definitions)):
            return False
    return True


@pytest.mark.parametrize("entry", catalogue(), ids=lambda entry: entry.name)
def test_the_catalogue_fits_its_schema(entry: Any) -> None:
    schema = json_schema(entry.kind)
    data = read(entry.path).data
    assert _fits(data, schema, schema["$defs"])
    assert not _fits({**data, "colour": 1}, schema, schema["$defs"]), "an editor must see unknown keys"
    assert not _fits({**data, "format": 2}, schema, schema["$defs"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_json_and_says_what_its_parts_mean(kind: str) -> None:
    schema = json.loads(json.dumps(json_schema(kind)))
    assert schema["$schema"] == DRAFT
    assert schema["description"] and schema["title"] == f"scorelab {kind}"
    for name, definition in schema["$defs"].items():
        assert definition.get("description"), name


def test_a_number_may_stand_alone_for_an_editor_too() -> None:
    schema = json_schema("scheme")
    watches = schema["$defs"]["Source"]["properties"]["watches"]["patternProperties"]
    assert all({"type": "number"} in chance["anyOf"] for chance in watches.values())


@pytest.mark.parametrize("kind", KINDS)
def test_a_starter_passes_the_check_as_it_stands(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"{kind}.yaml"
    file.write_text(starter(kind, "my-own"))
    assert check([file]) == []
    assert read(file).data[kind] == "my-own"
    if kind != "society":
        assert resolve(str(file)).name == "my-own"


def test_a_starter_explains_itself() -> None:
    for kind in KINDS:
        text = starter(kind, "my-own")
        assert text.count("#") > 8 and max(len(line) for line in text.split("\n")) <= 120


@pytest.mark.parametrize("name", ["My Scheme", "", "a" * 41, "über", "x_y", "1x", "../x", "a\nb"])
def test_a_starter_refuses_what_is_no_name(name: str) -> None:
    with pytest.raises(InputError, match="is not a name"):
        starter("scheme", name)


def test_a_starter_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InputError, match="did you mean 'scheme'"):
        starter("schema", "my-own")
