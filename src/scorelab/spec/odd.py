"""The tables of ``docs/odd.md`` that tell of the catalogue: each number, its symbol, its grounds, and where it is used.

A table stands between ``<!-- WHAT of NAME -->`` and ``<!-- end -->``. WHAT and NAME are

    numbers of SOCIETY.PART   every number of a part of a society (``people`` are those that stand alone)
    words of SOCIETY.PART     its behaviours, services or ties, and what is said of them besides such numbers
    factors of SOCIETY        who meets more, by what people are
    margins of SOCIETY        the published tables that its people are drawn from
    numbers of schemes        what a scheme can say in numbers, and between which bounds
    grounds of catalogue      how many numbers of each file are documented, derived and assumed

Symbols stand in the descriptions of the models where these begin with one, else here; units stand with the bounds.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from scorelab.spec.bounds import SCHEME_BOUNDS, SOCIETY_BOUNDS
from scorelab.spec.find import MODELS, Entry, catalogue, opened
from scorelab.spec.margins import BASES, MARGINS, load_margins
from scorelab.spec.problems import found
from scorelab.spec.quantity import Quantity
from scorelab.spec.reference import flow
from scorelab.spec.scheme import Scheme
from scorelab.spec.society import Behaviour, Circles, Response, Service, Society
from scorelab.spec.who import Group, Who

Way = tuple[str, ...]
NONE = "–"
PEOPLE = "people"
"""The part of a society that its numbers without a clause of their own make up."""

_TABLE = re.compile(
    r"^<!-- (numbers|words|factors|margins|grounds) of ([\w.-]+) -->\n.*?^<!-- end -->$", re.MULTILINE | re.DOTALL
)
_SYMBOL = re.compile(r"^([A-Za-z]+\d?): ")
_ARTICLE = re.compile(r"^(?:an?|the) ")
_GREEK = {"alpha": "α", "beta": "β", "eta": "η", "gamma": "γ", "kappa": "κ", "lambda": "λ", "nu": "ν", "tau": "τ"}


@dataclass(frozen=True)
class Use:
    """Where a number is used: the heading of the submodel; and its symbol, unless the model's description has it."""

    submodel: str
    symbol: str = ""


