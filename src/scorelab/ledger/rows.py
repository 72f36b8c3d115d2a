"""From the counts of the kernel to the rows of the ledger: codes are unpacked, empty rows are left out.

Rows stand in the order of their codes (week, world, group, ...), which is the order of the words in the files that
the experiment is made of, and the same on every machine.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from scorelab.kernel.counted import (
    ENDINGS,
    PERSONS,
    POINTS,
    PROCESS,
    RECORDS,
    TURNOVER,
    WEEKLY,
    Counts,
)
from scorelab.kernel.layout import GRADE_STATUS, GRADES
from scorelab.ledger.columns import Words
from scorelab.words import Act, Elsewhere, Need, Origin, Truth

Array = npt.NDArray[Any]
Margin = tuple[str, str, float, int]
"""margin, category, wanted, persons"""


@dataclass(frozen=True)
class Coded:
    """A column of words: a code for each row, and the words that the codes stand for."""

    codes: Array
    words: tuple[str, ...]


Rows = dict[str, Array | Coded]
"""One table: its columns after replicate and county, all of the same length."""


def tables(counts: Counts, words: Words, margins: Sequence[Margin]) -> dict[str, Rows]:
    """All tables of one county."""
    made = {name: build(counts, words) for name, build in _BUILDERS.items()}
    made["margins"] = _margins(margins)
    return made


def _words_of(enumeration: Any) -> tuple[str, ...]:
    return tuple(member.name for member in enumeration)


def _groups(words: Words, codes: Array) -> Rows:
    """One column for each attribute of the breakdown."""
    out: Rows = {}
    for attribute in words.groups[0]:
        vocabulary = tuple(dict.fromkeys(group[attribute] for group in words.groups))
        place = {word: code for code, word in enumerate(vocabulary)}
        lookup = np.array([place[group[attribute]] for group in words.groups], np.int32)
        out[attribute] = Coded(lookup[codes], vocabulary)
    return out


def _filled(counts: Array, axes: int) -> tuple[tuple[Array, ...], Array]:
    """Indices along the first ``axes`` axes of the rows that are not all zero, and those rows [rows, columns]."""
    shape = counts.shape[:axes]
    table = counts.reshape(int(np.prod(shape)), int(np.prod(counts.shape[axes:])))
    kept = np.flatnonzero(table.any(axis=1))
    return tuple(index.astype(np.int32) for index in np.unravel_index(kept, shape)), table[kept]


def _unpacked(table: Array, sizes: Sequence[int]) -> tuple[list[Array], Array]:
    """The parts of packed keys, each of so many values, the slowest part (without a size) first; and the counts.

    Raises ValueError where the keys do not rise: then a row stands twice or the order is not the promised one.
    """
    keys = np.asarray(table[:, 0], np.int64)
    if keys.size and (np.diff(keys) <= 0).any():
        raise ValueError("packed keys of a sparse table must rise")
    parts: list[Array] = []
    for size in reversed(sizes):
        parts.append((keys % size).astype(np.int32))
        keys = keys // size
    parts.append(keys.astype(np.int32))
    return parts[::-1], np.ascontiguousarray(table[:, 1])


def _weekly(counts: Counts, words: Words) -> Rows:
    (week, world, group), rows = _filled(counts.weekly, 3)
    out: Rows = {"week": week, "world": Coded(world, words.worlds), **_groups(words, group)}
    return out | {name: np.ascontiguousarray(rows[:, j]) for j, name in enumerate(WEEKLY)}


def _lists(counts: Counts, words: Words) -> Rows:
    (week, world, on_list), rows = _filled(counts.lists, 3)
    out: Rows = {"week": week, "world": Coded(world, words.worlds), "list": Coded(on_list, words.lists)}
    return out | {name: np.ascontiguousarray(rows[:, j]) for j, name in enumerate(TURNOVER)}


def _records(counts: Counts, words: Words) -> Rows:
    (year, world, source, behaviour), rows = _filled(counts.records, 4)
    out: Rows = {
        "year": year,
        "world": Coded(world, words.worlds),
        "source": Coded(source, words.sources),
        "behaviour": Coded(behaviour, words.behaviours),
    }
    out |= {name: np.ascontiguousarray(rows[:, j]) for j, name in enumerate(RECORDS)}
    out["expected"] = rows[:, RECORDS.index("expected")] / 2.0**32
    return out


def _by_truth(table: Array, axes: int, names: Sequence[str], columns: Sequence[tuple[str, tuple[str, ...]]]) -> Rows:
    """Rows of a dense table whose axes are year, world, one or two more, and truth."""
    indices, rows = _filled(table, axes)
    out: Rows = {"year": indices[0]}
    for (column, vocabulary), index in zip(columns, indices[1:], strict=True):
        out[column] = Coded(index, vocabulary)
    return out | {name: np.ascontiguousarray(rows[:, j]) for j, name in enumerate(names)}


def _points(counts: Counts, words: Words) -> Rows:
    columns = [("world", words.worlds), ("source", words.sources), ("behaviour", words.behaviours)]
    return _by_truth(counts.points, 5, POINTS, [*columns, ("truth", _words_of(Truth))])


def _process(counts: Counts, words: Words) -> Rows:
    columns = [("world", words.worlds), ("scheme", words.schemes), ("truth", _words_of(Truth))]
    return _by_truth(counts.process, 4, PROCESS, columns)


def _endings(counts: Counts, words: Words) -> Rows:
    columns = [("world", words.worlds), ("list", words.lists), ("truth", _words_of(Truth))]
    return _by_truth(counts.endings, 4, ENDINGS, columns)


def _grade_codes(words: Words) -> tuple[Array, tuple[str, ...]]:
    """The code of each [world, grade] among the words of all worlds' grades."""
    vocabulary = tuple(dict.fromkeys(name for grades in words.grades for name in (grades or ("none",))))
    codes = np.zeros((len(words.grades), GRADES), np.int32)
    for world, grades in enumerate(words.grades):
        for number, name in enumerate(grades or ("none",)):
            codes[world, number] = vocabulary.index(name)
    return codes, vocabulary


