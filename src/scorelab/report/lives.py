"""Lives in the report: one that was harmed and one by lot from all, as the run wrote them down; none is lived here."""

import re

from scorelab.charts.lives import MARKS, NARROW, WIDE, marks_of, symbol, timeline
from scorelab.lives.file import read
from scorelab.lives.life import INVENTED, Life
from scorelab.report.context import Context
from scorelab.report.markup import Html, join, paragraph, tag, text
from scorelab.report.sections import Section

INLINE = 700
"""Width of the picture in the column of the report."""


def section(context: Context) -> Section | None:
    """Two short accounts with their pictures: the first of the harmed, and the random one; None without lives.json."""
    lives = read(context.run.run_dir, str(context.run.manifest["digest"]))
    harmed = [life for life in lives if life.chosen.kind not in ("random", "named")]
    other = [life for life in lives if life.chosen.kind == "random"]
    if not harmed or not other:
        return None
    intro = paragraph(
        "Two of the synthetic people, lived again in every world with the same luck. One was harmed; beside it stands"
        " one that was drawn from all, since a life picked for its harm does not say how common such lives are."
    )
    return "lives", "Two lives", join(intro, *(_told(life) for life in (harmed[0], other[0])))


def _told(life: Life) -> Html:
    return tag(
        "article",
        tag("h3", text(f"{INVENTED}"), class_="invented"),
        tag("p", text(life.chosen.words), class_="note"),
        *map(paragraph, paragraphs(life)),
        picture(life, INLINE),
        class_="life",
    )


def paragraphs(life: Life) -> list[str]:
    """The account in three parts: who, the focus world, the others."""
    who, *told = life.account
    cut = next((n for n, sentence in enumerate(told) if sentence.startswith("In these ")), len(told) - 1)
    return [part for part in (who, " ".join(told[: cut + 1]), " ".join(told[cut + 1 :])) if part]


def picture(life: Life, wide: int = WIDE) -> Html:
    """The timeline in two widths, of which the page shows the one that fits, and the legend of its shapes."""
    used = {name for group in life.alike() for _, name in marks_of(life, group[0].name)}
    keys = [tag("li", Html(symbol(mark.name)), text(f" {mark.words}")) for mark in MARKS if mark.name in used]
    words = "What happened in each world, week by week; the account says the same in words."
    return tag(
        "figure",
        tag("figcaption", tag("span", text(words))),
        tag("ul", *keys, class_="keys") if keys else Html(""),
        tag("div", _own(life, "wide", timeline(life, wide)), class_="at-wide"),
        tag("div", _own(life, "narrow", timeline(life, NARROW)), class_="at-narrow"),
        class_="timeline",
    )


def _own(life: Life, variant: str, drawing: str) -> Html:
    """Names inside a drawing made its own, since several drawings share one page."""
    return Html(re.sub(r'\bid="([^"]+)"', rf'id="{life.who.id}-{variant}-\1"', drawing))
