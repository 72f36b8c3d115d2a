"""The marginal tables of a society: a folder of small CSV files with published shares, and nothing about any person.

Each margin is one file, ``age.csv`` and so on (:data:`MARGINS`), with the header ``category,share,basis,cite,note``
and one line for each category of its closed vocabulary, in any order:

    category,share,basis,cite,note
    urban,0.6389,documented,P5,Seventh census
    rural,0.3611,derived,P5,The rest

``share`` is a decimal fraction (0.6389, never 63.89 %); the shares of a table add up to 1 within 0.001, those of
``condition.csv`` within each age band. ``basis`` is documented, derived or assumed; the first two need ``cite``
(ids of the bibliography, separated by spaces, or one source written out in words), the third a ``note`` that says on
what grounds. A cell with a comma stands in double quotes. UTF-8.
"""

import difflib
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorelab.errors import InputError, Problem
from scorelab.spec import bibliography
from scorelab.words import AGE_LABELS, Age, Condition, Quintile, Residence, Sex

COLUMNS = ("category", "share", "basis", "cite", "note")
BASES = ("documented", "derived", "assumed")
TOLERANCE = 0.001
LARGEST_FILE = 65_536

AGE_BANDS = (
    (0, 5), (6, 14), (15, 17), (18, 24), (25, 29), (30, 34), (35, 39), (40, 44),
    (45, 49), (50, 54), (55, 59), (60, 64), (65, 69), (70, 74), (75, 79), (80, 99),
)  # fmt: skip
"""First and last completed year of the bands of the age margin: each lies within one of :class:`scorelab.words.Age`."""

_AGES = tuple(f"{first}-{last}" if last < 99 else f"{first}+" for first, last in AGE_BANDS)
_INCOMES = tuple(f"{residence.name} {quintile.name}" for residence in Residence for quintile in Quintile)
_CONDITIONS = tuple(
    f"{AGE_LABELS[age]} {condition.name}"
    for age in Age
    for condition in Condition
    if (age is Age.a0_5) == (condition is Condition.child)
)
MARGINS: dict[str, tuple[str, ...]] = {
    "age": _AGES,
    "sex": tuple(sex.name for sex in Sex),
    "residence": tuple(residence.name for residence in Residence),
    "collective": ("household", "collective"),
    "household-size": ("1", "2", "3", "4", "5", "6", "7", "8+"),
    "household-generations": ("1", "2", "3+"),
    "income": _INCOMES,
    "condition": _CONDITIONS,
}
"""Margin -> its categories. Shares of persons, except household-size and household-generations: shares of the
households that are not collective. Collective: persons in dormitories, barracks and homes."""

NOT_PERSONS = "scorelab takes no person-level data, only published shares of whole populations"
_PERSON_COLUMNS = {
    "name", "surname", "first_name", "last_name", "full_name", "id", "id_number", "national_id", "person", "person_id",
    "household_id", "passport", "phone", "telephone", "mobile", "email", "e-mail", "mail", "address", "street",
    "birthday", "birthdate", "date_of_birth", "dob", "account", "card", "card_number", "plate", "face", "photo", "ip",
    "wechat", "weibo", "username", "user", "score", "姓名", "身份证", "身份证号", "电话", "手机", "手机号", "住址",
}  # fmt: skip
_COUNT_COLUMNS = {"count", "counts", "n", "number", "persons", "people", "frequency", "weight"}
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}")
_IDENTIFIER = re.compile(r"(?<![\d.,])(?:\d{9,20}[Xx]?|\+\d[\d -]{7,}\d|\d{3}[ -]\d{4}[ -]\d{4})(?![\d,])")
_DECIMAL = re.compile(r"\d+(\.\d+)?([eE]-?\d+)?")


