"""The compiled part of drawing a county: households are picked, improved, shuffled and filled with people; ties.

Integers only. All compiled functions of the layer stand in this one file, because the compiler's cache does not
notice changes in other files of it.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scorelab.kernel.fate import philox
from scorelab.kernel.jit import jit_making_arrays as jit
from scorelab.words import Quintile, Residence, Role, Sex

UNIT = 1 << 20
"""Deviations from margins are counted in this many parts of a person."""

ANY, AFTER_PARTNER, BEFORE_PARENT, AFTER_CHILD = 0, 1, 2, 3
"""How a member's age is drawn: evenly; by the gap of partners; as a child; as a parent of the first member."""
FEMALE, MALE, FREE = int(Sex.female), int(Sex.male), 2
_PARTNER, _PARENT, _ELDER = int(Role.partner), int(Role.parent), int(Role.elder)
_PLACES = len(Residence) * len(Quintile)
_SEXES = len(Sex)
RELATED = 128
"""Length of the tables of age differences; a difference d stands at d + 32."""
ZERO = 32


class Blueprint(NamedTuple):
    """A plan as integers. A: archetypes, sorted by class; K: classes (households alike in size and generations)."""

    size: npt.NDArray[np.int64]
    """[A]"""
    kind: npt.NDArray[np.int64]
    """[A] class"""
    sums: npt.NDArray[np.int64]
    """[A] weights added up within the class, to 2**30"""
    first: npt.NDArray[np.int64]
    """[K + 1] first archetype of the class"""
    bands: npt.NDArray[np.int64]
    """[A, member] band of the age margin"""
    sex: npt.NDArray[np.int64]
    """[A, member] FEMALE, MALE or FREE"""
    role: npt.NDArray[np.int64]
    """[A, member] role of those below the age of elders"""
    above: npt.NDArray[np.int64]
    """[A, member] 0 alone in the dwelling or no kin; 1 child; 2 middle; 3 top: has children or grandchildren here"""
    how: npt.NDArray[np.int64]
    """[A, member] how the age is drawn"""
    whose: npt.NDArray[np.int64]
    """[A, member] the member whose age it is measured from"""
    parents: npt.NDArray[np.int64]
    """[A, member, 2] members who are the parents; -1 where none"""
    partner: npt.NDArray[np.int64]
    """[A, member] the member who is wife or husband; -1 where none"""
    either: npt.NDArray[np.int64]
    """[A] 1 where the elders are the parents of the first or of the second member, as chance has it"""
    low: npt.NDArray[np.int64]
    """[A, member] earliest age"""
    high: npt.NDArray[np.int64]
    """[A, member] latest age"""
    most: npt.NDArray[np.int64]
    """[A, member, member] by how much at most the first may be older than the second"""
    frequency: npt.NDArray[np.int64]
    """[how, difference + 32] relative frequency of a difference of ages"""


@jit
def pick(sums, first, last, count, start, out, at):  # type: ignore[no-untyped-def]
    """Systematic sample: ``count`` archetypes of one class, each as often as its weight says to within one."""
    total = sums[last - 1]
    archetype = first
    for i in range(count):
        place = (i * total + ((start * total) >> 32)) // count
        while sums[archetype] <= place:
            archetype += 1
        out[at + i] = archetype


@jit
def improve(blue, picked, away, tries, place, why, k0, k1):  # type: ignore[no-untyped-def]
    """Exchange households for others of their class while that brings the age margin closer.

    ``away`` [band]: realised minus wanted persons, in UNITs; read and written, as is ``picked``. Returns the number
    of exchanges. An exchange is made only if the sum of all deviations falls.
    """
    made = 0
    change = np.zeros(len(away), np.int64)
    for i in range(tries):
        a, b, _, _ = philox(np.uint64(i), np.uint64(0), place, why, k0, k1)
        slot = (np.int64(a) * len(picked)) >> 32
        old = picked[slot]
        kind = blue.kind[old]
        low, high = blue.first[kind], blue.first[kind + 1] - 1
        word = (np.int64(b) * blue.sums[high]) >> 32
        while low < high:
            middle = (low + high) // 2
            if blue.sums[middle] > word:
                high = middle
            else:
                low = middle + 1
        change[:] = 0
        for member in range(blue.size[old]):
            change[blue.bands[old, member]] -= UNIT
            change[blue.bands[low, member]] += UNIT
        gain = 0
        for band in range(len(away)):
            gain += abs(away[band]) - abs(away[band] + change[band])
        if gain > 0:
            picked[slot] = low
            away += change
            made += 1
    return made


