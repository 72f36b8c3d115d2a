"""What every page of scorelab is held in: one file that needs nothing but itself, its contents, and its last line."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from importlib import resources

from scorelab.charts.render import script
from scorelab.report.background import LABORATORY
from scorelab.report.markup import Html, join, paragraph, tag, text
from scorelab.report.sections import Section

Parts = Sequence[tuple[str, Sequence[Section]]]
"""The sections of a page in their order, part by part; a part without a name has no line in the contents."""


def _nothing(_: str) -> Html:
    return Html("")


def page(title: str, header: Html, parts: Parts, under: Callable[[str], Html] = _nothing) -> str:
    """A page as text: the header, a list of its sections, and these; ``under`` gives what follows their headings."""
    sections = [section for _, of_it in parts for section in of_it]
    style, scripts = _file("style.css"), (script().replace("</script", "<\\/script"), _file("hydrate.js"))
    policy = (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))}; style-src 'unsafe-inline'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )
    head = join(
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content="scorelab"),
        tag("meta", name="description", content=LABORATORY),
        tag("title", text(f"{title} – scorelab")),
        tag("style", Html(style)),
    )
    body = join(
        tag("a", text("Skip to the findings"), href="#findings", class_="skip"),
        header,
        tag("div", _contents(parts), tag("main", *(_section(one, under) for one in sections)), class_="page"),
        tag("footer", paragraph(LABORATORY)),
        *(tag("script", Html(one), type="module") for one in scripts),
    )
    return "<!DOCTYPE html>\n" + tag("html", tag("head", head), tag("body", body), lang="en") + "\n"


def _file(name: str) -> str:
    return resources.files("scorelab.report").joinpath(name).read_text(encoding="utf-8")


def _hash(script_text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(script_text.encode()).digest()).decode() + "'"


def _section(section: Section, under: Callable[[str], Html]) -> Html:
    name, heading, contents = section
    above = tag("h2", text(heading), id=f"{name}-heading")
    return tag("section", above, under(name), contents, id=name, aria_labelledby=f"{name}-heading")


def _contents(parts: Parts) -> Html:
    lists = []
    for name, found in parts:
        links = [tag("li", tag("a", text(heading), href=f"#{section}")) for section, heading, _ in found]
        if links:
            lists.append(join(tag("p", text(name)) if name else Html(""), tag("ol", *links)))
    return tag("nav", tag("h2", text("On this page")), *lists, aria_label="On this page")
