"""What readers ask of each section of results, and where the answer is: questions by the section's id."""

from collections import Counter
from collections.abc import Callable, Iterator

from scorelab.charts.ablation import lacks
from scorelab.charts.conduct import behaviours
from scorelab.charts.flow import NOTHING, paths
from scorelab.charts.numbers import two_figures
from scorelab.measures import Cell, Row
from scorelab.report import assumed, claims, fairness, parts
from scorelab.report.asked import Asked, counts, share
from scorelab.report.context import Context, plain
from scorelab.report.findings import length, upright
from scorelab.report.inputs import inputs
from scorelab.report.sections import denied_by_group, mistakes_by_source
from scorelab.spec.resolved import SOURCE

PERSONS, ADULTS = "of 100,000 persons", "of 100,000 adults"


def asked(context: Context, section: str) -> list[Asked]:
    """The questions of a section, in the order in which a reader meets them."""
    ask = _QUESTIONS.get(section)
    return [] if ask is None else list(ask(context))


def _largest(context: Context, measure: str, *, least: bool = False) -> Row | None:
    """The row of a measure's items with the largest value, or the least one."""
    rows = [row for row in context.measures.where(measure, world=context.run.focus) if row.value is not None]
    rows = [row for row in rows if row.item is not None and row.period is None]
    turn = -1.0 if least else 1.0
    return max(rows, key=lambda row: turn * (row.value or 0.0), default=None)


def _flow(context: Context) -> Iterator[Asked]:
    found = paths(context.run, context.measures)
    total = sum(path.size for path in found)
    for stage, question in ((0, "What costs people most?"), (1, "Who writes it down?"), (3, "What is refused most?")):
        sizes = Counter[str]()
        for path in found:
            sizes[path.nodes[stage]] += path.size
        for name, size in sizes.most_common(1):
            words = "denials: a record of what did not happen" if name == NOTHING else f"denials: {name}"
            yield from share(question, size, total, words)


def _time(context: Context) -> Iterator[Asked]:
    run = context.run
    last = context.measures.one("listed", run.focus, None, Cell(period=run.weeks - 1))
    yield from counts("How many are on a list at the end?", last, ADULTS)
    now, before = (
        context.measures.one("needs_denied", run.focus, None, Cell(period=period))
        for period in (run.periods - 1, run.periods - 5)
    )
    if now is not None and before is not None and now.value is not None and before.value is not None:
        words = f"denials a year for 100,000 persons; a year before {plain(before)}"
        yield from counts("And how many denials, in the last 13 weeks?", now, words)
    there = context.measures.one("needs_denied", run.against)
    words = f"denials a year for 100,000 persons in “{context.title(run.against)}”, over the whole run"
    yield from counts("What if there were no scheme?", there, words)


def _denied(context: Context) -> Iterator[Asked]:
    yield from counts(
        "How many are ever denied anything?", context.of_focus("ever_denied"), f"{PERSONS} in {length(context)}"
    )
    yield from counts(
        "How often does nobody even ask?",
        context.of_focus("needs_not_asked"),
        "times a year for 100,000 persons, since they know of the bar",
    )
    yield from counts(
        "How often is whoever is denied turned away?",
        context.of_focus("tries_per_person_denied"),
        "times, for each person who is ever denied anything",
    )


def _causes(context: Context) -> Iterator[Asked]:
    cells = {
        f"{origin} {truth}": context.of_focus("denials_by_cause", None, Cell(item=f"{origin} {truth}"))
        for origin in ("own", "tie")
        for truth in ("true", "false")
    }
    sizes = {name: 0 if row is None else row.numerator or 0 for name, row in cells.items()}
    total = sum(sizes.values())
    yield from share("Is it for what one did?", sizes["own true"], total, "denials stand on a person's own true record")
    false = sizes["own false"] + sizes["tie false"]
    yield from share("Or for what nobody did?", false, total, "denials rest on false records alone")
    tied = sizes["tie true"] + sizes["tie false"]
    yield from share("Or for what another did?", tied, total, "denials stand on somebody else's record alone")


