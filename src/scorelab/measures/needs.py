"""Needs: what people wanted, whether they asked, and what the scheme answered."""

from collections.abc import Iterator

from scorelab.measures.cube import (
    Axes,
    Cube,
    cube,
    differences,
    group_columns,
    levels,
    once,
    per_year,
    population,
    shares,
    single_groups,
)
from scorelab.measures.lab import Lab
from scorelab.measures.register import Measure, register
from scorelab.measures.table import Row

OUTCOMES = ("not_asked", "unsuccessful", "granted", "favoured", "denied")
_SAID = {
    "reached": ("Needs", "How often people need a service."),
    "asked": ("Asked", "How often people ask for a service that they need, once for each need however often they try."),
    "not_asked": (
        "Not asked",
        "How often people do not ask for what they need because they know that it is barred to them.",
    ),
    "unsuccessful": ("Unsuccessful", "How often people ask and would not have got it anyway, barred or not."),
    "granted": ("Granted", "How often people ask and get it."),
    "favoured": ("Favoured", "How often people ask and get it before others, because of the scheme."),
    "denied": ("Denied", "How often people ask, would have got it, and are turned away because of the scheme."),
}
_FORMULA = {
    "reached": "needs: every outcome but not_reached",
    "asked": "needs: unsuccessful + granted + favoured + denied",
}
_NEEDED = "Needs differ between worlds where lives do: a job that is kept is a job not asked for."
_CAVEATS = {
    "denied": "Read it beside 'not asked': fewer denials may mean that people stopped asking.",
    "not_asked": "No refusal is written down anywhere for these; official figures do not have them.",
    "unsuccessful": "A barred ask that would have failed anyway is here and not a denial.",
    "favoured": "Where places are short, what some get before others somebody else does not get.",
}

register(
    *(
        Measure(
            f"needs_{name}",
            "needs",
            title,
            definition,
            f"{_FORMULA.get(name, 'needs: ' + name)} / (persons x years)",
            "per 100,000 persons and year",
            item="the service; null: all services",
            period="13 weeks",
            caveats=(_CAVEATS.get(name, _NEEDED),),
        )
        for name, (title, definition) in _SAID.items()
    ),
    Measure(
        "refused_tries",
        "needs",
        "Refused tries",
        "How often somebody is turned away at the counter, further tries for the same need included.",
        "tries.refused / (persons x years)",
        "per 100,000 persons and year",
        item="the service; null: all services",
        caveats=("Official figures count refused tries; persons and denials are far fewer.",),
    ),
    Measure(
        "denied_share",
        "needs",
        "Share denied of what would have been got",
        "Of 100 times that people ask and would have got it, how many are denied.",
        "needs: 100 x denied / (granted + favoured + denied)",
        "of 100 asks that would have succeeded",
        item="the service; null: all services",
        period="13 weeks",
        caveats=("Those who no longer ask are in neither number.",),
        interval="share of clusters",
    ),
)


@once
def needs_cube(lab: Lab) -> Cube:
    """Outcomes by world, service and group; by world and 13 weeks."""
    groups = group_columns(lab)
    counted = ", ".join(f"CASE WHEN outcome = '{name}' THEN n ELSE 0 END AS {name}" for name in OUTCOMES)
    worlds = " UNION ALL ".join(
        f"SELECT unit_no, '{name}' AS label, {groups}service AS item, period, \"{name}\" AS outcome, count AS n"
        " FROM needs"
        for name in lab.facts.names
    )
    query = (
        f"SELECT *, CASE WHEN outcome = 'not_reached' THEN 0 ELSE n END AS reached, {counted}, "
        "CASE WHEN outcome IN ('unsuccessful', 'granted', 'favoured', 'denied') THEN n ELSE 0 END AS asked, "
        f"CASE WHEN outcome IN ('granted', 'favoured', 'denied') THEN n ELSE 0 END AS open FROM ({worlds})"
    )
    singles = single_groups(lab)
    sets = (*singles, *(("item", *columns) for columns in singles), ("period",))
    axes = Axes(sets, tuple(sorted(lab.facts.service_domain)), lab.facts.periods)
    return cube(lab, query, ("reached", "asked", *OUTCOMES, "open"), lab.facts.names, axes)


def rows(lab: Lab) -> Iterator[Row]:
    """All measures of this family."""
    found = needs_cube(lab)
    persons, scale = population(lab, found.cells), per_year(lab, found.cells)
    for name in _SAID:
        yield from levels(lab, f"needs_{name}", found, name, persons, scale, counted="clustered")
        yield from differences(lab, f"needs_{name}", found, name, persons, scale)
    yield from shares(lab, "denied_share", found, "denied", "open", "clustered")
    singles = single_groups(lab)
    tries = cube(
        lab,
        "SELECT *, world AS label, service AS item FROM tries",
        ("refused",),
        lab.facts.names,
        Axes((*singles, ("item",)), tuple(sorted(lab.facts.service_domain))),
    )
    persons, scale = population(lab, tries.cells), per_year(lab, tries.cells)
    yield from levels(lab, "refused_tries", tries, "refused", persons, scale, counted="clustered")
