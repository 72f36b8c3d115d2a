"""The findings in plain words. Every number in them is taken from the measures; none is typed."""

from collections.abc import Callable, Iterator

from scorelab.charts.ablation import lacks
from scorelab.charts.numbers import two_figures, with_interval
from scorelab.measures import Cell, Row
from scorelab.report.context import Context, plain

ALIKE = (0.8, 1.25)
"""An interval of a ratio has to lie in here before two groups are said to fare about equally."""


def findings(context: Context) -> list[str]:
    """What the run found, as sentences for a lay reader, the focus world against the others."""
    return [sentence for _, sentences in by_subject(context) for sentence in sentences]


def by_subject(context: Context) -> list[tuple[str, list[str]]]:
    """The same under what they are about; a subject of which there is nothing to say is left out."""
    told = [(subject, [line for part in parts for line in part(context)]) for subject, parts in _SUBJECTS.items()]
    return [(subject, sentences) for subject, sentences in told if sentences]


def length(context: Context) -> str:
    """How long the run is, in words."""
    if context.run.weeks % 52:
        return "one week" if context.run.weeks == 1 else f"{context.run.weeks} weeks"
    years = context.run.weeks // 52
    return "one year" if years == 1 else f"{years} years"


def _recorded(context: Context) -> Iterator[str]:
    true, false = context.of_focus("records_true"), context.of_focus("records_false")
    if true is None or false is None or not (true.value or false.value):
        return
    sentence = f"For each 100,000 adults, {plain(true)} true records are made a year and {plain(false)} false ones"
    if context.years < 1:  # a rate a year would be of years that nobody lived
        sentence = f"Of {context.adults:,} adults, {true.numerator:,} true records are made in {length(context)}"
        sentence += f" and {false.numerator:,} false ones"
    wrong = two_figures(100.0 * (false.value or 0.0) / ((true.value or 0.0) + (false.value or 0.0)))
    yield f"{sentence}; of 100 records {wrong} are about somebody who did nothing."


def _restricted(context: Context) -> Iterator[str]:
    average = context.of_focus("restricted_person_years")
    ever = context.of_focus("ever_restricted")
    if average is None or ever is None:
        return
    if not ever.value:
        yield f"In {length(context)}, nobody was put on a list."
        return
    yield (
        f"In an average week {plain(average)} of 100,000 adults are on a list. Over {length(context)},"
        f" {plain(ever)} of 100,000 adults are at some time."
    )
    yield from _listed_by_mistake(context)


def _listed_by_mistake(context: Context) -> Iterator[str]:
    """The list that is most often entered by a false record, and whether anybody gets off it."""
    world = context.run.world(context.run.focus)
    names = [name for scheme in world.schemes for name in scheme.lists if name not in world.red]
    rows = {name: context.of_focus("true_of_listings", None, Cell(item=name)) for name in names}
    known = {name: row for name, row in rows.items() if row is not None and row.value is not None}
    if not known:
        return
    worst = min(known, key=lambda name: known[name].value or 0.0)
    wrong = 100.0 - (known[worst].value or 0.0)
    if wrong < 1.0:
        return
    exits = context.of_focus("list_exits", None, Cell(item=worst))
    never = f", and nobody left it in {length(context)}" if exits is not None and not exits.numerator else ""
    said = context.run.said(worst)
    yield f"Of 100 entries onto the list “{said}”, {two_figures(wrong)} rest on a false record{never}."


def _scored(context: Context) -> Iterator[str]:
    fell, rose = (context.of_focus("grade_moved", None, Cell(item=side)) for side in ("below", "above"))
    if fell is not None and rose is not None:
        yield (
            f"At the end, {plain(fell)} of 100 persons with a score have a lower grade than the one in which everybody"
            f" begins, and {plain(rose)} a higher one."
        )
    shares = [row for row in context.measures.where("points_moved_share", world=context.run.focus) if row.value]
    if len(shares) > 1:
        most = max(shares, key=lambda row: row.value or 0.0)
        source = context.run.said(str(most.item))
        yield f"Of 100 points that are taken or given, {plain(most)} go back to one source, {source}."


