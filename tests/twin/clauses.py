"""Every kind of clause of ``docs/week.md``, as the twin calls it, and how often each did something.

python -m tests.twin.clauses        prints the table, in Markdown
"""

import sys
from collections import Counter

from tests.twin.county import live_and_explain
from tests.twin.specs import case_of, random_experiment
from tests.twin.strategies import random_tables

TABLES = 60
EXPERIMENTS = 30
"""So many random tables, and so many random experiments, are compared."""

CLAUSES = (
    "scheme comes into force",
    "aware by the calendar",
    "joins",
    "exempt from what is for everybody",
    "exempt from what others join",
    "public risk lifted by media",
    "public risk lifted by publication",
    "norm pushed",
    "contagion",
    "departure at its bound",
    "openness raised",
    "delayed record arrives",
    "told",
    "made good",
    "objected",
    "objection upheld",
    "effect after a window",
    "appealed",
    "appeal upheld",
    "undoing restores points",
    "undoing ends a listing, true",
    "undoing ends a listing, false",
    "expiry",
    "rule waits for repetition",
    "rule after repetition",
    "window of a rule begins anew",
    "discretion: midpoint",
    "discretion: official's own",
    "points to a grade",
    "points capped",
    "points taken",
    "points given",
    "bound of the score",
    "bound of an account",
    "fine leads to arrears",
    "grievance over a false record",
    "recovery",
    "standing changes by points",
    "standing changes by points along ties",
    "standing changes by recovery",
    "standing changes by correction",
    "standing changes by what is undone or expires",
    "entry by rule, true",
    "entry by rule, false",
    "entry by score, true",
    "entry by score, false",
    "entry onto a red list",
    "listed while listed",
    "notice",
    "dismissal at entry",
    "repeat within the window",
    "repeat after the window",
    "side ends: term",
    "side ends: score",
    "side ends: settled",
    "side ends: corrected",
    "side ends: repaired",
    "side ends: undone",
    "settled, window opens",
    "settled again",
    "settled too often",
    "settled with felt loss",
    "not able to pay",
    "correction restores points",
    "layer above the ceiling",
    "contrary person",
    "grievance raises acting",
    "knows what deters",
    "band: far",
    "band: near",
    "band: next",
    "band: below",
    "deterred",
    "displaced",
    "pulled by a reward",
    "true record",
    "false record",
    "false record of one of several",
    "alert without record, true",
    "alert without record, false",
    "factor: sees",
    "factor: attention by list",
    "factor: attention by grade",
    "factor: not selected",
    "factor at its largest",
    "fused record",
    "fused, too few",
    "points along ties taken",
    "points along ties given",
    "points along ties pass by",
    "the grade of the start brings nothing",
    "throttled by list",
    "throttled by grade",
    "throttled by channel",
    "not asked",
    "unsuccessful",
    "favoured",
    "favour lost to a tie",
    "succeeds for others' places",
    "door partial and open",
    "closed by list",
    "closed by grade",
    "closed along a channel by list",
    "closed along a channel by grade",
    "denied, own",
    "denied, tie",
    "denied, own and tie",
    "denied, true",
    "denied, false",
    "denied, tainted",
    "denied with grievance",
    "owing",
    "retried",
    "hired although it was not granted",
    "not hired although it was granted",
    "cause: own list",
    "cause: own points",
    "cause: a tie's list",
    "cause: a tie's list that has ended since",
    "cause: a tie's points",
    "cause: points of ties",
    "cause: another account",
    "cause: none",
    "job lost",
    "job lost to stigma",
    "arrears begin",
    "arrears end",
    "hired",
    "learned from a record",
    "learned from no record",
    "nothing to learn about",
    "news heard",
)
"""Every kind of clause; each must do something a hundred times, or the comparison says nothing about it."""


HEAD = """# What the random schemes exercise

The kernel is compared with its twin over tables drawn at random, which are stranger than any file could be, and over
experiments drawn at random from the whole language. A comparison says nothing about a clause that never does anything,
so each kind of clause of [the week](week.md) must do something a hundred times, counted by the twin; a test holds that.
This page is written by `make pages`.

"""


def counted() -> dict[str, tuple[int, int]]:
    """Clause -> how often it did something in random tables, and in random experiments."""
    in_tables: Counter[str] = Counter()
    in_experiments: Counter[str] = Counter()
    for seed in range(TABLES):
        in_tables.update(live_and_explain(*random_tables(seed))[1])
    for seed in range(EXPERIMENTS):
        in_experiments.update(live_and_explain(*case_of(random_experiment(seed)))[1])
    return {clause: (in_tables[clause], in_experiments[clause]) for clause in CLAUSES}


def main() -> None:
    """Print the page."""
    sys.stdout.write(HEAD)
    sys.stdout.write(f"| clause | in {TABLES} random tables | in {EXPERIMENTS} random experiments |\n|---|---:|---:|\n")
    for clause, (tables, experiments) in counted().items():
        sys.stdout.write(f"| {clause} | {tables:,} | {experiments:,} |\n")


if __name__ == "__main__":
    main()