def _wrongful(context: Context) -> Iterator[Asked]:
    run = context.run
    yield from counts("How many were denied by mistake?", context.of_focus("ever_wronged"), f"{PERSONS}, at least once")
    world = run.sibling("false_records")
    here = context.of_focus("ever_denied")
    if world is not None and here is not None:
        there = context.measures.one("ever_denied", world)
        words = f"{PERSONS} are ever denied anything there; here {plain(here)}"
        yield from counts("And had nobody been recorded falsely?", there, words)
    for other, missing in run.siblings().items():
        if len(missing) == 1 and missing[0].startswith(SOURCE):
            question = f"And without the source {run.said(missing[0].removeprefix(SOURCE))}?"
            yield from counts(question, context.measures.one("ever_wronged", other), f"{PERSONS} by mistake")
    sizes = mistakes_by_source(context)
    total = sum(sizes.values())
    schemes = run.world(run.focus).schemes
    cameras = {name for one in schemes for name, source in one.sources.items() if source.kind == "camera"}
    if total and cameras & set(sizes):
        theirs = sum(size for name, size in sizes.items() if name in cameras)
        words = "denials by false records alone would have been made all the same; the others rest on a camera's"
        yield from share("Would they have been without the cameras?", total - theirs, total, words)
    for name, size in sizes.most_common(1):
        words = f"denials by false records alone go back to one source: {run.said(name)}"
        yield from share("Whose mistake was it?", size, total, words)


def _others(context: Context) -> Iterator[Asked]:
    ever = context.of_focus("ever_for_another")
    yield from counts("How many pay for somebody else?", ever, f"{PERSONS}, at least once")
    yield from counts(
        "Would they have got it otherwise?",
        context.of_focus("collateral"),
        "denials a year, for 100,000 persons, would have been granted without consequences along ties",
    )
    cells = [context.of_focus("denials_by_cause", None, Cell(item=f"tie {truth}")) for truth in ("true", "false")]
    true, false = (0 if row is None else row.numerator or 0 for row in cells)
    words = "denials for somebody else's record rest on a false one"
    yield from share("Had the other done it?", false, true + false, words)


def _sources(context: Context) -> Iterator[Asked]:
    true, false = context.of_focus("records_true"), context.of_focus("records_false")
    if true is None or false is None:
        return
    right, wrong = true.numerator or 0, false.numerator or 0
    yield from share("How many records are wrong?", wrong, right + wrong, "records are about somebody who did nothing")
    yield from counts("How many false ones are that?", false, "a year, for 100,000 adults")
    worst = _largest(context, "true_of_records", least=True)
    if worst is not None:
        yield from counts(
            "Which source errs most?", worst, f"of 100 records are true: {context.run.said(str(worst.item))}"
        )


def _conduct(context: Context) -> Iterator[Asked]:
    run, cell = context.run, Cell(item="unlawful")
    yield from counts(
        "Does misconduct fall?", context.of_focus("acts_net_share", run.against, cell), "fewer of 100 unlawful acts"
    )
    yield from counts(
        "Does it move elsewhere?",
        context.of_focus("acts_displaced", None, cell),
        "unlawful acts a year, for 100,000 adults, are left for something less watched",
    )
    yield from _price(context)


def _price(context: Context) -> Iterator[Asked]:
    """Lawful acts given up and years on a list for each unlawful act fewer; only where there are fewer for certain."""
    nets = [
        context.of_focus("acts_net_prevented", context.run.against, Cell(item=word)) for word in ("unlawful", "lawful")
    ]
    years = context.of_focus("restricted_years_per_act_prevented", context.run.against, Cell(item="unlawful"))
    fewer, given_up = nets
    if fewer is None or given_up is None or years is None or not fewer.value:
        listed = context.of_focus("restricted_person_years")
        yield from counts("At what price?", listed, "years on a list a year, for 100,000 adults")
        return
    each = f"{two_figures(100.0 * (given_up.value or 0.0) / fewer.value)} lawful acts"
    words = f"are given up, and {two_figures(100.0 * (years.value or 0.0))} years spent on a list, for each 100 fewer"
    yield Asked("At what price?", each, words)


