"""What must hold within one file beyond its shape: bounds of numbers, references, clauses that belong together.

Everything here looks at plain values and passes over what has the wrong shape, so that a misspelt word is reported
together with a missing key elsewhere. Every function yields findings, each at the value that is to be changed.
"""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel

from scorelab.spec.problems import Finding, called, found, nearest_or_all, nearest_word
from scorelab.spec.scheme import ListClause, Rule, Scheme
from scorelab.spec.text import Path
from scorelab.words import COLUMN_WORDS

MOST_SCHEMES = 8
MOST_LISTS = 8
MOST_SOURCES = 32
MOST_BEHAVIOURS = 32
MOST_SERVICES = 32
MOST_TRAITS = 8
MOST_DOMAINS = 8
MOST_KINDS = 64
MOST_GROUPS = 250
MOST_PER_YEAR = 400
FIRST_YEAR, LAST_YEAR = 1900, 2200

GROUP_SIZES = {"quintile": 5, "residence": 2, "age": 6, "sex": 2}

Bounds = dict[tuple[str, ...], tuple[float, float, str]]
_CHANCE = (0.0, 1.0, "a chance")
_RATE = (0.0, float(MOST_PER_YEAR), "a rate per year; a person has fewer than eight a week")

SCHEME_BOUNDS: Bounds = {
    ("aware",): (0, 1, "a share"),
    ("sources", "*", "watches", "*"): _CHANCE,
    ("sources", "*", "mistakes", "per_year"): _RATE,
    ("lists", "*", "notice"): _CHANCE,
    ("lists", "*", "corrected_per_year"): _RATE,
}
SOCIETY_BOUNDS: Bounds = {
    ("trait_correlation",): (0, 0.99, "a correlation"),
    ("traits", "*", "shape"): (0.05, 100, "the shape of a gamma distribution"),
    ("behaviours", "*", "per_year"): _RATE,
    ("behaviours", "*", "act"): _CHANCE,
    ("behaviours", "*", "settles_per_year"): _RATE,
    ("exposures", "*", "ceiling_per_year"): (1e-9, float(MOST_PER_YEAR), "a rate per year above zero"),
    ("services", "*", "per_year"): _RATE,
    ("services", "*", "success"): _CHANCE,
    ("services", "*", "retry"): _CHANCE,
    ("job_loss", "per_year"): _RATE,
    ("response", "undeterrable"): (0, 1, "a share"),
    ("response", "sensitivity"): (0, 1000, "how strongly risk deters"),
    ("response", "certainty_power"): (0.1, 10, "an exponent"),
    ("response", "severity_power"): (0, 10, "an exponent"),
    ("response", "prior_risk"): _CHANCE,
    ("response", "learning"): (0, 1, "a share"),
    ("response", "half_life_weeks"): (0.1, 10_000, "weeks"),
    ("response", "spread"): (0, 1, "a share"),
    ("response", "not_asking"): _CHANCE,
    ("response", "settling_when_jobless"): (0, 100, "a factor"),
}


def mapping(value: Any) -> dict[str, Any]:
    """The value if it is a mapping, else nothing."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """The value if it is a list, else nothing."""
    return value if isinstance(value, list) else []


def whole(value: Any) -> int | None:
    """The value if it is a whole number, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def each(data: Any, *pattern: str) -> Iterator[tuple[Path, Any]]:
    """Every place of the data that a pattern fits, ``*`` standing for any key or position, with its value."""
    places: list[tuple[Path, Any]] = [((), data)]
    for part in pattern:
        inside: list[tuple[Path, Any]] = []
        for path, value in places:
            if part != "*":
                if part in mapping(value):
                    inside.append(((*path, part), value[part]))
            elif isinstance(value, dict):
                inside += [((*path, key), item) for key, item in value.items()]
            else:
                inside += [((*path, index), item) for index, item in enumerate(sequence(value))]
        places = inside
    yield from places


