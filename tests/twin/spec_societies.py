"""Random societies as a person could write them: small, and loud enough that much happens in a few weeks."""

import random

from tests.twin.spec_dice import Plain, Words, factors, group, maybe, number, rate, who

RESPONSE = {
    "undeterrable": (0, 0.5),
    "sensitivity": (1, 20),
    "chilling": (0, 2),
    "certainty_power": (0.5, 2),
    "severity_power": (0, 1),
    "nearness": (0, 1),
    "prior_risk": (0, 1),
    "learning": (0, 1),
    "half_life_weeks": (2, 40),
    "spread": (0, 1),
    "talk": (0, 1),
    "heard": (0, 0.5),
    "publicity": (0, 0.02),
    "displacement": (0, 1),
    "diffusion": (0, 1),
    "backlash": (0, 0.5),
    "contagion": (0, 1),
    "grievance": (0, 0.5),
    "defiance": (0, 2),
    "reward": (0, 2),
    "crowding": (0, 0.5),
    "not_asking": (0, 1),
    "cannot_pay": (0, 0.7),
    "felt_loss": (0, 4),
    "settling_when_jobless": (0, 1),
    "stigma": (0, 6),
    "shunned": (0, 1),
}
"""Between which ends the numbers of a response are thrown."""


def random_words(dice: random.Random) -> Words:
    """How much there is of everything, and how it is called."""

    def several(what: str, low: int, high: int) -> list[str]:
        return [f"{what}-{number}" for number in range(dice.randint(low, high))]

    behaviours = several("behaviour", 1, 4)
    domains = several("domain", 1, 4)
    attributes = several("attribute", 0, 2) + ["lone-parent"] * (dice.random() < 0.5)
    return Words(
        behaviours=behaviours,
        services=several("service", 1, 3),
        exposures=several("exposure", 1, 2),
        domain={name: dice.choice(domains) for name in behaviours},
        traits=several("trait", 0, 2),
        attributes=attributes,
        prosocial=[name for name in behaviours if dice.random() < 0.25],
        arrears=dice.random() < 0.8,
        ties=dice.random() < 0.8,
        weeks=dice.choice((6, 9, 13, 20, 26, 30, 40, 55)),
    )


def random_response(dice: random.Random) -> Plain:
    """How people take it."""
    return {name: number(dice, low, high) for name, (low, high) in RESPONSE.items()}


def random_society(dice: random.Random, words: Words) -> Plain:
    """A whole file. What a society need not have is sometimes not there."""
    attributes = words.attributes
    return {
        "format": 1,
        "society": "random",
        "title": "Random",
        "about": "Thrown.",
        "margins": "china-2020",
        "counties": 3,
        "persons": dice.randint(30, 100),
        "trait_correlation": number(dice, 0, 0.9),
        "traits": {name: {"shape": number(dice, 0.2, 4)} for name in words.traits},
        "behaviours": {name: _behaviour(dice, words, name) for name in words.behaviours},
        "exposures": {
            name: {"ceiling_per_year": rate(dice, 1, 5), "who": who(dice, attributes)} for name in words.exposures
        },
        "services": {name: _service(dice, words) for name in words.services},
        **maybe(dice, 0.9, job_loss={"per_year": rate(dice, 1, 6), "who": who(dice, attributes)}),
        **({"arrears": _arrears(dice, attributes)} if words.arrears else {}),
        "attributes": {name: _attribute(dice, name) for name in attributes},
        **({"ties": {"friends": _circles(dice), "colleagues": _circles(dice)}} if words.ties else {}),
        "response": random_response(dice),
        "left_out": ["everything else"],
    }


def _trait(dice: random.Random, words: Words) -> Plain:
    return {"trait": dice.choice(words.traits)} if words.traits and dice.random() < 0.6 else {}


def _behaviour(dice: random.Random, words: Words, name: str) -> Plain:
    others = [other for other in words.behaviours if other != name]
    return {
        "title": f"Doing {name}",
        "domain": words.domain[name],
        "standing": "prosocial" if name in words.prosocial else dice.choice(("unlawful", "unlawful", "lawful")),
        **_trait(dice, words),
        "per_year": rate(dice, 3, 18),
        "act": number(dice, 0.3, 1),
        **maybe(dice, 0.8, settles_per_year=number(dice, 5, 50)),
        **(maybe(dice, 0.5, substitute=dice.choice(others)) if others else {}),
        "who": who(dice, words.attributes),
    }


def _service(dice: random.Random, words: Words) -> Plain:
    """Its domain may be one of behaviours, or one of its own."""
    return {
        "domain": dice.choice([*words.domains(), "elsewhere"]),
        **_trait(dice, words),
        "per_year": rate(dice, 4, 20),
        "success": number(dice, 0.4, 1),
        **maybe(dice, 0.7, retry=number(dice, 0, 1)),
        "grants_work": dice.random() < 0.5,
        "life_chance": dice.random() < 0.3,
        **maybe(dice, 0.7, online=number(dice, 0.2, 1)),
        **maybe(dice, 0.7, refill=number(dice, 0.2, 1)),
        **(maybe(dice, 0.7, arrears_if_denied=number(dice, 0, 0.6)) if words.arrears else {}),
        "who": who(dice, words.attributes),
    }


def _arrears(dice: random.Random, attributes: list[str]) -> Plain:
    return {
        "share": number(dice, 0.02, 0.2),
        "begins_per_year": rate(dice, 0.5, 4),
        "ends_per_year": rate(dice, 2, 12),
        "when_not_working": number(dice, 0.2, 2),
        "over_a_fine": number(dice, 0.2, 1),
        "who": who(dice, attributes),
        "fined": group(dice),
    }


def _attribute(dice: random.Random, name: str) -> Plain:
    """One given by a share, or by the household."""
    if name == "lone-parent":
        return {"household": "lone-parent", "title": "Lone parents"}
    return {"share": number(dice, 0.05, 0.3), "who": {"quintile": factors(dice, ("q1", "q2", "q5"), 0.5, 2.0)}}


def _circles(dice: random.Random) -> Plain:
    smallest = dice.randint(2, 4)
    return {
        "circles": dice.randint(0, 2),
        "smallest": smallest,
        "largest": smallest + dice.randint(0, 4),
        "mixing": number(dice, 0, 1),
    }