def _parts(context: Context) -> Iterator[str]:
    """The mechanism without which most denials fall away, and the spiral."""
    rows = [row for row in context.measures.where("without_denials_share", world=context.run.focus) if row.value]
    single = [row for row in rows if "+" not in str(row.item) and (row.chance_low or 0.0) > 0.0]
    if single:
        most = max(single, key=lambda row: row.value or 0.0)
        yield (
            f"Of the worlds of this run that do without a mechanism, the one without {lacks(str(most.item))} has the"
            f" fewest denials: {plain(most)} of 100 fall away there."
        )
    spiral = context.of_focus("spiral_jobless", context.run.sibling("spiral"))
    if spiral is not None and (spiral.chance_low or 0.0) > 0.0:
        yield f"By the spiral, {plain(spiral)} of 100,000 adults more are without work in an average week."


def _favoured(context: Context) -> Iterator[str]:
    favoured = context.of_focus("needs_favoured")
    if favoured is not None and favoured.value:
        yield (
            f"{plain(favoured)} needs a year of 100,000 persons are granted only as a favour, for a grade or a place on"
            " a list of honour."
        )


def _denied(context: Context) -> Iterator[str]:
    denied, ever = context.of_focus("needs_denied"), context.of_focus("ever_denied")
    silent, tries = context.of_focus("needs_not_asked"), context.of_focus("refused_tries")
    if denied is None or ever is None:
        return
    if not denied.value:
        yield f"In {length(context)}, nobody was denied anything."
        return
    yield (
        f"{plain(ever)} of 100,000 persons, children among them, are denied something at least once in"
        f" {length(context)}; each year has {plain(denied)} denials for 100,000 persons."
    )
    yield from _growing(context)
    if silent is not None and silent.value:
        yield (
            f"Beside these stand {plain(silent)} needs a year for which people no longer ask, since they know of"
            " the bar."
        )
    if tries is not None and tries.value and denied.value and tries.value > denied.value * 1.05:
        yield (
            f"Counted at the counter, the same denials are {plain(tries)} refused tries a year,"
            f" {two_figures(tries.value / denied.value)} for each denial."
        )


def _growing(context: Context) -> Iterator[str]:
    """Whether denials still become more, where the last 13 weeks have certainly more than those of a year before."""
    run = context.run
    now, before = (
        context.measures.one("needs_denied", run.focus, None, Cell(period=period))
        for period in (run.periods - 1, run.periods - 5)
    )
    if now is None or before is None or now.chance_low is None or before.value is None:
        return
    if now.chance_low > before.value:
        yield (
            f"It is growing: in the last 13 weeks there are {plain(now)} denials a year for 100,000 persons, a year"
            f" before {plain(before)}."
        )


def _wrongful(context: Context) -> Iterator[str]:
    denied = context.of_focus("needs_denied")
    pivotal, tainted = context.of_focus("wrongful_pivotal"), context.of_focus("wrongful_tainted")
    if denied is None or not denied.value or pivotal is None or tainted is None:
        return
    if tainted.value:
        sentence = f"Of the denials, {plain(pivotal)} a year rest on false records alone"
        there = context.of_focus("wrongful_counterfactual")
        if there is not None:
            same = there.numerator == pivotal.numerator
            sentence += "; as many" if same else f"; {plain(there)}"
            sentence += " would have been granted had nobody been recorded falsely"
        yield sentence + "."
        yield from _persons(context)
    else:
        yield "No denial of this run rests on a false record."
    yield from _others(context)


def _persons(context: Context) -> Iterator[str]:
    """How many different people the wrongful denials fall on, since a few can bring many."""
    wronged = context.of_focus("ever_wronged")
    if wronged is not None and wronged.numerator:
        people = "one synthetic person" if wronged.numerator == 1 else f"{wronged.numerator:,} synthetic persons"
        verb = "is" if wronged.numerator == 1 else "are"
        yield (f"In the whole run {people} {verb} ever denied something by error alone, {plain(wronged)} of 100,000.")