USES: dict[Way, Use] = {
    ("country", "counties"): Use("Counties of a country", "C"),
    ("country", "persons"): Use("Counties of a country", "N_C"),
    ("country", "spread"): Use("Counties of a country", "σ_C"),
    ("trait_correlation",): Use("Frailty", "ρ"),
    ("traits", "*", "shape"): Use("Frailty", "k"),
    ("behaviours", "*", "per_year"): Use("Candidates", "λ_b"),
    ("behaviours", "*", "act"): Use("Act or refrain", "π_b"),
    ("behaviours", "*", "settles_per_year"): Use("Making good", "h0_b"),
    ("behaviours", "*", "gravity"): Use("Tally", "G_b"),
    ("exposures", "*", "ceiling_per_year"): Use("False records", "λ_x"),
    ("services", "*", "per_year"): Use("Candidates", "λ_s"),
    ("services", "*", "success"): Use("Needs", "σ_s"),
    ("services", "*", "retry"): Use("Needs", "r_s"),
    ("services", "*", "online"): Use("Needs", "o_s"),
    ("services", "*", "refill"): Use("Places", "φ_s"),
    ("services", "*", "arrears_if_denied"): Use("Work and arrears", "ω_s"),
    ("job_loss", "per_year"): Use("Work and arrears", "λ_J"),
    ("arrears", "share"): Use("Attributes and arrears at week 0", "A_0"),
    ("arrears", "begins_per_year"): Use("Work and arrears", "λ_A"),
    ("arrears", "ends_per_year"): Use("Work and arrears", "λ_C"),
    ("arrears", "when_not_working"): Use("Work and arrears", "m_A"),
    ("arrears", "over_a_fine"): Use("Work and arrears", "ω_f"),
    ("attributes", "*", "share"): Use("Attributes and arrears at week 0", "q_a"),
    ("ties", "friends", "mixing"): Use("Friends and colleagues", "μ_f"),
    ("ties", "colleagues", "mixing"): Use("Friends and colleagues", "μ_c"),
    ("response", "undeterrable"): Use("Act or refrain"),
    ("response", "sensitivity"): Use("Act or refrain"),
    ("response", "chilling"): Use("Act or refrain", "χ"),
    ("response", "certainty_power"): Use("Act or refrain"),
    ("response", "severity_power"): Use("Act or refrain"),
    ("response", "nearness"): Use("What is at stake"),
    ("response", "prior_risk"): Use("Perceived risk", "p_prior"),
    ("response", "learning"): Use("Perceived risk"),
    ("response", "half_life_weeks"): Use("Perceived risk", "H"),
    ("response", "spread"): Use("Perceived risk"),
    ("response", "talk"): Use("Perceived risk", "θ"),
    ("response", "heard"): Use("Perceived risk", "λ_h"),
    ("response", "publicity"): Use("Public risk", "ψ"),
    ("response", "displacement"): Use("Act or refrain"),
    ("response", "diffusion"): Use("What is at stake"),
    ("response", "backlash"): Use("Norms"),
    ("response", "contagion"): Use("Norms", "c_n"),  # its description says c, which is the exponent of severity
    ("response", "grievance"): Use("Legitimacy", "δ"),
    ("response", "defiance"): Use("Legitimacy"),
    ("response", "reward"): Use("Rewards"),
    ("response", "crowding"): Use("Rewards"),
    ("response", "not_asking"): Use("Needs"),
    ("response", "cannot_pay"): Use("Making good", "z"),
    ("response", "felt_loss"): Use("Making good"),
    ("response", "settling_when_jobless"): Use("Making good", "j"),
    ("response", "stigma"): Use("Work and arrears", "s_J"),
    ("response", "shunned"): Use("Work and arrears", "s_s"),
    ("rollout", "*", "share"): Use("Roll-out and joining", "f_k"),
    ("opt_in", "share"): Use("Roll-out and joining", "u_0"),
    ("opt_in", "per_year"): Use("Roll-out and joining", "λ_u"),
    ("aware",): Use("Awareness", "w_0"),
    ("campaigns", "*", "lifts"): Use("Public risk", "m_l"),
    ("campaigns", "*", "informs"): Use("Awareness", "m_i"),
    ("campaigns", "*", "persuades"): Use("Norms", "m_n"),
    ("sources", "*", "watches", "*"): Use("Sources", "s_rb"),
    ("sources", "*", "mistakes", "per_year"): Use("False records", "λ_r"),
    ("sources", "*", "mistakes", "matching", "scans_per_year"): Use("False records", "N_r"),
    ("sources", "*", "mistakes", "matching", "false_match_rate"): Use("False records", "F_r"),
    ("sources", "*", "mistakes", "matching", "gallery"): Use("False records", "G_r"),
    ("sources", "*", "review", "keeps_true"): Use("Sources", "k_t"),
    ("sources", "*", "review", "keeps_false"): Use("False records", "k_f"),
    ("sources", "*", "attention", "times"): Use("Sources", "x_r"),
    ("sources", "*", "selects", "otherwise"): Use("Sources", "o_r"),
    ("fusion", "confirms"): Use("False records", "k_c"),
    ("lists", "*", "notice"): Use("Lists", "n_l"),
    ("lists", "*", "corrected_per_year"): Use("Lists", "λ_c"),
    ("lists", "*", "repair", "per_year"): Use("Lists", "λ_p"),
    ("lists", "*", "loses_work"): Use("Work and arrears", "w_l"),
    ("rules", "*", "discretion", "disagreement"): Use("Rules and points", "D_u"),
    ("rules", "*", "along", "*"): Use("Ties", "y_u"),
    ("due_process", "told"): Use("Due process", "n_t"),
    ("due_process", "window", "makes_good"): Use("Due process", "g_w"),
    ("due_process", "window", "objects"): Use("Due process", "o_w"),
    ("due_process", "window", "upheld_if_true"): Use("Due process", "u_wt"),
    ("due_process", "window", "upheld_if_false"): Use("Due process", "u_wf"),
    ("due_process", "appeal", "asks"): Use("Due process", "o_a"),
    ("due_process", "appeal", "upheld_if_true"): Use("Due process", "u_at"),
    ("due_process", "appeal", "upheld_if_false"): Use("Due process", "u_af"),
    ("consequences", "*", "share"): Use("Needs", "b_z"),
    ("consequences", "*", "favour", "*"): Use("Needs", "f_z"),
    ("consequences", "*", "throttle"): Use("Needs", "t_z"),
}
"""Where each number that a file can say is used; ``*`` stands for any name or position."""