@dataclass(frozen=True)
class Row:
    """One share: of which margin and category, and why anyone should believe it."""

    margin: str
    category: str
    share: float
    basis: str
    cite: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Margins:
    """The marginal tables of a society: every category of every margin once, in the order of :data:`MARGINS`."""

    rows: tuple[Row, ...]

    def shares(self, margin: str) -> tuple[float, ...]:
        """The shares of a margin, in the order of its categories."""
        return tuple(row.share for row in self.rows if row.margin == margin)

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types, from which :meth:`from_json` makes the same margins again."""
        return {
            "format": 1,
            "rows": [
                {
                    "margin": row.margin,
                    "category": row.category,
                    "share": row.share,
                    "basis": row.basis,
                    "cite": list(row.cite),
                    "note": row.note,
                }
                for row in self.rows
            ],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], file: str = "margins") -> "Margins":
        """Raises InputError where the tables are not those that :meth:`to_json` writes."""
        problems: list[Problem] = []
        if not isinstance(data, dict) or data.get("format") != 1 or not isinstance(data.get("rows"), list):
            raise InputError([Problem(file, 0, 0, "these are not margins of format 1")])
        found: list[_Placed] = []
        for item in data["rows"]:
            try:
                cite = tuple(str(word) for word in item["cite"])
                share = float(item["share"])
                names = (item["margin"], item["category"], item["basis"], item["note"])
                row = Row(str(names[0]), str(names[1]), share, str(names[2]), cite, str(names[3]))
            except (KeyError, TypeError, ValueError):
                raise InputError([Problem(file, 0, 0, f"this is not a row of a margin: {item!r:.80}")]) from None
            if row.margin not in MARGINS or row.category not in MARGINS[row.margin] or not 0 <= share <= 1:
                problems.append(Problem(file, 0, 0, f"not a margin's category and share: {row.margin} {row.category}"))
            found.append(_Placed(row, file, 0, 0, 0, ""))
        for name in MARGINS:
            problems += _check_table(name, file, [placed for placed in found if placed.row.margin == name])
        if not problems:
            problems += _check_across(found)
        if problems:
            raise InputError(problems)
        return cls(_in_order(found))


@dataclass(frozen=True)
class _Placed:
    row: Row
    file: str
    line: int
    column: int
    share_column: int
    excerpt: str


def load_margins(folder: Path) -> Margins:
    """The margins in a folder. Raises InputError with every problem found, file by file and line by line."""
    if not folder.is_dir():
        raise InputError([Problem(folder.as_posix(), 0, 0, "there is no such folder of margins")])
    problems: list[Problem] = []
    found: list[_Placed] = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() == ".csv" and path.stem not in MARGINS:
            problems.append(Problem(path.as_posix(), 0, 0, f"no margin is called {path.stem!r}{_nearest(path.stem)}"))
    for name in MARGINS:
        path = folder / f"{name}.csv"
        if not path.is_file():
            problems.append(Problem(path.as_posix(), 0, 0, f"the margin {name!r} is missing; every society needs it"))
            continue
        rows, faults = _read_table(name, path)
        problems += faults or _check_table(name, path.as_posix(), rows)
        found += rows
    if not problems:
        problems += _check_across(found)
    if problems:
        raise InputError(problems)
    return Margins(_in_order(found))


def _in_order(found: list[_Placed]) -> tuple[Row, ...]:
    table = {(placed.row.margin, placed.row.category): placed.row for placed in found}
    return tuple(table[name, category] for name, categories in MARGINS.items() for category in categories)


def _nearest(word: str, words: tuple[str, ...] = tuple(MARGINS)) -> str:
    near = difflib.get_close_matches(word, words, n=1)
    return f"; did you mean {near[0]!r}?" if near else f"; it is one of {', '.join(words)}"


def _cells(line: str) -> tuple[list[tuple[str, int]], str]:
    """The cells of a line, each with its column counted from 1, and what is wrong with the quotes of the last."""
    cells: list[tuple[str, int]] = []
    at = 0
    while True:
        start = at
        if line[at : at + 1] == '"':
            text = ""
            at += 1
            while True:
                end = line.find('"', at)
                if end < 0:
                    return [
                        *cells,
                        (text, start + 1),
                    ], "this quotation mark is never closed; a cell ends on the line where it began"
                text += line[at:end]
                at = end + 1
                if line[at : at + 1] != '"':
                    break
                text += '"'
                at += 1
            if line[at : at + 1] not in ("", ","):
                return [*cells, (text, at + 1)], "only a comma may follow a closing quotation mark"
        else:
            end = line.find(",", at)
            at = len(line) if end < 0 else end
            text = line[start:at]
        cells.append((text.strip(), start + 1 + (len(text) - len(text.lstrip()))))
        if at >= len(line):
            return cells, ""
        at += 1


def _read_table(name: str, path: Path) -> tuple[list[_Placed], list[Problem]]:
    file = path.as_posix()
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST_FILE + 1)
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return [], [Problem(file, 0, 0, "this file is not UTF-8 text; save it as CSV in UTF-8")]
    except OSError as error:
        return [], [Problem(file, 0, 0, f"this file cannot be read: {error.strerror}")]
    if len(raw) > LARGEST_FILE:
        message = (
            f"this file is larger than {LARGEST_FILE:,} bytes; a margin has {len(MARGINS[name])} rows. {NOT_PERSONS}"
        )
        return [], [Problem(file, 0, 0, message)]
    lines = [(number, line) for number, line in enumerate(re.split("\r\n|\n|\r", text), 1) if line.strip()]
    if not lines:
        return [], [Problem(file, 0, 0, f"this file is empty; its first line must be {','.join(COLUMNS)}")]
    number, header = lines[0]
    problems = [Problem(file, number, column, message, header) for column, message in _check_header(header)]
    if problems:
        return [], problems
    rows: list[_Placed] = []
    order = [cell for cell, _ in _cells(header)[0]]
    for number, line in lines[1:]:
        cells, wrong = _cells(line)
        column = cells[-1][1]
        if not wrong and len(cells) != len(order):
            column = 1
            wrong = f"this line has {len(cells)} cells; the header has {len(order)} columns"
        if wrong:
            problems.append(Problem(file, number, column, wrong, line))
            continue
        placed = dict(zip(order, cells, strict=True))
        faults = list(_check_row(name, placed))
        problems += [Problem(file, number, column, message, line) for column, message in faults]
        if not faults:
            cite = _cited(placed["cite"][0])
            row = Row(
                name, placed["category"][0], float(placed["share"][0]), placed["basis"][0], cite, placed["note"][0]
            )
            rows.append(_Placed(row, file, number, placed["category"][1], placed["share"][1], line))
    return rows, problems


def _check_header(header: str) -> Iterator[tuple[int, str]]:
    cells, wrong = _cells(header)
    if wrong:
        yield cells[-1][1], wrong
        return
    names = [name for name, _ in cells]
    for position, (name, column) in enumerate(cells):
        word = name.lower().replace(" ", "_")
        if word in _PERSON_COLUMNS:
            yield column, f"a column {name!r} describes single persons: {NOT_PERSONS}"
        elif word in _COUNT_COLUMNS:
            yield column, f"a column {name!r} holds counts; a margin holds shares. {NOT_PERSONS}"
        elif name not in COLUMNS:
            yield column, f"unknown column {name!r}{_nearest(name, COLUMNS)}"
        elif name in names[:position]:
            yield column, f"the column {name!r} stands here twice"
    missing = [name for name in COLUMNS if name not in names]
    if missing and len(names) < len(COLUMNS):
        yield 1, f"missing column {missing[0]!r}; the first line must be {','.join(COLUMNS)}"


def _check_row(name: str, placed: dict[str, tuple[str, int]]) -> Iterator[tuple[int, str]]:
    for text, column in placed.values():
        if _EMAIL.search(text):
            yield column, f"this looks like somebody's e-mail address: {NOT_PERSONS}"
            return
        if _IDENTIFIER.search(text):
            yield column, f"this looks like an identity or telephone number: {NOT_PERSONS}"
            return
    category, column = placed["category"]
    if category not in MARGINS[name]:
        yield column, f"unknown category {category!r} of the margin {name!r}{_nearest(category, MARGINS[name])}"
    wrong = _wrong_share(placed["share"][0])
    if wrong:
        yield placed["share"][1], wrong
    basis, column = placed["basis"]
    if basis not in BASES:
        yield column, f"unknown basis {basis!r}{_nearest(basis, BASES)}"
    elif basis == "assumed" and not placed["note"][0]:
        yield placed["note"][1], "an assumed share needs a note that says on what grounds"
    elif basis != "assumed" and not placed["cite"][0]:
        yield placed["cite"][1], f"a {basis} share needs a citation: ids of the bibliography in the column 'cite'"
    for word in _cited(placed["cite"][0]):
        wrong = bibliography.unknown(word)
        if wrong:
            yield placed["cite"][1], wrong


def _cited(text: str) -> tuple[str, ...]:
    """The ids in a cell; a cell of several words of which none is an id is one source, written out."""
    words = tuple(text.split())
    known = bibliography.load()
    return words if len(words) < 2 or any(word in known for word in words) else (text,)


def _wrong_share(text: str) -> str:
    if text.endswith("%"):
        return f"a share is a decimal fraction: write {text} as a number between 0 and 1, such as 0.25"
    if not _DECIMAL.fullmatch(text):
        return f"this is not a share: {text[:40]!r}; a share is a number between 0 and 1, such as 0.25"
    if text == "1":
        return f"a count of one is a person's record: {NOT_PERSONS}. A share of everybody is written 1.0"
    value = float(text)
    if value > 1:
        return f"{text[:40]} is no share; a share is a number between 0 and 1, such as 0.25"
    return ""


def _parts(name: str, rows: list[_Placed]) -> list[tuple[str, list[_Placed]]]:
    """The sets of rows whose shares add up to 1: the whole table, or each age band of the conditions."""
    if name != "condition":
        return [("", rows)]
    bands = [AGE_LABELS[age] for age in Age]
    return [(band, [placed for placed in rows if placed.row.category.split()[0] == band]) for band in bands]


def _check_table(name: str, file: str, rows: list[_Placed]) -> list[Problem]:
    problems = []
    seen: dict[str, int] = {}
    for placed in rows:
        category = placed.row.category
        if category in seen:
            where = f", first in line {seen[category]}" if placed.line else ""
            message = f"the category {category!r} stands here twice{where}"
            problems.append(Problem(file, placed.line, placed.column, message, placed.excerpt))
        seen.setdefault(category, placed.line)
    missing = [category for category in MARGINS[name] if category not in seen]
    if missing and not problems:
        rest = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        problems.append(Problem(file, 0, 0, f"the margin {name!r} lacks the category {missing[0]!r}{rest}"))
    for band, part in [] if problems else _parts(name, rows):
        total = math.fsum(placed.row.share for placed in part)
        if abs(total - 1) > TOLERANCE:
            of = f" of {band}" if band else ""
            message = f"the shares{of} add up to {total:.6g}; they must add up to 1 (within {TOLERANCE})"
            problems.append(_about(part[-1], message))
    return problems


def _check_across(found: list[_Placed]) -> list[Problem]:
    """Tables that speak of the same thing must agree: income with residence, and each fifth holds a fifth."""
    share = {(placed.row.margin, placed.row.category): placed.row.share for placed in found}
    at = {(placed.row.margin, placed.row.category): placed for placed in found}
    problems = []
    for residence in Residence:
        total = math.fsum(share["income", f"{residence.name} {quintile.name}"] for quintile in Quintile)
        wanted = share["residence", residence.name]
        if abs(total - wanted) > TOLERANCE:
            message = f"the {residence.name} shares add up to {total:.6g}, but the margin 'residence' says {wanted:.6g}"
            problems.append(_about(at["income", f"{residence.name} q1"], message))
    for quintile in Quintile:
        total = math.fsum(share["income", f"{residence.name} {quintile.name}"] for residence in Residence)
        if abs(total - 0.2) > TOLERANCE:
            message = f"the shares of {quintile.name} add up to {total:.6g}; a fifth of the persons is 0.2"
            problems.append(_about(at["income", f"urban {quintile.name}"], message))
    if share["collective", "collective"] >= 1:
        message = "everybody lives in collective households; some must live in families"
        problems.append(_about(at["collective", "collective"], message))
    return problems


def _about(placed: _Placed, message: str) -> Problem:
    return Problem(placed.file, placed.line, placed.share_column, message, placed.excerpt)
