"""Compare the kernel on the path, without its compiler, with the twin; exit with RED at the first difference."""

import sys
from collections.abc import Callable
from functools import partial

from tests.twin.compare import differences
from tests.twin.strategies import Case, case_with_blocks, growing_case, random_tables

RED = 42


def main(cases: int) -> int:
    """Random cases 0, 1, ..., then one of several blocks and one in which tables must grow."""
    makers: list[tuple[str, Callable[[], Case]]] = [
        (f"random_tables({seed})", partial(random_tables, seed)) for seed in range(cases)
    ]
    makers += [("case_with_blocks()", case_with_blocks), ("growing_case()", growing_case)]
    for name, make in makers:
        found = differences(make())
        if found:
            sys.stdout.write(f"{name}: {found[0]}\n")
            return RED
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
