"""The experiment that is meant where only a scheme is named."""

import datetime
from pathlib import Path
from typing import Any

from scorelab.spec.scheme import Scheme
from scorelab.spec.text import Document

TEMPLATE_WEEKS = 208
_BESIDE = "Lived beside the same years of the same people without it, and without its parts."


def template(scheme: Document, path: Path, word: str = "") -> Document:
    """The experiment that is meant where only a scheme is named: it starts with the week in which the scheme does.

    Its worlds call the scheme by the ``word``, by default the whole path of the file.
    """
    data: dict[str, Any] = scheme.data
    in_force = data.get("in_force")
    day = in_force if isinstance(in_force, datetime.date) else datetime.date(2018, 1, 1)
    worlds: dict[str, Any] = {
        "no-scheme": {"title": "No scheme"},
        "as-written": {"title": "As written", "schemes": [word or str(path.absolute())]},
        "as-written-again": {"title": "As written, again", "like": "as-written"},
        "without-false-records": {"title": "Without false records", "like": "as-written", "without": ["false_records"]},
        "without-ties": {"title": "Without ties", "like": "as-written", "without": ["ties"]},
        "placebo": {"title": "Fresh chance for false records", "like": "as-written", "placebo": True},
    }
    title, society = data.get("title"), data.get("society")
    about = data.get("about")
    about = about if isinstance(about, str) else ""
    experiment = {
        "format": 1,
        "experiment": data.get("scheme"),
        "title": title if isinstance(title, str) else "",
        "about": f"{about.strip()} {_BESIDE}".strip(),
        "society": society if isinstance(society, str) else Scheme.model_fields["society"].default,
        "start": day - datetime.timedelta(days=day.weekday()),
        "weeks": TEMPLATE_WEEKS,
        "worlds": worlds,
        "against": "no-scheme",
        "focus": "as-written",
    }
    return Document(f"the template experiment around {path.name}", [], experiment)
