"""Due process: what becomes of records between the office and their effect, and on appeal, true ones and false ones."""

from collections.abc import Callable, Iterator

from scorelab.measures.cube import Axes, cube, levels, per_year, population, shares
from scorelab.measures.lab import YEAR_WEEKS, Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row
from scorelab.spec.quantity import Quantity
from scorelab.spec.scheme import Appeal, DueProcess, Window
from scorelab.spec.switches import Left

_ITEM = "true or false: whether the person did it, where there are several schemes after the scheme; null: all records"
_KNOWN = "Only who knows of a record can object or appeal; that a false one can be seen to be false is assumed."

register(
    Measure(
        "process_told",
        "process",
        "Told",
        "Of 100 records that reach the office, of how many the person is told.",
        "100 x process.told / process.arrived",
        "of 100 records",
        item=_ITEM,
        caveats=("Told, whether or not it was understood.",),
        interval="share",
    ),
    Measure(
        "process_made_good",
        "process",
        "Made good in time",
        "Of 100 records that reach the office, how many are made good before they take effect.",
        "100 x process.made_good / process.arrived",
        "of 100 records",
        item=_ITEM,
        caveats=("Only what can be made good, such as a debt; it says nothing about whether the record was right.",),
        interval="share",
    ),
    Measure(
        "process_objected",
        "process",
        "Objected to",
        "Of 100 records that reach the office, to how many the person objects before they take effect.",
        "100 x process.objected / process.arrived",
        "of 100 records",
        item=_ITEM,
        caveats=(_KNOWN,),
        interval="share",
    ),
    Measure(
        "process_objection_upheld",
        "process",
        "Objection upheld",
        "Of 100 objections, how many are upheld, so that the record has no effect.",
        "100 x process.objection_upheld / process.objected",
        "of 100 objections",
        item=_ITEM,
        caveats=(_KNOWN,),
        interval="share",
    ),
    Measure(
        "process_appealed",
        "process",
        "Appealed against",
        "Of 100 records that take effect, against how many the person appeals.",
        "100 x process.appealed / process.in_effect",
        "of 100 records in effect",
        item=_ITEM,
        caveats=(_KNOWN,),
        interval="share",
    ),
    Measure(
        "process_appeal_upheld",
        "process",
        "Appeal upheld",
        "Of 100 appeals, how many are upheld, so that the record is undone.",
        "100 x process.appeal_upheld / process.appealed",
        "of 100 appeals",
        item=_ITEM,
        caveats=(_KNOWN, "Appeals that are not decided when the run ends count as not upheld."),
        interval="share",
    ),
    Measure(
        "records_in_effect",
        "process",
        "Records that take effect",
        "How often a record takes effect, after notice, objections and everything that comes before.",
        "process.in_effect / (adults x years)",
        "per 100,000 adults and year",
        item=_ITEM,
        period="year",
        caveats=("Records, not persons, and before any appeal.",),
        interval="count",
    ),
)

_COUNTS = ("arrived", "told", "made_good", "objected", "objection_upheld", "in_effect", "appealed", "appeal_upheld")


def _positive(number: Quantity | None) -> bool:
    return number is not None and number.value > 0


def _window(has: Callable[[Window], bool]) -> Callable[[DueProcess], bool]:
    return lambda process: process.window is not None and has(process.window)


def _appeal(has: Callable[[Appeal], bool]) -> Callable[[DueProcess], bool]:
    return lambda process: process.appeal is not None and has(process.appeal)


SHARES: dict[str, tuple[str, str, Callable[[DueProcess], bool]]] = {
    "process_told": ("told", "arrived", lambda process: _positive(process.told)),
    "process_made_good": ("made_good", "arrived", _window(lambda window: _positive(window.makes_good))),
    "process_objected": ("objected", "arrived", _window(lambda window: _positive(window.objects))),
    "process_objection_upheld": ("objection_upheld", "objected", _window(lambda window: _positive(window.objects))),
    "process_appealed": ("appealed", "in_effect", _appeal(lambda appeal: _positive(appeal.asks))),
    "process_appeal_upheld": ("appeal_upheld", "appealed", _appeal(lambda appeal: _positive(appeal.asks))),
}
"""Measure -> what is counted, of what, and whether a scheme's process has such a thing at all."""


def _has(left: Left, item: str | None, asked: Callable[[DueProcess], bool]) -> bool:
    """Whether a scheme of a world has such a step: the one that the item begins with, or any."""
    named = (item or "").split(" ")[0]
    schemes = [scheme for scheme in left.schemes if named in ("", "true", "false", scheme.scheme)]
    return any(scheme.due_process is not None and asked(scheme.due_process) for scheme in schemes)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family; a world whose schemes know no such step has no row about it."""
    run = lab.facts
    schemes = sorted({scheme.scheme for world in run.worlds for scheme in world.left.schemes})
    if not schemes:
        return
    items = ["true", "false"]
    query = "SELECT *, world AS label, truth AS item, year AS period FROM process"
    if len(schemes) > 1:
        items += [f"{scheme} {truth}" for scheme in schemes for truth in ("true", "false")]
        query = f"{query} UNION ALL SELECT *, world, scheme || ' ' || truth, year FROM process"
    axes = Axes((("item",), ("item", "period")), tuple(items), run.years)
    by_truth = cube(lab, query, _COUNTS, run.names, axes)
    together = cube(lab, "SELECT *, world AS label FROM process", _COUNTS, run.names, Axes(((),)))
    for found in (by_truth, together):
        adults, scale = population(lab, found.cells, "adults"), per_year(lab, found.cells, YEAR_WEEKS)
        yield from levels(lab, "records_in_effect", found, "in_effect", adults, scale)
        for name, (count, of, asked) in SHARES.items():
            for row in shares(lab, name, found, count, of):
                if row.period is None and _has(run.world(row.world).left, row.item, asked):
                    yield row
