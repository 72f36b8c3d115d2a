"""What the parts of a scheme are called on the page: in the titles of the society's behaviours and services."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from scorelab.spec import defaults
from scorelab.spec.find import catalogue, opened
from scorelab.spec.places import each, mapping, number, sequence

MOST_NAMED = 3

KINDS = {
    "staff": "Staff",
    "police": "Police",
    "court": "Courts",
    "administration": "An office",
    "bank": "A bank",
    "employer": "An employer",
    "camera": "Cameras",
    "web": "Monitoring of the web",
    "purchases": "Records of purchases",
    "platform": "A platform",
    "neighbours": "Neighbours",
    "averaging": "A calculation from averages",
}
WHOM = {
    "self": "the person",
    "partner": "the partner",
    "parent": "the parents",
    "child": "the children",
    "household": "the household",
    "friend": "friends",
    "colleague": "colleagues",
}
"""``whom`` of a consequence, in words."""


@cache
def _shipped() -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in reversed(catalogue()):
        if entry.kind == "society":
            found |= titles_of(opened(entry.path).data)
    return found


def titles_of(society: Any) -> dict[str, str]:
    """Titles of the behaviours, exposures and services of a society, by their names."""
    found: dict[str, str] = {}
    for part in ("behaviours", "exposures", "services"):
        for path, one in each(society, part, "*"):
            title = mapping(one).get("title")
            if isinstance(title, str) and title:
                found[str(path[-1])] = title
    return found


class Titles:
    """Names in words: those of some societies, else those of the catalogue's, else the name itself."""

    def __init__(self, societies: Iterable[Any] = ()) -> None:
        self.known = dict(_shipped())
        for society in societies:
            self.known |= titles_of(society)

    def of(self, name: Any) -> str:
        return self.known.get(str(name)) or defaults.title(str(name))

    def several(self, names: Iterable[Any], most: int = MOST_NAMED) -> str:
        """Some names in one line; what is too much is counted."""
        titles = [self.of(name).partition(" (")[0] for name in names]
        shown, rest = ", ".join(_lowered(titles[:most])), len(titles) - most
        return f"{shown} and {rest} more" if rest > 0 else shown

    def part(self, path: Sequence[Any], value: Any) -> str:
        """A source, a list, a rule or a consequence as one speaks of it, from its place and its plain value."""
        clause, kind = mapping(value), path[0] if path else ""
        match kind:
            case "rules":
                return self.rule(clause)
            case "consequences":
                return self.consequence(clause)
            case "campaigns":
                return "Campaign in the media"
            case "rollout":
                return "Roll-out"
            case "due_process":
                return "What people are told and can do"
            case "score":
                return "The score"
            case "lists":
                return f"{'Red list' if clause.get('red') is True else 'List'}: {defaults.title(str(path[-1]))}"
        return defaults.title(str(path[-1])) if path else "The scheme"

    def rule(self, rule: Mapping[str, Any]) -> str:
        return self.several(sequence(rule.get("when"))) or "A rule"

    def consequence(self, clause: Mapping[str, Any]) -> str:
        """What it does, and to whom."""
        whom = WHOM.get(str(clause.get("whom")), "somebody")
        if clause.get("bar"):
            done = f"Closed: {self.several(sequence(clause['bar']))}"
        elif clause.get("favour"):
            done = f"Favoured: {self.several(mapping(clause['favour']))}"
        elif clause.get("throttle") is not None:
            done = "A slower connection"
        else:
            done = "No favours"
        return done if whom == WHOM["self"] else f"{done} – for {whom}"

    def holds(self, clause: Mapping[str, Any]) -> str:
        """While what a consequence holds."""
        if clause.get("while_on") is not None:
            return f"While on the list {defaults.title(str(clause['while_on']))}."
        grades = [str(grade).upper() for grade in sequence(clause.get("while_grade"))]
        return f"While the grade is {listed(grades, 'or')}." if grades else ""


def listed(words: Sequence[str], last: str = "and") -> str:
    """Words in one line: a, b and c."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def _lowered(titles: Sequence[str]) -> list[str]:
    """The first as it is, the others without their capital, unless that of a name."""
    return [
        title if not index or title[1:2].isupper() or title[:2] == "G-" else title[:1].lower() + title[1:]
        for index, title in enumerate(titles)
    ]


def amount(value: Any) -> str:
    """A number as one speaks of it: 1 in 10 million, 0.05, 26."""
    bare = number(value)
    if bare is None:
        return str(value)
    if 0 < abs(bare) < 0.001:
        return f"1 in {_whole(1 / abs(bare))}" if bare > 0 else f"{bare:g}"
    return f"{bare:,.0f}" if float(bare).is_integer() else f"{bare:.4g}"


def _whole(value: float) -> str:
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{value / size:.3g} {word}"
    return f"{float(f'{value:.3g}'):,.0f}"
