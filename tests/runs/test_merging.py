"""A country is lived group by group; whatever moment it is killed at, it goes on to the same bytes."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from scorelab import api
from scorelab.errors import InputError, RunError
from scorelab.ledger import write as writing
from scorelab.ledger.columns import EVER, TABLES, Type, columns
from scorelab.runs import country, execute
from scorelab.runs.execute import Progress
from scorelab.runs.lives import Prepared, prepare
from scorelab.runs.merging import Merging
from scorelab.runs.tasks import Shard, all_tasks, groups, missing
from tests.runs.trial import ledger_bytes, trial

COUNTIES, GROUPS = 5, 2
SETS = (f"society.country.counties={COUNTIES}", "society.country.persons=900")
OPERATIONS = ("rename", "replace", "mkdir", "rmdir", "unlink", "fsync")
"""What is done to files by way of the operating system; a table is one more."""


@pytest.fixture(scope="module", autouse=True)
def two_groups() -> Iterator[None]:
    """Two groups of two and three counties, so that merging has something to do in a country that is lived at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(country, "GROUPS", GROUPS)
        yield


def small(**options: Any) -> Any:
    return trial(scale="full", sets=SETS, **options)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> api.Run:
    return api.live(small(), tmp_path_factory.mktemp("country") / "run", workers=2)


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> tuple[Prepared, Path]:
    """A folder in which all counties have been written and none has been merged."""
    prepared, folder = prepare(small()), tmp_path_factory.mktemp("waiting") / "run"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Merging, "arrived", lambda self, task: None)
        patch.setattr(execute, "ledger_digest", lambda ledger: "")
        patch.setattr(Merging, "merge", lambda self: None)
        folder.mkdir()
        execute.execute(prepared, folder, _manifest())
    assert not (folder / "ledger").exists() and len(list((folder / "parts").iterdir())) == COUNTIES
    return prepared, folder


def _manifest() -> Any:
    from scorelab.ledger.manifest import Manifest

    return Manifest(digest="", resolved={})


def test_a_country_becomes_groups_and_no_parts_are_left(whole: api.Run) -> None:
    assert sorted(path.name for path in (whole.dir / "ledger").iterdir()) == ["r000-g00", "r000-g01"]
    assert not (whole.dir / "parts").exists()
    assert all(gate.status != "fails" for gate in whole.gates)


def test_the_groups_hold_what_the_counties_held(whole: api.Run, waiting: tuple[Prepared, Path]) -> None:
    """Of every table the sum of every count."""
    from scorelab.ledger.read import Ledger

    parts = Ledger(waiting[1] / "parts")
    for table in TABLES:
        counted = [column.name for column in columns(table, [], []) if column.type is Type.count]
        sums = ", ".join(f'sum("{name}")::BIGINT' for name in counted)
        assert parts.sql(f"SELECT {sums} FROM {table}").fetchall() == (
            whole.ledger.sql(f"SELECT {sums} FROM {table}").fetchall()
        ), table
    for name in EVER:
        query = f"SELECT county, world, sum({{}})::BIGINT FROM {{}} GROUP BY ALL ORDER BY ALL"
        one = parts.sql(query.format(name, "(FROM persons WHERE span = 'run')")).fetchall()
        assert one == whole.ledger.sql(query.format(f"ever_{name}", "county_totals")).fetchall()


def test_a_sample_lives_the_same_lives(whole: api.Run, folder: Path) -> None:
    """A county whose lives depended on how many others are lived would make samples of another country."""
    sample = api.live(small(counties=2), folder)
    query = "SELECT * EXCLUDE (weight) FROM {} WHERE county IN (SELECT county FROM county_sizes) ORDER BY ALL"
    lived = {row[0] for row in sample.ledger.sql("SELECT county FROM county_sizes").fetchall()}
    assert len(lived) == 2
    for table in ("county_sizes", "county_totals", "county_months"):
        query = f"SELECT * FROM {table} ORDER BY ALL"
        of_whole = [row for row in whole.ledger.sql(query).fetchall() if row[1] in lived]
        of_sample = sample.ledger.sql(query).fetchall()
        end = -1 if table == "county_sizes" else None
        assert [row[:end] for row in of_sample] == [row[:end] for row in of_whole]
    assert sample.ledger.sql("SELECT DISTINCT weight FROM county_sizes").fetchall() == [(2.5,)]


@pytest.mark.parametrize("workers", [1, 3])
def test_other_thread_counts_give_the_same_bytes(whole: api.Run, folder: Path, workers: int) -> None:
    assert ledger_bytes(api.live(small(), folder, workers=workers).dir) == ledger_bytes(whole.dir)


