"""scorelab: a laboratory for social-credit systems, never an instrument of one.

From Python::

    import scorelab

    run = scorelab.run("rail-and-defaulters", seed=7)
    run.measures            # a DataFrame
    run.ledger              # counts, read lazily
    run.chart("denials")    # the same picture as in the report
    run.report()            # report.html

Importing this package is cheap: numba, DuckDB and the charts are loaded when they are first needed.
"""

from typing import TYPE_CHECKING, Any

from scorelab.errors import InputError, Problem, RunError, ScorelabError

if TYPE_CHECKING:
    from scorelab.api import Run, beside, check, load, run

__version__ = "0.1.0"

__all__ = [
    "InputError",
    "Problem",
    "Run",
    "RunError",
    "ScorelabError",
    "__version__",
    "beside",
    "check",
    "load",
    "run",
]


def __getattr__(name: str) -> Any:
    if name in ("Run", "beside", "check", "load", "run"):
        from scorelab import api

        return getattr(api, name)
    raise AttributeError(f"module 'scorelab' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(__all__)
