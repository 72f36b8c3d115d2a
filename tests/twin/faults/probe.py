"""Compare the kernel on the path, without its compiler, with the twin; exit with RED at the first difference."""

import sys
from collections.abc import Callable, Iterator
from functools import partial

from tests.twin.compare import differences
from tests.twin.crowds import crowded_agenda, crowded_files, crowded_news, more_than_half
from tests.twin.strategies import Case, case_with_blocks, growing_case, random_tables

RED = 42
QUICK = (
    1,
    24,
    26,
    42,
    7,
    15,
    19,
    40,
    55,
    58,
    25,
    32,
    37,
    56,
    59,
    36,
    2,
    5,
    29,
    30,
    34,
    39,
    9,
    18,
    44,
    49,
    51,
    57,
    6,
    10,
)
"""Numbers of random tables that are lived in less than a fifth of a second, the quickest first."""


def makers(tables: int) -> Iterator[tuple[str, Callable[[], Case]]]:
    """Quick cases, then those of several blocks and of many people, other random tables, and one with many patterns."""
    others = [seed for seed in range(tables) if seed not in QUICK]
    for seed in QUICK:
        yield f"random_tables({seed})", partial(random_tables, seed)
    yield "case_with_blocks()", case_with_blocks
    yield "crowded_agenda()", crowded_agenda
    yield "crowded_news()", crowded_news
    yield "crowded_files()", crowded_files
    yield "more_than_half()", more_than_half
    for seed in others:
        yield f"random_tables({seed})", partial(random_tables, seed)
    yield "growing_case()", growing_case


def main(tables: int) -> int:
    """Live one case after the other, until one differs."""
    for name, make in makers(tables):
        found = differences(make())
        if found:
            sys.stdout.write(f"{name}: {found[0]}\n")
            return RED
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
