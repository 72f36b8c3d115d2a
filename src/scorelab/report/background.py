"""The sections about how it was made: the run, what is left out, gates, society, inputs, definitions, works."""

import shlex

from scorelab.charts.ablation import lacks
from scorelab.charts.numbers import as_given, surplus, two_figures
from scorelab.measures import measures
from scorelab.measures.lab import Facts, World
from scorelab.report.context import Context
from scorelab.report.inputs import BASES, citations, inputs
from scorelab.report.markup import Html, breakable, bullets, join, paragraph, table, tag, text
from scorelab.report.sections import Section
from scorelab.spec import bibliography

LABORATORY = (
    "A synthetic society: nothing here is a real person. scorelab is a laboratory, never an instrument; it cannot"
    " say anything about"
    " anybody, and less harm than another scheme is not a recommendation."
)


def left_out(context: Context) -> Html:
    """What is not modelled, by scheme and society."""
    parts: list[tuple[str, list[str]]] = []
    society = context.run.resolved["society"]
    parts.append((str(society.get("title", "the society")), list(society.get("left_out", []))))
    for scheme in context.run.world(context.run.focus).schemes:
        parts.append((scheme.title, list(scheme.left_out)))
    shown = [
        tag("div", tag("h3", text(title)), bullets([text(line) for line in lines])) for title, lines in parts if lines
    ]
    if not shown:
        shown = [paragraph("Neither the society nor the schemes say what they leave out.")]
    return tag("div", *shown, class_="left-out")


def _differs(run: Facts, world: World) -> str:
    """What parts a world from the same schemes as written, in words."""
    parts = ["fresh chance for false records"] if world.placebo else []
    parts += [f"without {lacks(' + '.join(world.without))}"] if world.without else []
    parts += [f"nobody with the attribute “{run.said(world.exempts)}” is subject to it"] if world.exempts else []
    parts += [f"only those with the attribute “{run.said(world.covers)}” are subject to it"] if world.covers else []
    return "; ".join(parts)


def what_was_run(context: Context) -> Section:
    """Worlds, schemes, weeks, persons, seed, and the command that does it again."""
    run, manifest = context.run, context.run.manifest
    resolved = run.resolved
    facts = {
        "Society": resolved["society"].get("title", ""),
        "Persons": f"{context.persons:,} synthetic persons, {context.adults:,} of them adults,"
        f" in {context.counties:,} counties"
        + (f" of {context.replicates} replicates" if context.replicates > 1 else ""),
        "Time": f"{run.weeks} weeks from {resolved['start']}",
        "Seed": str(resolved["seed"]),
        "Digest": str(manifest.get("digest", "")),
        "Made with": ", ".join(
            f"{name} {manifest[name]}" for name in ("scorelab", "numpy", "numba", "duckdb") if name in manifest
        ),
    }
    items = [part for name, value in facts.items() for part in (tag("dt", text(name)), tag("dd", text(value)))]
    rows = []
    for world in run.worlds:
        schemes = "; ".join(scheme.title for scheme in world.schemes) or "none"
        part = "reference" if world.name == run.against else "focus" if world.name == run.focus else ""
        rows.append([text(world.title), text(schemes), text(_differs(run, world)), text(part)])
    worlds = table(
        "The worlds, lived by the same people with the same luck", ["World", "Schemes", "What differs", "Part"], rows
    )
    command = f"scorelab run {shlex.quote(str(resolved['name']))} --seed {resolved['seed']} --weeks {run.weeks}"
    command += f" --counties {resolved['counties']}"
    command += " --scale full" if run.national else f" --persons {resolved['persons']}"
    if resolved.get("replicates", 1) > 1:
        command += f" --replicates {resolved['replicates']}"
    again = [
        text("To run it again: "),
        tag("code", text(command)),
        text(" or, whole, "),
        tag("code", text("scorelab run manifest.json")),
    ]
    return "run", "What was run", join(tag("dl", *items), worlds, tag("p", *again))


def checks(context: Context) -> Section:
    """The gates, and the clauses that never fired."""
    words = {"holds": "holds", "fails": "FAILS", "not tested": "not tested"}
    rows = []
    for gate in context.gates:
        said = [text(gate.sentence)]
        if gate.faults:
            said.append(bullets([text(fault) for fault in gate.faults]))
        status = tag("b", text(words[gate.status]), class_=gate.status.replace(" ", "-"))
        rows.append([text(gate.name), status, join(*said)])
    parts = [table("Gates: what must be true of every run", ["Gate", "", "What was asked"], rows)]
    if context.silent:
        clauses = [
            [text(one.scheme), text(one.clause), text("–" if one.expected is None else two_figures(one.expected))]
            for one in context.silent
        ]
        parts.append(
            table(
                f"Silent clauses: what “{context.focus}” says and this run never heard",
                ["Scheme", "Clause", "Expected"],
                clauses,
                numbers=1,
                class_="long",
            )
        )
        parts.append(
            paragraph(
                "Expected: how many records were to be expected in the whole run, where that is known. Where several"
                " records bar, a denial counts under one of them, so a bar that only ever coincides with another is"
                " named here too. Attention, selection and some others leave no trace of their own in the counts;"
                " nothing is said about them."
            )
        )
    else:
        parts.append(
            paragraph(f"Every clause of “{context.focus}” that leaves a trace in the counts fired at least once.")
        )
    return "checks", "Can these counts be trusted?", join(*parts)


