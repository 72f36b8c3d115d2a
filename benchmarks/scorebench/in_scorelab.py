"""scorelab, in its own language: scheme.yaml, society.yaml and experiment.yaml of this folder.

What is not as in the other tools: fear is perceived risk (a record moves it a quarter of the way to certainty instead
of by a fixed step, and every act that nobody recorded moves it back by as much of what there is; the half-life is such
that the two together fade as a sixteenth a week does); occasions and needs are as many in the mean, but one person
can have two in a week; groups are income fifth, residence, sex and a coin; people are drawn, not numbered through; and
a listing leaves the score where it is, which within a run of 52 weeks changes no count.
"""

import dataclasses
from pathlib import Path

import numpy as np

from benchmarks.scorebench import model as m
from benchmarks.scorebench.model import Change, Counts, Lived
from scorelab.kernel.counted import W_ACTS, W_DENIED, W_ENTRIES, W_NEEDS, W_RECORDS_TRUE
from scorelab.kernel.fate import key
from scorelab.kernel.live import live
from scorelab.runs.lives import prepare
from scorelab.society.county import people
from scorelab.spec.load import Options, resolve
from scorelab.tables.county import county

NAME = "scorelab"
PERSONS = 100_000
EXPERIMENT = Path(__file__).parent / "experiment.yaml"
COLUMNS = (W_ACTS, W_RECORDS_TRUE, W_ENTRIES, W_NEEDS, W_DENIED)


def made(persons: int, weeks: int, seed: int, thresholds: tuple[int, ...], change: Change) -> Lived:
    """All worlds in one run. The group of a change is its whole income fifth."""
    options = Options(persons=persons + m.HOUSEHOLD * change.households, weeks=weeks, seed=seed, counties=1)
    if change.group is not None:
        path = f"scorebench.sources.watch.sees.quintile.q{m.fifth(change.group) + 1}"
        options = dataclasses.replace(options, sets=(f"{path}=2",))
    resolved = resolve(str(EXPERIMENT), options=options)
    worlds = [resolved.world(f"below-{threshold}") for threshold in thresholds]
    resolved = dataclasses.replace(resolved, worlds=worlds)
    prepared = prepare(resolved)
    built, words = prepared.built, key(resolved.seed)
    tables = county(built, people(prepared.plan, resolved.society, resolved.persons, 0, words), 0, words)

    def lived() -> Counts:
        run = live(tables, built.kinds, built.law, weeks, len(built.names.groups))
        while True:
            try:
                next(run)
            except StopIteration as end:
                found: Counts = end.value.weekly[..., COLUMNS].transpose(1, 0, 2, 3).astype(np.int64)
                return found

    return lived
