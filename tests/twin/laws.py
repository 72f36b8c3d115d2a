"""Random laws: one world's schemes, and what is assumed about how people take them."""

import math
import random
from typing import Any, NamedTuple

from scorelab.kernel.layout import (
    ALWAYS,
    CHANNEL_STATUS,
    CURVE_ONE,
    CURVE_STEPS,
    GRADE_STATUS,
    GRADES,
    LIST_BY_SCORE,
    LIST_COLUMNS,
    LIST_CORRECT,
    LIST_DISMISS,
    LIST_ENTER,
    LIST_LEAVE,
    LIST_NOTICE,
    LIST_REPAIR,
    LIST_REPAIR_AFTER,
    LIST_REPEAT,
    LIST_SCHEME,
    LIST_TERM,
    LIST_THEN,
    LIST_WITHIN,
    LISTS,
    NEVER,
    ONE,
    POWER_STEPS,
    PROCESS_APPEAL_WEEKS,
    PROCESS_APPEALS,
    PROCESS_COLUMNS,
    PROCESS_MAKES_GOOD,
    PROCESS_OBJECTS,
    PROCESS_TOLD,
    PROCESS_WINDOW,
    RULE_AFTER,
    RULE_ALONG,
    RULE_CAP,
    RULE_COLUMNS,
    RULE_DISAGREE,
    RULE_EXPIRES,
    RULE_FINE,
    RULE_LEAST,
    RULE_MEMORY,
    RULE_MOST,
    RULE_ONTO,
    RULE_SCHEME,
    RULE_TO_GRADE,
    RULE_WITHIN,
    STATUSES,
)
from scorelab.words import Tie
from tests.twin.dice import ATTRIBUTES, CELLS, CONDITIONS, Size, bits, rising, share, threshold

Row = dict[str, Any]
WIDE = 100_000
"""Points from the lowest to the highest score, where these are far apart."""


class Belongs(NamedTuple):
    """The schemes to which things belong, in all worlds."""

    source: list[int]
    rule: list[int]
    on_list: list[int]
    score: int


def random_belongs(dice: random.Random, size: Size) -> Belongs:
    """Any scheme can have anything, though one has the most; some laws keep no score."""
    most = dice.randrange(size.schemes)

    def some(count: int) -> list[int]:
        return [most if dice.random() < 0.6 else dice.randrange(size.schemes) for _ in range(count)]

    score = -1 if dice.random() < 0.1 else some(1)[0]
    return Belongs(some(size.sources), some(size.rules), some(size.lists), score)


def random_law(dice: random.Random, size: Size, belongs: Belongs) -> Row:
    """One world, every table under its name."""
    row = _score(dice, belongs)
    for part in (_calendar, _sources, _rules, _process, _lists, _channels, _doors, _response):
        row.update(part(dice, size, belongs, row))
    return row


def _score(dice: random.Random, belongs: Belongs) -> Row:
    if belongs.score < 0:
        return {"score": [-1, 0, 0, 0, 0], "grade_from": [0] + [NEVER] * (GRADES - 1)}
    start = dice.randint(0, 100)
    lowest, highest = start - dice.randint(5, 90), start + dice.randint(0, 40)
    if dice.random() < 0.3:  # so wide that accounts come to their own ends
        lowest, highest = start - WIDE // 2, start + WIDE // 2
    several = min(dice.choice((0, 1, 2, 3, 4, GRADES - 1)), highest - lowest)
    cuts = sorted(dice.sample(range(lowest + 1, highest + 1), several))
    return {
        "score": [belongs.score, start, lowest, highest, dice.choice((0, 1, 1, 4)) * _size_of_points(lowest, highest)],
        "grade_from": [lowest, *cuts] + [NEVER] * (GRADES - 1 - several),
    }


def _size_of_points(lowest: int, highest: int) -> int:
    """Points are larger where the score is wide."""
    return 700 if highest - lowest >= WIDE else 1


def _grades(dice: random.Random, row: Row, chance: float = 0.5) -> int:
    """Some of the grades that there are, mostly without the one at which everybody starts."""
    grades = row["grade_from"]
    some = bits(dice, GRADES - grades.count(NEVER), chance)
    start = sum(1 for cut in grades[1:] if cut <= row["score"][1])
    return some & ~(1 << start) if dice.random() < 0.7 else some


def _low_grades(dice: random.Random, row: Row) -> int:
    """All grades below one that is not above that of the start, so that many points together make a difference."""
    start = sum(1 for cut in row["grade_from"][1:] if cut <= row["score"][1])
    return int((1 << dice.randint(0, start)) - 1)


