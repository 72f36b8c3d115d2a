"""The report: one HTML file that needs nothing but itself."""

from collections.abc import Callable
from pathlib import Path

from scorelab.charts.numbers import two_figures, written
from scorelab.ledger.text import write_text
from scorelab.measures import Cell
from scorelab.report import (
    assumed,
    background,
    claims,
    conduct,
    fairness,
    flow,
    law,
    lives,
    mechanisms,
    national,
    parts,
    questions,
    sections,
    shell,
)
from scorelab.report.asked import box
from scorelab.report.context import Context, load
from scorelab.report.findings import length
from scorelab.report.inputs import inputs
from scorelab.report.markup import Html, join, tag, text
from scorelab.report.sections import Section

FILE = "report.html"
Make = Callable[[Context], Section | None]
PARTS: tuple[tuple[str, tuple[Make, ...]], ...] = (
    ("What came out", (sections.what_came_out, flow.flow, sections.over_time, claims.claims)),
    ("Who pays", (sections.denied, sections.groups, fairness.fairness, sections.lists, mechanisms.score)),
    (
        "By mistake, and for others",
        (sections.causes, sections.wrongful, sections.others, sections.sources, lives.section),
    ),
    ("What people do", (conduct.conduct, conduct.chilling)),
    (
        "What follows",
        (mechanisms.work, mechanisms.chances, mechanisms.process, mechanisms.without, parts.shares, parts.spillover),
    ),
    ("For an assessment", (law.article_5, law.article_27)),
    ("How sure this is", (assumed.section, background.checks, background.assumptions)),
    ("How it was made", (background.what_was_run, background.society, background.definitions, background.works)),
    ("The country", (national.section,)),
)
"""The page in the order in which it is read: parts, and the sections of each."""


def write(run_dir: Path) -> Path:
    """Write the report of a finished run into its folder, whole or not at all, and return its path.

    Raises RunError where the folder holds no run or its measures have not been computed.
    """
    return write_text(run_dir / FILE, html(load(run_dir)))


def html(context: Context) -> str:
    """The page as text."""
    title = str(context.run.resolved["title"])
    made = [(name, [one for make in makes if (one := make(context)) is not None]) for name, makes in PARTS]
    parts = [part for part in made if part[1]]

    def under(name: str) -> Html:
        """What was asked of a section and what the answer is, below its heading."""
        return box(questions.asked(context, name))

    return shell.page(title, _header(context, title), parts, under)


def _header(context: Context, title: str) -> Html:
    failed = [gate.name for gate in context.gates if gate.status == "fails"]
    alarm = (
        tag(
            "p",
            text(f"A gate fails ({', '.join(failed)}): do not trust these numbers before you know why."),
            class_="alarm",
        )
        if failed
        else Html("")
    )
    return tag(
        "header",
        tag("p", text("scorelab · a laboratory for social-credit systems"), class_="kicker"),
        tag("h1", text(title)),
        tag("p", text(str(context.run.resolved["about"])), class_="standfirst"),
        _about(context),
        tag("p", text(background.LABORATORY), class_="laboratory"),
        alarm,
        _tiles(context),
        tag(
            "aside",
            tag("h2", text("What is not modelled")),
            background.left_out(context),
            aria_label="What is not modelled",
        ),
    )


def _of_all(context: Context, standing: str) -> str:
    """Of how many acts of the reference world, as the beginning of a phrase."""
    there = context.measures.one("acts", context.run.against, None, Cell(item=standing))
    return "" if there is None or not there.value else f"of {two_figures(there.value, 3)} "


def _about(context: Context) -> Html:
    """What the schemes of the focus are, in the words of their files."""
    schemes = [scheme for scheme in context.run.world(context.run.focus).schemes if scheme.about]
    return join(*(tag("p", tag("b", text(f"{one.title}. ")), text(one.about), class_="about") for one in schemes))


def _resting(context: Context) -> str:
    """On how many assumed numbers everything below rests, in a sentence."""
    found = inputs(context.run)
    assumed = sum(entry.basis == "assumed" for entry in found)
    if not assumed:
        return ""
    answers = [entry.basis == "assumed" for entry in found if entry.part == "response"]
    response = f", {sum(answers)} of the {len(answers)} about how people respond among them" if any(answers) else ""
    return f"{assumed:,} of the {len(found):,} numbers that went in are assumed{response}."


def _tiles(context: Context) -> Html:
    wanted = (
        ("restricted_person_years", None, Cell(), "of 100,000 adults are on a list in an average week"),
        ("ever_denied", None, Cell(), f"of 100,000 persons are denied something at least once in {length(context)}"),
        ("wrongful_pivotal", None, Cell(), "denials a year, for 100,000 persons, rest on false records alone"),
        (
            *("acts_net_prevented", context.run.against, Cell(item="unlawful")),
            f"{_of_all(context, 'unlawful')}unlawful acts a year, for 100,000 adults, do not happen, net",
        ),
        (
            *("acts_net_prevented", context.run.against, Cell(item="lawful")),
            f"{_of_all(context, 'lawful')}lawful acts a year, for 100,000 adults, are given up, net",
        ),
    )
    tiles = []
    for measure, against, cell, words in wanted:
        row = context.of_focus(measure, against, cell)
        if row is None or row.value is None:
            continue
        value, interval = written(row.value, row.chance_low, row.chance_high)
        shown = [tag("b", text(value)), tag("span", text(words))]
        if interval:
            shown.append(tag("small", text(interval)))
        for world in context.other_systems:
            other = context.measures.one(measure, world.name, against, cell)
            if other is not None and other.value is not None:
                number, ends = written(other.value, other.chance_low, other.chance_high)
                parts = [text(f"{world.title}: "), tag("b", text(number)), text(f" ({ends})" if ends else "")]
                shown.append(tag("small", *parts, class_="beside"))
        tiles.append(tag("li", *shown))
    if not tiles:
        return Html("")
    told = f"In the world “{context.focus}”, among synthetic people. {_resting(context)}"
    intro = tag("p", text(told.strip()), class_="tiles-intro")
    return join(intro, tag("ul", *tiles, class_="tiles"))
