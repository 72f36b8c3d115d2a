"""What the numbers of a file can mean: between which bounds each lies, and in what unit it is."""

from collections.abc import Iterator
from typing import Any

from scorelab.spec.limits import MOST_COUNTIES, MOST_PER_YEAR, MOST_PERSONS
from scorelab.spec.places import each, mapping
from scorelab.spec.problems import Finding, called, found
from scorelab.spec.text import Path

Bounds = dict[tuple[str, ...], tuple[float, float, str]]

_CHANCE = (0, 1, "a chance")
_SHARE = (0, 1, "a share")
_RATE = (0, MOST_PER_YEAR, "a rate per year; a person has fewer than eight a week")
_FACTOR = (0, 100, "a factor")

SCHEME_BOUNDS: Bounds = {
    ("rollout", "*", "share"): _SHARE,
    ("opt_in", "share"): _SHARE,
    ("opt_in", "per_year"): _RATE,
    ("aware",): _SHARE,
    ("campaigns", "*", "lifts"): _SHARE,
    ("campaigns", "*", "informs"): _SHARE,
    ("campaigns", "*", "persuades"): (-1, 1, "a change of an exponent a week"),
    ("sources", "*", "watches", "*"): _CHANCE,
    ("sources", "*", "mistakes", "per_year"): _RATE,
    ("sources", "*", "mistakes", "matching", "scans_per_year"): (0, 100_000, "scans of a person per year"),
    ("sources", "*", "mistakes", "matching", "false_match_rate"): _CHANCE,
    ("sources", "*", "mistakes", "matching", "gallery"): (0, 2_000_000_000, "people in the gallery"),
    ("sources", "*", "review", "keeps_true"): _SHARE,
    ("sources", "*", "review", "keeps_false"): _SHARE,
    ("sources", "*", "attention", "times"): (1, 64, "a factor"),
    ("sources", "*", "selects", "otherwise"): (0, 64, "a factor"),
    ("fusion", "confirms"): _SHARE,
    ("lists", "*", "notice"): _CHANCE,
    ("lists", "*", "corrected_per_year"): _RATE,
    ("lists", "*", "repair", "per_year"): _RATE,
    ("lists", "*", "loses_work"): _CHANCE,
    ("rules", "*", "discretion", "disagreement"): _SHARE,
    ("rules", "*", "along", "*"): _SHARE,
    ("due_process", "told"): _CHANCE,
    ("due_process", "window", "makes_good"): _SHARE,
    ("due_process", "window", "objects"): _SHARE,
    ("due_process", "window", "upheld_if_true"): _SHARE,
    ("due_process", "window", "upheld_if_false"): _SHARE,
    ("due_process", "appeal", "asks"): _SHARE,
    ("due_process", "appeal", "upheld_if_true"): _SHARE,
    ("due_process", "appeal", "upheld_if_false"): _SHARE,
    ("consequences", "*", "share"): _SHARE,
    ("consequences", "*", "favour", "*"): _CHANCE,
    ("consequences", "*", "throttle"): _SHARE,
}
SOCIETY_BOUNDS: Bounds = {
    ("country", "counties"): (1, MOST_COUNTIES, "counties"),
    ("country", "persons"): (1, MOST_COUNTIES * MOST_PERSONS, "persons"),
    ("country", "spread"): (0, 2, "a standard deviation of a logarithm"),
    ("trait_correlation",): (0, 0.99, "a correlation"),
    ("traits", "*", "shape"): (0.05, 100, "the shape of a gamma distribution"),
    ("behaviours", "*", "per_year"): _RATE,
    ("behaviours", "*", "act"): _CHANCE,
    ("behaviours", "*", "gravity"): (1, 3, "a band of gravity; 1 minor, 2 serious, 3 crime-like"),
    ("behaviours", "*", "settles_per_year"): _RATE,
    ("exposures", "*", "ceiling_per_year"): (1e-9, MOST_PER_YEAR, "a rate per year above zero"),
    ("services", "*", "per_year"): _RATE,
    ("services", "*", "success"): _CHANCE,
    ("services", "*", "retry"): _CHANCE,
    ("services", "*", "online"): _SHARE,
    ("services", "*", "refill"): _SHARE,
    ("services", "*", "arrears_if_denied"): _CHANCE,
    ("job_loss", "per_year"): _RATE,
    ("arrears", "share"): _SHARE,
    ("arrears", "begins_per_year"): _RATE,
    ("arrears", "ends_per_year"): _RATE,
    ("arrears", "when_not_working"): _FACTOR,
    ("arrears", "over_a_fine"): _CHANCE,
    ("attributes", "*", "share"): _SHARE,
    ("ties", "friends", "mixing"): _SHARE,
    ("ties", "colleagues", "mixing"): _SHARE,
    ("response", "undeterrable"): _SHARE,
    ("response", "sensitivity"): (0, 1000, "how strongly risk deters"),
    ("response", "chilling"): _FACTOR,
    ("response", "certainty_power"): (0.1, 10, "an exponent"),
    ("response", "severity_power"): (0, 10, "an exponent"),
    ("response", "nearness"): (0, 1, "how much more is at stake"),
    ("response", "prior_risk"): _CHANCE,
    ("response", "learning"): _SHARE,
    ("response", "half_life_weeks"): (0.1, 10_000, "weeks"),
    ("response", "spread"): _SHARE,
    ("response", "talk"): _CHANCE,
    ("response", "heard"): _SHARE,
    ("response", "publicity"): _SHARE,
    ("response", "displacement"): _CHANCE,
    ("response", "diffusion"): _SHARE,
    ("response", "backlash"): _SHARE,
    ("response", "contagion"): (0, 1, "how far others carry one along"),
    ("response", "grievance"): (0, 1, "a fall of legitimacy"),
    ("response", "defiance"): (0, 10, "an exponent"),
    ("response", "reward"): (0, 10, "how strongly a reward attracts"),
    ("response", "crowding"): (0, 1, "how much a reward takes away"),
    ("response", "not_asking"): _CHANCE,
    ("response", "cannot_pay"): _SHARE,
    ("response", "felt_loss"): (0, 100, "how much faster"),
    ("response", "settling_when_jobless"): _FACTOR,
    ("response", "stigma"): (0, 100, "how much more often"),
    ("response", "shunned"): _SHARE,
}


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
                    between = f"between {found(low)} and {found(high)} ({what})"
                    yield Finding(at, f"{name} should be {between}, but is {found(number)}")
                    break
