"""What a simulation can say to two articles of the EU AI Act: indicators and an outline, never a verdict."""

from collections.abc import Iterator

from scorelab.charts.numbers import two_figures
from scorelab.measures import Cell
from scorelab.measures.flow import BETWEEN
from scorelab.report.asked import Asked, box, counts, share
from scorelab.report.context import Context, number, plain
from scorelab.report.findings import length
from scorelab.report.inputs import inputs
from scorelab.report.markup import Html, bullets, join, paragraph, table, tag, text
from scorelab.report.sections import Section, denied_by_group
from scorelab.spec.scheme import Scheme

NO_ADVICE = (
    "No legal advice. Whether an article applies depends on facts that no simulation knows. These are indicators from"
    " simulated outcomes, and no verdict."
)
NOTHING_KNOWN = "A simulation cannot know this."


GRAVITY_WORDS = {
    "0": "lawful, or nothing happened",
    "1": "minor",
    "2": "serious",
    "3": "like a crime",
}


def _schemes(context: Context) -> tuple[Scheme, ...]:
    return context.run.world(context.run.focus).left.schemes


def _some(words: list[str], most: int = 6) -> str:
    """A list in words, cut off where it is long."""
    shown = words[:most] + ([f"{len(words) - most} more"] if len(words) > most else [])
    return ", ".join(shown[:-1]) + (" and " if len(shown) > 1 else "") + shown[-1] if shown else "none"