def _others(context: Context) -> Iterator[str]:
    cells = [context.of_focus("denials_by_cause", None, Cell(item=f"tie {truth}")) for truth in ("true", "false")]
    if any(cell is None for cell in cells) or not any(cell.value for cell in cells if cell):
        return
    there = context.of_focus("collateral")
    if there is not None and there.value:
        yield (
            f"{plain(there)} denials a year fall on people who would have been granted what they asked, were it not"
            " for somebody else's record."
        )
        world = context.run.sibling("ties")
        fewer = context.of_focus("ever_denied", world) if world else None
        if world and fewer is not None and fewer.numerator:
            yield (
                f"Counted in persons, the world “{context.title(world)}” has {plain(fewer)} of 100,000 fewer who are"
                f" ever denied anything, {fewer.numerator:,} of the synthetic persons."
            )


def _conduct(context: Context) -> Iterator[str]:
    for standing in ("unlawful", "lawful"):
        cell = Cell(item=standing)
        net = context.of_focus("acts_net_share", context.run.against, cell)
        gone = context.of_focus("acts_prevented_share", context.run.against, cell)
        come = context.of_focus("acts_provoked_share", context.run.against, cell)
        if net is None or gone is None or come is None:
            continue
        reference = context.title(context.run.against)
        if not gone.value and not come.value:
            yield f"All {standing} acts of the world “{reference}” are done here too, and no others."
            continue
        only = (
            f"for each 100 there are {plain(come)} that are done only here" if come.value else "none is done only here"
        )
        yield (
            f"Of 100 {standing} acts in the world “{reference}”, {plain(gone)} are not done here; {only}: {_net(net)}."
        )


def _net(net: Row) -> str:
    value, low, high = net.value or 0.0, net.chance_low, net.chance_high
    if low is not None and high is not None and low <= 0.0 <= high:
        return f"the net, {plain(net)}, cannot be told from none"
    if value < 0:
        turned = (None if high is None else -high, None if low is None else -low)
        return f"net {with_interval(-value, *turned)} more"
    return f"net {plain(net)} fewer"


def upright(ratio: Row, first: str, second: str) -> tuple[Row, tuple[str, str]]:
    """A ratio of two groups turned so that it is at least 1, and the groups in that order."""
    if not ratio.value or ratio.value >= 1.0:
        return ratio, (first, second)
    low, high = ratio.chance_low, ratio.chance_high
    turned = (1.0 / high if high else None, 1.0 / low if low else None)
    return ratio._replace(value=1.0 / ratio.value, chance_low=turned[0], chance_high=turned[1]), (second, first)


def _unequal(context: Context) -> Iterator[str]:
    words = {"q1 to q5": ("the poorest fifth", "the richest fifth"), "rural to urban": ("rural people", "urban people")}
    for item, (first, second) in words.items():
        ratio = context.of_focus("ever_denied_ratio", None, Cell(item=item))
        if ratio is None or not ratio.value:
            continue
        low, high = ratio.chance_low, ratio.chance_high
        if low is None or high is None or low <= 1.0 <= high:
            if low is not None and high is not None and ALIKE[0] <= low and high <= ALIKE[1]:
                both = f"{first.capitalize()} and {second}"
                yield f"{both} are denied something about equally often (ratio {plain(ratio)})."
            else:
                yield (
                    f"Whether {first} or {second} are denied something more often cannot be told from this run"
                    f" (ratio {plain(ratio)})."
                )
            continue
        ratio, (first, second) = upright(ratio, first, second)
        verb = "are" if first.endswith("people") else "is"
        yield (
            f"{first.capitalize()} {verb} ever denied something {plain(ratio)} times as often as {second}. Part of"
            " this is what is"
            " assumed about needs and behaviour, not the scheme's doing alone."
        )


_SUBJECTS: dict[str, tuple[Callable[[Context], Iterator[str]], ...]] = {
    "Records and lists": (_recorded, _restricted, _scored),
    "What is refused": (_denied, _favoured),
    "By mistake, and for others": (_wrongful,),
    "What people do": (_conduct,),
    "What makes it": (_parts,),
    "On whom it falls": (_unequal,),
}
