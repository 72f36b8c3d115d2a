"""What falls away without each mechanism."""

from typing import Any

from scorelab.charts.dots import dots, point
from scorelab.charts.numbers import with_interval
from scorelab.charts.register import chart
from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, GREEN, PURPLE, VERMILLION, label
from scorelab.measures.lab import Facts
from scorelab.measures.table import Measures
from scorelab.spec.resolved import SOURCE
from scorelab.words import Switch

KINDS = {
    "denials": ("denials", VERMILLION),
    "restricted_years": ("years on a list", PURPLE),
    "unlawful_prevented": ("unlawful acts prevented", BLUE),
    "lawful_forgone": ("lawful acts given up", GREEN),
}


SWITCHES = {
    Switch.ties: "consequences along ties",
    Switch.information_ties: "talk among ties",
    Switch.awareness: "awareness beforehand",
    Switch.nearness: "fear near a cut",
    Switch.spread: "fear that spreads",
    Switch.diffusion: "fear where nobody watches",
    Switch.contagion: "following others",
    Switch.crowding_out: "crowding out",
    Switch.not_asking: "people who do not ask",
    Switch.refill: "others in refused places",
    Switch.spiral: "the spiral",
    Switch.felt_loss: "haste after a refusal",
    Switch.throttling: "throttled connections",
    Switch.discretion: "officials' discretion",
    Switch.fusion: "joined sources",
    Switch.attention: "a closer look at the listed",
    Switch.selection: "selection by risk",
    Switch.window: "time to object",
    Switch.opt_in: "opting in",
}
"""Mechanisms in words; the others lose their underscores only."""


def lacks(item: str) -> str:
    """What a world lacks, in words: false records and consequences along ties."""

    def said(word: str) -> str:
        if word.startswith(SOURCE):
            return f"the source {word.removeprefix(SOURCE)}"
        return SWITCHES.get(Switch(word), word.replace("_", " "))

    return " and ".join(said(word) for word in item.split(" + "))


def _row(item: str) -> str:
    return label(f"without {lacks(item)}")


def order(run: Facts, measures: Measures) -> list[str]:
    """The items, what takes most denials away first."""
    share = {row.item: row.value or 0.0 for row in measures.where("without_denials", world=run.focus)}
    return sorted((str(item) for item in share), key=lambda item: (-share[item], item))


@chart("without")
def without(run: Facts, measures: Measures) -> Chart | None:
    """Of 100 denials, years on a list and acts that the focus has more than the reference: how many fall away."""
    data: list[dict[str, Any]] = []
    for name, (words, _) in KINDS.items():
        for row in measures.where(f"without_{name}_share", world=run.focus):
            found = point(row, row=_row(str(row.item)), kind=words)
            data += [found] if found else []
    if not any(one["value"] for one in data):
        return None
    rows = [_row(item) for item in order(run, measures)]
    shown = {words: paint for words, paint in KINDS.values() if any(one["kind"] == words for one in data)}
    alt = "; ".join(
        f"{' '.join(one['row'].split())}, {with_interval(one['value'], one['low'], one['high'])} of 100 {one['kind']}"
        for one in data
    )
    lines = "; lines are 95 % intervals of chance" if any(one["low"] is not None for one in data) else ""
    return Chart(
        "without",
        "What falls away without each mechanism",
        f"of 100 that “{run.world(run.focus).title}” has more than “{run.world(run.against).title}”; below zero, there"
        f" are more without the mechanism{lines}",
        f"{alt[0].upper()}{alt[1:]}.",
        dots(data, rows, shown, "of 100, how many fall away, net"),
    )
