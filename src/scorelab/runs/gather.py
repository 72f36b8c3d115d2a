"""Putting the shares of a run together: counties that were lived in other folders are brought into one.

The shares are only read. A county is brought as its files are, so the whole has the bytes of a run in one piece.
"""

import json
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from scorelab.errors import InputError, Problem, RunError
from scorelab.ledger.manifest import FILE, Manifest, read_manifest, versions, write_manifest
from scorelab.ledger.read import counties, whole
from scorelab.ledger.write import Files, county_files, put_county
from scorelab.runs.execute import Watcher, fill, lacking
from scorelab.runs.folder import LEDGER, begun, differences, other_versions, some
from scorelab.runs.lives import prepare
from scorelab.runs.merging import Merging
from scorelab.runs.tasks import PARTS, Task, all_tasks
from scorelab.spec.resolved import Resolved


@dataclass(frozen=True)
class Share:
    """A folder with some of a run's counties."""

    folder: Path
    manifest: Manifest

    @cached_property
    def _place(self) -> Path:
        return self.folder / (PARTS if self.manifest.resolved["society"].get("country") else LEDGER)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(path.name for path in counties(self._place))

    def has(self, task: Task) -> bool:
        """Whether the county was whole in this folder when it was first asked."""
        return task.name in self._names

    def files(self, task: Task) -> Files:
        """The county's files. Raises RunError where one is missing, cut off, or of another format."""
        place = self._place / task.name
        whole(place)
        return county_files(place)


def opened(folders: list[Path]) -> tuple[Resolved, Manifest, list[Share]]:
    """The run whose shares lie in these folders, its manifest as if nothing were lived, and the shares.

    Raises InputError where no folder is given, RunError where one is no run's folder, where two belong to different
    runs, or where they were lived under other versions than each other or than what is installed here.
    """
    found = {folder.resolve(): folder for folder in folders}
    shares = [Share(folder, read_manifest(folder)) for folder in found.values()]
    if not shares:
        raise InputError([Problem("DIR", 0, 0, "the folders of the shares were expected")])
    first = shares[0]
    for other in shares[1:]:
        _together(first, other)
    changed = other_versions(first.manifest.versions, versions())
    if changed:
        raise RunError(
            f"{first.folder} was lived under other versions than are installed here ({some(changed)}): gather under "
            "those, so that the measures go with the counts"
        )
    wanted = replace(first.manifest, ledger_digest="", provenance={})
    return Resolved.from_json(json.dumps(wanted.resolved), file=str(first.folder / FILE)), wanted, shares


def bring(
    resolved: Resolved, wanted: Manifest, shares: list[Share], folder: Path, watch: Watcher | None = None
) -> Manifest:
    """Bring every county that the shares have and the folder lacks; the manifest is finished if none is missing then.

    The caller holds the folder's lock. Raises RunError where the folder belongs to another run, or where two folders
    have the same county with different bytes.
    """
    found = begun(folder)
    if found is None:
        found = wanted
        write_manifest(folder, found)
    here = Share(folder, found)
    _together(shares[0], here)
    others = [share for share in shares if share.folder.resolve() != folder.resolve()]
    for task in all_tasks(resolved):
        _agree(task, [share for share in (here, *others) if share.has(task)])
    todo = [task for task in lacking(resolved, folder) if any(share.has(task) for share in others)]
    if found.finished and not todo:
        return found
    words = prepare(resolved).built.names if resolved.national else None
    merging = Merging(resolved, folder / LEDGER, words)
    return fill(resolved, folder, found, todo, lambda: Folders(others, merging.folder), merging, watch=watch)


def incomplete(resolved: Resolved, shares: list[Share], folder: Path) -> str:
    """Which counties are still missing, of which shares, and what to do."""
    tasks = all_tasks(resolved)
    missing = lacking(resolved, folder)
    return (
        f"{len(missing)} of {len(tasks)} counties are missing: {some([task.name for task in missing])}"
        f"{_of_shares(tasks, missing, shares)}. The others are in {folder}: gather again with the same --out when they "
        f"are lived, or live them with `scorelab run {folder / FILE} --out {folder}`"
    )


class Folders:
    """The folders of other runs as a place where counties come from; see :class:`scorelab.runs.places.Place`."""

    workers = 1

    def __init__(self, shares: list[Share], ledger: Path) -> None:
        """Counties of ``shares`` are brought into ``ledger``."""
        self._shares = shares
        self._ledger = ledger

    def at_once(self) -> int:
        """One county's files are in memory at a time."""
        return 1

    def begin(self, task: Task) -> "Future[Files]":
        """Read the county's files."""
        future: Future[Files] = Future()
        future.set_result(next(share for share in self._shares if share.has(task)).files(task))
        return future

    def finish(self, task: Task, future: "Future[Files]") -> None:
        """Write them into the ledger."""
        put_county(self._ledger, future.result(), task.replicate, task.county)

    def weeks(self, tasks: Iterable[Task]) -> int:
        """A county is there or it is not."""
        return 0

    def close(self, *, patient: bool) -> None:
        """Nothing is held."""


def _together(one: Share, other: Share) -> None:
    """Raise RunError unless two folders hold counties of the same run under the same versions."""
    a, b = one.manifest, other.manifest
    if a.digest != b.digest:
        raise RunError(
            f"{one.folder} and {other.folder} hold different runs, {a.name} ({a.digest[:8]}) and {b.name} "
            f"({b.digest[:8]}): {some(differences(a.resolved, b.resolved), '; ')}. Gather the shares of one run"
        )
    changed = other_versions(a.versions, b.versions)
    if not changed and a.tables_digest != b.tables_digest:
        changed = ["the same versions, but scorelab's tables differ"]
    if changed:
        raise RunError(
            f"{one.folder} and {other.folder} were lived under different versions ({some(changed)}): their counties "
            "do not go together. Live one of them again"
        )


def _agree(task: Task, holders: list[Share]) -> None:
    """Raise RunError where two folders have different files of the same county."""
    if len(holders) < 2:
        return
    first = holders[0].files(task)
    for other in holders[1:]:
        found = other.files(task)
        unequal = [name for name in first if first[name] != found[name]]
        if unequal:
            raise RunError(
                f"county {task.name} differs between {holders[0].folder} and {other.folder} ({some(unequal)}), though "
                "both say that they are of the same run and versions: one of them was changed or is damaged. Remove "
                f"the folder ledger/{task.name} that is wrong, or leave that share away"
            )


def _of_shares(tasks: list[Task], missing: list[Task], shares: list[Share]) -> str:
    """The shares to which missing counties belong, where all folders say that there are so many shares."""
    said = {share.folder: str(share.manifest.provenance.get("shard", "")) for share in shares}
    counts = {text.partition("/")[2] for text in said.values()}
    if len(counts) != 1 or not (text := counts.pop()).isdigit() or int(text) < 1:
        return ""
    of = int(text)
    lacked = set(missing)
    numbers = sorted({place % of + 1 for place, task in enumerate(tasks) if task in lacked})
    begun_there = {text: folder for folder, text in said.items()}
    named = [
        f"{number}/{of}" + (f", begun in {begun_there[f'{number}/{of}']}" if f"{number}/{of}" in begun_there else "")
        for number in numbers
    ]
    return f" (of share{'s' if len(numbers) > 1 else ''} {some(named, '; ')})"
