"""What two runs beside each other say, in sentences. Every number in them is taken from the comparison."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from scorelab.charts.numbers import as_fine, two_figures, written
from scorelab.measures.beside import Beside, titled
from scorelab.measures.lab import Facts, World
from scorelab.measures.table import Cell


@dataclass(frozen=True)
class Pair:
    """Two runs beside each other: their facts, the world of each that is compared, and the numbers of both."""

    a: Facts
    b: Facts
    worlds: tuple[str, str]
    rows: tuple[Beside, ...]
    people: tuple[int, int]
    """Persons and adults that live in each of the two."""
    units: tuple[int, int]
    """Counties of all replicates, and replicates."""
    _at: dict[tuple[str, Cell], Beside] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._at.update({(row.measure, row.cell): row for row in self.rows})

    def one(self, measure: str, cell: Cell = Cell()) -> Beside | None:  # noqa: B008
        """The numbers about exactly this, or None where they cannot be compared."""
        return self._at.get((measure, cell))

    def table(self) -> list[tuple[object, ...]]:
        """All numbers as rows of :data:`scorelab.measures.beside.COLUMNS`."""
        names = (self.a.resolved["name"], self.worlds[0], self.b.resolved["name"], self.worlds[1])
        return [(*names, titled(row), *row) for row in self.rows]

    @property
    def focus(self) -> tuple[World, World]:
        return self.a.world(self.worlds[0]), self.b.world(self.worlds[1])

    @property
    def equal(self) -> bool:
        """Whether the two worlds are the same in everything but their names."""
        return self.focus[0].meaning == self.focus[1].meaning

    @property
    def titles(self) -> tuple[str, str]:
        """What each side is called: by its scheme where it has one, else by its world; by its run where that helps."""
        names = [_called(world) for world in self.focus]
        if names[0] == names[1]:
            names = [world.title for world in self.focus]
        if names[0] == names[1]:
            names = [str(facts.resolved["title"]) for facts in (self.a, self.b)]
        return names[0], names[1]


def _called(world: World) -> str:
    whole = len(world.schemes) == 1 and not world.without and not world.placebo
    return world.schemes[0].title if whole else world.title


FEW = "none: fewer than"
"""Begins the reason why a number has no interval though others of its run have one."""
PERSONS = {
    "ever_restricted": "adults are at some time on a list",
    "ever_denied": "persons are ever denied anything",
    "ever_wronged": "persons are ever denied something by error alone",
    "ever_for_another": "persons are ever denied something for somebody else's record alone",
}
YEARLY = {
    "restricted_person_years": "adults are on a list in an average week",
    "jobless_person_years": "adults are without work in an average week",
    "arrears_person_years": "adults are in arrears in an average week",
    "throttled_person_years": "persons are online only in part in an average week",
}
ACTS = {"unlawful": "unlawful acts a year", "lawful": "lawful acts a year", "prosocial": "prosocial acts a year"}


def findings(pair: Pair) -> list[str]:
    """What differs and what cannot be told apart, for a lay reader."""
    if pair.equal:
        return ["The two worlds are the same in everything but their names, and nothing in them differs."]
    return [*_of_people(pair), *_of_needs(pair), *_of_conduct(pair), *_of_groups(pair)]


def _of_people(pair: Pair) -> Iterator[str]:
    for name, what in (*PERSONS.items(), *YEARLY.items()):
        row = pair.one(name)
        if row is not None:
            yield from _sentence(row, f"of 100,000 {what}")


def _of_needs(pair: Pair) -> Iterator[str]:
    for name, what in (
        ("needs_denied", "needs a year of 100,000 persons are denied"),
        ("needs_not_asked", "needs a year of 100,000 persons are not asked for, since people know of the bar"),
    ):
        row = pair.one(name)
        if row is not None:
            yield from _sentence(row, what)


def _of_conduct(pair: Pair) -> Iterator[str]:
    for item, what in ACTS.items():
        row = pair.one("acts", Cell(item=item))
        if row is not None:
            yield from _sentence(row, f"{what} are done by 100,000 adults")


def _of_groups(pair: Pair) -> Iterator[str]:
    rows = [pair.one("ever_denied", Cell(quintile=name)) for name in ("q1", "q5")]
    for row, who in zip(rows, ("the poorest fifth", "the richest fifth"), strict=True):
        if row is not None:
            yield from _sentence(row, f"of 100,000 persons of {who} are ever denied anything")


def _sentence(row: Beside, what: str) -> Iterator[str]:
    """Under A so many, under B so many, and what that comes to; nothing where both are zero or not given."""
    if row.value_a is None or row.value_b is None or row.difference is None or not (row.value_a or row.value_b):
        return
    one, other = (as_fine(value, row.difference, row.low, row.high) for value in (row.value_a, row.value_b))
    yield f"Under A {one} {what}, under B {other}: {outcome(row)}."


def outcome(row: Beside) -> str:
    """What a difference comes to, seen from B: 3,290 fewer under B (3,100 to 3,480)."""
    value, low, high = row.difference or 0.0, row.low, row.high
    if value == 0.0 and (low is None or low == high):
        return "as many in both"
    if low is None or high is None:
        side = "fewer" if value > 0 else "more"
        few = ", by too few cases to say how far chance reaches" if row.interval_method.startswith(FEW) else ""
        return f"{two_figures(abs(value))} {side} under B{few}"
    if low <= 0.0 <= high:
        shown, ends = written(-value, -high, -low)
        return f"the two cannot be told apart (B less A {shown}, {ends})"
    size, near, far = (value, low, high) if value > 0 else (-value, -high, -low)
    shown, ends = written(size, near, far)
    return f"{shown} {'fewer' if value > 0 else 'more'} under B" + (f" ({ends})" if ends else "")
