"""How fast a county is lived: 100,000 persons, seven years, one to eight worlds of the catalogue's experiment.

The schemes are the catalogue's, unaltered, and so is the rate of events. Every case asserts that something happened:
acts, records, listings, denials and denials for another's record in each world where they can happen. Beside the
kernel stand two limits measured in the same run: the words of chance alone, and four worlds in which there is no
scheme at all: what people do and need by themselves. A case of four worlds under two lists, which has no score and no
ties but those of a child's school, says what a small scheme costs.

``--json`` prints a list of rows instead of a table. ``--persons N`` and ``--weeks N`` change the case. ``--switches``
measures instead what each mechanism costs: the article's system in one world and in force from the first day, whole and
without each of them, in turn.
Times are the best of several, on one core; on a shared machine only ratios mean anything.
"""

import argparse
import dataclasses
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from typing import Any

import numpy as np

from scorelab.kernel.counted import WEEKLY, Counts
from scorelab.kernel.fate import fill, key
from scorelab.runs.lives import prepare
from scorelab.society.county import people
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved
from scorelab.tables.county import county
from scorelab.words import Switch

EXPERIMENT = "reported-and-documented"
SMALL = "rail-and-defaulters"
REPEATS = 3
FOCUS, NOTHING = "as-reported", "no-scheme"
ORDER = (
    *(FOCUS, NOTHING, "without-false-records", "without-ties"),
    *("as-documented", "without-spiral", "placebo", "as-reported-again"),
)


def with_worlds(resolved: Resolved, count: int) -> Resolved:
    """The experiment with its first worlds in ``ORDER``."""
    return dataclasses.replace(resolved, worlds=[resolved.world(name) for name in ORDER[:count]])


def with_copies(resolved: Resolved, name: str, count: int) -> Resolved:
    """The experiment with so many copies of one world."""
    one = resolved.world(name)
    worlds = [dataclasses.replace(one, name=f"{name}-{number}") for number in range(count)]
    return dataclasses.replace(resolved, worlds=worlds)


def without(resolved: Resolved, words: list[str]) -> Resolved:
    """The experiment with its focus alone, lived without some mechanisms."""
    return dataclasses.replace(resolved, worlds=[dataclasses.replace(resolved.world(FOCUS), without=words)])


def finish(lived: Any) -> Counts:
    """Live all weeks; the counts."""
    while True:
        try:
            next(lived)
        except StopIteration as end:
            counts: Counts = end.value
            return counts


def assert_work(resolved: Resolved, counts: Counts) -> None:
    """Faster and empty would be no gain."""
    sums = dict(zip(WEEKLY, counts.weekly.sum(axis=(0, 2)).T, strict=True))
    enough = 0.5 * resolved.persons / 100_000 * (resolved.weeks / 364) ** 2  # lists begin empty and fill with the years
    for w, world in enumerate(resolved.worlds):
        assert sums["acts"][w] > 1000 * enough, (world.name, "acts")
        if not world.schemes:
            continue
        for what, least in (("records_true", 800), ("entries", 300), ("denied", 2000)):
            assert sums[what][w] > least * enough, (world.name, what, sums[what][w])
        if "ties" not in world.without:
            assert sums["denied_tie"][w] > 5 * enough, (world.name, "denied_tie")
        if "false_records" not in world.without and FOCUS in {scheme.scheme for scheme in world.schemes}:
            assert sums["records_false"][w] > 2 * enough, (world.name, "records_false")