def _chilling(context: Context) -> Iterator[Asked]:
    run, cell = context.run, Cell(item="lawful")
    yield from counts(
        "Is anything given up that is allowed?",
        context.of_focus("acts_net_share", run.against, cell),
        "of 100 lawful acts, net",
    )
    names = [name for name in behaviours(run, context.measures) if run.standing[name] == "lawful"]
    rows = {name: context.of_focus("acts_net_prevented", run.against, Cell(item=name)) for name in names}
    given = {name: row for name, row in rows.items() if row is not None and row.value is not None}
    if given:
        most = max(given, key=lambda name: given[name].value or 0.0)
        yield from counts("What most?", given[most], f"a year, for 100,000 adults: {run.said(most)}")
    recorded = context.of_focus("acts_recorded", None, cell)
    yield from counts("How closely is it watched?", recorded, "records for 100 of these acts")


def _groups(context: Context) -> Iterator[Asked]:
    rows = denied_by_group(context)
    if rows:
        name, row = rows[0]
        yield Asked("Who is denied most often?", name, f"{plain(row)} {PERSONS} of the group are ever denied anything")
    for measure, question, what in (
        ("ever_denied_ratio", "Poor or rich?", "anything"),
        ("ever_wronged_ratio", "And by mistake?", "something by mistake"),
    ):
        ratio = context.of_focus(measure, None, Cell(item="q1 to q5"))
        if ratio is not None and ratio.value:
            turned, sides = upright(ratio, "poorest", "richest")
            words = f"times as many of the {sides[0]} fifth as of the {sides[1]} are ever denied {what}"
            yield from counts(question, turned, words)


def _work(context: Context) -> Iterator[Asked]:
    run = context.run
    words = f"{ADULTS}, in an average week"
    yield from counts("How many more are without work?", context.of_focus("jobless_person_years", run.against), words)
    yield from counts(
        "How many of these by the spiral?",
        context.of_focus("spiral_jobless", run.sibling("spiral")),
        f"{ADULTS} of these, since a listing costs work and lost work leads to records",
    )
    yield from counts(
        "How many more are behind with payments?", context.of_focus("arrears_person_years", run.against), words
    )


def _chances(context: Context) -> Iterator[Asked]:
    run = context.run
    words = "places a year, for 100,000 persons"
    yield from counts("How many places are lost?", context.of_focus("chances_lost", run.against), words)
    yield from counts("How many do others gain?", context.of_focus("chances_gained", run.against), words)
    yield from counts("What is lost to all?", context.of_focus("chances_net", run.against), f"{words}, net")


def _process(context: Context) -> Iterator[Asked]:
    false = Cell(item="false")
    yield from counts("Is one told?", context.of_focus("process_told"), "of 100 records are told to the person")
    yield from counts(
        "How many mistakes take effect?",
        context.of_focus("records_in_effect", None, false),
        "false records a year, for 100,000 adults",
    )
    rows = [context.of_focus(f"process_{name}", None, false) for name in ("objected", "appealed")]
    done = [row for row in rows if row is not None and row.value]
    if done:
        yield from counts("Does one fight them?", done[0], "of 100 false records are disputed at the first chance")


def _lists(context: Context) -> Iterator[Asked]:
    yield from counts("How many ever come onto one?", context.of_focus("ever_restricted"), ADULTS)
    world = context.run.world(context.run.focus)
    rows = {
        name: context.of_focus("list_entries", None, Cell(item=name))
        for scheme in world.schemes
        for name in scheme.lists
        if name not in world.red
    }
    entered = {name: row for name, row in rows.items() if row is not None and row.value}
    if not entered:
        return
    most = max(entered, key=lambda name: entered[name].value or 0.0)
    said_of = f"the list {context.run.said(most)}, the fullest that restricts"
    lasted = context.of_focus("list_weeks", None, Cell(item=most))
    yield from counts("How long does it last?", lasted, f"weeks, of stays that have ended, on {said_of}")
    exits = context.of_focus("list_exit_rate", None, Cell(item=most))
    yield from counts("Does one get off it?", exits, f"exits for each year that somebody is on {said_of}")


