"""``python -m verification.coverage.page --page docs/intervals.md``: how often intervals cover, as the page has it."""

import argparse
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from scorelab.spec.odd import table
from tests.measures import drawn
from tests.measures.drawn import USUALLY, Covered
from verification.coverage import lived

DRAWS = 20_000
HEAD = ("what is counted", "how much", "units", "given", "covers", "wholly below", "wholly above", "")
MARKS = {"drawn": ("<!-- drawn -->", "<!-- end of drawn -->"), "lived": ("<!-- lived -->", "<!-- end of lived -->")}


def verdict(found: Covered) -> str:
    """In a word: what stands in the last column."""
    if found.given < USUALLY:
        return "seldom given"
    chance = 2 * math.sqrt(0.03 * 0.97 / found.number)
    if found.coverage > 0.97 + chance:
        return "wider than need be"
    return "too narrow" if found.coverage < 0.93 - 2 * chance else ""


def _row(found: Covered) -> list[str]:
    per = [f"{100 * number:.1f}" for number in (found.coverage, found.below, found.above)]
    covers = f"{per[0]} ± {100 * found.error:.1f}" if found.number else "–"
    ends = per[1:] if found.number else ["–", "–"]
    return [found.kind, found.what, found.design.title, f"{100 * found.given:.0f}", covers, *ends, verdict(found)]


def told(found: Iterable[Covered]) -> str:
    """The table, in percent."""
    return table(HEAD, (_row(one) for one in found))


def written(text: str, name: str, made: str) -> str:
    """The page with one of its tables made anew."""
    begin, end = MARKS[name]
    before, _, rest = text.partition(begin)
    return f"{before}{begin}\n\n{made}\n\n{end}{rest.partition(end)[2]}"


def main(arguments: Sequence[str]) -> None:
    """Print both tables, and write them into a page if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=DRAWS)
    parser.add_argument("--runs", type=int, default=lived.RUNS)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args(arguments)
    tables = {"drawn": told(drawn.table(given.draws)), "lived": told(lived.table(given.runs))}
    sys.stdout.write("\n\n".join(tables.values()) + "\n")
    if given.page is not None:
        text = given.page.read_text(encoding="utf-8")
        for name, made in tables.items():
            text = written(text, name, made)
        given.page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