def _calendar(dice: random.Random, size: Size, belongs: Belongs, row: Row) -> Row:
    weeks, schemes = range(size.weeks), range(size.schemes)
    return {
        "in_force": [dice.choice((0, dice.randint(1, size.weeks // 3))) for _ in schemes],
        "rollout": [[[NEVER, ALWAYS]] for _ in schemes],
        "open_to_all": bits(dice, size.schemes, 0.7),
        "aware": [rising(dice, size.weeks) for _ in schemes],
        "joins": [rising(dice, size.weeks) for _ in schemes],
        "media": [[share(dice, 0.0, 0.5) * (dice.random() < 0.1) for _ in weeks] for _ in range(size.domains)],
        "published_lift": dice.choice((0, 1, 5)) * share(dice),
        "public_fade": threshold(dice, 0.5),
        "norm_push": [[share(dice, -0.6, 0.6) * (dice.random() < 0.2) for _ in weeks] for _ in range(size.behaviours)],
        "contagion": dice.choice((0, share(dice, 0.0, 3.0), share(dice, 0.0, 3.0))),
        "refill": [share(dice, 0.3) for _ in range(size.services)],
    }


def _sources(dice: random.Random, size: Size, belongs: Belongs, row: Row) -> Row:
    sources = range(size.sources)
    narrow = [dice.random() < 0.15 for _ in sources]
    named = [dice.sample(range(size.behaviours), dice.randint(1, size.behaviours)) for _ in sources]
    otherwise = [dice.choice((ONE, share(dice, 0.0, 1.5))) for _ in sources]
    return {
        "source_scheme": list(belongs.source),
        "delay": [dice.choice((0, 0, 1, 2, 5)) for _ in sources],
        "alert": [
            [0 if dice.random() < 0.2 else threshold(dice, 0.3) >> 14 * it for _ in range(size.behaviours)]
            for it in narrow
        ],
        "keep_true": [dice.choice((ONE, share(dice, 0.6))) for _ in sources],
        "keep_false": [dice.choice((ONE, share(dice, 0.5))) for _ in sources],
        "mistaken_for": [chosen + [-1] * (size.behaviours - len(chosen)) for chosen in named],
        "varied": [int(dice.random() < 0.7) for _ in sources],
        "sees": [[share(dice, 0.3, 2.5) << 15 * it for _ in range(CELLS)] for it in narrow],
        "attention": [dice.choice((ONE, share(dice, 0.5, 3.0))) for _ in sources],
        "attention_lists": [bits(dice, size.lists) for _ in sources],
        "attention_grades": [_grades(dice, row) for _ in sources],
        "otherwise": otherwise,
        "select": [_select(dice, factor) for factor in otherwise],
        "fused": [int(dice.random() < 0.4) for _ in sources],
        "fusion_needs": dice.choice((1, 1, 2, 2, 3)),
    }


def _select(dice: random.Random, otherwise: int) -> list[int]:
    """The least weight of the selected, and weights that sometimes speak against somebody."""
    if otherwise == ONE and dice.random() < 0.5:
        return [0] * (1 + CELLS + ATTRIBUTES + CONDITIONS)
    return [dice.randint(2, 8)] + [dice.randint(-1, 4) for _ in range(CELLS + ATTRIBUTES + CONDITIONS)]


def _rules(dice: random.Random, size: Size, belongs: Belongs, row: Row) -> Row:
    slots = dice.sample(range(size.rules), size.rules)
    rule_of = [[0] * size.behaviours for _ in range(size.schemes)]
    for number, scheme in enumerate(belongs.rule):
        for behaviour in dice.sample(range(size.behaviours), dice.randint(1, size.behaviours)):
            rule_of[scheme][behaviour] |= 1 << number
    large = _size_of_points(*row["score"][2:4])
    rules = [_rule(dice, size, belongs, scheme, slot, large) for scheme, slot in zip(belongs.rule, slots, strict=True)]
    return {"rule_of": rule_of, "rules": rules, "fined": [threshold(dice) for _ in range(CELLS)]}


def _rule(dice: random.Random, size: Size, belongs: Belongs, scheme: int, slot: int, large: int) -> list[int]:
    """Points with or without discretion, lists, a memory for repetition or for a cap, and what runs along ties."""
    rule = [0] * RULE_COLUMNS
    rule[RULE_SCHEME] = scheme
    rule[RULE_LEAST] = dice.choice((-40, -15, -7, -7, -3, 5, 20)) * large
    rule[RULE_MOST] = rule[RULE_LEAST] + dice.choice((0, 0, 1, 4, 9)) * large
    rule[RULE_DISAGREE] = threshold(dice)
    rule[RULE_ONTO] = bits(dice, size.lists, 0.4)
    if dice.random() < 0.8:  # a rule speaks of lists of its own scheme, though nothing depends on it
        rule[RULE_ONTO] &= sum(1 << on_list for on_list in range(size.lists) if belongs.on_list[on_list] == scheme)
    rule[RULE_MEMORY] = -1
    what = dice.choice(("", "", "after", "cap", "nothing"))
    if what:
        rule[RULE_MEMORY] = slot
        rule[RULE_WITHIN] = dice.randint(1, 20)
        rule[RULE_AFTER] = dice.randint(2, 3) if what == "after" else dice.randint(0, 1)
        rule[RULE_CAP] = min(30_000, dice.randint(1, 60) * large) if what == "cap" else 0
    rule[RULE_TO_GRADE] = dice.choice((-1, -1, -1, 0, 1, GRADES - 1))
    rule[RULE_EXPIRES] = dice.choice((0, 0, dice.randint(1, 12)))
    rule[RULE_FINE] = dice.randint(0, 1)
    for tie in Tie:
        rule[RULE_ALONG + tie] = dice.choice((0, share(dice, 0.05, 1.5)))
    return rule


def _process(dice: random.Random, size: Size, belongs: Belongs, row: Row) -> Row:
    return {"process": [_terms_of_process(dice) for _ in range(size.schemes)]}


def _terms_of_process(dice: random.Random) -> list[int]:
    terms = [share(dice) for _ in range(PROCESS_COLUMNS)]
    terms[PROCESS_TOLD] = threshold(dice)
    terms[PROCESS_WINDOW] = dice.choice((0, 0, 1, 3))
    terms[PROCESS_MAKES_GOOD] = share(dice, 0.0, 0.5)
    terms[PROCESS_OBJECTS] = share(dice)
    terms[PROCESS_APPEALS] = dice.choice((0, share(dice)))
    terms[PROCESS_APPEAL_WEEKS] = dice.randint(1, 6)
    return terms


def _lists(dice: random.Random, size: Size, belongs: Belongs, row: Row) -> Row:
    return {
        "lists": [_terms_of_list(dice, scheme, row) for scheme in belongs.on_list],
        "red": bits(dice, size.lists, 0.15),
        "published": bits(dice, size.lists),
        "stigma": dice.choice((0, share(dice, 0.5, 6.0), share(dice, 0.5, 6.0))),
        "settle": [[threshold(dice, 0.0, 0.4) for _ in range(CONDITIONS)] for _ in range(size.behaviours)],
        "cannot_pay": threshold(dice, 0.0, 0.6),
        "felt_loss": share(dice, 0.0, 4.0),
    }


def _terms_of_list(dice: random.Random, scheme: int, row: Row) -> list[int]:
    terms = [0] * LIST_COLUMNS
    _, start, lowest, _, _ = row["score"]
    ways = ("term", "term", "settled", "repeat", "repeat", "score", "score")
    how = dice.choice(ways if row["score"][0] >= 0 else ways[:-2])
    entered = row["score"][0] >= 0 and dice.random() < 0.5
    terms[LIST_SCHEME] = scheme
    terms[LIST_TERM] = dice.randint(1, 12) if how == "term" else 0
    terms[LIST_BY_SCORE] = int(how == "score")
    terms[LIST_ENTER] = dice.randint(max(lowest, start - 40), start) if entered else -NEVER
    terms[LIST_LEAVE] = start - dice.randint(-5, 30)
    terms[LIST_NOTICE] = threshold(dice)
    terms[LIST_CORRECT] = threshold(dice, 0.0, 0.4)
    if how == "repeat":
        terms[LIST_REPEAT] = dice.randint(1, 3)
        terms[LIST_WITHIN] = dice.randint(2, 30)
        terms[LIST_THEN] = dice.randint(1, 12)
    if dice.random() < 0.6:
        terms[LIST_REPAIR_AFTER] = dice.randint(0, 6)
        terms[LIST_REPAIR] = threshold(dice, 0.0, 0.5)
    terms[LIST_DISMISS] = dice.choice((0, threshold(dice)))
    return terms


def _channels(dice: random.Random, size: Size, belongs: Belongs, row: Row) -> Row:
    """Each brings a list or grades along a tie; some are not there."""
    tie = [-1 if dice.random() < 0.1 else int(dice.choice(list(Tie))) for _ in range(size.channels)]
    by_list = [dice.random() < 0.6 for _ in tie]
    on_list = [dice.randrange(size.lists) if kind >= 0 and it else -1 for kind, it in zip(tie, by_list, strict=True)]
    return {
        "channel_tie": tie,
        "channel_list": on_list,
        "channel_grades": [
            _grades(dice, row) if kind >= 0 and not it else 0 for kind, it in zip(tie, by_list, strict=True)
        ],
    }


def _doors(dice: random.Random, size: Size, belongs: Belongs, row: Row) -> Row:
    services = range(size.services)
    return {
        "bar_lists": [bits(dice, size.lists, 0.4) for _ in services],
        "bar_grades": [
            dice.choice((_grades(dice, row, 0.4), _grades(dice, row, 0.4), _low_grades(dice, row))) for _ in services
        ],
        "bar_tied": [bits(dice, size.channels, 0.5) for _ in services],
        "partial": [int(dice.random() < 0.5) for _ in services],
        "strength": [[dice.choice((ALWAYS, threshold(dice, 0.2))) for _ in range(STATUSES)] for _ in services],
        "favour_lists": [bits(dice, size.lists, 0.7) for _ in services],
        "favour_grades": [dice.choice((bits(dice, GRADES), _grades(dice, row))) for _ in services],
        "lift": [[threshold(dice, 0.6) for _ in range(LISTS + GRADES)] for _ in services],
        "unfavour_tied": [bits(dice, size.channels, 0.8) for _ in services],
        "throttle_lists": bits(dice, size.lists, 0.3),
        "throttle_grades": _grades(dice, row, 0.3),
        "throttle_tied": bits(dice, size.channels, 0.3),
        "status_scheme": _status_scheme(size, belongs, row),
        "owing": [threshold(dice, 0.0, 0.6) for _ in services],
        "spiral": int(dice.random() < 0.5),
        "not_asking": threshold(dice, 0.0, 0.6),
    }


def _status_scheme(size: Size, belongs: Belongs, row: Row) -> list[int]:
    schemes = [-1] * STATUSES
    schemes[: size.lists] = belongs.on_list
    schemes[GRADE_STATUS:CHANNEL_STATUS] = [row["score"][0]] * GRADES
    for channel, on_list in enumerate(row["channel_list"]):
        schemes[CHANNEL_STATUS + channel] = belongs.on_list[on_list] if on_list >= 0 else row["score"][0]
    return schemes


_BASES = ((0.4, 1.0), (0.4, 1.0), (0.01, 0.15), (0.0005, 0.005))
"""From and to: how likely an act is by itself."""


def _response(dice: random.Random, size: Size, belongs: Belongs, row: Row) -> Row:
    by_scheme = [range(size.behaviours) for _ in range(size.schemes)]
    half_life = dice.choice((2.0, 8.0, 26.0))
    floor, power = dice.uniform(0.0, 0.5), dice.uniform(0.4, 2.5)
    return {
        "base": [threshold(dice, *dice.choice(_BASES)) for _ in range(size.behaviours)],
        "deters": [bits(dice, size.schemes, 0.7) for _ in range(size.behaviours)],
        "slope": [[[share(dice, 0.0, 3.0) for _ in range(4)] for _ in behaviours] for behaviours in by_scheme],
        "innocent": [[dice.choice((0, share(dice, 0.0, 0.5))) for _ in behaviours] for behaviours in by_scheme],
        "reward": [
            [dice.choice((0, share(dice, 0.0, 3.0), share(dice, 0.0, 30.0))) for _ in behaviours]
            for behaviours in by_scheme
        ],
        "crowding": [[dice.choice((0, share(dice, 0.0, 1.5))) for _ in behaviours] for behaviours in by_scheme],
        "next_points": [dice.choice((0, 3, 7, 20)) for _ in range(size.behaviours)],
        "curve": _curve(dice, floor),
        "power": _power(dice, power),
        "prior": dice.choice((0, 3000, dice.randrange(65536), 65535)),
        "learning": dice.choice((0, 4000, dice.randrange(65537), 65536)),
        "heard": dice.choice((0, dice.randrange(65537), 65536)),
        "talk": dice.choice((0, threshold(dice), ALWAYS)),
        "spread": dice.choice((0, 6554, dice.randrange(65537), 65536)),
        "fade": [int(ALWAYS * 0.5 ** (week / half_life)) for week in range(size.weeks + 1)],
        "displacement": threshold(dice),
        "contrary": threshold(dice, 0.0, 0.5),
        "grievance": [share(dice, 0.5, 3.0) for _ in range(16)],
    }


def _curve(dice: random.Random, floor: float) -> list[int]:
    """As deterrence would have it, or with jumps, which show more."""
    if dice.random() < 0.5:
        return [int(CURVE_ONE * (floor + (1 - floor) * math.exp(-step / 32))) for step in range(CURVE_STEPS + 1)]
    return [CURVE_ONE] + [int(CURVE_ONE * dice.random()) for _ in range(CURVE_STEPS)]


def _power(dice: random.Random, exponent: float) -> list[int]:
    """As certainty would have it, or with jumps, which show the last bit of what is believed."""
    if dice.random() < 0.5:
        return [round(ONE * (step / POWER_STEPS) ** exponent) for step in range(POWER_STEPS + 1)]
    return [dice.randrange(ONE + 1) for _ in range(POWER_STEPS + 1)]
