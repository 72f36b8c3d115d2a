"""Lives of a finished run: found, lived again, told, and written down for the report."""

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path

from scorelab.errors import RunError
from scorelab.ledger.manifest import FILE, read_manifest
from scorelab.lives import file
from scorelab.lives.account import account
from scorelab.lives.choose import HARMED, Again, Found, anybody, draw
from scorelab.lives.life import Life
from scorelab.lives.replay import life_of, replay
from scorelab.runs.folder import LEDGER
from scorelab.runs.lives import prepare
from scorelab.runs.tasks import Task
from scorelab.spec.resolved import Resolved


def again(run_dir: Path) -> Again:
    """The counties of a finished run, ready to be lived again.

    Raises RunError where the folder holds no finished run, or one that this version of scorelab would live otherwise.
    """
    manifest = read_manifest(run_dir)
    if not manifest.finished:
        raise RunError(
            f"{run_dir} is not finished: `scorelab run {run_dir}/manifest.json --out {run_dir}` goes on with it"
        )
    prepared = prepare(Resolved.from_json(json.dumps(manifest.resolved), file=str(run_dir / FILE)))
    if prepared.built.digest() != manifest.tables_digest:
        raise RunError(
            f"{run_dir} was lived by another version of scorelab, so its lives cannot be lived again; run it anew"
        )
    return Again(prepared, run_dir / LEDGER)


def lives(counties: Again, found: Sequence[Found]) -> list[Life]:
    """The lives of some people, in their order; each county is lived again once."""
    by_county: dict[Task, list[int]] = {}
    for one in found:
        by_county.setdefault(one.task, []).append(one.person)
    lived = {task: replay(counties.prepared, task, persons) for task, persons in by_county.items()}
    told = []
    for one in found:
        life = life_of(counties.prepared, lived[one.task], one.person, one.chosen)
        told.append(dataclasses.replace(life, account=account(life)))
    return told


def chosen(run_dir: Path, kinds: Sequence[str] = (*HARMED[:2], "random")) -> list[Life]:
    """One life by lot of each of these kinds that there is; kept in lives.json, and read from there once it is."""
    digest = read_manifest(run_dir).digest
    there = file.read(run_dir, digest)
    if there:
        return there
    counties = again(run_dir)
    found = [draw(counties, kind) for kind in kinds if anybody(counties, kind)]
    told = lives(counties, found)
    file.write(run_dir, digest, told)
    return told
