"""A scheme as plain controls: what watches, what follows, for whom, and the way back, section by section."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

from scorelab.errors import InputError
from scorelab.explorer import rows
from scorelab.explorer.control import MISSING, Control, at, control, plain
from scorelab.explorer.made import made
from scorelab.explorer.off import OFF, Off, offs
from scorelab.explorer.row import Row
from scorelab.explorer.titles import KINDS, WHOM, Titles, listed
from scorelab.spec import defaults
from scorelab.spec.find import kind_of
from scorelab.spec.places import mapping, number, sequence
from scorelab.spec.text import Document, Path
from scorelab.spec.texts import document_of

_ENTRIES = {
    "sources": rows.SOURCE,
    "lists": rows.LIST,
    "rules": rows.RULE,
    "consequences": rows.CONSEQUENCE,
    "campaigns": rows.CAMPAIGN,
}
"""Parts of a scheme of which each entry is a section."""
_CLAUSES = {"fusion": rows.FUSION, "score": rows.SCORE, "due_process": rows.PROCESS, "opt_in": rows.OPT_IN}
"""Parts that are one section."""
_ORDER = ("whole", "sources", "fusion", "rules", "score", "lists", "consequences", "due_process", "campaigns", "opt_in")
_CLAIMS = re.compile(r"^S\d+(?:(?:, | and )S\d+)*[,;]? ?")
"""Numbers of claims, which stand before some notes."""
_FIXED = ("score", "opt_in")
"""Parts without which the rest of a scheme means something else; they cannot be switched off here."""
_HEADS = {
    "fusion": ("Sources joined", "What several sources write about one act is joined into one record."),
    "score": ("The score", "The number that records move."),
    "due_process": ("What people are told and can do", "Notice of a record, time to object, and appeal."),
    "opt_in": ("Who joins", "The scheme applies to adults who join it, and to nobody else."),
}


class Section(TypedDict):
    """A part of a scheme with its controls; ``on`` is None where it cannot be switched."""

    file: str
    name: str
    title: str
    about: str
    path: list[str | int]
    on: bool | None
    controls: list[Control]


@dataclass(frozen=True)
class _Sheet:
    """A text of which sections are made, and what it was at first."""

    file: str
    kind: str
    document: Document
    before: Any
    titles: Titles
    offs: list[Off]

    @property
    def data(self) -> dict[str, Any]:
        return mapping(self.document.data)

    def was(self, path: Path) -> Any:
        """What stood at a place at first; items of lists are counted with those that are off by now."""
        moved = list(path)
        for end, part in enumerate(path):
            if isinstance(part, int):
                line = self.document.values.get(path[: end + 1], (0, 0))[0]
                gone = [
                    off for off in self.offs if off.parent == path[:end] and off.key is None and off.last + 1 < line
                ]
                moved[end] = part + len(gone)
        return at(self.before, tuple(moved))


def sections(texts: Mapping[str, str], before: Mapping[str, Any] | None = None) -> list[Section]:
    """The sections of every scheme among the texts, and of how people respond where a society is among them.

    ``before`` is the data of the texts at first, by their names. What cannot be read is passed over.
    """
    documents: dict[str, Document] = {}
    for name, text in texts.items():
        try:
            documents[name] = document_of(name, text)
        except InputError:
            continue
    kinds = {name: kind_of(document) for name, document in documents.items()}
    titles = Titles(documents[name].data for name, kind in kinds.items() if kind == "society")
    found: list[Section] = []
    for name, document in documents.items():
        first = (before or {}).get(name, document.data)
        sheet = _Sheet(name, kinds[name], document, first, titles, offs(document))
        if sheet.kind == "scheme":
            found += _scheme(sheet)
        elif sheet.kind == "society" and isinstance(sheet.data.get("response"), dict):
            about = "How people respond to what they believe; the same in every world."
            controls = _rowed(sheet, ("response",), rows.RESPONSE)
            found.append(_section(sheet, ("response",), "How people respond", about, controls))
    return found


def _scheme(sheet: _Sheet) -> Iterator[Section]:
    for part in _ORDER:
        if part == "whole":
            about = str(sheet.data.get("about", "")).strip()
            controls = [*_rowed(sheet, (), rows.WHOLE), *_rollout(sheet)]
            yield _section(sheet, (), "When, and who knows", about, controls)
        elif part in _ENTRIES:
            yield from _entries(sheet, part)
        else:
            yield from _clause(sheet, part)


def _entries(sheet: _Sheet, part: str) -> Iterator[Section]:
    """The entries of a part, those that are off among them, in the order of the file."""
    here = sheet.data.get(part)
    keys: Iterable[str | int] = here if isinstance(here, dict) else range(len(sequence(here)))
    lines: list[tuple[int, Section]] = []
    for key in keys:
        path = (part, key)
        value = mapping(at(sheet.data, path))
        place = sheet.document.keys.get(path) or sheet.document.values.get(path, (0, 0))
        named, rowed = list(_named(sheet, path, value)), _rowed(sheet, path, _ENTRIES[part])
        controls = [*named, *rowed] if part == "sources" else [*rowed, *named]
        title, about = sheet.titles.part(path, value), _about(sheet, path, value)
        lines.append((place[0], _section(sheet, path, title, about, controls, on=True)))
    for off in sheet.offs:
        if off.parent == (part,) and off.inside is None:
            lines.append((off.first + 1, _off_section(sheet, off)))
    yield from (section for _, section in sorted(lines, key=lambda line: line[0]))


def _clause(sheet: _Sheet, part: str) -> Iterator[Section]:
    """A part that is one section, on or off; that of due process is there in any case."""
    title, about = _HEADS[part]
    value = sheet.data.get(part)
    off = next((off for off in sheet.offs if off.parent == () and off.key == part), None)
    if isinstance(value, dict):
        controls = [*_grades(sheet, part), *_rowed(sheet, (part,), _CLAUSES[part])]
        note = _note(value)
        on = None if part in _FIXED else True
        yield _section(sheet, (part,), title, f"{about} {note}".strip(), controls, on=on)
    elif off is not None:
        yield _off_section(sheet, off)
    elif part == "due_process" and value is None:
        about = "People are told nothing of a record and can do nothing about it."
        yield _section(sheet, (part,), title, about, _rowed(sheet, (part,), rows.PROCESS))


def _off_section(sheet: _Sheet, off: Off) -> Section:
    path = (*off.parent, off.key if off.key is not None else 0)
    also = "Off since something else that it rests on is off." if off.also else "Switched off."
    section = _section(sheet, path, sheet.titles.part(path, off.value), also, [], on=False)
    return {**section, "path": [*off.parent, OFF, off.first + 1]}


def _section(
    sheet: _Sheet, path: Path, title: str, about: str, controls: Sequence[Control], on: bool | None = None
) -> Section:
    name = ".".join(str(part) for part in path) or "scheme"
    return Section(
        file=sheet.file, name=name, title=title, about=about, path=list(path), on=on, controls=list(controls)
    )


def _rowed(sheet: _Sheet, path: Path, table: Iterable[Row]) -> list[Control]:
    """The controls of a section from its table: where something is written, or where it is known what is meant."""
    found: list[Control] = []
    for row in table:
        way = (*path, *row.key.split("."))
        value = at(sheet.data, way)
        if row.kind == "part":
            found += _part(sheet, way, row, value)
            continue
        meant = row.unsaid is not None and (len(way) == len(path) + 1 or isinstance(at(sheet.data, way[:-1]), dict))
        if value is MISSING or value is None:
            red = path[:1] == ("lists",) and at(sheet.data, (*path, "red")) is True
            opens = row.key == "share" and path[0] == "consequences" and not mapping(at(sheet.data, path)).get("bar")
            if not meant or opens or (red and row.key == "corrected_per_year"):
                continue
            value = MISSING
        elif plain(value) is None:
            continue
        if row.key in ("enter_below", "leave_at", "start"):
            row = row._replace(usual=_score_ends(sheet, 1 if row.key == "enter_below" else 0))
        ends = sequence(mapping(value).get("range"))
        if len(ends) == 2 and ends[0] == ends[1]:
            row = row._replace(more=True)
        one = control(sheet.kind, sheet.file, way, row, value, sheet.was(way))
        if row.kind == "choice":
            one["choices"] = [{"value": word, "label": label} for word, label in _choices(sheet, path, row.key)]
            if len(one["choices"] or ()) < 2:
                continue
        found.append(one)
    return found


def _part(sheet: _Sheet, way: Path, row: Row, value: Any) -> list[Control]:
    """A clause that can be switched, on or off."""
    if value is not MISSING and value is not None:
        return [{**control(sheet.kind, sheet.file, way, row, True, True)}]
    for off in sheet.offs:
        if (*off.parent, off.key) == way:
            one = control(sheet.kind, sheet.file, way, row, False, True)
            return [{**one, "path": [*off.parent, OFF, off.first + 1]}]
    red = way[0] == "lists" and at(sheet.data, (*way[:-1], "red")) is True
    ends = way[-1] == "repair" and number(at(sheet.data, (*way[:-1], "term_weeks"))) in range(14)
    if made(way) is None or red or ends:
        return []
    return [control(sheet.kind, sheet.file, way, row._replace(more=row.more or way[0] == "sources"), False, MISSING)]


def _choices(sheet: _Sheet, path: Path, key: str) -> list[tuple[str, str]]:
    """The words among which one may choose, and how they are called."""
    clause = mapping(at(sheet.data, path))
    if key == "onto":
        return [(name, defaults.title(name)) for name in mapping(sheet.data.get("lists"))]
    if key == "to_grade":
        return [(name, name.upper()) for name in mapping(mapping(sheet.data.get("score")).get("grades"))]
    if clause.get("favour") or clause.get("lose_favours"):
        return []
    return list(WHOM.items())


def _named(sheet: _Sheet, path: Path, value: dict[str, Any]) -> Iterator[Control]:
    """Controls of what an entry calls by names: what a source notices, what a favour is worth, who shares points."""
    if path[0] == "sources":
        watches = mapping(value.get("watches"))
        for word in watches:
            help_ = "Of 100 such acts, so many are noticed."
            label = "Notices" if len(watches) == 1 else f"Notices: {sheet.titles.of(word)}"
            row = Row("", "share", label, help_, "of 100 such acts", more=len(watches) > 1)
            if word == next(iter(watches)) and len(watches) > 1:
                yield _together(sheet, path, watches)
            yield _one(sheet, (*path, "watches", word), row)
    for key, what in (("favour", "Gets it with the favour"), ("along", "Share of the points for")):
        for word in mapping(value.get(key)):
            called = WHOM.get(word, word) if key == "along" else sheet.titles.of(word)
            help_ = (
                "Such ties get so much of the points as well." if key == "along" else "Of 100 asks, so many succeed."
            )
            unit = "of 100 points" if key == "along" else "of 100 asks"
            yield _one(sheet, (*path, key, word), Row("", "share", f"{what}: {called}", help_, unit, more=True))


def _one(sheet: _Sheet, way: Path, row: Row) -> Control:
    return control(sheet.kind, sheet.file, way, row, at(sheet.data, way), sheet.was(way))


def _together(sheet: _Sheet, path: Path, watches: dict[str, Any]) -> Control:
    """One control for everything that a source watches; a set of it sets all of them."""
    way = (*path, "watches", "*")
    values = [value for value in map(number, watches.values()) if value is not None] or [0]
    ranges = [end for value in watches.values() for end in sequence(mapping(value).get("range"))]
    ends = [end for end in ranges if number(end) is not None]
    assumed = any(mapping(value).get("basis") == "assumed" for value in watches.values())
    row = Row("", "share", "Notices", "Of 100 such acts, so many are noticed; sets all of them.", "of 100 such acts")
    stated = {"value": _mean(values), "range": [min(ends), max(ends)]} if ends else {"value": _mean(values)}
    first = [value for value in map(number, mapping(sheet.was((*path, "watches"))).values()) if value is not None]
    before = _mean(first) if first else MISSING
    differ = f"They differ, from {min(values):g} to {max(values):g}; this is their mean."
    one = control(sheet.kind, sheet.file, way, row, stated, before)
    return {**one, "assumed": assumed, "note": differ if len(set(values)) > 1 else ""}


def _mean(values: Sequence[float]) -> float:
    return float(f"{sum(value / len(values) for value in values):.3g}")


def _grades(sheet: _Sheet, part: str) -> Iterator[Control]:
    """From which score on each grade is held."""
    for grade in mapping(mapping(sheet.data.get("score")).get("grades")) if part == "score" else ():
        row = Row("", "points", f"Grade {grade.upper()} from", "The lowest score of the grade.", "points", more=True)
        yield _one(sheet, ("score", "grades", grade), row._replace(usual=_score_ends(sheet)))


def _score_ends(sheet: _Sheet, above: int = 0) -> tuple[float, float] | None:
    """Between which ends a score lies."""
    score = mapping(sheet.data.get("score"))
    low, high = number(score.get("lowest")), number(score.get("highest"))
    return (low + above, high) if low is not None and high is not None and low + above < high else None


def _rollout(sheet: _Sheet) -> Iterator[Control]:
    for index, step in enumerate(sequence(sheet.data.get("rollout"))):
        label = f"Counties in which it holds from {plain(mapping(step).get('date'))}"
        row = Row("", "share", label, "Of 100 counties, so many have the scheme from then on.", "of 100", more=True)
        yield _one(sheet, ("rollout", index, "share"), row)


def _about(sheet: _Sheet, path: Path, value: dict[str, Any]) -> str:
    """What a section is about, in a sentence or two."""
    match path[0]:
        case "sources":
            what = sheet.titles.several(mapping(value.get("watches")), 4)
            said = f"{KINDS.get(str(value.get('kind')), 'A source')}. Watches: {what}."
        case "lists":
            said = _ending(value)
        case "rules":
            said = _follows(value)
        case "consequences":
            said = sheet.titles.holds(value)
        case _:
            said = ""
    return f"{said} {_note(value)}".strip()


def _note(value: dict[str, Any]) -> str:
    """The note of the file where it says something; the numbers of claims alone do not."""
    said = value.get("note")
    note = _CLAIMS.sub("", said) if isinstance(said, str) else ""
    if len(note.split()) < 3:
        return ""
    return note[:1].upper() + note[1:] + ("" if note.endswith((".", "?", "!")) else ".")


def _ending(value: dict[str, Any]) -> str:
    if value.get("until") == "settled":
        return "One is on it until one has made good."
    if value.get("until") == "score":
        return f"One is on it until the score is back at {plain(value.get('leave_at'))}."
    return "One is on it for a term."


def _follows(value: dict[str, Any]) -> str:
    """What a rule does, in one sentence."""
    does = []
    points = plain(value.get("points"))
    if isinstance(points, int):
        does.append(f"{'gives' if points > 0 else 'takes'} {abs(points)} points")
    if value.get("to_grade") is not None:
        does.append(f"leads down to grade {str(value['to_grade']).upper()}")
    if value.get("onto") is not None:
        does.append(f"puts onto the list {defaults.title(str(value['onto']))}")
    if value.get("fine") is True:
        does.append("brings a fine")
    return f"A record {listed(does)}." if does else ""
