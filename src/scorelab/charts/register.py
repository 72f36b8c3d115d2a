"""The register of charts: functions from a run's measures to a picture, or to None where there is nothing to show."""

from collections.abc import Callable

from scorelab.charts.render import Chart
from scorelab.charts.theme import BLUE, GREEN, GREY, ORANGE, SPARE, VERMILLION
from scorelab.measures.lab import Facts
from scorelab.measures.table import Measures

Draw = Callable[[Facts, Measures], Chart | None]
_CHARTS: dict[str, Draw] = {}


def chart(name: str) -> Callable[[Draw], Draw]:
    """Enter a chart under a name."""

    def enter(draw: Draw) -> Draw:
        if name in _CHARTS:
            raise ValueError(f"two charts are called {name!r}")
        _CHARTS[name] = draw
        return draw

    return enter


def names() -> tuple[str, ...]:
    """Names of all charts, in the order in which they were entered."""
    return tuple(_CHARTS)


def draw(name: str, run: Facts, measures: Measures) -> Chart | None:
    """The chart of that name for a run; KeyError where there is no such chart."""
    return _CHARTS[name](run, measures)


def world_colours(run: Facts) -> dict[str, str]:
    """One colour a world: the focus blue, the reference grey, those that the siblings lack by what they lack."""
    known = {("false_records",): VERMILLION, ("ties",): GREEN}
    colours: dict[str, str] = {}
    for world in run.worlds:
        if world.name == run.focus:
            colours[world.name] = BLUE
        elif world.name == run.against:
            colours[world.name] = GREY
        elif world.placebo and ORANGE not in colours.values():
            colours[world.name] = ORANGE
        elif world.without in known and known[world.without] not in colours.values():
            colours[world.name] = known[world.without]
    taken = set(colours.values())
    spare = iter([paint for paint in SPARE if paint not in taken] + list(SPARE))
    return {world.name: colours.get(world.name) or next(spare) for world in run.worlds}
