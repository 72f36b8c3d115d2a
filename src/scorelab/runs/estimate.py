"""What a run will take, before it is lived: events, time, memory, disk; and whether this machine has it."""

import math
import shutil
from dataclasses import dataclass
from pathlib import Path

from scorelab.errors import RunError
from scorelab.kernel.counted import WEEKLY
from scorelab.kernel.layout import HOT, LISTING_COLUMNS, YEAR_WEEKS
from scorelab.kernel.parts import rest_fields
from scorelab.runs.country import GROUPS, persons_lived
from scorelab.runs.room import most_persons
from scorelab.spec.limits import GROUP_SIZES
from scorelab.spec.resolved import Resolved
from scorelab.spec.society import Society
from scorelab.spec.together import channels
from scorelab.tables.chances import layers
from scorelab.tables.sources import mistakes_per_year
from scorelab.words import Tie

NANOSECONDS_PER_EVENT = 80.0
NANOSECONDS_PER_EVENT_AND_WORLD = 28.0
IN_CACHE = 200_000
BEYOND_CACHE = 1.7
"""How much dearer an event is in a county of more than IN_CACHE persons, whose lives lie in slow memory."""
MICROSECONDS_PER_PERSON = 4.0
SECONDS_PER_COUNTY = 0.25
SECONDS_OF_RESULTS_PER_WORLD = 1.2
"""For measures, charts and the report, which one core makes at the end."""
BASE_BYTES = 350 * 2**20
"""What Python, numba and DuckDB take before the first county."""
BYTES_PER_WEEKLY_ROW = 3
BYTES_PER_COUNTY = 150_000
MERGED = 4
"""How many times larger the tables of a group or of a large county are than those of a small county."""
BYTES_KEPT_PER_COUNTY = 20_000
BYTES_KEPT_PER_GROUP = 60
"""What a county of a country keeps of its own: for all its months, and for each group of people in each world."""
FILED = 0.5
"""Share of the people for whom there is room in the files of those who were ever listed or remembered."""
HOUSEHOLD_TIES = 6
"""Partners, parents, children and others of the household that a person has, generously."""


@dataclass(frozen=True)
class Estimate:
    """What a run is expected to take; times are for an ordinary processor core and say the order of magnitude."""

    counties: int
    persons: int
    worlds: int
    weeks: int
    events: int
    seconds: float
    memory_bytes: int
    disk_bytes: int


def estimate(resolved: Resolved, workers: int, counties: int | None = None) -> Estimate:
    """What so many counties take, by default all of the run; ``workers`` counties are lived at once.

    Expected events are the society's mean rates times everybody's weeks.
    """
    worlds = len(resolved.worlds)
    every = resolved.counties * resolved.replicates
    counties = every if counties is None else counties
    rates = _rates(resolved)
    persons = persons_lived(resolved) * resolved.replicates * counties // every
    events = persons * resolved.weeks / YEAR_WEEKS * sum(rates)
    each = NANOSECONDS_PER_EVENT + NANOSECONDS_PER_EVENT_AND_WORLD * worlds
    each *= BEYOND_CACHE if resolved.persons > IN_CACHE else 1.0
    seconds = events * each / 1e9 + persons * MICROSECONDS_PER_PERSON / 1e6 + counties * SECONDS_PER_COUNTY
    groups = math.prod(GROUP_SIZES.get(name, 2) for name in resolved.groups)
    rows = resolved.weeks * worlds * groups
    at_once = max(1, min(workers, counties))
    memory = most_persons(resolved, at_once) * _bytes_per_person(resolved, len(rates)) + at_once * rows * len(WEEKLY) * 16
    whole = rows * BYTES_PER_WEEKLY_ROW + BYTES_PER_COUNTY
    disk = _disk_of_country(resolved, rows, whole) if resolved.national else counties * whole
    return Estimate(
        counties=counties,
        persons=persons,
        worlds=worlds,
        weeks=resolved.weeks,
        events=round(events),
        seconds=seconds / at_once + worlds * SECONDS_OF_RESULTS_PER_WORLD,
        memory_bytes=BASE_BYTES + round(memory),
        disk_bytes=disk,
    )


