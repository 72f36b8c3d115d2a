"""Compare the kernel on the path, without its compiler, with the twin; exit with RED at the first difference."""

import sys

from tests.twin.compare import differences
from tests.twin.strategies import growing_case, random_tables

RED = 42


def main(cases: int) -> int:
    """Random cases 0, 1, ..., and one in which tables must grow."""
    for seed in range(cases):
        found = differences(random_tables(seed))
        if found:
            sys.stdout.write(f"random_tables({seed}): {found[0]}\n")
            return RED
    found = differences(growing_case())
    if found:
        sys.stdout.write(f"growing_case(): {found[0]}\n")
        return RED
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
