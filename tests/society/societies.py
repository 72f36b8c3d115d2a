"""Societies with only as much in them as drawing a county needs."""

from scorelab.spec.quantity import Quantity
from scorelab.spec.society import Arrears, Attribute, Circles, Society, Ties, Trait
from scorelab.spec.who import Group, Who


def number(value: float) -> Quantity:
    """A number without a source."""
    return Quantity(value=value)


def society(
    *traits: str,
    correlation: float = 0.4,
    attributes: dict[str, Attribute] | None = None,
    arrears: Arrears | None = None,
    ties: Ties | None = None,
) -> Society:
    """A society whose people have such traits, attributes, arrears and ties, and nothing else."""
    return Society.model_construct(
        trait_correlation=number(correlation),
        traits={name: Trait(shape=number(0.5)) for name in traits},
        attributes=attributes or {},
        arrears=arrears,
        ties=ties,
    )


def circles(rounds: int, smallest: int, largest: int, mixing: float) -> Circles:
    """One kind of circles."""
    return Circles(circles=rounds, smallest=smallest, largest=largest, mixing=number(mixing))


def usual_ties(mixing: float = 0.3) -> Ties:
    """Friends and colleagues as the model of circles is described with."""
    return Ties(friends=circles(3, 3, 7, mixing), colleagues=circles(1, 2, 10, mixing))


def behind(share: float, who: Who | None = None) -> Arrears:
    """Arrears of that share of adults at week 0."""
    return Arrears(
        share=number(share),
        begins_per_year=number(0.1),
        ends_per_year=number(0.5),
        when_not_working=number(0.5),
        over_a_fine=number(0.1),
        who=who or Who(),
    )


def everything() -> Society:
    """A society in which all of it plays a part."""
    attributes = {
        "owns-home": Attribute(share=number(0.6), who=Group(age={"0-5": 0, "6-17": 0}, quintile={"q1": 0.3, "q5": 2})),
        "minority": Attribute(share=number(0.09), who=Group(residence={"rural": 2})),
        "lone-parent": Attribute(household="lone-parent"),
    }
    who = Who(
        age={"60+": 0.5},
        quintile={"q1": 2, "q5": 0.5},
        condition={"jobless": 3, "student": 0.2},
        attribute={"lone-parent": 2, "owns-home": 0.5},
    )
    return society("driving", "money", attributes=attributes, arrears=behind(0.06, who), ties=usual_ties())
