"""Damage to files, of the kinds that people and attackers do: bytes, keys, types, numbers and YAML's own tricks.

``mutated(text, number)`` is the same for the same number, on every machine, so that a failure can be looked at again.
"""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path

from scorelab.errors import InputError, Problem
from scorelab.runs.lives import lives, prepare
from scorelab.runs.tasks import Task
from scorelab.spec import load

SECONDS = 1.0

VALUES = (
    "", "~", "null", "true", "no", "yes", "0", "-1", "1", "-0.0", "0.5", "1e400", "-1e400", "1" + "0" * 400,
    "10^400", ".nan", ".inf", "-.inf", "1e-320", "0x7fffffffffffffffffff", "9223372036854775808", "1_000",
    "12:30:45", "20 %", "2018-05-01", "2018-13-45", "9999-12-31", "0001-01-01", "'quoted'", '"\\ud800"', '"\\0"',
    "[]", "{}", "[1, [2, [3]]]", "{a: {b: {c: d}}}", "[" * 500, "{" * 500, "{a: " * 300, "*anchor", "&anchor x",
    "!!python/object:os.system x", "!!binary aGk=", "!!set {a}", "!!float x", "<<: *x", "|\n  text", ">-\n  text",
    "? key", "- - - - x", "%TAG ! x", "../../../../etc/passwd", "/dev/zero", "/dev/stdin", ".", "..", "./",
    "china-rail-2018", "a" * 5000, "é" * 50, "\u202e", "https://example.org/x.yaml", "{value: 1}",
    "{value: 0.5, range: [0, 1], basis: assumed}", "{value: .nan}", "{value: 0.5, range: [1, 0]}",
    "{value: 1e400, range: [0, 1e400]}", "staff", "settled", "score", "child",
    "friend", "source:guards", "[a]", "{a: 0}", "{friend: 1}", "{value: 1, range: [0, 2]}",
)  # fmt: skip
LINES = (
    "---", "...", "%YAML 1.1", "- x", "? x", ": x", "<<: {a: 1}", "a: &a [*a, *a]", "# comment", "\t", "&x", "*x",
    "}", "]", "'", '"', "format: 1", "format: 2", "rules: []", "lists: {}",
    "score: {start: 1, lowest: 0, highest: 2}", "worlds: {}", "set: {x: 1}", "like: as-written", "term_weeks: 4",
    "until: score", "red: true", "while_grade: [a]", "along: {child: 1}", "opt_in: {share: 1}", "fine: true",
    "after: {count: 2, within_weeks: 4}", "to_grade: d", "loses_work: 1", "x: |", "  - - -", "!!map {}",
    "'' : ''", "~: ~",
)  # fmt: skip
FILLINGS = (
    "a" * 150_000, "- a\n" * 8000, "#\n" * 20_000, "[a, " * 9000, "a: b\n" * 5000, "'" * 100_000, "\n" * 150_000,
    "a" * 250_000, "- a\n" * 30_000,
)  # fmt: skip
_KEY = re.compile(r"^(\s*(?:- )?)([\w-]+):", re.MULTILINE)
_VALUE = re.compile(r"^(\s*(?:- )?[\w\"-]+:[ ]+)(\S.*)$", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\w.-])-?\d+(\.\d+)?(e-?\d+)?(?![\w.-])")
_WORD = re.compile(r"(?<=[\s\[{,:])[a-z]+(-[a-z0-9]+)+(?=[\s\]},:])")


