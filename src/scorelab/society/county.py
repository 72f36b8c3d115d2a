"""The people of one county, drawn from a plan: exactly as many as asked for, and as close to the margins as can be.

Households are allocated, never drawn one by one: their numbers by size and depth come from the largest remainders,
the kinds within by systematic sampling, then households are exchanged for others of their size and depth until the
ages fit (controlled allocation; Ballas et al. 2005, "Simulating geography", call the last step reweighting by
swaps). Chance decides which household is where and who in it is how old, by words that depend on the county, the
number of the household or person, and the purpose: no other county plays a part.
"""

from fractions import Fraction
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from scorelab.kernel.fate import BLOCK, BY_PERSON, person_words, purpose
from scorelab.kernel.layout import IN_ARREARS
from scorelab.kernel.people import People
from scorelab.society import draw
from scorelab.society.archetypes import BIRTH, BIRTH_FIRST, GAP, GAP_FIRST, Archetype, Part, reference_of
from scorelab.society.arrears import draw_arrears
from scorelab.society.attributes import draw_attributes
from scorelab.society.plan import FIRST_AGE, MEMBERS, Plan, all_limits
from scorelab.society.ties import ties
from scorelab.spec.limits import LARGEST_COUNTY
from scorelab.spec.society import Society
from scorelab.words import Age, Condition, Role, Sex, Tie

PURPOSES = (
    *("society/pick", "society/exchange", "society/order", "society/household", "society/person", "society/trait"),
    *("society/circle", "society/attribute", "society/arrears"),
)
"""What the words of chance of this layer are for. Those of a trait, a circle or an attribute have its name behind."""
TRIES = 20_000
CLASSES = 64
PARTNERS = {Part.wife: Part.husband, Part.grandmother: Part.grandfather}
PARTNERS |= {his: her for her, his in PARTNERS.items()}
_YEARS = np.array([max(age for age, first in FIRST_AGE.items() if first <= year) for year in range(100)], np.uint8)


def people(plan: Plan, society: Society, persons: int, county: int, words: tuple[int, int]) -> People:
    """Exactly ``persons`` persons of a county, the same for the same plan, society, county and words of the key.

    Traits, attributes and circles are keyed by their names, so one more of them changes nothing else. A society
    without ties, attributes or arrears has nobody with friends, attributes or arrears. Raises ValueError for numbers
    out of range.
    """
    if not 1 <= persons <= LARGEST_COUNTY:
        raise ValueError(f"a county has between 1 and {LARGEST_COUNTY:,} persons, not {persons}")
    correlation = society.trait_correlation.value
    if not 0.0 <= correlation <= 1.0:
        raise ValueError(f"the correlation of traits lies between 0 and 1, not {correlation:g}")
    found = _settled(plan, persons, county, words)
    found = found._replace(traits=_traits(tuple(sorted(society.traits)), correlation, persons, county, words))
    found = found._replace(attributes=draw_attributes(found, plan, society.attributes, county, words))
    owing = draw_arrears(found, plan, society, county, words)
    tie_from, tie = ties(found, society.ties, county, words)
    condition = found.condition | (owing * np.uint8(IN_ARREARS))
    return found._replace(condition=condition, tie_from=tie_from, tie=tie)


def _settled(plan: Plan, persons: int, county: int, words: tuple[int, int]) -> People:
    """The households and who lives in them; neither traits nor attributes, arrears or ties as yet."""
    blue = blueprint(plan)
    key = (np.uint64(words[0]), np.uint64(words[1]))
    place = np.uint64(county * BLOCK + BY_PERSON)
    picked = _households(plan, blue, persons, county, words)
    draw.shuffle(picked, place, np.uint64(purpose("society/order")), *key)
    found = People(
        cell=np.empty(persons, np.uint8),
        condition=np.empty(persons, np.uint8),
        attributes=np.zeros(persons, np.uint8),
        age=np.empty(persons, np.uint8),
        role=np.empty(persons, np.uint8),
        household=np.empty(persons, np.int32),
        parents=np.empty((persons, 2), np.int32),
        partner=np.empty(persons, np.int32),
        traits=np.empty((persons, 0), np.uint8),
        tie_from=np.zeros((len(Tie), persons + 1), np.int32),
        tie=np.empty(0, np.int32),
    )
    places = np.empty(persons, np.uint8)
    sexes = np.empty(persons, np.uint8)
    left = _places(plan, np.bincount(blue.size[picked], minlength=MEMBERS + 1))
    whys = (np.uint64(purpose("society/household")), np.uint64(purpose("society/person")))
    draw.settle(blue, picked, left, found, places, sexes, place, whys, *key)
    draw.give_sex(sexes, _sexes(plan, sexes), place, whys[1], *key)
    pools = np.zeros(len(Age) * len(Sex) * 2, np.int64)
    draw.count_pools(found, sexes, _YEARS, pools)
    draw.finish(found, places, sexes, _YEARS, _conditions(plan, pools), place, whys[1], *key)
    return found


