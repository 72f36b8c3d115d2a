"""``python -m scorelab.cli.reference docs/language.md``: make the tables of a page anew; no command of its own.

Whatever tables the page has markers for are made: those of the language, of the catalogue, and of constants.
"""

import sys
from pathlib import Path

from scorelab.cli import constants
from scorelab.spec import odd, reference


def rewritten(text: str) -> str:
    """The page with its tables as models, catalogue and constants are now."""
    return constants.rewritten(odd.rewritten(reference.rewritten(text)))


def rewrite(page: Path) -> None:
    """Writes the page with its tables made anew."""
    page.write_text(rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
