"""What a graphics card would bring: the same definitions on the processor and, by numba-cuda, on the card beside it.

- ``words``: the words of chance alone.
- ``meet``: a county's events are drawn, pick their persons by the alias tables, and look at the lives that they meet.
- ``reduced``: that, and acts, needs, sums and learning, as said in reduced.py.
- ``live_weeks``: the kernel itself, unchanged but for ``prefetch``, which is left out on the card; one thread a county.

On the card, ``thread`` is one thread a county, 32 of them in a warp; ``8 in a warp`` the same with fewer; ``warp`` is
one thread a county with a warp of its own; ``block of N`` shares a county's events among N threads. Weeks are those of
four worlds of the catalogue's experiment, every scheme in force from the first day; there is room for 13 in the tables.
Times are medians of three after a warm-up, without copying to and from the card. Results of the first 16 counties are
compared with the processor's to the byte, or to the integer where only sums are counted.

``--make FILE`` writes the tables, for which all of scorelab is needed; ``--tables FILE`` uses them, for which numba,
numba-cuda and numpy are enough. Without either both are done. ``--json`` prints rows instead of a table.

Run as ``PYTHONPATH=src:. python benchmarks/gpu/bench_gpu.py``. Nothing here is needed by scorelab or by its tests.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PARTS = ("meet", "reduced", "live_weeks")
SIZES = (2_000, 10_000, 25_000)


def processor(chosen: argparse.Namespace) -> None:
    """The part of the child process: say when all is compiled, wait for the word, measure."""
    from benchmarks.gpu.on_cpu import measure

    def ready() -> None:
        print("ready", flush=True)
        sys.stdin.readline()

    print(json.dumps(measure(chosen.tables, chosen.sizes, chosen.compared, chosen.only, ready)), flush=True)


def compare(chosen: argparse.Namespace) -> dict[str, Any]:
    """Compile both parts at a time, then measure one after the other."""
    own = [sys.executable, __file__, "--part", "processor", "--tables", str(chosen.tables)]
    own += ["--compared", str(chosen.compared), "--sizes", *map(str, chosen.sizes), "--only", *chosen.only]
    child = subprocess.Popen(own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin is not None and child.stdout is not None
    card = None
    with contextlib.suppress(ImportError):  # without numba-cuda
        from benchmarks.gpu.on_gpu import Card, here

        card = Card(chosen.tables) if here() else None
    child.stdout.readline()
    child.stdin.write("go\n")
    child.stdin.flush()
    print("processor ...", file=sys.stderr, flush=True)
    found: dict[str, Any] = json.loads(child.stdout.readline())
    child.wait()
    found["card"] = card.name if card else None
    if card:
        found["notes"] = card.notes
        found["rows"].append(card.words(found["results"]))
        for persons in chosen.sizes:
            for row in card.measure(chosen.tables, persons, chosen.counties, chosen.only, found["results"]):
                found["rows"].append(row)
                print(line(row), file=sys.stderr, flush=True)
    return found


def line(row: dict[str, Any]) -> str:
    """A row of the table."""
    same = {True: "equal", False: "NOT EQUAL", None: ""}[row.get("same")]
    size = f"{row['bytes_per_person']:>8,}" if "bytes_per_person" in row else " " * 8
    return (
        f"{row['what']:<11} {row['on']:<13} {row['persons']:>7,} x {row['counties']:>5,} "
        f"{row['seconds']:>9.4f} s {row['ns']:>10.3f} ns {size} {same}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--make", type=Path, metavar="FILE")
    parser.add_argument("--tables", type=Path, metavar="FILE")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="persons in a county")
    parser.add_argument(
        "--counties", type=int, nargs="*", default=(64, 512, 2850), help="how many the card lives at a time"
    )
    parser.add_argument("--compared", type=int, default=64, help="how many the processor lives")
    parser.add_argument("--weeks", type=int, default=13, help="of new tables")
    parser.add_argument("--only", nargs="*", default=PARTS, choices=PARTS, help="parts other than the words")
    parser.add_argument("--part", choices=["processor"], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.part:
        processor(chosen)
        return
    with tempfile.TemporaryDirectory() as folder:
        if chosen.make or not chosen.tables:
            from benchmarks.gpu.counties import make

            chosen.tables = chosen.make or Path(folder) / "tables.npz"
            make(chosen.tables, chosen.weeks)
            if chosen.make:
                return
        found = compare(chosen)
    if chosen.json:
        print(json.dumps({name: found[name] for name in found if name != "results"}, indent=1))
        return
    print(found["card"] or "no graphics card that numba-cuda can use: the processor alone")
    print(*found.get("notes", []), sep="\n")
    print(f"{'':<45} seconds  a candidate  bytes a person")
    for row in found["rows"]:
        print(line(row))


if __name__ == "__main__":
    main()