def words_alone(drawn: int) -> float:
    """Seconds for the first four words of so many candidates."""
    out = np.zeros((4, 4096), np.uint32)
    started = time.perf_counter()
    for week in range(-(-drawn // 4096)):
        fill(*out, *(np.uint64(word) for word in (week, 2, 3, 4, 5)))
    return time.perf_counter() - started


def case(name: str, resolved: Resolved) -> dict[str, Any]:
    """One row: the best of some runs over one county."""
    from scorelab.kernel.live import live

    prepared = prepare(resolved)
    built = prepared.built
    words = key(resolved.seed)
    started = time.perf_counter()
    who = people(prepared.plan, resolved.society, resolved.persons, 0, words)
    tables = county(built, who, 0, words)
    society_s = time.perf_counter() - started
    best = limit = float("inf")
    for _ in range(REPEATS):
        started = time.perf_counter()
        counts = finish(live(tables, built.kinds, built.law, resolved.weeks, len(built.names.groups)))
        best = min(best, time.perf_counter() - started)
        limit = min(limit, words_alone(int(counts.candidates[:, 0].sum())))
    assert_work(resolved, counts)
    drawn, kept = (int(number) for number in counts.candidates.sum(axis=0))
    person_weeks = resolved.persons * resolved.weeks
    return {
        "case": name,
        "persons": resolved.persons,
        "weeks": resolved.weeks,
        "worlds": len(resolved.worlds),
        "events": kept,
        "drawn_per_event": drawn / kept,
        "seconds": best,
        "ns_per_person_week_core": best / person_weeks * 1e9,
        "ns_per_event": best / kept * 1e9,
        "times_words_alone": best / limit,
        "society_s": society_s,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def in_a_process(arguments: list[str], cache: str) -> tuple[float, list[dict[str, Any]]]:
    """Seconds and rows of this program run anew with another cache of compiled code."""
    started = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, __file__, "--json", *arguments],
        env={**os.environ, "SCORELAB_CACHE": cache},
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - started, json.loads(ran.stdout)


def rows_of(chosen: argparse.Namespace) -> list[dict[str, Any]]:
    """The rows that are measured in this process."""
    options = Options(persons=chosen.persons, weeks=chosen.weeks, counties=1)
    resolved = resolve(EXPERIMENT, options=options)
    if chosen.switches:
        rows = []
        for word in map(str, Switch):  # each beside the whole, since the machine is faster now and slower then
            everywhere = ["rollout"] if word != "rollout" else []  # in force from the first day, as a rule
            whole = case("whole", without(resolved, everywhere))["seconds"]
            rows.append({**case(word, without(resolved, [*everywhere, word])), "whole_seconds": whole})
        return rows
    if chosen.case == "small":
        return [case(SMALL, with_copies(resolve(SMALL, options=options), "as-written", 4))]
    if chosen.case == "nothing":
        return [case(NOTHING, with_copies(resolved, NOTHING, 4))]
    return [case(EXPERIMENT, with_worlds(resolved, int(chosen.case)))]


def main() -> None:
    """Print one row for each case, each measured in a process of its own; the start is measured with few persons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--persons", type=int, default=100_000)
    parser.add_argument("--weeks", type=int, default=364)
    parser.add_argument("--case", default="", help="only this one, in this process: 1 to 8 worlds, small or nothing")
    parser.add_argument("--switches", action="store_true", help="what each mechanism costs, in this process")
    chosen = parser.parse_args()
    if chosen.case or chosen.switches:
        rows = rows_of(chosen)
        print(json.dumps(rows) if chosen.json else switches_table(rows))
        return
    size = ["--persons", str(chosen.persons), "--weeks", str(chosen.weeks)]
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        start = [in_a_process(["--case", "2", "--persons", "25000"], cache)[0] for _ in range(2)]
        for name in ("1", "2", "4", "8", "small", "nothing"):
            rows += in_a_process(["--case", name, *size], cache)[1]
    for row in rows:
        row["compile_s"] = start[0] - start[1]
        row["second_start_s"] = start[1]
    if chosen.json:
        print(json.dumps(rows, indent=1))
        return
    print(
        f"compile {start[0] - start[1]:.1f} s; a second process, from its start to the end of a small case lived"
        f" {REPEATS} times: {start[1]:.1f} s"
    )
    columns = ("worlds", "seconds", "ns_per_person_week_core", "ns_per_event", "drawn_per_event", "times_words_alone")
    print(f"{'case':<24}" + "  ".join(f"{name:>15.15}" for name in (*columns, "peak_mb")))
    for row in rows:
        print(f"{row['case']:<24}" + "  ".join(f"{row[name]:>15.2f}" for name in (*columns, "peak_mb")))
    first, last = rows[0], rows[3]
    further = (last["seconds"] - first["seconds"]) / (last["worlds"] - 1) / first["seconds"]
    rate = first["events"] / chosen.persons / chosen.weeks
    print(f"one world more costs {further:.0%} of the first; {rate:.3f} events a person-week")


def switches_table(rows: list[dict[str, Any]]) -> str:
    """What is saved without each mechanism, in percent of the whole, the dearest first."""
    saved = {row["case"]: 1 - row["seconds"] / row["whole_seconds"] for row in rows}
    return "\n".join(f"{word:<20}{saved[word]:8.1%}" for word in sorted(saved, key=lambda word: -saved[word]))


if __name__ == "__main__":
    main()
