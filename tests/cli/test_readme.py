"""What the README shows must work: its scheme is right, its commands and Python names exist."""

import re
from pathlib import Path

import pytest

import scorelab
from scorelab.api import Run
from scorelab.spec.load import check, resolve
from scorelab.spec.new import starter
from scorelab.spec.scheme import Scheme
from scorelab.spec.text import parse

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_scheme_in_the_readme_is_right(tmp_path: Path) -> None:
    [text] = [block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "scheme:" in block]
    file = tmp_path / "village-points.yaml"
    file.write_text(text, encoding="utf-8")
    assert [str(problem) for problem in scorelab.check(file)] == []


def test_commands_and_names_in_the_readme_exist() -> None:
    from scorelab.cli.app import app

    commands = {command.name for command in app.registered_commands}
    assert set(re.findall(r"^    scorelab ([a-z]+)", README, re.MULTILINE)) == commands
    assert set(re.findall(r"scorelab\.([a-z]+)\(", README)) <= set(scorelab.__all__)
    for name in re.findall(r"^run\.([a-z]+)", README, re.MULTILINE):
        assert hasattr(Run, name), name


def test_the_targets_of_make_in_the_documents_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)", README + contributing))
    assert {"run", "test"} <= named
    assert named <= set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


def test_the_commands_are_found_once_the_environment_is_active() -> None:
    """The tour comes after `make run`, which installs into .venv and leaves the path of the shell alone."""
    _, tour = README.split("## A tour")
    assert "scorelab list" in tour.split("```")[0]
    assert ". .venv/bin/activate" in tour.split("scorelab list")[0]


def test_nothing_asks_a_registry_for_this_project() -> None:
    """It is not published there; whoever takes the name would be installed."""
    for file in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "src").rglob("*.py")):
        assert not re.search(r"pip install ['\"]?scorelab", file.read_text(encoding="utf-8")), file


def test_the_top_of_the_ladder_is_what_comes_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One fault, one message: nothing may be said of the key that the misspelt one was meant to be."""
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"```\n(my-scheme.yaml:.*?\n)```", contributing, re.DOTALL)
    text = (ROOT / "tests/runs/files/two-lists.yaml").read_text(encoding="utf-8")
    text = text.replace("  rail: {term_weeks: 12, notice: 0.8}\n", "  rail:\n    terms_weeks: 26\n")
    text = text.replace("lists:\n", "# The list that passengers are put on\n# and the one for debtors:\nlists:\n")
    monkeypatch.chdir(tmp_path)
    Path("my-scheme.yaml").write_text(text, encoding="utf-8")
    problems = check([Path("my-scheme.yaml"), ROOT / "tests/runs/files/hamlet.yaml"])
    assert "".join(f"{problem}\n" for problem in problems) == shown


def test_the_readme_runs_a_scheme_and_its_errors_are_rare() -> None:
    """A scheme whose false records outnumber the true ones makes any system look mad."""
    assert "scorelab run village-points.yaml" in README
    [text] = [block for block in re.findall(r"```yaml\n(.*?)```", README, re.DOTALL) if "scheme:" in block]
    assert _errors_in(text) < 0.1


def test_the_errors_of_a_new_scheme_are_rare() -> None:
    assert _errors_in(starter("scheme", "village")) < 0.1


def _errors_in(text: str) -> float:
    """False records for each true one, in the society of the catalogue when nothing deters."""
    scheme = Scheme.model_validate(parse(text.encode(), "scheme").data)
    behaviours = resolve("china-rail-2018").society.behaviours
    true = sum(
        behaviours[word].per_year.value * behaviours[word].act.value * chance.value
        for source in scheme.sources.values()
        for word, chance in source.watches.items()
    )
    rates = [source.mistakes.per_year for source in scheme.sources.values() if source.mistakes]
    return sum(rate.value for rate in rates if rate) / true


def test_links_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), f"{name}: {target}"