@jit
def shuffle(picked, place, why, k0, k1):  # type: ignore[no-untyped-def]
    """All orders equally likely (Fisher & Yates), but for 2**-32 parts."""
    for i in range(len(picked) - 1, 0, -1):
        word, _, _, _ = philox(np.uint64(i), np.uint64(0), place, why, k0, k1)
        j = (np.int64(word) * (i + 1)) >> 32
        picked[i], picked[j] = picked[j], picked[i]


@jit
def _take(left, total, word):  # type: ignore[no-untyped-def]
    """One ball of an urn with ``left[colour]`` balls; it is taken out. Exact counts, in random order."""
    at = (np.int64(word) * total) >> 32
    colour = 0
    while at >= left[colour]:
        at -= left[colour]
        colour += 1
    left[colour] -= 1
    return colour


@jit
def _age(blue, archetype, member, ages, start, word):  # type: ignore[no-untyped-def]
    low, high = blue.low[archetype, member], blue.high[archetype, member]
    for other in range(member):
        age = np.int64(ages[start + other])
        low = max(low, age - blue.most[archetype, other, member])
        high = min(high, age + blue.most[archetype, member, other])
    how = blue.how[archetype, member]
    width = high - low + 1
    if how == ANY and low >= 80:  # in the open band, every year has fewer people than the one before
        shorter = 1 + min((np.int64(word) >> 16) * width >> 16, width * 3 // 4)
        return low + ((np.int64(word) & 0xFFFF) * shorter >> 16)
    if how == ANY:
        return low + ((np.int64(word) * width) >> 32)
    whose = np.int64(ages[start + blue.whose[archetype, member]])
    sign = -1 if how == BEFORE_PARENT else 1
    total = 0
    for year in range(low, high + 1):
        total += blue.frequency[how, ZERO + sign * (year - whose)]
    if total == 0:
        return low + ((np.int64(word) * width) >> 32)
    at = (np.int64(word) * total) >> 32
    for year in range(low, high):
        at -= blue.frequency[how, ZERO + sign * (year - whose)]
        if at < 0:
            return year
    return high


@jit
def settle(blue, picked, left, people, places, sexes, place, whys, k0, k1):  # type: ignore[no-untyped-def]
    """Fill the households with people: ages, roles, parents, household numbers, place (residence x fifth).

    ``left`` [members, place]: households still to be given to each place; used up. Writes ``people.age``, ``role``,
    ``household``, ``parents``, ``partner``, and ``places`` and ``sexes`` per person.
    """
    start = 0
    for house in range(len(picked)):
        archetype = picked[house]
        size = blue.size[archetype]
        word, side, _, _ = philox(np.uint64(house), np.uint64(0), place, whys[0], k0, k1)
        where = _take(left[size], left[size].sum(), word)
        grown = False
        for member in range(size):
            word, _, _, _ = philox(np.uint64(start + member), np.uint64(0), place, whys[1], k0, k1)
            age = _age(blue, archetype, member, people.age, start, word)
            people.age[start + member] = age
            people.household[start + member] = house
            places[start + member] = where
            sexes[start + member] = blue.sex[archetype, member]
            grown = grown or (blue.above[archetype, member] < 2 and age >= 18)
        chosen = np.int64(side) & 1
        for member in range(size):
            at = start + member
            above = blue.above[archetype, member]
            older = people.age[at] >= 60 and (above == 3 or (above == 2 and grown))
            people.role[at] = _ELDER if older else blue.role[archetype, member]
            partner = blue.partner[archetype, member]
            people.partner[at] = start + partner if partner >= 0 else -1
            for which in range(2):
                parent = blue.parents[archetype, member, which]
                stands = parent >= 0 and (blue.either[archetype] == 0 or member > 1 or member == chosen)
                people.parents[at, which] = start + parent if stands else -1
        start += size


@jit
def give_sex(sexes, left, place, why, k0, k1):  # type: ignore[no-untyped-def]
    """Sex of those who are free. ``left`` [2]: how many are still to be female and male; used up."""
    for i in range(len(sexes)):
        _, word, _, _ = philox(np.uint64(i), np.uint64(0), place, why, k0, k1)
        if sexes[i] == FREE:
            sexes[i] = _take(left, left.sum(), word)


@jit
def finish(people, places, sexes, ages, left, place, why, k0, k1):  # type: ignore[no-untyped-def]
    """Condition and cell. ``ages`` [years]: age band of the vocabulary.

    ``left`` [(age band, sex, pool), condition]: how many are still to be given; used up.
    """
    for i in range(len(places)):
        _, _, word, _ = philox(np.uint64(i), np.uint64(0), place, why, k0, k1)
        row = np.int64(ages[people.age[i]]) * _SEXES + np.int64(sexes[i])
        people.cell[i] = row * _PLACES + np.int64(places[i])
        row = 2 * row + pool(people.age[i], people.role[i])
        people.condition[i] = _take(left[row], left[row].sum(), word)


@jit
def pool(age, role):  # type: ignore[no-untyped-def]
    """0 for those who are first in line for school: everybody below 16, and grown people without partner or child."""
    if age < 18:
        return 0 if age < 16 else 1
    return 1 if role in (_PARTNER, _PARENT, _ELDER) else 0


@jit
def count_pools(people, sexes, ages, out):  # type: ignore[no-untyped-def]
    """``out`` [(age band, sex, pool)]: persons."""
    for i in range(len(people.age)):
        row = np.int64(ages[people.age[i]]) * _SEXES + np.int64(sexes[i])
        out[2 * row + pool(people.age[i], people.role[i])] += 1


@jit
def give_trait(classes, common, threshold, place, why, k0, k1):  # type: ignore[no-untyped-def]
    """One trait of everybody: the class that a person's traits share, or one of its own.

    ``threshold``: chance of the shared class in parts of 2**32. ``common`` [N]; ``classes`` [N] is written.
    """
    for i in range(len(common)):
        word, own, _, _ = philox(np.uint64(i), np.uint64(0), place, why, k0, k1)
        classes[i] = common[i] if np.int64(word) < threshold else np.int64(own) >> 26


@jit
def give_common(common, place, why, k0, k1):  # type: ignore[no-untyped-def]
    """The class that a person's traits share: 0..63, all equally likely."""
    for i in range(len(common)):
        word, _, _, _ = philox(np.uint64(i), np.uint64(0), place, why, k0, k1)
        common[i] = np.int64(word) >> 26


@jit
def cut(row, words, smallest, largest, circle):  # type: ignore[no-untyped-def]
    """Cut a row of people into circles; the first one in each draws its size. What is left makes the last circle.

    ``words`` [N]; ``circle`` [N] is written for those who stand in the row.
    """
    number = 0
    left = 0
    for at in range(len(row)):
        if left == 0:
            left = smallest + ((np.int64(words[row[at]]) * (largest - smallest + 1)) >> 32)
            number += 1
        circle[row[at]] = number
        left -= 1


@jit
def join(rows, circles, household, room, pairs):  # type: ignore[no-untyped-def]
    """Everybody in a circle with everybody else in it, round by round, but for members of one household.

    Two who met in an earlier round are not tied again; who has no room left is not tied at all. ``rows`` [round,
    place], ``circles`` [round, N], ``room`` [N]: further ties of each person, used up. Writes ``pairs`` [2, pair]
    and returns how many there are.
    """
    count = 0
    for number in range(len(rows)):
        row, circle = rows[number], circles[number]
        for at in range(len(row)):
            one = row[at]
            for further in range(at + 1, len(row)):
                other = row[further]
                if circle[other] != circle[one]:
                    break
                new = household[one] != household[other] and room[one] > 0 and room[other] > 0
                for earlier in range(number):
                    new = new and circles[earlier, one] != circles[earlier, other]
                if new:
                    pairs[0, count], pairs[1, count] = one, other
                    room[one] -= 1
                    room[other] -= 1
                    count += 1
    return count


@jit
def lists(pairs, count, start, loose, tie):  # type: ignore[no-untyped-def]
    """Each person's ties, rising, from ``count`` pairs: written to ``tie``; ``start`` [N + 1] says where they begin.

    ``loose`` is room of the length of ``tie``. Handing everybody over to their ties, person by person, sorts them.
    """
    persons = len(start) - 1
    start[:] = 0
    for i in range(count):
        start[pairs[0, i] + 1] += 1
        start[pairs[1, i] + 1] += 1
    for person in range(persons):
        start[person + 1] += start[person]
    fill = start[:persons].copy()
    for i in range(count):
        one, other = pairs[0, i], pairs[1, i]
        loose[fill[one]] = other
        loose[fill[other]] = one
        fill[one] += 1
        fill[other] += 1
    fill[:] = start[:persons]
    for person in range(persons):
        for i in range(start[person], start[person + 1]):
            tie[fill[loose[i]]] = person
            fill[loose[i]] += 1