def _traits(
    names: tuple[str, ...], correlation: float, persons: int, county: int, words: tuple[int, int]
) -> npt.NDArray[np.uint8]:
    """[N, T] class 0..63 of each trait. ``correlation``: between any two traits of a person."""
    key = (np.uint64(words[0]), np.uint64(words[1]))
    place = np.uint64(county * BLOCK + BY_PERSON)
    common = np.empty(persons, np.uint8)
    draw.give_common(common, place, np.uint64(purpose("society/trait")), *key)
    traits = np.empty((persons, len(names)), np.uint8)
    for number, name in enumerate(names):
        why = np.uint64(purpose(f"society/trait/{name}"))
        draw.give_trait(traits[:, number], common, int(_root(correlation) * 2**32), place, why, *key)
    return traits


def _root(x: float) -> float:
    """The square root by Newton's method, from above."""
    r = 1.0
    while x > 0.0 and (better := (r + x / r) / 2.0) < r:
        r = better
    return r if x > 0.0 else 0.0


def _whole(total: int, shares: list[Fraction]) -> list[int]:
    """``total`` split in proportion to the shares, by largest remainders; the first of equals comes first."""
    mass = sum(shares)
    if mass == 0:
        return [total] + [0] * (len(shares) - 1)
    exact = [total * share / mass for share in shares]
    counts = [int(value) for value in exact]
    by_rest = sorted(range(len(shares)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_rest[: total - sum(counts)]:
        counts[i] += 1
    return counts


def _sizes(plan: Plan, persons: int) -> list[int]:
    """Households by number of members that together hold exactly so many persons; the list starts with size 0."""
    shares = [Fraction(share) for share in plan.size_share]
    wanted = [persons * share / sum(s * (n + 1) for n, s in enumerate(shares)) for share in shares]
    counts = [int(value) for value in wanted]
    rest = persons - sum(count * (n + 1) for n, count in enumerate(counts))
    while rest:
        usual = [i for i in range(min(rest, MEMBERS)) if wanted[i] > 0]
        n = max(usual or [rest - 1], key=lambda i: (wanted[i] - counts[i], i))
        counts[n] += 1
        rest -= n + 1
    return [0, *counts]


@lru_cache(maxsize=4)
def _class_shares(plan: Plan) -> dict[tuple[int, int], Fraction]:
    """(members, generations) -> households per person of the county, in the order of the classes."""
    shares: dict[tuple[int, int], list[Fraction]] = {}
    for archetype, weight in zip(plan.archetypes, plan.weight, strict=True):
        shares.setdefault(_class_key(archetype), []).append(Fraction(weight))
    return {key: sum(shares[key], Fraction(0)) for key in sorted(shares)}


def _class_counts(plan: Plan, persons: int) -> list[int]:
    """Households of each class, by size from the margin; what rounding owes to a depth the next smaller ones pay."""
    shares = _class_shares(plan)
    collective = int(persons * Fraction(plan.collective_share) + Fraction(1, 2))
    sizes = _sizes(plan, persons - collective)
    counts = {key: collective if key[1] == 0 else 0 for key in shares}
    owed = [Fraction(0)] * 4
    for size in range(MEMBERS, 0, -1):
        row = [key for key in shares if key[0] == size and key[1] > 0]
        mass = sum(shares[key] for key in row) or Fraction(1)
        exact = {key: sizes[size] * shares[key] / mass for key in row}
        for key in row:
            counts[key] = int(exact[key])
        for _ in range(sizes[size] - sum(counts[key] for key in row)):
            key = max(row, key=lambda k: (owed[k[1]] + exact[k] - counts[k], k))
            counts[key] += 1
        for key in row:
            owed[key[1]] += exact[key] - counts[key]
    return [counts[key] for key in shares]


def _households(
    plan: Plan, blue: draw.Blueprint, persons: int, county: int, words: tuple[int, int]
) -> npt.NDArray[np.int64]:
    """The archetype of every household and collective resident, class by class."""
    counts = _class_counts(plan, persons)
    picked = np.empty(sum(counts), np.int64)
    starts = person_words(len(counts), 0, county, "society/pick", words)
    at = 0
    for number, count in enumerate(counts):
        if count:
            first, last = blue.first[number], blue.first[number + 1]
            draw.pick(blue.sums, first, last, count, int(starts[0, number]), picked, at)
        at += count
    away = -np.array([int(persons * Fraction(share) * draw.UNIT) for share in plan.age_share], np.int64)
    bands = blue.bands[picked]
    away += draw.UNIT * np.bincount(bands[bands >= 0], minlength=len(away))
    place = np.uint64(county * BLOCK + BY_PERSON)
    why = np.uint64(purpose("society/exchange"))
    draw.improve(blue, picked, away, TRIES, place, why, np.uint64(words[0]), np.uint64(words[1]))
    return picked


def _places(plan: Plan, sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """[members, residence x fifth] households, so that the persons of each place are as many as they should be."""
    shares = [Fraction(share) for share in plan.place_share]
    left = np.zeros((MEMBERS + 1, len(shares)), np.int64)
    owed = [Fraction(0)] * len(shares)
    for size in range(MEMBERS, 0, -1):
        exact = [int(sizes[size]) * share for share in shares]
        given = [int(value) for value in exact]
        owed = [o + size * (e - g) for o, e, g in zip(owed, exact, given, strict=True)]
        for _ in range(int(sizes[size]) - sum(given)):
            best = max(range(len(shares)), key=lambda i: (owed[i], -i))
            given[best] += 1
            owed[best] -= size
        left[size] = given
    return left


def _sexes(plan: Plan, sexes: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """How many of those who are free are female and male."""
    free = int(np.count_nonzero(sexes == draw.FREE))
    male = int(len(sexes) * Fraction(plan.male_share) + Fraction(1, 2)) - int(np.count_nonzero(sexes == draw.MALE))
    male = min(max(male, 0), free)
    return np.array([free - male, male], np.int64)


def _conditions(plan: Plan, pools: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """[(age, sex, pool), condition] persons: the margin of the age band in both sexes, students from pool 0 first."""
    left: list[list[int]] = []
    by_age = pools.reshape(len(Age), len(Sex), 2)
    for age in Age:
        wanted = _whole(int(by_age[age].sum()), [Fraction(share) for share in plan.condition_share[age]])
        women = _whole(int(by_age[age, Sex.female].sum()), [Fraction(count) for count in wanted])
        men = [count - mine for count, mine in zip(wanted, women, strict=True)]
        for sex, counts in ((Sex.female, women), (Sex.male, men)):
            first = int(by_age[age, sex, 0])
            students = min(first, counts[Condition.student])
            rest = [Fraction(0 if c == Condition.student else counts[c]) for c in Condition]
            mine = _whole(first - students, rest) if any(rest) else [0] * len(rest)
            mine[Condition.student] += students
            left += [mine, [count - own for count, own in zip(counts, mine, strict=True)]]
    return np.array(left, np.int64)


def _class_key(archetype: Archetype) -> tuple[int, int]:
    return len(archetype.parts), archetype.generations


@lru_cache(maxsize=4)
def blueprint(plan: Plan) -> draw.Blueprint:
    """The plan as integers, sorted by class and, within, by the ages of the household."""
    keys = list(_class_shares(plan))
    order = sorted(
        range(len(plan.archetypes)),
        key=lambda i: (_class_key(plan.archetypes[i]), plan.archetypes[i].bands, plan.archetypes[i].kind),
    )
    count = len(order)
    blue = draw.Blueprint(
        size=np.zeros(count, np.int64),
        kind=np.zeros(count, np.int64),
        sums=np.zeros(count, np.int64),
        first=np.zeros(len(keys) + 1, np.int64),
        bands=np.full((count, MEMBERS), -1, np.int64),
        sex=np.zeros((count, MEMBERS), np.int64),
        role=np.zeros((count, MEMBERS), np.int64),
        above=np.zeros((count, MEMBERS), np.int64),
        how=np.zeros((count, MEMBERS), np.int64),
        whose=np.zeros((count, MEMBERS), np.int64),
        parents=np.full((count, MEMBERS, 2), -1, np.int64),
        partner=np.full((count, MEMBERS), -1, np.int64),
        either=np.zeros(count, np.int64),
        low=np.zeros((count, MEMBERS), np.int64),
        high=np.zeros((count, MEMBERS), np.int64),
        most=np.zeros((count, MEMBERS, MEMBERS), np.int64),
        frequency=_frequencies(),
    )
    bounds = all_limits()
    for row, index in enumerate(order):
        archetype = plan.archetypes[index]
        low, high, most = bounds[index]
        size = len(archetype.parts)
        blue.size[row] = size
        blue.kind[row] = keys.index(_class_key(archetype))
        blue.bands[row, :size] = archetype.bands
        blue.low[row, :size] = low
        blue.high[row, :size] = high
        blue.most[row, :size, :size] = [line[:size] for line in most[:size]]
        _write_members(blue, row, archetype.parts)
    blue.first[1:] = np.cumsum(np.bincount(blue.kind, minlength=len(keys)))
    for number in range(len(keys)):
        rows = range(int(blue.first[number]), int(blue.first[number + 1]))
        shares = _whole(1 << 30, [Fraction(plan.weight[order[row]]) for row in rows])
        blue.sums[rows.start : rows.stop] = np.cumsum(shares)
    return blue


def _frequencies() -> npt.NDArray[np.int64]:
    table = np.zeros((4, draw.RELATED), np.int64)
    table[draw.AFTER_PARTNER, draw.ZERO + GAP_FIRST : draw.ZERO + GAP_FIRST + len(GAP)] = GAP
    for how in (draw.BEFORE_PARENT, draw.AFTER_CHILD):
        table[how, draw.ZERO + BIRTH_FIRST : draw.ZERO + BIRTH_FIRST + len(BIRTH)] = BIRTH
    return table


def _write_members(blue: draw.Blueprint, row: int, parts: tuple[Part, ...]) -> None:
    couple = Part.wife in parts
    elders = [i for i, part in enumerate(parts) if part >= Part.grandmother and part != Part.collective]
    above = [*elders, -1, -1][:2]
    middle = Part.wife in parts or Part.lone in parts
    blue.either[row] = int(couple and bool(elders))
    for i, part in enumerate(parts):
        blue.whose[row, i] = reference_of(parts, i)
        if part in PARTNERS and PARTNERS[part] in parts:
            blue.partner[row, i] = parts.index(PARTNERS[part])
        if part in (Part.wife, Part.grandmother):
            blue.sex[row, i] = draw.FEMALE
        elif part in (Part.husband, Part.grandfather):
            blue.sex[row, i] = draw.MALE
        else:
            blue.sex[row, i] = draw.FREE
        if part in (Part.husband, Part.grandfather):
            blue.how[row, i] = draw.AFTER_PARTNER
        elif part is Part.child and middle:
            blue.how[row, i] = draw.BEFORE_PARENT
        elif i in elders and middle:
            blue.how[row, i] = draw.AFTER_CHILD
        if part is Part.child:
            blue.role[row, i], blue.above[row, i] = Role.child, 1
            blue.parents[row, i] = (0, 1) if couple else (0, -1) if middle else (-1, -1)
        elif part in (Part.wife, Part.husband, Part.lone):
            blue.role[row, i] = Role.parent if Part.child in parts else Role.partner
            blue.above[row, i] = 2
            blue.parents[row, i] = above
        elif i in elders:
            blue.role[row, i], blue.above[row, i] = Role.parent, 3
        else:
            blue.role[row, i] = Role.collective if part is Part.collective else Role.single
