"""How long each tool takes for one, two, four and eight worlds, in turn: processor time, the best of some rounds."""

import gc
import time
from dataclasses import dataclass, field

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Tool

WORLDS = (1, 2, 4, 8)
BY_SHAPE = ("in_jax",)
"""Tools that compile anew for another number of persons or worlds, and so are lived once at full size before."""


@dataclass
class Times:
    """Of one tool: nanoseconds a person-week by number of worlds, and seconds for making the people of one world."""

    persons: int
    ns: dict[int, float] = field(default_factory=dict)
    setup_s: float = float("inf")


def timed(tools: dict[str, Tool], persons: int, weeks: int, rounds: int) -> dict[str, Times]:
    """Live every tool in turn, round after round, so that a busy minute of the machine hits all of them."""
    found = {name: Times(min(tool.PERSONS, persons) // m.HOUSEHOLD * m.HOUSEHOLD) for name, tool in tools.items()}
    for turn in range(rounds):
        for name, tool in tools.items():
            for worlds in WORLDS:
                if turn == 0:
                    size = found[name].persons if name in BY_SHAPE else 3_000
                    tool.made(size, weeks, 1, m.THRESHOLDS[:worlds], Change())()
                _once(tool, worlds, weeks, found[name])
    return found


def _once(tool: Tool, worlds: int, weeks: int, times: Times) -> None:
    started = time.perf_counter()
    lived = tool.made(times.persons, weeks, 1, m.THRESHOLDS[:worlds], Change())
    made = time.perf_counter()
    gc.collect()
    begun = time.process_time()  # all threads, and not what other processes took of the core meanwhile
    counts = lived()
    took = time.process_time() - begun
    if counts.shape[0] != worlds or not counts.sum(axis=(1, 2)).all():
        raise AssertionError(f"{tool.NAME} lived {worlds} worlds, and something never happened in one of them")
    times.ns[worlds] = min(times.ns.get(worlds, float("inf")), took / (times.persons * weeks) * 1e9)
    if worlds == 1:
        times.setup_s = min(times.setup_s, made - started)
