"""The description of the HTTP interface, for whoever wants to use it without the page."""

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

import scorelab
from scorelab.explorer.asked import (
    MOST_BYTES,
    ArrangeAsked,
    CheckAsked,
    EditAsked,
    LiveAsked,
    MeetAsked,
    StopAsked,
    TakeAsked,
)
from scorelab.report.background import LABORATORY

REF = "#/components/schemas/{model}"
ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "problems"],
            "properties": {
                "message": {"type": "string"},
                "problems": {"type": "array", "items": {"$ref": REF.format(model="Problem")}},
            },
        }
    },
}
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "One fault in one place of one file; line and column count from 1, and are 0 without a place.",
    "required": ["file", "line", "column", "message", "excerpt"],
    "properties": {
        "file": {"type": "string"},
        "line": {"type": "integer", "minimum": 0},
        "column": {"type": "integer", "minimum": 0},
        "message": {"type": "string"},
        "excerpt": {"type": "string"},
    },
}
LINE: dict[str, Any] = {
    "type": "object",
    "description": "One line. The last one is of picture, charts, life, ready, problems, refused, stopped or failed.",
    "required": ["event"],
    "properties": {"event": {"type": "string"}},
}
STREAMED = (
    "One JSON object a line, as it happens: waiting, working, preparing and progress, then the line that ends it:"
    " {last}, or problems (the files are wrong), refused (too large for a page), stopped, failed. A newer turn of the"
    " same tab, or a closed connection, stops the work."
)
GETS: dict[str, tuple[str, str]] = {
    "/api/about": ("What this is, and its limits", "application/json"),
    "/api/gallery": ("What can be opened: the catalogue, and the files and runs of the folder", "application/json"),
    "/api/glossary": ("The terms of the field in plain words", "application/json"),
    "/api/completion": ("What an editor can complete: schemas and words", "application/json"),
    "/openapi.json": ("This description", "application/json"),
}
NAMED: dict[str, tuple[str, tuple[str, ...], str]] = {
    "/api/open/{kind}/{name}": (
        "A document of the catalogue (scheme, experiment, society) or of the folder (file, run)",
        ("kind", "name"),
        "application/json",
    ),
    "/api/taken/{token}/{name}": ("A file that was made to be taken away", ("token", "name"), "*/*"),
    "/api/runs/{name}/report.html": ("The report of a finished run of the folder", ("name",), "text/html"),
}
POSTS: dict[str, tuple[str, type[BaseModel], str]] = {
    "/api/arrange": ("Make a document of some files, with what is put around a scheme or a society", ArrangeAsked, ""),
    "/api/check": (
        "What is wrong with a document, its plain controls, and what was changed of its original",
        CheckAsked,
        "",
    ),
    "/api/edit": (
        "A document with changes written into its texts, comments kept; and all that check says",
        EditAsked,
        "",
    ),
    "/api/live": ("Live a document and tell its picture", LiveAsked, "picture"),
    "/api/charts": ("Live a document and draw every picture of its report, as Vega-Lite", LiveAsked, "charts"),
    "/api/meet": ("One synthetic person, lived again in every world", MeetAsked, "life"),
    "/api/take": ("Make the report or the tables of a document, to be taken away", TakeAsked, "ready"),
    "/api/stop": ("Give up what a tab asked for", StopAsked, ""),
}


@cache
def described() -> dict[str, Any]:
    """The whole description, OpenAPI 3.1."""
    models: set[type[BaseModel]] = {model for _, model, _ in POSTS.values()}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "validation") for model in ordered], ref_template=REF)
    paths: dict[str, Any] = {}
    for path, (words, kind) in GETS.items():
        paths[path] = {"get": _operation(path, words, _responses(kind, {"type": "object"}, ()))}
    for path, (words, names, kind) in NAMED.items():
        parameters = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
            for name in names
        ]
        schema = {"type": "object"} if kind == "application/json" else {}
        operation = _operation(path, words, _responses(kind, schema, ("404", "409", "422", "503")))
        paths[path] = {"get": {**operation, "parameters": parameters}}
    for path, (words, model, last) in POSTS.items():
        kind = "application/x-ndjson" if last else "application/json"
        faults = ("400", "403", "408", "413", "415", "422", "503")
        operation = _operation(
            path, words, _responses(kind, {"type": "string"} if last else {"type": "object"}, faults)
        )
        body = {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": REF.format(model=model.__name__)}}},
        }
        paths[path] = {"post": {**operation, "requestBody": body}}
        if last:
            paths[path]["post"]["description"] = STREAMED.format(last=last)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The explorer of scorelab",
            "version": scorelab.__version__,
            "description": f"{LABORATORY} It listens on 127.0.0.1 alone. A body has at most {MOST_BYTES:,} bytes.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": {**schemas.get("$defs", {}), "Problem": PROBLEM, "Error": ERROR, "Line": LINE}},
    }


def _operation(path: str, words: str, responses: dict[str, Any]) -> dict[str, Any]:
    name = path.removeprefix("/api/").replace("{", "").replace("}", "").replace("/", "-").replace(".", "-")
    return {"operationId": name.strip("-"), "summary": words, "responses": responses}


def _responses(kind: str, schema: dict[str, Any], faults: tuple[str, ...]) -> dict[str, Any]:
    words = {
        "400": "The request ended too early",
        "403": "Not from the explorer's own page",
        "404": "There is none of that name",
        "405": "Another method",
        "408": "The body took too long",
        "409": "It could not be finished",
        "413": "The body is too large",
        "415": "The body is not JSON",
        "421": "Another host was meant",
        "422": "The body or a file in it is wrong",
        "503": "Too many wait",
    }
    error = {"application/json": {"schema": {"$ref": REF.format(model="Error")}}}
    found: dict[str, Any] = {"200": {"description": "As asked", "content": {kind: {"schema": schema}}}}
    return found | {code: {"description": words[code], "content": error} for code in sorted({*faults, "405", "421"})}