def society(context: Context) -> Section:
    """Realised margins against wanted ones."""
    rows = [
        [
            text(margin.name.replace("-", " ")),
            text(margin.categories),
            text(f"{margin.persons:,}"),
            text(f"{margin.off:,.0f}"),
            text(f"{100 * margin.off / margin.wanted:.2f} %" if margin.wanted else "–"),
            text(f"{margin.worst} ({surplus(margin.worst_off)})"),
        ]
        for margin in context.margins
    ]
    if not rows:
        return "society", "The synthetic society", paragraph("This run kept no margins.")
    counted = table(
        "Margins: what was wanted and what the synthetic society has, all counties together",
        ["Margin", "Categories", "Counted", "Total absolute error", "of those wanted", "Furthest off"],
        rows,
        numbers=5,
    )
    shares = [entry for entry in inputs(context.run) if entry.part == "margins"]
    assumed = sum(entry.basis == "assumed" for entry in shares)
    resting = f"; {assumed} of their {len(shares)} numbers are assumed" if shares else ""
    note = paragraph(
        "Who lives here is drawn from the margins that are listed under the inputs, and from nothing else"
        f"{resting}. The total absolute error adds up, over the categories, how many are too many or too few;"
        " households are counted as households."
    )
    return "society", "The synthetic society", join(counted, note)


def assumptions(context: Context) -> Section:
    """Every number that went in and on what it rests."""
    found = inputs(context.run)
    parts = list(dict.fromkeys(entry.part for entry in found))
    shares = []
    for part in (*parts, ""):
        those = [entry for entry in found if not part or entry.part == part]
        counts = [sum(entry.basis == basis for entry in those) for basis in BASES]
        label = tag("b", text("All")) if not part else text(part)
        told = [text(f"{count} ({100 * count / len(those):.0f} %)" if count else "–") for count in counts]
        shares.append([label, text(len(those)), *told])
    summary = table("On what the numbers rest", ["Part", "Numbers", *BASES], shares, numbers=len(BASES) + 1)
    lists = []
    for part in parts:
        rows = []
        for entry in found:
            if entry.part != part:
                continue
            bounds = f"{as_given(entry.range[0])} to {as_given(entry.range[1])}" if entry.range else "–"
            cite = ", ".join(entry.cite) or "–"
            rows.append(
                [
                    breakable(entry.path),
                    text(as_given(entry.value)),
                    text(bounds),
                    text(entry.basis),
                    text(cite),
                    text(entry.note),
                ]
            )
        whole = table(
            f"Numbers of {part}", ["Number", "Value", "Range", "Basis", "Cites", "Note"], rows, class_="dense inputs"
        )
        lists.append(tag("details", tag("summary", text(f"{part}: {len(rows)} numbers")), whole))
    note = paragraph(
        "Documented: a source states it. Derived: arithmetic on such numbers. Assumed: not known, or not"
        " checked against the source; the range is what is plausible."
        f" {_contain(context)}"
    )
    return "inputs", "What went in, and on what it rests", join(note, summary, *lists)


def _contain(context: Context) -> str:
    """What the intervals of the page contain."""
    if any(row.assumed_low is not None for row in context.measures):
        return "The intervals in brackets are of chance alone; how far the assumptions reach has a section of its own."
    return (
        "The intervals of this report do not contain what is assumed; `scorelab study` with the folder of this run"
        " gives the numbers of everybody a second one that does."
    )


def definitions(context: Context) -> Section:
    """How each number was made, from the register of measures."""
    used = {row.measure for row in context.measures}
    families = list(dict.fromkeys(entry.family for entry in measures()))
    parts: list[Html] = []
    for family in families:
        rows = [
            [
                tag("code", breakable(entry.name)),
                text(entry.definition),
                tag("code", text(entry.formula)),
                text(" ".join(entry.caveats)),
            ]
            for entry in measures((family,))
            if entry.name in used
        ]
        if rows:
            whole = table(f"Measures: {family}", ["Name", "Meaning", "Formula", "Mind"], rows, class_="dense defs")
            parts.append(tag("details", tag("summary", text(f"{family}: {len(rows)} measures")), whole))
    methods = sorted({row.interval_method for row in context.measures if row.interval_method})
    how = join(
        paragraph(
            "Sums over the ledger are whole numbers; fractions appear after the last sum. A county, or a replicate"
            " where there are five"
            " or more, is the unit of chance: intervals are 95 % ones from leaving out one unit at a time. Used in"
            " this run:"
        ),
        bullets([text(method) for method in methods]),
    )
    return "definitions", "How the numbers were made", join(how, *parts)


def works(context: Context) -> Section:
    """The works cited by what this run used, and no others."""
    known = bibliography.load()
    cited = sorted(citations(context.run.resolved))
    items = []
    for name in cited:
        entry = known.get(name)
        if entry is None:
            items.append(join(tag("b", text(name)), text(" is cited, but the bibliography does not know it.")))
            continue
        how = f"Confidence {entry.confidence}; {entry.read}."
        items.append(
            join(tag("b", text(name)), text(f" {entry.citation} "), tag("i", text(entry.figure)), text(f" {how}"))
        )
    if not items:
        return "works", "Works cited", paragraph("Nothing in this run cites a work.")
    note = paragraph(
        "Only what this run used. Seen: read in the source or a copy of it; unchecked: not checked against"
        " the work itself; derived: arithmetic."
    )
    return "works", "Works cited", join(note, tag("div", bullets(items), class_="works"))
