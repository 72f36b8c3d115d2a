"""Commands: exit codes, where things are printed, and that nothing ends in a traceback."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

import scorelab as package
from scorelab import api
from scorelab.cli.console import LINE
from scorelab.cli.summary import summary
from scorelab.report.pdf import BROWSERS
from tests.cli.command import inside, scorelab
from tests.runs.trial import FILES, TRIAL, ledger_bytes

ROOT = Path(__file__).parents[2]


def _plain(text: str) -> str:
    """Without the boxes and line breaks of the help."""
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", text).split())


def test_version_and_help_say_what_it_is() -> None:
    assert scorelab("--version").stdout == f"scorelab {package.__version__}\n"
    for words in (
        ["--help"],
        *([name, "--help"] for name in ("list", "check", "run", "gather", "report", "study", "new", "schema", "bench")),
    ):
        done = scorelab(*words)
        assert done.returncode == 0
        assert LINE in _plain(done.stdout), words


def test_the_installed_command_is_the_same() -> None:
    command = Path(sys.executable).with_name("scorelab")
    if not command.exists():
        pytest.skip("scorelab is not installed in this environment")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == scorelab("--version").stdout


def test_list_names_the_catalogue_one_entry_a_line() -> None:
    done = scorelab("list")
    assert done.returncode == 0
    lines = [line.split()[:2] for line in done.stdout.splitlines()]
    for entry in (["experiment", "rail-and-defaulters"], ["scheme", "china-rail-2018"], ["society", "china-2020"]):
        assert entry in lines


def test_check_accepts_what_is_right() -> None:
    done = scorelab("check", TRIAL, FILES / "hamlet.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{TRIAL}: right\n{FILES / 'hamlet.yaml'}: right\n"


def test_check_points_at_what_is_wrong_in_every_file(tmp_path: Path) -> None:
    scheme = (FILES / "two-lists.yaml").read_text()
    (tmp_path / "one.yaml").write_text(scheme.replace("term_weeks", "terms_weeks"))
    (tmp_path / "two.yaml").write_text(scheme.replace("format: 1", "format: 2"))
    done = scorelab("check", "one.yaml", "two.yaml", folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert re.search(r"^one\.yaml:11:\d+: .*terms_weeks.*term_weeks", done.stderr, re.MULTILINE)
    assert re.search(r"^two\.yaml:1:\d+: .*format", done.stderr, re.MULTILINE)
    assert "^" in done.stderr


def test_check_resolved_prints_what_a_program_reads() -> None:
    done = scorelab("check", TRIAL, "--resolved")
    assert done.returncode == 0
    assert json.loads(done.stdout)["weeks"] == 30


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["run", "rail-and-defaulter"], 1, "did you mean 'rail-and-defaulters'"),
        (["run", "no/such/file.yaml"], 1, "no/such/file.yaml"),
        (["run", "trial.yaml", "--weeks", "0"], 1, "weeks"),
        (["run", "trial.yaml", "--persons", "-5"], 1, "persons"),
        (["run", "trial.yaml", "--seed", str(10**400)], 1, "seed"),
        (["run", "trial.yaml", "--set", "nonsense"], 1, "nonsense"),
        (["run", "trial.yaml", "--set", "two-lists.lists.rail.term_week=3"], 1, "term_weeks"),
        (["run", "trial.yaml", "--set", "two-lists.lists.rail.term_weeks=nan"], 1, "term_weeks"),
        (["check", "no-such-file.yaml"], 1, "no-such-file.yaml"),
        (["check", "."], 1, "."),
        (["report", "."], 1, "is not the folder of a run: it has no manifest.json"),
        (["study", "."], 1, "is not the folder of a run: it has no manifest.json"),
        (["study", "nowhere"], 1, "nowhere"),
        (["study", "trial.yaml", "--dry-run"], 1, "nothing to draw: no number of trial is assumed and has a range"),
        (["study", "trial.yaml", "--draws", "0"], 2, "draws"),
        (["study"], 2, "Missing argument"),
        (["report", "nowhere"], 1, "is not the folder of a run"),
        (["new", "scheme", "trial.yaml"], 1, "there is such a file already"),
        (["new", "scheme", "no/folder/x.yaml"], 1, "No such file or directory"),
        (["run", "trial.yaml", "--out", "trial.yaml"], 1, "is a file; choose a folder"),
        (["run", "trial.yaml", "--out", "."], 1, "is not the folder of a run"),
        (["run"], 2, "Missing argument"),
        (["run", "trial.yaml", "--seeds", "1"], 2, "No such option"),
        (["run", "trial.yaml", "--weeks", "ten"], 2, "weeks"),
        (["run", "trial.yaml", "--workers", "0"], 2, "workers"),
        (["run", "trial.yaml", "--shard", "5/4"], 1, "--shard: the number of a share and the number of all shares"),
        (["run", "trial.yaml", "--cluster", "tcp://127.0.0.1:1", "--workers", "2"], 1, "--workers: with --cluster"),
        (["gather"], 2, "Missing argument"),
        (["gather", "."], 1, "is not the folder of a run: it has no manifest.json"),
        (["gather", "nowhere", "--out", "trial.yaml"], 1, "nowhere is not the folder of a run"),
        (["schema", "law"], 2, "law"),
        (["report", "x", "--format", "docx"], 2, "docx"),
        (["enforce"], 2, "No such command"),
    ],
)
def test_wrong_input_is_a_message_and_an_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, message: str
) -> None:
    """1 where the input is wrong, 2 where the command is; never a traceback, and never a folder left behind."""
    shutil.copytree(FILES, tmp_path / "a")
    work = tmp_path / "a"
    hamlet = work / "hamlet.yaml"
    margins = ROOT / "src/scorelab/catalogue/societies/china-2020"
    hamlet.write_text(re.sub(r"margins: .*", f"margins: {margins}", hamlet.read_text()))
    before = sorted(path.name for path in work.iterdir())
    monkeypatch.chdir(work)
    done = inside(*words)
    assert done.returncode == code, done.stderr
    assert message in _plain(done.stderr)
    assert done.stdout == ""
    assert sorted(path.name for path in work.iterdir()) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"\xff\xfe",
        b"[" * 5000,
        b"a: &a [*a]",
        b"- - -",
        b"format: 1e400",
        b"? {a: b}\n: c",
        b"%YAML 9",
    ],
)
def test_no_file_makes_a_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    (tmp_path / "odd.yaml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    for words in (["check", "odd.yaml"], ["run", "odd.yaml"]):
        done = inside(*words)
        assert done.returncode == 1
        assert "odd.yaml" in done.stderr


def test_new_writes_a_file_that_check_accepts(tmp_path: Path) -> None:
    for kind in ("scheme", "society", "experiment"):
        assert scorelab("new", kind, f"my-{kind}.yaml", folder=tmp_path).stdout == f"my-{kind}.yaml\n"
        done = scorelab("check", f"my-{kind}.yaml", folder=tmp_path)
        assert done.returncode == 0, done.stderr


def test_schema_is_a_json_schema() -> None:
    for kind in ("scheme", "society", "experiment"):
        schema = json.loads(scorelab("schema", kind).stdout)
        assert {"properties", "required"} <= set(schema) and kind in schema["properties"]


def test_a_dry_run_says_what_it_takes_and_leaves_nothing(tmp_path: Path) -> None:
    done = scorelab("run", TRIAL, "--dry-run", folder=tmp_path)
    assert done.returncode == 0
    for word in ("counties", "persons", "events", "time", "memory", "disk"):
        assert re.search(rf"^{word}\b.*\d", done.stdout, re.MULTILINE), word
    assert list(tmp_path.iterdir()) == []


def test_a_country_is_asked_for_by_its_scale(tmp_path: Path) -> None:
    done = scorelab("run", TRIAL, "--scale", "full", "--counties", "8", "--dry-run", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^counties +8 of the 40 of the country$", done.stdout, re.MULTILINE)
    told = scorelab("check", TRIAL, "--resolved", "--scale", "full", folder=tmp_path)
    assert json.loads(told.stdout)["society"]["country"]["persons"]["value"] == 6000
    refused = scorelab("run", TRIAL, "--scale", "full", "--persons", "9", folder=tmp_path)
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert refused.stderr.startswith("--persons: at full scale every county has its own size")


def test_a_run_reports_and_the_second_one_only_prints(finished: api.Run, tmp_path: Path) -> None:
    """The whole way of a person: run, read the table and the page, run again, ask for the table as CSV."""
    first = scorelab("run", TRIAL, folder=tmp_path)
    assert first.returncode == 0, first.stderr
    [folder] = (tmp_path / "runs").iterdir()
    page = folder / "report.html"
    assert str(page.relative_to(tmp_path)) in first.stdout.splitlines()[-1]
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")
    assert "as-written" in first.stdout and "Traceback" not in first.stdout
    assert "100 % lived, 4 of 4 counties written" in first.stderr
    assert ledger_bytes(folder) == ledger_bytes(finished.dir)
    made = page.stat().st_mtime_ns
    started = time.monotonic()
    second = scorelab("run", TRIAL, "--quiet", folder=tmp_path)
    assert time.monotonic() - started < 10
    assert second.stdout == f"{page.relative_to(tmp_path)}\n"
    assert (second.stderr, page.stat().st_mtime_ns) == ("", made)
    done = scorelab("report", folder, "--format", "csv")
    assert done.stdout == f"{folder / 'measures.csv'}\n"
    with (folder / "measures.csv").open(newline="") as file:
        assert next(csv.DictReader(file)).keys() >= {"measure", "world", "value", "unit"}


def test_shares_say_what_comes_next_and_gather_ends_as_a_run_does(finished: api.Run, tmp_path: Path) -> None:
    """The whole way of a job array: shares in folders of their own, one too few, all of them, the report."""
    for number in (1, 2):
        done = scorelab("run", TRIAL, "--shard", f"{number}/2", folder=tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"share {number}/2 is lived; 2 counties of the run are not in it. When all 2 shares" in done.stdout
        assert "100 % lived, 2 of 2 counties written" in done.stderr
    shares = sorted(path.relative_to(tmp_path) for path in (tmp_path / "runs").iterdir())
    assert [path.name[-12:] for path in shares] == ["shard-1-of-2", "shard-2-of-2"]
    few = scorelab("gather", shares[0], folder=tmp_path)
    assert (few.returncode, few.stdout) == (1, "")
    assert "2 of 4 counties are missing: r000-c0001, r000-c0003 (of share 2/2)" in few.stderr
    both = scorelab("gather", *shares, "--quiet", folder=tmp_path)
    assert both.returncode == 0, both.stderr
    page = tmp_path / both.stdout.strip()
    assert page.is_file() and page.parent.name == shares[0].name.removesuffix("-shard-1-of-2")
    assert ledger_bytes(page.parent) == ledger_bytes(finished.dir)


@pytest.mark.parametrize("width", [200, 60, 40])
def test_on_a_narrow_terminal_whole_systems_stay_and_their_parts_are_named(
    finished: api.Run, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Catches a table that is cut, and worlds that nobody is told of."""
    console = Console(file=io.StringIO(), width=width, highlight=False, soft_wrap=True)
    monkeypatch.setattr("scorelab.cli.summary.out", console)
    summary(finished)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    lines = text.splitlines()
    assert max(map(len, lines[:-1])) <= width
    for world in finished.resolved.worlds:
        assert world.name in text
    told = [line for line in lines if line.startswith("also lived")]
    assert len(told) == (width < 200)
    assert all(world.name not in "".join(told) for world in finished.resolved.worlds if not world.schemes)


