"""What all commands share: where they print, how they fail, and the line that says what scorelab is not."""

import functools
import os
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn, ParamSpec, TypeVar

import typer
from rich.console import Console

from scorelab.errors import InputError, ScorelabError

LINE = "A laboratory, never an instrument: no real person goes in, nothing is enforced."

WIDE = 200
"""Columns where nobody looks: in a pipe a line of a table stays one line."""

out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)
err = Console(stderr=True, highlight=False, soft_wrap=True)

P = ParamSpec("P")
T = TypeVar("T")


def guarded(command: Callable[P, T]) -> Callable[P, T]:
    """A command whose failures become a message and an exit code: 1 for wrong input, 130 when interrupted."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except InputError as error:
            say_problems(error)
            raise typer.Exit(1) from None
        except ScorelabError as error:
            say(f"scorelab: {error}")
            raise typer.Exit(1) from None
        except KeyboardInterrupt:
            _interrupted()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except (typer.Exit, typer.Abort, typer.TyperException):
            raise
        except Exception as error:
            if "Query interrupted" in str(error):  # what DuckDB makes of Ctrl-C
                _interrupted()
            if os.environ.get("SCORELAB_TRACEBACK"):
                raise
            place = traceback.extract_tb(error.__traceback__)[-1]
            file = os.path.basename(place.filename)  # noqa: PTH119
            say(
                f"scorelab: nobody foresaw this: {type(error).__name__}: {error} ({file}:{place.lineno}). "
                "That is a fault in scorelab; please report it. SCORELAB_TRACEBACK=1 shows where it arose."
            )
            raise typer.Exit(1) from None

    return wrapped


def _interrupted() -> NoReturn:
    say("interrupted; the same command goes on where this one stopped")
    _leave_at_once(130)


def _leave_at_once(code: int) -> NoReturn:
    """End the process without waiting for threads that may be compiling; what is on the disk is whole at any time."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def say(text: str) -> None:
    """Print a line to people, on standard error, as it is."""
    err.print(text, markup=False)


def say_problems(error: InputError) -> None:
    """Print every problem with its place, and their number where there are several."""
    for problem in error.problems:
        say(str(problem))
    if len(error.problems) > 1:
        say(f"{len(error.problems)} problems")
