"""How long a county takes to be written and read, with counts in the shape of the default experiment."""

import itertools
import tempfile
import time
from pathlib import Path

from scorelab.kernel.counted import W_DENIED
from scorelab.ledger.read import Ledger
from scorelab.ledger.write import write_county
from tests.ledger.random_counts import MARGINS, FakeWords, random_counts

WORLDS = ("no-scheme", "as-written", "as-written-again", "without-false-records", "without-ties", "placebo")
GROUPS = tuple(
    {"quintile": quintile, "residence": residence, "age": age}
    for quintile, residence, age in itertools.product(
        ("q1", "q2", "q3", "q4", "q5"), ("urban", "rural"), ("0-5", "6-17", "18-29", "30-44", "45-59", "60+")
    )
)
WEEKS = 364
PATTERNS = 20_000
COUNTIES = 5


def main() -> None:
    """Write some counties, read them back, and print a table; the sums are checked, so that nothing fast is wrong."""
    names = FakeWords(WORLDS, groups=GROUPS)
    counts = random_counts(names, 1, weeks=WEEKS, rows=PATTERNS)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        seconds = []
        for county in range(COUNTIES):
            started = time.perf_counter()
            write_county(place, counts, names, MARGINS, 0, county)
            seconds.append(time.perf_counter() - started)
        size = sum(path.stat().st_size for path in place.rglob("*.parquet")) / COUNTIES
        started = time.perf_counter()
        ledger = Ledger(place)
        [found] = ledger.sql("SELECT sum(denied)::BIGINT, count(*) FROM weekly").fetchall()
        [needs] = ledger.sql("SELECT sum(count)::BIGINT FROM needs").fetchall()
        reading = time.perf_counter() - started
    assert found[0] == COUNTIES * int(counts.weekly[..., W_DENIED].sum())
    assert found[1] == COUNTIES * int(counts.weekly.any(axis=3).sum())
    assert needs[0] == COUNTIES * int(counts.needs[:, 1].sum())
    print(f"{'weekly rows a county':<28}{found[1] // COUNTIES:>12,}")
    print(f"{'pattern rows a table':<28}{len(counts.needs):>12,}")
    print(f"{'write a county, first (s)':<28}{seconds[0]:>12.3f}")
    print(f"{'write a county, best (s)':<28}{min(seconds):>12.3f}")
    print(f"{'county on disk (kB)':<28}{size / 1000:>12,.0f}")
    print(f"{'open and sum all (s)':<28}{reading:>12.3f}")


if __name__ == "__main__":
    main()
