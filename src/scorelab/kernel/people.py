"""The persons of one county as columns of integers: who they are at week 0, the same in every world."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt


class People(NamedTuple):
    """Everybody in a county, household by household; what no world can change, and the condition they start in.

    N persons, T traits. Members of a household stand next to each other; households are in a keyed random order.
    """

    cell: npt.NDArray[np.uint8]
    """[N] age band x sex x residence x income fifth, see :func:`scorelab.words.cell_of`."""

    condition: npt.NDArray[np.uint8]
    """[N] condition code at week 0: :class:`scorelab.words.Condition` in bits 0-2, bit 3 set for who is in arrears."""

    attributes: npt.NDArray[np.uint8]
    """[N] bit a: has attribute a of the society, attributes in the order of their names."""

    age: npt.NDArray[np.uint8]
    """[N] completed years at week 0."""

    role: npt.NDArray[np.uint8]
    """[N] :class:`scorelab.words.Role` in the household."""

    household: npt.NDArray[np.int32]
    """[N] number of the household in the county, rising by 0 or 1 from person to person."""

    parents: npt.NDArray[np.int32]
    """[N, 2] persons of the county who are this person's parents and live in the same household; -1 where none."""

    partner: npt.NDArray[np.int32]
    """[N] the person's wife or husband, who lives in the same household; -1 where none."""

    traits: npt.NDArray[np.uint8]
    """[N, T] class 0..63 of each trait, all classes equally likely."""

    tie_from: npt.NDArray[np.int32]
    """[Tie, N + 1] the persons who are so to person p are ``tie[tie_from[kind, p]:tie_from[kind, p + 1]]``."""

    tie: npt.NDArray[np.int32]
    """Persons, kind of tie by kind of tie, those of one person rising; never the person itself, and nobody twice."""
