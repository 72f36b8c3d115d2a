"""The findings in plain words. Every number in them is taken from the measures; none is typed."""

from collections.abc import Iterator

from scorelab.charts.numbers import two_figures
from scorelab.measures import Cell, Row
from scorelab.report.context import Context, plain


def findings(context: Context) -> list[str]:
    """What the run found, as sentences for a lay reader, the focus world against the others."""
    return [*_restricted(context), *_denied(context), *_wrongful(context), *_conduct(context), *_unequal(context)]


def length(context: Context) -> str:
    """How long the run is, in words."""
    if context.run.weeks % 52:
        return f"{context.run.weeks} weeks"
    years = context.run.weeks // 52
    return "one year" if years == 1 else f"{years} years"


def _restricted(context: Context) -> Iterator[str]:
    average = context.of_focus("restricted_person_years")
    ever = context.of_focus("ever_restricted")
    if average is None or ever is None:
        return
    if not ever.value:
        yield f"In {length(context)}, nobody was put on a list."
        return
    yield (
        f"In an average week {plain(average)} of 100,000 adults are on a list. Over the {length(context)},"
        f" {plain(ever)} of 100,000 are at some time."
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
        f"{plain(ever)} persons for every 100,000 adults are denied something at least once in the {length(context)};"
        f" each year has {plain(denied)} denials."
    )
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
    else:
        yield "No denial of this run rests on a false record."
    yield from _relatives(context)


def _relatives(context: Context) -> Iterator[str]:
    cells = [context.of_focus("denials_by_cause", None, Cell(item=f"tie {truth}")) for truth in ("true", "false")]
    if any(cell is None for cell in cells) or not any(cell.value for cell in cells if cell):
        return
    there = context.of_focus("collateral")
    if there is not None and there.value:
        yield (
            f"{plain(there)} denials a year fall on people who would have been granted what they asked, were it not"
            " for a"
            " relative's record."
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
    return (
        f"net {two_figures(abs(value))} {'fewer' if value > 0 else 'more'} ({plain(net)} fewer)"
        if value < 0
        else (f"net {plain(net)} fewer")
    )


def _unequal(context: Context) -> Iterator[str]:
    words = {"q1 to q5": ("the poorest fifth", "the richest fifth"), "rural to urban": ("rural people", "urban people")}
    for item, (first, second) in words.items():
        ratio = context.of_focus("ever_denied_ratio", None, Cell(item=item))
        if ratio is None or not ratio.value:
            continue
        low, high = ratio.chance_low, ratio.chance_high
        if low is not None and high is not None and low <= 1.0 <= high:
            yield f"{first.capitalize()} and {second} are denied something about equally often (ratio {plain(ratio)})."
            continue
        if ratio.value < 1.0:
            first, second = second, first
            turned = (1.0 / high if high else None, 1.0 / low if low else None)
            ratio = ratio._replace(value=1.0 / ratio.value, chance_low=turned[0], chance_high=turned[1])
        verb = "are" if first.endswith("people") else "is"
        yield (
            f"{first.capitalize()} {verb} ever denied something {plain(ratio)} times as often as {second}. Part of"
            " this is what is"
            " assumed about needs and behaviour, not the scheme's doing alone."
        )
