"""The words behind the integers: what each index of a table stands for."""

from dataclasses import dataclass

from scorelab.words import AGE_LABELS, CELLS, cell_parts


@dataclass(frozen=True)
class Names:
    """Index -> word, for every axis. Everything but worlds, kinds and groups is sorted by name.

    ``groups`` holds one mapping attribute -> word for each group code; ``kinds`` holds (what, name, layer).
    """

    worlds: tuple[str, ...]
    behaviours: tuple[str, ...]
    services: tuple[str, ...]
    sources: tuple[str, ...]
    lists: tuple[str, ...]
    schemes: tuple[str, ...]
    domains: tuple[str, ...]
    groups: tuple[dict[str, str], ...]
    kinds: tuple[tuple[str, str, int], ...]


def cell_words(cell: int) -> dict[str, str]:
    """The attributes of a cell as words."""
    age, sex, residence, quintile = cell_parts(cell)
    return {"age": AGE_LABELS[age], "sex": sex.name, "residence": residence.name, "quintile": quintile.name}


def grouping(attributes: list[str]) -> tuple[tuple[dict[str, str], ...], list[int]]:
    """The groups that some attributes make, and the group of each cell. Groups are labels: they change no life."""
    groups: list[dict[str, str]] = []
    of_cell: list[int] = []
    for cell in range(CELLS):
        words = cell_words(cell)
        label = {attribute: words[attribute] for attribute in attributes}
        if label not in groups:
            groups.append(label)
        of_cell.append(groups.index(label))
    return tuple(groups), of_cell
