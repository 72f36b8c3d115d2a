"""The architecture is a test: who may import whom, and what may be used where."""

import ast
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "scorelab"


def _sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_the_import_contracts_hold() -> None:
    """A layer that reaches upwards would make the data flow in circles."""
    script = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", script, "--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_every_package_has_its_layer() -> None:
    """A new package that no contract names could import anything."""
    layers = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert packages
    named = {name for name in packages if f'"scorelab.{name}' in layers or f"| scorelab.{name}" in layers}
    assert packages - named == {"catalogue"} & packages


def test_only_one_file_compiles() -> None:
    """Another numba option somewhere (fast-math, object mode, prange) would change results without a trace."""
    users = set()
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            if any(name.split(".")[0] == "numba" for name in names):
                users.add(path.relative_to(PACKAGE).as_posix())
    assert users == {"kernel/jit.py"}


def test_only_the_command_line_prints_exits_or_reads_arguments() -> None:
    """A library that prints or exits cannot be used by another program."""
    found = []
    for path in _sources():
        if path.parent.name == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Name) and node.id in ("print", "exit", "quit", "input", "SystemExit"):
                found.append(f"{path.name}:{node.lineno} {node.id}")
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                name = f"{node.value.id}.{node.attr}"
                ends_itself = (
                    name == "os._exit" and path.name == "worker.py"
                )  # a process of its own, which must not linger
                if name in ("sys.argv", "sys.exit", "sys.stdout", "os._exit") and not ends_itself:
                    found.append(f"{path.name}:{node.lineno} {name}")
    assert found == []


def test_chance_comes_from_fate_alone() -> None:
    """A draw from a global generator would differ from run to run and from thread to thread.

    Names that nobody can guess, which the explorer's server gives, are not drawn for a society.
    """
    found = []
    server = {PACKAGE / "explorer" / name for name in ("safety.py", "takes.py")}
    for path in set(_sources()) - server:
        text = path.read_text(encoding="utf-8")
        for word in ("np.random", "numpy.random", "import random", "from random", "import secrets", "uuid"):
            if word in text:
                found.append(f"{path.relative_to(PACKAGE)}: {word}")
    assert found == []


def test_the_exported_names_are_the_intended_ones() -> None:
    import scorelab

    assert scorelab.__all__ == [
        *("InputError", "Problem", "Run", "RunError", "ScorelabError"),
        *("__version__", "beside", "check", "load", "run"),
    ]
    assert dir(scorelab) == sorted(scorelab.__all__)
    for name in scorelab.__all__:
        assert getattr(scorelab, name) is not None


def test_run_stays_a_function_whatever_is_imported() -> None:
    """A package ``scorelab.run`` would take the place of the function as soon as anything imported it."""
    script = (
        "import scorelab, scorelab.runs.execute, scorelab.api; print(scorelab.run.__name__, callable(scorelab.run))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "run True\n"
    assert not {path.stem for path in PACKAGE.iterdir()} & {"run", "check", "load", "Run"}


def test_importing_scorelab_is_light() -> None:
    """Whoever only asks for the version, or checks a file, should not wait for a compiler and a database."""
    heavy = ("numba", "llvmlite", "duckdb", "pandas", "vl_convert", "rich", "typer", "numpy", "pydantic")
    script = (
        "import json, sys, scorelab\n"
        f"first = [name for name in {heavy!r} if name in sys.modules]\n"
        "scorelab.check\n"
        f"print(json.dumps([first, [name for name in {heavy[:5]!r} if name in sys.modules]]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [[], []]


def test_files_and_functions_stay_small() -> None:
    """A file or a function that does everything is where faults hide."""
    long_files, long_functions = [], []
    for path in _sources():
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 450:
            long_files.append(path.name)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 80:
                long_functions.append(f"{path.name}:{node.name}")
    assert (long_files, long_functions) == ([], [])
