"""From what pydantic found to what a person can act on: the place, what was found, what is allowed, what was meant."""

import datetime
import difflib
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from scorelab.errors import Problem
from scorelab.spec import shape
from scorelab.spec.decimals import written
from scorelab.spec.text import Document, Path

MOST_PROBLEMS = 100
_LONGEST_WORD = 60
_LONGEST_NAME = 40
_MANY_WORDS = 12
_WORD = re.compile("[a-z0-9]+")
_GLUED = re.compile(r"[\w-]+:[^\s]")
_AFTER_COLON = "a space is missing after the colon"
_ITEMS = {"rules": "rule", "consequences": "consequence", "campaigns": "campaign"}


class Finding(NamedTuple):
    """A fault at a place of a document: at the value there, or at its key."""

    path: Path
    message: str
    key: bool = False


def nearest(word: str, words: Iterable[str]) -> str:
    """``; did you mean 'x'?``, or nothing where no word is near."""
    near = nearest_word(word, words)
    return f"; did you mean {near!r}?" if near else ""


def nearest_word(word: str, words: Iterable[str]) -> str:
    """The word that was probably meant, or nothing."""
    if len(word) > _LONGEST_WORD:
        return ""
    known = {other.lower().replace("_", "-"): other for other in words}
    near = difflib.get_close_matches(word.lower().replace("_", "-").replace(" ", "-"), known, n=1)
    return known[near[0]] if near else ""


def nearest_or_all(word: str, words: Iterable[str]) -> str:
    """The nearest word, else the words there are."""
    known = sorted(words)
    near = nearest(word, known)
    if near:
        return near
    if not known:
        return ""
    shown = ", ".join(known[:_MANY_WORDS])
    return f"; there {'is' if len(known) == 1 else 'are'} {shown}{', ...' if len(known) > _MANY_WORDS else ''}"


def found(value: Any) -> str:
    """A value as it is called in a message."""
    match value:
        case None:
            return "empty"
        case bool():
            return "true" if value else "false"
        case str():
            return repr(value if len(value) <= _LONGEST_WORD else value[: _LONGEST_WORD - 3] + "...")
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case datetime.date():
            return f"the date {value.isoformat()}"
        case float():
            return f"{value:.12g}"
        case _:
            return str(value)


def dotted(path: Path) -> str:
    """A path as a person writes it after ``--set``; positions in lists count from 0."""
    return _shortened(".".join(str(part) for part in path))


def a(noun: str) -> str:
    """The noun with its article."""
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def called(path: Path) -> str:
    """A place as it is called in a message, such as ``onto in rule 1``; positions in lists count from 1."""
    return _shortened(_called(path))


def _called(path: Path) -> str:
    last = max((index for index, part in enumerate(path) if isinstance(part, int)), default=-1)
    if last < 0:
        return ".".join(str(part) for part in path)
    number, around, inside = int(path[last]) + 1, path[:last], path[last + 1 :]
    one = len(around) == 1 and _ITEMS.get(str(around[0]))
    entry = f"{one} {number}" if one else f"entry {number} of {_called(around)}"
    return f"{_called(inside)} in {entry}" if inside else entry


def _shortened(text: str) -> str:
    return text if len(text) <= 120 else text[:117] + "..."


def validate(document: Document, model: type[BaseModel]) -> tuple[BaseModel | None, list[Finding]]:
    """The document as the model, or None; and what is wrong with its shape."""
    if not isinstance(document.data, dict):
        empty = document.data is None
        message = "the file is empty" if empty else f"a mapping was expected, but this is {found(document.data)}"
        return None, [Finding((), message)]
    try:
        return model.model_validate(document.data), []
    except ValidationError as error:
        findings: dict[tuple[Path, str], Finding] = {}
        parts = error.errors(include_url=False)
        meant = {_meant(model, part["loc"]) for part in parts if part["type"] == "extra_forbidden"}
        for part in parts:
            if part["type"] == "model_type" and part["input"] is None and _torn(document.data, model, part["loc"]):
                continue  # the value of what is no key
            finding = _finding(document.data, model, part)
            missing = part["type"] == "missing"
            if not missing or part["loc"] not in meant:
                findings.setdefault((finding.path, finding.message if missing else ""), finding)
        return None, list(findings.values())


