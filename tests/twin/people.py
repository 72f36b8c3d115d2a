"""Random people: what they are like, how they are tied, and what candidates are drawn for them."""

import random
from typing import Any

import numpy as np

from scorelab.kernel.layout import IN_ARREARS, County
from scorelab.words import Tie
from tests.twin.dice import ATTRIBUTES, CELLS, Size, bits

BLOCK = 4096
Ties = list[set[int]]


def random_county(dice: random.Random, size: Size, kinds: int, in_force: Any, busy: float) -> County:
    """A county of that size; ``busy`` scales how many candidates there are."""
    cell = [dice.randrange(CELLS) for _ in range(size.persons)]
    adults = [person for person in range(size.persons) if cell[person] // 20 >= 2]
    everybody = list(range(size.persons))
    tie_from, tie = _rows(dice, list(_ties(dice, size.persons).values()))
    aware = [_ranked(dice, everybody, size.persons) for _ in range(size.schemes)]
    joining = [_ranked(dice, adults, size.persons) for _ in range(size.schemes)]
    return County(
        number=dice.choice((0, dice.randrange(4000))),
        key0=dice.getrandbits(32),
        key1=dice.getrandbits(32),
        adults=len(adults),
        in_force=np.array(in_force, np.int64),
        cell=np.array(cell, np.uint8),
        group=np.array([dice.randrange(size.groups) for _ in everybody], np.uint8),
        condition=np.array([_condition(dice) for _ in everybody], np.uint8),
        attributes=np.array([bits(dice, ATTRIBUTES, 0.3) for _ in everybody], np.uint8),
        exempt=np.array(_exempt(size), np.uint8),
        tie_from=np.array(tie_from, np.int32),
        tie=np.array(tie, np.int32),
        aware_rank=np.array([rank for rank, _ in aware], np.uint32),
        aware_order=np.array([order for _, order in aware], np.int32),
        join_rank=np.array([rank for rank, _ in joining], np.uint32),
        join_order=np.array([order for _, order in joining], np.int32),
        **_candidates(dice, size, kinds, busy),
    )


def _exempt(size: Size) -> list[int]:
    """In some worlds every third person is exempt, in others some or nobody, by dice that move no other number."""
    dice = random.Random(str(size))
    some = [dice.choice((0.0, 0.0, 0.1, 0.3)) for _ in range(size.worlds)]
    return [sum(1 << w for w, share in enumerate(some) if dice.random() < share) for _ in range(size.persons)]


def _condition(dice: random.Random) -> int:
    return dice.choice((0, 1, 2, 2, 2, 3, 3, 4)) + IN_ARREARS * (dice.random() < 0.15)


def _ranked(dice: random.Random, who: list[int], room: int) -> tuple[list[int], list[int]]:
    """Rising words and whose they are, with nobody after the last."""
    ranked = sorted((dice.getrandbits(32), person) for person in who)
    empty = room - len(ranked)
    return [word for word, _ in ranked] + [2**32 - 1] * empty, [person for _, person in ranked] + [-1] * empty


def _ties(dice: random.Random, persons: int) -> dict[Tie, Ties]:
    """Couples, families, households, and circles of friends and colleagues."""
    ties: dict[Tie, Ties] = {kind: [set() for _ in range(persons)] for kind in Tie}
    shuffled = dice.sample(range(persons), persons)
    for one, other in zip(shuffled[::2], shuffled[1::2], strict=False):
        if dice.random() < 0.6:
            _bind(ties[Tie.partner], ties[Tie.partner], one, other)
    for child in range(1, persons):
        for parent in dice.sample(range(child), min(child, dice.choice((0, 1, 2, 2)))):
            _bind(ties[Tie.parent], ties[Tie.child], child, parent)
    while shuffled:
        count = dice.randint(1, 5)
        home, shuffled = shuffled[:count], shuffled[count:]
        for one in home:
            ties[Tie.household][one] |= set(home) - {one}
    for kind in (Tie.friend, Tie.colleague):
        for _ in range(persons * dice.choice((0, 1, 2))):
            one, other = dice.sample(range(persons), 2)
            _bind(ties[kind], ties[kind], one, other)
    return ties


def _bind(ties: Ties, back: Ties, one: int, other: int) -> None:
    ties[one].add(other)
    back[other].add(one)


def _rows(dice: random.Random, kinds: list[Ties]) -> tuple[list[list[int]], list[int]]:
    """Everybody's ties in a row, kind by kind, each person's in any order."""
    begins: list[list[int]] = []
    row: list[int] = []
    for ties in kinds:
        begins.append([len(row)])
        for others in ties:
            row += dice.sample(sorted(others), len(others))
            begins[-1].append(len(row))
    return begins, row


def _candidates(dice: random.Random, size: Size, kinds: int, busy: float) -> dict[str, Any]:
    """A fifth of each block meets most of what happens, so that much happens to the same people."""
    begins = range(0, size.persons, BLOCK)
    accept, other, first, cut, cut_from = [], [], [], [], [0]
    for _ in range(kinds):
        for begin in begins:
            here = min(BLOCK, size.persons - begin)
            accept += [dice.choice((0, dice.getrandbits(32), 2**32 - 1)) for _ in range(here)]
            other += [dice.randrange(here if dice.random() < 0.3 else -(-here // 5)) for _ in range(here)]
            first.append(dice.randint(0, int(8 * busy)))
            cut += sorted(dice.getrandbits(32) for _ in range(dice.randint(0, int(12 * busy))))
            cut_from.append(len(cut))
    return {
        "alias": np.array([accept, other], np.uint32).T.reshape(kinds, size.persons, 2)[::-1].copy(),
        "alias_of": np.arange(kinds)[::-1].copy(),  # backwards, so that no kind can take its own number for its table's
        "first": np.array(first, np.int64).reshape(kinds, len(begins)),
        "cut": np.array(cut, np.uint32),
        "cut_from": np.array(cut_from, np.int64),
    }
