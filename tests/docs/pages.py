"""Pages of the documentation as data: headings, links, tables, examples, and the tests that they name."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from scorelab.spec import bibliography
from scorelab.spec.odd import slug
from scorelab.spec.text import parse

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_NAMED = re.compile(r'<a id="([\w-]+)"></a>')
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_YAML = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DEF = re.compile(r"^def (test_\w+)\(", re.MULTILINE)
_ID = re.compile(r"\b(?:[A-RT-Z]\d{1,2}|[A-Z]+(?:-[A-Z]+)*-\d{4}(?:-\d+)?)\b")
_TEST = re.compile(r"`((?:tests|verification)/[\w/]+\.py)(?:::(test_\w+))?`|`(test_\w+)`")


@cache
def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """What a link into a page can name."""
    text = _CODE.sub("", text_of(page))
    return {slug(heading) for heading in _HEADING.findall(text)} | set(_NAMED.findall(text))


def dead_links(page: Path) -> list[str]:
    """Links to files that are not there, or to headings that the page does not have."""
    dead = []
    for target in _LINK.findall(_CODE.sub("", text_of(page))):
        if target.startswith(("http://", "https://")):
            continue
        file, _, anchor = target.partition("#")
        to = (page.parent / file).resolve() if file else page
        if not to.exists() or (anchor and to.suffix == ".md" and anchor not in anchors(to)):
            dead.append(target)
    return dead


def links(cell: str) -> list[str]:
    """The targets of the links in a cell."""
    return _LINK.findall(cell)


def codes(cell: str) -> list[str]:
    """The words in a cell that stand as code."""
    return re.findall(r"`([^`]+)`", cell)


def table(text: str, first: str) -> list[dict[str, str]]:
    """The rows of the table whose first column is called so, by the titles of the columns."""
    lines = text.split("\n")
    begin = next(n for n, line in enumerate(lines) if line.startswith(f"| {first} |"))
    titles = cells(lines[begin])
    rows = []
    for line in lines[begin + 2 :]:
        if not line.startswith("|"):
            break
        rows.append(dict(zip(titles, cells(line), strict=True)))
    return rows


def cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def sections(text: str) -> dict[str, str]:
    """The sections of a page by their headings."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def examples(text: str) -> list[str]:
    """The YAML of a page, block by block."""
    return _YAML.findall(text)


def merged(blocks: list[str]) -> dict[str, Any]:
    """Blocks of YAML as one file."""
    whole: dict[str, Any] = {}
    for block in blocks:
        whole = joined(whole, parse(block.encode(), "block").data)
    return whole


def joined(one: Any, other: Any) -> Any:
    """Two plain values as one: mappings are put together, lists too; else, and of numbers, the later one holds."""
    if isinstance(one, dict) and isinstance(other, dict) and "value" not in other:
        return {**one, **{key: joined(one[key], item) if key in one else item for key, item in other.items()}}
    if isinstance(one, list) and isinstance(other, list):
        return one + other
    return other


@cache
def named_in(file: Path) -> frozenset[str]:
    """The tests of a file; none where it is not there."""
    return frozenset(_DEF.findall(file.read_text(encoding="utf-8"))) if file.is_file() else frozenset()


@cache
def _all_tests() -> frozenset[str]:
    files = [*(ROOT / "tests").rglob("test_*.py"), *(ROOT / "verification").rglob("test_*.py")]
    return frozenset(name for file in files for name in named_in(file))


def unknown_works(text: str) -> list[str]:
    """Ids that look like those of the bibliography and are not in it; S1 to S16 are claims."""
    return sorted(set(_ID.findall(text)) - set(bibliography.load()))


def unknown_tests(text: str) -> list[str]:
    """Tests that a text names and that are not there: by file, by file and name, or by name alone."""
    unknown = []
    for file, name, alone in _TEST.findall(text):
        there = (
            alone in _all_tests() if alone else (ROOT / file).is_file() and (not name or name in named_in(ROOT / file))
        )
        if not there:
            unknown.append(alone or f"{file}::{name}")
    return unknown
