"""What a run will take, before it is lived: events, time, memory, disk; and whether this machine has it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from scorelab.errors import RunError
from scorelab.kernel.layout import RISK, WEEKLY, YEAR_WEEKS
from scorelab.spec.resolved import Resolved
from scorelab.words import AGE_LABELS, Quintile, Residence, Sex

NANOSECONDS_PER_EVENT = 60.0
NANOSECONDS_PER_EVENT_AND_WORLD = 40.0
MICROSECONDS_PER_PERSON = 2.0
SECONDS_PER_COUNTY = 0.25
BASE_BYTES = 350 * 2**20
"""What Python, numba and DuckDB take before the first county."""
BYTES_PER_WEEKLY_ROW = 3
BYTES_PER_COUNTY = 150_000

ATTRIBUTE_SIZES = {"quintile": len(Quintile), "residence": len(Residence), "age": len(AGE_LABELS), "sex": len(Sex)}


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


def estimate(resolved: Resolved, workers: int) -> Estimate:
    """Expected events are the society's mean rates times everybody's weeks."""
    society = resolved.society
    worlds = len(resolved.worlds)
    counties = resolved.counties * resolved.replicates
    rates = [item.per_year.value for item in society.behaviours.values()]
    rates += [item.per_year.value for item in society.services.values()]
    rates += [society.job_loss.per_year.value] if society.job_loss else []
    persons = counties * resolved.persons
    events = persons * resolved.weeks / YEAR_WEEKS * sum(rates)
    each = NANOSECONDS_PER_EVENT + NANOSECONDS_PER_EVENT_AND_WORLD * worlds
    seconds = events * each / 1e9 + persons * MICROSECONDS_PER_PERSON / 1e6 + counties * SECONDS_PER_COUNTY
    groups = 1
    for attribute in resolved.groups:
        groups *= ATTRIBUTE_SIZES[attribute]
    rows = resolved.weeks * worlds * groups
    at_once = max(1, min(workers, counties))
    lists = len({name for world in resolved.worlds for scheme in world.schemes for name in scheme.lists})
    domains = len({behaviour.domain for behaviour in society.behaviours.values()})
    kinds = len(rates) + len(society.exposures)
    per_world = 2 * (RISK + domains) + 11 * lists + 3
    memory = resolved.persons * (worlds * per_world + 14 * kinds + 64) + rows * len(WEEKLY) * 16
    disk = counties * (rows * BYTES_PER_WEEKLY_ROW + BYTES_PER_COUNTY)
    return Estimate(
        counties=counties,
        persons=persons,
        worlds=worlds,
        weeks=resolved.weeks,
        events=round(events),
        seconds=seconds / at_once,
        memory_bytes=BASE_BYTES + at_once * memory,
        disk_bytes=disk,
    )


def must_fit(wanted: Estimate, folder: Path) -> None:
    """Raise RunError, with the numbers, where memory or disk is too small."""
    memory = free_memory()
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