def _disk_of_country(resolved: Resolved, rows: int, whole: int) -> int:
    """County groups, what each county keeps in them, and the parts of a group that waits for its last counties."""
    groups = min(GROUPS, resolved.counties) * resolved.replicates
    waiting = -(-resolved.counties // GROUPS)
    kept = resolved.counties * resolved.replicates * (BYTES_KEPT_PER_COUNTY + rows // resolved.weeks * BYTES_KEPT_PER_GROUP)
    return (groups + waiting) * MERGED * whole + kept


def _rates(resolved: Resolved) -> list[float]:
    """Candidates per person and year of each kind: occasions, needs, life events, mistakes."""
    society = resolved.society
    rates = [item.per_year.value for item in society.behaviours.values()]
    rates += [item.per_year.value for item in society.services.values()]
    rates += [society.job_loss.per_year.value] if society.job_loss else []
    if society.arrears is not None:
        slowest = max(1.0, society.arrears.when_not_working.value)
        rates += [society.arrears.begins_per_year.value, society.arrears.ends_per_year.value * slowest]
    return rates + _mistakes(resolved)


def _mistakes(resolved: Resolved) -> list[float]:
    """Candidates for false records: they are drawn up to a ceiling of the society, or to what a source asks for."""
    highest: dict[tuple[str, str, bool], float] = {}
    for world in resolved.worlds:
        for scheme in world.schemes:
            for name, source in scheme.sources.items():
                rate = mistakes_per_year(source.mistakes)
                if source.mistakes is not None and rate > 0:
                    kind = (name, source.mistakes.exposure, world.placebo)
                    highest[kind] = max(highest.get(kind, 0.0), rate)
    ceilings = {name: exposure.ceiling_per_year.value for name, exposure in resolved.society.exposures.items()}
    return [sum(drawn for drawn, _ in layers(rate, ceilings[kind[1]])) for kind, rate in highest.items()]


def _bytes_per_person(resolved: Resolved, kinds: int) -> float:
    """What one person takes: a life in each world, files, ties, and the tables from which candidates are drawn."""
    society = resolved.society
    worlds = len(resolved.worlds)
    schemes = {scheme.scheme for world in resolved.worlds for scheme in world.schemes}
    lists = {name for world in resolved.worlds for scheme in world.schemes for name in scheme.lists}
    domains = len({behaviour.domain for behaviour in society.behaviours.values()})
    rules = [[rule for scheme in world.schemes for rule in scheme.rules] for world in resolved.worlds]
    memories = max(sum(rule.after is not None or rule.at_most is not None for rule in found) for found in rules)
    reached = max(len(channels(world.schemes)) for world in resolved.worlds)
    life = 2 * (HOT + rest_fields(domains)) + 2 * reached + 4
    files = FILED * 2 * (LISTING_COLUMNS * len(lists) + 2 * memories)
    return worlds * (life + files) + 4 * (_ties(society) + len(Tie)) + 16 * len(schemes) + 14 * kinds + 64


def _ties(society: Society) -> float:
    """Ties of a person, each of which is kept by both."""
    if society.ties is None:
        return HOUSEHOLD_TIES
    circles = (society.ties.friends, society.ties.colleagues)
    return HOUSEHOLD_TIES + sum(one.circles * (one.largest - 1) for one in circles)


def must_fit(wanted: Estimate, folder: Path, *, elsewhere: bool = False) -> None:
    """Raise RunError, with the numbers, where memory or disk is too small.

    Counties that are lived ``elsewhere`` take the memory of other machines.
    """
    memory = None if elsewhere else free_memory()
    if memory is not None and wanted.memory_bytes > memory:
        raise RunError(
            f"this run needs about {megabytes(wanted.memory_bytes)} of memory and {megabytes(memory)} are free; "
            "try fewer --persons (per county) with more --counties, or fewer --workers"
        )
    disk = free_disk(folder)
    if wanted.disk_bytes > disk:
        raise RunError(
            f"this run needs about {megabytes(wanted.disk_bytes)} on the disk and {megabytes(disk)} are free there; "
            "choose another --out, or fewer counties, weeks or groups"
        )


def free_memory() -> int | None:
    """Bytes that this process can still take, or None where the system does not say."""
    found: list[int] = []
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
        found += [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
        limit = Path("/sys/fs/cgroup/memory.max").read_text().strip()
        used = int(Path("/sys/fs/cgroup/memory.current").read_text())
        if limit != "max":
            found.append(max(0, int(limit) - used))
    except (OSError, ValueError, IndexError):
        pass
    return min(found) if found else None


def free_disk(folder: Path) -> int:
    """Free bytes where the folder is or will be."""
    place = folder.absolute()
    while not place.exists():
        place = place.parent
    try:
        return shutil.disk_usage(place).free
    except OSError as error:
        raise RunError(f"cannot look at the disk of {folder}: {error.strerror}") from error


def megabytes(size: int) -> str:
    """A size as a person reads it."""
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6)):,} MB"
