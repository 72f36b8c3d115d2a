"""How fast this machine lives a county, and how fast it could: the cases, what each must have done, and two limits.

A case is one county, lived some times over in one thread; the best processor time counts, which is the time on the clock
where nothing else uses the core. Whatever was lived must have held acts, records, listings and denials in each world
where there can be some, so that nothing is fast by doing nothing.
"""

import dataclasses
import resource
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scorelab.errors import RunError
from scorelab.kernel.counted import WEEKLY, Counts
from scorelab.kernel.fate import BLOCK, fill, key
from scorelab.kernel.layout import HOT, Law
from scorelab.kernel.live import live
from scorelab.kernel.parts import rest_fields
from scorelab.runs.lives import prepare
from scorelab.society.county import people
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved
from scorelab.tables.county import county

EXPERIMENT = "reported-and-documented"
SMALL = "rail-and-defaulters"
FOCUS, NOTHING = "as-reported", "no-scheme"
ORDER = (
    *(FOCUS, NOTHING, "without-false-records", "without-ties"),
    *("as-documented", "without-spiral", "placebo", "as-reported-again"),
)
CASES = ("1", "2", "4", "8", "small", "nothing")
"""So many worlds of the experiment unaltered; four of the small scheme; four without any."""

ROLLED_OUT_WEEKS = 182
"""Before that the experiment's main scheme need not have reached a county, and nothing is asked of it."""

POOL = 16
"""Sets of persons that the limit of memory visits in turn."""


@dataclass(frozen=True)
class Row:
    """What one case took. Times are the best of several, in seconds unless the name says nanoseconds; on the clock where
    several counties are lived, else of the processor.

    ``events`` are candidates that some world kept, ``drawn_per_event`` how many were drawn for each. A limit is how many
    times as long the case took as the words of chance of all that was drawn, or as reading the lives of those who were
    drawn, would take alone in the same process; None where it was not measured. ``society_s`` is for making the people.
    ``compile_s`` is None where it was not measured.
    """

    case: str
    persons: int
    weeks: int
    worlds: int
    counties: int
    cores: int
    events: int
    drawn_per_event: float
    seconds: float
    ns_per_person_week_core: float
    ns_per_event: float
    times_words_alone: float | None
    times_memory_alone: float | None
    society_s: float
    measures_s: float
    peak_mb: float
    compile_s: float | None = None


def with_worlds(resolved: Resolved, count: int) -> Resolved:
    """The experiment with its first worlds in ``ORDER``."""
    return dataclasses.replace(resolved, worlds=[resolved.world(name) for name in ORDER[:count]])


def with_copies(resolved: Resolved, name: str, count: int) -> Resolved:
    """The experiment with so many copies of one world."""
    one = resolved.world(name)
    worlds = [dataclasses.replace(one, name=f"{name}-{number}") for number in range(count)]
    return dataclasses.replace(resolved, worlds=worlds)


def of_case(name: str, options: Options) -> tuple[str, Resolved]:
    """What a case of ``CASES`` is called in a table, and the experiment that it lives.

    Raises InputError where the options are wrong.
    """
    if name == "small":
        return SMALL, with_copies(resolve(SMALL, options=options), "as-written", 4)
    resolved = resolve(EXPERIMENT, options=options)
    if name == "nothing":
        return NOTHING, with_copies(resolved, NOTHING, 4)
    return EXPERIMENT, with_worlds(resolved, int(name))


