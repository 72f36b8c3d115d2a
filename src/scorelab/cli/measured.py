"""The register in ``docs/measures.md``: every measure with what it means, how it is made and how it can mislead.

It stands between ``<!-- measures -->`` and ``<!-- end -->``.
"""

import re

from scorelab.measures.register import INTERVALS, Measure, measures

_REGISTER = re.compile(r"^<!-- measures -->\n.*?^<!-- end -->$", re.MULTILINE | re.DOTALL)
_PERIODS = {"run": "the whole run", "week": "a week, or the whole run", "year": "a year of 52 weeks, or the whole run"}
_ALSO = "13 weeks, or the whole run"


def rewritten(text: str) -> str:
    """The page with the register as it is now."""
    return _REGISTER.sub(lambda _: f"<!-- measures -->\n\n{_families()}\n\n<!-- end -->", text)


def _families() -> str:
    names = dict.fromkeys(entry.family for entry in measures())
    return "\n\n".join(part for name in names for part in (f"### {name}", *map(_entry, measures((name,)))))


def _entry(entry: Measure) -> str:
    """One measure as a list; a caveat each."""
    lines = [
        f"**`{entry.name}`** – {entry.title}. {entry.definition}",
        "",
        f"- Formula: {entry.formula}",
        f"- Unit: {entry.unit}",
    ]
    if entry.item:
        lines.append(f"- Item: {entry.item}")
    lines.append(f"- For: {_PERIODS.get(entry.period, _ALSO)}")
    lines.append(f"- Interval: {INTERVALS[entry.interval]}")
    lines += [f"- Take care: {caveat}" for caveat in entry.caveats]
    if entry.cite:
        lines.append(f"- From: {', '.join(entry.cite)}")
    return "\n".join(lines)
