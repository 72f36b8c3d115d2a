"""Lives of a real run: lived again exactly, chosen fairly, asked for with pointed errors."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from scipy.stats import chisquare

import scorelab
from scorelab import api
from scorelab.errors import InputError, RunError
from scorelab.kernel.counted import WRONGED
from scorelab.lives import choose, lived
from scorelab.lives.choose import Again, lot
from scorelab.lives.file import FILE
from scorelab.lives.life import INVENTED
from scorelab.report.context import load
from scorelab.report.lives import section
from scorelab.report.markup import text
from scorelab.runs.tasks import Task
from tests.cli.command import inside


@pytest.fixture(scope="module")
def again(finished: api.Run) -> Again:
    return lived.again(finished.dir)


def test_those_who_are_harmed_are_those_that_the_ledger_counts(finished: api.Run, again: Again) -> None:
    """Catches a replay that is another life than the one that was counted."""
    for kind, column in (("wrongful", "wronged"), ("collateral", "for_another")):
        counts = again.counts(column)
        assert sum(counts.values()) > 20
        mark = choose._COLUMN[kind][1]
        for task, count in counts.items():
            assert int((again.county(task).trace.marks[:, again.focus] & mark > 0).sum()) == count


@pytest.mark.parametrize("kind", choose.KINDS)
def test_a_life_is_of_its_kind(again: Again, kind: str) -> None:
    """Catches a choice whose life does not show what it was chosen for."""
    found = choose.draw(again, kind, 1)
    [life] = lived.lives(again, [found])
    denied = [event for event in life.of(life.focus, "need") if event.outcome == "denied"]
    if kind == "wrongful":
        assert any(event.truth == "false" for event in denied)
    if kind == "collateral":
        assert any(event.tie for event in denied)
    assert len(life.account) >= 3
    assert life.chosen.kind == kind and life.chosen.words.startswith("Chosen by lot")
    assert 0 < life.chosen.like <= life.chosen.of


def test_the_same_life_comes_out_again_whoever_else_is_looked_at(again: Again) -> None:
    one = choose.draw(again, "wrongful")
    others = [choose.Found(one.task, person, one.chosen) for person in range(0, 200, 2) if person != one.person]
    first = lived.lives(again, [one])[0]
    assert lived.lives(again, [one])[0] == first
    together = lived.lives(again, [*others, one])
    assert len(together) >= 100
    assert together[-1] == first


def test_each_of_the_harmed_is_as_likely_as_every_other(again: Again) -> None:
    """Catches a draw that prefers a county, or the first of a county; true fairness fails once in 10,000 such tests."""
    counts = again.counts("wronged")
    harmed = {
        (task, int(person))
        for task in counts
        for person in (again.county(task).trace.marks[:, again.focus] & WRONGED).nonzero()[0]
    }
    draws = 40 * len(harmed)
    drawn = Counter((found.task, found.person) for found in (choose.draw(again, "wrongful", n) for n in range(draws)))
    assert set(drawn) <= harmed
    assert chisquare([drawn[one] for one in sorted(harmed)]).pvalue > 1e-4


def test_a_random_person_is_anybody(again: Again) -> None:
    """The same error rate, over tenths of the run's people."""
    resolved = again.resolved
    of = resolved.replicates * resolved.counties * resolved.persons
    tenths = Counter(10 * lot(resolved, "random", n, of) // of for n in range(4000))
    assert chisquare([tenths[part] for part in range(10)]).pvalue > 1e-4
    found = choose.draw(again, "random", 3)
    assert found.chosen.of == of and found.task in {Task(0, county) for county in range(resolved.counties)}


def test_the_lives_of_a_run_are_kept_with_equal_bytes(finished: api.Run) -> None:
    path = finished.dir / FILE
    path.unlink(missing_ok=True)
    first = lived.chosen(finished.dir)
    text = path.read_bytes()
    assert [life.chosen.kind for life in first] == ["wrongful", "collateral", "random"]
    assert lived.chosen(finished.dir) == first
    path.write_text("{", encoding="utf-8")
    assert lived.chosen(finished.dir) == first
    assert path.read_bytes() == text
    path.unlink()


def test_the_report_shows_one_of_the_harmed_and_one_of_all(finished: api.Run) -> None:
    """Catches a life that stands alone, or without saying that it is invented and how it was chosen."""
    context = load(finished.dir)
    assert section(context) is None
    harmed, _, anybody = lived.chosen(finished.dir)
    told = section(context)
    (finished.dir / FILE).unlink()
    assert told is not None
    name, heading, contents = told
    assert (name, heading) == ("lives", "Two lives")
    for life in (harmed, anybody):
        assert str(text(life.chosen.words)) in contents
    assert contents.count(INVENTED) >= 4


def test_the_command_prints_the_account_and_the_page(finished: api.Run) -> None:
    done = inside("life", str(finished.dir), "--wrongful")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Invented. This person does not exist. r000-c")
    page = Path(lines[-1])
    assert page.parent == finished.dir / "lives" and "Invented." in page.read_text(encoding="utf-8")
    whole = inside("life", str(finished.dir), "--random", "--json")
    assert json.loads(whole.stdout)["chosen"]["kind"] == "random"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--person", "c3-p9"], r"'c3-p9' is no person's ID; this run has r000-c0000-p00000 to r000-c\d{4}-p\d{5}"),
        (["--person", "r000-c0099-p00001"], r"there is no county 99 in .*: the last one is \d+; this run has r000"),
        (["--person", "r004-c0000-p00001"], r"there is no replicate 4"),
        (["--person", "r000-c0000-p99999"], r"there is no person 99999"),
        (["--wrongful", "--random"], r"--wrongful and --random: one person at a time"),
        (["--draw", "-1"], r"--draw: draws are numbered from 0 to 999,999, so not -1"),
        (["--draw", "9" * 30], r"--draw: draws are numbered from 0 to 999,999"),
    ],
)
def test_what_cannot_be_asked_for_is_said(finished: api.Run, words: list[str], message: str) -> None:
    done = inside("life", str(finished.dir), *words)
    assert done.returncode == 1
    assert re.search(message, done.stderr.replace("\n", " ")), done.stderr


def test_who_asks_for_the_harmed_where_nobody_is_gets_told(again: Again, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Again, "counts", lambda *_: {Task(0, 0): 0})
    with pytest.raises(RunError, match=r"nobody in the world .* was ever denied something by false records alone"):
        choose.draw(again, "wrongful")


def test_python_has_the_same_life(finished: api.Run) -> None:
    told = finished.life(collateral=True)
    assert told.life.chosen.kind == "collateral"
    assert {"week", "world", "what", "about", "outcome", "truth", "tie"} <= set(told.events.columns)
    assert len(told.events) == len(told.life.happened)
    assert told.account == told.life.account
    assert finished.life(person=told.life.who.id).life.happened == told.life.happened
    with pytest.raises(InputError, match="one person at a time"):
        finished.life(random=True, wrongful=True)
    assert scorelab.load(finished.dir).life().life.chosen.kind == "wrongful"
