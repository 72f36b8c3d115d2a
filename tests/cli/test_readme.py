"""What the README shows must work: its scheme is right, its commands and Python names exist."""

import re
from pathlib import Path

import scorelab
from scorelab.api import Run

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


def test_links_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (ROOT / target).exists(), f"{name}: {target}"
