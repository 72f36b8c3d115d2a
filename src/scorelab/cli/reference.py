"""``python -m scorelab.cli.reference docs/language.md``: make the tables of a page anew; no command of its own.

Whatever the page has markers for is made: tables of the language, of the catalogue and of constants, and the register
of measures.
"""

import sys
from pathlib import Path

from scorelab.cli import constants, measured
from scorelab.spec import odd, reference


def rewritten(text: str) -> str:
    """The page with its tables as models, catalogue, constants and register are now."""
    return measured.rewritten(constants.rewritten(odd.rewritten(reference.rewritten(text))))


def rewrite(page: Path) -> None:
    """Writes the page with its tables made anew."""
    page.write_text(rewritten(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    rewrite(Path(sys.argv[1]))