def symbol(pattern: Way) -> str:
    """The symbol of a number, as the page writes it."""
    if USES[pattern].symbol:
        return USES[pattern].symbol
    description = Response.model_fields[pattern[-1]].description or ""
    stated = _SYMBOL.match(description)
    if stated is None:
        raise ValueError(f"{'.'.join(pattern)} has no symbol: neither its description nor USES has one")
    return _GREEK.get(stated.group(1), stated.group(1))


def slug(heading: str) -> str:
    """The anchor of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def rewritten(text: str) -> str:
    """The page with every table of the catalogue made anew. KeyError for a table of what there is not."""

    def made(match: re.Match[str]) -> str:
        what, name = match.groups()
        return f"<!-- {what} of {name} -->\n\n{_made(what, name)}\n\n<!-- end -->"

    return _TABLE.sub(made, text)


def tabled(text: str) -> list[str]:
    """What the tables of the page are of, in its order: ``numbers of china-2020.response``."""
    return [" of ".join(match.groups()) for match in _TABLE.finditer(text)]


def numbers(value: Any, way: Way = ()) -> Iterator[tuple[Way, Quantity]]:
    """Every number of a model with its way, in the order of the models."""
    if isinstance(value, Quantity):
        yield way, value
        return
    for key, item in _inside(value):
        yield from numbers(item, (*way, key))


def pattern_of(way: Way, bounds: Iterable[Way]) -> Way:
    """The pattern that a way fits. KeyError where none does."""
    for pattern in bounds:
        if len(pattern) == len(way) and all(one in ("*", other) for one, other in zip(pattern, way, strict=True)):
            return pattern
    raise KeyError(".".join(way))


def _inside(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, BaseModel):
        yield from ((key, getattr(value, key)) for key in type(value).model_fields)
    elif isinstance(value, dict):
        yield from ((str(key), item) for key, item in value.items())
    elif isinstance(value, list):
        yield from ((str(index), item) for index, item in enumerate(value))


def _made(what: str, name: str) -> str:
    if (what, name) == ("grounds", "catalogue"):
        return _grounds()
    if (what, name) == ("numbers", "schemes"):
        return _scheme_numbers()
    society, _, part = name.partition(".")
    entry = next((one for one in catalogue() if (one.kind, one.name) == ("society", society)), None)
    if entry is None:
        raise KeyError(name)
    model = _model(entry)
    assert isinstance(model, Society)
    makers: dict[tuple[str, bool], Callable[[], str]] = {
        ("numbers", True): lambda: _numbers(model, part),
        ("words", True): lambda: _words(model, part),
        ("factors", False): lambda: _factors(model),
        ("margins", False): lambda: _margins(entry),
    }
    return makers[what, bool(part)]()


def _model(entry: Entry) -> BaseModel:
    return MODELS[entry.kind].model_validate(opened(entry.path).data)


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table as a page has it."""
    titles = list(head)
    return "\n".join([_row(titles), "|" + "---|" * len(titles), *(_row(cells) for cells in rows)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _unit(bounds: tuple[float, float, str]) -> str:
    return _ARTICLE.sub("", bounds[2].partition(";")[0])


def _where(pattern: Way) -> str:
    heading = USES[pattern].submodel
    return f"[{heading}](#{slug(heading)})"


def _numbers(society: Society, part: str) -> str:
    """Every number of a part of a society."""
    rows = []
    for way, quantity in numbers(society):
        if (way[0] if len(way) > 1 else PEOPLE) != part:
            continue
        pattern = pattern_of(way, SOCIETY_BOUNDS)
        low, high = quantity.range or (None, None)
        cells = [f"`{'.'.join(way[1:] or way)}`", f"`{symbol(pattern)}`", _unit(SOCIETY_BOUNDS[pattern])]
        cells += [found(quantity.value), NONE if low is None else f"{found(low)} to {found(high)}"]
        rows.append([*cells, quantity.basis or NONE, ", ".join(quantity.cite) or NONE, _where(pattern)])
    if not rows:
        raise KeyError(part)
    return table(["parameter", "symbol", "unit", "value", "range", "basis", "source", "used in"], rows)


def _scheme_numbers() -> str:
    """What a scheme can say in numbers."""
    rows = [
        [
            f"`{'.'.join(way)}`",
            f"`{symbol(way)}`",
            _unit(bounds),
            f"{found(bounds[0])} to {found(bounds[1])}",
            _where(way),
        ]
        for way, bounds in SCHEME_BOUNDS.items()
    ]
    return table(["parameter", "symbol", "unit", "between", "used in"], rows)


def _words(society: Society, part: str) -> str:
    """The behaviours, services or ties of a society, and what is said of them besides numbers with grounds."""
    if part == "behaviours":
        head = ["behaviour", "what it is", "domain", "standing", "trait", "substitute"]
        return table(head, (_behaviour(name, item) for name, item in society.behaviours.items()))
    if part == "services":
        head = ["service", "what it is", "domain", "trait", "grants work", "life chance"]
        return table(head, (_service(name, item) for name, item in society.services.items()))
    if part == "ties" and society.ties is not None:
        head = ["ties", "circles of a person", "people in the smallest", "people in the largest", "note"]
        return table(head, (_circles(name, getattr(society.ties, name)) for name in type(society.ties).model_fields))
    raise KeyError(part)


def _circles(name: str, item: Circles) -> list[str]:
    return [f"`{name}`", str(item.circles), str(item.smallest), str(item.largest), item.note or NONE]


def _behaviour(name: str, item: Behaviour) -> list[str]:
    title = item.title or NONE
    return [f"`{name}`", title, item.domain, item.standing, item.trait or NONE, item.substitute or NONE]


def _service(name: str, item: Service) -> list[str]:
    yes = {True: "yes", False: "no"}
    return [
        f"`{name}`",
        item.title or NONE,
        item.domain,
        item.trait or NONE,
        yes[item.grants_work],
        yes[item.life_chance],
    ]


def _factors(society: Society) -> str:
    """Who meets more of what, by what people are; what is said of nobody is left out."""
    rows = []
    for way, group in _groups(society):
        said = {key: getattr(group, key) for key in type(group).model_fields if key not in ("cite", "note")}
        told = [f"{key} {flow(value)}" for key, value in said.items() if value]
        if told:
            cite = ", ".join(group.cite)
            rows.append(
                [f"`{'.'.join(way)}`", f"`{'; '.join(told)}`", " – ".join(filter(None, [cite, group.note])) or NONE]
            )
    return table(["of", "factors", "source and note"], rows)


def _groups(value: Any, way: Way = ()) -> Iterator[tuple[Way, Group]]:
    if isinstance(value, Group | Who):
        yield way[:-1] if way[-1] == "who" else way, value
        return
    for key, item in _inside(value) if not isinstance(value, Quantity) else ():
        yield from _groups(item, (*way, key))


def _margins(entry: Entry) -> str:
    """The tables of published shares of a society."""
    society = _model(entry)
    assert isinstance(society, Society)
    folder = entry.path.parent / society.margins
    margins = load_margins(folder)
    rows = []
    for name in MARGINS:
        mine = [one for one in margins.rows if one.margin == name]
        bases = Counter(one.basis for one in mine)
        cited = dict.fromkeys(word for one in mine for word in one.cite)
        file = f"[`{name}.csv`](../src/scorelab/catalogue/societies/{society.margins}/{name}.csv)"
        counts = [str(bases[basis]) for basis in BASES]
        rows.append([file, str(len(mine)), *counts, ", ".join(cited) or NONE])
    return table(["table", "shares", *BASES, "sources"], rows)


def _grounds() -> str:
    """On what the numbers of every file of the catalogue rest, and how many of its clauses name a source."""
    rows = []
    for entry in catalogue():
        if entry.kind == "experiment":
            continue
        model = _model(entry)
        bases = Counter(quantity.basis or NONE for _, quantity in numbers(model))
        counts = [str(bases.total()), *(str(bases[basis]) for basis in BASES)]
        clauses = list(_clauses(model)) if isinstance(model, Scheme) else []
        sourced = [str(len(clauses)), str(sum(bool(clause.cite) for clause in clauses))] if clauses else [NONE, NONE]
        file = f"[`{entry.name}`](../src/scorelab/catalogue/{entry.path.parent.name}/{entry.path.name})"
        rows.append([file, *counts, str(_whole(model)), *sourced])
    return table(["file", "numbers", *BASES, "whole numbers", "clauses", "with a source"], rows)


def _clauses(value: Any) -> Iterator[Any]:
    """Every clause that can name a source, numbers aside."""
    if isinstance(value, Quantity):
        return
    if isinstance(value, BaseModel) and "cite" in type(value).model_fields and value.model_fields_set:
        yield value
    for _, item in _inside(value):
        yield from _clauses(item)


def _whole(value: Any) -> int:
    """Numbers that stand alone: points, weeks, weights, counts; the version of the language is none."""
    if isinstance(value, Quantity | bool):
        return 0
    if isinstance(value, int):
        return 1
    return sum(_whole(item) for key, item in _inside(value) if key != "format")
