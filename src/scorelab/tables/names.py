"""The words behind the integers: what each index of a table stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from scorelab.words import AGE_LABELS, CELLS, cell_parts

CELL_ATTRIBUTES = ("age", "sex", "residence", "quintile")
"""What a cell says of a person; everything else is an attribute that a society declares."""


@dataclass(frozen=True)
class Names:
    """Index -> word, for every axis. Everything but worlds, grades, kinds and groups is sorted by name.

    ``grades`` holds the grades of each world's score, the lowest first; ``groups`` one mapping attribute -> word for
    each group code; ``kinds`` holds (what, name, layer).
    """

    worlds: tuple[str, ...]
    behaviours: tuple[str, ...]
    services: tuple[str, ...]
    sources: tuple[str, ...]
    lists: tuple[str, ...]
    schemes: tuple[str, ...]
    domains: tuple[str, ...]
    attributes: tuple[str, ...]
    grades: tuple[tuple[str, ...], ...]
    groups: tuple[dict[str, str], ...]
    kinds: tuple[tuple[str, str, int], ...]


@cache
def cell_words(cell: int) -> Mapping[str, str]:
    """The attributes of a cell as words."""
    age, sex, residence, quintile = cell_parts(cell)
    words = {"age": AGE_LABELS[age], "sex": sex.name, "residence": residence.name, "quintile": quintile.name}
    return MappingProxyType(words)


def cell_factor(factors: dict[str, dict[str, float]], cell: int) -> float:
    """The product of the factors that fit a cell; ``factors`` maps age, sex, residence or quintile to words."""
    words = cell_words(cell)
    product = 1.0
    for attribute, by_word in factors.items():
        product *= by_word.get(words[attribute], 1.0)
    return product


def grouping(breakdown: list[str], attributes: tuple[str, ...]) -> tuple[tuple[dict[str, str], ...], list[list[int]]]:
    """The groups that a breakdown makes, and the group of each [cell][attributes a person has, as bits].

    Groups are labels: they change no life. All of the society's attributes in a breakdown make one column together.
    """
    groups: list[dict[str, str]] = []
    of_cell: list[list[int]] = []
    wanted = [name for name in breakdown if name in CELL_ATTRIBUTES]
    traits = [attributes.index(name) for name in attributes if name in breakdown]
    for cell in range(CELLS):
        words = cell_words(cell)
        row = []
        for bits in range(1 << len(attributes)):
            label = {name: words[name] for name in wanted}
            if traits:
                label["attributes"] = attributes_word([attributes[a] for a in traits if bits >> a & 1])
            if label not in groups:
                groups.append(label)
            row.append(groups.index(label))
        of_cell.append(row)
    return tuple(groups), of_cell


def attributes_word(names: list[str]) -> str:
    """What somebody with these attributes is called in a table."""
    return " + ".join(names) if names else "none"
