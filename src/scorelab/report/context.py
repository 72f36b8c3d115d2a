"""What a section of the report can see: the run's facts, its measures, its gates and its silent clauses."""

from dataclasses import dataclass
from pathlib import Path

from scorelab.charts.numbers import outward, with_interval, written
from scorelab.charts.register import draw
from scorelab.charts.render import Chart
from scorelab.measures import Cell, Measures, Row, read
from scorelab.measures.gates import Gate
from scorelab.measures.gates import read as read_gates
from scorelab.measures.lab import YEAR_WEEKS, Facts, Lab, World, facts
from scorelab.measures.silent import Silent, silent
from scorelab.report.markup import Html, join, tag, text

FEW = 100
"""A number without an interval that rests on fewer cases than this has their count beside it."""


@dataclass(frozen=True)
class Margin:
    """One margin of the society: how far the synthetic people are from what was wanted."""

    name: str
    categories: int
    wanted: float
    persons: int
    off: float
    """sum over categories of |persons - wanted|"""
    worst: str
    worst_off: float


@dataclass(frozen=True)
class Context:
    """Everything that the report is made of."""

    run: Facts
    measures: Measures
    gates: tuple[Gate, ...]
    silent: tuple[Silent, ...]
    margins: tuple[Margin, ...]
    charts: dict[str, Chart]
    persons: int
    adults: int
    counties: int
    replicates: int

    @property
    def years(self) -> float:
        return self.run.weeks / YEAR_WEEKS

    @property
    def focus(self) -> str:
        """The focus world's title."""
        return self.run.world(self.run.focus).title

    @property
    def named(self) -> str:
        """The focus world's title in quotation marks."""
        return f"“{self.focus}”"

    @property
    def other_systems(self) -> list[World]:
        """Worlds that live other schemes than the focus, with all their parts: the first of each, three at most."""
        mine = frozenset(scheme.scheme for scheme in self.run.world(self.run.focus).schemes)
        found: dict[frozenset[str], World | None] = {mine: None}
        for world in self.run.worlds:
            part = world.without or world.placebo or world.exempts or world.covers
            if world.schemes and not part:
                found.setdefault(frozenset(scheme.scheme for scheme in world.schemes), world)
        return [world for world in found.values() if world is not None][:3]

    def title(self, world: str | None) -> str:
        """A world's title by its name."""
        return self.run.world(world).title if world else ""

    @property
    def without_intervals(self) -> str:
        """Why no number of this run has an interval of chance, or nothing where some have one."""
        if any(row.chance_low is not None for row in self.measures):
            return ""
        row = self.measures.one("restricted_person_years", self.run.focus)
        return row.interval_method if row is not None else ""

    def of_focus(self, measure: str, against: str | None = None, cell: Cell = Cell()) -> Row | None:  # noqa: B008
        """A number about the focus world, or None where the run has none."""
        row = self.measures.one(measure, self.run.focus, against, cell)
        return row if row is not None and row.value is not None else None

    def shown(self, measure: str, against: str | None = None, cell: Cell = Cell()) -> Row | None:  # noqa: B008
        """A number about the focus world, or why it is not given, or None where the run has none."""
        return self.measures.one(measure, self.run.focus, against, cell)

    @property
    def denies(self) -> bool:
        """Whether anybody was denied anything in the focus world."""
        denied = self.of_focus("needs_denied")
        return denied is not None and bool(denied.value)


def number(row: Row | None) -> Html:
    """A number with its intervals, that of chance and that of assumptions, or why there is none."""
    if row is None:
        return tag("span", text("no such world"), class_="none")
    if row.value is None:
        return tag("span", text("–"), class_="none", title=row.interval_method)
    return join(_by_chance(row), _by_assumptions(row))


def _by_chance(row: Row) -> Html:
    value, interval = written(row.value or 0.0, row.chance_low, row.chance_high)
    if interval:
        return Html(f"{text(value)} {tag('span', text(f'({interval})'), class_='i')}")
    if row.chance_low is not None:
        return text(value)
    shown = tag("span", text(value), title=row.interval_method)
    few = row.numerator is not None and 0 < abs(row.numerator) < FEW
    return (
        join(shown, Html(" "), tag("span", text(f"({abs(row.numerator or 0):,} counted)"), class_="i"))
        if few
        else shown
    )


def _by_assumptions(row: Row) -> Html:
    if row.assumed_low is None or row.assumed_high is None:
        return Html("")
    return tag("span", text(f"assumed {outward(row.assumed_low, row.assumed_high)}"), class_="i a")


def counted(row: Row | None) -> Html:
    """How many were counted in the whole run, before any scaling."""
    return text("–" if row is None or row.numerator is None else f"{row.numerator:,}")


def plain(row: Row) -> str:
    """A number with its interval as plain words: 120 (95 to 140)."""
    return with_interval(row.value or 0.0, row.chance_low, row.chance_high)


def load(run_dir: Path) -> Context:
    """Read everything that the report needs of a finished run."""
    from scorelab.charts import names

    run = facts(run_dir)
    measures = read(run_dir)
    with Lab(run) as lab:
        counted = lab.con.execute("SELECT sum(persons)::BIGINT, sum(adults)::BIGINT FROM people").fetchone() or (0, 0)
        margins = lab.con.execute(
            """
            SELECT margin, category, sum(wanted) AS wanted, sum(persons)::BIGINT AS persons
            FROM (SELECT * FROM margins ORDER BY replicate, county)
            GROUP BY margin, category ORDER BY margin, category"""
        ).fetchall()
        return Context(
            run=run,
            measures=measures,
            gates=read_gates(run_dir),
            silent=silent(lab),
            margins=_margins(margins),
            charts={name: chart for name in names() if (chart := draw(name, run, measures)) is not None},
            persons=int(counted[0] or 0),
            adults=int(counted[1] or 0),
            counties=lab.counties,
            replicates=lab.replicates,
        )


def _margins(rows: list[tuple[str, str, float, int]]) -> tuple[Margin, ...]:
    found: dict[str, list[tuple[str, float, int]]] = {}
    for margin, category, wanted, persons in rows:
        found.setdefault(margin, []).append((category, wanted, persons))
    out = []
    for name, parts in found.items():
        worst = max(parts, key=lambda part: abs(part[2] - part[1]))
        wanted = sum(part[1] for part in parts)
        off = sum(abs(part[2] - part[1]) for part in parts)
        persons = sum(part[2] for part in parts)
        out.append(Margin(name, len(parts), wanted, persons, off, worst[0], worst[2] - worst[1]))
    return tuple(out)
