"""What a country takes: peak memory, disk and time as it has more counties; and what one county's size does to them.

Every case is a run of its own in a process of its own, so that a peak is that of the case. Two tables in markdown: a
country of more and more counties of 2,000 persons in the mean; then one county of more and more persons, which says
what a county of a real size keeps and how its tables grow. ``--quick`` takes the smallest cases of both. Each case
asserts that records, listings and denials happened.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

EXPERIMENT = "reported-and-documented"
COUNTRIES = (8, 64, 256)
MEAN = 2_000
COUNTY = (25_000, 100_000, 400_000)
WORKERS = 2
WEEKS = 364


def case(counties: int, persons: int, weeks: int, workers: int) -> dict[str, Any]:
    """Live a country of so many counties, with so many persons in the mean; sizes in bytes, times in seconds."""
    from scorelab import api
    from scorelab.ledger.read import Ledger
    from scorelab.measures import compute
    from scorelab.spec.load import Options

    sets = (f"society.country.counties={counties}", f"society.country.persons={counties * persons}")
    resolved = api.find(EXPERIMENT, Options(scale="full", weeks=weeks, sets=sets))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "run"
        started = time.perf_counter()
        run = api.live(resolved, place, workers=workers)
        whole = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        started = time.perf_counter()
        compute(place)
        measuring = time.perf_counter() - started
        ledger = place / "ledger"
        files = list(ledger.rglob("*.parquet"))
        kept = sum(path.stat().st_size for path in files if path.name.startswith("county_"))
        query = "SELECT sum(records_true)::BIGINT, sum(entries)::BIGINT, sum(denied)::BIGINT FROM weekly"
        [happened] = Ledger(ledger).sql(query).fetchall()
        assert min(happened) > 0, happened
        return {
            "counties": counties,
            "persons": counties * persons,
            "living_s": float(run.manifest.provenance["seconds"]),
            "whole_s": whole,
            "measures_s": measuring,
            "peak_mb": peak / 1e6,
            "ledger_mb": sum(path.stat().st_size for path in files) / 1e6,
            "kept_kb": kept / counties / 1e3,
            "files": len(files),
        }


def alone(counties: int, persons: int, weeks: int, workers: int) -> dict[str, Any]:
    """A case in a process of its own."""
    words = [str(word) for word in (counties, persons, weeks, workers)]
    found = subprocess.run(
        [sys.executable, __file__, "--case", *words], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    row: dict[str, Any] = json.loads(found.stdout.splitlines()[-1])
    return row


def table(head: list[str], rows: list[list[str]]) -> str:
    """A table in markdown."""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, ["---"] * len(head), *rows))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--weeks", type=int, default=104, help="of the countries; the one county lives 364")
    parser.add_argument("--workers", type=int, default=WORKERS)
    parser.add_argument("--case", nargs=4, type=int, metavar="N", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.case:
        print(json.dumps(case(*asked.case)))
        return
    countries, sizes = (COUNTRIES[:1], COUNTY[:1]) if asked.quick else (COUNTRIES, COUNTY)
    rows = [alone(counties, MEAN, asked.weeks, asked.workers) for counties in countries]
    head = ["counties", "persons", "living (s)", "measures (s)", "peak memory (MB)", "ledger (MB)", "files"]
    print(f"Counties of {MEAN:,} persons in the mean, {asked.weeks} weeks, {asked.workers} workers\n")
    print(
        table(head, [[f"{row[key]:,.0f}" if key != "ledger_mb" else f"{row[key]:.1f}" for key in KEYS] for row in rows])
    )
    rows = [alone(1, persons, WEEKS, 1) for persons in sizes]
    head = ["persons of one county", "living (s)", "peak memory (MB)", "its tables (MB)", "kept of its own (kB)"]
    print(f"\nOne county, {WEEKS} weeks, 1 worker\n")
    print(
        table(
            head,
            [
                [
                    f"{row['persons']:,}",
                    f"{row['living_s']:.0f}",
                    f"{row['peak_mb']:,.0f}",
                    f"{row['ledger_mb']:.2f}",
                    f"{row['kept_kb']:.0f}",
                ]
                for row in rows
            ],
        )
    )


KEYS = ("counties", "persons", "living_s", "measures_s", "peak_mb", "ledger_mb", "files")

if __name__ == "__main__":
    main()
