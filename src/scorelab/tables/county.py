"""One county's tables: how many candidates a block meets in a week, and whom they meet.

The number of candidates of a kind in a block of persons is Poisson with the sum of their rates; each candidate
picks its person in proportion to the rates (Walker's alias method, in Vose's form, 1991, IEEE TSE 17:972). By the
superposition of Poisson processes, each person then meets a Poisson number with the person's own rate.
"""

import numpy as np
import numpy.typing as npt

from scorelab.kernel.fate import BLOCK, BY_PERSON, COUNT, person_words, philox
from scorelab.kernel.jit import jit, jit_making_arrays
from scorelab.kernel.layout import (
    NEVER,
    County,
    Int32s,
    Int64s,
    Law,
    UInt32s,
)
from scorelab.kernel.people import People
from scorelab.tables.build import Built
from scorelab.tables.kinds import WEIGHT_ONE
from scorelab.words import CELLS, Age

CELLS_AN_AGE = CELLS // len(Age)

SMALLEST_TERM = 1e-14
"""Terms of the Poisson law below this share of its largest term are left out; a word of 32 bits cannot see them."""


@jit_making_arrays
def _alias(weights, total, slots):  # type: ignore[no-untyped-def]
    """Fill one block's alias table from integer weights whose sum is ``total`` > 0."""
    n = weights.shape[0]
    scaled = np.empty(n, np.int64)
    small = np.empty(n, np.int64)
    large = np.empty(n, np.int64)
    smalls = 0
    larges = 0
    for i in range(n):
        scaled[i] = weights[i] * n
        slots[i, 0] = 4294967295
        slots[i, 1] = i
        if scaled[i] < total:
            small[smalls] = i
            smalls += 1
        else:
            large[larges] = i
            larges += 1
    while smalls > 0 and larges > 0:
        smalls -= 1
        less = small[smalls]
        more = large[larges - 1]
        slots[less, 0] = min(4294967295, int(scaled[less] / total * 4294967296.0))
        slots[less, 1] = more
        scaled[more] -= total - scaled[less]
        if scaled[more] < total:
            larges -= 1
            small[smalls] = more
            smalls += 1


@jit
def _poisson(mean, smallest, cut):  # type: ignore[no-untyped-def]
    """Cumulative Poisson law from its first term that matters, in units of 2**-32; returns (first, entries).

    Worked out from the mode outwards by ratios of neighbouring terms, so that no term overflows or vanishes.
    """
    mode = int(mean)
    first = mode
    term = 1.0
    total = 1.0
    while first > 0 and term > smallest:
        term = term * first / mean
        first -= 1
        total += term
    start = term
    last = mode
    term = 1.0
    while term > smallest:
        last += 1
        term = term * mean / last
        total += term
    entries = 0
    below = 0.0
    term = start
    for number in range(first, last + 1):
        below += term / total
        if below >= 1.0 - 1e-10 or entries == cut.shape[0]:
            break
        cut[entries] = min(4294967295, int(below * 4294967296.0))
        entries += 1
        term = term * mean / (number + 1)
    return first, entries


@jit_making_arrays
def _blocks(weights, block, alias):  # type: ignore[no-untyped-def]
    """The alias tables for weights [A, N]; returns the sums of the weights in each block [A, blocks]."""
    tables, persons = weights.shape
    count = (persons + block - 1) // block
    totals = np.zeros((tables, count), np.int64)
    for k in range(tables):
        for j in range(count):
            low = j * block
            high = min(persons, low + block)
            total = np.int64(0)
            for i in range(low, high):
                total += weights[k, i]
            if total > 0:
                _alias(weights[k, low:high], total, alias[k, low:high])
            totals[k, j] = total
    return totals


@jit
def _weigh(weight, trait, trait_weight, attribute_weight, cell, traits, attributes, out):  # type: ignore[no-untyped-def]
    """Each person's weight for each kind [K, N], in units of 1 / 65536."""
    for k in range(out.shape[0]):
        special = False
        for a in range(attribute_weight.shape[1]):
            special = special or attribute_weight[k, a] != 65536
        for i in range(out.shape[1]):
            factor = np.int64(65536)
            if trait[k] >= 0:
                factor = trait_weight[k, traits[i, trait[k]]]
            if special:
                for a in range(attribute_weight.shape[1]):
                    if attributes[i] >> a & 1:
                        factor = (factor * attribute_weight[k, a]) >> 16
            out[k, i] = (weight[k, cell[i]] * factor) >> 16