def _said(context: Context, name: str) -> str:
    """A name as it stands within a sentence."""
    words = context.run.said(name)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _few(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def recorded(context: Context) -> list[str]:
    """Behaviours that some source of the focus watches."""
    return sorted({name for scheme in _schemes(context) for one in scheme.sources.values() for name in one.watches})


def _denied_and_unrelated(context: Context) -> tuple[int, int]:
    """Denials in the whole run, and those for a record from another part of life."""
    denied, apart = context.of_focus("needs_denied"), context.of_focus("unrelated_context")
    return (denied.numerator or 0 if denied else 0), (apart.numerator or 0 if apart else 0)


def questions(context: Context) -> Iterator[Asked]:
    """What a reader asks of the section about Article 5."""
    denied, apart = _denied_and_unrelated(context)
    yield from share(
        "Does one part of life close doors in another?",
        apart,
        denied,
        "denials go back to another part of life, as the society's file divides life into parts",
    )
    nothing = context.of_focus("denials_by_gravity_share", None, Cell(item="0"))
    yield from counts(
        "Is anything lost for what is allowed, or never was?",
        nothing,
        "of 100 denials are for a lawful act or for none",
    )
    watched = recorded(context)
    lawful = sum(context.run.standing.get(name) != "unlawful" for name in watched)
    words = f"of the {_few(len(watched), 'behaviour')} that the sources watch are lawful"
    yield Asked("Does it watch what is allowed?", str(lawful), words)


def _elements(context: Context) -> list[list[Html]]:
    """The parts of Article 5(1)(c) and what this run can say about each."""
    schemes, run = _schemes(context), context.run
    watched = recorded(context)
    lawful = [_said(context, name) for name in watched if run.standing.get(name) != "unlawful"]
    domains = sorted({run.behaviour_domain[name].replace("-", " ") for name in watched})
    ever = context.of_focus("ever_denied")
    names = [name for scheme in schemes for name in scheme.lists if name not in run.world(run.focus).red]
    stays = [(name, context.of_focus("list_weeks", None, Cell(item=name))) for name in names]
    selects = any(one.selects is not None for scheme in schemes for one in scheme.sources.values())
    over = []
    if any(scheme.score is not None for scheme in schemes):
        over.append("a score is kept of each person for the whole time")
    over += [
        f"stays on the list {run.said(name)} that ended had lasted {plain(row)} weeks" for name, row in stays if row
    ]
    denied, apart = _denied_and_unrelated(context)
    first = (
        f"{two_figures(100.0 * apart / denied)} of 100 denials ({apart:,} of {denied:,}); see below." if denied else ""
    )
    return [
        [
            text("An AI system is placed on the market, put into service or used"),
            text(f"{NOTHING_KNOWN} A scheme is a file of rules; how an office would build it is not in it."),
        ],
        [
            text("that evaluates or classifies people over a certain period of time"),
            text(f"{'; '.join(over).capitalize()}." if over else "Nothing is kept about anybody."),
        ],
        [
            text("by their social behaviour, or by known, inferred or predicted personal characteristics"),
            text(
                f"{_few(len(watched), 'behaviour')} in {_few(len(domains), 'part')} of life are watched:"
                f" {_some(domains)}."
                + (f" {len(lawful)} of them are lawful: {_some(lawful)}." if lawful else " All of them are unlawful.")
                + (" A source selects people by what they are." if selects else "")
            ),
        ],
        [
            text("and the score leads to detrimental treatment"),
            text(
                f"{plain(ever)} of 100,000 persons are denied something at least once in {length(context)}."
                if ever is not None and ever.value
                else f"In {length(context)}, nobody is denied anything."
            ),
        ],
        [text("(i) in social contexts unrelated to those in which the data arose, or"), text(first or "No denials.")],
        [
            text("(ii) that is unjustified or disproportionate to the behaviour or its gravity"),
            text("See the losses by gravity below." if denied else "No denials."),
        ],
    ]


def article_5(context: Context) -> Section:
    """The two legs of Article 5(1)(c) as indicators."""
    whole = table(
        "What Article 5(1)(c) of Regulation (EU) 2024/1689 asks, and what this run can say",
        ["The article speaks of a case in which ...", "Indicator in this run, among synthetic people"],
        _elements(context),
    )
    return (
        "article-5",
        "For Article 5(1)(c) of the EU AI Act: two indicators",
        join(
            paragraph(NO_ADVICE),
            box(list(questions(context))),
            whole,
            *_first_leg(context),
            *_second_leg(context),
        ),
    )


def _first_leg(context: Context) -> list[Html]:
    """Of 100 denials, from which part of life to which."""
    cells = {
        tuple(str(row.item).split(BETWEEN)): row
        for row in context.measures.where("denials_by_domain", world=context.run.focus)
    }
    if not cells:
        return []
    causes, services = (sorted({pair[end] for pair in cells}) for end in (0, 1))
    rows = []
    for cause in causes:
        found = [(service == cause, cells.get((cause, service))) for service in services]
        shown = [number(row) if row is not None else text("0") for _, row in found]
        marked = [tag("b", one) if same else one for one, (same, _) in zip(shown, found, strict=True)]
        rows.append([text(cause.replace("-", " ")), *marked])
    whole = table(
        f"Leg (i): of 100 denials, from which part of life to which, {context.named}",
        ["The record is about", *(f"refused: {service.replace('-', ' ')}" for service in services)],
        rows,
        numbers=len(services),
        class_="dense",
    )
    note = paragraph(
        "In bold: record and service belong to the same part of life. What the parts of life are is said in the"
        " society's file; finer parts make more of the denials unrelated, coarser ones fewer."
    )
    return [whole, note]


def _second_leg(context: Context) -> list[Html]:
    """Losses by how grave the act is that they are for."""
    columns = {
        "Denials a year, per 100,000 persons": "denials_by_gravity",
        "Of 100 denials": "denials_by_gravity_share",
        "Denials for each 1,000 acts": "denials_per_act",
        "Points taken a year, per 100 adults": "points_taken_by_gravity",
    }
    found = {band: [context.shown(name, None, Cell(item=band)) for name in columns.values()] for band in GRAVITY_WORDS}
    if not any(row is not None and row.value for cells in found.values() for row in cells):
        return []
    whole = table(
        f"Leg (ii): what is lost for acts of different gravity, {context.named}",
        ["Gravity of the act", *columns],
        [[text(GRAVITY_WORDS[band]), *map(number, cells)] for band, cells in found.items()],
        numbers=len(columns),
    )
    note = paragraph(
        "How grave an act is, is declared in the society's file and assumed in the catalogue. Each band stands by"
        " itself, so that whoever reads an act as graver or lighter can move it. For what is lawful or never happened"
        " no proportion is defined; what is lost for it is shown as a loss. Acts of a band that is little watched lose"
        " little each, however grave they are."
    )
    return [whole, note]


def _affected(context: Context) -> list[Html]:
    """The groups that are denied something most often, and how often."""
    rows = [(name, row) for name, row in denied_by_group(context) if row.value]
    return [text(f"{name}: {plain(row)} of 100,000 of them are ever denied anything") for name, row in rows[:5]]


def _processes(context: Context) -> list[Html]:
    """What the schemes do, clause by clause counted."""
    found = []
    for scheme in _schemes(context):
        bars = sorted({name for one in scheme.consequences for name in one.bar})
        parts = [
            _few(len(scheme.sources), "source"),
            _few(len(scheme.rules), "rule"),
            _few(len(scheme.lists), "list"),
        ]
        if scheme.score is not None:
            parts.append(
                f"a score with {_few(len(scheme.score.grades), 'grade')}" if scheme.score.grades else "a score"
            )
        closed = f"; it can close {_some([_said(context, name) for name in bars])}" if bars else ""
        found.append(text(f"{scheme.title}: {', '.join(parts)}{closed}."))
    return found


def _use(context: Context) -> list[Html]:
    true, false = context.of_focus("records_true"), context.of_focus("records_false")
    parts = [text(f"Lived for {length(context)} from {context.run.resolved['start']}.")]
    if true is not None and false is not None:
        parts.append(text(f"{plain(true)} true records and {plain(false)} false ones a year for 100,000 adults."))
    for row in context.measures.where("scans", world=context.run.focus):
        if row.value:
            name = context.run.said(str(row.item))
            parts.append(text(f"{plain(row)} scans a year of 100,000 persons by the source {name}."))
    return parts


def _risks(context: Context) -> list[Html]:
    run = context.run
    lawful = context.of_focus("acts_net_share", run.against, Cell(item="lawful"))
    sentences = (
        ("ever_denied", None, "of 100,000 persons are denied a service at least once"),
        ("ever_wronged", None, "of 100,000 are denied one by mistake alone"),
        ("ever_for_another", None, "of 100,000 are denied one for somebody else's record alone"),
        ("jobless_person_years", run.against, "of 100,000 adults more are without work in an average week"),
        (
            "chances_net",
            run.against,
            "places at schools, universities and the like are lost a year, for 100,000 persons",
        ),
    )
    found = []
    for name, against, words in sentences:
        row = context.of_focus(name, against)
        if row is not None and row.value:
            found.append(text(f"{plain(row)} {words}."))
    if lawful is not None and lawful.value:
        found.append(text(f"{plain(lawful)} of 100 lawful acts are given up, net."))
    return found or [text("None was seen in this run.")]


def _oversight(context: Context) -> list[Html]:
    schemes = _schemes(context)
    looked = [name for scheme in schemes for name, one in scheme.sources.items() if one.review is not None]
    alone = [name for scheme in schemes for name, one in scheme.sources.items() if one.review is None]
    found = []
    if looked:
        found.append(f"A person looks at the alerts of {_some([_said(context, name) for name in looked])}.")
    if alone:
        found.append(f"Nobody looks at what {_some([_said(context, name) for name in alone])} write.")
    discretion = sum(rule.discretion is not None for scheme in schemes for rule in scheme.rules)
    if discretion:
        found.append(f"In {_few(discretion, 'rule')} an official decides within a range.")
    return [text(line) for line in found] or [text("The schemes have no sources.")]


def _remedies(context: Context) -> list[Html]:
    schemes = _schemes(context)
    found = []
    if not any(scheme.due_process is not None for scheme in schemes):
        found.append(text("The schemes of this world have no window for objections and no appeal."))
    for name, words in (
        ("process_told", "of 100 records are told to the person"),
        ("process_objection_upheld", "of 100 objections are upheld"),
        ("process_appeal_upheld", "of 100 appeals are upheld"),
    ):
        row = context.of_focus(name)
        if row is not None:
            found.append(text(f"{plain(row)} {words}."))
    corrected = context.of_focus("list_endings", None, Cell(item="corrected"))
    repaired = context.of_focus("list_endings", None, Cell(item="repaired"))
    for row, words in ((corrected, "since the error was found"), (repaired, "on request, before their term")):
        if row is not None and row.value:
            found.append(text(f"{plain(row)} of 100 listings that end, those of honour included, do so {words}."))
    return found


def article_27(context: Context) -> Section:
    """The six contents of an assessment under Article 27, as far as a simulation can fill them."""
    assumed = sum(entry.basis == "assumed" for entry in inputs(context.run))
    rows = (
        (
            "(a) the processes in which the system will be used",
            _processes(context),
            "How an office would really work: its staff, its software, its other rules.",
        ),
        (
            "(b) the period and the frequency of use",
            _use(context),
            "When it would begin and end, and how much of it would be used how often.",
        ),
        (
            "(c) the categories of persons and groups likely to be affected",
            _affected(context),
            "Groups that this society does not tell apart, and how people differ within a group.",
        ),
        (
            "(d) the specific risks of harm to them",
            _risks(context),
            f"Harm that is not modelled, such as to health or dignity; and {assumed:,} numbers are assumed.",
        ),
        (
            "(e) human oversight",
            _oversight(context),
            "Whether people who look at alerts have the time, the training and the freedom to disagree.",
        ),
        (
            "(f) what is to be done when a risk comes true, with governance and complaints",
            _remedies(context),
            "Who would be responsible, and whether anybody could in truth complain.",
        ),
    )
    whole = table(
        "What Article 27 of Regulation (EU) 2024/1689 asks for, as far as this run can fill it",
        ["Asked for", "What this run says", "What it cannot know"],
        [[text(asked), bullets(told) if told else text("–"), text(unknown)] for asked, told, unknown in rows],
        class_="assessment",
    )
    note = paragraph(
        "An outline to begin with, for whoever has to assess the effect of such a system on fundamental rights. "
        + NO_ADVICE
    )
    return "article-27", "For an assessment under Article 27 of the EU AI Act", join(note, whole)
