"""The lines that a page hears of its work: one JSON object each, the last of which says how it ended."""

import json
from typing import Any

from scorelab.errors import Problem

FAILED, REFUSED, PROBLEMS = "failed", "refused", "problems"


def line(event: str, **more: Any) -> bytes:
    """One line, with what happened under ``event``."""
    return json.dumps({"event": event, **more}, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def problem(found: Problem) -> dict[str, Any]:
    """A problem as the page shows it."""
    return {
        "file": found.file,
        "line": found.line,
        "column": found.column,
        "message": found.message,
        "excerpt": found.excerpt,
    }


STOPPED = line("stopped")