def _grades(counts: Counts, words: Words) -> Rows:
    (period, world, group, grade), rows = _filled(counts.grades, 4)
    codes, vocabulary = _grade_codes(words)
    out: Rows = {"period": period, "world": Coded(world, words.worlds), **_groups(words, group)}
    return out | {"grade": Coded(codes[world, grade], vocabulary), "persons": rows[:, 0]}


def _scores(counts: Counts, words: Words) -> Rows:
    (year, world, place), rows = _filled(counts.scores, 3)
    return {"year": year, "world": Coded(world, words.worlds), "bin": place, "persons": rows[:, 0]}


def _patterns(pattern: Array, bits: int, words: Words, vocabulary: tuple[str, ...]) -> Rows:
    """One column of outcomes a world, the first world in the lowest bits."""
    mask = 2**bits - 1
    return {world: Coded((pattern >> (bits * code)) & mask, vocabulary) for code, world in enumerate(words.worlds)}


def _flags(pattern: Array, words: Words) -> Rows:
    """One true or false a world, the first world in the lowest bit."""
    return {world: (pattern >> code) & 1 == 1 for code, world in enumerate(words.worlds)}


def _occasions(counts: Counts, words: Words) -> Rows:
    (period, group, behaviour, pattern), count = _unpacked(counts.occasions, (256, 64, 2**16))
    out: Rows = {"period": period, **_groups(words, group), "behaviour": Coded(behaviour, words.behaviours)}
    return out | _patterns(pattern, 2, words, _words_of(Act)) | {"count": count}


def _needs(counts: Counts, words: Words) -> Rows:
    (period, group, service, pattern), count = _unpacked(counts.needs, (256, 64, 2**24))
    out: Rows = {"period": period, **_groups(words, group), "service": Coded(service, words.services)}
    return out | _patterns(pattern, 3, words, _words_of(Need)) | {"count": count}


def _denials(counts: Counts, words: Words) -> Rows:
    parts, count = _unpacked(counts.denials, (8, 256, 64, 16, 16, 64))
    period, world, group, service, domain, flags, elsewhere = parts
    out: Rows = {
        "period": period,
        "world": Coded(world, words.worlds),
        **_groups(words, group),
        "service": Coded(service, words.services),
        "cause_domain": Coded(domain, words.domains),
        "origin": Coded(flags >> 3, _words_of(Origin)),
        "truth": Coded((flags >> 2) & 1, _words_of(Truth)),
        "tainted": (flags >> 1) & 1 == 1,
        "own_and_tie": flags & 1 == 1,
    }
    for place, name in enumerate(("without_false_records", "without_ties", "without_either")):
        out[name] = Coded((elsewhere >> (2 * place)) & 3, _words_of(Elsewhere))
    return out | {"count": count}