def located(document: Document, findings: Iterable[Finding]) -> list[Problem]:
    """Problems in the order of their lines, without those that an earlier fault at the same place explains."""
    problems = list(document.problems)
    seen: set[tuple[Path, str]] = set()
    for finding in findings:
        if document.is_bad(finding.path) or (finding.path, finding.message) in seen:
            continue
        seen.add((finding.path, finding.message))
        message = finding.message + _as_set(document, finding.path)
        problems.append(document.problem(finding.path, message, key=finding.key))
    problems.sort(key=lambda problem: (problem.line, problem.column))
    return problems


def _as_set(document: Document, path: Path) -> str:
    """How a place that a setting reached is called there, where the two ways of counting differ."""
    came = any(path[:end] in document.moved for end in range(1, len(path) + 1))
    return f" (the path counts from 0: {dotted(path)})" if came and dotted(path) != called(path) else ""


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Every problem once, and no more than anybody reads."""
    unique = list(dict.fromkeys(problems))
    if len(unique) <= MOST_PROBLEMS:
        return unique
    rest = len(unique) - MOST_PROBLEMS
    return [*unique[:MOST_PROBLEMS], Problem(unique[-1].file, 0, 0, f"and {rest} more problems")]


def _finding(data: Any, model: type[BaseModel], error: Any) -> Finding:
    path, rest, here = _followed(data, model, error["loc"])
    kind = str(error["type"])
    where = f" in {called(path)}" if path else ""
    if kind == "missing":
        annotation = shape.walk(model, path)
        owner = shape.model_of(annotation)
        name = str(rest[0]) if rest else ""
        about = owner.model_fields[name].description if owner and name in owner.model_fields else None
        return Finding(path, f"missing key {name!r}{where}{f' ({about})' if about else ''}", key=bool(path))
    torn = _torn(data, model, path) if kind == "extra_forbidden" or "[key]" in rest else None
    if torn:
        return torn
    if kind == "extra_forbidden":
        allowed = shape.keys(shape.walk(model, path[:-1]))
        parent = f" in {called(path[:-1])}" if path[:-1] else ""
        word = str(path[-1])
        near = nearest_word(word, allowed)
        if _GLUED.match(word):
            return Finding(path, f"unknown key {found(word)}{parent}; {_AFTER_COLON}", key=True)
        hint = f"did you mean {near!r}?" if near else f"allowed here: {', '.join(allowed)}"
        if not parent and model.__name__ == "Experiment" and word in ("persons", "counties"):
            hint = f"it is a key of the society; --{word} changes it for one run"
        return Finding(path, f"unknown key {found(word)}{parent}; {hint}", key=True)
    if "[key]" in rest:
        words = shape.keys(shape.walk(model, path[:-1]))
        word = str(path[-1])
        hint = _expected_word(word, words)
        return Finding(path, f"unknown key {found(word)} in {called(path[:-1])}; {hint}", key=True)
    if kind == "value_error":
        at = (*path, "value") if isinstance(here, dict) and "value" in here else path
        return Finding(at, f"{called(path)}: {error['ctx']['error']}")
    annotation = shape.walk(model, path)
    if path == ("format",) and kind == "literal_error":
        return Finding(path, f"format {found(here)} is not known to this version of scorelab, which reads format: 1")
    expected = _expected(kind, annotation, error)
    return Finding(path, f"{called(path)} {expected}, but {_but(kind, here)}{_hint(here, annotation)}")


def _torn(data: Any, model: type[BaseModel], path: Path) -> Finding | None:
    """What to say of a key that is the end of a number with a comma, inside of braces; nothing of other keys."""
    around: Any = data
    for part in path[:-1]:
        around = around[part]
    if not isinstance(around, dict):
        return None
    words, end = list(around), str(path[-1])
    at = words.index(path[-1])
    start = around[words[at - 1]] if at else None
    if around[path[-1]] is not None or not (end.isascii() and end.isdigit()) or type(start) is not int:
        return None
    number = f"{start},{end}"
    before = (*path[:-1], words[at - 1])
    hint = written(number, whole=shape.bare(shape.walk(model, before)) is int)
    return Finding(before, f"{called(before)}: inside of braces the comma in {number} begins a new key{hint}")


def _meant(model: type[BaseModel], loc: Path) -> Path:
    """Where the key that was probably meant by an unknown key would stand."""
    return (*loc[:-1], nearest_word(str(loc[-1]), shape.keys(shape.walk(model, loc[:-1]))))


def _followed(data: Any, model: type[BaseModel], loc: tuple[str | int, ...]) -> tuple[Path, tuple[str | int, ...], Any]:
    """As far as a location can be followed in the data: the path, the rest of the location, and what is there."""
    here = data
    for end, part in enumerate(loc):
        inside = (isinstance(here, dict) and part in here) or (isinstance(here, list) and isinstance(part, int))
        if not inside or shape.bare(shape.walk(model, loc[:end])) is None:
            return loc[:end], loc[end:], here
        here = here[part]
    return loc, (), here


def _expected_word(word: str, words: list[str]) -> str:
    if not words:
        return "a name is of lower-case letters, digits and single hyphens, at most 40"
    near = nearest_word(word, words)
    return f"did you mean {near!r}?" if near else f"allowed here: {', '.join(words)}"


def _choice(words: list[str]) -> str:
    quoted = [f"'{word}'" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def _expected(kind: str, annotation: Any, error: Any) -> str:
    context = error.get("ctx") or {}
    model = shape.model_of(annotation)
    if shape.is_quantity(annotation):
        return "should be a number, or a mapping with value, range, basis, cite and note"
    if kind == "literal_error":
        literals = shape.words(annotation)
        return f"should be {_choice(literals) if literals else context.get('expected', '')}"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        keys = f" with the keys {', '.join(model.model_fields)}" if model else ""
        return f"should be a mapping{keys}"
    if kind in ("too_short", "too_long"):
        bound, few = ("min_length", "at least") if kind == "too_short" else ("max_length", "at most")
        count = context[bound]
        return f"should have {few} {count} {'entry' if count == 1 else 'entries'}"
    if len(error["loc"]) and error["loc"][-1] in ("int", "float", "str"):
        return "should be a number or a word"
    return {
        "string_type": "should be text",
        "string_pattern_mismatch": "should be a name of lower-case letters, digits and single hyphens",
        "string_too_long": f"should have at most {context.get('max_length')} characters",
        "int_type": "should be a whole number",
        "int_from_float": "should be a whole number",
        "float_type": "should be a number",
        "bool_type": "should be true or false",
        "list_type": "should be a list",
        "date_type": "should be a date such as 2018-05-01",
        "greater_than_equal": f"should be at least {context.get('ge')}",
        "less_than_equal": f"should be at most {context.get('le')}",
    }.get(kind, f"is refused: {error['msg'].lower()}")


def _but(kind: str, here: Any) -> str:
    if kind in ("too_short", "too_long"):
        return f"has {len(here)}"
    return f"is {found(here)}"


def _hint(here: Any, annotation: Any) -> str:
    kind = shape.bare(annotation)
    if kind is str and isinstance(here, int | float | datetime.date):
        return "; put it in quotes"
    if isinstance(here, list) and len(here) in (3, 4) and kind == list[float]:
        return "; a number has a decimal point, not a comma"
    if not isinstance(here, str):
        return ""
    if _GLUED.match(here) and not shape.is_scalar(annotation) and not shape.is_quantity(annotation):
        return f"; {_AFTER_COLON}"
    words = shape.words(annotation)
    if words:
        return nearest(here, words)
    if kind is bool and here.lower() in ("yes", "no", "on", "off"):
        return f"; did you mean {'true' if here.lower() in ('yes', 'on') else 'false'}?"
    if kind is str:
        like = "-".join(_WORD.findall(here.lower()))
        return f"; did you mean {like!r}?" if 0 < len(like) <= _LONGEST_NAME and like[0].isalpha() else ""
    return written(here, whole=kind is int) if kind in (int, float) or shape.is_quantity(annotation) else ""
