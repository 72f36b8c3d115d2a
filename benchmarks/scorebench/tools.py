"""Which tools there are, and which of them are installed here."""

import importlib
from typing import cast

from benchmarks.scorebench.model import Tool

NAMES = (
    "in_scorelab",
    "numpy_events",
    "numpy_dense",
    "in_pandas",
    "in_polars",
    "in_jax",
    "in_starsim",
    "in_mesa",
    "in_agentpy",
)
REFERENCE = "numpy_events"


def tool(name: str) -> Tool:
    """A tool by the name of its module. Raises ImportError where what it needs is not installed."""
    return cast(Tool, importlib.import_module(f"benchmarks.scorebench.{name}"))


def installed(wanted: tuple[str, ...]) -> tuple[dict[str, Tool], dict[str, str]]:
    """The tools of some modules, and for those that are not here the package that is missing."""
    found: dict[str, Tool] = {}
    missing: dict[str, str] = {}
    for name in wanted:
        try:
            found[name] = tool(name)
        except ModuleNotFoundError as error:
            missing[name] = str(error.name)
    return found, missing
