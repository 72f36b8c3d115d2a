"""``scorelab schema``: the JSON Schema of a file, for editors."""

import json

import typer

from scorelab.cli.console import guarded
from scorelab.cli.new import Kind


@guarded
def schema(kind: Kind = typer.Argument(..., help="Of which file.")) -> None:
    """Print the JSON Schema of a kind of file, so that an editor can complete and check it."""
    from scorelab.spec.schema import json_schema

    print(json.dumps(json_schema(kind.value), indent=2, ensure_ascii=False))  # noqa: T201
