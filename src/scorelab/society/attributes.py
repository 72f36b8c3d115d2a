"""What else people are: attributes drawn with a chance by cell, or read off the household."""

from collections.abc import Mapping
from math import fsum

import numpy as np
import numpy.typing as npt

from scorelab.kernel.fate import person_words
from scorelab.kernel.people import People
from scorelab.society.archetypes import Part
from scorelab.society.chances import cell_factors, scaled, thresholds
from scorelab.society.plan import FIRST_AGE, Plan, age_of_band
from scorelab.spec.limits import MOST_ATTRIBUTES
from scorelab.spec.margins import AGE_BANDS
from scorelab.spec.society import Attribute
from scorelab.words import CELLS, Age, Role, Sex, cell_parts

GROWN = FIRST_AGE[Age.a18_29]
"""From this age on nobody counts as a child whom a parent has to bring up."""


def attribute_shares(plan: Plan, attributes: Mapping[str, Attribute]) -> dict[str, tuple[float, ...]]:
    """Attribute -> [cell] expected share of the cell's persons who are so; in the order of the names.

    Raises ValueError for more than eight attributes, and where the factors of one rule out so large a share.
    """
    if len(attributes) > MOST_ATTRIBUTES:
        raise ValueError(f"a society has at most {MOST_ATTRIBUTES} attributes, not {len(attributes)}")
    return {name: _shares(plan, name, attributes[name]) for name in sorted(attributes)}


def draw_attributes(
    people: People, plan: Plan, attributes: Mapping[str, Attribute], county: int, words: tuple[int, int]
) -> npt.NDArray[np.uint8]:
    """[N] bit a: is so by attribute a, in the order of the names. Each has chance of its own, keyed by its name."""
    found = np.zeros(len(people.age), np.uint8)
    for bit, (name, shares) in enumerate(attribute_shares(plan, attributes).items()):
        if attributes[name].household is not None:
            is_so = lone_parents(people)
        else:
            word = person_words(len(found), 0, county, f"society/attribute/{name}", words)[0]
            is_so = word < thresholds(shares)[people.cell]
        found |= is_so.astype(np.uint8) << np.uint8(bit)
    return found


def lone_parents(people: People) -> npt.NDArray[np.bool_]:
    """[N] parents with a child below 18 and no partner in the household; grandparents are not meant."""
    young = people.parents[people.age < GROWN]
    has_child = np.zeros(len(people.age), np.bool_)
    has_child[young[young >= 0]] = True
    has_child &= (people.partner < 0) & (people.role == Role.parent)
    return has_child


def _shares(plan: Plan, name: str, attribute: Attribute) -> tuple[float, ...]:
    if (attribute.share is None) == (attribute.household is None):
        raise ValueError(f"the attribute {name} needs either a share or a household")
    if attribute.share is not None:
        what = f"the share of the attribute {name}"
        return scaled(cell_factors(attribute.who), plan.cell_share, attribute.share.value, what)
    return _lone_parent_shares(plan)


def _lone_parent_shares(plan: Plan) -> tuple[float, ...]:
    """[cell] lone parents with a child below 18: nothing but age and sex decides, since no margin says more.

    No margin says either that most of them are mothers: they are women as often as all who are not one of a couple.
    The bands of the age margin end at 17, so whether somebody is a child or grown can be told from the band.
    """
    parts: list[list[float]] = [[] for _ in Age]
    for archetype, weight in zip(plan.archetypes, plan.weight, strict=True):
        if Part.lone in archetype.parts:
            members = zip(archetype.parts, archetype.bands, strict=True)
            if any(part is Part.child and AGE_BANDS[band][1] < GROWN for part, band in members):
                parts[age_of_band(archetype.bands[archetype.parts.index(Part.lone)])].append(weight)
    alone = [fsum(part) for part in parts]
    persons = [[0.0] * len(Sex) for _ in Age]
    for age in Age:
        for sex in Sex:
            cells = [cell for cell in range(CELLS) if cell_parts(cell)[:2] == (age, sex)]
            persons[age][sex] = fsum(plan.cell_share[cell] for cell in cells)
    shares = []
    for cell in range(CELLS):
        age, sex, _, _ = cell_parts(cell)
        of_sex = plan.male_free if sex is Sex.male else 1.0 - plan.male_free
        shares.append(alone[age] * of_sex / persons[age][sex] if alone[age] > 0.0 else 0.0)
    return tuple(shares)
