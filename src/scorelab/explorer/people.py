"""Some of those who were lived again: a thousand to be shown as dots, and one to be met, by lot.

All of them are invented.
"""

from bisect import bisect_right
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from scorelab.charts.groups import said
from scorelab.errors import RunError
from scorelab.kernel.counted import DENIED, FOR_ANOTHER, RESTRICTED, WRONGED
from scorelab.lives.choose import ARE, Found, lot, share_said
from scorelab.lives.life import Choice
from scorelab.lives.replay import person_id
from scorelab.measures.lab import Facts
from scorelab.runs.again import Lived, LivedCounty
from scorelab.tables.names import CELL_ATTRIBUTES, Names, cell_words
from scorelab.words import CELLS

DOTS = 1_000
SHOWN = RESTRICTED | DENIED | WRONGED | FOR_ANOTHER
"""Marks of a person that the page shows."""
MARKS = {"denied": DENIED, "listed": RESTRICTED, "wrongful": WRONGED, "collateral": FOR_ANOTHER}
KINDS = (*MARKS, "random")
WHO = {
    **ARE,
    "denied": "are ever denied something because of a record",
    "listed": "are ever on a list",
}
"""What is true of those whom a kind is about, in the focus world."""
_WORDS = tuple(cell_words(cell) for cell in range(CELLS))


def dots(lived: Lived) -> list[dict[str, Any]]:
    """A thousand persons, or all of fewer, evenly over the counties: the same ones whatever the law is."""
    sizes = [len(one.who.cell) for one in lived.counties]
    total = sum(sizes)
    shown = min(DOTS, total)
    until = list(accumulate(sizes))
    found = []
    for number in range(shown):
        at = (2 * number + 1) * total // (2 * shown)
        place = bisect_right(until, at)
        found.append(_dot(lived, lived.counties[place], at - until[place] + sizes[place]))
    return found


def _dot(lived: Lived, one: LivedCounty, person: int) -> dict[str, Any]:
    marks = one.marks[person] & SHOWN
    worlds = lived.prepared.built.names.worlds
    words = _WORDS[one.who.cell[person]]
    return {"id": person_id(one.task, person), **words, "marks": dict(zip(worlds, marks.tolist(), strict=True))}


def group_of(names: Names, one: LivedCounty, attribute: str, value: str) -> npt.NDArray[np.bool_]:
    """Who of a county is in a group of the breakdown [N]. Raises RunError where nobody can be told apart so."""
    if attribute in CELL_ATTRIBUTES:
        cells = np.array([words[attribute] == value for words in _WORDS])
        return cells[one.who.cell]
    groups = np.array([group.get(attribute) == value for group in names.groups])
    if not groups.any():
        raise RunError(f"people are not told apart by {attribute} {value} in this experiment")
    return groups[one.group]


def find(
    lived: Lived, facts: Facts, kind: str, number: int = 0, *, attribute: str | None = None, value: str = ""
) -> Found:
    """One person of a kind (:data:`KINDS`) by lot, perhaps of one group; ``number`` asks for another lot.

    Everybody of that kind, in the focus world, is as likely as everybody else. Raises RunError where nobody is.
    """
    names, focus = lived.prepared.built.names, lived.prepared.built.names.worlds.index(facts.focus)
    among = [
        np.ones(len(one.who.cell), bool) if attribute is None else group_of(names, one, attribute, value)
        for one in lived.counties
    ]
    meant = among
    if kind != "random":
        marked = [one.marks[:, focus] & MARKS[kind] != 0 for one in lived.counties]
        meant = [who & group for who, group in zip(marked, among, strict=True)]
    counts, of = [int(who.sum()) for who in meant], sum(int(group.sum()) for group in among)
    group = "" if attribute is None else said(facts, attribute, value)
    title = facts.world(facts.focus).title
    if not sum(counts):
        raise RunError(_nobody(kind, group, title))
    word = kind if attribute is None else f"{kind}/{attribute}={value}"
    at = lot(lived.resolved, word, number, sum(counts))
    until = list(accumulate(counts))
    place = bisect_right(until, at)
    person = int(np.flatnonzero(meant[place])[at - until[place] + counts[place]])
    chosen = Choice(kind, number, sum(counts), of, _said(kind, group, title, sum(counts), of))
    return Found(lived.counties[place].task, person, chosen)


def _nobody(kind: str, group: str, title: str) -> str:
    whom = f"nobody of the group “{group}”" if group else "nobody"
    if kind == "random":
        return f"there is {whom}"
    return f"{whom} in the world “{title}” was ever {WHO[kind].removeprefix('are ever ')}"


def _said(kind: str, group: str, title: str, like: int, of: int) -> str:
    """How the person was chosen, and how many are like it."""
    within = f" of the group “{group}”" if group else ""
    if kind == "random":
        return f"Chosen by lot among all {of:,} synthetic persons{within}, whatever happened to them."
    share = share_said(like, of)
    if within:
        share = share.replace(" synthetic persons", f" synthetic persons{within}", 1)
    return f"Chosen by lot among those who {WHO[kind]} in the world “{title}”: {share}."
