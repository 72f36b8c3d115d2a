"""What can go wrong, in words addressed to someone who did nothing wrong.

ScorelabError
├── InputError      the input is wrong (exit code 1): one or more problems, each with its place
└── RunError        the input is right but the run cannot go on (disk, memory, another run's folder)
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault in one place of one file.

    ``line`` and ``column`` count from 1; both are 0 where the fault has no place in a file, for example
    when it came with an option of the command line.
    """

    file: str
    line: int
    column: int
    message: str
    excerpt: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        text = f"{place}: {self.message}"
        if not self.excerpt:
            return text
        number = f"{self.line:>6}"
        caret = " " * (self.column - 1) + "^"
        return f"{text}\n{number} | {self.excerpt}\n{'':>6} | {caret}"


class ScorelabError(Exception):
    """The root of everything that scorelab raises on purpose."""


class InputError(ScorelabError):
    """The input is wrong. Carries every problem that was found, in the order of the files and lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class RunError(ScorelabError):
    """The run cannot go on, though what was asked for is right."""