def _flow(counts: Counts, words: Words) -> Rows:
    parts, count = _unpacked(counts.flow, (8, 64, 32, 32, 64, 4))
    year, world, behaviour, source, status, service, flags = parts
    codes, grades = _grade_codes(words)
    by_grade = len(words.lists) + codes[world, np.maximum(status - GRADE_STATUS, 0)]
    statuses = (*words.lists, *(f"grade {name}" for name in grades))
    return {
        "year": year,
        "world": Coded(world, words.worlds),
        "behaviour": Coded(behaviour, words.behaviours),
        "source": Coded(source, words.sources),
        "status": Coded(np.where(status < GRADE_STATUS, status, by_grade).astype(np.int32), statuses),
        "service": Coded(service, words.services),
        "origin": Coded(flags >> 1, _words_of(Origin)),
        "truth": Coded(flags & 1, _words_of(Truth)),
        "count": count,
    }


def _stocks(counts: Counts, words: Words) -> Rows:
    (period, on_list, group, pattern), count = _unpacked(counts.stocks, (16, 256, 256))
    out: Rows = {"period": period, "list": Coded(on_list, words.lists), **_groups(words, group)}
    return out | _flags(pattern, words) | {"persons": count}


def _tries(counts: Counts, words: Words) -> Rows:
    (period, world, group, service), rows = _filled(counts.tries, 4)
    out: Rows = {"period": period, "world": Coded(world, words.worlds), **_groups(words, group)}
    return out | {"service": Coded(service, words.services), "refused": rows[:, 0]}


def _persons(counts: Counts, words: Words) -> Rows:
    (span, world, group), rows = _filled(counts.persons, 3)
    years = counts.persons.shape[0] - 1
    spans = (*(f"year {year + 1}" for year in range(years)), "run")
    out: Rows = {"span": Coded(span, spans), "world": Coded(world, words.worlds), **_groups(words, group)}
    return out | {name: np.ascontiguousarray(rows[:, j]) for j, name in enumerate(PERSONS)}


def _histogram(counts: Counts, words: Words) -> Rows:
    (world, group, denials), rows = _filled(counts.histogram, 3)
    return {"world": Coded(world, words.worlds), **_groups(words, group), "denials": denials, "persons": rows[:, 0]}


def _ever(counts: Counts, words: Words) -> Rows:
    (group, pattern), rows = _filled(counts.ever, 2)
    return {**_groups(words, group), **_flags(pattern, words), "persons": rows[:, 0]}


def _people(counts: Counts, words: Words) -> Rows:
    (group,), rows = _filled(counts.size, 1)
    return {**_groups(words, group), "persons": rows[:, 0].copy(), "adults": rows[:, 1].copy()}


def _candidates(counts: Counts, words: Words) -> Rows:
    out: Rows = {}
    for place, name in enumerate(("what", "name")):
        column = [str(kind[place]) for kind in words.kinds]
        vocabulary = tuple(dict.fromkeys(column))
        out[name] = Coded(np.array([vocabulary.index(word) for word in column], np.int32), vocabulary)
    out["layer"] = np.array([kind[2] for kind in words.kinds], np.int32)
    return out | {"drawn": counts.candidates[:, 0].copy(), "kept": counts.candidates[:, 1].copy()}


def _margins(margins: Sequence[Margin]) -> Rows:
    out: Rows = {}
    for place, name in enumerate(("margin", "category")):
        column = [str(row[place]) for row in margins]
        vocabulary = tuple(dict.fromkeys(column))
        codes = {word: code for code, word in enumerate(vocabulary)}
        out[name] = Coded(np.array([codes[word] for word in column], np.int32), vocabulary)
    out["wanted"] = np.array([row[2] for row in margins], np.float64)
    out["persons"] = np.array([row[3] for row in margins], np.int64)
    return out


_BUILDERS: dict[str, Callable[[Counts, Words], Rows]] = {
    "weekly": _weekly,
    "lists": _lists,
    "records": _records,
    "points": _points,
    "process": _process,
    "endings": _endings,
    "grades": _grades,
    "scores": _scores,
    "occasions": _occasions,
    "needs": _needs,
    "denials": _denials,
    "flow": _flow,
    "stocks": _stocks,
    "tries": _tries,
    "persons": _persons,
    "histogram": _histogram,
    "ever": _ever,
    "people": _people,
    "candidates": _candidates,
}