def test_no_more_than_the_groups_at_work_wait_as_parts(folder: Path) -> None:
    """Counties that were lived in another order than by group would pile up until the end."""
    most = [0]

    def look(lived: Progress) -> None:
        if (folder / "parts").is_dir():
            most.append(len([path for path in (folder / "parts").iterdir() if path.name[0] != "."]))

    api.live(small(), folder, workers=1, watch=look)
    assert max(most) <= 3


def test_an_interrupted_country_goes_on(whole: api.Run, folder: Path) -> None:
    def interrupt(lived: Progress) -> None:
        if lived.counties_done >= 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        api.live(small(), folder, workers=1, watch=interrupt)
    assert 0 < len(missing(small(), folder / "ledger")) < COUNTIES
    assert ledger_bytes(api.live(small(), folder).dir) == ledger_bytes(whole.dir)


class _Killed(BaseException):
    """Nothing that is written after a kill; no handler of ours catches it."""


@contextmanager
def killed_at(moment: int) -> Iterator[list[str]]:
    """The process as it would be if it were killed just before the operation of that number on a file."""
    done: list[str] = []

    def counted(name: str, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if len(done) == moment:
            raise _Killed
        done.append(name)
        return operation(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        for name in OPERATIONS:
            patch.setattr(os, name, partial(counted, name, getattr(os, name)))
        for module in (writing, merge_module()):
            patch.setattr(module, "write_table", partial(counted, "table", writing.write_table))
        yield done


def merge_module() -> Any:
    from scorelab.ledger import merge

    return merge


def test_shares_of_a_country_are_gathered_to_the_same_bytes(whole: api.Run, tmp_path: Path) -> None:
    """Catches a share that merges what it has, so that its counties cannot be brought together with others."""
    shares = []
    for number in (1, 2):
        shares.append(tmp_path / f"share-{number}")
        _, others = api.live_share(small(), shares[-1], Shard(number, 2), workers=1)
        assert others == COUNTIES // 2 + (number == 2)
        assert len(list((shares[-1] / "parts").iterdir())) == COUNTIES - others
    with pytest.raises(RunError, match="2 of 5 counties are missing"):
        api.gather(shares[:1], tmp_path / "all")
    gathered = api.gather(shares, tmp_path / "all")
    assert ledger_bytes(gathered.dir) == ledger_bytes(whole.dir)
    assert not (gathered.dir / "parts").exists()


def test_a_share_of_a_country_goes_on_as_the_whole(whole: api.Run, tmp_path: Path) -> None:
    api.live_share(small(), tmp_path / "run", Shard(1, 2), workers=1)
    assert ledger_bytes(api.live(small(), tmp_path / "run").dir) == ledger_bytes(whole.dir)


def _bytes(folder: Path) -> dict[str, bytes]:
    ledger = folder / "ledger"
    return {path.relative_to(ledger).as_posix(): path.read_bytes() for path in sorted(ledger.rglob("*")) if path.is_file()}


def kills(prepared: Prepared, full: Path, work: Path, wanted: dict[str, bytes], every: bool) -> set[str]:
    """Kill the merging of a folder in which all counties wait, each time at another moment, and go on from there.

    ``every`` moment, or those at which one kind of operation ends and another begins. Returns the kinds of operations
    after which it was killed.
    """
    shutil.copytree(full, work / "all")
    with killed_at(-1) as operations:
        _settle(prepared, work / "all/ledger")
    assert _bytes(work / "all") == wanted
    seen = set()
    for moment in range(len(operations)):
        if not every and moment and operations[moment] == operations[moment - 1]:
            continue
        folder = work / str(moment)
        shutil.copytree(full, folder)
        with pytest.raises(_Killed), killed_at(moment) as done:
            _settle(prepared, folder / "ledger")
        assert missing(prepared.resolved, folder / "ledger") == [], (moment, done[-1:])
        _settle(prepared, folder / "ledger")
        assert _bytes(folder) == wanted, (moment, done[-1:])
        assert not (folder / "parts").exists()
        seen.add(done[-1] if done else "start")
        shutil.rmtree(folder)
    return seen


def groups_of(run: api.Run) -> dict[str, bytes]:
    """The files of a run's ledger."""
    return {name.removeprefix("ledger/"): data for name, data in ledger_bytes(run.dir).items() if "/" in name}


def test_a_kill_between_two_operations_on_files_loses_nothing(
    whole: api.Run, waiting: tuple[Prepared, Path], tmp_path: Path
) -> None:
    """While a group is merged and its parts go, wherever another kind of operation begins; verification tries them all.

    A part that went before its group was there, or a group that was there before all of its files, ends in other bytes
    or in none.
    """
    prepared, full = waiting
    one = tmp_path / "one"
    shutil.copytree(full, one)
    [first, _] = groups(prepared.resolved).values()
    shutil.copytree(whole.dir / "ledger/r000-g00", one / "ledger/r000-g00")
    for task in first:
        shutil.rmtree(one / "parts" / task.name)
    seen = kills(prepared, one, tmp_path / "kills", groups_of(whole), every=False)
    assert seen == {"start", "mkdir", "table", "fsync", "rename", "unlink", "rmdir"}


def _settle(prepared: Prepared, ledger: Path) -> None:
    merging = Merging(prepared.resolved, ledger, prepared.built.names)
    merging.sweep()
    merging.merge()


def test_a_group_that_lacks_a_county_is_not_merged(waiting: tuple[Prepared, Path], tmp_path: Path) -> None:
    prepared, full = waiting
    shutil.copytree(full, tmp_path / "run")
    [first, second] = groups(prepared.resolved).values()
    shutil.rmtree(tmp_path / "run/parts" / first[1].name)
    _settle(prepared, tmp_path / "run/ledger")
    assert [path.name for path in (tmp_path / "run/ledger").iterdir()] == ["r000-g01"]
    assert missing(prepared.resolved, tmp_path / "run/ledger") == [first[1]]
    assert sorted(path.name for path in (tmp_path / "run/parts").iterdir()) == [first[0].name, *(t.name for t in first[2:])]
    assert {*first, *second} == set(all_tasks(prepared.resolved))


def test_what_killed_writers_left_is_swept_from_both_folders(waiting: tuple[Prepared, Path], tmp_path: Path) -> None:
    prepared, full = waiting
    shutil.copytree(full, tmp_path / "run")
    for name in ("parts/.r000-c0001.7.7", "ledger/.r000-g01.7.7"):
        (tmp_path / "run" / name).mkdir(parents=True)
        (tmp_path / "run" / name / "weekly.parquet").write_bytes(b"half")
    _settle(prepared, tmp_path / "run/ledger")
    assert sorted(path.name for path in (tmp_path / "run/ledger").iterdir()) == ["r000-g00", "r000-g01"]
    assert not (tmp_path / "run/parts").exists()


def test_replicates_have_groups_of_their_own(folder: Path) -> None:
    run = api.live(small(replicates=2, weeks=2), folder)
    assert sorted(path.name for path in (run.dir / "ledger").iterdir()) == [
        f"r{replicate:03d}-g{group:02d}" for replicate in range(2) for group in range(GROUPS)
    ]
    assert run.ledger.sql("SELECT replicate, count(*) FROM county_sizes GROUP BY 1 ORDER BY 1").fetchall() == [
        (0, COUNTIES),
        (1, COUNTIES),
    ]


def test_totals_of_a_country_that_was_lived_whole_are_what_was_counted(whole: api.Run) -> None:
    """Also beside the sums over the weekly table of the groups: what each county keeps must not lose anybody."""
    found = whole.national
    levels = found[found.against.isna()]
    assert (levels.value == levels.country_low).all() and (levels.value == levels.country_high).all()
    [denied] = levels[(levels.total == "denied") & (levels.world == "as-written")].itertuples()
    weekly = whole.ledger.sql("SELECT sum(denied)::BIGINT FROM weekly WHERE world = 'as-written'").fetchall()
    assert [(denied.counted,)] == weekly and denied.value == pytest.approx(denied.counted)
    [change] = found[(found.total == "denied") & (found.world == "as-written") & found.against.notna()].itertuples()
    assert change.value == pytest.approx(denied.value) and change.against == "no-scheme"
    assert str(denied.interval_method).startswith("none: 5 counties")


def test_only_a_country_has_totals(finished: api.Run) -> None:
    with pytest.raises(RunError, match="it was not lived with --scale full"):
        _ = finished.national


def test_the_totals_stand_in_an_appendix_and_nowhere_else(whole: api.Run, finished: api.Run) -> None:
    page = whole.report().read_text()
    assert page.index('id="national"') > page.index('id="works"') > 0
    assert "They are no estimate for any real country." in page
    assert "--scale full" in page and "Appendix: totals" not in finished.report().read_text()
    few = "Where no interval stands: 5 counties; an interval needs 20 counties or 5 replicates."
    assert few in page, "on paper too, where nothing can be pointed at"


def test_a_life_of_a_country_is_found_in_its_county(whole: api.Run) -> None:
    """Persons are counted over counties of unequal size, and those harmed over what each county keeps."""
    life = whole.life(wrongful=True).life
    [(harmed,)] = whole.ledger.sql(
        "SELECT sum(ever_wronged)::BIGINT FROM county_totals WHERE world = 'as-written'"
    ).fetchall()
    assert (life.chosen.like, life.chosen.of) == (harmed, 900)
    again = whole.life(person=life.who.id).life
    assert again.happened == life.happened


def test_persons_that_no_county_of_a_country_has_are_refused(whole: api.Run) -> None:
    with pytest.raises(InputError, match="there is no person 99999 in"):
        whole.life(person="r000-c0003-p99999")
    with pytest.raises(InputError, match="there is no county 5 in"):
        whole.life(person="r000-c0005-p00000")