def test_a_report_on_paper_is_a_pdf_or_a_sentence(finished: api.Run, tmp_path: Path) -> None:
    """With a Chromium four or more clean pages, without one a sentence that says what to do instead."""
    folder = tmp_path / "run"
    shutil.copytree(finished.dir, folder)
    without = scorelab("report", folder, "--format", "pdf", PATH=str(tmp_path))
    assert without.returncode == 1
    assert "no Chromium is installed to print with" in without.stderr
    assert (folder / "report.html").exists()
    if not any(shutil.which(name) for name in BROWSERS):
        pytest.skip("no Chromium here")
    done = scorelab("report", folder, "--format", "pdf")
    assert done.stdout == f"{folder / 'report.pdf'}\n", done.stderr
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")


def test_an_interrupted_run_exits_with_130_and_goes_on(finished: api.Run, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    # Where the tests run in the background of a shell, SIGINT is ignored, and a child would inherit that.
    heeding = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    start = f"{heeding}; from scorelab.cli.app import main; main()"
    command = [sys.executable, "-c", start, "run", str(TRIAL), "--out", str(folder), "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 120
    while not list((folder / "ledger").glob("r*")) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "interrupted; the same command goes on where this one stopped" in err
    assert "Traceback" not in err
    assert ledger_bytes(api.live(finished.resolved, folder).dir) == ledger_bytes(finished.dir)


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """``scorelab list | head -1`` must not end in a broken pipe."""
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-m", "scorelab", "list"], stdout=write, stderr=subprocess.PIPE, text=True
    )
    os.close(read)
    os.close(write)
    _, err = process.communicate(timeout=60)
    assert err == ""


def test_ctrl_c_in_the_middle_of_a_query_is_an_interruption_too() -> None:
    """DuckDB answers SIGINT with an error of its own, which is no fault of scorelab."""
    work = "@guarded\ndef work():\n    raise RuntimeError('Query interrupted')\nwork()"
    code = f"from scorelab.cli.console import guarded\n{work}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 130, done.stderr
    assert "interrupted" in done.stderr and "fault" not in done.stderr