def one_county(name: str, resolved: Resolved, repeats: int) -> Row:
    """Live one county some times over. Raises RunError where too little happened in a world."""
    prepared = prepare(resolved)
    built = prepared.built
    words = key(resolved.seed)
    started = time.perf_counter()
    who = people(prepared.plan, resolved.society, resolved.persons, 0, words)
    tables = county(built, who, 0, words)
    society_s = time.perf_counter() - started
    finish(live(tables, built.kinds, built.law, 1, len(built.names.groups)))  # reads the compiled code
    best = of_words = of_memory = float("inf")
    for _ in range(repeats):
        started = time.process_time()
        counts = finish(live(tables, built.kinds, built.law, resolved.weeks, len(built.names.groups)))
        best = min(best, time.process_time() - started)
        drawn, kept = (int(number) for number in counts.candidates.sum(axis=0))
        of_words = min(of_words, words_alone(drawn))
        of_memory = min(of_memory, memory_alone(built.law, resolved, drawn, kept))
    sums = counts.weekly.sum(axis=(0, 2))
    must_have_worked(resolved, {world.name: dict(zip(WEEKLY, sums[w])) for w, world in enumerate(resolved.worlds)})
    person_weeks = resolved.persons * resolved.weeks
    return Row(
        case=name,
        persons=resolved.persons,
        weeks=resolved.weeks,
        worlds=len(resolved.worlds),
        counties=1,
        cores=1,
        events=kept,
        drawn_per_event=drawn / max(1, kept),
        seconds=best,
        ns_per_person_week_core=best / person_weeks * 1e9,
        ns_per_event=best / max(1, kept) * 1e9,
        times_words_alone=best / of_words,
        times_memory_alone=best / of_memory,
        society_s=society_s,
        measures_s=0.0,
        peak_mb=peak_mb(),
    )


def must_have_worked(resolved: Resolved, sums: Mapping[str, Mapping[str, int]]) -> None:
    """Raise RunError where a world saw less than it must: ``sums`` are the weekly counts of everybody by world."""
    persons = resolved.persons * resolved.counties
    years = max(0, resolved.weeks - ROLLED_OUT_WEEKS) / (364 - ROLLED_OUT_WEEKS)
    enough = 0.5 * persons / 100_000 * years**2  # lists begin empty and fill with the years
    for world in resolved.worlds:
        least = {"acts": 1000.0}
        if world.schemes:
            least |= {"records_true": 800, "entries": 300, "denied": 2000}
            if "ties" not in world.without:
                least["denied_tie"] = 5
            if "false_records" not in world.without and FOCUS in {scheme.scheme for scheme in world.schemes}:
                least["records_false"] = 2
        for what, wanted in least.items():
            found = int(sums[world.name][what])
            if found < int(wanted * enough):
                raise RunError(
                    f"this measures nothing: {what} of {world.name} are {found}, and {int(wanted * enough)} at least were "
                    "to be expected"
                )


def words_alone(drawn: int) -> float:
    """Seconds for the first four words of so many candidates."""
    out = np.zeros((4, BLOCK), np.uint32)
    started = time.process_time()
    for week in range(-(-drawn // BLOCK)):
        fill(*out, *(np.uint64(word) for word in (week, 2, 3, 4, 5)))
    return time.process_time() - started


def memory_alone(law: Law, resolved: Resolved, drawn: int, kept: int) -> float:
    """Seconds for reading the lives of those who were drawn, week after week and block after block, and nothing else.

    Of everybody drawn the part that all steps look at is read, of those whose candidate some world kept the rest too, as
    the kernel keeps them: a person's worlds side by side. Nothing is written back.
    """
    worlds, persons = len(resolved.worlds), resolved.persons
    hot = np.zeros((persons, worlds * HOT), np.uint16)
    rest = np.zeros((persons, worlds * rest_fields(law.media.shape[1])), np.uint16)
    blocks = -(-persons // BLOCK)
    visits = resolved.weeks * blocks
    size = min(persons, BLOCK)
    chance = np.zeros((4, max(1, drawn // visits)), np.uint32)
    chance[0] = np.arange(chance.shape[1])
    met, of_kept = [], max(1, kept // visits)
    for number in range(POOL):
        fill(*chance, *(np.uint64(word) for word in (number, 2, 3, 4, 5)))
        met.append((chance[0].astype(np.int64) * size) >> 32)
    seen_hot = np.empty((chance.shape[1], hot.shape[1]), np.uint16)
    seen_rest = np.empty((of_kept, rest.shape[1]), np.uint16)
    started = time.process_time()
    for visit in range(visits):
        first = min(visit % blocks * BLOCK, persons - size)
        who = met[visit % POOL]
        hot[first : first + size].take(who, axis=0, out=seen_hot, mode="clip")
        rest[first : first + size].take(who[:of_kept], axis=0, out=seen_rest, mode="clip")
    return time.process_time() - started


def peak_mb() -> float:
    """The most memory that this process ever held, in megabytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def finish(lived: Any) -> Counts:
    """Live all weeks; the counts."""
    while True:
        try:
            next(lived)
        except StopIteration as end:
            counts: Counts = end.value
            return counts
