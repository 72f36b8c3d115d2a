"""Whether two finished runs share fate: only then is a difference between them owed to what differs between them."""

import shlex

import numpy as np

from scorelab.errors import RunError
from scorelab.measures.conduct import STANDINGS, acts_cube
from scorelab.measures.cube import Cube, Int64s, population
from scorelab.measures.lab import Facts, Lab
from scorelab.measures.needs import OUTCOMES, needs_cube
from scorelab.measures.table import Cell
from scorelab.runs.folder import differences

FATE = ("start", "weeks", "seed", "replicates", "society", "margins")
"""What two experiments must have in common; the society holds the number of counties and of persons."""
MOST_SHOWN = 12


def unlike(a: Facts, b: Facts) -> list[str]:
    """What differs in the fate of two runs, as ``path: value -> value``; empty where they can be set beside each other.

    The reference is compared by what it is, not by its name.
    """
    found = differences({key: a.resolved[key] for key in FATE}, {key: b.resolved[key] for key in FATE})
    if a.world(a.against).meaning != b.world(b.against).meaning:
        one, other = (facts.world(facts.against).but_for("name") for facts in (a, b))
        found += differences(one, other, "the reference world")
    return found


def must_share(a: Lab, b: Lab) -> None:
    """Raise RunError unless two runs share fate, by what was asked for and by what came out."""
    found = unlike(a.facts, b.facts)
    if found:
        lines = [f"  {line}" for line in found[:MOST_SHOWN]]
        lines += [f"  and {len(found) - MOST_SHOWN} more"] if len(found) > MOST_SHOWN else []
        raise RunError(
            f"{a.facts.run_dir} and {b.facts.run_dir} do not share fate, so nothing can be said of the difference:\n"
            + "\n".join(lines)
            + f"\nLive the second one like the first:\n  {alike(a.facts, b.facts)}"
        )
    came_out = _came_out_apart(a, b)
    if came_out:
        raise RunError(
            f"{a.facts.run_dir} and {b.facts.run_dir} ask for the same fate, but {came_out} differ in them: one of"
            f" them was lived by another version ({_versions(a.facts)}; {_versions(b.facts)}) or changed since"
        )


def alike(a: Facts, b: Facts) -> str:
    """The command that lives b's experiment with the fate of a."""
    fate = a.resolved
    words = ["scorelab", "run", str(b.resolved["name"])]
    for name in ("persons", "counties", "weeks", "seed", "replicates"):
        words += [f"--{name}", str(fate[name])]
    words += ["--set", f"experiment.start={fate['start']}"]
    society = str(fate["society"]["society"])
    if society != b.resolved["society"]["society"]:
        words += ["--set", f"experiment.society={society}"]
    return shlex.join(words)


def _versions(facts: Facts) -> str:
    names = ("scorelab", "numpy", "numba", "duckdb")
    return ", ".join(f"{name} {facts.manifest[name]}" for name in names if name in facts.manifest)


def _of_reference(lab: Lab, found: Cube, name: str, cells: list[Cell]) -> Int64s:
    """What the reference world of a run counts in some cells [units, cells]."""
    at = [k for k, cell in enumerate(found.cells) if cell in cells]
    return found.counts[name][:, found.labels.index(lab.facts.against)][:, at]


def _came_out_apart(a: Lab, b: Lab) -> str:
    """What is not the same to the bit though it has to be: the people, and what they do in the reference world."""
    if a.units != b.units or a.by_replicate != b.by_replicate:
        return "the counties"
    if not np.array_equal(population(a, (Cell(),)), population(b, (Cell(),))):
        return "the people"
    for one, counts, cells in (
        (acts_cube, ("acted",), [Cell(item=word) for word in STANDINGS]),
        (needs_cube, OUTCOMES, [Cell()]),
    ):
        for name in counts:
            mine, other = (_of_reference(lab, one(lab), name, cells) for lab in (a, b))
            if not np.array_equal(mine, other):
                return f"{name.replace('_', ' ')} in the reference world"
    return ""
