"""What each scheme of the catalogue gave, written into its page: the findings of the run that the page names.

``python -m verification.gallery`` lives them all at the size given here and writes the findings of the report between
the marks of ``docs/schemes/NAME.md``. Names may be given, to do only these.
"""

import re
import sys
import tempfile
import textwrap
from pathlib import Path

import scorelab
from scorelab.report.context import load
from scorelab.report.findings import findings, length

PAGES = Path(__file__).parents[1] / "docs/schemes"
MARKS = ("<!-- results -->", "<!-- end -->")
COUNTIES = 20
PERSONS = 25_000
WIDTH = 119
BRACKETS = (
    "In brackets: 95 % intervals over counties, of chance alone; how wrong the assumed numbers are is not in them."
)


def lived(page: str) -> str:
    """What a page says that one should run: its first command."""
    found = re.search(r"`scorelab\s+run\s+([a-z0-9-]+)`", page)
    if found is None:
        raise RuntimeError("the page names no command")
    return found[1]


def gave(name: str, folder: Path) -> str:
    """The findings of one run, as a list; raises RuntimeError where a gate fails."""
    run = scorelab.run(name, persons=PERSONS, counties=COUNTIES, out=folder / name)
    failing = [gate.name for gate in run.gates if gate.status == "fails"]
    if failing:
        raise RuntimeError(f"{name}: gates fail: {', '.join(failing)}")
    context = load(run.dir)
    command = f"scorelab run {name} --persons {PERSONS} --counties {COUNTIES}"
    head = f"`{command}`: {context.persons:,} synthetic persons, {length(context)}. {BRACKETS}"
    lines = (textwrap.fill(f"- {sentence}", WIDTH, subsequent_indent="  ") for sentence in findings(context))
    return "\n".join([textwrap.fill(head, WIDTH), "", *lines])


def main(names: list[str]) -> None:
    """Write the pages."""
    with tempfile.TemporaryDirectory() as folder:
        for page in sorted(PAGES.glob("*.md")):
            before, mark, rest = page.read_text(encoding="utf-8").partition(MARKS[0])
            if mark and (not names or page.stem in names):
                after = rest.partition(MARKS[1])[2]
                text = gave(lived(before), Path(folder))
                page.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
