"""How fast a county is lived: what ``scorelab bench`` measures, and with ``--switches`` what each mechanism costs.

The schemes are the catalogue's, unaltered, and so is the rate of events. ``--switches`` lives the article's system in
one world and in force from the first day, whole and without each mechanism, in turn. Times are the best of several, on
one core; on a shared machine only ratios mean anything.
"""

import argparse
import dataclasses
import json
import sys

from scorelab.cli.app import main as command
from scorelab.runs.bench import EXPERIMENT, FOCUS, one_county
from scorelab.spec.load import Options, resolve
from scorelab.spec.resolved import Resolved
from scorelab.words import Switch

REPEATS = 3


def without(resolved: Resolved, words: list[str]) -> Resolved:
    """The experiment with its focus alone, lived without some mechanisms."""
    return dataclasses.replace(resolved, worlds=[dataclasses.replace(resolved.world(FOCUS), without=words)])


def saved_by_switch(options: Options) -> dict[str, float]:
    """What part of the time is saved without each mechanism, the dearest first."""
    resolved = resolve(EXPERIMENT, options=options)
    saved = {}
    for word in map(str, Switch):  # each beside the whole, since the machine is faster now and slower then
        everywhere = ["rollout"] if word != "rollout" else []  # in force from the first day, as a rule
        whole = one_county("whole", without(resolved, everywhere), REPEATS).seconds
        saved[word] = 1 - one_county(word, without(resolved, [*everywhere, word]), REPEATS).seconds / whole
    return dict(sorted(saved.items(), key=lambda item: -item[1]))


def main() -> None:
    """Print what is saved by each switch, or else what ``scorelab bench`` prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--switches", action="store_true", help="what each mechanism costs, in this process")
    parser.add_argument("--persons", type=int, default=50_000, help="with --switches")
    parser.add_argument("--weeks", type=int, default=364, help="with --switches")
    parser.add_argument("--json", action="store_true")
    if "--switches" not in sys.argv:
        sys.argv[1:1] = ["bench"]
        command()
    chosen = parser.parse_args()
    saved = saved_by_switch(Options(persons=chosen.persons, weeks=chosen.weeks, counties=1))
    print(json.dumps(saved) if chosen.json else "\n".join(f"{word:<20}{part:8.1%}" for word, part in saved.items()))


if __name__ == "__main__":
    main()