def _score(context: Context) -> Iterator[Asked]:
    words = "of 100 persons with a score, at the end"
    for side, question in (("below", "How many fell?"), ("above", "How many rose?")):
        yield from counts(question, context.of_focus("grade_moved", None, Cell(item=side)), words)
    most = _largest(context, "points_moved_share")
    if most is not None:
        source = context.run.said(str(most.item))
        yield from counts("What moves the score?", most, f"of 100 points that are taken or given: {source}")


def _without(context: Context) -> Iterator[Asked]:
    questions = {
        "denials": ("Which part makes denials?", "of 100 denials fall away without", "are denied"),
        "unlawful_prevented": (
            "Which part prevents misconduct?",
            "of 100 unlawful acts prevented are done again without",
            "are prevented",
        ),
        "lawful_forgone": (
            "Which part makes people give up what is lawful?",
            "of 100 lawful acts given up come back without",
            "are given up",
        ),
    }
    for name, (question, words, more) in questions.items():
        most, least = (_largest(context, f"without_{name}_share", least=end) for end in (False, True))
        against = 0.0 if least is None or (least.chance_high or 0.0) >= 0.0 else -(least.value or 0.0)
        if least is not None and against > (0.0 if most is None else most.value or 0.0):
            told = f"taken away here; without {lacks(str(least.item))} {two_figures(against)} of 100 more {more}"
            yield Asked(question, "None of those", told)
        elif most is not None and (most.chance_low or 0.0) > 0.0:
            yield from counts(question, most, f"{words} {lacks(str(most.item))}")
        else:
            yield Asked(question, "None of those", "that a world of this run does without, as far as it can tell")


def _checks(context: Context) -> Iterator[Asked]:
    holds = sum(gate.status == "holds" for gate in context.gates)
    words = "hold: the counting is sound. Whether what went in is right is asked below"
    yield Asked("Do the gates hold?", f"{holds} of {len(context.gates)}", words)
    row = context.of_focus("parted_denials", context.run.placebo)
    words = "denials a year, for 100,000 persons, come out otherwise with other errors and the same law"
    yield from counts("How much is mere chance?", row, words)
    yield Asked("What never happened?", f"{len(context.silent)}", "clauses of the schemes never fired in this run")


def _run(context: Context) -> Iterator[Asked]:
    places = f"synthetic persons in {context.counties:,} counties; none of them exists"
    yield Asked("How many people?", f"{context.persons:,}", places)
    yield Asked("How long?", length(context), f"from {context.run.resolved['start']}, week by week")
    worlds = "lived by the same people with the same luck"
    yield Asked("How many worlds?", str(len(context.run.worlds)), worlds)


def _inputs(context: Context) -> Iterator[Asked]:
    found = inputs(context.run)
    for basis, question in (("assumed", "How much is assumed?"), ("documented", "How much is documented?")):
        part = sum(entry.basis == basis for entry in found)
        yield from share(question, part, len(found), f"numbers that went in, {part:,} of {len(found):,}")
    answers = [entry.basis == "assumed" for entry in found if entry.part == "response"]
    words = "numbers about how people respond are assumed: all that is said of fear rests on them"
    yield from share("And of how people respond?", sum(answers), len(answers), words)


_QUESTIONS: dict[str, Callable[[Context], Iterator[Asked]]] = {
    "flow": _flow,
    "time": _time,
    "lists": _lists,
    "denied": _denied,
    "causes": _causes,
    "wrongful": _wrongful,
    "others": _others,
    "sources": _sources,
    "groups": _groups,
    "conduct": _conduct,
    "chilling": _chilling,
    "work": _work,
    "chances": _chances,
    "score": _score,
    "process": _process,
    "without": _without,
    "claims": claims.questions,
    "fairness": fairness.questions,
    "spillover": parts.spillover_questions,
    "shares": parts.shares_questions,
    "assumptions": assumed.questions,
    "run": _run,
    "checks": _checks,
    "inputs": _inputs,
}
SECTIONS = tuple(_QUESTIONS)
"""Ids of the sections that answer questions."""
