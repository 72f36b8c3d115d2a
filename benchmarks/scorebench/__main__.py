"""scorebench: the same small model in scorelab and in other tools; first whether they agree, then how fast they are.

    python -m benchmarks.scorebench [--json] [--tools in_mesa,in_jax] [--persons N] [--rounds N] [--agree-only]

All run on one core, in one process, in turn. A tool that is not installed is left out by name. Tools that disagree are
not timed, and the command ends with 1. In the other tools a further world is a further run with the same seed, as their
users do it (in JAX a further axis, as vmap makes it). Times are processor time of the weeks alone: not importing,
compiling, or making the people.
"""

import argparse
import json
import os
import sys
from typing import Any

from benchmarks.scorebench import agreed, model
from benchmarks.scorebench.coupled import coupling
from benchmarks.scorebench.timed import WORLDS, timed
from benchmarks.scorebench.tools import NAMES, REFERENCE, installed

BASE = "in_scorelab"


def main() -> int:
    """Compare, then time; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--tools", default=",".join(NAMES), help="which, by module; scorelab and NumPy are always there"
    )
    parser.add_argument("--persons", type=int, default=100_000, help="at most; slow tools have fewer")
    parser.add_argument("--weeks", type=int, default=52, help="at most 52")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--agree-only", action="store_true", help="time nothing")
    chosen = parser.parse_args()
    if not 1 <= chosen.weeks <= model.LONGEST_WEEKS:
        parser.error(f"scorebench lives 1 to {model.LONGEST_WEEKS} weeks, not {chosen.weeks}")
    wanted = {BASE, REFERENCE, *chosen.tools.split(",")}
    if unknown := sorted(wanted - set(NAMES)):
        parser.error(f"there is no tool {', '.join(unknown)}; there are {', '.join(NAMES)}")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    tools, missing = installed(tuple(name for name in NAMES if name in wanted))
    for name, package in missing.items():
        _say(f"{name} is left out: {package} is not installed (pip install -e '.[peers]')")

    samples = {}
    for name, tool in tools.items():
        persons, seeds = agreed.persons_of(name, tool)
        samples[name] = agreed.sample(tool, persons, model.LONGEST_WEEKS, seeds)
    said, largest = agreed.disagreements(samples, agreed.variances(tools[REFERENCE], model.LONGEST_WEEKS))
    if said:
        _say("\n".join(said))
        _say("They do not live the same model; nothing is timed.")
        return 1
    _say(f"All agree: the largest difference is {largest:.1f} standard errors, of {agreed.ERRORS:.0f} allowed.")
    if chosen.agree_only:
        return 0
    couplings = {name: coupling(tool) for name, tool in tools.items()}
    times = timed(tools, chosen.persons, chosen.weeks, chosen.rounds)
    rows: list[dict[str, Any]] = []
    for name, tool in tools.items():
        for worlds in WORLDS:
            rows.append(
                {
                    "tool": tool.NAME,
                    "persons": times[name].persons,
                    "weeks": chosen.weeks,
                    "worlds": worlds,
                    "ns_per_person_week": times[name].ns[worlds],
                    "times_scorelab": times[name].ns[worlds] / times[BASE].ns[worlds],
                    "setup_s": times[name].setup_s,
                    "moved_by_a_household": couplings[name][0],
                    "moved_by_a_group": couplings[name][1],
                    "largest_difference_in_standard_errors": largest,
                }
            )
    print(json.dumps(rows, indent=1) if chosen.json else _table(rows))
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr)


def _table(rows: list[dict[str, Any]]) -> str:
    """A table in Markdown, a line a tool."""
    lines = [
        "| tool | persons | " + " | ".join(f"ns, {worlds} worlds" for worlds in WORLDS) + " | "
        + " | ".join(f"× scorelab, {worlds}" for worlds in WORLDS) + " | set-up, s | a household | a group |",
        "|---" * (5 + 2 * len(WORLDS)) + "|",
    ]  # fmt: skip
    for first in rows[:: len(WORLDS)]:
        mine = [row for row in rows if row["tool"] == first["tool"]]
        ns = " | ".join(f"{row['ns_per_person_week']:,.0f}" for row in mine)
        ratio = " | ".join(f"{row['times_scorelab']:.2f}" for row in mine)
        shares = f"{first['moved_by_a_household']:.0%} | {first['moved_by_a_group']:.0%}"
        lines.append(f"| {first['tool']} | {first['persons']:,} | {ns} | {ratio} | {first['setup_s']:.2f} | {shares} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