def numbers(value: Any) -> Iterator[tuple[Path, float]]:
    """The numbers of a quantity, bare or with its basis: the value and the ends of the range, each with its way."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield (), value
    for key, item in mapping(value).items():
        for index, number in enumerate(item) if key == "range" and _pair(item) else [(None, item)]:
            if key in ("value", "range") and isinstance(number, int | float) and not isinstance(number, bool):
                yield (key,) if index is None else (key, index), number


def _pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2


def bounded(data: Any, bounds: Bounds) -> Iterator[Finding]:
    """Numbers outside of what they can mean."""
    for pattern, (low, high, what) in bounds.items():
        for path, value in each(data, *pattern):
            for rest, number in numbers(value):
                if not low <= number <= high:
                    at = (*path, *rest)
                    name = called(path if rest == ("value",) else at)
                    yield Finding(at, f"{name} should be between {low:g} and {high:g} ({what}), but is {found(number)}")
                    break


def most(data: Any, key: str, limit: int, what: str) -> Iterator[Finding]:
    """A mapping with more entries than fit."""
    count = len(mapping(mapping(data).get(key)))
    if count > limit:
        yield Finding((key,), f"{count} {what}; there is room for {limit}", key=True)


def unknown(path: Path, word: Any, words: Any, what: str, where: str = "") -> Iterator[Finding]:
    """A word that names nothing."""
    if isinstance(word, str) and word not in words:
        at = path[:-1] if path and isinstance(path[-1], int) else path
        yield Finding(path, f"{called(at)}: no {what} {found(word)}{where}{nearest_or_all(word, words)}")


def repeated(data: Any, *pattern: str) -> Iterator[Finding]:
    """A word that stands twice in the same list."""
    for path, items in each(data, *pattern):
        seen: set[str] = set()
        for index, item in enumerate(sequence(items)):
            if isinstance(item, str):
                if item in seen:
                    yield Finding((*path, index), f"{called(path)}: {found(item)} stands here twice")
                seen.add(item)


def sane_date(data: Any, key: str) -> Iterator[Finding]:
    """A date of another age."""
    date = mapping(data).get(key)
    if isinstance(date, datetime.date) and not FIRST_YEAR <= date.year <= LAST_YEAR:
        yield Finding((key,), f"{key} should lie between the years {FIRST_YEAR} and {LAST_YEAR}, but is {found(date)}")


def check_scheme(data: Any) -> Iterator[Finding]:
    """A scheme by itself: its lists, its rules, its score, and that they name one another rightly."""
    yield from bounded(data, SCHEME_BOUNDS)
    yield from sane_date(data, "in_force")
    yield from most(data, "lists", MOST_LISTS, "lists")
    yield from most(data, "sources", MOST_SOURCES, "sources")
    yield from repeated(data, "rules", "*", "when")
    yield from repeated(data, "consequences", "*", "bar")
    has_score = mapping(data).get("score") is not None
    for path, clause in each(data, "lists", "*"):
        if isinstance(clause, dict):
            yield from _check_list(path, clause, mapping(mapping(data).get("score")), has_score)
    yield from _check_rules(data, has_score)
    yield from _check_entries(data)
    lists = mapping(data).get("lists", {})
    for path, word in each(data, "consequences", "*", "while_on"):
        if isinstance(lists, dict) and not misspelt(mapping(data), Scheme, "lists"):
            yield from unknown(path, word, lists, "list", " in this scheme")
    yield from _check_score(mapping(mapping(data).get("score")))


def _check_list(path: Path, clause: dict[str, Any], score: dict[str, Any], has_score: bool) -> Iterator[Finding]:
    name = called(path)
    until = clause.get("until")
    for key in ("until", "enter_below", "leave_at"):
        by_score = key != "until" or until == "score"
        if not has_score and by_score and clause.get(key) is not None:
            yield Finding((*path, key), f"{name}.{key} speaks of the score, but this scheme has no score clause")
    if until is not None and clause.get("term_weeks") is not None:
        yield Finding((*path, "term_weeks"), f"{name} ends in two ways; keep either term_weeks or until", key=True)
    if until is None and clause.get("term_weeks") is None and not misspelt(clause, ListClause, "term_weeks", "until"):
        yield Finding(path, f"{name} never ends; it needs either term_weeks or until (settled or score)", key=True)
    if clause.get("leave_at") is not None and until != "score":
        yield Finding((*path, "leave_at"), f"{name}.leave_at goes only with until: score", key=True)
    if has_score and until == "score" and clause.get("leave_at") is None:
        yield Finding((*path, "until"), f"{name} ends by score and so needs leave_at")
    if clause.get("repeat") is not None and until != "settled":
        yield Finding((*path, "repeat"), f"{name}.repeat goes only with until: settled", key=True)
    enter, leave = whole(clause.get("enter_below")), whole(clause.get("leave_at"))
    low, high = whole(score.get("lowest")), whole(score.get("highest"))
    if leave is not None and high is not None and leave > high and (enter is None or enter <= high):
        text = (
            f"{name}.leave_at should not be above {high}, where the score ends, but is {leave}: nobody would ever leave"
        )
        yield Finding((*path, "leave_at"), text)
    if enter is None:
        return
    if until == "settled":
        text = f"{name}.enter_below does not go with until: settled, for who enters by score has nothing to settle"
        yield Finding((*path, "enter_below"), text, key=True)
    if leave is not None and leave < enter:
        text = f"{name}.leave_at should be at least enter_below, which is {enter}, but is {leave}"
        yield Finding((*path, "leave_at"), text)
    if low is not None and high is not None and low <= high and not low < enter <= high:
        text = f"{name}.enter_below should lie above {low} and not above {high}, as the score does, but is {enter}"
        yield Finding((*path, "enter_below"), text)


def _check_rules(data: Any, has_score: bool) -> Iterator[Finding]:
    lists = mapping(data).get("lists", {})
    onto_of: dict[tuple[str, str], str] = {}
    for path, value in each(data, "rules", "*"):
        rule = mapping(value)
        idle = rule.get("points") is None and rule.get("onto") is None
        if rule and idle and not misspelt(rule, Rule, "points", "onto"):
            yield Finding(path, f"{called(path)} does nothing; it needs points, onto or both")
        if rule.get("points") is not None and not has_score:
            text = f"{called((*path, 'points'))}: this scheme has no score clause for points to move"
            yield Finding((*path, "points"), text, key=True)
        onto = rule.get("onto")
        if isinstance(lists, dict) and not misspelt(mapping(data), Scheme, "lists"):
            yield from unknown((*path, "onto"), onto, lists, "list", " in this scheme")
        for index, word in enumerate(sequence(rule.get("when"))):
            if isinstance(word, str) and isinstance(onto, str):
                first = onto_of.setdefault((word, onto), called(path))
                if first != called(path):
                    text = f"{called(path)}: {first} already puts {found(word)} onto {found(onto)}"
                    yield Finding((*path, "when", index), text)


def misspelt(clause: dict[str, Any], model: type[BaseModel], *keys: str) -> bool:
    """Whether one of these keys is probably there, misspelt: what it would lack is then no second fault."""
    known = model.model_fields
    return any(nearest_word(word.partition(":")[0], known) in keys for word in clause if word not in known)


def _check_entries(data: Any) -> Iterator[Finding]:
    """Lists that nobody can ever come onto, unless a word at fault elsewhere may be what leads onto them."""
    lists = mapping(mapping(data).get("lists"))
    rules = [mapping(rule) for _, rule in each(data, "rules", "*")]
    named = {rule["onto"] for rule in rules if isinstance(rule.get("onto"), str)}
    idle = any(rule.get("onto") is None and rule.get("points") is None for rule in rules)
    shapeless = len(named) < len({str(rule["onto"]) for rule in rules if rule.get("onto") is not None})
    if named - set(lists) or idle or shapeless or misspelt(mapping(data), Scheme, "rules"):
        return
    if not isinstance(mapping(data).get("rules", []), list):
        return
    takes = any((whole(rule.get("points")) or 0) <= 0 and rule.get("points") is not None for rule in rules)
    for name, value in lists.items():
        clause, path = mapping(value), ("lists", name)
        if not clause or name in named or misspelt(clause, ListClause, "enter_below"):
            continue
        if clause.get("enter_below") is None:
            text = f"nothing leads onto {called(path)}; it needs a rule with onto: {name}, or enter_below and a score"
            yield Finding(path, text, key=True)
        elif not takes:
            text = f"nothing leads onto {called(path)}: no rule takes points, and none has onto: {name}"
            yield Finding(path, text, key=True)


def _check_score(score: dict[str, Any]) -> Iterator[Finding]:
    start, low, high = (whole(score.get(key)) for key in ("start", "lowest", "highest"))
    if low is not None and high is not None and low > high:
        yield Finding(("score", "highest"), f"score.highest should be at least lowest, which is {low}, but is {high}")
    elif start is not None and (start < (start if low is None else low) or start > (start if high is None else high)):
        yield Finding(("score", "start"), f"score.start should lie between lowest and highest, but is {start}")


def check_society(data: Any) -> Iterator[Finding]:
    """A society by itself: its rates, and that its behaviours and services name traits that exist."""
    yield from bounded(data, SOCIETY_BOUNDS)
    yield from most(data, "behaviours", MOST_BEHAVIOURS, "behaviours")
    yield from most(data, "services", MOST_SERVICES, "services")
    yield from most(data, "traits", MOST_TRAITS, "traits")
    traits = mapping(mapping(data).get("traits"))
    domains: dict[str, Path] = {}
    for group in ("behaviours", "services"):
        for path, word in each(data, group, "*", "trait"):
            yield from unknown(path, word, traits, "trait", " in this society")
        for path, word in each(data, group, "*", "domain"):
            if isinstance(word, str):
                domains.setdefault(word, path)
    if len(domains) > MOST_DOMAINS:
        path = list(domains.values())[MOST_DOMAINS]
        yield Finding(path, f"{len(domains)} domains; there is room for {MOST_DOMAINS}")
    kinds = sum(len(mapping(mapping(data).get(key))) for key in ("behaviours", "exposures", "services"))
    if kinds > MOST_KINDS:
        yield Finding((), f"{kinds} behaviours, exposures and services together; there is room for {MOST_KINDS}")


def check_experiment(data: Any) -> Iterator[Finding]:
    """An experiment by itself: that its worlds name one another rightly."""
    yield from sane_date(data, "start")
    worlds = mapping(mapping(data).get("worlds"))
    for key in ("against", "focus"):
        if worlds and key in data:
            yield from unknown((key,), data[key], worlds, "world")
    for name in worlds:
        if name in COLUMN_WORDS:
            text = f"a world cannot be called '{name}': the ledger has a column of that name; choose another word"
            yield Finding(("worlds", name), text, key=True)
    yield from repeated(data, "groups")
    yield from repeated(data, "worlds", "*", "without")
    yield from repeated(data, "worlds", "*", "schemes")
    for path, scheme in each(data, "worlds", "*", "schemes"):
        if len(sequence(scheme)) > MOST_SCHEMES:
            yield Finding(path, f"{len(scheme)} schemes in one world; there is room for {MOST_SCHEMES}", key=True)
    for path, other in each(data, "worlds", "*", "like"):
        yield from unknown(path, other, worlds, "world")
        seen = [str(path[1])]
        while isinstance(other, str) and other in worlds and other not in seen:
            seen.append(other)
            other = mapping(worlds[other]).get("like")
        if other == path[1] and other == min(seen):
            yield Finding(path, f"{called(path)} goes in a circle: {' is like '.join([*seen, str(other)])}")


CHECKS: dict[str, Callable[[Any], Iterator[Finding]]] = {
    "scheme": check_scheme,
    "society": check_society,
    "experiment": check_experiment,
}