def person_weights(built: Built, people: People) -> Int64s:
    """Weight of each person for each kind [K, N]: the rate relative to the kind's intensity, times 65536."""
    assert WEIGHT_ONE == 1 << 16
    out = np.zeros((len(built.intensity), people.cell.shape[0]), np.int64)
    _weigh(
        *(built.weight, built.trait, built.trait_weight, built.attribute_weight),
        *(people.cell, people.traits, people.attributes, out),
    )
    return out


def _alike(weights: Int64s) -> tuple[Int64s, Int64s]:
    """The different rows of weights [K, N], and for each kind which of them is its own."""
    rows: list[int] = []
    which: list[int] = []
    totals = weights.sum(axis=1)
    for k, row in enumerate(weights):
        same = (a for a, other in enumerate(rows) if totals[other] == totals[k] and (weights[other] == row).all())
        found = next(same, len(rows))
        if found == len(rows):
            rows.append(k)
        which.append(found)
    return weights[rows], np.array(which, np.int64)


def cumulative(means: npt.NDArray[np.float64]) -> tuple[Int64s, UInt32s, Int64s]:
    """(first, cut, cut_from) of :class:`~scorelab.kernel.layout.County` for mean numbers [K, blocks]."""
    first = np.zeros(means.shape, np.int64)
    parts = []
    ends = [0]
    for row in range(means.size):
        mean = float(means.flat[row])
        part = np.zeros(0, np.uint32)
        if mean > 0:
            part = np.zeros(int(20 * mean**0.5) + 64, np.uint32)
            first.flat[row], entries = _poisson(mean, SMALLEST_TERM, part)
            part = part[:entries]
        parts.append(part)
        ends.append(ends[-1] + len(part))
    cut = np.concatenate([np.zeros(0, np.uint32), *parts])
    return first, cut, np.array(ends, np.int64)


def first_weeks(law: Law, number: int, words: tuple[int, int]) -> Int64s:
    """The week in which each scheme comes into force in a county, in each world [W, H]; NEVER where it does not.

    Each county draws its own place in the roll-out of each scheme, the same in every world; so with few counties the
    share that has joined is only roughly the one that is written.
    """
    place = np.uint64(number * 4096 + BY_PERSON)
    found = np.full(law.rollout.shape[:2], NEVER, np.int64)
    for h, why in enumerate(law.rollout_purpose):
        word = int(philox(np.uint64(COUNT), np.uint64(0), place, why, np.uint64(words[0]), np.uint64(words[1]))[0])
        for w in range(len(found)):
            weeks = [int(week) for week, below in law.rollout[w, h] if word < below]
            found[w, h] = min(weeks, default=NEVER)
    return found


def _ranks(
    names: tuple[str, ...], why: str, people: People, number: int, words: tuple[int, int], who: npt.NDArray[np.bool_]
) -> tuple[UInt32s, Int32s]:
    """For each scheme, the words of some of the people in rising order, and whose they are; -1 after the last."""
    persons = people.cell.shape[0]
    rank = np.zeros((len(names), persons), np.uint32)
    order = np.full((len(names), persons), -1, np.int32)
    chosen = np.flatnonzero(who)
    for h, name in enumerate(names):
        word = person_words(persons, 0, number, f"{why}/{name}", words)[0][chosen]
        rising = np.argsort(word, kind="stable")
        rank[h, : len(chosen)] = word[rising]
        order[h, : len(chosen)] = chosen[rising]
    return rank, order


def county(built: Built, people: People, number: int, words: tuple[int, int]) -> County:
    """The tables of county ``number``, whose chance is keyed by ``words`` (:func:`scorelab.kernel.fate.key`)."""
    weights, alias_of = _alike(person_weights(built, people))
    alias = np.zeros((*weights.shape, 2), np.uint32)
    totals = _blocks(weights, BLOCK, alias)[alias_of]
    first, cut, cut_from = cumulative(np.array(built.intensity, np.float64)[:, None] * (totals / 65536.0))
    adult = people.cell // CELLS_AN_AGE >= Age.a18_29
    aware_rank, aware_order = _ranks(built.names.schemes, "aware", people, number, words, np.ones_like(adult))
    join_rank, join_order = _ranks(built.names.schemes, "join", people, number, words, adult)
    return County(
        number=number,
        key0=words[0],
        key1=words[1],
        adults=int(adult.sum()),
        in_force=first_weeks(built.law, number, words),
        cell=people.cell,
        group=built.group[people.cell, people.attributes],
        condition=people.condition,
        attributes=people.attributes,
        exempt=built.exempt[people.attributes],
        tie_from=people.tie_from,
        tie=people.tie,
        aware_rank=aware_rank,
        aware_order=aware_order,
        join_rank=join_rank,
        join_order=join_order,
        alias=alias,
        alias_of=alias_of,
        first=first,
        cut=cut,
        cut_from=cut_from,
    )
