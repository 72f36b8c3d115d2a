"""The page of one life: one HTML file that needs nothing but itself."""

from importlib import resources
from pathlib import Path

from scorelab.ledger.text import write_text
from scorelab.lives.life import ALONE, INVENTED, Event, Life
from scorelab.report.background import LABORATORY
from scorelab.report.lives import paragraphs, picture
from scorelab.report.markup import Html, bullets, join, paragraph, table, tag, text

FOLDER = "lives"
MOST_ROWS = 400
"""Rows of the table of events on the page; the others are in the data."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def write(run_dir: Path, life: Life, others: list[Life] | None = None) -> Path:
    """Write the page of a life into the run's folder and return its path; ``others`` are told below it, in short."""
    suffix = "-alone" if any(world.name == ALONE for world in life.worlds) else ""
    return write_text(run_dir / FOLDER / f"{life.who.id}{suffix}.html", html(life, others or []))


def html(life: Life, others: list[Life]) -> str:
    """The page as text."""
    style = resources.files("scorelab.report").joinpath("style.css").read_text(encoding="utf-8")
    head = join(
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content="scorelab"),
        tag("meta", name="description", content=f"{INVENTED} {LABORATORY}"),
        tag("title", text(f"{INVENTED} {life.who.id} – scorelab")),
        tag("style", Html(style)),
    )
    header = tag(
        "header",
        tag("p", text("scorelab · a laboratory for social-credit systems"), class_="kicker"),
        tag("h1", text(INVENTED), class_="invented-title"),
        tag("p", text(life.account[0]), class_="standfirst"),
        tag("p", tag("b", text(f"{life.who.id}. ")), text(life.chosen.words), class_="about"),
        tag("p", text(LABORATORY), class_="laboratory"),
    )
    sections = [
        tag("section", tag("h2", text("The life in every world")), picture(life)),
        tag("section", tag("h2", text("The account")), *map(paragraph, paragraphs(life)[1:])),
        tag("section", tag("h2", text("What happened")), _events(life)),
    ]
    sections += [_beside(one) for one in others]
    body = join(header, tag("div", tag("main", *sections), class_="page one"), tag("footer", paragraph(LABORATORY)))
    return "<!DOCTYPE html>\n" + tag("html", tag("head", head), tag("body", body), lang="en") + "\n"


def _beside(life: Life) -> Html:
    return tag(
        "section",
        tag("h2", text(f"Beside it: {life.who.id}")),
        tag("p", tag("b", text(f"{INVENTED} ")), text(life.chosen.words), class_="note"),
        bullets([text(sentence) for sentence in life.account]),
        class_="beside-life",
    )


def telling(life: Life) -> list[tuple[Event, list[str]]]:
    """Events with the worlds in which they are the same: those that differ between worlds, or that a scheme made."""
    found: dict[tuple[object, ...], tuple[Event, list[str]]] = {}
    for event in life.happened:
        told = (event.week, event.what, event.about, event.outcome, event.source, event.truth, event.because)
        key = (*told, event.status, event.tie, event.points, event.case)
        found.setdefault(key, (event, []))[1].append(event.world)
    everywhere = len(life.worlds)
    plain = ("occasion", "need", "work", "arrears")
    return [(event, worlds) for event, worlds in found.values() if event.what not in plain or len(worlds) < everywhere]


def _events(life: Life) -> Html:
    told = telling(life)
    titles = {world.name: world.title for world in life.worlds}
    rows = []
    for event, worlds in told[:MOST_ROWS]:
        where = "all worlds" if len(worlds) == len(life.worlds) else "; ".join(titles[name] for name in worlds)
        rows.append(
            [text(f"{life.date(event.week):%d %b %Y}"), text(event.what), text(described(life, event)), text(where)]
        )
    whole = table(
        "Events that differ between the worlds, or that a scheme made", ["Week of", "What", "About", "Where"], rows
    )
    more = len(told) - len(rows)
    note = f" {more:,} later ones are left out here." if more > 0 else ""
    words = "What is the same in every world and no scheme's doing is not in the table."
    everything = join(text(f"{words}{note} "), tag("code", text("scorelab life --json")), text(" gives everything."))
    return join(tag("p", everything), whole)


def described(life: Life, event: Event) -> str:
    """An event in a few words."""
    names = dict(life.said)
    about = names.get(event.about, event.about.replace("-", " "))
    words = [about, event.outcome.replace("-", " ")]
    if event.truth:
        words.append(f"{event.truth} record")
    if event.status:
        words.append(f"status: {names.get(event.status, event.status)}")
    if event.because:
        words.append(f"for {names.get(event.because, event.because)}")
    if event.source:
        words.append(f"source: {names.get(event.source, event.source)}")
    if event.tie:
        words.append("points of ties" if event.tie == "points" else f"through a {event.tie}")
    if event.points:
        words.append(f"{event.points:+d} points")
    return ", ".join(word for word in words if word)