def _one_of(pattern: re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    matches = list(pattern.finditer(text))
    return chance.choice(matches) if matches else None


def _replaced(text: str, match: re.Match[str] | None, new: str, group: int = 0) -> str:
    return text if match is None else text[: match.start(group)] + new + text[match.end(group) :]


def _value(text: str, chance: random.Random) -> str:
    return _replaced(text, _one_of(_VALUE, text, chance), chance.choice(VALUES), 2)


def _number(text: str, chance: random.Random) -> str:
    match = _one_of(_NUMBER, text, chance)
    return _replaced(text, match, chance.choice([value for value in VALUES if value[:1] in "-.0123456789" and value]))


def _scaled(text: str, chance: random.Random) -> str:
    match = _one_of(_NUMBER, text, chance)
    return (
        _replaced(text, match, f"{float(match.group()) * chance.choice((-1, 0, 0.1, 2, 10, 1000)):g}")
        if match
        else text
    )


def _key(text: str, chance: random.Random) -> str:
    match = _one_of(_KEY, text, chance)
    if match is None:
        return text
    word = match.group(2)
    at = chance.randrange(len(word))
    words = ("", word[:at] + word[at + 1 :], word + "s", word.upper(), "x" * 300, "'1'", "[a]", "<<", "~", word[::-1])
    return _replaced(text, match, chance.choice(words), 2)


def _name(text: str, chance: random.Random) -> str:
    first, second = _one_of(_WORD, text, chance), _one_of(_WORD, text, chance)
    return _replaced(text, first, second.group()) if second else text


def _line(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    what = chance.randrange(6)
    if what == 0:
        del lines[at]
    elif what == 1:
        lines.insert(at, lines[at])
    elif what == 2:
        lines.insert(at, " " * chance.randrange(6) + chance.choice(LINES))
    elif what == 3:
        lines[at] = " " * chance.randrange(4) + lines[at]
    elif what == 4:
        lines[at] = lines[at].lstrip()
    else:
        other = chance.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    return "\n".join(lines)


def _large(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    filling = chance.choice(FILLINGS)
    return "\n".join([*lines[:at], filling, *lines[at:]])


_TEXTS: tuple[tuple[int, Callable[[str, random.Random], str]], ...] = (
    (30, _value), (14, _number), (14, _scaled), (12, _key), (8, _name), (16, _line), (1, _large),
)  # fmt: skip


def mutated(text: str, number: int) -> bytes:
    """The text with one to three faults, perhaps as broken bytes."""
    chance = random.Random(number)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        change = chance.choices([change for _, change in _TEXTS], [weight for weight, _ in _TEXTS])[0]
        text = change(text, chance)
    raw = text.encode("utf-8", "surrogatepass")
    if chance.random() < 0.08 and raw:
        broken = bytearray(raw)
        for _ in range(chance.choice((1, 1, 5, 50))):
            at = chance.randrange(len(broken))
            broken[at : at + chance.randrange(2)] = bytes([chance.randrange(256)])
        raw = bytes(broken)
    if chance.random() < 0.02:
        raw = raw[: chance.randrange(len(raw) + 1)]
    return raw


def survives(name: str, raw: bytes, folder: Path, target: str) -> bool:
    """Whether a mutated file is accepted, as part of what is to be run.

    The file is written under its name into the folder; ``target``, in the same folder, is what is checked and run:
    the file itself or the experiment that needs it. Fails for anything but a clean acceptance or an InputError, for
    more than a second of work, and where the check and the run would not be of one mind.
    """
    (folder / name).write_bytes(raw)
    start = time.process_time()
    alone = load.check([folder / name])
    checked = time.process_time()
    problems = load.check([folder / target]) if target != name else alone
    before = time.process_time()
    try:
        load.resolve(str(folder / target))
        refused: list[Problem] = []
    except InputError as error:
        refused = error.problems
        assert refused
    seconds = max(checked - start, time.process_time() - before)
    for problem in (*alone, *problems, *refused):
        assert problem.message and str(problem).encode()
    assert seconds < SECONDS, f"took {seconds:.2f} s"
    if not refused:
        _live(folder / target)
    if refused:
        assert problems, f"the check found nothing, but a run is refused: {refused[0]}"
    else:
        assert not problems, f"would run, though the check found {problems[0]}"
    return not refused


def _live(file: Path) -> None:
    """Live what was accepted for four weeks: an acceptance that a run does not survive is no acceptance."""
    prepared = prepare(load.resolve(str(file), options=load.Options(persons=40, counties=1, weeks=4)))
    for _ in lives(prepared, Task(0, 0)):
        pass


class Memory:
    """The largest memory that this process has needed on top of what it had, since this was made (Linux)."""

    def __init__(self) -> None:
        Path("/proc/self/clear_refs").write_text("5")  # sets the peak back to what is in use now
        self._before = _kilobytes("VmRSS")

    def megabytes(self) -> float:
        """Megabytes above the beginning."""
        return (_kilobytes("VmHWM") - self._before) / 1024


def _kilobytes(what: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1])
    raise AssertionError(what)
