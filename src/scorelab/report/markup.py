"""HTML from Python values: text is always escaped, markup never is, and the two have different types."""

import html
import re
from typing import NewType

Html = NewType("Html", str)
"""Text that is already markup."""

_VOID = frozenset({"meta", "br", "hr", "link", "col", "wbr"})


def text(value: object) -> Html:
    """Any value as text."""
    return Html(html.escape(str(value), quote=True))


def join(*parts: Html) -> Html:
    """Pieces of markup one after the other."""
    return Html("".join(parts))


def tag(name: str, /, *children: str | Html, **attributes: str | None) -> Html:
    """An element. Children made by this module are markup; use :func:`text` for what is not.

    ``class_`` and ``for_`` lose their underscore, other underscores become hyphens; an attribute that is None is left
    out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{''.join(children)}</{name}>")


def breakable(value: object) -> Html:
    """A name of several words as text that a narrow column breaks between its words only."""
    return Html(re.sub(r"([._/-])(?=\w)", r"\1<wbr>", text(value)))


def paragraph(words: object) -> Html:
    return tag("p", text(words))


def bullets(items: list[Html]) -> Html:
    return tag("ul", *(tag("li", item) for item in items))


def table(
    caption: str, head: list[str], rows: list[list[Html]], *, numbers: int = 0, class_: str | None = None
) -> Html:
    """A table with a caption; the last ``numbers`` columns hold numbers, the first cell of a row is its header."""
    first = len(head) - numbers

    def kind(column: int) -> str | None:
        return "n" if column >= first else None

    # A column without a name has no header: an empty one would be read out as one.
    header = tag(
        "tr",
        *(tag("th", text(word), scope="col", class_=kind(i)) if word else tag("td") for i, word in enumerate(head)),
    )
    body = [
        tag(
            "tr",
            *(
                tag("th", cell, scope="row") if column == 0 else tag("td", cell, class_=kind(column))
                for column, cell in enumerate(row)
            ),
        )
        for row in rows
    ]
    above = tag("caption", tag("span", text(caption)))
    whole = tag("table", above, tag("thead", header), tag("tbody", *body), class_=class_)
    return tag("div", whole, class_="wide", tabindex="0", role="region", aria_label=caption)
