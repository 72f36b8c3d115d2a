"""What random schemes lead to: rules, due process, consequences."""

import random

from tests.twin.spec_dice import Plain, Words, maybe, number, some


def random_rules(
    dice: random.Random, words: Words, watched: list[str], lists: dict[str, Plain], score: Plain | None
) -> list[Plain]:
    """Rules onto every list that needs one, and rules that move points or lead down into a grade."""
    rules = [_onto(dice, watched, name) for name, clause in lists.items() if _needs_a_rule(dice, clause)]
    if score is not None:
        rules += [_points(dice, words, some(dice, watched)) for _ in range(dice.randint(1, 4))]
        rules.append({"when": some(dice, watched), "points": -dice.randint(1, 40)})
        rules += [_to_grade(dice, watched, score["grades"]) for _ in range(2) if len(score["grades"]) > 1]
    for rule in rules:
        moves = "points" in rule or "to_grade" in rule
        rule |= maybe(dice, 0.35, expires_weeks=dice.randint(1, 12)) if moves else {}
        rule |= maybe(dice, 0.5, along=_along(dice, words)) if moves else {}
        rule |= _memory(dice, "points" in rule)
        rule |= maybe(dice, 0.5, fine=True) if words.arrears else {}
    dice.shuffle(rules)
    return rules


def _needs_a_rule(dice: random.Random, clause: Plain) -> bool:
    return "enter_below" not in clause or dice.random() < 0.4


def _onto(dice: random.Random, watched: list[str], name: str) -> Plain:
    return {"when": some(dice, watched), "onto": name}


def _points(dice: random.Random, words: Words, when: list[str]) -> Plain:
    """Points are mostly given for what is good, and taken for the rest."""
    good = any(name in words.prosocial for name in when)
    points = dice.choice((5, 10, 20, -7)) if good else dice.choice((-60, -40, -15, -7, -7, 10))
    to = points + dice.choice((-30, -5, -1, 2, 9, 25))
    return {
        "when": when,
        "points": points,
        **maybe(dice, 0.4, discretion={"to": to, "disagreement": number(dice, 0.1, 1)}),
    }


def _to_grade(dice: random.Random, watched: list[str], grades: dict[str, int]) -> Plain:
    """Down into any grade but the highest."""
    lower = sorted(grades, key=grades.__getitem__)[:-1]
    return {"when": some(dice, watched), "to_grade": dice.choice(lower)}


def _along(dice: random.Random, words: Words) -> Plain:
    return {tie: number(dice, 0.1, 1) for tie in some(dice, words.tied()) if dice.random() < 0.7}


def _memory(dice: random.Random, moves_points: bool) -> Plain:
    """A rule may wait for repetition, or move no more than so many points."""
    what = dice.choice(("", "", "", "after", "cap"))
    within = dice.randint(1, 30)
    if what == "after":
        return {"after": {"count": dice.randint(2, 3), "within_weeks": within}}
    if what == "cap" and moves_points:
        return {"at_most": {"points": dice.randint(5, 90), "within_weeks": within}}
    return {}


def random_process(dice: random.Random) -> Plain:
    """Being told, a window, an appeal: at least one of them."""
    window = {
        "weeks": dice.randint(1, 3),
        **maybe(dice, 0.8, makes_good=number(dice, 0, 0.5)),
        **maybe(dice, 0.8, objects=number(dice, 0.2, 1)),
        **maybe(dice, 0.8, upheld_if_true=number(dice, 0, 0.6)),
        **maybe(dice, 0.8, upheld_if_false=number(dice, 0.3, 1)),
    }
    appeal = {
        "asks": number(dice, 0.2, 1),
        "weeks": dice.randint(1, 5),
        "upheld_if_true": number(dice, 0, 0.6),
        "upheld_if_false": number(dice, 0.3, 1),
    }
    parts = {"told": number(dice, 0.2, 1), "window": window, "appeal": appeal}
    return {name: parts[name] for name in some(dice, parts)}


def random_consequences(dice: random.Random, words: Words, lists: dict[str, Plain], score: Plain | None) -> list[Plain]:
    """Of every list and of some grades: for oneself, and for those along a tie or two."""
    found = []
    for name, clause in lists.items():
        status = {"while_on": name}
        found += [_for_oneself(dice, words, status, closes=not clause["red"])]
        found += [_for_others(dice, words, status, closes=not clause["red"]) for _ in range(dice.choice((0, 1, 2)))]
    grades = score["grades"] if score is not None else {}
    if grades:
        others = [name for name, lowest in grades.items() if lowest < grades[_first(score)]]
        found += [_for_oneself(dice, words, {"while_grade": some(dice, grades)}, closes=False) for _ in range(2)]
        for _ in range(2 if others else 0):
            found.append(_for_oneself(dice, words, {"while_grade": some(dice, others)}, closes=True))
            found.append(_for_others(dice, words, {"while_grade": some(dice, others)}, closes=True))
    return [clause for clause in found if len(clause) > 2]


def _first(score: Plain | None) -> str:
    """The grade in which everybody begins."""
    assert score is not None
    reached: dict[str, int] = {name: lowest for name, lowest in score["grades"].items() if lowest <= score["start"]}
    return max(reached, key=reached.__getitem__)


def _for_oneself(dice: random.Random, words: Words, status: Plain, *, closes: bool) -> Plain:
    favour = {name: number(dice, 0.6, 1) for name in some(dice, words.services)}
    bar = {"bar": some(dice, words.services), **maybe(dice, 0.4, share=number(dice, 0.2, 1))}
    return {
        **status,
        "whom": "self",
        **(bar if closes and dice.random() < 0.7 else {}),
        **(maybe(dice, 0.4, throttle=number(dice, 0.2, 1)) if closes else {}),
        **maybe(dice, 0.2 if closes else 0.9, favour=favour),
    }


def _for_others(dice: random.Random, words: Words, status: Plain, *, closes: bool) -> Plain:
    bar = {"bar": some(dice, words.services), **maybe(dice, 0.4, share=number(dice, 0.2, 1))}
    return {
        **status,
        "whom": dice.choice(words.tied()),
        **(bar if closes and dice.random() < 0.7 else {}),
        **(maybe(dice, 0.4, throttle=number(dice, 0.2, 1)) if closes else {}),
        **maybe(dice, 0.4, lose_favours=True),
    }
