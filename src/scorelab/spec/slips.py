"""Where a slip of the pen was made in what is no YAML, often a line before the one in which a parser stumbles."""

import re
from typing import Any

_GLUED = re.compile(r"\s*(?:- +)*[\w-]+:(?=[^\s])")
_NO_COLON = re.compile(r"\s*[\w-][^:#]*(#.*)?")
_PLAINER = {
    "mapping values are not allowed": "a colon does not belong here; look at the indentation, or quote the text",
    "found character '\\t'": "a tab cannot indent; use spaces",
    "found unexpected end of stream": "a quotation mark that opens here is never closed",
    "expected <block end>, but found '<block": "this line is indented unlike those that it belongs to",
    "expected <block end>, but found '-'": "this line is indented unlike those that it belongs to",
    "expected <block end>, but found '}'": "nothing opened what this closes",
    "expected <block end>, but found ']'": "nothing opened what this closes",
}
_AFTER_COLON = "a space is missing after the colon"
_CLOSES = {"'}'": "{", "']'": "["}


def slip(error: Any, lines: list[str]) -> tuple[int, int, str]:
    """Line, column (both from 1) and message for a parser's error in a text of these lines."""
    said = (error.problem or error.context or "").strip().replace("\n", " ")
    mark = error.problem_mark or error.context_mark
    began = error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    if said == "found unexpected end of stream" and began:
        line, column = began.line + 1, began.column + 1
    if said.startswith("expected ',' or ") and began:
        return _unclosed(said, (began.line + 1, began.column + 1), (line, column))
    if said == "could not find expected ':'" and began:
        return _keyless(lines, began.line + 1) or (began.line + 1, began.column + 1, "a key without a colon")
    if said.startswith(("mapping values are not allowed", "expected <block end>, but found '<block mapping")):
        before = _keyless(lines, _line_before(lines, line))
        if before:
            return before
    plainer = next((better for start, better in _PLAINER.items() if said.startswith(start)), said[:200])
    return line, column, plainer


def _unclosed(said: str, began: tuple[int, int], stumbled: tuple[int, int]) -> tuple[int, int, str]:
    """A brace or a bracket: the fault is where it opens, unless the parser stumbled in the same line."""
    close = said.removeprefix("expected ',' or ")[:3]
    if began[0] == stumbled[0]:
        return *stumbled, f"a comma or a {close} is missing before this"
    if "<stream end>" in said:
        return *began, f"the {_CLOSES[close]!r} that opens here is never closed"
    opening = f"the {_CLOSES[close]!r} that opens here is not closed before line {stumbled[0]}"
    return *began, f"{opening}, or a comma is missing"


def _line_before(lines: list[str], line: int) -> int:
    """The number of the last line before this one that is neither empty nor a comment; 0 where there is none."""
    return next((n for n in range(line - 1, 0, -1) if lines[n - 1].strip() and lines[n - 1].lstrip()[0] != "#"), 0)


def _keyless(lines: list[str], line: int) -> tuple[int, int, str] | None:
    """What is wrong with a line that should begin with a key and its colon, if that is what is wrong."""
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    glued = _GLUED.match(text)
    if glued:
        return line, glued.end(), _AFTER_COLON
    if text.strip() and _NO_COLON.fullmatch(text):
        column = len(text) - len(text.lstrip()) + 1
        return line, column, "a colon is missing in this line, or the next is indented too far"
    return None
